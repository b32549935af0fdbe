"""Runs one worker for one picture, and believes nothing it answers.

Bytes go in by a pipe and come out by one; nothing is written to disk, no decoder is loaded in this process.
"""

import contextlib
import io
import os
import subprocess
import threading
import time
from dataclasses import dataclass
from typing import IO

from amparo.errors import CouldNot, Refused
from amparo.fingerprints import limits, starting
from amparo.fingerprints.box.wire import HEADER, Header, Order, Status
from amparo.fingerprints.kinds import THREADED_KINDS
from amparo.words import words

TOO_LONG = (
    words("This picture took too long to read."),
    words("Save a smaller copy with your photo program and give that."),
)

_AT_ONCE = threading.BoundedSemaphore(4)
"""Boxes open at the same time; each may take MEMORY_BYTES."""


@dataclass(frozen=True)
class Answer:
    """What a worker said, checked against what was asked."""

    header: Header
    body: bytes


def order(*, job: str, kind: str, layers: tuple[str, ...], longest_side: int | None = None) -> Order:
    """Gives an order under the limits of this room."""
    return Order(
        job=job,
        kind=kind,
        layers=layers,
        threads=kind in THREADED_KINDS,
        longest_side=longest_side,
        max_bytes=limits.MAX_BYTES,
        max_pixels=limits.MAX_PIXELS,
        max_side=limits.MAX_SIDE,
        memory_bytes=limits.MEMORY_BYTES,
        cpu_s=limits.CPU_S,
    )


def run(given: Order, untrusted: bytes, *, wall_s: float = limits.WALL_S) -> Answer | None:
    """Gives what one worker answers; None when it ended without a valid answer.

    Raises Refused when it took too long, CouldNot when it cannot be started.
    """
    with _AT_ONCE:
        deadline = time.monotonic() + wall_s
        worker = started(given)
        try:
            return _checked(_talk(worker, untrusted, deadline, _most_bytes(given)), given)
        finally:
            worker.kill()
            worker.wait()  # no zombie is left


def started(
    given: Order, *, start: str = starting.START, fed: IO[bytes] | int = subprocess.PIPE
) -> "subprocess.Popen[bytes]":
    """Gives a worker that reads from `fed` (a pipe to write to, or an open file); raises CouldNot."""
    try:
        return subprocess.Popen(  # noqa: S603 - our own interpreter, no shell; its input is all it gets
            starting.command(given, start=start),
            stdin=fed,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            close_fds=True,
            cwd=os.path.abspath(os.sep),
            env=starting.environment(),
        )
    except OSError:
        raise CouldNot(
            words("The protected process that reads pictures could not start."),
            words("Close other programs and try again."),
        ) from None


def _talk(worker: "subprocess.Popen[bytes]", untrusted: bytes, deadline: float, most_bytes: int) -> bytes:
    """Gives at most `most_bytes` of the answer; a worker that floods or hangs is cut off."""
    assert worker.stdin is not None  # noqa: S101 - both are pipes
    assert worker.stdout is not None  # noqa: S101 -- asked for with PIPE above
    answer = io.BytesIO()
    taking = threading.Thread(target=_take, args=(worker.stdout, answer, most_bytes), daemon=True)
    feeding = threading.Thread(target=_feed, args=(worker.stdin, untrusted), daemon=True)
    taking.start()
    feeding.start()
    taking.join(max(0.0, deadline - time.monotonic()))
    late = taking.is_alive()
    worker.kill()  # whatever it still does, its answer is complete or too late
    taking.join()
    feeding.join()
    worker.stdout.close()
    if late:
        raise Refused(*TOO_LONG)
    return answer.getvalue()


def _feed(pipe: IO[bytes], untrusted: bytes) -> None:
    # Where the worker ends first, its answer, or the lack of one, says why.
    with contextlib.suppress(OSError):
        pipe.write(untrusted)
    with contextlib.suppress(OSError):
        pipe.close()


def _take(pipe: IO[bytes], answer: io.BytesIO, most_bytes: int) -> None:
    left = most_bytes + 1
    while left > 0 and (part := pipe.read1(min(left, 1 << 20))):  # type: ignore[attr-defined]  # a pipe is a BufferedReader
        answer.write(part)
        left -= len(part)


def _most_bytes(given: Order) -> int:
    body = 3 * given.max_pixels if given.job == "pixels" else 1024
    if given.job == "pixels" and given.longest_side is not None:
        body = min(body, 3 * given.longest_side**2)
    return HEADER.size + body


def _checked(untrusted_answer: bytes, given: Order) -> Answer | None:
    """Gives the answer if every number in it is one this order could have."""
    try:
        header = Header.from_bytes(untrusted_answer[: HEADER.size])
    except ValueError:
        return None
    body = untrusted_answer[HEADER.size :]
    if header.length != len(body) or not _fits(header, given):
        return None
    return Answer(header, body)


def _fits(header: Header, given: Order) -> bool:
    if header.status is not Status.DONE:
        return header.length == 0
    longest = given.max_side if given.longest_side is None else given.longest_side
    if max(header.width, header.height) > longest or header.width * header.height > given.max_pixels:
        return False
    return given.job != "pixels" or header.length == header.width * header.height * 3 > 0
