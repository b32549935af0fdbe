"""One record of a case's log: how it is sealed, bound to its place, and chained to the one before.

The chain runs over the plaintext, under a key that stays through all epochs: a body can be erased, and every
record sealed again under new keys, and the chain still holds.
"""

from dataclasses import dataclass, replace
from datetime import date
from enum import IntEnum

from amparo.vault import cipher
from amparo.vault.cipher import KEY_SIZE, NONCE_SIZE, VERSION, Altered, Random, system_random
from amparo.vault.encoding import Garbled, pack, unpack
from amparo.vault.padding import BadPadding, pad, unpad

LINK_SIZE = 32
ID_SIZE = 16
_NO_KEY = bytes(KEY_SIZE)
_HEADER_SIZE = 1 + ID_SIZE + ID_SIZE + 32 + KEY_SIZE
_REFERENCE_SIZE = ID_SIZE + 32


class Kind(IntEnum):
    """What a record is to the vault: an event of its room, or also a note that something was erased."""

    EVENT = 0
    BODY_ERASED = 1
    BLOB_ERASED = 2


@dataclass(frozen=True)
class Place:
    """Where a record stands; it opens nowhere else."""

    case_id: str
    epoch: int
    seq: int
    day: date
    previous: bytes


@dataclass(frozen=True)
class BlobMark:
    """A file that a record names, and the hash it had."""

    blob_id: str
    digest: bytes


@dataclass(frozen=True)
class Body:
    """What a record says. `salt` makes its hash tell nothing once the body is erased."""

    salt: bytes
    content: bytes
    blobs: tuple[BlobMark, ...] = ()

    @property
    def digest(self) -> bytes:
        """Gives the 32-byte hash under the salt."""
        return cipher.keyed_hash(self.salt, pack(_references(self.blobs), self.content))


@dataclass(frozen=True)
class Header:
    """What stays of a record for ever; `body_key` is None once its body is erased."""

    kind: Kind
    target: bytes
    author_id: str
    digest: bytes
    body_key: bytes | None

    def without_key(self) -> "Header":
        """Gives the header of the same record, its body erased."""
        return replace(self, body_key=None)


def link(chain_key: bytes, place: Place, header: Header) -> bytes:
    """Gives the record's link: the next record is bound to it.

    The epoch and the body's key are not part of it.
    """
    return cipher.keyed_hash(
        chain_key,
        pack(
            "link",
            place.case_id,
            place.seq,
            place.day.isoformat(),
            place.previous,
            int(header.kind),
            header.target,
            header.author_id,
            header.digest,
        ),
        LINK_SIZE,
    )


def first_link(case_id: str) -> bytes:
    """Gives what the first record is bound to."""
    return cipher.keyed_hash(b"", pack("first", case_id), LINK_SIZE)


def seal_header(record_key: bytes, place: Place, header: Header, *, random: Random = system_random) -> bytes:
    """Gives version | nonce | previous link | sealed header."""
    nonce = random(NONCE_SIZE)
    plain = b"".join(
        (
            bytes([header.kind]),
            header.target,
            bytes.fromhex(header.author_id),
            header.digest,
            header.body_key or _NO_KEY,
        )
    )
    return VERSION + nonce + place.previous + cipher.encrypt(record_key, nonce, plain, _bound(place))


def previous_of(sealed: bytes) -> bytes:
    """Gives the link that the record says it follows; only `open_header` shows that it is true."""
    return sealed[1 + NONCE_SIZE : 1 + NONCE_SIZE + LINK_SIZE]


def open_header(record_key: bytes, place: Place, sealed: bytes) -> Header:
    """Gives the header. Raises Altered."""
    if sealed[:1] != VERSION:
        raise Altered("version")
    nonce = sealed[1 : 1 + NONCE_SIZE]
    plain = cipher.decrypt(record_key, nonce, sealed[1 + NONCE_SIZE + LINK_SIZE :], _bound(place))
    if len(plain) != _HEADER_SIZE or plain[0] not in Kind.__members__.values():
        raise Altered("header")
    body_key = plain[-KEY_SIZE:]
    return Header(
        Kind(plain[0]),
        plain[1:17],
        plain[17:33].hex(),
        plain[33:65],
        None if body_key == _NO_KEY else body_key,
    )


def seal_body(
    body_key: bytes, case_id: str, seq: int, body: Body, *, random: Random = system_random
) -> bytes:
    """Gives the body, padded, under its own key."""
    plain = pad(body.salt + pack(_references(body.blobs), body.content))
    return cipher.seal(body_key, plain, "body", case_id, seq, random=random)


def open_body(body_key: bytes, case_id: str, seq: int, digest: bytes, sealed: bytes) -> Body:
    """Gives the body. Raises Altered, also where it is not the body that the header names."""
    try:
        plain = unpad(cipher.unseal(body_key, sealed, "body", case_id, seq))
        references, content = unpack(plain[KEY_SIZE:])
    except (Garbled, BadPadding, ValueError) as error:
        raise Altered("body") from error
    body = Body(plain[:KEY_SIZE], content, _marks(references))
    if body.digest != digest:
        raise Altered("digest")
    return body


def seq_target(seq: int) -> bytes:
    """Gives a record's number as the target of another."""
    return seq.to_bytes(ID_SIZE, "big")


NO_TARGET = bytes(ID_SIZE)


def _bound(place: Place) -> bytes:
    return pack(
        "amparo",
        VERSION,
        "record",
        place.case_id,
        place.epoch,
        place.seq,
        place.previous,
        place.day.isoformat(),
    )


def _references(blobs: tuple[BlobMark, ...]) -> bytes:
    return b"".join(bytes.fromhex(one.blob_id) + one.digest for one in blobs)


def _marks(references: bytes) -> tuple[BlobMark, ...]:
    starts = range(0, len(references), _REFERENCE_SIZE)
    parts = (references[at : at + _REFERENCE_SIZE] for at in starts)
    return tuple(BlobMark(part[:ID_SIZE].hex(), part[ID_SIZE:]) for part in parts)
