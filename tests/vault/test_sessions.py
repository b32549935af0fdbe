"""Open spaces: two halves of a key, locked when idle, asleep, old or left; what was typed is kept sealed."""

import pytest

from amparo.errors import WrongUse
from amparo.vault import sessions
from amparo.vault.keyring import Keyring
from amparo.vault.models import Draft
from tests.vault.conftest import NOW, new_account

pytestmark = pytest.mark.usefixtures("sqlite")


class Time:
    """Two clocks a test moves."""

    def __init__(self) -> None:
        self.awake_s = 1000.0
        self.asleep_s = 0.0

    def passes(self, seconds: float) -> None:
        self.awake_s += seconds


@pytest.fixture
def time(monkeypatch: pytest.MonkeyPatch) -> Time:
    time = Time()
    clocks = sessions.Clocks(lambda: time.awake_s, lambda: time.awake_s + time.asleep_s)
    monkeypatch.setattr(sessions, "_clocks", clocks)
    return time


def test_the_cookie_gives_the_keys_back(noor: Keyring) -> None:
    assert sessions.keyring(sessions.open(noor)) == noor


def test_neither_half_alone_holds_the_keys(noor: Keyring) -> None:
    cookie = sessions.open(noor)
    (index,) = sessions._sessions
    held = repr(vars(sessions._sessions[index])).encode() + sessions._sessions[index].wrapped
    assert noor.secret not in held
    assert cookie.encode() not in held
    sessions._sessions.clear()  # what a restart does
    assert sessions.keyring(cookie) is None


def test_another_cookie_opens_nothing(noor: Keyring) -> None:
    sessions.open(noor)
    assert sessions.keyring("x" * 43) is None


def test_ten_idle_minutes_lock_it(noor: Keyring, time: Time) -> None:
    cookie = sessions.open(noor)
    time.passes(599)
    assert sessions.keyring(cookie) == noor
    time.passes(601)
    assert sessions.keyring(cookie) is None


def test_two_to_thirty_minutes_can_be_chosen(noor: Keyring, time: Time) -> None:
    cookie = sessions.open(noor, idle_minutes=30)
    time.passes(29 * 60)
    assert sessions.keyring(cookie) == noor
    with pytest.raises(WrongUse, match="31 minutes"):
        sessions.open(noor, idle_minutes=31)


def test_twelve_hours_end_it_however_busy(noor: Keyring, time: Time) -> None:
    cookie = sessions.open(noor)
    for _ in range(12 * 60 // 5 + 1):
        time.passes(300)
        opened = sessions.keyring(cookie)
    assert opened is None


def test_sleep_locks_it(noor: Keyring, time: Time) -> None:
    cookie = sessions.open(noor)
    time.asleep_s += 61
    assert sessions.keyring(cookie) is None


def test_locking_one_leaves_the_others_open(noor: Keyring) -> None:
    one, other = sessions.open(noor), sessions.open(noor)
    sessions.lock(one)
    assert (sessions.keyring(one), sessions.keyring(other)) == (None, noor)
    sessions.lock_all()
    assert sessions.open_count() == 0


def test_what_was_typed_after_the_lock_comes_back_after_opening(noor: Keyring, time: Time) -> None:
    cookie = sessions.open(noor)
    time.passes(601)
    assert sessions.seal_draft(cookie, b"a long letter", now=NOW)
    assert sessions.seal_draft(cookie, b"and its end", now=NOW.replace(second=1))
    assert b"a long letter" not in bytes(Draft.objects.first().sealed)
    assert sessions.take_drafts(noor) == [b"a long letter", b"and its end"]
    assert sessions.take_drafts(noor) == []


def test_nobody_elses_drafts_are_taken(noor: Keyring) -> None:
    sessions.seal_draft(sessions.open(noor), b"typed", now=NOW)
    assert sessions.take_drafts(new_account("Vera")) == []


def test_a_cookie_nobody_knows_keeps_nothing_and_says_so(noor: Keyring) -> None:
    assert not sessions.seal_draft("x" * 43, b"typed", now=NOW)
    cookie = sessions.open(noor)
    sessions.forget(cookie)
    assert not sessions.seal_draft(cookie, b"typed", now=NOW)
    assert not sessions.seal_draft(sessions.open(noor), bytes(1_000_001), now=NOW)


def test_only_the_newest_twenty_drafts_are_kept(noor: Keyring) -> None:
    cookie = sessions.open(noor)
    for day in range(1, 26):
        sessions.seal_draft(cookie, b"%d" % day, now=NOW.replace(day=day))
    assert sessions.take_drafts(noor) == [b"%d" % day for day in range(6, 26)]
