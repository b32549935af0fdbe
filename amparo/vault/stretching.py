"""Passphrase → key, slowly on purpose (Argon2id v1.3, RFC 9106), so that guessing costs memory and time."""

import os
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from nacl import pwhash

from amparo.errors import CouldNot
from amparo.vault.cipher import Altered
from amparo.words import words

SALT_SIZE = 16
_WAITING_AT_MOST = 64


@dataclass(frozen=True)
class Cost:
    """What one guess costs: memory in KiB and passes over it (one lane)."""

    memory_kib: int
    passes: int


LOCAL = Cost(memory_kib=256 * 1024, passes=3)
FLOOR = Cost(memory_kib=64 * 1024, passes=3)
MOST = Cost(memory_kib=1024 * 1024, passes=12)


def policy() -> Cost:
    """Gives the cost for new passphrases: 256 MiB and 3 passes, or settings.AMPARO_ARGON2.

    AMPARO_ARGON2 is `{"memory_kib": int, "passes": int}`. Below 64 MiB and 3 passes the program does not
    start, except when it also holds `"below_the_floor_for_tests": True`, which no setting from outside can
    give.
    """
    wanted: Mapping[str, int] = getattr(settings, "AMPARO_ARGON2", None) or {}
    cost = Cost(wanted.get("memory_kib", LOCAL.memory_kib), wanted.get("passes", LOCAL.passes))
    if not acceptable(cost):
        raise ImproperlyConfigured(
            f"AMPARO_ARGON2 must ask for {FLOOR.memory_kib} to {MOST.memory_kib} KiB and {FLOOR.passes} to "
            f"{MOST.passes} passes. It asks for {cost.memory_kib} KiB and {cost.passes} passes."
        )
    return cost


def acceptable(cost: Cost) -> bool:
    """Says whether we derive at this cost; stored numbers come from a disk that others may have written."""
    if cost.memory_kib > MOST.memory_kib or cost.passes > MOST.passes:
        return False
    wanted: Mapping[str, object] = getattr(settings, "AMPARO_ARGON2", None) or {}
    if wanted.get("below_the_floor_for_tests") is True:
        return True
    return cost.memory_kib >= FLOOR.memory_kib and cost.passes >= FLOOR.passes


class _Queue:
    """Lets a few derivations run at once.

    Each holds much memory, and a hundred together would fill the machine.
    """

    def __init__(self, at_once: int) -> None:
        self._turns = threading.BoundedSemaphore(at_once)
        self._waiting = 0
        self._lock = threading.Lock()

    @contextmanager
    def turn(self) -> Iterator[None]:
        with self._lock:
            if self._waiting >= _WAITING_AT_MOST:
                raise CouldNot(
                    words("Many people are opening their space right now."),
                    words("Wait a minute, then try again."),
                )
            self._waiting += 1
        try:
            with self._turns:
                yield
        finally:
            with self._lock:
                self._waiting -= 1


_queue = _Queue(at_once=max(1, os.cpu_count() or 1))


def stretch(passphrase: bytes, salt: bytes, cost: Cost) -> bytes:
    """Gives 32 bytes. Raises Altered for a cost we do not accept, CouldNot when too many wait."""
    if not acceptable(cost):
        raise Altered("cost")
    with _queue.turn():
        return bytes(
            pwhash.argon2id.kdf(32, passphrase, salt, opslimit=cost.passes, memlimit=cost.memory_kib * 1024)
        )
