"""A picture that takes over its worker gets nowhere: no files, network, programs, processes, no parent.

Each attempt is made by real code in a really sealed worker, with one layer alone and with all of them.
"""

import json
import os
import socket
import subprocess
import sys
import threading
import time

import pytest

from amparo.errors import Refused
from amparo.fingerprints import running, starting
from amparo.fingerprints.box import landlock
from amparo.fingerprints.box.wire import HEADER, Header, Status
from amparo.fingerprints.decoding import ask
from amparo.fingerprints.running import order, run
from tests.fingerprints import pictures

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="the layers are Linux's")

BEFORE = """
import sys, json; sys.path += json.loads(sys.argv[1])
import ctypes, mmap, os, signal, threading, resource
from amparo.fingerprints.box import kernel, worker
from amparo.fingerprints.box.sealing import seal
from amparo.fingerprints.box.wire import Order
libc = ctypes.CDLL(None, use_errno=True)
libc.syscall.restype = libc.mmap.restype = ctypes.c_long
def call(answer):
    if answer < 0:
        raise OSError(ctypes.get_errno(), "stopped")
    return answer
host = json.loads(os.read(0, 4096))
seal(Order.from_text(sys.argv[2]))
"""

AFTER = """
try:
    attempt()
except (OSError, RuntimeError, MemoryError, ValueError):
    os.write(1, b"stopped")
else:
    os.write(1, b"done")
os._exit(0)
"""

FILES = {
    "read a file of hers": "os.close(os.open(host['secret'], os.O_RDONLY))",
    "write into her folder": "os.close(os.open(host['folder'] + '/new', os.O_WRONLY | os.O_CREAT))",
    "list her folder": "os.listdir(host['folder'])",
    "make a folder": "os.mkdir(host['folder'] + '/new')",
    "delete a file": "os.unlink(host['secret'])",
    "rename a file": "os.rename(host['secret'], host['secret'] + '2')",
    "link to a file": "os.symlink(host['secret'], host['folder'] + '/link')",
    "read the parent's memory": "os.close(os.open('/proc/%d/mem' % host['parent'], os.O_RDONLY))",
}
NETWORK = {
    "connect to a port of this machine": (
        "fd = call(libc.socket(2, 1, 0));"
        "here = host['port'].to_bytes(2, 'big') + bytes((127, 0, 0, 1));"
        "call(libc.connect(fd, bytes((2, 0)) + here + bytes(8), 16))"
    ),
}
PARENT = {
    "signal the parent": "os.kill(host['parent'], 0)",
    "trace the parent": "call(libc.ptrace(16, host['parent'], 0, 0))",
}
PROGRAMS = {"run a program": "os.execv('/bin/true', ['true'])"}
CALLS = {
    "make a socket": "call(libc.socket(2, 1, 0))",
    "make a local socket": "call(libc.socket(1, 1, 0))",
    "fork": "os.fork() or os._exit(0)",
    "start a process by clone": "call(libc.syscall(kernel.machine().numbers['clone'], 17, 0)) or os._exit(0)",
    "look at a file's size": "os.stat(host['secret'])",
    "change a file's rights": "os.chmod(host['secret'], 0o777)",
    "become another user": "os.setuid(12345)",
    "leave its namespaces": "call(libc.unshare(0x10000000))",
    "write to another descriptor": "os.write(2, b'x')",
    "read another descriptor": "os.read(1, 1)",
    "copy a descriptor": "os.dup(0)",
    "make a pipe": "os.pipe()",
    "make a file in memory": "os.memfd_create('x')",
    "get memory to execute": "call(libc.mmap(0, ctypes.c_size_t(4096), 7, 0x22, -1, 0))",
    "make memory executable": (
        "at = call(libc.mmap(0, ctypes.c_size_t(4096), 3, 0x22, -1, 0));"
        "call(libc.mprotect(ctypes.c_void_p(at), ctypes.c_size_t(4096), 5))"
    ),
    "raise its own limits": "resource.setrlimit(resource.RLIMIT_NOFILE, (8, 8))",
    "change how it is seen": "kernel.prctl(4, 1)",
    "open an io_uring": "call(libc.syscall(425, 8, ctypes.create_string_buffer(200)))",
    "load a kernel program": "call(libc.syscall(host['bpf'], 0, 0, 0))",
}
THREADS = {"start a thread": "threading.Thread(target=int).start()"}

SECCOMP_STOPS = {**FILES, **NETWORK, **PARENT, **PROGRAMS, **CALLS, **THREADS}
BUBBLEWRAP_STOPS = {**FILES, **NETWORK, **PARENT}


def landlock_stops() -> dict[str, str]:
    version = landlock.abi()
    stopped = {**FILES, **PROGRAMS, "trace the parent": PARENT["trace the parent"]}
    return {**stopped, **(NETWORK if version >= 4 else {}), **(PARENT if version >= 6 else {})}


LAYERS_AND_ATTEMPTS = [
    *[(("seccomp",), name) for name in SECCOMP_STOPS],
    *[(("landlock",), name) for name in (landlock_stops() if landlock.abi() else {})],
    *[(("bubblewrap",), name) for name in (BUBBLEWRAP_STOPS if starting.bubblewrap_program() else {})],
]


@pytest.fixture(scope="module")
def host(tmp_path_factory):
    """What there is to reach: a secret file, a listening port, this process."""
    folder = tmp_path_factory.mktemp("hers")
    secret = folder / "secret"
    secret.write_text("hers")
    with socket.create_server(("127.0.0.1", 0)) as server:
        yield {
            "secret": str(secret),
            "folder": str(folder),
            "port": server.getsockname()[1],
            "parent": os.getpid(),
            "bpf": {"x86_64": 321, "aarch64": 280}.get(os.uname().machine, -1),
        }


def outcome(attempt: str, layers: tuple[str, ...], host: dict[str, object], *, kind: str = "jpeg") -> str:
    """Gives what became of an attempt in a worker sealed by these layers: stopped, done, or how it died."""
    text = f"{BEFORE}\ndef attempt():\n    {attempt}\n{AFTER}"
    given = order(job="probe", kind=kind, layers=layers)
    ended = subprocess.run(
        starting.command(given, start=text),
        input=json.dumps(host).encode(),
        capture_output=True,
        env=starting.environment(),
        timeout=20,
    )
    return ended.stdout.decode() or f"ended with {ended.returncode}: {ended.stderr.decode()[-300:]}"


@pytest.mark.parametrize(("layers", "name"), LAYERS_AND_ATTEMPTS, ids=lambda value: "".join(value))
def test_one_layer_alone_stops_it(layers, name, host):
    assert outcome(SECCOMP_STOPS[name], layers, host) == "stopped"


@pytest.mark.parametrize(
    "name",
    [
        "read a file of hers",
        "make a socket",
        "fork",
        "make a pipe",
        "get memory to execute",
        "start a thread",
    ],
)
def test_without_layers_the_same_attempt_succeeds(name, host):
    """The attempts are real: what stops them elsewhere is the layer."""
    assert outcome(SECCOMP_STOPS[name], (), host, kind="heic") == "done"


@pytest.mark.parametrize("name", SECCOMP_STOPS)
def test_all_layers_together_stop_it(name, host):
    wrapped = ("bubblewrap",) if starting.bubblewrap_program() else ()

    assert outcome(SECCOMP_STOPS[name], (*wrapped, "landlock", "seccomp"), host) == "stopped"


@pytest.mark.parametrize("name", [*FILES, *NETWORK, *PARENT, *PROGRAMS, *CALLS])
def test_the_worker_that_may_start_threads_may_do_nothing_more(name, host):
    assert outcome(SECCOMP_STOPS[name], ("seccomp",), host, kind="heic") == "stopped"


def test_the_worker_for_heic_and_avif_may_start_threads(host):
    assert outcome(THREADS["start a thread"], ("seccomp",), host, kind="heic") == "done"


def test_a_call_by_the_other_numbering_ends_the_worker(host):
    """On x86-64 the kernel also answers to 32-bit style numbers; a filter that forgets them is no filter."""
    if os.uname().machine != "x86_64":
        pytest.skip("only x86-64 has two numberings")

    assert "ended with -31" in outcome(
        "libc.syscall(0x40000000 + 2, host['secret'].encode(), 0)", ("seccomp",), host
    )


def test_more_memory_than_allowed_is_not_given(host):
    assert outcome("bytearray(2 * 1024**3)", (), host) == "stopped"


def test_no_variable_of_the_parent_reaches_the_worker(monkeypatch):
    monkeypatch.setenv("HER_PASSPHRASE", "planted")

    said = subprocess.run(
        starting.command(
            order(job="probe", kind="jpeg", layers=()), start="import os; print(sorted(os.environ))"
        ),
        capture_output=True,
        env=starting.environment(),
    )

    assert b"LC_ALL" in said.stdout
    assert b"HER_PASSPHRASE" not in said.stdout


def taken_over(monkeypatch: pytest.MonkeyPatch, answer: str) -> None:
    """Makes every worker run this text instead of its own."""
    real = starting.command
    monkeypatch.setattr(
        running.starting, "command", lambda given, *, start: real(given, start=f"import os, time\n{answer}")
    )


def probe(*, wall_s: float = 5.0):
    return run(order(job="pixels", kind="jpeg", layers=(), longest_side=100), b"picture", wall_s=wall_s)


def test_a_worker_that_hangs_is_ended_by_the_clock(monkeypatch):
    taken_over(monkeypatch, "time.sleep(60)")
    began = time.monotonic()

    with pytest.raises(Refused, match="took too long"):
        probe(wall_s=0.5)

    assert time.monotonic() - began < 5


def test_a_worker_that_floods_is_cut_off(monkeypatch):
    taken_over(monkeypatch, "while True: os.write(1, bytes(1 << 20))")

    assert probe() is None


def test_a_worker_that_trickles_for_ever_is_ended_by_the_clock(monkeypatch):
    taken_over(monkeypatch, "while True: os.write(1, b'x'); time.sleep(0.05)")

    with pytest.raises(Refused, match="took too long"):
        probe(wall_s=1.0)


def test_a_worker_that_dies_gives_a_sentence(monkeypatch):
    taken_over(monkeypatch, "os.abort()")

    with pytest.raises(Refused, match="could not be read"):
        ask(pictures.saved(pictures.scene(1)), job="fingerprint", kind="jpeg")


@pytest.mark.parametrize(
    "lie",
    [
        b"",
        b"AMP1",
        b"\xff" * HEADER.size,
        Header(Status.DONE, 0, False, 101, 1, 303).to_bytes() + bytes(303),
        Header(Status.DONE, 0, False, 10, 10, 300).to_bytes() + bytes(299),
        Header(Status.DONE, 0, False, 10, 10, 299).to_bytes() + bytes(299),
        Header(Status.DONE, 0, False, 0, 0, 0).to_bytes(),
        Header(Status.DAMAGED, 0, False, 0, 0, 3).to_bytes() + b"abc",
    ],
    ids=range(8),
)
def test_a_worker_that_lies_about_its_answer_is_not_believed(monkeypatch, lie):
    taken_over(monkeypatch, f"os.write(1, bytes.fromhex('{lie.hex()}'))")

    assert probe() is None


def test_a_worker_that_does_not_read_its_input_does_not_hold_the_parent(monkeypatch):
    taken_over(monkeypatch, "os.close(0); time.sleep(60)")
    threads = threading.active_count()

    with pytest.raises(Refused, match="took too long"):
        run(order(job="fingerprint", kind="jpeg", layers=()), bytes(5_000_000), wall_s=0.5)

    assert threading.active_count() == threads
