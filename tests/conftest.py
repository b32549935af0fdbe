"""What every test shares: a private data folder that is thrown away, and no other machine."""

import os
import tempfile

from hypothesis import settings

os.environ["AMPARO_DATA"] = tempfile.mkdtemp(prefix="amparo-tests-")
os.environ.pop("AMPARO_DATABASE", None)
# The browser of the journeys keeps an event loop in its worker; Django would refuse the database to all
# tests that come after it there.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"
# On a test machine the same examples each time; at a desk new ones, which is where they are wanted.
settings.register_profile("steady", derandomize=True)
if os.environ.get("CI"):
    settings.load_profile("steady")
