"""Reads web archives (WARC) record by record; goes on after what is corrupted."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import IO, Any

from amparo.errors import CouldNot
from amparo.fingerprints.kinds import HEAD_BYTES
from amparo.fingerprints.limits import MAX_BYTES
from amparo.fingerprints.scanning.finds import Corrupted, Find, Media, is_media
from amparo.fingerprints.scanning.spilling import Spill
from amparo.fingerprints.video import MAX_BYTES as MAX_VIDEO_BYTES
from amparo.fingerprints.video import is_video
from amparo.words import words

SUFFIXES = (".warc", ".warc.gz", ".warc.zst")
IN_MEMORY_BYTES = 32_000_000
_PART = 1 << 20
_STARTS = {True: b"\x1f\x8b\x08", False: b"WARC/1."}


def is_archive(path: Path) -> bool:
    """Says whether a file is named like a web archive."""
    return path.name.lower().endswith(SUFFIXES)


def finds_in(path: Path, *, after: int, spill: Spill) -> Iterator[Find]:
    """Gives the pictures and videos of an archive after the record at byte `after` (-1: all of it)."""
    with path.open("rb") as file:
        packed = file.read(3) == _STARTS[True]
        at, told = max(0, after), False
        while at >= 0:
            reading = _Reading(file, at, after, spill)
            try:
                yield from reading.finds()
                if not told and (reading.state == "start" or (packed and _cut(file, reading.last))):
                    yield Corrupted(reading.last)
                return
            except (OSError, ValueError):  # corrupted: what follows it is looked for by its first bytes
                # Found again from its own start, the record that was corrupted is told once only.
                if not (told and reading.state == "start"):
                    yield Corrupted(reading.last)
                told = reading.state == "whole"
                at = _next_start(file, reading.last + 1, packed=packed)


def _cut(file: IO[bytes], last: int) -> bool:
    """Whether one more record begins after the last that was read: the file ends inside it."""
    return _next_start(file, last + 1, packed=True) >= 0


def _next_start(file: IO[bytes], after: int, *, packed: bool) -> int:
    """Gives the byte at which the next record may start, or -1."""
    mark = _STARTS[packed]
    file.seek(after)
    tail, at = b"", after
    while part := file.read(_PART):
        found = (tail + part).find(mark)
        if found >= 0:
            return at - len(tail) + found
        at += len(part)
        tail = (tail + part)[-(len(mark) - 1) :]
    return -1


class _Reading:
    """One go from one byte on. `last` is where the latest record began; `state`: start, inside or whole."""

    def __init__(self, file: IO[bytes], at: int, after: int, spill: Spill) -> None:
        self._file, self._after, self._spill = file, after, spill
        self.last, self.state = at, "start"
        self._asked: tuple[str, str] = ("", "")
        self._waiting: Media | None = None

    def finds(self) -> Iterator[Find]:
        """Gives what there is; a picture waits for the record after it, which may say who asked for it."""
        self._file.seek(self.last)
        try:
            for record in _records(self._file):
                self.last, self.state = int(record.stream_pos), "inside"
                yield from self._taken(record, record.headers.get("WARC-Target-URI") or "")
                self.state = "whole"
        except (OSError, ValueError):
            yield from self._waited()
            raise
        yield from self._waited()

    def _taken(self, record: Any, uri: str) -> Iterator[Find]:
        kind, types = record.record_type, _types()
        if kind == types.no_type:  # the file was cut off
            yield from self._waited()
            yield Corrupted(self.last)
        elif kind == types.request:
            self._asked = (uri, _page_of(record))
            if self._waiting is not None and self._waiting.media_url == uri and self._asked[1]:
                self._waiting = replace(self._waiting, url=self._asked[1])
        elif kind in (types.response, types.resource):
            yield from self._waited()
            if self.last > self._after:
                self._waiting = self._media(record, uri, self.last)

    def _waited(self) -> Iterator[Find]:
        if self._waiting is not None:
            yield self._waiting
            self._waiting = None

    def _media(self, record: Any, uri: str, place: int) -> Media | None:
        head = record.reader.read(HEAD_BYTES)
        if not is_media(head):
            return None
        page = self._asked[1] if self._asked[0] == uri and self._asked[1] else uri
        most = MAX_VIDEO_BYTES if is_video(head) else MAX_BYTES
        content = self._whole(record.reader, head, most)
        return Media(page, uri, place, content, isinstance(content, Path))

    def _whole(self, reader: Any, head: bytes, most: int) -> bytes | Path:
        """Gives the rest too: in memory, or set down where it is large. Above `most` it is refused later."""
        content = head + reader.read(IN_MEMORY_BYTES - len(head))
        if len(content) < IN_MEMORY_BYTES:
            return content
        return self._spill.set_down(content, reader, most=most)


def _page_of(record: Any) -> str:
    """Gives the page that asked for it, by the request's own words."""
    record.parse_http()
    headers = record.http_headers
    return (headers.get("Referer") if headers is not None else None) or ""


def _records(file: IO[bytes]) -> Iterator[Any]:
    _types()
    from fastwarc.warc import ArchiveIterator

    yield from ArchiveIterator(file, parse_http=True, auto_decode="all")


def _types() -> Any:
    try:
        from fastwarc.warc import WarcRecordType
    except ImportError:
        raise CouldNot(
            words("This computer has no reader for web archives."),
            words("Install it with: pip install 'amparo[scan]'."),
        ) from None
    return WarcRecordType
