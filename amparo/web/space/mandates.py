"""The mandate of a case: the signed page is kept sealed and goes with the letters that need it."""

from dataclasses import replace
from datetime import date
from io import BytesIO

from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_POST

from amparo.claims import events, situations, store
from amparo.claims.case import Case
from amparo.claims.render import Attachment
from amparo.errors import AmparoError, Refused, WrongUse
from amparo.web import uploads
from amparo.web.space.cases import back, show
from amparo.web.space.gate import Space, opened
from amparo.words import words

# How each kind of file begins. No byte after these is looked at.
BEGINNINGS = (
    (b"%PDF-", "application/pdf", "mandate.pdf"),
    (b"\xff\xd8\xff", "image/jpeg", "mandate.jpg"),
    (b"\x89PNG\r\n\x1a\n", "image/png", "mandate.png"),
)


@uploads.takes(uploads.FORM_BYTES)
@require_POST
@opened
def act(request: HttpRequest, space: Space, case_id: str) -> HttpResponse:
    """Keeps the signed mandate, or notes that it was withdrawn."""
    if "again" in request.POST:
        return show(request, space, case_id)
    case = store.case(space.keyring, case_id).case
    try:
        new = (
            _withdrawn(space)
            if request.POST.get("go") == "withdraw"
            else _given(request, space, case, case_id)
        )
    except AmparoError as problem:
        return show(request, space, case_id, problem=problem)
    until = new.until if isinstance(new, events.MandateGiven) else None
    store.append(space.keyring, case_id, new, _facts(case, until, space), now=space.now)
    return back(space, case_id)


def _withdrawn(space: Space) -> events.Event:
    return events.MandateWithdrawn(at=space.now, on=space.now.date())


def _given(request: HttpRequest, space: Space, case: Case, case_id: str) -> events.Event:
    until = _last_day(request.POST.get("until", ""), space)
    file = request.FILES.get("signed")
    if not isinstance(file, UploadedFile):
        raise Refused(words("No file was chosen."), words("Choose the signed page as PDF, JPEG or PNG."))
    content = file.read()
    _kind_of(content)
    sender = case.situation_now().sender
    return events.MandateGiven(
        at=space.now,
        by=sender.represents or "",
        to=sender.organisation or sender.name or "",
        scope="requests",
        until=until,
        signed=space.now.date(),
        blob=store.keep_file(space.keyring, case_id, BytesIO(content), now=space.now),
    )


def _last_day(text: str, space: Space) -> date:
    try:
        day = situations.near_day(text)
    except ValueError:
        raise WrongUse(
            words("The mandate needs a last day, so nothing was kept."),
            words("Write the day that stands on it, like 2026-11-23."),
        ) from None
    if day < space.now.date():
        raise WrongUse(
            words("This mandate has ended already, so it was not kept."), words("Let her sign a new one.")
        )
    return day


def _kind_of(content: bytes) -> tuple[str, str]:
    """Gives type and neutral name of a signed page. Raises Refused for another kind of file."""
    for beginning, kind, name in BEGINNINGS:
        if content.startswith(beginning):
            return kind, name
    raise Refused(
        words("This is not a PDF, JPEG or PNG file, so it was not kept."),
        words("Scan or photograph the signed page, and choose that file."),
    )


def _facts(case: Case, until: date | None, space: Space) -> events.Event:
    """Gives the facts with the mandate's last day: letters that need it look there."""
    known = case.situation_now()
    changed = replace(known, sender=replace(known.sender, mandate_until=until))
    return events.SituationGiven(at=space.now, situation=situations.to_dict(changed))


def enclosed(space: Space, case_id: str, case: Case) -> tuple[Attachment, ...]:
    """Gives the signed mandate to go with a letter; none where it ended, was withdrawn or is not here."""
    mandate = case.mandate
    if mandate is None or mandate.blob is None or not case.mandate_stands(space.now.date()):
        return ()
    content = b"".join(store.file(space.keyring, case_id, mandate.blob))
    kind, name = _kind_of(content)
    return (Attachment(name, kind, content),)
