"""Places: what a code means, which zones a place keeps, and which groups of countries it belongs to."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cache, lru_cache
from typing import Any
from zoneinfo import ZoneInfo

import holidays

from amparo.errors import Refused
from amparo.law.data_files import data
from amparo.words import Words, words


@dataclass(frozen=True, eq=False)
class Place:
    """A country (ISO 3166-1) or a part of one (ISO 3166-2), with the time zones it keeps.

    The same object each time. `zones` has several names when the code spans several: then both ends are
    reckoned.
    """

    code: str
    country: str
    part: str | None
    zones: tuple[ZoneInfo, ...]


class PlaceCode(str):
    """The code of a place inside Words whose name the law room does not hold; a page can show its name."""


@dataclass(frozen=True)
class Law:
    """Whose law a folder of rules is. `known_everywhere`: services follow it for people anywhere."""

    home: str
    known_everywhere: bool


@lru_cache(maxsize=1024)
def place(code: str) -> Place:
    """Gives the place of a code such as `FR`, `DE-BY`, `UK-ENG` (that is GB-ENG); Refused with near codes."""
    return _place(_plain(code))


@cache
def _place(code: str) -> Place:
    country, _, part = code.partition("-")
    about = data("places")["countries"].get(country)
    if about is None:
        raise _unknown(code, data("places")["countries"])
    if part and not _has_part(country, part, about):
        raise _unknown(code, [f"{country}-{name}" for name in parts(country)] or [country])
    zones = about.get("parts", {}).get(part, about["zones"])
    return Place(code, country, part or None, tuple(ZoneInfo(name) for name in zones))


def parts(country: str) -> tuple[str, ...]:
    """Gives the parts of a country that this program tells apart."""
    about = data("places")["countries"].get(country, {})
    known = [*about.get("parts", {}), *holidays_parts(country)]
    return tuple(dict.fromkeys(known))


@cache
def holidays_parts(country: str) -> tuple[str, ...]:
    """Gives the parts of a country for which the calendar package holds holidays."""
    supported = holidays.list_supported_countries(include_aliases=False)
    return tuple(part for part in supported.get(country, ()) if re.fullmatch("[A-Z0-9]{1,3}", part))


def within(code: str | None, wanted: Iterable[str]) -> bool | None:
    """Says whether a place lies in one of the wanted places or groups; None when that cannot be told.

    `US` is neither inside nor outside `US-CA`: part of it is.
    """
    if code is None:
        return None
    plain = _plain(code)
    country = plain.partition("-")[0]
    cannot_tell = False
    for want in wanted:
        members = data("places")["groups"].get(want)
        if members is not None and country in members:
            return True
        if plain == want or plain.startswith(f"{want}-"):
            return True
        cannot_tell = cannot_tell or want.startswith(f"{plain}-")
    return None if cannot_tell else False


def members(code: str) -> tuple[str, ...]:
    """Gives the countries of a group such as `EU`; a code that names no group stands for itself."""
    return tuple(data("places")["groups"].get(code, (code,)))


@cache
def law_of(folder: str) -> Law:
    """Gives whose law a folder of rules holds: that of the place it is called after, or of a group."""
    about = data("places")["laws"].get(folder, {})
    return Law(about.get("home", folder.upper()), about.get("known_everywhere", False))


def name(code: str) -> Words:
    """Gives how a place or group is called in a sentence ("California"), else its code."""
    named = data("places")["names"].get(code)
    return Words(named["title"] if named else code)


def _plain(code: str) -> str:
    plain = code.strip().upper()
    for alias, real in data("places")["aliases"].items():
        if plain == alias or plain.startswith(f"{alias}-"):
            return real + plain.removeprefix(alias)
    return plain


def _has_part(country: str, part: str, about: dict[str, Any]) -> bool:
    if part in parts(country):
        return True
    pattern = about.get("other_parts", "" if parts(country) else "[A-Z0-9]{1,3}")
    return bool(pattern) and re.fullmatch(pattern, part) is not None


def _unknown(code: str, known: Iterable[str]) -> Refused:
    near = get_close_matches(_plain(code), list(known), n=4, cutoff=0.5) or sorted(known)[:4]
    return Refused(
        words("{code} is not a place we know.", code=code),
        words("Use a country code, or a country and its part: {near}.", near=", ".join(near)),
    )
