"""Files of a case: sealed in parts of 1 MiB while they stream in, opened while they stream out, erasable."""

import secrets
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import blake2b
from typing import BinaryIO

from django.db import transaction

from amparo.vault import casekeys, cipher, findings, memory, records, tombstones, trouble
from amparo.vault.casekeys import CaseKeys
from amparo.vault.cipher import Altered
from amparo.vault.encoding import Garbled, number, pack, unpack
from amparo.vault.findings import Finding
from amparo.vault.keyring import Keyring
from amparo.vault.padding import padded_size
from amparo.vault.reading import Opened
from amparo.vault.shelf import Shelf

CHUNK = 1024 * 1024
_UNFINISHED_DAYS = 1


@dataclass(frozen=True)
class _Header:
    """`key` is None once the file is erased; `digest` (keyed with a salt that is erased too) stays."""

    digest: bytes
    size: int
    chunks: int
    key: bytes | None


def put(shelf: Shelf, keyring: Keyring, case_id: str, stream: BinaryIO, *, now: datetime) -> str:
    """Seals a file part by part; gives its random id. Name it in a record (`log.append(…, blobs=[id])`).

    Nothing of it is written in clear anywhere. A file cut off half-way stays unreadable and is swept away.
    """
    with trouble.told():
        _, keys = casekeys.load(shelf, keyring, case_id, _remembered(keyring))
        blob_id = secrets.token_hex(16)
        shelf.blob.objects.create(
            id=blob_id, case_id=case_id, epoch=keys.epoch, day=now.date(), header_sealed=b""
        )
        header = _write_chunks(shelf, blob_id, stream)
    with shelf.writing():
        _, keys = casekeys.load(shelf, keyring, case_id, _remembered(keyring), lock=True)
        sealed = _sealed_header(keys, keys.epoch, blob_id, header)
        shelf.blob.objects.filter(id=blob_id).update(epoch=keys.epoch, header_sealed=sealed)
    return blob_id


def get(shelf: Shelf, keyring: Keyring, case_id: str, blob_id: str) -> Iterator[bytes]:
    """Gives the file part by part.

    Raises Refused when it is not there or erased, CouldNot when it was altered.

    Each part is checked before it is given, the whole at its end: use nothing of it before the last part
    came.
    """
    with trouble.told():
        _, keys = casekeys.load(shelf, keyring, case_id, _remembered(keyring))
        row = shelf.blob.objects.filter(id=blob_id, case_id=case_id).first()
    if row is None or not row.header_sealed:
        raise findings.no_such_blob()
    try:
        header = _open_header(keys, row.epoch, blob_id, bytes(row.header_sealed))
    except Altered as error:
        raise findings.blob_altered() from error
    if header.key is None:
        raise findings.no_such_blob()
    return _told(_parts(shelf, blob_id, header))


def read(shelf: Shelf, keyring: Keyring, case_id: str, blob_id: str) -> bytes:
    """Gives a whole file that fits in memory, checked to its end."""
    return b"".join(get(shelf, keyring, case_id, blob_id))


def erase(
    shelf: Shelf, keyring: Keyring, case_id: str, blob_id: str, *, note: bytes = b"", now: datetime
) -> int:
    """Destroys a file; its hash stays, and a record says that it was erased (`note` is its body).

    Gives the number of that record. Raises Refused when there is no such file.
    """
    from amparo.vault import log  # the log checks files, and files write to the log

    with shelf.writing():
        writing = log.begin(shelf, keyring, case_id)
        row = shelf.blob.objects.filter(id=blob_id, case_id=case_id).first()
        if row is None or not row.header_sealed:
            raise findings.no_such_blob()
        _drop_key(shelf, writing.keys, row.epoch, blob_id, bytes(row.header_sealed))
        added = log.add(
            shelf, writing, note, now=now, kind=records.Kind.BLOB_ERASED, target=bytes.fromhex(blob_id)
        )
        tombstones.add(tombstones.Tombstone("blob", blob_id, now.date()))
    log.let_go_of_pages(shelf)
    return added


def mark(shelf: Shelf, keys: CaseKeys, blob_id: str) -> records.BlobMark:
    """Gives the id and the hash by which a record names a file of its case."""
    row = shelf.blob.objects.filter(id=blob_id, case_id=keys.case_id).first()
    if row is None or not row.header_sealed:
        raise findings.no_such_blob()
    try:
        return records.BlobMark(
            blob_id, _open_header(keys, row.epoch, blob_id, bytes(row.header_sealed)).digest
        )
    except Altered as error:
        raise findings.blob_altered() from error


def check(shelf: Shelf, opened: Opened, *, every_byte: bool = False) -> list[Finding]:
    """Gives what is wrong with the files that the records of a case name."""
    named = {one.blob_id: one.digest for entry in opened.entries for one in entry.blobs}
    erased = {entry.erases_blob for entry in opened.entries if entry.erases_blob}
    with trouble.told():
        rows = {row.id: row for row in shelf.blob.objects.filter(case_id=opened.keys.case_id)}
        found = []
        for blob_id, digest in named.items():
            row = rows.get(blob_id)
            if row is None:
                found += [] if blob_id in erased else [findings.blob_missing(blob_id)]
                continue
            problem = _problem(
                shelf, opened.keys, row.epoch, blob_id, bytes(row.header_sealed), digest, every_byte
            )
            came_back = blob_id in erased and problem is None
            if came_back:
                found.append(findings.blob_came_back(blob_id))
            elif problem and blob_id not in erased:
                found.append(problem)
    return found


def sweep(shelf: Shelf, *, now: datetime) -> int:
    """Removes files that were cut off while they came in, a day later; gives how many."""
    with shelf.writing():
        before = now.date() - timedelta(days=_UNFINISHED_DAYS)
        old = list(shelf.blob.objects.filter(header_sealed=b"", day__lt=before).values_list("id", flat=True))
        for blob_id in old:
            shelf.chunk.objects.filter(blob_id=blob_id).delete()
        shelf.blob.objects.filter(id__in=old).delete()
    return len(old)


def reseal(shelf: Shelf, keys: CaseKeys) -> None:
    """Seals every file's header again under the newest epoch, inside the caller's transaction."""
    for row in shelf.blob.objects.filter(case_id=keys.case_id, epoch__lt=keys.epoch):
        if row.header_sealed:
            try:
                header = _open_header(keys, row.epoch, row.id, bytes(row.header_sealed))
            except Altered:
                continue  # told by the check of the case
            sealed = _sealed_header(keys, keys.epoch, row.id, header)
            shelf.blob.objects.filter(id=row.id).update(epoch=keys.epoch, header_sealed=sealed)


def _remembered(keyring: Keyring) -> memory.Memory:
    try:
        return memory.load(keyring)
    except Altered as error:
        raise findings.keys_altered() from error


def _sealed_header(keys: CaseKeys, epoch: int, blob_id: str, header: _Header) -> bytes:
    plain = pack(header.digest, header.size, header.chunks, header.key or bytes(cipher.KEY_SIZE))
    return cipher.seal(keys.key("blob", epoch), plain, "blob", keys.case_id, epoch, blob_id)


def _open_header(keys: CaseKeys, epoch: int, blob_id: str, sealed: bytes) -> _Header:
    plain = cipher.unseal(keys.key("blob", epoch), sealed, "blob", keys.case_id, epoch, blob_id)
    try:
        digest, size, chunks, key = unpack(plain)
        return _Header(digest, number(size), number(chunks), key if any(key) else None)
    except (Garbled, ValueError) as error:
        raise Altered("blob") from error


def _drop_key(shelf: Shelf, keys: CaseKeys, epoch: int, blob_id: str, sealed: bytes) -> None:
    try:
        header = _open_header(keys, epoch, blob_id, sealed)
    except Altered as error:
        raise findings.blob_altered() from error
    without = _Header(header.digest, header.size, header.chunks, None)
    shelf.blob.objects.filter(id=blob_id).update(header_sealed=_sealed_header(keys, epoch, blob_id, without))
    shelf.chunk.objects.filter(blob_id=blob_id).delete()


def _write_chunks(shelf: Shelf, blob_id: str, stream: BinaryIO) -> _Header:
    """Seals the stream and then zeros up to its padded size; the last part is marked as last."""
    key = secrets.token_bytes(cipher.KEY_SIZE)
    digest = blake2b(key=cipher.derive(key, "digest"), digest_size=32)
    size, index, waiting = 0, 0, b""
    while part := stream.read(CHUNK):
        digest.update(part)
        size += len(part)
        waiting += part
        while len(waiting) > CHUNK:
            _write_chunk(shelf, key, blob_id, index, waiting[:CHUNK], is_last=False)
            waiting, index = waiting[CHUNK:], index + 1
    left = padded_size(size) - (index * CHUNK + len(waiting))
    while len(waiting) + left > CHUNK:
        fill = CHUNK - len(waiting)
        _write_chunk(shelf, key, blob_id, index, waiting + bytes(fill), is_last=False)
        waiting, index, left = b"", index + 1, left - fill
    _write_chunk(shelf, key, blob_id, index, waiting + bytes(left), is_last=True)
    return _Header(digest.digest(), size, index + 1, key)


def _write_chunk(shelf: Shelf, key: bytes, blob_id: str, index: int, plain: bytes, *, is_last: bool) -> None:
    with transaction.atomic():
        shelf.chunk.objects.create(
            id=secrets.token_hex(16),
            blob_id=blob_id,
            seq=index,
            sealed=cipher.seal(key, plain, "chunk", blob_id, index, int(is_last)),
        )


def _parts(shelf: Shelf, blob_id: str, header: _Header) -> Iterator[bytes]:
    key = header.key
    if key is None:
        raise Altered("erased")
    digest = blake2b(key=cipher.derive(key, "digest"), digest_size=32)
    left = header.size
    for index in range(header.chunks):
        sealed = (
            shelf.chunk.objects.filter(blob_id=blob_id, seq=index).values_list("sealed", flat=True).first()
        )
        if sealed is None:
            raise Altered("chunk")
        is_last = index == header.chunks - 1
        plain = cipher.unseal(key, bytes(sealed), "chunk", blob_id, index, int(is_last))[:left]
        left -= len(plain)
        digest.update(plain)
        if is_last and (left or digest.digest() != header.digest):
            raise Altered("digest")
        if plain:
            yield plain


def _told(parts: Iterator[bytes]) -> Iterator[bytes]:
    try:
        with trouble.told():
            yield from parts
    except Altered as error:
        raise findings.blob_altered() from error


def _problem(
    shelf: Shelf, keys: CaseKeys, epoch: int, blob_id: str, sealed: bytes, digest: bytes, every_byte: bool
) -> Finding | None:
    try:
        header = _open_header(keys, epoch, blob_id, sealed)
        if header.digest != digest:
            raise Altered("another file")
        if header.key is None:
            return findings.blob_missing(blob_id)
        chunks = shelf.chunk.objects.filter(blob_id=blob_id).count()
        if chunks == 0:
            return findings.blob_missing(blob_id)
        if chunks != header.chunks:
            raise Altered("chunks")
        if every_byte:
            for _ in _parts(shelf, blob_id, header):
                pass
    except Altered:
        return findings.blob_damaged(blob_id)
    return None
