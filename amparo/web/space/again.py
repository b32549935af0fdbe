"""Look again: she says what each address shows now, or pastes what she sees. Nothing is fetched by us."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from amparo.claims import check, events, store
from amparo.claims.case import Case
from amparo.errors import AmparoError
from amparo.web.space.cases import back
from amparo.web.space.gate import Space, opened


@opened
def page(request: HttpRequest, space: Space, case_id: str) -> HttpResponse:
    """Shows the places with their last state; takes what she found."""
    case = store.case(space.keyring, case_id).case
    if request.method != "POST" or "again" in request.POST:
        return _show(request, case_id, case)
    try:
        pasted = request.POST.get("text", "").strip()
        read = check.read_results(pasted, case.places) if pasted else {}
        said = {place: request.POST.get(f"s-{n}", "") for n, place in enumerate(case.places)}
    except AmparoError as problem:
        return _show(request, case_id, case, problem=problem)
    new: list[events.Event] = [
        events.Checked(at=space.now, url=url, state=state, how="pasted") for url, state in read.items()
    ]
    new += [
        events.Checked(at=space.now, url=place, state=state, how="by_hand")
        for place, state in said.items()
        if state in check.STATES
    ]
    if new:
        store.append(space.keyring, case_id, *new, now=space.now)
        return back(space, case_id)
    return _show(request, case_id, case)


def _show(
    request: HttpRequest, case_id: str, case: Case, *, problem: AmparoError | None = None
) -> HttpResponse:
    said = [request.POST.get(f"s-{n}", "") for n in range(len(case.places))]
    given = {
        "problem": problem,
        "case_id": case_id,
        "sightings": list(zip([case.sightings[place] for place in case.places], said, strict=True)),
        "states": check.STATES.values(),
        "typed": request.POST.get("text", ""),
    }
    return render(request, "space/again.html", given, status=422 if problem else 200)
