"""Making, opening, recovering, changing and erasing an account."""

from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured

from amparo.errors import CouldNot, Refused
from amparo.vault import accounts, backoff, cipher, recovery, sessions, stretching
from amparo.vault.keyring import Keyring
from amparo.vault.models import Account
from tests.vault.conftest import LOW_COST, NOW, PASSPHRASE, new_account

pytestmark = pytest.mark.usefixtures("sqlite")
WRONG = "another six words that are wrong"


def unlock(name: str = "Noor", passphrase: str = PASSPHRASE) -> Keyring:
    return accounts.unlock(name=name, passphrase=passphrase, now=NOW)


def test_the_right_words_open_the_same_keys(noor: Keyring) -> None:
    assert unlock() == noor


@pytest.mark.parametrize(
    "typed", ["  RIVER lamp\tseven  orange quiet table ", "river-lamp-seven-orange-quiet-table"]
)
def test_ways_of_typing_the_same_words_open_it(typed: str, noor: Keyring) -> None:
    assert unlock(" noor", typed) == noor


def test_an_unknown_name_and_wrong_words_get_the_same_answer(noor: Keyring) -> None:
    with pytest.raises(Refused) as wrong:
        unlock(passphrase=WRONG)
    with pytest.raises(Refused) as unknown:
        unlock("Nobody")
    assert (wrong.value.what, wrong.value.next) == (unknown.value.what, unknown.value.next)


def test_an_unknown_name_is_stretched_as_often_as_a_known_one(
    noor: Keyring, monkeypatch: pytest.MonkeyPatch
) -> None:
    costs = []
    real = stretching.stretch
    monkeypatch.setattr(
        stretching, "stretch", lambda *given: costs.append((len(given[1]), given[2])) or real(*given)
    )
    for name in ("Noor", "Nobody"):
        with pytest.raises(Refused):
            unlock(name, WRONG)
    assert costs[0] == costs[1]


def test_fifty_wrong_passphrases_end_in_a_short_wait_and_no_lock_out(
    noor: Keyring, monkeypatch: pytest.MonkeyPatch
) -> None:
    now_s = [0.0]
    for counter in (backoff._per_name, backoff._everybody):
        monkeypatch.setattr(counter, "clock", lambda: now_s[0])
    said = set()
    for _ in range(50):
        with pytest.raises(Refused) as refused:
            unlock(passphrase=WRONG)
        said.add(str(refused.value.what))
        assert str(refused.value.next)
    assert any("short wait" in one for one in said)
    assert backoff._per_name.wait_s(Account.objects.get().name_hash) <= backoff.LONGEST_S
    now_s[0] += backoff.LONGEST_S + 1
    assert unlock() == noor


def test_the_wait_doubles_to_a_minute_and_others_do_not_wait() -> None:
    now_s = [0.0]
    counter = backoff.Backoff(free=2, clock=lambda: now_s[0])
    waits = []
    for _ in range(10):
        counter.failed("a name")
        waits.append(counter.wait_s("a name"))
    assert waits == [0, 0, 2, 4, 8, 16, 32, 60, 60, 60]
    assert counter.wait_s("another name") == 0


def test_a_name_is_taken_once(noor: Keyring) -> None:
    with pytest.raises(Refused, match="already a space"):
        new_account(" NOOR ")


@pytest.mark.parametrize("easy", ["short", "aaaaaaaaaaaaaaaaaa", "abababababababab"])
def test_an_easy_passphrase_is_refused_with_a_way_on(easy: str) -> None:
    with pytest.raises(Refused) as refused:
        accounts.create(name="Noor", passphrase=easy, now=NOW)
    assert "six words" in str(refused.value.next)


def test_a_changed_passphrase_opens_and_the_old_one_does_not(noor: Keyring) -> None:
    accounts.change_passphrase(noor, old=PASSPHRASE, new=WRONG, now=NOW)
    assert unlock(passphrase=WRONG) == noor
    with pytest.raises(Refused):
        unlock()


def test_changing_the_passphrase_locks_every_session_and_rewrites_one_row(noor: Keyring) -> None:
    cookies = [sessions.open(noor), sessions.open(noor)]
    other = new_account("Vera")
    kept = sessions.open(other)
    accounts.change_passphrase(noor, old=PASSPHRASE, new=WRONG, now=NOW)
    assert [sessions.keyring(cookie) for cookie in cookies] == [None, None]
    assert sessions.keyring(kept) == other


def test_the_old_passphrase_is_asked_before_a_change(noor: Keyring) -> None:
    with pytest.raises(Refused, match="nothing was changed"):
        accounts.change_passphrase(noor, old=WRONG, new="yet another row of words", now=NOW)
    assert unlock() == noor


def test_the_recovery_key_opens_once_and_gives_a_new_one() -> None:
    made = accounts.create(name="Noor", passphrase=PASSPHRASE, now=NOW)
    again = accounts.recover(
        name="Noor", recovery_key=made.recovery_key.lower(), new_passphrase=WRONG, now=NOW
    )
    assert (again.keyring, unlock(passphrase=WRONG)) == (made.keyring, made.keyring)
    assert again.recovery_key != made.recovery_key
    with pytest.raises(Refused, match="do not open"):
        accounts.recover(name="Noor", recovery_key=made.recovery_key, new_passphrase=WRONG, now=NOW)


def test_a_recovery_key_is_eight_groups_and_forgives_likely_slips() -> None:
    key = bytes(range(32))
    written = recovery.written(key)
    assert [len(group) for group in written.split("-")] == [7] * 8
    slips = written.lower().replace("-", " ").replace("o", "0").replace("i", "1").replace("b", "8")
    assert recovery.read(slips) == key


def test_a_recovery_key_with_one_wrong_sign_is_known_as_such() -> None:
    written = recovery.written(bytes(range(32)))
    wrong = written[:10] + ("A" if written[10] != "A" else "C") + written[11:]
    with pytest.raises(Refused, match="not a whole recovery key"):
        recovery.read(wrong)


def test_first_and_last_group_are_typed_back() -> None:
    key = recovery.new()
    first, last = recovery.first_and_last_groups(key)
    assert recovery.typed_back(key, untrusted_first=f" {first.lower()} ", untrusted_last=last)
    assert not recovery.typed_back(key, untrusted_first=last, untrusted_last=first)


def test_settings_are_kept_sealed_and_tell_when_they_were_altered(noor: Keyring) -> None:
    assert accounts.state(noor) == b""
    accounts.save_state(noor, b"smtp password", now=NOW)
    assert accounts.state(noor) == b"smtp password"
    Account.objects.update(state_sealed=b"\x01" + bytes(300))
    with pytest.raises(CouldNot, match="changed outside"):
        accounts.state(noor)


def test_an_exchanged_public_key_is_noticed_and_put_right(noor: Keyring) -> None:
    Account.objects.update(box_public=cipher.box_public(b"\x07" * 32))
    opened = unlock()
    assert "exchanged your public keys" in str(opened.noticed[0])
    assert bytes(Account.objects.get().box_public) == noor.card.box_public
    assert unlock().noticed == ()


def test_numbers_of_argon2_changed_in_the_row_do_not_open(noor: Keyring) -> None:
    Account.objects.update(argon_memory_kib=2**31 - 1)
    with pytest.raises(Refused):
        unlock()


def test_a_costlier_policy_takes_hold_at_the_next_opening(noor: Keyring, settings: object) -> None:
    settings.AMPARO_ARGON2 = LOW_COST | {"memory_kib": 64, "passes": 2}  # type: ignore[attr-defined]
    unlock()
    assert (Account.objects.get().argon_memory_kib, Account.objects.get().argon_passes) == (64, 2)
    assert unlock() == noor


def test_a_cost_below_the_floor_stops_the_program(settings: object) -> None:
    settings.AMPARO_ARGON2 = {"memory_kib": 32 * 1024, "passes": 3}  # type: ignore[attr-defined]
    with pytest.raises(ImproperlyConfigured, match="65536 to"):
        stretching.policy()


def test_without_a_setting_a_guess_costs_256_mib(settings: object) -> None:
    settings.AMPARO_ARGON2 = None  # type: ignore[attr-defined]
    assert stretching.policy() == stretching.Cost(256 * 1024, 3)


def test_too_many_at_once_are_asked_to_wait(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(stretching._queue, "_waiting", 64)
    with pytest.raises(CouldNot, match="Many people"):
        unlock()


def test_an_erased_account_opens_no_more(noor: Keyring) -> None:
    cookie = sessions.open(noor)
    accounts.erase(noor, now=NOW)
    assert (Account.objects.count(), sessions.keyring(cookie)) == (0, None)
    with pytest.raises(Refused):
        unlock()


def test_names_do_not_stand_in_the_database(noor: Keyring, sqlite: Path) -> None:
    assert b"noor" not in sqlite.read_bytes().lower()


def test_a_lost_server_key_is_told_and_not_made_anew(noor: Keyring, data: Path) -> None:
    (data / "server.key").unlink()
    with pytest.raises(CouldNot, match=r"server\.key is missing"):
        unlock()
    assert not (data / "server.key").exists()


def test_key_files_are_for_the_owner_only(noor: Keyring, data: Path) -> None:
    assert (data / "server.key").stat().st_mode & 0o777 == 0o600
