"""Where a scan stands, so that after a kill it goes on with nothing lost and nothing told twice.

The file holds offsets and counts only: no address, no fingerprint, no name. Its own name is a keyed hash of
what is looked for and where, so nobody who finds it can guess either.
"""

import hashlib
import hmac
import json
import os
import secrets
import tempfile
from collections.abc import Iterable
from dataclasses import asdict, dataclass, replace
from pathlib import Path

_VERSION = 1


@dataclass(frozen=True)
class State:
    """`source`, `place`: the last that was told. `out`: the answers' file, and how long it was then.

    `out` is device, number and bytes of a regular file; three zeros for anything else, where what was told
    cannot be taken back.
    """

    source: int = 0
    place: int = -1
    pictures: int = 0
    not_read: int = 0
    corrupted: int = 0
    matches: int = 0
    out: tuple[int, int, int] = (0, 0, 0)


class Kept:
    """The resume file of one scan."""

    def __init__(self, folder: Path, identity: Iterable[str]) -> None:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        name = hmac.new(_key(folder), "\0".join(identity).encode(errors="surrogateescape"), hashlib.sha256)
        self._path = folder / f"{name.hexdigest()[:32]}.json"

    def read(self) -> State | None:
        """Gives where the scan stood; None where there is nothing to go on with."""
        try:
            held = json.loads(self._path.read_text(encoding="ascii"))
            if held.pop("version") != _VERSION:
                return None
            held["out"] = tuple(held["out"])
            return State(**held)
        except (OSError, ValueError, KeyError, TypeError, AttributeError):
            return None

    def write(self, state: State) -> None:
        """Replaces the file whole."""
        number, temporary = tempfile.mkstemp(dir=self._path.parent, prefix=".scan-")
        with os.fdopen(number, "w", encoding="ascii") as file:
            json.dump({"version": _VERSION, **asdict(state)}, file)
            file.flush()
            os.fsync(file.fileno())
        os.replace(temporary, self._path)

    def forget(self) -> None:
        """Removes it: the scan came to its end."""
        self._path.unlink(missing_ok=True)


def _key(folder: Path) -> bytes:
    path = folder / "key"
    try:
        with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
            file.write(secrets.token_bytes(32))
    except FileExistsError:
        pass
    return path.read_bytes()


def standing(descriptor: int) -> tuple[int, int, int]:
    """Gives device, number and length of the regular file behind a descriptor, else three zeros."""
    import stat

    try:
        about = os.fstat(descriptor)
    except OSError:
        return (0, 0, 0)
    return (about.st_dev, about.st_ino, about.st_size) if stat.S_ISREG(about.st_mode) else (0, 0, 0)


def rewound(state: State, descriptor: int) -> State | None:
    """Makes the answers' file end where the state was kept; None where the scan must begin anew.

    What was told after the state was kept is cut off and told again. A file that no longer holds what was
    told before (another file, or emptied) means that answers would be lost: then all is told again.
    """
    now = standing(descriptor)
    if now == (0, 0, 0):
        return state if state.out == (0, 0, 0) else None
    if now[:2] != state.out[:2] or now[2] < state.out[2]:
        return None
    if now[2] > state.out[2]:
        os.ftruncate(descriptor, state.out[2])
        os.lseek(descriptor, 0, os.SEEK_END)
    return replace(state, out=standing(descriptor))
