"""From the way that keeps nothing into my space: what she prepared becomes a case, or updates one."""

from collections.abc import Iterator
from dataclasses import replace

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.views.decorators.http import require_POST

from amparo.claims import events, plan, situations, store
from amparo.claims.case import Case
from amparo.claims.events import Event
from amparo.web.notes.carried import Carried, Number, from_json
from amparo.web.notes.planning import key_of
from amparo.web.space import opening
from amparo.web.space.gate import Space, keyring_of, opened


@require_POST
def offer(request: HttpRequest, lang: str) -> HttpResponse:
    """Asks for a name and keeps it when the space is open; otherwise leads through opening or making one."""
    if keyring_of(request) is None and "called" not in request.POST:
        return opening.open_with(request, lang)
    carried = from_json(request.POST.get("state", ""))
    if ("called" not in request.POST and not carried.case) or "again" in request.POST:
        given = {"state": request.POST["state"], "called": request.POST.get("called", "")}
        return render(request, "space/bring.html", given)
    return keep(request, lang=lang)


@opened
def keep(request: HttpRequest, space: Space) -> HttpResponse:
    """Makes a case of what travels with the page, or adds it to the case it came from."""
    carried = from_json(request.POST.get("state", ""))
    if carried.case:
        case = store.case(space.keyring, carried.case).case
        new = list(changes(case, carried, space))
        case_id = carried.case
        if new:
            store.append(space.keyring, case_id, *new, now=space.now)
        if carried.protected and case.fingerprints:
            store.erase_fingerprints(space.keyring, case_id, now=space.now)
    else:
        first = list(beginning(carried, space, request.POST.get("called", "")))
        case_id = store.open_case(space.keyring, language=space.lang, now=space.now, first=first)
    response = HttpResponseRedirect(space.at(f"c/{case_id}/"))
    response.status_code = 303
    return response


def beginning(carried: Carried, space: Space, called: str) -> Iterator[Event]:
    """Gives what a new case begins with."""
    if called.strip():
        yield events.NameGiven(at=space.now, name=called.strip()[:200])
    yield from changes(Case(), carried, space)


def changes(case: Case, carried: Carried, space: Space) -> Iterator[Event]:
    """Gives what is new against the case: facts, places, numbers of pictures."""
    situation = carried.situation
    if not situation.languages:
        situation = replace(situation, languages=(space.lang,))
    if situation != case.situation:
        yield events.SituationGiven(at=space.now, situation=situations.to_dict(situation))
    for place in situation.places:
        if place not in case.sightings:
            yield events.SightingAdded(at=space.now, url=place)
    yield from _planned(case, carried, space)
    known = {one.sha256 for one in case.fingerprints}
    for number in carried.pictures:
        if number.sha256 not in known:
            yield events.Fingerprinted(
                at=space.now, sha256=number.sha256, pdq=number.pdq, quality=number.quality
            )


def _planned(case: Case, carried: Carried, space: Space) -> Iterator[Event]:
    """Gives the steps she chose, once she has seen the plan."""
    if carried.chosen is None:
        return
    made = plan.plan(carried.situation, now=space.now)
    steps = tuple(
        {
            "slug": step.recipient.slug,
            "recipient": step.recipient.name,
            "right": step.right,
            "rule": step.rule,
            "letter": step.letter,
            "places": list(step.places),
        }
        for step in made.steps
        if key_of(step) in carried.chosen
    )
    if case.planned is None or tuple(case.planned.steps) != steps:
        yield events.Planned(at=space.now, steps=steps)


def carried_of(case_id: str, case: Case) -> Carried:
    """Gives a case as the screens of the way that keeps nothing read it, to add or change something."""
    numbers = tuple(Number(one.pdq, one.sha256, one.quality) for one in case.fingerprints)
    return Carried(case=case_id, situation=case.situation_now(), pictures=numbers)
