"""`match` for an outside bench: fingerprint(path), build(list), match(query, index) -> scores.

A score is 0 where nothing matches. FIXED is the score from which `match` says that two pictures are the same.
"""

import sys
from collections.abc import Sequence
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from amparo.fingerprints.matching import Index
from amparo.fingerprints.rasters import Raster, alone

FIXED = 0.5


def fingerprint(path: str) -> Raster:
    """Gives the raster of a file, read in a sealed worker of its own."""
    return alone(Path(path).read_bytes())


def build(originals: Sequence[Raster]) -> Index:
    return Index.build(originals)


def match(picture: Raster, index: Index) -> list[float]:
    """Gives a score for each original."""
    scores = [0.0] * len(index)
    for one in index.find(picture):
        scores[one.mine] = one.score
    return scores
