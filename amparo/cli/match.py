"""amparo match: which of these files show one of mine."""

import argparse
import itertools
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from amparo.cli import adulthood
from amparo.cli.frame import inputs, print_json, told
from amparo.errors import AmparoError

if TYPE_CHECKING:
    from amparo.fingerprints.clips import ClipMatch, Shot
    from amparo.fingerprints.many import Taken
    from amparo.fingerprints.telling import How
    from amparo.fingerprints.video import View


def arguments(parser: argparse.ArgumentParser) -> None:
    """Adds what this verb takes."""
    adulthood.add_argument(parser)
    adulthood.add_pictures(parser)
    parser.add_argument(
        "paths", nargs="+", metavar="PATH", help="after --: where to look, files or folders; - reads paths"
    )


def run(args: argparse.Namespace) -> int:
    """Prints every matching pair; gives 0 when there is one, 1 when none, or the code of the worst error."""
    adulthood.need_adults(said=args.adult)
    reading = _Reading(as_json=args.json)
    mine = _Mine(reading, args.mine)
    matched = False
    for file, other in reading.taken(inputs(args.paths)) if mine.names else ():
        try:
            for found in mine.shown_by(file, other):
                matched = True
                _show({"file": file, **found}, as_json=args.json)
        except AmparoError as error:
            reading.tell(error, file)
    if not matched and not reading.worst and not args.json:
        print("None of these files shows one of yours.", file=sys.stderr)
    return reading.worst or (0 if matched else 1)


def _show(found: dict[str, Any], *, as_json: bool) -> None:
    if as_json:
        print_json(found)
    else:
        where = "  from {:.0f} to {:.0f} s".format(*found["at"]) if "at" in found else ""
        print(f"{found['file']}: {found['how']['words']}  {found['mine']}{where}  (score {found['score']})")


class _Mine:
    """My photos and videos, ready to be found; tells which are too plain (exact copies are still found)."""

    def __init__(self, reading: "_Reading", given: Iterable[str]) -> None:
        from amparo.fingerprints.clips import Clips
        from amparo.fingerprints.matching import TOO_PLAIN

        self.names: list[str] = []
        self._numbers: list[str] = []
        mine: list[list[Shot]] = []
        for file, one in reading.taken(given):
            try:
                mine.append(_shots(one))
            except AmparoError as error:
                reading.tell(error, file)
                continue
            self.names.append(file)
            self._numbers.append(one.sha256)
        self._clips = Clips(mine)
        for at in self._clips.too_plain:
            reading.tell(TOO_PLAIN, self.names[at])

    def shown_by(self, file: str, other: "Taken | _Video") -> "Iterator[dict[str, Any]]":
        """Gives mine, score and how for each of mine that a file shows; of a video also where."""
        from amparo.fingerprints.telling import SAME_FILE

        same = [at for at, number in enumerate(self._numbers) if number == other.sha256]
        for at in same:
            yield _told(self.names[at], 1.0, SAME_FILE)
        for match in self._matches(file, other, same):
            found = _told(self.names[match.mine], match.score, match.how)
            if isinstance(other, _Video):
                found |= {"at": list(match.at_s), "frames": match.frames}
            yield found

    def _matches(self, file: str, other: "Taken | _Video", same: list[int]) -> "list[ClipMatch]":
        from amparo.fingerprints.rasters import alone
        from amparo.fingerprints.reading import read_file

        if isinstance(other, _Video):
            matches = self._clips.in_video(other.views())
        else:
            matches = self._clips.in_picture(other.raster)
            if any(match.mine not in same for match in matches):
                # Pictures before it shared its worker. What is told is what it shows when it is read alone.
                matches = self._clips.in_picture(alone(read_file(Path(file))))
        return [match for match in matches if match.mine not in same]


def _told(mine: str, score: float, how: "How") -> dict[str, Any]:
    return {"mine": mine, "score": score, "how": {"code": how.code, "words": how.words}}


def _shots(one: "Taken | _Video") -> "list[Shot]":
    from amparo.fingerprints.clips import picture, shots

    return shots(one.views()) if isinstance(one, _Video) else picture(one.raster)


@dataclass(frozen=True)
class _Video:
    """A video: the SHA-256 of its exact bytes. Its frames are read as they are needed, not held."""

    sha256: str
    file: Path

    def views(self) -> "Iterator[View]":
        from amparo.fingerprints.video import opened, views

        with opened(self.file) as video:
            yield from views(video)


class _Reading:
    """Reads file after file; a failed one is told and the others go on. `worst` is the highest exit code."""

    def __init__(self, *, as_json: bool) -> None:
        self.worst = 0
        self._as_json = as_json

    def taken(self, given: Iterable[str]) -> "Iterator[tuple[str, Taken | _Video]]":
        """Gives each picture and video, in the order given."""
        from amparo.fingerprints.many import read_many
        from amparo.fingerprints.video import is_video_file

        for videos, files in itertools.groupby(_files(given), lambda file: is_video_file(Path(file))):
            for file, read in map(_video, files) if videos else read_many(files):
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


def _video(file: str) -> "tuple[str, _Video | AmparoError]":
    from amparo.fingerprints.video import opened, sha256_of

    try:
        with opened(Path(file)) as video:
            return file, _Video(sha256_of(video), Path(file))
    except AmparoError as error:
        return file, error


def _files(given: Iterable[str]) -> Iterator[str]:
    """Gives files as they were given, and in place of a folder the pictures and videos in it."""
    from amparo.fingerprints.video import media_in

    for path in given:
        if Path(path).is_dir():
            yield from map(str, media_in(Path(path)))
        else:
            yield path
