"""Counting conventions: how a period of a given unit runs from an event to its last moment."""

import calendar as months_of_year
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from functools import cache
from types import MappingProxyType
from typing import Any

from amparo.law.calendars import ONE_DAY, Calendar, Off
from amparo.law.data_files import data
from amparo.law.sources import Source, source_of
from amparo.words import Words

UNITS = ("hours", "days", "working_days", "weeks", "months", "years")
_MONTHS_IN = MappingProxyType({"months": 1, "years": 12})
_WEEKDAYS = {"friday": 5, "saturday": 6, "sunday": 7}


@dataclass(frozen=True)
class Period:
    """A length of time as the law states it."""

    n: int
    unit: str


@dataclass(frozen=True, eq=False)
class Counting:
    """One convention; the same object each time, so it is compared by identity.

    `off_work` are the days that are no working days, `off_end` those on which a period may not end and
    `off_end_for_sure` the same without the arguable ones. `grades` says per unit how well it was read;
    `holidays_within` names the group of places whose holidays count.
    """

    id: str
    title: Words
    off_work: Off
    off_end: Off
    off_end_for_sure: Off
    counts_first_day: bool
    missing_day_is_next: bool
    skips_first_hour: bool
    least_working_days: int
    holidays_within: str | None
    grades: Mapping[str, str]
    sources: tuple[Source, ...]

    def last_day(self, start: date, period: Period, calendar: Calendar, *, add_days: int = 0) -> date:
        """Gives the last day of a period that runs from `start`, before any roll-over; not for hours."""
        if period.unit == "working_days":
            return self._nth_working_day(start, period.n + add_days, calendar)
        if period.unit in _MONTHS_IN:
            months = period.n * _MONTHS_IN[period.unit]
            end = add_months(start, months, next_if_missing=self.missing_day_is_next)
            if self.counts_first_day and end.day == start.day:
                end -= ONE_DAY
        else:
            days = period.n * (7 if period.unit == "weeks" else 1)
            end = start + timedelta(days=days - (1 if self.counts_first_day else 0))
        return end + timedelta(days=add_days)

    def roll(self, day: date, calendar: Calendar) -> date:
        """Gives the first day from this one on which the period may end, in the reading of the calendar."""
        return calendar.next_open(day, self.off_end if calendar.wide else self.off_end_for_sure)

    def with_least_working_days(self, start: date, end: date, period: Period, calendar: Calendar) -> date:
        """Gives `end`, or a later day so that the period holds the least number of working days it must."""
        if period.unit != "days" or period.n < self.least_working_days:
            return end
        return max(end, self._nth_working_day(start, self.least_working_days, calendar))

    def last_moment(self, event: datetime, hours: int, *, whole_hours: bool) -> datetime:
        """Gives when a period in hours ends, in elapsed time; the zone of the answer is that of the event."""
        start = event.astimezone(UTC)
        if whole_hours and self.skips_first_hour:
            start += timedelta(hours=1) - _past_the_hour(event)
        return (start + timedelta(hours=hours)).astimezone(event.tzinfo)

    def _nth_working_day(self, start: date, n: int, calendar: Calendar) -> date:
        day = start
        for _ in range(n):
            day = calendar.next_open(day + ONE_DAY, self.off_work)
        return day

    def strictly(self) -> "Counting":
        """Gives the same convention with the first day counted in (a strict "beginning with")."""
        return replace(self, counts_first_day=True)


def add_months(start: date, n: int, *, next_if_missing: bool = False) -> date:
    """Gives the same date n months on; if the month has no such date its last day (or the day after it)."""
    years, month = divmod(start.month - 1 + n, 12)
    year, month = start.year + years, month + 1
    last = months_of_year.monthrange(year, month)[1]
    if start.day <= last:
        return date(year, month, start.day)
    return date(year, month, last) + (ONE_DAY if next_if_missing else timedelta(0))


def _past_the_hour(moment: datetime) -> timedelta:
    return timedelta(minutes=moment.minute, seconds=moment.second, microseconds=moment.microsecond)


@cache
def countings() -> Mapping[str, Counting]:
    """Gives every convention of counting.yaml by its id."""
    return MappingProxyType({id: _counting(id, record) for id, record in data("counting").items()})


def counting(id: str) -> Counting:
    """Gives one convention; a rule that names an unknown one is a fault of the rule (KeyError)."""
    return countings()[id]


def _counting(id: str, record: Mapping[str, Any]) -> Counting:
    roll = record.get("roll", {})
    arguable = roll.get("arguable", ())
    weekdays, sure_weekdays = (
        _iso(roll.get("weekdays", ())),
        _iso(set(roll.get("weekdays", ())) - {*arguable}),
    )
    on_holidays = roll.get("holidays", False)
    recess = tuple((_month_day(one["from"]), _month_day(one["to"])) for one in record.get("recess", ()))
    off_end = Off(weekdays, on_holidays, recess if roll else ())
    sure = Off(sure_weekdays, on_holidays and "holidays" not in arguable, off_end.recess)
    return Counting(
        id=id,
        title=Words(record["title"]),
        off_work=Off(_iso(record["weekend"]), True, recess),
        off_end=off_end,
        off_end_for_sure=sure if arguable else off_end,
        counts_first_day=record.get("first_day", "out") == "in",
        missing_day_is_next=record.get("missing_day", "last_of_month") == "next_day",
        skips_first_hour=record.get("first_hour", "in") == "out",
        least_working_days=record.get("least_working_days", 0),
        holidays_within=record.get("holidays_within"),
        grades=MappingProxyType({"years": record["grades"]["months"], **record["grades"]}),
        sources=tuple(source_of(source) for source in record["sources"]),
    )


def _iso(weekdays: Any) -> frozenset[int]:
    return frozenset(_WEEKDAYS[day] for day in weekdays)


def _month_day(text: str) -> tuple[int, int]:
    month, day = text.split("-")
    return int(month), int(day)
