"""A second reading of the law's calendar, written apart from the first: day by day, slow and plain.

It reads the YAML itself and takes only the list of holidays from the program. It answers for the common case:
a request, at one place with one zone, with no more than an extension after it.
"""

from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import yaml

import amparo.law
from amparo.law.calendars import calendar
from amparo.law.places import Place

ROOM = Path(amparo.law.__file__).parent
ONE = timedelta(days=1)
NUMBER_OF = {"friday": 4, "saturday": 5, "sunday": 6}


@cache
def record_of(id: str) -> dict[str, Any]:
    return yaml.safe_load((ROOM / "rules" / f"{id}.yaml").read_text(encoding="utf-8"))


@cache
def ways_of_counting() -> dict[str, Any]:
    return yaml.safe_load((ROOM / "counting.yaml").read_text(encoding="utf-8"))


@cache
def members_of(group: str) -> list[str]:
    return yaml.safe_load((ROOM / "places.yaml").read_text(encoding="utf-8"))["groups"].get(group, [group])


def value_at(clock: dict[str, Any], day: date) -> dict[str, Any] | None:
    found = clock if "values" not in clock else None
    for one in clock.get("values", ()):
        if one.get("from", date.min) <= day:
            found = one
    return found


class Counter:
    """Counts by one way at one place; `generous` is the reading that gives more time."""

    def __init__(self, way: dict[str, Any], where: Place, *, generous: bool, first_in: bool) -> None:
        self.way, self.generous = way, generous
        area = way.get("holidays_within")
        counted = area is None or where.country in members_of(area)
        self.calendar = calendar(where if counted else None, wide=generous)
        self.first_in = first_in or way.get("first_day") == "in"
        self.not_sure = () if generous else way.get("roll", {}).get("arguable", ())

    def in_recess(self, day: date) -> bool:
        for one in self.way.get("recess", ()):
            text = day.strftime("%m-%d")
            first, last = one["from"], one["to"]
            inside = first <= text <= last if first <= last else (text >= first or text <= last)
            if inside:
                return True
        return False

    def no_work(self, day: date) -> bool:
        weekend = [NUMBER_OF[name] for name in self.way["weekend"]]
        return day.weekday() in weekend or self.calendar.is_holiday(day) or self.in_recess(day)

    def cannot_end(self, day: date) -> bool:
        roll = self.way.get("roll")
        if not roll:
            return False
        closed = [NUMBER_OF[name] for name in roll.get("weekdays", ()) if name not in self.not_sure]
        holidays = roll.get("holidays", False) and "holidays" not in self.not_sure
        return day.weekday() in closed or (holidays and self.calendar.is_holiday(day)) or self.in_recess(day)

    def end(self, start: date, unit: str, number: int) -> date:
        if unit == "working_days":
            last = self.after_working_days(start, number)
        elif unit in ("days", "weeks"):
            last = start
            for _ in range(number * (7 if unit == "weeks" else 1)):
                last += ONE
            last -= ONE if self.first_in else timedelta(0)
        else:
            last = self.after_months(start, number * (12 if unit == "years" else 1))
        while self.cannot_end(last):
            last += ONE
        least = self.way.get("least_working_days", 0)
        if unit == "days" and least and number >= least:
            last = max(last, self.after_working_days(start, least))
        return last

    def after_working_days(self, start: date, number: int) -> date:
        day = start
        while number:
            day += ONE
            number -= not self.no_work(day)
        return day

    def after_months(self, start: date, number: int) -> date:
        year, month = start.year, start.month
        for _ in range(number):
            year, month = (year + 1, 1) if month == 12 else (year, month + 1)
        day = start.day
        while True:
            try:
                found = date(year, month, day)
                break
            except ValueError:
                day -= 1
        if day < start.day:
            return found + ONE if self.way.get("missing_day") == "next_day" else found
        return found - ONE if self.first_in else found


UNITS = ("hours", "days", "working_days", "weeks", "months", "years")


def length_of(record: dict[str, Any]) -> tuple[str, int] | None:
    return next(((unit, record[unit]) for unit in UNITS if unit in record), None)


def answers(
    id: str, clock_name: str, received: datetime, where: Place, extension_told: datetime | None = None
) -> tuple[datetime | None, datetime | None]:
    """Gives the later and the earlier last moment of a recipient's clock, None twice where there is none."""
    rule = record_of(id)
    clock = rule["clocks"][clock_name]
    zone = ZoneInfo(str(where.zones[0]))
    day = received.astimezone(zone).date()
    value = value_at(clock, day)
    too_early = day < rule["from"] or (value is not None and day < value.get("from", rule["from"]))
    if value is None or too_early or (rule["to"] and day > rule["to"]):
        return None, None
    if length_of(value) is None:
        return None, None
    both = [
        _one(clock, value, received, where, zone, extension_told, generous=generous)
        for generous in (True, False)
    ]
    return both[0], both[1]


def _one(
    clock: dict[str, Any],
    value: dict[str, Any],
    received: datetime,
    where: Place,
    zone: ZoneInfo,
    extension_told: datetime | None,
    *,
    generous: bool,
) -> datetime:
    way = ways_of_counting()[clock["counting"]]
    strict = {} if generous else value.get("earliest", {})
    length = length_of(strict) or length_of(value)
    assert length is not None
    unit, number = length
    if unit == "hours":
        moment = received.astimezone(UTC)
        if generous and way.get("first_hour") == "out":
            moment = moment.replace(minute=0, second=0, microsecond=0) + timedelta(hours=1)
        return moment + timedelta(hours=number)
    counter = Counter(way, where, generous=generous, first_in=strict.get("first_day") == "in")
    start = received.astimezone(zone).date()
    last = counter.end(start, unit, number)
    longer = value.get("extension")
    if longer and extension_told and longer["event"] == "extension_told":
        more = length_of(longer)
        if more and extension_told.astimezone(zone).date() <= last:
            last = counter.end(start, *more)
    return datetime.combine(last, time(23, 59, 59), zone)
