"""Accounts: made, opened, recovered, changed, erased. Opening is proved by unwrapping.

There is no second hash.
"""

import secrets
from dataclasses import dataclass
from datetime import datetime

from django.db import IntegrityError, transaction

from amparo.errors import CouldNot, Refused
from amparo.vault import (
    backoff,
    cases,
    cipher,
    datafolder,
    memory,
    passphrases,
    recovery,
    sessions,
    tombstones,
    trouble,
    wrapping,
)
from amparo.vault.cipher import Altered
from amparo.vault.encoding import pack
from amparo.vault.keyring import SECRET_SIZE, Card, Keyring
from amparo.vault.models import Account, Draft
from amparo.vault.padding import pad, unpad
from amparo.vault.shelf import Shelf, shelves
from amparo.words import words


@dataclass(frozen=True, repr=False)
class Created:
    """An opened account and its recovery key, which is shown once and kept nowhere."""

    keyring: Keyring
    recovery_key: str


def create(*, name: str, passphrase: str, now: datetime) -> Created:
    """Makes an account. Raises Refused when the name is taken or empty, or the passphrase too easy."""
    if not passphrases.normal(name):
        raise Refused(words("The name is empty."), words("Choose any name; it need not be yours."))
    passphrases.check(passphrase, name=name)
    keyring = Keyring(secrets.token_hex(16), secrets.token_bytes(SECRET_SIZE))
    recovery_key = recovery.new()
    account = Account(
        id=keyring.account_id,
        name_hash=_name_hash(name),
        epoch=1,
        box_public=keyring.card.box_public,
        sign_public=keyring.card.sign_public,
        recovery_sealed=wrapping.wrap_for_recovery(keyring, recovery_key),
        state_sealed=_sealed_state(keyring, b""),
        memory_sealed=memory.sealed(keyring, memory.Memory()),
    )
    wrapping.wrap(account, keyring, passphrase)
    try:
        with trouble.told(), transaction.atomic():
            account.save(force_insert=True)
    except CouldNot as error:
        if isinstance(error.__cause__, IntegrityError):
            raise Refused(
                words("There is already a space with this name here."),
                words("Choose another name, or open that space with its passphrase."),
            ) from None
        raise
    return Created(keyring, recovery_key)


def unlock(*, name: str, passphrase: str, now: datetime) -> Keyring:
    """Opens an account. An unknown name costs as much time as a wrong passphrase, and gives the same words.

    Raises Refused when either is wrong, or while a short wait after several wrong tries is running.
    """
    name_hash = _name_hash(name)
    account = _by_name(name_hash)
    keyring = _opened(account, name_hash, passphrase)
    if keyring is None or account is None:
        raise Refused(
            words("This name and passphrase do not open a space here."),
            words(
                "Look at the keyboard language, then try again. Accents and capitals do not matter. "
                "If the words are lost, use your recovery key."
            ),
        )
    return _with_todays_cost(account, keyring, passphrase)


def recover(*, name: str, recovery_key: str, new_passphrase: str, now: datetime) -> Created:
    """Opens an account with its recovery key.

    A new passphrase and a new recovery key take the old ones' place.
    """
    key = recovery.read(recovery_key)
    passphrases.check(new_passphrase, name=name)
    name_hash = _name_hash(name)
    backoff.check(name_hash)
    account = _by_name(name_hash)
    try:
        if account is None:
            raise Altered("nobody")
        secret = wrapping.unwrap_for_recovery(account, key)
    except Altered:
        backoff.failed(name_hash)
        raise Refused(
            words("This name and recovery key do not open a space here."),
            words("Compare the key with your paper, group by group. An older key no longer works."),
        ) from None
    backoff.succeeded(name_hash)
    keyring = _keyring(account, secret)
    new_key = recovery.new()
    account.recovery_sealed = wrapping.wrap_for_recovery(keyring, new_key)
    _change_lock(account, keyring, new_passphrase, "recovery_sealed")
    return Created(keyring, new_key)


def change_passphrase(keyring: Keyring, *, old: str, new: str, now: datetime) -> None:
    """Wraps the same keys under a new passphrase (one row), and locks every open session of the account.

    Raises Refused when the old one is wrong or the new one too easy.
    """
    passphrases.check(new, name="")
    with trouble.told():
        account = Account.objects.filter(id=keyring.account_id).first()
    if account is None or _opened(account, account.name_hash, old) is None:
        raise Refused(
            words("This is not the passphrase of the open space, so nothing was changed."),
            words("Type the passphrase you opened it with, then the new one."),
        )
    _change_lock(account, keyring, new)


def new_recovery_key(keyring: Keyring) -> str:
    """Gives a new recovery key; the one before no longer opens anything."""
    key = recovery.new()
    with trouble.told():
        Account.objects.filter(id=keyring.account_id).update(
            recovery_sealed=wrapping.wrap_for_recovery(keyring, key)
        )
    return key


def state(keyring: Keyring) -> bytes:
    """Gives the account's own sealed settings (empty at first). Raises CouldNot when they were altered."""
    with trouble.told():
        stored = Account.objects.filter(id=keyring.account_id).values_list("state_sealed").first()
    try:
        if stored is None:
            raise Altered("account")
        return unpad(cipher.unseal(keyring.key("state"), bytes(stored[0]), "state", keyring.account_id))
    except Altered:
        raise CouldNot(
            words("Your settings were changed outside Amparo and cannot be read."),
            words("Your cases are not touched. Put back a backup, or enter the settings again."),
        ) from None


def save_state(keyring: Keyring, content: bytes, *, now: datetime) -> None:
    """Seals the account's own settings."""
    with trouble.told():
        Account.objects.filter(id=keyring.account_id).update(state_sealed=_sealed_state(keyring, content))


def card(keyring: Keyring) -> Card:
    """Gives the public half to hand to someone who adds this account to a case."""
    return keyring.card


def card_of(*, name: str) -> Card:
    """Gives the public half of a person on this server.

    Compare its fingerprint with her before the first grant.

    Raises Refused when there is none. Names are looked up one at a time; no call lists accounts.
    """
    account = _by_name(_name_hash(name))
    if account is None:
        raise Refused(
            words("Nobody on this server has this name."), words("Ask the person how she wrote her name.")
        )
    return Card(account.id, bytes(account.box_public), bytes(account.sign_public))


def exists_any() -> bool:
    """Says whether there is any account here (a fresh data folder has none)."""
    with trouble.told():
        return Account.objects.exists()


def erase(keyring: Keyring, *, now: datetime) -> None:
    """Destroys the account's keys, then its rows, and every case that nobody else is on.

    Cases of several people stay theirs; what she wrote there stays, as in a letter she sent.
    """
    for shelf in shelves():
        for case_id in cases.cases(shelf, keyring):
            _leave(shelf, keyring.account_id, case_id, now=now)
    tombstones.add(tombstones.Tombstone("account", keyring.account_id, now.date()))
    with trouble.told(), transaction.atomic():
        Account.objects.filter(id=keyring.account_id).update(secret_sealed=b"", recovery_sealed=b"")
        Draft.objects.filter(account_id=keyring.account_id).delete()
        Account.objects.filter(id=keyring.account_id).delete()
    sessions.lock_all(keyring.account_id)


def _leave(shelf: Shelf, account_id: str, case_id: str, *, now: datetime) -> None:
    """Drops her key to a case. The statement of who let whom in stays: others lead back to it."""
    with shelf.writing():
        others = shelf.grant.objects.filter(case_id=case_id).exclude(account_id=account_id)
        if others.exclude(key_sealed=b"").exists():
            shelf.grant.objects.filter(case_id=case_id, account_id=account_id).update(key_sealed=b"")
            return
    cases.delete_for_good(shelf, case_id, now=now)


def _by_name(name_hash: str) -> Account | None:
    with trouble.told():
        return Account.objects.filter(name_hash=name_hash).first()


def _name_hash(name: str) -> str:
    server_key = datafolder.server_key()
    return cipher.keyed_hash(server_key, pack("name", passphrases.normal(name))).hex()


def _sealed_state(keyring: Keyring, content: bytes) -> bytes:
    return cipher.seal(keyring.key("state"), pad(content), "state", keyring.account_id)


def _change_lock(account: Account, keyring: Keyring, passphrase: str, *also: str) -> None:
    """Saves the new wrapping, then locks every session: whoever knew the old passphrase is out."""
    wrapping.wrap(account, keyring, passphrase)
    _save_lock(account, *also)
    sessions.lock_all(keyring.account_id)


def _save_lock(account: Account, *also: str) -> None:
    with trouble.told():
        account.save(update_fields=(*wrapping.FIELDS, *also))


def _opened(account: Account | None, name_hash: str, passphrase: str) -> Keyring | None:
    """Gives the keyring, or None; derives also when there is no account, so that the time is the same."""
    backoff.check(name_hash)
    try:
        secret = wrapping.unwrap(account, name_hash, passphrase)
        if account is None:
            raise Altered("nobody")
    except Altered:
        backoff.failed(name_hash)
        return None
    backoff.succeeded(name_hash)
    return _keyring(account, secret)


def _with_todays_cost(account: Account, keyring: Keyring, passphrase: str) -> Keyring:
    """Stretches a passphrase again when it was stretched at an older, lower cost than today's policy."""
    if wrapping.below_policy(account):
        wrapping.wrap(account, keyring, passphrase)
        _save_lock(account)
    return keyring


def _keyring(account: Account, secret: bytes) -> Keyring:
    """Gives the keyring; public keys that were exchanged in the row are put right, and that is said."""
    keyring = Keyring(account.id, secret)
    stored = Card(account.id, bytes(account.box_public), bytes(account.sign_public))
    if stored == keyring.card:
        return keyring
    with trouble.told():
        Account.objects.filter(id=account.id).update(
            box_public=keyring.card.box_public, sign_public=keyring.card.sign_public
        )
    account.box_public, account.sign_public = keyring.card.box_public, keyring.card.sign_public
    notice = words(
        "Someone exchanged your public keys in the database. They are right again. "
        "What others shared with you meanwhile may be open to that person."
    )
    return Keyring(account.id, secret, (notice,))
