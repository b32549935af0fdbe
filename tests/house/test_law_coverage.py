"""The page of what law is known says what the rules say."""

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def test_the_coverage_page_is_what_the_rules_say() -> None:
    command = [sys.executable, str(ROOT / "scripts" / "law_coverage.py"), "--check"]
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=60)
    assert done.returncode == 0, done.stdout + done.stderr
