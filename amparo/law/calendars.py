"""Days on which nothing has to be done, by place: two readings where the law leaves a doubt.

The wide reading counts every day that may be a holiday at the place: the region's own days, and days that
hang on the moon and are only estimated. The narrow one counts only days that are certain. Holidays come from
the `holidays` package, corrected by places.yaml.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cache, lru_cache
from typing import Any

import holidays

from amparo.law.data_files import data
from amparo.law.places import Place, holidays_parts

ONE_DAY = timedelta(days=1)


@dataclass(frozen=True, eq=False)
class Off:
    """Which days are off: weekdays (ISO, Monday 1), holidays, and a yearly recess ((month, day) to the same).

    The same object each time, so it is compared by identity.
    """

    weekdays: frozenset[int]
    holidays: bool
    recess: tuple[tuple[tuple[int, int], tuple[int, int]], ...] = ()

    def takes(self, day: date) -> bool:
        """Says whether this day is off whatever the holidays are."""
        if day.isoweekday() in self.weekdays:
            return True
        at = (day.month, day.day)
        return any(
            first <= at <= last if first <= last else at >= first or at <= last for first, last in self.recess
        )


@dataclass(frozen=True, eq=False)
class Calendar:
    """The holidays of one place in one reading, the same object each time. `country` None: none are known."""

    country: str | None
    part: str | None
    wide: bool
    _off: dict[tuple[Off, int], frozenset[date]] = field(default_factory=dict, repr=False)

    def is_holiday(self, day: date) -> bool:
        """Says whether this day is a holiday here."""
        return self.country is not None and day in _days(self.country, self.part, self.wide, day.year)

    def next_open(self, day: date, off: Off) -> date:
        """Gives this day, or the first one after it that is not off."""
        while day in self._days_off(off, day.year):
            day += ONE_DAY
        return day

    def is_certain(self, first: date, last: date) -> bool:
        """Says whether both readings hold the same holidays in the years of these days."""
        country = self.country
        return country is None or all(
            _is_certain(country, self.part, year) for year in range(first.year, last.year + 1)
        )

    def _days_off(self, off: Off, year: int) -> frozenset[date]:
        found = self._off.get((off, year))
        if found is None:
            found = self._off[off, year] = self._work_out(off, year)
        return found

    def _work_out(self, off: Off, year: int) -> frozenset[date]:
        first = date(year, 1, 1)
        days = {day for n in range(366) if off.takes(day := first + n * ONE_DAY) and day.year == year}
        if off.holidays and self.country is not None:
            days |= _days(self.country, self.part, self.wide, year)
        return frozenset(days)


@cache
def calendar(where: Place | None, *, wide: bool) -> Calendar:
    """Gives the calendar of a place; without a place no holidays are known, only weekdays."""
    if where is None or not has_holidays(where):
        return Calendar(None, None, wide)
    return Calendar(where.country, where.part, wide)


def has_holidays(where: Place) -> bool:
    """Says whether the holidays of this place are known at all."""
    return where.country in _supported()


@cache
def known_until() -> date:
    """Gives the last day for which moved and one-off holidays were looked at."""
    return date.fromisoformat(data("places")["holidays_known_until"])


@cache
def looked_at() -> date:
    """Gives the day on which the calendars were last looked at."""
    return date.fromisoformat(data("places")["holidays_checked_on"])


@cache
def _supported() -> frozenset[str]:
    return frozenset(holidays.list_supported_countries(include_aliases=False))


@lru_cache(maxsize=8192)
def _is_certain(country: str, part: str | None, year: int) -> bool:
    return _days(country, part, True, year) == _days(country, part, False, year)


@lru_cache(maxsize=8192)
def _days(country: str, part: str | None, wide: bool, year: int) -> frozenset[date]:
    about = data("places")["countries"].get(country, {})
    days = set(_package_days(country, None, wide, year))
    for region in _regions(country, part, wide, about):
        days |= _package_days(country, region, wide, year)
    for change in data("places").get("changes", ()):
        day = date.fromisoformat(change["day"])
        if change["country"] == country and change.get("part") in (None, part) and day.year == year:
            (days.add if change["holiday"] else days.discard)(day)
    return frozenset(days)


def _regions(country: str, part: str | None, wide: bool, about: Mapping[str, Any]) -> Iterable[str]:
    """Gives the regions whose own days count: certain ones always, arguable ones in the wide reading."""
    named: Mapping[str, str] = about.get("holidays_of", {})
    if part is not None:
        region = named.get(part, part)
        counts = wide or bool(about.get("regional_days_are_certain"))
        return (region,) if counts and region in holidays_parts(country) else ()
    all_regions: tuple[str, ...] = tuple(about.get("all_regions", ()))
    return all_regions if wide else ()


@lru_cache(maxsize=8192)
def _package_days(country: str, region: str | None, wide: bool, year: int) -> frozenset[date]:
    wanted = data("places")["countries"].get(country, {}).get("categories")
    categories = tuple(wanted) if wanted and region else None
    found = holidays.country_holidays(country, subdiv=region, years=[year], categories=categories)
    label = getattr(found, "estimated_label", None)
    if wide or not label:
        return frozenset(found)
    estimated = found.tr(label).replace("%s", "").strip()
    return frozenset(day for day, name in found.items() if estimated not in name)
