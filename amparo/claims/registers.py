"""Who carries an unknown site: asked of the public registers when she says so, or read from what she pastes.

Every answer keeps where and when it was asked, so that a letter can name its ground.
"""

from dataclasses import dataclass, replace
from datetime import datetime

from amparo.directory import ladder
from amparo.directory.addresses import address
from amparo.directory.lookup import Found, who
from amparo.directory.recipients import Recipient
from amparo.directory.registration import Domain, Network, domain_of, network_of, read_pasted
from amparo.errors import Refused
from amparo.net import registries
from amparo.net.registries import LookedUp
from amparo.words import Words, words

PASTED = "as pasted"
PRICE = words(
    "We ask the public registers from this connection. They, and your network, see the name of the site."
)


@dataclass(frozen=True)
class Ladder:
    """Who carries a site, nearest first. `asked` is (address asked, when) of each answer."""

    domain: Domain | None
    networks: tuple[Network, ...]
    recipients: tuple[Recipient, ...]
    asked: tuple[tuple[str, datetime], ...]
    failed: tuple[Words, ...] = ()


def look_up(url: str, *, ask: registries.Ask = registries.rdap, **how: object) -> Ladder:
    """Asks the registers about one address. Refused for an address that only exists inside one network."""
    place = address(url)
    if place.inside_only or place.host.endswith(".onion"):
        raise Refused(
            words("No public register knows this address."),
            words("Ask whoever runs that network."),
        )
    return of_answers(registries.look_up(place.host, place.domain, ask=ask, **how))  # type: ignore[arg-type]  # handed on


def of_answers(got: LookedUp) -> Ladder:
    """Gives the ladder from what the registers answered."""
    domain = domain_of(got.domain.data) if got.domain else None
    networks = [(one, found) for one in got.networks if (found := network_of(one.data)) is not None]
    steps = [ladder.of_network(found, source=one.source, on=one.at.date()) for one, found in networks]
    if got.domain is not None and domain is not None:
        steps.append(ladder.of_registrar(domain, source=got.domain.source, on=got.domain.at.date()))
    answers = (*got.networks, *((got.domain,) if got.domain else ()))
    return Ladder(
        domain=domain,
        networks=tuple(found for _, found in networks),
        recipients=_each_once(steps),
        asked=tuple((one.source, one.at) for one in answers),
        failed=got.failed,
    )


def read(pasted: str, *, now: datetime) -> Ladder:
    """Gives the ladder from an answer she looked up herself and pasted."""
    found = read_pasted(pasted)
    steps = [ladder.of_network(one, source=PASTED, on=now.date()) for one in found.networks]
    if found.domain is not None:
        steps.append(ladder.of_registrar(found.domain, source=PASTED, on=now.date()))
    return Ladder(found.domain, found.networks, _each_once(steps), ((PASTED, now),))


def found_with(url: str, got: Ladder) -> Found:
    """Gives what `who` says of an address, with the carriers the registers named in place of how to look."""
    found = who(url)
    if not got.recipients:
        return found
    open_ones = [one for one in found.recipients if one.slug or one.role != "infrastructure"]
    site, rest = open_ones[:1], open_ones[1:]
    known = {one.slug for one in open_ones if one.slug}
    new = [one for one in got.recipients if one.slug not in known or one.slug is None]
    return replace(found, recipients=(*site, *new, *rest))


def _each_once(steps: list[Recipient | None]) -> tuple[Recipient, ...]:
    return tuple({(one.slug or one.name): one for one in reversed(steps) if one is not None}.values())[::-1]
