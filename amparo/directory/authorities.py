"""Who supervises, who settles, who helps: authorities and programmes by what they cover and where."""

from functools import lru_cache

from amparo.directory.places import lies_in, widening
from amparo.directory.record import Record
from amparo.directory.records import of_kind, records

SUPERVISING = ("authority", "dsc")


def authority(covers: str, place: str) -> Record | None:
    """Gives the authority for a matter (gdpr, dsa, osa, take-it-down …) at a place, or None.

    `place` is ISO 3166-1 or -2 (`UK` reads as `GB`). The Land or region comes before the state.
    """
    for near in widening(place):
        for one in _supervising():
            if one.place == near and covers in one.covers:
                return one
    return None


def coordinator(one: Record) -> Record | None:
    """Gives the Digital Services Coordinator of a service: of its seat, else of its representative.

    None when it has neither in the Union, or nobody knows where (DSA art. 56(1) and (7)). A person may always
    complain at the coordinator of her own state (art. 53).
    """
    if one.dsc is not None:
        return records().get(one.dsc)
    places = (one.seat, one.eu_representative_place)
    return next((found for place in places if place and (found := authority("dsa", place))), None)


def by_kind(kind: str, place: str | None = None) -> tuple[Record, ...]:
    """Gives the living records of a kind; with a place those that work there, nearest first."""
    alive = [one for one in of_kind(kind) if one.ended is None]
    if place is None:
        return tuple(alive)
    there = [one for one in alive if _works_in(one, place)]
    return tuple(sorted(there, key=lambda one: _distance(one, place)))


def programmes() -> tuple[Record, ...]:
    """Gives the hash programmes that are alive."""
    return by_kind("hash_programme")


def members(programme: str) -> tuple[Record, ...]:
    """Gives the services that say, or are said, to take part in a hash programme."""
    return tuple(one for one in records().values() if programme in one.hash_programmes and one.ended is None)


def _works_in(one: Record, place: str) -> bool:
    """A record of several countries has no place but lists them; with neither it works everywhere."""
    if one.place is not None:
        return one.place in widening(place)
    return not one.offered_in or lies_in(place, one.offered_in)


def _distance(one: Record, place: str) -> int:
    near = widening(place)
    if one.place is not None:
        return near.index(one.place)
    return len(near) + (not one.offered_in or "*" in one.offered_in)


@lru_cache(maxsize=1)
def _supervising() -> tuple[Record, ...]:
    return tuple(one for kind in SUPERVISING for one in of_kind(kind) if one.ended is None)
