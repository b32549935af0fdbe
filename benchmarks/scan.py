"""From a web archive to what is hers: pictures a second, beside the usual pipeline on the same archive.

    python benchmarks/scan.py FOLDER [COUNT [ORIGINALS]]

FOLDER: photos (*.jpg). The archive holds COUNT of them in several sizes, with pages between; ORIGINALS are
taken from the same photos and generated scenes. The peer: FastWARC, Pillow and the reference PDQ, compared
within 31 of 256 bits, which finds whole copies only. Each on one core (`taskset`), then ours on two.
"""

import io
import itertools
import os
import random
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import numpy as np
from PIL import Image

SIDES = (240, 480, 800, 1200)


def make(folder: Path, path: Path, count: int) -> None:
    from warcio.statusandheaders import StatusAndHeaders
    from warcio.warcwriter import WARCWriter

    chosen = random.Random(3)
    pool = []
    for file in sorted(folder.glob("*.jpg")):
        whole = Image.open(file).convert("RGB")
        for side in SIDES:
            out = io.BytesIO()
            small = whole.copy()
            small.thumbnail((side, side))
            small.save(out, "JPEG", quality=chosen.choice((70, 80, 90)))
            pool.append(out.getvalue())
    page = b"<html><body>" + b"<p>some words of a page</p>" * 800
    with path.open("wb") as file:
        writer = WARCWriter(file, gzip=True)
        for at in range(count):
            bodies = [("image/jpeg", chosen.choice(pool))] + ([("text/html", page)] if at % 2 else [])
            for kind, body in bodies:
                headers = StatusAndHeaders("200 OK", [("Content-Type", kind)], protocol="HTTP/1.1")
                address = f"https://example.org/{at}.{kind[-4:]}"
                payload = io.BytesIO(body)
                writer.write_record(
                    writer.create_warc_record(address, "response", payload=payload, http_headers=headers)
                )


def originals(folder: Path, count: int) -> list[Image.Image]:
    """Gives a third of the photos (so that there is something to find), the rest generated."""
    sys.path.insert(0, str(Path(__file__).parents[1]))
    from tests.fingerprints.pictures import scene

    photos = [Image.open(file).convert("RGB") for file in sorted(folder.glob("*.jpg"))[::3]]
    return (photos + [scene(5000 + at) for at in range(count)])[:count]


def peer(path: Path, mine: list[Image.Image]) -> tuple[int, int]:
    import pdqhash
    from fastwarc.warc import ArchiveIterator, WarcRecordType

    index = np.stack([np.packbits(pdqhash.compute(np.asarray(one))[0]) for one in mine])
    looked = found = 0
    with path.open("rb") as file:
        for record in ArchiveIterator(file, record_types=WarcRecordType.response):
            if (record.http_content_type or "").startswith("image/"):
                pixels = np.asarray(Image.open(io.BytesIO(record.reader.read())).convert("RGB"))
                bits = np.packbits(pdqhash.compute(pixels)[0])
                looked += 1
                found += bool((np.bitwise_count(index ^ bits).sum(1) <= 31).any())
    return looked, found


def ours(path: Path, mine: list[Image.Image], processes: int) -> tuple[int, int, float]:
    """Gives pictures, how many of them show one of mine, and the seconds from the first to the last."""
    from amparo.fingerprints.clips import Clips, picture
    from amparo.fingerprints.rasters import rasters
    from amparo.fingerprints.scanning import archives
    from amparo.fingerprints.scanning.looking import batches, look
    from amparo.fingerprints.scanning.spilling import Spill

    def saved() -> Iterator[bytes]:
        for one in mine:
            out = io.BytesIO()
            one.save(out, "JPEG", quality=95)
            yield out.getvalue()

    clips = Clips([picture(raster) for raster in rasters(saved())])
    finds = archives.finds_in(path, after=-1, spill=Spill(path.parent))
    looked = found = 0
    began = time.perf_counter()
    for number, (_, seen) in enumerate(look(clips, batches(0, finds), processes=processes)):
        if number == 0:  # starting a process and building its index is paid once, not per picture
            began = time.perf_counter()
            continue
        looked += len(seen)
        found += sum(bool(one.matches) for one in seen)
    return looked, found, time.perf_counter() - began


def main(folder: Path, count: int, mine_count: int) -> None:
    cores = sorted(os.sched_getaffinity(0))
    with tempfile.TemporaryDirectory() as made:
        path = Path(made, "made.warc.gz")
        make(folder, path, count)
        mine = originals(folder, mine_count)
        print(f"{count} pictures, {path.stat().st_size / 1e6:.0f} MB, {len(mine)} originals")
        print("| pipeline | pictures | show one of mine | pictures/s |")
        os.sched_setaffinity(0, cores[:1])
        began = time.perf_counter()
        looked, found = peer(path, mine)
        rate = looked / (time.perf_counter() - began)
        print(f"| fastwarc + Pillow + pdqhash, one core | {looked} | {found} | {rate:.0f} |", flush=True)
        for processes, use in itertools.islice(((1, cores[:1]), (2, cores[:2])), len(cores)):
            os.sched_setaffinity(0, use)
            looked, found, took = ours(path, mine, processes)
            print(
                f"| amparo scan, {processes} core(s) | {looked} | {found} | {looked / took:.0f} |", flush=True
            )


if __name__ == "__main__":
    if len(sys.argv) < 2:
        print(__doc__)
    else:
        numbers = [int(word) for word in sys.argv[2:]]
        main(Path(sys.argv[1]), *(numbers + [2000, 1000][len(numbers) :]))
