"""The parent's side of the decoder box: a picture's pixels, decoded in a throw-away process.

No decoder is ever loaded in this process.
"""

import struct
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from amparo.errors import Refused
from amparo.fingerprints import limits
from amparo.fingerprints.box.wire import Status
from amparo.fingerprints.kinds import kind_of
from amparo.fingerprints.protecting import protection
from amparo.fingerprints.running import Answer, order, run
from amparo.words import Words, words

if TYPE_CHECKING:
    import numpy

_SMALLER = words("Save a smaller copy with your photo program and give that.")
_AGAIN = words("Copy the photo again from where you have it, then try once more.")

TOO_MANY_BYTES = (words("This file is larger than {n} MB.", n=limits.MAX_BYTES // 1_000_000), _SMALLER)

REASONS: dict[Status, tuple[Words, Words]] = {
    Status.DAMAGED: (words("This picture is damaged or cut off."), _AGAIN),
    Status.TOO_MANY_PIXELS: (
        words("This picture has more than {n} million pixels.", n=limits.MAX_PIXELS // 1_000_000),
        _SMALLER,
    ),
    Status.SIDE_TOO_LONG: (
        words("This picture has a side longer than {n} pixels.", n=limits.MAX_SIDE),
        _SMALLER,
    ),
    Status.TOO_MUCH_MEMORY: (words("This picture needs too much memory."), _SMALLER),
    Status.NO_DECODER: (
        words("This computer has no reader for this kind of picture."),
        words("Save it as JPEG with your photo program and give that."),
    ),
    Status.TOO_SMALL: (
        words("This picture is too small to be recognised."),
        words("Give a larger copy of it."),
    ),
    Status.TOO_MANY_BYTES: TOO_MANY_BYTES,
}
NO_ANSWER = (
    words("This picture could not be read."),
    words("Save it again as JPEG or PNG and give that file."),
)


@dataclass(frozen=True)
class Picture:
    """Pixels `(height, width, 3) uint8`: RGB, upright, transparency over white. `protection` is its level."""

    pixels: "numpy.ndarray"
    kind: str
    width: int
    height: int
    protection: str


def decode(untrusted: bytes, *, longest_side: int | None = None) -> Picture:
    """Gives the pixels of a picture, reduced to `longest_side` pixels if given.

    Raises Refused for a file that is not a picture, too large or damaged; CouldNot when no worker can start.
    """
    import numpy

    kind = kind_of(untrusted)
    said = ask(untrusted, job="pixels", kind=kind, longest_side=longest_side)
    width, height = said.header.width, said.header.height
    pixels = numpy.frombuffer(said.body, numpy.uint8).reshape(height, width, 3)
    return Picture(pixels, kind, width, height, protection().level)


def ask(untrusted: bytes, *, job: str, kind: str, longest_side: int | None = None) -> Answer:
    """Gives a worker's answer about one picture; raises Refused or CouldNot."""
    if len(untrusted) > limits.MAX_BYTES:
        raise Refused(*TOO_MANY_BYTES)
    said = run(order(job=job, kind=kind, layers=protection().layers, longest_side=longest_side), untrusted)
    if said is None:
        raise Refused(*NO_ANSWER)
    if said.header.status is not Status.DONE:
        raise Refused(*REASONS[said.header.status])
    return said


def preview(untrusted: bytes, *, longest_side: int = 512) -> bytes:
    """Gives a small PNG made anew from pixels: no EXIF, no place and no name is in it.

    Raises Refused where protection is reduced (previews are off there), and as `decode` does.
    """
    if not protection().previews:
        raise Refused(
            words("Previews are off, because this computer cannot open pictures safely enough."),
            words("The fingerprint still works. Linux with a recent kernel shows previews."),
        )
    picture = decode(untrusted, longest_side=longest_side)
    return b"".join(_png(picture.width, picture.height, picture.pixels.tobytes()))


def _png(width: int, height: int, rgb: bytes) -> Iterator[bytes]:
    """RGB pixels as PNG (ISO/IEC 15948): no decoder is needed to write one."""
    row = 3 * width
    lines = b"".join(b"\x00" + rgb[at : at + row] for at in range(0, row * height, row))
    yield b"\x89PNG\r\n\x1a\n"
    yield _chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0))
    yield _chunk(b"IDAT", zlib.compress(lines, 6))
    yield _chunk(b"IEND", b"")


def _chunk(name: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))
