"""From an address to who runs it and who else can act. Nothing is fetched; only the records are read."""

import re
from dataclasses import dataclass
from functools import lru_cache
from urllib.parse import parse_qs

import yaml

from amparo.directory import recipients
from amparo.directory.addresses import Address, address
from amparo.directory.recipients import Recipient
from amparo.directory.record import Record
from amparo.directory.records import HOME, records
from amparo.errors import Refused
from amparo.words import Words, words

NESTED = 3  # an archived copy of an archived copy of a page; deeper is no honest address
NOT_PEOPLE = ("www", "m", "help", "support", "about", "blog", "api", "static", "assets")
# Where a service keeps people at its root (/name), these are pages of its own.
OWN_PAGES = re.compile(
    r"^/(?:about|explore|hashtag|help|home|i|login|privacy|search|settings|terms|watch|.+\.php)/?$"
)
_MEDIA = re.compile(r"\.(?:jpe?g|png|gif|webp|avif|heic|bmp|mp4|webm|mov|mkv|avi|m4v|m3u8|mp3|ts)$", re.I)
_WRITTEN_INSIDE = re.compile(r"https?:/{1,2}(?=[^/])", re.I)
# web.archive.org/web/2020*/site.example/ and archive.ph/2020.01.02-030405/site.example/ leave the scheme out.
_AFTER_A_DATE = re.compile(r"^/(?:web/)?(?:\d{4}[\d.-]*(?:[a-z]{2}_)?\*?|\*|newest|oldest)/(.+)$")


@dataclass(frozen=True, slots=True)
class Found:
    """What an address is and who can act, in order. `original` is the page that a copy or result shows.

    kind: page, media, profile, search_result, archive_copy, short_link or address (e-mail).
    `domain` is registrable, or an IP address. `service` is the record it lies with, if there is one.
    """

    url: str
    kind: str
    domain: str
    service: Record | None
    operator: str | None
    recipients: tuple[Recipient, ...]
    original: "Found | None" = None
    notes: tuple[Words, ...] = ()


def who(url: str) -> Found:
    """Gives who runs an address and who else can act on it; Refused when it is none (addresses.address)."""
    return _found(address(url), depth=0)


def service_of(host: str) -> Record | None:
    """Gives the record a host belongs to, by the longest domain that ends it; ended ones too."""
    slug = _by_domain().get(_known_part(host))
    return records()[slug] if slug else None


def _found(place: Address, *, depth: int) -> Found:
    service = service_of(place.host)
    if place.mail is not None:
        return _answer(place, "address", service, recipients.of_mail(place.mail, place.domain, service))
    if _is_short(place):
        note = words("This short link hides another address. Open it yourself and give us where it leads.")
        return _answer(place, "short_link", service, recipients.of_short_link(place.domain), notes=(note,))
    original = _original(place, service, depth=depth)
    if service is None:
        given = recipients.of_unknown(place.domain, is_ip=place.is_ip)
    else:
        given = recipients.of_record(service.slug)
    if original is not None:
        given = _joined(given, original.recipients)
    notes = _notes(place, service, original)
    return _answer(place, _kind(place, service), service, given, original=original, notes=notes)


def _answer(
    place: Address,
    kind: str,
    service: Record | None,
    given: tuple[Recipient, ...],
    *,
    original: Found | None = None,
    notes: tuple[Words, ...] = (),
) -> Found:
    operator = service.operator_name if service else None
    return Found(place.url, kind, place.domain, service, operator, given, original, notes)


@lru_cache(maxsize=1)
def _by_domain() -> dict[str, str]:
    known: dict[str, str] = {}
    for slug, one in records().items():
        for domain in (*one.domains, *one.media_domains, *one.short_domains):
            known.setdefault(domain, slug)
    return known


@lru_cache(maxsize=1)
def _short_domains() -> frozenset[str]:
    listed = yaml.safe_load((HOME / "short_links.yaml").read_text("utf-8"))
    return frozenset(listed).union(*(one.short_domains for one in records().values()))


def _known_part(host: str) -> str:
    """Gives the longest end of a host, at a dot, that a record names; the host itself when none does."""
    known, part = _by_domain(), host
    while part not in known and "." in part:
        part = part.partition(".")[2]
    return part if part in known else host


def _is_short(place: Address) -> bool:
    return place.path not in ("", "/") and not _short_domains().isdisjoint((place.domain, place.host))


def _kind(place: Address, service: Record | None) -> str:
    if service is not None and service.kind == "archive" and place.path not in ("", "/"):
        return "archive_copy"
    if _MEDIA.search(place.path) or (service is not None and _ends_in(place.host, service.media_domains)):
        return "media"
    if service is None:
        return "page"
    if service.kind == "search_engine" and _fits(place.path, service.search_paths):
        return "search_result"
    return "profile" if _is_profile(place, service) else "page"


def _is_profile(place: Address, service: Record) -> bool:
    domain = _known_part(place.host)
    if not OWN_PAGES.match(place.path) and (
        _fits(place.path, service.profile_paths) or _fits(domain + place.path, service.profile_paths)
    ):
        return True
    below = place.host.removesuffix(domain).rstrip(".")
    return service.people_subdomains and place.path in ("", "/") and below not in ("", *NOT_PEOPLE)


def _fits(path: str, patterns: tuple[str, ...]) -> bool:
    return any(_pattern(one).match(path) for one in patterns)


@lru_cache(maxsize=512)
def _pattern(path: str) -> re.Pattern[str]:
    return re.compile("^" + re.escape(path.rstrip("/")).replace(r"\*", "[^/]+") + "/?$")


def _ends_in(host: str, domains: tuple[str, ...]) -> bool:
    return any(host == one or host.endswith("." + one) for one in domains)


def _original(place: Address, service: Record | None, *, depth: int) -> Found | None:
    """The page that an archived copy or a search result shows, when its address is written in the link."""
    if service is None or depth >= NESTED:
        return None
    written = _in_archive(place) if service.kind == "archive" else _in_query(place, service.target_params)
    if written is None:
        return None
    try:
        return _found(address(written), depth=depth + 1)
    except Refused:
        return None


def _in_archive(place: Address) -> str | None:
    rest = (
        place.path
        + (f"?{place.query}" if place.query else "")
        + (f"#{place.fragment}" if place.fragment else "")
    )
    written = _WRITTEN_INSIDE.search(rest)
    if written:
        return rest[written.start() :]
    dated = _AFTER_A_DATE.match(rest)
    return dated.group(1) if dated else None


def _in_query(place: Address, names: tuple[str, ...]) -> str | None:
    if not names or not place.query:
        return None
    given = parse_qs(place.query, max_num_fields=100)
    values = (value for name in names for value in given.get(name, ()))
    return next((value for value in values if _WRITTEN_INSIDE.match(value)), None)


def _joined(first: tuple[Recipient, ...], then: tuple[Recipient, ...]) -> tuple[Recipient, ...]:
    """One list, each recipient once, in the order of the first mention."""
    each: dict[tuple[str, str], Recipient] = {}
    for one in (*first, *then):
        each.setdefault((one.slug or one.name, one.role), one)
    return tuple(each.values())


def _notes(place: Address, service: Record | None, original: Found | None) -> tuple[Words, ...]:
    notes: list[Words] = []
    if place.host.endswith(".onion"):
        notes.append(words("This is an onion address. Nobody can look up who hosts it."))
    if place.inside_only:
        notes.append(
            words(
                "This address only exists inside one network or machine. Who runs that network can act on it."
            )
        )
    if service is None:
        return tuple(notes)
    if service.ended:
        notes.append(words("{name} has ended. Copies of what was there may be elsewhere.", name=service.name))
    if _known_part(place.host) in service.unchecked_domains:
        notes.append(words("We have not confirmed that this address belongs to {name}.", name=service.name))
    if service.kind == "archive" and original is None and place.path not in ("", "/"):
        notes.append(words("The link does not show which page was copied. Give us that address too."))
    return tuple(notes)
