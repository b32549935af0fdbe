"""Somebody writes in the database: each way is noticed, and what was not touched can still be read."""

import io
import secrets
from typing import Any

import pytest
from django.forms.models import model_to_dict

from amparo.errors import CouldNot, Refused
from amparo.vault import accounts, blobs, casekeys, cipher, grants, log, members, memory, summaries
from amparo.vault.keyring import Keyring
from amparo.vault.models import Account
from amparo.vault.shelf import Shelf
from tests.vault.conftest import NOW, PASSPHRASE
from tests.vault.test_log import case_with

pytestmark = pytest.mark.usefixtures("anywhere")

BODIES = [b"opened", b"a link", b"sent", b"answered", b"gone"]


@pytest.fixture
def case_id(shelf: Shelf, noor: Keyring) -> str:
    return case_with(shelf, noor, *BODIES)


def found(shelf: Shelf, keyring: Keyring, case_id: str) -> list[tuple[str, int | None]]:
    return [(one.code, one.seq) for one in log.verify(shelf, keyring, case_id)]


def bodies(shelf: Shelf, keyring: Keyring, case_id: str) -> dict[int, bytes | None]:
    return {entry.seq: entry.body for entry in log.read(shelf, keyring, case_id)}


def row(shelf: Shelf, case_id: str, seq: int) -> Any:
    return shelf.entry.objects.get(case_id=case_id, seq=seq)


def others_readable(shelf: Shelf, keyring: Keyring, case_id: str, *touched: int) -> bool:
    read = bodies(shelf, keyring, case_id)
    return all(read[seq] == body for seq, body in enumerate(BODIES, 1) if seq not in touched)


def copied(shelf: Shelf, case_id: str) -> list[Any]:
    """Gives a copy of every row of a case, to be put back later."""
    tables = (shelf.case, shelf.epoch, shelf.grant, shelf.entry, shelf.summary, shelf.blob)
    return [
        row
        for table in tables
        for row in table.objects.filter(**{"id" if table is shelf.case else "case_id": case_id})
    ]


@pytest.mark.parametrize("column", ["header_sealed", "body_sealed"])
@pytest.mark.parametrize("at", [0, 5, 40, 90, -1])
def test_one_flipped_bit(column: str, at: int, shelf: Shelf, noor: Keyring, case_id: str) -> None:
    entry = row(shelf, case_id, 3)
    changed = bytearray(getattr(entry, column))
    changed[at] ^= 0x10
    shelf.entry.objects.filter(id=entry.id).update(**{column: bytes(changed)})
    codes = {code for code, seq in found(shelf, noor, case_id) if seq == 3}
    assert codes & {"damaged", "body_damaged"}
    assert bodies(shelf, noor, case_id)[3] is None
    assert others_readable(shelf, noor, case_id, 3)


@pytest.mark.parametrize("column", ["header_sealed", "body_sealed"])
@pytest.mark.parametrize("size", [0, 1, 20, 60, 100])
def test_a_cut_column(column: str, size: int, shelf: Shelf, noor: Keyring, case_id: str) -> None:
    entry = row(shelf, case_id, 3)
    shelf.entry.objects.filter(id=entry.id).update(**{column: bytes(getattr(entry, column))[:size]})
    codes = {code for code, seq in found(shelf, noor, case_id) if seq == 3}
    assert codes & {"damaged", "body_damaged", "body_missing"}
    assert others_readable(shelf, noor, case_id, 3)


def swap(one: Any, other: Any, *columns: str) -> None:
    for column in columns:
        first, second = getattr(one, column), getattr(other, column)
        setattr(one, column, second)
        setattr(other, column, first)
    one.save()
    other.save()


def test_two_rows_of_a_case_exchanged(shelf: Shelf, noor: Keyring, case_id: str) -> None:
    swap(row(shelf, case_id, 2), row(shelf, case_id, 4), "header_sealed", "body_sealed")
    assert {("damaged", 2), ("damaged", 4)} <= set(found(shelf, noor, case_id))
    assert others_readable(shelf, noor, case_id, 2, 4)


def test_two_bodies_of_a_case_exchanged(shelf: Shelf, noor: Keyring, case_id: str) -> None:
    swap(row(shelf, case_id, 2), row(shelf, case_id, 4), "body_sealed")
    assert found(shelf, noor, case_id) == [("body_damaged", 2), ("body_damaged", 4)]
    assert others_readable(shelf, noor, case_id, 2, 4)


def test_rows_of_two_cases_exchanged(shelf: Shelf, noor: Keyring, case_id: str) -> None:
    other = case_with(shelf, noor, *BODIES)
    swap(row(shelf, case_id, 2), row(shelf, other, 2), "header_sealed", "body_sealed")
    assert ("damaged", 2) in found(shelf, noor, case_id)
    assert ("damaged", 2) in found(shelf, noor, other)
    assert others_readable(shelf, noor, case_id, 2)
    assert others_readable(shelf, noor, other, 2)


def test_a_changed_day_or_epoch(shelf: Shelf, noor: Keyring, case_id: str) -> None:
    shelf.entry.objects.filter(case_id=case_id, seq=2).update(day="2020-01-01")
    shelf.entry.objects.filter(case_id=case_id, seq=4).update(epoch=7)
    assert {("damaged", 2), ("damaged", 4)} <= set(found(shelf, noor, case_id))
    assert others_readable(shelf, noor, case_id, 2, 4)


@pytest.mark.parametrize("seq", [1, 3])
def test_a_row_taken_out(seq: int, shelf: Shelf, noor: Keyring, case_id: str) -> None:
    row(shelf, case_id, seq).delete()
    assert found(shelf, noor, case_id) == [("missing", seq)]
    assert others_readable(shelf, noor, case_id, seq)


def test_the_tail_cut_off(shelf: Shelf, noor: Keyring, case_id: str) -> None:
    shelf.entry.objects.filter(case_id=case_id, seq__gte=4).delete()
    assert found(shelf, noor, case_id) == [("missing", 4), ("missing", 5)]


def test_the_tail_cut_off_with_an_old_head_put_back(shelf: Shelf, noor: Keyring, case_id: str) -> None:
    head = bytes(shelf.case.objects.get(id=case_id).head_sealed)
    log.append(shelf, noor, case_id, b"bad news for someone", now=NOW)
    row(shelf, case_id, 6).delete()
    shelf.case.objects.filter(id=case_id).update(head_sealed=head)
    assert ("older_copy", None) in found(shelf, noor, case_id)
    assert others_readable(shelf, noor, case_id)


def test_a_whole_case_put_back_to_an_older_state(shelf: Shelf, noor: Keyring, case_id: str) -> None:
    before = copied(shelf, case_id)
    log.append(shelf, noor, case_id, b"later", now=NOW)
    log.append(shelf, noor, case_id, b"later still", now=NOW)
    shelf.entry.objects.filter(case_id=case_id).delete()
    for one in before:
        one.save()
    assert found(shelf, noor, case_id) == [("older_copy", None)]
    assert others_readable(shelf, noor, case_id)
    with pytest.raises(CouldNot, match="older copy"):
        log.append(shelf, noor, case_id, b"on top", now=NOW)
    assert summaries.all(shelf, noor)[0].older_copy


def test_a_case_put_back_to_before_its_new_key(shelf: Shelf, noor: Keyring, case_id: str) -> None:
    before = copied(shelf, case_id)
    members.rekey(shelf, noor, case_id, now=NOW)
    for one in before:
        one.save()
    assert ("older_copy", None) in found(shelf, noor, case_id)
    with pytest.raises(CouldNot):
        log.append(shelf, noor, case_id, b"on top", now=NOW)


def test_another_past_of_the_same_length(shelf: Shelf, noor: Keyring, vera: Keyring) -> None:
    """Vera, a member, puts back an old state and writes on from there: Noor remembers what she saw."""
    case_id = case_with(shelf, noor, b"one")
    members.add(shelf, noor, case_id, vera.card, now=NOW)
    log.read(shelf, vera, case_id)
    before = copied(shelf, case_id)
    log.append(shelf, noor, case_id, b"what Noor wrote", now=NOW)
    shelf.entry.objects.filter(case_id=case_id, seq=2).delete()
    for one in before:
        one.save()
    log.append(shelf, vera, case_id, b"another second record", now=NOW)
    assert ("older_copy", None) in found(shelf, noor, case_id)
    log.append(shelf, vera, case_id, b"and a third", now=NOW)
    assert ("rewritten", None) in found(shelf, noor, case_id)


def test_an_erased_body_put_back(shelf: Shelf, noor: Keyring, case_id: str) -> None:
    old = row(shelf, case_id, 2)
    log.erase_body(shelf, noor, case_id, 2, now=NOW)
    old.save()
    assert found(shelf, noor, case_id) == [("came_back", 2)]
    assert bodies(shelf, noor, case_id)[2] is None
    assert others_readable(shelf, noor, case_id, 2)


def test_an_old_row_put_back_after_a_new_key(shelf: Shelf, noor: Keyring, case_id: str) -> None:
    old = row(shelf, case_id, 2)
    members.rekey(shelf, noor, case_id, now=NOW)
    old.save()
    assert found(shelf, noor, case_id) == [("old_record", 2)]
    assert others_readable(shelf, noor, case_id)


def test_a_body_taken_out_without_a_word_in_the_log(shelf: Shelf, noor: Keyring, case_id: str) -> None:
    shelf.entry.objects.filter(case_id=case_id, seq=2).update(body_sealed=b"")
    assert found(shelf, noor, case_id) == [("body_missing", 2)]


def test_a_copied_row_behind_the_end(shelf: Shelf, noor: Keyring, case_id: str) -> None:
    last = row(shelf, case_id, 5)
    last.id, last.seq, last._state.adding = secrets.token_hex(16), 6, True
    last.save(force_insert=True)
    assert found(shelf, noor, case_id) == [("beyond", 6)]
    assert others_readable(shelf, noor, case_id)


def test_a_damaged_head(shelf: Shelf, noor: Keyring, case_id: str) -> None:
    shelf.case.objects.update(head_sealed=b"\x01" + bytes(150))
    assert found(shelf, noor, case_id) == [("head", None)]
    assert others_readable(shelf, noor, case_id)
    with pytest.raises(CouldNot, match="keys of this case"):
        log.append(shelf, noor, case_id, b"on top", now=NOW)


def test_heads_of_two_cases_exchanged(shelf: Shelf, noor: Keyring, case_id: str) -> None:
    other = case_with(shelf, noor, *BODIES)
    swap(shelf.case.objects.get(id=case_id), shelf.case.objects.get(id=other), "head_sealed")
    assert ("head", None) in found(shelf, noor, case_id)


def insert_grant(shelf: Shelf, case_id: str, account_id: str, key_sealed: bytes, statement: bytes) -> None:
    shelf.grant.objects.create(
        id=secrets.token_hex(16),
        case_id=case_id,
        account_id=account_id,
        epoch=1,
        key_sealed=key_sealed,
        statement_sealed=statement,
    )


def test_a_grant_made_up_without_the_key(shelf: Shelf, noor: Keyring, vera: Keyring, case_id: str) -> None:
    grant = shelf.grant.objects.get(case_id=case_id)
    insert_grant(shelf, case_id, vera.account_id, bytes(grant.key_sealed), bytes(grant.statement_sealed))
    assert found(shelf, noor, case_id) == [("forged_grant", None)]
    with pytest.raises(CouldNot, match="keys of this case"):
        log.read(shelf, vera, case_id)


def test_a_grant_signed_by_someone_who_is_not_inside(
    shelf: Shelf, noor: Keyring, vera: Keyring, case_id: str
) -> None:
    """Even with the case's key, a stranger's signature lets nobody in."""
    key = casekeys.load(shelf, noor, case_id, memory.load(noor))[1].current
    statement = grants.grant(vera, vera.card, case_id=case_id, epoch=1, case_key=key)
    outsider = grants.Statement(**{**statement.__dict__, "granter_id": noor.account_id})
    insert_grant(
        shelf,
        case_id,
        vera.account_id,
        cipher.box_seal(vera.card.box_public, key),
        casekeys.seal_statement(key, outsider),
    )
    assert found(shelf, noor, case_id) == [("forged_grant", None)]
    assert [one.card for one in members.people(shelf, noor, case_id)] == [noor.card]
    with pytest.raises(CouldNot):
        log.read(shelf, vera, case_id)


def test_a_whole_way_in_made_up_under_another_key(
    shelf: Shelf, noor: Keyring, vera: Keyring, case_id: str
) -> None:
    """Vera founds Noor's case anew under a key of hers. Noor remembers who founded it."""
    key = secrets.token_bytes(32)
    opener = grants.grant(vera, vera.card, case_id=case_id, epoch=1, case_key=key)
    mine = grants.grant(vera, noor.card, case_id=case_id, epoch=1, case_key=key)
    shelf.grant.objects.filter(case_id=case_id).delete()
    for one in (opener, mine):
        sealed = cipher.box_seal(one.member.box_public, key)
        insert_grant(shelf, case_id, one.member.account_id, sealed, casekeys.seal_statement(key, one))
    shelf.epoch.objects.filter(case_id=case_id).update(
        link_sealed=casekeys.seal_link(key, case_id, 1, chain=secrets.token_bytes(32)),
        drop_public=casekeys.drop_public(key),
    )
    with pytest.raises(CouldNot, match="keys of this case"):
        log.append(shelf, noor, case_id, b"a secret", now=NOW)


def test_a_public_key_exchanged_before_sharing(
    shelf: Shelf, noor: Keyring, vera: Keyring, case_id: str
) -> None:
    members.add(shelf, noor, case_id, vera.card, now=NOW)
    members.remove(shelf, noor, case_id, vera.account_id, now=NOW)
    Account.objects.filter(id=vera.account_id).update(box_public=cipher.box_public(b"\x07" * 32))
    with pytest.raises(CouldNot, match="not the ones you know"):
        members.add(shelf, noor, case_id, accounts.card_of(name="Vera"), now=NOW)


def test_a_drop_key_exchanged(shelf: Shelf, noor: Keyring, case_id: str) -> None:
    shelf.epoch.objects.update(drop_public=cipher.box_public(b"\x07" * 32))
    assert found(shelf, noor, case_id) == [("drop_key", None)]
    log.append(shelf, noor, case_id, b"next", now=NOW)
    assert found(shelf, noor, case_id) == []


def with_file(shelf: Shelf, keyring: Keyring, case_id: str, content: bytes) -> str:
    blob_id = blobs.put(shelf, keyring, case_id, io.BytesIO(content), now=NOW)
    log.append(shelf, keyring, case_id, b"a file", now=NOW, blobs=[blob_id])
    return blob_id


def test_parts_of_a_file_exchanged(shelf: Shelf, noor: Keyring, case_id: str) -> None:
    blob_id = with_file(shelf, noor, case_id, bytes(2_500_000))
    one, other = (shelf.chunk.objects.get(blob_id=blob_id, seq=seq) for seq in (0, 1))
    swap(one, other, "sealed")
    assert [one.code for one in log.verify(shelf, noor, case_id, every_byte=True)] == ["blob_damaged"]
    with pytest.raises(CouldNot, match="file was changed"):
        blobs.read(shelf, noor, case_id, blob_id)
    assert others_readable(shelf, noor, case_id)


@pytest.mark.parametrize("seq", [0, 2])
def test_a_part_of_a_file_taken_out(seq: int, shelf: Shelf, noor: Keyring, case_id: str) -> None:
    blob_id = with_file(shelf, noor, case_id, bytes(2_500_000))
    shelf.chunk.objects.filter(blob_id=blob_id, seq=seq).delete()
    assert found(shelf, noor, case_id) == [("blob_damaged", None)]


def test_a_file_taken_out_or_exchanged_for_another(shelf: Shelf, noor: Keyring, case_id: str) -> None:
    one, other = (with_file(shelf, noor, case_id, content) for content in (b"mine", b"another"))
    swap(shelf.blob.objects.get(id=one), shelf.blob.objects.get(id=other), "header_sealed")
    assert found(shelf, noor, case_id) == [("blob_damaged", None)] * 2
    shelf.blob.objects.all().delete()
    assert found(shelf, noor, case_id) == [("blob_missing", None)] * 2


def test_an_erased_file_put_back(shelf: Shelf, noor: Keyring, case_id: str) -> None:
    blob_id = with_file(shelf, noor, case_id, b"passport")
    old = [shelf.blob.objects.get(id=blob_id), *shelf.chunk.objects.filter(blob_id=blob_id)]
    blobs.erase(shelf, noor, case_id, blob_id, now=NOW)
    for one in old:
        one.save()
    assert found(shelf, noor, case_id) == [("blob_came_back", None)]


def test_what_an_account_remembers_altered(shelf: Shelf, noor: Keyring, case_id: str) -> None:
    Account.objects.update(memory_sealed=b"\x01" + bytes(300))
    with pytest.raises(CouldNot, match="keys of this case"):
        log.read(shelf, noor, case_id)


def test_secrets_of_two_accounts_exchanged(noor: Keyring, vera: Keyring) -> None:
    swap(Account.objects.get(id=noor.account_id), Account.objects.get(id=vera.account_id), "secret_sealed")
    with pytest.raises(Refused):
        accounts.unlock(name="Noor", passphrase=PASSPHRASE, now=NOW)


def test_every_single_byte_of_a_record_is_guarded(shelf: Shelf, noor: Keyring) -> None:
    case_id = case_with(shelf, noor, b"only")
    entry = row(shelf, case_id, 1)
    clean = model_to_dict(entry)
    for column in ("header_sealed", "body_sealed"):
        sealed = bytes(getattr(entry, column))
        for at in range(0, len(sealed), 23):
            changed = sealed[:at] + bytes([sealed[at] ^ 1]) + sealed[at + 1 :]
            shelf.entry.objects.filter(id=entry.id).update(**{column: changed})
            assert log.open_case(shelf, noor, case_id).findings, (column, at)
        shelf.entry.objects.filter(id=entry.id).update(**{column: sealed})
    assert clean["seq"] == 1
    assert found(shelf, noor, case_id) == []
