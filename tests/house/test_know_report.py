"""docs/know.md says what the articles are."""

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]


@pytest.mark.slow
def test_the_page_is_made_from_the_articles_as_they_are():
    made = subprocess.run(
        [sys.executable, "scripts/know_report.py", "--check"], cwd=ROOT, capture_output=True, text=True
    )
    assert made.returncode == 0, made.stdout + made.stderr
