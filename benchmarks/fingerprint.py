"""How long a fingerprint takes in the box, as a ratio to the reference binding without any protection.

Run: python benchmarks/fingerprint.py
"""

import io
import statistics
import sys
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pdqhash
from PIL import Image

sys.path.insert(0, str(Path(__file__).parents[1]))

from amparo.fingerprints import protection
from amparo.fingerprints.box import pdq
from amparo.fingerprints.fingerprint import read_fingerprint
from tests.fingerprints import pictures

SIZES = {"0.15 megapixels": (447, 335), "2 megapixels": (1632, 1224), "12 megapixels": (4000, 3000)}
ROUNDS = 5


def reference(untrusted: bytes) -> None:
    """Pillow and pdqhash in this process: what most programs do."""
    with Image.open(io.BytesIO(untrusted)) as image:
        pdqhash.compute(np.asarray(image.convert("RGB")))


def unprotected(untrusted: bytes) -> None:
    """Our own PDQ, all eight orientations, in this process (only a benchmark may do this)."""
    with Image.open(io.BytesIO(untrusted)) as image:
        pdq.compute(pdq.brightness(image))


def seconds(act: Callable[[bytes], object], untrusted: bytes) -> float:
    took = []
    for _ in range(ROUNDS):
        began = time.perf_counter()
        act(untrusted)
        took.append(time.perf_counter() - began)
    return statistics.median(took)


def main() -> None:
    print(f"protection: {protection().level} ({', '.join(protection().layers) or 'no layers'})")
    for name, size in SIZES.items():
        untrusted = pictures.saved(pictures.scene(1, width=447, height=335).resize(size), quality=85)
        base = seconds(reference, untrusted)
        ours, box = seconds(unprotected, untrusted), seconds(read_fingerprint, untrusted)
        print(f"{name}: Pillow and pdqhash, unprotected, one orientation: {base * 1000:.0f} ms")
        print(f"  ours, unprotected, eight orientations: x {ours / base:.2f}; in the box: x {box / base:.2f}")
    many = [pictures.saved(pictures.scene(n, width=1632, height=1224)) for n in range(12)]
    began = time.perf_counter()
    with ThreadPoolExecutor(2) as two:
        list(two.map(read_fingerprint, many))
    each_second = len(many) / (time.perf_counter() - began)
    print(f"two boxes at a time, 2 megapixels: {each_second:.1f} pictures a second")


if __name__ == "__main__":
    main()
