"""Where it is: messy text or a saved page in, each place with who runs it out. Nothing is fetched."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from django.http import HttpResponse

from amparo.claims.intake import MAX_CHARS, Places, read_places
from amparo.claims.registers import PRICE, PRICE_SHORT
from amparo.directory.lookup import Found, who
from amparo.errors import Refused
from amparo.law.situation import Carrier
from amparo.web.notes import registers
from amparo.web.notes.carried import Carried
from amparo.web.notes.start import ABOUT_PICTURES, after_places, before_places
from amparo.web.notes.turns import Go, Screen, Turn, page
from amparo.words import Words, words

KINDS = {
    "page": words("a page"),
    "post": words("a post or a page with one item"),
    "media": words("a picture or video file"),
    "profile": words("a profile"),
    "search_result": words("a search result"),
    "cached_copy": words("a copy in a search engine"),
    "archive_copy": words("a copy in an archive"),
    "short_link": words("a short link"),
    "address": words("a mail address"),
}
NO_LINK = {"group": "unknown", "told": "unknown", "threat": "threatened"}


@dataclass(frozen=True)
class Group:
    """The places that one service runs. `service` is its name, else the domain."""

    service: str
    operator: str | None
    known: bool
    places: tuple[Found, ...]
    first: str
    door: str | None
    carriers: tuple[Carrier, ...] = ()


def _show(turn: Turn) -> HttpResponse:
    carried = turn.carried
    typed = carried.text or "\n".join(carried.situation.places)
    return page(turn, "places", typed=typed)


def _take(turn: Turn) -> Go | HttpResponse:
    go, _, which = turn.go.partition(":")
    carried = _keep(turn)
    if go == "none" and which in NO_LINK:
        return _without_link(carried, which)
    typed = turn.fields.get("text", "")
    try:
        read = read_places("\n".join((typed, *_saved_pages(turn))))
    except Refused as problem:
        return _not_taken(turn, problem)
    if not read.places:
        return _not_taken(turn, _nothing_found(typed))
    carried = replace(carried, text="").with_facts(places=read.places, published="yes")
    if carried.door == "threat":
        carried = carried.with_facts(published="threatened")
    return show_found(replace(turn, carried=carried), read)


def _without_link(carried: Carried, which: str) -> Go:
    carried = carried.with_facts(places=(), published=NO_LINK[which])
    if which == "threat":
        return Go("threat", replace(carried, door="threat"))
    return Go(after_places(carried), carried)


def _saved_pages(turn: Turn) -> Iterable[str]:
    for file in turn.files.getlist("saved") if turn.files is not None else ():
        yield file.read().decode("utf-8", errors="replace")


def _not_taken(turn: Turn, problem: Refused) -> HttpResponse:
    """Shows the box again with all she typed, also when it is too long to travel on."""
    return page(turn, "places", typed=turn.fields.get("text", ""), problem=problem)


def _nothing_found(typed: str) -> Refused:
    if not typed.strip():
        return Refused(
            words("The box is empty."),
            words("Paste at least one address, or choose below what fits if you have no link."),
        )
    return Refused(
        words("No address was found in this text."),
        words("Copy the address from your browser's address bar and paste it here."),
    )


def _keep(turn: Turn) -> Carried:
    typed = turn.fields.get("text", "")
    return replace(turn.carried, text=typed if len(typed) <= MAX_CHARS else "")


def show_found(turn: Turn, read: Places | None = None, failed: tuple[Words, ...] = ()) -> HttpResponse:
    """Shows each place with who runs it, and what was folded or refused."""
    carried = turn.carried
    return page(
        turn,
        "found",
        groups=grouped(carried.situation.places, carried.situation.carriers),
        unknown=registers.unknown(carried),
        hidden=registers.short_links(carried),
        may_ask=registers.may_ask(),
        prices=(PRICE, PRICE_SHORT),
        failed=failed,
        kinds=KINDS,
        folded=read.folded if read else 0,
        refused=read.refused if read else (),
        count=len(turn.carried.situation.places),
        may_look=turn.carried.door in ABOUT_PICTURES and not turn.carried.protected,
        read_pictures=after_places(turn.carried) == "pictures",
    )


def grouped(places: Iterable[str], carriers: tuple[Carrier, ...] = ()) -> tuple[Group, ...]:
    """Gives the places by who runs them, in the order of their first mention."""
    groups: dict[str, list[Found]] = {}
    for place in places:
        found = who(place)
        groups.setdefault(found.service.slug if found.service else found.domain, []).append(found)
    return tuple(_group(some, carriers) for some in groups.values())


def _group(some: list[Found], carriers: tuple[Carrier, ...]) -> Group:
    first = some[0]
    acting = first.recipients[0] if first.recipients else None
    return Group(
        service=first.service.name if first.service else first.domain,
        operator=first.operator,
        known=first.service is not None,
        places=tuple(some),
        first=acting.name if acting else first.domain,
        door=acting.address if acting else None,
        carriers=tuple(one for one in carriers if one.domain == first.domain and first.service is None),
    )


def kind_of(found: Found) -> Words:
    """Gives what a place is, in words."""
    return KINDS[found.kind] if found.kind in KINDS else KINDS["page"]


def _take_found(turn: Turn) -> Go | HttpResponse:
    if turn.go == "look":
        return Go("look", turn.carried)
    if turn.go in ("registers", "open_short") and registers.may_ask():
        asked = registers.ask if turn.go == "registers" else registers.open_short
        carried, failed = asked(turn.carried)
        return show_found(replace(turn, carried=carried), failed=failed)
    if turn.go == "pasted":
        try:
            return show_found(replace(turn, carried=registers.paste(turn.carried, turn)))
        except Refused as problem:
            return show_found(replace(turn, problem=problem))
    return Go(after_places(turn.carried), turn.carried)


GIVEN = Screen(_show, _take, keep=_keep, back=before_places)
FOUND = Screen(show_found, _take_found, back=lambda carried: "places")
