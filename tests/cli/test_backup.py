"""`amparo backup` and `amparo restore`, run as a person runs them."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
WORDS = "the backup has its own words"
MAKE_A_SPACE = """
import sys
from datetime import UTC, datetime
import django
django.setup()
from django.core.management import call_command
call_command("migrate", verbosity=0)
from amparo.claims.models import SHELF
from amparo.vault import accounts, log
now = datetime.now(UTC)
keyring = accounts.create(name="Noor", passphrase="river lamp seven orange quiet table", now=now).keyring
log.append(SHELF, keyring, log.create_case(SHELF, keyring, now=now), b"opened", now=now)
"""
LOOK = """
from datetime import UTC, datetime
import django
django.setup()
from amparo.claims.models import SHELF
from amparo.vault import accounts, log
now = datetime.now(UTC)
keyring = accounts.unlock(name="Noor", passphrase="river lamp seven orange quiet table", now=now)
print([entry.body for case in log.cases(SHELF, keyring) for entry in log.read(SHELF, keyring, case)])
"""


def python(data: Path, *arguments: str) -> str:
    environment = os.environ | {"AMPARO_DATA": str(data), "DJANGO_SETTINGS_MODULE": "amparo.settings"}
    done = subprocess.run(
        [sys.executable, *arguments], env=environment, cwd=ROOT, capture_output=True, text=True, timeout=120
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def amparo(*arguments: object, words: str | None = WORDS) -> subprocess.CompletedProcess[str]:
    """Runs one command with the passphrase behind a descriptor, as a script would."""
    reader, writer = os.pipe()
    os.write(writer, (words or "").encode() + b"\n")
    os.close(writer)
    given = [str(one) for one in arguments] + ([] if words is None else ["--passphrase-fd", str(reader)])
    program = "import sys; from amparo.cli import main; sys.exit(main())"
    try:
        return subprocess.run(
            [sys.executable, "-c", program, *given],
            cwd=ROOT,
            pass_fds=(reader,),
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            timeout=120,
        )
    finally:
        os.close(reader)


@pytest.fixture(scope="module")
def space(tmp_path_factory: pytest.TempPathFactory) -> Path:
    data = tmp_path_factory.mktemp("home") / "data"
    data.mkdir()
    python(data, "-c", MAKE_A_SPACE)
    return data


@pytest.fixture(scope="module")
def copy(space: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("copies") / "copy.amparo"
    done = amparo("backup", path, "--data", space, "--json")
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout) == {"file": str(path), "bytes": path.stat().st_size, "spaces": 1}
    return path


def test_a_space_comes_back_on_another_machine(copy: Path, tmp_path: Path) -> None:
    done = amparo("restore", copy, "--data", tmp_path / "new", "--json")
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout)["spaces"] == 1
    assert python(tmp_path / "new", "-c", LOOK).strip() == "[b'opened']"


def test_the_new_folder_is_private(copy: Path, tmp_path: Path) -> None:
    amparo("restore", copy, "--data", tmp_path / "new")
    assert (tmp_path / "new").stat().st_mode & 0o777 == 0o700


def test_a_folder_in_use_is_refused_with_the_next_step(copy: Path, space: Path) -> None:
    done = amparo("restore", copy, "--data", space)
    assert done.returncode == 1
    assert "already holds a space" in done.stderr
    assert "amparo restore FILE --data DIR" in done.stderr


def test_wrong_words_are_refused_and_leave_nothing(copy: Path, tmp_path: Path) -> None:
    done = amparo("restore", copy, "--data", tmp_path / "new", words="not the words of the copy")
    assert (done.returncode, list((tmp_path / "new").iterdir())) == (1, [])
    assert "keyboard language" in done.stderr


def test_without_terminal_and_descriptor_it_says_how(space: Path, tmp_path: Path) -> None:
    done = amparo("backup", tmp_path / "copy", "--data", space, words=None)
    assert done.returncode == 2
    assert "--passphrase-fd 3" in done.stderr


def test_an_easy_passphrase_is_refused(space: Path, tmp_path: Path) -> None:
    done = amparo("backup", tmp_path / "copy", "--data", space, words="easy")
    assert (done.returncode, (tmp_path / "copy").exists()) == (1, False)


def test_a_missing_file_is_told_in_json_too(tmp_path: Path) -> None:
    done = amparo("restore", tmp_path / "nothing", "--data", tmp_path / "new", "--json")
    assert done.returncode == 3
    assert set(json.loads(done.stdout)) == {"error", "next"}


def test_a_folder_where_nothing_was_made_yet_has_nothing_to_copy(tmp_path: Path) -> None:
    done = amparo("backup", tmp_path / "copy", "--data", tmp_path / "new")
    assert done.returncode == 3
    assert "Start `amparo` once" in done.stderr
    assert not (tmp_path / "copy").exists()
