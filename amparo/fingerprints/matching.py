"""Which of my pictures a picture shows: whole or cut, turned, mirrored, covered, inside a screenshot.

Cheap steps propose, one dear step decides. Places of the picture are looked up in the index of all originals;
the few originals with votes are described against it more finely; a match is said only where enough distinct
places agree on one movement (`agreeing`) and what lies between them is the same (`comparing`).
"""

import functools
import io
from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from amparo.errors import Refused
from amparo.fingerprints.agreeing import NOTHING, Agreement, agree
from amparo.fingerprints.bending import Bend, bent
from amparo.fingerprints.comparing import Overlap, overlap, small
from amparo.fingerprints.features import (
    OF_ORIGINAL,
    OF_WEB,
    OF_WEB_FINE,
    Features,
    distinctive,
    features,
)
from amparo.fingerprints.framed import framed
from amparo.fingerprints.lookup import VIEWS, Lookup, Proposal, seen
from amparo.fingerprints.rasters import Raster
from amparo.fingerprints.telling import How, how
from amparo.fingerprints.vision import Doubles, Gray, resized
from amparo.words import words

TOO_PLAIN = Refused(
    words("This picture has too little detail to be recognised."),
    words("Give a larger or sharper copy, or another picture of the same moment."),
)

LEAST_PLACES = 8
LEAST_SHARE = 0.1
LEAST_SPREAD = 0.15
MOST_SLID = 0.31
LEAST_VOTES = 1.1
PLAIN_PLACES = 16
_LOOK_PIXELS = 50_000
_FINE_PIXELS = 160_000
_SURE_PLACES = 20
_CANDIDATES = 4


@dataclass(frozen=True)
class Match:
    """One of mine that a picture shows. `mine` is its place in the list the index was built from.

    `score`: 0.5 at the least evidence that counts (LEAST_PLACES distinct places that agree), and half the way
    nearer to 1 with as many more; 1 only for the same file. It is no probability: docs/fingerprints.md says
    how often it errs. `places` is that number, `alike` the share of what both show that is the same.
    """

    mine: int
    score: float
    how: How
    places: int
    alike: float


@dataclass(frozen=True)
class _Original:
    """`size` is that of the pixels the features stand in; `pixels` is smaller."""

    features: Features
    pixels: Gray
    size: tuple[int, int]


class Index:
    """My pictures, made ready to be found. Holds a small grey copy of each: as private as the pictures."""

    def __init__(self, originals: "Sequence[_Original]") -> None:
        self._originals = tuple(originals)
        self._lookup = Lookup([one.features for one in self._originals])

    @classmethod
    def build(cls, originals: "Sequence[Raster]") -> "Index":
        """Gives the index of these pictures."""
        return cls([_original(one.pixels) for one in originals])

    def __len__(self) -> int:
        return len(self._originals)

    @property
    def too_plain(self) -> "tuple[int, ...]":
        """Which of mine have too little detail to be found by what they show."""
        return tuple(at for at, one in enumerate(self._originals) if len(one.features) < PLAIN_PLACES)

    def find(self, picture: Raster) -> "list[Match]":
        """Gives which of my pictures this one shows, the surest first; mostly none.

        A picture on a screen or between bars is looked at once more without them, if nothing was found.
        """
        found = self._found(_Look(picture.pixels))
        within = None if found else framed(picture.pixels)
        return found if within is None else self._found(_Look(*within))

    def _found(self, look: "_Look") -> "list[Match]":
        found: dict[int, Match] = {}
        for proposal in self._lookup.proposals(look.quick, _CANDIDATES):
            if proposal.votes < LEAST_VOTES:
                break
            match = self._decided(look, proposal)
            if match is not None and match.score > getattr(found.get(match.mine), "score", 0):
                found[match.mine] = match
        return sorted(found.values(), key=lambda match: -match.score)

    def _decided(self, look: "_Look", proposal: Proposal) -> Match | None:
        mine = self._originals[proposal.original]
        mirrored, negative = VIEWS[proposal.view]
        as_seen = seen(mine.features, mine.size[0], mirrored=mirrored, negative=negative)
        agreed, pixels = look.agreement(as_seen, mine.size)
        if agreed.places < LEAST_PLACES:
            return None
        bend = bent(agreed, _size(pixels), mine.size)
        if bend.share < LEAST_SHARE or bend.spread < LEAST_SPREAD or bend.slid > MOST_SLID:
            return None
        original = np.ascontiguousarray(mine.pixels[:, ::-1]) if mirrored else mine.pixels
        shown = overlap(pixels, original, _from_small(bend, mine), negative=negative)
        if not shown.same:
            return None
        return _match(proposal.original, agreed, look.of_whole(shown), mirrored=mirrored, negative=negative)

    def to_bytes(self) -> bytes:
        """Gives the index as bytes (a NumPy archive without objects); whoever keeps them seals them."""
        parts: dict[str, np.ndarray] = {}
        for at, one in enumerate(self._originals):
            parts |= {f"p{at}": one.features.places, f"d{at}": one.features.descriptors}
            parts |= {f"g{at}": one.pixels, f"s{at}": np.array(one.size)}
        out = io.BytesIO()
        np.savez(out, allow_pickle=False, **parts)
        return out.getvalue()

    @classmethod
    def from_bytes(cls, kept: bytes) -> "Index":
        """Gives the index that `to_bytes` gave; raises ValueError for anything else."""
        with np.load(io.BytesIO(kept), allow_pickle=False) as parts:
            count = sum(name.startswith("s") for name in parts)
            return cls(
                [
                    _Original(
                        Features(parts[f"p{at}"], parts[f"d{at}"]),
                        parts[f"g{at}"],
                        (int(parts[f"s{at}"][0]), int(parts[f"s{at}"][1])),
                    )
                    for at in range(count)
                ]
            )


def _original(pixels: Gray) -> _Original:
    fitted = resized(pixels, _FINE_PIXELS)
    found = distinctive(features(fitted, OF_ORIGINAL))
    return _Original(found, small(pixels), (fitted.shape[1], fitted.shape[0]))


def _match(mine: int, agreed: Agreement, shown: Overlap, *, mirrored: bool, negative: bool) -> Match:
    score = round(min(0.999, 1 - 0.5 ** (agreed.places / LEAST_PLACES)), 3)
    said = how(agreed, shown, mirrored=mirrored, negative=negative)
    return Match(mine, score, said, agreed.places, round(shown.alike, 3))


def _from_small(bend: Bend, mine: _Original) -> Doubles:
    """The map again, from the pixels of the small copy that the index keeps."""
    return bend.map @ np.diag([mine.size[0] / mine.pixels.shape[1], mine.size[1] / mine.pixels.shape[0], 1.0])


class _Look:
    """A picture, or `share` of one, described as finely as it is asked for."""

    def __init__(self, pixels: Gray, share: float = 1.0) -> None:
        self._pixels = pixels
        self._share = share

    def of_whole(self, shown: Overlap) -> Overlap:
        """Gives the same with how much of the whole picture is filled."""
        return replace(shown, filled=shown.filled * self._share)

    @functools.cached_property
    def _small(self) -> Gray:
        return resized(self._pixels, _LOOK_PIXELS)

    @functools.cached_property
    def _large(self) -> Gray:
        return resized(self._pixels, _FINE_PIXELS)

    @functools.cached_property
    def quick(self) -> Features:
        return features(self._small, OF_WEB)

    @functools.cached_property
    def _fine(self) -> Features:
        return features(self._large, OF_WEB_FINE)

    def agreement(self, mine: Features, size: "tuple[int, int]") -> "tuple[Agreement, Gray]":
        """Gives how far this picture agrees with one of mine, and the pixels that the map leads to."""
        agreed = agree(self.quick, mine, _size(self._small), size)
        if agreed.places >= _SURE_PLACES:
            return agreed, self._small
        finer = agree(self._fine, mine, _size(self._large), size)
        if finer.places >= agreed.places:
            return finer, self._large
        return (agreed, self._small) if agreed.places else (NOTHING, self._small)


def _size(pixels: Gray) -> "tuple[int, int]":
    return pixels.shape[1], pixels.shape[0]
