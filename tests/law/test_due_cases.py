"""Dates worked out by hand, as data a jurist can read (tests/law/cases; its README tells the format)."""

from collections import Counter
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
import yaml

from amparo.law.periods import Due, due

NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)
FOLDER = Path(__file__).parent / "cases"
FIELDS = {
    "name",
    "rule",
    "place",
    "received",
    "events",
    "now",
    "answer_due",
    "earliest",
    "act_by",
    "follow_up",
    "firm",
    "published",
}
CASES: list[dict[str, Any]] = [
    one
    for file in sorted(FOLDER.rglob("*.yaml"))
    for one in yaml.safe_load(file.read_text(encoding="utf-8")) or ()
]


def cases() -> list[Any]:
    return [pytest.param(one, id=one["name"]) for one in CASES]


def answer(one: dict[str, Any]) -> Due:
    events = {name: datetime.fromisoformat(moment) for name, moment in one.get("events", {}).items()}
    now = datetime.fromisoformat(one["now"]) if "now" in one else NOW
    return due(one["rule"], datetime.fromisoformat(one["received"]), one.get("place"), events, now=now)


def same(moment: datetime | None, wanted: date | str | None) -> bool:
    """A day means its last second at the place; a text means the exact moment with its offset."""
    if wanted is None or moment is None:
        return moment is None and wanted is None
    if isinstance(wanted, str):
        return moment.isoformat() == wanted
    return moment.date() == wanted and moment.time().isoformat() == "23:59:59"


@pytest.mark.parametrize("one", cases())
def test_the_dates_are_those_worked_out_by_hand(one: dict[str, Any]) -> None:
    found = answer(one)
    assert same(found.answer_due, one["answer_due"]), found
    assert same(found.answer_due_earliest, one.get("earliest", one["answer_due"])), found
    assert same(found.act_by, one.get("act_by")), found
    assert found.follow_up == one.get("follow_up"), found
    assert found.reasons
    if "firm" in one:
        assert found.firm is one["firm"], [str(reason) for reason in found.reasons]


def test_cases_have_known_fields_and_each_its_own_name() -> None:
    assert [one for one in CASES if not set(one) <= FIELDS] == []
    assert [name for name, times in Counter(one["name"] for one in CASES).items() if times > 1] == []
