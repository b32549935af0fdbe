"""`amparo witness` on the command line: dumps in, numbers with their definition and caveats out."""

import json

import pytest

from amparo.cli.main import main
from tests.witness.made import dump, statement, table
from tests.witness.test_coding import TIP_LINE

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


def test_what_was_left_out_is_shown_and_a_name_that_met_nothing_is_told(tmp_path, place, capsys):
    dump(tmp_path, table([statement(platform_name="Shop"), statement(category_specification=SEXUAL)]))
    build = ["witness", "dsa", "build", str(tmp_path), "--cube", place]
    assert main([*build, "--without", "Shop", "--without", "shop"]) == 0
    assert "No statement is of shop: nothing was left out." in capsys.readouterr().err
    assert main(build) == 1
    assert "another list" in capsys.readouterr().err
    main(["witness", "dsa", "show", "erasure", "--cube", place])
    assert "left out: Shop, 1 statements" in capsys.readouterr().out


def test_rulings_are_not_shown_from_the_cube_and_nothing_is_overwritten(tmp_path, place, capsys):
    dump(tmp_path, table([statement()]))
    main(["witness", "dsa", "build", str(tmp_path), "--cube", place])
    assert main(["witness", "dsa", "show", "reversal", "--cube", place]) == 2
    assert "appeal-stats" in capsys.readouterr().err
    assert main(["witness", "dsa", "export", place, "--cube", place]) == 1
    assert main(["witness", "dsa", "show", "erasure", "--cube", place]) == 0


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


# Coding


@pytest.fixture
def round_one(tmp_path):
    """A drawn sample of four, with the folder of the round."""
    frame = tmp_path / "frame.csv"
    frame.write_text("id,name,stratum,url\n" + "\n".join(f"m{n},Measure {n},state," for n in range(9)))
    folder = tmp_path / "one"
    assert main(["witness", "code", "draw", str(frame), "-n", "4", "--seed", "7", "--in", str(folder)]) == 0
    return folder


def give(folder, coder, codes):
    drawn = json.loads((folder / "sample.json").read_text())["measures"]
    path = folder.parent / f"{coder}.jsonl"
    path.write_text("\n".join(json.dumps({"measure": one["id"], "codes": codes}) for one in drawn))
    return main(["witness", "code", "give", str(path), "--coder", coder, "--in", str(folder)])


def test_two_people_code_and_see_agreement_only_at_the_end(round_one, capsys):
    assert give(round_one, "coder-one", TIP_LINE) == 0
    assert main(["witness", "code", "compare", "--in", str(round_one)]) == 1
    capsys.readouterr()
    assert give(round_one, "coder-two", TIP_LINE | {"remedy": "report_only"}) == 0
    assert main(["witness", "--json", "code", "compare", "--in", str(round_one)]) == 0
    (found,) = lines(capsys)
    assert {one["field"] for one in found["disagreements"]} == {"remedy"}


def test_what_is_left_shrinks_as_one_codes(round_one, capsys):
    capsys.readouterr()
    main(["witness", "--json", "code", "left", "--coder", "coder-one", "--in", str(round_one)])
    assert len(lines(capsys)) == 4
    give(round_one, "coder-one", TIP_LINE)
    main(["witness", "--json", "code", "left", "--coder", "coder-one", "--in", str(round_one)])
    assert lines(capsys) == []


def test_a_code_the_codebook_lacks_is_refused(round_one, capsys):
    assert give(round_one, "coder-one", TIP_LINE | {"control": "nobody"}) == 1
    assert "control: no such code: nobody" in capsys.readouterr().err


def test_the_codebook_is_shown_with_its_border_cases(capsys):
    assert main(["witness", "code", "book"]) == 0
    assert capsys.readouterr().out.count("Border case:") == 15


def test_lines_that_are_no_json_and_a_frame_without_names_are_told(round_one, tmp_path, capsys):
    bad = tmp_path / "bad.jsonl"
    bad.write_text("{")
    assert main(["witness", "code", "give", str(bad), "--coder", "coder-one", "--in", str(round_one)]) == 2
    frame = tmp_path / "bad.csv"
    frame.write_text("id,name\nm1,One\n")
    draw = ["witness", "code", "draw", str(frame), "-n", "1", "--seed", "1", "--in", str(tmp_path / "two")]
    assert main(draw) == 2
    assert "id, name, stratum, url" in capsys.readouterr().err
