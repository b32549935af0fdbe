"""`amparo witness` on the command line: dumps in, numbers with their definition and caveats out."""

import json

import pytest

from amparo.cli.main import main
from tests.witness.made import dump, statement, table

SEXUAL = '["KEYWORD_ADULT_SEXUAL_MATERIAL"]'


@pytest.fixture
def place(tmp_path):
    return str(tmp_path / "cube.duckdb")


def lines(capsys):
    return [json.loads(line) for line in capsys.readouterr().out.splitlines()]


def test_a_folder_is_counted_and_shown(tmp_path, place, capsys):
    dump(tmp_path, table([statement(category_specification=SEXUAL), statement()]))
    assert main(["witness", "--json", "dsa", "build", str(tmp_path), "--cube", place]) == 0
    (counted,) = lines(capsys)
    assert counted["statements"] == 2
    assert counted["checksum_compared"] is True
    assert main(["witness", "--json", "dsa", "show", "distinguishability", "--cube", place]) == 0
    (shown,) = lines(capsys)
    assert shown["rows"] == [
        {"platform": "Example Video", "month": "2025-08-01", "statements": 1, "value": 1.0}
    ]
    assert "Keywords are optional" in " ".join(shown["caveats"])
    assert shown["sql"].startswith("select")


def test_a_broken_dump_gives_an_error_with_the_next_step_and_the_others_go_on(tmp_path, place, capsys):
    bad = tmp_path / "sor-bad-2025-08-01-full.zip"
    bad.write_bytes(b"PK")
    good = dump(tmp_path, table([statement()]))
    assert main(["witness", "--json", "dsa", "build", str(bad), str(good), "--cube", place]) == 1
    told, counted = sorted(lines(capsys), key=len)[0:2]
    assert {"error", "next"} <= set(told)
    assert counted["statements"] == 1


def test_every_indicator_is_shown_with_its_words(tmp_path, place, capsys):
    dump(tmp_path, table([statement(category_specification=SEXUAL)]))
    main(["witness", "dsa", "build", str(tmp_path), "--cube", place])
    capsys.readouterr()
    assert main(["witness", "dsa", "show", "--cube", place]) == 0
    said = capsys.readouterr().out
    assert "Platforms file these statements about themselves." in said
    assert "step on 1 July 2025" in said


def test_a_value_of_no_schema_is_told(tmp_path, place, capsys):
    dump(tmp_path, table([statement(category="STATEMENT_CATEGORY_NEW")]))
    main(["witness", "dsa", "build", str(tmp_path), "--cube", place])
    assert "STATEMENT_CATEGORY_NEW stands in no schema we know" in capsys.readouterr().err


def test_the_cube_can_be_taken_along(tmp_path, place):
    dump(tmp_path, table([statement()]))
    main(["witness", "dsa", "build", str(tmp_path), "--cube", place])
    assert main(["witness", "dsa", "export", str(tmp_path / "all.parquet"), "--cube", place]) == 0
    assert (tmp_path / "all.parquet").read_bytes().startswith(b"PAR1")


def test_without_a_cube_it_says_how_to_make_one(tmp_path, capsys):
    assert main(["witness", "dsa", "show", "--cube", str(tmp_path / "none.duckdb")]) == 3
    assert "amparo witness dsa build" in capsys.readouterr().err


def test_rulings_are_added_up(tmp_path, capsys):
    path = tmp_path / "rulings.csv"
    line = "A Body,A Platform,nudity,2025-03-04,{},https://example.org/1"
    path.write_text(
        "body,platform,policy_area,decided_on,outcome,source\n"
        + "\n".join(line.format(outcome) for outcome in ("overturned", "upheld", "default"))
    )
    assert main(["witness", "--json", "appeal-stats", str(path)]) == 0
    (found,) = lines(capsys)
    assert (found["overturned"], found["decided"], found["default"], found["share"]) == (1, 2, 1, 0.5)
