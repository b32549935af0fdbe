"""What is paid to get the job, against the rules of both countries; the loan, and when it is over."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from amparo.know import offer_numbers as sums
from amparo.know.offer_answer import Ground, Number, Question, count, from_offer, money
from amparo.know.offer_law import Looked, amount_of, facts, named, narrowest
from amparo.know.offer_pay import Pay, ask_rate
from amparo.know.offers import Fee, Offer
from amparo.law.work import WorkFact
from amparo.words import Words, words

NOTHING = Decimal(0)
COUNTED = frozenset({None, "all_costs"})  # rules on one kind of cost are told as rights only
NOT_A_FEE = frozenset({"state", "lender"})  # paid to the State or to who lent the money, not for the job


@dataclass(frozen=True)
class FeeRule:
    """One side's rule on fees: forbidden (`most` 0), or a ceiling in `currency`; None: not reckonable."""

    side: str
    place: str
    fact: WorkFact
    most: Decimal | None
    currency: str | None


def fee_rules(look: Looked, pay: Pay) -> list[FeeRule]:
    """Gives the fee rules of origin and destination that can be reckoned with, the stricter first."""
    offer = look.offer
    found = []
    for side, place in (("origin", offer.origin), ("destination", offer.destination)):
        rules = [
            FeeRule(side, place or "", one, *_most(offer, pay, one)) for one in _of_side(look, side, place)
        ]
        found += _strictest(rules)
    return sorted(found, key=_strictness)


def _of_side(look: Looked, side: str, place: str | None) -> list[WorkFact]:
    of_side = tuple(one for one in facts(look, "recruitment_fee", place) if one.side in (None, side, "both"))
    return [
        one
        for one in narrowest(of_side)
        if one.about in COUNTED and one.grade != "unchecked"
        and (one.rule == "forbidden" or (one.rule == "ceiling" and one.amount is not None))
    ]  # fmt: skip


def _strictest(rules: list[FeeRule]) -> list[FeeRule]:
    """Gives the strictest general rule, the one for all costs together, and every case we cannot tell."""
    general = sorted((one for one in rules if one.fact.case is None), key=_strictness)
    abouts: dict[str | None, FeeRule] = {}
    for one in general:
        abouts.setdefault(one.fact.about, one)
    return [*abouts.values(), *(one for one in rules if one.fact.case is not None)]


def _strictness(rule: FeeRule) -> tuple[bool, bool, bool, Decimal]:
    banned = rule.fact.rule == "forbidden"
    return rule.fact.case is not None, not banned, rule.most is None, rule.most or NOTHING


def _most(offer: Offer, pay: Pay, fact: WorkFact) -> tuple[Decimal | None, str | None]:
    if fact.rule == "forbidden":
        return NOTHING, None
    if fact.unit == "money":
        return amount_of(fact), fact.currency
    if pay.month is None:
        return None, None
    if fact.unit == "months_of_pay":
        years = (
            max(Decimal(1), (offer.weeks or NOTHING) / sums.WEEKS_A_YEAR)
            if fact.per == "year"
            else Decimal(1)
        )
        return amount_of(fact) * pay.month * years, offer.currency
    if fact.unit == "percent" and fact.of in ("first_month_pay", "pay"):
        return amount_of(fact) * pay.month / 100, offer.currency
    return None, None


def fee_numbers(look: Looked, pay: Pay) -> tuple[list[Number], list[Question]]:
    """Gives what is paid, with and without receipt, and what of it each rule does not let anyone take."""
    numbers = list(_paid(look))
    questions: list[Question] = []
    for rule in fee_rules(look, pay):
        made, asked = _against(look, rule)
        numbers += made
        questions += asked
    numbers += _in_months(look, pay)
    return numbers, questions


def totals(offer: Offer) -> dict[str | None, tuple[Decimal, Decimal | None]]:
    """Gives, per currency, what is paid and what is receipted (None where not said for every payment)."""
    found: dict[str | None, tuple[Decimal, Decimal | None]] = {}
    for fee in offer.fees:
        if fee.paid is None:
            continue
        paid, receipted = found.get(fee.currency or offer.currency, (NOTHING, NOTHING))
        known = None if receipted is None or fee.receipted is None else receipted + fee.receipted
        found[fee.currency or offer.currency] = (paid + fee.paid, known)
    return found


def _paid(look: Looked) -> Iterator[Number]:
    ground = from_offer(look.on)
    found = totals(look.offer)
    for currency, (paid, receipted) in found.items():
        one = "" if len(found) == 1 else f":{currency}"
        how = words("All payments in this currency, added.")
        what = words("Paid to get the job.")
        yield money(f"fees_paid{one}", what, paid, currency, "once", how, ground)
        if receipted is None:
            continue
        what = words("Of it, on receipts.")
        yield money(f"fees_receipted{one}", what, receipted, currency, "once", how, ground)
        without = paid - receipted
        how = words("{paid} − {receipted}.", paid=sums.tidy(paid), receipted=sums.tidy(receipted))
        what = words("Paid without a receipt.")
        yield money(f"fees_without_receipt{one}", what, without, currency, "once", how, ground)


def _counted(offer: Offer, rule: FeeRule, allowed: set[str]) -> list[Fee]:
    """Gives the payments a rule is about: not what goes to the State, nor costs the rule leaves out."""
    return [fee for fee in offer.fees if fee.paid and fee.what not in allowed and _is_about(rule.fact, fee)]


def _allowed(look: Looked, rule: FeeRule) -> set[str]:
    """Gives the costs that another rule of the same side allows, if only in some cases: nobody is accused."""
    of_side = facts(look, "recruitment_fee", rule.place)
    return {
        cost
        for one in of_side
        if one.rule == "allowed" and one.side in (None, rule.side, "both")
        for cost in one.covers
    }


def _is_about(fact: WorkFact, fee: Fee) -> bool:
    if fee.to in NOT_A_FEE or fee.what == "state" or fee.what in fact.leaves_out:
        return False
    named_cost = fee.what is None or not fact.covers or fee.what in fact.covers
    return named_cost or fee.to in ("agency", "employer")


def _against(look: Looked, rule: FeeRule) -> tuple[list[Number], list[Question]]:
    offer, ground = look.offer, look.ground(rule.fact)
    numbers = _limit(rule, ground)
    questions: list[Question] = []
    reckoned = rule.fact.case is None and rule.fact.per in (None, "once", "year")
    if rule.most is None or not reckoned or "fees" in offer.unclear:
        return numbers, questions
    counted = _counted(offer, rule, _allowed(look, rule))
    for currency in dict.fromkeys(fee.currency or offer.currency for fee in counted):
        same = [fee.paid or NOTHING for fee in counted if (fee.currency or offer.currency) == currency]
        more = _more_than(offer, sum(same, NOTHING), currency, rule)
        if more is None:
            questions.append(ask_rate(look, currency or "?", rule.currency or "?"))
        elif more > 0:
            numbers.append(_too_much(rule, more, currency if rule.most == 0 else rule.currency, ground))
    if rule.fact.leaves_out and any(fee.what is None for fee in counted):
        questions.append(_ask_items(look))
    return numbers, questions


def _limit(rule: FeeRule, ground: Ground) -> list[Number]:
    if rule.fact.rule != "ceiling" or rule.most is None:
        return []
    what = words("The most that the rule of {place} lets anyone take from you.", place=named(rule.place))
    if rule.fact.who is not None:
        what = words("{rule} {who}", rule=what, who=rule.fact.who)
    per = "month" if rule.fact.per == "month" else "once"
    return [money(f"fee_limit:{_name(rule)}", what, rule.most, rule.currency, per, _how(rule), ground)]


def _name(rule: FeeRule) -> str:
    return ".".join(part for part in (rule.side, rule.fact.about, rule.fact.case) if part)


def _how(rule: FeeRule) -> Words:
    fact = rule.fact
    if fact.unit == "months_of_pay":
        return words("{months} × the pay per month.", months=sums.tidy(amount_of(fact)))
    if fact.unit == "percent":
        return words("{percent} % of the first month's pay.", percent=sums.tidy(amount_of(fact)))
    return words("As the law has it.")


def _more_than(offer: Offer, paid: Decimal, currency: str | None, rule: FeeRule) -> Decimal | None:
    """Gives what is paid beyond the rule, in the rule's currency; None without a rate."""
    if rule.most == 0:
        return paid
    if currency is None or rule.currency is None:
        return None
    same = sums.converted(paid, currency, rule.currency, offer.exchange_rate)
    return None if same is None or rule.most is None else same - rule.most


def _too_much(rule: FeeRule, more: Decimal, currency: str | None, ground: Ground) -> Number:
    place = named(rule.place)
    if rule.most == 0:
        what = words("Paid although the rule of {place} lets nobody take it from you.", place=place)
        how = words("All payments but those to the State or for costs the rule leaves out.")
    else:
        what = words("Paid beyond the limit of {place}.", place=place)
        how = words(
            "{paid} − {limit}, in the currency of the limit.",
            paid=sums.rounded(more + (rule.most or NOTHING), currency),
            limit=sums.rounded(rule.most or NOTHING, currency),
        )
    return money(f"fee_beyond_rule:{_name(rule)}", what, more, currency, "once", how, ground)


def _in_months(look: Looked, pay: Pay) -> Iterator[Number]:
    total = all_fees(look.offer)
    if total is None or not total or not pay.month:
        return
    yield count(
        "fees_in_months_of_pay",
        words("So many months of pay are the fees worth."),
        total / pay.month, "months", None,
        words("{fees} ÷ {month}.", fees=sums.rounded(total), month=sums.rounded(pay.month)),
        from_offer(look.on),
    )  # fmt: skip


def all_fees(offer: Offer) -> Decimal | None:
    """Gives all fees in the currency of the pay; None where a rate is missing or a fee is unclear."""
    if "fees" in offer.unclear or any(fee.paid is None for fee in offer.fees):
        return None
    return _in_pay_currency(offer, {currency: paid for currency, (paid, _) in totals(offer).items()})


def _in_pay_currency(offer: Offer, amounts: dict[str | None, Decimal]) -> Decimal | None:
    total = NOTHING
    for currency, amount in amounts.items():
        same = same_currency(offer, amount, currency)
        if same is None:
            return None
        total += same
    return total


def same_currency(offer: Offer, amount: Decimal, currency: str | None) -> Decimal | None:
    """Gives an amount in the currency of the pay, at a rate the person gave; None without one."""
    if currency is None or currency == offer.currency:
        return amount
    if offer.currency is None:
        return None
    return sums.converted(amount, currency, offer.currency, offer.exchange_rate)


def _ask_items(look: Looked) -> Question:
    return Question(
        "fee_items",
        words("What is each part of the fee for: placement, visa, ticket, medical test, other?"),
        words("The limit does not count every cost. A list by item, with receipts, shows what is over it."),
        "agency",
        from_offer(look.on),
    )
