"""Exact search within 31 of 256 bits, on one core, beside FAISS, in one run.

python benchmarks/index.py                # 10 million, random and correlated; about four minutes
python benchmarks/index.py --n 1e8        # 100 million random ones; 9 GB of memory, ten minutes
AMPARO_PHOTOS=DIR python benchmarks/index.py   # correlated ones from crops of real photographs
"""

import argparse
import os
import sys
import tempfile
import time
from pathlib import Path

os.environ.setdefault("OMP_NUM_THREADS", "1")
sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

import numpy as np

from amparo.fingerprints.box.pdq import brightness, compute
from amparo.fingerprints.index.tables import Tables, distances, permuted, shape_for, write_tables

PLANTED = 512


def uniform(n: int) -> np.ndarray:
    return np.random.default_rng(1).integers(0, 2**64, (n, 4), dtype=np.uint64)


def correlated(n: int, photos: str | None) -> tuple[np.ndarray, str]:
    """Fingerprints that depend on one another as real ones do: copies of real or drawn ones."""
    random = np.random.default_rng(2)
    if photos:
        base, name = of_photos(Path(photos), 6000, random), "copies of 6,000 crops of photographs"
    else:
        smooth = random.standard_normal((20_000, 16, 16)).cumsum(axis=1).cumsum(axis=2)
        bits = (smooth > np.median(smooth, axis=(1, 2), keepdims=True)).reshape(-1, 256)
        base, name = (
            np.ascontiguousarray(np.packbits(bits, axis=1)).view("<u8"),
            "copies of 20,000 drawn fields",
        )
    out = np.empty((n, 4), np.uint64)
    for at in range(0, n, 1_000_000):
        size = min(1_000_000, n - at)
        flips = np.zeros((size, 4), np.uint64)
        for _ in range(60):  # about 53 of 256 bits: near to its base, seldom to its sisters
            bit = random.integers(0, 256, size)
            flips[np.arange(size), bit // 64] ^= np.uint64(1) << (bit % 64).astype(np.uint64)
        out[at : at + size] = base[random.integers(0, len(base), size)] ^ flips
    return out, name


def of_photos(folder: Path, n: int, random: np.random.Generator) -> np.ndarray:
    from PIL import Image

    files = sorted([*folder.glob("*.jpg"), *folder.glob("*.png")])
    opened = [np.asarray(Image.open(file).convert("RGB").resize((640, 480))) for file in files[:200]]
    rows = []
    while len(rows) < n:
        picture = opened[random.integers(len(opened))]
        top, left = random.integers(0, 240), random.integers(0, 320)
        high, wide = random.integers(160, 241), random.integers(160, 321)
        crop = np.ascontiguousarray(picture[top : top + high, left : left + wide][::2, ::2])
        quality, bits = compute(brightness(Image.fromarray(crop)))
        if quality >= 50:
            rows.append(bits[0])
    return np.frombuffer(b"".join(rows), "<u8").reshape(-1, 4)


def queries_of(hashes: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    random = np.random.default_rng(3)
    rows = random.choice(len(hashes), PLANTED, replace=False)
    out = hashes[rows].copy()
    for n, one in enumerate(out):
        for bit in random.choice(256, n % 32, replace=False):
            one[bit // 64] ^= np.uint64(1) << np.uint64(bit % 64)
    return out, rows


def ours(hashes: np.ndarray, queries: np.ndarray, rows: np.ndarray, name: str) -> float:
    turned = permuted(hashes)
    shape = shape_for(len(turned))
    assert shape is not None
    with tempfile.TemporaryDirectory() as folder:
        started = time.perf_counter()
        write_tables(turned, shape, Path(folder))
        built = time.perf_counter() - started
        started = time.perf_counter()
        opened = Tables(Path(folder), shape, turned)
        opening = time.perf_counter() - started
        asked = permuted(queries)
        list(opened.search(asked[:64]))
        started = time.perf_counter()
        found = list(opened.search(asked))
        rate = len(asked) / (time.perf_counter() - started)
        size = sum(path.stat().st_size for path in Path(folder).iterdir()) + turned.nbytes
    hit = {(one.query, one.row) for one in found}
    planted = sum((n, int(row)) in hit for n, row in enumerate(rows))
    for n in range(0, PLANTED, 128):  # the same as comparing with all
        near = int((distances(turned, asked[n]) <= 31).sum())
        assert near == sum(one.query == n for one in found)
    print(
        f"{name}, {len(hashes):,}: {rate:,.0f} queries/s on one core, {planted}/{PLANTED} planted found, "
        f"{len(found):,} hits, "
        f"built in {built:.0f} s, opened in {opening * 1000:.0f} ms, {size / 2**30:.2f} GiB"
    )
    return rate


def faiss_flat(hashes: np.ndarray, queries: np.ndarray) -> float:
    import faiss

    faiss.omp_set_num_threads(1)
    index = faiss.IndexBinaryFlat(256)
    index.add(np.ascontiguousarray(hashes).view(np.uint8).reshape(len(hashes), 32))
    asked = np.ascontiguousarray(queries[:64]).view(np.uint8).reshape(-1, 32)
    started = time.perf_counter()
    index.range_search(asked, 32)
    return len(asked) / (time.perf_counter() - started)


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--n", type=float, default=1e7, help="how many fingerprints")
    n = int(parser.parse_args().n)
    for hashes, name in _sets(n):
        queries, rows = queries_of(hashes)
        rate = ours(hashes, queries, rows, name)
        if n <= 20_000_000:
            flat = faiss_flat(hashes, queries)
            print(f"  FAISS flat, one core: {flat:,.0f} queries/s (ours is {rate / flat:.1f} times as fast)")


def _sets(n: int):
    yield uniform(n), "random"
    if n <= 20_000_000:
        yield correlated(n, os.environ.get("AMPARO_PHOTOS"))


if __name__ == "__main__":
    main()
