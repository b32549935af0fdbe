"""Many pictures made small and grey for matching: a few sealed workers, each for some hundred pictures.

A picture's fingerprint is made in a box of its own. Here that would cost fifty times what the reading costs,
so pictures that are only searched share a worker, which is replaced often and after anything unusual. One
that took its worker over could give false pixels for those after it: whoever acts on a match reads that
picture alone again (`alone`).
"""

import contextlib
import os
import select
import subprocess
import threading
import time
from collections import deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from amparo.errors import AmparoError, Refused
from amparo.fingerprints import limits
from amparo.fingerprints.box.wire import ASKED, HEADER, KINDS, Header, Status
from amparo.fingerprints.decoding import NO_ANSWER, REASONS, TOO_MANY_BYTES
from amparo.fingerprints.kinds import THREADED_KINDS, kind_of
from amparo.fingerprints.protecting import protection
from amparo.fingerprints.running import TOO_LONG, order, started

if TYPE_CHECKING:
    import numpy

_RENEWED_AFTER = 400
_AHEAD = 4
_CPU_S = 600
_PIPE_BYTES = 1 << 20


@dataclass(frozen=True)
class Raster:
    """A picture for matching: grey, upright, `(height, width) uint8`, at most about 160,000 pixels."""

    pixels: "numpy.ndarray"

    @property
    def size(self) -> tuple[int, int]:
        """Width and height in pixels."""
        return self.pixels.shape[1], self.pixels.shape[0]


def alone(untrusted: bytes) -> Raster:
    """Gives the raster of one picture, read in a worker of its own; raises Refused or CouldNot."""
    (answer,) = rasters([untrusted])
    if isinstance(answer, AmparoError):
        raise answer
    return answer


Boxes = dict[bool, "Box"]


def boxes_kept() -> Boxes:
    """Gives boxes for `rasters` to use again and again; whoever asks for them closes each at the end."""
    return {threads: Box(threads=threads) for threads in (False, True)}


def rasters(pictures: Iterable[bytes], *, kept: Boxes | None = None) -> Iterator[Raster | AmparoError]:
    """Gives for each picture, in order, its raster or the error that says why there is none.

    Reads a few pictures ahead, so that the worker decodes while the caller computes. With boxes `kept` it
    must be read to its end.
    """
    with contextlib.ExitStack() as ending:
        boxes = kept or boxes_kept()
        for box in () if kept else boxes.values():
            ending.callback(box.close)
        waiting: deque[Box | AmparoError] = deque()
        for untrusted in pictures:
            waiting.append(_sent(untrusted, boxes))
            if len(waiting) > _AHEAD:
                yield _received(waiting.popleft())
        while waiting:
            yield _received(waiting.popleft())


def _sent(untrusted: bytes, boxes: "dict[bool, Box]") -> "Box | AmparoError":
    if len(untrusted) > limits.MAX_BYTES:
        return Refused(*TOO_MANY_BYTES)
    try:
        kind = kind_of(untrusted)
        box = boxes[kind in THREADED_KINDS]
        box.send(untrusted, kind)
    except AmparoError as error:
        return error
    return box


def _received(sent: "Box | AmparoError") -> Raster | AmparoError:
    if isinstance(sent, AmparoError):
        return sent
    try:
        return sent.receive()
    except AmparoError as error:
        return error


class Box:
    """One worker after another; each gets the next pictures while it answers. Not for two threads."""

    def __init__(self, *, threads: bool) -> None:
        self._threads = threads
        self._worker: subprocess.Popen[bytes] | None = None
        self._unanswered: deque[tuple[bytes, str]] = deque()
        self._given = 0

    def send(self, untrusted: bytes, kind: str) -> None:
        """Hands over one picture; its answer comes in turn from `receive`."""
        self._unanswered.append((untrusted, kind))
        if self._worker is None:
            self._start()
        else:
            self._feeder.put(untrusted, kind)
        self._given += 1

    def receive(self) -> Raster:
        """Gives the answer to the oldest picture not yet answered; raises Refused or CouldNot."""
        try:
            header, body = self._answer(time.monotonic() + limits.WALL_S)
        except _Lost as lost:
            # The oldest is at fault. The others never had their turn: a fresh worker gets them.
            self._unanswered.popleft()
            self._renew()
            raise Refused(*(TOO_LONG if lost.late else NO_ANSWER)) from None
        self._unanswered.popleft()
        if self._given - len(self._unanswered) >= _RENEWED_AFTER:
            self._renew()
        if header.status is not Status.DONE:
            raise Refused(*REASONS[header.status])
        import numpy

        return Raster(numpy.frombuffer(body, numpy.uint8).reshape(header.height, header.width))

    def close(self) -> None:
        """Ends the worker; nothing of it stays."""
        if self._worker is not None:
            self._worker.kill()
            self._worker.wait()
            self._feeder.join()
            assert self._worker.stdout is not None  # noqa: S101 -- asked for with PIPE
            self._worker.stdout.close()
            self._worker = None

    def _renew(self) -> None:
        self.close()
        if self._unanswered:
            self._start()

    def _start(self) -> None:
        given = order(job="rasters", kind="heic" if self._threads else "jpeg", layers=protection().layers)
        self._worker = started(replace(given, cpu_s=_CPU_S))
        self._feeder = _Feeder(self._worker)
        self._given = len(self._unanswered)
        for untrusted, kind in self._unanswered:
            self._feeder.put(untrusted, kind)

    def _answer(self, deadline: float) -> "tuple[Header, bytes]":
        try:
            header = Header.from_bytes(self._read(HEADER.size, deadline))
        except ValueError:
            raise _Lost(late=False) from None
        if not _fits(header):
            raise _Lost(late=False)
        return header, self._read(header.length, deadline)

    def _read(self, length: int, deadline: float) -> bytes:
        assert self._worker is not None  # noqa: S101 -- receive follows send
        assert self._worker.stdout is not None  # noqa: S101 -- asked for with PIPE
        descriptor = self._worker.stdout.fileno()
        got = bytearray()
        while len(got) < length:
            if not select.select([descriptor], [], [], max(0.0, deadline - time.monotonic()))[0]:
                raise _Lost(late=True)
            part = os.read(descriptor, min(length - len(got), _PIPE_BYTES))
            if not part:
                raise _Lost(late=False)
            got += part
        return bytes(got)


def _fits(header: Header) -> bool:
    """The answer is as untrusted as the picture."""
    if header.status is not Status.DONE:
        return header.length == 0
    pixels = header.width * header.height
    return 0 < pixels == header.length <= 2 * limits.RASTER_PIXELS


class _Lost(Exception):
    def __init__(self, *, late: bool) -> None:
        super().__init__()
        self.late = late


class _Feeder:
    """Writes pictures into a worker's pipe while its answers are read, so that neither waits for ever."""

    def __init__(self, worker: "subprocess.Popen[bytes]") -> None:
        assert worker.stdin is not None  # noqa: S101 -- asked for with PIPE
        self._pipe = worker.stdin
        self._queue: deque[tuple[bytes, str] | None] = deque()
        self._some = threading.Semaphore(0)
        self._thread = threading.Thread(target=self._run, daemon=True)
        self._thread.start()

    def put(self, untrusted: bytes, kind: str) -> None:
        self._queue.append((untrusted, kind))
        self._some.release()

    def join(self) -> None:
        """Ends once the worker is gone."""
        self._queue.append(None)
        self._some.release()
        self._thread.join()

    def _run(self) -> None:
        # Where the worker ends first, its missing answer says so.
        with contextlib.suppress(OSError), self._pipe:
            while True:
                self._some.acquire()
                item = self._queue.popleft()
                if item is None:
                    return
                self._pipe.write(ASKED.pack(KINDS.index(item[1]), len(item[0])))
                self._pipe.write(item[0])
                self._pipe.flush()
