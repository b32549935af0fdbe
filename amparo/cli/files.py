"""Writes a file whole or not at all, and for this account only."""

import os
import tempfile
from pathlib import Path

from amparo.errors import CouldNot
from amparo.words import words


def write_whole(path: Path, data: bytes) -> None:
    """Writes `data` to `path` with mode 0600; an old file stays until the new one is complete.

    Raises CouldNot when the folder is missing, not writable, or the disk is full.
    """
    temporary = None
    try:
        number, temporary = tempfile.mkstemp(dir=path.parent, prefix=".amparo-")
        with os.fdopen(number, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        os.replace(temporary, path)
    except OSError as error:
        if temporary and os.path.exists(temporary):
            os.unlink(temporary)
        raise CouldNot(
            words("The file could not be written: {why}.", why=error.strerror or "unknown"),
            words("Choose another folder, or make room, and try again. Nothing else was changed."),
        ) from error
