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
    """Gives the fee rules of origin and destination, the stricter first; those without a figure last."""
    offer = look.offer
    found = []
    for side, place in (("origin", offer.origin), ("destination", offer.destination)):
        of_side = tuple(
            one for one in facts(look, "recruitment_fee", place) if one.side in (None, side, "both")
        )
        for fact in narrowest(of_side):
            if place is not None and fact.rule in ("forbidden", "ceiling") and fact.grade != "unchecked":
                most, currency = _most(offer, pay, fact)
                found.append(FeeRule(side, place, fact, most, currency))
    return sorted(
        found, key=lambda one: (one.fact.rule != "forbidden", one.most is None, one.most or NOTHING)
    )


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
        yield money(
            f"fees_without_receipt{one}",
            words("Paid without a receipt."),
            without,
            currency,
            "once",
            how,
            ground,
        )


def _counted(offer: Offer, rule: FeeRule) -> list[Fee]:
    """Gives the payments a rule is about: not what goes to the State, nor costs the rule leaves out."""
    left_out = set(rule.fact.leaves_out)
    return [
        fee
        for fee in offer.fees
        if fee.paid and fee.to not in NOT_A_FEE and fee.what not in left_out and fee.what != "state"
    ]


def _against(look: Looked, rule: FeeRule) -> tuple[list[Number], list[Question]]:
    offer, ground, place = look.offer, look.ground(rule.fact), named(rule.place)
    numbers: list[Number] = []
    questions: list[Question] = []
    per = rule.fact.per or "once"
    if rule.fact.rule == "ceiling" and rule.most is not None:
        what = words("The most that the rule of {place} lets anyone take from you.", place=place)
        numbers.append(
            money(f"fee_limit:{rule.side}", what, rule.most, rule.currency, per, _how(rule), ground)
        )
    if rule.most is None or "fees" in offer.unclear or per not in ("once", "year"):
        return numbers, questions
    counted = _counted(offer, rule)
    for currency in dict.fromkeys(fee.currency or offer.currency for fee in counted):
        paid = sum(
            (fee.paid or NOTHING for fee in counted if (fee.currency or offer.currency) == currency), NOTHING
        )
        more = _more_than(offer, paid, currency, rule)
        if more is None:
            questions.append(ask_rate(look, currency or "?", rule.currency or "?"))
        elif more > 0:
            numbers.append(_too_much(rule, more, paid, currency if rule.most == 0 else rule.currency, ground))
    if rule.fact.leaves_out and any(fee.what is None for fee in counted):
        questions.append(_ask_items(look))
    return numbers, questions


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


def _too_much(rule: FeeRule, more: Decimal, paid: Decimal, currency: str | None, ground: Ground) -> Number:
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
    return money(f"fee_beyond_rule:{rule.side}", what, more, currency, "once", how, ground)


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
