"""One letter: theirs and hers side by side, its required elements ticked, what is open, and how it leaves."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from django.http import HttpResponse

from amparo.claims import render
from amparo.claims.letters import LANGUAGES, Letter, languages_of, letter
from amparo.claims.plan import Plan, Step
from amparo.errors import Refused, WrongUse
from amparo.law.situation import Situation
from amparo.web.notes import blanks
from amparo.web.notes.carried import Carried
from amparo.web.notes.planning import chosen_of, for_other, key_of, plan_of, show_plan
from amparo.web.notes.turns import Go, Screen, Turn, page
from amparo.words import words

NAMES = {
    "en": "English",
    "fr": "Français",
    "es": "Español",
    "pt": "Português",
    "it": "Italiano",
    "de": "Deutsch",
    "ro": "Română",
    "nl": "Nederlands",
    "pl": "Polski",
    "uk": "Українська",
    "ru": "Русский",
    "ar": "العربية",
}
FILES = {
    "eml": ("draft.eml", "message/rfc822"),
    "pdf": ("letter.pdf", "application/pdf"),
    "txt": ("letter.txt", ""),
}


@dataclass(frozen=True)
class Other:
    """Another letter of the plan, to go to."""

    key: str
    step: Step
    current: bool


def _show(turn: Turn, problem: WrongUse | Refused | None = None) -> HttpResponse:
    made = plan_of(turn)
    step = _step(made, turn.carried)
    if step is None:
        return show_plan(turn)
    situation = turn.carried.situation
    theirs = letter(situation, step, language=_asked(turn), now=turn.now)
    hers = _hers(turn, step, theirs)
    others = _others(made, turn.carried)
    form = step.channel is not None and step.channel.kind in ("form", "in_app", "post")
    return page(
        turn,
        "letter",
        problem=problem,
        step=step,
        theirs=theirs,
        hers=hers,
        fields=blanks.shown(situation, theirs, _typed(turn)),
        styles=blanks.STYLES,
        name_style=situation.name_style,
        languages_of_letters=[(code, NAMES[code]) for code in languages_of(theirs.kind)],
        card=render.card(theirs, step.channel) if form and theirs.ready else None,
        mailto=render.mailto(theirs) if theirs.ready else None,
        text=render.text(theirs),
        others=others,
        for_other=for_other(turn.carried),
        next_key=_after(others),
    )


def _step(made: Plan, carried: Carried) -> Step | None:
    return next((step for step in made.steps if key_of(step) == carried.step and step.letter), None)


def _asked(turn: Turn) -> str | None:
    """Gives the language she chose for this letter, or None: one the recipient reads."""
    given = turn.fields.get("language", "") if _same_letter(turn) else ""
    return given if given in LANGUAGES else None  # a language this kind lacks is refused in words


def _same_letter(turn: Turn) -> bool:
    return turn.fields.get("at") == "letter" and turn.fields.get("key") == turn.carried.step


def _hers(turn: Turn, step: Step, theirs: Letter) -> Letter | None:
    """Gives the same letter in her own language, where there is one and it differs."""
    if turn.lang == theirs.language or turn.lang not in languages_of(theirs.kind) or theirs.other_language:
        return None
    return letter(turn.carried.situation, step, language=turn.lang, now=turn.now)


def _others(made: Plan, carried: Carried) -> list[Other]:
    chosen = chosen_of(carried, made)
    return [
        Other(key_of(step), step, key_of(step) == carried.step)
        for step in made.steps
        if step.letter and (key_of(step) in chosen or key_of(step) == carried.step)
    ]


def _after(others: list[Other]) -> str | None:
    here = next((place for place, other in enumerate(others) if other.current), 0)
    return others[here + 1].key if here + 1 < len(others) else None


def _typed(turn: Turn) -> Mapping[str, str] | None:
    """Gives what stands in the form, by blank, where this page was sent from the same letter."""
    if not _same_letter(turn):
        return None
    names = turn.fields.getlist("blank")
    return {name: turn.fields.get(f"x-{name}", "") for name in names if name.isidentifier()}


def _take(turn: Turn) -> Go | HttpResponse:
    typed = _typed(turn) or {}
    style = {"name_style": turn.fields.get("name_style", "")}
    try:
        situation = blanks.filled(turn.carried.situation, typed, {**typed, **style})
    except WrongUse as problem:
        return _show(turn, problem)
    turn = replace(turn, carried=replace(turn.carried, situation=situation))
    go, _, which = turn.go.partition(":")
    if go in FILES:
        return _file(turn, go)
    if go == "letter":
        return Go("letter", replace(turn.carried, step=which))
    if go in ("plan", "away"):
        return Go(go, turn.carried)
    return _show(turn)


def _file(turn: Turn, kind: str) -> HttpResponse:
    """Gives the letter as a file with a neutral name; an unready one shows what is still open."""
    step = _step(plan_of(turn), turn.carried)
    if step is None:
        return show_plan(turn)
    ready = letter(turn.carried.situation, step, language=_asked(turn), now=turn.now)
    if not ready.ready:
        return _show(turn, not_ready(ready))
    return file_of(ready, kind, situation=turn.carried.situation, now=turn.now)


def file_of(ready: Letter, kind: str, *, situation: Situation, now: datetime) -> HttpResponse:
    """Gives a finished letter as a file (`kind` of FILES), neutrally named. Raises Refused when unready."""
    if not ready.ready:
        raise not_ready(ready)
    made = {
        "eml": lambda: render.eml(ready, from_address=situation.sender.email, now=now),
        "pdf": lambda: render.pdf(ready, now=now),
        "txt": lambda: render.text(ready).encode(),
    }
    name, kind_of_file = FILES[kind]
    response = HttpResponse(made[kind](), content_type=kind_of_file or "text/plain; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def not_ready(unready: Letter) -> Refused:
    """Gives why a letter cannot leave yet."""
    return Refused(
        words("This letter cannot go out yet: something it needs is not there."),
        unready.to_fill[0].words if unready.to_fill else words("Look at the elements that are not ticked."),
    )


def _keep(turn: Turn) -> Carried:
    typed = _typed(turn) or {}
    try:
        style = {"name_style": turn.fields.get("name_style", "")}
        return replace(
            turn.carried, situation=blanks.filled(turn.carried.situation, typed, {**typed, **style})
        )
    except WrongUse:
        return turn.carried


LETTER = Screen(_show, _take, keep=_keep, back=lambda carried: "plan")
