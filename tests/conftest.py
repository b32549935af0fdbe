"""What every test shares: a private data folder that is thrown away, and no other machine."""

import os
import tempfile

os.environ["AMPARO_DATA"] = tempfile.mkdtemp(prefix="amparo-tests-")
os.environ.pop("AMPARO_DATABASE", None)
# The browser of the journeys keeps an event loop in its worker; Django would refuse the database to all
# tests that come after it there.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"
