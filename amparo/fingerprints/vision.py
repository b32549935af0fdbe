"""All that is used of OpenCV: seven functions on arrays, none of which was learnt from data.

No other module imports it, and a house test holds the list of its names. OpenCV also reads files, films and
faces: not here. It sees only arrays that the decoder box returned, never a byte of a picture file.
"""

from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

Gray = NDArray[np.uint8]
Floats = NDArray[np.float32]
Doubles = NDArray[np.float64]

cv2.setNumThreads(1)  # as many pictures at a time as there are processes, and no thread besides


def blurred(picture: Floats, sigma: float, *, reach: float = 2.6) -> Floats:
    """Gives the picture blurred by a Gaussian, cut off at `reach` sigmas."""
    side = 2 * int(reach * sigma + 0.5) + 1
    return _floats(cv2.GaussianBlur(picture, (side, side), sigma))


def averaged(picture: Floats, side: int) -> Floats:
    """Gives for each point the average of the square of that side around it."""
    return _floats(cv2.blur(picture, (side, side)))


def highest(picture: Floats, side: int = 3) -> Floats:
    """Gives for each point the highest value in the square of that side around it."""
    return _floats(cv2.dilate(picture, np.ones((side, side), np.uint8)))


def lowest(picture: Any, side: int = 3) -> Any:
    """Gives for each point the lowest value in the square of that side around it."""
    return cv2.erode(picture, np.ones((side, side), np.uint8))


def polar(dx: Floats, dy: Floats) -> "tuple[Floats, Floats]":
    """Gives length and angle, in degrees from 0 to 360."""
    length, angle = cv2.cartToPolar(dx, dy, angleInDegrees=True)
    return _floats(length), _floats(angle)


def resized(picture: Gray, most: int) -> Gray:
    """Gives the picture at so many pixels: large ones averaged, small ones at most doubled each way."""
    share = (most / picture.size) ** 0.5
    if 1 <= share < 1.25:
        return picture
    kind = cv2.INTER_AREA if share < 1 else cv2.INTER_CUBIC
    share = min(share, 2.0)
    size = max(1, round(picture.shape[1] * share)), max(1, round(picture.shape[0] * share))
    return np.asarray(cv2.resize(picture, size, interpolation=kind), np.uint8)


def _floats(array: Any) -> Floats:
    return np.asarray(array, np.float32)
