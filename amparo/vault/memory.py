"""What an account remembers, sealed to itself.

The highest head seen of each case, and the keys of people it knows.

A cut tail, an old copy of a case or an exchanged key is noticed because this memory says otherwise.
"""

from collections.abc import Callable
from dataclasses import dataclass, field, replace

from amparo.vault import cipher
from amparo.vault.encoding import Garbled, number, pack, unpack
from amparo.vault.keyring import Keyring
from amparo.vault.models import Account
from amparo.vault.padding import BadPadding, pad, unpad

MARK_SIZE = 16


@dataclass(frozen=True)
class Seen:
    """The newest state of a case that this account saw; marks are 16 bytes of what they stand for."""

    count: int
    last: bytes
    epoch: int
    opener: bytes
    founder: bytes


@dataclass(frozen=True)
class Memory:
    """`seen` by case id; `pins` by account id."""

    seen: dict[str, Seen] = field(default_factory=dict)
    pins: dict[str, bytes] = field(default_factory=dict)


def to_bytes(memory: Memory) -> bytes:
    """Gives the memory as packed parts: number of cases, six parts for each, then two for each pin."""
    parts: list[bytes | str | int] = [len(memory.seen)]
    for case_id, one in memory.seen.items():
        parts += (bytes.fromhex(case_id), one.count, one.last, one.epoch, one.opener, one.founder)
    for account_id, pin in memory.pins.items():
        parts += (bytes.fromhex(account_id), pin)
    return pack(*parts)


def from_bytes(packed: bytes) -> Memory:
    """Gives the memory that was packed."""
    parts = unpack(packed)
    cases_end = 1 + 6 * number(parts[0])
    seen = {}
    for at in range(1, cases_end, 6):
        case_id, count, last, epoch, opener, founder = parts[at : at + 6]
        seen[case_id.hex()] = Seen(number(count), last, number(epoch), opener, founder)
    pins = {parts[at].hex(): parts[at + 1] for at in range(cases_end, len(parts), 2)}
    return Memory(seen, pins)


def sealed(keyring: Keyring, memory: Memory) -> bytes:
    """Gives the memory as the account's row holds it."""
    return cipher.seal(keyring.key("memory"), pad(to_bytes(memory)), "memory", keyring.account_id)


def load(keyring: Keyring) -> Memory:
    """Gives what the account remembers. Raises Altered."""
    row = Account.objects.filter(id=keyring.account_id).values_list("memory_sealed").first()
    if row is None:
        raise cipher.Altered("account")
    return _opened(keyring, bytes(row[0]))


def change(keyring: Keyring, how: Callable[[Memory], Memory]) -> None:
    """Rewrites the memory inside the caller's transaction; a second session of the same account waits."""
    row = Account.objects.select_for_update().only("memory_sealed").get(id=keyring.account_id)
    before = _opened(keyring, bytes(row.memory_sealed))
    after = how(before)
    if after != before:
        Account.objects.filter(id=keyring.account_id).update(memory_sealed=sealed(keyring, after))


def see(keyring: Keyring, case_id: str, seen: Seen) -> None:
    """Remembers a head if it is newer than the one known."""

    def newer(memory: Memory) -> Memory:
        known = memory.seen.get(case_id)
        if known and (known.count, known.epoch) >= (seen.count, seen.epoch):
            return memory
        return replace(memory, seen={**memory.seen, case_id: seen})

    change(keyring, newer)


def forget_case(keyring: Keyring, case_id: str) -> None:
    """Forgets a case that was deleted."""
    change(keyring, lambda memory: replace(memory, seen=_without(memory.seen, case_id)))


def pin(keyring: Keyring, account_id: str, pinned: bytes) -> None:
    """Remembers the keys of a person."""
    change(keyring, lambda memory: replace(memory, pins={**memory.pins, account_id: pinned}))


def _without(seen: dict[str, Seen], case_id: str) -> dict[str, Seen]:
    return {known: one for known, one in seen.items() if known != case_id}


def _opened(keyring: Keyring, stored: bytes) -> Memory:
    plain = cipher.unseal(keyring.key("memory"), stored, "memory", keyring.account_id)
    try:
        return from_bytes(unpad(plain))
    except (Garbled, BadPadding, IndexError) as error:
        raise cipher.Altered("memory") from error
