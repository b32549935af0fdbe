"""How an offer's pay stands to the legal floor; what cannot be compared is asked."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

from amparo.know import offer_numbers as sums
from amparo.know.offer_answer import Number, Question, from_fact, from_offer, money
from amparo.know.offer_gap import compared
from amparo.know.offer_law import Floor, Looked, amount_of, hour_of, month_of, named, week_of
from amparo.know.offer_pay import NOTHING, PERIODS, USUAL_HOURS, Pay, pay_of, worked
from amparo.know.offers import Offer
from amparo.law import places
from amparo.law.work import WorkFact, work_facts
from amparo.words import Words, words

# Beyond these a figure is more likely per month than per hour, or the other way round.
FAR_ABOVE, FAR_BELOW = Decimal(25), Decimal(1) / Decimal(40)
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
    return compared(look, pay, chosen, floor, numbers)


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
    known = {(one.amount, one.per) for one in floor.main}
    others = [one for one in floor.others if (one.amount, one.per) not in known]
    for number, fact in enumerate(others[:MOST_OTHERS], 1):
        what = words("Another floor that may be yours. {who}", who=_whose(fact))
        how = words("As the law has it.")
        yield money(
            f"floor_other:{number}", what, amount_of(fact), fact.currency, fact.per, how, look.ground(fact)
        )


def _whose(fact: WorkFact) -> Words:
    if fact.who is not None:
        return fact.who
    if fact.region is not None:
        return words("Place: {place}.", place=places.PlaceCode(fact.region))
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
        ground = from_fact(one, day=one.from_ or look.day, on=look.on)
        yield money(
            "floor_next", what, amount_of(one), one.currency, one.per, words("As already decided."), ground
        )


def _before_tax(look: Looked) -> Question:
    return Question(
        "net_or_gross",
        words("How much is the pay after tax and contributions?"),
        words("The floor there is set after tax. It cannot be compared with pay before tax."),
        "employer",
        from_offer(look.on),
    )
