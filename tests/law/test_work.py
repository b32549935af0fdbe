"""Labour facts: their shape, their dates, and what is said when a figure is old."""

from datetime import date

import jsonschema
import pytest

from amparo.law.data_files import work_files
from amparo.law.places import place
from amparo.law.rules import rules
from amparo.law.work import facts_at, work_facts, work_schema


@pytest.mark.parametrize(
    ("id", "record"), list(work_files()), ids=lambda one: one if isinstance(one, str) else ""
)
def test_a_file_of_labour_facts_fits_the_schema(id: str, record: dict[str, object]) -> None:
    jsonschema.Draft202012Validator(dict(work_schema())).validate(record)


def test_labour_facts_are_no_rules() -> None:
    assert not [id for id in rules() if "/work/" in id]


def test_the_places_of_labour_facts_are_places() -> None:
    assert all(place(one.place) for one in work_facts())


@pytest.mark.parametrize(
    ("day", "amount"), [("2026-05-31", 12.02), ("2026-06-01", 12.31), ("2026-11-24", 12.31)]
)
def test_the_french_floor_is_the_one_of_the_day(day: str, amount: float) -> None:
    assert [one.amount for one in facts_at("FR", "wage_floor", date.fromisoformat(day))] == [amount]


def test_a_figure_past_its_next_change_is_the_last_one_we_have() -> None:
    (found,) = facts_at("FR", "wage_floor", date(2027, 1, 1))
    assert not found.is_current(date(2027, 1, 1))
    assert found.is_current(date(2026, 12, 31))


def test_a_figure_that_ended_is_given_as_the_last_one_and_is_not_current() -> None:
    (found,) = facts_at("LV", "wage_floor", date(2027, 3, 1))
    assert found.amount == 780
    assert not found.is_current(date(2027, 3, 1))


def test_a_place_without_the_kind_has_no_fact() -> None:
    assert facts_at("JP", "wage_floor", date(2026, 11, 24)) == ()


def test_money_without_a_currency_does_not_fit() -> None:
    record = {
        "kind": "wage_floor",
        "values": [
            {"from": "2026-01-01", "amount": 9, "unit": "money", "rule": "floor", "grade": "unchecked"}
        ],
        "sources": {},
    }
    assert list(jsonschema.Draft202012Validator(dict(work_schema())).iter_errors(record))
