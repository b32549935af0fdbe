"""The throw-away process: load, seal, read standard input, answer on standard output, end.

Started by amparo.fingerprints.decoding, one process for one picture; by amparo.fingerprints.rasters, one for
a few hundred pictures that are only to be matched.
"""

import importlib
import os
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace

from amparo.fingerprints.box import pictures
from amparo.fingerprints.box.pictures import Unreadable
from amparo.fingerprints.box.sealing import Sealed, seal
from amparo.fingerprints.box.wire import ASKED, FINGERPRINT_BYTES, KINDS, Header, Order, Status

_CHUNK = 1 << 20


def main(order_text: str) -> None:
    """Does the one order and ends the process; never returns."""
    order = Order.from_text(order_text)
    problem = _load(order)
    sealed = seal(order)
    try:
        if problem is not None:
            raise Unreadable(problem)
        _JOBS[order.job](order, sealed)
    except Unreadable as error:
        _say(sealed, error.status)
    except MemoryError:
        _say(sealed, Status.TOO_MUCH_MEMORY)
    except Exception:  # a decoder may raise anything; whatever it was, the picture could not be read
        _say(sealed, Status.DAMAGED)
    # Not sys.exit: tidying up would touch files and threads that are out of reach now.
    os._exit(0)


def _load(order: Order) -> Status | None:
    if order.job == "rasters":
        importlib.import_module("numpy")
        pictures.warm_up_all(threads=order.threads)
        return None
    try:
        pictures.warm_up(order.kind)
        if order.job == "fingerprint":
            importlib.import_module("amparo.fingerprints.box.pdq")
    except Exception:  # absent, or installed by halves: either way this kind cannot be read here
        return Status.NO_DECODER
    return None


def _fingerprint(order: Order, sealed: Sealed) -> None:
    from amparo.fingerprints.box import pdq

    image = pictures.read(_input(order), order)
    size = image.size
    if min(size) < pdq.MIN_SIDE:
        raise Unreadable(Status.TOO_SMALL)
    bright = pdq.brightness(image)
    del image  # its memory is needed for the next step
    quality, turns = pdq.compute(bright)
    answer = bytes([quality]) + b"".join(turns)
    _say(sealed, Status.DONE, size=size, length=FINGERPRINT_BYTES, body=[answer])


def _pixels(order: Order, sealed: Sealed) -> None:
    image = pictures.read(_input(order), order)
    image = pictures.over_white(pictures.no_larger(image, order.longest_side))
    width, height = image.size
    _say(
        sealed,
        Status.DONE,
        size=(width, height),
        length=width * height * 3,
        body=pictures.strips(image),
    )


def _rasters(order: Order, sealed: Sealed) -> None:
    """Answers picture after picture until standard input ends."""
    while len(asked := _exactly(ASKED.size)) == ASKED.size:
        kind, length = ASKED.unpack(asked)
        if length > order.max_bytes:
            raise Unreadable(Status.TOO_MANY_BYTES)
        _raster(_exactly(length), replace(order, kind=KINDS[kind]), sealed)


def _raster(untrusted: bytes, order: Order, sealed: Sealed) -> None:
    try:
        grey = pictures.raster(untrusted, order)
    except Unreadable as error:
        return _say(sealed, error.status)
    except MemoryError:
        return _say(sealed, Status.TOO_MUCH_MEMORY)
    except Exception:  # as in `main`: a decoder may raise anything
        return _say(sealed, Status.DAMAGED)
    body = grey.tobytes()
    _say(sealed, Status.DONE, size=grey.size, length=len(body), body=[body])


def _exactly(length: int) -> bytes:
    """Gives so many bytes of standard input; fewer only where it ends."""
    got = bytearray()
    while len(got) < length and (part := os.read(0, min(length - len(got), _CHUNK))):
        got += part
    return bytes(got)


def _probe(order: Order, sealed: Sealed) -> None:
    """Says only that it started and which layers hold."""
    del order
    _say(sealed, Status.DONE)


_JOBS: dict[str, Callable[[Order, Sealed], None]] = {
    "fingerprint": _fingerprint,
    "pixels": _pixels,
    "rasters": _rasters,
    "probe": _probe,
}


def _input(order: Order) -> bytes:
    """Gives standard input whole; more than the order allows is refused, not cut."""
    parts, size = [], 0
    for part in _parts():
        parts.append(part)
        size += len(part)
        if size > order.max_bytes:
            raise Unreadable(Status.TOO_MANY_BYTES)
    return b"".join(parts)


def _parts() -> Iterator[bytes]:
    while part := os.read(0, _CHUNK):
        yield part


def _say(
    sealed: Sealed,
    status: Status,
    *,
    size: tuple[int, int] = (0, 0),
    length: int = 0,
    body: Iterable[bytes] = (),
) -> None:
    header = Header(status, sealed.landlock_abi, sealed.seccomp, *size, length)
    _write(header.to_bytes())
    for part in body:
        _write(part)


def _write(part: bytes) -> None:
    left = memoryview(part)
    while left:
        left = left[os.write(1, left) :]
