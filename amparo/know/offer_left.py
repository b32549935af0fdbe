"""What is left of the pay: after deductions, housing and food, after the loan, and from which month on."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from amparo.know import offer_numbers as sums
from amparo.know.offer_answer import Ground, Number, Question, count, from_offer, money
from amparo.know.offer_fees import same_currency
from amparo.know.offer_law import Floor, Looked, amount_of, facts, hour_of, month_of, named, narrowest
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
    "in_kind": words("Housing and food together."),
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
    for kind in KINDS:
        about = [one for one in found if one.about == kind and one.rule in ("ceiling", "forbidden")]
        for number, fact in enumerate(_limits(about), 1):
            made, asked = _limit(look, pay, left, _Limit(fact, kind, number), least)
            numbers += made
            questions += asked
    return numbers, questions


@dataclass(frozen=True)
class _Limit:
    """One limit: `number` 1 is the general one, the others hold only in the case they name."""

    fact: WorkFact
    kind: str
    number: int

    @property
    def id(self) -> str:
        return self.kind if self.number == 1 else f"{self.kind}.{self.number}"


def _limits(about: list[WorkFact]) -> list[WorkFact]:
    """Gives one fact for the general rule, the one that needs the fewest steps, and then every case."""
    order = {"month": 0, "week": 1, "day": 2, None: 3}
    general = [
        one for one in about if one.case is None and (one.rule == "forbidden" or one.amount is not None)
    ]
    general.sort(key=lambda one: (one.rule != "forbidden", one.unit != "money", order.get(one.per, 3)))
    return [*general[:1], *(one for one in about if one.case is not None and one.amount is not None)]


def _limit(
    look: Looked, pay: Pay, left: Left, one: _Limit, least: Floor
) -> tuple[list[Number], list[Question]]:
    offer, ground, fact = look.offer, look.ground(one.fact), one.fact
    limit, currency, how = _limit_a_month(look, pay, fact, least)
    if limit is None:
        return [], []
    numbers = []
    place = named(fact.region or fact.place)
    if fact.rule == "ceiling":
        what = words("The most that may be taken in {place}. {kind}", place=place, kind=_about(one))
        shown, per = (amount_of(fact), fact.per) if fact.unit == "money" else (limit, "month")
        numbers.append(money(f"deduction_limit:{one.id}", what, shown, currency, per, how, ground))
    taken = _taken(offer, left, one)
    if not taken or offer.currency is None or currency is None:
        return numbers, []
    same = sums.converted(taken, offer.currency, currency, offer.exchange_rate)
    if same is None:
        return numbers, [ask_rate(look, offer.currency, currency)]
    if sums.rounded(same) > sums.rounded(limit):
        what = words("Taken beyond the limit of {place}. {kind}", place=place, kind=_about(one))
        if fact.rule == "forbidden":
            what = words("Taken from the pay, which {place} forbids. {kind}", place=place, kind=_about(one))
        how = words("{taken} − {limit}, per month.", taken=sums.rounded(same), limit=sums.rounded(limit))
        beyond = same - limit
        numbers.append(money(f"deduction_beyond:{one.id}", what, beyond, currency, "month", how, ground))
        if offer.currency == currency and fact.rule == "ceiling" and one.id == "housing":
            numbers += _against_floor(look, pay, beyond, least, ground)
    return numbers, []


def _about(one: _Limit) -> Words:
    return one.fact.who if one.number > 1 and one.fact.who is not None else KINDS[one.kind]


def _taken(offer: Offer, left: Left, one: _Limit) -> Decimal | None:
    """Gives what is taken for it a month; where taking is forbidden, only what really leaves the pay."""
    if one.kind == "in_kind":
        return left.taken.get("housing", NOTHING) + left.taken.get("food", NOTHING)
    keep = {"housing": offer.housing, "food": offer.food}.get(one.kind)
    from_pay = one.kind in offer.deductions or bool(keep and keep.deducted)
    return left.taken.get(one.kind) if one.fact.rule == "ceiling" or from_pay else None


def _against_floor(look: Looked, pay: Pay, beyond: Decimal, least: Floor, ground: Ground) -> Iterator[Number]:
    """Gives the hourly pay once what is beyond the limit is taken away, and what then lacks to the floor."""
    offer, hours = look.offer, look.offer.hours_per_week
    floors = [one for one in least.main if one.currency == offer.currency and not one.net]
    hour = next((hour_of(one, least.full_week) for one in floors), None)
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


def _limit_a_month(
    look: Looked, pay: Pay, fact: WorkFact, least: Floor
) -> tuple[Decimal | None, str | None, Words]:
    """Gives a limit per month with its currency and how it was reckoned; None where it cannot be."""
    offer = look.offer
    if fact.rule == "forbidden":
        return NOTHING, offer.currency, words("Nothing may be taken for it.")
    if fact.unit == "money":
        # Lodging is charged for every day of the week, worked or not.
        month = sums.a_month(
            amount_of(fact), fact.per or "month", hours=offer.hours_per_week, days=Decimal(7)
        )
        return month, fact.currency, words("As the law has it.")
    whole, currency = _whole(look, pay, fact, least)
    if whole is None:
        return None, None, words("As the law has it.")
    month = sums.rounded(whole, currency)
    how = words("{percent} % of {month}.", percent=sums.tidy(amount_of(fact)), month=month)
    return amount_of(fact) * whole / 100, currency, how


def _whole(look: Looked, pay: Pay, fact: WorkFact, least: Floor) -> tuple[Decimal | None, str | None]:
    """Gives, per month, what a percentage is of: the pay, or the floor for the hours of the offer."""
    if fact.unit != "percent":
        return None, None
    if fact.of in ("pay", "first_month_pay"):
        return pay.month, look.offer.currency
    floor = next(iter(least.main), None) if fact.of == "floor" else None
    if floor is None:
        return None, None
    hour, hours = hour_of(floor, least.full_week), look.offer.hours_per_week
    if hour is not None and hours is not None:
        return hour * hours * sums.WEEKS_A_MONTH, floor.currency
    return month_of(floor), floor.currency
