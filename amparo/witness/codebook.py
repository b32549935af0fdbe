"""The codebook: fifteen fields, each with its definition, values, two examples and one border case."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from amparo.words import Words

HERE = Path(__file__).parent
CLOSED = ("closed", "several")
PLACE = re.compile(r"[A-Z]{2}(-[A-Z0-9]{1,3})?|global")
YEARS = range(1900, 2101)
Codes = Mapping[str, Any]


@dataclass(frozen=True)
class Field:
    """`kind`: closed (one of the values), several (one or more), open or year. `values`: code → words."""

    id: str
    title: Words
    kind: str
    definition: Words
    values: Mapping[str, Words]
    examples: tuple[Words, ...]
    border: Words

    @property
    def is_closed(self) -> bool:
        return self.kind in CLOSED


@dataclass(frozen=True)
class Mark:
    """One item of a sum: it counts when any of its conditions (field → codes) holds wholly."""

    id: str
    says: Words
    any_of: tuple[Mapping[str, frozenset[str]], ...]

    def holds(self, codes: Codes) -> bool:
        """Says whether the codes of a measure carry the mark; a field that was not coded carries none."""
        return any(all(_has(codes.get(field), some) for field, some in one.items()) for one in self.any_of)


def _has(coded: Any, some: frozenset[str]) -> bool:
    return not some.isdisjoint(coded if isinstance(coded, list | tuple) else (coded,))


@cache
def _said() -> Mapping[str, Any]:
    said: Mapping[str, Any] = yaml.safe_load((HERE / "codebook.yaml").read_text(encoding="utf-8"))
    return said


@cache
def fields() -> Mapping[str, Field]:
    """Gives the fields by id, in the order of the codebook."""
    return {one["id"]: _field(one) for one in _said()["fields"]}


def _field(one: Mapping[str, Any]) -> Field:
    return Field(
        one["id"],
        Words(one["title"]),
        one["kind"],
        Words(one["definition"]),
        {code: Words(text) for code, text in one.get("values", {}).items()},
        tuple(map(Words, one["examples"])),
        Words(one["border"]),
    )


@cache
def marks() -> Mapping[str, tuple[Mark, ...]]:
    """Gives the items of the two sums, `security` and `rights`."""
    return {side: tuple(map(_mark, items)) for side, items in _said()["marks"].items()}


def _mark(one: Mapping[str, Any]) -> Mark:
    conditions = one.get("any") or [one["when"]]
    return Mark(
        one["id"],
        Words(one["says"]),
        tuple({field: frozenset(codes) for field, codes in condition.items()} for condition in conditions),
    )


@cache
def evidence() -> Mapping[str, Words]:
    """Gives what can be known of a measure's effect."""
    return {code: Words(text) for code, text in _said()["evidence"].items()}


def as_one(code: Any) -> Any:
    """Gives several codes as one, whatever their order and however often each stands there."""
    return "+".join(sorted(set(map(str, code)))) if isinstance(code, list | tuple) else code


def alike(one: Codes, other: Codes) -> bool:
    """Says whether two people coded every field alike."""
    return all(as_one(one.get(name)) == as_one(other.get(name)) for name in fields())


def faults(codes: Codes) -> list[tuple[str, str]]:
    """Gives (field, what is wrong) for codes the codebook does not have: missing, unknown, wrong kind."""
    found = [(name, "unknown field") for name in codes if name not in fields()]
    for name, field in fields().items():
        if name not in codes:
            found += [] if name == "end" else [(name, "missing")]
        else:
            found += [(name, why) for why in CHECKS[field.kind](field, codes[name])]
    return found


def _closed(field: Field, coded: Any) -> list[str]:
    return [] if isinstance(coded, str) and coded in field.values else [f"no such code: {coded}"]


def _several(field: Field, coded: Any) -> list[str]:
    if not isinstance(coded, list | tuple) or not coded:
        return ["no list of codes"]
    found = [why for code in coded for why in _closed(field, code)]
    if found:
        return found
    if len(set(coded)) < len(coded):
        return ["a code stands twice"]
    return ["none stands beside another code"] if "none" in coded and len(coded) > 1 else []


def _open(field: Field, coded: Any) -> list[str]:
    if not isinstance(coded, list | tuple) or not coded:
        return ["no list of places"]
    return [f"no place: {one}" for one in coded if not (isinstance(one, str) and PLACE.fullmatch(one))]


def _year(field: Field, coded: Any) -> list[str]:
    known = coded is None or (type(coded) is int and coded in YEARS)  # True is an int too
    return [] if known else [f"no year from 1900 to 2100: {coded}"]


CHECKS = {"closed": _closed, "several": _several, "open": _open, "year": _year}
