"""What comes in while nobody is there.

Anybody may seal to a case's public drop key, only its members read it.

A drop says nothing of who wrote it. Show it as received, not as written by someone on the case.
"""

import secrets
from dataclasses import dataclass
from datetime import date, datetime

from amparo.vault import casekeys, cipher, findings, log, memory, trouble
from amparo.vault.cipher import Altered
from amparo.vault.keyring import Keyring
from amparo.vault.padding import BadPadding, pad, unpad
from amparo.vault.shelf import Shelf


@dataclass(frozen=True)
class Drop:
    """One thing that came in; `body` is None where it does not open."""

    id: str
    day: date
    body: bytes | None


def seal_for(shelf: Shelf, case_id: str, body: bytes, *, now: datetime) -> str:
    """Seals something to a case without any key of it; gives the drop's id. Raises Refused, CouldNot."""
    with shelf.writing():
        case = shelf.case.objects.filter(id=case_id).first()
        epoch = shelf.epoch.objects.filter(case_id=case_id, epoch=case.epoch).first() if case else None
        if epoch is None:
            raise findings.no_such_case()
        try:
            sealed = cipher.box_seal(bytes(epoch.drop_public), pad(body))
        except Altered as error:
            raise findings.keys_altered() from error
        drop_id = secrets.token_hex(16)
        shelf.drop.objects.create(
            id=drop_id, case_id=case_id, epoch=epoch.epoch, day=now.date(), sealed=sealed
        )
    return drop_id


def waiting(shelf: Shelf, keyring: Keyring, case_id: str) -> list[Drop]:
    """Gives what came in and was not taken up yet, by day."""
    with trouble.told():
        try:
            _, keys = casekeys.load(shelf, keyring, case_id, memory.load(keyring))
        except Altered as error:
            raise findings.keys_altered() from error
        rows = list(shelf.drop.objects.filter(case_id=case_id).order_by("day", "id"))
    return [Drop(row.id, row.day, _open(keys, row.epoch, bytes(row.sealed))) for row in rows]


def absorb(shelf: Shelf, keyring: Keyring, case_id: str, drop_id: str, body: bytes, *, now: datetime) -> int:
    """Writes a drop into the log as `body` and lets the drop go, both or neither; gives the record's number.

    Raises Refused when somebody else has taken it up already.
    """
    with shelf.writing():
        writing = log.begin(shelf, keyring, case_id)
        taken, _ = shelf.drop.objects.filter(id=drop_id, case_id=case_id).delete()
        if not taken:
            raise log.Conflict
        return log.add(shelf, writing, body, now=now)


def discard(shelf: Shelf, keyring: Keyring, case_id: str, drop_id: str) -> None:
    """Lets a drop go without keeping it."""
    with shelf.writing():
        log.begin(shelf, keyring, case_id)
        shelf.drop.objects.filter(id=drop_id, case_id=case_id).delete()


def _open(keys: casekeys.CaseKeys, epoch: int, sealed: bytes) -> bytes | None:
    try:
        secret = casekeys.drop_secret(keys.by_epoch[epoch])
        return unpad(cipher.box_open(secret, sealed))
    except (KeyError, Altered, BadPadding):
        return None
