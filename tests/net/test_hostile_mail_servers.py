"""A mail server that never ends, drips, or speaks no SMTP: sending ends in time and says what to do."""

import contextlib
import socket
import threading
import time
from collections.abc import Callable, Iterator

import pytest

from amparo.errors import CouldNot
from amparo.net.mail import MailAccount, deliver

Serve = Callable[[Callable[[socket.socket], None]], int]


@pytest.fixture
def serve() -> Iterator[Serve]:
    over = threading.Event()
    listening = socket.socket()
    listening.bind(("127.0.0.1", 0))
    listening.listen()

    def start(talk: Callable[[socket.socket], None]) -> int:
        def run() -> None:
            with contextlib.suppress(OSError):
                line, _ = listening.accept()
                with line:
                    talk(line)
                    over.wait(10)

        threading.Thread(target=run, daemon=True).start()
        return int(listening.getsockname()[1])

    yield start
    over.set()
    listening.close()


def endless(line: socket.socket) -> None:
    while True:
        line.sendall(b"220-welcome\r\n" * 1000)


def drip(line: socket.socket) -> None:
    for _ in range(100):
        line.sendall(b"2")
        time.sleep(0.1)


def garbage(line: socket.socket) -> None:
    line.sendall(b"\xff\x00 no mail server\r\n" * 10)


def busy(line: socket.socket) -> None:
    line.sendall(b"421 come back later\r\n")


def no_tls(line: socket.socket) -> None:
    line.sendall(b"220 x\r\n")
    line.recv(100)
    line.sendall(b"250 x\r\n")


@pytest.mark.parametrize("talk", [endless, drip, garbage, busy])
def test_sending_ends_in_time_and_says_that_nothing_went_out(serve, talk):
    account = MailAccount("127.0.0.1", serve(talk), "plain", "ana", "secret", "ana@example.org")
    began = time.monotonic()
    with pytest.raises(CouldNot, match="Nothing was sent"):
        deliver(account, recipient="x@example.org", content=b"a", timeout_s=1, longest_s=1.5)
    assert time.monotonic() - began < 4


def test_a_server_that_takes_encryption_away_gets_no_password(serve):
    heard: list[bytes] = []

    def talk(line: socket.socket) -> None:
        no_tls(line)
        heard.append(line.recv(1000))

    account = MailAccount("127.0.0.1", serve(talk), "starttls", "ana", "secret", "ana@example.org")
    with pytest.raises(CouldNot, match="does not offer"):
        deliver(account, recipient="x@example.org", content=b"a", timeout_s=2)
    assert b"AUTH" not in b"".join(heard)
