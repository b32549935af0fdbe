"""`amparo` alone: starts the local app on this machine and shows its single-use address."""

import argparse
import contextlib
import ctypes
import os
import signal
import sys
import threading
import webbrowser
from collections.abc import Callable, Iterator
from pathlib import Path
from types import FrameType
from typing import IO

from amparo.cli.frame import data_folder, print_json
from amparo.errors import CouldNot
from amparo.words import words

PR_SET_DUMPABLE = 4
LAST_PORT = "port"
LOCK = "lock"


def run(args: argparse.Namespace) -> int:
    """Serves until Ctrl-C or SIGTERM, both of which end it cleanly (0)."""
    harden()
    folder = private_folder(data_folder(args))
    with only_one(folder):
        os.environ["AMPARO_DATA"] = str(folder)
        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "amparo.settings")
        prepare_database()
        _serve(args, folder)
    return 0


def harden() -> None:
    """Keeps memory out of core files and out of other programs' sight, where the system can."""
    os.umask(0o077)
    with contextlib.suppress(ImportError, ValueError, OSError):
        import resource  # not on Windows

        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    if sys.platform == "linux":
        with contextlib.suppress(OSError, AttributeError):
            ctypes.CDLL(None, use_errno=True).prctl(PR_SET_DUMPABLE, 0, 0, 0, 0)


def private_folder(folder: Path) -> Path:
    """Gives the data folder, made when missing, open to this account only (0700).

    Raises CouldNot for a folder that holds other things and is open to others: closing it could break them.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        if folder.stat().st_mode & 0o077:
            if any(folder.iterdir()) and not (folder / LOCK).exists():
                raise CouldNot(
                    words("This folder holds other things: {folder}.", folder=str(folder)),
                    words("Give a folder of its own: amparo --data FOLDER."),
                )
            folder.chmod(0o700)
    except OSError as error:
        raise CouldNot(
            words("The data folder cannot be used: {folder}.", folder=str(folder)),
            words("Give one that you may write to: amparo --data FOLDER."),
        ) from error
    return folder.resolve()


@contextlib.contextmanager
def only_one(folder: Path) -> Iterator[None]:
    """Holds the folder for this process; the system lets go of it when the process ends, however it ends."""
    file = _open_private(folder / LOCK)
    try:
        if not _lock(file):
            raise _already_running(folder)
        yield
    finally:
        file.close()


def _open_private(path: Path) -> IO[bytes]:
    try:
        return os.fdopen(os.open(path, os.O_RDWR | os.O_CREAT, 0o600), "r+b", buffering=0)
    except OSError as error:
        raise CouldNot(
            words("The data folder cannot be written to."),
            words("Check that the disk has room and that the folder is yours."),
        ) from error


def _lock(file: IO[bytes]) -> bool:
    """Takes the lock without waiting; False where another process holds it."""
    try:
        if os.name == "nt":
            import msvcrt

            msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)  # type: ignore[attr-defined,unused-ignore]  # only there on Windows
        else:
            import fcntl

            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True


def _already_running(folder: Path) -> CouldNot:
    port = last_port(folder)
    where = f"http://127.0.0.1:{port}/" if port else words("an address of this machine")
    return CouldNot(
        words("Amparo is already running, at {where}.", where=where),
        words(
            "Go to its browser window. For a new address, press Enter where it runs, or stop it with Ctrl-C."
        ),
    )


def last_port(folder: Path) -> int:
    """Gives the port used last time, or 0."""
    try:
        port = int((folder / LAST_PORT).read_text(encoding="ascii"))
    except (OSError, ValueError):
        return 0
    return port if 1024 <= port <= 65535 else 0


def prepare_database() -> None:
    """Makes or updates the tables; a database that cannot be read is told, and left as it is."""
    import django
    from django.core.management import call_command
    from django.db import DatabaseError, connections

    django.setup()
    try:
        call_command("migrate", verbosity=0, interactive=False)
    except DatabaseError as error:
        raise CouldNot(
            words("The saved records cannot be opened. The disk may be full, or the file damaged."),
            words("Nothing was changed. Make room, or bring back a copy: amparo restore FILE."),
        ) from error
    finally:
        connections.close_all()


def _serve(args: argparse.Namespace, folder: Path) -> None:
    from django.core.management import call_command

    def ready(port: int, new_address: Callable[[], str]) -> None:
        with contextlib.suppress(OSError):
            (folder / LAST_PORT).write_text(str(port), encoding="ascii")
        address = new_address()
        tell(address, as_json=args.json)
        if not args.no_browser:
            webbrowser.open(address)
        if sys.stdin is not None and sys.stdin.isatty():
            threading.Thread(target=_at_enter, args=(new_address, args.json), daemon=True).start()

    signal.signal(signal.SIGTERM, _stop)
    with contextlib.suppress(KeyboardInterrupt):
        call_command(
            "local", port=args.port, wanted=last_port(folder), now=args.now, ready=ready, skip_checks=True
        )


def tell(address: str, *, as_json: bool) -> None:
    """Prints the address as the first line, and what it is good for after it."""
    if as_json:
        print_json({"address": address})
        return
    print(address, flush=True)
    print("Open it within a minute; it works once. Press Enter for a new one, Ctrl-C to stop.", flush=True)


def _at_enter(new_address: Callable[[], str], as_json: bool) -> None:
    """Shows a fresh address each time Enter is pressed: after leaving, it is the way back in."""
    for _ in sys.stdin:
        tell(new_address(), as_json=as_json)


def _stop(_signal: int, _frame: FrameType | None) -> None:
    raise KeyboardInterrupt
