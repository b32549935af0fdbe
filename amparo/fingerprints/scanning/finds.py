"""What a scan comes across, one after the other: pictures, videos, and records that cannot be read."""

from dataclasses import dataclass
from pathlib import Path

from amparo.fingerprints.kinds import STRICT_KINDS, THREADED_KINDS, seems
from amparo.fingerprints.video import is_video

PICTURE_KINDS = (*STRICT_KINDS, *THREADED_KINDS)


@dataclass(frozen=True)
class Media:
    """A picture or video. `url`: the page it stands on, `media_url`: its own address (paths in a folder).

    `place` is where its source goes on after a stop (a byte or a count). `content`: its bytes, or a file:
    one of hers, or a large one set down in the scan's private folder (`spilled`).
    """

    url: str
    media_url: str
    place: int
    content: bytes | Path
    spilled: bool = False


@dataclass(frozen=True)
class Corrupted:
    """A record that could not be read; what follows it was."""

    place: int


Find = Media | Corrupted


def is_media(head: bytes) -> bool:
    """Says whether bytes begin like a picture or a video that is read here."""
    return seems(head) in PICTURE_KINDS or is_video(head)
