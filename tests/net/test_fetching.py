"""Going out to one public server: only to checked addresses, only so long, only so much."""

import contextlib
import http.server
import json
import socket
import threading
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime

import pytest

from amparo.errors import CouldNot, Refused
from amparo.net import fetching, registries, short_links
from amparo.net.fetching import Allowance, follow, get, is_public, public_place

Pages = dict[str, tuple[int, dict[str, str], bytes]]


class Server:
    """A real HTTP server on this machine; `where` leads every host name to it, as its only stand-in."""

    def __init__(self) -> None:
        self.pages: Pages = {}
        self.asked: list[tuple[str, str, dict[str, str]]] = []
        server = self

        class Handler(http.server.BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                server.asked.append((self.headers["Host"], self.path, dict(self.headers)))
                status, headers, body = server.pages.get(self.path, (404, {}, b""))
                self.send_response(status)
                for name, value in headers.items():
                    self.send_header(name, value)
                self.end_headers()
                with contextlib.suppress(OSError):
                    self.wfile.write(body)

            def log_message(self, *_: object) -> None:
                pass

        self.http = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        threading.Thread(target=self.http.serve_forever, daemon=True).start()

    def where(self, host: str, port: int) -> tuple[str, int]:
        return "127.0.0.1", self.http.server_address[1]


@pytest.fixture
def server() -> Iterator[Server]:
    one = Server()
    yield one
    one.http.shutdown()
    one.http.server_close()


def test_it_says_nothing_of_who_asks(server):
    server.pages["/a?b=c"] = (200, {}, b"yes")
    answer = get("http://site.example/a?b=c", allowance=Allowance(), where=server.where)
    assert (answer.status, answer.content) == (200, b"yes")
    host, _, headers = server.asked[0]
    assert host == "site.example"
    assert not {"Cookie", "Referer", "Authorization", "Accept-Language"} & headers.keys()
    assert "amparo" not in str(headers).lower()


@pytest.mark.parametrize(
    "ip",
    [
        "127.0.0.1",
        "10.1.2.3",
        "192.168.0.1",
        "169.254.169.254",
        "100.64.0.1",
        "0.0.0.0",
        "224.0.0.1",
        "::1",
        "fe80::1",
        "fc00::1",
        "::ffff:10.0.0.1",
        "2002:7f00:1::",
        "255.255.255.255",
        "ff02::1",
    ],
)
def test_addresses_that_are_not_public_are_known(ip):
    assert not is_public(ip)


@pytest.mark.parametrize("ip", ["8.8.8.8", "93.184.216.34", "2606:2800:220:1:248:1893:25c8:1946"])
def test_public_addresses_are_known(ip):
    assert is_public(ip)


def test_a_name_that_leads_into_this_machine_is_not_gone_to(server, monkeypatch):
    monkeypatch.setattr(fetching, "addresses", lambda host: ("8.8.8.8", "127.0.0.1"))
    with pytest.raises(Refused, match="not public"):
        public_place("site.example", 80)
    with pytest.raises(Refused):
        get(f"http://localhost:{server.http.server_address[1]}/", allowance=Allowance())
    assert server.asked == []


@pytest.mark.parametrize("url", ["ftp://a.example/", "file:///etc/passwd", "http://u:p@a.example/", "x"])
def test_only_plain_web_addresses_are_asked(url):
    with pytest.raises(Refused):
        get(url, allowance=Allowance())


def test_each_redirect_is_checked_anew(server):
    server.pages["/"] = (302, {"Location": "http://inside.example/"}, b"")

    def where(host: str, port: int) -> tuple[str, int]:
        if host == "inside.example":
            return public_place("127.0.0.1", port)
        return server.where(host, port)

    with pytest.raises(Refused, match="not public"):
        follow("http://site.example/", allowance=Allowance(), where=where)
    assert len(server.asked) == 1


def test_a_circle_of_redirects_ends(server):
    server.pages["/a"] = (302, {"Location": "/b"}, b"")
    server.pages["/b"] = (302, {"Location": "/a"}, b"")
    with pytest.raises(CouldNot, match="round"):
        follow("http://site.example/a", allowance=Allowance(), where=server.where)


def test_an_answer_without_end_is_left(server):
    server.pages["/"] = (200, {}, b"x" * 300_000)
    with pytest.raises(CouldNot, match="longer"):
        get("http://site.example/", allowance=Allowance(most_bytes=100_000), where=server.where)


def test_what_is_read_counts_over_all_requests(server):
    server.pages["/"] = (200, {}, b"x" * 60_000)
    allowance = Allowance(most_bytes=100_000)
    get("http://site.example/", allowance=allowance, where=server.where)
    with pytest.raises(CouldNot, match="longer"):
        get("http://site.example/", allowance=allowance, where=server.where)


@pytest.fixture
def talk() -> Iterator[Callable[[Callable[[socket.socket], None]], fetching.Where]]:
    listening = socket.create_server(("127.0.0.1", 0))

    def start(say: Callable[[socket.socket], None]) -> fetching.Where:
        def run() -> None:
            with contextlib.suppress(OSError):
                line, _ = listening.accept()
                with line:
                    say(line)

        threading.Thread(target=run, daemon=True).start()
        return lambda host, port: ("127.0.0.1", listening.getsockname()[1])

    yield start
    listening.close()


def _drip(line: socket.socket) -> None:
    for sign in b"HTTP/1.1 200 OK\r\n" * 40:
        line.sendall(bytes([sign]))
        time.sleep(0.05)


def _endless_headers(line: socket.socket) -> None:
    line.sendall(b"HTTP/1.1 200 OK\r\n")
    while True:
        line.sendall(b"X-More: and more\r\n" * 100)


@pytest.mark.parametrize(
    "say",
    [_drip, _endless_headers, lambda line: line.sendall(b"\x00\xff no web server"), lambda line: None],
    ids=["drip", "headers without end", "no web server", "silence"],
)
def test_a_hostile_server_is_left_in_time(talk, say):
    begun = time.monotonic()
    with pytest.raises(CouldNot):
        get("http://site.example/", allowance=Allowance(seconds=0.6), where=talk(say))
    assert time.monotonic() - begun < 2


def test_a_server_without_a_valid_certificate_is_not_believed(server):
    with pytest.raises(CouldNot):
        get("https://site.example/", allowance=Allowance(seconds=5), where=server.where)


def test_a_short_link_is_opened_only_to_see_where_it_leads(server):
    server.pages["/AbC"] = (301, {"Location": "https://www.site.example/page"}, b"")
    assert short_links.leads_to("http://sho.rt/AbC", where=server.where) == "https://www.site.example/page"
    assert [host for host, _, _ in server.asked] == ["sho.rt"]


def test_a_short_link_that_shows_a_page_is_left(server):
    server.pages["/AbC"] = (200, {}, b"<meta http-equiv=refresh>")
    with pytest.raises(CouldNot, match="does not say"):
        short_links.leads_to("http://sho.rt/AbC", where=server.where)


@pytest.mark.parametrize(
    ("domain", "register"),
    [
        ("site.com", "https://rdap.verisign.com/com/v1/domain/site.com"),
        ("some.site.fr", "https://rdap.nic.fr/domain/some.site.fr"),
        ("site.nowhere-at-all", None),
    ],
)
def test_each_ending_has_its_register(domain, register):
    assert registries.domain_url(domain) == register


def test_each_address_has_its_register():
    assert registries.ip_url("193.0.6.139") == "https://rdap.db.ripe.net/ip/193.0.6.139"
    assert str(registries.ip_url("2001:67c:2e8::1")).startswith("https://rdap.db.ripe.net/")
    assert registries.ip_url("10.0.0.1") is None


def test_the_lists_of_registers_say_their_day_and_hold_only_safe_addresses():
    assert set(registries.published()) == {"dns", "ipv4", "ipv6"}
    for part in ("dns", "ipv4", "ipv6"):
        assert all(base.startswith("https://") for base in registries._bootstrap()[part]["at"])


def test_what_one_register_does_not_answer_is_told_and_the_others_are_asked(server):
    server.pages["/ip/93.184.216.34"] = (200, {}, json.dumps({"objectClassName": "ip network"}).encode())

    def ask(url: str, allowance: Allowance) -> object:
        if "domain" in url:
            raise CouldNot("The register does not know it.", "Check.")  # type: ignore[arg-type]
        return registries.json.loads(
            get("http://r.example/ip/93.184.216.34", allowance=allowance, where=server.where).content
        )

    got = registries.look_up(
        "www.site.com", "site.com", ask=ask, resolve=lambda host: ("93.184.216.34", "10.0.0.1"),
        now=lambda: datetime(2026, 11, 24, tzinfo=UTC),
    )  # fmt: skip
    assert got.domain is None
    assert [one.about for one in got.networks] == ["93.184.216.34"]
    assert got.networks[0].source.startswith("https://rdap.")
    assert "site.com" in str(got.failed[0])
