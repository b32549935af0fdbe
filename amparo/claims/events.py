"""What happens in a case, one frozen kind each. The log of them is the case; everything else is worked out.

On disk an event is JSON with `kind`, `version` and `at`. A kind or version this program does not know is kept
as Unknown and shown as such. A field is never renamed or removed: a new meaning is a new version.
"""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, fields
from datetime import date, datetime
from functools import cache
from types import UnionType
from typing import Any, ClassVar, get_args, get_origin, get_type_hints

from amparo.errors import CouldNot
from amparo.words import words


@dataclass(frozen=True, kw_only=True)
class Event:
    """One thing that happened. `at` is when it was written down (aware); other dates say when it was."""

    kind: ClassVar[str] = ""
    version: ClassVar[int] = 1
    at: datetime


@dataclass(frozen=True, kw_only=True)
class Opened(Event):
    """The case was opened; `language` is the one it was opened in."""

    kind: ClassVar[str] = "opened"
    language: str = "en"


@dataclass(frozen=True, kw_only=True)
class NameGiven(Event):
    """The name she gave the case, for her own lists."""

    kind: ClassVar[str] = "name_given"
    name: str


@dataclass(frozen=True, kw_only=True)
class SituationGiven(Event):
    """The facts as they stand from now on, as `situations.to_dict` writes them."""

    kind: ClassVar[str] = "situation_given"
    situation: Mapping[str, Any]


@dataclass(frozen=True, kw_only=True)
class SightingAdded(Event):
    """It was seen at an address. `how`: pasted | search | watch | by_hand; `original` as it was pasted."""

    kind: ClassVar[str] = "sighting_added"
    url: str
    how: str = "pasted"
    original: str | None = None
    note: str | None = None


@dataclass(frozen=True, kw_only=True)
class SightingSetAside(Event):
    """The address is not part of this case (not hers, added by mistake). It stays in the log."""

    kind: ClassVar[str] = "sighting_set_aside"
    url: str
    why: str | None = None


@dataclass(frozen=True, kw_only=True)
class Fingerprinted(Event):
    """A picture of hers was read and let go: `pdq` 64 hex digits, `quality` 0–100, `label` her own word."""

    kind: ClassVar[str] = "fingerprinted"
    sha256: str
    pdq: str
    quality: int
    label: str | None = None
    blob: str | None = None


@dataclass(frozen=True, kw_only=True)
class Planned(Event):
    """The plan as she saw it: one mapping per step she kept (recipient, right, rule, letter, places …)."""

    kind: ClassVar[str] = "planned"
    steps: tuple[Mapping[str, Any], ...] = ()


@dataclass(frozen=True, kw_only=True)
class Drafted(Event):
    """A letter was made ready and not sent."""

    kind: ClassVar[str] = "drafted"
    recipient: str
    slug: str | None = None
    right: str
    rule: str | None = None
    letter: str
    language: str
    subject: str
    places: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Sent(Event):
    """A request went out, with everything as it was: recipient, door, text, the rule and its state.

    `request` is the request's name within the case (r1, r2 …). `sent` is when it left: she may note it later.
    `rule_version` is the first day of the wording that was used; `place` the recipient's seat (ISO 3166).
    `answers` names the earlier request this one follows up (a reminder, a complaint).
    """

    kind: ClassVar[str] = "sent"
    request: str
    recipient: str
    slug: str | None = None
    right: str
    rule: str | None = None
    rule_version: str | None = None
    place: str | None = None
    letter: str | None = None
    language: str | None = None
    channel: str
    address: str | None = None
    subject: str | None = None
    text: str | None = None
    places: tuple[str, ...] = ()
    attachments: tuple[str, ...] = ()
    message_id: str | None = None
    reference: str | None = None
    answers: str | None = None
    sent: datetime


@dataclass(frozen=True, kw_only=True)
class Delivered(Event):
    """It reached them: their receipt, or their mail server took it."""

    kind: ClassVar[str] = "delivered"
    request: str
    on: datetime


@dataclass(frozen=True, kw_only=True)
class Bounced(Event):
    """It did not reach them."""

    kind: ClassVar[str] = "bounced"
    request: str
    on: datetime
    why: str | None = None


REPLY_KINDS = (
    "acknowledged",
    "identity_asked",
    "clarification_asked",
    "fee_asked",
    "extended",
    "done",
    "partly_done",
    "refused",
    "other",
)


@dataclass(frozen=True, kw_only=True)
class Replied(Event):
    """An answer came in. `reply` is one of REPLY_KINDS; `received` when she got it; `reference` theirs."""

    kind: ClassVar[str] = "replied"
    request: str | None
    reply: str
    received: datetime
    sender: str | None = None
    subject: str | None = None
    text: str | None = None
    attachments: tuple[str, ...] = ()
    message_id: str | None = None
    reference: str | None = None


@dataclass(frozen=True, kw_only=True)
class Extended(Event):
    """They said they need longer, and when they said so."""

    kind: ClassVar[str] = "extended"
    request: str
    told: datetime
    reasons: str | None = None


SUPPLIED = ("identity", "clarification", "fee")


@dataclass(frozen=True, kw_only=True)
class Supplied(Event):
    """She gave what they asked for: `what` is one of SUPPLIED."""

    kind: ClassVar[str] = "supplied"
    request: str
    what: str
    on: datetime


@dataclass(frozen=True, kw_only=True)
class Checked(Event):
    """An address was looked at again. `state` is one of `check.STATES`; `how`: pasted | by_hand | fetched."""

    kind: ClassVar[str] = "checked"
    url: str
    state: str
    how: str = "by_hand"
    note: str | None = None


@dataclass(frozen=True, kw_only=True)
class Escalated(Event):
    """A request was taken further: to whom, under which right. The new request has its own Sent."""

    kind: ClassVar[str] = "escalated"
    request: str
    to: str
    right: str
    rule: str | None = None


@dataclass(frozen=True, kw_only=True)
class Noted(Event):
    """A note, to the case or to one request."""

    kind: ClassVar[str] = "noted"
    text: str
    request: str | None = None


@dataclass(frozen=True, kw_only=True)
class MandateGiven(Event):
    """She lets somebody act for her: what for, until when; `blob` the signed page if it is kept."""

    kind: ClassVar[str] = "mandate_given"
    by: str
    to: str
    scope: str
    until: date | None = None
    signed: date | None = None
    blob: str | None = None


@dataclass(frozen=True, kw_only=True)
class MandateWithdrawn(Event):
    """She took the mandate back. Nothing more goes out in her name."""

    kind: ClassVar[str] = "mandate_withdrawn"
    on: date


@dataclass(frozen=True, kw_only=True)
class Corrected(Event):
    """A correction beside an earlier entry (number `entry` of the log), never in its place."""

    kind: ClassVar[str] = "corrected"
    entry: int
    field: str
    value: str
    why: str | None = None


@dataclass(frozen=True, kw_only=True)
class Erased(Event):
    """The content of an entry or of a stored file was destroyed. Its number and its seal stay."""

    kind: ClassVar[str] = "erased"
    entry: int | None = None
    blob: str | None = None
    why: str | None = None


@dataclass(frozen=True, kw_only=True)
class OutcomesAgreed(Event):
    """She agrees, or no longer agrees, that the bare outcome is counted: recipient, right, days, result."""

    kind: ClassVar[str] = "outcomes_agreed"
    yes: bool


@dataclass(frozen=True, kw_only=True)
class Closed(Event):
    """The case rests."""

    kind: ClassVar[str] = "closed"
    why: str | None = None


@dataclass(frozen=True, kw_only=True)
class Reopened(Event):
    """The case goes on."""

    kind: ClassVar[str] = "reopened"
    why: str | None = None


@dataclass(frozen=True, kw_only=True)
class Unknown(Event):
    """An entry of a newer program, kept word for word."""

    named: str
    of_version: int
    body: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class Gone(Event):
    """An entry whose content was destroyed, or is `damaged`; its place is left. Never written."""

    damaged: bool = False


KINDS: Mapping[str, type[Event]] = {
    one.kind: one
    for one in (
        Opened, NameGiven, SituationGiven, SightingAdded, SightingSetAside, Fingerprinted, Planned, Drafted,
        Sent, Delivered, Bounced, Replied, Extended, Supplied, Checked, Escalated, Noted, MandateGiven,
        MandateWithdrawn, Corrected, Erased, OutcomesAgreed, Closed, Reopened,
    )
}  # fmt: skip


def to_bytes(event: Event) -> bytes:
    """Gives the event as it is sealed: UTF-8 JSON, fields in the order of the kind, empty ones left out."""
    if isinstance(event, Unknown):
        return _json(event.body)
    if isinstance(event, Gone):
        raise TypeError("an erased entry is never written again")
    for one in fields(event):
        moment = getattr(event, one.name)
        if isinstance(moment, datetime) and moment.tzinfo is None:
            raise ValueError(f"{event.kind}.{one.name} has no time zone")
    held = {one.name: getattr(event, one.name) for one in fields(event)}
    kept = {name: value for name, value in held.items() if value is not None and value != ()}
    return _json({"kind": event.kind, "version": event.version, **kept})


def from_bytes(body: bytes) -> Event:
    """Gives the event `to_bytes` wrote; a kind, version or field it does not know makes an Unknown.

    Raises CouldNot when the bytes are no event at all.
    """
    try:
        read = json.loads(body)
        kind, version, at = read["kind"], int(read["version"]), datetime.fromisoformat(read["at"])
    except (ValueError, KeyError, TypeError) as error:
        raise CouldNot(
            words("One entry of the case cannot be read."),
            words("The other entries are shown. Restore your last backup to get this one back."),
        ) from error
    known = KINDS.get(kind)
    if known is None or version != known.version:
        return Unknown(at=at, named=str(kind), of_version=version, body=read)
    readers = _readers(kind)
    try:
        return known(**{n: readers[n](v) for n, v in read.items() if n not in ("kind", "version")})
    except (KeyError, ValueError, TypeError):
        return Unknown(at=at, named=str(kind), of_version=version, body=read)


def _json(value: Mapping[str, Any]) -> bytes:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"), default=_plain).encode()


def _plain(value: Any) -> Any:
    if isinstance(value, date):  # a datetime is one too
        return value.isoformat()
    if isinstance(value, Mapping):
        return dict(value)
    raise TypeError(f"an event cannot hold {type(value).__name__}")


@cache
def _readers(kind: str) -> Mapping[str, Callable[[Any], Any]]:
    hints = get_type_hints(KINDS[kind])
    return {one.name: _reader(hints[one.name]) for one in fields(KINDS[kind])}


def _reader(hint: Any) -> Callable[[Any], Any]:
    """Gives what turns a JSON value into the field's type."""
    if isinstance(hint, UnionType):
        real = next(one for one in get_args(hint) if one is not type(None))
        read = _reader(real)
        return lambda value: None if value is None else read(value)
    if hint is datetime:
        return datetime.fromisoformat
    if hint is date:
        return date.fromisoformat
    if get_origin(hint) is tuple:
        return tuple
    return lambda value: value
