"""What was deleted, kept outside the database: a backup that is put back does not bring it back."""

import errno
import os
from dataclasses import dataclass
from datetime import date

from amparo.vault import datafolder

FILE = "tombstones"
KINDS = ("account", "case", "body", "blob", "slip")


@dataclass(frozen=True)
class Tombstone:
    """One thing that was deleted: its kind, its random id (a body: `case/sequence`), the day."""

    kind: str
    id: str
    day: date


def add(*tombstones: Tombstone) -> None:
    """Writes tombstones to disk before it returns. Raises CouldNot; then nothing may be deleted yet."""
    path = datafolder.folder() / FILE
    content = "".join(_line(one) for one in tombstones).encode("ascii")
    try:
        handle = os.open(path, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
        try:
            if os.write(handle, content) != len(content):
                raise OSError(errno.ENOSPC, "cut")
            os.fsync(handle)
        finally:
            os.close(handle)
        datafolder.sync_folder(path.parent)
    except OSError as error:
        raise datafolder.cannot_write(path.parent) from error


def all_of_them() -> list[Tombstone]:
    """Gives every tombstone.

    A last line cut by a power loss is left out (its deletion was not acknowledged).
    """
    path = datafolder.folder() / FILE
    return read(path.read_bytes()) if path.exists() else []


def read(content: bytes) -> list[Tombstone]:
    """Gives the tombstones in a file's bytes."""
    found = []
    for line in content.decode("ascii", "replace").splitlines():
        parts = line.split(" ")
        if len(parts) == 3 and parts[1] in KINDS:
            try:
                found.append(Tombstone(parts[1], parts[2], date.fromisoformat(parts[0])))
            except ValueError:
                continue
    return found


def merge(content: bytes) -> None:
    """Adds the tombstones of another file that are not here yet."""
    known = set(all_of_them())
    new = [one for one in read(content) if one not in known]
    if new:
        add(*new)


def _line(one: Tombstone) -> str:
    """Begins with a new line too: the one before may have been cut by a power loss."""
    return f"\n{one.day.isoformat()} {one.kind} {one.id}\n"
