"""What every verb shares: common options, batches, JSON lines, errors with a next step, exit codes."""

import argparse
import io
import json
import os
import sys
import traceback
from collections.abc import Callable, Iterable, Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import platformdirs

from amparo.errors import AmparoError, CouldNot, WrongUse
from amparo.words import Words, words

# No request of ours is older or runs longer; beyond them a calendar cannot be reckoned to its end.
YEARS = range(1900, 2201)


def instant(text: str) -> datetime:
    """Gives a moment from ISO 8601 with an offset; a time without a zone is refused (argparse: exit 2)."""
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(
            f"{text!r} is not a time. Write it like 2026-11-23T09:30:00+01:00."
        ) from None
    if moment.tzinfo is None:
        raise argparse.ArgumentTypeError(
            f"{text!r} has no time zone. Add the offset at its end, like +01:00, or Z for UTC."
        )
    if moment.year not in YEARS:
        raise argparse.ArgumentTypeError(f"{text!r} is too far away. Give a year from 1900 to 2200.")
    return moment


def port(text: str) -> int:
    """Gives a port, 1 to 65535; the system's own calls would silently take another for a larger number."""
    if not (text.isascii() and text.isdecimal() and len(text) < 6 and 0 < int(text) < 65536):
        raise argparse.ArgumentTypeError(f"{text!r} is no port. Give 1024 to 65535, or leave it out.")
    return int(text)


def common_options(*, below: bool = False) -> argparse.ArgumentParser:
    """Gives the options every verb takes (`parents=[common_options()]`).

    `below`: for a part of a verb; an option given before the part is then not put back to its default.
    """
    unset = argparse.SUPPRESS if below else None
    options = argparse.ArgumentParser(add_help=False, argument_default=unset)
    options.add_argument("--data", type=Path, metavar="DIR", help="private data folder (or AMPARO_DATA)")
    options.add_argument("--port", type=port, default=unset or 0, metavar="N", help="port of the local app")
    options.add_argument("--no-browser", action="store_true", help="do not open a browser")
    options.add_argument(
        "--passphrase-fd", type=int, metavar="N", help="read the passphrase from this descriptor"
    )
    options.add_argument("--now", type=instant, metavar="ISO", help="reckon as if it were this moment")
    options.add_argument("--json", action="store_true", help="answer in JSON, one object per line")
    return options


def data_folder(args: argparse.Namespace) -> Path:
    """Gives the private data folder: --data, AMPARO_DATA, or the system's own place for it."""
    given = args.data or os.environ.get("AMPARO_DATA")
    return Path(given) if given else Path(platformdirs.user_data_path("amparo", appauthor=False))


def now_of(args: argparse.Namespace) -> datetime:
    """Gives the moment to reckon from: --now, or this one (UTC)."""
    return args.now or datetime.now(UTC).replace(microsecond=0)


def inputs(given: list[str]) -> Iterator[str]:
    """Gives each input; a single `-` reads one per line from standard input."""
    for word in given:
        if word == "-":
            yield from (line.strip() for line in sys.stdin or () if line.strip())
        else:
            yield word


def plain(value: Any) -> Any:
    """Gives what JSON can hold: Words as English, moments as ISO 8601 with offset."""
    if isinstance(value, Words):
        return str(value)
    if isinstance(value, datetime | date):
        return value.isoformat()
    if isinstance(value, Path):
        return str(value)
    if isinstance(value, dict):
        return {key: plain(item) for key, item in value.items()}
    if isinstance(value, list | tuple | set | frozenset):
        return [plain(item) for item in value]
    return value


def print_json(value: Any) -> None:
    """Prints one JSON object on one line."""
    print(json.dumps(plain(value), ensure_ascii=False), flush=True)


def told(error: AmparoError, given: str | None = None) -> dict[str, str]:
    """Gives an error as the contract's object {input, error, next}."""
    said = {"error": str(error.what), "next": str(error.next)}
    return said if given is None else {"input": given, **said}


def readable_streams() -> None:
    """Lets every byte come in and go out: a name that is no valid text is shown escaped, never a crash."""
    if isinstance(sys.stdin, io.TextIOWrapper):
        sys.stdin.reconfigure(errors="surrogateescape")
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")  # inside JSON this is JSON's own escape


def our_mistake(error: Exception) -> CouldNot:
    """Gives an error nobody foresaw as its kind and place in our code; its text may hold what is private."""
    here = traceback.extract_tb(error.__traceback__)
    package = f"{Path(__file__).parents[1]}{os.sep}"
    ours = [frame for frame in here if frame.filename.startswith(package)] or list(here)
    where = f"{os.path.basename(ours[-1].filename)}:{ours[-1].lineno}" if ours else "?"
    return CouldNot(
        words("Something in the program went wrong. It is not your mistake."),
        words("Tell the people who make it: {kind} at {place}.", kind=type(error).__name__, place=where),
    )


def end_with(error: AmparoError, *, as_json: bool) -> int:
    """Shows an error that ends the command; gives its exit code."""
    if as_json:
        print_json(told(error))
    else:
        print(f"{error.what}\n{error.next}", file=sys.stderr)
    return error.exit_code


def each(
    given: Iterable[str],
    answer: Callable[[str], dict[str, Any]],
    *,
    as_json: bool,
    show: Callable[[dict[str, Any]], None],
) -> int:
    """Answers every input in order; a failed one is told and the others go on. Gives the worst exit code."""
    worst, count = 0, 0
    for one in given:
        count += 1
        try:
            result = answer(one)
        except Exception as unforeseen:  # one broken input never stops the others
            if isinstance(unforeseen, BrokenPipeError):
                raise
            error = unforeseen if isinstance(unforeseen, AmparoError) else our_mistake(unforeseen)
            worst = max(worst, error.exit_code)
            if as_json:
                print_json(told(error, one))
            else:
                print(f"{one}: {error.what}\n  {error.next}", file=sys.stderr)
            continue
        if as_json:
            print_json(result)
        else:
            show(result)
    if not count:
        raise WrongUse(words("Nothing was given."), words("Give one input, or - to read one per line."))
    return worst
