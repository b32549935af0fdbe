"""`amparo backup FILE`: a sealed copy of everything."""

import argparse
import getpass
import os
import sys
from pathlib import Path

from amparo.cli.frame import now_of, print_json
from amparo.errors import Refused, WrongUse
from amparo.words import words

_LONGEST_PASSPHRASE_BYTES = 10_000


def arguments(parser: argparse.ArgumentParser) -> None:
    """Adds what this verb takes."""
    parser.add_argument("file", type=Path, metavar="FILE", help="where to write the sealed copy")


def run(args: argparse.Namespace) -> int:
    """Writes the backup whole or not at all; says what it holds."""
    open_data_folder(args)
    from amparo.vault import backup
    from amparo.vault.models import Account

    copied = backup.write(args.file, passphrase=passphrase_of(args, new=True), now=now_of(args))
    answer = {"file": args.file, "bytes": copied.size_bytes, "spaces": copied.rows(Account)}
    if args.json:
        print_json(answer)
    else:
        print(f"{args.file}: {copied.size_bytes} bytes, {answer['spaces']} spaces, sealed.")
    return 0


def open_data_folder(args: argparse.Namespace) -> None:
    """Makes the data folder that --data names the one in use, and readies the tables."""
    if args.data is not None:
        os.environ["AMPARO_DATA"] = str(args.data)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "amparo.settings")
    import django

    django.setup()
    from amparo.vault import datafolder

    datafolder.folder()


def passphrase_of(args: argparse.Namespace, *, new: bool) -> str:
    """Gives the passphrase from --passphrase-fd, or asked on the terminal (twice for a new one).

    Raises WrongUse where there is neither, Refused where the two differ.
    """
    if args.passphrase_fd is not None:
        return _from_descriptor(args.passphrase_fd)
    if not sys.stdin.isatty():
        raise WrongUse(
            words("A passphrase is needed, and there is no terminal to ask on."),
            words("Give it through a descriptor: --passphrase-fd 3 3<FILE."),
        )
    typed = getpass.getpass("Passphrase of the backup: ")
    if new and getpass.getpass("Once more: ") != typed:
        raise Refused(
            words("The two passphrases differ, so nothing was written."),
            words("Start again and type it twice."),
        )
    return typed


def _from_descriptor(descriptor: int) -> str:
    try:
        with os.fdopen(descriptor, "rb", closefd=False) as file:
            return file.read(_LONGEST_PASSPHRASE_BYTES).decode("utf-8").rstrip("\r\n")
    except (OSError, ValueError, TypeError, OverflowError) as error:  # -1, 2**40, bytes that are no text
        raise WrongUse(
            words("Nothing readable comes through descriptor {n}.", n=descriptor),
            words("Open it in the same command: --passphrase-fd 3 3<FILE."),
        ) from error
