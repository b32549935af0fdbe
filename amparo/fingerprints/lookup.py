"""An index of one's own pictures: which of them a picture may show, asked of all at once.

The work is put into the index: each original is described at several sizes, mirrored and as a negative. A
picture from the web is described once; its places are looked up together (FAISS: the lists of the nearest
centres, with 32 of the 128 numbers kept) and each one found votes for the original it comes from. Votes only
propose.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import faiss
import numpy as np
from numpy.typing import NDArray

from amparo.fingerprints.features import Features
from amparo.fingerprints.vision import Doubles

_NEIGHBOURS = 6
_KEPT_NUMBERS = 32
_A_LIST_HOLDS = 256
_FEW = 3000
_TRAINED_ON = 60_000
_PROBES = 2
_NEGATIVE_SHARE = 4  # one of so many places is also kept as in a negative

_LAYOUT = np.arange(128).reshape(4, 4, 8)
_MIRRORED = _LAYOUT[::-1][:, :, -np.arange(8) % 8].ravel()
_NEGATIVE = _LAYOUT[::-1, ::-1].ravel()

VIEWS = ((False, False), (True, False), (False, True), (True, True))
"""Mirrored left to right, as a negative."""


def seen(features: Features, width: int, *, mirrored: bool, negative: bool) -> Features:
    """Gives the features as they would be found in the picture mirrored or as a negative; nothing is computed
    anew.

    Mirrored, the cells change sides and the directions their sense. In a negative every direction turns
    round, and with them the place itself: its cells stand on their head, its directions stay.
    """
    places, descriptors = features.places, features.descriptors
    if mirrored:
        x, y, radius, angle = places.T
        places = np.column_stack([width - 1 - x, y, radius, (180 - angle) % 360]).astype(np.float32)
        descriptors = descriptors[:, _MIRRORED]
    if negative:
        places = places + np.array([0, 0, 0, 180], np.float32)
        descriptors = descriptors[:, _NEGATIVE]
    return Features(places, descriptors)


@dataclass(frozen=True)
class Proposal:
    """One original, how it would have been turned over, and its votes."""

    original: int
    view: int
    votes: float


class Lookup:
    """Finds which originals' places look like those of a picture."""

    def __init__(self, originals: "Sequence[Features]") -> None:
        self._count = len(originals)
        rows = [_rows(one) for one in originals]
        self._owner = np.concatenate(
            [
                np.repeat(4 * number + np.arange(4), [len(part) for part in parts])
                for number, parts in enumerate(rows)
            ]
            or [np.empty(0, np.int64)]
        )
        described = np.concatenate(
            [part for parts in rows for part in parts] or [np.empty((0, 128), np.uint8)]
        )
        self._faiss = _filled(described)

    def proposals(self, query: Features, most: int) -> list[Proposal]:
        """Gives the originals with the most votes, the most first."""
        if not len(query) or self._faiss is None:
            return []
        away, found = self._faiss.search(query.descriptors.astype(np.float32), _NEIGHBOURS)
        # The last neighbour says how far anything is from this place: being much nearer is what counts.
        vote = np.maximum(0, 1 - away / (away[:, -1:] + 1e-6))
        vote[found < 0] = 0
        votes = np.bincount(self._owner[found.ravel()], vote.ravel(), 4 * self._count).astype(np.float64)
        best = np.argsort(-votes)[:most] if len(votes) <= most else _largest(votes, most)
        return [Proposal(int(at) // 4, int(at) % 4, float(votes[at])) for at in best if votes[at] > 0]


def _largest(votes: Doubles, most: int) -> "NDArray[np.int64]":
    some = np.argpartition(-votes, most)[:most]
    return some[np.argsort(-votes[some])]


def _rows(one: Features) -> "list[NDArray[np.uint8]]":
    """The descriptors of one original in each of its views."""
    rare = one.descriptors[::_NEGATIVE_SHARE]
    return [
        one.descriptors,
        one.descriptors[:, _MIRRORED],
        rare[:, _NEGATIVE],
        rare[:, _NEGATIVE][:, _MIRRORED],
    ]


def _filled(described: "NDArray[np.uint8]") -> "faiss.Index | None":
    if not len(described):
        return None
    floats = described.astype(np.float32)
    if len(described) < _FEW:
        flat = faiss.IndexFlatL2(128)
        flat.add(floats)
        return flat
    lists = 2 ** int(np.log2(max(16, len(described) / _A_LIST_HOLDS)))
    index = faiss.index_factory(128, f"PCA{_KEPT_NUMBERS},IVF{lists},SQ8")
    inner = faiss.extract_index_ivf(index)
    inner.cp.niter, inner.cp.min_points_per_centroid, inner.nprobe = 6, 1, _PROBES
    some = np.random.Generator(np.random.PCG64(0)).permutation(len(floats))[:_TRAINED_ON]
    index.train(floats[some])
    index.add(floats)
    return index
