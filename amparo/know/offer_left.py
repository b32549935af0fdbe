"""What is left of the pay: after deductions, housing and food, after the loan, and from which month on."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from amparo.know import offer_numbers as sums
from amparo.know.offer_answer import Ground, Number, Question, count, from_offer, money
from amparo.know.offer_fees import same_currency
from amparo.know.offer_law import Floor, Looked, amount_of, facts, floor, hour_of, month_of, named, narrowest
from amparo.know.offer_pay import PERIODS, Pay, ask_rate
from amparo.know.offers import Offer, Sum
from amparo.law.work import WorkFact
from amparo.words import Words, words

NOTHING = Decimal(0)
KINDS: dict[str, Words] = {
    "housing": words("Taken out for housing."),
    "food": words("Taken out for food."),
    "transport": words("Taken out for transport."),
    "insurance": words("Taken out for insurance."),
    "tax": words("Taken out for tax."),
    "visa": words("Taken out for visa or permit."),
    "training": words("Taken out for training."),
    "uniform": words("Taken out for work clothes."),
    "equipment": words("Taken out for tools."),
    "loan": words("Taken out for a loan."),
    "agency_fee": words("Taken out for an agency."),
    "deposit": words("Kept as a deposit."),
    "fine": words("Taken out as a fine."),
    "other": words("Taken out for something else."),
}


@dataclass(frozen=True)
class Left:
    """What is taken and left a month, in the currency of the pay. None: cannot be worked out."""

    taken: dict[str, Decimal]
    month: Decimal | None
    housing: Decimal | None
    lacks: tuple[str, ...] = ()


def left_of(offer: Offer, pay: Pay) -> Left:
    """Gives deductions by kind per month, and what is left; `lacks`: currencies without a rate."""
    amounts = dict(offer.deductions)
    for name, keep in (("housing", offer.housing), ("food", offer.food)):
        if keep is not None and keep.cost is not None:
            amounts[name] = keep.cost
    taken, lacks, whole = {}, [], not {"deductions", "housing", "food"} & offer.unclear
    for kind, one in amounts.items():
        month = _month_of(offer, one)
        same = None if month is None else same_currency(offer, month, one.currency)
        if same is None:
            whole = False
            lacks += [one.currency] if month is not None and one.currency else []
        else:
            taken[kind] = same
    left = None if pay.month is None or not whole else pay.month - sum(taken.values(), NOTHING)
    return Left(taken, left, taken.get("housing"), tuple(dict.fromkeys(lacks)))


def _month_of(offer: Offer, one: Sum) -> Decimal | None:
    days = offer.days_per_week if one.period == "day" else None
    if one.period == "day" and days is None:
        days = Decimal(7)  # board and lodging are charged for every day
    return sums.a_month(one.amount, one.period, hours=offer.hours_per_week, days=days)


def left_numbers(look: Looked, pay: Pay, left: Left) -> Iterator[Number]:
    """Gives each deduction, all together, what is left, and what an hour then brings."""
    offer, ground = look.offer, from_offer(look.on)
    for kind, amount in left.taken.items():
        yield money(
            f"deduction:{kind}",
            KINDS[kind],
            amount,
            offer.currency,
            "month",
            words("As given, per month."),
            ground,
        )
    if not left.taken or left.month is None or pay.month is None:
        return
    all_taken = pay.month - left.month
    month = sums.rounded(pay.month, offer.currency)
    how = words("All deductions, housing and food, added.")
    yield money(
        "deductions_per_month", words("Taken out per month."), all_taken, offer.currency, "month", how, ground
    )
    how = words("{month} − {taken}.", month=month, taken=sums.rounded(all_taken, offer.currency))
    yield _left_or_short("per_month", left.month, offer, how, ground)
    if offer.hours_per_week and left.month >= 0:
        hour = (
            sums.hourly(left.month, offer.hours_per_week, offer.unpaid_hours_per_week or NOTHING) or NOTHING
        )
        how = words(
            "{left} ÷ (({hours} paid + {unpaid} unpaid hours) × 52 ÷ 12).",
            left=sums.rounded(left.month, offer.currency),
            hours=sums.tidy(offer.hours_per_week),
            unpaid=sums.tidy(offer.unpaid_hours_per_week or NOTHING),
        )
        what = words("Left for each hour of work after all that is taken out.")
        yield money("left_per_hour", what, hour, offer.currency, "hour", how, ground)
    if left.housing is not None:
        yield from _share(look, pay, left.housing, ground)


def _share(look: Looked, pay: Pay, housing: Decimal, ground: Ground) -> Iterator[Number]:
    part = sums.share(housing, pay.month or NOTHING)
    if part is not None:
        how = words(
            "{part} × 100 ÷ {month}.", part=sums.rounded(housing), month=sums.rounded(pay.month or NOTHING)
        )
        yield count(
            "housing_share", words("Housing takes this much of the pay."), part, "percent", None, how, ground
        )


def _left_or_short(name: str, amount: Decimal, offer: Offer, how: Words, ground: Ground) -> Number:
    if amount < 0:
        what = words("More is taken than is paid. So much is missing each month.")
        return money(f"short_{name}", what, -amount, offer.currency, "month", how, ground)
    return money(f"left_{name}", words("Left per month."), amount, offer.currency, "month", how, ground)


def limit_numbers(look: Looked, pay: Pay, left: Left, least: Floor) -> tuple[list[Number], list[Question]]:
    """Gives each legal limit on what may be taken for housing, food and the like, and what is beyond it."""
    numbers: list[Number] = []
    questions: list[Question] = []
    found = narrowest(facts(look, "deduction", look.offer.destination))
    for fact in (one for one in found if one.rule in ("ceiling", "forbidden") and one.about in KINDS):
        made, asked = _limit(look, pay, left, fact, least)
        numbers += made
        questions += asked
    return numbers, questions


def _limit(
    look: Looked, pay: Pay, left: Left, fact: WorkFact, least: Floor
) -> tuple[list[Number], list[Question]]:
    offer, ground, kind = look.offer, look.ground(fact), str(fact.about)
    limit, currency, per, how = _limit_a_month(look, pay, fact)
    if limit is None:
        return [], []
    what = words("The most that may be taken in {place}. {kind}", place=named(fact.place), kind=KINDS[kind])
    numbers = []
    if fact.rule == "ceiling":
        shown = amount_of(fact) if fact.unit == "money" else limit
        shown_per = fact.per if fact.unit == "money" else per
        numbers.append(money(f"deduction_limit:{kind}", what, shown, currency, shown_per, how, ground))
    taken = left.taken.get(kind)
    if not taken:
        return numbers, []
    same = None if offer.currency is None or currency is None else taken
    if currency != offer.currency and same is not None:
        same = sums.converted(taken, offer.currency or "", currency or "", offer.exchange_rate)
        if same is None:
            return numbers, [ask_rate(look, offer.currency or "?", currency or "?")]
    if same is not None and sums.rounded(same) > sums.rounded(limit):
        beyond = words("Taken beyond the limit of {place}. {kind}", place=named(fact.place), kind=KINDS[kind])
        sum_ = words("{taken} − {limit}, per month.", taken=sums.rounded(same), limit=sums.rounded(limit))
        numbers.append(
            money(f"deduction_beyond:{kind}", beyond, same - limit, currency, "month", sum_, ground)
        )
        if offer.currency == currency:
            numbers += _against_floor(look, pay, same - limit, least, ground)
    return numbers, []


def _against_floor(look: Looked, pay: Pay, beyond: Decimal, least: Floor, ground: Ground) -> Iterator[Number]:
    """Gives the hourly pay once what is beyond the limit is taken away, and what then lacks to the floor."""
    offer, hours = look.offer, look.offer.hours_per_week
    hour = next((hour_of(one) for one in least.main if one.currency == offer.currency and not one.net), None)
    if pay.month is None or hours is None or hour is None or pay.month < beyond:
        return
    paid = sums.hourly(pay.month - beyond, hours, offer.unpaid_hours_per_week or NOTHING) or NOTHING
    paid, hour = sums.rounded(paid, offer.currency), sums.rounded(hour, offer.currency)
    what = words("Pay per hour once what is beyond the limit is taken away.")
    how = words(
        "({month} − {beyond}) ÷ ({hours} hours × 52 ÷ 12).",
        month=sums.rounded(pay.month, offer.currency), beyond=sums.rounded(beyond, offer.currency),
        hours=sums.tidy(hours + (offer.unpaid_hours_per_week or NOTHING)),
    )  # fmt: skip
    yield money("pay_per_hour_after_limit", what, paid, offer.currency, "hour", how, ground)
    if paid < hour:
        what = words("So much less than the legal floor, if what is beyond the limit counts against it.")
        how = words("{floor} − {pay}, per {period}.", floor=hour, pay=paid, period=PERIODS["hour"])
        yield money("below_floor_after_limit", what, hour - paid, offer.currency, "hour", how, ground)


def _limit_a_month(look: Looked, pay: Pay, fact: WorkFact) -> tuple[Decimal | None, str | None, str, Words]:
    """Gives a limit per month with its currency and how it was reckoned; None where it cannot be."""
    offer = look.offer
    if fact.rule == "forbidden":
        return NOTHING, offer.currency, "month", words("Nothing may be taken for it.")
    if fact.unit == "money":
        days = Decimal(7) if fact.per == "day" else offer.days_per_week
        month = sums.a_month(amount_of(fact), fact.per or "month", hours=offer.hours_per_week, days=days)
        return month, fact.currency, "month", words("As the law has it.")
    whole, currency = _whole(look, pay, fact)
    if whole is None:
        return None, None, "month", words("As the law has it.")
    month = sums.rounded(whole, currency)
    how = words("{percent} % of {month}.", percent=sums.tidy(amount_of(fact)), month=month)
    return amount_of(fact) * whole / 100, currency, "month", how


def _whole(look: Looked, pay: Pay, fact: WorkFact) -> tuple[Decimal | None, str | None]:
    """Gives, per month, what a percentage is of: the pay, or the floor for the hours of the offer."""
    if fact.unit != "percent":
        return None, None
    if fact.of in ("pay", "first_month_pay"):
        return pay.month, look.offer.currency
    least = next(iter(floor(look).main), None) if fact.of == "floor" else None
    if least is None:
        return None, None
    hour, hours = hour_of(least), look.offer.hours_per_week
    if hour is not None and hours is not None:
        return hour * hours * sums.WEEKS_A_MONTH, least.currency
    return month_of(least), least.currency
