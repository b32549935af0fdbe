"""Local features: small places of a picture that are found again after it was cropped, turned or covered.

Places are extrema of the difference of Gaussians (Lowe 2004), without the usual doubling of the picture, with
a quota for each octave and part of the picture. OpenCV blurs and describes; nothing here was learnt from
data, and nothing here knows what a face is. Input is only ever an array that the decoder box returned.
"""

import itertools
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from amparo.fingerprints import vision
from amparo.fingerprints.vision import Doubles, Floats, Gray

LAYERS = 2
SIGMA = 1.6
_INPUT_SIGMA = 0.5
_MARGIN = 4  # pixels at the rim of an octave that are not searched
_LEAST_SIDE = 18
_EDGE_RATIO = 12.0
_BINS = 36
_CELLS = 4  # the picture is divided into 4 x 4 parts for the quota


@dataclass(frozen=True)
class Features:
    """`places` `(n, 4) float32`: x, y, radius in pixels, angle in degrees; `descriptors` `(n, 128) uint8`."""

    places: Floats
    descriptors: NDArray[np.uint8]

    def __len__(self) -> int:
        return len(self.places)


NO_FEATURES = Features(np.empty((0, 4), np.float32), np.empty((0, 128), np.uint8))


@dataclass(frozen=True)
class Quota:
    """How many places at most: `first` in the finest octave, each coarser one `fall` times as many."""

    first: int
    fall: float
    octaves: int
    least_contrast: float
    angles: int


OF_ORIGINAL = Quota(first=500, fall=0.6, octaves=6, least_contrast=1.2, angles=2)
OF_WEB = Quota(first=125, fall=0.6, octaves=5, least_contrast=1.5, angles=1)
OF_WEB_FINE = Quota(first=300, fall=0.6, octaves=5, least_contrast=1.2, angles=1)


def features(gray: Gray, quota: Quota) -> Features:
    """Gives the features of a picture `(height, width) uint8`; fewer than the quota where it is plain."""
    found = [
        _of_octave(octave, blurred, quota) for octave, blurred in enumerate(_octaves(gray, quota.octaves))
    ]
    found = [one for one in found if len(one)] or [NO_FEATURES]
    return Features(
        np.concatenate([one.places for one in found]), np.concatenate([one.descriptors for one in found])
    )


def _octaves(gray: Gray, count: int) -> "list[list[Floats]]":
    """Gives each octave as LAYERS + 3 blurred pictures, the same as OpenCV's own."""
    step = 2 ** (1 / LAYERS)
    base = vision.blurred(gray.astype(np.float32), (SIGMA**2 - _INPUT_SIGMA**2) ** 0.5)
    octaves: list[list[Floats]] = []
    while len(octaves) < count and min(base.shape) >= _LEAST_SIDE:
        blurred = [base]
        for layer in range(1, LAYERS + 3):
            had = SIGMA * step ** (layer - 1)
            blurred.append(vision.blurred(blurred[-1], had * (step**2 - 1) ** 0.5))
        octaves.append(blurred)
        base = np.ascontiguousarray(blurred[LAYERS][::2, ::2])
    return octaves


def _of_octave(octave: int, blurred: "list[Floats]", quota: Quota) -> Features:
    rows = _extrema(blurred, quota.least_contrast)
    rows = _best(rows, int(quota.first * quota.fall**octave) + 8, blurred[0].shape)
    if not len(rows):
        return NO_FEATURES
    at, angles = _angles(blurred, rows, quota.angles)
    rows = rows[at]
    scale = np.float32(2**octave)
    radius = SIGMA * 2 ** (rows[:, 2] / LAYERS) * scale
    places = np.column_stack([rows[:, :2] * scale, radius, angles]).astype(np.float32)
    return Features(places, _described(blurred, rows, angles))


def _extrema(blurred: "list[Floats]", least: float) -> Floats:
    """Gives rows of x, y (pixels of the octave), layer, contrast."""
    differences = [after - before for before, after in itertools.pairwise(blurred)]
    highest = [vision.highest(one) for one in differences]
    lowest = [vision.lowest(one) for one in differences]
    found = []
    for layer in range(1, LAYERS + 1):
        one = differences[layer]
        top = np.maximum(np.maximum(highest[layer - 1], highest[layer + 1]), highest[layer])
        low = np.minimum(np.minimum(lowest[layer - 1], lowest[layer + 1]), lowest[layer])
        extreme = ((one == top) & (one > least)) | ((one == low) & (one < -least))
        inner = extreme[_MARGIN:-_MARGIN, _MARGIN:-_MARGIN]
        y, x = np.nonzero(inner)
        found.append(_settled(one, x + _MARGIN, y + _MARGIN, layer))
    return np.concatenate(found)


def _settled(one: Floats, x: NDArray[np.int64], y: NDArray[np.int64], layer: int) -> Floats:
    """Leaves out places on an edge, which slide along it; moves the others to the top of their parabola."""
    flat, width = one.ravel(), one.shape[1]
    at = y * width + x
    here, left, right, up, down = (flat[at + by] for by in (0, -1, 1, -width, width))
    dxx, dyy = left + right - 2 * here, up + down - 2 * here
    corners = flat[at + width + 1] - flat[at + width - 1] - flat[at - width + 1] + flat[at - width - 1]
    dxy = corners / 4
    determinant = dxx * dyy - dxy * dxy
    keep = determinant * (_EDGE_RATIO + 1) ** 2 > (dxx + dyy) ** 2 * _EDGE_RATIO
    with np.errstate(divide="ignore", invalid="ignore"):
        dx, dy = (right - left) / 2, (down - up) / 2
        move_x = np.clip(-(dyy * dx - dxy * dy) / determinant, -0.5, 0.5)
        move_y = np.clip(-(dxx * dy - dxy * dx) / determinant, -0.5, 0.5)
    rows = np.column_stack([x + move_x, y + move_y, np.full(len(x), layer), np.abs(here)])
    return rows[keep].astype(np.float32)


def _best(rows: Floats, most: int, shape: "tuple[int, ...]") -> Floats:
    """Gives the strongest, but first the strongest of each part: a busy corner must not take every place."""
    if len(rows) <= most:
        return rows
    cell = (rows[:, 1] * _CELLS / shape[0]).astype(int) * _CELLS + (rows[:, 0] * _CELLS / shape[1]).astype(
        int
    )
    order = np.lexsort((-rows[:, 3], cell))
    starts = np.searchsorted(cell[order], np.arange(_CELLS**2))
    rank = np.empty(len(rows), np.int64)
    rank[order] = np.arange(len(rows)) - starts[cell[order]]
    share = most // (2 * _CELLS**2)
    return rows[np.lexsort((-rows[:, 3], rank >= share))[:most]]


_REACH = 4
_GRID = np.array([(x, y) for y in range(-_REACH, _REACH + 1) for x in range(-_REACH, _REACH + 1)], np.float32)
_GRID_WEIGHT = np.exp(-(_GRID**2).sum(1) * 1.1**2 / (2 * 1.5**2)).astype(np.float32)


def _angles(blurred: "list[Floats]", rows: Floats, most: int) -> "tuple[NDArray[np.int64], Floats]":
    """Gives for each place its main directions of change in degrees, and to which row each belongs."""
    height, width = blurred[0].shape
    stack = np.stack([one.ravel() for one in blurred[1 : LAYERS + 1]]).ravel()
    sigma = SIGMA * 2 ** (rows[:, 2] / LAYERS)
    x = np.rint(rows[:, :1] + _GRID[:, 0] * (1.1 * sigma)[:, None]).astype(np.int32)
    y = np.rint(rows[:, 1:2] + _GRID[:, 1] * (1.1 * sigma)[:, None]).astype(np.int32)
    inside = (x > 0) & (x < width - 1) & (y > 0) & (y < height - 1)
    at = np.clip(y, 1, height - 2) * width + np.clip(x, 1, width - 2)
    at += ((rows[:, 2].astype(np.int32) - 1) * (height * width))[:, None]
    dx, dy = stack[at + 1] - stack[at - 1], stack[at + width] - stack[at - width]
    strength, angle = vision.polar(dx, dy)
    bins = np.rint(angle * (_BINS / 360)).astype(np.int32) % _BINS
    bins += (np.arange(len(rows), dtype=np.int32) * _BINS)[:, None]
    weight = strength * _GRID_WEIGHT * inside
    counted: Doubles = (
        np.bincount(bins.ravel(), weight.ravel(), len(rows) * _BINS).reshape(-1, _BINS).astype(np.float64)
    )
    counted = 6 * counted + 4 * (np.roll(counted, 1, 1) + np.roll(counted, -1, 1))
    counted += (np.roll(counted, 2, 1) + np.roll(counted, -2, 1)) / 16
    return _peaks(counted, most)


def _peaks(counted: Doubles, most: int) -> "tuple[NDArray[np.int64], Floats]":
    before, after = np.roll(counted, 1, 1), np.roll(counted, -1, 1)
    peak = np.where((counted > before) & (counted >= after), counted, 0)
    order = np.argsort(-peak, axis=1)[:, :most]
    row = np.repeat(np.arange(len(counted)), order.shape[1])
    best = order.ravel()
    height = peak[row, best]
    kept = (height > 0) & (height >= 0.8 * np.repeat(height.reshape(order.shape)[:, 0], order.shape[1]))
    row, best = row[kept], best[kept]
    left, here, right = before[row, best], counted[row, best], after[row, best]
    exact = best + 0.5 * (left - right) / (left - 2 * here + right - 1e-9)
    return row, (exact * (360 / _BINS) % 360).astype(np.float32)


_CELL_AT = np.array([(x, y) for y in (-1.5, -0.5, 0.5, 1.5) for x in (-1.5, -0.5, 0.5, 1.5)], np.float32)
_CELL_WEIGHT = np.exp(-(_CELL_AT**2).sum(1) / 8).astype(np.float32)[:, None]
_CELL_SIGMAS = 3.0  # the distance of two cells of a descriptor, in units of the place's own blur


def _described(blurred: "list[Floats]", rows: Floats, angles: Floats) -> NDArray[np.uint8]:
    """Gives 4 x 4 cells of 8 directions around each place, turned with it (the layout of SIFT)."""
    maps = _directions(blurred[1])
    turn = np.radians(angles)
    cos, sin = np.cos(turn)[:, None], np.sin(turn)[:, None]
    step = (_CELL_SIGMAS * SIGMA * 2 ** (rows[:, 2:3] / LAYERS)).astype(np.float32)
    x = (rows[:, :1] + step * (cos * _CELL_AT[:, 0] - sin * _CELL_AT[:, 1])) / 2
    y = (rows[:, 1:2] + step * (sin * _CELL_AT[:, 0] + cos * _CELL_AT[:, 1])) / 2
    cells = _taken(maps, x, y) * _CELL_WEIGHT
    by = angles / 45
    whole = np.floor(by).astype(np.int64)
    part = (by - whole).astype(np.float32)[:, None, None]
    at = (np.arange(8) + whole[:, None]) % 8
    first = np.take_along_axis(cells, np.broadcast_to(at[:, None], cells.shape), 2)
    second = np.take_along_axis(cells, np.broadcast_to(((at + 1) % 8)[:, None], cells.shape), 2)
    return rooted(((1 - part) * first + part * second).reshape(len(rows), 128))


def _directions(blurred: Floats) -> Floats:
    """Gives `(height, width, 8)` at half size: how much it grows brighter into each of eight directions."""
    small = blurred[::2, ::2]
    dx, dy = np.zeros_like(small), np.zeros_like(small)
    dx[:, 1:-1] = small[:, 2:] - small[:, :-2]
    dy[1:-1] = small[2:] - small[:-2]
    half = np.float32(0.5**0.5)
    maps = np.empty((*small.shape, 8), np.float32)
    for number, one in enumerate((dx, (dx + dy) * half, dy, (dy - dx) * half)):
        np.maximum(one, 0, out=maps[..., number])
        np.maximum(-one, 0, out=maps[..., number + 4])
    for part in (slice(0, 4), slice(4, 8)):
        maps[..., part] = vision.blurred(maps[..., part], 1.6)
    return maps


def _taken(maps: Floats, x: Doubles, y: Doubles) -> Floats:
    height, width = maps.shape[:2]
    flat = maps.reshape(-1, 8)
    inside = (x > -1) & (x < width) & (y > -1) & (y < height)
    at_x, at_y = np.clip(np.rint(x), 0, width - 1), np.clip(np.rint(y), 0, height - 1)
    return flat[(at_y * width + at_x).astype(np.int64)] * inside[..., None]


def rooted(described: Floats) -> NDArray[np.uint8]:
    """Gives SIFT's 128 sums as square roots of their shares ("RootSIFT"), 0 to 255."""
    total = described.sum(1, keepdims=True) + np.float32(1e-6)
    return np.minimum(np.sqrt(described / total) * 512, 255).astype(np.uint8)


_REPEATED_ALIKE = 0.93
_REPEATED_TIMES = 3


def distinctive(found: Features) -> Features:
    """Leaves out places that look like several others of the same picture: letters, tiles, fence posts."""
    if len(found) < _REPEATED_TIMES + 1:
        return found
    floats = found.descriptors.astype(np.float32)
    alike = floats @ floats.T > _REPEATED_ALIKE * np.float32(512.0**2)
    x, y = found.places[:, 0], found.places[:, 1]
    apart = (x[:, None] - x) ** 2 + (y[:, None] - y) ** 2 > (2 * found.places[:, 2][:, None]) ** 2
    kept = (alike & apart).sum(1) < _REPEATED_TIMES
    return Features(found.places[kept], found.descriptors[kept])
