"""Which rights a person has in her situation, which she has not, and why; and whom each right reaches."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from amparo.law.addressee import KINDS, PUBLIC_BODIES, Addressee
from amparo.law.conditions import PLACE_FACTS, Condition, Outcome, caveat, outcome
from amparo.law.rules import Rule, rules
from amparo.law.situation import MATERIALS, Situation
from amparo.words import Words, words


@dataclass(frozen=True)
class Right:
    """A right she has. `sure` False: it hangs on something she skipped, which `why` says.

    `ifs` are what it still hangs on, on her side. `home` is set where it is only for who lives somewhere and
    she did not say where.
    """

    rule: Rule
    why: Words
    sure: bool = True
    ifs: tuple[Words, ...] = ()
    home: Words | None = None


@dataclass(frozen=True)
class NotRight:
    """A right she has not, and why. `far`: only because it is a law of some other place."""

    rule: Rule
    right: str
    why: Words
    far: bool = False


@dataclass(frozen=True)
class Rights:
    """Both lists, strongest first."""

    applies: tuple[Right, ...]
    not_applies: tuple[NotRight, ...]


@dataclass(frozen=True)
class Verdict:
    """Whether a rule reaches a recipient. `sure` False: yes, unless a fact not known turns out otherwise."""

    yes: bool
    why: Words
    sure: bool = True


_NO_PICTURE = frozenset({"court"})  # a court asks for no picture beforehand
# A recipient of which nothing is known may be anything but a public body.
_UNNAMED = frozenset(KINDS) - PUBLIC_BODIES


def rights(situation: Situation, on: date) -> Rights:
    """Gives the rights in force on a day that her situation opens, whoever the recipient is.

    A skipped fact never takes a right away: `why` then says on what it hangs. Where somebody shown was under
    18, or she is not sure, only the rules made for it apply.
    """
    applies: list[Right] = []
    not_applies: list[NotRight] = []
    for rule in sorted(rules().values(), key=lambda one: (one.strength, one.id)):
        found = _right(rule, situation, on)
        if isinstance(found, Right):
            applies.append(found)
        else:
            not_applies.append(found)
    return Rights(tuple(applies), tuple(not_applies))


def reaches(rule: Rule, situation: Situation, addressee: Addressee, on: date) -> Verdict:
    """Gives whether a rule binds this recipient in her situation on a day; not known never means no."""
    if not rule.in_force(on):
        return Verdict(False, _out_of_force(rule, on))
    if not (addressee.kinds or _UNNAMED) & set(rule.against):
        return Verdict(False, words("This rule does not bind this kind of recipient."))
    if rule.reach is None:
        return Verdict(True, rule.why, sure=bool(addressee.kinds))
    found = outcome(rule.reach.test, situation, addressee)
    if found.holds is False:
        return Verdict(False, rule.reach.otherwise)
    if found.holds is None:
        return Verdict(True, joined(rule.why, [rule.reach.unsure]), sure=False)
    return Verdict(True, rule.why, sure=bool(addressee.kinds))


def _right(rule: Rule, situation: Situation, on: date) -> Right | NotRight:
    no = _refused(rule, situation, on)
    if no is not None:
        return NotRight(rule, rule.right, *no)
    hangs = [outcome(one.test, situation, None) for one in rule.conditions]
    ifs = _ifs(rule, hangs)
    role_skipped = _role(rule, situation) is None
    if role_skipped and "shown" not in rule.who:  # most who skip it are the person shown: no need to say it
        ifs.append(words("It is for {who}.", who=_people(rule.who)))
    reach = outcome(rule.reach.test, situation, None) if rule.reach is not None else Outcome(True)
    home_skipped = situation.lives_in is None and any(fact == "lives_in" for fact, _ in reach.hangs_on)
    sure = not ifs and not home_skipped and not role_skipped
    home = next((caveat(*one) for held in hangs for one in held.hangs_on if one[0] == "lives_in"), None)
    unsure = [rule.reach.unsure] if rule.reach is not None and reach.holds is None else []
    return Right(rule, joined(rule.why, [*ifs, *unsure]), sure=sure, ifs=tuple(ifs), home=home)


def _refused(rule: Rule, situation: Situation, on: date) -> tuple[Words, bool] | None:
    """Gives why she has not this right, and whether only for the place; None: nothing speaks against it."""
    if situation.shown_under_18 in ("yes", "not_sure") and not _made_for_under_18(rule, situation):
        return _UNDER_18, False
    if not rule.in_force(on):
        return _out_of_force(rule, on), False
    if _role(rule, situation) is False:
        return words("It is for {who}.", who=_people(rule.who)), False
    for condition in rule.conditions:
        held = outcome(condition.test, situation, None).holds
        if held is False or (held is None and condition.unknown_is_no):
            return condition.otherwise, condition.test.asked <= PLACE_FACTS
    if rule.reach is not None and outcome(rule.reach.test, situation, None).holds is False:
        return rule.reach.otherwise, rule.reach.test.asked <= PLACE_FACTS
    return None


def _role(rule: Rule, situation: Situation) -> bool | None:
    if situation.role is None:
        return False if rule.who_must_be_told else None
    return situation.role in rule.who


def _made_for_under_18(rule: Rule, situation: Situation) -> bool:
    """Says whether the rule may be used at any age: no picture is handled, only an account or an address."""
    made_for_it = rule.right == "under_18_route" or _NO_PICTURE.issuperset(rule.against)
    return rule.under_18 and (made_for_it or situation.material == "account")


def _ifs(rule: Rule, outcomes: Iterable[Outcome]) -> list[Words]:
    """Gives what the right still hangs on: of a skipped kind of material, what the rule is for."""
    said = [
        _if(rule, condition, fact, wanted)
        for condition, held in zip(rule.conditions, outcomes, strict=True)
        if held.holds is None
        for fact, wanted in held.hangs_on
    ]
    return list(dict.fromkeys(one for one in said if one is not None))


def _if(rule: Rule, condition: Condition, fact: str, wanted: tuple[Any, ...]) -> Words | None:
    if fact == "material":
        return None if _ALL_BUT_ACCOUNTS.issubset(wanted) else condition.otherwise
    if fact == "consent" and "non_consent" in rule.request_elements:
        return None  # the letter asks it anyway and does not go out without it
    return caveat(fact, wanted)


_ALL_BUT_ACCOUNTS = frozenset(MATERIALS) - {"account"}


def joined(why: Words, ifs: Iterable[Words]) -> Words:
    """Gives a reason and, after it, each sentence of what it hangs on."""
    for one in ifs:
        why = words("{why} {condition}", why=why, condition=one)
    return why


def _out_of_force(rule: Rule, on: date) -> Words:
    if on < rule.from_:
        return words("This rule applies only from {start}.", start=rule.from_)
    return words("This rule ended on {end}.", end=rule.to)


_UNDER_18 = words("Somebody shown may have been under 18: only the routes made for that are used.")
_PEOPLE = {
    "shown": words("the person shown"),
    "author": words("whoever made the picture"),
    "account_holder": words("the holder of the account"),
    "worker": words("the person the data are about"),
    "representative": words("whoever acts for her"),
}


def _people(who: tuple[str, ...]) -> Words:
    people: Words | None = None
    for role in who:
        named = _PEOPLE[role]
        people = named if people is None else words("{some}, {another}", some=people, another=named)
    return people or words("nobody")
