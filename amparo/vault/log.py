"""A case's log, as its room uses it: found a case, add records, read and check them, erase one body."""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from amparo.vault import blobs as files
from amparo.vault import casekeys, cipher, findings, heads, memory, records, tombstones
from amparo.vault.casekeys import CaseKeys
from amparo.vault.cases import cases, create_case, delete_case, let_go_of_pages
from amparo.vault.cipher import Altered, Random, system_random
from amparo.vault.findings import Conflict, Finding
from amparo.vault.heads import Head
from amparo.vault.keyring import Keyring
from amparo.vault.reading import Entry, Opened, open_case
from amparo.vault.records import Body, Header, Kind, Place
from amparo.vault.shelf import Shelf

__all__ = [
    "Conflict",
    "Entry",
    "Finding",
    "Opened",
    "append",
    "cases",
    "create_case",
    "delete_case",
    "erase_body",
    "open_case",
    "read",
    "verify",
]


def append(
    shelf: Shelf,
    keyring: Keyring,
    case_id: str,
    body: bytes,
    *,
    now: datetime,
    expected: int | None = None,
    blobs: Sequence[str] = (),
) -> int:
    """Adds one record; gives its sequence number (1 for the first). On disk when it returns.

    `expected`: the number of the last record the writer has seen; Conflict (a Refused) when there is a newer
    one. `blobs`: files this record names; the check of the case then also looks for them. Raises Refused,
    CouldNot.
    """
    with shelf.writing():
        writing = begin(shelf, keyring, case_id)
        if expected is not None and expected != writing.head.count:
            raise Conflict
        return add(shelf, writing, body, now=now, blobs=blobs)


def read(shelf: Shelf, keyring: Keyring, case_id: str) -> list[Entry]:
    """Gives every record in order; one that cannot be read is there with `damaged`, and `verify` says why."""
    return list(open_case(shelf, keyring, case_id).entries)


def verify(shelf: Shelf, keyring: Keyring, case_id: str, *, every_byte: bool = False) -> list[Finding]:
    """Gives what is wrong with a case: nothing, when all is as it was written. Files too.

    A file is checked by its header and the number of its parts; `every_byte` opens each part.
    """
    opened = open_case(shelf, keyring, case_id)
    return [*opened.findings, *files.check(shelf, opened, every_byte=every_byte)]


def erase_body(
    shelf: Shelf, keyring: Keyring, case_id: str, seq: int, *, note: bytes = b"", now: datetime
) -> int:
    """Destroys what a record said; that it was there, and its hash, stay.

    Gives the number of the new record.

    The new record says that it was erased; `note` is its body. The files that only this record named stay
    until `blobs.erase`. Raises Refused when there is no such record.
    """
    with shelf.writing():
        writing = begin(shelf, keyring, case_id)
        _drop_body_key(shelf, writing.keys, seq)
        added = add(shelf, writing, note, now=now, kind=Kind.BODY_ERASED, target=records.seq_target(seq))
        tombstones.add(tombstones.Tombstone("body", f"{case_id}/{seq}", now.date()))
    let_go_of_pages(shelf)
    return added


@dataclass(frozen=True)
class Writing:
    """A case locked for writing."""

    keyring: Keyring
    keys: CaseKeys
    head: Head


def begin(shelf: Shelf, keyring: Keyring, case_id: str) -> Writing:
    """Locks a case inside the caller's transaction; refuses to write onto an older copy."""
    try:
        remembered = memory.load(keyring)
        case, keys = casekeys.load(shelf, keyring, case_id, remembered, lock=True)
        head = heads.unseal(keys, bytes(case.head_sealed))
    except Altered as error:
        raise findings.keys_altered() from error
    seen = remembered.seen.get(case_id)
    if head.older_than(seen) or (seen and seen.epoch > keys.epoch):
        raise findings.older_copy_refused()
    _put_drop_key_right(shelf, keys)
    return Writing(keyring, keys, head)


def add(
    shelf: Shelf,
    writing: Writing,
    content: bytes,
    *,
    now: datetime,
    blobs: Sequence[str] = (),
    kind: Kind = Kind.EVENT,
    target: bytes = records.NO_TARGET,
    random: Random = system_random,
) -> int:
    """Adds one record to a locked case: the record, the head and the writer's memory, or none of them."""
    keys, head = writing.keys, writing.head
    seq, epoch = head.count + 1, keys.epoch
    marks = tuple(files.mark(shelf, keys, one) for one in blobs)
    body = Body(random(32), content, marks)
    body_key = random(cipher.KEY_SIZE)
    place = Place(keys.case_id, epoch, seq, now.date(), head.last)
    header = Header(kind, target, writing.keyring.account_id, body.digest, body_key)
    shelf.entry.objects.create(
        id=secrets.token_hex(16),
        case_id=keys.case_id,
        seq=seq,
        epoch=epoch,
        day=place.day,
        header_sealed=records.seal_header(keys.record_key(epoch), place, header, random=random),
        body_sealed=records.seal_body(body_key, keys.case_id, seq, body, random=random),
    )
    after = replace(head, count=seq, last=records.link(keys.chain, place, header))
    shelf.case.objects.filter(id=keys.case_id).update(head_sealed=heads.seal(keys, after))
    memory.see(writing.keyring, keys.case_id, keys.seen(seq, after.last))
    return seq


def _drop_body_key(shelf: Shelf, keys: CaseKeys, seq: int) -> None:
    row = shelf.entry.objects.filter(case_id=keys.case_id, seq=seq).first()
    if row is None:
        raise findings.no_such_record(seq)
    sealed = bytes(row.header_sealed)
    place = Place(keys.case_id, row.epoch, seq, row.day, records.previous_of(sealed))
    try:
        header = records.open_header(keys.record_key(row.epoch), place, sealed)
    except Altered as error:
        raise findings.keys_altered() from error
    without = records.seal_header(keys.record_key(row.epoch), place, header.without_key())
    shelf.entry.objects.filter(id=row.id).update(header_sealed=without, body_sealed=b"")


def _put_drop_key_right(shelf: Shelf, keys: CaseKeys) -> None:
    """Writes the case's own drop key back where another stood; what came in meanwhile stays as it is."""
    if findings.drop_key_replaced() in keys.found:
        shelf.epoch.objects.filter(case_id=keys.case_id, epoch=keys.epoch).update(
            drop_public=casekeys.drop_public(keys.current)
        )
