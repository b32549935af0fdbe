"""The server inside the local app: large bodies are never written to disk, its own errors are strict."""

import html
import socket
import tempfile
import threading
from collections.abc import Iterator

import pytest
from django.core.wsgi import get_wsgi_application
from waitress.adjustments import Adjustments

from amparo.web import door
from amparo.web.door import Door
from amparo.web.headers import STRICT
from amparo.web.notes.carried import begin, to_json
from amparo.web.serving import MOST_RECEIVED, _Parser, server_on
from amparo.web.uploads import FORM_BYTES
from tests.web.flow import PORNHUB


@pytest.fixture
def port(settings, monkeypatch, tmp_path) -> Iterator[int]:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    server = server_on(get_wsgi_application(), port=0, threads=2)
    settings.HOSTS = [f"127.0.0.1:{server.effective_port}"]
    running = threading.Thread(target=server.run, daemon=True)
    running.start()
    yield server.effective_port
    server.close()
    assert list(tmp_path.iterdir()) == []


def talk(port: int, head: str, body_bytes: int = 0, begins: bytes = b"") -> str:
    """Sends a request whose body begins so and goes on with zeros; gives the whole answer."""
    with socket.create_connection(("127.0.0.1", port), timeout=60) as line:
        line.sendall(head.replace("\n", "\r\n").encode() + b"\r\n\r\n")
        line.sendall(begins)
        body_bytes -= len(begins)
        block = bytes(2**20)
        while body_bytes > 0:
            line.sendall(block[:body_bytes])
            body_bytes -= len(block)
        line.shutdown(socket.SHUT_WR)
        answer = b""
        while part := line.recv(65536):
            answer += part
    return answer.decode()


def test_a_photo_of_200_mb_gets_a_clear_page_and_loses_nothing(port):
    held = begin("online").with_facts(places=(PORNHUB,), shown_under_18="no")
    fields = "".join(
        f'--x\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'
        for name, value in {"state": to_json(held), "at": "pictures", "go": "make"}.items()
    )
    file = '--x\r\nContent-Disposition: form-data; name="pictures"; filename="a.jpg"\r\n\r\n'
    head = (
        f"POST /en/n/p/ HTTP/1.1\nHost: 127.0.0.1:{port}\nOrigin: http://127.0.0.1:{port}\n"
        "Content-Type: multipart/form-data; boundary=x\nConnection: close\nContent-Length: 200000000"
    )
    answer = talk(port, head, 200_000_000, (fields + file).encode())
    assert answer.startswith("HTTP/1.1 413 ")
    assert "This is too large for one go." in answer
    assert "at most 50 MB each" in answer
    assert html.escape(to_json(held)) in answer, "she goes on from where she was"


def test_a_body_below_the_limit_stays_in_memory(port, tmp_path):
    head = (
        f"POST /en/n/p/ HTTP/1.1\nHost: 127.0.0.1:{port}\nOrigin: http://127.0.0.1:{port}\n"
        "Content-Type: multipart/form-data; boundary=x\nConnection: close\nContent-Length: 30000000"
    )
    assert talk(port, head, 30_000_000).startswith("HTTP/1.1 ")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("head", "status"),
    [
        ("GET", 400),
        ("GET / HTTP/1.1\nHost: x\nBad Header", 400),
        ("GET / HTTP/1.1\nHost: x\nContent-Length: -3", 400),
        ("GET / HTTP/1.1\nX: " + "a" * (32_768 - 23), 431),
        ("GET / HTTP/1.0", 400),
    ],
)
def test_a_broken_request_is_answered_with_strict_headers(port, head, status):
    answer = talk(port, head)
    first, *rest = answer.split("\r\n\r\n")[0].split("\r\n")
    assert first.split()[1] == str(status)
    sent = dict(line.split(": ", 1) for line in rest)
    for name in ("Content-Security-Policy", "Cache-Control", "X-Content-Type-Options"):
        assert sent[name] == STRICT[name]
    assert "Server" not in sent


def kept_of(body: bytes, *, cookie: str = "", chunked: bool = False) -> int:
    """Gives how many bytes of a body the server holds in memory once it has arrived."""
    parser = _Parser(Adjustments(max_request_body_size=MOST_RECEIVED))
    length = "Transfer-Encoding: chunked" if chunked else f"Content-Length: {len(body)}"
    parser.received(f"POST /en/n/ HTTP/1.1\r\nCookie: {cookie}\r\n{length}\r\n\r\n".encode())
    rest = b"%X\r\n%s\r\n0\r\n\r\n" % (len(body), body) if chunked else body
    while rest and not parser.completed:
        rest = rest[parser.received(rest) :]
    return len(parser.body_rcv)


@pytest.mark.parametrize("chunked", [False, True])
def test_nothing_is_held_of_a_body_from_somebody_who_was_not_let_in(settings, chunked):
    door.set_local(Door(secrets_in={"hers"}))
    assert kept_of(b"x" * 100_000, cookie="door=guessed", chunked=chunked) == 0
    assert kept_of(b"x" * 100_000, cookie="door=hers", chunked=chunked) == 100_000


def test_a_body_in_chunks_is_held_only_up_to_the_size_of_a_form(settings):
    door.set_local(Door(secrets_in={"hers"}))
    assert kept_of(b"x" * (FORM_BYTES + 1_000_000), cookie="door=hers", chunked=True) == FORM_BYTES


def test_two_hundred_idle_connections_do_not_keep_her_out(port):
    idle = [socket.create_connection(("127.0.0.1", port), timeout=10) for _ in range(200)]
    for line in idle:
        line.sendall(b"GET / HTTP/1.1\r\n")
    try:
        answer = talk(port, f"GET /blank HTTP/1.1\nHost: 127.0.0.1:{port}\nConnection: close")
        assert answer.startswith("HTTP/1.1 200 ")
    finally:
        for line in idle:
            line.close()
