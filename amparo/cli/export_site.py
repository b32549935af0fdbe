"""`amparo export-site -o FILE.zip`: the pages that need no server, for any host or a USB stick."""

import argparse
import os
import sys
import tempfile
from pathlib import Path
from typing import Any

from amparo.cli.frame import now_of, print_json


def arguments(parser: argparse.ArgumentParser) -> None:
    """Adds what this verb takes."""
    parser.add_argument("-o", "--output", type=Path, required=True, metavar="FILE.zip", help="write it here")
    language = "only this language (may be given again)"
    parser.add_argument("--lang", action="append", metavar="CODE", help=language)
    place = "services by the law of this place only: eu, gb, us, au, in, br, other"
    parser.add_argument("--place", action="append", metavar="CODE", help=place)


def run(args: argparse.Namespace) -> int:
    """Makes the copy and says what is in it."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "amparo.settings")
    with tempfile.TemporaryDirectory() as nothing:  # no page of the copy has data of anybody
        os.environ.setdefault("AMPARO_DATA", nothing)
        import django
        from django.core.management import call_command

        django.setup()
        call_command(
            "copy",
            to=args.output,
            languages=args.lang,
            places=args.place,
            now=now_of(args),
            progress=_progress,
            told=lambda made: _say(args, made),
            skip_checks=True,
        )
    return 0


def _progress(count: int) -> None:
    if sys.stderr.isatty() and count % 100 == 0:
        print(f"\r{count} pages", end="", file=sys.stderr, flush=True)


def _say(args: argparse.Namespace, made: Any) -> None:
    if args.json:
        print_json(
            {"file": args.output, "pages": made.pages, "files": made.files, "bytes": made.size},
        )
    else:
        print(f"{args.output}: {made.pages} pages, {made.files} files, {made.size} bytes unpacked")
