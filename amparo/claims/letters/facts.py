"""What is known when a letter is written: the values of its blanks, and what its conditions look at."""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from amparo.claims.letters.shapes import RuleLike, StepLike
from amparo.claims.letters.texts import Phrases, phrases
from amparo.law.situation import Sender, Situation

MARKS_OF_DIRECTION = dict.fromkeys([*range(0x202A, 0x202F), *range(0x2066, 0x206A), 0x200E, 0x200F, 0xFEFF])
NON_CONSENT = frozenset({"never", "forced", "withdrawn"})


@dataclass(frozen=True)
class Facts:
    """`blanks` fill the text, `looks` answer conditions, `confirmed` are statements she made her own."""

    blanks: Mapping[str, str]
    looks: Mapping[str, frozenset[str]]
    confirmed: frozenset[str]
    places: tuple[str, ...]
    search_names: tuple[str, ...]
    language: str


def facts(
    situation: Situation,
    step: StepLike,
    *,
    rule: RuleLike | None,
    own_rule: str | None,
    language: str,
    asks: frozenset[str],
    now: datetime,
) -> Facts:
    """Gives all that one letter may say. Texts are one line each; a missing value is absent, never empty."""
    small = phrases(language)
    situation = signed_by_her(situation) if step.own_signature else situation
    places = tuple(clean(place) for place in step.places if not is_mail_address(place))
    blanks = {
        **{name: clean(value) for name, value in situation.blanks.items()},
        **_sender_blanks(situation.sender, small),
        **_decision_blanks(situation, small),
        "recipient": small.anyone if step.recipient.label else clean(step.recipient.name),
        "places": "\n".join(f"- {place}" for place in places),
        "search_names": "\n".join(f"- {clean(name)}" for name in situation.search_names),
        "describe": clean(situation.describe or ""),
        "material": small.material[situation.material or "none"],
        "within": within(rule, small, now.date()),
        "cite": citation(rule, small),
        "own_rule": clean(own_rule or situation.blanks.get("own_rule", "")),
        "today": say_date(now.date(), small),
    }
    for name in ("first_request_on", "answered_on", "answer_due_on"):
        blanks[name] = _as_date(blanks.get(name, ""), small)
    blanks["decision_on"] = blanks.get("decision_on") or blanks["answered_on"]
    blanks["work"] = blanks.get("work") or blanks["describe"]
    blanks = {name: value for name, value in blanks.items() if value}
    return Facts(
        blanks=blanks,
        looks={
            **_looks(situation, rule, asks, frozenset(blanks) | few(places), step.recipient.name),
            "held": frozenset({"yes"} if _is_held(situation, step, places) else ()),
        },
        confirmed=_confirmed(situation, now.date()),
        places=places,
        search_names=tuple(clean(name) for name in situation.search_names),
        language=language,
    )


def is_mail_address(place: str) -> bool:
    """True for the mail address of who holds the data: a door, not a place where something is seen."""
    return "@" in place and "://" not in place


def acting(situation: Situation) -> str:
    """Gives who speaks: `self`, `for_other` (with a mandate), or `third` (a body that names nobody)."""
    sender = situation.sender
    if sender.represents or situation.role == "representative" or sender.kind == "lawyer":
        return "for_other"
    if situation.name_style == "organisation" or sender.kind in ("organisation", "trusted_flagger"):
        return "third"
    return "self"


def signed_by_her(situation: Situation) -> Situation:
    """Gives the situation as she would put it herself: some laws take only her own signature."""
    if acting(situation) == "self":
        return situation
    own = situation.blanks
    sender = Sender(
        name=situation.sender.represents,
        email=own.get("her_email") or situation.sender.email,
        signature=own.get("her_signature"),
        good_faith=own.get("her_good_faith") == "yes",
    )
    role = "shown" if situation.role in (None, "representative") else situation.role
    return replace(situation, sender=sender, role=role, name_style="legal")


def _is_held(situation: Situation, step: StepLike, places: tuple[str, ...]) -> bool:
    """True where the data are kept by somebody who need not show them anywhere."""
    asked_by_mail = bool(step.places) and not places
    return not places and (asked_by_mail or situation.relation in ("controller", "employer", "recruiter"))


def few(places: tuple[str, ...]) -> frozenset[str]:
    """Gives `few_places` where the addresses still fit on a page beside other text."""
    return frozenset({"few_places"} if 0 < len(places) <= 8 else ())


def clean(text: str) -> str:
    """Gives one line without control signs, marks that turn the direction of text, and what is no sign."""
    kept = "".join(
        " " if unicodedata.category(sign) in ("Cc", "Cs", "Zl", "Zp") or _no_sign(sign) else sign
        for sign in text
    )
    return " ".join(unicodedata.normalize("NFC", kept.translate(MARKS_OF_DIRECTION)).split())


def _no_sign(sign: str) -> bool:
    """Says whether this is one of the 66 code points that Unicode promises never to use: no font has them."""
    return 0xFDD0 <= ord(sign) <= 0xFDEF or ord(sign) & 0xFFFE == 0xFFFE


def say_date(day: date, small: Phrases) -> str:
    """Gives a date in words, in the letter's language."""
    number = small.first_day if day.day == 1 else day.day
    return small.date.format(day=number, month=small.months[day.month - 1], year=day.year)


def within(rule: RuleLike | None, small: Phrases, on: date) -> str:
    """Gives the time the rule leaves the recipient, in words; without a number, "without undue delay".

    Where two readings are open, the letter asks for the shorter one.
    """
    value = _answer_value(rule, on)
    period = getattr(value, "earliest", None) or getattr(value, "period", None)
    if period is None or period.unit not in small.within:
        return small.soon
    return said_of_number(small.within[period.unit], period.n)


def said_of_number(forms: Mapping[str, str], n: int) -> str:
    """Gives the form that a number takes: `one`, a form the language names for this number, else `more`.

    `two` (Arabic); `few` (Arabic 3 to 10); `ends_in_one` (Slavic 21, 31 …); `twenty` (Romanian 20 and above).
    """
    fits = (
        ("one", n == 1),
        ("two", n == 2),
        ("few", 3 <= n % 100 <= 10),
        ("ends_in_one", n % 10 == 1 and n % 100 != 11),
        ("twenty", n % 100 >= 20 or n % 100 == 0),
    )
    form = next((name for name, true in fits if true and name in forms), "more")
    return forms[form].format(n=n)


def _answer_value(rule: RuleLike | None, on: date) -> Any:
    """Gives what the recipient's own clock says that day, from receipt to its answer or act."""
    clocks = [
        clock
        for name, clock in (rule.clocks if rule else {}).items()
        if clock.side == "recipient" and clock.starts == "received" and name not in ("acknowledge", "confirm")
    ]
    first = next((clock for clock in clocks if clock.name == "answer"), clocks[0] if clocks else None)
    return first.value_on(on) if first else None


def citation(rule: RuleLike | None, small: Phrases) -> str:
    """Gives the rule's basis with the names of laws as the letter's language writes them."""
    if rule is None:
        return ""
    return "; ".join(_one_citation(one.strip(), small) for one in rule.basis.split(";"))


_WHERE = re.compile(r"(?P<law>.+?) (?P<where>(?:[Aa]rts?\.|ss?\.|§§?|rr?\.) ?\S.*)")


def _one_citation(said: str, small: Phrases) -> str:
    """Gives `law` and `where` in the order of the language; what has another shape stays as it is."""
    parts = _WHERE.fullmatch(said)
    if parts:
        said = small.citation.format(law=parts["law"], where=parts["where"])
    for name, theirs in small.cite.items():
        said = re.sub(rf"(?<!\w){re.escape(name)}(?!\w)", theirs, said)
    return said


def _sender_blanks(sender: Sender, small: Phrases) -> dict[str, str]:
    by_body = sender.kind in ("organisation", "trusted_flagger")
    name = sender.organisation if by_body else sender.name
    ways = [sender.email, sender.post, sender.phone]
    return {
        "name": clean(name or sender.name or sender.organisation or ""),
        "email": clean(sender.email or ""),
        "post": clean(sender.post or ""),
        "phone": clean(sender.phone or ""),
        "contact": next((clean(way) for way in ways if way), ""),  # no more of her details than needed
        "every_contact": "; ".join(clean(way) for way in ways if way),
        "organisation": clean(sender.organisation or ""),
        "represents": clean(sender.represents or ""),
        "mandate_until": say_date(sender.mandate_until, small) if sender.mandate_until else "",
        "account": clean(sender.account or ""),
        "signature": clean(sender.signature or ""),
    }


def _decision_blanks(situation: Situation, small: Phrases) -> dict[str, str]:
    decision = situation.decision
    if decision is None:
        return {}
    return {
        "decision_on": say_date(decision.on, small) if decision.on else "",
        "decision_reference": clean(decision.reference or ""),
        "decision_ground": clean(decision.ground or ""),
    }


def _as_date(text: str, small: Phrases) -> str:
    try:
        return say_date(date.fromisoformat(text[:10]), small)
    except ValueError:
        return text


def _confirmed(situation: Situation, today: date) -> frozenset[str]:
    sender, said = situation.sender, situation.blanks
    holds = {
        "good_faith": sender.good_faith,
        "perjury": said.get("perjury") == "yes",
        "mandate": bool(sender.mandate_until and sender.mandate_until >= today),
        "consent": situation.consent in NON_CONSENT,
    }
    return frozenset(name for name, true in holds.items() if true)


def _looks(
    situation: Situation, rule: RuleLike | None, asks: frozenset[str], known: frozenset[str], recipient: str
) -> dict[str, frozenset[str]]:
    place = rule.place.lower() if rule else ""
    first = situation.blanks.get("first_recipient")
    above = bool(rule and rule.against == ("authority",))
    one = {
        "material": situation.material,
        "role": situation.role,
        "consent": situation.consent,
        "published": situation.published,
        "name_style": situation.name_style,
        "extent": situation.extent,
        "relation": situation.relation,
        "sender": situation.sender.kind,
        "acting": acting(situation),
        "addressee": "authority" if above else None,
        "to": "first_recipient" if first in (None, recipient) and not above else None,
        "refusal": situation.blanks.get("refusal_ground"),
        "place": "uk" if place in ("gb", "uk") else place,
    }
    return {
        **{name: frozenset({value} if value else ()) for name, value in one.items()},
        "asks": asks,
        "known": known,
    }
