"""What every test shares: a private data folder that is thrown away, and no other machine."""

import os
import tempfile

os.environ["AMPARO_DATA"] = tempfile.mkdtemp(prefix="amparo-tests-")
os.environ.pop("AMPARO_DATABASE", None)
