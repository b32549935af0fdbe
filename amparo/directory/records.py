"""Reads the records: one YAML file each under records/, its name the slug.

The shape (record.schema.json) is checked by the tests, not at each start; a broken file still names itself.
"""

import re
from collections.abc import Mapping
from dataclasses import fields as dataclass_fields
from dataclasses import replace
from datetime import date
from difflib import get_close_matches
from functools import lru_cache
from pathlib import Path
from types import MappingProxyType
from typing import Any

import yaml

from amparo.directory.record import Channel, Field, OwnRule, Record, Source
from amparo.errors import CouldNot, Refused
from amparo.words import words

HOME = Path(__file__).parent
FOLDER = HOME / "records"
SCHEMA = HOME / "record.schema.json"
FROM_OPERATOR = (
    "operator_name",
    "seat",
    "answers_for",
    "post",
    "eu_representative",
    "eu_representative_place",
    "uk_representative",
    "dsc",
)
# The twin in C is some ten times faster; a PyYAML built without it still works.
_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_PLAIN = {f.name for f in dataclass_fields(Record)} - {"slug", "source", "channels", "own_rules", "facts"}


@lru_cache(maxsize=1)
def records() -> Mapping[str, Record]:
    """Gives every record by slug, in the order of the slugs. A broken file is named (CouldNot)."""
    return read(FOLDER)


def record(slug: str) -> Record:
    """Gives one record, ended ones too; an unknown slug is refused with the nearest ones."""
    found = records().get(slug)
    if found is None:
        near = get_close_matches(slug, records(), n=3) or ["-"]
        raise Refused(
            words("There is no record called {slug}.", slug=slug),
            words("The nearest ones are: {near}.", near=", ".join(near)),
        )
    return found


def read(folder: Path) -> Mapping[str, Record]:
    """Gives the records of a folder of YAML files by slug."""
    read_ones = {path.stem: _one(path) for path in sorted(folder.glob("*/*.yaml"), key=lambda p: p.stem)}
    return MappingProxyType({slug: _with_operator(one, read_ones) for slug, one in read_ones.items()})


def raw(path: Path) -> dict[str, Any]:
    """Gives one file as plain data, dates as dates."""
    with path.open("rb") as file:
        data: dict[str, Any] = yaml.load(file, Loader=_LOADER)  # noqa: S506 - both are safe loaders
    return data


def as_json(folder: Path = FOLDER) -> dict[str, Any]:
    """Gives all records as JSON data: slug to what stands in its file, dates as ISO text."""
    return {
        path.stem: plain_dates(raw(path)) for path in sorted(folder.glob("*/*.yaml"), key=lambda p: p.stem)
    }


def plain_dates(value: Any) -> Any:
    """Gives the same data with dates as ISO 8601 text, as the schema and JSON want them."""
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, dict):
        return {key: plain_dates(one) for key, one in value.items()}
    if isinstance(value, list):
        return [plain_dates(one) for one in value]
    return value


def _one(path: Path) -> Record:
    try:
        return _record(path.stem, raw(path))
    except (yaml.YAMLError, KeyError, TypeError, ValueError, AttributeError, OSError) as error:
        why = re.sub(r"\s+", " ", f"{type(error).__name__}: {error}")
        raise CouldNot(
            words("The record {file} cannot be read. {why}", file=f"{path.parent.name}/{path.name}", why=why),
            words("Put the file back as it was, or mend the place named."),
        ) from error


def _record(slug: str, data: dict[str, Any]) -> Record:
    sources = {key: Source(**one) for key, one in data["sources"].items()}
    own = sources[data["source"]]
    unknown = set(data) - _PLAIN - {"sources", "source", "channels", "own_rules", "facts"}
    if unknown:
        raise ValueError(f"unknown field {sorted(unknown)[0]}")
    plain = {key: _frozen(value) for key, value in data.items() if key in _PLAIN}
    return Record(
        slug=slug,
        source=own,
        channels=tuple(
            _channel(one, sources[one.get("source", data["source"])]) for one in data.get("channels", ())
        ),
        own_rules=tuple(
            _own_rule(one, sources[one.get("source", data["source"])]) for one in data.get("own_rules", ())
        ),
        facts={fact: sources[key] for fact, key in data.get("facts", {}).items()},
        **plain,
    )


def _channel(data: dict[str, Any], source: Source) -> Channel:
    rest = {key: _frozen(value) for key, value in data.items() if key not in ("source", "fields")}
    rest["fields"] = tuple(Field(**one) for one in data.get("fields", ()))
    return Channel(source=source.where, checked_on=source.checked_on, grade=source.grade, **rest)


def _own_rule(data: dict[str, Any], source: Source) -> OwnRule:
    rest = {key: _frozen(value) for key, value in data.items() if key != "source"}
    return OwnRule(source=source.where, checked_on=source.checked_on, grade=source.grade, **rest)


def _frozen(value: Any) -> Any:
    return tuple(value) if isinstance(value, list) else value


def _with_operator(one: Record, all_ones: Mapping[str, Record]) -> Record:
    """Gives the record with seat, post and representatives of its operator where it states none itself."""
    operator = all_ones.get(one.operator or "")
    if operator is None:
        return one
    taken: dict[str, Any] = {
        name: getattr(operator, name)
        for name in FROM_OPERATOR
        if not getattr(one, name) and getattr(operator, name)
    }
    taken.setdefault("operator_name", one.operator_name or operator.operator_name or operator.name)
    seen = {name: operator.source_of(name) for name in taken}
    return replace(one, **taken, facts={**seen, **one.facts})
