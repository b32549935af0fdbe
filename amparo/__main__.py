"""`python -m amparo` is the command `amparo`."""

import sys

from amparo.cli import main

sys.exit(main())
