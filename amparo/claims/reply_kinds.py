"""What a reply seems to be, by word lists anyone can read. A suggestion only: she confirms it."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache

from amparo.claims.reply_text import plain, reply_words

KINDS = (
    "acknowledged",
    "id_demand",
    "fee",
    "refusal",
    "extension",
    "done",
    "bounce",
    "question",
    "redirect",
    "other",
)
# How the log of a case names the same.
AS_EVENT = {
    "acknowledged": "acknowledged",
    "id_demand": "identity_asked",
    "fee": "fee_asked",
    "refusal": "refused",
    "extension": "extended",
    "done": "done",
    "question": "clarification_asked",
}
MAX_SENTENCES = 400
MAX_SENTENCE = 500
_GAP = r"(?:\W+\w+){0,6}?\W+"


@dataclass(frozen=True)
class Suggestion:
    """One of KINDS, and the sentence that says so (None: nothing did, or the headers did)."""

    kind: str
    because: str | None

    @property
    def event(self) -> str | None:
        """Gives the `reply` of a Replied event; None for a bounce, which is an event of its own."""
        return None if self.kind == "bounce" else AS_EVENT.get(self.kind, "other")


def classify(text: str, headers: Mapping[str, str] | None = None) -> Suggestion:
    """Gives what a reply seems to be. `headers` with small-letter names; empty for pasted text."""
    known = {name.lower(): value.lower() for name, value in (headers or {}).items()}
    if _is_bounce(known):
        return Suggestion("bounce", None)
    sentences = [(said, plain(said)) for said in _sentences(text)]
    for kind in reply_words()["order"]:
        for said, small in sentences:
            if _speaks_of(kind, small):
                return Suggestion(kind, said)
    automatic = known.get("auto-submitted", "no") != "no"
    return Suggestion("acknowledged" if automatic else "other", None)


def _is_bounce(headers: Mapping[str, str]) -> bool:
    content = headers.get("content-type", "")
    return (
        ("multipart/report" in content and "delivery-status" in content)
        or "x-failed-recipients" in headers
        or headers.get("from", "").startswith(("mailer-daemon", "postmaster"))
        or "<mailer-daemon@" in headers.get("from", "")
    )


def _sentences(text: str) -> Iterator[str]:
    parts = re.split(r"(?<=[.!?…])\s+|\n+", text[: MAX_SENTENCES * MAX_SENTENCE])
    for part in parts[:MAX_SENTENCES]:
        if said := " ".join(part.split()):
            yield said[:MAX_SENTENCE]


def _speaks_of(kind: str, small: str) -> bool:
    phrases, but_not = _phrases(kind)
    found = phrases.search(small)
    return bool(found) and not (but_not and but_not.search(small))


@cache
def _phrases(kind: str) -> tuple[re.Pattern[str], re.Pattern[str] | None]:
    lists = dict(reply_words()["kinds"][kind])
    but_not = lists.pop("but_not", [])
    spoken = [phrase for phrases in lists.values() for phrase in phrases]
    return _any_of(spoken), _any_of(but_not) if but_not else None


def _any_of(phrases: list[str]) -> re.Pattern[str]:
    return re.compile("|".join(_one(phrase) for phrase in phrases))


def _one(phrase: str) -> str:
    pieces = [re.escape(plain(piece)) for piece in phrase.split("...")]
    return r"(?<!\w)" + _GAP.join(pieces) + (r"(?!\w)" if phrase[-1].isalnum() else "")
