"""docs/directory.md says what the records hold."""

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def test_the_page_is_made_from_the_records_as_they_are():
    made = subprocess.run(
        [sys.executable, "scripts/directory_report.py", "--check"], cwd=ROOT, capture_output=True, text=True
    )
    assert made.returncode == 0, made.stdout


def test_every_record_has_a_source():
    assert "(100%)" in (ROOT / "docs" / "directory.md").read_text("utf-8")
