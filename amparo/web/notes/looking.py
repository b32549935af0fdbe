"""Look for more: her names become ready search links. Her own browser opens them, if she wishes."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from urllib.parse import quote

from django.http import HttpResponse

from amparo.claims.intake import read_places
from amparo.errors import Refused
from amparo.web.notes.carried import Carried
from amparo.web.notes.places import show_found
from amparo.web.notes.turns import Go, Screen, Turn, page
from amparo.words import Words, words

MOST_NAMES = 10


@dataclass(frozen=True)
class Engine:
    """One search engine: where a search begins, and what it learns when she opens the link."""

    name: str
    address: str
    price: Words


_KNOWS_YOU = words("It sees the words and your connection. Signed in, it adds them to your history.")
_SEES_WORDS = words("It sees the words and your connection. It says it keeps no history of you.")
ENGINES = (
    Engine("DuckDuckGo", "https://duckduckgo.com/?q={}", _SEES_WORDS),
    Engine("Brave Search", "https://search.brave.com/search?q={}", _SEES_WORDS),
    Engine("Google", "https://www.google.com/search?q={}", _KNOWS_YOU),
    Engine("Bing", "https://www.bing.com/search?q={}", _KNOWS_YOU),
    Engine("Yandex", "https://yandex.com/search/?text={}", _KNOWS_YOU),
)


@dataclass(frozen=True)
class Search:
    """One engine with its ready links, one for each name."""

    engine: Engine
    links: tuple[tuple[str, str], ...]


def searches(names: tuple[str, ...]) -> Iterator[Search]:
    """Gives the ready links for each engine. A name of several words is searched as one phrase."""
    for engine in ENGINES:
        yield Search(
            engine, tuple((name, engine.address.format(quote(_phrase(name), safe=""))) for name in names)
        )


def names_in(text: str) -> tuple[str, ...]:
    """Gives one name per line, each once, at most ten."""
    return tuple(dict.fromkeys(line.strip()[:200] for line in text.splitlines() if line.strip()))[:MOST_NAMES]


def _phrase(name: str) -> str:
    return f'"{name}"' if " " in name and '"' not in name else name


def _show(turn: Turn) -> HttpResponse:
    return page(turn, "look", searches=list(searches(names_in(turn.carried.names))), typed=turn.carried.text)


def _take(turn: Turn) -> Go | HttpResponse:
    carried = _keep(turn)
    turn = replace(turn, carried=carried)
    if turn.go == "links":
        return _show(turn)
    try:
        read = read_places("\n".join((*carried.situation.places, turn.fields.get("text", ""))))
    except Refused as problem:
        ready = list(searches(names_in(carried.names)))
        return page(turn, "look", searches=ready, typed=turn.fields.get("text", ""), problem=problem)
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
