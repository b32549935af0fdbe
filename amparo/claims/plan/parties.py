"""Places → who can act on them, each party once with all its places."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

from amparo.directory.lookup import Found, who
from amparo.directory.record import Channel, Record
from amparo.directory.records import records
from amparo.law.addressee import Addressee
from amparo.law.places import within
from amparo.law.situation import Carrier, Situation
from amparo.words import Words

# What somebody is taken for about whom no record tells anything.
_A_SITE = frozenset({"controller", "hosting_service", "service_provider", "covered_platform", "user_to_user"})
_A_HOLDER = frozenset({"controller"})
_A_LINK = frozenset({"infrastructure"})
_SHOWS_A_PAGE = ("search_result", "cached_copy")  # the page behind it is asked too


@dataclass(frozen=True)
class Party:
    """One recipient with every place it can act on. `given` is the mail address she herself gave.

    `seat` is None where the company known to us does not answer for people where she lives.
    """

    key: str
    slug: str | None
    name: str
    role: str
    places: tuple[str, ...]
    kinds: frozenset[str]
    record: Record | None = None
    given: Channel | None = None
    how: Words | None = None
    operator: str | None = None
    seat: str | None = None

    @property
    def addressee(self) -> Addressee:
        """Gives the party as the law sees it."""
        if self.record is None:
            return Addressee(self.kinds)
        one = self.record
        small = False if one.dsa == "vlop" else one.small  # a very large platform is never exempt (DSA 19(2))
        return Addressee(self.kinds, self.seat, frozenset(one.offered_in), small)


def look_up(places: Iterable[str]) -> tuple[Found, ...]:
    """Gives what each place is and who can act on it; a link that only leads out counts as where it leads."""
    return tuple(_meant(who(place)) for place in places)


def sites(found: Iterable[Found], situation: Situation, *, with_engines: bool = False) -> tuple[Party, ...]:
    """Gives who runs each place, once, in the order of the places; of a search result, its page.

    A search engine is no site: `engines` gives it with all pages it may lead to. `with_engines` counts its
    page as a place like others, where nobody is asked to unlink anything.
    """
    parties: dict[str, Party] = {}
    for one in found:
        for place in (one, one.original) if one.kind in _SHOWS_A_PAGE else (one,):
            if place is not None and (with_engines or not _is_engine(place)):
                _add(parties, _site(place, situation))
    return tuple(parties.values())


def operators(parties: Iterable[Party]) -> tuple[Party, ...]:
    """Gives who answers for personal data: the company behind, once for all its sites."""
    companies: dict[str, Party] = {}
    for party in parties:
        _add(companies, _company(party))
    return tuple(companies.values())


def engines(found: Iterable[Found], situation: Situation) -> tuple[Party, ...]:
    """Gives the search engines that may lead to the pages, each with all of them."""
    engines: dict[str, Party] = {}
    for one in found:
        if one.kind in ("address", "short_link", "archive_copy"):
            continue
        for recipient in one.recipients:
            record = records().get(recipient.slug or "")
            if record is not None and record.kind == "search_engine":
                _add(engines, _of_record(record, one.url, situation.lives_in))
    return tuple(engines.values())


def carriers(parties: Iterable[Party], situation: Situation) -> tuple[Party, ...]:
    """Gives the known hosts, CDNs and registrars behind the sites, each with the places it carries."""
    return _behind(parties, ("host", "cdn", "registrar"), situation)


def payment(parties: Iterable[Party], situation: Situation) -> tuple[Party, ...]:
    """Gives the known payment firms behind the sites, each with the places it stands behind."""
    return _behind(parties, ("payment",), situation)


def authority_party(record: Record, places: tuple[str, ...]) -> Party:
    """Gives an authority or an independent body as a recipient."""
    kinds = frozenset({"authority"})
    return Party(
        record.slug,
        record.slug,
        record.name,
        "authority",
        places,
        kinds,
        record,
        seat=record.seat or record.place,
    )


def _behind(parties: Iterable[Party], kinds: tuple[str, ...], situation: Situation) -> tuple[Party, ...]:
    behind: dict[str, Party] = {}
    for party in parties:
        for slug in party.record.next if party.record else ():
            record = records().get(slug)
            if record is not None and record.kind in kinds and record.ended is None:
                for place in party.places:
                    _add(behind, _of_record(record, place, situation.lives_in))
    return tuple(behind.values())


def learnt(sites: Iterable[Party], situation: Situation, kind: str) -> dict[str, tuple[Party, Carrier]]:
    """Gives who carries the sites without a record, as the registers said: by the carrier's name."""
    carried: dict[str, Party] = {}
    known: dict[str, Carrier] = {}
    for site in sites:
        for one in situation.carriers:
            if site.record is None and one.domain == site.key and one.kind == kind:
                for place in site.places:
                    _add(carried, _of_carrier(one, place, situation.lives_in))
                known.setdefault(one.slug if one.slug and one.slug in records() else one.name, one)
    return {key: (party, known[key]) for key, party in carried.items()}


def _of_carrier(one: Carrier, place: str, lives_in: str | None) -> Party:
    record = records().get(one.slug or "")
    if record is not None:
        return _of_record(record, place, lives_in)
    door = None
    if one.mail is not None:
        door = Channel(
            id="register", kind="mail", address=one.mail, source=one.source,
            checked_on=date.fromisoformat(one.at[:10]), grade="primary",
        )  # fmt: skip
    return Party(one.name, None, one.name, "infrastructure", (place,), _A_LINK, given=door)


def _meant(found: Found) -> Found:
    return found.original if found.kind == "short_link" and found.original is not None else found


def _is_engine(found: Found) -> bool:
    return found.service is not None and found.service.kind == "search_engine"


def _add(parties: dict[str, Party], new: Party) -> None:
    known = parties.get(new.key)
    if known is None:
        parties[new.key] = new
        return
    places = tuple(dict.fromkeys((*known.places, *new.places)))
    parties[new.key] = replace(known, places=places, given=known.given or new.given)


def _site(found: Found, situation: Situation) -> Party:
    service = found.service
    given = found.recipients[0].channel if found.kind == "address" else None
    if service is not None and service.ended and service.successor in records():
        service = records()[service.successor or ""]
    if service is not None:
        return replace(_of_record(service, found.url, situation.lives_in), given=given)
    first = found.recipients[0]
    holder = found.kind == "address" or situation.role == "worker" or situation.relation in (
        "employer", "recruiter", "controller",
    )  # fmt: skip
    kinds = _A_LINK if found.kind == "short_link" else _A_HOLDER if holder else _A_SITE
    return Party(found.domain, None, first.name, first.role, (found.url,), kinds, given=given, how=first.how)


def _of_record(record: Record, place: str, lives_in: str | None) -> Party:
    role = next(iter(record.roles), "controller")
    return Party(
        key=record.slug,
        slug=record.slug,
        name=record.name,
        role=role,
        places=(place,),
        kinds=frozenset(record.roles),
        record=record,
        operator=record.operator or record.operator_name,
        seat=record.seat if _answers(record, lives_in) else None,
    )


def _answers(record: Record, lives_in: str | None) -> bool:
    """Says whether the company at the seat answers for people where she lives; skipped: not known."""
    return not record.answers_for or within(lives_in, record.answers_for) is True


def _company(party: Party) -> Party:
    """Gives the company behind a site as holder of personal data; the site itself where none is known."""
    record = party.record
    if party.kinds == _A_LINK:
        return party
    if record is None or party.operator is None:
        return replace(party, role="controller", kinds=party.kinds | {"controller"})
    company = records().get(record.operator or "")
    known = record.operator_name or (company.name if company else record.name)
    elsewhere = bool(record.answers_for) and party.seat is None  # a sister company of which we know no name
    return replace(
        party,
        key=party.operator,
        slug=company.slug if company else record.slug,
        name=record.name if elsewhere else known,
        role="controller",
        kinds=party.kinds | {"controller"},
    )
