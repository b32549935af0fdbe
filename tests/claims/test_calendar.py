"""The calendar: days to remember that say nothing to whoever looks over her shoulder."""

from datetime import UTC, date, datetime, timedelta

import pytest
from icalendar import Calendar

from amparo.claims.acts import Act
from amparo.claims.calendar import Day, ics
from amparo.words import words

NOW = datetime(2026, 11, 23, 10, 0, tzinfo=UTC)
DUE = datetime(2026, 12, 23, 23, 59, tzinfo=UTC)


def _act(kind: str, when: datetime = DUE) -> Act:
    return Act(
        kind,
        words("{name} must answer.", name="Tube Ltd"),
        when,
        "r1",
        places=("https://tube.example.com/1",),
    )


def _events(days: list[Act | Day], language: str = "en") -> list[dict[str, object]]:
    return [dict(one) for one in Calendar.from_ical(ics(days, language, now=NOW)).walk("VEVENT")]


def test_a_day_is_an_all_day_entry_with_an_alarm() -> None:
    made = ics([_act("wait")], "en", now=NOW)
    (event,) = Calendar.from_ical(made).walk("VEVENT")
    assert event["DTSTART"].dt == date(2026, 12, 23)
    assert event["DTEND"].dt == date(2026, 12, 24)
    assert [alarm["TRIGGER"].dt for alarm in event.walk("VALARM")] == [timedelta(hours=9)]


def test_her_own_last_day_is_announced_three_days_before() -> None:
    (event,) = Calendar.from_ical(ics([_act("act_by")], "en", now=NOW)).walk("VEVENT")
    assert event.walk("VALARM")[0]["TRIGGER"].dt == timedelta(hours=9) - timedelta(days=3)


@pytest.mark.parametrize("language", ["en", "fr", "es", "ar"])
def test_nothing_in_it_names_recipient_place_or_program(language: str) -> None:
    made = ics([_act("wait"), _act("act_by"), _act("look"), _act("mandate")], language, now=NOW).lower()
    assert made.count(b"begin:vevent") == 4
    for word in (b"tube", b"http", b"amparo", b"r1", b"gdpr", b"erasure", b"picture"):
        assert word not in made


def test_what_can_be_done_at_once_is_not_in_the_calendar() -> None:
    assert _events([_act("send"), _act("plan"), _act("remind"), _act("complain")]) == []


def test_the_same_days_give_the_same_calendar() -> None:
    days: list[Act | Day] = [Day(date(2026, 12, 1), "look_again", "a"), _act("wait")]
    assert ics(days, "fr", now=NOW) == ics(reversed(days), "fr", now=NOW)


def test_one_day_twice_is_one_entry_and_two_requests_are_two() -> None:
    same = Day(date(2026, 12, 1), "answer_due", "r1")
    assert len(_events([same, same])) == 1
    assert len(_events([same, Day(date(2026, 12, 1), "answer_due", "r2")])) == 2
