"""What can be asked of one service, by the law of one place: door, time, letter with marked blanks. Pure.

The same sheet stands on the public page and in a static copy. It knows nobody: each letter has open blanks.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from amparo.claims import letters
from amparo.claims.letters import Letter
from amparo.claims.plan import parties, routes
from amparo.claims.plan.parties import Party
from amparo.claims.plan.routes import Outlook
from amparo.claims.plan.step import Step
from amparo.claims.render.card import Card, card
from amparo.directory.record import Record
from amparo.directory.records import record
from amparo.errors import AmparoError
from amparo.law.explaining import length
from amparo.law.places import within
from amparo.law.rules import Rule, rules
from amparo.law.situation import Situation
from amparo.words import Words

KINDS = ("service", "search_engine", "archive", "host", "cdn", "registrar", "operator", "payment")
# Where the reader lives decides the law. One state stands for all of the Union, whose law is one here.
PLACES: Mapping[str, str | None] = {
    "eu": "IE", "gb": "GB", "us": "US", "au": "AU", "in": "IN", "br": "BR", "other": None,
}  # fmt: skip
BLANK_PLACE = "https://…"  # where the addresses go; the same in every language
PICTURES = Situation(material="intimate", role="shown", consent="never", shown_under_18="no")
DATA = Situation(material="personal_data", role="shown", consent="skip", shown_under_18="no")


@dataclass(frozen=True)
class Ask:
    """One thing to ask: the step with its door, the time the law leaves, the letter, the form card if any."""

    about: str
    step: Step
    rule: Rule | None
    within: Words | None
    letter: Letter | None
    card: Card | None


@dataclass(frozen=True)
class Sheet:
    """Everything one page says of a service."""

    record: Record
    place: str
    asks: tuple[Ask, ...]

    @property
    def copyright_door(self) -> bool:
        """Says whether a door for copyright is known; its price stands with it."""
        return any(one.for_rights == ("copyright",) for one in self.record.channels)


def sheet(slug: str, place: str, *, language: str, now: datetime) -> Sheet:
    """Gives the sheet of one service for people who live in a place (a key of PLACES). Refused: unknown slug.

    Letters are in `language` where the recipient reads it, else in one they read. Same input, same sheet.
    """
    one = record(slug)
    asks = tuple(_asks(one, PLACES[place], language, now)) if one.ended is None else ()
    return Sheet(one, place, asks)


def _asks(one: Record, lives_in: str | None, language: str, now: datetime) -> Iterator[Ask]:
    party = _party(one, lives_in)
    for about, situation in (("pictures", PICTURES), ("data", DATA)):
        situation = replace(situation, lives_in=lives_in, languages=(language,))
        known = routes.outlook(situation, now)
        for step in _steps(known, party, about):
            places = (BLANK_PLACE,) if about == "pictures" else ()
            yield _ask(about, replace(step, places=places), situation, now)


def _party(one: Record, lives_in: str | None) -> Party:
    """Gives the service as the plan sees it, without a page of it."""
    answers = not one.answers_for or within(lives_in, one.answers_for) is True
    return Party(
        key=one.slug,
        slug=one.slug,
        name=one.name,
        role=next(iter(one.roles), "controller"),
        places=(),
        kinds=frozenset(one.roles),
        record=one,
        operator=one.operator or one.operator_name,
        seat=one.seat if answers else None,
    )


def _steps(known: Outlook, party: Party, about: str) -> Iterator[Step]:
    if about == "pictures":
        removal = routes.best(known, party, ("removal", "notice"))
        yield routes.step(known, removal) if removal else routes.own_rules(known, party)
        second = routes.best(known, party, ("notice",))
        if removal and second and second.rule.id != removal.rule.id:
            yield routes.step(known, second)
        delisting = routes.best(known, party, ("delisting",)) if "search_engine" in party.kinds else None
        if delisting:
            yield routes.step(known, delisting)
        return
    company = parties.operators((party,))[0]
    for rights in (("access",), routes.DATA):
        route = routes.best(known, company, rights)
        if route is not None:
            yield routes.step(known, route)


def _ask(about: str, step: Step, situation: Situation, now: datetime) -> Ask:
    rule = rules().get(step.rule or "")
    try:
        letter = letters.letter(situation, step, now=now) if step.letter else None
    except AmparoError:  # a kind of letter that is still to be written: the door is shown all the same
        letter = None
    form = letter is not None and step.channel is not None and step.channel.kind in ("form", "in_app")
    return Ask(
        about=about,
        step=step,
        rule=rule,
        within=_within(rule, now),
        letter=letter,
        card=card(letter, step.channel) if form and letter is not None else None,
    )


def _within(rule: Rule | None, now: datetime) -> Words | None:
    """Gives the time from receipt to their answer; None where the law gives no number."""
    clocks = [one for one in (rule.clocks.values() if rule else ()) if one.side == "recipient"]
    clocks = [
        one for one in clocks if one.starts == "received" and one.name not in ("acknowledge", "confirm")
    ]
    first = next((one for one in clocks if one.name == "answer"), clocks[0] if clocks else None)
    value = first.value_on(now.date()) if first else None
    period = (value.earliest or value.period) if value else None
    return length(period) if period else None
