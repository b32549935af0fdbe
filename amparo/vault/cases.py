"""Cases: founded, listed, deleted."""

import contextlib
import secrets
from datetime import datetime

from django.db import connections, router

from amparo.errors import CouldNot
from amparo.vault import casekeys, findings, grants, heads, memory, tombstones, trouble
from amparo.vault.casekeys import CaseKeys
from amparo.vault.cipher import KEY_SIZE, Altered, box_seal
from amparo.vault.keyring import Card, Keyring
from amparo.vault.shelf import Shelf


def create_case(shelf: Shelf, keyring: Keyring, *, now: datetime) -> str:
    """Founds a case whose only member is the account; gives its random id."""
    case_id = secrets.token_hex(16)
    key, chain = secrets.token_bytes(KEY_SIZE), secrets.token_bytes(KEY_SIZE)
    statement = grants.grant(keyring, keyring.card, case_id=case_id, epoch=1, case_key=key)
    roster = grants.roster([statement], case_id=case_id, epoch=1, case_key=key, before=None)
    keys = CaseKeys(case_id, 1, chain, {1: key}, {1: roster})
    head = heads.new(case_id)
    with shelf.writing():
        shelf.case.objects.create(id=case_id, epoch=1, head_sealed=heads.seal(keys, head))
        shelf.epoch.objects.create(
            id=secrets.token_hex(16),
            case_id=case_id,
            epoch=1,
            link_sealed=casekeys.seal_link(key, case_id, 1, chain=chain),
            drop_public=casekeys.drop_public(key),
        )
        add_grant(shelf, statement, keyring.card, key)
        memory.see(keyring, case_id, keys.seen(0, head.last))
    return case_id


def add_grant(shelf: Shelf, statement: grants.Statement, member: Card, key: bytes) -> None:
    """Stores one member's way into an epoch, inside the caller's transaction."""
    shelf.grant.objects.create(
        id=secrets.token_hex(16),
        case_id=statement.case_id,
        account_id=member.account_id,
        epoch=statement.epoch,
        key_sealed=box_seal(member.box_public, key),
        statement_sealed=casekeys.seal_statement(key, statement),
    )


def cases(shelf: Shelf, keyring: Keyring) -> list[str]:
    """Gives the ids of the cases the account has a way into."""
    with trouble.told():
        ids = shelf.grant.objects.filter(account_id=keyring.account_id).values("case_id")
        return list(shelf.case.objects.filter(id__in=ids).order_by("id").values_list("id", flat=True))


def delete_case(shelf: Shelf, keyring: Keyring, case_id: str, *, now: datetime) -> None:
    """Deletes a case for everybody on it: a tombstone, then its keys, then its rows.

    From the moment the keys are gone nothing of it can be read. Raises Refused when it is not the account's.
    """
    with trouble.told():
        try:
            remembered = memory.load(keyring)
        except Altered as error:
            raise findings.keys_altered() from error
        casekeys.load(shelf, keyring, case_id, remembered)
    delete_for_good(shelf, case_id, now=now)
    with shelf.writing():
        memory.forget_case(keyring, case_id)


def delete_for_good(shelf: Shelf, case_id: str, *, now: datetime) -> None:
    """Writes the tombstone, destroys the keys, then removes the rows. The caller has checked the right to."""
    tombstones.add(tombstones.Tombstone("case", case_id, now.date()))
    with shelf.writing():
        destroy_keys(shelf, case_id)
    with contextlib.suppress(CouldNot):  # without its keys it is gone; `sweep` removes what a full disk kept
        with shelf.writing():
            remove_rows(shelf, case_id)
        let_go_of_pages(shelf)


def destroy_keys(shelf: Shelf, case_id: str) -> None:
    """Removes every key of a case, inside the caller's transaction."""
    shelf.grant.objects.filter(case_id=case_id).delete()
    shelf.epoch.objects.filter(case_id=case_id).delete()
    shelf.case.objects.filter(id=case_id).delete()


def remove_rows(shelf: Shelf, case_id: str) -> None:
    """Removes what is left of a case whose keys are gone, inside the caller's transaction."""
    for table in (shelf.entry, shelf.summary, shelf.drop):
        table.objects.filter(case_id=case_id).delete()
    files = list(shelf.blob.objects.filter(case_id=case_id).values_list("id", flat=True))
    for blob_id in files:
        shelf.chunk.objects.filter(blob_id=blob_id).delete()
    shelf.blob.objects.filter(case_id=case_id).delete()


def sweep(shelf: Shelf) -> int:
    """Finishes deletions that a power cut or a full disk interrupted; gives how many. Safe to run twice."""
    with shelf.writing():
        kept = set(shelf.case.objects.values_list("id", flat=True))
        left = set(shelf.entry.objects.values_list("case_id", flat=True).distinct())
        left |= set(shelf.blob.objects.values_list("case_id", flat=True).distinct())
        for case_id in left - kept:
            remove_rows(shelf, case_id)
    return len(left - kept)


def let_go_of_pages(shelf: Shelf) -> None:
    """Empties SQLite's write-ahead log, so that deleted pages do not wait in it (PostgreSQL does this
    itself).
    """
    connection = connections[router.db_for_write(shelf.case)]
    if connection.vendor == "sqlite" and not connection.in_atomic_block:
        with trouble.told(), connection.cursor() as cursor:
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
