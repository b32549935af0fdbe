"""What an offer pays: per hour of real work, per week, month and year, and for the whole job."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from amparo.know import offer_numbers as sums
from amparo.know.offer_answer import Number, Question, from_offer, money
from amparo.know.offer_law import Looked
from amparo.know.offers import Offer
from amparo.words import Words, words

NOTHING = Decimal(0)
USUAL_HOURS = Decimal(40)  # only to choose what to compare, never in a sum that is shown


@dataclass(frozen=True)
class Pay:
    """Gross pay before any deduction; `hour` counts unpaid hours too. None: cannot be worked out."""

    month: Decimal | None = None
    hour: Decimal | None = None


def worked(offer: Offer) -> Decimal:
    """Gives the hours of work a week, paid or not."""
    return (offer.hours_per_week or NOTHING) + (offer.unpaid_hours_per_week or NOTHING)


def pay_of(offer: Offer) -> Pay:
    """Gives the pay per month and per hour of real work."""
    if offer.pay is None or offer.pay_period is None:
        return Pay()
    amount, period = offer.pay, offer.pay_period
    if period == "piece":
        if offer.pieces_per_hour is None:
            return Pay()
        amount, period = amount * offer.pieces_per_hour, "hour"
    hours, unpaid = offer.hours_per_week, offer.unpaid_hours_per_week or NOTHING
    payments = offer.payments_per_year or 12
    month = sums.a_month(amount, period, hours=hours, days=offer.days_per_week, payments=payments)
    hour = None
    if month is not None and hours is not None:
        hour = sums.hourly(month, hours, unpaid)
    elif period == "hour" and not unpaid and not _hours_unclear(offer):
        hour = amount
    return Pay(month, hour)


def _hours_unclear(offer: Offer) -> bool:
    return bool({"hours_per_week", "unpaid_hours_per_week"} & offer.unclear)


PERIODS = {
    "hour": words("hour"),
    "day": words("day"),
    "week": words("week"),
    "fortnight": words("two weeks"),
    "month": words("month"),
    "year": words("year"),
    "piece": words("piece"),
    "once": words("once"),
}


def own_numbers(look: Looked, pay: Pay) -> Iterator[Number]:
    """Gives what follows from the offer alone: pay per hour, week, month and year, and for the whole job."""
    offer, ground = look.offer, from_offer(look.on)
    if pay.hour is not None:
        yield money(
            "pay_per_hour",
            words("Pay for each hour of work, unpaid hours counted."),
            pay.hour, offer.currency, "hour", _how_hour(offer, pay), ground,
        )  # fmt: skip
    if pay.month is None:
        return
    how = _how_month(offer)
    what = words("Pay per month, spread over 12 months, before deductions.")
    yield money("pay_per_month", what, pay.month, offer.currency, "month", how, ground)
    week, year = pay.month / sums.WEEKS_A_MONTH, pay.month * 12
    month = sums.rounded(pay.month, offer.currency)
    for id, what, amount, per, how in (
        ("pay_per_week", words("Pay per week."), week, "week", words("{month} × 12 ÷ 52.", month=month)),
        ("pay_per_year", words("Pay per year."), year, "year", words("{month} × 12.", month=month)),
    ):
        yield money(id, what, amount, offer.currency, per, how, ground)
    if offer.weeks is not None:
        yield money(
            "pay_for_the_job",
            words("Pay for the whole job, before deductions."),
            week * offer.weeks, offer.currency, "once",
            words("{month} × 12 ÷ 52 × {weeks} weeks.", month=month, weeks=sums.tidy(offer.weeks)), ground,
        )  # fmt: skip


def _how_hour(offer: Offer, pay: Pay) -> Words:
    if offer.hours_per_week is None or pay.month is None:
        if offer.pay_period == "piece":
            return _pieces(offer)
        return words("As promised; unpaid hours are not known and not counted.")
    return words(
        "{month} per month ÷ (({hours} paid + {unpaid} unpaid hours) × 52 ÷ 12).",
        month=sums.rounded(pay.month, offer.currency),
        hours=sums.tidy(offer.hours_per_week),
        unpaid=sums.tidy(offer.unpaid_hours_per_week or NOTHING),
    )


def _pieces(offer: Offer) -> Words:
    return words("{pay} per piece × {pieces} pieces.", pay=offer.pay, pieces=offer.pieces_per_hour)


def _how_month(offer: Offer) -> Words:
    pay, hours, days = offer.pay, offer.hours_per_week, offer.days_per_week
    if offer.pay_period == "month":
        return words("{pay} × {payments} payments ÷ 12.", pay=pay, payments=offer.payments_per_year or 12)
    if offer.pay_period == "hour":
        return words("{pay} × {hours} hours × 52 ÷ 12.", pay=pay, hours=hours)
    if offer.pay_period == "piece":
        return words("{hour} × {hours} hours × 52 ÷ 12.", hour=_pieces(offer), hours=hours)
    if offer.pay_period == "day":
        return words("{pay} × {days} days × 52 ÷ 12.", pay=pay, days=days)
    times = sums.PERIODS_A_YEAR[offer.pay_period or "year"]
    return words("{pay} × {times} ÷ 12.", pay=pay, times=times)


def ask_rate(look: Looked, currency: str, to: str) -> Question:
    """Gives the question for an exchange rate: we never invent one."""
    return Question(
        f"rate:{currency}-{to}",
        words(
            "How many {to} does one {currency} bring today, after the bank's fee?", to=to, currency=currency
        ),
        words("Two currencies cannot be compared without a rate. Give the rate you get yourself."),
        "yourself",
        from_offer(look.on),
    )
