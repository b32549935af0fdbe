"""The inside of a backup.

Every sealed row and key file as length-prefixed records, the same for SQLite and PostgreSQL.

    "file"  name, bytes                       a key file, the tombstones
    "table" label, column names               then its rows:
    "row"   values, each behind a type letter (n number, s text, b bytes, d day)
    "end"   manifest, signature               counts and BLAKE2b of every table and file

See docs/vault-format.md.
"""

import struct
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from hashlib import blake2b

from amparo.vault.encoding import Garbled, number, pack, unpack

FORMAT = "amparo backup 1"
LONGEST_RECORD = 64 * 1024 * 1024

Value = int | str | bytes | date


@dataclass(frozen=True)
class Part:
    """A table or a file in the manifest: its name, how many rows (a file: 1), the hash of all its bytes."""

    name: str
    count: int
    digest: bytes


@dataclass(frozen=True)
class Manifest:
    """What a backup holds, and the day it was made."""

    day: date
    parts: tuple[Part, ...]


@dataclass(frozen=True)
class File:
    """A file of the data folder."""

    name: str
    content: bytes = field(repr=False)


@dataclass(frozen=True)
class Table:
    """The start of a table: label of its model, names of its columns."""

    name: str
    columns: tuple[str, ...]


@dataclass(frozen=True)
class Row:
    """One row of the table that started last."""

    values: tuple[Value, ...]


@dataclass(frozen=True)
class End:
    """The manifest as bytes, and its signature."""

    manifest: bytes
    signature: bytes


Record = File | Table | Row | End


class Tally:
    """Counts and hashes what passes by, for the manifest."""

    def __init__(self) -> None:
        self._parts: list[tuple[str, int, blake2b]] = []

    def take(self, record: Record, written: bytes) -> None:
        """Notes one record."""
        if isinstance(record, File | Table):
            self._parts.append((record.name, int(isinstance(record, File)), blake2b(digest_size=32)))
        elif isinstance(record, Row):
            name, count, digest = self._parts[-1]
            self._parts[-1] = (name, count + 1, digest)
        self._parts[-1][2].update(written)

    def parts(self) -> tuple[Part, ...]:
        """Gives what passed by."""
        return tuple(Part(name, count, digest.digest()) for name, count, digest in self._parts)


def to_bytes(record: Record) -> bytes:
    """Gives a record behind its length."""
    match record:
        case File(name, content):
            plain = pack("file", name, content)
        case Table(name, columns):
            plain = pack("table", name, *columns)
        case Row(values):
            plain = pack("row", *(_tagged(value) for value in values))
        case End(manifest, signature):
            plain = pack("end", manifest, signature)
    return struct.pack(">I", len(plain)) + plain


def from_bytes(plain: bytes) -> Record:
    """Gives the record. Raises Garbled."""
    kind, *parts = unpack(plain)
    match kind, parts:
        case b"file", [name, content]:
            return File(name.decode("utf-8"), content)
        case b"table", [name, *columns]:
            return Table(name.decode("utf-8"), tuple(one.decode("utf-8") for one in columns))
        case b"row", values:
            return Row(tuple(_value(one) for one in values))
        case b"end", [manifest, signature]:
            return End(manifest, signature)
    raise Garbled("no record of a backup")


def records(parts: Iterable[bytes]) -> Iterator[tuple[Record, bytes]]:
    """Gives each record and its bytes, from bytes that come in any parts.

    Raises Garbled, also for a cut end.
    """
    waiting = bytearray()
    for part in parts:
        waiting += part
        while len(waiting) >= 4:
            (size,) = struct.unpack_from(">I", waiting)
            if size > LONGEST_RECORD:
                raise Garbled("too long")
            if len(waiting) < 4 + size:
                break
            whole = bytes(waiting[: 4 + size])
            del waiting[: 4 + size]
            yield from_bytes(whole[4:]), whole
    if waiting:
        raise Garbled("cut")


def manifest_bytes(day: date, parts: Sequence[Part]) -> bytes:
    """Gives the bytes that are signed."""
    told: list[bytes | str | int] = [FORMAT, day.isoformat()]
    for part in parts:
        told += (part.name, part.count, part.digest)
    return pack(*told)


def manifest(packed: bytes) -> Manifest:
    """Gives the manifest. Raises Garbled."""
    form, day, *told = unpack(packed)
    if form != FORMAT.encode() or len(told) % 3:
        raise Garbled("manifest")
    parts = (
        Part(told[at].decode("utf-8"), number(told[at + 1]), told[at + 2]) for at in range(0, len(told), 3)
    )
    return Manifest(date.fromisoformat(day.decode("ascii")), tuple(parts))


def _tagged(value: Value) -> bytes:
    match value:
        case int():
            return b"n" + value.to_bytes(8, "big")
        case str():
            return b"s" + value.encode("utf-8")
        case date():
            return b"d" + value.isoformat().encode("ascii")
        case _:
            return b"b" + bytes(value)


def _value(tagged: bytes) -> Value:
    tag, rest = tagged[:1], tagged[1:]
    if tag == b"n":
        return number(rest)
    if tag == b"s":
        return rest.decode("utf-8")
    if tag == b"d":
        return date.fromisoformat(rest.decode("ascii"))
    if tag == b"b":
        return rest
    raise Garbled("type letter")
