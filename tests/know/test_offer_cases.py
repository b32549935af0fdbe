"""Worked offers: each is a file entry with the sum beside it, as a labour inspector would reckon it."""

from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
import yaml

from amparo.know.offer_answer import Checked
from amparo.know.offer_check import check_json
from amparo.law.work import work_facts

TODAY = date(2026, 11, 24)
CASES: list[dict[str, Any]] = [
    case
    for path in sorted((Path(__file__).parent / "offers").glob("*.yaml"))
    for case in yaml.safe_load(path.read_text(encoding="utf-8"))
]


def checked(case: dict[str, Any]) -> Checked:
    offer = {
        name: value.isoformat() if isinstance(value, date) else value for name, value in case["offer"].items()
    }
    return check_json(offer, on=TODAY)


@pytest.fixture(params=CASES, ids=lambda case: case["title"])
def case(request: pytest.FixtureRequest) -> dict[str, Any]:
    return request.param


def test_the_numbers_are_those_worked_out_by_hand(case):
    found = {one.id: one for one in checked(case).numbers}
    for id, amount in case.get("numbers", {}).items():
        assert id in found, f"{id} is not among {sorted(found)}"
        wanted = amount if amount == "never" else Decimal(str(amount))
        assert found[id].amount == wanted, id
    assert not set(case.get("absent", ())) & set(found)


def test_the_states_and_the_order_are_told(case):
    numbers = checked(case).numbers
    found = {one.id: one for one in numbers}
    for id, state in case.get("states", {}).items():
        assert found[id].ground.state == state
    for id, start in case.get("says", {}).items():
        assert str(found[id].what).startswith(start)
    wanted = case.get("order", [])
    assert [one.id for one in numbers if one.id in wanted] == wanted


WITH_A_GAP = [case for case in CASES if "below" in case]


@pytest.mark.parametrize("case", WITH_A_GAP, ids=lambda case: case["title"])
def test_the_gap_to_the_floor_is_that_of_a_month(case):
    gaps = [one.amount for one in checked(case).numbers if one.id == "below_floor_per_month"]
    assert gaps
    assert abs(gaps[0] - case["below"]) < 1


def test_the_rights_that_reach_it_are_named(case):
    ids = {one.id for one in checked(case).rights}
    assert set(case.get("rights", ())) <= ids
    if case.get("rights") == []:
        assert not ids


def test_what_is_missing_or_doubtful_is_asked(case):
    asked = {one.id for one in checked(case).questions}
    assert set(case.get("questions", ())) <= asked
    assert not set(case.get("not_asked", ())) & asked


def test_there_are_at_least_sixty_of_them():
    assert len(CASES) >= 60
    assert len({case["title"] for case in CASES}) == len(CASES)


PLACES = sorted({one.region or one.place for one in work_facts()} - {"EEA"})


@pytest.mark.parametrize("place", PLACES)
def test_every_place_with_facts_answers_in_words_and_with_ids_of_their_own(place):
    offer = {"destination": place, "origin": place, "currency": "EUR", "pay": 1000, "pay_period": "month"}
    found = check_json(offer | {"hours_per_week": 40, "fees": 100, "housing": 300}, on=TODAY)
    for said in ([one.id for one in found.numbers], [one.id for one in found.rights]):
        assert len(set(said)) == len(said)
    assert all("{" not in f"{one.what} {one.how}" for one in found.numbers)
    assert all("{" not in str(one.what) for one in found.rights)
