"""The quick copy of many files is never older than the files."""

import os
from pathlib import Path

import pytest

from amparo import packing


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "room" / "things" / "some").mkdir(parents=True)
    (tmp_path / "room" / "things" / "some" / "a.yaml").write_text("1")
    return tmp_path / "room" / "things"


def _open(folder: Path, made: list[str]) -> packing.Pack:
    def make() -> packing.Made:
        made.append("made")
        return {"count": 1}, {path.stem: path.read_text() for path in folder.glob("*/*.yaml")}

    return packing.opened(folder, make, code=Path(__file__))


def test_files_are_read_once_and_then_their_copy(folder):
    made: list[str] = []
    assert _open(folder, made).piece("a") == "1"
    again = _open(folder, made)
    assert (again.piece("a"), again.index, made) == ("1", {"count": 1}, ["made"])


def test_a_file_that_changed_is_read_anew(folder):
    made: list[str] = []
    _open(folder, made)
    (folder / "some" / "a.yaml").write_text("2")
    os.utime(folder / "some" / "a.yaml", ns=(1, 1))
    assert (_open(folder, made).piece("a"), len(made)) == ("2", 2)


def test_a_broken_copy_is_made_anew(folder):
    made: list[str] = []
    _open(folder, made)
    (folder.parent / "__pycache__" / "things.pack").write_bytes(b"[[\xff")
    assert (_open(folder, made).piece("a"), len(made)) == ("1", 2)


def test_what_a_release_ships_needs_no_reading_whatever_the_times_of_its_files(folder):
    packing.ship(folder, lambda: ({}, {"a": "shipped"}), code=Path(__file__), to=folder.with_suffix(".pack"))
    os.utime(folder / "some" / "a.yaml", ns=(1, 1))
    made: list[str] = []
    assert (_open(folder, made).piece("a"), made) == ("shipped", [])


def test_what_is_missing_is_a_key_error(folder):
    with pytest.raises(KeyError):
        _open(folder, []).piece("b")
