"""What cannot be right in an offer, as a question: the figure in doubt is left out of every sum."""

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from amparo.know.offer_answer import Asked, Question, from_offer
from amparo.know.offer_numbers import tidy
from amparo.know.offer_reading import Problem, shown
from amparo.words import Words, words

if TYPE_CHECKING:
    from datetime import date

    from amparo.know.offers import Offer

FIELDS: dict[str, Words] = {
    "origin": words("Country you leave from"),
    "destination": words("Country of the work"),
    "sector": words("Kind of work"),
    "currency": words("Currency of the pay"),
    "pay": words("Pay"),
    "pay_period": words("What the pay is for"),
    "payments_per_year": words("Payments per year"),
    "pieces_per_hour": words("Pieces per hour"),
    "hours_per_week": words("Hours per week"),
    "hours_per_day": words("Hours per day"),
    "unpaid_hours_per_week": words("Unpaid hours per week"),
    "days_per_week": words("Days per week"),
    "weeks": words("Weeks the job lasts"),
    "age": words("Age at the start"),
    "start_date": words("First day of work"),
    "signed_on": words("Day of signing"),
    "permit_kind": words("Kind of permit"),
    "fees": words("Paid to get the job"),
    "fees.paid": words("Paid to get the job"),
    "fees.receipted": words("Sum on the receipts"),
    "loan": words("Loan"),
    "loan.amount": words("Amount of the loan"),
    "loan.yearly_interest": words("Interest per year, in percent"),
    "loan.instalment": words("Paid back each month"),
    "loan.months": words("Months until the loan is paid back"),
    "deductions": words("Taken out of the pay"),
    "housing": words("Housing"),
    "housing.cost": words("Cost of housing"),
    "food": words("Food"),
    "food.cost": words("Cost of food"),
    "documents_kept": words("Papers that are kept"),
    "exchange_rate": words("Exchange rate"),
    "terms": words("Further terms"),
}
ASKED: dict[str, Asked] = {
    "pay": "employer", "pay_period": "employer", "payments_per_year": "employer",
    "pieces_per_hour": "employer", "hours_per_week": "employer", "hours_per_day": "employer",
    "unpaid_hours_per_week": "employer",
    "days_per_week": "employer", "weeks": "employer", "currency": "employer", "start_date": "employer",
    "deductions": "employer", "housing": "employer", "food": "employer", "documents_kept": "employer",
    "fees": "agency", "permit_kind": "consulate",
}  # fmt: skip
WHY_LEFT_OUT = words("Until this is clear, no sum uses it.")


def question_for(problem: Problem, on: "date") -> Question:
    """Gives the question a value that cannot be read leads to."""
    where, value = _name(problem), shown(problem.value)
    tell = _TELL.get(problem.broke, _not_clear)
    ask, why = tell(problem, where, value)
    return _question(f"unclear:{problem.name}", ask, why, problem.field, on)


def _question(id: str, ask: Words, why: Words, field: str, on: "date") -> Question:
    return Question(id, ask, why, ASKED.get(field, "yourself"), from_offer(on))


def _name(problem: Problem) -> Words:
    return FIELDS.get(problem.name) or FIELDS[problem.field]


Said = tuple[Words, Words]


def _not_a_number(problem: Problem, where: Words, value: str) -> Said:
    ask = words("{field}: what is the figure, in digits only? We read “{value}”.", field=where, value=value)
    why = words("1.200 is a thousand in one country and one in another. Write it like 1200.50.")
    return ask, why


def _not_above_zero(problem: Problem, where: Words, value: str) -> Said:
    ask = words("{field}: what is the right figure? We read {value}.", field=where, value=value)
    return ask, words("It is not above zero. Until this is clear, no sum uses it.")


def _too_little(problem: Problem, where: Words, value: str) -> Said:
    ask = words("{field}: what is the right figure? We read {value}.", field=where, value=value)
    return ask, words("It is less than it can be. Until this is clear, no sum uses it.")


def _too_much(problem: Problem, where: Words, value: str) -> Said:
    ask = words("{field}: what is the right figure? We read {value}.", field=where, value=value)
    reasons = {
        "hours_per_week": words("A week has 168 hours. Until this is clear, no sum uses it."),
        "unpaid_hours_per_week": words("A week has 168 hours. Until this is clear, no sum uses it."),
        "hours_per_day": words("A day has 24 hours. Until this is clear, no sum uses it."),
        "days_per_week": words("A week has 7 days. Until this is clear, no sum uses it."),
    }
    return ask, reasons.get(
        problem.name, words("It is more than it can be. Until this is clear, no sum uses it.")
    )


def _not_in_the_list(problem: Problem, where: Words, value: str) -> Said:
    if problem.name.endswith(("currency", ".from", ".to")):
        ask = words("Which currency is “{value}”? Use its three letters, like EUR or PHP.", value=value)
        return ask, words("Without the currency, nothing can be compared.")
    if problem.name == "pay_period":
        ask = words(
            "Is the pay for one hour, one day, one week or one month? We read “{value}”.", value=value
        )
        return ask, words("The same figure means something else per hour and per month. Use one period only.")
    near = problem.limit if isinstance(problem.limit, list) else []
    ask = words("{field}: what is right? We do not know “{value}”.", field=where, value=value)
    if near:
        return ask, words(
            "Perhaps you mean {near}. Until this is clear, nothing uses it.", near=" / ".join(near)
        )
    return ask, WHY_LEFT_OUT


def _not_a_day(problem: Problem, where: Words, value: str) -> Said:
    ask = words("{field}: what is right? We read “{value}”.", field=where, value=value)
    return ask, words("Write it like 2026-11-23. The law of that day is the one that counts.")


def _not_a_place(problem: Problem, where: Words, value: str) -> Said:
    ask = words("{field}: what is right? We do not know “{value}”.", field=where, value=value)
    return ask, words("Use the code of the country or region, like NP, FR or US-CA.")


def _wrong_kind(problem: Problem, where: Words, value: str) -> Said:
    if problem.name in ("pay", "pay_period"):
        ask = words("What is the pay, as one figure for one period?")
        return ask, words("Two periods in one figure cannot be added. Until this is clear, no sum uses it.")
    return _not_clear(problem, where, value)


def _not_clear(problem: Problem, where: Words, value: str) -> Said:
    return words("{field}: what is right? We could not read it.", field=where), WHY_LEFT_OUT


_TELL: dict[str, Callable[[Problem, Words, str], Said]] = {
    "text": _not_a_number,
    "exclusiveMinimum": _not_above_zero,
    "minimum": _too_little,
    "maximum": _too_much,
    "enum": _not_in_the_list,
    "date": _not_a_day,
    "place": _not_a_place,
    "type": _wrong_kind,
}


@dataclass(frozen=True)
class Doubt:
    """Figures that contradict each other; the fields are left out (`loan.months`: only that part)."""

    fields: tuple[str, ...]
    ask: Words
    why: Words


def doubts(offer: "Offer") -> list[Doubt]:
    """Gives what contradicts itself in an offer whose single values could all be."""
    looked = (_week, _day, _same_hours, _receipts, _interest, _term, _housing_twice)
    return [doubt for look in looked for doubt in look(offer)]


def questions_for(found: list[Doubt], on: "date") -> list[Question]:
    """Gives the questions that contradictions lead to."""
    return [
        _question(f"unclear:{one.fields[0]}", one.ask, one.why, one.fields[0].partition(".")[0], on)
        for one in found
    ]


def _week(offer: "Offer") -> list[Doubt]:
    paid, unpaid = offer.hours_per_week, offer.unpaid_hours_per_week
    if paid is None or unpaid is None or paid + unpaid <= 168:
        return []
    return [
        Doubt(
            ("hours_per_week", "unpaid_hours_per_week"),
            words("How many hours a week are paid, and how many are not?"),
            words(
                "{paid} paid and {unpaid} unpaid hours are more than a week has (168).",
                paid=tidy(paid), unpaid=tidy(unpaid),
            ),
        )
    ]  # fmt: skip


def _day(offer: "Offer") -> list[Doubt]:
    hours, days = offer.hours_per_week, offer.days_per_week
    if hours is None or days is None or hours <= days * 24:
        return []
    return [
        Doubt(
            ("hours_per_week", "days_per_week"),
            words("How many hours a day, and how many days a week?"),
            words("{hours} hours do not fit into {days} days.", hours=tidy(hours), days=tidy(days)),
        )
    ]


def _same_hours(offer: "Offer") -> list[Doubt]:
    week, day, days = offer.hours_per_week, offer.hours_per_day, offer.days_per_week
    if week is None or day is None or days is None or abs(week - day * days) <= 1:
        return []
    return [
        Doubt(
            ("hours_per_week", "hours_per_day", "days_per_week"),
            words("How many hours a week is the work, all days together?"),
            words(
                "{day} hours on {days} days make {product} a week, not {week}.",
                day=tidy(day), days=tidy(days), product=tidy(day * days), week=tidy(week),
            ),
        )
    ]  # fmt: skip


def _receipts(offer: "Offer") -> list[Doubt]:
    if not any(one.receipted is not None and one.receipted > (one.paid or 0) for one in offer.fees):
        return []
    return [
        Doubt(
            ("fees",),
            words("How much was paid, and how much of it do the receipts say?"),
            words("The receipts say more than was paid. Until this is clear, no sum uses it."),
        )
    ]


def _interest(offer: "Offer") -> list[Doubt]:
    interest = offer.loan.yearly_interest if offer.loan else None
    if interest is None or not 0 < interest < 1:
        return []
    return [
        Doubt(
            ("loan.yearly_interest",),
            words(
                "Is the interest {interest} % a year, or {more} %?",
                interest=interest, more=tidy(interest * 100),
            ),
            words("Write 36 for 36 %. Ask whether it is per month or per year."),
        )
    ]  # fmt: skip


def _term(offer: "Offer") -> list[Doubt]:
    loan = offer.loan
    if not loan or loan.amount is None or loan.instalment is None or loan.months is None:
        return []
    if loan.instalment * loan.months >= loan.amount - Decimal(1):
        return []
    return [
        Doubt(
            ("loan.instalment", "loan.months"),
            words("How much is paid back each month, and for how many months?"),
            words(
                "{months} times {instalment} is less than the loan of {amount}.",
                months=loan.months, instalment=loan.instalment, amount=loan.amount,
            ),
        )
    ]  # fmt: skip


def _housing_twice(offer: "Offer") -> list[Doubt]:
    found = []
    for name, keep in (("housing", offer.housing), ("food", offer.food)):
        twice = keep is not None and keep.cost is not None and name in offer.deductions
        if keep is None or not twice or keep.cost == offer.deductions[name]:
            continue
        found.append(
            Doubt(
                ("deductions", f"{name}.cost"),
                words("{field}: what does it cost each month?", field=FIELDS[name]),
                words("Two different figures are given. We do not know if they are added."),
            )
        )
    return found
