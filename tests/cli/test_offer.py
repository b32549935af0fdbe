"""`amparo offer`: the contract other programs rely on."""

import io
import json
from pathlib import Path
from typing import Any

import pytest
from jsonschema import validate

from amparo.cli import main
from amparo.know import offers

NOW = ["--now", "2026-11-24T09:00:00+00:00"]


def run(capsys: pytest.CaptureFixture[str], *argv: str) -> tuple[int, list[dict[str, Any]], str]:
    code = main(["offer", *argv])
    told = capsys.readouterr()
    return code, [json.loads(line) for line in told.out.splitlines() if line.startswith("{")], told.err


@pytest.fixture
def offer(tmp_path: Path) -> Path:
    path = tmp_path / "offer.json"
    path.write_text(json.dumps(offers.example()), encoding="utf-8")
    return path


def test_an_answer_holds_the_fields_of_the_contract(capsys, offer):
    code, (answer,), _ = run(capsys, str(offer), "--json", *NOW)
    assert code == 0
    assert set(answer) == {"input", "numbers", "rights", "questions"}
    assert answer["input"] == str(offer)
    hour = answer["numbers"][0]
    assert (hour["id"], hour["amount"], hour["currency"], hour["per"]) == (
        "pay_per_hour",
        5.13,
        "QAR",
        "hour",
    )
    assert {"what", "unit", "source", "date", "checked_on", "grade", "state", "how"} <= set(hour)
    assert {"what", "source", "date", "grade", "from", "place"} <= set(answer["rights"][0])
    assert {"ask", "why", "of", "source", "date", "grade"} <= set(answer["questions"][0])


def test_the_sum_is_explained_with_its_rounding(capsys, offer):
    _, (answer,), _ = run(capsys, str(offer), "--json", *NOW)
    assert answer["numbers"][0]["how"] == (
        "1200.00 per month ÷ ((48 paid + 6 unpaid hours) × 52 ÷ 12). Rounded to 0.01."
    )


def test_the_schema_accepts_the_example(capsys):
    _, (schema,), _ = run(capsys, "--schema", "--json")
    _, (example,), _ = run(capsys, "--example", "--json")
    validate(example, schema)


def test_a_batch_reads_files_and_offers_one_per_line(capsys, offer, monkeypatch):
    lines = f'{offer}\n{{"pay": 10, "pay_period": "hour", "currency": "EUR"}}\n\n'
    monkeypatch.setattr("sys.stdin", io.StringIO(lines))
    code, answers, _ = run(capsys, "-", "--json", *NOW)
    assert code == 0
    assert [one["numbers"][0]["amount"] for one in answers] == [5.13, 10]


def test_a_bad_figure_is_a_question_and_no_failure(capsys):
    code, (answer,), _ = run(capsys, '{"hours_per_week": 500, "pay": 900}', "--json", *NOW)
    assert code == 0
    assert answer["questions"][0]["id"] == "unclear:hours_per_week"
    assert not answer["numbers"]


def test_not_a_number_and_infinity_are_questions(capsys):
    _, (answer,), _ = run(capsys, '{"pay": NaN, "hours_per_week": Infinity}', "--json", *NOW)
    assert {"unclear:pay", "unclear:hours_per_week"} <= {one["id"] for one in answer["questions"]}


def test_a_failed_file_is_told_in_its_place_and_the_others_go_on(capsys, tmp_path, offer):
    broken, unknown, twice = (tmp_path / name for name in ("broken.json", "unknown.json", "twice.json"))
    broken.write_text("{", encoding="utf-8")
    unknown.write_text('{"hours": 40}', encoding="utf-8")
    twice.write_text('{"pay": 10, "pay": 12}', encoding="utf-8")
    paths = [str(one) for one in (tmp_path / "missing.json", broken, unknown, twice, offer)]
    code, answers, _ = run(capsys, *paths, "--json", *NOW)
    assert code == 3
    assert [set(one) for one in answers[:4]] == [{"input", "error", "next"}] * 4
    assert [one["error"] for one in answers[:4]] == [
        "There is no such file.",
        "The file is not valid JSON (line 1).",
        "There is no field “hours” in the offer.",
        "The field “pay” stands there twice.",
    ]
    assert answers[4]["numbers"]


def test_without_json_it_is_plain_text_with_three_parts(capsys, offer):
    assert main(["offer", str(offer), *NOW]) == 0
    text = capsys.readouterr().out
    parts = [text.index(part) for part in ("Numbers", "What is a right", "Questions to ask first")]
    assert parts == sorted(parts)
    assert "5.13 QAR per hour" in text
    assert "[employer]" in text
    assert "\x1b" not in text  # no colour


def test_nothing_given_is_wrong_use(capsys):
    assert main(["offer"]) == 2


def test_nothing_is_kept(capsys, offer, tmp_path, monkeypatch):
    home = tmp_path / "home"
    home.mkdir()
    run(capsys, str(offer), "--data", str(home), "--json", *NOW)
    assert not list(home.iterdir())
    assert sorted(path.name for path in tmp_path.iterdir()) == ["home", "offer.json"]


def test_a_past_day_has_the_law_of_that_day(capsys):
    offer = '{"destination": "FR", "currency": "EUR", "pay": 12.02, "pay_period": "hour"}'
    _, (before,), _ = run(capsys, offer, "--json", "--now", "2026-05-31T12:00:00+02:00")
    _, (after,), _ = run(capsys, offer, "--json", "--now", "2026-06-01T12:00:00+02:00")
    floors = [
        next(one["amount"] for one in answer["numbers"] if one["id"] == "floor") for answer in (before, after)
    ]
    assert floors == [12.02, 12.31]
