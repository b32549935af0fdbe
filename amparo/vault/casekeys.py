"""The keys of a case as one member opens them.

Her grant → the epoch's key → the epochs before, each checked.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property

from django.db.models import QuerySet

from amparo.vault import cipher, findings, grants, models
from amparo.vault.cipher import Altered
from amparo.vault.encoding import Garbled, pack, unpack
from amparo.vault.findings import Finding
from amparo.vault.grants import Roster, Statement
from amparo.vault.keyring import Card, Keyring
from amparo.vault.memory import MARK_SIZE, Memory, Seen
from amparo.vault.padding import BadPadding, pad, unpad
from amparo.vault.shelf import Shelf


@dataclass(frozen=True, repr=False)
class CaseKeys:
    """A case's opened keys. `by_epoch` holds the key of each epoch; `rosters` who was a member in it."""

    case_id: str
    epoch: int
    chain: bytes
    by_epoch: Mapping[int, bytes]
    rosters: Mapping[int, Roster]
    found: tuple[Finding, ...] = ()

    @property
    def current(self) -> bytes:
        """Gives the key of the newest epoch."""
        return self.by_epoch[self.epoch]

    @cached_property
    def _records(self) -> dict[int, bytes]:
        return {epoch: cipher.derive(key, "record") for epoch, key in self.by_epoch.items()}

    def record_key(self, epoch: int) -> bytes:
        """Gives the key of the records of an epoch. Raises Altered for an epoch the case never had."""
        try:
            return self._records[epoch]
        except KeyError:
            raise Altered("epoch") from None

    def key(self, purpose: str, epoch: int | None = None) -> bytes:
        """Gives the key for one purpose in an epoch (the newest unless said). Raises Altered."""
        try:
            return cipher.derive(self.by_epoch[self.epoch if epoch is None else epoch], purpose)
        except KeyError:
            raise Altered("epoch") from None

    @property
    def members(self) -> dict[str, Card]:
        """Gives the members of the newest epoch by account id."""
        return self.rosters[self.epoch].members

    @property
    def founder_mark(self) -> bytes:
        """Gives 16 bytes that stand for who founded the case."""
        return self.rosters[1].opener.member.pin

    def opener_mark(self, epoch: int) -> bytes:
        """Gives 16 bytes that stand for the statement that opened an epoch."""
        return self.rosters[epoch].opener.mark

    def seen(self, count: int, last: bytes) -> Seen:
        """Gives what an account remembers of this state."""
        return Seen(count, last[:MARK_SIZE], self.epoch, self.opener_mark(self.epoch), self.founder_mark)


@dataclass(frozen=True)
class Rows:
    """The stored keys of one case: epochs, and the grants of its newest epoch."""

    case: models.CaseRow
    epochs: Mapping[int, models.EpochRow]
    grants: Iterable[models.GrantRow]


def load(
    shelf: Shelf, keyring: Keyring, case_id: str, memory: Memory, *, lock: bool = False
) -> tuple[models.CaseRow, CaseKeys]:
    """Gives a case's row (locked for writing when asked) and its opened keys. Raises Refused, CouldNot."""
    cases = shelf.case.objects.select_for_update() if lock else shelf.case.objects.all()
    case = cases.filter(id=case_id).first()
    if case is None:
        raise findings.no_such_case()
    rows = _rows(shelf, [case])
    return case, opened(keyring, rows[0], memory)


def load_all(shelf: Shelf, keyring: Keyring) -> list[Rows]:
    """Gives the stored keys of every case the account has a grant for, in four queries."""
    ids = shelf.grant.objects.filter(account_id=keyring.account_id).values("case_id")
    return _rows(shelf, shelf.case.objects.filter(id__in=ids))


def _rows(shelf: Shelf, cases: Iterable[models.CaseRow] | QuerySet[models.CaseRow]) -> list[Rows]:
    found = list(cases)
    ids = [case.id for case in found]
    epochs: dict[str, dict[int, models.EpochRow]] = {one: {} for one in ids}
    granted: dict[str, list[models.GrantRow]] = {one: [] for one in ids}
    newest = {case.id: case.epoch for case in found}
    for start in range(0, len(ids), 500):  # SQLite takes a limited number of values in one question
        part = ids[start : start + 500]
        for epoch in shelf.epoch.objects.filter(case_id__in=part):
            epochs[epoch.case_id][epoch.epoch] = epoch
        for one in shelf.grant.objects.filter(case_id__in=part):
            if one.epoch == newest[one.case_id]:
                granted[one.case_id].append(one)
    return [Rows(case, epochs[case.id], granted[case.id]) for case in found]


def opened(keyring: Keyring, rows: Rows, memory: Memory) -> CaseKeys:
    """Gives the keys of a case, every grant checked back to its founder.

    Raises Refused when the account has no grant, CouldNot when the way in was altered.
    """
    case = rows.case
    mine = next((one for one in rows.grants if one.account_id == keyring.account_id), None)
    if mine is None:
        raise findings.no_such_case()
    try:
        key = cipher.box_open(keyring.box_secret, bytes(mine.key_sealed))
        keys, statements, chain = _walk_back(rows, key)
        granted, unreadable = _granted(rows.grants, key)
        statements[case.epoch] = granted
        rosters = _rosters(case.id, keys, statements)
    except (Altered, Garbled, BadPadding) as error:
        raise findings.keys_altered() from error
    opened_keys = CaseKeys(case.id, case.epoch, chain, keys, rosters)
    _check_own(keyring, opened_keys, memory.seen.get(case.id))
    found = [findings.forged_grant(one) for one in sorted({*unreadable, *rosters[case.epoch].forged})]
    if bytes(rows.epochs[case.epoch].drop_public) != drop_public(opened_keys.current):
        found.append(findings.drop_key_replaced())
    return CaseKeys(case.id, case.epoch, chain, keys, rosters, tuple(found))


def _walk_back(rows: Rows, key: bytes) -> tuple[dict[int, bytes], dict[int, list[Statement]], bytes]:
    """Opens each epoch's link to the one before: its key, and who had been let in then."""
    keys = {rows.case.epoch: key}
    statements: dict[int, list[Statement]] = {}
    chain = b""
    for epoch in range(rows.case.epoch, 0, -1):
        row = rows.epochs.get(epoch)
        if row is None:
            raise Altered("epoch")
        chain, before, told = open_link(keys[epoch], rows.case.id, epoch, bytes(row.link_sealed))
        if epoch > 1:
            keys[epoch - 1] = before
            statements[epoch - 1] = told
    return keys, statements, chain


def _granted(rows: Iterable[models.GrantRow], key: bytes) -> tuple[list[Statement], list[str]]:
    """Gives the statements of the newest epoch, and the accounts whose row holds none that opens."""
    statements, unreadable = [], []
    for row in rows:
        try:
            statement = open_statement(key, row.case_id, row.epoch, bytes(row.statement_sealed))
            if statement.member.account_id != row.account_id:
                raise Altered("account")
            statements.append(statement)
        except Altered:
            unreadable.append(row.account_id)
    return statements, unreadable


def _rosters(
    case_id: str, keys: Mapping[int, bytes], statements: Mapping[int, list[Statement]]
) -> dict[int, Roster]:
    rosters: dict[int, Roster] = {}
    for epoch in sorted(keys):
        rosters[epoch] = grants.roster(
            statements[epoch],
            case_id=case_id,
            epoch=epoch,
            case_key=keys[epoch],
            before=rosters.get(epoch - 1),
        )
    return rosters


def _check_own(keyring: Keyring, keys: CaseKeys, seen: Seen | None) -> None:
    """Refuses a way in that was not given to these very keys, or that has another past than the one
    remembered.
    """
    if keys.members.get(keyring.account_id) != keyring.card:
        raise findings.keys_altered()
    if seen is None:
        return
    if seen.founder != keys.founder_mark:
        raise findings.keys_altered()
    if seen.epoch in keys.rosters and keys.opener_mark(seen.epoch) != seen.opener:
        raise findings.keys_altered()


def drop_secret(case_key: bytes) -> bytes:
    """Gives the X25519 secret that opens what came in during an epoch."""
    return cipher.derive(case_key, "drop")


def drop_public(case_key: bytes) -> bytes:
    """Gives its public half, which anybody may seal to."""
    return cipher.box_public(drop_secret(case_key))


def seal_link(
    key: bytes,
    case_id: str,
    epoch: int,
    *,
    chain: bytes,
    before: bytes = b"",
    told: Iterable[Statement] = (),
    random: cipher.Random = cipher.system_random,
) -> bytes:
    """Gives an epoch's sealed link: chain key, key and statements of the epoch before."""
    plain = pad(pack(chain, before, *(grants.to_bytes(one) for one in told)))
    return cipher.seal(cipher.derive(key, "link"), plain, "link", case_id, epoch, random=random)


def open_link(key: bytes, case_id: str, epoch: int, sealed: bytes) -> tuple[bytes, bytes, list[Statement]]:
    """Gives chain key, key of the epoch before (empty at the first), its statements. Raises Altered."""
    plain = cipher.unseal(cipher.derive(key, "link"), sealed, "link", case_id, epoch)
    try:
        chain, before, *told = unpack(unpad(plain))
    except (Garbled, BadPadding, ValueError) as error:
        raise Altered("link") from error
    return chain, before, [grants.from_bytes(one) for one in told]


def seal_statement(
    key: bytes, statement: Statement, *, random: cipher.Random = cipher.system_random
) -> bytes:
    """Gives a statement as a grant's row holds it: only members see who let whom in."""
    plain = pad(grants.to_bytes(statement))
    about = ("statement", statement.case_id, statement.epoch)
    return cipher.seal(cipher.derive(key, "statement"), plain, *about, random=random)


def open_statement(key: bytes, case_id: str, epoch: int, sealed: bytes) -> Statement:
    """Gives the statement of a grant's row. Raises Altered."""
    plain = cipher.unseal(cipher.derive(key, "statement"), sealed, "statement", case_id, epoch)
    try:
        return grants.from_bytes(unpad(plain))
    except BadPadding as error:
        raise Altered("statement") from error
