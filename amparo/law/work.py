"""Labour facts by place: wage floors, recruitment fees, deductions, papers, contracts, registers, hours.

One YAML file per kind and place under law/rules/<place>/work. A figure past the day of its next change is
still given, but `is_current` says no: it is the last one we have.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from types import MappingProxyType
from typing import Any

from amparo.law.data_files import ROOM, work_files
from amparo.law.places import law_of, within
from amparo.law.sources import Source, source_of
from amparo.words import Words


@dataclass(frozen=True, eq=False)
class WorkFact:
    """One fact with its dates. `amount` is in `unit` (money in `currency`, per `per`); None: no figure.

    `rule` says what the figure is: floor, ceiling, forbidden, allowed, duty, none (the law sets no figure).
    `region` is ISO 3166-2; `from_age` and `to_age` are both included.
    """

    id: str
    kind: str
    place: str
    side: str | None
    basis: str | None
    from_: date | None
    to: date | None
    next_change: date | None
    amount: float | None
    unit: str | None
    currency: str | None
    per: str | None
    payments_a_year: int | None
    rule: str | None
    about: str | None
    who: Words | None
    sector: str | None
    region: str | None
    from_age: int | None
    to_age: int | None
    url: str | None
    says: Words | None
    grade: str
    sources: tuple[Source, ...]

    def holds_on(self, day: date) -> bool:
        """Says whether it was the law on a day, as far as is known."""
        return (self.from_ is None or self.from_ <= day) and (self.to is None or day <= self.to)

    def is_current(self, day: date) -> bool:
        """Says whether it holds and no change was expected by then."""
        return self.holds_on(day) and (self.next_change is None or day < self.next_change)


@cache
def work_facts() -> tuple[WorkFact, ...]:
    """Gives every labour fact, in the order of the files."""
    return tuple(_fact(id, record, value) for id, record in work_files() for value in record["values"])


def facts_at(place: str, kind: str, on: date) -> tuple[WorkFact, ...]:
    """Gives the facts of a kind that hold at a place (ISO 3166-1 or -2) on a day.

    Where nothing holds any more, gives the last ones known before it: `is_current` then says no.
    """
    here = [one for one in work_facts() if one.kind == kind and _is_at(one, place)]
    held = [one for one in here if one.holds_on(on)]
    if held:
        return tuple(held)
    past = [one for one in here if one.to is not None and one.to < on]
    newest = max((one.to for one in past if one.to), default=None)
    return tuple(one for one in past if one.to == newest)


def work_schema() -> Mapping[str, Any]:
    """Gives the JSON Schema of one file of labour facts."""
    found: dict[str, Any] = json.loads((ROOM / "work.schema.json").read_text(encoding="utf-8"))
    return MappingProxyType(found)


def _is_at(one: WorkFact, place: str) -> bool:
    return within(place, (one.place,)) is True and (
        one.region is None or within(place, (one.region,)) is not False
    )


def _fact(id: str, record: Mapping[str, Any], value: Mapping[str, Any]) -> WorkFact:
    plain = ("amount", "unit", "currency", "per", "payments_a_year", "rule", "about", "sector", "region")
    return WorkFact(
        id=id,
        kind=record["kind"],
        place=law_of(id.partition("/")[0]).home,
        side=record.get("side"),
        basis=record.get("basis"),
        from_=_day(value["from"]),
        to=_day(value.get("to")),
        next_change=_day(value.get("next_change")),
        **{name: value.get(name) for name in plain},
        who=Words(value["who"]) if "who" in value else None,
        from_age=value.get("from_age"),
        to_age=value.get("to_age"),
        url=value.get("url"),
        says=Words(value["says"]) if "says" in value else None,
        grade=value["grade"],
        sources=tuple(source_of(record["sources"][key]) for key in value["sources"]),
    )


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
