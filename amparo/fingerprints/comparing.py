"""Whether what lies between the agreeing places is the same too.

Two screens of one program, two memes on one template or two letters under one letterhead agree on some places
and on one movement. What they show between those places differs. So the original is laid over the picture by
the map that the places gave, and where both have something to see, small windows must vary together: across
and down, because lines of print vary together down the page whatever they say.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from amparo.fingerprints import vision
from amparo.fingerprints.bending import area, laid
from amparo.fingerprints.vision import Doubles, Floats, Gray

_PIXELS = 30_000
_WINDOW = 11
_LEAST_CHANGE = 5.0  # grey levels of standard deviation: below, a window shows nothing to compare
_TOGETHER = 0.4  # correlation of what changes across, and of what changes down
_LEVELS_TOGETHER = 0.7
_FLAT = 4.0  # grey levels from one point to the next but one

LEAST_ALIKE = 0.38
LEAST_OF_ALL = 0.3
LEAST_BOTH_WAYS = 0.78
ALIKE_WITHOUT_COVER = 0.685
ALIKE_BESIDE_INSET = 0.6
MOST_WITHIN_INSET = 0.12
NOTHING_APART = 0.985
LEAST_PLAIN = 0.22


@dataclass(frozen=True)
class Overlap:
    """`alike`: of the windows in which both show something, the share that vary together, across and down.

    `of_all`: the same, with windows in which only one shows something counted as half a difference.
    `levels`: the share that vary together when the direction is not asked for. `plain`: how much of the
    picture is flat where the two differ, as under a sticker or a bar. `shown`: share of the original's area
    that lies inside the picture; `filled`: share of the picture that the original fills. `within`: of the
    rectangle around what differs, the share that is alike all the same; near none where another picture was
    set in.
    """

    alike: float
    of_all: float
    levels: float
    plain: float
    shown: float
    filled: float
    within: float

    @property
    def same(self) -> bool:
        """Whether this can be a copy: alike for the most part, or else what differs was laid over it."""
        if self.alike < LEAST_ALIKE or self.of_all < LEAST_OF_ALL:
            return False
        if self.alike < LEAST_BOTH_WAYS * self.levels and self.levels < NOTHING_APART:
            return False  # the same lines of print, with other words in them
        inset = self.within <= MOST_WITHIN_INSET and self.alike >= ALIKE_BESIDE_INSET
        return self.alike >= ALIKE_WITHOUT_COVER or self.plain >= LEAST_PLAIN or inset


def overlap(picture: Gray, original: Gray, exact: Doubles, *, negative: bool = False) -> Overlap:
    """Gives how the two compare; `exact` `(3, 3)` takes the original's pixels to the picture's."""
    here, mine = small(picture), small(original)
    height, width = here.shape
    grow = np.diag([width / picture.shape[1], height / picture.shape[0], 1.0])
    shrink = np.diag([original.shape[1] / mine.shape[1], original.shape[0] / mine.shape[0], 1.0])
    exact = grow @ exact @ shrink
    over, inside = laid(_fitting(mine, exact), exact / exact[2, 2], (width, height))
    taken = area(exact, (mine.shape[1], mine.shape[0]))
    total = inside.sum()
    inside &= vision.lowest(inside.astype(np.uint8), _WINDOW) > 0
    seen = _Seen.of(here.astype(np.float32), 255 - over if negative else over)
    both, either = inside & seen.first & seen.second, inside & (seen.first | seen.second)
    alike = both & (seen.directions > _TOGETHER)
    differs = both & ~alike
    return Overlap(
        alike=_share(alike, both.sum()),
        of_all=_share(alike & (seen.levels > 0.5), both.sum() + 0.5 * (either & ~both).sum()),
        levels=_share(both & (seen.levels > _LEVELS_TOGETHER), both.sum()),
        plain=_share(differs & _flat(here), differs.sum()),
        shown=float(min(1.0, total / max(1.0, taken))),
        filled=float(total / inside.size),
        within=_within(alike, both),
    )


def small(picture: Gray) -> Gray:
    """Gives the picture at 30,000 pixels at most: all that is compared, all that an index keeps."""
    return vision.resized(picture, _PIXELS) if picture.size > _PIXELS else picture


def _within(alike: NDArray[np.bool_], both: NDArray[np.bool_]) -> float:
    differs = vision.averaged((both & ~alike).astype(np.float32), 5) > 0.6
    down, across = np.nonzero(differs)
    if not len(down):
        return 1.0
    (top, low), (left, right) = np.percentile(down, (2, 98)), np.percentile(across, (2, 98))
    box = np.s_[int(top) : int(low) + 1, int(left) : int(right) + 1]
    return _share(alike[box], both[box].sum())


def _share(some: NDArray[np.bool_], of: float) -> float:
    return float(min(1.0, some.sum() / max(1.0, of)))


def _fitting(mine: Gray, exact: Doubles) -> Floats:
    """Blurs what will be made smaller, so that both are equally fine."""
    share = abs(np.linalg.det(exact[:2, :2] / exact[2, 2])) ** 0.5
    sigma = 0.5 * max(0.0, 1 / max(share, 0.05) ** 2 - 1) ** 0.5
    floats = mine.astype(np.float32)
    return vision.blurred(floats, sigma) if sigma > 0.3 else floats


@dataclass(frozen=True)
class _Seen:
    """For each window: whether the first and the second show something, and how they vary together."""

    first: NDArray[np.bool_]
    second: NDArray[np.bool_]
    levels: Floats
    directions: Floats

    @classmethod
    def of(cls, first: Floats, second: Floats) -> "_Seen":
        first, second = vision.blurred(first, 1.0), vision.blurred(second, 1.0)
        varies, other_varies, levels = _together(first, second, 1.0)
        (across, down), (other_across, other_down) = _changes(first), _changes(second)
        directions = np.minimum(_together(across, other_across, 0.5)[2], _together(down, other_down, 0.5)[2])
        least = _LEAST_CHANGE**2
        return cls(varies > least, other_varies > least, levels, directions)


def _together(first: Floats, second: Floats, floor: float) -> "tuple[Floats, Floats, Floats]":
    """Gives the variance of each in every window and their correlation; `floor` keeps plain ones near 0."""
    one, other = vision.averaged(first, _WINDOW), vision.averaged(second, _WINDOW)
    varies = np.maximum(vision.averaged(first * first, _WINDOW) - one * one, 0)
    other_varies = np.maximum(vision.averaged(second * second, _WINDOW) - other * other, 0)
    shared = vision.averaged(first * second, _WINDOW) - one * other
    together = shared / np.sqrt(varies * other_varies + np.float32(floor))
    return (
        np.asarray(varies, np.float32),
        np.asarray(other_varies, np.float32),
        np.asarray(together, np.float32),
    )


def _changes(picture: Floats) -> "tuple[Floats, Floats]":
    across, down = np.zeros_like(picture), np.zeros_like(picture)
    across[:, 1:-1] = picture[:, 2:] - picture[:, :-2]
    down[1:-1] = picture[2:] - picture[:-2]
    return across, down


def _flat(picture: Gray) -> NDArray[np.bool_]:
    across, down = _changes(picture.astype(np.float32))
    return np.asarray(np.abs(across) + np.abs(down) < _FLAT)
