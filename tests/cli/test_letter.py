"""`amparo letter`: the contract's object, a refusal that still shows what is missing, files only for her."""

import io
import json
import stat
from pathlib import Path
from typing import Any

import pypdf
import pytest

from amparo.cli import main

SITUATION = {
    "places": ["https://www.reddit.com/r/example/comments/abc123/"],
    "material": "intimate",
    "role": "shown",
    "lives_in": "FR",
    "consent": "never",
    "shown_under_18": "no",
    "languages": ["fr"],
    "sender": {"name": "Ana Pérez", "email": "ana@example.org", "signature": "Ana Pérez", "good_faith": True},
}
NOW = ("--now", "2026-11-23T10:00:00+00:00")


@pytest.fixture
def situation(tmp_path: Path) -> Path:
    path = tmp_path / "s.json"
    path.write_text(json.dumps(SITUATION))
    return path


def _run(capsys: pytest.CaptureFixture[str], *words: object) -> tuple[int, list[dict[str, Any]]]:
    code = main(["letter", *map(str, words), *NOW, "--json"])
    return code, [json.loads(line) for line in capsys.readouterr().out.splitlines()]


def test_the_object_holds_what_the_contract_names(
    situation: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    code, (told,) = _run(capsys, situation, "--step", 1)
    assert code == 0
    assert {"language", "subject", "to", "body", "elements", "missing"} <= set(told)
    assert told["missing"] == []
    assert all(one["present"] for one in told["elements"])
    assert SITUATION["places"][0] in told["body"]
    assert "error" not in told


def test_a_letter_with_something_missing_is_refused_and_still_shown(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "s.json"
    path.write_text(json.dumps({**SITUATION, "sender": {"name": "Ana"}}))
    code, (told,) = _run(capsys, path, "--step", 1, "-o", tmp_path / "out.txt")
    assert code == 1
    assert {"contact", "signature", "good_faith"} <= set(told["missing"])
    assert told["error"]
    assert "Type your name as your signature." in told["next"]
    assert told["body"]
    assert not (tmp_path / "out.txt").exists()


def test_the_language_can_be_chosen(situation: Path, capsys: pytest.CaptureFixture[str]) -> None:
    _, (told,) = _run(capsys, situation, "--step", 1, "--lang", "es")
    assert told["language"] == "es"
    assert "Me llamo Ana Pérez." in told["body"]


@pytest.mark.parametrize(("form", "start"), [("pdf", b"%PDF-"), ("eml", b"From: "), ("text", b"Request to")])
def test_a_file_is_written_whole_and_only_for_her(
    form: str, start: bytes, situation: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "letter.out"
    code, _ = _run(capsys, situation, "--step", 1, "--as", form, "-o", out)
    assert code == 0
    assert out.read_bytes().startswith(start)
    assert stat.S_IMODE(out.stat().st_mode) == 0o600
    assert sorted(path.name for path in tmp_path.iterdir()) == ["letter.out", "s.json"]


def test_the_pdf_holds_the_letter(
    situation: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    _, (told,) = _run(capsys, situation, "--step", 1, "--as", "pdf", "-o", tmp_path / "l.pdf")
    reader = pypdf.PdfReader(io.BytesIO((tmp_path / "l.pdf").read_bytes()))
    assert told["subject"] in " ".join(" ".join(page.extract_text().split()) for page in reader.pages)


def test_a_step_that_is_not_there_is_refused_with_the_numbers_that_are(
    situation: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    code, (told,) = _run(capsys, situation, "--step", 999)
    assert code == 1
    assert told["input"] == str(situation)
    assert "Its steps are 1 to" in told["next"]


def test_a_pdf_for_the_screen_is_wrong_use(situation: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, (told,) = _run(capsys, situation, "--step", 1, "--as", "pdf")
    assert code == 2
    assert told["next"] == "Say where it goes: -o FILE"


def test_a_folder_that_is_not_there_is_said_and_nothing_is_half_written(
    situation: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    code, (told,) = _run(capsys, situation, "--step", 1, "-o", tmp_path / "no" / "l.txt")
    assert code == 3
    assert "Choose another folder" in told["next"]


def test_several_situations_give_one_object_each_and_the_good_ones_go_on(
    situation: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    code, told = _run(capsys, tmp_path / "none.json", situation, "--step", 1)
    assert code == 3
    assert "error" in told[0]
    assert told[1]["missing"] == []


def test_on_a_screen_the_elements_are_ticked_and_the_reader_is_named(
    situation: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["letter", str(situation), "--step", "1", *NOW]) == 0
    out = capsys.readouterr().out
    assert "[x] signature" in out
    assert "No fluent reader has checked this text yet." in out
