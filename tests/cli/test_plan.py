"""`amparo plan`: the contract other programs rely on."""

import io
import json
from pathlib import Path
from typing import Any

import pytest

from amparo.claims import situations
from amparo.cli import main

NOW = ["--now", "2026-11-23T09:00:00+00:00"]


def run(capsys: pytest.CaptureFixture[str], *argv: str) -> tuple[int, list[dict[str, Any]], str]:
    code = main(["plan", *argv])
    told = capsys.readouterr()
    return code, [json.loads(line) for line in told.out.splitlines() if line.startswith("{")], told.err


@pytest.fixture
def situation(tmp_path: Path) -> Path:
    path = tmp_path / "situation.json"
    path.write_text(json.dumps(situations.example()), encoding="utf-8")
    return path


def test_a_plan_holds_the_fields_of_the_contract(capsys, situation):
    code, (answer,), _ = run(capsys, str(situation), "--json", *NOW)
    assert code == 0
    assert answer["not"]
    assert {"right", "why"} <= set(answer["not"][0])
    first = answer["steps"][0]
    assert {"order", "recipient", "right", "rule", "channel", "due", "why", "price"} <= set(first)
    assert first["recipient"] == {"name": "Pornhub", "slug": "pornhub", "role": first["recipient"]["role"]}
    assert first["right"] == "removal"
    assert first["places"] == [situations.example()["places"][0]]
    assert answer["steps"][-1]["right"] == "talk"


def test_forty_eight_hours_from_now_stand_in_the_step_with_their_offset(capsys, situation):
    _, (answer,), _ = run(capsys, str(situation), "--json", *NOW)
    assert answer["steps"][0]["due"]["answer_due"] == "2026-11-25T11:00:00+02:00"


def test_without_a_number_in_the_law_due_is_null_and_a_suggestion_stands_beside(capsys, situation):
    _, (answer,), _ = run(capsys, str(situation), "--json", *NOW)
    notice = next(step for step in answer["steps"] if step["rule"] == "eu/dsa/notice")
    assert notice["due"] is None
    assert notice["follow_up"] == "2026-11-30"


def test_the_schema_accepts_the_example(capsys):
    from jsonschema import validate

    _, (schema,), _ = run(capsys, "--schema", "--json")
    _, (example,), _ = run(capsys, "--example", "--json")
    validate(example, schema)


def test_the_example_can_be_planned(capsys, tmp_path):
    main(["plan", "--example"])
    path = tmp_path / "example.json"
    path.write_text(capsys.readouterr().out, encoding="utf-8")
    assert run(capsys, str(path), "--json", *NOW)[0] == 0


def test_a_failed_file_is_told_in_its_place_and_the_others_go_on(capsys, tmp_path, situation):
    broken, unknown = tmp_path / "broken.json", tmp_path / "unknown.json"
    broken.write_text("{", encoding="utf-8")
    unknown.write_text('{"places": ["https://x.com/a"], "materal": "intimate"}', encoding="utf-8")
    code, answers, _ = run(
        capsys, str(tmp_path / "missing.json"), str(broken), str(unknown), str(situation), "--json", *NOW
    )
    assert code == 3
    assert [set(one) for one in answers[:3]] == [{"input", "error", "next"}] * 3
    assert answers[0]["error"] == "There is no such file."
    assert answers[1]["error"] == "The file is not valid JSON (line 1)."
    assert answers[2]["error"] == "There is no field “materal” in the situation."
    assert answers[2]["next"].startswith("Did you mean material?")
    assert answers[3]["steps"]


def test_an_unknown_field_alone_is_wrong_use(capsys, tmp_path):
    path = tmp_path / "s.json"
    path.write_text('{"places": ["https://x.com/a"], "mood": 1}', encoding="utf-8")
    assert run(capsys, str(path), "--json", *NOW)[0] == 2


def test_a_dash_reads_one_file_name_per_line(capsys, situation, monkeypatch):
    monkeypatch.setattr("sys.stdin", io.StringIO(f"{situation}\n\n{situation}\n"))
    code, answers, _ = run(capsys, "-", "--json", *NOW)
    assert (code, len(answers)) == (0, 2)
    assert answers[0] == answers[1]


def test_a_time_without_a_zone_is_refused(situation):
    with pytest.raises(SystemExit) as ended:
        main(["plan", str(situation), "--now", "2026-11-23T09:00:00"])
    assert ended.value.code == 2


def test_nothing_given_is_wrong_use(capsys):
    assert main(["plan", "--json"]) == 2
    assert "Nothing was given" in capsys.readouterr().out


def test_people_read_the_plan_as_text(capsys, situation):
    assert main(["plan", str(situation), *NOW]) == 0
    said = capsys.readouterr().out
    assert "1.  Tell Pornhub to take it down." in said
    assert "sees your name" in said


def test_a_file_that_is_deep_or_binary_is_told(capsys, tmp_path):
    deep, binary = tmp_path / "deep.json", tmp_path / "binary.json"
    deep.write_text("[" * 100_000, encoding="utf-8")
    binary.write_bytes(b"\xff\xfe\x00")
    code, answers, _ = run(capsys, str(deep), str(binary), str(tmp_path), "--json", *NOW)
    assert code == 3
    assert all("error" in one and one["next"] for one in answers)


def test_an_age_answer_given_twice_is_refused_and_never_the_later_one_taken(tmp_path, capsys):
    """The later of two equal names would win in JSON: "no" after "yes" must not open the way for adults."""
    from amparo.cli import main

    given = tmp_path / "twice.json"
    given.write_text(
        '{"places": ["https://a.example.org/1"], "shown_under_18": "yes", "shown_under_18": "no"}', "utf-8"
    )
    assert main(["plan", str(given), "--json"]) == 2
    assert "shown_under_18" in capsys.readouterr().out
