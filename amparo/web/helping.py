"""People to talk to, by country, with what a call sets off. One page for all: no choice leaves a trace."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby

from django.utils.translation import get_language_info

from amparo.directory.record import Channel, Record
from amparo.directory.records import records
from amparo.web.countries import name_of
from amparo.words import Words, words

KINDS = ("helper", "hotline")
GRADES = {
    "primary": words("Read on their own page."),
    "secondary": words("Read in a second-hand source."),
    "unchecked": words("Not confirmed yet: ask before you rely on it."),
}
LINKS = {"phone": "tel:", "mail": "mailto:", "form": ""}


@dataclass(frozen=True)
class Door:
    """One way to reach them; `href` None where nothing can be opened."""

    kind: str
    address: str
    href: str | None


@dataclass(frozen=True)
class Helper:
    """One helper as the page shows it."""

    record: Record
    doors: tuple[Door, ...]
    languages: tuple[str, ...]
    grade: Words


@dataclass(frozen=True)
class Country:
    """The helpers of one country; `name` None for those who help anywhere."""

    name: Words | str | None
    helpers: tuple[Helper, ...]


def countries() -> tuple[Country, ...]:
    """Gives those who help anywhere first, then country by country."""
    some = [one for one in records().values() if one.kind in KINDS and not one.ended]
    some.sort(key=lambda one: (one.place or "", one.name))
    return tuple(
        Country(name_of(place) if place else None, tuple(_helper(one) for one in those))
        for place, those in groupby(some, key=lambda one: one.place or "")
    )


def _helper(one: Record) -> Helper:
    return Helper(
        one, tuple(_door(channel) for channel in one.channels), tuple(_spoken(one)), GRADES[one.grade]
    )


def _door(channel: Channel) -> Door:
    start = LINKS.get(channel.kind)
    address = channel.address.replace(" ", "") if channel.kind == "phone" else channel.address
    return Door(channel.kind, channel.address, None if start is None else start + address)


def _spoken(one: Record) -> Iterator[str]:
    for code in one.languages:
        try:
            yield str(get_language_info(code)["name_local"])
        except KeyError:
            yield code
