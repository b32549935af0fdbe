"""The head of a case: how many records it has and the last link, sealed, rewritten with every record."""

from dataclasses import dataclass

from amparo.vault import cipher, records
from amparo.vault.casekeys import CaseKeys
from amparo.vault.encoding import Garbled, number, pack, unpack
from amparo.vault.memory import MARK_SIZE, Seen


@dataclass(frozen=True)
class Head:
    """`count` records, the link of the last; `floor` is the oldest epoch a record may be sealed under."""

    count: int
    last: bytes
    floor: int

    def older_than(self, seen: Seen | None) -> bool:
        """Says whether an account has already seen a newer state than this one."""
        if seen is None:
            return False
        if self.count == seen.count:
            return self.last[:MARK_SIZE] != seen.last
        return self.count < seen.count


def new(case_id: str) -> Head:
    """Gives the head of a case without records."""
    return Head(0, records.first_link(case_id), 1)


def seal(keys: CaseKeys, head: Head) -> bytes:
    """Gives the head as the case's row holds it."""
    return cipher.seal(
        keys.key("head"), pack(head.count, head.last, head.floor), "head", keys.case_id, keys.epoch
    )


def unseal(keys: CaseKeys, sealed: bytes) -> Head:
    """Gives the head. Raises Altered."""
    plain = cipher.unseal(keys.key("head"), sealed, "head", keys.case_id, keys.epoch)
    try:
        count, last, floor = unpack(plain)
        return Head(number(count), last, number(floor))
    except (Garbled, ValueError) as error:
        raise cipher.Altered("head") from error
