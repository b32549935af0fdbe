"""Tables as PHP's fputcsv writes them: inside quotes, a quote after a backslash is not doubled.

That is no CSV by RFC 4180; `rewritten` makes it one. A backslash before the closing quote looks the same as a
protected quote before a comma: both readings are tried, and the one that gives the row all its fields, with
a day in the last one, is taken.
"""

import re
from collections.abc import Iterator
from pathlib import Path

QUOTED = re.compile(rb'"(?>(?:[^"\\]|""|\\+(?!["\\])|\\+"(?!,|\r?\n|\r?\Z))*)')  # up to where it may end
MORE = re.compile(rb'\\+"(?>(?:[^"\\]|""|\\+(?!["\\])|\\+"(?!,|\r?\n|\r?\Z))*)')
MAY_END = re.compile(rb'\\*"(?=,|\r?\n|\r?\Z)')
PLAIN = re.compile(rb'[^",\r\n]*')
AFTER = re.compile(rb",|\r?\n|\r?\Z")
QUOTES = re.compile(rb'\\+"|""')
DAY = re.compile(rb'"?\d{4}-\d\d-\d\d')
MOST_STEPS = 20_000  # for one row
MOST_BYTES = 512 << 20  # it is held in memory
LONGEST = 16 << 20  # bytes of one row


class NoTable(ValueError):
    """The bytes are no table by PHP's rule either."""


def rewritten(table: Path, columns: int) -> None:
    """Rewrites the file by RFC 4180. Raises NoTable where a row has not that many columns."""
    if table.stat().st_size > MOST_BYTES:
        raise NoTable
    held = table.read_bytes()
    at = held.find(b"\n") + 1 or len(held)
    with table.open("wb") as out:
        out.write(held[:at])
        while at < len(held):
            fields, at = _row(held, at, columns)
            out.write(b",".join(map(_written, fields)) + b"\n")


def _row(held: bytes, start: int, columns: int) -> tuple[list[bytes], int]:
    """Gives the fields of the row that starts there, and where the next one starts."""
    fields: list[bytes] = []
    ways = [(start, _ends(held, start))]  # per field: where it starts, and the ends not yet tried
    for _ in range(MOST_STEPS):
        if not ways:
            break
        at, ends = ways[-1]
        del fields[len(ways) - 1 :]
        end = next(ends, None)
        if end is None:
            ways.pop()
            continue
        if end - start > LONGEST:
            break
        after = AFTER.match(held, end)
        fields.append(held[at:end])
        if after is None:
            continue
        if after.group() == b"," and len(fields) < columns:
            ways.append((after.end(), _ends(held, after.end())))
        elif after.group() != b"," and len(fields) == columns and DAY.match(fields[-1]):
            return fields, after.end()
    raise NoTable


def _ends(held: bytes, at: int) -> Iterator[int]:
    """Gives where the field that starts there may end: at a plain quote, or one that may be protected."""
    if held[at : at + 1] != b'"':
        yield PLAIN.match(held, at).end()  # type: ignore[union-attr]  # it matches nothing at least
        return
    found = QUOTED.match(held, at)
    while found is not None:
        end = MAY_END.match(held, found.end())
        if end is None:
            return
        yield end.end()
        if not end.group().startswith(b"\\"):
            return
        found = MORE.match(held, found.end())


def _written(field: bytes) -> bytes:
    if not field.startswith(b'"'):
        return field
    plain = QUOTES.sub(lambda found: b'"' if found.group() == b'""' else found.group(), field[1:-1])
    return b'"' + plain.replace(b'"', b'""').replace(b"\r", b" ") + b'"'
