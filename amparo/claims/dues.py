"""Until when a request that went out must be answered, from what happened to it. Nothing is stored."""

from collections.abc import Mapping
from datetime import datetime

from amparo.claims.case import Request
from amparo.errors import AmparoError
from amparo.law import periods
from amparo.law.periods import Due
from amparo.law.rules import Rule, rules

_ASKED = {"identity_asked": "identity", "clarification_asked": "clarification", "fee_asked": "fee"}
_GIVEN = {"identity": "identity_given", "clarification": "clarification_given", "fee": "fee_paid"}


def due_of(request: Request, *, now: datetime) -> Due | None:
    """Gives the dates of a request as things stand; None where no law stands behind it.

    A reminder or an answer of hers starts no time of its own. An event told with a date that cannot be (an
    answer before the question) is left out, never the whole date.
    """
    if request.sent.letter in ("reminder", "id_answer", "refusal_answer"):
        return None
    rule = rules().get(request.sent.rule or "")
    if rule is None:
        return None
    clock = _clock(rule, request)
    happened = law_events(request)
    try:
        return periods.due(clock, request.received, request.sent.place, happened, now=now)
    except AmparoError:
        return _without_odd_events(clock, request, happened, now)


def act_by(rule: Rule, told: datetime, place: str | None, *, now: datetime) -> datetime | None:
    """Gives the last moment she may use a further right, when she was told of the decision at `told`."""
    if not any(clock.side == "person" for clock in rule.clocks.values()):
        return None
    events = {"informed": told, "answered": told, "refused": told}
    try:
        return periods.due(rule.id, told, place, events, now=now).act_by
    except AmparoError:
        return None


def law_events(request: Request) -> Mapping[str, datetime]:
    """Gives the moments that change a clock, by the law's names: the first question, the last answer."""
    told: dict[str, datetime] = {}
    for reply in sorted(request.replies, key=lambda one: one.received):
        if reply.reply in _ASKED:
            told.setdefault(reply.reply, reply.received)
        elif reply.reply == "refused":
            told["refused"] = told["informed"] = reply.received
        elif reply.reply in ("done", "partly_done"):
            told["answered"] = told["informed"] = reply.received
    for given in request.supplied:
        if given.what in _GIVEN:
            told[_GIVEN[given.what]] = given.on
    if request.extended:
        told["extension_told"] = request.extended.told
    return told


def open_questions(request: Request) -> tuple[str, ...]:
    """Gives what they asked for and she has not given: identity, clarification, fee."""
    answered = {given.what for given in request.supplied}
    asked = dict.fromkeys(_ASKED[reply.reply] for reply in request.replies if reply.reply in _ASKED)
    return tuple(what for what in asked if what not in answered)


def _clock(rule: Rule, request: Request) -> str:
    """Names the clock of what was asked; an authority's own order has another clock than its decision."""
    to_authority = "authority" in rule.against and rule.right == "removal"
    return f"{rule.id}#decide" if to_authority and "decide" in rule.clocks else rule.id


def _without_odd_events(
    clock: str, request: Request, happened: Mapping[str, datetime], now: datetime
) -> Due | None:
    """Reckons without what cannot be: a question goes together with an answer dated before it."""
    pairs = {f"{what}_asked": given for what, given in _GIVEN.items()}
    odd = {name for name, moment in happened.items() if moment < request.received}
    for asked, given in pairs.items():
        if given in odd or (given in happened and asked in happened and happened[given] < happened[asked]):
            odd |= {asked, given}
    kept = {name: moment for name, moment in happened.items() if name not in odd}
    for place, events in ((request.sent.place, kept), (request.sent.place, {}), (None, {})):
        try:
            return periods.due(clock, request.received, place, events, now=now)
        except AmparoError:
            continue
    return None
