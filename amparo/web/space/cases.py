"""What now, across all cases; one case; its name, its notes, its end."""

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.views.decorators.http import require_POST

from amparo.claims import calendar, events, follow_up, plan, status, store
from amparo.claims.case import Case
from amparo.claims.chronology import chronology
from amparo.claims.letters.mandate import ONE_YEAR
from amparo.claims.models import SHELF
from amparo.claims.plan import Step
from amparo.errors import AmparoError, Refused
from amparo.vault import members
from amparo.web.notes.carried import to_json
from amparo.web.notes.planning import key_of
from amparo.web.space.gate import Space, opened
from amparo.web.space.keeping import carried_of
from amparo.words import words


@opened
def now_page(request: HttpRequest, space: Space) -> HttpResponse:
    """The next acts across all cases, in order of time; and where a link, name or reference stands."""
    look_for = request.POST.get("find", "").strip() if request.method == "POST" else ""
    listed = store.list_cases(space.keyring, now=space.now)
    shown = store.find(listed, look_for) if look_for else listed
    given = {
        "listed": shown,
        "acts": store.next_acts(shown, space.now),
        "find": look_for,
        "all": len(listed),
        "now": space.now,
    }
    return render(request, "space/now.html", given)


@dataclass(frozen=True)
class Ask:
    """A step of the plan that can be asked now."""

    key: str
    step: Step


@dataclass(frozen=True)
class Next:
    """One act, and the letter it opens (None: another page)."""

    act: status.Act
    letter: str | None = None


@opened
def case_page(request: HttpRequest, space: Space, case_id: str) -> HttpResponse:
    """One case: the next step on top, who was asked and what came back, the places, the log, the people."""
    return show(request, space, case_id)


def show(
    request: HttpRequest, space: Space, case_id: str, *, problem: AmparoError | None = None
) -> HttpResponse:
    """Shows the case."""
    loaded = store.case(space.keyring, case_id)
    case = loaded.case
    state = status.status(case, space.now)
    asks = list(to_ask(case, space))
    acts = [Next(act, _letter_of(act, asks)) for act in state.next_acts]
    given = {
        "problem": problem,
        "case_id": case_id,
        "case": case,
        "status": state,
        "asked": [one for one in state.recipients if one.requests],
        "to_ask": asks,
        "first": next(iter(acts), None),
        "then": acts[1:],
        "state": to_json(carried_of(case_id, case)),
        "log": chronology(case, notes=True)[::-1],
        "for_other": _for_other(case),
        "mandate_stands": case.mandate_stands(space.now.date()),
        "until": request.POST.get("until", "") or (space.now.date() + ONE_YEAR).isoformat(),
        "over": OVER,
        "people": members.people(SHELF, space.keyring, case_id),
        "me": space.keyring.account_id,
        "findings": loaded.findings,
        "typed": request.POST.get("text", ""),
        "now": space.now,
    }
    return render(request, "space/case.html", given, status=422 if problem else 200)


def _letter_of(act: status.Act, asks: list[Ask]) -> str | None:
    """Gives the name of the letter an act sends, as forms call it."""
    wanted = (act.rule, act.letter, act.places)
    same = [f"p:{one.key}" for one in asks if (one.step.rule, one.step.letter, one.step.places) == wanted]
    return same[0] if act.kind == "send" and same else None


def _for_other(case: Case) -> bool:
    """Says whether somebody acts for the person shown."""
    situation = case.situation_now()
    return situation.role == "representative" or bool(situation.sender.represents)


def to_ask(case: Case, space: Space) -> list[Ask]:
    """Gives the steps of the plan with a letter that went to nobody yet."""
    if case.situation is None:
        return []
    made = plan.plan(case.situation_now(), now=space.now)
    asked = {
        (request.sent.slug or request.sent.recipient, request.sent.right)
        for request in case.requests.values()
    }
    return [Ask(key_of(step), step) for step in made.steps if step.letter and step.key not in asked]


@require_POST
@opened
def act(request: HttpRequest, space: Space, case_id: str) -> HttpResponse:
    """Notes something about the case: its name, a note, that it rests or goes on, that it is erased."""
    if "again" in request.POST:
        return show(request, space, case_id)
    text = request.POST.get("text", "").strip()
    go = request.POST.get("go", "")
    if go == "erase":
        return _erase(request, space, case_id)
    new: events.Event | None = None
    if go == "name" and text:
        new = events.NameGiven(at=space.now, name=text[:200])
    elif go == "note" and text:
        new = events.Noted(at=space.now, text=text[:20_000])
    elif go == "close":
        new = events.Closed(at=space.now)
    elif go == "reopen":
        new = events.Reopened(at=space.now)
    if new is not None:
        store.append(space.keyring, case_id, new, now=space.now)
    return back(space, case_id)


def back(space: Space, case_id: str) -> HttpResponse:
    """Leads back to the case, so that a reload sends nothing twice."""
    response = HttpResponseRedirect(space.at(f"c/{case_id}/"))
    response.status_code = 303
    return response


def _erase(request: HttpRequest, space: Space, case_id: str) -> HttpResponse:
    if request.POST.get("sure") != "yes":
        problem = Refused(words("Nothing was erased."), words("Tick the box if you want to erase this case."))
        return show(request, space, case_id, problem=problem)
    store.delete(space.keyring, case_id, now=space.now)
    response = HttpResponseRedirect(space.at())
    response.status_code = 303
    return response


# States in which no answer is awaited any more.
OVER = ("gone", "answered", "refused", "taken_further")

# What an act is in a calendar that others may see.
_DAYS = {
    "wait": "answer_due",
    "act_by": "act_by",
    "look": "look_again",
    "remind": "follow_up",
    "mandate": "mandate_ends",
}


@require_POST
@opened
def calendar_file(request: HttpRequest, space: Space) -> HttpResponse:
    """Gives the dates as a calendar file with neutral titles."""
    days = [
        calendar.Day(due.act.when.date(), _DAYS[due.act.kind], f"{due.case_id}/{due.act.request}")
        for due in store.next_acts(store.list_cases(space.keyring, now=space.now), space.now)
        if due.act.kind in _DAYS
    ]
    response = HttpResponse(
        calendar.ics(days, space.lang, now=space.now), content_type="text/calendar; charset=utf-8"
    )
    response["Content-Disposition"] = 'attachment; filename="dates.ics"'
    return response


@opened
def request_page(request: HttpRequest, space: Space, case_id: str, request_id: str) -> HttpResponse:
    """One request: what went out, what came back, what can follow."""
    case = store.case(space.keyring, case_id).case
    asked = case.requests.get(request_id)
    if asked is None:
        raise Refused(words("There is no such request in this case."), words("Go back to the case."))
    given = {
        "case_id": case_id,
        "asked": asked,
        "standing": _standing(case, request_id, space),
        "over": OVER,
        "ways": follow_up.ways(case, asked, now=space.now),
        "now": space.now,
    }
    return render(request, "space/request.html", given)


def _standing(case: Case, request_id: str, space: Space) -> status.RequestStatus:
    """Gives where one request stands."""
    everyone = status.status(case, space.now).recipients
    return next(one for each in everyone for one in each.requests if one.request.id == request_id)
