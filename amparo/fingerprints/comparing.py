"""Whether what lies between the agreeing places is the same too.

Two screens of one program, two memes on one template or two letters under one letterhead agree on some places
and on one movement. What they show between those places differs. So the original is laid over the picture by
the map that the places gave, and where either has anything to see, small windows must vary together.
"""

from dataclasses import dataclass

import numpy as np

from amparo.fingerprints import vision
from amparo.fingerprints.vision import Doubles, Floats, Gray

_PIXELS = 30_000
_WINDOW = 11
_LEAST_CHANGE = 5.0  # grey levels of standard deviation: below, a window shows nothing to compare
_LEAST_ALIKE = 0.55


@dataclass(frozen=True)
class Overlap:
    """`alike`: share of the windows with something to see that vary together; `shown`: share of the
    original's
    area that lies inside the picture; `filled`: share of the picture that the original fills."""

    alike: float
    shown: float
    filled: float
    seen: float


def overlap(picture: Gray, original: Gray, exact: Doubles, *, negative: bool = False) -> Overlap:
    """Gives how the two compare; `exact` takes the original's pixels (x, y, 1) to the picture's."""
    here, mine = small(picture), small(original)
    height, width = here.shape
    grow = np.diag([width / picture.shape[1], height / picture.shape[0]])
    shrink = np.diag([original.shape[1] / mine.shape[1], original.shape[0] / mine.shape[0]])
    exact = np.column_stack([grow @ exact[:, :2] @ shrink, grow @ exact[:, 2]])
    laid = vision.laid(_fitting(mine, exact), exact, (width, height))
    inside = vision.laid(np.full(mine.shape, 255, np.uint8), exact, (width, height)) > 250
    first, second = here.astype(np.float32), laid
    varies, other_varies, together = _variations(first, second)
    together = -together if negative else together
    inside &= vision.lowest(inside.astype(np.uint8), _WINDOW) > 0
    first_shows, second_shows = varies > _LEAST_CHANGE**2, other_varies > _LEAST_CHANGE**2
    shows = inside & (first_shows | second_shows)
    # A sticker or a bar of one colour says less against a copy than another photo in its place does.
    against = (inside & first_shows & second_shows).sum() + 0.5 * (
        inside & (first_shows ^ second_shows)
    ).sum()
    alike = shows & (together > _LEAST_ALIKE * np.sqrt(varies * other_varies + 1))
    area = abs(np.linalg.det(exact[:, :2])) * mine.size
    total = inside.sum()
    return Overlap(
        float(min(1.0, alike.sum() / max(1.0, against))),
        float(min(1.0, total / max(1.0, area))),
        float(total / inside.size),
        float(shows.sum() / max(1, total)),
    )


def small(picture: Gray) -> Gray:
    """Gives the picture at 30,000 pixels at most: all that is compared, all that an index keeps."""
    return vision.resized(picture, _PIXELS) if picture.size > _PIXELS else picture


def _fitting(mine: Gray, exact: Doubles) -> Floats:
    """Blurs what will be made smaller, so that both are equally fine."""
    share = abs(np.linalg.det(exact[:, :2])) ** 0.5
    sigma = 0.5 * max(0.0, 1 / max(share, 0.05) ** 2 - 1) ** 0.5
    floats = mine.astype(np.float32)
    return vision.blurred(floats, sigma) if sigma > 0.3 else floats


def _variations(first: Floats, second: Floats) -> "tuple[Floats, Floats, Floats]":
    first, second = vision.blurred(first, 1.0), vision.blurred(second, 1.0)
    one, other = vision.averaged(first, _WINDOW), vision.averaged(second, _WINDOW)
    return (
        np.maximum(vision.averaged(first * first, _WINDOW) - one * one, 0),
        np.maximum(vision.averaged(second * second, _WINDOW) - other * other, 0),
        vision.averaged(first * second, _WINDOW) - one * other,
    )
