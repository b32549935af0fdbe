"""The events of a case, folded: what is known, where it was seen, what was asked and what came back."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Any

from amparo.claims import events as happened
from amparo.claims import links, situations
from amparo.claims.check import settled
from amparo.claims.events import Event
from amparo.errors import WrongUse
from amparo.law.situation import Situation


@dataclass(frozen=True)
class Look:
    """One look at an address: when, what it showed (`check.STATES`), how it was looked at."""

    at: datetime
    state: str
    how: str


@dataclass(frozen=True)
class Sighting:
    """One address of the case, and each look at it, oldest first."""

    url: str
    added: datetime
    how: str
    note: str | None = None
    set_aside: bool = False
    looks: tuple[Look, ...] = ()

    @property
    def state(self) -> str | None:
        """Gives what the last look showed, or None where nobody looked again."""
        return self.looks[-1].state if self.looks else None


@dataclass(frozen=True)
class Request:
    """One request that went out, and all that followed it, in the order it was written down."""

    sent: happened.Sent
    entry: int
    delivered: datetime | None = None
    bounced: happened.Bounced | None = None
    replies: tuple[happened.Replied, ...] = ()
    extended: happened.Extended | None = None
    supplied: tuple[happened.Supplied, ...] = ()
    escalated: tuple[happened.Escalated, ...] = ()
    followed_by: tuple[str, ...] = ()

    @property
    def id(self) -> str:
        return self.sent.request

    @property
    def received(self) -> datetime:
        """Gives when it reached them as far as known: their receipt, else the moment it was sent."""
        return self.delivered or self.sent.sent

    @property
    def last_reply(self) -> happened.Replied | None:
        """Gives the reply that came in last, by the day she got it."""
        return max(self.replies, key=lambda reply: reply.received, default=None)


@dataclass(frozen=True)
class Correction:
    """A note beside an earlier entry: which field should read how, and why."""

    field: str
    value: str
    why: str | None
    at: datetime


@dataclass(frozen=True)
class Entry:
    """One line of the log: its number (as sealed), the event, and what was corrected beside it."""

    number: int
    event: Event
    corrections: tuple[Correction, ...] = ()
    erased: bool = False


@dataclass(frozen=True)
class Case:
    """A case as its log says. Nothing in it depends on today."""

    opened: datetime | None = None
    language: str = "en"
    name: str | None = None
    situation: Situation | None = None
    sightings: Mapping[str, Sighting] = field(default_factory=dict)
    fingerprints: tuple[happened.Fingerprinted, ...] = ()
    requests: Mapping[str, Request] = field(default_factory=dict)
    planned: happened.Planned | None = None
    loose_replies: tuple[happened.Replied, ...] = ()
    notes: tuple[happened.Noted, ...] = ()
    mandate: happened.MandateGiven | None = None
    mandate_withdrawn: date | None = None
    outcomes_agreed: bool = False
    closed: datetime | None = None
    log: tuple[Entry, ...] = ()

    @property
    def places(self) -> tuple[str, ...]:
        """Gives the addresses of the case without those set aside."""
        return tuple(url for url, one in self.sightings.items() if not one.set_aside)

    @property
    def references(self) -> tuple[str, ...]:
        """Gives every reference number in the case, ours and theirs."""
        ours = (one.sent.reference for one in self.requests.values())
        theirs = (reply.reference for one in self.requests.values() for reply in one.replies)
        loose = (reply.reference for reply in self.loose_replies)
        return tuple(dict.fromkeys(ref for ref in (*ours, *theirs, *loose) if ref))

    def situation_now(self) -> Situation:
        """Gives the situation with the addresses the case holds now."""
        known = self.situation or Situation(published="unknown")
        return replace(known, places=self.places or known.places)

    def next_request_id(self) -> str:
        """Gives the name the next request gets (r1, r2 …)."""
        return f"r{len(self.requests) + 1}"

    def mandate_stands(self, today: date) -> bool:
        """Says whether somebody may act for her today."""
        if self.mandate is None or self.mandate_withdrawn is not None:
            return False
        return self.mandate.until is None or today <= self.mandate.until


def fold(log: Iterable[Event], *, first: int = 1) -> Case:
    """Gives the case its events tell, in their order; the first has the number `first`.

    An event about something unknown (a reply to no request) stays in the log and changes nothing else.
    """
    folding = _Folding()
    for number, event in enumerate(log, first):
        folding.log[number] = Entry(number, event)
        take = _TAKE.get(type(event))
        if take is not None:
            take(folding, number, event)
    return folding.case()


class _Folding:
    """A case while its log is read: the same fields, still open."""

    def __init__(self) -> None:
        self.known: dict[str, Any] = {}  # the plain fields of Case, by name
        self.sightings: dict[str, Sighting] = {}
        self.requests: dict[str, Request] = {}
        self.looks: dict[str, list[Look]] = {}
        self.by_item: dict[str, str] = {}
        self.fingerprints: list[happened.Fingerprinted] = []
        self.loose: list[happened.Replied] = []
        self.notes: list[happened.Noted] = []
        self.log: dict[int, Entry] = {}

    def case(self) -> Case:
        looks = self.looks
        seen = {url: replace(one, looks=tuple(looks.get(url, ()))) for url, one in self.sightings.items()}
        return Case(
            sightings=seen,
            fingerprints=tuple(self.fingerprints),
            requests=self.requests,
            loose_replies=tuple(self.loose),
            notes=tuple(self.notes),
            log=tuple(self.log.values()),
            **self.known,
        )

    def opened(self, number: int, event: happened.Opened) -> None:
        self.known.setdefault("opened", event.at)
        self.known["language"] = event.language

    def named(self, number: int, event: happened.NameGiven) -> None:
        self.known["name"] = event.name

    def situation(self, number: int, event: happened.SituationGiven) -> None:
        try:
            known = situations.parse(dict(event.situation))
        except WrongUse:  # written by a newer program: kept in the log, the last readable facts stand
            return
        self.known["situation"] = known
        for place in known.places:
            if place not in self.sightings:
                self._see(Sighting(place, event.at, "pasted"))

    def sighting(self, number: int, event: happened.SightingAdded) -> None:
        known = self.sightings.get(event.url)
        added = known.added if known else event.at
        self._see(Sighting(event.url, added, event.how, event.note))

    def set_aside(self, number: int, event: happened.SightingSetAside) -> None:
        known = self.sightings.get(event.url)
        if known:
            self.sightings[event.url] = replace(known, set_aside=True)

    def fingerprinted(self, number: int, event: happened.Fingerprinted) -> None:
        self.fingerprints.append(event)

    def planned(self, number: int, event: happened.Planned) -> None:
        self.known["planned"] = event

    def sent(self, number: int, event: happened.Sent) -> None:
        request = event.request
        if request in self.requests:  # two people wrote at once: the later one is told apart by its number
            request = f"{request}-{number}"
            event = replace(event, request=request)
        self.requests[request] = Request(event, number)
        first = self.requests.get(event.answers or "")
        if first:
            self.requests[first.id] = replace(first, followed_by=(*first.followed_by, request))

    def delivered(self, number: int, event: happened.Delivered) -> None:
        self._on(event.request, delivered=event.on, bounced=None)

    def bounced(self, number: int, event: happened.Bounced) -> None:
        self._on(event.request, bounced=event)

    def replied(self, number: int, event: happened.Replied) -> None:
        known = self.requests.get(event.request or "")
        if known is None:
            self.loose.append(event)
            return
        self._on(known.id, replies=(*known.replies, event), bounced=None)
        if event.reply == "extended" and known.extended is None:
            self._on(known.id, extended=happened.Extended(at=event.at, request=known.id, told=event.received))

    def extended(self, number: int, event: happened.Extended) -> None:
        self._on(event.request, extended=event)

    def supplied(self, number: int, event: happened.Supplied) -> None:
        known = self.requests.get(event.request)
        if known:
            self._on(event.request, supplied=(*known.supplied, event))

    def escalated(self, number: int, event: happened.Escalated) -> None:
        known = self.requests.get(event.request)
        if known:
            self._on(event.request, escalated=(*known.escalated, event))

    def checked(self, number: int, event: happened.Checked) -> None:
        url = event.url if event.url in self.sightings else self._same(event.url)
        if url not in self.sightings:
            self._see(Sighting(url, event.at, "look_again"))
        looks = self.looks.setdefault(url, [])
        before = next((look.state for look in reversed(looks) if look.state != "unclear"), None)
        state = settled(before, event.state)
        looks.append(Look(event.at, state, event.how))

    def noted(self, number: int, event: happened.Noted) -> None:
        self.notes.append(event)

    def mandate_given(self, number: int, event: happened.MandateGiven) -> None:
        self.known["mandate"] = event
        self.known["mandate_withdrawn"] = None

    def mandate_withdrawn(self, number: int, event: happened.MandateWithdrawn) -> None:
        self.known["mandate_withdrawn"] = event.on

    def corrected(self, number: int, event: happened.Corrected) -> None:
        known = self.log.get(event.entry)
        if known:
            beside = Correction(event.field, event.value, event.why, event.at)
            self.log[event.entry] = replace(known, corrections=(*known.corrections, beside))

    def erased(self, number: int, event: happened.Erased) -> None:
        known = self.log.get(event.entry or 0)
        if known:
            self.log[known.number] = replace(known, erased=True)

    def outcomes(self, number: int, event: happened.OutcomesAgreed) -> None:
        self.known["outcomes_agreed"] = event.yes

    def closed(self, number: int, event: happened.Closed) -> None:
        self.known["closed"] = event.at

    def reopened(self, number: int, event: happened.Reopened) -> None:
        self.known["closed"] = None

    def _on(self, request: str, **changes: Any) -> None:
        known = self.requests.get(request)
        if known:
            self.requests[request] = replace(known, **changes)

    def _same(self, url: str) -> str:
        """Gives the address under which the case already knows a page, else the address itself."""
        return self.by_item.get(links.same_item(url), url)

    def _see(self, seen: Sighting) -> None:
        if seen.url not in self.sightings:
            self.by_item.setdefault(links.same_item(seen.url), seen.url)
        self.sightings[seen.url] = seen


_TAKE: dict[type[Event], Any] = {
    happened.Opened: _Folding.opened,
    happened.NameGiven: _Folding.named,
    happened.SituationGiven: _Folding.situation,
    happened.SightingAdded: _Folding.sighting,
    happened.SightingSetAside: _Folding.set_aside,
    happened.Fingerprinted: _Folding.fingerprinted,
    happened.Planned: _Folding.planned,
    happened.Sent: _Folding.sent,
    happened.Delivered: _Folding.delivered,
    happened.Bounced: _Folding.bounced,
    happened.Replied: _Folding.replied,
    happened.Extended: _Folding.extended,
    happened.Supplied: _Folding.supplied,
    happened.Checked: _Folding.checked,
    happened.Escalated: _Folding.escalated,
    happened.Noted: _Folding.noted,
    happened.MandateGiven: _Folding.mandate_given,
    happened.MandateWithdrawn: _Folding.mandate_withdrawn,
    happened.Corrected: _Folding.corrected,
    happened.Erased: _Folding.erased,
    happened.OutcomesAgreed: _Folding.outcomes,
    happened.Closed: _Folding.closed,
    happened.Reopened: _Folding.reopened,
}
