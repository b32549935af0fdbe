"""Labour facts: their shape, their dates, whom they reach, and what is said when a figure is old."""

import re
from collections.abc import Iterator
from datetime import date
from typing import Any

import jsonschema
import pytest

from amparo.law.data_files import work_files
from amparo.law.places import members, place
from amparo.law.rules import rules
from amparo.law.sources import GRADES
from amparo.law.work import WorkFact, facts_at, work_facts, work_schema

TODAY = date(2026, 11, 24)


def floors(code: str, on: str = "2026-11-24", **wanted: Any) -> list[float | None]:
    """Gives the wage floors of a place on a day, those without a narrower case unless one is wanted."""
    narrow: dict[str, Any] = {"case": None, "sector": None, "region": None, "about": None} | wanted
    facts = facts_at(code, "wage_floor", date.fromisoformat(on))
    return [one.amount for one in facts if all(getattr(one, key) == value for key, value in narrow.items())]


def shown_sentences() -> Iterator[str]:
    for one in work_facts():
        yield from (said.text for said in (one.says, one.who) if said)


@pytest.mark.parametrize(
    ("id", "record"), list(work_files()), ids=lambda one: one if isinstance(one, str) else ""
)
def test_a_file_of_labour_facts_fits_the_schema(id: str, record: dict[str, object]) -> None:
    jsonschema.Draft202012Validator(dict(work_schema())).validate(record)


def test_labour_facts_are_no_rules() -> None:
    assert not [id for id in rules() if "/work/" in id]


def test_the_places_of_labour_facts_are_places() -> None:
    for one in work_facts():
        assert all(place(code) for code in members(one.place))
        assert all(place(code) for code in (*one.towards, *one.not_in, *([one.region] if one.region else ())))


@pytest.mark.parametrize(
    ("day", "amount"), [("2026-05-31", 12.02), ("2026-06-01", 12.31), ("2026-11-24", 12.31)]
)
def test_the_french_floor_is_the_one_of_the_day(day: str, amount: float) -> None:
    assert floors("FR", day) == [amount]


def test_a_figure_past_its_next_change_is_the_last_one_we_have() -> None:
    (found,) = facts_at("FR", "wage_floor", date(2027, 1, 1))
    assert not found.is_current(date(2027, 1, 1))
    assert found.is_current(date(2026, 12, 31))


def test_a_figure_that_ended_is_given_as_the_last_one_and_is_not_current() -> None:
    (found,) = facts_at("LV", "wage_floor", date(2027, 3, 1))
    assert found.amount == 780
    assert not found.is_current(date(2027, 3, 1))


def test_a_place_without_the_kind_has_no_fact() -> None:
    assert facts_at("AQ", "wage_floor", TODAY) == ()


@pytest.mark.parametrize(
    ("code", "day", "wanted", "amounts"),
    [
        ("FR", "2026-05-31", {}, [12.02]),
        ("FR", "2026-06-01", {}, [12.31]),
        ("DE", "2026-12-31", {}, [13.90]),
        ("DE", "2027-01-01", {}, [14.60]),
        ("NL", "2026-06-30", {"from_age": 21}, [14.71]),
        ("NL", "2026-07-01", {"from_age": 21}, [14.99]),
        ("NL", "2026-11-24", {"from_age": 17, "to_age": 17}, [5.92]),
        ("ES", "2026-11-24", {"per": "month"}, [1221]),
        ("ES", "2026-11-24", {"sector": "domestic"}, [9.55]),
        ("GR", "2026-11-24", {"per": "month"}, [920]),
        ("PT", "2026-11-24", {}, [920]),
        ("PT-30", "2026-11-24", {"region": "PT-30"}, [980]),
        ("BE", "2026-03-31", {}, [2154.11]),
        ("BE", "2026-11-24", {}, [2233.61]),
        ("BG", "2026-11-24", {"per": "month"}, [620.20]),
        ("CY", "2026-11-24", {"case": "first_six_months"}, [979]),
        ("CZ", "2027-01-01", {"per": "hour"}, [148.30]),
        ("EE", "2026-11-24", {"per": "month"}, [946]),
        ("HR", "2026-11-24", {}, [1050]),
        ("HU", "2026-11-24", {"case": "secondary_schooling"}, [373200]),
        ("IE", "2026-11-24", {"from_age": 20}, [14.15]),
        ("LT", "2026-11-24", {}, [1153]),
        ("LU", "2026-11-24", {}, [2771.33]),
        ("LV", "2026-11-24", {}, [780]),
        ("MT", "2026-11-24", {"per": "week"}, [229.44]),
        ("PL", "2026-11-24", {}, [4806]),
        ("RO", "2026-06-30", {"per": "month"}, [4050]),
        ("RO", "2026-07-01", {"per": "month"}, [4325]),
        ("SI", "2026-11-24", {}, [1481.88]),
        ("SK", "2026-11-24", {}, [915]),
        ("GB", "2026-11-24", {"from_age": 21}, [12.71]),
        ("CH-GE", "2026-11-24", {"region": "CH-GE"}, [24.59]),
        ("HK", "2026-10-02", {"sector": "domestic"}, [5100]),
        ("HK", "2026-10-03", {"sector": "domestic"}, [5220]),
        ("KR", "2027-01-01", {"per": "hour"}, [10700]),
        ("QA", "2026-11-24", {}, [1000]),
        ("US-CA", "2026-11-24", {"region": "US-CA"}, [16.90]),
        ("CA-SK", "2026-09-30", {"region": "CA-SK"}, [15.35]),
        ("CA-SK", "2026-10-01", {"region": "CA-SK"}, [15.70]),
        ("ZA", "2026-11-24", {}, [30.23]),
    ],
)
def test_the_floor_is_the_one_of_its_day(
    code: str, day: str, wanted: dict[str, Any], amounts: list[float]
) -> None:
    assert floors(code, day, **wanted) == amounts


@pytest.mark.parametrize(
    ("code", "on", "eurostat"),  # euro per month of twelve, as printed for the half-year
    [
        ("FR", "2026-01-01", 1823),
        ("FR", "2026-07-01", 1867),
        ("ES", "2026-07-01", 1425),
        ("GR", "2026-07-01", 1073),
        ("PT", "2026-07-01", 1073),
        ("HR", "2026-07-01", 1050),
        ("LT", "2026-07-01", 1153),
        ("LV", "2026-07-01", 780),
        ("SK", "2026-07-01", 915),
        ("SI", "2026-07-01", 1482),
        ("BE", "2026-07-01", 2234),
        ("LU", "2026-07-01", 2771),
        ("EE", "2026-01-01", 886),
        ("EE", "2026-07-01", 946),
        ("BG", "2026-07-01", 620),
        ("CY", "2026-07-01", 1088),
        ("MT", "2026-07-01", 994),
    ],
)
def test_twelve_equal_months_agree_with_the_statistics_office(code: str, on: str, eurostat: int) -> None:
    general = [
        one
        for one in facts_at(code, "wage_floor", date.fromisoformat(on))
        if one.amount and (one.case, one.sector, one.region, one.about) == (None, None, None, None)
    ]
    order = ("month", "week", "hour")
    one = min((one for one in general if one.per in order), key=lambda one: order.index(str(one.per)))
    times = {"month": one.payments_a_year or 12, "week": 52, "hour": 35 * 52}[str(one.per)]
    assert round(float(one.amount or 0) * times / 12) == pytest.approx(eurostat, abs=1)


def test_where_no_law_sets_a_floor_that_is_said() -> None:
    for code in ("AT", "DK", "FI", "IT", "SE", "NO", "IS", "CH", "SG", "SA", "BH"):
        facts = facts_at(code, "wage_floor", TODAY)
        assert [one.rule for one in facts if one.sector is None and one.region is None] == ["none"]


def test_a_region_says_more_than_its_country() -> None:
    assert floors("CH") == [None]
    assert floors("CH-GE", region="CH-GE", sector="farm") == [18.07]
    assert not floors("CH-ZH", region="CH-GE")


def test_a_line_that_ended_is_still_given_beside_one_that_holds() -> None:
    later = {one.sector: one for one in facts_at("HK", "wage_floor", date(2027, 6, 1)) if not one.about}
    assert later[None].amount == 43.1
    assert not later[None].is_current(date(2027, 6, 1))
    assert later["domestic"].is_current(date(2027, 6, 1))


def test_the_day_of_signing_decides_for_domestic_work_in_hong_kong() -> None:
    (found,) = [one for one in facts_at("HK", "wage_floor", date(2026, 9, 1)) if one.amount == 5100]
    assert found.dated_by == "signing"


def test_a_directive_reaches_the_members_it_binds() -> None:
    places = ("FR", "DK", "IE", "NO")
    seasonal = {
        code for code in places for one in facts_at(code, "deduction", TODAY) if one.permit == "seasonal"
    }
    assert seasonal == {"FR"}


def test_a_limit_for_one_destination_names_it() -> None:
    (found,) = [one for one in facts_at("NP", "recruitment_fee", TODAY) if one.towards and one.amount]
    assert "QA" in found.towards
    assert found.amount == 10000
    assert found.receipt


def test_the_indian_limit_says_what_it_holds_and_what_may_be_asked_beside_it() -> None:
    (found,) = facts_at("IN", "recruitment_fee", TODAY)
    assert (found.amount, found.receipt, found.grade) == (30000, True, "primary")
    assert {"visa", "medical", "ticket", "lodging"} == set(found.leaves_out)


def test_a_state_bound_by_the_convention_has_promised_and_seafarers_are_outside() -> None:
    for code in ("AL", "BG", "ET", "MA", "MD", "PL", "RS", "ZM"):
        promises = [one for one in facts_at(code, "recruitment_fee", TODAY) if one.excludes == ("sea",)]
        assert [one.rule for one in promises] == ["forbidden"]


def test_enough_destinations_have_a_floor_and_enough_origins_a_fee_rule() -> None:
    known = [one for one in work_facts() if one.rule and one.grade != "unchecked"]
    assert len({one.place for one in known if one.kind == "wage_floor"}) >= 75
    origins = {one.place for one in known if one.kind == "recruitment_fee" and one.side in ("origin", "both")}
    assert len(origins) >= 40


def test_a_fact_is_no_better_than_what_was_read_for_it() -> None:
    for one in work_facts():
        assert min(GRADES.index(source.grade) for source in one.sources) <= GRADES.index(one.grade), one.id
        assert one.grade != "unchecked" or (one.amount is None and one.says), one.id
        assert all(source.checked_on <= TODAY for source in one.sources), one.id


def test_what_ends_is_followed_or_says_when_it_changes() -> None:
    lines: dict[tuple[object, ...], list[WorkFact]] = {}
    for one in work_facts():
        lines.setdefault(one.line, []).append(one)
    for line in lines.values():
        last = max(line, key=lambda one: one.from_ or date.min)
        assert last.to is None or last.next_change, last.id


def test_sentences_are_short_and_have_no_numbers_in_them() -> None:
    sentences = set(shown_sentences())
    assert len(sentences) < 170  # each of them is translated into every language
    for sentence in sentences:
        assert len(sentence.split()) <= 20
        assert not re.search(r"\d", sentence)
        assert sentence.endswith(".")
        assert not re.search("victim|traffick", sentence, re.IGNORECASE)


@pytest.mark.parametrize(
    "value",
    [
        {"amount": 9, "unit": "hours", "rule": "floor", "grade": "unchecked", "says": "Ask."},
        {"rule": "floor", "grade": "unchecked"},
        {"amount": 9, "unit": "percent", "rule": "ceiling", "grade": "secondary"},
        {"rule": "floor", "grade": "secondary", "case": "skilled"},
        {"rule": "floor", "grade": "secondary", "sector": "piracy"},
    ],
)
def test_a_value_that_says_too_little_does_not_fit(value: dict[str, Any]) -> None:
    source = {"url": "https://x.test", "checked_on": "2026-11-24", "grade": "secondary", "says": "It."}
    record = {
        "kind": "wage_floor",
        "values": [{"from": None, "sources": ["one"]} | value],
        "sources": {"one": source},
    }
    assert list(jsonschema.Draft202012Validator(dict(work_schema())).iter_errors(record))


def test_money_without_a_currency_does_not_fit() -> None:
    record = {
        "kind": "wage_floor",
        "values": [
            {"from": "2026-01-01", "amount": 9, "unit": "money", "rule": "floor", "grade": "unchecked"}
        ],
        "sources": {},
    }
    assert list(jsonschema.Draft202012Validator(dict(work_schema())).iter_errors(record))
