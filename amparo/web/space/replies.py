"""A reply came in: pasted, or a mail file. What it is, is suggested; she says what it is."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from io import BytesIO

from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_POST

from amparo.claims import events, replies, store
from amparo.claims.case import Request
from amparo.claims.replies import Reply
from amparo.claims.reply_kinds import classify
from amparo.claims.situations import near_day
from amparo.errors import AmparoError, Refused, WrongUse
from amparo.web import uploads
from amparo.web.space.cases import back
from amparo.web.space.gate import Space, opened
from amparo.words import Words, words

KINDS: tuple[tuple[str, Words], ...] = (
    ("acknowledged", words("They say they have it")),
    ("done", words("They say it is done")),
    ("partly_done", words("They did a part of it")),
    ("refused", words("They refuse")),
    ("extended", words("They need more time")),
    ("identity_asked", words("They ask who I am")),
    ("clarification_asked", words("They ask what I mean")),
    ("fee_asked", words("They ask for money")),
    ("bounced", words("It came back as undeliverable")),
    ("other", words("Something else")),
)


@uploads.takes(uploads.FORM_BYTES)
@require_POST
@opened
def page(request: HttpRequest, space: Space, case_id: str) -> HttpResponse:
    """Reads what she pasted or chose; then notes it as what she says it is."""
    case = store.case(space.keyring, case_id).case
    asked = case.requests.get(request.POST.get("request", ""))
    if asked is None:
        raise Refused(words("There is no such request in this case."), words("Go back to the case."))
    if "again" in request.POST or request.POST.get("go") == "paste":
        return _show(request, space, case_id, asked, _as_typed(request))
    try:
        if request.POST.get("go") == "note":
            return _note(request, space, case_id, asked)
        return _suggest(request, space, case_id, asked)
    except AmparoError as problem:
        return _show(request, space, case_id, asked, _as_typed(request), problem=problem)


def _as_typed(request: HttpRequest) -> Reply:
    """Gives the answer as it stands in the form."""
    return replace(
        replies.read_pasted(""),
        text=request.POST.get("text", ""),
        sender=request.POST.get("sender", ""),
        subject=request.POST.get("subject", ""),
        message_id=request.POST.get("message_id") or None,
    )


def _read(request: HttpRequest) -> Reply:
    file = request.FILES.get("mail")
    if isinstance(file, UploadedFile):
        return replies.read_eml(file.read())
    text = request.POST.get("text", "").strip()
    if not text:
        raise Refused(words("Nothing was pasted and no file was chosen."), words("Paste the answer's text."))
    return replies.read_pasted(text)


def _suggest(request: HttpRequest, space: Space, case_id: str, asked: Request) -> HttpResponse:
    read = _read(request)
    found = classify(read.text, read.headers)
    kind = "bounced" if read.bounce else found.event or "bounced"
    files = [BytesIO(one.content) for one in read.attachments]
    kept = tuple(store.keep_file(space.keyring, case_id, one, now=space.now) for one in files)
    return _show(request, space, case_id, asked, read, kind=kind, because=found.because or "", kept=kept)


def _show(
    request: HttpRequest,
    space: Space,
    case_id: str,
    asked: Request,
    read: Reply,
    *,
    kind: str | None = None,
    because: str = "",
    kept: tuple[str, ...] = (),
    problem: AmparoError | None = None,
) -> HttpResponse:
    given = {
        "problem": problem,
        "case_id": case_id,
        "asked": asked,
        "read": read,
        "kind": kind or request.POST.get("kind", ""),
        "because": because,
        "kinds": KINDS,
        "kept": kept or tuple(request.POST.getlist("kept")),
        "today": request.POST.get("on") or space.now.date().isoformat(),
        "reference": request.POST.get("reference", ""),
        "asking": kind is None and not request.POST.get("kind"),
    }
    return render(request, "space/reply.html", given, status=422 if problem else 200)


def _note(request: HttpRequest, space: Space, case_id: str, asked: Request) -> HttpResponse:
    kind = request.POST.get("kind", "")
    if kind not in dict(KINDS):
        raise WrongUse(words("It is not said what the answer is."), words("Choose what fits best."))
    on = _day(request.POST.get("on", ""), space.now)
    store.append(space.keyring, case_id, *_events(request, space, asked, kind, on), now=space.now)
    return back(space, case_id)


def _events(
    request: HttpRequest, space: Space, asked: Request, kind: str, on: datetime
) -> Iterator[events.Event]:
    if kind == "bounced":
        yield events.Bounced(at=space.now, request=asked.id, on=on)
        return
    yield events.Replied(
        at=space.now,
        request=asked.id,
        reply=kind,
        received=on,
        sender=request.POST.get("sender") or None,
        subject=request.POST.get("subject") or None,
        text=request.POST.get("text") or None,
        attachments=tuple(request.POST.getlist("kept")),
        message_id=request.POST.get("message_id") or None,
        reference=request.POST.get("reference", "").strip() or None,
    )
    if kind == "extended":
        yield events.Extended(at=space.now, request=asked.id, told=on)


def _day(text: str, now: datetime) -> datetime:
    """Gives the moment an answer came: now for today, else that day at this hour."""
    try:
        day = near_day(text) if text else now.date()
    except ValueError:
        raise WrongUse(words("This is not a day."), words("Write it like 2026-11-23.")) from None
    if day > now.date():
        raise WrongUse(words("This day has not come yet."), words("Give the day the answer came in."))
    return now if day == now.date() else now.replace(year=day.year, month=day.month, day=day.day)


@require_POST
@opened
def gave(request: HttpRequest, space: Space, case_id: str) -> HttpResponse:
    """Notes that she gave what they asked for, or that it arrived."""
    asked = store.case(space.keyring, case_id).case.requests.get(request.POST.get("request", ""))
    what = request.POST.get("go", "")
    if asked is not None and what in events.SUPPLIED:
        new: events.Event = events.Supplied(at=space.now, request=asked.id, what=what, on=space.now)
        store.append(space.keyring, case_id, new, now=space.now)
    elif asked is not None and what == "delivered":
        store.append(
            space.keyring,
            case_id,
            events.Delivered(at=space.now, request=asked.id, on=space.now),
            now=space.now,
        )
    return back(space, case_id)
