"""Reads untrusted JSON by the schema, field by field: what can be read is kept, the rest becomes a problem.

One bad figure must not hide the others, and must not quietly change a sum. So a list or an amount by kind
in which anything is unreadable is left out whole. A field nobody knows is refused: it could be a misspelt
one, and a sum without it would be wrong.
"""

import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from difflib import get_close_matches
from re import fullmatch
from typing import Any

from amparo.errors import Refused, WrongUse
from amparo.law import places
from amparo.words import words

YEARS = range(1900, 2201)
Path = tuple[str | int, ...]
SEE_EXAMPLE = words("`amparo offer --example` shows a valid file, `amparo offer --schema` every field.")
# Leaving one part out of these would make their sum wrong.
WHOLE_OR_NOT = frozenset({"deductions", "fees", "exchange_rate", "documents_kept"})


@dataclass(frozen=True)
class Problem:
    """One value that could not be read: where, what was wrong (a keyword), the value, and the limit."""

    path: Path
    broke: str
    value: object
    limit: object = None

    @property
    def field(self) -> str:
        """Gives the field of the offer it lies in."""
        return str(self.path[0])

    @property
    def name(self) -> str:
        """Gives the field with its part: `loan.amount`, `fees.paid`."""
        return ".".join(str(step) for step in self.path if not isinstance(step, int))


class _Unreadable(Exception):
    def __init__(self, broke: str, limit: object = None) -> None:
        super().__init__(broke)
        self.broke, self.limit = broke, limit


def read(untrusted: object, schema: Mapping[str, Any]) -> tuple[dict[str, Any], list[Problem]]:
    """Gives what could be read and the problems. WrongUse for no object and for an unknown field."""
    if not isinstance(untrusted, dict):
        raise WrongUse(words("An offer is a set of fields, in braces."), SEE_EXAMPLE)
    reader = _Reader(schema)
    found = reader.fields(untrusted, schema, ())
    spoilt = {one.field for one in reader.problems} & WHOLE_OR_NOT
    return {name: value for name, value in found.items() if name not in spoilt}, reader.problems


def plain_number(text: str) -> Decimal | None:
    """Gives the number of digits with at most one point and two decimals, in any script's digits.

    None for everything else: 1.200 and 1,200 are a thousand in one country and one in another.
    """
    digits = "".join(
        str(unicodedata.decimal(sign)) if sign.isdecimal() else sign for sign in text.strip()[:40]
    )
    return Decimal(digits) if fullmatch(r"-?[0-9]{1,15}(\.[0-9]{1,2})?", digits) else None


class _Reader:
    """Walks value and schema together and collects problems."""

    def __init__(self, schema: Mapping[str, Any]) -> None:
        self.definitions: Mapping[str, Any] = schema["$defs"]
        self.problems: list[Problem] = []

    def value(self, value: object, rule: Mapping[str, Any], path: Path) -> Any:
        """Gives the value as Python holds it, or None after noting a problem."""
        if value is None:
            return None
        rule = self._rule_for(value, rule)
        try:
            if isinstance(value, dict) and _takes(rule, "object"):
                return self.fields(value, rule, path)
            if isinstance(value, list) and _takes(rule, "array"):
                return self._list(value, rule, path)
            return _single(value, rule)
        except _Unreadable as why:
            self.problems.append(Problem(path, why.broke, value, why.limit))
            return None

    def fields(self, given: dict[str, Any], rule: Mapping[str, Any], path: Path) -> dict[str, Any]:
        """Gives the readable fields of an object."""
        known = rule["properties"]
        for name in given:
            if name not in known:
                raise _unknown_field(str(name), list(known), path)
        found = {name: self.value(value, known[name], (*path, name)) for name, value in given.items()}
        for name in rule.get("required", ()):
            if found.get(name) is None and given.get(name) is None:
                self.problems.append(Problem((*path, name), "missing", None))
        return {name: value for name, value in found.items() if value is not None}

    def _list(self, given: list[Any], rule: Mapping[str, Any], path: Path) -> list[Any]:
        if len(given) > rule["maxItems"]:
            raise _Unreadable("maxItems", rule["maxItems"])
        told = ((number, one) for number, one in enumerate(given) if one is not None)
        return [self.value(one, rule["items"], (*path, number)) for number, one in told]

    def _rule_for(self, value: object, rule: Mapping[str, Any]) -> Mapping[str, Any]:
        """Gives the rule with references followed, and of several shapes the one that fits the value's."""
        if "$ref" in rule:
            return self._rule_for(value, self.definitions[rule["$ref"].rpartition("/")[2]])
        if "anyOf" not in rule:
            return rule
        shapes = [self._rule_for(value, one) for one in rule["anyOf"]]
        wanted = {dict: "object", list: "array", bool: "boolean"}.get(type(value), "number")
        named = [one for one in shapes if isinstance(value, str) and "enum" in one]
        return next((one for one in [*named, *shapes] if one in named or _takes(one, wanted)), shapes[0])


def _takes(rule: Mapping[str, Any], kind: str) -> bool:
    taken = rule.get("type", ())
    return kind == taken or kind in taken


def _single(value: object, rule: Mapping[str, Any]) -> Any:
    if "enum" in rule:
        return _one_of(value, [one for one in rule["enum"] if one is not None])
    if _takes(rule, "number") or _takes(rule, "integer"):
        return _number(value, rule)
    if _takes(rule, "boolean"):
        if not isinstance(value, bool):
            raise _Unreadable("boolean")
        return value
    if not _takes(rule, "string") or not isinstance(value, str):
        raise _Unreadable("type")
    return _text(value.strip(), rule)


def _one_of(value: object, known: list[str]) -> str:
    text = value.strip() if isinstance(value, str) else ""
    for one in known:
        if one.casefold() == text.casefold():
            return one
    raise _Unreadable("enum", get_close_matches(text.lower()[:40], [one.lower() for one in known], n=2))


def _number(value: object, rule: Mapping[str, Any]) -> Decimal | int:
    if isinstance(value, bool) or not isinstance(value, int | float | Decimal | str):
        raise _Unreadable("type")
    number = plain_number(value) if isinstance(value, str) else _exact(value)
    if number is None:
        raise _Unreadable("text")
    limits: list[tuple[str, Callable[[Any], bool]]] = [
        ("exclusiveMinimum", lambda limit: number > limit),
        ("minimum", lambda limit: number >= limit),
        ("maximum", lambda limit: number <= limit),
    ]
    for keyword, fits in limits:
        if keyword in rule and not fits(rule[keyword]):
            raise _Unreadable(keyword, rule[keyword])
    if not _takes(rule, "integer"):
        return number
    if number != number.to_integral_value():
        raise _Unreadable("integer")
    return int(number)


def _exact(value: int | float | Decimal) -> Decimal | None:
    try:
        number = Decimal(str(value))
    except (InvalidOperation, ValueError):  # ValueError: more digits than Python writes
        return None
    return number if number.is_finite() else None


def _text(text: str, rule: Mapping[str, Any]) -> str | date:
    if rule.get("format") == "date":
        try:
            day = date.fromisoformat(text)
        except ValueError:
            raise _Unreadable("date") from None
        if day.year not in YEARS or not fullmatch(rule["pattern"], text):
            raise _Unreadable("date")
        return day
    if not fullmatch(rule["pattern"], text):
        raise _Unreadable("place")
    try:
        return places.place(text).code
    except Refused:
        raise _Unreadable("place") from None


def _unknown_field(name: str, known: list[str], path: Path) -> WrongUse:
    where = ".".join(str(step) for step in path) or words("the offer")
    what = words("There is no field “{name}” in {where}.", name=shown(name), where=where)
    near = get_close_matches(name.lower(), known, n=2, cutoff=0.5)
    if near:
        return WrongUse(what, words("Did you mean {near}? {see}", near=" / ".join(near), see=SEE_EXAMPLE))
    return WrongUse(what, words("Take it out, or use one of: {known}.", known=", ".join(known)))


def shown(value: object) -> str:
    """Gives what was given as a short text that every page and file can hold."""
    text = str(value) if isinstance(value, str | int | float | Decimal) else "…"
    return text[:40].encode("utf-8", "replace").decode()
