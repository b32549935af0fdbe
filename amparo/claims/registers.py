"""Who carries an unknown site: asked of the public registers when she says so, or read from what she pastes.

Every answer keeps where and when it was asked, so that a letter can name its ground.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime

from amparo.directory import ladder
from amparo.directory.addresses import address
from amparo.directory.lookup import Found, who
from amparo.directory.recipients import Recipient
from amparo.directory.records import records
from amparo.directory.registration import Domain, Network, domain_of, network_of, read_pasted
from amparo.errors import Refused
from amparo.law.situation import Carrier
from amparo.net import registries
from amparo.net.fetching import Allowance
from amparo.net.registries import LookedUp
from amparo.net.short_links import leads_to
from amparo.words import Words, words

__all__ = ["PRICE", "PRICE_SHORT", "Ladder", "Rung", "carriers", "found_with", "leads_to", "look_up", "read"]
PASTED = "as pasted"
PRICE = words(
    "We ask the public registers from this connection. They, and your network, see the name of the site."
)
PRICE_SHORT = words("We open the link from this connection. Its owner sees a visit.")


@dataclass(frozen=True)
class Rung:
    """One carrier: `kind` is network or registrar, asked at `source` at the moment `at`."""

    recipient: Recipient
    kind: str
    source: str
    at: datetime


@dataclass(frozen=True)
class Ladder:
    """Who carries a site, nearest first. `asked` is (address asked, when) of each answer."""

    rungs: tuple[Rung, ...]
    asked: tuple[tuple[str, datetime], ...]
    domain: Domain | None = None
    networks: tuple[Network, ...] = ()
    failed: tuple[Words, ...] = ()

    @property
    def recipients(self) -> tuple[Recipient, ...]:
        """Gives who can be written to."""
        return tuple(rung.recipient for rung in self.rungs)


def look_up(
    url: str, *, ask: registries.Ask = registries.rdap, allowance: Allowance | None = None, **how: object
) -> Ladder:
    """Asks the registers about one address. Refused for an address that only exists inside one network."""
    place = address(url)
    if place.inside_only or place.host.endswith(".onion"):
        raise Refused(
            words("No public register knows this address."), words("Ask whoever runs that network.")
        )
    got = registries.look_up(place.host, place.domain, ask=ask, allowance=allowance, **how)  # type: ignore[arg-type]  # handed on
    return of_answers(got)


def of_answers(got: LookedUp) -> Ladder:
    """Gives the ladder from what the registers answered."""
    networks = [(asked, one) for asked in got.networks if (one := network_of(asked.data)) is not None]
    rungs = [_network(one, asked.source, asked.at) for asked, one in networks]
    domain = domain_of(got.domain.data) if got.domain else None
    if got.domain is not None and domain is not None:
        rungs.append(_registrar(domain, got.domain.source, got.domain.at))
    answers = (*got.networks, *((got.domain,) if got.domain else ()))
    return Ladder(
        rungs=_each_once(rungs),
        asked=tuple((one.source, one.at) for one in answers),
        domain=domain,
        networks=tuple(one for _, one in networks),
        failed=got.failed,
    )


def read(pasted: str, *, now: datetime) -> Ladder:
    """Gives the ladder from an answer she looked up herself and pasted."""
    found = read_pasted(pasted)
    rungs = [_network(one, PASTED, now) for one in found.networks]
    if found.domain is not None:
        rungs.append(_registrar(found.domain, PASTED, now))
    return Ladder(_each_once(rungs), ((PASTED, now),), found.domain, found.networks)


def found_with(url: str, got: Ladder) -> Found:
    """Gives what `who` says of an address, with the carriers the registers named in place of how to look."""
    found = who(url)
    known = {one.slug for one in found.recipients if one.slug}
    told: list[Recipient] = []
    for one in found.recipients:
        named = [rung.recipient for rung in got.rungs if rung.kind == _asks_for(one)]
        told += [new for new in named if new.slug is None or new.slug not in known] if named else [one]
    return replace(found, recipients=tuple(told))


def carriers(url: str, got: Ladder) -> tuple[Carrier, ...]:
    """Gives what a situation keeps of a look-up: who carries the site, from where that is known, and when."""
    domain = address(url).domain
    return tuple(
        Carrier(
            domain=domain,
            kind=rung.kind,
            name=rung.recipient.name[:200],
            source=rung.source[:500],
            at=rung.at.isoformat(),
            mail=rung.recipient.address if rung.recipient.slug not in records() else None,
            slug=rung.recipient.slug,
        )
        for rung in got.rungs
    )


def _asks_for(one: Recipient) -> str | None:
    """What a recipient that only says how to look would be: see recipients.of_unknown."""
    return {"host or CDN": "network", "registrar": "registrar"}.get(one.name)


def _network(one: Network, source: str, at: datetime) -> Rung | None:
    found = ladder.of_network(one, source=source, on=at.date())
    return Rung(found, "network", source, at) if found else None


def _registrar(one: Domain, source: str, at: datetime) -> Rung | None:
    found = ladder.of_registrar(one, source=source, on=at.date())
    return Rung(found, "registrar", source, at) if found else None


def _each_once(rungs: Iterable[Rung | None]) -> tuple[Rung, ...]:
    once: dict[str, Rung] = {}
    for rung in rungs:
        if rung is not None:
            once.setdefault(rung.recipient.slug or rung.recipient.name, rung)
    return tuple(once.values())
