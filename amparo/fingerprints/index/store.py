"""An index on disk: segments that never change, a list of those that count, and the receipts.

Adding writes a new segment beside the others, then replaces `index.json` in one step: a kill leaves the
index as it was before or after, never between. Many small segments are merged into one; entries whose receipt
has ended are not looked for, and are left out when their segment is written anew. Everything is opened by
mapping, so that it opens at once at any size.
"""

import json
import os
import shutil
import uuid
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np

from amparo.errors import CouldNot, Refused
from amparo.fingerprints.index import tables
from amparo.fingerprints.index.receipts import Receipt, receipt_of
from amparo.fingerprints.index.tables import Found, Shape, Tables
from amparo.words import words

FORMAT = 1
SEGMENTS = 8  # as many are searched one after the other before they are merged


@dataclass(frozen=True)
class Hit:
    """One entry near a query: a question to a person, and never an answer.

    `distance_bits` of 256, 31 at most. `receipt` says whose consent it stands on and how it is withdrawn.
    """

    query: int
    pdq: str
    distance_bits: int
    receipt: Receipt


@dataclass(frozen=True)
class Segment:
    """Fingerprints written together: `(n, 4) uint64`, bits permuted, and each one's receipt by number."""

    folder: Path
    n: int
    shape: Shape | None

    @property
    def is_whole(self) -> bool:
        """Says whether its files have the size they should; nothing more is read, so it opens at once."""
        try:
            sizes = (self.folder / "hashes.u64").stat().st_size, (self.folder / "receipts.u32").stat().st_size
            return sizes == (self.n * 32, self.n * 4)
        except OSError:
            return False

    @cached_property
    def hashes(self) -> np.ndarray:
        return np.memmap(self.folder / "hashes.u64", "<u8", "r", shape=(self.n, tables.WORDS))

    @cached_property
    def receipts(self) -> np.ndarray:
        return np.memmap(self.folder / "receipts.u32", "<u4", "r", shape=(self.n,))

    @cached_property
    def opened(self) -> Tables | None:
        return None if self.shape is None else Tables(self.folder, self.shape, self.hashes)

    def search(self, queries: np.ndarray) -> Iterator[Found]:
        return tables.scan(self.hashes, queries) if self.opened is None else self.opened.search(queries)


class Index:
    """An index in a folder of its own. One writer at a time; readers see whole states only."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        said = _manifest(folder)
        self.receipts = [receipt_of(one) for one in _receipt_lines(folder, said["receipts"])]
        self.segments = [
            Segment(
                folder / one["name"],
                one["n"],
                None if one["bits"] is None else Shape(one["bits"], one["chunks"]),
            )
            for one in said["segments"]
        ]

        if not all(one.is_whole for one in self.segments):
            raise _damaged(folder)

    def __len__(self) -> int:
        return sum(one.n for one in self.segments)

    def query(self, pdq: Sequence[str], *, on: date) -> Iterator[Hit]:
        """Gives every entry within 31 bits of each fingerprint whose receipt is in force on this day."""
        if not pdq:
            return
        queries = tables.permuted(_checked(pdq))
        live = [one.in_force(on) for one in self.receipts]
        for segment in self.segments:
            for found in segment.search(queries):
                number = int(segment.receipts[found.row])
                if number >= len(live):
                    raise _damaged(self.folder)
                if live[number]:
                    (text,) = tables.to_hex(tables.permuted(segment.hashes[found.row][None, :], back=True))
                    yield Hit(found.query, text, found.distance_bits, self.receipts[number])


def create(folder: Path) -> None:
    """Makes an empty index, readable by its owner only. Raises Refused where something is there already."""
    if folder.exists() and any(folder.iterdir()):
        raise Refused(
            words("{folder} is not empty.", folder=str(folder)), words("Choose a new folder for the index.")
        )
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    (folder / "receipts.jsonl").touch(mode=0o600)
    _replace(folder, {"format": FORMAT, "receipts": 0, "segments": []})


def add(folder: Path, pdq: Sequence[str], receipt: Receipt, *, on: date) -> int:
    """Adds fingerprints under one receipt, each once; gives how many entries there are now.

    Nothing is added in part. `on` is today: entries whose receipt has ended by then may leave the files.
    """
    with _writing(folder):
        said = _manifest(folder)
        known = [receipt_of(one) for one in _receipt_lines(folder, said["receipts"])]
        if any(one.id == receipt.id for one in known):
            raise Refused(
                words("A receipt called {id} is there already.", id=receipt.id),
                words("Give each consent an id of its own. To end one, withdraw it."),
            )
        hashes = tables.permuted(_checked(list(dict.fromkeys(pdq))))
        lines = _receipt_lines(folder, said["receipts"])
        _write_receipts(folder, [*lines, json.loads(receipt.to_json())])
        numbers = np.full(len(hashes), said["receipts"], np.uint32)
        said["receipts"] += 1
        if len(hashes):
            said["segments"].append(_segment(folder, hashes, numbers))
        _replace(folder, said)
        if len(said["segments"]) > SEGMENTS:
            _rewrite(folder, said, _small(said["segments"]), on=on)
        return len(Index(folder))


def withdraw(folder: Path, id: str, *, on: date) -> None:
    """Ends a receipt: its entries are not looked for from this day, and leave the files at once."""
    with _writing(folder):
        said = _manifest(folder)
        lines = _receipt_lines(folder, said["receipts"])
        found = [one for one in lines if one["id"] == id]
        if not found:
            raise Refused(
                words("There is no receipt called {id}.", id=id), words("Look at how it is written.")
            )
        found[0]["withdrawn"] = on.isoformat()
        _write_receipts(folder, lines)
        _rewrite(folder, said, _ended(folder, on), on=on)


def tidy(folder: Path, *, on: date) -> int:
    """Takes entries whose receipt has ended out of the files; gives how many are left."""
    with _writing(folder):
        _rewrite(folder, _manifest(folder), _ended(folder, on), on=on)
        return len(Index(folder))


def _checked(pdq: Sequence[str]) -> np.ndarray:
    try:
        return tables.from_hex(list(pdq))
    except ValueError:
        raise Refused(
            words("One of these is no fingerprint."), words("A fingerprint has 64 signs, 0 to 9 and a to f.")
        ) from None


def _manifest(folder: Path) -> dict[str, Any]:
    try:
        said: dict[str, Any] = json.loads((folder / "index.json").read_text(encoding="utf-8"))
        if said["format"] == FORMAT:
            return said
    except (OSError, ValueError, KeyError, TypeError):
        pass
    raise CouldNot(
        words("There is no index in {folder} that this version can read.", folder=str(folder)),
        words("Make one with: amparo index build."),
    )


def _receipt_lines(folder: Path, count: int) -> list[dict[str, Any]]:
    """Gives the receipts that count; a line after them was written by an act that did not end."""
    try:
        # Not splitlines: signs that end a line for it may stand inside a text.
        lines = (folder / "receipts.jsonl").read_text(encoding="utf-8").split("\n")[:count]
        found = [json.loads(line) for line in lines]
    except (OSError, ValueError) as error:
        raise _damaged(folder) from error
    if len(found) < count:
        raise _damaged(folder)
    return found


def _damaged(folder: Path) -> CouldNot:
    return CouldNot(
        words("The index in {folder} is damaged.", folder=str(folder)),
        words("Put a copy of it back, or build it anew from its lists and receipts."),
    )


def _write_receipts(folder: Path, lines: list[dict[str, Any]]) -> None:
    text = "".join(json.dumps(one, ensure_ascii=False) + "\n" for one in lines)
    _write_whole(folder / "receipts.jsonl", text)


def _segment(folder: Path, hashes: np.ndarray, receipts: np.ndarray) -> dict[str, Any]:
    """Writes a segment under a new name; it counts only once the list names it."""
    name = f"segment-{uuid.uuid4().hex}"
    place = folder / name
    place.mkdir(mode=0o700)
    np.ascontiguousarray(hashes, "<u8").tofile(place / "hashes.u64")
    np.ascontiguousarray(receipts, "<u4").tofile(place / "receipts.u32")
    shape = tables.shape_for(len(hashes))
    if shape is not None:
        tables.write_tables(hashes, shape, place)
    for path in place.iterdir():
        _on_disk(path)
    cut = (None, None) if shape is None else (shape.bits, shape.chunks)
    return {"name": name, "n": len(hashes), "bits": cut[0], "chunks": cut[1]}


def _small(segments: Sequence[dict[str, Any]]) -> set[str]:
    """Gives the segments to merge: all but those that are larger than the smaller ones together."""
    by_size = sorted(segments, key=lambda one: one["n"])
    below = 0
    small: set[str] = set()
    for one in by_size:
        if one["n"] > below and len(small) > 1:
            break
        small.add(one["name"])
        below += one["n"]
    return small


def _ended(folder: Path, on: date) -> set[str]:
    """Gives the segments that hold an entry whose receipt is no longer in force."""
    index = Index(folder)
    gone = [number for number, one in enumerate(index.receipts) if one.has_ended(on)]
    return {one.folder.name for one in index.segments if np.isin(one.receipts, gone).any()}


def _rewrite(folder: Path, said: dict[str, Any], names: set[str], *, on: date) -> None:
    """Writes some segments anew as one, without the entries whose receipt has ended."""
    if not names:
        return
    index = Index(folder)
    gone = [number for number, one in enumerate(index.receipts) if one.has_ended(on)]
    parts = [one for one in index.segments if one.folder.name in names]
    rows = [np.flatnonzero(~np.isin(one.receipts, gone)) for one in parts]
    kept = [one for one in said["segments"] if one["name"] not in names]
    if any(map(len, rows)):
        hashes = np.concatenate([one.hashes[some] for one, some in zip(parts, rows, strict=True)])
        receipts = np.concatenate([one.receipts[some] for one, some in zip(parts, rows, strict=True)])
        kept.append(_segment(folder, hashes, receipts))
    _replace(folder, {**said, "segments": kept})


def _replace(folder: Path, said: dict[str, Any]) -> None:
    _write_whole(folder / "index.json", json.dumps(said) + "\n")
    named = {one["name"] for one in said["segments"]}
    for place in folder.glob("segment-*"):
        if place.name not in named:
            shutil.rmtree(place, ignore_errors=True)


def _write_whole(path: Path, text: str) -> None:
    beside = path.with_suffix(path.suffix + ".part")
    beside.write_text(text, encoding="utf-8")
    beside.chmod(0o600)
    _on_disk(beside)
    os.replace(beside, path)
    _on_disk(path.parent)


def _on_disk(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


@contextmanager
def _writing(folder: Path) -> Iterator[None]:
    """Lets one writer in at a time; the lock goes with the process, however it ends."""
    import fcntl

    _manifest(folder)  # a mistyped name makes no folder
    with os.fdopen(os.open(folder / "lock", os.O_RDWR | os.O_CREAT, 0o600), "w") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            raise CouldNot(
                words("Somebody else is writing to this index."),
                words("Wait until that ends, and try again."),
            ) from None
        yield
