"""What the public registers say of a site: who registered its name, whose network it lies in. Pure.

Reads RDAP answers (RFC 9083) and WHOIS as people paste it. Of persons named there nothing is kept: only
companies' own abuse contacts, days and names of networks.
"""

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from amparo.errors import Refused
from amparo.words import words

MOST_SIGNS = 200_000
_MAIL = re.compile(r"[\w.+-]{1,64}@[\w-]+(?:\.[\w-]+)+", re.ASCII)
_DAY = re.compile(r"\b(\d{4})[-./](\d{2})[-./](\d{2})(?!\d)")
_DAY_FIRST = re.compile(r"\b(\d{2})[-./](\d{2})[-./](\d{4})(?!\d)")


@dataclass(frozen=True)
class Domain:
    """A registered name. `abuse` is the registrar's address for abuse; days as the register gives them."""

    name: str | None = None
    registrar: str | None = None
    abuse: str | None = None
    created: date | None = None
    changed: date | None = None
    expires: date | None = None
    nameservers: tuple[str, ...] = ()


@dataclass(frozen=True)
class Network:
    """A block of IP addresses: its name, who holds it, its abuse contact."""

    range: str | None = None
    name: str | None = None
    holder: str | None = None
    abuse: str | None = None
    country: str | None = None


@dataclass(frozen=True)
class Registered:
    """What was read. Either may be missing."""

    domain: Domain | None = None
    networks: tuple[Network, ...] = ()


def read_pasted(untrusted_text: str) -> Registered:
    """Gives what a pasted RDAP or WHOIS answer holds (several after each other too). Refused when nothing."""
    if len(untrusted_text) > MOST_SIGNS:
        raise Refused(
            words("This is longer than such an answer ever is."),
            words("Paste the answer for one domain or one IP address."),
        )
    found = _from_json(untrusted_text) or _from_whois(untrusted_text)
    if found.domain is None and not found.networks:
        raise Refused(
            words("This does not look like an answer of a register."),
            words("Paste the whole text that a WHOIS or RDAP page shows."),
        )
    return found


def domain_of(data: Mapping[str, Any]) -> Domain | None:
    """Gives what an RDAP answer about a domain holds; None when it is about something else."""
    if data.get("objectClassName") != "domain":
        return None
    registrar = next(_with_role(data, "registrar"), None)
    return Domain(
        name=(_text(data.get("ldhName")) or "").lower() or None,
        registrar=_name_of(registrar),
        abuse=_abuse_of(registrar) or _abuse_of(data),
        created=_event(data, "registration"),
        changed=_event(data, "last changed"),
        expires=_event(data, "expiration"),
        nameservers=tuple(
            name.lower().rstrip(".")
            for one in _list(data.get("nameservers"))
            if (name := _text(one.get("ldhName")))
        ),
    )


def network_of(data: Mapping[str, Any]) -> Network | None:
    """Gives what an RDAP answer about an IP address holds; None when it is about something else."""
    if data.get("objectClassName") != "ip network":
        return None
    holder = next(_with_role(data, "registrant"), None)
    start, end = _text(data.get("startAddress")), _text(data.get("endAddress"))
    return Network(
        range=f"{start} - {end}" if start and end else None,
        name=_text(data.get("name")),
        holder=_name_of(holder) if _kind_of(holder) != "individual" else None,
        abuse=_abuse_of(data),
        country=_text(data.get("country")),
    )


def _from_json(text: str) -> Registered | None:
    start = text.find("{")
    try:
        data, _ = json.JSONDecoder().raw_decode(text, start) if start >= 0 else (None, 0)
    except (ValueError, RecursionError):
        return None
    if not isinstance(data, dict):
        return None
    network = network_of(data)
    return Registered(domain_of(data), (network,) if network else ())


def _list(value: Any) -> list[Mapping[str, Any]]:
    return [one for one in value if isinstance(one, dict)] if isinstance(value, list) else []


def _text(value: Any) -> str | None:
    return value.strip()[:200] or None if isinstance(value, str) else None


def _with_role(data: Mapping[str, Any], role: str, depth: int = 0) -> Iterator[Mapping[str, Any]]:
    """Entities with a role, those inside other entities too."""
    for one in _list(data.get("entities")):
        roles = one.get("roles")
        if isinstance(roles, list) and role in roles:
            yield one
        if depth < 3:
            yield from _with_role(one, role, depth + 1)


def _card(entity: Mapping[str, Any] | None, wanted: str) -> str | None:
    """One property of a vCard (RFC 7095): rows of name, parameters, kind, value."""
    card = (entity or {}).get("vcardArray")
    rows = card[1] if isinstance(card, list) and len(card) > 1 and isinstance(card[1], list) else []
    for row in rows:
        if isinstance(row, list) and len(row) > 3 and row[0] == wanted and _text(row[3]):
            return _text(row[3])
    return None


def _name_of(entity: Mapping[str, Any] | None) -> str | None:
    return _card(entity, "org") or _card(entity, "fn")


def _kind_of(entity: Mapping[str, Any] | None) -> str | None:
    return _card(entity, "kind")


def _abuse_of(data: Mapping[str, Any] | None) -> str | None:
    given = (_card(one, "email") for one in _with_role(data or {}, "abuse"))
    return next((mail for mail in given if mail and _MAIL.fullmatch(mail)), None)


def _event(data: Mapping[str, Any], action: str) -> date | None:
    for one in _list(data.get("events")):
        if one.get("eventAction") == action:
            return _day(str(one.get("eventDate", "")))
    return None


def _day(text: str) -> date | None:
    """`2026-01-31…`, `31.01.2026`; None for what is no day."""
    found, last = _DAY.search(text), _DAY_FIRST.search(text)
    try:
        if found:
            return date(int(found[1]), int(found[2]), int(found[3]))
        return date(int(last[3]), int(last[2]), int(last[1])) if last else None
    except ValueError:
        return None


# WHOIS has no fixed names; these are the ones registries and the five address registries use.
_OF_DOMAIN = {
    "domain name": "name", "domain": "name", "registrar": "registrar", "registrar name": "registrar",
    "sponsoring registrar": "registrar", "registrar abuse contact email": "abuse",
    "creation date": "created", "created": "created", "registered on": "created", "registered": "created",
    "updated date": "changed", "last updated": "changed", "changed": "changed", "last-update": "changed",
    "registry expiry date": "expires", "registrar registration expiration date": "expires",
    "expiry date": "expires", "expires": "expires", "expire": "expires", "paid-till": "expires",
}  # fmt: skip
_OF_NETWORK = {
    "inetnum": "range", "inet6num": "range", "netrange": "range", "netname": "name",
    "orgname": "holder", "org-name": "holder", "organization": "holder", "owner": "holder",
    "orgabuseemail": "abuse", "abuse-mailbox": "abuse", "country": "country",
}  # fmt: skip
_NAMESERVERS = ("name server", "nserver", "nameserver", "name servers", "nameservers")


def _from_whois(text: str) -> Registered:
    domain: dict[str, Any] = {}
    network: dict[str, str] = {}
    servers: list[str] = []
    about_network = re.search(r"(?im)^\s*(?:inetnum|inet6num|netrange)\s*:", text) is not None
    for key, value in _lines(text):
        if about_network and key in _OF_NETWORK:
            network.setdefault(_OF_NETWORK[key], value)
        elif not about_network and key in _NAMESERVERS:
            servers.append(value.split()[0].lower().rstrip("."))
        elif not about_network and key in _OF_DOMAIN:
            domain.setdefault(_OF_DOMAIN[key], value)
    ripe = re.search(r"(?i)abuse contact for .{1,90} is '([^']+)'", text)
    abuse = _mail(ripe.group(1) if ripe else network.get("abuse", ""))
    networks = (replace(Network(**network), abuse=abuse),) if network.get("range") else ()
    return Registered(_domain(domain, tuple(dict.fromkeys(servers))), networks)


def _lines(text: str) -> Iterator[tuple[str, str]]:
    """`Key: value`, and the British way with the value on the line below."""
    lines = [line.strip() for line in text.splitlines()]
    for number, line in enumerate(lines):
        key, colon, value = line.partition(":")
        key = re.sub(r"[.\[\]]+|\s+$", " ", key).strip().lower()
        if not colon or not key or len(key) > 60 or line.startswith(("%", "#", ">")):
            continue
        if not value.strip() and number + 1 < len(lines):
            value = lines[number + 1]
        if value.strip():
            yield key, value.strip()[:200]


def _domain(given: Mapping[str, str], servers: tuple[str, ...]) -> Domain | None:
    if not given.get("registrar") and not servers and "created" not in given:
        return None
    return Domain(
        name=given.get("name", "").lower().split(" ")[0] or None,
        registrar=re.sub(r"\s*\[Tag = .*\]$", "", given.get("registrar", "")) or None,
        abuse=_mail(given.get("abuse", "")),
        created=_day(given.get("created", "")),
        changed=_day(given.get("changed", "")),
        expires=_day(given.get("expires", "")),
        nameservers=servers,
    )


def _mail(text: str) -> str | None:
    found = _MAIL.search(text)
    return found.group() if found else None
