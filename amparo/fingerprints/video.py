"""Videos: frames for exchange and frames for matching, decoded in a throw-away process.

No decoder is ever loaded in this process, and every number that the worker answers is checked.
"""

import contextlib
import hashlib
import math
import os
import select
import stat
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import IO, TYPE_CHECKING

from amparo.errors import CouldNot, Refused
from amparo.fingerprints import limits
from amparo.fingerprints.box.videos import FRAME, MAGIC, VIEW_PIXELS, Mark
from amparo.fingerprints.box.wire import Status
from amparo.fingerprints.kinds import HEAD_BYTES, seems
from amparo.fingerprints.protecting import protection
from amparo.fingerprints.reading import begins_like_a_picture
from amparo.fingerprints.running import order, started
from amparo.words import Words, words

if TYPE_CHECKING:
    import numpy

MAX_BYTES = 20_000_000_000
MAX_PIXELS = 9_000_000
"""Largest frame: 4096 x 2160. Larger ones need more memory than the box gives."""
MAX_FRAMES = 100_000
MAX_SECONDS = 400_000.0
_CPU_S = 7200
_GAP_S = 30.0
_PIPE_BYTES = 1 << 20

START = (
    "import sys, json; sys.path += json.loads(sys.argv[1]); "
    "from amparo.fingerprints.box.videos import main; main(sys.argv[2])"
)

_SHORTER = words("Save a smaller copy with your video program and give that.")
_AGAIN = words("Save it again as MP4 and give that file.")
_REASONS: dict[Status, tuple[Words, Words]] = {
    Status.DAMAGED: (words("This video is damaged or cut off."), _AGAIN),
    Status.TOO_MANY_PIXELS: (
        words("This video has more than {n} million pixels in a frame.", n=MAX_PIXELS // 1_000_000),
        _SHORTER,
    ),
    Status.SIDE_TOO_LONG: (
        words("This video has a side longer than {n} pixels.", n=limits.MAX_SIDE),
        _SHORTER,
    ),
    Status.TOO_MUCH_MEMORY: (words("This video needs too much memory."), _SHORTER),
    Status.NO_DECODER: (
        words("This computer has no reader for this kind of video."),
        words("Install it with: pip install 'amparo[video]'. Or save the video as MP4 (H.264)."),
    ),
    Status.TOO_SMALL: (
        words("This video is too small to be recognised."),
        words("Give a larger copy of it."),
    ),
}
_TOO_LONG = (words("This video took too long to read."), _SHORTER)
_NO_ANSWER = (words("This video could not be read."), _AGAIN)
_NONE = (words("This file is no video that can be read."), _AGAIN)


@dataclass(frozen=True)
class Frame:
    """One frame for exchange: `t` in seconds, `pdq` as 64 lower-case hex, `quality` 0 to 100."""

    t: float
    pdq: str
    quality: int


@dataclass(frozen=True)
class View:
    """One frame for matching: `t` in seconds, grey `(height, width) uint8`, upright."""

    t: float
    pixels: "numpy.ndarray"


@dataclass(frozen=True)
class VideoFingerprint:
    """A video: SHA-256 of its exact bytes and one frame a second, vPDQ's way.

    `duration_s` is the time of the last frame.
    """

    sha256: str
    frames: tuple[Frame, ...]
    duration_s: float
    protection: str

    @property
    def recognisable(self) -> tuple[Frame, ...]:
        """The frames with enough detail to be told from others."""
        return tuple(one for one in self.frames if one.quality >= limits.MIN_QUALITY)


def is_video(head: bytes) -> bool:
    """Says whether a file that begins so is a video we know."""
    return container_of(head) is not None


def is_video_file(path: Path) -> bool:
    """Says whether a file begins like a video; False for what cannot be read, which is told when it is."""
    try:
        if not stat.S_ISREG(os.stat(path).st_mode):
            return False
        with path.open("rb") as file:
            return is_video(file.read(HEAD_BYTES))
    except (OSError, ValueError):
        return False


def media_in(folder: Path) -> Iterator[Path]:
    """Gives the files that begin like a picture or a video, in a folder and those inside it, by name."""
    for here, folders, names in os.walk(folder):
        folders.sort()
        for path in (Path(here, name) for name in sorted(names)):
            if path.is_file() and (begins_like_a_picture(path) or is_video_file(path)):
                yield path


def container_of(head: bytes) -> str | None:
    """Gives the container by its first bytes (a name in CONTAINERS), None for anything else."""
    head = head[:HEAD_BYTES]
    if head[4:8] == b"ftyp":
        return "mov" if seems(head) == "video" else None
    starts = (
        (b"\x1a\x45\xdf\xa3", "matroska"),
        (b"FLV\x01", "flv"),
        (b"OggS", "ogg"),
        (b"\x30\x26\xb2\x75", "asf"),
        (b"\x00\x00\x01\xba", "mpeg"),
    )
    if head[:4] == b"RIFF" and head[8:12] == b"AVI ":
        return "avi"
    if len(head) > 376 and head[0] == head[188] == head[376] == 0x47:
        return "mpegts"
    return next((kind for start, kind in starts if head.startswith(start)), None)


def fingerprint_video(video: IO[bytes]) -> VideoFingerprint:
    """Gives the fingerprint of an open video file; raises Refused or CouldNot."""
    digest = sha256_of(video)
    with contextlib.closing(_Watching("frames", video)) as watching:
        frames = tuple(
            Frame(round(seconds, 3), pdq.hex(), quality)
            for mark, quality, _, seconds, pdq in watching
            if mark is Mark.EXCHANGE
        )
        return VideoFingerprint(digest, frames, watching.seconds, protection().level)


def sha256_of(video: IO[bytes]) -> str:
    """Gives the SHA-256 of an open file from its start, as hex."""
    video.seek(0)
    digest = hashlib.sha256()
    while part := video.read(_PIPE_BYTES):
        digest.update(part)
    return digest.hexdigest()


def views(video: IO[bytes]) -> Iterator[View]:
    """Gives the frames of an open video file that show something new; raises Refused or CouldNot."""
    import numpy

    with contextlib.closing(_Watching("views", video)) as watching:
        for mark, _, (width, height), seconds, body in watching:
            if mark is Mark.VIEW:
                yield View(round(seconds, 3), numpy.frombuffer(body, numpy.uint8).reshape(height, width))


@contextlib.contextmanager
def opened(path: Path) -> Iterator[IO[bytes]]:
    """Gives a video file open for reading; raises Refused or CouldNot as `reading.read_file` does."""
    with _open(path) as file:
        about = os.fstat(file.fileno())
        if not stat.S_ISREG(about.st_mode):
            raise Refused(words("This is not a file."), words("Give a photo, or a folder of photos."))
        if about.st_size > MAX_BYTES:
            raise Refused(words("This video is too large."), _SHORTER)
        yield file


def _open(path: Path) -> IO[bytes]:
    try:
        return os.fdopen(os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0)), "rb", buffering=0)
    except FileNotFoundError:
        raise Refused(
            words("There is no file at this place."), words("Look at the path and try again.")
        ) from None
    except OSError as error:
        raise CouldNot(
            words("The system refused: {why}.", why=error.strerror or "unknown"),
            words("Look at the path and try again."),
        ) from None


@contextlib.contextmanager
def in_memory(untrusted: bytes) -> Iterator[IO[bytes]]:
    """Gives bytes as an open file that never touches the disk (elsewhere than on Linux: a nameless one)."""
    with _nameless() as file:
        left = memoryview(untrusted)
        while left:
            left = left[file.write(left) :]
        yield file


def _nameless() -> IO[bytes]:
    if hasattr(os, "memfd_create"):
        return os.fdopen(os.memfd_create("amparo"), "w+b", buffering=0)
    return tempfile.TemporaryFile(buffering=0)


Answered = tuple[Mark, int, tuple[int, int], float, bytes]


class _Watching:
    """One worker and its answers in order; `seconds` is known at the end."""

    def __init__(self, job: str, video: IO[bytes]) -> None:
        video.seek(0)
        kind = container_of(video.read(HEAD_BYTES))
        if kind is None:
            raise Refused(*_NONE)
        video.seek(0)
        given = order(job=job, kind=kind, layers=protection().layers)
        mine = replace(given, threads=False, max_pixels=MAX_PIXELS, cpu_s=_CPU_S)
        self._worker = started(mine, start=START, fed=video)
        self.seconds = 0.0

    def __iter__(self) -> Iterator[Answered]:
        last = 0.0
        for _ in range(MAX_FRAMES):
            mark, one, size, seconds, pdq = _checked(self._read(FRAME.size))
            if mark is Mark.END:
                if one:
                    raise Refused(*_REASONS.get(Status(one), _NO_ANSWER))
                self.seconds = last
                return
            last = max(last, seconds)
            yield mark, one, size, seconds, self._read(size[0] * size[1]) if mark is Mark.VIEW else pdq
        raise Refused(*_TOO_LONG)

    def _read(self, length: int) -> bytes:
        assert self._worker.stdout is not None  # noqa: S101 -- asked for with PIPE
        descriptor, got = self._worker.stdout.fileno(), bytearray()
        deadline = time.monotonic() + _GAP_S
        while len(got) < length:
            if not select.select([descriptor], [], [], max(0.0, deadline - time.monotonic()))[0]:
                raise Refused(*_TOO_LONG)
            part = os.read(descriptor, min(length - len(got), _PIPE_BYTES))
            if not part:
                raise Refused(*_NO_ANSWER)
            got += part
        return bytes(got)

    def close(self) -> None:
        """Ends the worker; nothing of it stays."""
        self._worker.kill()
        self._worker.wait()
        assert self._worker.stdout is not None  # noqa: S101 -- asked for with PIPE
        self._worker.stdout.close()


def _checked(untrusted: bytes) -> Answered:
    """The answer is as untrusted as the video."""
    magic, mark, one, width, height, seconds, pdq = FRAME.unpack(untrusted)
    sound = magic == MAGIC and mark in tuple(Mark) and math.isfinite(seconds) and 0 <= seconds <= MAX_SECONDS
    if not sound or (mark == Mark.EXCHANGE and one > 100) or (mark == Mark.END and one not in tuple(Status)):
        raise Refused(*_NO_ANSWER)
    if mark == Mark.VIEW and not 0 < width * height <= 2 * VIEW_PIXELS:
        raise Refused(*_NO_ANSWER)
    return Mark(mark), one, (width, height), seconds, pdq
