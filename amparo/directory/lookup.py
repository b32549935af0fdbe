"""From an address to who runs it and who else can act. Nothing is fetched; only the records are read."""

from dataclasses import dataclass

from amparo.directory import hosts, recipients
from amparo.directory.addresses import Address, address
from amparo.directory.copies import written_in
from amparo.directory.hosts import Host
from amparo.directory.lookalikes import looks_like
from amparo.directory.recipients import Recipient
from amparo.directory.record import Record
from amparo.directory.records import records
from amparo.errors import Refused
from amparo.words import Words, words

NESTED = 3  # an archived copy of an archived copy of a page; deeper is no honest address


@dataclass(frozen=True, slots=True)
class Found:
    """What an address is and who can act, in order. `original` is the page that a copy or result shows.

    kind: page, post, media, profile, search_result, cached_copy, archive_copy, short_link, address (mail).
    `domain` is registrable, or an IP address. `service` is the record it lies with, if there is one.
    `looks_like` is the slug of a service whose name this one resembles; it is never who is asked.
    """

    url: str
    kind: str
    domain: str
    service: Record | None
    operator: str | None
    recipients: tuple[Recipient, ...]
    original: "Found | None" = None
    notes: tuple[Words, ...] = ()
    looks_like: str | None = None


def who(url: str) -> Found:
    """Gives who runs an address and who else can act on it; Refused when it is none (addresses.address)."""
    return _found(address(url), depth=0)


def service_of(host: str) -> Record | None:
    """Gives the record a host belongs to, by the longest domain that ends it; ended ones too."""
    slug = hosts.host(host).slug
    return records()[slug] if slug else None


def _found(place: Address, *, depth: int) -> Found:
    known = hosts.of_address(place)
    service = records()[known.slug] if known.slug else None
    if place.mail is not None:
        return _answer(place, "address", service, recipients.of_mail(place.mail, place.domain, service))
    kind = known.kind(place.path)
    original = _original(place, service, depth=depth)
    if kind == "short_link":
        return _of_short_link(place, service, original)
    if service is None:
        given = recipients.of_unknown(place.domain, is_ip=place.is_ip)
    else:
        given = recipients.of_record(service.slug)
    if original is not None:
        given = _joined(given, original.recipients)
    alike = None if service or place.is_ip else looks_like(place.host, place.domain)
    notes = _notes(place, known, service, original, alike)
    return _answer(place, kind, service, given, original=original, notes=notes, alike=alike)


def _of_short_link(place: Address, service: Record | None, original: Found | None) -> Found:
    """A link that says where it leads counts as that page; one that hides it is left unopened."""
    if original is not None:
        return _answer(place, "short_link", service, original.recipients, original=original)
    note = words("This short link hides another address. Open it yourself and give us where it leads.")
    return _answer(place, "short_link", service, recipients.of_short_link(place.domain), notes=(note,))


def _answer(
    place: Address,
    kind: str,
    service: Record | None,
    given: tuple[Recipient, ...],
    *,
    original: Found | None = None,
    notes: tuple[Words, ...] = (),
    alike: str | None = None,
) -> Found:
    operator = service.operator_name if service else None
    return Found(place.url, kind, place.domain, service, operator, given, original, notes, alike)


def _original(place: Address, service: Record | None, *, depth: int) -> Found | None:
    """The page that an archived copy or a search result shows, when its address is written in the link."""
    if depth >= NESTED:
        return None
    written = written_in(place, service)
    if written is None:
        return None
    try:
        return _found(address(written), depth=depth + 1)
    except Refused:
        return None


def _joined(first: tuple[Recipient, ...], then: tuple[Recipient, ...]) -> tuple[Recipient, ...]:
    """One list, each recipient once, in the order of the first mention."""
    each: dict[tuple[str, str], Recipient] = {}
    for one in (*first, *then):
        each.setdefault((one.slug or one.name, one.role), one)
    return tuple(each.values())


def _notes(
    place: Address, known: Host, service: Record | None, original: Found | None, alike: str | None
) -> tuple[Words, ...]:
    notes: list[Words] = []
    if place.host.endswith(".onion"):
        notes.append(words("This is an onion address. Nobody can look up who hosts it."))
    if place.inside_only:
        notes.append(
            words(
                "This address only exists inside one network or machine. Who runs that network can act on it."
            )
        )
    if alike is not None:
        notes.append(
            words(
                "This looks like {name}, but it is no address of theirs that we know. Others may run it.",
                name=records()[alike].name,
            )
        )
    if service is not None:
        notes += _of_service(place, known, service, original)
    return tuple(notes)


def _of_service(place: Address, known: Host, service: Record, original: Found | None) -> list[Words]:
    notes: list[Words] = []
    if service.ended:
        notes.append(words("{name} has ended. Copies of what was there may be elsewhere.", name=service.name))
    if known.part in service.unchecked_domains:
        notes.append(words("We have not confirmed that this address belongs to {name}.", name=service.name))
    if service.kind == "archive" and original is None and place.path not in ("", "/"):
        notes.append(words("The link does not show which page was copied. Give us that address too."))
    return notes
