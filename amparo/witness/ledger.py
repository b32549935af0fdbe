"""The ledger of measures: one YAML file each, what it does, how it is coded, and where that was read."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any

from amparo import packing
from amparo.errors import Refused
from amparo.witness.codebook import Codes
from amparo.witness.orientation import Orientation, orientation
from amparo.words import Words, words

FOLDER = Path(__file__).parent / "measures"
GRADES = ("primary", "secondary", "unchecked")


@dataclass(frozen=True)
class Source:
    """Where a measure was read. `opened_on` None: nobody opened it yet, and its grade is unchecked."""

    url: str
    opened_on: date | None
    grade: str
    says: str


@dataclass(frozen=True)
class Contest:
    """What somebody said is wrong with a row, and the public answer (None: not yet)."""

    on: date
    by: str
    says: str
    answer: str | None
    answered_on: date | None


@dataclass(frozen=True)
class Measure:
    """One measure. `does` is English, as it was coded; the codes are one reader's first pass.

    `act`: what a person can do about it, as ids: `rights` of law, `articles` of know, `services`.
    """

    id: str
    name: str
    group: str
    does: Words
    actor_name: str
    codes: Codes
    evidence: str
    first_coder: str
    first_coded_on: date
    sources: tuple[Source, ...]
    seed: str | None
    named_in_argument: bool
    part_of: tuple[str, ...]
    act: Mapping[str, tuple[str, ...]]
    contested: tuple[Contest, ...]

    @property
    def grade(self) -> str:
        """Gives the best grade among the sources that were opened; none opened is unchecked."""
        opened = [one.grade for one in self.sources if one.opened_on is not None]
        return min(opened, key=GRADES.index, default="unchecked")

    @property
    def orientation(self) -> Orientation:
        """Gives the two sums, derived from the codes."""
        return orientation(self.codes)


@cache
def measures() -> Mapping[str, Measure]:
    """Gives every measure by id, in the order of the ids."""
    pack = packing.opened(FOLDER, _made, code=Path(__file__))
    return MappingProxyType({id: _measure(id, pack.piece(id)) for id in pack.index["ids"]})


def measure(id: str) -> Measure:
    """Gives one measure; an unknown id is refused with the nearest ones."""
    found = measures().get(id)
    if found is None:
        from difflib import get_close_matches  # only an error needs it

        near = get_close_matches(id, measures(), n=3) or ["-"]
        raise Refused(
            words("There is no measure called {id}.", id=id),
            words("The nearest ones are: {near}.", near=", ".join(near)),
        )
    return found


def ship(to: Path) -> None:
    """Writes the quick copy of the ledger that travels with a release."""
    packing.ship(FOLDER, _made, code=Path(__file__), to=to)


def raw() -> Iterator[tuple[str, Any]]:
    """Gives (id, contents as plain data) of every file, in the order of the ids."""
    for path in sorted(FOLDER.glob("*.yaml")):
        yield path.stem, packing.plain(path)


def _made() -> packing.Made:
    pieces = dict(raw())
    return {"ids": list(pieces)}, pieces


def _day(text: str | None) -> date | None:
    return None if text is None else date.fromisoformat(text)


def _measure(id: str, one: Mapping[str, Any]) -> Measure:
    return Measure(
        id=id,
        name=one["name"],
        group=one["group"],
        does=Words(one["does"]),
        actor_name=one["actor_name"],
        codes=one["codes"],
        evidence=one["evidence"],
        first_coder=one["first_pass"]["coder"],
        first_coded_on=date.fromisoformat(one["first_pass"]["on"]),
        sources=tuple(
            Source(source["url"], _day(source["opened_on"]), source["grade"], source["says"])
            for source in one["sources"]
        ),
        seed=one.get("seed"),
        named_in_argument=one.get("named_in_argument", False),
        part_of=tuple(one.get("part_of", ())),
        act={kind: tuple(ids) for kind, ids in one.get("act", {}).items()},
        contested=tuple(_contest(said) for said in one.get("contested", ())),
    )


def _contest(said: Mapping[str, Any]) -> Contest:
    day = date.fromisoformat(said["on"])
    return Contest(day, said["by"], said["says"], said["answer"], _day(said.get("answered_on")))


@dataclass(frozen=True)
class Query:
    """What to look for: words in name and text, a code per field (`{"control": "firm"}`); empty: all."""

    text: str = ""
    codes: Mapping[str, str] = field(default_factory=dict)
    year: int | None = None


def chosen(query: Query, among: Iterable[Measure] | None = None) -> list[Measure]:
    """Gives the measures that fit, in effect during `year` where one is given, newest first."""
    found = [one for one in (measures().values() if among is None else among) if _fits(one, query)]
    return sorted(found, key=lambda one: (-(one.codes.get("start") or 0), one.name))


def _fits(one: Measure, query: Query) -> bool:
    text = f"{one.name} {one.does} {one.actor_name}".casefold()
    if not all(word in text for word in query.text.casefold().split()):
        return False
    if query.year is not None and not _in_effect(one, query.year):
        return False
    return all(wanted in _listed(one.codes.get(name)) for name, wanted in query.codes.items() if wanted)


def _in_effect(one: Measure, year: int) -> bool:
    start, end = one.codes.get("start"), one.codes.get("end")
    return start is not None and start <= year and (end is None or year <= end)


def _listed(code: Any) -> list[Any]:
    return list(code) if isinstance(code, list | tuple) else [code]
