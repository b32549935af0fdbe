"""One reading of one clock: from the start event to the last moment, through pause, restart and extension.

The later reading is what the recipient can still claim to be on time; the earlier one is the soonest that the
law can be read. All dates are local to the zone in hand.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, tzinfo
from functools import cache, lru_cache
from typing import NamedTuple

from amparo.law.calendars import Calendar, calendar
from amparo.law.clocks import Clock, Pause, Value
from amparo.law.counting import Counting, Period
from amparo.law.places import Place, within

END_OF_DAY = time(23, 59, 59)
_strict = cache(lambda convention: convention.strictly())


@dataclass(frozen=True)
class Given:
    """What happened: when the request came in, what followed, where the recipient acts, and the time now.

    `zones` are those to reckon in; without a place, the one the moment was told in.
    """

    received: datetime
    events: Mapping[str, datetime]
    where: Place | None
    now: datetime
    zones: tuple[tzinfo, ...]
    place_is_assumed: bool = False


class Ending(NamedTuple):
    """How one reading ended: the moment (None while somebody's answer is awaited) and what shaped it."""

    moment: datetime | None
    start: datetime
    unrolled: date | None = None
    end: date | None = None
    lengthened: bool = False
    extension: str | None = None  # "told", "late"
    waiting_days: int = 0
    waits_for: str | None = None
    asked_late: str | None = None
    restarted_by: str | None = None

    @property
    def rolled(self) -> bool:
        """Says whether the last day moved."""
        return self.end != self.unrolled


@dataclass(frozen=True, eq=False)
class Reading:
    """Which reading to take. `wide`: regional holidays and arguable pauses count, the longer period holds."""

    wide: bool
    calendar: Calendar
    convention: Counting
    period: Period
    extension: Period | None


@lru_cache(maxsize=8192)
def reading(
    clock: Clock, value: Value, where: Place | None, *, wide: bool, narrow_calendar: bool = False
) -> Reading:
    """Gives the later (`wide`) or the earlier reading, at a place, of a value that has a number."""
    shorter = None if wide else value.earliest
    period = shorter or value.period
    if period is None:
        raise ValueError("a clock without a number has no reading")
    return Reading(
        wide=wide,
        calendar=calendar(holidays_at(where, clock.counting), wide=wide and not narrow_calendar),
        convention=_strict(clock.counting) if value.strict and not wide else clock.counting,
        period=period,
        extension=value.extension.period if value.extension else None,
    )


@lru_cache(maxsize=8192)
def holidays_at(where: Place | None, convention: Counting) -> Place | None:
    """Gives the place whose holidays count; None where the convention does not know them."""
    area = convention.holidays_within
    if where is None or area is None or within(where.code, (area,)) is True:
        return where
    return None


def readings_agree(clock: Clock, value: Value, given: Given, later: Ending) -> bool:
    """Says whether no doubt can tell the earlier reading from this later one: most dates need one only."""
    convention = clock.counting
    if value.has_two_readings or convention.off_end is not convention.off_end_for_sure:
        return False
    if later.end is None or (given.events and (clock.pauses or clock.restarts)):
        return False
    where = holidays_at(given.where, convention)
    return calendar(where, wide=True).is_certain(later.start.date(), later.end)


def ending(clock: Clock, value: Value, given: Given, how: Reading, zone: tzinfo) -> Ending:
    """Gives when the clock ends in this reading and zone."""
    start = given.received if clock.starts == "received" else given.events.get(clock.starts, given.received)
    restarted_by = waits_for = late = None
    if clock.restarts and given.events:
        start, restarted_by, waits_for, late = _restart(clock, given, how, start, zone)
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
        datetime.combine(end, END_OF_DAY, zone) if waits_for is None else None,
        start,
        unrolled,
        end,
        lengthened,
        extension,
        days,
        waits_for,
        late or late_pause,
        restarted_by,
    )


def own_ending(clock: Clock, value: Value, start: datetime, where: Place | None, zone: tzinfo) -> datetime:
    """Gives the last moment a person may act: the earlier reading, nothing rolls, nothing lengthens."""
    if value.period is None:
        raise ValueError("a clock without a number has no end")
    if value.period.unit == "hours":
        return clock.counting.last_moment(start.astimezone(zone), value.period.n, whole_hours=False)
    convention = _strict(clock.counting) if value.strict else clock.counting
    narrow = calendar(holidays_at(where, convention), wide=False)
    day = convention.last_day(start.astimezone(zone).date(), value.earliest or value.period, narrow)
    return datetime.combine(day, END_OF_DAY, zone)


def _close(how: Reading, period: Period, start: date, waiting_days: int) -> tuple[date, date, bool]:
    unrolled = how.convention.last_day(start, period, how.calendar, add_days=waiting_days)
    end = how.convention.roll(unrolled, how.calendar)
    full = how.convention.with_least_working_days(start, end, period, how.calendar)
    return unrolled, full, full != end


def _extension(value: Value, given: Given, end: date, zone: tzinfo) -> str | None:
    """Gives `told` or `late` for an extension, None if there was none."""
    told = given.events.get(value.extension.event) if given.events and value.extension else None
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
    for pause in clock.pauses if given.events else ():
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
