"""Where in a screenshot or between bars the picture itself stands: found by the ground's colour alone."""

import numpy as np
from numpy.typing import NDArray

from amparo.fingerprints.vision import Gray

_GROUND_LEVELS = 6
_LEAST_GROUND = 0.12
_OTHER = 0.7  # share of a row that is not ground where the picture stands; lines of print reach about a half
_GAP = 0.02
_LEAST_SIDE, _MOST_AREA, _LEAST_AREA = 40, 0.85, 0.04


def framed(picture: Gray) -> "tuple[Gray, float] | None":
    """Gives the part within the frame and which share of the picture it is; None where there is no frame."""
    counted = np.bincount(picture.ravel(), minlength=256)
    about = np.convolve(counted, np.ones(2 * _GROUND_LEVELS + 1), "same")
    ground = int(about.argmax())
    if about[ground] < _LEAST_GROUND * picture.size:
        return None
    other = np.abs(picture.astype(np.int16) - ground) > _GROUND_LEVELS
    top, low = _longest(other.mean(1) > _OTHER)
    if low - top < _LEAST_SIDE:
        return None
    left, right = _longest(other[top:low].mean(0) > _OTHER)
    share = (low - top) * (right - left) / picture.size
    if right - left < _LEAST_SIDE or not _LEAST_AREA < share < _MOST_AREA:
        return None
    return np.ascontiguousarray(picture[top:low, left:right]), share


def _longest(there: NDArray[np.bool_]) -> "tuple[int, int]":
    """Gives first and one after the last of the longest run; short gaps do not end it."""
    at = np.flatnonzero(there)
    if not len(at):
        return 0, 0
    breaks = np.flatnonzero(np.diff(at) > 1 + _GAP * len(there))
    starts, ends = at[np.append(0, breaks + 1)], at[np.append(breaks, len(at) - 1)] + 1
    best = int((ends - starts).argmax())
    return int(starts[best]), int(ends[best])
