"""Where everything stands: each request, recipient and address in words, worked out from events and now."""

from dataclasses import dataclass
from datetime import UTC, datetime, time

from amparo.claims.acts import ANSWERS, Act, next_acts, prospects
from amparo.claims.case import Case, Request, Sighting
from amparo.claims.check import GONE, STATES
from amparo.claims.dues import due_of, open_questions
from amparo.law.periods import Due
from amparo.words import Words, words

__all__ = [
    "Act",
    "PlaceStatus",
    "RecipientStatus",
    "RequestStatus",
    "Status",
    "due_of",
    "next_acts",
    "prospects",
    "status",
]


@dataclass(frozen=True)
class RequestStatus:
    """One request: its state (a key of SAYS), in words, and until when an answer is due."""

    request: Request
    state: str
    says: Words
    due: Due | None


@dataclass(frozen=True)
class PlaceStatus:
    """One address: what the last look showed, else whether it was asked for."""

    url: str
    state: str
    says: Words


@dataclass(frozen=True)
class RecipientStatus:
    """One recipient with its requests, its addresses and the state that needs her most."""

    name: str
    slug: str | None
    state: str
    says: Words
    requests: tuple[RequestStatus, ...]
    places: tuple[PlaceStatus, ...]


@dataclass(frozen=True)
class Status:
    """A case today: by recipient, by address, and what comes next in order of time."""

    recipients: tuple[RecipientStatus, ...]
    places: tuple[PlaceStatus, ...]
    next_acts: tuple[Act, ...]


# In the order in which they need her: the first that one of a recipient's requests is in, is the recipient's.
SAYS = {
    "came_back": words("Came back"),
    "bounced": words("Did not reach them"),
    "identity_asked": words("They ask who you are"),
    "clarification_asked": words("They ask what you mean"),
    "fee_asked": words("They ask for money"),
    "refused": words("Refused"),
    "overdue": words("Their time is over"),
    "silent": words("No answer yet"),
    "not_all_gone": words("Not all gone"),
    "says_done": words("They say it is done"),
    "partly_done": words("They say a part is done"),
    "to_send": words("To send"),
    "extended": words("They took more time"),
    "acknowledged": words("They confirmed it arrived"),
    "asked": words("Asked"),
    "taken_further": words("Taken further"),
    "answered": words("Answered"),
    "gone_from_search": words("Gone from search only"),
    "gone": words("Gone"),
}
_ORDER = tuple(SAYS)
_NOT_ASKED = words("Not asked yet")


def status(case: Case, now: datetime) -> Status:
    """Gives where a case stands at a moment."""
    requests = [_request(case, one, now) for one in case.requests.values()]
    places = tuple(_place(case, one) for one in case.sightings.values() if not one.set_aside)
    return Status(_recipients(case, requests, places), places, next_acts(case, now))


def _request(case: Case, request: Request, now: datetime) -> RequestStatus:
    due = due_of(request, now=now)
    state = _state(case, request, due, now)
    return RequestStatus(request, state, SAYS[state], due)


def _state(case: Case, request: Request, due: Due | None, now: datetime) -> str:
    seen = _seen(case, request)
    if seen in ("came_back", "gone"):
        return seen
    if request.bounced is not None:
        return "bounced"
    questions = open_questions(request)
    if questions:
        return f"{questions[0]}_asked"
    told = _told(request)
    if told == "refused" and request.escalated:
        return "taken_further"
    if told in ("says_done", "partly_done") and seen:
        return seen
    return (
        told
        if told in ("refused", "answered", "says_done", "partly_done")
        else _late(request, due, told, now)
    )


def _seen(case: Case, request: Request) -> str | None:
    """Gives what the looks at its addresses say together, None where nobody looked at all of them."""
    seen = [case.sightings[url] for url in request.sent.places if url in case.sightings]
    states = [one.state if one.looks and one.looks[-1].at >= request.sent.sent else None for one in seen]
    if "came_back" in states:
        return "came_back"
    if not states or None in states:
        return None
    if all(state in GONE for state in states):
        return "gone"
    if request.sent.right == "delisting" and all(state in {"delisted", *GONE} for state in states):
        return "gone_from_search"
    return "not_all_gone"


def _told(request: Request) -> str:
    """Gives what they last said."""
    last = request.last_reply
    if last is None:
        return "asked"
    answers = {"done": "answered" if request.sent.right == "access" else "says_done"}
    said = answers.get(last.reply, last.reply)
    if said.endswith("_asked"):  # a question she has answered: they are at work again
        return "asked"
    return said if said in SAYS else "acknowledged"


def _late(request: Request, due: Due | None, told: str, now: datetime) -> str:
    if due is not None and due.answer_due is not None:
        return "overdue" if due.answer_due < now else _extended(request, told)
    follow_up = due.follow_up if due else None
    if follow_up is not None and datetime.combine(follow_up, time(), UTC) <= now:
        return "silent"
    return _extended(request, told)


def _extended(request: Request, told: str) -> str:
    return "extended" if request.extended is not None else told


def _place(case: Case, sighting: Sighting) -> PlaceStatus:
    if sighting.state is not None:
        state = "gone_from_search" if sighting.state == "delisted" else sighting.state
        says = SAYS.get(state) or STATES[sighting.state].says
        return PlaceStatus(sighting.url, "gone" if state in GONE else state, says)
    asked = any(sighting.url in one.sent.places for one in case.requests.values())
    return PlaceStatus(
        sighting.url, "asked" if asked else "not_asked", SAYS["asked"] if asked else _NOT_ASKED
    )


def _recipients(
    case: Case, requests: list[RequestStatus], places: tuple[PlaceStatus, ...]
) -> tuple[RecipientStatus, ...]:
    by_url = {place.url: place for place in places}
    grouped: dict[str, list[RequestStatus]] = {}
    for one in requests:
        grouped.setdefault(one.request.sent.slug or one.request.sent.recipient, []).append(one)
    asked = [_recipient(of_one, by_url) for of_one in grouped.values()]
    return (*asked, *_to_send(case, set(grouped), by_url))


def _recipient(requests: list[RequestStatus], by_url: dict[str, PlaceStatus]) -> RecipientStatus:
    """Gives a recipient by the request that needs her most; of one it followed up, only the newer counts."""
    answers = {one.request.id for one in requests if one.request.sent.letter in ANSWERS}
    first = [one for one in requests if one.request.id not in answers]
    current = [one for one in first if not set(one.request.followed_by) - answers] or requests
    state = min((one.state for one in current), key=_ORDER.index)
    urls = dict.fromkeys(url for one in requests for url in one.request.sent.places if url in by_url)
    sent = requests[-1].request.sent
    return RecipientStatus(
        sent.recipient, sent.slug, state, SAYS[state], tuple(requests), tuple(by_url[url] for url in urls)
    )


def _to_send(case: Case, asked: set[str], by_url: dict[str, PlaceStatus]) -> list[RecipientStatus]:
    """Gives the recipients of the plan that nothing was sent to yet."""
    waiting: dict[str, RecipientStatus] = {}
    for step in case.planned.steps if case.planned else ():
        key = str(step.get("slug") or step.get("recipient") or "")
        if not step.get("letter") or key in asked or key in waiting:
            continue
        places = tuple(by_url[url] for url in step.get("places", ()) if url in by_url)
        name = str(step.get("recipient") or key)
        waiting[key] = RecipientStatus(name, step.get("slug"), "to_send", SAYS["to_send"], (), places)
    return list(waiting.values())
