"""People on a case.

Let in by sealing the key to their pinned card, taken off by a new epoch, records sealed again.
"""

import secrets
from dataclasses import dataclass, replace
from datetime import datetime

from amparo.errors import CouldNot, Refused
from amparo.vault import blobs, casekeys, cipher, findings, grants, heads, log, memory, records
from amparo.vault.casekeys import CaseKeys
from amparo.vault.cases import add_grant, let_go_of_pages
from amparo.vault.cipher import Altered
from amparo.vault.grants import Roster
from amparo.vault.keyring import Card, Keyring
from amparo.vault.log import Writing
from amparo.vault.models import Account, EntryRow
from amparo.vault.shelf import Shelf
from amparo.words import words

_BATCH = 200


@dataclass(frozen=True)
class Member:
    """Someone on a case: her card, and the account id of who let her in."""

    card: Card
    granted_by: str


def people(shelf: Shelf, keyring: Keyring, case_id: str) -> list[Member]:
    """Gives everybody on a case, each checked back to its founder."""
    with shelf.reading():
        keys = _open(shelf, keyring, case_id)
        rows = shelf.grant.objects.filter(case_id=case_id, epoch=keys.epoch)
        statements = {}
        for row in rows:
            try:
                one = casekeys.open_statement(keys.current, case_id, keys.epoch, bytes(row.statement_sealed))
            except Altered:
                continue  # told by the check of the case
            statements[one.member.account_id] = one
    return [Member(card, statements[one].granter_id) for one, card in keys.members.items()]


def add(shelf: Shelf, keyring: Keyring, case_id: str, card: Card, *, now: datetime) -> None:
    """Lets someone in: the case's key is sealed to her card, and signed by who lets her in.

    Compare the card's fingerprint with her first. From then on her card is pinned: another one for the same
    account is refused. Raises Refused, CouldNot.
    """
    with shelf.writing():
        writing = log.begin(shelf, keyring, case_id)
        _check_pin(keyring, card)
        keys = writing.keys
        if card.account_id in keys.members:
            raise Refused(
                words("This person is already on the case."), words("There is nothing you need to do.")
            )
        if not Account.objects.filter(id=card.account_id).exists():
            raise Refused(
                words("This person has no space here."), words("Ask her to make one, then add her again.")
            )
        statement = grants.grant(keyring, card, case_id=case_id, epoch=keys.epoch, case_key=keys.current)
        shelf.grant.objects.filter(case_id=case_id, account_id=card.account_id, epoch=keys.epoch).delete()
        add_grant(shelf, statement, card, keys.current)
        memory.pin(keyring, card.account_id, card.pin)


def remove(shelf: Shelf, keyring: Keyring, case_id: str, account_id: str, *, now: datetime) -> None:
    """Takes someone off a case: what is written from now on is under a key she never had.

    What she could read before she may have copied; older records stay under the old key until `reseal`.
    Raises Refused when she is not on it, or is the last one.
    """
    with shelf.writing():
        writing = log.begin(shelf, keyring, case_id)
        if account_id not in writing.keys.members:
            raise Refused(words("This person is not on the case."), words("Look at the list of people."))
        if account_id == keyring.account_id:
            raise Refused(
                words("You cannot take yourself off a case."),
                words("Ask another person on it to do so, or delete the case."),
            )
        staying = [card for card in _with_a_space(writing.keys.members) if card.account_id != account_id]
        _new_epoch(shelf, writing, staying)


def rekey(shelf: Shelf, keyring: Keyring, case_id: str, *, now: datetime) -> None:
    """Gives the case a new key with the same people, and seals every record again under it."""
    with shelf.writing():
        writing = log.begin(shelf, keyring, case_id)
        _new_epoch(shelf, writing, _with_a_space(writing.keys.members))
    reseal(shelf, keyring, case_id)


def reseal(shelf: Shelf, keyring: Keyring, case_id: str) -> None:
    """Seals what lies under older keys again under the newest. Interrupted, it goes on where it stopped.

    The chain holds as before: it runs over what the records say. A record that does not open is left as it
    is, and the check of the case tells of it. Files keep their own keys, whose wrapping is renewed.
    """
    seq = _reseal_some(shelf, keyring, case_id, 0)
    while seq:
        seq = _reseal_some(shelf, keyring, case_id, seq)
    let_go_of_pages(shelf)


def _open(shelf: Shelf, keyring: Keyring, case_id: str) -> CaseKeys:
    try:
        return casekeys.load(shelf, keyring, case_id, memory.load(keyring))[1]
    except Altered as error:
        raise findings.keys_altered() from error


def _with_a_space(members: dict[str, Card]) -> list[Card]:
    """Gives the members whose account was not erased meanwhile."""
    there = set(Account.objects.filter(id__in=list(members)).values_list("id", flat=True))
    return [card for one, card in members.items() if one in there]


def _check_pin(keyring: Keyring, card: Card) -> None:
    pinned = memory.load(keyring).pins.get(card.account_id)
    if pinned is not None and pinned != card.pin:
        raise CouldNot(
            words("The keys of this person are not the ones you know. She was not added."),
            words("Call her and compare the fingerprint. Someone may have exchanged her keys."),
        )


def _new_epoch(shelf: Shelf, writing: Writing, staying: list[Card]) -> None:
    """Opens the next epoch: new key, its link to the one before, a grant for everybody who stays."""
    keys, keyring = writing.keys, writing.keyring
    epoch, key = keys.epoch + 1, secrets.token_bytes(cipher.KEY_SIZE)
    told = _statements(shelf, keys)
    shelf.epoch.objects.create(
        id=secrets.token_hex(16),
        case_id=keys.case_id,
        epoch=epoch,
        link_sealed=casekeys.seal_link(
            key, keys.case_id, epoch, chain=keys.chain, before=keys.current, told=told
        ),
        drop_public=casekeys.drop_public(key),
    )
    given = [grants.grant(keyring, card, case_id=keys.case_id, epoch=epoch, case_key=key) for card in staying]
    for statement in given:
        add_grant(shelf, statement, statement.member, key)
    shelf.grant.objects.filter(case_id=keys.case_id, epoch__lt=epoch).delete()
    after = _with_epoch(keys, epoch, key, given)
    shelf.case.objects.filter(id=keys.case_id).update(
        epoch=epoch, head_sealed=heads.seal(after, writing.head)
    )
    memory.see(keyring, keys.case_id, after.seen(writing.head.count, writing.head.last))


def _statements(shelf: Shelf, keys: CaseKeys) -> list[grants.Statement]:
    """Gives the statements by which the present members are members, for the link of the next epoch."""
    found = []
    for row in shelf.grant.objects.filter(case_id=keys.case_id, epoch=keys.epoch):
        try:
            one = casekeys.open_statement(keys.current, keys.case_id, keys.epoch, bytes(row.statement_sealed))
        except Altered:
            continue
        if keys.members.get(one.member.account_id) == one.member:
            found.append(one)
    return found


def _with_epoch(keys: CaseKeys, epoch: int, key: bytes, given: list[grants.Statement]) -> CaseKeys:
    before: Roster = keys.rosters[keys.epoch]
    roster = grants.roster(given, case_id=keys.case_id, epoch=epoch, case_key=key, before=before)
    return CaseKeys(
        keys.case_id, epoch, keys.chain, {**keys.by_epoch, epoch: key}, {**keys.rosters, epoch: roster}
    )


def _reseal_some(shelf: Shelf, keyring: Keyring, case_id: str, after_seq: int) -> int:
    """Seals one batch again, in one transaction; gives the last number looked at, 0 when all is done."""
    with shelf.writing():
        writing = log.begin(shelf, keyring, case_id)
        keys, head = writing.keys, writing.head
        old = shelf.entry.objects.filter(case_id=case_id, epoch__lt=keys.epoch, seq__gt=after_seq)
        batch = list(old.order_by("seq")[:_BATCH])
        for row in batch:
            _reseal_one(shelf, keys, row)
        if len(batch) == _BATCH:
            return int(batch[-1].seq)
        blobs.reseal(shelf, keys)
        raised = heads.Head(head.count, head.last, keys.epoch)
        shelf.case.objects.filter(id=case_id).update(head_sealed=heads.seal(keys, raised))
    return 0


def _reseal_one(shelf: Shelf, keys: CaseKeys, row: EntryRow) -> None:
    """Seals a record again under a new body key; one that does not open is left as it is."""
    previous = records.previous_of(bytes(row.header_sealed))
    before = records.Place(keys.case_id, row.epoch, row.seq, row.day, previous)
    after = replace(before, epoch=keys.epoch)
    body_sealed = bytes(row.body_sealed)
    try:
        header = records.open_header(keys.record_key(row.epoch), before, bytes(row.header_sealed))
        if header.body_key is not None and body_sealed:
            body = records.open_body(header.body_key, keys.case_id, row.seq, header.digest, body_sealed)
            new_key = secrets.token_bytes(cipher.KEY_SIZE)
            header = replace(header, body_key=new_key)
            body_sealed = records.seal_body(new_key, keys.case_id, row.seq, body)
    except Altered:
        return
    row.header_sealed = records.seal_header(keys.record_key(keys.epoch), after, header)
    row.body_sealed, row.epoch = body_sealed, keys.epoch
    row.save(update_fields=("epoch", "header_sealed", "body_sealed"))
