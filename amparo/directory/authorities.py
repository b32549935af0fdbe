"""Who supervises, who settles, who helps: authorities and programmes by what they cover and where."""

from functools import lru_cache

from amparo.directory.places import widening
from amparo.directory.record import Record
from amparo.directory.records import records

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


def by_kind(kind: str, place: str | None = None) -> tuple[Record, ...]:
    """Gives the living records of a kind; with a place those of it, of its state, and of no place."""
    near = (*widening(place), None) if place else None
    return tuple(
        one
        for one in records().values()
        if one.kind == kind and one.ended is None and (near is None or one.place in near)
    )


def programmes() -> tuple[Record, ...]:
    """Gives the hash programmes that are alive."""
    return by_kind("hash_programme")


def members(programme: str) -> tuple[Record, ...]:
    """Gives the services that say, or are said, to take part in a hash programme."""
    return tuple(one for one in records().values() if programme in one.hash_programmes and one.ended is None)


def _works_in(one: Record, near: tuple[str, ...]) -> bool:
    """A record of several countries has no place but lists them; with neither it works everywhere."""
    if one.place is not None:
        return one.place in near
    return not one.offered_in or "*" in one.offered_in or any(code in one.offered_in for code in near)


def _distance(one: Record, near: tuple[str, ...]) -> int:
    if one.place is not None:
        return near.index(one.place)
    return len(near) + (not one.offered_in or "*" in one.offered_in)


@lru_cache(maxsize=1)
def _supervising() -> tuple[Record, ...]:
    return tuple(one for one in records().values() if one.kind in SUPERVISING and one.ended is None)
