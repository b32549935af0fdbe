"""Who can act on a place: the service, its operator, then search engines, hosts and archives."""

from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache

from amparo.directory.channels import channel_for
from amparo.directory.record import GRADES, Channel, Record
from amparo.directory.records import of_kind, records
from amparo.words import Words, words

ACTING_ROLES = ("online_platform", "hosting_service", "search_engine", "service_provider", "infrastructure")
CARRIERS = ("host", "cdn", "registrar", "payment")
# What a recipient is asked first, when nothing is known yet of the person's situation.
FIRST_RIGHT = {"host": "notice", "cdn": "notice", "registrar": "notice", "payment": "notice"}


@dataclass(frozen=True, slots=True)
class Recipient:
    """Somebody who can act. Without a known door `how` says where to look; `role` is an addressee kind."""

    name: str
    role: str
    channel: Channel | None = None
    address: str | None = None
    languages: tuple[str, ...] = ()
    source: str | None = None
    checked_on: date | None = None
    grade: str | None = None
    slug: str | None = None
    how: Words | None = None


@lru_cache(maxsize=1024)
def of_record(slug: str) -> tuple[Recipient, ...]:
    """Gives who can act on something that lies with this record."""
    one = records()[slug]
    if one.ended:
        successor = records().get(one.successor or "")
        return (*((acting(successor),) if successor else ()), *after())
    if one.kind in ("search_engine", "archive"):
        return (acting(one),)
    own = (acting(one), *_operator(one))
    if one.group == "messenger" and "online_platform" not in one.roles:
        return own  # what is only sent from one person to another stands in no search engine
    carriers = tuple(acting(records()[near]) for near in one.next if near in records())
    return (*own, *_without(search_engines(), own), *carriers, *_without(archives(), own))


def of_unknown(domain: str, *, is_ip: bool) -> tuple[Recipient, ...]:
    """Gives who can act on a site without a record: itself, what she can look up, search, archives."""
    site = Recipient(
        name=domain,
        role="controller",
        how=words(
            "Look at the foot of its page for contact, imprint, abuse or DMCA. "
            "Paid adult sites must link complaints and content removal there."
        ),
    )
    return (site, *_looked_up(is_ip=is_ip), *after())


def of_short_link(domain: str) -> tuple[Recipient, ...]:
    """Gives who runs a short link. It can only switch the link off; the page behind it stays."""
    return (
        Recipient(
            name=domain,
            role="infrastructure",
            how=words("It can switch this link off. Ask whoever runs the page behind it first."),
        ),
    )


def of_mail(mail: str, domain: str, service: Record | None) -> tuple[Recipient, ...]:
    """Gives the owner of a mail address she was given, as somebody who holds data."""
    if service is not None:
        known = next((c for c in service.channels if c.address.lower() == mail.lower()), None)
        if known is not None:
            name = service.operator_name or service.name
            return (_recipient(service, name=name, role="controller", door=known),)
    door = Channel(
        id="given", kind="mail", address=mail, source="as given", checked_on=None, grade="unchecked"
    )
    return (
        Recipient(
            name=domain, role="controller", channel=door, address=mail, source=door.source, grade=door.grade
        ),
    )


def after() -> tuple[Recipient, ...]:
    """Gives who keeps findable what is online anywhere: search engines, then archives."""
    return (*search_engines(), *archives())


@lru_cache(maxsize=1)
def search_engines() -> tuple[Recipient, ...]:
    """Gives the engines with an index of their own; the others show the results of one of these."""
    return _ranked("search_engine")


@lru_cache(maxsize=1)
def archives() -> tuple[Recipient, ...]:
    """Gives the archives that may hold a copy of any public page."""
    return _ranked("archive")


def _ranked(kind: str) -> tuple[Recipient, ...]:
    ranked = [one for one in of_kind(kind) if one.rank and not one.ended]
    return tuple(acting(one) for one in sorted(ranked, key=lambda one: one.rank or 0))


def acting(one: Record) -> Recipient:
    door = channel_for(
        one,
        right=FIRST_RIGHT.get(one.kind, "removal"),
        material="intimate",
        who="person",
        lives_in=None,
    )
    role = next((role for role in ACTING_ROLES if role in one.roles), "infrastructure")
    return _recipient(one, name=one.name, role=role, door=door)


def _operator(one: Record) -> tuple[Recipient, ...]:
    """The company behind, for data protection: by its own record, or by what the service's record says."""
    if one.operator_name is None:
        return ()
    company = records().get(one.operator or "")
    door = channel_for(one, right="erasure", material=None, who="person", lives_in=None)
    if company is not None and (door is None or door.id == "post"):
        door = channel_for(company, right="erasure", material=None, who="person", lives_in=None) or door
    told = _recipient(company or one, name=one.operator_name, role="controller", door=door)
    named_by = one.source_of("operator" if company else "operator_name").grade
    return (replace(told, grade=max(told.grade or named_by, named_by, key=GRADES.index)),)


def _recipient(one: Record, *, name: str, role: str, door: Channel | None) -> Recipient:
    return Recipient(
        name=name,
        role=role,
        channel=door,
        address=door.address if door else None,
        languages=(door.languages if door else ()) or one.languages,
        source=door.source if door else one.source.where,
        checked_on=door.checked_on if door else one.source.checked_on,
        grade=door.grade if door else one.source.grade,
        slug=one.slug,
        how=None if door else _no_door(),
    )


def _no_door() -> Words:
    return words("No door is known yet. Look at the foot of its page for contact or imprint.")


def _looked_up(*, is_ip: bool) -> tuple[Recipient, ...]:
    """What only a look-up can tell. We make none: it would tell a third party what she is looking at."""
    host = Recipient(
        name="host or CDN",
        role="infrastructure",
        how=words(
            "Look its address up at https://lookup.icann.org or https://rdap.org. "
            "The company named there has an abuse address."
        ),
    )
    registrar = Recipient(
        name="registrar",
        role="infrastructure",
        how=words(
            "The same look-up names the registrar. It can only switch off the whole site: the last step."
        ),
    )
    return (host,) if is_ip else (host, registrar)


def _without(some: tuple[Recipient, ...], others: tuple[Recipient, ...]) -> tuple[Recipient, ...]:
    slugs = {other.slug for other in others}
    return tuple(one for one in some if one.slug not in slugs)
