"""Starts the real program, real web sites and a real mail server for the journeys, and stops them again."""

import contextlib
import http.server
import os
import signal
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from email import message_from_bytes
from email.message import Message
from email.policy import default as modern
from pathlib import Path
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult, LoginPassword

START_S = 60


@dataclass
class App:
    """A running local app: its launch address, its data and temporary folders, and its process."""

    address: str
    folder: Path
    process: subprocess.Popen[str]
    log: Path
    cookies: Any = None

    @property
    def origin(self) -> str:
        return "/".join(self.address.split("/")[:3])

    def kill(self) -> None:
        self.process.send_signal(signal.SIGKILL)
        self.process.wait(timeout=10)

    def stop(self) -> int:
        self.process.send_signal(signal.SIGTERM)
        return self.process.wait(timeout=20)


def start(folder: Path, *options: str, under: tuple[str, ...] = ()) -> App:
    """Starts `amparo` with its data, home and temporary files all under `folder`; waits for its address.

    `under` is a program that watches it: `("strace", "-D", …)`.
    """
    for name in ("home", "tmp"):
        (folder / name).mkdir(parents=True, exist_ok=True)
    log = folder / "stderr.log"
    environment = {
        "PATH": os.environ["PATH"],
        "HOME": str(folder / "home"),
        "TMPDIR": str(folder / "tmp"),
        "LANG": "C.UTF-8",
    }
    process = subprocess.Popen(
        [*under, sys.executable, "-m", "amparo", "--data", str(folder / "data"), "--no-browser", *options],
        stdout=subprocess.PIPE,
        stderr=log.open("w"),
        text=True,
        env=environment,
        cwd=folder,
    )
    assert process.stdout is not None
    watch = threading.Timer(START_S, process.kill)
    watch.start()
    address = process.stdout.readline().strip()
    watch.cancel()
    assert address.startswith("http://127.0.0.1:"), (address, log.read_text())
    return App(address, folder, process, log)


@contextlib.contextmanager
def running(folder: Path, *options: str, under: tuple[str, ...] = ()) -> Iterator[App]:
    """Gives a running app and stops it at the end."""
    app = start(folder, *options, under=under)
    try:
        yield app
    finally:
        if app.process.poll() is None:
            app.stop()


@dataclass
class MailServer:
    """A real SMTP server on this machine that keeps what it is given. It refuses recipients on `refused`."""

    port: int
    user: str = "sofia"
    password: str = "wire-basket-lemon"
    letters: list[Message] = field(default_factory=list)
    refused: set[str] = field(default_factory=set)


class _Keeper:
    def __init__(self, server: MailServer) -> None:
        self.server = server

    async def handle_RCPT(self, _server, _session, envelope, address, _options):
        if address in self.server.refused:
            return "550 no such mailbox"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, _server, _session, envelope):
        self.server.letters.append(message_from_bytes(envelope.content, policy=modern))
        return "250 kept"


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextlib.contextmanager
def mail_server() -> Iterator[MailServer]:
    """Gives a running SMTP server with a login, on a free port of 127.0.0.1."""
    server = MailServer(free_port())

    def login(_server, _session, _envelope, _mechanism, data):
        good = isinstance(data, LoginPassword) and (data.login, data.password) == (
            server.user.encode(),
            server.password.encode(),
        )
        return AuthResult(success=good, handled=good)

    controller = Controller(
        _Keeper(server), hostname="127.0.0.1", port=server.port, authenticator=login, auth_require_tls=False
    )
    controller.start()
    try:
        yield server
    finally:
        controller.stop()


@contextlib.contextmanager
def web_site(pages: dict[str, bytes]) -> Iterator[str]:
    """Serves `pages` (path to HTML) on 127.0.0.1; gives the origin."""

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            body = pages.get(self.path)
            self.send_response(200 if body is not None else 404)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            self.end_headers()
            self.wfile.write(body if body is not None else b"gone")

        def log_message(self, *_: object) -> None:
            """Says nothing."""

    site = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=site.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{site.server_address[1]}"
    finally:
        site.shutdown()
