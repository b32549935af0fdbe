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
    from amparo.fingerprints.many import Taken
    from amparo.fingerprints.telling import How


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
    reading = _Reading(as_json=args.json)
    mine = _Mine(reading, args.mine)
    matched = False
    for file, other in reading.pictures(inputs(args.paths)) if mine.names else ():
        for name, score, how in mine.shown_by(file, other):
            matched = True
            found = {
                "file": file,
                "mine": name,
                "score": score,
                "how": {"code": how.code, "words": how.words},
            }
            _show(found, as_json=args.json)
    if not matched and not reading.worst and not args.json:
        print("None of these files shows one of yours.", file=sys.stderr)
    return reading.worst or (0 if matched else 1)


def _show(found: dict[str, Any], *, as_json: bool) -> None:
    if as_json:
        print_json(found)
    else:
        print(f"{found['file']}: {found['how']['words']}  {found['mine']}  (score {found['score']})")


class _Mine:
    """My photos, ready to be found; tells which are too plain (exact copies of them are still found)."""

    def __init__(self, reading: "_Reading", given: Iterable[str]) -> None:
        from amparo.fingerprints.matching import TOO_PLAIN, Index

        pairs = list(reading.pictures(given))
        self.names = [file for file, _ in pairs]
        self._numbers = [one.sha256 for _, one in pairs]
        self._index = Index.build([one.raster for _, one in pairs])
        for at in self._index.too_plain:
            reading.tell(TOO_PLAIN, self.names[at])

    def shown_by(self, file: str, other: "Taken") -> "Iterator[tuple[str, float, How]]":
        """Gives name, score and how for each of mine that a file shows."""
        from amparo.fingerprints.rasters import alone
        from amparo.fingerprints.reading import read_file
        from amparo.fingerprints.telling import SAME_FILE

        same = [at for at, number in enumerate(self._numbers) if number == other.sha256]
        for at in same:
            yield self.names[at], 1.0, SAME_FILE
        if not any(match.mine not in same for match in self._index.find(other.raster)):
            return
        # Pictures before it shared its worker. What is told is what it shows when it is read alone.
        for match in self._index.find(alone(read_file(Path(file)))):
            if match.mine not in same:
                yield self.names[match.mine], match.score, match.how


class _Reading:
    """Reads file after file; a failed one is told and the others go on. `worst` is the highest exit code."""

    def __init__(self, *, as_json: bool) -> None:
        self.worst = 0
        self._as_json = as_json

    def pictures(self, given: Iterable[str]) -> "Iterator[tuple[str, Taken]]":
        from amparo.fingerprints.many import read_many

        for file, read in read_many(_files(given)):
            if isinstance(read, AmparoError):
                self.tell(read, file)
            else:
                yield file, read

    def tell(self, error: AmparoError, file: str) -> None:
        """Says what went wrong with one file."""
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
