"""The first screens: how to do it, the question of age before anything is read, and what about a threat."""

from dataclasses import replace

from django.http import HttpResponse

from amparo.claims.intake import read_places
from amparo.claims.questions import UNDER_18
from amparo.errors import Refused
from amparo.web.notes.carried import Carried
from amparo.web.notes.turns import Go, Screen, Turn, page
from amparo.words import words

ABOUT_PICTURES = ("online", "threat")


def _show_ways(turn: Turn) -> HttpResponse:
    return page(turn, "ways")


def _take_ways(turn: Turn) -> Go:
    if turn.go == "open":
        return Go("open", turn.carried)
    return Go("age" if turn.carried.door in ABOUT_PICTURES else "places", turn.carried)


def _show_age(turn: Turn) -> HttpResponse:
    return page(turn, "age", question=UNDER_18)


def _take_age(turn: Turn) -> Go | HttpResponse:
    answer = turn.fields.get(UNDER_18.field, "skip")
    known = {choice.value for choice in UNDER_18.choices}
    if answer not in known:
        answer = "skip"
    carried = replace(_asked(turn.carried), situation=replace(turn.carried.situation, shown_under_18=answer))
    if carried.protected:
        carried = replace(carried, pictures=())
    return Go("threat" if carried.door == "threat" else "places", carried)


def _keep_age(turn: Turn) -> Carried:
    answer = turn.fields.get(UNDER_18.field, "skip")
    known = {choice.value for choice in UNDER_18.choices}
    return turn.carried.with_facts(shown_under_18=answer) if answer in known else turn.carried


def _asked(carried: Carried) -> Carried:
    return replace(carried, asked=tuple(dict.fromkeys((*carried.asked, UNDER_18.field))))


def _show_threat(turn: Turn) -> HttpResponse:
    return page(turn, "threat")


def _take_threat(turn: Turn) -> Go | HttpResponse:
    """Takes the accounts or addresses the threat comes from, if she has any."""
    carried = replace(turn.carried, text=turn.fields.get("text", ""))
    try:
        read = read_places(carried.text)
    except Refused as too_much:
        return page(replace(turn, carried=_short(carried)), "threat", typed=carried.text, problem=too_much)
    carried = carried.with_facts(places=read.places)
    if carried.text.strip() and not read.places:
        problem = Refused(
            words("No address was found in what you typed."),
            words("Copy the account's address from the address bar, or leave the box empty."),
        )
        return page(replace(turn, carried=carried), "threat", problem=problem)
    return Go(after_places(carried), carried)


def _keep_threat(turn: Turn) -> Carried:
    return _short(replace(turn.carried, text=turn.fields.get("text", "")))


def _short(carried: Carried) -> Carried:
    """Leaves a text out of what travels when it is too long for it; the box itself still shows it."""
    return carried if len(carried.text) <= 1_000_000 else replace(carried, text="")


def after_places(carried: Carried) -> str:
    """Gives the screen after the places: pictures only where they help and may be read."""
    if carried.protected:
        return "questions"
    may_help = carried.door in ABOUT_PICTURES and carried.situation.shown_under_18 == "no"
    return "pictures" if may_help else "questions"


def before_places(carried: Carried) -> str:
    """Gives the screen before the places."""
    return "age" if carried.door in ABOUT_PICTURES else "ways"


WAYS = Screen(_show_ways, _take_ways)
AGE = Screen(_show_age, _take_age, keep=_keep_age)
THREAT = Screen(_show_threat, _take_threat, keep=_keep_threat, back=lambda carried: "age")
