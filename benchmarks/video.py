"""Videos: how many edited copies are found, how many wrongly, and how fast.

    python benchmarks/video.py recall FOLDER     with FOLDER/manifest.json
    python benchmarks/video.py speed [SECONDS]   a generated 720p video, one core

The manifest: originals [file], queries [{file, source: place of its original or null, transform}]. A query
without a source must match nothing. The published figures are of photos with pan and zoom under 21 edits.
"""

import json
import sys
import tempfile
import time
from collections import defaultdict
from pathlib import Path

import numpy as np

from amparo.fingerprints.clips import Clips, shots
from amparo.fingerprints.video import fingerprint_video, opened, views


def recall(folder: Path) -> None:
    said = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    mine = []
    for file in said["originals"]:
        with opened(Path(file)) as video:
            mine.append(shots(views(video)))
    clips = Clips(mine)
    print(f"{len(clips)} originals, {sum(map(len, mine))} shots")
    found: dict[str, list[bool]] = defaultdict(list)
    false = 0
    began = time.perf_counter()
    for query in said["queries"]:
        with opened(Path(query["file"])) as video:
            matches = clips.in_video(views(video))
        wrong = [one for one in matches if one.mine != query["source"]]
        # A copy "in a longer one" or beside another clip shows that other clip too only if it is an original.
        false += len(wrong)
        for one in wrong:
            print("  false:", query["transform"], one)
        if query["source"] is not None:
            found[query["transform"]].append(any(one.mine == query["source"] for one in matches))
    took = time.perf_counter() - began
    for edit, right in found.items():
        print(f"| {edit} | {sum(right)}/{len(right)} |")
    every = [one for right in found.values() for one in right]
    pairs = len(said["queries"]) * len(clips)
    each = took / len(said["queries"])
    print(f"{sum(every)}/{len(every)} found, {false} false in {pairs} pairs, {each:.2f} s a video")


def speed(seconds: int) -> None:
    """Detail that moves, so that neither the coder nor the scaler has an easy time."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder, "made.mp4")
        _make(file, seconds)
        clips = Clips([_some_shots(file)])
        rate = file.stat().st_size / seconds / 125_000
        print(f"{seconds} s of 1280 x 720 at 25 frames a second, {rate:.1f} Mbit/s")
        for name, job in (
            ("decoding only the frames for matching", lambda video: sum(1 for _ in views(video))),
            ("match against one video", lambda video: len(clips.in_video(views(video)))),
            ("fingerprint for exchange", lambda video: len(fingerprint_video(video).frames)),
        ):
            began = time.perf_counter()
            with opened(file) as video:
                given = job(video)
            took = time.perf_counter() - began
            print(f"| {name} | {given} | {took:.1f} s | {seconds / took:.0f} x real time |")


def _some_shots(file: Path) -> list:
    with opened(file) as video:
        return shots(view for view in views(video) if view.t < 10)


def _make(file: Path, seconds: int) -> None:
    import av
    from PIL import Image

    random = np.random.default_rng(4)
    with av.open(str(file), "w") as container:
        stream = container.add_stream("libx264", rate=25, options={"crf": "23", "preset": "veryfast"})
        stream.width, stream.height, stream.pix_fmt = 1280, 720, "yuv420p"
        wide = None
        for at in range(25 * seconds):
            if at % 100 == 0:  # a new shot every four seconds
                coarse = random.integers(0, 256, (40, 64, 3), np.uint8)
                wide = np.asarray(
                    Image.fromarray(coarse).resize((1700, 1020), Image.Resampling.BICUBIC)
                ).astype(np.int16)
                wide += random.integers(-9, 10, wide.shape, np.int16)
                wide = np.clip(wide, 0, 255).astype(np.uint8)
            x, y = 4 * (at % 100), 3 * (at % 100)
            frame = av.VideoFrame.from_ndarray(np.ascontiguousarray(wide[y : y + 720, x : x + 1280]))
            container.mux(stream.encode(frame))
        container.mux(stream.encode())


if __name__ == "__main__":
    match sys.argv[1:]:
        case ["recall", folder]:
            recall(Path(folder))
        case ["speed", *given]:
            speed(int(given[0]) if given else 60)
        case _:
            print(__doc__)
