"""Small videos made by program: a window that wanders over generated scenes."""

import io
from collections.abc import Callable

import numpy as np
from PIL import Image

from tests.fingerprints.pictures import scene

WIDTH, HEIGHT, FPS = 320, 240, 12
Frames = list[np.ndarray]


def clip(number: int, *, seconds: float = 4.0, scenes: int = 2) -> Frames:
    """Gives frames `(240, 320, 3) uint8` of a pan over some scenes, one after the other."""
    frames: Frames = []
    each = round(seconds * FPS / scenes)
    for part in range(scenes):
        wide = np.asarray(scene(1000 * number + part, width=WIDTH + 2 * each, height=HEIGHT + each))
        frames += [wide[at : at + HEIGHT, 2 * at : 2 * at + WIDTH] for at in range(each)]
    return frames


def edited(frames: Frames, edit: Callable[[Image.Image], Image.Image]) -> Frames:
    """Gives the same frames, each edited as a picture."""
    return [np.asarray(edit(Image.fromarray(frame))) for frame in frames]


def saved(frames: Frames, *, format: str = "mp4", codec: str = "libx264", rotation: int = 0) -> bytes:
    """Gives the frames as the bytes of a video file."""
    import av

    out = io.BytesIO()
    with av.open(out, "w", format=format) as container:
        stream = container.add_stream(codec, rate=FPS)
        stream.width, stream.height, stream.pix_fmt = (
            frames[0].shape[1] // 2 * 2,
            frames[0].shape[0] // 2 * 2,
            "yuv420p",
        )
        stream.codec_context.thread_count = 1
        for frame in frames:
            cut = np.ascontiguousarray(frame[: stream.height, : stream.width])
            container.mux(stream.encode(av.VideoFrame.from_ndarray(cut)))
        container.mux(stream.encode())
    return out.getvalue()
