"""The arithmetic of the offer check: exact Decimals in, exact Decimals out; only `rounded` rounds.

A year has 52 weeks and 12 months, so a month has 52 / 12 weeks. Hours and days are per week.
"""

from decimal import ROUND_CEILING, ROUND_HALF_UP, Context, Decimal, localcontext
from typing import Literal

Never = Literal["never"]
Period = Literal["hour", "day", "week", "fortnight", "month", "year"]

WEEKS_A_YEAR = Decimal(52)
MONTHS_A_YEAR = Decimal(12)
WEEKS_A_MONTH = WEEKS_A_YEAR / MONTHS_A_YEAR
PERIODS_A_YEAR = {"week": WEEKS_A_YEAR, "fortnight": Decimal(26), "month": MONTHS_A_YEAR, "year": Decimal(1)}
# ISO 4217: everyone else divides by 100 (or, in practice, is shown so here).
THREE_PLACES = frozenset({"BHD", "IQD", "JOD", "KWD", "LYD", "OMR", "TND"})
WIDE = Context(prec=60)  # room for the largest amounts the schema lets in, at any rate
NO_LONGER_THAN = 1200  # months; nobody repays for a hundred years


def rounded(amount: Decimal, currency: str | None = None) -> Decimal:
    """Gives an amount as it is shown: half up, to 0.01, or 0.001 where the currency has thousandths."""
    return amount.quantize(Decimal("0.001" if currency in THREE_PLACES else "0.01"), ROUND_HALF_UP, WIDE)


def tidy(number: Decimal) -> Decimal:
    """Gives the same number without needless zeros: 40, not 40.00, and never 4E+1."""
    whole = number == number.to_integral_value()
    return number.quantize(Decimal(1), context=WIDE) if whole else number.normalize()


def times_a_year(
    period: str, *, hours: Decimal | None = None, days: Decimal | None = None, payments: int = 12
) -> Decimal | None:
    """Gives how many of a period one year holds; None where hours or days of a week are needed and missing.

    `payments` is how many monthly payments a year brings (13 or 14 in some countries).
    """
    if period == "hour":
        return None if hours is None else hours * WEEKS_A_YEAR
    if period == "day":
        return None if days is None else days * WEEKS_A_YEAR
    if period == "month":
        return Decimal(payments)
    return PERIODS_A_YEAR[period]


def a_month(
    amount: Decimal,
    period: str,
    *,
    hours: Decimal | None = None,
    days: Decimal | None = None,
    payments: int = 12,
) -> Decimal | None:
    """Gives an amount per period as an amount per month, spread over 12 months."""
    times = times_a_year(period, hours=hours, days=days, payments=payments)
    return None if times is None else amount * times / MONTHS_A_YEAR


def from_a_month(
    month: Decimal, period: str, *, hours: Decimal | None = None, days: Decimal | None = None
) -> Decimal | None:
    """Gives an amount per month (of 12) as an amount per hour, day, week, fortnight or year."""
    times = times_a_year(period, hours=hours, days=days)
    return None if not times else month * MONTHS_A_YEAR / times


def hourly(month: Decimal, hours: Decimal, unpaid: Decimal = Decimal(0)) -> Decimal | None:
    """Gives pay per hour: pay per month / ((weekly hours + unpaid hours) x 52 / 12). None without hours."""
    worked = (hours + unpaid) * WEEKS_A_MONTH
    return month / worked if worked > 0 else None


def hours_at_most(month: Decimal, floor_per_hour: Decimal) -> Decimal | None:
    """Gives the weekly hours up to which a monthly pay reaches an hourly floor."""
    return month / (floor_per_hour * WEEKS_A_MONTH) if floor_per_hour > 0 else None


def share(part: Decimal, whole: Decimal) -> Decimal | None:
    """Gives `part` in percent of `whole`."""
    return part * 100 / whole if whole > 0 else None


def monthly_rate(yearly_percent: Decimal) -> Decimal:
    """Gives the interest of one month on 1: the yearly percent / 100 / 12."""
    return yearly_percent / 100 / MONTHS_A_YEAR


def months_to_repay(debt: Decimal, yearly_percent: Decimal, instalment: Decimal) -> int | Never:
    """Gives how many monthly instalments end a debt, by the annuity formula.

    n = -ln(1 - debt x r / instalment) / ln(1 + r), rounded up, with r the interest of one month.
    "never" when the first month's interest is as large as the instalment.
    """
    if debt <= 0:
        return 0
    rate = monthly_rate(yearly_percent)
    if instalment <= debt * rate:
        return "never"
    if 1 + rate == 1:  # nothing, or too little for 28 digits
        return _up(debt / instalment)
    with localcontext(WIDE):  # at high interest most of an instalment is interest: few digits would remain
        left = 1 - debt * monthly_rate(yearly_percent) / instalment
        return "never" if left <= 0 else max(1, _up(-left.ln() / (1 + monthly_rate(yearly_percent)).ln()))


def instalment_for(debt: Decimal, yearly_percent: Decimal, months: int) -> Decimal:
    """Gives the equal monthly instalment that ends a debt after so many months (annuity)."""
    rate = monthly_rate(yearly_percent)
    if 1 + rate == 1:
        return debt / months
    with localcontext(WIDE):
        rate = monthly_rate(yearly_percent)
        return debt * rate / (1 - (1 + rate) ** -months)


def interest_in_all(debt: Decimal, yearly_percent: Decimal, instalment: Decimal) -> Decimal | None:
    """Gives the interest paid until the debt is gone; the last instalment is the rest. None if never."""
    rate, owed, paid = monthly_rate(yearly_percent), debt, Decimal(0)
    for _ in range(NO_LONGER_THAN):
        if owed <= 0:
            return paid - debt
        now = min(instalment, owed * (1 + rate))
        owed, paid = owed * (1 + rate) - now, paid + now
    return None


def break_even(
    fees: Decimal, debt: Decimal, yearly_percent: Decimal, left_a_month: Decimal
) -> int | Never | None:
    """Gives the month in which what is left each month has covered the loan, its interest and the fees.

    Everything left goes to the loan first. The loan is taken to have paid for the fees as far as it reaches,
    so only what it did not cover is counted beside it. None: later than a hundred years.
    """
    if debt > 0 and left_a_month <= debt * monthly_rate(yearly_percent):
        return "never"
    own, owed, rate = max(fees - debt, Decimal(0)), max(debt, Decimal(0)), monthly_rate(yearly_percent)
    if own + owed <= 0:
        return 0
    if left_a_month <= 0:
        return "never"
    for month in range(1, NO_LONGER_THAN + 1):
        owed = owed * (1 + rate) - left_a_month
        if owed < 0:  # what the loan no longer needs goes to the fees
            own, owed = own + owed, Decimal(0)
        if owed == 0 and own <= 0:
            return month
    return None


def converted(amount: Decimal, currency: str, to: str, rates: "Rates") -> Decimal | None:
    """Gives an amount in another currency at a rate the person gave; None where she gave none."""
    if currency == to:
        return amount
    if (currency, to) in rates:
        return amount * rates[currency, to]
    if (to, currency) in rates:
        return amount / rates[to, currency]
    return None


Rates = dict[tuple[str, str], Decimal]


def _up(number: Decimal) -> int:
    # A hair above a whole number is the last of 28 digits, not another month.
    return int(number.quantize(Decimal("1e-9"), ROUND_HALF_UP).to_integral_value(ROUND_CEILING))
