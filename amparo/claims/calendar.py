"""Days to remember as a calendar file. Whoever sees the calendar learns neither who, nor where, nor why."""

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from icalendar import Alarm, Calendar, Event

from amparo.claims.acts import Act
from amparo.claims.telling import Tell, teller
from amparo.words import Words, words

# Titles say what to do and nothing else.
TITLES: Mapping[str, Words] = {
    "answer_due": words("Look at the post"),
    "act_by": words("Last day to write"),
    "look_again": words("Look again"),
    "follow_up": words("Write again"),
    "mandate_ends": words("Renew a paper"),
    "other": words("Reminder"),
}
# Which acts of a case wait for a day.
WAITS = {"wait": "answer_due", "act_by": "act_by", "look": "look_again", "mandate": "mandate_ends"}
HOURS_BEFORE = {"act_by": 3 * 24}  # she needs time to write; for the others the day itself is enough
MORNING = timedelta(hours=9)


@dataclass(frozen=True)
class Day:
    """One day to remember. `what` is a key of TITLES; `key` an opaque name that keeps the entry the same."""

    on: date
    what: str
    key: str = ""


def ics(acts: Iterable[Act | Day], language: str, *, now: datetime) -> bytes:
    """Gives the calendar (RFC 5545): one all-day entry with an alarm per day, titles in `language`.

    Of a case's acts only those that wait for a day go in; what can be done at once needs no calendar.
    """
    calendar = Calendar()
    calendar.add("prodid", "-//calendar//EN")
    calendar.add("version", "2.0")
    tell = teller(language)
    days = {day for act in acts if (day := day_of(act))}
    for day in sorted(days, key=lambda one: (one.on, one.what, one.key)):
        calendar.add_component(_event(day, now, tell))
    return bytes(calendar.to_ical())


def day_of(act: Act | Day) -> Day | None:
    """Gives the day of an act, None where it waits for none."""
    if isinstance(act, Day):
        return act
    what = WAITS.get(act.kind)
    return Day(act.when.date(), what, act.request or "") if what else None


def _event(day: Day, now: datetime, tell: Tell) -> Event:
    title = tell(TITLES.get(day.what, TITLES["other"]))
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
