"""From a host to the record it belongs to and to what its paths mean: worked out once for each host.

`place` is the quick look-up for many addresses; `lookup.who` adds who can act.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from posixpath import normpath
from typing import NamedTuple
from urllib.parse import unquote

from amparo.directory.addresses import Address, address
from amparo.directory.record import Record
from amparo.directory.records import HOME, records
from amparo.directory.suffixes import registrable
from amparo.errors import Refused

NOT_PEOPLE = ("www", "m", "help", "support", "about", "blog", "api", "static", "assets")
MOST_HOSTS = 65_536  # kept at once; some 20 MB
# Where a service keeps people at its root (/name), these are pages of its own.
_OWN_PAGES = (
    r"(?!/(?:about|explore|feed|hashtag|help|home|i|login|privacy|search|settings|terms|watch|[^/]+\.php)/?$)"
)
_MEDIA = r"\.(?:jpe?g|png|gif|webp|avif|heic|bmp|mp4|webm|mov|mkv|avi|m4v|m3u8|mp3|ts)$"
_UNKNOWN = re.compile(rf"(?P<media>.*{_MEDIA})", re.IGNORECASE)
# Only what can be read in one way: no user, no escape, no sign of another script; all else is read slowly.
_PLAIN = re.compile(
    r"https?://((?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z][a-z0-9-]{0,61}[a-z0-9])(?::\d{1,4})?"
    r"(?:(/[^?#\s\\%\x00-\x1f\x7f]*)|(?=[?#])|$)(?:\?[^#\s]*)?(?:#\S*)?",
    re.ASCII,
)


class Placed(NamedTuple):
    """Where an address belongs: the slug of its service or None, what it is, and the domain."""

    slug: str | None
    kind: str
    domain: str


class Host(NamedTuple):
    """What is known of one host. `part` is the domain of a record that it ends in, or itself."""

    slug: str | None
    part: str
    domain: str
    kinds: re.Pattern[str]

    def kind(self, path: str) -> str:
        """Gives what lies at a path: a kind of lookup.Found."""
        if "%" in path or "//" in path or "/." in path:
            path = _plain_path(path)
        found = self.kinds.match(path)
        return str(found.lastgroup) if found else "page"


def place(untrusted_url: str) -> Placed:
    """Gives where one address belongs; Refused when it is none. The same answer as `lookup.who` gives."""
    plain = _PLAIN.fullmatch(untrusted_url)
    if plain is None or len(untrusted_url) > 2048:
        return _slowly(untrusted_url)
    name, path = plain.groups()
    known = _hosts.get(name)
    if known is None:
        if len(name) > 253:
            return _slowly(untrusted_url)
        known = host(name)
    path = path or ""
    if "//" in path or "/." in path:
        path = _plain_path(path)
    found = known.kinds.match(path)
    return Placed(known.slug, found.lastgroup if found else "page", known.domain)  # type: ignore[arg-type]  # each way in has a name


def places(untrusted_urls: Iterable[str]) -> Iterator[Placed | None]:
    """Gives where each address belongs, in order; None for what is no address."""
    for url in untrusted_urls:
        try:
            yield place(url)
        except Refused:
            yield None


def of_address(one: Address) -> Host:
    """Gives what is known of an address's host; an IP address belongs to no domain."""
    return host(one.host, is_ip=one.is_ip)


def host(name: str, *, is_ip: bool = False) -> Host:
    """Gives what is known of a host (lower case, in the letters of the network)."""
    known = _hosts.get(name)
    if known is None:
        part = known_part(name)
        slug = _domains().get(part)
        domain = name if is_ip else registrable(name)
        if slug is None and not _is_short(name, domain):
            kinds = _UNKNOWN
        else:
            below = name != part and _may_be_a_person(name, part)
            kinds = _kinds(slug, part if slug else "", below, _is_short(name, domain))
        known = Host(slug, part, domain, kinds)
        if len(_hosts) >= MOST_HOSTS:
            _hosts.clear()
        _hosts[name] = known
    return known


def known_part(name: str) -> str:
    """Gives the longest end of a host, at a dot, that a record names; the host itself when none does."""
    known, part = _domains(), name
    while part:
        if part in known:
            return part
        part = part.partition(".")[2]
    return name


@lru_cache(maxsize=1)
def _domains() -> Mapping[str, str]:
    found: Mapping[str, str] = records().index["domains"]
    return found


_hosts: dict[str, Host] = {}


def _slowly(untrusted_url: str) -> Placed:
    one = address(untrusted_url)
    known = of_address(one)
    return Placed(known.slug, "address" if one.mail else known.kind(one.path), known.domain)


def _plain_path(path: str) -> str:
    """Gives the path a server would look for: escapes read once, no /./, /../ and //."""
    plain = re.sub(r"/{2,}", "/", unquote(path))
    kept = normpath(plain)
    return kept + "/" if plain.endswith("/") and kept != "/" else kept


def _may_be_a_person(name: str, part: str) -> bool:
    return name.removesuffix("." + part) not in NOT_PEOPLE


def _is_short(name: str, domain: str) -> bool:
    known = _short_domains()
    return name in known or domain in known


@lru_cache(maxsize=1)
def _short_domains() -> frozenset[str]:
    listed = (HOME / "short_links.yaml").read_text("utf-8").splitlines()  # lines of "- domain", no more
    return frozenset(line[2:].strip() for line in listed if line.startswith("- ")).union(
        records().index["short"]
    )


@lru_cache(maxsize=8192)
def _kinds(slug: str | None, part: str, below: bool, short: bool) -> re.Pattern[str]:
    """Gives one expression whose named group is the kind of a path; no match means a page."""
    one = records()[slug] if slug else None
    ways = _ways(one, part, below) if one else [("media", rf".*{_MEDIA}")]
    if short:
        ways = [("short_link", r"/.+")]  # a short link hides what it leads to, whatever it looks like
    return re.compile("|".join(f"(?P<{kind}>{way})" for kind, way in ways), re.IGNORECASE)


def _ways(one: Record, part: str, below: bool) -> list[tuple[str, str]]:
    posts, people = (_paths(one.post_paths, part), _paths(one.profile_paths, part))
    if one.people_subdomains and below:
        people = [*people, r"/?$"]
    if part in one.media_domains:
        return [("media", "")]
    ways = [
        ("short_link", _paths(one.exit_paths, part)),
        ("archive_copy", [r"/."] if one.kind == "archive" else []),
        ("cached_copy", _paths(one.cache_paths, part)),
        ("media", [rf".*{_MEDIA}"]),
        ("search_result", _paths(one.search_paths, part) if one.kind == "search_engine" else []),
        ("post", posts),
        ("profile", [(_OWN_PAGES if way.startswith("/[^/]+") else "") + way for way in people]),
    ]
    return [(kind, f"(?:{'|'.join(some)})") for kind, some in ways if some]


def _paths(patterns: tuple[str, ...], part: str) -> list[str]:
    """Gives path patterns as expressions; one written with a domain holds for that domain only."""
    here = [one for one in patterns if one.startswith("/")]
    here += [one.removeprefix(part) for one in patterns if one.startswith(part + "/")]
    return [_expression(one) for one in here]


def _expression(path: str) -> str:
    """`*` stands for one part of a path or a piece of it, `/**` at its end for all that follows."""
    head, rest = (path[:-3], r"(?:/.*)?$") if path.endswith("/**") else (path.rstrip("/"), r"/?$")
    return re.escape(head).replace(r"\*", "[^/]+") + rest
