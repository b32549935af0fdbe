"""A case read from its first record to its last, each checked in its place.

What does not hold is told, and the other records are still given.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date

from amparo.vault import casekeys, findings, heads, memory, records, trouble
from amparo.vault.casekeys import CaseKeys
from amparo.vault.cipher import Altered
from amparo.vault.findings import Finding
from amparo.vault.heads import Head
from amparo.vault.keyring import Keyring
from amparo.vault.memory import MARK_SIZE, Memory, Seen
from amparo.vault.records import Header, Kind, Place
from amparo.vault.shelf import Shelf


@dataclass(frozen=True)
class Entry:
    """One record as its room reads it.

    `body` is None when it was erased (`erased`) or cannot be read (`damaged`). `erases` is the number of the
    record whose body this one says was erased, `erases_blob` the file. `author` is the account id of who
    wrote it.
    """

    seq: int
    body: bytes | None
    erased: bool
    day: date
    author: str
    damaged: bool = False
    erases: int | None = None
    erases_blob: str | None = None
    blobs: tuple[records.BlobMark, ...] = ()


@dataclass(frozen=True)
class Opened:
    """A case as it was read: its records, what is wrong with it, its keys, its number of records."""

    entries: tuple[Entry, ...]
    findings: tuple[Finding, ...]
    keys: CaseKeys = field(repr=False)
    count: int = 0
    last: bytes = field(default=b"", repr=False)


@dataclass(frozen=True)
class Row:
    """One stored record."""

    seq: int
    epoch: int
    day: date
    header_sealed: bytes
    body_sealed: bytes


def open_case(shelf: Shelf, keyring: Keyring, case_id: str) -> Opened:
    """Gives a whole case, checked.

    Raises Refused when it is not the account's, CouldNot when no key opens it.

    A reader does not hold up writers: only when something looks wrong is it read again with the case locked,
    so that a record written in between is no false alarm.
    """
    with trouble.told():
        remembered = _remembered(keyring)
        opened = _read(shelf, keyring, case_id, remembered, lock=False)
        if opened.findings:
            with shelf.writing():
                opened = _read(shelf, keyring, case_id, _remembered(keyring), lock=True)
        if not opened.findings and _is_news(remembered.seen.get(case_id), opened):
            with shelf.writing():
                memory.see(keyring, case_id, opened.keys.seen(opened.count, opened.last))
    return opened


def _remembered(keyring: Keyring) -> Memory:
    try:
        return memory.load(keyring)
    except Altered as error:
        raise findings.keys_altered() from error


def _is_news(seen: Seen | None, opened: Opened) -> bool:
    return seen is None or (seen.count, seen.epoch) < (opened.count, opened.keys.epoch)


def _read(shelf: Shelf, keyring: Keyring, case_id: str, remembered: Memory, *, lock: bool) -> Opened:
    case, keys = casekeys.load(shelf, keyring, case_id, remembered, lock=lock)
    found = list(keys.found)
    try:
        head = heads.unseal(keys, bytes(case.head_sealed))
    except Altered:
        head = None
        found.append(findings.head_damaged())
    rows = stored(shelf, case_id)
    reader = _Reader(keys, head)
    entries = tuple(reader.read(rows))
    found += reader.found
    found += _against_memory(reader, head, remembered.seen.get(case_id), keys)
    return Opened(
        entries, tuple(found), keys, head.count if head else reader.seq, head.last if head else reader.link
    )


def stored(shelf: Shelf, case_id: str) -> Iterator[Row]:
    """Gives the stored records of a case in order."""
    values = shelf.entry.objects.filter(case_id=case_id).order_by("seq")
    for seq, epoch, day, header, body in values.values_list(
        "seq", "epoch", "day", "header_sealed", "body_sealed"
    ):
        yield Row(seq, epoch, day, bytes(header), bytes(body))


def _against_memory(reader: "_Reader", head: Head | None, seen: Seen | None, keys: CaseKeys) -> list[Finding]:
    if seen is None:
        return []
    if seen.epoch > keys.epoch or (head or Head(reader.seq, reader.link, 1)).older_than(seen):
        return [findings.older_copy()]
    known = reader.links.get(seen.count)
    return [findings.rewritten()] if known and known[:MARK_SIZE] != seen.last else []


class _Reader:
    """Goes through the records once, keeping the chain in hand."""

    def __init__(self, keys: CaseKeys, head: Head | None) -> None:
        self.keys = keys
        self.head = head
        self.seq = 0
        self.link = records.first_link(keys.case_id)
        self.links = {0: self.link}
        self.found: list[Finding] = []
        self._erased: dict[int, int] = {}
        self._entries: list[Entry] = []

    def read(self, rows: Iterable[Row]) -> list[Entry]:
        for row in rows:
            if row.seq <= self.seq or (self.head and row.seq > self.head.count):
                self.found.append(findings.beyond(row.seq))
                continue
            self._step_over(row.seq)
            self._take(row)
        if self.head:
            self._step_over(self.head.count + 1)
            if self.link != b"" and self.link != self.head.last:
                self.found.append(findings.tail_cut(self.head.count))
        return self._settled()

    def _step_over(self, next_seq: int) -> None:
        for seq in range(self.seq + 1, next_seq):
            self.found.append(findings.missing(seq))
            self.link = b""
            self.seq = seq

    def _take(self, row: Row) -> None:
        """Opens one record; where the one before was unreadable, takes the link that this one is bound to."""
        previous = records.previous_of(row.header_sealed)
        place = Place(self.keys.case_id, row.epoch, row.seq, row.day, previous)
        self.seq = row.seq
        try:
            header = records.open_header(self.keys.record_key(row.epoch), place, row.header_sealed)
        except Altered:
            self.found.append(findings.damaged(row.seq))
            self._entries.append(Entry(row.seq, None, False, row.day, "", damaged=True))
            self.link = b""
            return
        if self.link not in (b"", previous):
            self.found.append(findings.out_of_chain(row.seq))
        if self.head and row.epoch < self.head.floor:
            self.found.append(findings.old_copy_of_record(row.seq))
        self.links[row.seq - 1] = previous
        self.link = self.links[row.seq] = records.link(self.keys.chain, place, header)
        if header.kind is Kind.BODY_ERASED:
            self._erased[int.from_bytes(header.target, "big")] = row.seq
        self._entries.append(self._entry(row, header))

    def _entry(self, row: Row, header: Header) -> Entry:
        kind, seq = header.kind, row.seq
        erases = int.from_bytes(header.target, "big") if kind is Kind.BODY_ERASED else None
        erases_blob = header.target.hex() if kind is Kind.BLOB_ERASED else None
        if header.body_key is None:
            return Entry(seq, None, True, row.day, header.author_id, False, erases, erases_blob)
        if not row.body_sealed:
            self.found.append(findings.body_missing(seq))
            return Entry(seq, None, False, row.day, header.author_id, True, erases, erases_blob)
        try:
            body = records.open_body(header.body_key, self.keys.case_id, seq, header.digest, row.body_sealed)
        except Altered:
            self.found.append(findings.body_damaged(seq))
            return Entry(seq, None, False, row.day, header.author_id, True, erases, erases_blob)
        return Entry(
            seq, body.content, False, row.day, header.author_id, False, erases, erases_blob, body.blobs
        )

    def _settled(self) -> list[Entry]:
        """Compares what is gone with what the log says was erased."""
        settled = []
        for entry in self._entries:
            said = entry.seq in self._erased
            if entry.erased and not said:
                self.found.append(findings.body_missing(entry.seq))
            if said and entry.body is not None:
                self.found.append(findings.came_back(entry.seq))
                entry = Entry(entry.seq, None, True, entry.day, entry.author)
            settled.append(entry)
        return settled
