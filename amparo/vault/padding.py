"""Padded sizes, so that a length tells little: Padmé (Nikitin et al., PETS 2019), never below 256 bytes."""

FLOOR = 256
_END = b"\x80"


class BadPadding(ValueError):
    """Bytes that were not padded by us."""


def padded_size(size: int) -> int:
    """Gives the size that `size` bytes take: at most 12 % more, and only a few sizes in use."""
    if size <= FLOOR:
        return FLOOR
    exponent = size.bit_length() - 1
    kept_bits = exponent.bit_length()
    step = 1 << (exponent - kept_bits)
    return (size + step - 1) // step * step


def pad(plain: bytes) -> bytes:
    """Gives the bytes, the mark 0x80, and zeros up to the padded size."""
    marked = len(plain) + 1
    return plain + _END + bytes(padded_size(marked) - marked)


def unpad(padded: bytes) -> bytes:
    """Gives what was padded. Raises BadPadding where the mark is missing."""
    marked = padded.rstrip(b"\x00")
    if marked[-1:] != _END:
        raise BadPadding("no end mark")
    return marked[:-1]
