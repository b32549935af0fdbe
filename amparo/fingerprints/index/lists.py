"""Reading a list of fingerprints: one a line, or a table as hash-sharing programmes pass them on."""

import csv
import re
from collections.abc import Iterator
from pathlib import Path

from amparo.errors import CouldNot, Refused
from amparo.words import words

HEX = re.compile(r"^[0-9a-fA-F]{64}$")
VALUE_COLUMNS = ("pdq", "hash", "signal", "value", "signal_str", "hash_value")
TYPE_COLUMNS = ("type", "signal_type", "signaltype", "hash_type", "hashtype", "algorithm", "algo", "kind")


def fingerprints_in(path: Path) -> list[str]:
    """Gives the fingerprints of a file in lower case. Raises Refused naming the line that is none.

    A table's first line names its columns; lines whose type is not PDQ are passed over. Otherwise a
    fingerprint stands first on each line; what follows a comma is passed over, and so are empty lines and
    lines with #.
    """
    try:
        lines = path.read_text(encoding="utf-8-sig").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise CouldNot(
            words("{name} could not be read.", name=path.name), words("Save it as text or CSV in UTF-8.")
        ) from error
    head = [name.strip().strip('"').lower() for name in lines[0].split(",")] if lines else []
    value = next((name for name in VALUE_COLUMNS if name in head), None)
    texts = []
    try:
        found = list(_of_table(lines, head, value) if value else _of_lines(lines))
    except csv.Error as error:
        raise CouldNot(
            words("{name} could not be read.", name=path.name), words("Save it as text or CSV in UTF-8.")
        ) from error
    for number, text in found:
        if not HEX.match(text):
            raise Refused(
                words("{name}, line {number}: this is no fingerprint.", name=path.name, number=number),
                words("A fingerprint has 64 signs, 0 to 9 and a to f."),
            )
        texts.append(text.lower())
    return texts


def _of_lines(lines: list[str]) -> Iterator[tuple[int, str]]:
    for number, line in enumerate(lines, 1):
        if line.strip() and not line.startswith("#"):
            yield number, line.split(",")[0].strip()


def _of_table(lines: list[str], head: list[str], value: str) -> Iterator[tuple[int, str]]:
    kind = next((name for name in TYPE_COLUMNS if name in head), None)
    for number, row in enumerate(csv.DictReader(lines[1:], fieldnames=head), 2):
        if kind is None or (row[kind] or "").strip().lower() == "pdq":
            yield number, (row[value] or "").strip()
