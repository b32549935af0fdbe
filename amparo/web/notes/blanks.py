"""A letter's blanks as fields of a form: what each asks, who will see the answer, where the answer goes."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from amparo.claims import situations
from amparo.claims.letters import Letter
from amparo.claims.questions import CONSENT
from amparo.errors import WrongUse
from amparo.law.situation import Decision, Situation
from amparo.words import Words, words

Choices = tuple[tuple[str, Words, Words | None], ...]


@dataclass(frozen=True)
class Blank:
    """One field. `where` is a path into the situation; without one the answer is the letter's own blank."""

    name: str
    label: Words
    why: Words | None = None
    kind: str = "text"
    where: str | None = None
    rows: int | None = None
    choices: Choices = ()


@dataclass(frozen=True)
class Shown:
    """A blank as it stands on the page."""

    blank: Blank
    value: str
    error: Words | None = None


_SEEN = words("The recipient will see it.")
BLANKS: dict[str, Blank] = {
    one.name: one
    for one in (
        Blank("name", words("The name you sign with"), _SEEN, where="sender.name"),
        Blank("organisation", words("The organisation that writes"), _SEEN, where="sender.organisation"),
        Blank(
            "email",
            words("A mail address for the answer"),
            words(
                "The recipient will see it. Better than your own: a new address made only for this, "
                "without your name in it. Any free mail service gives one."
            ),
            kind="email",
            where="sender.email",
        ),
        Blank(
            "post", words("A postal address"), words("Only if you want answers by post."), where="sender.post"
        ),
        Blank(
            "phone",
            words("A telephone number"),
            words("Only if you want to be called."),
            where="sender.phone",
        ),
        Blank(
            "describe",
            words("What it is, and how to find it there"),
            words("One line is enough: “the second picture, blue jacket”. No story is needed."),
            where="describe",
            rows=3,
        ),
        Blank("work", words("Which picture or video is your work"), words("One line is enough.")),
        Blank("account", words("The name of the account"), _SEEN, where="sender.account"),
        Blank("represents", words("The person you act for"), _SEEN, where="sender.represents"),
        Blank(
            "mandate_until",
            words("The last day of the mandate"),
            words("Without a mandate in force, nothing goes out in her name."),
            kind="date",
            where="sender.mandate_until",
        ),
        Blank("decision_on", words("The day of the decision"), kind="date", where="decision.on"),
        Blank("decision_reference", words("Its reference, if it has one"), where="decision.reference"),
        Blank("decision_ground", words("The reason they gave"), where="decision.ground", rows=3),
        Blank(
            "why_wrong",
            words("Why it is wrong, if you want to say it"),
            words("One or two lines are enough. Left empty, the letter says what is true without it."),
            rows=3,
        ),
        Blank(
            "search_names",
            words("The names people search for, one per line"),
            words("Only results for these names change."),
            where="search_names",
            rows=3,
        ),
        Blank(
            "refusal_ground",
            words("Why they refuse"),
            words("The letter answers the reason you choose."),
            kind="choice",
            choices=(
                ("expression", words("Freedom of expression or information"), None),
                ("public_interest", words("The public interest"), None),
                ("host_only", words("They only host it"), None),
                ("unfounded", words("They call the request unfounded or excessive"), None),
                ("identity", words("They are not sure who you are"), None),
                ("fee", words("You must pay first"), None),
                ("national_law", words("Another law or duty"), None),
                ("consent", words("You agreed, or there is a contract"), None),
                ("legal_claims", words("They need it for legal claims"), None),
                ("", words("None of these"), None),
            ),
        ),
        Blank("refusal_said", words("The reason they gave"), rows=3),
        Blank(
            "what_is_wrong", words("What is wrong in what they hold"), words("One line is enough."), rows=3
        ),
        Blank("what_is_right", words("What is right instead"), words("One line is enough."), rows=3),
        Blank("transmit_to", words("Who should receive your data instead of you"), _SEEN),
        Blank("own_rule", words("The address of the rule they published"), kind="text"),
        Blank("first_request_on", words("The day you sent the first request"), kind="date"),
        Blank("first_recipient", words("Who received the first request")),
        Blank("what_was_asked", words("What they asked you for")),
        Blank(
            "identity_offer",
            words("The proof of identity you offer"),
            words("Never a full passport. For example: an answer from the account's own mail address."),
        ),
        Blank(
            "consent",
            CONSENT.asks,
            CONSENT.why,
            kind="choice",
            where="consent",
            choices=tuple((one.value, one.says, None) for one in CONSENT.choices),
        ),
        Blank(
            "signature",
            words("Your signature: type your name"),
            words("Some rights need it. It counts like a signature by hand."),
            where="sender.signature",
        ),
        Blank(
            "good_faith",
            words("What the letter says is true, as far as I know"),
            kind="box",
            where="sender.good_faith",
        ),
        Blank(
            "perjury",
            words("I say under penalty of perjury: I may act for the owner of this work"),
            words("A false statement here can be punished."),
            kind="box",
        ),
    )
}
# One field answers several blanks.
SAME = {
    "contact": "email",
    "mandate": "mandate_until",
    "recipient": "",
    "places": "",
    "today": "",
    "cite": "",
}
# What may be said in letters about a platform's decision: it makes them stronger, nothing requires it.
_DECISION = frozenset({"decision_on", "decision_reference", "decision_ground"})
MAY_SAY = {
    "reasons": _DECISION - {"decision_ground"},
    "internal_complaint": _DECISION | {"why_wrong"},
    "out_of_court": _DECISION | {"why_wrong", "first_request_on"},
    "refusal_answer": frozenset({"refusal_ground", "refusal_said", "why_wrong"}),
    "rectification": frozenset({"what_is_wrong", "what_is_right"}),
    "portability": frozenset({"transmit_to"}),
}
STYLES: Choices = (
    ("legal", words("With my legal name"), words("Needed where a law asks for a signature.")),
    ("stage", words("With a stage name"), words("Enough for most platforms' own rules.")),
    ("organisation", words("Through an organisation that does not name me"), None),
)


def shown(situation: Situation, letter: Letter, typed: Mapping[str, str] | None = None) -> list[Shown]:
    """Gives the fields of one letter: its open blanks, and those she filled before. `typed` wins."""
    values = letter.values or {}
    wanted = {"email", "describe"} | {SAME.get(one.blank, one.blank) for one in letter.to_fill}
    wanted |= MAY_SAY.get(letter.kind, frozenset())
    if letter.kind == "refusal_answer" and situation.blanks.get("refusal_ground") == "identity":
        wanted |= {"identity_offer"}
    wanted |= {"organisation" if situation.name_style == "organisation" else "name"}
    wanted |= {name for name in BLANKS if name in values and name not in ("work", "own_rule")}
    wanted |= {name for name in ("signature", "good_faith", "perjury") if value_of(situation, BLANKS[name])}
    wanted |= {one for one in typed or {} if one in BLANKS}
    known = [blank for name, blank in BLANKS.items() if name in wanted]
    others = [
        Blank(name, words("{name}", name=name.replace("_", " ")))
        for name in sorted(wanted - set(BLANKS) - {""})
    ]
    return [_shown(blank, situation, typed) for blank in (*known, *others)]


def _shown(blank: Blank, situation: Situation, typed: Mapping[str, str] | None) -> Shown:
    if typed is not None and blank.kind == "box":
        return Shown(blank, "yes" if typed.get(blank.name) else "")
    if typed is not None and blank.name in typed:
        return Shown(blank, typed[blank.name])
    return Shown(blank, value_of(situation, blank))


def value_of(situation: Situation, blank: Blank) -> str:
    """Gives what the situation already holds for a blank, as a form shows it."""
    if blank.where is None:
        return situation.blanks.get(blank.name, "")
    held: Any = situation
    for step in blank.where.split("."):
        held = getattr(held, step, None) if held is not None else None
    if isinstance(held, bool):
        return "yes" if held else ""
    if isinstance(held, tuple):
        return "\n".join(held)
    return held.isoformat() if isinstance(held, date) else "" if held in (None, "skip") else str(held)


def filled(situation: Situation, names: Iterable[str], typed: Mapping[str, str]) -> Situation:
    """Gives the situation with these answers; raises WrongUse where one has not the form it needs."""
    if typed.get("name_style") in [style for style, _, _ in STYLES]:
        situation = replace(situation, name_style=typed["name_style"])
    for name in names:
        blank = BLANKS.get(name) or Blank(name, words("{name}", name=name))
        situation = _put(situation, blank, typed.get(name, "").strip())
    stand_in = {} if situation.places else {"published": "unknown"}
    situations.parse({**situations.to_dict(situation), **stand_in})
    return situation


def _put(situation: Situation, blank: Blank, given: str) -> Situation:
    if blank.where is None:
        others = {name: value for name, value in situation.blanks.items() if name != blank.name}
        return replace(situation, blanks={**others, blank.name: given} if given else others)
    value = _read(blank, given)
    part, _, name = blank.where.rpartition(".")
    if part == "sender":
        return replace(situation, sender=replace(situation.sender, **{name: value}))
    if part == "decision":
        return replace(situation, decision=replace(situation.decision or Decision(), **{name: value}))
    return replace(situation, **{name: value})


def _read(blank: Blank, given: str) -> Any:
    readers: dict[str, Callable[[str], Any]] = {
        "box": bool,
        "date": _day,
        "choice": lambda text: text if text in [value for value, _, _ in blank.choices] else "skip",
    }
    if blank.name == "search_names":
        return tuple(dict.fromkeys(line.strip() for line in given.splitlines() if line.strip()))
    return readers.get(blank.kind, lambda text: text or None)(given)


def _day(text: str) -> date | None:
    if not text:
        return None
    try:
        return situations.near_day(text)
    except ValueError:
        raise WrongUse(
            words("“{text}” is not a day.", text=text[:40]),
            words("Write it like 2026-11-23: year, month, day."),
        ) from None
