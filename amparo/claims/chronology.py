"""The log of a case as sentences, in order. Nothing is left out, not even what is unknown."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from amparo.claims import events as happened
from amparo.claims.case import Case, Entry
from amparo.claims.check import STATES
from amparo.words import Words, words


@dataclass(frozen=True)
class Line:
    """One line: its number in the log, when it happened, what happened, and corrections beside it."""

    number: int
    at: datetime
    what: Words
    beside: tuple[Words, ...] = ()


REPLIES = {
    "acknowledged": words("{who} confirmed that it arrived."),
    "identity_asked": words("{who} asked for proof of identity."),
    "clarification_asked": words("{who} asked what is meant."),
    "fee_asked": words("{who} asked for money."),
    "extended": words("{who} said that more time is needed."),
    "done": words("{who} said that it is done."),
    "partly_done": words("{who} said that a part is done."),
    "refused": words("{who} refused."),
    "other": words("{who} wrote."),
}


def chronology(case: Case, *, notes: bool) -> tuple[Line, ...]:
    """Gives the lines of a case by the time they happened; her own notes only if wanted."""
    lines = [_line(case, entry) for entry in case.log if notes or not isinstance(entry.event, happened.Noted)]
    return tuple(sorted(lines, key=lambda line: (line.at, line.number)))


def _line(case: Case, entry: Entry) -> Line:
    event = entry.event
    if entry.erased or isinstance(event, happened.Gone):
        return Line(entry.number, event.at, words("The content of this entry was destroyed."))
    said = _SAYS.get(type(event))
    what = said(case, event) if said else words("An entry that this program does not know.")
    beside = tuple(
        words(
            "Corrected on {day}: {field} reads {value}.", day=one.at.date(), field=one.field, value=one.value
        )
        for one in entry.corrections
    )
    return Line(entry.number, _moment(event), what, beside)


def _moment(event: happened.Event) -> datetime:
    """Gives when it happened, where that is not when it was written down."""
    for name in ("sent", "received", "told", "on"):
        moment = getattr(event, name, None)
        if isinstance(moment, datetime):
            return moment
    return event.at


def _to(case: Case, request: str | None) -> str:
    known = case.requests.get(request or "")
    return known.sent.recipient if known else "?"


def _sent(case: Case, event: Any) -> Words:
    return words(
        "A request went to {who}: {subject}", who=event.recipient, subject=event.subject or event.right
    )


def _replied(case: Case, event: Any) -> Words:
    return Words(REPLIES.get(event.reply, REPLIES["other"]).text, {"who": _to(case, event.request)})


def _checked(case: Case, event: Any) -> Words:
    meaning = STATES.get(event.state)
    return words(
        "{url} was looked at: {state}", url=event.url, state=meaning.says if meaning else event.state
    )


_SAYS: dict[type[happened.Event], Callable[[Case, Any], Words]] = {
    happened.Opened: lambda case, event: words("The case was opened."),
    happened.NameGiven: lambda case, event: words("The case was given a name."),
    happened.SituationGiven: lambda case, event: words("The facts were written down."),
    happened.SightingAdded: lambda case, event: words("It was seen at {url}", url=event.url),
    happened.SightingSetAside: lambda case, event: words("{url} was set aside.", url=event.url),
    happened.Fingerprinted: lambda case, event: words(
        "A picture was read. Its fingerprint is {pdq}", pdq=event.pdq
    ),
    happened.Planned: lambda case, event: words("A plan was made."),
    happened.Drafted: lambda case, event: words("A letter to {who} was prepared.", who=event.recipient),
    happened.Sent: _sent,
    happened.Delivered: lambda case, event: words("The request reached {who}.", who=_to(case, event.request)),
    happened.Bounced: lambda case, event: words(
        "The request did not reach {who}.", who=_to(case, event.request)
    ),
    happened.Replied: _replied,
    happened.Extended: lambda case, event: words(
        "{who} said that more time is needed.", who=_to(case, event.request)
    ),
    happened.Supplied: lambda case, event: words(
        "What {who} had asked for was given.", who=_to(case, event.request)
    ),
    happened.Checked: _checked,
    happened.Escalated: lambda case, event: words("The request was taken further, to {who}.", who=event.to),
    happened.Noted: lambda case, event: words("Note: {text}", text=event.text),
    happened.MandateGiven: lambda case, event: words("A mandate was given."),
    happened.MandateWithdrawn: lambda case, event: words("The mandate was withdrawn."),
    happened.Corrected: lambda case, event: words("Entry {n} was corrected.", n=event.entry),
    happened.Erased: lambda case, event: words("The content of an entry or a file was destroyed."),
    happened.OutcomesAgreed: lambda case, event: words("Agreement to count the bare outcome was noted."),
    happened.Closed: lambda case, event: words("The case was closed."),
    happened.Reopened: lambda case, event: words("The case was opened again."),
}
