"""The few system calls that close the door, by number, for the two processors we know.

Python has no binding for them, and a library of bindings would be one more thing inside the box.
Numbers: Linux arch/x86/entry/syscalls/syscall_64.tbl and include/uapi/asm-generic/unistd.h.
"""

import ctypes
import os
import platform
import sys
from dataclasses import dataclass

PR_SET_NO_NEW_PRIVS = 38
PR_SET_DUMPABLE = 4

LANDLOCK_CREATE_RULESET = 444
LANDLOCK_RESTRICT_SELF = 446


@dataclass(frozen=True)
class Machine:
    """A processor family: its audit number, the number of seccomp(2), and its table of call numbers."""

    audit_arch: int
    seccomp: int
    numbers: dict[str, int]


_X86_64 = Machine(
    audit_arch=0xC000003E,
    seccomp=317,
    numbers={
        "read": 0,
        "write": 1,
        "lseek": 8,
        "mmap": 9,
        "mprotect": 10,
        "munmap": 11,
        "brk": 12,
        "rt_sigaction": 13,
        "rt_sigprocmask": 14,
        "rt_sigreturn": 15,
        "sched_yield": 24,
        "mremap": 25,
        "madvise": 28,
        "getpid": 39,
        "clone": 56,
        "exit": 60,
        "prctl": 157,
        "gettid": 186,
        "futex": 202,
        "sched_getaffinity": 204,
        "restart_syscall": 219,
        "clock_gettime": 228,
        "clock_nanosleep": 230,
        "exit_group": 231,
        "set_robust_list": 273,
        "getrandom": 318,
        "rseq": 334,
        "clone3": 435,
    },
)

_AARCH64 = Machine(
    audit_arch=0xC00000B7,
    seccomp=277,
    numbers={
        "read": 63,
        "write": 64,
        "lseek": 62,
        "mmap": 222,
        "mprotect": 226,
        "munmap": 215,
        "brk": 214,
        "rt_sigaction": 134,
        "rt_sigprocmask": 135,
        "rt_sigreturn": 139,
        "sched_yield": 124,
        "mremap": 216,
        "madvise": 233,
        "getpid": 172,
        "clone": 220,
        "exit": 93,
        "prctl": 167,
        "gettid": 178,
        "futex": 98,
        "sched_getaffinity": 123,
        "restart_syscall": 128,
        "clock_gettime": 113,
        "clock_nanosleep": 115,
        "exit_group": 94,
        "set_robust_list": 99,
        "getrandom": 278,
        "rseq": 293,
        "clone3": 435,
    },
)


def machine() -> Machine | None:
    """Gives this processor's numbers; None where we have none (other systems, 32-bit programs)."""
    if sys.platform != "linux" or sys.maxsize < 2**32:
        return None
    return {"x86_64": _X86_64, "aarch64": _AARCH64}.get(platform.machine())


def call(number: int, *arguments: object) -> int:
    """Makes one system call by number; raises OSError with the kernel's reason."""
    libc = ctypes.CDLL(None, use_errno=True)
    libc.syscall.restype = ctypes.c_long
    answer = int(libc.syscall(ctypes.c_long(number), *arguments))
    if answer < 0:
        raise OSError(ctypes.get_errno(), os.strerror(ctypes.get_errno()))
    return answer


def prctl(option: int, value: int) -> None:
    """Sets one attribute of this process; raises OSError."""
    libc = ctypes.CDLL(None, use_errno=True)
    zero = ctypes.c_ulong(0)
    if libc.prctl(ctypes.c_int(option), ctypes.c_ulong(value), zero, zero, zero):
        raise OSError(ctypes.get_errno(), os.strerror(ctypes.get_errno()))
