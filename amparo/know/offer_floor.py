"""How an offer's pay stands to the legal floor; what cannot be compared is asked."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import timedelta
from decimal import Decimal

from amparo.know import offer_numbers as sums
from amparo.know.offer_answer import Ground, Number, Question, count, from_offer, money
from amparo.know.offer_law import Floor, Looked, amount_of, hour_of, month_of, named, week_of
from amparo.know.offer_pay import PERIODS, Pay, ask_rate, pay_of
from amparo.know.offers import Offer
from amparo.law.work import WorkFact, work_facts
from amparo.words import Words, words

NOTHING = Decimal(0)
# Beyond these a figure is more likely per month than per hour, or the other way round.
FAR_ABOVE, FAR_BELOW = Decimal(25), Decimal(1) / Decimal(40)
USUAL_HOURS = Decimal(40)  # only to choose what to compare, never in a sum that is shown
BEST_UNIT = {
    "hour": ("hour", "month", "week", "year", "day"),
    "piece": ("hour", "month", "week", "year", "day"),
    "day": ("day", "hour", "month", "week", "year"),
}
MONTH_FIRST = ("month", "week", "year", "hour", "day")
MOST_OTHERS = 12
AHEAD = timedelta(days=366)


def mixed_up(look: Looked, floor: Floor) -> Question | None:
    """Gives the question to ask where the pay can hardly be meant for the period that is named."""
    offer = look.offer
    pay = pay_of(replace(offer, hours_per_week=offer.hours_per_week or USUAL_HOURS))
    chosen = _chosen(floor, offer)
    if chosen is None or pay.hour is None or chosen.currency != offer.currency or chosen.net:
        return None
    least = hour_of(chosen, floor.full_week or USUAL_HOURS) or amount_of(chosen) / 8
    if least * FAR_BELOW <= pay.hour <= least * FAR_ABOVE:
        return None
    ask = words(
        "Is {pay} {currency} the pay for one {period}, or for another period?",
        pay=sums.tidy(offer.pay or NOTHING),
        currency=offer.currency,
        period=PERIODS[offer.pay_period or "hour"],
    )
    why = words("So read, it is far from what is paid there. Until this is clear, no sum uses it.")
    return Question("unclear:pay_period", ask, why, "employer", from_offer(look.on))


def floor_numbers(look: Looked, pay: Pay, floor: Floor) -> tuple[list[Number], list[Question]]:
    """Gives the legal floor, the difference where the two can be compared, and else what to ask."""
    chosen = _chosen(floor, look.offer)
    if chosen is None:
        return [], []
    numbers = [*_floor_itself(look, chosen, floor), *_others(look, floor), *_next(look, chosen)]
    if chosen.net:
        return numbers, [_before_tax(look)]
    return _compared(look, pay, chosen, floor, numbers)


def _chosen(floor: Floor, offer: Offer) -> WorkFact | None:
    """Gives the figure to compare with: in the unit of the offer; per hour where the week is not full."""
    order = BEST_UNIT.get(offer.pay_period or "month", MONTH_FIRST)
    first = min(floor.main, key=lambda one: order.index(one.per or "month"), default=None)
    hourly = next((one for one in floor.main if one.per == "hour"), None)
    if first is None or hourly is None or first.per not in ("month", "week") or offer.hours_per_week is None:
        return first
    if week_of(first, None) is not None or worked(offer) == (floor.full_week or USUAL_HOURS):
        return first
    return hourly


def worked(offer: Offer) -> Decimal:
    """Gives the hours of work a week, paid or not."""
    return (offer.hours_per_week or NOTHING) + (offer.unpaid_hours_per_week or NOTHING)


def _floor_itself(look: Looked, fact: WorkFact, floor: Floor) -> Iterator[Number]:
    ground, place = look.ground(fact), named(fact.region or fact.place)
    what = words("The legal floor in {place}, before tax.", place=place)
    if fact.net:
        what = words("The legal floor in {place}, after tax.", place=place)
    how = words("As the law has it.")
    if fact.payments_a_year and fact.payments_a_year > 12:
        how = words("As the law has it: {payments} payments a year.", payments=fact.payments_a_year)
    yield money("floor", what, amount_of(fact), fact.currency, fact.per, how, ground)
    for one in floor.extras:
        what = words("On top, where the employer does not give housing.")
        if one.about == "food":
            what = words("On top, where the employer does not give food.")
        how = words("As the law has it.")
        yield money(
            f"floor_extra:{one.about}", what, amount_of(one), one.currency, one.per, how, look.ground(one)
        )
    month, hour = month_of(fact), hour_of(fact, floor.full_week)
    if month is not None and (fact.per != "month" or (fact.payments_a_year or 12) > 12):
        what = words("The same floor per month, spread over 12 months.")
        yield money("floor_per_month", what, month, fact.currency, "month", _how_floor_month(fact), ground)
    if hour is not None and month is not None:
        what = words("The same floor per hour.")
        how = words(
            "Our division: {month} ÷ ({hours} hours × 52 ÷ 12).",
            month=sums.rounded(month, fact.currency),
            hours=sums.tidy(week_of(fact, floor.full_week) or NOTHING),
        )
        yield money("floor_per_hour", what, hour, fact.currency, "hour", how, ground)


def _how_floor_month(fact: WorkFact) -> Words:
    if fact.per == "week":
        return words("{amount} × 52 ÷ 12.", amount=amount_of(fact))
    return words(
        "{amount} × {payments} payments ÷ 12.", amount=amount_of(fact), payments=fact.payments_a_year or 1
    )


def _others(look: Looked, floor: Floor) -> Iterator[Number]:
    for number, fact in enumerate(floor.others[:MOST_OTHERS], 1):
        what = words("Another floor that may be yours. {who}", who=_whose(fact))
        how = words("As the law has it.")
        yield money(
            f"floor_other:{number}", what, amount_of(fact), fact.currency, fact.per, how, look.ground(fact)
        )


def _whose(fact: WorkFact) -> Words:
    if fact.who is not None:
        return fact.who
    if fact.region is not None:
        return words("Place: {place}.", place=fact.region)
    if fact.to_age is not None:
        return words("Age: up to {age} years.", age=fact.to_age)
    return words("Age: from {age} years.", age=fact.from_age or 0)


def _next(look: Looked, fact: WorkFact) -> Iterator[Number]:
    """Gives the figure that is already decided and comes next."""
    later = [
        one
        for one in work_facts()
        if one.line == fact.line and one.from_ and look.day < one.from_ <= look.day + AHEAD and one.amount
    ]
    for one in sorted(later, key=lambda one: one.from_ or look.day)[:1]:
        what = words("The legal floor in {place} from {date} on.", place=named(fact.place), date=one.from_)
        ground = replace(
            look.ground(one), state="current" if look.ground(one).grade != "unchecked" else "unchecked"
        )
        yield money(
            "floor_next", what, amount_of(one), one.currency, one.per, words("As already decided."), ground
        )


@dataclass(frozen=True)
class _Both:
    """A pay and a floor in one unit and currency."""

    pay: Decimal
    floor: Decimal
    per: str


def _compared(
    look: Looked, pay: Pay, fact: WorkFact, floor: Floor, numbers: list[Number]
) -> tuple[list[Number], list[Question]]:
    offer = look.offer
    if offer.pay is None or offer.pay_period is None or offer.currency is None:
        return numbers, []
    rate = sums.converted(Decimal(1), offer.currency, fact.currency or "", offer.exchange_rate)
    if rate is None:
        return numbers, [ask_rate(look, offer.currency, fact.currency or "")]
    same = Pay(_times(pay.month, rate), _times(pay.hour, rate))
    ground = look.ground(fact)
    hour = hour_of(fact, floor.full_week)
    if same.month is not None and hour is not None and offer.pay_period not in ("hour", "piece"):
        numbers.append(_hours_at_most(same.month, hour, ground))
    if offer.pay_period == "piece" and hour is not None:
        numbers.append(_pieces_needed(offer.pay * rate, hour, ground))
    if floor.extras:
        made, asked = _with_extras(look, same, fact, floor, ground)
        return numbers + made, asked
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
    """Compares per month with the floor and what is added where housing or food is not given."""
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
    made = list(_gap(offer, _Both(pay.month, least, "month"), fact, ground))
    what = words("The floor with what is added for housing and food that is not given.")
    how = words("Floor {floor}, with the sums added.", floor=amount_of(fact))
    return [money("floor_with_extras", what, least, fact.currency, "month", how, ground), *made], []


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
    return replace(both, pay=most) if sums.rounded(most) < sums.rounded(both.floor) else None


def _gap(offer: Offer, both: _Both, fact: WorkFact, ground: Ground) -> Iterator[Number]:
    pay, least = sums.rounded(both.pay, fact.currency), sums.rounded(both.floor, fact.currency)
    below = pay < least
    name = "below_floor" if below else "above_floor"
    what = words("The offer pays this much less than the legal floor.")
    how = words("{floor} − {pay}, per {period}.", floor=least, pay=pay, period=PERIODS[both.per])
    if not below:
        what = words("The offer pays this much more than the legal floor.")
        how = words("{pay} − {floor}, per {period}.", floor=least, pay=pay, period=PERIODS[both.per])
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


def _before_tax(look: Looked) -> Question:
    return Question(
        "net_or_gross",
        words("How much is the pay after tax and contributions?"),
        words("The floor there is set after tax. It cannot be compared with pay before tax."),
        "employer",
        from_offer(look.on),
    )


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
