"""Watch slips: the only thing background work may read, because she released it, until a day.

A slip names no person and no case. What the work finds is sealed to the slip's own public key, which only
members of the case can open, so answers too lead back to nobody.
"""

import secrets
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from amparo.errors import Refused
from amparo.vault import casekeys, cipher, datafolder, findings, memory, tombstones, trouble
from amparo.vault.cipher import Altered
from amparo.vault.encoding import Garbled, pack, unpack
from amparo.vault.keyring import Keyring
from amparo.vault.models import Slip, SlipAnswer
from amparo.vault.padding import BadPadding, pad, unpad
from amparo.vault.shelf import Shelf
from amparo.words import words

LONGEST_DAYS = 92


@dataclass(frozen=True)
class OpenSlip:
    """What the work reads: what to watch, and the public key its answers are sealed to."""

    id: str
    body: bytes
    expires: date
    answer_public: bytes


@dataclass(frozen=True)
class Answer:
    """What the work found; `body` is None where it does not open."""

    id: str
    slip_id: str
    day: date
    body: bytes | None


def release(
    shelf: Shelf, keyring: Keyring, case_id: str, body: bytes, *, expires: date, now: datetime
) -> str:
    """Seals a slip to the background work until a day (at most 92 days).

    Gives its id, to be kept in the case.

    Raises Refused for a day in the past or too far.
    """
    if not now.date() < expires <= now.date() + timedelta(days=LONGEST_DAYS):
        raise Refused(
            words("A watch lasts at least until tomorrow, and at most {n} days.", n=LONGEST_DAYS),
            words("Choose an earlier or later day. You can renew it."),
        )
    slip_id = secrets.token_hex(16)
    with trouble.told():
        keys = _keys(shelf, keyring, case_id)
        public = cipher.box_public(_secret(keys.current, slip_id))
        sealed = cipher.box_seal(cipher.box_public(datafolder.job_secret()), pad(pack(slip_id, public, body)))
        Slip.objects.create(id=slip_id, expires=expires, sealed=sealed)
    return slip_id


def withdraw(slip_id: str, *, now: datetime) -> None:
    """Takes a slip back: from now on the work cannot read it."""
    tombstones.add(tombstones.Tombstone("slip", slip_id, now.date()))
    with trouble.told():
        Slip.objects.filter(id=slip_id).delete()


def readable(*, now: datetime) -> list[OpenSlip]:
    """Gives the slips that hold today, opened with the key of the background work."""
    secret, found = datafolder.job_secret(), []
    with trouble.told():
        for row in Slip.objects.filter(expires__gte=now.date()).order_by("id"):
            try:
                slip_id, public, body = unpack(unpad(cipher.box_open(secret, bytes(row.sealed))))
            except (Altered, Garbled, BadPadding, ValueError):
                continue  # sealed to an older job key, or not written by us
            if slip_id.decode("ascii", "replace") == row.id:
                found.append(OpenSlip(row.id, body, row.expires, public))
    return found


def answer(slip: OpenSlip, body: bytes, *, now: datetime) -> None:
    """Seals what was found for a slip; the work cannot read it again."""
    with trouble.told():
        SlipAnswer.objects.create(
            id=secrets.token_hex(16),
            slip_id=slip.id,
            day=now.date(),
            sealed=cipher.box_seal(slip.answer_public, pad(body)),
        )


def answers(shelf: Shelf, keyring: Keyring, case_id: str, slip_ids: list[str]) -> list[Answer]:
    """Gives what came back for slips that this case released, by day."""
    with trouble.told():
        keys = _keys(shelf, keyring, case_id)
        rows = list(SlipAnswer.objects.filter(slip_id__in=slip_ids).order_by("day", "id"))
    return [Answer(row.id, row.slip_id, row.day, _open(keys, row.slip_id, bytes(row.sealed))) for row in rows]


def let_go(answer_ids: list[str]) -> None:
    """Removes answers that were taken up."""
    with trouble.told():
        SlipAnswer.objects.filter(id__in=answer_ids).delete()


def purge(*, now: datetime) -> int:
    """Removes slips whose day is over; gives how many. Safe to run twice."""
    with trouble.told():
        return int(Slip.objects.filter(expires__lt=now.date()).delete()[0])


def _keys(shelf: Shelf, keyring: Keyring, case_id: str) -> casekeys.CaseKeys:
    try:
        return casekeys.load(shelf, keyring, case_id, memory.load(keyring))[1]
    except Altered as error:
        raise findings.keys_altered() from error


def _secret(case_key: bytes, slip_id: str) -> bytes:
    return cipher.derive(case_key, "slip", slip_id)


def _open(keys: casekeys.CaseKeys, slip_id: str, sealed: bytes) -> bytes | None:
    for key in keys.by_epoch.values():  # the slip may have been released under an earlier key
        try:
            return unpad(cipher.box_open(_secret(key, slip_id), sealed))
        except (Altered, BadPadding):
            continue
    return None
