"""A case in short, sealed beside its log, so that a list needs no log: a cache, the log is the truth."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import date, datetime
from typing import Any

from amparo.claims.acts import Act, in_order, prospects
from amparo.claims.case import Case
from amparo.words import Words

VERSION = 1


@dataclass(frozen=True)
class Short:
    """What a list shows of a case. `acts` holds later ones too: `next_acts` gives those that stand."""

    name: str | None
    opened: datetime | None
    closed: datetime | None
    places: tuple[str, ...]
    references: tuple[str, ...]
    recipients: tuple[str, ...]
    acts: tuple[Act, ...]

    def next_acts(self, now: datetime) -> tuple[Act, ...]:
        """Gives what can be done now, in order of time."""
        return in_order(self.acts, now)

    def holds(self, text: str) -> bool:
        """Says whether a link, a name or a reference of the case holds the text, capital letters aside."""
        wanted = text.casefold().strip()
        held = (self.name or "", *self.places, *self.references, *self.recipients)
        return bool(wanted) and any(wanted in one.casefold() for one in held)


def short(case: Case, now: datetime) -> Short:
    """Gives a case in short."""
    recipients = tuple(dict.fromkeys(one.sent.recipient for one in case.requests.values()))
    return Short(
        case.name,
        case.opened,
        case.closed,
        case.places,
        case.references,
        recipients,
        prospects(case, now),
    )


def to_bytes(held: Short) -> bytes:
    """Gives the summary as it is sealed."""
    plain = {
        "version": VERSION,
        "name": held.name,
        "opened": _moment(held.opened),
        "closed": _moment(held.closed),
        "places": held.places,
        "references": held.references,
        "recipients": held.recipients,
        "acts": [_act(act) for act in held.acts],
    }
    return json.dumps(plain, ensure_ascii=False, separators=(",", ":")).encode()


def from_bytes(body: bytes) -> Short | None:
    """Gives what `to_bytes` wrote; None for another version or a broken one: the log is read then."""
    try:
        read = json.loads(body)
        if read["version"] != VERSION:
            return None
        return Short(
            read["name"],
            _read_moment(read["opened"]),
            _read_moment(read["closed"]),
            tuple(read["places"]),
            tuple(read["references"]),
            tuple(read["recipients"]),
            tuple(_read_act(one) for one in read["acts"]),
        )
    except (ValueError, KeyError, TypeError):
        return None


def _act(act: Act) -> dict[str, Any]:
    held = {one.name: getattr(act, one.name) for one in fields(act)}
    held["what"] = _words(act.what)
    for name in ("when", "since", "until"):
        held[name] = _moment(held[name])
    return {name: value for name, value in held.items() if value not in (None, (), False)}


def _read_act(read: Mapping[str, Any]) -> Act:
    held = dict(read)
    held["what"] = _read_words(read["what"])
    held["places"] = tuple(read.get("places", ()))
    for name in ("when", "since", "until"):
        if name in held:
            held[name] = datetime.fromisoformat(held[name])
    return Act(**held)


def _moment(moment: datetime | None) -> str | None:
    return moment.isoformat() if moment else None


def _read_moment(text: str | None) -> datetime | None:
    return datetime.fromisoformat(text) if text else None


def _words(said: Words) -> list[Any]:
    """Gives a sentence with its blanks; dates and sentences inside keep their kind."""
    return [said.text, {name: _value(value) for name, value in said.values.items()}, said.plural]


def _value(value: object) -> Any:
    if isinstance(value, Words):
        return {"words": _words(value)}
    if isinstance(value, datetime):
        return {"moment": value.isoformat()}
    if isinstance(value, date):
        return {"day": value.isoformat()}
    return value if isinstance(value, int | str) else str(value)


def _read_words(read: Any) -> Words:
    text, values, plural = read
    return Words(text, {name: _read_value(value) for name, value in values.items()}, plural)


def _read_value(value: Any) -> object:
    if not isinstance(value, dict):
        return value
    kind, held = next(iter(value.items()))
    readers = {"words": _read_words, "moment": datetime.fromisoformat, "day": date.fromisoformat}
    return readers[kind](held)
