"""One letter of a case: filled in, sent from her own mail server, or noted as sent by her."""

import threading
from collections.abc import Mapping
from contextlib import nullcontext
from dataclasses import dataclass
from datetime import UTC, datetime, time

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render as render_page
from django.views.decorators.http import require_POST

from amparo.claims import events, follow_up, plan, render, sending, situations, store
from amparo.claims.case import Case
from amparo.claims.letters import LANGUAGES, Letter, languages_of, letter
from amparo.claims.letters.mandate import ONE_YEAR
from amparo.claims.plan import Step
from amparo.errors import AmparoError, CouldNot, Refused, WrongUse
from amparo.law import rules
from amparo.law.situation import Situation
from amparo.web.notes import blanks
from amparo.web.notes.letter import FILES, NAMES, file_of, not_ready
from amparo.web.notes.planning import key_of
from amparo.web.space import mandates
from amparo.web.space.gate import Space, opened
from amparo.web.space.settings import account_of
from amparo.words import words

ONCE = ("send", "mark")
_once = threading.Lock()


@dataclass(frozen=True)
class Open:
    """The letter that is open: its case, its step, what it says, and how the form names it."""

    case_id: str
    case: Case
    which: str
    situation: Situation
    step: Step
    letter: Letter

    @property
    def request_id(self) -> str | None:
        """Gives the request this letter follows up, or None for a first one."""
        kind, _, rest = self.which.partition(":")
        return rest.partition(":")[0] if kind == "f" else None


def step_of(case: Case, which: str, *, now: datetime) -> tuple[Situation, Step]:
    """Gives the situation and step a form names: `p:<key of the plan>` or `f:<request>:<number>`."""
    kind, _, rest = which.partition(":")
    situation = case.situation_now()
    if kind == "f":
        request_id, _, number = rest.partition(":")
        asked = case.requests.get(request_id)
        if asked is not None and number.isdecimal() and len(number) < 4:
            step = follow_up.way(case, asked, int(number), now=now)
            return follow_up.situation_of(case, asked, now=now), step
    else:
        made = plan.plan(situation, now=now)
        found = next((one for one in made.steps if key_of(one) == rest and one.letter), None)
        if found is not None:
            return situation, found
    raise Refused(words("This letter is no longer part of the plan."), words("Go back to the case."))


@require_POST
@opened
def page(request: HttpRequest, space: Space, case_id: str) -> HttpResponse:
    """Shows a letter, and does what the pressed button says. Nothing is sent or noted twice at once."""
    with _once if request.POST.get("go") in ONCE else nullcontext():
        return _page(request, space, case_id)


def _page(request: HttpRequest, space: Space, case_id: str) -> HttpResponse:
    loaded = store.case(space.keyring, case_id)
    case, which = loaded.case, request.POST.get("which", "")
    try:
        _not_twice(request, loaded.count)
        case = _filled(request, space, case_id, case, which)
        open_ = _open(request, space, case_id, case, which)
        act = ACTS.get(request.POST.get("go", ""))
        return act(request, space, open_) if act else _show(request, space, open_)
    except AmparoError as problem:
        return _show(request, space, _open(request, space, case_id, case, which), problem=problem)


def _not_twice(request: HttpRequest, count: int) -> None:
    """Stops a button that was pressed twice: the second time, the case has grown since the page was made."""
    if request.POST.get("go") in ONCE and request.POST.get("count", str(count)) != str(count):
        raise Refused(
            words("Something was added to this case since this letter was opened. Nothing was sent now."),
            words("Look in the case whether it went out already. If not, press the button again."),
        )


def _open(request: HttpRequest, space: Space, case_id: str, case: Case, which: str) -> Open:
    situation, step = step_of(case, which, now=space.now)
    given = request.POST.get("language", "")
    made = letter(situation, step, language=given if given in LANGUAGES else None, now=space.now)
    return Open(case_id, case, which, situation, step, made)


def _typed(request: HttpRequest) -> Mapping[str, str]:
    names = [name for name in request.POST.getlist("blank") if name.isidentifier()]
    return {name: request.POST.get(f"x-{name}", "") for name in names}


def _filled(request: HttpRequest, space: Space, case_id: str, case: Case, which: str) -> Case:
    """Puts what she typed into the case's facts; nothing new, nothing written."""
    typed = _typed(request)
    if not typed or "again" in request.POST:
        return case
    before = case.situation_now()
    style = {"name_style": request.POST.get("name_style", "")}
    after = blanks.filled(before, typed, {**typed, **style})
    if after == before:
        return case
    given = events.SituationGiven(at=space.now, situation=situations.to_dict(after))
    store.append(space.keyring, case_id, given, now=space.now)
    return store.case(space.keyring, case_id).case


def _show(
    request: HttpRequest, space: Space, open_: Open, *, problem: AmparoError | None = None
) -> HttpResponse:
    theirs, step = open_.letter, open_.step
    mail = space.settings.mail
    as_typed = bool(problem) or "again" in request.POST
    by_form = step.channel is not None and step.channel.kind in ("form", "in_app", "post")
    given = {
        "problem": problem,
        "case_id": open_.case_id,
        "which": open_.which,
        "step": step,
        "theirs": theirs,
        "hers": _hers(space, open_),
        "fields": blanks.shown(open_.situation, theirs, _typed(request) if as_typed else None),
        "styles": blanks.STYLES,
        "name_style": (as_typed and request.POST.get("name_style")) or open_.situation.name_style,
        "languages_of_letters": [(code, NAMES[code]) for code in languages_of(theirs.kind)],
        "card": render.card(theirs, step.channel) if by_form and theirs.ready else None,
        "mailto": render.mailto(theirs) if theirs.ready else None,
        "text": render.text(theirs),
        "mail": mail,
        "may_send": bool(mail and theirs.ready and step.channel and step.channel.kind == "mail"),
        "seen_by": sending.who_sees_it(mail.address, step.recipient.name) if mail else (),
        "on": (as_typed and request.POST.get("on")) or space.now.date().isoformat(),
        "count": store.case(space.keyring, open_.case_id).count,
        "until": (space.now.date() + ONE_YEAR).isoformat(),
        "mandate_stands": open_.case.mandate_stands(space.now.date()),
        "by_hand": theirs.kind != "mandate",
        "now": space.now,
    }
    return render_page(request, "space/letter.html", given, status=422 if problem else 200)


def _hers(space: Space, open_: Open) -> Letter | None:
    written = languages_of(open_.letter.kind)
    if space.lang == open_.letter.language or space.lang not in written or open_.letter.other_language:
        return None
    return letter(open_.situation, open_.step, language=space.lang, now=space.now)


def _file(request: HttpRequest, space: Space, open_: Open) -> HttpResponse:
    return file_of(open_.letter, request.POST["go"], situation=open_.situation, now=space.now)


def _send(request: HttpRequest, space: Space, open_: Open) -> HttpResponse:
    """Sends it from her own server. The event is written only after the server took it."""
    mail = space.settings.mail
    if mail is None:
        raise Refused(words("No mail server is set."), words("Add yours under Settings, or copy the text."))
    if _encloses(open_.letter) and not mandates.enclosed(space, open_.case_id, open_.case):
        raise Refused(
            words("The signed mandate goes with this letter, and it is not kept here. Nothing was sent."),
            words("Go back to the case and keep the signed page there. Then send the letter."),
        )
    sent = sending.send(
        open_.letter,
        account=account_of(mail),
        now=space.now,
        attachments=mandates.enclosed(space, open_.case_id, open_.case) if _encloses(open_.letter) else (),
        sent_by_her=open_.situation.role != "representative",
    )
    try:
        return _noted(space, open_, channel="mail", at=sent.at, message_id=sent.message_id)
    except AmparoError as problem:  # a full disk, say
        raise CouldNot(
            words("The letter went out, but it could not be noted here."),
            words("Do not send it again. Make room on the disk, then note below that you sent it today."),
        ) from problem


def _encloses(made: Letter) -> bool:
    return "mandate" in made.encloses


def _mark(request: HttpRequest, space: Space, open_: Open) -> HttpResponse:
    """Notes that she sent it herself, on the day she says."""
    if not open_.letter.ready:
        raise not_ready(open_.letter)
    channel = open_.step.channel.kind if open_.step.channel else "other"
    return _noted(space, open_, channel=channel, at=_moment(request.POST.get("on", ""), space.now))


def _moment(text: str, now: datetime) -> datetime:
    """Gives the moment a letter left: now for today, noon (UTC) for an earlier day."""
    try:
        day = situations.near_day(text) if text else now.date()
    except ValueError:
        raise WrongUse(
            words("This is not a day, so nothing was noted."), words("Write it like 2026-11-23.")
        ) from None
    if day > now.date():
        raise WrongUse(
            words("This day has not come yet, so nothing was noted."), words("Give the day it was sent.")
        )
    return now if day == now.date() else datetime.combine(day, time(12), UTC)


def _noted(
    space: Space, open_: Open, *, channel: str, at: datetime, message_id: str | None = None
) -> HttpResponse:
    step, made = open_.step, open_.letter
    rule = rules.rules().get(step.rule or "")
    sent = events.Sent(
        at=space.now,
        request=open_.case.next_request_id(),
        recipient=step.recipient.name,
        slug=step.recipient.slug,
        right=step.right,
        rule=step.rule,
        rule_version=rule.from_.isoformat() if rule else None,
        place=seat_of(step),
        letter=made.kind,
        language=made.language,
        channel=channel,
        address=made.to,
        subject=made.subject,
        text=render.text(made),
        places=step.places,
        message_id=message_id,
        answers=open_.request_id,
        sent=at,
    )
    new: list[events.Event] = [sent]
    if open_.request_id and step.right == follow_up.ID_ANSWER:
        told = events.Supplied(at=space.now, request=open_.request_id, what="identity", on=at)
        new.append(told)
    if open_.request_id and step.rule and _goes_further(open_, open_.request_id):
        new.append(
            events.Escalated(
                at=space.now,
                request=open_.request_id,
                to=step.recipient.name,
                right=step.right,
                rule=step.rule,
            )
        )
    store.append(space.keyring, open_.case_id, *new, now=space.now)
    response = HttpResponseRedirect(space.at(f"c/{open_.case_id}/"))
    response.status_code = 303
    return response


def _goes_further(open_: Open, request_id: str) -> bool:
    """Says whether a letter takes the matter on, and does not only ask for the same again."""
    first, step = open_.case.requests[request_id].sent, open_.step
    same = step.key == (first.slug or first.recipient, first.right)
    return not same and step.right not in (follow_up.REMINDER, follow_up.ID_ANSWER, follow_up.REFUSAL_ANSWER)


def seat_of(step: Step) -> str | None:
    """Gives the place whose calendar counts for a recipient."""
    from amparo.directory.records import records

    record = records().get(step.recipient.slug or "")
    return (record.seat or record.place) if record else None


ACTS = {"send": _send, "mark": _mark, **dict.fromkeys(FILES, _file)}
