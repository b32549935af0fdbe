"""Where a legal fact was read, when, and how much that reading is worth."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from urllib.parse import urlsplit

GRADES = ("primary", "secondary", "unchecked")  # best first
FRESH_DAYS = {"primary": 400, "secondary": 200}


@dataclass(frozen=True)
class Source:
    """One place where a fact was read. `archived` None: no copy is known (`not_archived` says why)."""

    url: str
    archived: str | None
    checked_on: date
    grade: str
    says: str
    not_archived: str | None = None

    @property
    def host(self) -> str:
        """Gives the publisher, as far as an address tells it; two notes of one host are one voice."""
        return (urlsplit(self.url).hostname or self.url).removeprefix("www.")


def source_of(record: Mapping[str, Any]) -> Source:
    """Gives a Source from its YAML record."""
    return Source(
        url=record["url"],
        archived=record.get("archived"),
        checked_on=date.fromisoformat(record["checked_on"]),
        grade=record["grade"],
        says=record["says"],
        not_archived=record.get("not_archived"),
    )


def lowest(grades: Iterable[str]) -> str:
    """Gives the worst of several grades; nothing read at all is unchecked."""
    return max(grades, key=GRADES.index, default="unchecked")


def stands(grade: str, sources: Iterable[Source], today: date) -> bool:
    """Says whether a fact of this grade may carry a firm date today.

    Primary: read within 400 days. Secondary: within 200 days, in two independent places. Unchecked: never.
    """
    if grade not in FRESH_DAYS:
        return False
    good_enough = GRADES[: GRADES.index(grade) + 1]
    fresh = [
        source
        for source in sources
        if source.grade in good_enough and (today - source.checked_on).days <= FRESH_DAYS[grade]
    ]
    return len({source.host for source in fresh}) >= (1 if grade == "primary" else 2)
