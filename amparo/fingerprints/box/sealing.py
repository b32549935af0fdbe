"""Closes the door of the worker behind it, for ever: limits, no files, no calls but computing."""

import contextlib
import sys
from dataclasses import dataclass

from amparo.fingerprints.box import kernel, landlock, seccomp
from amparo.fingerprints.box.wire import Order


@dataclass(frozen=True)
class Sealed:
    """Which layers hold: the Landlock version (0: none) and whether the call filter is on."""

    landlock_abi: int
    seccomp: bool


def seal(order: Order) -> Sealed:
    """Seals this process; everything it needs must be loaded before. Gives what holds from here on."""
    _limit(order)
    if sys.platform != "linux":
        return Sealed(0, False)
    kernel.prctl(kernel.PR_SET_NO_NEW_PRIVS, 1)
    kernel.prctl(kernel.PR_SET_DUMPABLE, 0)
    abi = landlock.close_files() if "landlock" in order.layers else 0
    filtered = "seccomp" in order.layers and seccomp.allow_only_computing(threads=order.threads)
    return Sealed(abi, filtered)


def _limit(order: Order) -> None:
    """Sets the limits the system has; Windows has none of them, so there only the parent's clock holds."""
    try:
        import resource
    except ImportError:
        return
    wanted = {
        "RLIMIT_AS": order.memory_bytes,
        "RLIMIT_CPU": order.cpu_s,
        "RLIMIT_FSIZE": 0,
        "RLIMIT_NOFILE": 8,  # one more than Landlock's own descriptor needs; nothing is left to open
        "RLIMIT_CORE": 0,
    }
    if not order.threads:
        wanted["RLIMIT_NPROC"] = 0
    for name, value in wanted.items():
        # macOS refuses some of them; each one that holds is a gain.
        with contextlib.suppress(ValueError, OSError, AttributeError):
            resource.setrlimit(getattr(resource, name), (value, value))
