"""What the offer check answers: numbers, rights and questions, each with where it comes from.

There is no total over them, no score, no colour, and nothing about the person.
"""

from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Literal

from amparo.know.offer_numbers import Never, rounded, tidy
from amparo.law.sources import FRESH_DAYS, Source
from amparo.law.work import WorkFact
from amparo.words import Words, words

State = Literal["current", "last_known", "unchecked"]
Asked = Literal["employer", "agency", "consulate", "yourself"]
THE_OFFER = "offer"  # what is worked out from the offer alone
GIVEN = "given"  # as the person gave it: nobody else has checked it


@dataclass(frozen=True)
class Ground:
    """Where a statement comes from. `source` is an address, or `offer` for what the offer itself says."""

    source: str
    checked_on: date
    grade: str
    state: State
    from_: date | None = None


@dataclass(frozen=True)
class Number:
    """One figure. `amount` is in `unit` (money in `currency`), per `per`; `how` explains the sum.

    "never" is an answer too: the debt does not end. `id` is stable, for tests and pages.
    """

    id: str
    what: Words
    amount: Decimal | Never
    unit: str
    currency: str | None
    per: str | None
    how: Words
    ground: Ground


@dataclass(frozen=True)
class Right:
    """One rule of law that reaches this offer, in `place` (ISO 3166). `url`: a register's own address."""

    id: str
    what: Words
    place: str
    basis: str | None
    url: str | None
    ground: Ground


@dataclass(frozen=True)
class Question:
    """One thing to ask before saying yes: `ask` in words that can be sent as they are; `why` is for you."""

    id: str
    ask: Words
    why: Words
    of: Asked
    ground: Ground


@dataclass(frozen=True)
class Checked:
    """All that the check says about one offer."""

    numbers: tuple[Number, ...]
    rights: tuple[Right, ...]
    questions: tuple[Question, ...]


def from_offer(on: date) -> Ground:
    """Gives the ground of what follows from the offer alone."""
    return Ground(THE_OFFER, on, GIVEN, "current")


def from_source(source: Source, on: date) -> Ground:
    """Gives the ground of a statement that rests on one source."""
    return Ground(source.url, source.checked_on, source.grade, _state(source.grade, [source], True, on))


def from_fact(fact: WorkFact, *, day: date, on: date) -> Ground:
    """Gives the ground of a labour fact for a `day` of work, told on the day `on`.

    last_known: a change was due by then, or its reading is too old. unchecked: nobody read the text yet.
    """
    first = fact.sources[0]
    state = _state(fact.grade, fact.sources, fact.is_current(day), on)
    return Ground(first.url, max(one.checked_on for one in fact.sources), fact.grade, state, fact.from_)


def _state(grade: str, sources: "list[Source] | tuple[Source, ...]", current: bool, on: date) -> State:
    if grade not in FRESH_DAYS:
        return "unchecked"
    fresh = any((on - one.checked_on).days <= FRESH_DAYS[grade] for one in sources)
    return "current" if current and fresh else "last_known"


def said(what: Words, ground: Ground) -> Words:
    """Gives the words with the warning that a figure or rule may have changed, or was not read."""
    since = ground.from_ or ground.checked_on
    if ground.state == "last_known":
        return words("Last figure we have, from {date}: {what}", date=since, what=what)
    if ground.state == "unchecked":
        return words("Not checked yet, last figure we have, from {date}: {what}", date=since, what=what)
    return what


def ruled(what: Words, ground: Ground) -> Words:
    """Gives the words of a rule with the same warning."""
    since = ground.from_ or ground.checked_on
    if ground.state == "last_known":
        return words("Last rule we have, from {date}: {what}", date=since, what=what)
    if ground.state == "unchecked":
        unread = what.text.startswith("We have not read")  # it says so itself
        return what if unread else words("As far as we know, not checked yet: {what}", what=what)
    return what


def money(
    id: str, what: Words, amount: Decimal, currency: str | None, per: str | None, how: Words, ground: Ground
) -> Number:
    """Gives a sum of money, rounded as it is shown."""
    shown = rounded(amount, currency)
    step = Decimal(1).scaleb(int(shown.as_tuple().exponent))
    how = how if shown == amount else words("{sum} Rounded to {step}.", sum=how, step=step)
    return Number(id, said(what, ground), shown, "money", currency, per, how, ground)


def count(
    id: str,
    what: Words,
    amount: Decimal | int | Never,
    unit: str,
    per: str | None,
    how: Words,
    ground: Ground,
) -> Number:
    """Gives a number of hours, months, percent …, rounded to 0.01."""
    if amount == "never":
        return Number(id, said(what, ground), "never", unit, None, per, how, ground)
    shown = tidy(rounded(Decimal(amount)))
    how = how if shown == amount else words("{sum} Rounded to {step}.", sum=how, step=Decimal("0.01"))
    return Number(id, said(what, ground), shown, unit, None, per, how, ground)


def weaker(one: Ground, other: Ground) -> Ground:
    """Gives the ground of what rests on both: the weaker state and grade lead."""
    order = ("current", "last_known", "unchecked")
    first, second = sorted(
        (one, other), key=lambda ground: (order.index(ground.state), ground.source != THE_OFFER)
    )
    return replace(second, from_=second.from_ or first.from_)
