"""Large videos on their way through a scan: in a private folder, gone at the end, or at the next start."""

import contextlib
import os
import shutil
import tempfile
from pathlib import Path
from typing import IO, Any

_PART = 1 << 20
_NAME = "spill-"


class Spill:
    """A folder for this scan alone (mode 0700), made when it is first needed.

    It is held by a lock that the system lets go when the process ends, however it ends: so the next scan
    knows which folders nobody uses, and removes them.
    """

    def __init__(self, inside: Path) -> None:
        self._inside = inside
        self._folder: Path | None = None
        self._lock: IO[bytes] | None = None
        self._count = 0
        _clean(inside)

    def set_down(self, start: bytes, reader: Any, *, most: int) -> Path:
        """Gives a file with `start` and what the reader still gives, at most `most` bytes and one more."""
        self._count += 1
        path = self._made() / str(self._count)
        left = most + 1 - len(start)
        with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
            file.write(start)
            while left > 0 and (part := reader.read(min(left, _PART))):
                file.write(part)
                left -= len(part)
        return path

    def close(self) -> None:
        """Removes all of it."""
        if self._folder is not None:
            shutil.rmtree(self._folder, ignore_errors=True)
        if self._lock is not None:
            self._lock.close()

    def _made(self) -> Path:
        if self._folder is None:
            self._inside.mkdir(parents=True, exist_ok=True, mode=0o700)
            self._folder = Path(tempfile.mkdtemp(prefix=_NAME, dir=self._inside))
            self._lock = (self._folder / "lock").open("wb")
            _hold(self._lock)
        return self._folder


def _clean(inside: Path) -> None:
    for folder in inside.glob(f"{_NAME}*"):
        with contextlib.suppress(OSError):
            if _nobody_holds(folder / "lock"):
                shutil.rmtree(folder, ignore_errors=True)


def _nobody_holds(lock: Path) -> bool:
    if not lock.exists():  # killed between two steps of its making
        return True
    with lock.open("r+b") as file:
        return _hold(file)


def _hold(file: IO[bytes]) -> bool:
    try:
        if os.name == "nt":
            import msvcrt

            msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)  # type: ignore[attr-defined,unused-ignore]  # Windows only
        else:
            import fcntl

            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True
