"""Labour facts by place: wage floors, recruitment fees, deductions, papers, contracts, registers, hours.

One YAML file per kind and place under law/rules/<place>/work. A figure past the day of its next change is
still given, but `is_current` says no: it is the last one we have.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import date
from functools import cache
from types import MappingProxyType
from typing import Any

from amparo.law.data_files import ROOM, work_files
from amparo.law.places import law_of, within
from amparo.law.sources import Source, source_of
from amparo.words import Words

LISTS = ("towards", "excludes", "not_in", "covers", "leaves_out")


@dataclass(frozen=True, eq=False)
class WorkFact:
    """One fact with its dates. `amount` is in `unit` (money in `currency`, per `per`); None: no figure.

    `rule` says what the figure is: floor, ceiling, forbidden, allowed, duty, none (the law sets no figure);
    None: the rule was not read. A percentage is `of` something. Money is before tax unless `net`.
    `region` (ISO 3166-2), `sector`, `permit`, `case` and `towards` make a fact narrower: where one fits, it
    stands in the place of the wider fact. A floor in two units (hour and month) is two facts of one case:
    pay is compared with that of its own unit. `about` is None where a floor is the pay itself.
    `from_age` and `to_age` are both included. `dated_by` "signing": its days are those of signing.
    `covers` and `leaves_out` are costs the figure contains, and costs that may be asked beside it.
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
    hours_a_week: float | None
    of: str | None
    net: bool
    rule: str | None
    about: str | None
    case: str | None
    who: Words | None
    sector: str | None
    permit: str | None
    region: str | None
    from_age: int | None
    to_age: int | None
    towards: tuple[str, ...]
    excludes: tuple[str, ...]
    not_in: tuple[str, ...]
    dated_by: str | None
    receipt: bool
    only_after: str | None
    covers: tuple[str, ...]
    leaves_out: tuple[str, ...]
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

    @property
    def line(self) -> tuple[object, ...]:
        """Gives what stays the same when the figure changes: two facts of one line follow each other."""
        whom = (self.sector, self.permit, self.case, self.from_age, self.to_age, self.towards, self.excludes)
        return (self.id, self.region, self.about, self.unit, self.per, self.net, *whom)


@cache
def work_facts() -> tuple[WorkFact, ...]:
    """Gives every labour fact, in the order of the files."""
    return tuple(_fact(id, record, value) for id, record in work_files() for value in record["values"])


def facts_at(place: str, kind: str, on: date) -> tuple[WorkFact, ...]:
    """Gives the facts of a kind that hold at a place (ISO 3166-1 or -2) on a day, in the order of the files.

    Where nothing of a line of facts holds any more, gives the last one known before the day: `is_current`
    then says no. For a fact `dated_by` signing, the day that counts is the one of signing.
    """
    here = [one for one in work_facts() if one.kind == kind and _is_at(one, place)]
    lines: dict[tuple[object, ...], list[WorkFact]] = {}
    for one in here:
        lines.setdefault(one.line, []).append(one)
    known = {id(one) for line in lines.values() for one in _known(line, on)}
    return tuple(one for one in here if id(one) in known)


def work_schema() -> Mapping[str, Any]:
    """Gives the JSON Schema of one file of labour facts."""
    found: dict[str, Any] = json.loads((ROOM / "work.schema.json").read_text(encoding="utf-8"))
    return MappingProxyType(found)


def _known(line: list[WorkFact], on: date) -> list[WorkFact]:
    held = [one for one in line if one.holds_on(on)]
    past = [one for one in line if one.to is not None and one.to < on]
    return held or sorted(past, key=lambda one: one.to or on)[-1:]


def _is_at(one: WorkFact, place: str) -> bool:
    if within(place, (one.place,)) is not True or within(place, one.not_in):
        return False
    return one.region is None or within(place, (one.region,)) is not False


def _fact(id: str, record: Mapping[str, Any], value: Mapping[str, Any]) -> WorkFact:
    plain: dict[str, Any] = {one.name: value.get(one.name) for one in fields(WorkFact)}
    made = {
        "id": id,
        "kind": record["kind"],
        "place": law_of(id.partition("/")[0]).home,
        "side": record.get("side"),
        "basis": record.get("basis"),
        "from_": _day(value["from"]),
        "to": _day(value.get("to")),
        "next_change": _day(value.get("next_change")),
        "net": value.get("net", False),
        "receipt": value.get("receipt", False),
        "who": Words(value["who"]) if "who" in value else None,
        "says": Words(value["says"]) if "says" in value else None,
        "sources": tuple(source_of(record["sources"][key]) for key in value["sources"]),
    }
    return WorkFact(**plain | {name: tuple(value.get(name, ())) for name in LISTS} | made)


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
