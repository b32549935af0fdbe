"""What the copy's offer check needs: the words of its sums, its questions, and the figures of each place.

The figures and rights of a place are those the check itself gives for that place; no law is in the script.
"""

import json
from typing import Any

from django.utils import translation

from amparo.know.offer_answer import THE_OFFER, Number
from amparo.know.offer_check import check_json
from amparo.know.offer_numbers import THREE_PLACES
from amparo.web.clock import this_moment
from amparo.web.offer_pages import OF, in_place, place_codes
from amparo.web.saying import day, figure, host, say, stands_as
from amparo.words import Words, words

SAID: dict[str, Words] = {
    "figures": words("Figures"),
    "rights": words("What is a right"),
    "yours": words("your figures"),
    "never": words("never"),
    "pay_per_hour": words("Pay for each hour of work, unpaid hours counted."),
    "pay_per_month": words("Pay per month, spread over 12 months, before deductions."),
    "pay_per_week": words("Pay per week."),
    "pay_per_year": words("Pay per year."),
    "fees_paid": words("Paid to get the job."),
    "fees_receipted": words("Of it, on receipts."),
    "fees_unreceipted": words("Paid without a receipt."),
    "deducted": words("Taken out per month."),
    "left": words("Left per month."),
    "loan_months": words("Months until the loan is repaid."),
    "loan_interest": words("Interest in the first month."),
    "unclear": words("This cannot be right as it stands. Until it is clear, no sum uses it."),
    "floor": words("The legal floor per hour, from the list below."),
    "below": words("The offer pays this much less than the legal floor."),
    "above": words("The offer pays this much more than the legal floor."),
    "hour": words("an hour"),
    "week": words("a week"),
    "month": words("a month"),
    "year": words("a year"),
}


def offer_script(lang: str) -> bytes:
    """Gives the script file with words, questions and the money that has thousandths."""
    with translation.override(lang):
        return _script("amparoOffer", _words())


def _words() -> dict[str, Any]:
    found = check_json({}, on=this_moment().date())
    return {
        "said": {name: say(one) for name, one in SAID.items()},
        "of": {name: say(one) for name, one in OF.items()},
        "questions": [[one.id, one.of, say(one.ask), say(one.why)] for one in found.questions],
        "three": sorted(THREE_PLACES),
        "places": [code.lower() for code in place_codes()],
    }


def place_script(lang: str, code: str) -> bytes:
    """Gives the script file with the figures and rights of one place."""
    name = f"amparoPlace=self.amparoPlace||{{}};amparoPlace[{json.dumps(code.lower())}]"
    with translation.override(lang):
        return _script(name, _place(code))


def _place(code: str) -> dict[str, Any]:
    known = in_place(code, on=this_moment().date())
    return {
        "numbers": [_number(one) for one in known["numbers"]],
        "hourly": _hourly(known["numbers"]),
        "rights": [_right(one) for one in known["rights"]],
        "leaving": [_right(one) for one in known["leaving"]],
    }


def _script(name: str, data: dict[str, Any]) -> bytes:
    return f"{name}={json.dumps(data, ensure_ascii=False, separators=(',', ':'))};\n".encode()


def _number(one: Number) -> list[str]:
    return [say(one.what), figure(one), say(one.how), _from(one.ground), one.ground.source]


def _right(one: Any) -> list[str | None]:
    return [say(one.what), one.basis or "", _from(one.ground), one.ground.source, one.url]


def _from(ground: Any) -> str:
    if ground.source == THE_OFFER:
        return ""
    stands = say(stands_as(ground))
    return f"{host(ground.source)}, {day(ground.checked_on)}{f' ({stands})' if stands else ''}"


def _hourly(numbers: list[Number]) -> list[Any] | None:
    """Gives the one floor per hour a sum may use: [amount, currency]; None where there is none or several."""
    held = {
        (float(one.amount), one.currency)
        for one in numbers
        if one.per == "hour" and one.id in ("floor", "floor_per_hour") and one.amount != "never"
    }
    others = any(one.id.startswith(("floor_other", "floor_extra")) for one in numbers)
    return list(held.pop()) if len(held) == 1 and not others else None
