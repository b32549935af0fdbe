"""Days to remember as a calendar file. Whoever sees the calendar learns neither who, nor where, nor why."""

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from icalendar import Alarm, Calendar, Event

from amparo.words import Translate, Words, words

# Titles say what to do and nothing else.
TITLES: Mapping[str, Words] = {
    "answer_due": words("Look at the post"),
    "act_by": words("Last day to write"),
    "look_again": words("Look again"),
    "follow_up": words("Write again"),
    "mandate_ends": words("Renew a paper"),
    "other": words("Reminder"),
}
HOURS_BEFORE = {"act_by": 3 * 24}  # she needs time to write; for the others the day itself is enough
MORNING = timedelta(hours=9)


@dataclass(frozen=True)
class Day:
    """One day to remember. `what` is a key of TITLES; `key` an opaque name that keeps the entry the same."""

    on: date
    what: str
    key: str = ""


def ics(days: Iterable[Day], language: str, *, now: datetime, translate: Translate | None = None) -> bytes:
    """Gives the calendar (RFC 5545): one all-day entry with an alarm per day, titles in `language`."""
    calendar = Calendar()
    calendar.add("prodid", "-//calendar//EN")
    calendar.add("version", "2.0")
    say = translate or _in(language)
    for day in sorted(days, key=lambda one: (one.on, one.what, one.key)):
        calendar.add_component(_event(day, now, say))
    return bytes(calendar.to_ical())


def _event(day: Day, now: datetime, say: Translate) -> Event:
    title = TITLES.get(day.what, TITLES["other"]).say(say)
    entry = Event()
    mark = hashlib.sha256(f"{day.key}\0{day.what}\0{day.on}".encode()).hexdigest()[:32]
    entry.add("uid", f"{mark}@calendar.invalid")
    entry.add("dtstamp", now.astimezone(UTC))
    entry.add("dtstart", day.on)
    entry.add("dtend", day.on + timedelta(days=1))
    entry.add("summary", title)
    entry.add("class", "PRIVATE")
    entry.add("transp", "TRANSPARENT")
    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("description", title)
    alarm.add("trigger", MORNING - timedelta(hours=HOURS_BEFORE.get(day.what, 0)))
    entry.add_component(alarm)
    return entry


def _in(language: str) -> Translate:
    """Gives the translation of the interface for a language."""
    from django.utils import translation

    def say(text: str) -> str:
        with translation.override(language):
            return translation.gettext(text)

    return say
