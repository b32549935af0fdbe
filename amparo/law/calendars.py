"""Days on which nothing has to be done, by place: two readings where the law leaves a doubt.

The wide reading counts every day that may be a holiday at the place (the region's own days too); the narrow
one counts only days that are certain. Holidays come from the `holidays` package, corrected by places.yaml.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache, lru_cache
from typing import Any

import holidays

from amparo.law.data_files import data
from amparo.law.places import Place, holidays_parts

ONE_DAY = timedelta(days=1)


@dataclass(frozen=True)
class Calendar:
    """The holidays of one place in one reading. `country` None means that no holidays are known."""

    country: str | None
    part: str | None
    wide: bool

    def is_holiday(self, day: date) -> bool:
        """Says whether this day is a holiday here."""
        return self.country is not None and day in _days(self.country, self.part, self.wide, day.year)

    def is_off(self, day: date, off: frozenset[int], with_holidays: bool = True) -> bool:
        """Says whether this day is one of the weekdays `off` (ISO, Monday 1) or, if they count, a holiday."""
        return day.isoweekday() in off or (with_holidays and self.is_holiday(day))

    def next_open(self, day: date, off: frozenset[int], with_holidays: bool = True) -> date:
        """Gives this day, or the first one after it that is not off."""
        while self.is_off(day, off, with_holidays):
            day += ONE_DAY
        return day


@lru_cache(maxsize=1024)
def calendar(where: Place | None, *, wide: bool) -> Calendar:
    """Gives the calendar of a place; without a place no holidays are known, only weekdays."""
    if where is None or where.country not in _supported():
        return Calendar(None, None, wide)
    return Calendar(where.country, where.part, wide)


def known_until() -> date:
    """Gives the last day for which moved and one-off holidays were looked at."""
    until: date = data("places")["holidays_known_until"]
    return until


@cache
def _supported() -> frozenset[str]:
    return frozenset(holidays.list_supported_countries(include_aliases=False))


@lru_cache(maxsize=8192)
def _days(country: str, part: str | None, wide: bool, year: int) -> frozenset[date]:
    about = data("places")["countries"].get(country, {})
    days = set(_package_days(country, None, year))
    for region in _regions(country, part, wide, about):
        days |= _package_days(country, region, year)
    for change in data("places").get("changes", ()):
        if change["country"] == country and change.get("part") in (None, part) and change["day"].year == year:
            (days.add if change["holiday"] else days.discard)(change["day"])
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
def _package_days(country: str, region: str | None, year: int) -> frozenset[date]:
    wanted = data("places")["countries"].get(country, {}).get("categories")
    categories = tuple(wanted) if wanted and region else None
    return frozenset(holidays.country_holidays(country, subdiv=region, years=[year], categories=categories))
