"""The arithmetic of the offer check: exact, never negative, "never" when interest eats the instalment."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from amparo.know import offer_numbers as sums

MONEY = st.decimals("0.01", "1e9", places=2)
HOURS = st.decimals("0.5", "168", places=1)
PERCENT = st.decimals("0", "300", places=2)


def test_forty_hours_a_week_are_173_and_a_third_a_month():
    assert sums.rounded(sums.hourly(Decimal(1500), Decimal(40))) == Decimal("8.65")


def test_unpaid_hours_are_in_the_divisor():
    assert sums.rounded(sums.hourly(Decimal(1500), Decimal(40), Decimal(10))) == Decimal("6.92")


def test_no_hours_no_hourly_pay():
    assert sums.hourly(Decimal(1500), Decimal(0)) is None


@pytest.mark.parametrize(
    ("period", "times"),
    [("hour", 2080), ("day", 260), ("week", 52), ("fortnight", 26), ("month", 12), ("year", 1)],
)
def test_a_year_holds_so_many_of_each_period(period, times):
    assert sums.times_a_year(period, hours=Decimal(40), days=Decimal(5)) == times


def test_fourteen_payments_are_spread_over_twelve_months():
    assert sums.rounded(sums.a_month(Decimal(1221), "month", payments=14)) == Decimal("1424.50")


@pytest.mark.parametrize("period", ["hour", "day"])
def test_without_hours_or_days_there_is_no_month(period):
    assert sums.a_month(Decimal(10), period) is None


@given(MONEY, st.sampled_from(["hour", "day", "week", "fortnight", "month", "year"]), HOURS)
def test_there_and_back_is_the_same_amount(amount, period, hours):
    days = Decimal(5)
    month = sums.a_month(amount, period, hours=hours, days=days)
    back = sums.from_a_month(month, period, hours=hours, days=days)
    assert abs(back - amount) < Decimal("1e-9") * amount


@given(MONEY, HOURS, st.decimals("0", "168", places=1))
def test_hourly_pay_is_never_negative_and_unpaid_hours_never_raise_it(month, hours, unpaid):
    alone, with_unpaid = sums.hourly(month, hours), sums.hourly(month, hours, unpaid)
    assert 0 <= with_unpaid <= alone


@given(MONEY, HOURS)
def test_at_the_hours_until_the_floor_the_pay_is_the_floor(month, floor):
    hours = sums.hours_at_most(month, floor)
    assert abs(sums.hourly(month, hours) - floor) < Decimal("1e-9") * floor


@given(MONEY, PERCENT, MONEY)
def test_never_if_and_only_if_the_interest_is_the_instalment_or_more(debt, percent, instalment):
    interest = debt * sums.monthly_rate(percent)
    assert (sums.months_to_repay(debt, percent, instalment) == "never") == (instalment <= interest)


@given(MONEY, PERCENT, st.integers(1, 240))
def test_the_instalment_for_so_many_months_repays_in_so_many_months(debt, percent, months):
    assert sums.months_to_repay(debt, percent, sums.instalment_for(debt, percent, months)) == months


@given(MONEY, PERCENT, st.decimals("1.01", "50", places=2))
def test_the_formula_counts_as_many_months_as_paying_one_by_one(debt, percent, factor):
    instalment = debt * sums.monthly_rate(percent) * factor + debt / 200
    owed, months, rate = debt, 0, sums.monthly_rate(percent)
    while owed > Decimal("1e-12") * debt:
        owed, months = owed * (1 + rate) - instalment, months + 1
    assert sums.months_to_repay(debt, percent, instalment) == months


def test_no_debt_takes_no_months():
    assert sums.months_to_repay(Decimal(0), Decimal(36), Decimal(0)) == 0


def test_interest_too_small_for_the_digits_is_no_interest():
    assert sums.months_to_repay(Decimal(100), Decimal("1e-40"), Decimal(50)) == 2


def test_the_last_instalment_is_only_the_rest():
    # 1,000 at 12 %: 600 and then 1,010 - 600 = 410, and 1 % on it: 414.10; in all 1,014.10
    assert sums.interest_in_all(Decimal(1000), Decimal(12), Decimal(600)) == Decimal("14.10")


@pytest.mark.parametrize(
    ("fees", "debt", "percent", "left", "month"),
    [
        (2500, 0, 0, 1000, 3),
        (0, 0, 0, 1000, 0),
        (1800, 1000, 12, 1000, 2),  # 10 of the loan and then 800 of fees are left after the first month
        (1000, 1000, 0, 500, 2),  # the loan paid the fees: they are not counted twice
        (100, 0, 0, 0, "never"),
        (0, 1000, 120, 100, "never"),  # 10 % a month is 100
    ],
)
def test_the_month_of_break_even(fees, debt, percent, left, month):
    assert sums.break_even(Decimal(fees), Decimal(debt), Decimal(percent), Decimal(left)) == month


def test_money_is_rounded_half_up_and_dinars_to_thousandths():
    assert sums.rounded(Decimal("2.005"), "EUR") == Decimal("2.01")
    assert sums.rounded(Decimal("0.36058"), "KWD") == Decimal("0.361")


@pytest.mark.parametrize(
    ("given_", "shown"), [("40.00", "40"), ("0", "0"), ("4E+3", "4000"), ("0.50", "0.5")]
)
def test_a_number_is_shown_without_needless_zeros(given_, shown):
    assert str(sums.tidy(Decimal(given_))) == shown


def test_a_rate_works_both_ways_and_none_is_invented():
    rates = {("EUR", "PLN"): Decimal(4)}
    assert sums.converted(Decimal(10), "EUR", "PLN", rates) == 40
    assert sums.converted(Decimal(10), "PLN", "EUR", rates) == Decimal("2.5")
    assert sums.converted(Decimal(10), "PLN", "USD", rates) is None
