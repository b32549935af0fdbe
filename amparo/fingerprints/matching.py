"""Which pictures show one of mine: the same file, or the same picture in any of eight orientations."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from amparo.fingerprints.fingerprint import Fingerprint
from amparo.fingerprints.limits import MAX_DISTANCE_BITS
from amparo.words import Words, words


@dataclass(frozen=True)
class How:
    """In which way two pictures are the same: a stable `code`, and words for a person."""

    code: str
    words: Words


@dataclass(frozen=True)
class Match:
    """One pair that matches: places in the two lists, and how.

    `score`: 1 means no difference at all; it falls evenly to 0.5 at 31 of 256 bits, the last distance that
    still counts as the same picture. It is no probability. `distance_bits` is the distance itself.
    """

    mine: int
    other: int
    score: float
    distance_bits: int
    how: How


SAME_FILE = How("same_file", words("Exactly the same file."))

_TURNS = (  # in the order of Fingerprint.turned
    How("same_picture", words("The same picture.")),
    How("turned_270", words("The same picture, turned a quarter to the left.")),
    How("turned_180", words("The same picture, turned upside down.")),
    How("turned_90", words("The same picture, turned a quarter to the right.")),
    How("mirrored_turned_180", words("The same picture, mirrored top to bottom.")),
    How("mirrored", words("The same picture, mirrored left to right.")),
    How("mirrored_turned_270", words("The same picture, mirrored and turned a quarter to the left.")),
    How("mirrored_turned_90", words("The same picture, mirrored and turned a quarter to the right.")),
)


def match(mine: Iterable[Fingerprint], others: Iterable[Fingerprint]) -> Iterator[Match]:
    """Gives every matching pair and no other, in the order of `others`, then of `mine`.

    A picture below PDQ quality 50 matches only as exactly the same file.
    """
    kept = [(one, [int(turned, 16) for turned in one.turned]) for one in mine]
    for other_at, other in enumerate(others):
        pdq = int(other.pdq, 16)
        for mine_at, (one, turned) in enumerate(kept):
            found = _same(one, turned, other, pdq)
            if found is not None:
                how, distance_bits = found
                yield Match(mine_at, other_at, _score(distance_bits), distance_bits, how)


def _same(one: Fingerprint, turned: list[int], other: Fingerprint, pdq: int) -> tuple[How, int] | None:
    if one.sha256 == other.sha256:
        return SAME_FILE, 0
    if not (one.recognisable and other.recognisable):
        return None
    # Least distance; among equals the first, so a symmetrical picture is called unturned.
    distance_bits, turn = min(((bits ^ pdq).bit_count(), turn) for turn, bits in enumerate(turned))
    return (_TURNS[turn], distance_bits) if distance_bits <= MAX_DISTANCE_BITS else None


def _score(distance_bits: int) -> float:
    return round(1 - distance_bits / (2 * MAX_DISTANCE_BITS), 3)
