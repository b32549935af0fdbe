"""The few files beside the database: the server's keys and the tombstones.

Private, written whole or not at all.
"""

import contextlib
import os
import secrets
import tempfile
from collections.abc import Callable
from pathlib import Path

from django.conf import settings

from amparo.errors import CouldNot
from amparo.vault import cipher
from amparo.words import words

SERVER_KEY = "server.key"
JOB_KEY = "job.key"


def folder() -> Path:
    """Gives the private data folder (mode 0700), made when it is missing."""
    place = Path(settings.DATA)
    try:
        place.mkdir(parents=True, exist_ok=True, mode=0o700)
    except OSError as error:
        raise cannot_write(place) from error
    return place


def write_private(path: Path, content: bytes) -> None:
    """Writes a file (mode 0600) whole: a reader sees the old bytes or the new, also after a power cut."""
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        os.replace(name, path)
        sync_folder(path.parent)
    except OSError as error:
        with contextlib.suppress(OSError):
            os.unlink(name)
        raise cannot_write(path.parent) from error


def sync_folder(place: Path) -> None:
    """Makes a new name in a folder outlast a power cut (Windows has no such call)."""
    if os.name == "nt":
        return
    handle = os.open(place, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def server_key() -> bytes:
    """Gives the 32-byte key that hides account names in the database; made at the first account.

    It opens nothing sealed. Without it nobody is found by name, so a backup carries it.
    """
    return _key(SERVER_KEY, may_make=lambda: not _accounts_exist())


def job_secret() -> bytes:
    """Gives the X25519 secret of the background work: it opens watch slips and nothing else."""
    return _key(JOB_KEY, may_make=lambda: True)


def _accounts_exist() -> bool:
    from amparo.vault import trouble  # tables are ready only when this is asked
    from amparo.vault.models import Account

    with trouble.told():
        return Account.objects.exists()


def _key(name: str, *, may_make: Callable[[], bool]) -> bytes:
    path = folder() / name
    with contextlib.suppress(FileNotFoundError):
        return _checked(path, path.read_bytes())
    if not may_make():
        raise CouldNot(
            words("The file {name} is missing from the data folder.", name=name),
            words("Put it back from a backup. Spaces cannot be opened without it, and nothing else is lost."),
        )
    _make_once(path)
    return _checked(path, path.read_bytes())


def _make_once(path: Path) -> None:
    """Makes the key file; of two programs at once one wins and both use its key."""
    draft = path.with_name(f".{path.name}.{secrets.token_hex(8)}")
    write_private(draft, secrets.token_bytes(cipher.KEY_SIZE))
    try:
        os.link(draft, path)
    except FileExistsError:
        pass
    except OSError:  # a disk without hard links
        if not path.exists():
            os.replace(draft, path)
            return
    draft.unlink()
    sync_folder(path.parent)


def _checked(path: Path, content: bytes) -> bytes:
    if len(content) != cipher.KEY_SIZE:
        raise CouldNot(
            words("The file {name} in the data folder is damaged.", name=path.name),
            words("Put it back from a backup. Nothing else is lost."),
        )
    return content


def cannot_write(place: Path) -> CouldNot:
    """Gives the error for a folder that takes no bytes: full, read-only, or gone."""
    return CouldNot(
        words("The folder {place} cannot be written.", place=place),
        words("Make room on the disk, or allow writing there, then try again. Nothing was lost."),
    )
