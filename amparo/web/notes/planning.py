"""The plan: the steps in order, chosen by default where they cost her no more than her name shown to them."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from django.http import HttpResponse

from amparo.claims.plan import Plan, Step, plan
from amparo.law.rules import Rule, rules
from amparo.law.situation import Situation
from amparo.web.notes.carried import Carried
from amparo.web.notes.turns import Go, Screen, Turn, page
from amparo.words import Words, words

PHASES = {
    "first": words("Before anything else"),
    "now": words("Now"),
    "around": words("So that it is harder to find"),
    "later": words("Later"),
    "if_needed": words("If they do not act"),
    "choice": words("Only if you want it"),
    "talk": words("Someone to talk to"),
}
FOLDED = ("later", "if_needed", "choice")


@dataclass(frozen=True)
class Line:
    """One step as it stands on the page."""

    key: str
    step: Step
    rule: Rule | None
    chosen: bool


@dataclass(frozen=True)
class Part:
    """The steps of one phase under one heading."""

    heading: Words
    lines: tuple[Line, ...]
    folded: bool


def key_of(step: Step) -> str:
    """Gives the step's name in forms: recipient and right, which no two steps share."""
    return "/".join(step.key)


def plan_of(turn: Turn) -> Plan:
    """Gives the plan for what she has given, reckoned from now."""
    return plan(_readable(turn), now=turn.now)


def _readable(turn: Turn) -> Situation:
    situation = turn.carried.situation
    if situation.languages:
        return situation
    return replace(situation, languages=(turn.lang,))


def chosen_of(carried: Carried, made: Plan) -> tuple[str, ...]:
    """Gives the keys she chose; before she has seen the plan, those chosen by default."""
    if carried.chosen is None:
        return tuple(key_of(step) for step in made.steps if step.chosen)
    return carried.chosen


def show_plan(turn: Turn) -> HttpResponse:
    """Shows the plan."""
    made = plan_of(turn)
    chosen = chosen_of(turn.carried, made)
    carried = replace(turn.carried, chosen=chosen)
    letters = sum(1 for step in made.steps if step.letter and key_of(step) in chosen)
    return page(
        replace(turn, carried=carried),
        "plan",
        plan=made,
        parts=list(_parts(made, chosen)),
        letters=letters,
        for_other=for_other(carried),
    )


def for_other(carried: Carried) -> bool:
    """Says whether somebody acts for the person shown."""
    sender = carried.situation.sender
    return carried.situation.role == "representative" or bool(sender.represents) or sender.kind != "person"


def _parts(made: Plan, chosen: tuple[str, ...]) -> Iterator[Part]:
    for phase, heading in PHASES.items():
        lines = tuple(_line(step, chosen) for step in made.steps if step.phase == phase)
        if lines:
            # What waits for another step is folded, unless she chose some of it: a phone shows the next acts.
            folded = phase in FOLDED and not any(line.chosen for line in lines)
            yield Part(heading, lines, folded)


def _line(step: Step, chosen: tuple[str, ...]) -> Line:
    key = key_of(step)
    return Line(key, step, rules().get(step.rule or ""), key in chosen)


def _take(turn: Turn) -> Go | HttpResponse:
    carried = _keep(turn)
    go, _, key = turn.go.partition(":")
    if go == "away":
        return Go("away", carried)
    if go == "letter" and key:
        return Go("letter", replace(carried, step=key))
    made = plan_of(turn)
    first = next((s for s in made.steps if s.letter and key_of(s) in (carried.chosen or ())), None)
    if first is None:
        return show_plan(replace(turn, carried=carried))
    return Go("letter", replace(carried, step=key_of(first)))


def _keep(turn: Turn) -> Carried:
    known = [key_of(step) for step in plan_of(turn).steps]
    picked = set(turn.fields.getlist("chosen"))
    return replace(turn.carried, chosen=tuple(key for key in known if key in picked))


PLAN = Screen(show_plan, _take, keep=_keep, back=lambda carried: "questions")
