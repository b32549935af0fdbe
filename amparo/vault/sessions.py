"""Open spaces in memory: the keys lie wrapped under a secret that only the cookie holds.

A restart locks everybody.
"""

import secrets
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime

from amparo.errors import WrongUse
from amparo.vault import cipher, drafts
from amparo.vault.keyring import Keyring
from amparo.words import words

IDLE_MINUTES = 10
IDLE_MINUTES_CHOICE = range(2, 31)
_LONGEST_S = 12 * 60 * 60.0
_ASLEEP_S = 60.0


def _time_with_sleep() -> float:
    """Gives seconds that also run while the machine sleeps (CLOCK_BOOTTIME; elsewhere the wall clock)."""
    boottime = getattr(time, "CLOCK_BOOTTIME", None)
    return time.time() if boottime is None else time.clock_gettime(boottime)


@dataclass(frozen=True)
class Clocks:
    """Two clocks, in seconds: one stops while the machine sleeps, the other runs on."""

    awake: Callable[[], float] = time.monotonic
    with_sleep: Callable[[], float] = _time_with_sleep


@dataclass(frozen=True, repr=False)
class _Session:
    account_id: str
    wrapped: bytes | None  # None: locked; who it was is kept until the absolute limit, for drafts
    opened_s: float
    used_s: float
    used_with_sleep_s: float
    idle_s: float


_sessions: dict[bytes, _Session] = {}
_lock = threading.Lock()
_clocks = Clocks()


def open(keyring: Keyring, *, idle_minutes: int = IDLE_MINUTES) -> str:
    """Gives the value for the cookie (256 random bits). Idle lock after 2 to 30 minutes. Raises WrongUse."""
    if idle_minutes not in IDLE_MINUTES_CHOICE:
        raise WrongUse(
            words("The space cannot lock itself after {n} minutes.", n=idle_minutes),
            words("Choose 2 to 30 minutes."),
        )
    cookie = secrets.token_urlsafe(32)
    wrapped = cipher.seal(_wrap_key(cookie), keyring.secret, "session", keyring.account_id)
    now_s, with_sleep_s = _clocks.awake(), _clocks.with_sleep()
    session = _Session(keyring.account_id, wrapped, now_s, now_s, with_sleep_s, idle_minutes * 60.0)
    with _lock:
        _drop_old(now_s)
        _sessions[_index(cookie)] = session
    return cookie


def keyring(cookie: str) -> Keyring | None:
    """Gives the opened keys for this request, or None: locked, idle too long, slept, or unknown.

    Counts as use.
    """
    index = _index(cookie)
    with _lock:
        session = _still_open(index)
        if session is None or session.wrapped is None:
            return None
        _sessions[index] = replace(session, used_s=_clocks.awake(), used_with_sleep_s=_clocks.with_sleep())
    try:
        secret = cipher.unseal(_wrap_key(cookie), session.wrapped, "session", session.account_id)
    except cipher.Altered:
        return None
    return Keyring(session.account_id, secret)


def lock(cookie: str) -> None:
    """Drops the keys of one session at once."""
    with _lock:
        _lock_one(_index(cookie))


def forget(cookie: str) -> None:
    """Drops the keys and also who it was, as leaving does."""
    with _lock:
        _sessions.pop(_index(cookie), None)


def lock_all(account_id: str | None = None) -> None:
    """Drops the keys of every session of an account, or of everybody."""
    with _lock:
        for index, session in list(_sessions.items()):
            if account_id in (None, session.account_id):
                _lock_one(index)


def open_count() -> int:
    """Gives how many sessions hold keys now."""
    with _lock:
        return sum(1 for index in list(_sessions) if (one := _still_open(index)) and one.wrapped is not None)


def seal_draft(cookie: str, content: bytes, *, now: datetime) -> bool:
    """Keeps what was typed, sealed to the account's public key, while its space is locked.

    Gives False when nobody knows whose it is (unknown cookie, restart, 12 hours) or it is over 1 MB: then
    the page has to hand the text back.
    """
    with _lock:
        session = _known(_index(cookie))
    return session is not None and drafts.seal(session.account_id, content, now=now)


def take_drafts(keyring: Keyring) -> list[bytes]:
    """Gives what was typed while the space was locked, oldest first, and lets it go here."""
    return drafts.take(keyring)


def _index(cookie: str) -> bytes:
    return cipher.keyed_hash(b"session index", cookie.encode("utf-8", "replace"))


def _wrap_key(cookie: str) -> bytes:
    return cipher.keyed_hash(b"session wrap", cookie.encode("utf-8", "replace"))


def _known(index: bytes) -> _Session | None:
    """Gives the session, its keys dropped where they had to go. Call with the lock held."""
    _still_open(index)
    return _sessions.get(index)


def _still_open(index: bytes) -> _Session | None:
    session = _sessions.get(index)
    if session is None:
        return None
    now_s, with_sleep_s = _clocks.awake(), _clocks.with_sleep()
    if now_s - session.opened_s > _LONGEST_S:
        del _sessions[index]
        return None
    slept_s = (with_sleep_s - session.used_with_sleep_s) - (now_s - session.used_s)
    if now_s - session.used_s > session.idle_s or abs(slept_s) > _ASLEEP_S:
        _lock_one(index)
    return _sessions[index]


def _lock_one(index: bytes) -> None:
    if index in _sessions:
        _sessions[index] = replace(_sessions[index], wrapped=None)


def _drop_old(now_s: float) -> None:
    for index, session in list(_sessions.items()):
        if now_s - session.opened_s > _LONGEST_S:
            del _sessions[index]
