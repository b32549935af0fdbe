"""Asks one public web server for one page. Nothing else here speaks HTTP, and only when she said so.

It never goes where a name should not lead: every host is looked up once, each of its addresses must be a
public one, and the connection goes to the very address that was checked. No cookie, no name of this program
or device, no credentials. What all requests of one look-up may take together is bounded.
"""

import http.client
import ipaddress
import socket
import ssl
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from urllib.parse import urljoin, urlsplit

from amparo.errors import CouldNot, Refused
from amparo.words import words

PORTS = {"http": 80, "https": 443}
MOST_REDIRECTS = 5
RESOLVE_S = 8.0
# Says what it can read, and nothing of who asks; servers refuse requests without any such line.
AGENT = "Mozilla/5.0"
Where = Callable[[str, int], tuple[str, int]]


@dataclass
class Allowance:
    """What a whole look-up may still take. `seconds` runs from when it is made."""

    seconds: float = 20.0
    most_bytes: int = 1_000_000
    begun: float = field(default_factory=time.monotonic)

    def left(self) -> float:
        """Gives the seconds that are left; CouldNot when none are."""
        left = self.seconds - (time.monotonic() - self.begun)
        if left <= 0:
            raise _too_long()
        return left

    def take(self, count: int) -> None:
        """Counts what was read; CouldNot when it is too much."""
        self.most_bytes -= count
        if self.most_bytes < 0:
            raise CouldNot(
                words("The answer was longer than such an answer ever is. It was left."),
                words("Look it up yourself and paste the answer."),
            )


@dataclass(frozen=True)
class Answer:
    """What came back: the address asked last, the status, where it points on to, and the content."""

    url: str
    status: int
    location: str | None
    content: bytes


def public_place(host: str, port: int) -> tuple[str, int]:
    """Gives the address to connect to. Refused where any address of the host is not a public one."""
    found = addresses(host)
    for one in found:
        if not is_public(one):
            raise Refused(
                words("{host} leads into a network that is not public. We do not go there.", host=host),
                words("Ask whoever runs that network."),
            )
    return found[0], port


def addresses(host: str) -> tuple[str, ...]:
    """Gives the IP addresses of a host, as the system's own resolver says, each once; CouldNot if none."""
    given: list[str] = []

    def resolve() -> None:
        with suppress(OSError, UnicodeError):
            given.extend(str(one[4][0]) for one in socket.getaddrinfo(host, None, type=socket.SOCK_STREAM))

    waiting = threading.Thread(target=resolve, daemon=True)  # the system's call itself knows no end
    waiting.start()
    waiting.join(RESOLVE_S)
    if not given:
        raise CouldNot(
            words("{host} cannot be found in the network.", host=host),
            words("Check the address and your connection. The site may be gone."),
        )
    return tuple(dict.fromkeys(given))


def is_public(ip: str) -> bool:
    """Says whether an IP address is one of the public Internet."""
    one = ipaddress.ip_address(ip.partition("%")[0])
    inner = getattr(one, "ipv4_mapped", None) or getattr(one, "sixtofour", None)
    if inner is not None and not inner.is_global:
        return False
    return one.is_global and not one.is_multicast and not one.is_reserved


def get(
    url: str,
    *,
    allowance: Allowance,
    accept: str = "*/*",
    with_content: bool = True,
    where: Where = public_place,
    tls: ssl.SSLContext | None = None,
) -> Answer:
    """Asks once and follows nothing. `where` says whither a host's connection goes (tests use their own)."""
    parts = urlsplit(url)
    host, scheme = parts.hostname or "", parts.scheme
    if scheme not in PORTS or not host or parts.username is not None:
        raise Refused(words("This is not a web address."), words("Give an address that begins with https://"))
    place = where(host, parts.port or PORTS[scheme])
    line = _connection(scheme, host, place, allowance.left(), tls)
    cut_off = threading.Timer(allowance.left(), _cut_off, [line])
    cut_off.daemon = True
    cut_off.start()
    try:
        path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
        line.request("GET", path, headers=_headers(parts.netloc, accept))
        reply = line.getresponse()
        content = _read(reply, allowance) if with_content else b""
        allowance.left()  # a connection cut off in the middle reads like an answer that ended
        return Answer(url, reply.status, reply.getheader("Location"), content)
    except (OSError, http.client.HTTPException, ValueError) as error:
        allowance.left()  # says so when it simply took too long
        raise CouldNot(
            words("{host} did not give an answer we can read.", host=host),
            words("Try again later, or look it up yourself and paste the answer."),
        ) from error
    finally:
        cut_off.cancel()
        line.close()


def follow(url: str, *, allowance: Allowance, most: int = MOST_REDIRECTS, **how: object) -> Answer:
    """Asks and goes on where the answer points, checking each address anew; stops at the first that stays."""
    seen: list[str] = []
    while True:
        answer = get(url, allowance=allowance, **how)  # type: ignore[arg-type]  # passed on as it came
        if answer.location is None or not 300 <= answer.status < 400:
            return answer
        seen.append(url)
        url = urljoin(url, answer.location)
        if url in seen or len(seen) > most or (seen[0].startswith("https:") and url.startswith("http:")):
            raise CouldNot(
                words("This address leads round and round, or to a connection that is not safe."),
                words("Open it yourself and give us where it leads."),
            )


def _headers(netloc: str, accept: str) -> dict[str, str]:
    return {
        "Host": netloc,
        "User-Agent": AGENT,
        "Accept": accept,
        "Accept-Encoding": "identity",
        "Connection": "close",
    }


def _read(reply: http.client.HTTPResponse, allowance: Allowance) -> bytes:
    parts: list[bytes] = []
    while part := reply.read1(min(65_536, allowance.most_bytes + 1)):
        allowance.take(len(part))
        allowance.left()
        parts.append(part)
    return b"".join(parts)


def _connection(
    scheme: str, host: str, place: tuple[str, int], timeout: float, tls: ssl.SSLContext | None
) -> http.client.HTTPConnection:
    line = http.client.HTTPConnection(host, timeout=timeout)
    try:
        sock = socket.create_connection(place, timeout=timeout)
        if scheme == "https":
            sock = (tls or ssl.create_default_context()).wrap_socket(sock, server_hostname=host)
    except (OSError, ValueError) as error:
        raise CouldNot(
            words("{host} does not answer.", host=host),
            words("Try again later, or look it up yourself and paste the answer."),
        ) from error
    line.sock = sock
    return line


def _cut_off(line: http.client.HTTPConnection) -> None:
    with suppress(OSError):
        if line.sock is not None:
            socket.socket.shutdown(line.sock, socket.SHUT_RDWR)


def _too_long() -> CouldNot:
    return CouldNot(
        words("It took too long. Nothing more is asked."),
        words("Try again later, or look it up yourself and paste the answer."),
    )
