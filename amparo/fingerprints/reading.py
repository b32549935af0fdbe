"""Takes a picture from disk: never more than the byte limit, never from a pipe or a device."""

import os
import stat
from collections.abc import Iterator
from pathlib import Path

from amparo.errors import CouldNot, Refused
from amparo.fingerprints.decoding import TOO_MANY_BYTES
from amparo.fingerprints.kinds import HEAD_BYTES, STRICT_KINDS, THREADED_KINDS, seems
from amparo.fingerprints.limits import MAX_BYTES
from amparo.words import words


def read_file(path: Path) -> bytes:
    """Gives the bytes of a file; raises Refused when it is too large or no file, CouldNot when unreadable."""
    return _read(path, MAX_BYTES)


def pictures_in(folder: Path) -> Iterator[Path]:
    """Gives the files that begin like a picture, in a folder and those inside it, by name."""
    for here, folders, names in os.walk(folder):
        folders.sort()
        for name in sorted(names):
            path = Path(here, name)
            if path.is_file() and begins_like_a_picture(path):
                yield path


def begins_like_a_picture(path: Path) -> bool:
    """Says whether a file begins like a picture; one that cannot be read counts, and is told when it is."""
    try:
        with path.open("rb") as file:
            return seems(file.read(HEAD_BYTES)) in STRICT_KINDS + THREADED_KINDS
    except OSError:
        return True


def _read(path: Path, max_bytes: int) -> bytes:
    try:
        # Not blocking: a pipe with nobody at its other end would wait for ever.
        with open(os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0)), "rb") as file:
            about = os.fstat(file.fileno())
            if not stat.S_ISREG(about.st_mode):
                raise Refused(words("This is not a file."), words("Give a photo, or a folder of photos."))
            if about.st_size > max_bytes:
                raise Refused(*TOO_MANY_BYTES)
            return file.read(max_bytes + 1)
    except FileNotFoundError:
        raise Refused(
            words("There is no file at this place."), words("Look at the path and try again.")
        ) from None
    except IsADirectoryError:
        raise Refused(words("This is a folder."), words("Give the photos in it.")) from None
    except PermissionError:
        raise CouldNot(
            words("This file may not be read."), words("Copy it to your own folder and give the copy.")
        ) from None
    except (OSError, ValueError):  # ValueError: a name with a zero byte in it
        raise CouldNot(
            words("This file could not be read from disk."), words("Copy it again and give the copy.")
        ) from None
