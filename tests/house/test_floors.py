"""The floors hold, and each contract catches an offence planted against it."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]

OFFENCES = {
    "Imports go down the floors": ("law/planted.py", "import amparo.claims"),
    "law, directory and fingerprints know no Django and no network": (
        "directory/planted.py",
        "import django",
    ),
    "vault imports nothing of ours but errors and words": ("vault/planted.py", "import amparo.law"),
    "know has no keys, no network and no pages": ("know/planted.py", "import amparo.vault"),
    "Only net opens the network": ("claims/planted.py", "import smtplib"),
    "Cryptography is in the vault only": ("web/planted.py", "import nacl.secret"),
    "No library that recognises faces or people": ("fingerprints/planted.py", "import dlib"),
    "OpenCV and FAISS are in fingerprints only, never in the decoder box": (
        "claims/planted.py",
        "import cv2",
    ),
}


def lint(root: Path) -> subprocess.CompletedProcess[str]:
    program = "import sys; from importlinter.cli import lint_imports_command; lint_imports_command()"
    return subprocess.run(
        [sys.executable, "-c", program, "--no-cache"], cwd=root, capture_output=True, text=True, timeout=120
    )


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Gives a copy of the code alone, in which offences can be planted."""
    root = tmp_path_factory.mktemp("house")
    shutil.copytree(
        ROOT / "amparo",
        root / "amparo",
        ignore=lambda _, names: [n for n in names if "." in n and n[-3:] != ".py"],
    )
    shutil.copy(ROOT / ".importlinter", root)
    return root


def test_the_house_as_it_stands_keeps_every_contract() -> None:
    result = lint(ROOT)
    assert result.returncode == 0, result.stdout


@pytest.mark.parametrize("contract", OFFENCES)
def test_a_planted_offence_breaks_its_contract(contract: str, house: Path) -> None:
    name, line = OFFENCES[contract]
    planted = house / "amparo" / name
    planted.write_text(line + "\n", encoding="utf-8")
    try:
        result = lint(house)
    finally:
        planted.unlink()
    assert result.returncode == 1, result.stdout
    assert f"{contract} BROKEN" in " ".join(result.stdout.split())


def test_siblings_do_not_see_each_other(house: Path) -> None:
    planted = house / "amparo" / "law" / "planted.py"
    planted.write_text("import amparo.directory\n", encoding="utf-8")
    try:
        assert "Imports go down the floors BROKEN" in " ".join(lint(house).stdout.split())
    finally:
        planted.unlink()


def test_every_contract_has_its_offence() -> None:
    text = (ROOT / ".importlinter").read_text(encoding="utf-8")
    names = {line.removeprefix("name = ") for line in text.splitlines() if line.startswith("name = ")}
    assert names == set(OFFENCES)
