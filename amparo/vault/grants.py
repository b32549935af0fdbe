"""Who let whom into a case: signed statements, and the check that each comes from someone who was inside."""

from collections.abc import Iterable
from dataclasses import dataclass

from amparo.vault import cipher
from amparo.vault.encoding import Garbled, number, pack, unpack
from amparo.vault.keyring import Card, Keyring

_PARTS = 10


@dataclass(frozen=True)
class Statement:
    """`granter` (account id and signing key) says: `member` holds the key of this case's epoch.

    `key_check` stands for that key, so a statement cannot be carried over to another key.
    """

    case_id: str
    epoch: int
    member: Card
    granter_id: str
    granter_sign_public: bytes
    key_check: bytes
    signature: bytes = b""

    @property
    def opens_epoch(self) -> bool:
        """Says whether it is the first grant of its epoch, given to oneself."""
        return (self.granter_id, self.granter_sign_public) == (
            self.member.account_id,
            self.member.sign_public,
        )

    @property
    def mark(self) -> bytes:
        """Gives 16 bytes that stand for this very statement."""
        return cipher.keyed_hash(b"", pack("statement", self._message(), self.signature), 16)

    def _message(self) -> bytes:
        return pack(
            "amparo grant",
            cipher.VERSION,
            self.case_id,
            self.epoch,
            self.member.account_id,
            self.member.box_public,
            self.member.sign_public,
            self.granter_id,
            self.granter_sign_public,
            self.key_check,
        )

    def holds(self) -> bool:
        """Says whether the signature is the granter's."""
        return cipher.signed_by(self.granter_sign_public, self._message(), self.signature)


def key_check(case_key: bytes) -> bytes:
    """Gives what stands for a case key in statements."""
    return cipher.derive(case_key, "check")


def grant(granter: Keyring, member: Card, *, case_id: str, epoch: int, case_key: bytes) -> Statement:
    """Gives the signed statement."""
    bare = Statement(
        case_id, epoch, member, granter.account_id, granter.card.sign_public, key_check(case_key)
    )
    signature = cipher.sign(granter.sign_seed, bare._message())
    return Statement(**{**bare.__dict__, "signature": signature})


def to_bytes(statement: Statement) -> bytes:
    """Gives the statement as packed parts."""
    return pack(statement._message(), statement.signature)


def from_bytes(packed: bytes) -> Statement:
    """Gives the statement; raises Altered where the bytes are none."""
    try:
        message, signature = unpack(packed)
        parts = unpack(message)
        if len(parts) != _PARTS or parts[:2] != [b"amparo grant", cipher.VERSION]:
            raise cipher.Altered("statement")
        case_id, member_id, granter_id = (parts[at].decode("ascii") for at in (2, 4, 7))
        member = Card(member_id, parts[5], parts[6])
        return Statement(case_id, number(parts[3]), member, granter_id, parts[8], parts[9], signature)
    except (Garbled, ValueError) as error:
        raise cipher.Altered("statement") from error


@dataclass(frozen=True)
class Roster:
    """The members of one epoch. `opener` is the statement that opened it.

    `forged` are those nobody inside signed.
    """

    members: dict[str, Card]
    opener: Statement
    forged: tuple[str, ...]


def roster(
    statements: Iterable[Statement], *, case_id: str, epoch: int, case_key: bytes, before: Roster | None
) -> Roster:
    """Gives who is truly a member in an epoch: each statement leads back to someone who was inside.

    The first epoch is opened by the founder herself; a later one by a member of the epoch before. Raises
    Altered when nobody opened it.
    """
    check = key_check(case_key)
    genuine = [
        one
        for one in statements
        if (one.case_id, one.epoch, one.key_check) == (case_id, epoch, check) and one.holds()
    ]
    openers = [one for one in genuine if one.opens_epoch and (before is None or _inside(one, before.members))]
    if len(openers) != 1:
        raise cipher.Altered("opener")
    members = {openers[0].member.account_id: openers[0].member}
    waiting = [one for one in genuine if one is not openers[0]]
    while let_in := [one for one in waiting if _inside(one, members)]:
        members.update({one.member.account_id: one.member for one in let_in})
        waiting = [one for one in waiting if one not in let_in]
    named = {one.member.account_id for one in statements}
    return Roster(members, openers[0], tuple(sorted(named - members.keys())))


def _inside(statement: Statement, members: dict[str, Card]) -> bool:
    granter = members.get(statement.granter_id)
    return granter is not None and granter.sign_public == statement.granter_sign_public
