"""The loan taken for the job: its interest, the months until it is repaid, and when money begins to stay."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from amparo.know import offer_numbers as sums
from amparo.know.offer_answer import Ground, Number, Question, count, from_offer, money
from amparo.know.offer_fees import all_fees, same_currency
from amparo.know.offer_law import Looked
from amparo.know.offer_left import Left
from amparo.know.offer_pay import ask_rate
from amparo.know.offers import Loan, Offer
from amparo.words import Words, words

NOTHING = Decimal(0)


@dataclass(frozen=True)
class Debt:
    """A loan whose figures are all known, in its own currency. `worked_out` says how the instalment was."""

    amount: Decimal
    interest: Decimal
    instalment: Decimal
    currency: str | None
    worked_out: Words | None


def loan_numbers(look: Looked, left: Left) -> tuple[list[Number], list[Question]]:
    """Gives interest, months to repay, what stays after the instalment, and the month of break-even."""
    offer, loan, ground = look.offer, look.offer.loan, from_offer(look.on)
    if loan is None or loan.amount is None or loan.yearly_interest is None:
        no_loan = loan is None or loan.amount == 0
        return list(
            _break_even(look, left, NOTHING, NOTHING)
        ) if no_loan and "loan" not in offer.unclear else [], []
    currency = loan.currency or offer.currency
    numbers = [_first_interest(loan.amount, loan.yearly_interest, currency, ground)]
    questions = []
    debt = _debt(offer, loan, left)
    if debt is not None:
        numbers += [*_instalment(debt, ground), *_repaid(debt, ground), *_after(look, debt, left, ground)]
    in_pay = same_currency(offer, loan.amount, loan.currency)
    if in_pay is None and offer.currency and currency:
        questions.append(ask_rate(look, offer.currency, currency))
    if in_pay is not None:
        numbers += _break_even(look, left, in_pay, loan.yearly_interest)
    return numbers, questions


def _first_interest(debt: Decimal, interest: Decimal, currency: str | None, ground: Ground) -> Number:
    how = words("{debt} × {percent} ÷ 100 ÷ 12.", debt=sums.tidy(debt), percent=sums.tidy(interest))
    first = debt * sums.monthly_rate(interest)
    what = words("Interest in the first month.")
    return money("interest_first_month", what, first, currency, "month", how, ground)


def _debt(offer: Offer, loan: Loan, left: Left) -> Debt | None:
    amount, interest = loan.amount or NOTHING, loan.yearly_interest or NOTHING
    currency = loan.currency or offer.currency
    if loan.instalment is not None:
        return Debt(amount, interest, loan.instalment, currency, None)
    if loan.months is not None:
        instalment = sums.instalment_for(amount, interest, loan.months)
        how = words("Equal instalments for {months} months, by the annuity formula.", months=loan.months)
        return Debt(amount, interest, instalment, currency, how)
    if left.month is None or offer.currency is None or "loan" in offer.unclear:
        return None
    all_left = sums.converted(max(left.month, NOTHING), offer.currency, currency or "", offer.exchange_rate)
    how = words("No instalment is given: reckoned with all that is left each month.")
    return None if all_left is None else Debt(amount, interest, all_left, currency, how)


def _instalment(debt: Debt, ground: Ground) -> Iterator[Number]:
    if debt.worked_out is not None:
        what = words("Paid back each month.")
        yield money("instalment", what, debt.instalment, debt.currency, "month", debt.worked_out, ground)


def _repaid(debt: Debt, ground: Ground) -> Iterator[Number]:
    months = sums.months_to_repay(debt.amount, debt.interest, debt.instalment)
    paid = sums.rounded(debt.instalment, debt.currency)
    if months == "never":
        first = sums.rounded(debt.amount * sums.monthly_rate(debt.interest), debt.currency)
        what = words("The loan is never repaid: the interest is as much as the instalment, or more.")
        how = words("Interest {interest} a month, instalment {instalment}.", interest=first, instalment=paid)
        yield count("months_to_repay", what, months, "months", None, how, ground)
        return
    how = words(
        "Annuity formula: −ln(1 − {debt} × r ÷ {instalment}) ÷ ln(1 + r), with r = {percent} ÷ 100 ÷ 12.",
        debt=sums.tidy(debt.amount), instalment=paid, percent=sums.tidy(debt.interest),
    )  # fmt: skip
    yield count(
        "months_to_repay", words("Months until the loan is repaid."), months, "months", None, how, ground
    )
    in_all = sums.interest_in_all(debt.amount, debt.interest, debt.instalment)
    if in_all is not None:
        how = words("All instalments, the last one only the rest, less {debt}.", debt=sums.tidy(debt.amount))
        yield money("interest_in_all", words("Interest in all."), in_all, debt.currency, "once", how, ground)


def _after(look: Looked, debt: Debt, left: Left, ground: Ground) -> Iterator[Number]:
    """Gives what stays each month while the loan runs."""
    offer = look.offer
    if debt.worked_out is not None and offer.loan and offer.loan.months is None:
        return  # all that is left is already the instalment
    instalment = same_currency(offer, debt.instalment, debt.currency)
    if left.month is None or instalment is None:
        return
    rest = left.month - instalment
    how = words(
        "{left} left − {instalment} instalment.",
        left=sums.rounded(left.month, offer.currency), instalment=sums.rounded(instalment, offer.currency),
    )  # fmt: skip
    if rest < 0:
        what = words("The instalment is more than what is left. So much is missing each month.")
        yield money("short_after_loan", what, -rest, offer.currency, "month", how, ground)
        return
    what = words("Left per month while the loan runs.")
    yield money("left_after_loan", what, rest, offer.currency, "month", how, ground)


def _break_even(look: Looked, left: Left, debt: Decimal, interest: Decimal) -> Iterator[Number]:
    """Gives the month in which all that was left has covered fees, loan and interest."""
    fees = all_fees(look.offer)
    if left.month is None or fees is None or fees + debt <= 0:
        return
    month = sums.break_even(fees, debt, interest, left.month)
    if month is None:
        return
    ground = from_offer(look.on)
    how = words("All that is left goes to the loan and its interest, then to fees the loan did not cover.")
    if not left.taken:
        how = words("{sum} No deduction is known yet; each one makes it longer.", sum=how)
    what = words("From this month on, money stays: all that was paid is earned back.")
    if month == "never":
        what = words("What was paid is never earned back at this pay.")
    yield count("break_even_month", what, month, "months", None, how, ground)
    weeks = look.offer.weeks
    if month != "never" and weeks is not None:
        lasts = weeks / sums.WEEKS_A_MONTH
        what = words("The job lasts so many months.")
        how = words("{weeks} weeks × 12 ÷ 52.", weeks=sums.tidy(weeks))
        yield count("months_of_work", what, lasts, "months", None, how, ground)
