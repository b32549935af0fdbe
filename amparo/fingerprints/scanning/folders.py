"""Folders, lists of files and saved pages as sources of a scan."""

import email
import email.policy
import os
from collections.abc import Iterator
from email.message import Message
from pathlib import Path

from amparo.errors import Refused
from amparo.fingerprints.kinds import HEAD_BYTES
from amparo.fingerprints.limits import MAX_BYTES
from amparo.fingerprints.scanning.archives import is_archive
from amparo.fingerprints.scanning.finds import Corrupted, Find, Media, is_media
from amparo.words import words

PAGES = (".mhtml", ".mht")
_FILES_OF_A_PAGE = "_files"


def sources(given: list[str]) -> list[Path]:
    """Gives the files and folders to look through; a text file names one path a line. Raises Refused."""
    found: list[Path] = []
    for word in given:
        path = Path(word)
        if not path.exists():
            raise Refused(words("There is no file at this place."), words("Look at the path and try again."))
        found += _listed(path) if path.is_file() and path.suffix == ".txt" else [path]
    return [one for path in found for one in _with_archives(path)]


def _listed(path: Path) -> list[Path]:
    lines = path.read_text(encoding="utf-8", errors="surrogateescape").splitlines()
    return [path.parent / line.strip() for line in lines if line.strip() and not line.startswith("#")]


def _with_archives(path: Path) -> Iterator[Path]:
    """A folder, and each archive in it on its own, so that a stop inside it is remembered to the byte."""
    yield path
    if path.is_dir():
        yield from (file for file in _files(path) if is_archive(file))


def finds_in(path: Path, *, after: int) -> Iterator[Find]:
    """Gives the pictures and videos of a folder, page or single file, from the one after number `after`."""
    for number, file in enumerate(_files(path) if path.is_dir() else [path]):
        if number <= after or (path.is_dir() and is_archive(file)):
            continue
        yield from _finds(file, number)


def size(path: Path) -> int:
    """Gives how much there is of a source: bytes of a file, files of a folder."""
    return sum(1 for _ in _files(path)) if path.is_dir() else path.stat().st_size


def _files(folder: Path) -> Iterator[Path]:
    for here, folders, names in os.walk(folder):
        folders.sort()
        yield from (path for name in sorted(names) if (path := Path(here, name)).is_file())


def _finds(file: Path, number: int) -> Iterator[Find]:
    try:
        if file.suffix.lower() in PAGES:
            yield from _of_page(file, number)
            return
        with file.open("rb") as opened:
            head = opened.read(HEAD_BYTES)
    except (OSError, ValueError):
        yield Corrupted(number)
        return
    if is_media(head):
        yield Media(_page_of(file), str(file), number, file)


def _page_of(file: Path) -> str:
    """Browsers save a page as X.html and what it shows in the folder X_files."""
    folder = file.parent
    if folder.name.endswith(_FILES_OF_A_PAGE):
        stem = folder.name.removesuffix(_FILES_OF_A_PAGE)
        for suffix in (".html", ".htm"):
            if (page := folder.parent / f"{stem}{suffix}").is_file():
                return str(page)
    return str(file)


def _of_page(file: Path, number: int) -> Iterator[Find]:
    """A page saved as one file (MHTML): a mail whose parts are what the page shows."""
    if file.stat().st_size > MAX_BYTES:
        yield Corrupted(number)
        return
    page = email.message_from_bytes(file.read_bytes(), policy=email.policy.compat32)
    address = _text(page, "Snapshot-Content-Location") or str(file)
    for part in page.walk():
        content = part.get_payload(decode=True) if not part.is_multipart() else None
        if isinstance(content, bytes) and is_media(content[:HEAD_BYTES]):
            yield Media(address, _text(part, "Content-Location") or str(file), number, content)


def _text(part: Message, name: str) -> str:
    return str(part.get(name) or "")
