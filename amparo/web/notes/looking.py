"""Look for more: her names become ready search links. Her own browser opens them, if she wishes."""

from dataclasses import dataclass, replace

from django.http import HttpResponse

from amparo.claims.intake import read_places
from amparo.claims.look_for_more import PICTURE_PAGES, SearchLink, search_links
from amparo.errors import Refused
from amparo.web.notes.carried import Carried
from amparo.web.notes.places import show_found
from amparo.web.notes.turns import Go, Screen, Turn, page
from amparo.words import Words

MOST_NAMES = 10


@dataclass(frozen=True)
class Search:
    """One engine, what it learns when she opens a link, and its ready links."""

    engine: str
    price: Words
    links: tuple[SearchLink, ...]


def searches(names: tuple[str, ...]) -> list[Search]:
    """Gives the ready links, engine by engine."""
    handles = [name for name in names if name.startswith("@")]
    others = [name for name in names if not name.startswith("@")]
    found = (*search_links(others), *search_links(handles, kind="handle"))
    by_engine: dict[str, list[SearchLink]] = {}
    for link in found:
        by_engine.setdefault(link.engine, []).append(link)
    return [Search(engine, links[0].price, tuple(links)) for engine, links in by_engine.items()]


def names_in(text: str) -> tuple[str, ...]:
    """Gives one name per line, each once, at most ten."""
    return tuple(dict.fromkeys(line.strip()[:200] for line in text.splitlines() if line.strip()))[:MOST_NAMES]


def _show(turn: Turn) -> HttpResponse:
    return page(
        turn,
        "look",
        picture_pages=PICTURE_PAGES,
        searches=searches(names_in(turn.carried.names)),
        typed=turn.carried.text,
    )


def _take(turn: Turn) -> Go | HttpResponse:
    carried = _keep(turn)
    turn = replace(turn, carried=carried)
    if turn.go == "links":
        return _show(turn)
    try:
        read = read_places("\n".join((*carried.situation.places, turn.fields.get("text", ""))))
    except Refused as problem:
        ready = searches(names_in(carried.names))
        return page(
            turn,
            "look",
            picture_pages=PICTURE_PAGES,
            searches=ready,
            typed=turn.fields.get("text", ""),
            problem=problem,
        )
    carried = replace(carried, text="").with_facts(places=read.places)
    if not read.places:
        return Go("places", carried)
    return show_found(replace(turn, carried=carried), read)


def _keep(turn: Turn) -> Carried:
    typed, names = turn.fields.get("text", ""), turn.fields.get("names", "")
    return replace(
        turn.carried, names="\n".join(names_in(names)), text=typed if len(typed) <= 1_000_000 else ""
    )


LOOK = Screen(
    _show, _take, keep=_keep, back=lambda carried: "found" if carried.situation.places else "places"
)
