"""A public page for each service: how to ask it for what, through which door, how long it may take.

Each page is made from the slug, the reader's place and the language alone, so that a static copy is the same.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import lru_cache

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.views.decorators.http import require_safe

from amparo.claims import service_sheet
from amparo.claims.service_sheet import PLACES, Sheet
from amparo.directory.channels import APPEAL_DESK, DATA_DESK, REMOVAL_DESK
from amparo.directory.lookup import who
from amparo.directory.record import Channel, Record, Source
from amparo.directory.records import of_kind, records
from amparo.errors import Refused
from amparo.web.clock import now
from amparo.web.headers import public
from amparo.web.helping import GRADES
from amparo.witness.record import published
from amparo.words import Words, words

MOST_FOUND = 60
GROUPS: Mapping[str, Words] = {
    "tube": words("Video sites"),
    "cam": words("Cam sites"),
    "fan": words("Fan and clip sites"),
    "board": words("Boards and leak sites"),
    "escort": words("Escort advertisements"),
    "dating": words("Dating"),
    "social": words("Social networks"),
    "messenger": words("Messengers"),
    "face_search": words("Face search"),
    "people_search": words("People search"),
    "file_host": words("Hosts of files and pictures"),
    "paste": words("Hosts of texts"),
    "app_store": words("App stores"),
    "search_engine": words("Search engines"),
    "archive": words("Archives"),
    "host": words("Hosting companies"),
    "cdn": words("Delivery networks"),
    "registrar": words("Registrars"),
    "payment": words("Payment companies"),
    "operator": words("Companies behind sites"),
    "other": words("Other services"),
}
PLACE_NAMES: Mapping[str, Words] = {
    "eu": words("European Union"),
    "gb": words("United Kingdom"),
    "us": words("United States"),
    "au": words("Australia"),
    "in": words("India"),
    "br": words("Brazil"),
    "other": words("Elsewhere"),
}
DOOR_KINDS: Mapping[str, Words] = {
    "mail": words("Mail"),
    "form": words("Form"),
    "post": words("Letter by post"),
    "in_app": words("Inside the app"),
    "phone": words("Telephone"),
}
FOR_WHO: Mapping[str, Words] = {
    "person": words("only for the person shown"),
    "organisation": words("for organisations"),
    "trusted_flagger": words("for trusted flaggers"),
    "lawyer": words("for lawyers"),
}
_DESKS = (
    (frozenset({"under_18_route"}), words("Pictures of someone under 18")),
    (frozenset({"delisting"}), words("Search results")),
    (REMOVAL_DESK, words("Take something down")),
    (DATA_DESK, words("Your data")),
    (APPEAL_DESK, words("Contest a decision")),
    (frozenset({"copyright"}), words("Copyright")),
)
_ANYTHING = words("Anything")


@dataclass(frozen=True)
class Door:
    """One door as the list shows it: what it is for, and how firm it is."""

    channel: Channel
    kind: Words
    serves: tuple[Words, ...]
    asked_by: tuple[Words, ...]
    grade: Words


@dataclass(frozen=True)
class Group:
    """The services of one kind."""

    key: str
    name: Words
    records: tuple[Record, ...]


@lru_cache(maxsize=1)
def groups() -> tuple[Group, ...]:
    """Gives every service by what kind of service it is, each kind by name; ended ones are left out."""
    found: dict[str, list[Record]] = {}
    for kind in service_sheet.KINDS:
        for one in of_kind(kind):
            if one.ended is None:
                found.setdefault(_group_of(one), []).append(one)
    return tuple(
        Group(key, name, tuple(sorted(found[key], key=lambda one: one.name.lower())))
        for key, name in GROUPS.items()
        if key in found
    )


def has_page(one: Record) -> bool:
    """Says whether a record has a page here: authorities and helpers have their own."""
    return one.kind in service_sheet.KINDS


@require_safe
@public
def index(request: HttpRequest, lang: str, group: str | None = None) -> HttpResponse:
    """The kinds of services, one kind, or what a search finds; a search is answered without being kept."""
    shown = next((one for one in groups() if one.key == group), None)
    if group is not None and shown is None:
        raise Http404
    sought = request.GET.get("q", "").strip()[:200] if group is None else ""
    return render(
        request,
        "services/index.html",
        {
            "groups": groups(),
            "group": shown,
            "sought": sought,
            "found": search(sought) if sought else (),
            "count": sum(len(one.records) for one in groups()),
        },
    )


def search(sought: str) -> tuple[Record, ...]:
    """Gives the services an address belongs to, or whose name or domain holds the text; ended ones too."""
    try:
        by_address = who(sought).service
    except Refused:
        by_address = None
    if by_address is not None and has_page(by_address):
        return (by_address,)
    wanted = sought.lower()
    named = (one for one in records().values() if has_page(one) and _is_named(one, wanted))
    return tuple(sorted(named, key=lambda one: (not one.name.lower().startswith(wanted), one.name)))[
        :MOST_FOUND
    ]


@require_safe
@public
def page(request: HttpRequest, lang: str, slug: str, place: str = "eu") -> HttpResponse:
    """One service, by the law of one place."""
    if slug not in records() or not has_page(records()[slug]) or place not in PLACES:
        raise Http404
    return HttpResponse(
        render_to_string("services/page.html", context(slug, place, lang, on=now(request).date()), request)
    )


def context(slug: str, place: str, lang: str, *, on: date) -> dict[str, object]:
    """Gives all that the page of a service shows; nothing of it depends on who reads."""
    sheet = _sheet(slug, place, lang, on)
    one = sheet.record
    programme = records().get("take-it-down")  # takes fingerprints of such pictures from everywhere
    under_18 = (*one.channels, *(programme.channels if programme else ()))
    return {
        "sheet": sheet,
        "record": one,
        "group": next((name for key, name in GROUPS.items() if key == _group_of(one)), None),
        "group_key": _group_of(one),
        "places": [(key, name, key == place) for key, name in PLACE_NAMES.items()],
        "place": place,
        "asks": [
            (about, [ask for ask in sheet.asks if ask.about == about]) for about in ("pictures", "data")
        ],
        "under_18": next((one for one in under_18 if "under_18_route" in one.for_rights), None),
        "doors": [_door(channel) for channel in one.channels],
        "own_rules": one.own_rules,
        "moderated": slug in published().platforms,
        "sources": _sources(one),
        "successor": records().get(one.successor or ""),
        "operator": one.operator if one.operator in records() else None,
        "grades": GRADES,
    }


@lru_cache(maxsize=512)
def _sheet(slug: str, place: str, lang: str, on: date) -> Sheet:
    moment = datetime(on.year, on.month, on.day, 12, tzinfo=UTC)
    return service_sheet.sheet(slug, place, language=lang, now=moment)


def _group_of(one: Record) -> str:
    if one.kind == "service":
        return one.group if one.group is not None and one.group in GROUPS else "other"
    return one.kind


def _is_named(one: Record, wanted: str) -> bool:
    named = (one.name, one.slug, one.operator_name or "", *one.domains)
    return any(wanted in name.lower() for name in named)


def _door(channel: Channel) -> Door:
    rights = frozenset(channel.for_rights)
    return Door(
        channel=channel,
        kind=DOOR_KINDS[channel.kind],
        serves=tuple(name for desk, name in _DESKS if rights & desk) or (_ANYTHING,),
        asked_by=tuple(FOR_WHO[one] for one in channel.for_who),
        grade=GRADES[channel.grade],
    )


def _sources(one: Record) -> tuple[Source, ...]:
    """Gives where the facts were read, each place once, newest first."""
    seen = {source.where: source for source in (one.source, *one.facts.values()) if source.where}
    for door in one.channels:
        if door.source and door.checked_on and door.source not in seen:
            seen[door.source] = Source(checked_on=door.checked_on, grade=door.grade, url=door.source)
    return tuple(sorted(seen.values(), key=lambda source: source.checked_on, reverse=True))
