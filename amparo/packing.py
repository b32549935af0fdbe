"""Many files of data as one that opens at once: an index, then each piece as JSON, read when it is asked for.

Like Python's own compiled modules: what is in the files counts, the pack is only their quick copy. A release
ships it beside the folder (setup.py); a working copy keeps it in __pycache__ and makes it anew when a file
has another size or time. Where it cannot be written, the files are read each time.
"""

import contextlib
import json
import os
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

Made = tuple[Mapping[str, Any], Mapping[str, Any]]  # the index, and the pieces by name


@dataclass(frozen=True, slots=True)
class Pack:
    """What was packed. `index` is read at once, a piece only when asked for."""

    index: Mapping[str, Any]
    where: Mapping[str, tuple[int, int]]
    body: bytes

    def piece(self, name: str) -> Any:
        """Gives one piece as plain JSON data; KeyError when there is none."""
        start, end = self.where[name]
        return json.loads(self.body[start:end])


def opened(folder: Path, make: Callable[[], Made], *, code: Path) -> Pack:
    """Gives the pack of a folder of files; `make` reads them when no pack fits, `code` is its module."""
    shipped, kept = folder.with_suffix(".pack"), folder.parent / "__pycache__" / f"{folder.name}.pack"
    if shipped.exists():
        found = _read(shipped, _listing(folder, code, with_times=False))
        if found is not None:
            return found
    listing = _listing(folder, code, with_times=True)
    found = _read(kept, listing)
    if found is not None:
        return found
    written = _written(listing, make())
    with contextlib.suppress(OSError):  # a folder that is read-only: correct without it, only slower
        _write(kept, written)
    return _parsed(written)[1]


def plain(path: Path) -> Any:
    """Gives what one YAML file holds as plain data, days as ISO text. An error of YAML names the file."""
    import yaml  # only where a file changed: else the quick copy is read

    loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)  # ten times faster where libyaml is built in
    with path.open("rb") as file:
        return _plain(yaml.load(file, Loader=loader))  # noqa: S506 - it is a safe loader


def _plain(value: Any) -> Any:
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, dict):
        return {str(key): _plain(item) for key, item in value.items()}
    if isinstance(value, list):
        return [_plain(item) for item in value]
    return value


def ship(folder: Path, make: Callable[[], Made], *, code: Path, to: Path) -> None:
    """Writes the pack that travels with a release."""
    _write(to, _written(_listing(folder, code, with_times=False), make()))


def _listing(folder: Path, code: Path, *, with_times: bool) -> str:
    """Gives every file with its size (and time): another listing means another pack."""
    lines = [f"{code.stat().st_size} {code.stat().st_mtime_ns if with_times else ''}"]
    for name, entry in _files(os.fspath(folder), ""):
        seen = entry.stat()
        lines.append(f"{name} {seen.st_size} {seen.st_mtime_ns if with_times else ''}")
    return "\n".join(sorted(lines))


def _files(folder: str, below: str) -> Iterator[tuple[str, "os.DirEntry[str]"]]:
    with os.scandir(folder) as entries:
        for entry in entries:
            if entry.is_dir():
                yield from _files(entry.path, f"{below}{entry.name}/")
            elif entry.name.endswith((".yaml", ".md")):
                yield below + entry.name, entry


def _written(listing: str, made: Made) -> bytes:
    index, pieces = made
    where, parts, at = {}, [], 0
    for name, piece in pieces.items():
        part = json.dumps(piece, ensure_ascii=False, separators=(",", ":")).encode()
        where[name] = (at, at + len(part))
        parts.append(part)
        at += len(part)
    head = json.dumps([listing, index, where], ensure_ascii=False, separators=(",", ":"))
    return head.encode() + b"\n" + b"".join(parts)


def _read(path: Path, listing: str) -> Pack | None:
    try:
        made_for, pack = _parsed(path.read_bytes())
    except (OSError, ValueError):
        return None
    return pack if made_for == listing else None


def _parsed(content: bytes) -> tuple[str, Pack]:
    head, _, body = content.partition(b"\n")
    made_for, index, where = json.loads(head)
    return made_for, Pack(index, where, body)


def _write(path: Path, content: bytes) -> None:
    """Writes it whole or not at all: two commands may start together."""
    path.parent.mkdir(exist_ok=True)
    beside = path.with_suffix(f".{os.getpid()}.part")
    try:
        beside.write_bytes(content)
        os.replace(beside, path)
    finally:
        beside.unlink(missing_ok=True)
