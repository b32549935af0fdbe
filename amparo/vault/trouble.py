"""What a database says when it cannot, in words a person can act on. Nothing is swallowed."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import DatabaseError, InterfaceError

from amparo.errors import CouldNot
from amparo.words import Words, words

_FULL = ("disk is full", "no space left", "could not extend file", "disk full")
_DAMAGED = ("malformed", "not a database", "invalid page", "checksum", "corrupt")
_DISK = (
    "disk i/o error",
    "input/output error",
    "unable to open database file",
    "could not write",
    "could not read",
)
_BUSY = ("locked", "deadlock", "lock timeout", "could not serialize")
_READ_ONLY = ("readonly", "read-only")
_NO_TABLES = ("no such table", "does not exist")


@contextmanager
def told() -> Iterator[None]:
    """Turns a database's error into CouldNot; the transaction around it is undone as a whole."""
    try:
        yield
    except (DatabaseError, InterfaceError) as error:
        raise CouldNot(*_words_for(str(error).lower())) from error


def _words_for(message: str) -> tuple[Words, Words]:
    if any(sign in message for sign in _FULL):
        return (
            words("The disk is full, so this was not saved."),
            words("Make room on the disk, then save again. What was saved before is whole."),
        )
    if any(sign in message for sign in _DAMAGED):
        return (
            words("A part of the database file is damaged."),
            words("Stop Amparo, keep the file, and put back your last backup with `amparo restore`."),
        )
    if any(sign in message for sign in _DISK):
        return (
            words("The disk did not take or give the data, so this was not saved."),
            words("Look whether the disk is full or was taken out, then try again."),
        )
    if any(sign in message for sign in _BUSY):
        return (
            words("Another program was writing at the same moment, so this was not saved."),
            words("Try again in a moment."),
        )
    if any(sign in message for sign in _READ_ONLY):
        return (
            words("The data folder cannot be written, so this was not saved."),
            words("Allow Amparo to write in its data folder, then save again."),
        )
    if any(sign in message for sign in _NO_TABLES):
        return (
            words("The database of this data folder is not ready yet."),
            words("Start `amparo` once. It makes what is missing."),
        )
    return (
        words("The database could not be used, so nothing was saved."),
        words("Try again. If it stays so, `amparo doctor` says what to look at."),
    )
