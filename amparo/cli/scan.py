"""amparo scan: what of mine is in web archives, folders and saved pages."""

import argparse
import contextlib
import hashlib
import os
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, TextIO

from amparo.cli import adulthood
from amparo.cli.frame import data_folder, inputs, print_json
from amparo.errors import AmparoError, Refused
from amparo.words import words

if TYPE_CHECKING:
    from amparo.fingerprints.clips import Shot
    from amparo.fingerprints.scanning.looking import Batch, Seen
    from amparo.fingerprints.scanning.resuming import Kept, State
    from amparo.fingerprints.scanning.spilling import Spill

_EVERY_S = 10.0


def arguments(parser: argparse.ArgumentParser) -> None:
    """Adds what this verb takes."""
    adulthood.add_argument(parser)
    adulthood.add_pictures(parser)
    parser.add_argument("--fresh", action="store_true", help="begin anew, even where an earlier scan stopped")
    parser.add_argument(
        "--processes",
        type=int,
        default=os.cpu_count() or 1,
        metavar="N",
        help="how many look at the same time",
    )
    parser.add_argument(
        "paths",
        nargs="+",
        metavar="PATH",
        help="after --: web archives (WARC), folders, saved pages, or a .txt list of them; - reads paths",
    )


def run(args: argparse.Namespace) -> int:
    """Prints one line of JSON for everything that shows one of mine; 0 when there was one, 1 when none."""
    adulthood.need_adults(said=args.adult)
    from amparo.fingerprints.scanning import folders
    from amparo.fingerprints.scanning.resuming import Kept
    from amparo.fingerprints.scanning.spilling import Spill

    sources = folders.sources(list(inputs(args.paths)))
    names, shots, identity = _mine(args.mine)
    folder = data_folder(args) / "scans"
    kept = Kept(folder, [*identity, *map(_identity, sources)])
    state = _begin(kept, fresh=args.fresh)
    spill = Spill(folder)
    with contextlib.closing(spill):
        state = _Scan(names, sources, kept, spill).run(state, shots, processes=max(1, args.processes))
    kept.forget()
    return 0 if state.matches else 1


def _mine(given: list[str]) -> "tuple[list[str], list[list[Shot]], list[str]]":
    """Gives names and shots of mine, and what makes this set of them the same set again."""
    from amparo.fingerprints.clips import picture, shots
    from amparo.fingerprints.rasters import alone
    from amparo.fingerprints.reading import read_file
    from amparo.fingerprints.video import is_video_file, opened, views

    names, found, identity = [], [], []
    for name in _files(given):
        try:
            if is_video_file(Path(name)):
                with opened(Path(name)) as video:
                    found.append(shots(views(video)))
                identity.append(_identity(Path(name)))
            else:
                content = read_file(Path(name))
                found.append(picture(alone(content)))
                identity.append(hashlib.sha256(content).hexdigest())
            names.append(name)
        except AmparoError as error:
            print(f"{name}: {error.what}\n  {error.next}", file=sys.stderr)
    if not names:
        raise Refused(words("None of your files could be read."), words("Look at the path and try again."))
    return names, found, identity


def _files(given: list[str]) -> Iterator[str]:
    from amparo.fingerprints.video import media_in

    for word in given:
        yield from map(str, media_in(Path(word))) if Path(word).is_dir() else (word,)


def _identity(path: Path) -> str:
    about = path.stat()
    changed = 0 if path.is_dir() else about.st_mtime_ns
    return f"{path.resolve()} {0 if path.is_dir() else about.st_size} {changed}"


def _begin(kept: "Kept", *, fresh: bool) -> "State":
    from amparo.fingerprints.scanning.resuming import State, rewound, standing

    held = None if fresh else kept.read()
    state = rewound(held, sys.stdout.fileno()) if held is not None else None
    if state is not None:
        print(f"Going on after {state.pictures} pictures.", file=sys.stderr)
        return state
    state = State(out=standing(sys.stdout.fileno()))
    kept.write(state)  # so that a kill after the first answers can be put right too
    return state


class _Scan:
    """One scan from where it stands to its end."""

    def __init__(self, names: list[str], sources: list[Path], kept: "Kept", spill: "Spill") -> None:
        self._names, self._sources, self._spill = names, sources, spill
        self._kept = kept
        self._progress = _Progress(sources, sys.stderr)

    def run(self, state: "State", mine: "list[list[Shot]]", *, processes: int) -> "State":
        from amparo.fingerprints.clips import Clips
        from amparo.fingerprints.scanning.looking import look

        clips = Clips(mine)
        for at in clips.too_plain:
            print(f"{self._names[at]}: This picture has too little detail to be recognised.", file=sys.stderr)
        for batch, seen in look(clips, self._batches(state), processes=processes):
            state = self._told(state, batch, seen)
        self._progress.end(state)
        return state

    def _batches(self, state: "State") -> "Iterator[Batch]":
        from amparo.fingerprints.scanning import archives, folders
        from amparo.fingerprints.scanning.looking import batches

        for number, path in enumerate(self._sources):
            if number < state.source:
                continue
            after = state.place if number == state.source else -1
            if path.is_file() and archives.is_archive(path):
                finds = archives.finds_in(path, after=after, spill=self._spill)
            else:
                finds = folders.finds_in(path, after=after)
            yield from batches(number, finds)

    def _told(self, state: "State", batch: "Batch", seen: "list[Seen]") -> "State":
        """Tells a batch, then keeps where the scan stands; the next start puts a kill between right."""
        from amparo.fingerprints.scanning.resuming import standing

        lines = 0
        for one in seen:
            for match in one.matches:
                lines += 1
                print_json(
                    {
                        "url": one.url,
                        "media_url": one.media_url,
                        "mine": self._names[match.mine],
                        "score": match.score,
                        "how": {"code": match.code, "words": match.words},
                    }
                )
        count: Callable[[str], int] = [one.status for one in seen].count
        state = replace(
            state,
            source=batch.source,
            place=batch.place,
            pictures=state.pictures + count("read"),
            not_read=state.not_read + count("not_read"),
            corrupted=state.corrupted + count("corrupted"),
            matches=state.matches + lines,
            out=standing(sys.stdout.fileno()),
        )
        self._kept.write(state)
        self._progress.show(state)
        return state


class _Progress:
    """A bar with the time left; on anything but a terminal a line now and then."""

    def __init__(self, sources: list[Path], out: TextIO) -> None:
        from amparo.fingerprints.scanning import archives, folders

        self._out, self._bar = out, out.isatty()
        self._sizes = [folders.size(path) for path in sources]
        whole = [path.is_file() and archives.is_archive(path) for path in sources]
        # A file of a folder counts as so many bytes of an archive: about what a picture of the web has.
        self._weights = [
            size if one else 100_000 * size for size, one in zip(self._sizes, whole, strict=True)
        ]
        self._began, self._from, self._shown = time.monotonic(), -1.0, 0.0

    def show(self, state: "State") -> None:
        """Shows how far it is."""
        now = time.monotonic()
        done = self._done(state)
        if self._from < 0:
            self._from = done
        if now - self._shown < (0.2 if self._bar else _EVERY_S):
            return
        self._shown = now
        gone = done - self._from
        left = (now - self._began) * (1 - done) / gone if gone > 0 else None
        text = f"{100 * done:3.0f} %  {_counted(state)}  {_time(left)}"
        if self._bar:
            filled = round(24 * done)
            text = f"\r[{'#' * filled}{'.' * (24 - filled)}] {text}\x1b[K"
        print(text, end="" if self._bar else "\n", file=self._out, flush=True)

    def end(self, state: "State") -> None:
        """Says what was looked through."""
        start = "\r\x1b[K" if self._bar else ""
        print(f"{start}Done: {_counted(state)}", file=self._out, flush=True)

    def _done(self, state: "State") -> float:
        before = sum(self._weights[: state.source])
        inside = (state.place + 1) / max(1, self._sizes[state.source]) if self._sizes else 0.0
        weight = self._weights[state.source]
        return min(1.0, (before + min(1.0, inside) * weight) / max(1, sum(self._weights)))


def _counted(state: "State") -> str:
    parts = [f"{state.pictures} looked at", f"{state.matches} found"]
    if state.not_read:
        parts.append(f"{state.not_read} not readable")
    if state.corrupted:
        parts.append(f"{state.corrupted} records corrupted")
    return ", ".join(parts)


def _time(seconds: float | None) -> str:
    if seconds is None:
        return "time left: not known yet"
    minutes, rest = divmod(round(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"time left: {hours}:{minutes:02}:{rest:02}"
