"""A seccomp allow-list: the worker may compute, take memory, read its input and write its answer.

Everything else - files, sockets, programs, processes, signals to others - is answered "not permitted".
The filter is a classic BPF program handed to the kernel directly, so no library has to be there.
https://docs.kernel.org/userspace-api/seccomp_filter.html
"""

import ctypes
import errno
import sys

from amparo.fingerprints.box import kernel

_LOAD, _EQUAL, _ANY_BIT, _AT_LEAST, _RETURN = 0x20, 0x15, 0x45, 0x35, 0x06
_ALLOW, _KILL, _ERRNO = 0x7FFF0000, 0x80000000, 0x00050000
_NUMBER_AT, _ARCH_AT, _ARGUMENTS_AT = 0, 4, 16
_SET_FILTER, _ALL_THREADS = 1, 1
_X32_BIT = 0x40000000

_PROT_EXEC, _MAP_ANONYMOUS, _CLONE_THREAD, _PR_SET_NAME = 4, 0x20, 0x10000, 15

_FREE = (
    "munmap",
    "brk",
    "mremap",
    "madvise",
    "rt_sigaction",
    "rt_sigprocmask",
    "rt_sigreturn",
    "sched_yield",
    "getpid",
    "gettid",
    "futex",
    "restart_syscall",
    "clock_gettime",
    "getrandom",
    "exit",
    "exit_group",
)
_FREE_WITH_THREADS = ("set_robust_list", "rseq", "sched_getaffinity", "clock_nanosleep")

Step = tuple[int, int, int, int]  # code, steps to skip when true, steps to skip when false, operand


def _argument(index: int) -> int:
    """Where the low half of an argument stands; both processors here are little-endian."""
    return _ARGUMENTS_AT + 8 * index


def _answer(what: int) -> Step:
    return (_RETURN, 0, 0, what)


def _refuse(why: int = errno.EPERM) -> Step:
    return _answer(_ERRNO | why)


def _on(number: int, steps: list[Step]) -> list[Step]:
    return [(_EQUAL, 0, len(steps), number), *steps]


def _only_if_equal(argument: int, value: int) -> list[Step]:
    return [(_LOAD, 0, 0, _argument(argument)), (_EQUAL, 0, 1, value), _answer(_ALLOW), _refuse()]


def _only_with_bit(argument: int, bit: int) -> list[Step]:
    return [(_LOAD, 0, 0, _argument(argument)), (_ANY_BIT, 0, 1, bit), _answer(_ALLOW), _refuse()]


def _only_without_bit(argument: int, bit: int) -> list[Step]:
    return [(_LOAD, 0, 0, _argument(argument)), (_ANY_BIT, 1, 0, bit), _answer(_ALLOW), _refuse()]


def _memory() -> list[Step]:
    """mmap gives memory, never a file and never something to execute."""
    return [
        (_LOAD, 0, 0, _argument(2)),
        (_ANY_BIT, 2, 0, _PROT_EXEC),
        (_LOAD, 0, 0, _argument(3)),
        (_ANY_BIT, 1, 0, _MAP_ANONYMOUS),
        _refuse(),
        _answer(_ALLOW),
    ]


def program(machine: kernel.Machine, *, threads: bool) -> list[Step]:
    """Gives the filter, step by step; `threads` also lets the worker start threads, no processes."""
    n = machine.numbers
    steps: list[Step] = [
        (_LOAD, 0, 0, _ARCH_AT),
        (_EQUAL, 1, 0, machine.audit_arch),
        _answer(_KILL),
        (_LOAD, 0, 0, _NUMBER_AT),
        (_AT_LEAST, 0, 1, _X32_BIT),
        _answer(_KILL),
    ]
    for name in (*_FREE, *(_FREE_WITH_THREADS if threads else ())):
        steps += _on(n[name], [_answer(_ALLOW)])
    steps += _on(n["read"], _only_if_equal(0, 0))
    steps += _on(n["lseek"], _only_if_equal(0, 0))  # a video is read here and there; a pipe cannot be
    steps += _on(n["write"], _only_if_equal(0, 1))
    steps += _on(n["mmap"], _memory())
    steps += _on(n["mprotect"], _only_without_bit(2, _PROT_EXEC))
    if threads:
        # clone3 keeps its flags in memory, where no filter can look: the C library then falls back to clone.
        steps += _on(n["clone3"], [_refuse(errno.ENOSYS)])
        steps += _on(n["clone"], _only_with_bit(0, _CLONE_THREAD))
        steps += _on(n["prctl"], _only_if_equal(0, _PR_SET_NAME))
    return [*steps, _refuse()]


class _Instruction(ctypes.Structure):
    _fields_ = (
        ("code", ctypes.c_uint16),
        ("jt", ctypes.c_uint8),
        ("jf", ctypes.c_uint8),
        ("k", ctypes.c_uint32),
    )


class _Program(ctypes.Structure):
    _fields_ = (("len", ctypes.c_ushort), ("filter", ctypes.POINTER(_Instruction)))


def allow_only_computing(*, threads: bool) -> bool:
    """Puts the filter on this process for ever; False where we have no table or the kernel has no seccomp."""
    machine = kernel.machine()
    if machine is None or sys.byteorder != "little":
        return False
    steps = program(machine, threads=threads)
    instructions = (_Instruction * len(steps))(*[_Instruction(*step) for step in steps])
    handed = _Program(len(steps), instructions)
    try:
        kernel.call(
            machine.seccomp, ctypes.c_uint(_SET_FILTER), ctypes.c_uint(_ALL_THREADS), ctypes.byref(handed)
        )
    except OSError as error:
        if error.errno in (errno.ENOSYS, errno.EINVAL):
            return False
        raise
    return True
