"""The throw-away process for one video: load, seal, read standard input, answer frame after frame, end.

Standard input is the video itself: a file or memory, so that it can be read here and there.
Libraries: PyAV, which holds FFmpeg's decoders. It runs without threads, behind the same closed door as the
worker for pictures. Started by amparo.fingerprints.video.
"""

import contextlib
import importlib
import io
import os
import struct
from collections.abc import Iterator
from dataclasses import dataclass
from enum import IntEnum
from typing import Any

from amparo.fingerprints.box.sealing import seal
from amparo.fingerprints.box.wire import Order, Status

FRAME = struct.Struct("<4sBBHHd32s")
"""MAGIC, mark, quality, width, height, seconds, PDQ; grey pixels follow a VIEW."""
MAGIC = b"AMV1"

CONTAINERS = ("mov", "matroska", "avi", "flv", "ogg", "asf", "mpeg", "mpegts")
_CODECS = {
    "h264", "hevc", "vp8", "vp9", "av1", "libdav1d", "libvpx", "libvpx-vp9", "mpeg4", "msmpeg4v3",
    "mpeg2video", "mpeg1video", "mjpeg", "theora", "vc1", "wmv2", "wmv3", "flv1", "flv", "h263", "prores",
    "dvvideo",
}  # fmt: skip

VIEW_PIXELS = 100_000
EXCHANGE_SIDE = 512
_LOOK_EVERY_S = 0.5
_KEPT_FOR_S = 2.0
_CHANGED_LEVELS = 6.0
_EXCHANGE_EVERY_S = 1.0
_NEARLY_S = 0.005  # some containers count in steps that meet no second exactly


class Mark(IntEnum):
    """What one answer is: a frame for exchange, a frame for matching, or the end (its PDQ field is empty)."""

    EXCHANGE = 0
    VIEW = 1
    END = 2


@dataclass(frozen=True)
class _Unreadable(Exception):
    status: Status


def main(order_text: str) -> None:
    """Does the one order (`frames` for exchange, or `views` for matching) and ends; never returns."""
    order = Order.from_text(order_text)
    status = Status.DONE
    try:
        _warm_up()
    except Exception:  # absent, or installed by halves: either way no video can be read here
        status = Status.NO_DECODER
    seal(order)
    seconds = 0.0
    try:
        if status is Status.DONE:
            seconds = _answer(order)
    except _Unreadable as error:
        status = error.status
    except MemoryError:
        status = Status.TOO_MUCH_MEMORY
    except Exception:  # a decoder may raise anything; whatever it was, the video could not be read
        status = Status.DAMAGED
    _write(FRAME.pack(MAGIC, Mark.END, status, 0, 0, seconds, bytes(32)))
    os._exit(0)


def _warm_up() -> None:
    """Reads a video of its own making: PyAV loads much of itself late, when no file can be opened."""
    import av
    import numpy as np

    importlib.import_module("av.subtitles")
    _hashed(np.zeros((16, 16, 3), np.uint8))
    sample = io.BytesIO()
    with av.open(sample, "w", format="avi") as made:
        stream = made.add_stream("mjpeg", rate=1)
        stream.width, stream.height, stream.pix_fmt = 32, 32, "yuvj420p"
        made.mux(stream.encode(av.VideoFrame(32, 32, "yuvj420p")))
        made.mux(stream.encode())
    with av.open(io.BytesIO(sample.getvalue()), "r", format="avi") as container:
        for frame in container.decode(video=0):
            for format in ("gray", "rgb24"):
                pixels = frame.reformat(width=16, height=16, format=format, interpolation="AREA").to_ndarray()
                _coarse(pixels.reshape(-1, 16))
            _upright(frame.to_ndarray(), frame)
    with contextlib.suppress(av.error.FFmpegError):
        av.open(io.BytesIO(b"no video"), format="avi")


def _answer(order: Order) -> float:
    """Answers every frame that counts; gives the time of the last frame in seconds."""
    import av

    with av.open(_Input(), format=order.kind) as container:
        if not container.streams.video:
            raise _Unreadable(Status.DAMAGED)
        stream = container.streams.video[0]
        context = stream.codec_context
        if context.codec.name not in _CODECS:
            raise _Unreadable(Status.NO_DECODER)
        _check_size(context.width, context.height, order)
        context.thread_count = 1
        context.thread_type = "NONE"
        views = order.job == "views"
        if views:  # the pictures between would show nothing that these do not
            context.skip_frame = "NONREF"
            context.options = {"skip_loop_filter": "noref"}
        said = _views if views else _exchange
        last = 0.0
        count = 0
        for seconds in said(_frames(container, stream, order)):
            last, count = seconds, count + 1
        if not count:
            raise _Unreadable(Status.DAMAGED)
        return last


def _frames(container: Any, stream: Any, order: Order) -> Iterator[tuple[float, Any]]:
    """Gives seconds and frame; what is damaged is passed over, as every player does."""
    import av

    start = float(stream.start_time * stream.time_base) if stream.start_time is not None else 0.0
    packets = container.demux(stream)
    while True:
        try:
            packet = next(packets)
        except (StopIteration, av.error.FFmpegError):
            return
        try:
            frames = packet.decode()
        except av.error.FFmpegError:
            continue
        for frame in frames:
            if frame.pts is not None:
                _check_size(frame.width, frame.height, order)
                yield max(0.0, float(frame.pts * stream.time_base) - start), frame


def _exchange(frames: Iterator[tuple[float, Any]]) -> Iterator[float]:
    """One frame a second, as vPDQ takes them: upright, at most EXCHANGE_SIDE pixels long."""
    due = 0.0
    for seconds, frame in frames:
        if seconds + _NEARLY_S < due:
            continue
        due = _next(seconds, _EXCHANGE_EVERY_S)
        width, height = _fitted(frame, EXCHANGE_SIDE / max(frame.width, frame.height))
        pixels = frame.reformat(width=width, height=height, format="rgb24", interpolation="AREA").to_ndarray()
        quality, upright = _hashed(_upright(pixels, frame))
        _write(FRAME.pack(MAGIC, Mark.EXCHANGE, quality, width, height, seconds, upright))
        yield seconds


def _hashed(pixels: Any) -> tuple[int, bytes]:
    from PIL import Image

    from amparo.fingerprints.box import pdq

    image = Image.fromarray(pixels)
    if min(image.size) < pdq.MIN_SIDE:
        raise _Unreadable(Status.TOO_SMALL)
    quality, turned = pdq.compute(pdq.brightness(image))
    return quality, turned[0]


def _views(frames: Iterator[tuple[float, Any]]) -> Iterator[float]:
    """A frame wherever the picture has changed, looked at twice a second; one at least every two seconds."""
    import numpy as np

    due, kept_at, kept = 0.0, 0.0, None
    seconds = 0.0
    for seconds, frame in frames:
        if seconds + _NEARLY_S < due:
            continue
        due = _next(seconds, _LOOK_EVERY_S)
        width, height = _fitted(frame, (VIEW_PIXELS / (frame.width * frame.height)) ** 0.5)
        grey = frame.reformat(width=width, height=height, format="gray", interpolation="AREA").to_ndarray()
        coarse = _coarse(grey)
        still = kept is not None and np.abs(coarse - kept).mean() < _CHANGED_LEVELS
        if still and seconds - kept_at < _KEPT_FOR_S:
            continue
        kept_at, kept = seconds, coarse
        grey = _upright(grey, frame)
        _write(FRAME.pack(MAGIC, Mark.VIEW, 0, grey.shape[1], grey.shape[0], seconds, bytes(32)))
        _write(grey.tobytes())
        yield seconds


def _next(seconds: float, every_s: float) -> float:
    return ((seconds + _NEARLY_S) // every_s + 1) * every_s


def _coarse(grey: Any) -> Any:
    """The picture as about 16 x 16 averages."""
    import numpy as np

    height, width = grey.shape
    rows, columns = max(1, height // 16), max(1, width // 16)
    cut = grey[: rows * (height // rows), : columns * (width // columns)].astype(np.float32)
    return cut.reshape(height // rows, rows, width // columns, columns).mean((1, 3))


def _upright(pixels: Any, frame: Any) -> Any:
    """A telephone stores the video lying on its side and notes which way is up."""
    import numpy as np

    return np.ascontiguousarray(np.rot90(pixels, round(frame.rotation / 90) % 4))


def _fitted(frame: Any, share: float) -> tuple[int, int]:
    """Width and height reduced by `share`, never enlarged; even, as the scaler likes it."""
    share = min(1.0, share)
    return max(2, round(frame.width * share / 2) * 2), max(2, round(frame.height * share / 2) * 2)


def _check_size(width: int, height: int, order: Order) -> None:
    if max(width, height) > order.max_side:
        raise _Unreadable(Status.SIDE_TOO_LONG)
    if width * height > order.max_pixels:
        raise _Unreadable(Status.TOO_MANY_PIXELS)


class _Input:
    """Standard input as a file without a name, for the demuxer."""

    def read(self, size: int) -> bytes:
        return os.read(0, size)

    def seek(self, place: int, whence: int = os.SEEK_SET) -> int:
        return os.lseek(0, place, whence)

    def tell(self) -> int:
        return os.lseek(0, 0, os.SEEK_CUR)


def _write(part: bytes) -> None:
    left = memoryview(part)
    while left:
        left = left[os.write(1, left) :]
