"""The PDQ fingerprint of a picture in all eight orientations, from the reference code's own binding.

The picture is hashed at full size, in the colours the reference tools see (transparency left out, no colour
profile), so that other programs get the same bits: https://github.com/facebook/ThreatExchange (folder pdq).
"""

import numpy as np
import pdqhash
from PIL import Image

MIN_SIDE = 5  # the reference gives no fingerprint below this


def warm_up() -> None:
    """Hashes once, so that everything is loaded."""
    pdqhash.compute_dihedral(np.zeros((8, 8, 3), np.uint8))


def compute(image: Image.Image) -> tuple[int, list[bytes]]:
    """Gives quality (0 to 100) and eight fingerprints of 32 bytes; the first is the picture as it stands."""
    pixels = np.asarray(image.convert("RGB"))
    turns, quality = pdqhash.compute_dihedral(pixels)
    if pixels.shape[:2] == (64, 64):
        # At this size the reference leaves its filter out for the plain fingerprint only.
        turns[0], quality = pdqhash.compute(pixels)
    return int(quality), [np.packbits(turn.astype(np.uint8)).tobytes() for turn in turns]
