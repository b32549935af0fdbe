"""One reading of one clock: from the start event to the last moment, through pause, restart and extension.

The later reading is what the recipient can still claim to be on time; the earlier one is the soonest that the
law can be read. All dates are local to the zone in hand.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, tzinfo
from functools import lru_cache

from amparo.law.calendars import Calendar, calendar
from amparo.law.clocks import Clock, Pause, Value
from amparo.law.counting import Counting, Period
from amparo.law.places import Place, within

END_OF_DAY = time(23, 59, 59)
_lies_in = lru_cache(maxsize=1024)(lambda code, area: within(code, (area,)) is True)
_strict = lru_cache(maxsize=64)(lambda convention: convention.strictly())


@dataclass(frozen=True)
class Given:
    """What happened: when the request came in, what followed, where the recipient acts, and the time now."""

    received: datetime
    events: Mapping[str, datetime]
    where: Place | None
    now: datetime
    place_is_assumed: bool = False

    @property
    def zones(self) -> tuple[tzinfo, ...]:
        """Gives the zones to reckon in; without a place, the one the moment was told in."""
        own = self.received.tzinfo
        return self.where.zones if self.where is not None else (own,) if own else ()

    def holidays_at(self, convention: Counting) -> Place | None:
        """Gives the place whose holidays count; None where the convention does not know them."""
        area = convention.holidays_within
        if self.where is None or area is None or _lies_in(self.where.code, area):
            return self.where
        return None


@dataclass(frozen=True)
class Ending:
    """How one reading ended: the moment (None while somebody's answer is awaited) and what shaped it."""

    moment: datetime | None
    start: datetime
    unrolled: date | None = None
    end: date | None = None
    rolled: bool = False
    lengthened: bool = False
    extension: str | None = None  # "told", "late"
    waiting_days: int = 0
    waits_for: str | None = None
    asked_late: str | None = None
    restarted_by: str | None = None


@dataclass(frozen=True)
class Reading:
    """Which reading to take. `wide`: regional holidays and arguable pauses count, the longer period holds."""

    wide: bool
    calendar: Calendar
    convention: Counting
    period: Period
    extension: Period | None


def reading(
    clock: Clock, value: Value, given: Given, *, wide: bool, narrow_calendar: bool = False
) -> Reading:
    """Gives the later (`wide`) or the earlier reading of a value that has a number."""
    shorter = None if wide else value.earliest
    period = shorter or value.period
    if period is None:
        raise ValueError("a clock without a number has no reading")
    return Reading(
        wide=wide,
        calendar=calendar(given.holidays_at(clock.counting), wide=wide and not narrow_calendar),
        convention=_strict(clock.counting) if value.strict and not wide else clock.counting,
        period=period,
        extension=value.extension.period if value.extension else None,
    )


def ending(clock: Clock, value: Value, given: Given, how: Reading, zone: tzinfo) -> Ending:
    """Gives when the clock ends in this reading and zone."""
    first = given.events.get(clock.starts, given.received) if clock.starts != "received" else given.received
    start, restarted_by, waits_for, late = _restart(clock, given, how, first, zone)
    if how.period.unit == "hours":
        zone = given.received.tzinfo or zone if given.place_is_assumed or len(given.zones) > 1 else zone
        moment = how.convention.last_moment(start.astimezone(zone), how.period.n, whole_hours=how.wide)
        return Ending(
            moment if waits_for is None else None, start, restarted_by=restarted_by, waits_for=waits_for
        )
    day = start.astimezone(zone).date()
    days, open_wait, late_pause = _waiting(clock, given, how, how.period, day, zone)
    unrolled, end, lengthened = _close(how, how.period, day, days)
    extension = _extension(value, given, end, zone)
    if extension == "told" and how.extension is not None:
        days, open_wait, late_pause = _waiting(clock, given, how, how.extension, day, zone)
        unrolled, end, lengthened = _close(how, how.extension, day, days)
    waits_for = waits_for or open_wait
    return Ending(
        moment=datetime.combine(end, END_OF_DAY, zone) if waits_for is None else None,
        start=start,
        unrolled=unrolled,
        end=end,
        rolled=end != unrolled,
        lengthened=lengthened,
        extension=extension,
        waiting_days=days,
        waits_for=waits_for,
        asked_late=late or late_pause,
        restarted_by=restarted_by,
    )


def own_ending(clock: Clock, value: Value, start: datetime, where: Place | None, zone: tzinfo) -> datetime:
    """Gives the last moment a person may act: the earlier reading, nothing rolls, nothing lengthens."""
    if value.period is None:
        raise ValueError("a clock without a number has no end")
    if value.period.unit == "hours":
        return clock.counting.last_moment(start.astimezone(zone), value.period.n, whole_hours=False)
    narrow = calendar(where, wide=False)
    day = clock.counting.last_day(start.astimezone(zone).date(), value.earliest or value.period, narrow)
    return datetime.combine(day, END_OF_DAY, zone)


def _close(how: Reading, period: Period, start: date, waiting_days: int) -> tuple[date, date, bool]:
    unrolled = how.convention.last_day(start, period, how.calendar, add_days=waiting_days)
    end = how.convention.roll(unrolled, how.calendar)
    full = how.convention.with_least_working_days(start, end, period, how.calendar)
    return unrolled, full, full != end


def _extension(value: Value, given: Given, end: date, zone: tzinfo) -> str | None:
    """Gives `told` or `late` for an extension, None if there was none."""
    told = given.events.get(value.extension.event) if value.extension else None
    if told is None:
        return None
    return "told" if told.astimezone(zone).date() <= end else "late"


def _restart(
    clock: Clock, given: Given, how: Reading, first: datetime, zone: tzinfo
) -> tuple[datetime, str | None, str | None, str | None]:
    """Gives the start, the event that moved it, what is still awaited, and a question put too late."""
    start, moved_by, waits_for, late = first, None, None, None
    for answer, question in clock.restarts:
        came, asked = given.events.get(answer), given.events.get(question or "")
        if asked is not None and _too_late(how, first, asked, zone):
            late = question
            if not how.wide:
                continue
        if came is not None and came > start:
            start, moved_by = came, answer
        elif came is None and asked is not None and how.wide:
            waits_for = answer
    return start, moved_by, waits_for, late


def _too_late(how: Reading, first: datetime, asked: datetime, zone: tzinfo) -> bool:
    if how.period.unit == "hours":
        return False
    end = _close(how, how.period, first.astimezone(zone).date(), 0)[1]
    return asked.astimezone(zone).date() > end


def _waiting(
    clock: Clock, given: Given, how: Reading, period: Period, start: date, zone: tzinfo
) -> tuple[int, str | None, str | None]:
    """Gives the days that do not count, what is still awaited, and a question put too late."""
    days, waits_for, late = 0, None, None
    for pause in clock.pauses:
        asked = given.events.get(pause.asked)
        if asked is None or not (how.wide or pause.is_certain):
            continue
        asked_on = max(asked.astimezone(zone).date(), start)
        if asked_on > _close(how, period, start, days)[1]:
            late = pause.asked
            continue
        came = given.events.get(pause.given)
        if came is None and how.wide:
            waits_for = pause.given
        days += _days_out(pause, asked_on, (came or given.now).astimezone(zone).date(), how)
    return days, waits_for, late


def _days_out(pause: Pause, asked: date, until: date, how: Reading) -> int:
    days = max((until - asked).days, 0)
    return days + 1 if pause.counts_both_ends and how.wide else days
