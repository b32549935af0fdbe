"""Whether a date is firm: every part it stands on must be read well, lately enough, and leave no doubt."""

from datetime import date
from functools import lru_cache

from amparo.law.calendars import calendar, has_holidays, known_until, looked_at
from amparo.law.clocks import Clock, Value
from amparo.law.places import Place
from amparo.law.reckoning import Ending, Given, ending, holidays_at, reading
from amparo.law.sources import FRESH_DAYS, stands
from amparo.words import Words, words


def doubts(
    clock: Clock, value: Value, given: Given, later: Ending | None, *, agree: bool = False
) -> tuple[Words, ...]:
    """Gives the reasons why a date is not firm; none: it is.

    `later` is None for a person's own clock. `agree`: both readings are known to end on the same day.
    """
    found = _sources(clock, value, given.now.date())
    if value.period is None or value.period.unit == "hours" or later is None:
        return found
    place = _place(clock, given.where, assumed=given.place_is_assumed)
    return (*found, *place, *_calendar(clock, value, given, later, agree), *_events(clock, later))


@lru_cache(maxsize=4096)
def _sources(clock: Clock, value: Value, today: date) -> tuple[Words, ...]:
    found = []
    if not stands(value.grade, value.sources, today):
        found.append(words("Not firm: the number was not checked well or lately enough."))
    unit = value.period.unit if value.period else "days"
    convention = clock.counting
    if not stands(convention.grades[unit], convention.sources, today):
        found.append(words("Not firm: how the days are counted was not checked well or lately enough."))
    return tuple(found)


@lru_cache(maxsize=4096)
def _place(clock: Clock, where: Place | None, *, assumed: bool) -> tuple[Words, ...]:
    if where is None:
        return (words("Not firm: without their place only weekends are known, not holidays."),)
    counted = holidays_at(where, clock.counting)
    if counted is None or not has_holidays(counted):
        return (words("Not firm: for {place} only weekends are counted, not holidays.", place=where.code),)
    if assumed:
        return (words("Not firm: their place was not told; {place} is assumed.", place=where.code),)
    if len(where.zones) > 1:
        return (words("Not firm: {place} has several time zones; the latest is taken.", place=where.code),)
    return ()


def _calendar(clock: Clock, value: Value, given: Given, later: Ending, agree: bool) -> list[Words]:
    found = []
    today = given.now.date()
    if later.end is not None and later.end > known_until():
        found.append(words("Not firm: holidays after {day} may still change.", day=known_until()))
    if (today - looked_at()).days > FRESH_DAYS["primary"]:
        found.append(words("Not firm: the holidays were last looked at on {day}.", day=looked_at()))
    if not agree and len(given.zones) == 1 and not _stays(clock, value, given, later):
        found.append(words("Not firm: it moves for a day that may not count as a holiday there."))
    return found


def _stays(clock: Clock, value: Value, given: Given, later: Ending) -> bool:
    """Says whether the end is the same when only certain days off are counted."""
    convention = clock.counting
    known = calendar(holidays_at(given.where, convention), wide=True)
    same_days = later.end is None or known.is_certain(later.start.date(), later.end)
    if same_days and convention.off_end is convention.off_end_for_sure:
        return True
    certain = reading(clock, value, given.where, wide=True, narrow_calendar=True)
    return ending(clock, value, given, certain, given.zones[0]).end == later.end


def _events(clock: Clock, later: Ending) -> list[Words]:
    found = []
    arguable = any(not pause.is_certain for pause in clock.pauses)
    if later.waiting_days and arguable:
        found.append(words("Not firm: the law does not say that waiting for your answer stops the time."))
    if later.asked_late:
        found.append(words("Not firm: they asked after the time had ended."))
    return found
