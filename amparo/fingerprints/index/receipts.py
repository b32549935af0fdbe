"""Consent receipts: what an entry stands on. Without one in force, a fingerprint is not looked for."""

import json
from dataclasses import dataclass
from datetime import date
from typing import Any

from amparo.errors import Refused
from amparo.words import words

HOTLINE_LISTS = (
    "ncmec",
    "iwf",
    "inhope",
)  # lists of the under-18 hotlines: the one import without a receipt each


@dataclass(frozen=True)
class Receipt:
    """What may be looked for, for whom, until when (its last day; None: until withdrawn).

    `what`: which pictures, in the person's words for them. `for_whom`: who may look. `how_to_withdraw`: one
    line that says what to do. `hotline`: the list it came with, None for a person's own.
    """

    id: str
    what: str
    for_whom: str
    how_to_withdraw: str
    since: date
    until: date | None = None
    withdrawn: date | None = None
    hotline: str | None = None

    def in_force(self, day: date) -> bool:
        """Says whether entries under it are looked for on this day."""
        return self.since <= day and not self.has_ended(day)

    def has_ended(self, day: date) -> bool:
        """Says whether its entries are to go: withdrawn, or past its last day."""
        withdrawn = self.withdrawn is not None and self.withdrawn <= day
        return withdrawn or (self.until is not None and self.until < day)

    def to_json(self) -> str:
        """Gives one line of JSON."""
        said = {
            name: value.isoformat() if isinstance(value, date) else value
            for name, value in vars(self).items()
        }
        return json.dumps(said, ensure_ascii=False)


def receipt_of(said: Any) -> Receipt:
    """Gives a receipt from JSON data. Raises Refused naming what is missing or cannot be read."""
    if not isinstance(said, dict):
        raise _bad("receipt")
    for name in ("id", "what", "for_whom", "how_to_withdraw"):
        if not isinstance(said.get(name), str) or not said[name].strip():
            raise _bad(name)
    hotline = said.get("hotline")
    if hotline is not None and hotline not in HOTLINE_LISTS:
        raise _bad("hotline")
    if hotline is None and said.get("until") is None:
        raise _bad("until")  # a person's own consent ends on a day; she can renew it
    days = {name: _day(said, name) for name in ("since", "until", "withdrawn")}
    since = days.pop("since")
    if since is None:
        raise _bad("since")
    if days["until"] is not None and days["until"] < since:
        raise _bad("until")
    texts = {name: said[name] for name in ("id", "what", "for_whom", "how_to_withdraw")}
    return Receipt(**texts, since=since, until=days["until"], withdrawn=days["withdrawn"], hotline=hotline)


def _day(said: dict[str, Any], name: str) -> date | None:
    value = said.get(name)
    if value is None:
        return None
    try:
        return date.fromisoformat(value)
    except (TypeError, ValueError):
        raise _bad(name) from None


def _bad(name: str) -> Refused:
    return Refused(
        words("The consent receipt lacks {field}, or it cannot be read.", field=name),
        words("Write id, what, for_whom, how_to_withdraw, since and until (days like 2026-11-24)."),
    )
