"""The PDQ fingerprint of a picture, upright and in its seven other orientations.

Upright it has the same bits as the reference code and its `pdqhash` binding (tests compare them). The binding
holds a picture several times over as floating numbers: 340 MB for 12 million pixels. Here it stands in memory
once, as brightness, so 50 million fit in the box. Sums run in the reference's order.

Source: https://github.com/facebook/ThreatExchange (folder pdq), hashing.pdf and the C++ code.
The picture is hashed at full size, in the colours the reference tools see: transparency left out, no profile.
The reference's C++ file reader first takes 512 x 512 single points of anything larger: values made with it
differ there (2 to 10 of 256 bits on its published photos). Its Java code and its Python exchange library hash
the full size, as we do: their published values are met bit for bit.
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
    turned = orientations(_blurred(bright))
    return quality(turned[0]), [_bits(_waves(small)) for small in turned]


def brightness(image: Image.Image) -> Floats:
    """Gives `(height, width) float32`, 0 to 255, a few rows at a time."""
    width, height = image.size
    bright = np.empty((height, width), np.float32)
    rows = max(1, _STRIP_PIXELS // width)
    for top in range(0, height, rows):
        strip = np.asarray(image.crop((0, top, width, min(top + rows, height))).convert("RGB"))
        bright[top : top + rows] = _RED[strip[..., 0]] + _GREEN[strip[..., 1]] + _BLUE[strip[..., 2]]
    return bright


def _blurred(bright: Floats) -> Floats:
    """Gives the picture with every point averaged over its block; 64 x 64 pixels stay as they are."""
    height, width = bright.shape
    if (height, width) == (_SIDE, _SIDE):
        return bright
    for _ in range(_PASSES):
        bright = _blurred_down(np.ascontiguousarray(bright.T), _window(width))
        bright = _blurred_down(np.ascontiguousarray(bright.T), _window(height))
    return bright


def orientations(blurred: Floats) -> list[Floats]:
    """Gives 64 x 64 points of the picture turned and mirrored in every way, as if it had been saved so.

    As it stands; turned by 90, 180, 270 degrees against the clock; mirrored top to bottom; mirrored left to
    right; mirrored along the falling diagonal; along the rising one.
    """
    rows, columns = _middles(blurred.shape[0]), _middles(blurred.shape[1])
    from_below, from_right = _middles_from_end(blurred.shape[0]), _middles_from_end(blurred.shape[1])
    stands = blurred[rows][:, columns]
    upside_down, mirrored = blurred[from_below][:, columns], blurred[rows][:, from_right]
    half_turn = blurred[from_below][:, from_right]
    return [stands, mirrored.T, half_turn, upside_down.T, upside_down, mirrored, stands.T, half_turn.T]


def _middles(side: int) -> NDArray[np.int64]:
    """Where the middle of each of 64 blocks is, in pixels."""
    return ((np.arange(_SIDE) + 0.5) * side / _SIDE).astype(np.int64)


def _middles_from_end(side: int) -> NDArray[np.int64]:
    """The same for a picture read from its other end.

    An even window reaches one pixel further ahead than back. Read from the other end it leans the other way,
    so the same average stands two pixels away. Without this a half turn moved up to 54 bits in test pictures.
    """
    lean = 0 if _window(side) % 2 else _PASSES
    return np.clip(side - 1 - _middles(side) - lean, 0, side - 1)


def _window(side: int) -> int:
    """How many pixels are averaged: half a block, because there are two passes."""
    return (side + 2 * _SIDE - 1) // (2 * _SIDE)


def _blurred_down(rows: Floats, window: int) -> Floats:
    """Averages over `window` rows, in place, by a moving sum: one row comes in, one goes out."""
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


def _bits(waves: Floats) -> bytes:
    """Gives 32 bytes: one bit per wave, set above the (lower) median; the last wave is the highest bit."""
    median = np.partition(waves.ravel(), 127)[127]
    return np.packbits((waves > median).ravel()[::-1]).tobytes()
