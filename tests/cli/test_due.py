"""`amparo due`: the contract of its output, its exit codes and its words."""

import io
import json
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from amparo.cli.main import main

NOW = "2026-11-23T12:00+00:00"
RECEIVED = "2026-01-31T10:00+01:00"


def run(capsys: pytest.CaptureFixture[str], *words: str) -> tuple[int, list[dict[str, Any]], str]:
    code = main(["due", "--json", "--now", NOW, *words])
    told = capsys.readouterr()
    return code, [json.loads(line) for line in told.out.splitlines()], told.err


def test_a_due_date_has_the_promised_fields(capsys: pytest.CaptureFixture[str]) -> None:
    code, (found,), _ = run(capsys, "eu/gdpr/erasure", "--received", RECEIVED, "--place", "FR")
    assert code == 0
    assert found["answer_due"] == found["answer_due_earliest"] == "2026-03-02T23:59:59+01:00"
    assert found["act_by"] is None
    assert found["firm"] is True
    assert (found["rule"], found["clock"], found["place"]) == ("eu/gdpr/erasure", "answer", "FR")
    assert all(isinstance(reason, str) for reason in found["reasons"])


def test_an_event_changes_the_date(capsys: pytest.CaptureFixture[str]) -> None:
    told = "extension_told=2026-02-20T10:00+01:00"
    _, (found,), _ = run(capsys, "eu/gdpr/erasure", "--received", RECEIVED, "--place", "FR", "--event", told)
    assert found["answer_due"].startswith("2026-04-30")


@pytest.mark.parametrize("order", ["rule first", "event first"])
def test_events_may_be_repeated_listed_and_come_before_the_rule(
    capsys: pytest.CaptureFixture[str], order: str
) -> None:
    asked, given = "identity_asked=2026-02-03T10:00Z", "identity_given=2026-02-10T10:00Z"
    words = ["uk/gdpr/erasure", "--received", RECEIVED, "--event", asked, given]
    if order == "event first":
        words = ["--received", RECEIVED, "--event", asked, "--event", given, "uk/gdpr/erasure"]
    _, (found,), _ = run(capsys, *words)
    assert found["answer_due"].startswith("2026-03-10")


def test_every_line_is_answered_and_a_wrong_one_does_not_stop_the_others(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    lines = "eu/gdpr/access\neu/gdpr/acces\nuk/gdpr/access --place GB-ENG --received 2024-01-01T10:00Z\n"
    monkeypatch.setattr("sys.stdin", io.StringIO(lines))
    code, found, _ = run(capsys, "-", "--received", RECEIVED, "--place", "FR")
    assert code == 1
    assert found[0]["place"] == "FR"
    assert found[1]["input"] == "eu/gdpr/acces"
    assert "eu/gdpr/access" in found[1]["next"]
    assert found[2]["answer_due"].startswith("2024-02-01")


def test_a_line_that_cannot_be_read_is_told_with_its_next_step(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO("eu/gdpr/access --received yesterday\neu/gdpr/access\n"))
    code, (wrong, right), _ = run(capsys, "-", "--received", RECEIVED)
    assert code == 2
    assert "yesterday" in wrong["error"]
    assert right["answer_due"]


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (["eu/gdpr/nothing", "--received", RECEIVED], 1),
        (["eu/gdpr/access#decide", "--received", RECEIVED], 1),
        (["eu/gdpr/access", "--received", RECEIVED, "--place", "XX"], 1),
        (["eu/gdpr/access"], 2),
        (["eu/gdpr/access", "--received", RECEIVED, "--event", "tomorrow=2026-02-03T10:00Z"], 2),
        (["eu/gdpr/access", "--received", RECEIVED, "--event", "extension_told=2026-02-03"], 2),
    ],
)
def test_what_cannot_be_answered_says_what_to_do_next(
    capsys: pytest.CaptureFixture[str], words: list[str], code: int
) -> None:
    ended, (found,), _ = run(capsys, *words)
    assert ended == code
    assert set(found) == {"input", "error", "next"}


def test_a_time_without_a_zone_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        main(["due", "eu/gdpr/access", "--received", "2026-01-31T10:00"])
    assert ended.value.code == 2
    assert "no time zone" in capsys.readouterr().err


def test_nothing_given_is_wrong_use(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["due", "--received", RECEIVED]) == 2
    assert "Nothing was given." in capsys.readouterr().err


def test_the_list_gives_every_rule_with_its_clocks_and_dates(capsys: pytest.CaptureFixture[str]) -> None:
    code, rows, _ = run(capsys, "--list")
    assert code == 0
    by_id = {row["id"]: row for row in rows}
    india = by_id["in/it-rules/intimate-image"]
    assert (india["place"], india["right"], india["from"], india["to"]) == (
        "in",
        "removal",
        "2021-02-25",
        None,
    )
    assert [(one["from"], one["hours"]) for one in india["clocks"]["answer"]["values"]] == [
        ("2021-02-25", 24),
        ("2026-02-20", 2),
    ]
    assert list(by_id["us-ca/ccpa/delete"]["clocks"]) == ["answer", "acknowledge"]


def test_people_read_plain_lines(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["due", "--now", NOW, "eu/gdpr/erasure", "--received", RECEIVED, "--place", "FR"]) == 0
    said = capsys.readouterr().out
    assert said.startswith("eu/gdpr/erasure#answer (FR)\n  answer_due: 2026-03-02T23:59:59+01:00\n")
    assert "firm: yes" in said


def test_instants_come_back_with_their_offset(capsys: pytest.CaptureFixture[str]) -> None:
    _, (found,), _ = run(capsys, "us/take-it-down/removal", "--received", "2026-07-03T18:30Z")
    assert datetime.fromisoformat(found["answer_due"]).utcoffset() is not None


def test_the_benchmark_asks_different_questions_each_time() -> None:
    """The engine may remember calendars, not answers: so no two questions of the benchmark are alike."""
    import runpy

    path = Path(__file__).parents[2] / "benchmarks" / "due.py"
    asked = runpy.run_path(str(path))["questions"](4_000)
    assert len({(rule, received) for rule, received, _, _ in asked}) > 3_990
