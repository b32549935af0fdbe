"""Where ./test installed every tool, a test that skips for want of one is a failure."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

CONFTEST = Path(__file__).resolve().parents[1] / "conftest.py"
SKIPS = 'import pytest\n\n\ndef test_it():\n    pytest.skip("openssl is not installed")\n'


@pytest.mark.slow
@pytest.mark.parametrize(("all_tools", "exit_code"), [("1", 1), ("", 0)])
def test_a_missing_tool_fails_only_where_all_were_installed(
    tmp_path: Path, all_tools: str, exit_code: int
) -> None:
    shutil.copy(CONFTEST, tmp_path / "conftest.py")
    (tmp_path / "test_probe.py").write_text(SKIPS, encoding="utf-8")
    environment = {**os.environ, "AMPARO_ALL_TOOLS": all_tools}
    ran = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-p", "no:django", "-p", "no:cacheprovider", str(tmp_path)],
        capture_output=True, text=True, timeout=60, env=environment, cwd=tmp_path,
    )  # fmt: skip
    assert ran.returncode == exit_code, ran.stdout
