"""People to talk to, by need and by country, with what a call sets off. The same pages for everybody.

In each list: what was read on the helper's own page first, then what others say, what nobody confirmed, and
what was not confirmed lately. A line against trafficking is never the first.
"""

import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import groupby

from django.utils.translation import get_language_info

from amparo.directory.places import lies_in
from amparo.directory.record import GRADES as BEST_FIRST
from amparo.directory.record import Channel, Record
from amparo.directory.records import of_kind
from amparo.web.countries import name_of
from amparo.web.saying import say
from amparo.words import Words, words

KINDS = ("hash_programme", "helper", "hotline")
GRADES = {
    "primary": words("Read on their own page."),
    "secondary": words("Read in a second-hand source."),
    "unchecked": words("Not confirmed yet: ask before you rely on it."),
}
NOT_LATELY = words("We have not been able to confirm this lately.")
LATELY = timedelta(days=180)
LINKS = {"phone": "tel:", "mail": "mailto:", "form": ""}
# In the order of the page. Trafficking is no need here: it is a law's word, and nobody looks for it.
NEEDS: Mapping[str, Words] = {
    "images": words("Pictures of me"),
    "online": words("Threats and stolen accounts"),
    "data": words("What others hold about me"),
    "children": words("I am under 18, or somebody is"),
    "labour": words("Work and contract"),
    "pay": words("Pay that is owed"),
    "papers": words("Papers and permits"),
    "seafarers": words("Work at sea"),
    "sex_work": words("Sex work"),
    "health": words("Health, contraception, pregnancy"),
    "lgbt": words("LGBTQ+"),
    "violence": words("Violence"),
    "exploitation": words("I cannot leave, or they keep what I earn"),
    "legal": words("Legal advice"),
    "talk": words("Just to talk"),
}
ANYWHERE = words("Anywhere")
SEVERAL = words("In several countries")
# What stands on a record, the same sentence for the same thing (tests/directory) → what the tag says.
POLICE_RUN = "Run by the police."
OF_THE_STATE: Mapping[str, tuple[Words, Words]] = {  # alone, and where it passes reports on
    "Run by the state.": (words("Run by the state"), words("Run by the state, passes reports on")),
    "Run by the migration authority.": (
        words("Run by the migration authority"),
        words("Run by the migration authority, passes reports on"),
    ),
}
PASSES_ON = frozenset(
    {
        "Reports are passed to the police.",
        "Reports can be passed to the police.",
        "Serious cases can be passed to the police.",
    }
)


@dataclass(frozen=True)
class Door:
    """One way to reach them; `href` None where nothing can be opened."""

    kind: str
    address: str
    href: str | None
    confirmed: bool


@dataclass(frozen=True)
class Helper:
    """One helper as the page shows it. `doubt` says why not to rely on it; None where it stands firm."""

    record: Record
    doors: tuple[Door, ...]
    languages: tuple[str, ...]
    grade: Words
    label: Words | None
    doubt: Words | None


@dataclass(frozen=True)
class Country:
    """The helpers of one country; folded but for those who help anywhere."""

    name: Words | str
    helpers: tuple[Helper, ...]
    folded: bool = True


def of_need(need: str, on: date) -> tuple[Country, ...]:
    """Gives those who can help with one need: anywhere, in several countries, then each country, folded.

    `on`: the day from which "lately" is reckoned.
    """
    return _groups([one for one in alive() if need in one.needs], on)


def of_place(place: str, on: date) -> tuple[Country, ...]:
    """Gives those of one country and its parts, those who reach it from several, and, folded, all others."""
    here = [one for one in alive() if one.place and lies_in(one.place, (place,))]
    reach = [one for one in alive() if _where(one) == "+" and lies_in(place, one.offered_in)]
    anywhere = [one for one in alive() if _where(one) == "*"]
    groups = [
        replace(_country(place, here, on), folded=False),
        replace(_country("+", reach, on), folded=False),
    ]
    return tuple(one for one in (*groups, replace(_country("*", anywhere, on), folded=True)) if one.helpers)


def of_no_place(on: date) -> tuple[Country, ...]:
    """Gives those who help anywhere and those who help in several countries."""
    return _groups([one for one in alive() if not one.place], on)


def places() -> tuple[tuple[str, Words | str, int], ...]:
    """Gives (code in small letters, name, how many) of every country with a helper of its own, by name."""
    states = Counter(one.place.partition("-")[0] for one in alive() if one.place)
    named = [(code.lower(), name_of(code), count) for code, count in states.items()]
    return tuple(sorted(named, key=lambda one: _as_sorted(say(one[1]))))


def alive() -> tuple[Record, ...]:
    """Gives every helper, hotline and fingerprint programme that has not ended."""
    return tuple(one for kind in KINDS for one in of_kind(kind) if not one.ended)


def _groups(some: list[Record], on: date) -> tuple[Country, ...]:
    held = [
        _country(where, list(those), on) for where, those in groupby(sorted(some, key=_where), key=_where)
    ]
    return tuple(sorted(held, key=lambda one: (_first(one), _as_sorted(say(one.name)))))


def in_order(some: Iterable[Record], on: date) -> list[Record]:
    """Gives the firmest first; one for trafficking leads only where nobody else stands firm."""
    ranked = sorted(some, key=lambda one: _rank(one, on))
    if ranked and _for_trafficking(ranked[0]):
        other = next((one for one in ranked if not _for_trafficking(one) and _doubt(one, on) is None), None)
        if other is not None:
            ranked.remove(other)
            ranked.insert(0, other)
    return ranked


def _rank(one: Record, on: date) -> tuple[bool, int, bool, bool, str]:
    tells = one.run_by == POLICE_RUN or one.police in PASSES_ON
    return (_is_old(one, on), BEST_FIRST.index(_firmness(one)), _for_trafficking(one), tells, one.name)


def _firmness(one: Record) -> str:
    """Gives the grade; whom nobody can reach yet stands with the unconfirmed."""
    return one.grade if one.channels else "unchecked"


def _for_trafficking(one: Record) -> bool:
    return "trafficking" in one.covers


def _is_old(one: Record, on: date) -> bool:
    return on - one.source.checked_on > LATELY


def _doubt(one: Record, on: date) -> Words | None:
    if _is_old(one, on):
        return NOT_LATELY
    return GRADES["unchecked"] if _firmness(one) == "unchecked" else None


def label(one: Record) -> Words | None:
    """Gives what must be seen before a call: that the police or the State answers, or that reports go on."""
    if one.run_by == POLICE_RUN:
        return words("Run by the police")
    alone, passing = OF_THE_STATE.get(one.run_by or "", (None, words("Passes reports on")))
    return passing if one.police in PASSES_ON else alone


def _where(one: Record) -> str:
    """Gives the country; "*" for anywhere, "+" for several countries."""
    if one.place:
        return one.place
    return "+" if one.offered_in and "*" not in one.offered_in else "*"


def _country(where: str, those: list[Record], on: date) -> Country:
    name = {"*": ANYWHERE, "+": SEVERAL}.get(where) or name_of(where)
    return Country(name, tuple(_helper(one, on) for one in in_order(those, on)), folded=where != "*")


def _first(one: Country) -> int:
    return [ANYWHERE, SEVERAL].index(one.name) if one.name in (ANYWHERE, SEVERAL) else 2


def _as_sorted(name: str) -> str:
    """Gives a name without its marks, so that É stands with E."""
    return "".join(c for c in unicodedata.normalize("NFKD", name.casefold()) if not unicodedata.combining(c))


def _helper(one: Record, on: date) -> Helper:
    doors = tuple(_door(channel) for channel in one.channels)
    return Helper(one, doors, tuple(_spoken(one)), GRADES[one.grade], label(one), _doubt(one, on))


def _door(channel: Channel) -> Door:
    start = LINKS.get(channel.kind)
    address = channel.address.replace(" ", "") if channel.kind == "phone" else channel.address
    href = None if start is None else start + address
    return Door(channel.kind, channel.address, href, channel.grade != "unchecked")


def _spoken(one: Record) -> Iterator[str]:
    for code in one.languages:
        try:
            yield str(get_language_info(code)["name_local"])
        except KeyError:
            yield code
