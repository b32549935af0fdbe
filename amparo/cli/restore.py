"""`amparo restore FILE`: puts a sealed copy into an empty data folder."""

import argparse
from pathlib import Path

from amparo.cli.backup import open_data_folder, passphrase_of
from amparo.cli.frame import now_of, print_json


def arguments(parser: argparse.ArgumentParser) -> None:
    """Adds what this verb takes."""
    parser.add_argument("file", type=Path, metavar="FILE", help="the sealed copy")


def run(args: argparse.Namespace) -> int:
    """Checks every byte first, then puts all of it back or nothing; what was deleted since stays deleted."""
    open_data_folder(args)
    from amparo.vault import backup
    from amparo.vault.models import Account

    copied = backup.restore(args.file, passphrase=passphrase_of(args, new=False), now=now_of(args))
    answer = {
        "file": args.file,
        "made": copied.manifest.day,
        "spaces": copied.rows(Account),
    }
    if args.json:
        print_json(answer)
    else:
        print(f"Put back {answer['spaces']} spaces, as they were on {copied.manifest.day.isoformat()}.")
    return 0
