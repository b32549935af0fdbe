"""Cases in the vault: founded, read, added to, listed, found. Only events are written."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, time
from typing import BinaryIO

from amparo.claims import events, summary
from amparo.claims.acts import Act
from amparo.claims.case import Case, fold
from amparo.claims.events import Event
from amparo.claims.models import SHELF
from amparo.claims.summary import Short
from amparo.errors import AmparoError
from amparo.vault import blobs, log, summaries
from amparo.vault.findings import Finding
from amparo.vault.keyring import Keyring
from amparo.vault.reading import Entry


@dataclass(frozen=True)
class Loaded:
    """A case as it was read: folded, how many records it has, and what is wrong with it (nothing, mostly)."""

    id: str
    case: Case
    count: int
    findings: tuple[Finding, ...] = ()


@dataclass(frozen=True)
class Listed:
    """A case in a list. `short` is None where it cannot be read; its page says why."""

    id: str
    short: Short | None
    older_copy: bool = False


@dataclass(frozen=True)
class Due:
    """One act of one case, for the list across all cases."""

    case_id: str
    name: str | None
    act: Act


def open_case(keyring: Keyring, *, language: str, now: datetime, first: Sequence[Event] = ()) -> str:
    """Founds a case and writes its first events; gives its id."""
    case_id = log.create_case(SHELF, keyring, now=now)
    append(keyring, case_id, events.Opened(at=now, language=language), *first, now=now)
    return case_id


def append(keyring: Keyring, case_id: str, *new: Event, now: datetime, expected: int | None = None) -> int:
    """Adds events in order; gives the number of the last. On disk when it returns.

    `expected` is the number of records the writer has seen: Conflict (a Refused) when there are newer ones.
    """
    number = 0
    with SHELF.writing():  # all of them or none
        for event in new:
            number = log.append(
                SHELF,
                keyring,
                case_id,
                events.to_bytes(event),
                now=now,
                expected=expected,
                blobs=_blobs_of(event),
            )
            expected = None if expected is None else number
    _renew_summary(keyring, case_id, now)
    return number


def case(keyring: Keyring, case_id: str) -> Loaded:
    """Gives a case from its log. Raises Refused when it is not the account's, CouldNot when unreadable."""
    opened = log.open_case(SHELF, keyring, case_id)
    return Loaded(case_id, _fold(opened.entries), opened.count, tuple(opened.findings))


def entries(keyring: Keyring, case_id: str) -> list[Entry]:
    """Gives the records themselves, in order, as the dossier lists them."""
    return list(log.open_case(SHELF, keyring, case_id).entries)


def check(keyring: Keyring, case_id: str) -> list[Finding]:
    """Gives what is wrong with a case and its files; nothing when all is as it was written."""
    return log.verify(SHELF, keyring, case_id)


def list_cases(keyring: Keyring, *, now: datetime) -> list[Listed]:
    """Gives every case in short; the log is read only where no summary of the newest state is kept."""
    listed = []
    for one in summaries.all(SHELF, keyring):
        held = summary.from_bytes(one.body) if one.current and one.body is not None else None
        if held is None and one.opens:
            held = _from_log(keyring, one.case_id, now)
        listed.append(Listed(one.case_id, held, one.older_copy))
    return listed


def next_acts(listed: Iterable[Listed], now: datetime) -> list[Due]:
    """Gives what can be done now across cases, in order of time."""
    acts = [
        Due(one.id, one.short.name, act)
        for one in listed
        if one.short is not None
        for act in one.short.next_acts(now)
    ]
    return sorted(acts, key=lambda due: due.act.when)


def find(listed: Iterable[Listed], text: str) -> list[Listed]:
    """Gives the cases that hold a link, a name or a reference; worked out here, never indexed on disk."""
    return [one for one in listed if one.short is not None and one.short.holds(text)]


def keep_file(keyring: Keyring, case_id: str, stream: BinaryIO, *, now: datetime) -> str:
    """Seals a file into the case; gives its id. It counts once an event names it."""
    return blobs.put(SHELF, keyring, case_id, stream, now=now)


def file(keyring: Keyring, case_id: str, blob_id: str) -> Iterator[bytes]:
    """Gives a sealed file, part by part."""
    return blobs.get(SHELF, keyring, case_id, blob_id)


def erase_entry(keyring: Keyring, case_id: str, entry: int, *, why: str | None = None, now: datetime) -> int:
    """Destroys what one entry said; that it was there stays. Gives the number of the entry that tells it."""
    note = events.to_bytes(events.Erased(at=now, entry=entry, why=why))
    number = log.erase_body(SHELF, keyring, case_id, entry, note=note, now=now)
    _renew_summary(keyring, case_id, now)
    return number


def erase_fingerprints(keyring: Keyring, case_id: str, *, now: datetime) -> int:
    """Destroys every number of a picture that a case holds; gives how many. Somebody shown was under 18."""
    held = [
        entry.seq
        for entry in entries(keyring, case_id)
        if entry.body is not None and isinstance(_event(entry), events.Fingerprinted)
    ]
    for seq in held:
        erase_entry(keyring, case_id, seq, now=now)
    return len(held)


def erase_file(keyring: Keyring, case_id: str, blob_id: str, *, why: str | None = None, now: datetime) -> int:
    """Destroys a sealed file; its hash stays. Gives the number of the entry that tells it."""
    note = events.to_bytes(events.Erased(at=now, blob=blob_id, why=why))
    number = blobs.erase(SHELF, keyring, case_id, blob_id, note=note, now=now)
    _renew_summary(keyring, case_id, now)
    return number


def delete(keyring: Keyring, case_id: str, *, now: datetime) -> None:
    """Deletes a case for everybody on it: keys first, then the rows."""
    log.delete_case(SHELF, keyring, case_id, now=now)


def erase_all(keyring: Keyring, *, now: datetime) -> int:
    """Deletes every case of the account; gives how many."""
    ids = log.cases(SHELF, keyring)
    for case_id in ids:
        delete(keyring, case_id, now=now)
    return len(ids)


def _fold(read: Iterable[Entry]) -> Case:
    return fold(_event(entry) for entry in read)


def _event(entry: Entry) -> Event:
    """Gives the event of a record; one that is gone or damaged keeps its place in the log."""
    at = datetime.combine(entry.day, time(), UTC)
    tells_erasure = entry.erases is not None or entry.erases_blob is not None
    if tells_erasure and not entry.body:
        return events.Erased(at=at, entry=entry.erases, blob=entry.erases_blob)
    if entry.body is None:
        return events.Gone(at=at, damaged=entry.damaged)
    try:
        return events.from_bytes(entry.body)
    except AmparoError:
        return events.Gone(at=at, damaged=True)


def _blobs_of(event: Event) -> tuple[str, ...]:
    """Gives the sealed files an event names."""
    named = getattr(event, "attachments", None) or (getattr(event, "blob", None),)
    return () if isinstance(event, events.Erased) else tuple(blob for blob in named if blob)


def _renew_summary(keyring: Keyring, case_id: str, now: datetime) -> None:
    opened = log.open_case(SHELF, keyring, case_id)
    held = summary.short(_fold(opened.entries), now)
    summaries.put(SHELF, keyring, case_id, opened.count, summary.to_bytes(held))


def _from_log(keyring: Keyring, case_id: str, now: datetime) -> Short | None:
    """Gives a case in short from its log, and keeps that for the next time."""
    try:
        opened = log.open_case(SHELF, keyring, case_id)
        held = summary.short(_fold(opened.entries), now)
        summaries.put(SHELF, keyring, case_id, opened.count, summary.to_bytes(held))
    except AmparoError:
        return None
    return held
