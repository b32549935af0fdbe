"""The small vocabulary in which a rule says on whom and on what it bears. Answers are yes, no, or not known.

A test is a mapping of facts to accepted values, all of which must hold; `any:` holds alternatives. A fact she
skipped is not known: it never excludes a route, it adds an "if".
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from amparo.law.addressee import Addressee
from amparo.law.places import members, name, within
from amparo.law.situation import Situation
from amparo.words import Words, words

PERSON_FACTS = (
    "material",
    "role",
    "consent",
    "published",
    "relation",
    "lives_in",
    "sender",
    "decision",
    "search_names",
)
RECIPIENT_FACTS = ("seat", "offered_in", "small")
PLACE_FACTS = frozenset({"lives_in", "seat", "offered_in"})
_SKIPPED = {"skip": None}


@dataclass(frozen=True)
class Test:
    """Facts and their accepted values (all must hold), or alternatives (one must hold)."""

    facts: Mapping[str, tuple[Any, ...]]
    alternatives: tuple["Test", ...] = ()

    @property
    def asked(self) -> frozenset[str]:
        """Gives the facts it asks for, in all its alternatives."""
        return frozenset(self.facts).union(*(one.asked for one in self.alternatives))


@dataclass(frozen=True)
class Condition:
    """A test on her situation, what is said when it fails, and whether not knowing it counts as no."""

    test: Test
    otherwise: Words
    unknown_is_no: bool = False


@dataclass(frozen=True)
class Reach:
    """Which recipients the rule reaches: a test, what is said when it does not, and when that is not sure."""

    test: Test
    otherwise: Words
    unsure: Words


@dataclass(frozen=True)
class Outcome:
    """Yes (True), no (False) or not known (None), with the skipped facts on which it hangs."""

    holds: bool | None
    hangs_on: tuple[tuple[str, tuple[Any, ...]], ...] = ()


def outcome(test: Test, situation: Situation, addressee: Addressee | None) -> Outcome:
    """Gives whether the test holds for this situation and recipient."""
    if test.alternatives:
        return _any(outcome(one, situation, addressee) for one in test.alternatives)
    return _all(
        Outcome(held, ((fact, wanted),) if held is None else ())
        for fact, wanted in test.facts.items()
        for held in (_holds(fact, wanted, situation, addressee),)
    )


def caveat(fact: str, wanted: Iterable[Any]) -> Words | None:
    """Gives the "if" for a skipped fact, None where the rule's own words say enough."""
    if fact == "lives_in":
        return words("It holds if you live in {place}.", place=name(next(iter(wanted))))
    return _CAVEATS.get(fact)


_CAVEATS: Mapping[str, Words] = MappingProxyType(
    {
        "consent": words("It holds if you did not agree, or no longer do."),
        "small": words("Very small platforms are exempt."),
    }
)


def condition_of(record: Mapping[str, Any]) -> Condition:
    """Gives a Condition from its YAML record."""
    return Condition(_test(record), _said(record, "else"), record.get("unknown") == "no")


def reach_of(record: Mapping[str, Any]) -> Reach:
    """Gives a Reach from its YAML record."""
    return Reach(_test(record), _said(record, "else"), _said(record, "unsure"))


def _said(record: Mapping[str, Any], field: str) -> Words:
    """Gives what is said, with `{place}` filled by the first place of the test."""
    text = record[field]
    blanks = {"place": name(_place(record))} if "{place}" in text else {}
    return Words(text, MappingProxyType(blanks))


def _place(record: Mapping[str, Any]) -> str:
    tests = [record, *record.get("any", ())]
    facts = ("lives_in", "seat", "offered_in")
    return str(next(one[fact][0] for one in tests for fact in facts if fact in one))


def _test(record: Mapping[str, Any]) -> Test:
    if "any" in record:
        return Test({}, tuple(_test(one) for one in record["any"]))
    facts = {fact: tuple(record[fact]) for fact in PERSON_FACTS + RECIPIENT_FACTS if fact in record}
    return Test(MappingProxyType(facts))


def _holds(
    fact: str, wanted: tuple[Any, ...], situation: Situation, addressee: Addressee | None
) -> bool | None:
    if fact in RECIPIENT_FACTS:
        return _recipient_holds(fact, wanted, addressee)
    if fact == "lives_in":
        return within(situation.lives_in, wanted)
    if fact == "sender":
        return situation.sender.kind in wanted
    if fact in ("decision", "search_names"):
        return ("given" if getattr(situation, fact) else "none") in wanted
    given = getattr(situation, fact)
    known = _SKIPPED.get(given, given)
    return None if known is None else known in wanted


def _recipient_holds(fact: str, wanted: tuple[Any, ...], addressee: Addressee | None) -> bool | None:
    if addressee is None:
        return None
    if fact == "seat":
        return within(addressee.seat, wanted)
    if fact == "small":
        return None if addressee.small is None else addressee.small in wanted
    if not addressee.offered_in:
        return None
    return "*" in addressee.offered_in or any(
        within(country, wanted) is True for code in addressee.offered_in for country in members(code)
    )


def _all(outcomes: Iterable[Outcome]) -> Outcome:
    hangs_on: list[tuple[str, tuple[Any, ...]]] = []
    for one in outcomes:
        if one.holds is False:
            return Outcome(False)
        hangs_on += one.hangs_on
    return Outcome(None if hangs_on else True, tuple(hangs_on))


def _any(outcomes: Iterable[Outcome]) -> Outcome:
    hangs_on: list[tuple[str, tuple[Any, ...]]] = []
    for one in outcomes:
        if one.holds is True:
            return one
        hangs_on += one.hangs_on
    return Outcome(None if hangs_on else False, tuple(hangs_on))
