"""Until when an answer is due and until when a person may act, explained in plain words.

Two readings are kept wherever the law leaves a doubt: `answer_due` is the last moment the recipient may
still be on time, `answer_due_earliest` the soonest it can be read to end, `act_by` the last moment the
person may act.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta, tzinfo
from difflib import get_close_matches
from types import MappingProxyType

from amparo.errors import WrongUse
from amparo.law.certainty import doubts
from amparo.law.clocks import EVENTS, Clock, Value
from amparo.law.explaining import explain, no_number, not_in_force, not_started, own_time
from amparo.law.places import Place
from amparo.law.places import place as place_of
from amparo.law.reckoning import Ending, Given, ending, own_ending, reading, readings_agree
from amparo.law.rules import Rule, find
from amparo.words import Words, words

_NO_EVENTS: Mapping[str, datetime] = MappingProxyType({})
_ANSWERS = {
    "identity_given": "identity_asked",
    "clarification_given": "clarification_asked",
    "fee_paid": "fee_asked",
}


@dataclass(frozen=True)
class Due:
    """The dates of one duty. Moments are aware, at the recipient's place; None where the law gives none.

    `firm` says whether every part of `answer_due` (for a person's own clock, of `act_by`) stands on sources
    read well and lately enough. `follow_up` is a suggestion of ours, never a legal date.
    """

    rule: str
    clock: str
    place: str | None
    answer_due: datetime | None
    answer_due_earliest: datetime | None
    act_by: datetime | None
    firm: bool
    reasons: tuple[Words, ...]
    follow_up: date | None = None


def due(
    name: str,
    received: datetime,
    place: str | None = None,
    events: Mapping[str, datetime] = _NO_EVENTS,
    *,
    now: datetime,
) -> Due:
    """Gives the dates of a rule's clock (`ID` or `ID#clock`) for a request received at a moment.

    `place` is where the recipient acts (ISO 3166-1 or -2). `events` are moments told by name (clocks.EVENTS).
    The law applied is the one in force at receipt. Raises Refused for an unknown rule, clock or place,
    WrongUse for a time without a zone or an unknown event.
    """
    rule, clock = find(name)
    _check(received, events)
    assumed = place is None
    code = place if place is not None else rule.seat
    where = place_of(code) if code is not None else None
    given = Given(received, events, where, now, _zones(where, received), assumed)
    day = _day_of_receipt(given)
    value = clock.value_on(day) if rule.in_force(day) else None
    answer = Due(rule.id, clock.name, where.code if where else None, None, None, None, False, ())
    if value is None:
        return replace(answer, reasons=not_in_force(rule, clock, day))
    if clock.side == "person":
        return _with_own_clock(answer, rule, clock, value, given)
    if value.period is None:
        follow_up = day + timedelta(days=clock.suggested_follow_up_days or 30)
        answer = replace(answer, follow_up=follow_up, reasons=no_number(clock, day, follow_up))
    else:
        answer = _reckoned(rule, clock, value, given)
    return _with_other_clocks(answer, rule, given)


def _reckoned(rule: Rule, clock: Clock, value: Value, given: Given) -> Due:
    later = max(_endings(clock, value, given, wide=True), key=_moment)
    agree = len(given.zones) == 1 and readings_agree(clock, value, given, later)
    earlier = later if agree else min(_endings(clock, value, given, wide=False), key=_moment)
    doubt = doubts(clock, value, given, later, agree=agree)
    return Due(
        rule=rule.id,
        clock=clock.name,
        place=given.where.code if given.where else None,
        answer_due=later.moment,
        answer_due_earliest=earlier.moment,
        act_by=None,
        firm=not doubt and later.moment is not None,
        reasons=explain(clock, value, later, earlier) + doubt,
    )


def _endings(clock: Clock, value: Value, given: Given, *, wide: bool) -> list[Ending]:
    how = reading(clock, value, given.where, wide=wide)
    return [ending(clock, value, given, how, zone) for zone in given.zones]


def _moment(one: Ending) -> datetime:
    return one.moment or one.start


def _zones(where: Place | None, received: datetime) -> tuple[tzinfo, ...]:
    own = received.tzinfo
    return where.zones if where is not None else (own,) if own else ()


def _with_own_clock(answer: Due, rule: Rule, clock: Clock, value: Value, given: Given) -> Due:
    start = given.events.get(clock.starts, given.received)
    if value.period is None:
        return replace(answer, reasons=own_time(clock, value, start, start, told=True))
    if clock.starts not in (*given.events, "received") and clock.otherwise_starts is None:
        return replace(answer, reasons=not_started(clock))
    act_by = min(own_ending(clock, value, start, given.where, zone) for zone in given.zones)
    doubt = doubts(clock, value, given, None)
    told = clock.starts in given.events or clock.starts == "received"
    return replace(
        answer,
        act_by=act_by,
        firm=not doubt,
        reasons=own_time(clock, value, start, act_by, told=told) + doubt,
    )


def _with_other_clocks(answer: Due, rule: Rule, given: Given) -> Due:
    """Adds the person's own last moment, where the rule gives her one and its start can be told."""
    for clock in rule.own_clocks:
        start = _own_start(clock, answer, given)
        value = clock.value_on(start.date()) if start else None
        if start is None or value is None or value.period is None:
            continue
        act_by = min(own_ending(clock, value, start, given.where, zone) for zone in given.zones)
        told = clock.starts in given.events
        reasons = answer.reasons + own_time(clock, value, start, act_by, told=told)
        firm = answer.firm
        if answer.follow_up is not None and answer.answer_due is None:  # her own moment is the only date here
            doubt = doubts(clock, value, given, None)
            firm, reasons = told and not doubt, reasons + doubt
        answer = replace(answer, act_by=act_by, firm=firm, reasons=reasons)
    return answer


def _own_start(clock: Clock, answer: Due, given: Given) -> datetime | None:
    if clock.starts in given.events:
        return given.events[clock.starts]
    if clock.otherwise_starts == "expiry":
        return answer.answer_due_earliest
    return given.received if clock.otherwise_starts == "received" else None


def _day_of_receipt(given: Given) -> date:
    """Gives the local day the request came in; a place with several zones is taken as the moment was told."""
    if len(given.zones) == 1:
        return given.received.astimezone(given.zones[0]).date()
    return given.received.date()


def _check(received: datetime, events: Mapping[str, datetime]) -> None:
    if not events and received.tzinfo is not None:
        return
    for name, moment in (("received", received), *events.items()):
        if moment.tzinfo is None:
            raise WrongUse(
                words("The time of {name} has no time zone.", name=name),
                words("Add the offset at its end, like +01:00, or Z for UTC."),
            )
        if name != "received" and name not in EVENTS:
            near = get_close_matches(name, EVENTS, n=3, cutoff=0.4) or EVENTS
            raise WrongUse(
                words("There is no event called {name}.", name=name),
                words("Use one of: {near}.", near=", ".join(near)),
            )
    _check_order(received, events)


def _check_order(received: datetime, events: Mapping[str, datetime]) -> None:
    for name, moment in events.items():
        if name != "informed" and moment < received:
            raise WrongUse(
                words("{name} is earlier than the request itself.", name=name),
                words("Check both times and their zones."),
            )
        question = _ANSWERS.get(name, "")
        if question in events and moment < events[question]:
            raise WrongUse(
                words("{name} is earlier than {question}.", name=name, question=question),
                words("Check both times and their zones."),
            )
