"""What was published of the moderation record: raw counts per platform, with their source and caveats."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from amparo.words import Words

HERE = Path(__file__).parent


@dataclass(frozen=True)
class Count:
    """One raw count: what was counted, in words, and how often."""

    says: Words
    n: int


@dataclass(frozen=True)
class Platform:
    """One platform's raw counts. `reply` is its answer; None: not asked, or not answered."""

    slug: str
    name: str
    counts: tuple[Count, ...]
    asked_on: date | None
    reply: Words | None


@dataclass(frozen=True)
class Published:
    """Counts over all platforms and per platform; `since` and `until` are the first and last day counted."""

    since: date
    until: date
    source: str
    source_says: str
    grade: str
    counts: tuple[Count, ...]
    platforms: Mapping[str, Platform]
    caveats: tuple[Words, ...]


@cache
def published() -> Published:
    """Gives the published counts."""
    said = yaml.safe_load((HERE / "record.yaml").read_text(encoding="utf-8"))
    caveats = yaml.safe_load((HERE / "dsa" / "indicators.yaml").read_text(encoding="utf-8"))["caveats"]
    return Published(
        said["since"],
        said["until"],
        said["source"]["url"],
        said["source"]["says"],
        said["source"]["grade"],
        _counts(said["counts"]),
        {slug: _platform(slug, one) for slug, one in said["platforms"].items()},
        tuple(Words(caveats[name]) for name in said["caveats"]),
    )


def _counts(said: list[dict[str, Any]]) -> tuple[Count, ...]:
    return tuple(Count(Words(one["says"]), one["n"]) for one in said)


def _platform(slug: str, one: Mapping[str, Any]) -> Platform:
    reply = one.get("reply")
    return Platform(
        slug,
        one["name"],
        _counts(one["counts"]),
        one.get("asked_on"),
        Words(reply) if reply else None,
    )
