"""Numbers that her browser made, so that the picture stayed on her device. They are from outside: checked."""

import json
from dataclasses import dataclass

from amparo.errors import Refused, WrongUse
from amparo.fingerprints import limits
from amparo.fingerprints.box.wire import Status
from amparo.fingerprints.decoding import REASONS
from amparo.fingerprints.fingerprint import too_plain
from amparo.web.notes.carried import MOST_PICTURES, Number, number_of
from amparo.words import Words, words

MOST_CHARS = 200 * MOST_PICTURES
TOO_MANY_BYTES = (words("One file is larger than 50 MB."), words("Save a smaller copy and choose that."))

_WHY: dict[str, tuple[Words, Words]] = {
    "empty": (words("This file is empty."), words("Copy the photo again, then try once more.")),
    "bytes": TOO_MANY_BYTES,
    "side": REASONS[Status.SIDE_TOO_LONG],
    "pixels": REASONS[Status.TOO_MANY_PIXELS],
    "small": REASONS[Status.TOO_SMALL],
    "unread": (
        words("Your browser cannot open this picture."),
        words("Save it again as JPEG or PNG and give that file."),
    ),
    # A canvas has lost the colour of such points, so the number would differ from everybody else's.
    "transparent": (
        words("Parts of this picture are transparent."),
        words("Save it as JPEG with your photo program and give that."),
    ),
}


@dataclass(frozen=True)
class NotRead:
    """One file of which no number was made: its place in her choice, and why."""

    place: int
    what: Words
    next: Words


def read(untrusted: str) -> tuple[list[Number], list[NotRead]]:
    """Gives the numbers, and what was not read. Raises WrongUse for what no page of ours sends."""
    try:
        held = json.loads(untrusted) if len(untrusted) <= MOST_CHARS else None
    except (ValueError, RecursionError):
        held = None
    if not isinstance(held, list) or len(held) > MOST_PICTURES:
        raise _unreadable()
    made: list[Number] = []
    not_read: list[NotRead] = []
    for place, one in enumerate(held, 1):
        match one:
            case [str(why)] if why in _WHY:
                not_read.append(NotRead(place, *_WHY[why]))
            case _:
                number = number_of(one)
                if number.quality < limits.MIN_QUALITY:
                    not_read.append(NotRead(place, *too_plain(number.quality)))
                else:
                    made.append(number)
    return made, not_read


def none_chosen() -> Refused:
    """Gives the answer to a form without a file."""
    return Refused(words("No file was chosen."), words("Choose one or more pictures, or go on without."))


def _unreadable() -> WrongUse:
    return WrongUse(
        words("This page came back in a form that cannot be read."),
        words("Go back one page and send it again. Nothing was sent to anyone."),
    )
