"""Whether two pictures' features agree on one movement: the only thing that ever says that they match.

Each pair of alike places proposes a movement (shift, scale, turn). The proposal that most other pairs follow
is made exact as an affine map, and only pairs that follow that map count, each distinct place once. No chance
is involved, so the same two pictures always give the same answer.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from amparo.fingerprints.features import Features
from amparo.fingerprints.vision import Doubles, Floats

LEAST_ALIKE = 0.80
_LENGTH = 512.0**2
_MOST_PAIRS = 160
_TURN_DEGREES = 25.0
_SCALE_LOG2 = 0.65
_ROUGH, _FINE = 0.06, 0.025  # of the query's longer side (rough, while the map is still a guess)
_CELL = 4.0


@dataclass(frozen=True, eq=False)
class Agreement:
    """`places`: distinct places that follow the map; `pairs`: how many were alike; `map` takes the original's
    pixels `(x, y, 1)` to the query's; `covered`: share of the original's area between those places; `here`,
    `there`: the alike places of the query and the original, `kept`: which of them follow."""

    places: int
    pairs: int
    map: Doubles
    covered: float
    here: Floats
    there: Floats
    kept: "NDArray[np.bool_]"


_NONE = np.empty((0, 4), np.float32)
NOTHING = Agreement(0, 0, np.eye(2, 3), 0.0, _NONE, _NONE, np.empty(0, np.bool_))


def alike(query: Features, original: Features) -> "tuple[NDArray[np.int64], NDArray[np.int64], Floats]":
    """Gives rows of the query, the row of the original most alike, and how alike (1 is the same)."""
    products = query.descriptors.astype(np.float32) @ original.descriptors.astype(np.float32).T
    best = products.argmax(1)
    value = products[np.arange(len(query)), best] / np.float32(_LENGTH)
    rows = np.flatnonzero(value > LEAST_ALIKE)
    if len(rows) > _MOST_PAIRS:
        rows = rows[np.argsort(-value[rows])[:_MOST_PAIRS]]
    return rows, best[rows], value[rows]


def agree(
    query: Features, original: Features, size: "tuple[int, int]", original_size: "tuple[int, int]"
) -> Agreement:
    """Gives how far the two agree; `size` is width and height of each in pixels."""
    if len(query) < 3 or len(original) < 3:
        return NOTHING
    rows, others, _ = alike(query, original)
    if len(rows) < 3:
        return NOTHING
    return moved(query.places[rows], original.places[others], max(size), original_size)


def moved(here: Floats, there: Floats, side: int, original_size: "tuple[int, int]") -> Agreement:
    """Gives how far pairs of places `(n, 4)` agree on one map from `there` to `here`."""
    follow = _proposals(here, there, _ROUGH * side)
    at = int(follow.sum(1).argmax())
    kept = follow[at]
    if kept.sum() < 3:
        return NOTHING
    source = np.column_stack([there[:, :2], np.ones(len(there))]).astype(np.float64)
    target = here[:, :2].astype(np.float64)
    exact = np.eye(2, 3)
    for tolerance in (_ROUGH, (_ROUGH + _FINE) / 2, _FINE, _FINE):
        if kept.sum() < 3:
            return NOTHING
        exact = np.linalg.lstsq(source[kept], target[kept], rcond=None)[0].T
        off = np.hypot(*(source @ exact.T - target).T)
        kept = turn_and_scale(here, there, exact, _TURN_DEGREES + 5, _SCALE_LOG2 + 0.15) & (
            off < tolerance * side
        )
    if not _sound(exact):
        return NOTHING
    return _counted(here, there, kept, exact, original_size)


def _proposals(here: Floats, there: Floats, tolerance: float) -> "NDArray[np.bool_]":
    """Row i: which pairs follow the shift, scale and turn that pair i proposes."""
    scale = here[:, 2] / there[:, 2]
    turn = np.radians(here[:, 3] - there[:, 3])
    a, b = scale * np.cos(turn), scale * np.sin(turn)
    x = there[:, 0][None] - there[:, 0][:, None]
    y = there[:, 1][None] - there[:, 1][:, None]
    off_x = a[:, None] * x - b[:, None] * y - (here[:, 0][None] - here[:, 0][:, None])
    off_y = b[:, None] * x + a[:, None] * y - (here[:, 1][None] - here[:, 1][:, None])
    turned = np.degrees(turn)
    by = np.abs((turned[None] - turned[:, None] + 180) % 360 - 180)
    size = np.log2(scale)
    grown = np.abs(size[None] - size[:, None])
    return (off_x**2 + off_y**2 < tolerance**2) & (by < _TURN_DEGREES) & (grown < _SCALE_LOG2)


def turn_and_scale(
    here: "Floats | Doubles", there: "Floats | Doubles", exact: Doubles, degrees: float, log2: float
) -> "NDArray[np.bool_]":
    """Which pairs' own turn and size are those of the map, to so many degrees and powers of two."""
    turn = np.degrees(np.arctan2(exact[1, 0] - exact[0, 1], exact[0, 0] + exact[1, 1]))
    area = abs(np.linalg.det(exact[:, :2])) + 1e-12
    by = np.abs((here[:, 3] - there[:, 3] - turn + 180) % 360 - 180)
    grown = np.abs(np.log2(here[:, 2] / there[:, 2]) - np.log2(area) / 2)
    return np.asarray((by < degrees) & (grown < log2))


def _sound(exact: Doubles) -> bool:
    """Whether a picture could have been edited so: not turned inside out, not squeezed to a line."""
    along = np.linalg.svd(exact[:, :2], compute_uv=False)
    return bool(
        np.linalg.det(exact[:, :2]) > 0 and along[1] > 0.03 and along[0] < 20 and along[0] < 2.2 * along[1]
    )


def _counted(
    here: Floats,
    there: Floats,
    kept: "NDArray[np.bool_]",
    exact: Doubles,
    size: "tuple[int, int]",
) -> Agreement:
    distinct = min(_distinct(here[kept]), _distinct(there[kept]))
    points = there[kept, :2]
    low, high = (points.min(0), points.max(0)) if kept.any() else (np.zeros(2), np.zeros(2))
    covered = float(np.prod(high - low) / (size[0] * size[1]))
    return Agreement(distinct, len(here), exact, covered, here, there, kept)


def _distinct(places: Floats) -> int:
    """One corner gives several features: those within a few pixels count once."""
    cells = np.rint(places[:, :2] / _CELL).astype(np.int64)
    return len(np.unique(cells[:, 0] * 1_000_003 + cells[:, 1]))
