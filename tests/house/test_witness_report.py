"""docs/witness.md says what the data say."""

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def test_the_page_of_the_ledger_is_up_to_date():
    done = subprocess.run(
        [sys.executable, "scripts/witness_report.py", "--check"], cwd=ROOT, capture_output=True, text=True
    )
    assert done.returncode == 0, "run: .venv/bin/python scripts/witness_report.py"
