"""The processes that look: each has the index, and its own boxes for decoding.

They get batches of what was found and give for each which of mine it shows. Order is kept, and the number of
batches on the way is limited, so memory stays flat however large the archive is.
"""

import atexit
import itertools
import os
import threading
import time
from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from contextlib import AbstractContextManager
from dataclasses import dataclass, replace
from multiprocessing import get_context
from pathlib import Path
from typing import IO

import numpy as np

from amparo.errors import AmparoError
from amparo.fingerprints.clips import ClipMatch, Clips, Span
from amparo.fingerprints.kinds import HEAD_BYTES
from amparo.fingerprints.rasters import Boxes, Raster, boxes_kept, rasters
from amparo.fingerprints.reading import read_file
from amparo.fingerprints.scanning.finds import Corrupted, Find, Media
from amparo.fingerprints.video import in_memory, is_video, opened, views

BATCH = 48
BATCH_BYTES = 24_000_000
_ON_THE_WAY = 2  # batches per process
_ENVIRONMENT = {"OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1", "MKL_NUM_THREADS": "1"}

_clips: Clips | None = None
_boxes: Boxes = {}


@dataclass(frozen=True)
class Shown:
    """One of mine that is shown: its place in the list, and how, as one process tells another."""

    mine: int
    score: float
    code: str
    words: str


@dataclass(frozen=True)
class Seen:
    """What came of one find: the matches of a picture or video; `status`: read, not_read or corrupted."""

    url: str
    media_url: str
    matches: tuple[Shown, ...]
    status: str


@dataclass(frozen=True)
class Batch:
    """Some finds of one source (its number), none of whose places is cut in two."""

    source: int
    finds: tuple[Find, ...]

    @property
    def place(self) -> int:
        """Where the source goes on after it."""
        return self.finds[-1].place


def batches(source: int, finds: Iterable[Find]) -> Iterator[Batch]:
    """Gives the finds of a source in batches, limited in number and bytes."""
    held: list[Find] = []
    size = 0
    for find in finds:
        if held and find.place != held[-1].place and (len(held) >= BATCH or size >= BATCH_BYTES):
            yield Batch(source, tuple(held))
            held, size = [], 0
        held.append(find)
        if isinstance(find, Media) and isinstance(find.content, bytes):
            size += len(find.content)
    if held:
        yield Batch(source, tuple(held))


def look(clips: Clips, given: Iterable[Batch], *, processes: int) -> Iterator[tuple[Batch, list[Seen]]]:
    """Gives each batch, in order, with what came of it."""
    before = {name: os.environ.get(name) for name in _ENVIRONMENT}
    os.environ.update(_ENVIRONMENT)  # one thread in each process; they are started from here
    try:
        pool = ProcessPoolExecutor(
            processes, get_context("spawn"), initializer=_prepare, initargs=(os.getpid(), *clips.kept())
        )
        with pool:
            yield from _in_order(pool, iter(given), processes * _ON_THE_WAY)
    finally:
        for name, value in before.items():
            if value is None:
                os.environ.pop(name, None)
            else:
                os.environ[name] = value


def _in_order(
    pool: ProcessPoolExecutor, given: Iterator[Batch], most: int
) -> Iterator[tuple[Batch, list[Seen]]]:
    waiting: deque[tuple[Batch, Future[list[Seen]]]] = deque()
    try:
        for batch in itertools.chain(given, (None,)):
            if batch is not None:
                waiting.append((batch, pool.submit(_look, batch.finds)))
            while waiting and (batch is None or len(waiting) > most):
                done, future = waiting.popleft()
                yield done, future.result()
    finally:
        for _, future in waiting:
            future.cancel()


def _prepare(parent: int, spans: "list[Span]", index: bytes, count: int) -> None:
    global _clips
    threading.Thread(target=_end_with, args=(parent,), daemon=True).start()
    _clips = Clips.from_kept(spans, index, count)
    _boxes.update(boxes_kept())
    atexit.register(_close)


def _close() -> None:
    for box in _boxes.values():
        box.close()


def _end_with(parent: int) -> None:
    """A process that was killed tells nobody: this one looks, and does not stay behind."""
    while os.getppid() == parent:
        time.sleep(0.5)
    os._exit(1)


def _look(finds: tuple[Find, ...]) -> list[Seen]:
    assert _clips is not None  # noqa: S101 -- _prepare ran
    return look_at(_clips, finds, kept=_boxes)


def look_at(clips: Clips, finds: Iterable[Find], *, kept: Boxes | None = None) -> list[Seen]:
    """Gives what came of each find, in this process."""
    given = list(finds)
    videos = [isinstance(one, Media) and _is_video(one.content) for one in given]
    pictures = (
        one.content for one, video in zip(given, videos, strict=True) if isinstance(one, Media) and not video
    )
    read = rasters((_bytes_of(content) for content in pictures), kept=kept)
    first: dict[int, Raster] = {}
    seen = [
        _seen_video(clips, one) if video else _seen(clips, one, read, at, first)
        for at, (one, video) in enumerate(zip(given, videos, strict=True))
    ]
    for _ in read:  # nothing is left; it ends
        pass
    return _again(clips, given, seen, first)


def _again(clips: Clips, given: list[Find], seen: list[Seen], first: dict[int, Raster]) -> list[Seen]:
    """Reads the pictures that show one of mine once more, in a fresh worker that never saw the others.

    A hostile picture that took its first worker over cannot so make a match be told of those after it. Where
    both workers gave the same pixels, the answer is the same.
    """
    contents = (one.content for at in first if isinstance(one := given[at], Media))
    again = rasters(_bytes_of(content) for content in contents)
    for (at, before), answer in zip(first.items(), again, strict=True):
        if isinstance(answer, AmparoError):
            seen[at] = replace(seen[at], matches=(), status="not_read")
        elif not np.array_equal(answer.pixels, before.pixels):
            seen[at] = replace(seen[at], matches=_shown(clips.in_picture(answer)))
    return seen


def _is_video(content: bytes | Path) -> bool:
    if isinstance(content, bytes):
        return is_video(content[:HEAD_BYTES])
    try:
        with content.open("rb") as file:
            return is_video(file.read(HEAD_BYTES))
    except OSError:
        return False


def _bytes_of(content: bytes | Path) -> bytes:
    """Gives the bytes; none for a file that cannot be read, which is then counted as not read."""
    try:
        return content if isinstance(content, bytes) else read_file(content)
    except AmparoError:
        return b""


def _seen(
    clips: Clips, one: Find, read: Iterator[Raster | AmparoError], at: int, first: dict[int, Raster]
) -> Seen:
    if isinstance(one, Corrupted):
        return Seen("", "", (), "corrupted")
    answer = next(read)
    if isinstance(answer, AmparoError):
        return Seen(one.url, one.media_url, (), "not_read")
    matches = clips.in_picture(answer)
    if matches:
        first[at] = answer
    return Seen(one.url, one.media_url, _shown(matches), "read")


def _shown(matches: list[ClipMatch]) -> tuple[Shown, ...]:
    return tuple(Shown(one.mine, one.score, one.how.code, str(one.how.words)) for one in matches)


def _seen_video(clips: Clips, one: Find) -> Seen:
    assert isinstance(one, Media)  # noqa: S101 -- only media are videos
    try:
        with _opened(one.content) as video:
            return Seen(one.url, one.media_url, _shown(clips.in_video(views(video))), "read")
    except AmparoError:
        return Seen(one.url, one.media_url, (), "not_read")
    finally:
        if one.spilled and isinstance(one.content, Path):
            one.content.unlink(missing_ok=True)


def _opened(content: bytes | Path) -> "AbstractContextManager[IO[bytes]]":
    if isinstance(content, bytes):
        return in_memory(content)
    return opened(content)
