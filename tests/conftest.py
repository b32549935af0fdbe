"""What every test shares: a private data folder that is thrown away, and no other machine."""

import os
import re
import tempfile
from collections.abc import Generator

import pytest
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


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item, call: pytest.CallInfo[None]
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """`./test` installs every tool: there a test that skips for want of one has failed."""
    report = yield
    lacks = report.skipped and re.search(r"not installed|needs strace", str(report.longrepr))
    if lacks and os.environ.get("AMPARO_ALL_TOOLS"):
        report.outcome = "failed"
    return report
