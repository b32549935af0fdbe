"""Reads the records: one YAML file each under records/, its name the slug.

The shape (record.schema.json) is checked by the tests, not at each start; a broken file still names itself.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import fields as dataclass_fields
from dataclasses import replace
from datetime import date
from functools import lru_cache
from pathlib import Path
from types import MappingProxyType
from typing import Any

from amparo import packing
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
DAYS = ("checked_on", "copied_on", "ended")
_PLAIN = {f.name for f in dataclass_fields(Record)} - {"slug", "source", "channels", "own_rules", "facts"}


class Records(Mapping[str, Record]):
    """Every record by slug, in the order of the slugs; each is made when first asked for, then kept."""

    def __init__(self, pack: packing.Pack) -> None:
        self._pack = pack
        self._kept: dict[str, Record] = {}

    def __getitem__(self, slug: str) -> Record:
        kept = self._kept.get(slug)
        if kept is None:
            one = _record(slug, self._pack.piece(slug))
            by = one.operator if one.operator in self._pack.where else None
            operator = _record(by, self._pack.piece(by)) if by else None
            kept = self._kept[slug] = _with_operator(one, operator)
        return kept

    def __iter__(self) -> Iterator[str]:
        return iter(self._pack.where)

    def __len__(self) -> int:
        return len(self._pack.where)

    @property
    def index(self) -> Mapping[str, Any]:
        """Gives what a look-up needs of all records: `domains` to slug, `short` domains, `kinds` to slugs."""
        return self._pack.index


@lru_cache(maxsize=1)
def records() -> Records:
    """Gives every record by slug, in the order of the slugs. A broken file is named (CouldNot)."""
    return Records(packing.opened(FOLDER, _made, code=Path(__file__)))


def ship(to: Path) -> None:
    """Writes the quick copy of the records that travels with a release."""
    packing.ship(FOLDER, _made, code=Path(__file__), to=to)


def of_kind(kind: str) -> tuple[Record, ...]:
    """Gives the records of one kind, ended ones too, without making the others."""
    return tuple(records()[slug] for slug in records().index["kinds"].get(kind, ()))


def record(slug: str) -> Record:
    """Gives one record, ended ones too; an unknown slug is refused with the nearest ones."""
    found = records().get(slug)
    if found is None:
        from difflib import get_close_matches  # only an error needs it

        near = get_close_matches(slug, records(), n=3) or ["-"]
        raise Refused(
            words("There is no record called {slug}.", slug=slug),
            words("The nearest ones are: {near}.", near=", ".join(near)),
        )
    return found


def read(folder: Path) -> Mapping[str, Record]:
    """Gives the records of a folder of YAML files by slug."""
    read_ones = {path.stem: _one(path) for path in _files(folder)}
    return MappingProxyType(
        {slug: _with_operator(one, read_ones.get(one.operator or "")) for slug, one in read_ones.items()}
    )


def raw(path: Path) -> dict[str, Any]:
    """Gives one file as plain data, dates as dates."""
    import yaml  # a look-up reads the packed records and does without

    # The twin in C is some ten times faster; a PyYAML built without it still works.
    loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    try:
        with path.open("rb") as file:
            data: dict[str, Any] = yaml.load(file, Loader=loader)  # noqa: S506 - both are safe loaders
    except (yaml.YAMLError, OSError) as error:
        raise _broken(path, error) from error
    return data


def _files(folder: Path) -> list[Path]:
    return sorted(folder.glob("*/*.yaml"), key=lambda path: path.stem)


def _made() -> packing.Made:
    """Reads every file; a broken one is named here and not at the first use."""
    pieces: dict[str, Any] = {}
    domains: dict[str, str] = {}
    kinds: dict[str, list[str]] = {}
    short: list[str] = []
    for path in _files(FOLDER):
        one = _one(path)
        pieces[one.slug] = plain_dates(raw(path))
        kinds.setdefault(one.kind, []).append(one.slug)
        short += one.short_domains
        for domain in (*one.domains, *one.media_domains, *one.short_domains):
            domains.setdefault(domain, one.slug)
    return {"domains": domains, "short": short, "kinds": kinds}, pieces


def as_json(folder: Path = FOLDER) -> dict[str, Any]:
    """Gives all records as JSON data: slug to what stands in its file, dates as ISO text."""
    return {path.stem: plain_dates(raw(path)) for path in _files(folder)}


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
    data = raw(path)
    try:
        return _record(path.stem, data)
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise _broken(path, error) from error


def _broken(path: Path, error: Exception) -> CouldNot:
    why = re.sub(r"\s+", " ", f"{type(error).__name__}: {error}")
    return CouldNot(
        words("The record {file} cannot be read. {why}", file=f"{path.parent.name}/{path.name}", why=why),
        words("Put the file back as it was, or mend the place named."),
    )


def _record(slug: str, data: dict[str, Any]) -> Record:
    sources = {key: Source(**_with_days(one)) for key, one in data["sources"].items()}
    own = sources[data["source"]]
    unknown = set(data) - _PLAIN - {"sources", "source", "channels", "own_rules", "facts"}
    if unknown:
        raise ValueError(f"unknown field {sorted(unknown)[0]}")
    plain = {key: _frozen(value) for key, value in _with_days(data).items() if key in _PLAIN}
    return Record(
        slug=slug,
        source=own,
        channels=tuple(
            _channel(one, sources[one.get("source", data["source"])], sources)
            for one in data.get("channels", ())
        ),
        own_rules=tuple(
            _own_rule(one, sources[one.get("source", data["source"])]) for one in data.get("own_rules", ())
        ),
        facts={fact: sources[key] for fact, key in data.get("facts", {}).items()},
        **plain,
    )


def _channel(data: dict[str, Any], source: Source, sources: Mapping[str, Source]) -> Channel:
    apart = ("source", "fields", "fields_source")
    rest = {key: _frozen(value) for key, value in data.items() if key not in apart}
    rest["fields"] = tuple(Field(**one) for one in data.get("fields", ()))
    if rest["fields"]:
        rest["fields_grade"] = (
            sources[data["fields_source"]].grade if "fields_source" in data else source.grade
        )
    return Channel(source=source.where, checked_on=source.checked_on, grade=source.grade, **rest)


def _own_rule(data: dict[str, Any], source: Source) -> OwnRule:
    rest = {key: _frozen(value) for key, value in data.items() if key != "source"}
    return OwnRule(source=source.where, checked_on=source.checked_on, grade=source.grade, **rest)


def _frozen(value: Any) -> Any:
    return tuple(value) if isinstance(value, list) else value


def _with_days(data: dict[str, Any]) -> dict[str, Any]:
    """Gives the same with its days as dates: YAML gives them so, JSON as text."""
    late = {key: date.fromisoformat(data[key]) for key in DAYS if isinstance(data.get(key), str)}
    return {**data, **late} if late else data


def _with_operator(one: Record, operator: Record | None) -> Record:
    """Gives the record with seat, post and representatives of its operator where it states none itself."""
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
