"""Looks for planted secrets in every file under a folder, in every coding they might have."""

import base64
import urllib.parse
from collections.abc import Iterator
from pathlib import Path


def codings(secret: str) -> Iterator[tuple[str, bytes]]:
    """Gives each way a secret may lie on a disk: UTF-8/16, base64 at three offsets, hex, URL, JSON."""
    plain = secret.encode()
    yield "utf-8", plain
    yield "utf-16-le", secret.encode("utf-16-le")
    yield "utf-16-be", secret.encode("utf-16-be")
    for offset in range(3):
        coded = base64.b64encode(b"\0" * offset + plain)
        start, end = -(-offset * 8 // 6), len(plain + b"\0" * offset) * 8 // 6
        yield f"base64+{offset}", coded[start:end]
    yield "hex", plain.hex().encode()
    yield "HEX", plain.hex().upper().encode()
    yield "url", urllib.parse.quote(secret, safe="").encode()
    yield "form", urllib.parse.quote_plus(secret, safe="").encode()
    yield "json", secret.encode("unicode_escape")


def files_under(*folders: Path) -> Iterator[Path]:
    for folder in folders:
        yield from (path for path in folder.rglob("*") if path.is_file() and not path.is_symlink())


def found(secrets: list[str], *folders: Path) -> list[tuple[str, str, str]]:
    """Gives (secret, coding, file) for every hit; an empty list is what the promise says."""
    needles = [(secret, name, needle) for secret in secrets for name, needle in codings(secret)]
    hits = []
    for path in files_under(*folders):
        content = path.read_bytes()
        hits += [(secret, name, path.name) for secret, name, needle in needles if needle in content]
    return hits
