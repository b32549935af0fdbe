"""`amparo know check`: findings as JSON or in words, the language, exit codes, the image checklist."""

import json

import pytest

from amparo.cli.main import main

FAIR = (
    "You have the right to your wages and to a payslip. A union can write with you, free of charge. "
    "You need not call yourself a victim. We keep nothing and pass on no name."
)


@pytest.fixture
def texts(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "poster.txt").write_text("Save a girl.\nThe victims need you.\n", encoding="utf-8")
    (tmp_path / "fair.md").write_text(FAIR, encoding="utf-8")
    (tmp_path / "afis.html").write_text(
        "<p>Salvează o fată din sclavia modernă și de la călăi.</p>", encoding="utf-8"
    )
    return tmp_path


def rows(capsys) -> list[dict]:
    return [json.loads(line) for line in capsys.readouterr().out.splitlines()]


def test_a_poster_gives_its_passages_with_reasons_and_exit_1(texts, capsys):
    assert main(["know", "check", "poster.txt", "--lang", "en", "--json"]) == 1
    (told,) = rows(capsys)
    assert (told["file"], told["language"]) == ("poster.txt", "en")
    assert [(one["family"], one["text"], one["where"]) for one in told["findings"]] == [
        ("rescue", "Save a girl", "line 1, column 1"),
        ("status_label", "victims", "line 2, column 5"),
    ]
    for one in told["findings"]:
        assert {"family", "text", "where", "why", "better", "source"} <= set(one)


def test_no_score_no_grade_no_total_is_given(texts, capsys):
    main(["know", "check", "poster.txt", "--lang", "en", "--json"])
    (told,) = rows(capsys)
    assert set(told) == {"file", "language", "findings", "missing"}


def test_what_is_missing_stands_apart_and_does_not_change_the_exit_code(texts, capsys):
    assert main(["know", "check", "fair.md", "--json"]) == 0
    (told,) = rows(capsys)
    assert told["findings"] == []
    assert "positive:sources" in {one["family"] for one in told["missing"]}
    assert all(one["family"].startswith("positive:") for one in told["missing"])


def test_the_language_is_found_by_its_little_words_and_told(texts, capsys):
    assert main(["know", "check", "afis.html", "fair.md", "--json"]) == 1
    assert [told["language"] for told in rows(capsys)] == ["ro", "en"]


def test_in_words_each_passage_has_place_reason_and_what_to_write(texts, capsys):
    assert main(["know", "check", "poster.txt", "--lang", "en"]) == 1
    said = capsys.readouterr().out
    assert "line 1, column 1: Save a girl  [rescue, warn]" in said
    assert "Say what people did and won" in said
    assert "antitraffickingreview" in said


def test_an_unclear_language_is_asked_for_and_the_other_files_go_on(texts, capsys):
    (texts / "short.txt").write_text("Lohn", encoding="utf-8")
    assert main(["know", "check", "short.txt", "fair.md", "--json"]) == 1
    first, second = rows(capsys)
    assert "--lang" in first["next"]
    assert second["findings"] == []


def test_a_language_without_a_list_and_no_file_are_wrong_use(texts, capsys):
    assert main(["know", "check", "fair.md", "--lang", "pl"]) == 2
    assert "en, es, fr, ro" in capsys.readouterr().err
    assert main(["know", "check"]) == 2


def test_a_file_that_is_not_there_is_told_with_its_name(texts, capsys):
    assert main(["know", "check", "gone.txt", "--json"]) != 0
    assert rows(capsys)[0]["input"] == "gone.txt"


def test_names_can_come_from_standard_input(texts, capsys, monkeypatch):
    import io

    monkeypatch.setattr("sys.stdin", io.StringIO("fair.md\nposter.txt\n"))
    assert main(["know", "check", "-", "--lang", "en", "--json"]) == 1
    assert [told["file"] for told in rows(capsys)] == ["fair.md", "poster.txt"]


@pytest.mark.parametrize("code", ["en", "es", "fr", "ro"])
def test_the_image_checklist_is_asked_not_answered(code, capsys):
    assert main(["know", "check", "--images", "--lang", code, "--json"]) == 0
    (told,) = rows(capsys)
    assert told["language"] == code
    assert [one["answer"] for one in told["images"]] == [None] * 14


def test_the_image_checklist_prints_boxes_for_a_person(capsys):
    assert main(["know", "check", "--images", "--lang", "en"]) == 0
    said = capsys.readouterr().out
    assert said.count("[ ] yes  [ ] no") == 14
