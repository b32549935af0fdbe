"""One file under one passphrase: a case carried away, a backup.

Written and read as a stream, cut tails noticed.

    "AMPARO SEALED FILE" | version | memory KiB (4 bytes) | passes (4) | salt (16) | stream head (24) | parts

A part is its length (4 bytes, big-endian) and a message of libsodium's secretstream (XChaCha20-Poly1305);
the last carries the tag FINAL. All before the parts is bound to the first one. See docs/vault-format.md.
"""

import io
import secrets
import struct
from collections.abc import Iterator
from typing import BinaryIO

from nacl import bindings, exceptions

from amparo.errors import Refused
from amparo.vault import cipher, passphrases, stretching
from amparo.vault.cipher import Altered
from amparo.vault.padding import BadPadding, pad, unpad
from amparo.vault.stretching import Cost
from amparo.words import words

MAGIC = b"AMPARO SEALED FILE"
PART = 64 * 1024
_OVERHEAD = bindings.crypto_secretstream_xchacha20poly1305_ABYTES
_STREAM_HEADER = bindings.crypto_secretstream_xchacha20poly1305_HEADERBYTES
_MESSAGE = bindings.crypto_secretstream_xchacha20poly1305_TAG_MESSAGE
_FINAL = bindings.crypto_secretstream_xchacha20poly1305_TAG_FINAL
_NUMBERS = struct.Struct(">II")


def seal(content: bytes, passphrase: str) -> bytes:
    """Gives the content, padded, as a sealed file. Check an own passphrase with `passphrases.check` first."""
    target = io.BytesIO()
    with_parts = Sealing(target, passphrase)
    with_parts.write(pad(content))
    with_parts.finish()
    return target.getvalue()


def open_(untrusted: bytes, passphrase: str) -> bytes:
    """Gives what `seal` sealed.

    Raises Refused when it is not ours, cut, changed, or the passphrase is wrong.
    """
    padded = b"".join(opening(io.BytesIO(untrusted), passphrase))
    try:
        return unpad(padded)
    except BadPadding as error:
        raise _changed() from error


class Sealing:
    """Writes a sealed file part by part; without `finish` it is cut, and a reader says so."""

    def __init__(self, target: BinaryIO, passphrase: str) -> None:
        cost, salt = stretching.policy(), secrets.token_bytes(stretching.SALT_SIZE)
        self._target = target
        self._state = bindings.crypto_secretstream_xchacha20poly1305_state()
        key = _key(passphrase, salt, cost)
        stream_header = bindings.crypto_secretstream_xchacha20poly1305_init_push(self._state, key)
        self._bound = _head(cost, salt) + stream_header
        self._waiting = bytearray()
        target.write(self._bound)

    def write(self, content: bytes) -> None:
        """Adds bytes."""
        self._waiting += content
        while len(self._waiting) > PART:
            self._push(bytes(self._waiting[:PART]), _MESSAGE)
            del self._waiting[:PART]

    def finish(self) -> None:
        """Writes the last part."""
        self._push(bytes(self._waiting), _FINAL)
        self._waiting.clear()

    def _push(self, plain: bytes, tag: int) -> None:
        sealed = bindings.crypto_secretstream_xchacha20poly1305_push(
            self._state, plain, self._bound or None, tag
        )
        self._bound = b""
        self._target.write(struct.pack(">I", len(sealed)) + sealed)


def opening(untrusted: BinaryIO, passphrase: str) -> Iterator[bytes]:
    """Gives the content part by part; each part is checked before it is given. Raises Refused."""
    start = untrusted.read(len(MAGIC) + 1 + _NUMBERS.size + stretching.SALT_SIZE + _STREAM_HEADER)
    state = bindings.crypto_secretstream_xchacha20poly1305_state()
    bound, tag, first = start, _MESSAGE, True
    key = _key_for(start, passphrase)
    bindings.crypto_secretstream_xchacha20poly1305_init_pull(state, start[-_STREAM_HEADER:], key)
    while tag != _FINAL:
        sealed = _next_part(untrusted)
        try:
            plain, tag = bindings.crypto_secretstream_xchacha20poly1305_pull(state, sealed, bound or None)
        except (exceptions.CryptoError, exceptions.ValueError, RuntimeError, ValueError) as error:
            raise (_does_not_open() if first else _changed()) from error
        bound, first = b"", False
        yield plain
    if untrusted.read(1):
        raise _changed()


def _head(cost: Cost, salt: bytes) -> bytes:
    return MAGIC + cipher.VERSION + _NUMBERS.pack(cost.memory_kib, cost.passes) + salt


def _key(passphrase: str, salt: bytes, cost: Cost) -> bytes:
    return cipher.derive(stretching.stretch(passphrases.to_bytes(passphrase), salt, cost), "file")


def _key_for(start: bytes, passphrase: str) -> bytes:
    """Gives the key by the numbers in the file; numbers we would not choose are refused before any work."""
    at = len(MAGIC)
    if start[:at] != MAGIC or len(start) < at + 1 + _NUMBERS.size + stretching.SALT_SIZE + _STREAM_HEADER:
        raise Refused(
            words("This is not a sealed file of Amparo, or it is cut."),
            words("Choose the file you saved with Amparo, whole."),
        )
    if start[at : at + 1] != cipher.VERSION:
        raise Refused(
            words("This file was made by a newer Amparo."), words("Update Amparo, then open it again.")
        )
    cost = Cost(*_NUMBERS.unpack_from(start, at + 1))
    salt = start[at + 1 + _NUMBERS.size : -_STREAM_HEADER]
    try:
        return _key(passphrase, salt, cost)
    except Altered as error:
        raise _changed() from error


def _next_part(untrusted: BinaryIO) -> bytes:
    length = untrusted.read(4)
    size = struct.unpack(">I", length)[0] if len(length) == 4 else 0
    if not _OVERHEAD <= size <= PART + _OVERHEAD:
        raise _changed()
    sealed = untrusted.read(size)
    if len(sealed) != size:
        raise _changed()
    return sealed


def _does_not_open() -> Refused:
    return Refused(
        words("This passphrase does not open the file, or the file was changed."),
        words("Look at the keyboard language, then try again. Accents and capitals do not matter."),
    )


def _changed() -> Refused:
    return Refused(
        words("This file is cut or was changed, so it was not opened to its end."),
        words("Take another copy of it. Nothing here was touched."),
    )
