"""The dossier of a case: what goes in is chosen, other people are covered, anyone can check it."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from amparo.claims import dossier, store
from amparo.claims.dossier import Choices
from amparo.web.space.gate import Space, opened
from amparo.words import words

PARTS = (
    ("letters", words("The letters I sent"), True),
    ("replies", words("The answers that came in"), True),
    ("notes", words("My notes"), False),
    ("fingerprints", words("The numbers of my pictures"), False),
)


@opened
def page(request: HttpRequest, space: Space, case_id: str) -> HttpResponse:
    """Asks what goes in; gives the file."""
    case = store.case(space.keyring, case_id).case
    if request.method != "POST" or "again" in request.POST:
        return _show(request, case_id)
    wanted = set(request.POST.getlist("part"))
    choices = Choices(
        letters="letters" in wanted,
        replies="replies" in wanted,
        notes="notes" in wanted,
        fingerprints="fingerprints" in wanted,
        cover_others="unmask" not in request.POST,
    )
    made = dossier.build(case, now=space.now, language=space.lang, choices=choices)
    response = HttpResponse(made, content_type="application/zip")
    response["Content-Disposition"] = 'attachment; filename="file.zip"'
    return response


def _show(request: HttpRequest, case_id: str) -> HttpResponse:
    """Asks what goes in, with what she ticked when only the language changed."""
    ticked = request.POST.getlist("part")
    parts = [(name, says, name in ticked if request.POST else first) for name, says, first in PARTS]
    given = {"case_id": case_id, "parts": parts, "unmask": "unmask" in request.POST}
    return render(request, "space/dossier.html", given)
