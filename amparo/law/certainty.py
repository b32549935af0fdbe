"""Whether a date is firm: every part it stands on must be read well, lately enough, and leave no doubt."""

from datetime import date
from functools import lru_cache

from amparo.law.calendars import known_until
from amparo.law.clocks import Clock, Value
from amparo.law.reckoning import Ending, Given, ending, reading
from amparo.law.rules import Rule, find
from amparo.law.sources import stands
from amparo.words import Words, words


def doubts(rule: Rule, clock: Clock, value: Value, given: Given, later: Ending | None) -> tuple[Words, ...]:
    """Gives the reasons why a date is not firm; none: it is. `later` is None for a person's own clock."""
    found = list(_sources(f"{rule.id}#{clock.name}", value.from_, given.now.date()))
    if value.period is None or value.period.unit == "hours":
        return tuple(found)
    if later is None:
        return tuple(found)
    found += _place(clock, given)
    found += _calendar(clock, value, given, later)
    found += _events(clock, later)
    return tuple(found)


@lru_cache(maxsize=4096)
def _sources(name: str, since: date, today: date) -> tuple[Words, ...]:
    _, clock = find(name)
    value = next(one for one in clock.values if one.from_ == since)
    found = []
    if not stands(value.grade, value.sources, today):
        found.append(words("Not firm: the number was not checked well or lately enough."))
    unit = value.period.unit if value.period else "days"
    convention = clock.counting
    if not stands(convention.grades[unit], convention.sources, today):
        found.append(words("Not firm: how the days are counted was not checked well or lately enough."))
    return tuple(found)


def _place(clock: Clock, given: Given) -> list[Words]:
    if given.where is None:
        return [words("Not firm: without their place only weekends are known, not holidays.")]
    if given.holidays_at(clock.counting) is None:
        return [
            words("Not firm: for {place} only weekends are counted, not holidays.", place=given.where.code)
        ]
    if given.place_is_assumed:
        return [words("Not firm: their place was not told; {place} is assumed.", place=given.where.code)]
    if len(given.zones) > 1:
        return [
            words("Not firm: {place} has several time zones; the latest is taken.", place=given.where.code)
        ]
    return []


def _calendar(clock: Clock, value: Value, given: Given, later: Ending) -> list[Words]:
    found = []
    if later.end is not None and later.end > known_until():
        found.append(words("Not firm: holidays after {day} may still change.", day=known_until()))
    certain = reading(clock, value, given, wide=True, narrow_calendar=True)
    if len(given.zones) == 1 and ending(clock, value, given, certain, given.zones[0]).end != later.end:
        found.append(words("Not firm: it moves for a day that may not count as a holiday there."))
    return found


def _events(clock: Clock, later: Ending) -> list[Words]:
    found = []
    arguable = any(not pause.is_certain for pause in clock.pauses)
    if later.waiting_days and arguable:
        found.append(words("Not firm: the law does not say that waiting for your answer stops the time."))
    if later.asked_late:
        found.append(words("Not firm: they asked after the time had ended."))
    return found
