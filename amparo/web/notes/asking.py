"""A few questions on one page. Each says why it is asked and what it changes, and each can be skipped."""

from dataclasses import MISSING, dataclass, fields, replace
from typing import Any

from django.http import HttpResponse
from django.utils.translation import get_language

from amparo.claims.questions import RELATION, Question, questions
from amparo.claims.situations import near_day
from amparo.errors import WrongUse
from amparo.law.situation import Decision, Situation
from amparo.web.countries import COUNTRIES
from amparo.web.notes.carried import Carried
from amparo.web.notes.start import ABOUT_PICTURES
from amparo.web.notes.turns import Go, Screen, Turn, page
from amparo.web.saying import say
from amparo.words import Words, words

MOST = 6
_UNASKED = {one.name: one.default for one in fields(Situation) if one.default is not MISSING}
_MAY_BE_ASKED = {*_UNASKED, "decision.on"} - {"shown_under_18"}


@dataclass(frozen=True)
class Put:
    """A question as it stands on the page: its name there, and what she answered."""

    question: Question
    name: str
    value: str
    error: Words | None = None


def to_put(carried: Carried) -> tuple[Question, ...]:
    """Gives the questions of this page; coming back to it puts the same ones again, with their answers."""
    before = carried.situation
    for name in _MAY_BE_ASKED & set(carried.asked):
        before = replace(before, **_reset(name))
    some = [question for question in questions(before) if question.field != "shown_under_18"]
    if carried.door == "data":
        some.append(RELATION)
    return tuple({question.field: question for question in some}.values())[:MOST]


def _reset(name: str) -> dict[str, Any]:
    return {"decision": None} if name.startswith("decision") else {name: _UNASKED.get(name)}


def _value(situation: Situation, field: str) -> str:
    if field == "decision.on":
        return situation.decision.on.isoformat() if situation.decision and situation.decision.on else ""
    value = getattr(situation, field)
    return "" if value in (None, "skip") else str(value)


def _show(turn: Turn) -> HttpResponse:
    put = to_put(turn.carried)
    if not put:
        from amparo.web.notes.planning import show_plan

        return show_plan(turn)
    return _page(turn, [Put(one, _name(one), _value(turn.carried.situation, one.field)) for one in put])


def _page(turn: Turn, put: list[Put], problem: WrongUse | None = None) -> HttpResponse:
    by_name = sorted(COUNTRIES.items(), key=lambda item: _sorted(say(item[1])))
    return page(turn, "questions", put=put, countries=by_name, problem=problem)


def _sorted(name: str) -> str:
    """Gives a key that files É under E in Latin scripts; Arabic sorts by itself."""
    import unicodedata

    return (
        unicodedata.normalize("NFKD", name).casefold() if get_language() != "ar" else name.removeprefix("ال")
    )


def _name(question: Question) -> str:
    return question.field.replace(".", "_")


def _take(turn: Turn) -> Go | HttpResponse:
    put, facts = [], {}
    for question in to_put(turn.carried):
        given = turn.fields.get(_name(question), "").strip()
        fact, error = _answer(question, given, turn.carried.situation)
        put.append(Put(question, _name(question), given, error))
        facts.update(fact)
    if any(one.error for one in put):
        problem = WrongUse(
            words("One answer could not be read."),
            words("Look at the field marked below. The others are kept."),
        )
        return _page(turn, put, problem)
    return Go("plan", _answered(turn.carried, put, facts))


def _answered(carried: Carried, put: list[Put], facts: dict[str, Any]) -> Carried:
    asked = (*carried.asked, *(one.question.field for one in put))
    return replace(carried.with_facts(**facts), asked=tuple(dict.fromkeys(asked)), chosen=None, step="")


def _keep(turn: Turn) -> Carried:
    facts: dict[str, Any] = {}
    for question in to_put(turn.carried):
        given = turn.fields.get(_name(question), "").strip()
        facts.update(_answer(question, given, turn.carried.situation)[0])
    return turn.carried.with_facts(**facts)


def _answer(question: Question, given: str, known: Situation) -> tuple[dict[str, Any], Words | None]:
    """Gives the fact an answer states (a skipped one states none), or what is wrong with it."""
    if question.form == "date":
        return _day(given, known.decision or Decision())
    allowed = COUNTRIES if question.form == "country" else {choice.value for choice in question.choices}
    value = given if given in allowed else None
    if value is None and question.field in ("consent", "extent"):
        value = "skip"
    return {question.field: value}, None


def _day(given: str, decision: Decision) -> tuple[dict[str, Any], Words | None]:
    if not given:
        return {"decision": replace(decision, on=None)}, None
    try:
        return {"decision": replace(decision, on=near_day(given))}, None
    except ValueError:
        return {}, words("Write the day like 2026-11-23: year, month, day.")


def _before(carried: Carried) -> str:
    if carried.door in ABOUT_PICTURES and carried.situation.shown_under_18 == "no":
        return "pictures"
    if carried.door == "threat":
        return "threat"
    return "found" if carried.situation.places else "places"


QUESTIONS = Screen(_show, _take, keep=_keep, back=_before)
