"""Says in words how a picture shows one of mine."""

import math
from dataclasses import dataclass

from amparo.fingerprints.agreeing import Agreement
from amparo.fingerprints.comparing import Overlap
from amparo.words import Words, words


@dataclass(frozen=True)
class How:
    """In which way two pictures are the same: a stable `code`, and words for a person."""

    code: str
    words: Words


SAME_FILE = How("same_file", words("Exactly the same file."))
_NEGATIVE = How("negative", words("The same picture, with light and dark exchanged."))

_WHOLE_FROM = 0.8
_TILTED_FROM_DEGREES = 7.0

_WHOLE = {  # mirrored left to right first, then turned to the right by so many degrees
    (False, 0): How("same_picture", words("The same picture.")),
    (False, 90): How("turned_90", words("The same picture, turned a quarter to the right.")),
    (False, 180): How("turned_180", words("The same picture, turned upside down.")),
    (False, 270): How("turned_270", words("The same picture, turned a quarter to the left.")),
    (True, 0): How("mirrored", words("The same picture, mirrored left to right.")),
    (True, 90): How(
        "mirrored_turned_90", words("The same picture, mirrored and turned a quarter to the right.")
    ),
    (True, 180): How("mirrored_turned_180", words("The same picture, mirrored top to bottom.")),
    (True, 270): How(
        "mirrored_turned_270", words("The same picture, mirrored and turned a quarter to the left.")
    ),
}
_TILTED = {
    False: How("tilted", words("The same picture, tilted.")),
    True: How("mirrored_tilted", words("The same picture, mirrored and tilted.")),
}


def how(agreed: Agreement, shown: Overlap, *, mirrored: bool, negative: bool) -> How:
    """Gives how: as a negative, a part, inside a larger picture, or the whole and how it was turned."""
    if negative:
        return _NEGATIVE
    turn = (
        math.degrees(math.atan2(agreed.map[1, 0] - agreed.map[0, 1], agreed.map[0, 0] + agreed.map[1, 1]))
        % 360
    )
    quarter = round(turn / 90) * 90
    straight = abs(turn - quarter) < _TILTED_FROM_DEGREES
    if shown.shown < _WHOLE_FROM:
        return _part(_percent(shown.shown), mirrored=mirrored, turned=not straight or quarter % 360 != 0)
    if shown.filled < _WHOLE_FROM * 0.8:
        return _inside(_percent(shown.filled), mirrored=mirrored)
    return _WHOLE[mirrored, quarter % 360] if straight else _TILTED[mirrored]


def _percent(share: float) -> int:
    """Rounded to tens: more would promise more than is known."""
    return max(10, min(90, round(share * 10) * 10))


def _part(percent: int, *, mirrored: bool, turned: bool) -> How:
    if mirrored and turned:
        return How(
            "part_mirrored_turned", words("About {percent} % of it, mirrored and turned.", percent=percent)
        )
    if mirrored:
        return How("part_mirrored", words("About {percent} % of it, mirrored.", percent=percent))
    if turned:
        return How("part_turned", words("About {percent} % of it, turned.", percent=percent))
    return How("part", words("About {percent} % of it.", percent=percent))


def _inside(percent: int, *, mirrored: bool) -> How:
    if mirrored:
        return How(
            "inside_mirrored", words("It fills about {percent} % of this picture, mirrored.", percent=percent)
        )
    return How("inside", words("It fills about {percent} % of this picture.", percent=percent))
