"""Asks one thing before a picture is touched: was everybody it shows an adult?

Without a clear yes nothing of the picture is read, not even its size.
"""

import argparse
import sys

from amparo.errors import Refused, WrongUse
from amparo.words import words

_YES = {"y", "yes"}


def add_argument(parser: argparse.ArgumentParser) -> None:
    """Adds --adult."""
    parser.add_argument(
        "--adult", action="store_true", help="every person shown was 18 or older when it was made"
    )


def add_pictures(parser: argparse.ArgumentParser) -> None:
    """Adds --mine: the pictures that are looked for."""
    parser.add_argument(
        "--mine",
        nargs="+",
        action="extend",
        required=True,
        metavar="PATH",
        help="my photos, videos, or folders",
    )


def need_adults(*, said: bool) -> None:
    """Goes on only if everybody shown was an adult: `said` on the command line, or asked on a terminal.

    Raises WrongUse where nobody can be asked, Refused for any answer but yes.
    """
    if said:
        return
    if not sys.stdin.isatty():
        raise WrongUse(
            words("Nothing was read: it was not said whether everybody shown was 18 or older."),
            words("If every person shown was 18 or older when it was made, add --adult."),
        )
    print("Was every person shown 18 or older when it was made? [yes/no/not sure] ", end="", file=sys.stderr)
    sys.stderr.flush()
    if sys.stdin.readline().strip().lower() not in _YES:
        raise Refused(
            words("Nothing was read. For pictures from before 18 there are services made for it."),
            words(
                "Take It Down (takeitdown.ncmec.org) works on your own device, needs no name and is free. "
                "In the UK, Report Remove (childline.org.uk) does the same."
            ),
        )
