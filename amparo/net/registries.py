"""Asks the public registers who registered a domain and whose network an address lies in (RDAP, RFC 9082).

Only when she said so: the register, and whoever runs her name service, see what is asked and her connection.
"""

import ipaddress
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import quote

from amparo.errors import AmparoError, CouldNot
from amparo.net.fetching import Allowance, addresses, follow, is_public
from amparo.words import Words, words

MOST_NETWORKS = 2  # a site behind a CDN has many addresses, mostly of one network
ACCEPT = "application/rdap+json, application/json;q=0.5"
Ask = Callable[[str, Allowance], Mapping[str, Any]]
Resolve = Callable[[str], tuple[str, ...]]


@dataclass(frozen=True)
class Asked:
    """One answer of a register: `about` is the domain or IP, `source` the address asked, `at` when (UTC)."""

    about: str
    source: str
    at: datetime
    data: Mapping[str, Any]


@dataclass(frozen=True)
class LookedUp:
    """All that was learnt of a host. `failed` says in words what gave no answer."""

    host: str
    ips: tuple[str, ...]
    domain: Asked | None
    networks: tuple[Asked, ...]
    failed: tuple[Words, ...]


def rdap(url: str, allowance: Allowance) -> Mapping[str, Any]:
    """Gives what a register answers, as JSON; CouldNot for anything else."""
    answer = follow(url, allowance=allowance, accept=ACCEPT)
    if answer.status == 404:
        raise CouldNot(words("The register does not know it."), words("Check the address."))
    try:
        data = json.loads(answer.content) if answer.status == 200 else None
    except ValueError:
        data = None
    if not isinstance(data, dict):
        raise CouldNot(
            words("The register gave no answer we can read."),
            words("Try again later, or look it up yourself and paste the answer."),
        )
    return data


def look_up(
    host: str,
    domain: str,
    *,
    allowance: Allowance | None = None,
    ask: Ask = rdap,
    resolve: Resolve = addresses,
    now: Callable[[], datetime] = lambda: datetime.now(UTC),
) -> LookedUp:
    """Gives who registered `domain` and whose networks `host` lies in. What fails is told."""
    allowance = allowance or Allowance()
    failed: list[Words] = []

    def asked(about: str, url: str | None) -> Asked | None:
        if url is None:
            failed.append(words("No public register answers for {name}.", name=about))
            return None
        try:
            return Asked(about, url, now(), ask(url, allowance))
        except AmparoError as error:
            failed.append(words("{name}: {why}", name=about, why=str(error.what)))
            return None

    registered = None if _is_ip(domain) else asked(domain, domain_url(domain))
    try:
        ips = (host,) if _is_ip(host) else resolve(host)
    except AmparoError as error:
        failed.append(error.what)
        ips = ()
    public = [ip for ip in ips if is_public(ip)][:MOST_NETWORKS]
    networks = [one for ip in public if (one := asked(ip, ip_url(ip))) is not None]
    return LookedUp(host, ips, registered, tuple(networks), tuple(failed))


def domain_url(domain: str) -> str | None:
    """Gives where to ask about a domain; None when no register is known for its ending."""
    endings = _by_ending()
    name = domain
    while "." in name:
        name = name.partition(".")[2]
        if name in endings:
            return f"{endings[name]}domain/{quote(domain)}"
    return None


def ip_url(ip: str) -> str | None:
    """Gives where to ask about an IP address, by the smallest network a register answers for."""
    one = ipaddress.ip_address(ip)
    fitting = [(net.prefixlen, base) for net, base in _networks(one.version) if one in net]
    return f"{max(fitting)[1]}ip/{ip}" if fitting else None


def published() -> Mapping[str, str]:
    """Gives the day of each copied list of registers."""
    return {name: _bootstrap()[name]["published"] for name in ("dns", "ipv4", "ipv6")}


def _is_ip(text: str) -> bool:
    try:
        ipaddress.ip_address(text)
    except ValueError:
        return False
    return True


@cache
def _bootstrap() -> Mapping[str, Any]:
    data: Mapping[str, Any] = json.loads((Path(__file__).parent / "rdap.json").read_text("utf-8"))
    return data


@cache
def _by_ending() -> Mapping[str, str]:
    return {ending: base for base, endings in _bootstrap()["dns"]["at"].items() for ending in endings}


@cache
def _networks(version: int) -> tuple[tuple[ipaddress.IPv4Network | ipaddress.IPv6Network, str], ...]:
    listed = _bootstrap()[f"ipv{version}"]["at"]
    return tuple((ipaddress.ip_network(net), base) for base, nets in listed.items() for net in nets)
