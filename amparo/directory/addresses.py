"""Reads one address as strangers wrote it: a web page, an IP, an e-mail address; anything else is refused."""

import ipaddress
import re
from dataclasses import dataclass
from urllib.parse import SplitResult, unquote, urlsplit

from amparo.directory.suffixes import has_known_suffix, registrable
from amparo.errors import Refused
from amparo.words import Words, words

MAX_SIGNS = 8192  # browsers and servers rarely take more
INSIDE_ONLY = ("localhost", "local", "internal", "intranet", "lan", "home.arpa", "test", "invalid", "example")
_SCHEME = re.compile(r"^([a-z][a-z0-9+.-]*):", re.IGNORECASE)
_HOST_AND_PORT = re.compile(r"^[^/?#@:]+\.[^/?#@:]+:\d{1,5}(?:[/?#]|$)")
_MAIL = re.compile(r"^[^@\s/:<>()]+@([^@\s/:<>()]+\.[^@\s/:<>()]+)$")
_HOST = re.compile(r"^(?:[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?\.)*[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$")
_DEFAULT_PORTS = {"http": 80, "https": 443}


@dataclass(frozen=True, slots=True)
class Address:
    """One address, cleaned: no credentials. `domain` is registrable, or an IP; `mail` is set for e-mail.

    `inside_only`: it only exists inside one network or machine (a workplace's own pages, say).
    """

    url: str
    host: str
    domain: str
    path: str = ""
    query: str = ""
    fragment: str = ""
    mail: str | None = None
    is_ip: bool = False
    inside_only: bool = False


def address(untrusted_text: str) -> Address:
    """Gives the address in a piece of text. Refused: other schemes, no address, too long."""
    if len(untrusted_text) > MAX_SIGNS:
        raise Refused(
            words("This is longer than an address can be."),
            words("Give the address of one page, on its own."),
        )
    text = _without_wrapping(untrusted_text)
    mail = _mail(text)
    if mail is not None:
        return mail
    return _web(text)


def _without_wrapping(untrusted_text: str) -> str:
    """Takes off what mails and chats put around or into addresses: < >, quotes, hxxp, [.] and line ends."""
    text = re.sub(r"[\t\r\n]", "", untrusted_text.strip()).strip("<>\"'“”«»")
    text = re.sub(r"\[\.\]|\(\.\)|\[dot\]", ".", text, flags=re.IGNORECASE)
    return re.sub(r"^hxxp", "http", text, flags=re.IGNORECASE)


def _mail(text: str) -> Address | None:
    bare = re.sub(r"^mailto:", "", text, flags=re.IGNORECASE).partition("?")[0]
    found = _MAIL.match(bare)
    if not found:
        return None
    host = _ascii_host(found.group(1))
    return Address(url=bare, host=host, domain=registrable(host), mail=bare)


def _web(text: str) -> Address:
    if re.search(r"[\s\x00-\x1f\x7f]", text) or not text:
        raise _not_an_address()
    parts = _split(text)
    host = _ascii_host(unquote(parts.hostname or ""))
    ip = _ip(host)
    if ip is None:
        _check_name(host, said_web="://" in text)
    shown = f"[{host}]" if ":" in host else host
    try:
        port = parts.port
    except ValueError:
        raise _not_an_address() from None
    if port is not None and port != _DEFAULT_PORTS[parts.scheme]:
        shown = f"{shown}:{port}"
    rest = (f"?{parts.query}" if parts.query else "") + (f"#{parts.fragment}" if parts.fragment else "")
    return Address(
        url=f"{parts.scheme}://{shown}{parts.path or '/'}{rest}",
        host=host,
        domain=registrable(host) if ip is None else host,
        path=parts.path,
        query=parts.query,
        fragment=parts.fragment,
        is_ip=ip is not None,
        inside_only=_inside_only(host) if ip is None else not ip.is_global,
    )


def _split(text: str) -> SplitResult:
    scheme = _SCHEME.match(text)
    if text.startswith("//"):
        text = "https:" + text
    elif scheme is None or _HOST_AND_PORT.match(text):
        text = "https://" + text
    elif scheme.group(1).lower() not in _DEFAULT_PORTS:
        raise Refused(
            words("An address that begins with {scheme}: is not a web page.", scheme=scheme.group(1).lower()),
            words("Give an address that begins with https:// or http://, or an e-mail address."),
        )
    # A browser reads \ as /; reading it otherwise would name the wrong host (https://a.example\@b.example).
    head, mark, tail = text.partition("?")
    text = re.sub(r"^(https?):/*", r"\1://", head.replace("\\", "/"), flags=re.IGNORECASE) + mark + tail
    try:
        return urlsplit(text)
    except ValueError:
        raise _not_an_address() from None


def _ascii_host(host: str) -> str:
    """Gives the host in the letters of the network: punycode for other scripts, lower case, no last dot."""
    host = host.rstrip(".").lower()
    if host and not host.isascii():
        import idna  # few addresses need it, and its tables take a while to load

        try:
            host = idna.encode(host, uts46=True).decode("ascii")
        except idna.IDNAError:
            raise _not_an_address() from None
    if ":" not in host and (len(host) > 253 or not _HOST.match(host)):
        raise _not_an_address()
    return host


def _ip(host: str) -> ipaddress.IPv4Address | ipaddress.IPv6Address | None:
    try:
        return ipaddress.ip_address(host)
    except ValueError:
        return None


def _inside_only(host: str) -> bool:
    return any(host == name or host.endswith("." + name) for name in INSIDE_ONLY)


def _check_name(host: str, *, said_web: bool) -> None:
    last = host.rpartition(".")[2]
    if _inside_only(host) and said_web:
        return
    if "." not in host or last.isdigit() or last.startswith("0x"):
        raise _not_an_address()
    # photo.jpg is no address; a name ending we do not know yet is one only when it is written as one.
    if not said_web and not has_known_suffix(host) and last != "onion":
        raise _not_an_address()


def _not_an_address() -> Refused:
    return Refused(words("This is not a web address."), _how_to_copy())


def _how_to_copy() -> Words:
    return words("Copy the address from the browser's address bar, like https://example.org/page.")
