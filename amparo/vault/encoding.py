"""Length-prefixed bytes.

One spelling for every list of values, so that nothing bound by it can be read two ways.
"""

import struct

_length = struct.Struct(">I").pack
_number = struct.Struct(">Q").pack  # made once: a case of 2,000 records packs 8,000 times


class Garbled(ValueError):
    """Bytes that are no list of parts."""


def pack(*parts: bytes | str | int) -> bytes:
    """Gives the parts one after another, each behind its length (4 bytes, big-endian).

    Text is UTF-8; a number (0 ≤ n < 2**64) is 8 bytes, big-endian.
    """
    written: list[bytes] = []
    for part in parts:
        if isinstance(part, str):
            part = part.encode("utf-8")
        elif not isinstance(part, bytes):
            part = _number(part)
        written.append(_length(len(part)))
        written.append(part)
    return b"".join(written)


def unpack(packed: bytes) -> list[bytes]:
    """Gives the parts that `pack` joined. Raises Garbled where the lengths do not fit the bytes."""
    parts, at = [], 0
    while at < len(packed):
        if at + 4 > len(packed):
            raise Garbled("a length is cut off")
        (size,) = struct.unpack_from(">I", packed, at)
        at += 4
        if at + size > len(packed):
            raise Garbled("a part is cut off")
        parts.append(packed[at : at + size])
        at += size
    return parts


def number(part: bytes) -> int:
    """Gives the number in an 8-byte part."""
    if len(part) != 8:
        raise Garbled("a number has 8 bytes")
    return int.from_bytes(part, "big")
