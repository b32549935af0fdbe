"""One sealed summary per case: its folded state at a sequence number, for lists. A cache.

The log is the truth.
"""

from dataclasses import dataclass

from django.db import router, transaction

from amparo.errors import CouldNot
from amparo.vault import casekeys, cipher, findings, heads, memory, trouble
from amparo.vault.casekeys import CaseKeys
from amparo.vault.cipher import Altered
from amparo.vault.keyring import Keyring
from amparo.vault.memory import Memory
from amparo.vault.padding import BadPadding, pad, unpad
from amparo.vault.shelf import Shelf


@dataclass(frozen=True)
class Summary:
    """A case in a list. `body` is None where none is kept or it does not open: read the log then.

    `seq` is the record it was made at and `count` the newest one; `current` when they are the same. `opens`
    is False when the case's keys do not check out; `older_copy` when the account has seen a newer state.
    """

    case_id: str
    body: bytes | None
    seq: int
    count: int
    opens: bool = True
    older_copy: bool = False

    @property
    def current(self) -> bool:
        """Says whether the summary stands for the newest state."""
        return self.opens and self.body is not None and self.seq == self.count


def put(shelf: Shelf, keyring: Keyring, case_id: str, seq: int, body: bytes) -> None:
    """Keeps the folded state at record `seq`; an older one never takes a newer one's place."""
    with shelf.writing():
        _, keys = casekeys.load(shelf, keyring, case_id, _remembered(keyring), lock=True)
        known = shelf.summary.objects.filter(case_id=case_id).first()
        if known and known.epoch == keys.epoch and known.seq > seq:
            return
        shelf.summary.objects.update_or_create(
            case_id=case_id,
            defaults={"epoch": keys.epoch, "seq": seq, "sealed": _seal(keys, seq, body)},
        )


def get(shelf: Shelf, keyring: Keyring, case_id: str) -> Summary:
    """Gives one case's summary. Raises Refused when the case is not the account's."""
    with trouble.told():
        remembered = _remembered(keyring)  # before the head, or a record written in between looks like a loss
        case, keys = casekeys.load(shelf, keyring, case_id, remembered)
        row = shelf.summary.objects.filter(case_id=case_id).values_list("epoch", "seq", "sealed").first()
    return _summary(keys, bytes(case.head_sealed), row, remembered)


def all(shelf: Shelf, keyring: Keyring) -> list[Summary]:
    """Gives every case of the account in one go, each with its keys checked.

    Five queries whatever their number.
    """
    with trouble.told():
        remembered = _remembered(keyring)
        with transaction.atomic(using=router.db_for_read(shelf.case)):
            stored = casekeys.load_all(shelf, keyring)
            ids = shelf.grant.objects.filter(account_id=keyring.account_id).values("case_id")
            rows = {
                case_id: (epoch, seq, sealed)
                for case_id, epoch, seq, sealed in shelf.summary.objects.filter(case_id__in=ids).values_list(
                    "case_id", "epoch", "seq", "sealed"
                )
            }
    found = []
    for one in stored:
        try:
            keys = casekeys.opened(keyring, one, remembered)
        except CouldNot:
            found.append(Summary(one.case.id, None, 0, 0, opens=False))
            continue
        found.append(_summary(keys, bytes(one.case.head_sealed), rows.get(one.case.id), remembered))
    return found


def _remembered(keyring: Keyring) -> Memory:
    try:
        return memory.load(keyring)
    except Altered as error:
        raise findings.keys_altered() from error


def _seal(keys: CaseKeys, seq: int, body: bytes) -> bytes:
    return cipher.seal(keys.key("summary"), pad(body), "summary", keys.case_id, keys.epoch, seq)


def _summary(
    keys: CaseKeys, head_sealed: bytes, row: tuple[int, int, bytes] | None, remembered: Memory
) -> Summary:
    try:
        head = heads.unseal(keys, head_sealed)
    except Altered:
        return Summary(keys.case_id, None, 0, 0, opens=False)
    older = head.older_than(remembered.seen.get(keys.case_id))
    if row is None:
        return Summary(keys.case_id, None, 0, head.count, older_copy=older)
    epoch, seq, sealed = row
    try:
        body = unpad(
            cipher.unseal(keys.key("summary", epoch), bytes(sealed), "summary", keys.case_id, epoch, seq)
        )
    except (Altered, BadPadding):
        return Summary(keys.case_id, None, 0, head.count, older_copy=older)
    return Summary(keys.case_id, body, seq, head.count, older_copy=older)
