"""Landlock with an empty list of permissions: from then on no file can be opened, whatever its rights.

Needs no root. https://docs.kernel.org/userspace-api/landlock.html gives the versions ("ABI") used here.
"""

import contextlib
import ctypes
import os

from amparo.fingerprints.box import kernel

_VERSION_FLAG = 1

_FILE_RIGHTS_BY_ABI = {1: (1 << 13) - 1, 2: (1 << 14) - 1, 3: (1 << 15) - 1, 5: (1 << 16) - 1}
_TCP_BIND_AND_CONNECT = 0b11  # since ABI 4
_ABSTRACT_SOCKETS_AND_SIGNALS = 0b11  # since ABI 6


class _Ruleset(ctypes.Structure):
    _fields_ = (
        ("handled_access_fs", ctypes.c_uint64),
        ("handled_access_net", ctypes.c_uint64),
        ("scoped", ctypes.c_uint64),
    )


def abi() -> int:
    """Gives the kernel's Landlock version; 0 where there is none."""
    if kernel.machine() is None:
        return 0
    with contextlib.suppress(OSError):
        return kernel.call(
            kernel.LANDLOCK_CREATE_RULESET, None, ctypes.c_size_t(0), ctypes.c_uint32(_VERSION_FLAG)
        )
    return 0


def close_files() -> int:
    """Takes every file right from this thread for ever; gives the version used, 0 where there is none.

    no-new-privileges must be set before. Raises OSError if the kernel has Landlock but refuses.
    """
    version = abi()
    if version == 0:
        return 0
    rules = _Ruleset(
        handled_access_fs=max(bits for since, bits in _FILE_RIGHTS_BY_ABI.items() if since <= version),
        handled_access_net=_TCP_BIND_AND_CONNECT if version >= 4 else 0,
        scoped=_ABSTRACT_SOCKETS_AND_SIGNALS if version >= 6 else 0,
    )
    # An older kernel accepts the longer structure as long as the part it does not know is zero.
    ruleset = kernel.call(
        kernel.LANDLOCK_CREATE_RULESET,
        ctypes.byref(rules),
        ctypes.c_size_t(ctypes.sizeof(rules)),
        ctypes.c_uint32(0),
    )
    kernel.call(kernel.LANDLOCK_RESTRICT_SELF, ctypes.c_int(ruleset), ctypes.c_uint32(0))
    os.close(ruleset)
    return version
