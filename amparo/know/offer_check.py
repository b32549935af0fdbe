"""Checks a job offer: what it pays and costs, what is a right there, and what to ask before saying yes.

Pure: the same offer and day give the same answer. Nothing is fetched, stored or added up to a score.
"""

from dataclasses import replace
from datetime import date
from typing import Any

from amparo.know.offer_answer import Checked, Number, Question, Right
from amparo.know.offer_fees import fee_numbers
from amparo.know.offer_floor import floor_numbers, mixed_up
from amparo.know.offer_law import Looked, floor
from amparo.know.offer_left import left_numbers, left_of, limit_numbers
from amparo.know.offer_loan import loan_numbers
from amparo.know.offer_missing import missing_questions
from amparo.know.offer_pay import ask_rate, own_numbers, pay_of
from amparo.know.offer_rights import hour_numbers, rights
from amparo.know.offer_terms import term_questions
from amparo.know.offers import Offer, parse


def check(offer: Offer, *, on: date) -> Checked:
    """Gives numbers, rights and questions for an offer, as known on a day."""
    look = Looked(offer, on)
    least = floor(look)
    asked: list[Question] = []
    mixed = mixed_up(look, least)
    if mixed is not None:
        asked.append(mixed)
        look = replace(look, offer=replace(offer, pay=None, unclear=offer.unclear | {"pay", "pay_period"}))
    pay = pay_of(look.offer)
    left = left_of(look.offer, pay)
    numbers = list(own_numbers(look, pay))
    for made, more in (
        floor_numbers(look, pay, least),
        fee_numbers(look, pay),
        (
            list(left_numbers(look, pay, left)),
            [ask_rate(look, one, offer.currency or "?") for one in left.lacks],
        ),
        limit_numbers(look, pay, left, least),
        loan_numbers(look, left),
        (list(hour_numbers(look)), []),
    ):
        numbers += made
        asked += more
    asked += [*missing_questions(look, least), *term_questions(look)]
    return Checked(tuple(numbers), rights(look), _once(asked))


def check_json(untrusted: object, *, on: date) -> Checked:
    """Gives the check of an offer as JSON describes it; what cannot be right there is asked first."""
    offer, unclear = parse(untrusted, on=on)
    found = check(offer, on=on)
    return replace(found, questions=_once([*unclear, *found.questions]))


def as_object(found: Checked) -> dict[str, Any]:
    """Gives the answer as plain data: {numbers, rights, questions}; words stay Words, money is a number."""
    return {
        "numbers": [_number(one) for one in found.numbers],
        "rights": [_right(one) for one in found.rights],
        "questions": [_question(one) for one in found.questions],
    }


def _number(one: Number) -> dict[str, Any]:
    amount = one.amount if one.amount == "never" else float(one.amount)
    whole = isinstance(amount, float) and amount.is_integer()
    return {
        "id": one.id,
        "what": one.what,
        "amount": int(amount) if whole else amount,
        "unit": one.unit,
        "currency": one.currency,
        "per": one.per,
        "source": one.ground.source,
        "date": one.ground.checked_on,
        "checked_on": one.ground.checked_on,
        "from": one.ground.from_,
        "grade": one.ground.grade,
        "state": one.ground.state,
        "how": one.how,
    }


def _right(one: Right) -> dict[str, Any]:
    return {
        "id": one.id,
        "what": one.what,
        "place": one.place,
        "basis": one.basis,
        "url": one.url,
        "source": one.ground.source,
        "date": one.ground.checked_on,
        "from": one.ground.from_,
        "grade": one.ground.grade,
        "state": one.ground.state,
    }


def _question(one: Question) -> dict[str, Any]:
    return {
        "id": one.id,
        "ask": one.ask,
        "why": one.why,
        "of": one.of,
        "source": one.ground.source,
        "date": one.ground.checked_on,
        "grade": one.ground.grade,
    }


def _once(questions: list[Question]) -> tuple[Question, ...]:
    """Gives each question once: what is unclear is not asked again as missing."""
    found: dict[str, Question] = {}
    for one in questions:
        found.setdefault(one.id, one)
    unclear = {id.removeprefix("unclear:") for id in found if id.startswith("unclear:")}
    return tuple(
        one for id, one in found.items() if id.removeprefix("missing:") not in unclear or "unclear" in id
    )
