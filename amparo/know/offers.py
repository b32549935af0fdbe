"""A job offer as JSON → as the check reads it. What cannot be right becomes a question, never a figure."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any

from amparo.know import offer_unclear
from amparo.know.offer_answer import Question
from amparo.know.offer_numbers import Rates
from amparo.know.offer_reading import Problem, read


@dataclass(frozen=True)
class Sum:
    """An amount of money for a period. `currency` None: that of the pay."""

    amount: Decimal
    period: str = "month"
    currency: str | None = None


@dataclass(frozen=True)
class Fee:
    """One payment to get the job. `receipted` None: not said. `currency` None: that of the pay."""

    what: str | None = None
    paid: Decimal | None = None
    receipted: Decimal | None = None
    currency: str | None = None
    to: str | None = None
    when: str | None = None


@dataclass(frozen=True)
class Loan:
    """Money owed at the start. Interest in percent a year; `instalment` per month."""

    amount: Decimal | None = None
    yearly_interest: Decimal | None = None
    instalment: Decimal | None = None
    months: int | None = None
    currency: str | None = None

    @property
    def interest_known(self) -> bool:
        """Says whether the interest is given (0 is an answer)."""
        return self.yearly_interest is not None


@dataclass(frozen=True)
class Keep:
    """Housing or food: whether the employer provides it, what it costs, whether that leaves the pay."""

    provided: bool | None = None
    cost: Sum | None = None
    deducted: bool | None = None
    written: bool | None = None


@dataclass(frozen=True)
class Offer:
    """The terms of one offer. None: not said. `unclear` names the fields that were given but doubtful."""

    origin: str | None = None
    destination: str | None = None
    sector: str | None = None
    currency: str | None = None
    pay: Decimal | None = None
    pay_period: str | None = None
    payments_per_year: int | None = None
    pieces_per_hour: Decimal | None = None
    hours_per_week: Decimal | None = None
    hours_per_day: Decimal | None = None
    unpaid_hours_per_week: Decimal | None = None
    days_per_week: Decimal | None = None
    weeks: Decimal | None = None
    age: int | None = None
    start_date: date | None = None
    signed_on: date | None = None
    permit_kind: str | None = None
    fees: tuple[Fee, ...] = ()
    loan: Loan | None = None
    deductions: Mapping[str, Sum] = field(default_factory=lambda: MappingProxyType({}))
    housing: Keep | None = None
    food: Keep | None = None
    documents_kept: tuple[str, ...] | None = None
    exchange_rate: Rates = field(default_factory=dict)
    terms: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    unclear: frozenset[str] = frozenset()


@cache
def schema() -> dict[str, Any]:
    """Gives the JSON Schema (2020-12) of an offer."""
    found: dict[str, Any] = json.loads(
        Path(__file__).with_name("offer.schema.json").read_text(encoding="utf-8")
    )
    return found


def example() -> dict[str, Any]:
    """Gives a valid offer that uses the common fields."""
    return {
        "origin": "NP",
        "destination": "QA",
        "sector": "construction",
        "currency": "QAR",
        "pay": 1200,
        "pay_period": "month",
        "hours_per_week": 48,
        "unpaid_hours_per_week": 6,
        "days_per_week": 6,
        "weeks": 104,
        "start_date": "2027-01-11",
        "permit_kind": "tied",
        "fees": [
            {"what": "placement", "paid": 150000, "receipted": 10000, "currency": "NPR", "to": "agency"}
        ],
        "loan": {"amount": 150000, "yearly_interest": 36, "instalment": 12000, "currency": "NPR"},
        "deductions": {"food": 200},
        "housing": {"provided": True, "cost": 0},
        "documents_kept": ["passport"],
        "exchange_rate": {"from": "QAR", "to": "NPR", "rate": 38},
        "terms": {"same_as_advert": "unknown"},
    }


def parse(untrusted: object, *, on: date) -> tuple[Offer, tuple[Question, ...]]:
    """Gives the offer and a question for every value that cannot be right; those are left out.

    Raises WrongUse for what is no object and for a field that does not exist.
    """
    found, problems = read(untrusted, schema())
    offer = _offer(found, problems)
    contradictions = offer_unclear.doubts(offer)
    unclear = {one for doubt in contradictions for one in doubt.fields}
    questions = [offer_unclear.question_for(one, on) for one in problems]
    questions += offer_unclear.questions_for(contradictions, on)
    return _without(offer, unclear), _once(questions)


def _offer(found: dict[str, Any], problems: list[Problem]) -> Offer:
    given = dict(found)
    if isinstance(given.get("fees"), Decimal):
        given["fees"] = {"paid": given["fees"]}
    given["fees"] = tuple(Fee(**one) for one in _as_list(given.get("fees")) if one)
    given["deductions"] = _deductions(given.get("deductions", {}))
    given["exchange_rate"] = {
        (one["from"], one["to"]): one["rate"] for one in _as_list(given.get("exchange_rate")) if "rate" in one
    }
    for name in ("housing", "food"):
        if name in given:
            given[name] = _keep(given[name])
    if "loan" in given:
        given["loan"] = Loan(**given["loan"])
    if "documents_kept" in given:
        given["documents_kept"] = _kept(given["documents_kept"])
    return _hours_from_days(Offer(**given, unclear=frozenset(one.field for one in problems)))


def _as_list(given: Any) -> list[Any]:
    return given if isinstance(given, list) else [given] if given else []


def _deductions(given: Mapping[str, Any]) -> Mapping[str, Sum]:
    found = {}
    for kind, one in given.items():
        if isinstance(one, Decimal):
            found[kind] = Sum(one)
        elif "amount" in one:
            found[kind] = Sum(one["amount"], one.get("period", "month"), one.get("currency"))
    return MappingProxyType(found)


def _kept(given: Any) -> tuple[str, ...]:
    if isinstance(given, bool):
        return ("other",) if given else ()
    return (given,) if isinstance(given, str) else tuple(given)


def _keep(given: Any) -> Keep:
    if isinstance(given, bool):
        return Keep(given)
    if isinstance(given, Decimal):
        return Keep(cost=Sum(given))
    cost = None
    if "cost" in given:
        cost = Sum(given["cost"], given.get("period", "month"), given.get("currency"))
    return Keep(given.get("provided"), cost, given.get("deducted"), given.get("written"))


def _hours_from_days(offer: Offer) -> Offer:
    """Gives the offer with its weekly hours, worked out from the day where only that was said."""
    if offer.hours_per_week is not None or offer.hours_per_day is None or offer.days_per_week is None:
        return offer
    if "hours_per_week" in offer.unclear:  # it said something else, which we could not read
        return offer
    return replace(offer, hours_per_week=offer.hours_per_day * offer.days_per_week)


def _without(offer: Offer, unclear: set[str]) -> Offer:
    """Gives the offer without the fields in doubt, named in `unclear`."""
    empty = Offer()
    changed: dict[str, Any] = {}
    for path in unclear:
        name, _, part = path.partition(".")
        if not part:
            changed[name] = getattr(empty, name)
            continue
        held = changed.get(name, getattr(offer, name))
        changed[name] = replace(held, **{part: None})
    names = {path.partition(".")[0] for path in unclear}
    return replace(offer, **changed, unclear=offer.unclear | names)


def _once(questions: list[Question]) -> tuple[Question, ...]:
    return tuple({one.id: one for one in questions}.values())
