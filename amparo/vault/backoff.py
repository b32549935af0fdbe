"""Waiting after wrong passphrases: it doubles up to a minute, lives in memory, never becomes a lock-out."""

import threading
import time
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass

from amparo.errors import Refused
from amparo.words import many, words

LONGEST_S = 60.0
_FORGOTTEN_AFTER_S = 15 * 60.0
_NAMES_AT_MOST = 10_000


@dataclass(frozen=True)
class _Failures:
    count: int
    until_s: float
    last_s: float


class Backoff:
    """Counts failures per key. A refused try does not lengthen the wait, so nobody can keep a person out."""

    def __init__(self, *, free: int, clock: Callable[[], float] = time.monotonic) -> None:
        self._free = free
        self.clock = clock
        self._by_key: OrderedDict[str, _Failures] = OrderedDict()
        self._lock = threading.Lock()

    def wait_s(self, key: str) -> float:
        """Gives how many seconds until the next try is allowed."""
        with self._lock:
            known = self._by_key.get(key)
        return max(0.0, known.until_s - self.clock()) if known else 0.0

    def failed(self, key: str) -> None:
        """Notes a wrong passphrase."""
        now = self.clock()
        with self._lock:
            known = self._by_key.pop(key, None)
            count = 1 + (known.count if known and now - known.last_s < _FORGOTTEN_AFTER_S else 0)
            wait = min(LONGEST_S, 2.0 ** min(count - self._free, 16)) if count > self._free else 0.0
            self._by_key[key] = _Failures(count, now + wait, now)
            while len(self._by_key) > _NAMES_AT_MOST:
                self._by_key.popitem(last=False)

    def succeeded(self, key: str) -> None:
        """Forgets the failures of a key."""
        with self._lock:
            self._by_key.pop(key, None)

    def clear(self) -> None:
        """Forgets everything."""
        with self._lock:
            self._by_key.clear()


_per_name = Backoff(free=5)
_everybody = Backoff(free=200)


def check(name_hash: str) -> None:
    """Raises Refused while a wait is running; nothing is derived then."""
    wait = max(_per_name.wait_s(name_hash), _everybody.wait_s("all"))
    if wait > 0:
        raise Refused(
            words("There were several wrong tries, so there is a short wait."),
            many(
                "Try again in {n} second. Your space is not closed, and nothing is lost.",
                "Try again in {n} seconds. Your space is not closed, and nothing is lost.",
                int(wait) + 1,
            ),
        )


def failed(name_hash: str) -> None:
    """Notes a wrong passphrase for one name, and for all together."""
    _per_name.failed(name_hash)
    _everybody.failed("all")


def succeeded(name_hash: str) -> None:
    """Forgets the failures for one name."""
    _per_name.succeeded(name_hash)


def clear() -> None:
    """Forgets everything, as a restart does."""
    _per_name.clear()
    _everybody.clear()
