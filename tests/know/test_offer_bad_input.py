"""Bad offers get a question, not a wrong number; and no offer, however odd, gets a score."""

import json
import re
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from amparo.errors import WrongUse
from amparo.know import offers
from amparo.know.offer_check import as_object, check_json
from amparo.know.offer_reading import plain_number
from amparo.know.offer_terms import TERMS

TODAY = date(2026, 11, 24)
GOOD = {"destination": "FR", "currency": "EUR", "pay": 2000, "pay_period": "month", "hours_per_week": 35}


def asked(offer):
    return {one.id: one for one in check_json(offer, on=TODAY).questions}


def numbers(offer):
    return {one.id: one.amount for one in check_json(offer, on=TODAY).numbers}


@pytest.mark.parametrize(
    ("wrong", "question"),
    [
        ({"hours_per_week": -5}, "unclear:hours_per_week"),
        ({"hours_per_week": 0}, "unclear:hours_per_week"),
        ({"hours_per_week": 169}, "unclear:hours_per_week"),
        ({"hours_per_week": 500}, "unclear:hours_per_week"),
        ({"hours_per_week": "forty"}, "unclear:hours_per_week"),
        ({"hours_per_week": True}, "unclear:hours_per_week"),
        ({"unpaid_hours_per_week": 140}, "unclear:hours_per_week"),
        ({"days_per_week": 1}, "unclear:hours_per_week"),
        ({"hours_per_day": 12, "days_per_week": 6}, "unclear:hours_per_week"),
        ({"pay": -100}, "unclear:pay"),
        ({"pay": 0}, "unclear:pay"),
        ({"pay": "1.200,50"}, "unclear:pay"),
        ({"pay": "1,200"}, "unclear:pay"),
        ({"pay": "2000 EUR"}, "unclear:pay"),
        ({"pay": [12.5, 2000]}, "unclear:pay"),
        ({"pay": "NaN"}, "unclear:pay"),
        ({"pay": float("inf")}, "unclear:pay"),
        ({"pay_period": "hour and month"}, "unclear:pay_period"),
        ({"pay_period": ["hour", "month"]}, "unclear:pay_period"),
        ({"pay_period": "hour"}, "unclear:pay_period"),  # 2,000 an hour: surely a month
        ({"pay": 12.5}, "unclear:pay_period"),  # 12.50 a month: surely an hour
    ],
)
def test_what_cannot_be_right_is_asked_and_gives_no_hourly_pay(wrong, question):
    assert question in asked(GOOD | wrong)
    assert not [id for id in numbers(GOOD | wrong) if "per_hour" in id]


@pytest.mark.parametrize(
    ("wrong", "question"),
    [
        ({"days_per_week": 8}, "unclear:days_per_week"),
        ({"days_per_week": -1}, "unclear:days_per_week"),
        ({"currency": "XYZ"}, "unclear:currency"),
        ({"currency": "euros"}, "unclear:currency"),
        ({"destination": "Narnia"}, "unclear:destination"),
        ({"destination": "ZZ"}, "unclear:destination"),
        ({"start_date": "31/12/2026"}, "unclear:start_date"),
        ({"start_date": "2026-02-30"}, "unclear:start_date"),
        ({"start_date": "0001-01-01"}, "unclear:start_date"),
        ({"age": 7}, "unclear:age"),
        ({"age": 20.5}, "unclear:age"),
        ({"sector": "farming"}, "unclear:sector"),
        ({"loan": {"amount": -5}}, "unclear:loan.amount"),
        ({"loan": {"amount": 5000, "yearly_interest": -3}}, "unclear:loan.yearly_interest"),
        ({"loan": {"amount": 5000, "yearly_interest": 0.36}}, "unclear:loan.yearly_interest"),
        ({"loan": {"amount": 5000, "yearly_interest": 5000}}, "unclear:loan.yearly_interest"),
        ({"loan": {"amount": 5000, "instalment": 100, "months": 12}}, "unclear:loan.instalment"),
        ({"loan": 5000}, "unclear:loan"),
        ({"fees": {"paid": 100, "receipted": 200}}, "unclear:fees"),
        ({"fees": {"paid": "1.200,50"}}, "unclear:fees.paid"),
        ({"deductions": {"housing": -50}}, "unclear:deductions.housing"),
        ({"deductions": {"housing": 100}, "housing": {"cost": 300}}, "unclear:deductions"),
        ({"housing": {"cost": "much"}}, "unclear:housing.cost"),
        ({"exchange_rate": {"from": "EUR", "to": "PLN", "rate": 0}}, "unclear:exchange_rate.rate"),
        ({"documents_kept": "my umbrella"}, "unclear:documents_kept"),
        ({"housing": "much"}, "unclear:housing"),
        ({"housing": -5}, "unclear:housing"),
    ],
)
def test_a_doubtful_field_is_asked_and_left_out(wrong, question):
    assert question in asked(GOOD | wrong)


def test_an_unclear_fee_gives_no_sum_of_the_others():
    offer = GOOD | {"fees": [{"paid": 500}, {"paid": "1.200,50"}]}
    assert "fees_paid" not in numbers(offer)


def test_an_unclear_deduction_leaves_open_what_is_left():
    offer = GOOD | {"deductions": {"housing": 300, "food": "a little"}}
    assert not {"left_per_month", "deductions_per_month", "break_even_month"} & set(numbers(offer))


def test_housing_of_unknown_cost_leaves_open_what_is_left():
    offer = GOOD | {"deductions": {"food": 100}, "housing": {"provided": True, "cost": "?"}}
    assert "left_per_month" not in numbers(offer)


def test_what_is_unclear_is_not_asked_again_as_missing():
    ids = set(asked(GOOD | {"hours_per_week": 500}))
    assert "missing:hours_per_week" not in ids


def test_a_question_names_what_was_read_and_can_be_sent_to_the_employer():
    question = asked(GOOD | {"hours_per_week": 500})["unclear:hours_per_week"]
    assert str(question.ask) == "Hours per week: what is the right figure? We read 500."
    assert str(question.why) == "A week has 168 hours. Until this is clear, no sum uses it."
    assert question.of == "employer"


@pytest.mark.parametrize(
    ("text", "number"),
    [("1200.50", "1200.50"), (" 12 ", "12"), ("١٢٠٠", "1200"), ("१२.५", "12.5"), ("-3", "-3")],
)
def test_plain_digits_of_any_script_are_a_number(text, number):
    assert plain_number(text) == Decimal(number)


@pytest.mark.parametrize(
    "text", ["1.200", "1,200", "1.200,50", "1,200.50", "1 200", "", "1e3", "0x10", "12,50"]
)
def test_what_countries_read_differently_is_no_number(text):
    assert plain_number(text) is None


def test_a_form_may_give_its_numbers_as_text():
    typed = {name: str(value) for name, value in GOOD.items()} | {"loan": {"amount": "500"}}
    assert numbers(typed)["pay_per_hour"] == numbers(GOOD)["pay_per_hour"]


def test_the_short_ways_to_write_it_mean_the_same():
    short = GOOD | {"housing": 300, "food": True, "fees": 500, "documents_kept": "passport"}
    long = GOOD | {
        "housing": {"cost": 300, "period": "month"},
        "food": {"provided": True},
        "fees": [{"paid": 500}],
        "documents_kept": ["passport"],
    }
    assert offers.parse(short, on=TODAY) == offers.parse(long, on=TODAY)


def test_a_misspelt_field_is_refused_with_its_near_names():
    with pytest.raises(WrongUse) as refused:
        offers.parse(GOOD | {"hours_a_week": 40}, on=TODAY)
    assert str(refused.value.what) == "There is no field “hours_a_week” in the offer."
    assert str(refused.value.next).startswith("Did you mean hours_per_week")


@pytest.mark.parametrize("odd", [[], "pay", 12, None])
def test_what_is_no_offer_is_refused(odd):
    with pytest.raises(WrongUse):
        offers.parse(odd, on=TODAY)


def test_the_example_fits_the_schema_and_is_wholly_clear():
    Draft202012Validator(offers.schema()).validate(offers.example())
    assert not [id for id in asked(offers.example()) if id.startswith("unclear")]


def test_every_term_of_the_schema_has_its_question():
    assert set(offers.schema()["properties"]["terms"]["properties"]) == {term.name for term in TERMS}


def test_a_shown_surrogate_can_be_written():
    text = json.dumps([str(one.ask) for one in asked({"currency": "\ud800"}).values()], ensure_ascii=False)
    assert text.encode()


FIELDS = sorted(offers.schema()["properties"])
PLAIN = st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=12)
ODD = st.recursive(
    PLAIN,
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.sampled_from(["amount", "paid", "cost", "period", "rate"]), inner, max_size=3)
    ),
    max_leaves=6,
)


@given(st.dictionaries(st.sampled_from(FIELDS), ODD, max_size=6))
@settings(max_examples=300, deadline=None)
def test_no_offer_breaks_the_check_and_no_figure_is_negative(offer):
    try:
        found = check_json(offer, on=TODAY)
    except WrongUse:
        return
    assert all(one.amount == "never" or one.amount >= 0 for one in found.numbers)
    assert all(str(one.ask) and str(one.why) for one in found.questions)


AMOUNT = st.decimals("0.01", "100000", places=2)
OFFERS = st.fixed_dictionaries(
    {},
    optional={
        "origin": st.sampled_from(["NP", "IN", "PH", "MX", "RO"]),
        "destination": st.sampled_from(["FR", "ES", "NL", "QA", "HK", "US", "US-CA", "JP", "IT", "CY", "SA"]),
        "currency": st.sampled_from(["EUR", "QAR", "USD"]),
        "sector": st.sampled_from(["farm", "domestic", "sea", "online"]),
        "pay": AMOUNT,
        "pay_period": st.sampled_from(["hour", "day", "week", "fortnight", "month", "year", "piece"]),
        "pieces_per_hour": AMOUNT,
        "hours_per_week": st.decimals("1", "168", places=1),
        "unpaid_hours_per_week": st.decimals("0", "60", places=1),
        "days_per_week": st.integers(1, 7),
        "payments_per_year": st.integers(12, 14),
        "weeks": st.integers(1, 150),
        "age": st.integers(14, 80),
        "start_date": st.dates(date(2024, 1, 1), date(2029, 1, 1)).map(date.isoformat),
        "fees": st.lists(
            st.fixed_dictionaries({"paid": AMOUNT, "currency": st.sampled_from(["EUR", "NPR"])}), max_size=3
        ),
        "loan": st.fixed_dictionaries(
            {"amount": AMOUNT, "yearly_interest": st.integers(0, 200)}, optional={"instalment": AMOUNT}
        ),
        "deductions": st.dictionaries(st.sampled_from(["housing", "food", "visa"]), AMOUNT, max_size=3),
        "documents_kept": st.booleans(),
    },
)  # fmt: skip


@given(OFFERS)
@settings(max_examples=200, deadline=None)
def test_what_fits_the_schema_is_read_whole(offer):
    as_json = json.loads(json.dumps(offer, default=float))
    Draft202012Validator(offers.schema()).validate(as_json)
    read, unclear = offers.parse(as_json, on=TODAY)
    assert {one.id for one in unclear} <= {"unclear:hours_per_week", "unclear:fees"}
    assert read.destination == offer.get("destination")


@given(OFFERS)
@settings(max_examples=200, deadline=None)
def test_every_answer_has_its_source_date_and_grade_and_no_verdict(offer):
    found = as_object(check_json(offer, on=TODAY))
    for kind in ("numbers", "rights", "questions"):
        for one in found[kind]:
            assert one["source"]
            assert one["date"]
            assert one["grade"] in {"primary", "secondary", "unchecked", "given"}
            assert not {"risk", "score", "victim", "colour", "color", "total", "level"} & set(one)
    said = " ".join(str(one["what"]) for kind in ("numbers", "rights") for one in found[kind])
    assert not re.search(r"(?i)\b(victim|risk|danger|score|red flag)", said)


@given(OFFERS)
@settings(max_examples=100, deadline=None)
def test_a_figure_that_is_old_or_unread_is_never_told_as_current(offer):
    for one in check_json(offer, on=TODAY).numbers:
        warned = str(one.what).startswith(("Last figure we have", "Not checked yet"))
        assert warned == (one.ground.state != "current")


def test_years_later_no_figure_of_the_law_is_told_as_current():
    offer = GOOD | {"origin": "IN", "fees": {"paid": 50000, "currency": "INR"}, "housing": 500}
    found = check_json(offer, on=date(2030, 1, 1))
    states = {one.ground.state for one in found.numbers if one.ground.source != "offer"}
    assert states == {"last_known"}
    assert {one.ground.state for one in found.rights} <= {"last_known", "unchecked"}


def test_the_same_offer_on_the_same_day_has_the_same_answer():
    assert check_json(offers.example(), on=TODAY) == check_json(offers.example(), on=TODAY)
