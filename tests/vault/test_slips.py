"""Watch slips: what the background work may read, until when, and that answers lead back to nobody."""

from datetime import timedelta
from pathlib import Path

import pytest

from amparo.errors import Refused
from amparo.vault import log, members, slips
from amparo.vault.keyring import Keyring
from amparo.vault.models import Slip, SlipAnswer
from amparo.vault.shelf import Shelf
from tests.vault.conftest import NOW
from tests.vault.test_log import case_with

pytestmark = pytest.mark.usefixtures("anywhere")
UNTIL = NOW.date() + timedelta(days=30)


def released(shelf: Shelf, keyring: Keyring, case_id: str) -> str:
    return slips.release(shelf, keyring, case_id, b"https://example.org/1", expires=UNTIL, now=NOW)


def test_the_work_reads_a_slip_until_its_day_and_no_longer(shelf: Shelf, noor: Keyring) -> None:
    released(shelf, noor, case_with(shelf, noor))
    assert [one.body for one in slips.readable(now=NOW + timedelta(days=30))] == [b"https://example.org/1"]
    assert slips.readable(now=NOW + timedelta(days=31)) == []


def test_a_slip_names_no_case_and_no_person(shelf: Shelf, noor: Keyring) -> None:
    case_id = case_with(shelf, noor)
    released(shelf, noor, case_id)
    (opened,) = slips.readable(now=NOW)
    row = Slip.objects.get()
    for secret in (case_id, noor.account_id):
        assert secret not in f"{opened} {row.__dict__}"


def test_an_answer_comes_back_to_the_case_even_after_a_new_key(shelf: Shelf, noor: Keyring) -> None:
    case_id = case_with(shelf, noor)
    slip_id = released(shelf, noor, case_id)
    slips.answer(slips.readable(now=NOW)[0], b"still there", now=NOW)
    members.rekey(shelf, noor, case_id, now=NOW)
    (answer,) = slips.answers(shelf, noor, case_id, [slip_id])
    assert answer.body == b"still there"
    assert b"still there" not in bytes(SlipAnswer.objects.get().sealed)
    slips.let_go([answer.id])
    assert slips.answers(shelf, noor, case_id, [slip_id]) == []


def test_another_case_does_not_read_the_answer(shelf: Shelf, noor: Keyring) -> None:
    slip_id = released(shelf, noor, case_with(shelf, noor))
    slips.answer(slips.readable(now=NOW)[0], b"still there", now=NOW)
    other = case_with(shelf, noor)
    assert slips.answers(shelf, noor, other, [slip_id])[0].body is None


def test_a_slip_taken_back_is_gone_at_once(shelf: Shelf, noor: Keyring) -> None:
    slip_id = released(shelf, noor, case_with(shelf, noor))
    slips.withdraw(slip_id, now=NOW)
    assert slips.readable(now=NOW) == []


def test_slips_whose_day_is_over_are_purged_and_twice_is_safe(shelf: Shelf, noor: Keyring) -> None:
    released(shelf, noor, case_with(shelf, noor))
    late = NOW + timedelta(days=31)
    assert (slips.purge(now=late), slips.purge(now=late)) == (1, 0)


@pytest.mark.parametrize("days", [0, -1, 93])
def test_a_watch_is_neither_over_before_it_starts_nor_endless(days: int, shelf: Shelf, noor: Keyring) -> None:
    case_id = log.create_case(shelf, noor, now=NOW)
    with pytest.raises(Refused, match="at most 92 days"):
        slips.release(shelf, noor, case_id, b"x", expires=NOW.date() + timedelta(days=days), now=NOW)


def test_without_the_job_key_a_slip_is_not_read(shelf: Shelf, noor: Keyring, data: Path) -> None:
    released(shelf, noor, case_with(shelf, noor))
    (data / "job.key").unlink()
    assert slips.readable(now=NOW) == []
