"""Who is on a case, and what happens to keys and records when that changes. On both databases."""

import io
from dataclasses import replace

import pytest

from amparo.errors import CouldNot, Refused
from amparo.vault import accounts, blobs, casekeys, cipher, drops, log, members, memory
from amparo.vault.keyring import Card, Keyring
from amparo.vault.shelf import Shelf
from tests.vault.conftest import NOW, new_account
from tests.vault.test_log import case_with

pytestmark = pytest.mark.usefixtures("anywhere")


@pytest.fixture
def shared(shelf: Shelf, noor: Keyring, vera: Keyring) -> str:
    """Noor's case, with Vera on it."""
    case_id = case_with(shelf, noor, b"one", b"two")
    members.add(shelf, noor, case_id, vera.card, now=NOW)
    return case_id


def key_of(shelf: Shelf, keyring: Keyring, case_id: str) -> casekeys.CaseKeys:
    return casekeys.load(shelf, keyring, case_id, memory.load(keyring))[1]


def test_people_tells_who_let_whom_in(shelf: Shelf, noor: Keyring, vera: Keyring, shared: str) -> None:
    found = {one.card: one.granted_by for one in members.people(shelf, vera, shared)}
    assert found == {noor.card: noor.account_id, vera.card: noor.account_id}


def test_a_card_is_looked_up_by_name_and_is_the_persons_own(vera: Keyring) -> None:
    assert accounts.card_of(name="vera") == vera.card
    assert len(vera.card.fingerprint.split()) == 8


def test_a_removed_member_reads_nothing_new_and_the_others_everything(
    shelf: Shelf, noor: Keyring, vera: Keyring, shared: str
) -> None:
    before = key_of(shelf, vera, shared)
    members.remove(shelf, noor, shared, vera.account_id, now=NOW)
    log.append(shelf, noor, shared, b"after", now=NOW)
    with pytest.raises(Refused, match="no such case"):
        log.read(shelf, vera, shared)
    row = shelf.entry.objects.get(case_id=shared, seq=3)
    with pytest.raises(cipher.Altered):
        before.record_key(row.epoch)
    assert [entry.body for entry in log.read(shelf, noor, shared)] == [b"one", b"two", b"after"]
    assert log.verify(shelf, noor, shared) == []


def test_resealing_leaves_no_record_under_the_old_key(shelf: Shelf, noor: Keyring, shared: str) -> None:
    blob_id = blobs.put(shelf, noor, shared, io.BytesIO(b"file"), now=NOW)
    log.append(shelf, noor, shared, b"with a file", now=NOW, blobs=[blob_id])
    log.erase_body(shelf, noor, shared, 1, now=NOW)
    members.rekey(shelf, noor, shared, now=NOW)
    epochs = set(shelf.entry.objects.filter(case_id=shared).values_list("epoch", flat=True))
    assert epochs | set(shelf.blob.objects.values_list("epoch", flat=True)) == {2}
    assert [entry.body for entry in log.read(shelf, noor, shared)] == [None, b"two", b"with a file", b""]
    assert blobs.read(shelf, noor, shared, blob_id) == b"file"
    assert log.verify(shelf, noor, shared, every_byte=True) == []


def test_resealing_renews_the_key_of_every_body(shelf: Shelf, noor: Keyring, shared: str) -> None:
    before = [bytes(row.body_sealed) for row in shelf.entry.objects.order_by("seq")]
    members.rekey(shelf, noor, shared, now=NOW)
    after = [bytes(row.body_sealed) for row in shelf.entry.objects.order_by("seq")]
    assert not set(before) & set(after)


def test_resealing_goes_on_after_an_interruption(
    shelf: Shelf, noor: Keyring, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(members, "_BATCH", 2)
    case_id = case_with(shelf, noor, *[b"%d" % n for n in range(5)])
    with shelf.writing():
        writing = log.begin(shelf, noor, case_id)
        members._new_epoch(shelf, writing, [noor.card])
    members._reseal_some(shelf, noor, case_id, 0)
    log.append(shelf, noor, case_id, b"written in between", now=NOW)
    assert log.verify(shelf, noor, case_id) == []
    members.reseal(shelf, noor, case_id)
    assert set(shelf.entry.objects.values_list("epoch", flat=True)) == {2}
    assert log.verify(shelf, noor, case_id) == []


def test_many_epochs_still_lead_back_to_the_founder(
    shelf: Shelf, noor: Keyring, vera: Keyring, shared: str
) -> None:
    third = new_account("Third")
    members.add(shelf, vera, shared, third.card, now=NOW)
    for _ in range(3):
        members.rekey(shelf, third, shared, now=NOW)
    members.remove(shelf, third, shared, vera.account_id, now=NOW)
    assert [entry.body for entry in log.read(shelf, noor, shared)] == [b"one", b"two"]
    assert log.verify(shelf, third, shared) == []


def test_a_card_that_changed_is_refused_loudly(
    shelf: Shelf, noor: Keyring, vera: Keyring, shared: str
) -> None:
    members.remove(shelf, noor, shared, vera.account_id, now=NOW)
    exchanged: Card = replace(vera.card, box_public=cipher.box_public(b"\x07" * 32))
    with pytest.raises(CouldNot, match="not the ones you know"):
        members.add(shelf, noor, shared, exchanged, now=NOW)


def test_nobody_is_added_twice_or_takes_herself_off(
    shelf: Shelf, noor: Keyring, vera: Keyring, shared: str
) -> None:
    with pytest.raises(Refused, match="already on the case"):
        members.add(shelf, noor, shared, vera.card, now=NOW)
    with pytest.raises(Refused, match="cannot take yourself off"):
        members.remove(shelf, noor, shared, noor.account_id, now=NOW)


def test_the_person_can_take_the_organisation_off_her_case(
    shelf: Shelf, noor: Keyring, vera: Keyring
) -> None:
    case_id = case_with(shelf, vera, b"kept by Vera")
    members.add(shelf, vera, case_id, noor.card, now=NOW)
    members.remove(shelf, noor, case_id, vera.account_id, now=NOW)
    assert [one.card for one in members.people(shelf, noor, case_id)] == [noor.card]


def test_who_erases_her_space_takes_her_own_cases_and_leaves_the_shared_ones(
    shelf: Shelf, noor: Keyring, vera: Keyring, shared: str
) -> None:
    own = case_with(shelf, noor, b"only mine")
    accounts.erase(noor, now=NOW)
    assert set(shelf.case.objects.values_list("id", flat=True)) == {shared}
    assert shelf.entry.objects.filter(case_id=own).count() == 0
    assert [entry.body for entry in log.read(shelf, vera, shared)] == [b"one", b"two"]
    assert log.verify(shelf, vera, shared) == []
    with pytest.raises(CouldNot):
        log.read(shelf, noor, shared)
    members.rekey(shelf, vera, shared, now=NOW)
    assert [one.card for one in members.people(shelf, vera, shared)] == [vera.card]


def test_anybody_can_drop_something_in_and_only_members_read_it(
    shelf: Shelf, noor: Keyring, shared: str
) -> None:
    drop_id = drops.seal_for(shelf, shared, b"a reply came", now=NOW)
    members.rekey(shelf, noor, shared, now=NOW)
    (waiting,) = drops.waiting(shelf, noor, shared)
    assert waiting.body == b"a reply came"
    seq = drops.absorb(shelf, noor, shared, drop_id, b"reply event", now=NOW)
    assert (log.read(shelf, noor, shared)[seq - 1].body, drops.waiting(shelf, noor, shared)) == (
        b"reply event",
        [],
    )
    with pytest.raises(log.Conflict):
        drops.absorb(shelf, noor, shared, drop_id, b"twice", now=NOW)


def test_a_damaged_drop_is_there_without_a_body(shelf: Shelf, noor: Keyring, shared: str) -> None:
    drops.seal_for(shelf, shared, b"a reply came", now=NOW)
    shelf.drop.objects.update(sealed=b"\x01" + bytes(400))
    assert drops.waiting(shelf, noor, shared)[0].body is None
