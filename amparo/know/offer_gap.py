"""The pay beside the legal floor, in one unit and currency; what cannot be compared becomes a question."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal

from amparo.know import offer_numbers as sums
from amparo.know.offer_answer import Ground, Number, Question, count, from_offer, money
from amparo.know.offer_law import Floor, Looked, amount_of, hour_of, month_of, week_of
from amparo.know.offer_pay import NOTHING, PERIODS, USUAL_HOURS, Pay, ask_rate, worked
from amparo.know.offers import Offer
from amparo.law.work import WorkFact
from amparo.words import words


@dataclass(frozen=True)
class _Both:
    """A pay and a floor in one unit and currency."""

    pay: Decimal
    floor: Decimal
    per: str
    payments: int | None = None  # reckoned with so many payments a year, the most that may be meant


def compared(
    look: Looked, pay: Pay, fact: WorkFact, floor: Floor, numbers: list[Number]
) -> tuple[list[Number], list[Question]]:
    """Gives the numbers with the difference to the floor added, or what to ask before it can be told."""
    offer = look.offer
    if offer.pay is None or offer.pay_period is None or offer.currency is None:
        return numbers, []
    rate = sums.converted(Decimal(1), offer.currency, fact.currency or "", offer.exchange_rate)
    if rate is None:
        return numbers, [ask_rate(look, offer.currency, fact.currency or "")]
    same = Pay(_times(pay.month, rate), _times(pay.hour, rate))
    ground = look.ground(fact)
    hour = hour_of(fact, floor.full_week)
    if floor.extras:
        made, asked = _with_extras(look, same, fact, floor, ground)
        return numbers + made, asked
    if same.month is not None and hour is not None and offer.pay_period not in ("hour", "piece"):
        numbers.append(_hours_at_most(same.month, hour, ground))
    if offer.pay_period == "piece" and hour is not None:
        numbers.append(_pieces_needed(offer.pay * rate, hour, ground))
    both = _in_one_unit(offer, same, fact, floor, rate)
    if both is None:
        return numbers, _why_not(look, same, fact)
    with_payments = _with_payments(offer, both, fact)
    if with_payments is None:
        return numbers, [_ask_payments(look, fact)]
    return numbers + list(_gap(offer, with_payments, fact, ground)), []


def _times(amount: Decimal | None, rate: Decimal) -> Decimal | None:
    return None if amount is None else amount * rate


def _in_one_unit(offer: Offer, pay: Pay, fact: WorkFact, floor: Floor, rate: Decimal) -> _Both | None:
    hour, month = hour_of(fact, floor.full_week), month_of(fact)
    if hour is not None and pay.hour is not None:
        return _Both(pay.hour, hour, "hour")
    if fact.per == "day":
        return _in_days(offer, pay, fact, rate)
    if month is None or pay.month is None:
        return None
    # The month of the law is one of full-time work. How long that is there, we do not know: with less than
    # 40 hours a lower pay can be right, so only a pay that reaches the whole month is compared.
    part_time = offer.hours_per_week is not None and offer.hours_per_week < USUAL_HOURS
    return None if part_time and pay.month < month else _Both(pay.month, month, "month")


def _why_not(look: Looked, pay: Pay, fact: WorkFact) -> list[Question]:
    if pay.month is None:
        return []
    return [_ask_rest_days(look)] if fact.per == "day" else [_ask_full_week(look)] if month_of(fact) else []


def _with_extras(
    look: Looked, pay: Pay, fact: WorkFact, floor: Floor, ground: Ground
) -> tuple[list[Number], list[Question]]:
    """Compares with the floor and what is added where housing or food is not given.

    Per month for a full week or less; per hour for more hours than a full week has.
    """
    offer, least, unsure = look.offer, month_of(fact) or NOTHING, NOTHING
    for one in floor.extras:
        given = _given(offer, one.about or "")
        if given is None:
            unsure += amount_of(one)
        elif not given:
            least += amount_of(one)
    if pay.month is None or look.offer.pay_period in ("hour", "piece"):
        return [], []
    if sums.rounded(least) <= sums.rounded(pay.month) < sums.rounded(least + unsure):
        return [], [_ask_extras(look)]
    least += unsure if pay.month >= least + unsure else NOTHING
    what = words("The floor with what is added for housing and food that is not given.")
    how = words("Floor {floor}, with the sums added.", floor=amount_of(fact))
    made = [money("floor_with_extras", what, least, fact.currency, "month", how, ground)]
    both, week = _Both(pay.month, least, "month"), week_of(fact, floor.full_week)
    if week is not None:
        hour = least / (week * sums.WEEKS_A_MONTH)
        made.append(_hours_at_most(pay.month, hour, ground))
        if pay.hour is not None and worked(offer) > week:
            both = _Both(pay.hour, hour, "hour")
    return [*made, *_gap(offer, both, fact, ground)], []


def _given(offer: Offer, kind: str) -> bool | None:
    """Says whether housing or food is given free of charge; None: not said."""
    keep = offer.housing if kind == "housing" else offer.food
    charged = kind in offer.deductions and offer.deductions[kind].amount > 0
    if charged or (keep is not None and keep.cost is not None and keep.cost.amount > 0):
        return False
    return None if keep is None else keep.provided


def _ask_extras(look: Looked) -> Question:
    return Question(
        "extras",
        words("Are housing and food given free of charge? If not, what is paid for each?"),
        words("The floor there is higher where housing or food is not given. This pay lies between."),
        "employer",
        from_offer(look.on),
    )


def _ask_full_week(look: Looked) -> Question:
    return Question(
        "full_week",
        words("How many hours a week are full-time work there?"),
        words("The floor there is for a full month. For fewer hours, less can be right."),
        "employer",
        from_offer(look.on),
    )


def _in_days(offer: Offer, pay: Pay, fact: WorkFact, rate: Decimal) -> _Both | None:
    """Gives pay and floor per day. Paid rest days only raise the floor: a lower pay is below it anyway."""
    if offer.pay_period == "day" and offer.pay is not None:
        return _Both(offer.pay * rate, amount_of(fact), "day")
    if pay.month is None or not offer.days_per_week:
        return None
    day = sums.from_a_month(pay.month, "day", days=offer.days_per_week)
    return _Both(day, amount_of(fact), "day") if day is not None and day < amount_of(fact) else None


def _with_payments(offer: Offer, both: _Both, fact: WorkFact) -> _Both | None:
    """Gives the comparison, or None where it depends on how many payments a year the offer means."""
    payments = fact.payments_a_year or 12
    if offer.pay_period != "month" or offer.payments_per_year is not None or payments == 12:
        return both
    most = both.pay * payments / 12
    if sums.rounded(both.pay) >= sums.rounded(both.floor):
        return both
    if sums.rounded(most) >= sums.rounded(both.floor):
        return None
    return replace(both, pay=most, payments=payments)


def _gap(offer: Offer, both: _Both, fact: WorkFact, ground: Ground) -> Iterator[Number]:
    pay, least = sums.rounded(both.pay, fact.currency), sums.rounded(both.floor, fact.currency)
    below = pay < least
    name = "below_floor" if below else "above_floor"
    what = words("The offer pays this much less than the legal floor.")
    how = words("{floor} − {pay}, per {period}.", floor=least, pay=pay, period=PERIODS[both.per])
    if not below:
        what = words("The offer pays this much more than the legal floor.")
        how = words("{pay} − {floor}, per {period}.", floor=least, pay=pay, period=PERIODS[both.per])
    if both.payments is not None:
        how = words("{sum} Reckoned with {payments} payments a year.", sum=how, payments=both.payments)
    if pay == least:
        what = words("The offer pays exactly the legal floor.")
    gap = abs(pay - least)
    yield money(f"{name}_per_{both.per}", what, gap, fact.currency, both.per, how, ground)
    if both.per == "hour" and offer.hours_per_week is not None and gap:
        hours = worked(offer) * sums.WEEKS_A_MONTH
        more, less = sorted((both.floor * hours, both.pay * hours), reverse=True)
        how = words(
            "{more} − {less}, both for {hours} hours a week.",
            more=sums.rounded(more, fact.currency),
            less=sums.rounded(less, fact.currency),
            hours=sums.tidy(worked(offer)),
        )
        yield money(f"{name}_per_month", what, more - less, fact.currency, "month", how, ground)


def _hours_at_most(month: Decimal, hour: Decimal, ground: Ground) -> Number:
    most = sums.hours_at_most(month, hour) or NOTHING
    return count(
        "hours_until_floor",
        words("Up to this many hours a week, unpaid ones too, the pay reaches the floor."),
        min(most, Decimal(168)), "hours", "week",
        words(
            "{month} ÷ ({floor} × 52 ÷ 12), at most 168.",
            month=sums.rounded(month), floor=sums.rounded(hour),
        ),
        ground,
    )  # fmt: skip


def _pieces_needed(piece: Decimal, hour: Decimal, ground: Ground) -> Number:
    what = words("So many pieces an hour reach the floor.")
    how = words("{floor} ÷ {piece}.", floor=sums.rounded(hour), piece=piece)
    return count("pieces_until_floor", what, hour / piece, "pieces", "hour", how, ground)


def _ask_payments(look: Looked, fact: WorkFact) -> Question:
    return Question(
        "missing:payments_per_year",
        words("How many monthly payments are there in a year: 12, 13 or 14?"),
        words(
            "The floor there is reckoned with {payments}. With 12 payments the offer is below it.",
            payments=fact.payments_a_year,
        ),
        "employer",
        from_offer(look.on),
    )


def _ask_rest_days(look: Looked) -> Question:
    return Question(
        "paid_rest_days",
        words("How much is the pay per day, and are rest days paid?"),
        words("The floor there is per day. Where rest days are paid, the month is worth more."),
        "employer",
        from_offer(look.on),
    )
