"""A case's log as its room uses it, on both databases."""

import io
import os
from datetime import timedelta

import pytest

from amparo.errors import Refused
from amparo.vault import blobs, log, members, summaries
from amparo.vault.keyring import Keyring
from amparo.vault.shelf import Shelf
from tests.vault.conftest import NOW, new_account

pytestmark = pytest.mark.usefixtures("anywhere")


def case_with(shelf: Shelf, keyring: Keyring, *bodies: bytes) -> str:
    case_id = log.create_case(shelf, keyring, now=NOW)
    for body in bodies:
        log.append(shelf, keyring, case_id, body, now=NOW)
    return case_id


def test_what_was_appended_is_read_back_in_order(shelf: Shelf, noor: Keyring) -> None:
    case_id = case_with(shelf, noor, b"opened", b"", "صورة".encode(), bytes(5_000))
    assert [entry.body for entry in log.read(shelf, noor, case_id)] == [
        b"opened",
        b"",
        "صورة".encode(),
        bytes(5_000),
    ]
    assert log.verify(shelf, noor, case_id) == []


def test_each_record_says_its_number_day_and_author(shelf: Shelf, noor: Keyring) -> None:
    case_id = case_with(shelf, noor, b"one")
    log.append(shelf, noor, case_id, b"two", now=NOW + timedelta(days=3))
    last = log.read(shelf, noor, case_id)[-1]
    assert (last.seq, last.day.isoformat(), last.author) == (2, "2026-11-26", noor.account_id)


def test_two_who_saw_the_same_state_do_not_both_write(shelf: Shelf, noor: Keyring) -> None:
    case_id = case_with(shelf, noor, b"one")
    log.append(shelf, noor, case_id, b"two", now=NOW, expected=1)
    with pytest.raises(log.Conflict, match="same moment"):
        log.append(shelf, noor, case_id, b"also two", now=NOW, expected=1)
    assert len(log.read(shelf, noor, case_id)) == 2


def test_a_case_of_others_is_as_if_it_were_not_there(shelf: Shelf, noor: Keyring) -> None:
    case_id = case_with(shelf, noor, b"private")
    stranger = new_account("Somebody else")
    with pytest.raises(Refused) as foreign:
        log.read(shelf, stranger, case_id)
    with pytest.raises(Refused) as missing:
        log.read(shelf, stranger, "0" * 32)
    assert str(foreign.value) == str(missing.value)
    assert log.cases(shelf, stranger) == []


def test_an_erased_body_is_gone_and_the_log_still_holds(shelf: Shelf, noor: Keyring) -> None:
    case_id = case_with(shelf, noor, b"one", b"a name she wants out", b"three")
    assert log.erase_body(shelf, noor, case_id, 2, note=b"erased on request", now=NOW) == 4
    entries = log.read(shelf, noor, case_id)
    assert (entries[1].body, entries[1].erased) == (None, True)
    assert (entries[3].body, entries[3].erases) == (b"erased on request", 2)
    assert [entry.body for entry in (entries[0], entries[2])] == [b"one", b"three"]
    assert log.verify(shelf, noor, case_id) == []


def test_the_bytes_of_an_erased_body_are_not_kept(shelf: Shelf, noor: Keyring) -> None:
    case_id = case_with(shelf, noor, b"one")
    log.erase_body(shelf, noor, case_id, 1, now=NOW)
    row = shelf.entry.objects.get(case_id=case_id, seq=1)
    assert bytes(row.body_sealed) == b""


def test_erasing_a_record_that_is_not_there_is_refused(shelf: Shelf, noor: Keyring) -> None:
    case_id = case_with(shelf, noor, b"one")
    with pytest.raises(Refused, match="no record 9"):
        log.erase_body(shelf, noor, case_id, 9, now=NOW)


@pytest.mark.parametrize("size", [0, 1, 255, 1024 * 1024, 1024 * 1024 + 1, 3_300_000])
def test_a_file_comes_out_as_it_went_in(size: int, shelf: Shelf, noor: Keyring) -> None:
    case_id, content = case_with(shelf, noor), os.urandom(size)
    blob_id = blobs.put(shelf, noor, case_id, io.BytesIO(content), now=NOW)
    log.append(shelf, noor, case_id, b"a scan", now=NOW, blobs=[blob_id])
    assert blobs.read(shelf, noor, case_id, blob_id) == content
    assert log.verify(shelf, noor, case_id, every_byte=True) == []


def test_an_erased_file_is_gone_and_the_log_still_holds(shelf: Shelf, noor: Keyring) -> None:
    case_id = case_with(shelf, noor)
    blob_id = blobs.put(shelf, noor, case_id, io.BytesIO(b"passport"), now=NOW)
    log.append(shelf, noor, case_id, b"a scan", now=NOW, blobs=[blob_id])
    seq = blobs.erase(shelf, noor, case_id, blob_id, now=NOW)
    with pytest.raises(Refused, match="not in the case"):
        blobs.read(shelf, noor, case_id, blob_id)
    assert log.read(shelf, noor, case_id)[seq - 1].erases_blob == blob_id
    assert shelf.chunk.objects.count() == 0
    assert log.verify(shelf, noor, case_id, every_byte=True) == []


def test_a_file_cut_off_on_its_way_in_is_swept_away(shelf: Shelf, noor: Keyring) -> None:
    class Breaks(io.RawIOBase):
        def read(self, size: int = -1) -> bytes:
            if shelf.chunk.objects.exists():
                raise ConnectionError
            return bytes(size)

    case_id = case_with(shelf, noor)
    with pytest.raises(ConnectionError):
        blobs.put(shelf, noor, case_id, Breaks(), now=NOW)  # type: ignore[arg-type]
    assert blobs.sweep(shelf, now=NOW) == 0
    assert blobs.sweep(shelf, now=NOW + timedelta(days=2)) == 1
    assert (shelf.blob.objects.count(), shelf.chunk.objects.count()) == (0, 0)


def test_a_summary_is_current_until_something_is_written(shelf: Shelf, noor: Keyring) -> None:
    case_id = case_with(shelf, noor, b"one")
    summaries.put(shelf, noor, case_id, 1, b"folded")
    assert summaries.get(shelf, noor, case_id).current
    log.append(shelf, noor, case_id, b"two", now=NOW)
    stale = summaries.get(shelf, noor, case_id)
    assert (stale.current, stale.body, stale.seq, stale.count) == (False, b"folded", 1, 2)


def test_an_older_summary_never_takes_a_newer_ones_place(shelf: Shelf, noor: Keyring) -> None:
    case_id = case_with(shelf, noor, b"one", b"two")
    summaries.put(shelf, noor, case_id, 2, b"newer")
    summaries.put(shelf, noor, case_id, 1, b"older")
    assert summaries.get(shelf, noor, case_id).body == b"newer"


def test_a_damaged_summary_only_sends_the_reader_to_the_log(shelf: Shelf, noor: Keyring) -> None:
    case_id = case_with(shelf, noor, b"one")
    summaries.put(shelf, noor, case_id, 1, b"folded")
    shelf.summary.objects.update(sealed=b"\x01 rubbish")
    (only,) = summaries.all(shelf, noor)
    assert (only.body, only.current, only.opens) == (None, False, True)


def test_a_deleted_case_leaves_no_row_and_no_key(shelf: Shelf, noor: Keyring) -> None:
    case_id = case_with(shelf, noor, b"one")
    blob_id = blobs.put(shelf, noor, case_id, io.BytesIO(b"file"), now=NOW)
    log.append(shelf, noor, case_id, b"two", now=NOW, blobs=[blob_id])
    summaries.put(shelf, noor, case_id, 2, b"folded")
    log.delete_case(shelf, noor, case_id, now=NOW)
    tables = (shelf.case, shelf.epoch, shelf.grant, shelf.entry, shelf.summary, shelf.blob, shelf.chunk)
    assert [table.objects.count() for table in tables] == [0] * 7
    assert log.cases(shelf, noor) == []


def test_a_deletion_cut_short_is_finished_by_the_sweep(shelf: Shelf, noor: Keyring) -> None:
    from amparo.vault import cases

    case_id = case_with(shelf, noor, b"one")
    cases.destroy_keys(shelf, case_id)
    assert cases.sweep(shelf) == 1
    assert (shelf.entry.objects.count(), cases.sweep(shelf)) == (0, 0)


def test_sizes_tell_little(shelf: Shelf, noor: Keyring) -> None:
    case_id = case_with(shelf, noor, b"x", b"x" * 190)
    sizes = {len(row.body_sealed) for row in shelf.entry.objects.filter(case_id=case_id)}
    assert len(sizes) == 1


def test_every_member_reads_what_every_member_wrote(shelf: Shelf, noor: Keyring, vera: Keyring) -> None:
    case_id = case_with(shelf, noor, b"from Noor")
    members.add(shelf, noor, case_id, vera.card, now=NOW)
    log.append(shelf, vera, case_id, b"from Vera", now=NOW)
    assert [entry.body for entry in log.read(shelf, noor, case_id)] == [b"from Noor", b"from Vera"]
    assert [entry.author for entry in log.read(shelf, vera, case_id)] == [noor.account_id, vera.account_id]
