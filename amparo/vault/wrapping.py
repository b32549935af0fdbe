"""How an account's secret lies wrapped in its row: once under the passphrase, once under the recovery key."""

import secrets
from dataclasses import dataclass

from amparo.vault import cipher, datafolder, passphrases, recovery, stretching
from amparo.vault.cipher import Altered
from amparo.vault.encoding import pack
from amparo.vault.keyring import Keyring
from amparo.vault.models import Account
from amparo.vault.stretching import Cost

FIELDS = ("argon_memory_kib", "argon_passes", "argon_salt", "secret_sealed")


@dataclass(frozen=True)
class _Lock:
    """The numbers a passphrase is stretched with."""

    cost: Cost
    salt: bytes


def wrap(account: Account, keyring: Keyring, passphrase: str) -> None:
    """Wraps the secret under a passphrase at today's cost, with a new salt; the row is not saved."""
    lock = _Lock(stretching.policy(), secrets.token_bytes(stretching.SALT_SIZE))
    opening = stretching.stretch(passphrases.to_bytes(passphrase), lock.salt, lock.cost)
    account.argon_memory_kib = lock.cost.memory_kib
    account.argon_passes = lock.cost.passes
    account.argon_salt = lock.salt
    account.secret_sealed = cipher.seal(_kek(opening), keyring.secret, *_about(account, lock))


def unwrap(account: Account | None, name_hash: str, passphrase: str) -> bytes:
    """Gives the secret. Raises Altered. Derives also without an account, so that the time is the same."""
    lock = _lock_of(account) if account else _lock_of_nobody(name_hash)
    opening = stretching.stretch(passphrases.to_bytes(passphrase), lock.salt, lock.cost)
    if account is None:
        raise Altered("nobody")
    return cipher.unseal(_kek(opening), bytes(account.secret_sealed), *_about(account, lock))


def below_policy(account: Account) -> bool:
    """Says whether the passphrase was stretched at a lower cost than today's."""
    cost, policy = _lock_of(account).cost, stretching.policy()
    return cost.memory_kib < policy.memory_kib or cost.passes < policy.passes


def wrap_for_recovery(keyring: Keyring, recovery_key: str) -> bytes:
    """Gives the secret under a recovery key, which is random and needs no stretching."""
    kek = cipher.derive(recovery.read(recovery_key), "recovery")
    return cipher.seal(kek, keyring.secret, "recovery", keyring.account_id)


def unwrap_for_recovery(account: Account, key: bytes) -> bytes:
    """Gives the secret. Raises Altered."""
    kek = cipher.derive(key, "recovery")
    return cipher.unseal(kek, bytes(account.recovery_sealed), "recovery", account.id)


def _lock_of(account: Account) -> _Lock:
    return _Lock(Cost(account.argon_memory_kib, account.argon_passes), bytes(account.argon_salt))


def _lock_of_nobody(name_hash: str) -> _Lock:
    """Gives a salt that stays the same for the same unknown name, so that time and answer tell nothing."""
    salt = cipher.keyed_hash(datafolder.server_key(), pack("salt", name_hash), stretching.SALT_SIZE)
    return _Lock(stretching.policy(), salt)


def _kek(opening: bytes) -> bytes:
    return cipher.derive(opening, "account")


def _about(account: Account, lock: _Lock) -> tuple[bytes | str | int, ...]:
    return ("account", account.id, account.epoch, lock.cost.memory_kib, lock.cost.passes, lock.salt)
