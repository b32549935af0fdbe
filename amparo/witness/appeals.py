"""Rulings of out-of-court dispute bodies: a table somebody else made, checked line by line and added up."""

import csv
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from amparo.errors import CouldNot, Refused
from amparo.witness.dsa.engine import duckdb
from amparo.witness.dsa.indicators import indicators
from amparo.witness.intervals import wilson
from amparo.words import words

COLUMNS = ("body", "platform", "policy_area", "decided_on", "outcome", "source")
OUTCOMES = ("overturned", "upheld", "default", "settled", "rejected")


@dataclass(frozen=True)
class Ruling:
    """One ruling. `default`: the platform did not take part; `rejected`: not admissible."""

    body: str
    platform: str
    policy_area: str
    decided_on: date
    outcome: str
    source: str


@dataclass(frozen=True)
class Reversal:
    """Rulings of one policy area: `overturned` of `decided` on the merits, with Wilson's 95 % interval.

    `default` rulings stand beside them: they say nothing of who was right.
    """

    policy_area: str
    overturned: int
    decided: int
    default: int
    low: float
    high: float

    @property
    def share(self) -> float | None:
        return self.overturned / self.decided if self.decided else None


def read(path: Path) -> list[Ruling]:
    """Gives the rulings of a CSV file with these columns. Raises Refused naming line and column."""
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            lines = csv.DictReader(file)
            missing = [name for name in COLUMNS if name not in (lines.fieldnames or ())]
            if missing:
                raise Refused(
                    words("{name} lacks the column {columns}.", name=path.name, columns=", ".join(missing)),
                    words("The first line must name: {columns}.", columns=", ".join(COLUMNS)),
                )
            return [_ruling(path, number, line) for number, line in enumerate(lines, 2)]
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise CouldNot(
            words("{name} could not be read as a table.", name=path.name), words("Save it as CSV in UTF-8.")
        ) from error


def _ruling(path: Path, number: int, line: dict[str, str]) -> Ruling:
    said = {name: (line[name] or "").strip() for name in COLUMNS}
    try:
        day = date.fromisoformat(said["decided_on"])
    except ValueError:
        raise _bad(path, number, "decided_on", "YYYY-MM-DD") from None
    if said["outcome"] not in OUTCOMES:
        raise _bad(path, number, "outcome", ", ".join(OUTCOMES))
    for name in ("body", "platform", "policy_area", "source"):
        if not said[name]:
            raise _bad(path, number, name, "?")
    return Ruling(said["body"], said["platform"], said["policy_area"], day, said["outcome"], said["source"])


def _bad(path: Path, number: int, column: str, allowed: str) -> Refused:
    return Refused(
        words(
            "{name}, line {number}: {column} cannot be read.", name=path.name, number=number, column=column
        ),
        words("Write one of: {allowed}. Nothing was counted.", allowed=allowed),
    )


def reversals(rulings: Iterable[Ruling]) -> list[Reversal]:
    """Gives one line per policy area, in order of the alphabet, by the indicator's own line of SQL."""
    engine = duckdb()
    rows = [(one.policy_area, one.outcome) for one in rulings]
    with engine.connect() as connection:
        connection.execute("create table appeals (policy_area varchar, outcome varchar)")
        if rows:
            connection.executemany("insert into appeals values (?, ?)", rows)
        found = connection.execute(indicators()["reversal"].sql).fetchall()
    return [Reversal(area, won, of, default, *wilson(won, of)) for area, won, of, default in found]
