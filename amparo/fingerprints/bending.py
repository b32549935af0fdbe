"""The exact map between two pictures, in perspective, and what the places that do not follow it say.

A copy is a flat thing: however it was tilted or filmed again, one perspective map takes every place of it to
its copy. A scene seen a second time is not flat: what is near has moved further than what is far, so places
that are alike stand beside where the map puts them. And what two pictures only share as a small thing, a logo
or a head line, agrees in one spot.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from amparo.fingerprints.agreeing import Agreement, turn_and_scale
from amparo.fingerprints.vision import Doubles, Floats

_LEAST_PAIRS = 10
_TOLERANCES = (0.03, 0.015, 0.01, 0.01)  # of the query's longer side
_LEANING = 0.05 * 8**0.5  # how strongly the map is held to be affine where few places say otherwise
_TURN_DEGREES, _SCALE_LOG2 = 20.0, 0.5
_EXACT, _EXACT_RADII = 0.008, 0.6
_BESIDE = 0.12  # of the longer side: what is further away is chance


@dataclass(frozen=True)
class Bend:
    """`map` `(3, 3)` takes the original's pixels (x, y, 1) to the query's, to be divided by the third number.

    `share`: of all alike pairs, those that follow it. `slid`: of those near where it puts them, the share
    that stand beside. `spread`: share of what both show that lies between the places that follow it exactly.
    """

    map: Doubles
    share: float
    slid: float
    spread: float


def bent(agreed: Agreement, size: "tuple[int, int]", original_size: "tuple[int, int]") -> Bend:
    """Gives the map made exact; `size` is width and height of each in pixels."""
    here, there = agreed.here.astype(np.float64), agreed.there.astype(np.float64)
    side = max(size)
    exact, kept = _exact(here, there, agreed, side)
    off = np.hypot(*(moved_by(exact, there[:, :2]) - here[:, :2]).T)
    alike = turn_and_scale(here, there, agreed.map, _TURN_DEGREES, _SCALE_LOG2)
    follow = alike & (off < np.maximum(_EXACT * side, _EXACT_RADII * here[:, 2]))
    near = follow | (alike & (off < _BESIDE * side))
    slid = 1 - follow.sum() / max(1, near.sum())
    spread = _spread(here[follow, :2], exact, size, original_size)
    return Bend(exact, float(kept.sum() / len(kept)), float(slid), spread)


def moved_by(exact: Doubles, points: Doubles) -> Doubles:
    """Gives where a perspective map takes points `(n, 2)`."""
    moved = np.column_stack([points, np.ones(len(points))]) @ exact.T
    return np.asarray(moved[:, :2] / moved[:, 2:])


def _exact(
    here: Doubles, there: Doubles, agreed: Agreement, side: int
) -> "tuple[Doubles, NDArray[np.bool_]]":
    first = np.vstack([agreed.map, [0.0, 0.0, 1.0]])
    exact, kept = first, agreed.kept
    for tolerance in _TOLERANCES:
        if kept.sum() < _LEAST_PAIRS:
            return first, agreed.kept
        exact = _fitted(there[kept, :2], here[kept, :2], 1 / np.sqrt(1 + here[kept, 2]))
        off = np.hypot(*(moved_by(exact, there[:, :2]) - here[:, :2]).T)
        wide = agreed.kept & (off < 0.5 * here[:, 2])  # a large place is known less exactly
        kept = wide | (off < tolerance * side)
    return exact, kept


def _fitted(source: Doubles, target: Doubles, weight: Doubles) -> Doubles:
    """Least squares in numbers near one, the last two held near nought (an affine map)."""
    from_mean, from_size = source.mean(0), source.std() + 1e-9
    to_mean, to_size = target.mean(0), target.std() + 1e-9
    x, y = ((source - from_mean) / from_size).T
    to_x, to_y = ((target - to_mean) / to_size).T
    none, one = np.zeros_like(x), np.ones_like(x)
    rows = np.concatenate(
        [
            np.column_stack([x, y, one, none, none, none, -x * to_x, -y * to_x]),
            np.column_stack([none, none, none, x, y, one, -x * to_y, -y * to_y]),
        ]
    )
    weights = np.concatenate([weight, weight])
    rows = np.concatenate([rows * weights[:, None], np.eye(8)[6:] * _LEANING])
    wanted = np.concatenate([np.concatenate([to_x, to_y]) * weights, [0.0, 0.0]])
    found = np.append(np.linalg.lstsq(rows, wanted, rcond=None)[0], 1.0).reshape(3, 3)
    back = np.array([[to_size, 0, to_mean[0]], [0, to_size, to_mean[1]], [0, 0, 1]])
    there = np.diag([1 / from_size, 1 / from_size, 1.0])
    there[:2, 2] = -from_mean / from_size
    return np.asarray(back @ found @ there)


def _spread(
    points: Doubles, exact: Doubles, size: "tuple[int, int]", original_size: "tuple[int, int]"
) -> float:
    if not len(points):
        return 0.0
    corners = _corners(exact, original_size)
    low, high = np.maximum(corners.min(0), 0), np.minimum(corners.max(0), size)
    return float(np.prod(points.max(0) - points.min(0)) / np.prod(np.maximum(high - low, 1)))


def _corners(exact: Doubles, size: "tuple[int, int]") -> Doubles:
    width, height = size
    return moved_by(exact, np.array([(0, 0), (width, 0), (width, height), (0, height)], np.float64))


def area(exact: Doubles, size: "tuple[int, int]") -> float:
    """Gives how many pixels a picture of that size, width and height, takes up once it is moved."""
    x, y = _corners(exact, size).T
    return float(abs((x * np.roll(y, -1) - y * np.roll(x, -1)).sum()) / 2)


def laid(picture: Floats, exact: Doubles, size: "tuple[int, int]") -> "tuple[Floats, NDArray[np.bool_]]":
    """Gives the picture moved by a perspective map into one of that size, and where it lies in it."""
    width, height = size
    down, across = np.mgrid[0:height, 0:width]
    points = np.column_stack([across.ravel(), down.ravel()]).astype(np.float64)
    x, y = moved_by(np.asarray(np.linalg.inv(exact), np.float64), points).T
    rows, columns = picture.shape
    inside = (x >= 0) & (x <= columns - 1) & (y >= 0) & (y <= rows - 1)
    x, y = np.clip(x, 0, columns - 1.001), np.clip(y, 0, rows - 1.001)
    left, top = x.astype(np.int64), y.astype(np.int64)
    by_x, by_y = x - left, y - top
    flat, at = picture.ravel(), top * columns + left
    upper = flat[at] * (1 - by_x) + flat[at + 1] * by_x
    lower = flat[at + columns] * (1 - by_x) + flat[at + columns + 1] * by_x
    values = (upper * (1 - by_y) + lower * by_y).astype(np.float32)
    return values.reshape(height, width), inside.reshape(height, width)
