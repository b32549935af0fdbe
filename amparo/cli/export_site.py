"""`amparo export-site -o FILE.zip`: the pages that need no server, for any host or a USB stick."""

import argparse
import os
import sys
import tempfile
from pathlib import Path

from amparo.cli.frame import now_of, print_json
from amparo.errors import CouldNot, WrongUse
from amparo.words import words


def arguments(parser: argparse.ArgumentParser) -> None:
    """Adds what this verb takes."""
    parser.add_argument("-o", "--output", type=Path, required=True, metavar="FILE.zip", help="write it here")
    parser.add_argument(
        "--lang", action="append", metavar="CODE", help="only this language (may be given again)"
    )
    parser.add_argument(
        "--place",
        action="append",
        metavar="CODE",
        help="services by the law of this place only: eu, gb, us, au, in, br, other",
    )


def run(args: argparse.Namespace) -> int:
    """Makes the copy and says what is in it."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "amparo.settings")
    with tempfile.TemporaryDirectory() as nothing:  # no page of the copy has data of anybody
        os.environ.setdefault("AMPARO_DATA", nothing)
        import django

        django.setup()
        return _make(args)


def _make(args: argparse.Namespace) -> int:
    from django.conf import settings

    from amparo.claims.service_sheet import PLACES
    from amparo.web.languages import NAMES
    from amparo.web.site.making import make
    from amparo.web.site.pages import Choice

    choice = Choice(_chosen(args.lang, tuple(NAMES)), _chosen(args.place, tuple(PLACES)))
    settings.NOW = now_of(args)
    beside = args.output.with_name(f".{args.output.name}.part")
    try:
        made = make(beside, choice, progress=_progress)
        beside.replace(args.output)
    except OSError as error:
        raise CouldNot(
            words("The file could not be written: {why}.", why=error.strerror or "unknown"),
            words("Choose another folder, or make room, and try again. Nothing else was changed."),
        ) from error
    finally:
        beside.unlink(missing_ok=True)
    _say(args, {"file": args.output, "pages": made.pages, "files": made.files, "bytes": made.size})
    return 0


def _chosen(given: list[str] | None, known: tuple[str, ...]) -> tuple[str, ...]:
    for code in given or ():
        if code not in known:
            raise WrongUse(
                words("{code} is not known here.", code=code),
                words("Use one of: {near}.", near=", ".join(known)),
            )
    return tuple(code for code in known if not given or code in given)


def _progress(count: int) -> None:
    if sys.stderr.isatty() and count % 100 == 0:
        print(f"\r{count} pages", end="", file=sys.stderr, flush=True)


def _say(args: argparse.Namespace, made: dict[str, object]) -> None:
    if args.json:
        print_json(made)
    else:
        print(f"{made['file']}: {made['pages']} pages, {made['files']} files, {made['bytes']} bytes unpacked")
