"""What travels with the page: her situation and where she is. It comes back from outside: it is checked."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from amparo.claims import situations
from amparo.errors import WrongUse
from amparo.law.situation import Situation
from amparo.words import words

DOORS = ("online", "threat", "account", "data")
MOST_CHARS = 4_000_000
MOST_PICTURES = 100


@dataclass(frozen=True)
class Number:
    """The number that recognises one picture: PDQ as 64 hex digits and SHA-256. No name, no picture."""

    pdq: str
    sha256: str
    quality: int


@dataclass(frozen=True)
class Carried:
    """`asked`: fields of questions already put. `chosen`: keys of steps, None before the plan was shown.

    `text` stands in the box for links, as she typed it; `names` is what she looks for, `step` the letter.
    `case` is the random id of a case in her space that this came from; it opens nothing by itself.
    """

    door: str = "online"
    situation: Situation = field(default_factory=Situation)
    asked: tuple[str, ...] = ()
    pictures: tuple[Number, ...] = ()
    chosen: tuple[str, ...] | None = None
    step: str = ""
    text: str = ""
    names: str = ""
    case: str = ""

    @property
    def protected(self) -> bool:
        """Somebody shown was under 18, or she is not sure: nothing but addresses is taken."""
        return self.situation.shown_under_18 in ("yes", "not_sure")

    def with_facts(self, **facts: Any) -> "Carried":
        """Gives the same with some facts of the situation changed."""
        return replace(self, situation=replace(self.situation, **facts))


def begin(door: str) -> Carried:
    """Gives the start behind one door of the front page; another word opens the first door."""
    facts: dict[str, Mapping[str, Any]] = {
        "threat": {"published": "threatened"},
        "account": {"material": "account", "role": "account_holder"},
        "data": {"material": "personal_data"},
    }
    return Carried(door=door if door in DOORS else DOORS[0], situation=Situation(**facts.get(door, {})))


def to_json(carried: Carried) -> str:
    """Gives the hidden field's value."""
    held = {
        "door": carried.door,
        "situation": situations.to_dict(carried.situation),
        "asked": list(carried.asked),
        "pictures": [[one.pdq, one.sha256, one.quality] for one in carried.pictures],
        "chosen": None if carried.chosen is None else list(carried.chosen),
        "step": carried.step,
        "text": carried.text,
        "names": carried.names,
        "case": carried.case,
    }
    return json.dumps(
        {name: value for name, value in held.items() if value}, ensure_ascii=False, separators=(",", ":")
    )


def from_json(untrusted: str) -> Carried:
    """Gives back what `to_json` made. Raises WrongUse for anything else."""
    try:
        held = json.loads(untrusted) if len(untrusted) <= MOST_CHARS else None
        json.dumps(held, ensure_ascii=False).encode()  # an escaped half of a sign can be read, never shown
    except (ValueError, RecursionError):
        held = None
    if not isinstance(held, dict):
        raise _unreadable()
    carried = Carried(
        door=held["door"] if held.get("door") in DOORS else DOORS[0],
        situation=_situation(held.get("situation", {})),
        asked=_texts(held.get("asked", []), most=50),
        pictures=_numbers(held.get("pictures", [])),
        chosen=_texts(held["chosen"], most=5_000) if "chosen" in held else None,
        step=_text(held.get("step", ""), most=500),
        text=_text(held.get("text", ""), most=1_100_000),
        names=_text(held.get("names", ""), most=10_000),
        case=_id(held.get("case", "")),
    )
    # No number of a picture travels on once somebody shown was under 18, whichever way that was said.
    return replace(carried, pictures=()) if carried.protected else carried


def _situation(untrusted: object) -> Situation:
    """Gives the situation; one without places is complete only once she has given some."""
    if (
        isinstance(untrusted, dict)
        and not untrusted.get("places")
        and untrusted.get("published", "yes") == "yes"
    ):
        return replace(situations.parse({**untrusted, "published": "unknown"}), published="yes")
    return situations.parse(untrusted)


def _text(untrusted: object, *, most: int) -> str:
    if not isinstance(untrusted, str) or len(untrusted) > most:
        raise _unreadable()
    return untrusted


def _id(untrusted: object) -> str:
    text = _text(untrusted, most=32)
    if not set(text) <= set("0123456789abcdef"):
        raise _unreadable()
    return text


def _texts(untrusted: object, *, most: int) -> tuple[str, ...]:
    if not isinstance(untrusted, list) or len(untrusted) > most:
        raise _unreadable()
    return tuple(_text(one, most=500) for one in untrusted)


def _numbers(untrusted: object) -> tuple[Number, ...]:
    if not isinstance(untrusted, list) or len(untrusted) > MOST_PICTURES:
        raise _unreadable()
    return tuple(number_of(one) for one in untrusted)


def number_of(untrusted: object) -> Number:
    """Gives a number from `[pdq, sha256, quality]`. Raises WrongUse for anything else."""
    match untrusted:
        case [str(pdq), str(sha256), int(quality)] if _hex(pdq) and _hex(sha256) and 0 <= quality <= 100:
            return Number(pdq, sha256, quality)
    raise _unreadable()


def _hex(text: str) -> bool:
    return len(text) == 64 and set(text) <= set("0123456789abcdef")


def _unreadable() -> WrongUse:
    return WrongUse(
        words("This page came back in a form that cannot be read."),
        words("Go back one page and send it again. Nothing was sent to anyone."),
    )
