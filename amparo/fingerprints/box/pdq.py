"""The PDQ fingerprint of a picture, upright and in its seven other orientations.

Same bits as the reference code and its `pdqhash` binding (tests compare every orientation), which read a picture
as eight bytes per colour per pixel: 1.4 GB for 50 million pixels. Here it stands in memory once, as brightness,
so a phone's full-size photo fits in the box. Sums are therefore taken in the reference's order, in float32.

Source: https://github.com/facebook/ThreatExchange (folder pdq), hashing.pdf and the C++ code.
The picture is hashed at full size, in the colours the reference tools see: transparency left out, no profile.
"""

import math

import numpy as np
from numpy.typing import NDArray
from PIL import Image

Floats = NDArray[np.float32]

MIN_SIDE = 5  # pixels; the reference gives no fingerprint below this

_SIDE = 64
_BITS_SIDE = 16
_PASSES = 2
_STRIP_PIXELS = 1_000_000

_RED, _GREEN, _BLUE = (np.arange(256) * part for part in (0.299, 0.587, 0.114))

_DCT: Floats = np.array(
    [
        [
            float(np.float32(math.sqrt(2.0 / _SIDE))) * math.cos(math.pi / 2 / _SIDE * (i + 1) * (2 * j + 1))
            for j in range(_SIDE)
        ]
        for i in range(_BITS_SIDE)
    ],
    np.float32,
)


def compute(bright: Floats) -> tuple[int, list[bytes]]:
    """Gives quality (0 to 100) and eight fingerprints of 32 bytes, in the order of `orientations`.

    `bright` comes from `brightness`, is at least MIN_SIDE pixels wide and high, and is used up.
    """
    small = _shrunk(bright)
    return quality(small), [_bits(turned) for turned in orientations(_waves(small))]


def brightness(image: Image.Image) -> Floats:
    """Gives `(height, width) float32`, 0 to 255, a few rows at a time."""
    width, height = image.size
    bright = np.empty((height, width), np.float32)
    rows = max(1, _STRIP_PIXELS // width)
    for top in range(0, height, rows):
        strip = np.asarray(image.crop((0, top, width, min(top + rows, height))).convert("RGB"))
        bright[top : top + rows] = _RED[strip[..., 0]] + _GREEN[strip[..., 1]] + _BLUE[strip[..., 2]]
    return bright


def _shrunk(bright: Floats) -> Floats:
    """Gives 64 x 64 points: the picture blurred, then the middle of each block taken."""
    height, width = bright.shape
    if (height, width) == (_SIDE, _SIDE):
        return bright
    for _ in range(_PASSES):
        bright = _blurred_down(np.ascontiguousarray(bright.T), _window(width))
        bright = _blurred_down(np.ascontiguousarray(bright.T), _window(height))
    rows = ((np.arange(_SIDE) + 0.5) * height / _SIDE).astype(int)
    columns = ((np.arange(_SIDE) + 0.5) * width / _SIDE).astype(int)
    return bright[rows][:, columns]


def _window(side: int) -> int:
    """How many pixels are averaged: half a block, because there are two passes."""
    return (side + 2 * _SIDE - 1) // (2 * _SIDE)


def _blurred_down(rows: Floats, window: int) -> Floats:
    """Averages over `window` rows, in place: a moving sum that adds the row coming in, drops the one going out."""
    count, ahead = len(rows), (window + 2) // 2 - 1
    total = np.zeros(rows.shape[1], np.float32)
    # A row is still needed for `window - ahead` steps after it was overwritten: those few are kept.
    kept = [row.copy() for row in rows[:window]]
    held = 0
    for at in range(ahead):
        total += rows[at]
        held += 1
    for at in range(count):
        if at + ahead < count:
            total += rows[at + ahead]
            held += 1
        if held > window or at + ahead >= count:
            total -= kept[(at + ahead - window) % window]
            held -= 1
        if at + ahead < count:
            kept[(at + ahead) % window] = rows[at + ahead].copy()
        np.divide(total, np.float32(held), out=rows[at])
    return rows


def quality(small: Floats) -> int:
    """Gives 0 to 100: how much the 64 x 64 points change from one to the next."""
    down = ((small[:-1] - small[1:]) * np.float32(100) / np.float32(255)).astype(int)
    across = ((small[:, :-1] - small[:, 1:]) * np.float32(100) / np.float32(255)).astype(int)
    return min(100, int(np.abs(down).sum() + np.abs(across).sum()) // 90)


def _waves(small: Floats) -> Floats:
    """Gives the 16 x 16 slowest waves (discrete cosine transform), without the constant one."""
    return _product(_product(_DCT, small), _DCT.T)


def _product(left: Floats, right: Floats) -> Floats:
    """A matrix product whose sums run in order: a faster one rounds otherwise and may turn a bit."""
    total = np.zeros((left.shape[0], right.shape[1]), np.float32)
    for k in range(left.shape[1]):
        total += left[:, k, None] * right[None, k]
    return total


def orientations(waves: Floats) -> list[Floats]:
    """Gives the waves of the picture as it stands, in the reference's order.

    As it stands; turned by 90, 180, 270 degrees against the clock; upside-down mirrored; mirrored left to right;
    mirrored along one diagonal; along the other. Turning a picture only swaps its waves or their signs.
    """
    odd = np.where(np.arange(_BITS_SIDE) % 2 == 0, -1, 1).astype(np.float32)
    rows, columns, both = waves * odd[:, None], waves * odd, waves * odd[:, None] * odd
    return [waves, columns.T, both, rows.T, rows, columns, waves.T, both.T]


def _bits(waves: Floats) -> bytes:
    """Gives 32 bytes: one bit per wave, set above the (lower) median; the last wave is the highest bit."""
    median = np.partition(waves.ravel(), 127)[127]
    return np.packbits((waves > median).ravel()[::-1]).tobytes()
