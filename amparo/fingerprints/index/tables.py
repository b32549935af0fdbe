"""Multi-index hashing: every fingerprint within 31 of 256 bits, found without looking at all of them.

The bits are cut into chunks. Two fingerprints that differ in at most 31 bits differ in at most one bit of
some 16-bit chunk (16 chunks), and in at most two bits of some 23-bit chunk (11 chunks): 31 // 16 = 1 and
31 // 11 = 2. So each query looks up, per chunk, its own value and those near it, and compares only what lies
there. See M. Norouzi, A. Punjani, D. J. Fleet, "Fast Exact Search in Hamming Space with Multi-Index Hashing",
IEEE TPAMI 36 (2014) 1107-1119. Bits are permuted first: neighbouring bits of real fingerprints depend on one
another.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path

import numpy as np

RADIUS_BITS = 31
WORDS = 4  # of 64 bits
MANY = 4_000_000  # from here on longer chunks are faster
SCANNED = 20_000  # up to here comparing with all is fastest
BATCH = 64
BLOCK = 1 << 20
_PERMUTED = np.random.Generator(np.random.PCG64(20231)).permutation(256)
_BACK = np.argsort(_PERMUTED)


@dataclass(frozen=True)
class Shape:
    """How the bits are cut: `chunks` of `bits` each, and how many bits may be wrong in one of them."""

    bits: int
    chunks: int

    @property
    def wrong(self) -> int:
        return RADIUS_BITS // self.chunks

    def near(self) -> np.ndarray:
        """Gives `(m,) uint32`: what to flip in a chunk's value to reach all values near it, itself first."""
        flips = [
            sum(1 << bit for bit in some)
            for n in range(self.wrong + 1)
            for some in combinations(range(self.bits), n)
        ]
        return np.array(flips, np.uint32)


def shape_for(n: int) -> Shape | None:
    """Gives the shape that suits so many fingerprints; None: compare with all."""
    if n <= SCANNED:
        return None
    return Shape(16, 16) if n < MANY else Shape(23, 11)


def from_hex(pdq: list[str]) -> np.ndarray:
    """Gives `(n, 4) uint64` from 64-digit hex texts; raises ValueError for another text."""
    raw = bytes.fromhex("".join(pdq))
    if len(raw) != 32 * len(pdq) or any(len(one) != 64 for one in pdq):
        raise ValueError("a fingerprint has 64 hex digits")
    return np.frombuffer(raw, "<u8").reshape(-1, WORDS)


def to_hex(hashes: np.ndarray) -> list[str]:
    """Gives the 64-digit hex texts of `(n, 4) uint64`."""
    return [row.tobytes().hex() for row in np.ascontiguousarray(hashes, "<u8")]


def permuted(hashes: np.ndarray, *, back: bool = False) -> np.ndarray:
    """Gives the same `(n, 4) uint64` with the bits in the order of the index, or back in their own."""
    out = np.empty((len(hashes), WORDS), "<u8")
    order = _BACK if back else _PERMUTED
    for at in range(0, len(hashes), BLOCK):
        block = np.ascontiguousarray(hashes[at : at + BLOCK], "<u8")
        bits = np.unpackbits(block.view(np.uint8).reshape(len(block), -1), axis=1)
        out[at : at + BLOCK] = np.ascontiguousarray(np.packbits(bits[:, order], axis=1)).view("<u8")
    return out


def chunk(hashes: np.ndarray, shape: Shape, which: int) -> np.ndarray:
    """Gives `(n,) uint32`: the value of one chunk of every fingerprint."""
    word, shift = divmod(which * shape.bits, 64)
    value = hashes[:, word] >> np.uint64(shift)
    if shift + shape.bits > 64:
        value = value | (hashes[:, word + 1] << np.uint64(64 - shift))
    return (value & np.uint64((1 << shape.bits) - 1)).astype(np.uint32)


def distances(one: np.ndarray, other: np.ndarray) -> np.ndarray:
    """Gives how many bits differ, row by row (the rows of one may be repeated to fit)."""
    return np.bitwise_count(one ^ other).sum(axis=-1, dtype=np.uint16)


def write_tables(hashes: np.ndarray, shape: Shape, folder: Path) -> None:
    """Writes, for each chunk, the fingerprints sorted by its value and where each value starts."""
    for which in range(shape.chunks):
        values = np.empty(len(hashes), np.uint32)
        for at in range(0, len(hashes), BLOCK):
            values[at : at + BLOCK] = chunk(hashes[at : at + BLOCK], shape, which)
        counts = np.bincount(values, minlength=1 << shape.bits)
        starts = np.zeros((1 << shape.bits) + 1, np.uint32)
        np.cumsum(counts, out=starts[1:], dtype=np.uint32)
        del counts
        np.argsort(values, kind="stable").astype(np.uint32).tofile(folder / f"order{which}.u32")
        starts.tofile(folder / f"starts{which}.u32")


@dataclass(frozen=True)
class Found:
    """One neighbour: which query, which fingerprint of the part searched, how many bits differ."""

    query: int
    row: int
    distance_bits: int


def scan(hashes: np.ndarray, queries: np.ndarray) -> Iterator[Found]:
    """Gives every neighbour by comparing with all; for few, and to check the tables against."""
    for n, query in enumerate(queries):
        apart = distances(hashes, query)
        for row in np.flatnonzero(apart <= RADIUS_BITS):
            yield Found(n, int(row), int(apart[row]))


class Tables:
    """The tables of one segment, opened from its folder; nothing is read before it is asked for."""

    def __init__(self, folder: Path, shape: Shape, hashes: np.ndarray) -> None:
        self.shape, self.hashes = shape, hashes
        self.near = shape.near()
        self.orders = [np.memmap(folder / f"order{n}.u32", np.uint32, "r") for n in range(shape.chunks)]
        self.starts = [np.memmap(folder / f"starts{n}.u32", np.uint32, "r") for n in range(shape.chunks)]

    def search(self, queries: np.ndarray) -> Iterator[Found]:
        """Gives every neighbour of `(q, 4) uint64` queries (bits permuted), each once, by query and row."""
        for at in range(0, len(queries), BATCH):
            yield from self._batch(queries[at : at + BATCH], at)

    def _batch(self, queries: np.ndarray, first: int) -> Iterator[Found]:
        hits = [self._one_chunk(queries, which) for which in range(self.shape.chunks)]
        query, row, apart = (np.concatenate(parts) for parts in zip(*hits, strict=True))
        _, once = np.unique(query.astype(np.uint64) << np.uint64(32) | row, return_index=True)
        for n in once:
            yield Found(first + int(query[n]), int(row[n]), int(apart[n]))

    def _one_chunk(self, queries: np.ndarray, which: int) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
        values = (chunk(queries, self.shape, which)[:, None] ^ self.near).ravel()
        begin = self.starts[which][values].astype(np.int64)
        counts = self.starts[which][values + 1].astype(np.int64) - begin
        ends = np.cumsum(counts)
        total = int(ends[-1])
        places = np.repeat(begin - ends + counts, counts) + np.arange(total)
        rows = self.orders[which][places]
        query = np.repeat(np.arange(len(values)) // len(self.near), counts)
        apart = distances(self.hashes[rows], queries[query])
        near = np.flatnonzero(apart <= RADIUS_BITS)
        return query[near], rows[near], apart[near]
