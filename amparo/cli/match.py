"""amparo match: which of these files show one of mine."""

import argparse
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from amparo.cli import adulthood
from amparo.cli.frame import inputs, print_json, told
from amparo.errors import AmparoError

if TYPE_CHECKING:
    from amparo.fingerprints.fingerprint import Fingerprint


def arguments(parser: argparse.ArgumentParser) -> None:
    """Adds what this verb takes."""
    adulthood.add_argument(parser)
    parser.add_argument(
        "--mine", nargs="+", action="extend", required=True, metavar="PATH", help="my photos, or folders"
    )
    parser.add_argument(
        "paths", nargs="+", metavar="PATH", help="after --: where to look, files or folders; - reads paths"
    )


def run(args: argparse.Namespace) -> int:
    """Prints every matching pair; gives 0 when there is one, 1 when none, or the code of the worst error."""
    adulthood.need_adults(said=args.adult)
    from amparo.fingerprints.matching import match

    reading = _Reading(as_json=args.json)
    mine = list(reading.fingerprints(args.mine))
    reading.tell_plain(mine)
    matched = False
    for file, other in reading.fingerprints(inputs(args.paths)) if mine else ():
        for pair in match([one for _, one in mine], [other]):
            matched = True
            how = {"code": pair.how.code, "words": pair.how.words}
            found = {"file": file, "mine": mine[pair.mine][0], "score": pair.score, "how": how}
            _show(found, as_json=args.json)
    if not matched and not reading.worst and not args.json:
        print("None of these files shows one of yours.", file=sys.stderr)
    return reading.worst or (0 if matched else 1)


def _show(found: dict[str, Any], *, as_json: bool) -> None:
    if as_json:
        print_json(found)
    else:
        print(f"{found['file']}: {found['how']['words']}  {found['mine']}  (score {found['score']})")


class _Reading:
    """Reads file after file; a failed one is told and the others go on. `worst` is the highest exit code."""

    def __init__(self, *, as_json: bool) -> None:
        self.worst = 0
        self._as_json = as_json

    def fingerprints(self, given: Iterable[str]) -> "Iterator[tuple[str, Fingerprint]]":
        from amparo.fingerprints.many import read_many

        for file, fingerprint in read_many(_files(given)):
            try:
                yield file, fingerprint.result()
            except AmparoError as error:
                self._tell(error, file)

    def tell_plain(self, mine: "list[tuple[str, Fingerprint]]") -> None:
        """Says which of my photos are too plain to be recognised; exact copies of them are still found."""
        from amparo.fingerprints.fingerprint import TooPlain

        for file, one in mine:
            if not one.recognisable:
                self._tell(TooPlain(one), file)

    def _tell(self, error: AmparoError, file: str) -> None:
        self.worst = max(self.worst, error.exit_code)
        if self._as_json:
            print_json(told(error, file))
        else:
            print(f"{file}: {error.what}\n  {error.next}", file=sys.stderr)


def _files(given: Iterable[str]) -> Iterator[str]:
    """Gives files as they were given, and in place of a folder the pictures in it."""
    from amparo.fingerprints.reading import pictures_in

    for path in given:
        if Path(path).is_dir():
            yield from map(str, pictures_in(Path(path)))
        else:
            yield path
