"""On the page of places: ask the registers who carries an unknown site, open a short link, paste an answer.

Nothing of it happens by itself. A server that serves many asks nobody: there only pasting is offered.
"""

from dataclasses import replace

from amparo.claims import registers
from amparo.claims.links import same_item
from amparo.directory.lookup import Found, who
from amparo.errors import AmparoError, Refused
from amparo.net.fetching import Allowance
from amparo.web import door
from amparo.web.notes.carried import Carried
from amparo.web.notes.turns import Turn
from amparo.words import Words, words

MOST_SITES = 5  # asked at once: each takes a few seconds
ALLOWED = {"seconds": 25.0, "most_bytes": 2_000_000}


def may_ask() -> bool:
    """Says whether this program may ask for her: only the app on her own machine does."""
    return door.local() is not None


def unknown(carried: Carried) -> tuple[Found, ...]:
    """Gives one place of each site we have no record of and have not looked up."""
    told = {one.domain for one in carried.situation.carriers}
    found = (who(place) for place in carried.situation.places)
    open_ones = {
        one.domain: one
        for one in found
        if one.service is None and one.kind not in ("address", "short_link") and one.domain not in told
    }
    return tuple(open_ones.values())


def short_links(carried: Carried) -> tuple[str, ...]:
    """Gives the short links that hide where they lead."""
    found = (who(place) for place in carried.situation.places)
    return tuple(one.url for one in found if one.kind == "short_link" and one.original is None)


def ask(carried: Carried) -> tuple[Carried, tuple[Words, ...]]:
    """Asks the registers about each unknown site; gives what was learnt, and what gave no answer."""
    allowance = Allowance(**ALLOWED)  # type: ignore[arg-type]  # seconds and bytes, as written above
    failed: list[Words] = []
    for one in unknown(carried)[:MOST_SITES]:
        try:
            got = registers.look_up(one.url, allowance=allowance)
        except AmparoError as error:
            failed.append(error.what)
            continue
        failed += got.failed
        carried = _with(carried, one.url, got)
    return carried, tuple(failed)


def paste(carried: Carried, turn: Turn) -> Carried:
    """Takes an answer she pasted. Refused when it is none, or when it is not clear which site it is about."""
    got = registers.read(turn.fields.get("pasted", ""), now=turn.now)
    sites = unknown(carried)
    named = got.domain.name if got.domain else None
    fitting = [one for one in sites if named and one.domain == named] or list(sites)
    if len(fitting) != 1:
        raise Refused(
            words("It is not clear which of your sites this is about."),
            words("Paste the answer for a domain, or go on with one site at a time."),
        )
    return _with(carried, fitting[0].url, got)


def open_short(carried: Carried) -> tuple[Carried, tuple[Words, ...]]:
    """Puts what each short link leads to in its place; one that does not say stays."""
    places: list[str] = []
    failed: list[Words] = []
    hidden = frozenset(short_links(carried)[:MOST_SITES])
    for place in carried.situation.places:
        try:
            places.append(registers.leads_to(place) if place in hidden else place)
        except AmparoError as error:
            failed.append(error.what)
            places.append(place)
    once = {same_item(place): place for place in reversed(places)}
    return carried.with_facts(places=tuple(once.values())[::-1]), tuple(failed)


def _with(carried: Carried, url: str, got: registers.Ladder) -> Carried:
    kept = (*carried.situation.carriers, *registers.carriers(url, got))
    return replace(carried, situation=replace(carried.situation, carriers=kept[:200]))
