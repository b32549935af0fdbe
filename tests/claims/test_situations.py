"""A situation file: what may stand in it, and what is said when something else does."""

from datetime import date

import pytest
from jsonschema import Draft202012Validator

from amparo.claims import situations
from amparo.errors import WrongUse
from amparo.law.situation import Decision


def refusal(given: object) -> tuple[str, str]:
    with pytest.raises(WrongUse) as wrong:
        situations.parse(given)
    return str(wrong.value.what), str(wrong.value.next)


def test_the_example_is_valid_and_comes_back_the_same():
    Draft202012Validator.check_schema(situations.schema())
    known = situations.parse(situations.example())
    assert situations.parse(situations.to_dict(known)) == known


def test_places_alone_are_enough():
    known = situations.parse({"places": ["x.com/a/status/1?s=20", "https://x.com/a/status/1"]})
    assert known.places == ("https://x.com/a/status/1",)
    assert (known.shown_under_18, known.consent, known.published) == ("skip", "skip", "yes")


@pytest.mark.parametrize("published", ["threatened", "unknown"])
def test_a_case_without_a_link_is_a_case(published):
    assert situations.parse({"published": published}).places == ()


@pytest.mark.parametrize("given", [{}, {"places": []}, {"published": "yes"}])
def test_nothing_to_act_on_is_told(given):
    what, then = refusal(given)
    assert what == "The situation has no places, and does not say that nothing is online."
    assert "threatened" in then


def test_an_unknown_field_is_named_with_its_near_name():
    what, then = refusal({"places": ["https://x.com/a"], "materal": "intimate"})
    assert what == "There is no field “materal” in the situation."
    assert then.startswith("Did you mean material?")


def test_an_unknown_field_is_said_before_what_is_missing():
    assert refusal({"plces": ["https://x.com/a"]})[1].startswith("Did you mean places?")


def test_an_unknown_field_inside_is_named_with_its_parent():
    what, then = refusal({"published": "threatened", "sender": {"mail": "a@b.org"}})
    assert (what, then[:20]) == ("There is no field “mail” in sender.", "Did you mean email? ")


def test_an_unknown_value_is_named_with_all_values():
    what, then = refusal({"places": ["https://x.com/a"], "consent": "nevr"})
    assert what == "“nevr” is not a value of consent."
    assert then == "Did you mean never? All values: never, withdrawn, forced, given, skip."


def test_a_place_that_is_none_is_named_by_its_number():
    what, then = refusal({"places": ["https://x.com/a", "somewhere"]})
    assert what == "Place 2 is not an address: “somewhere”."
    assert "one per place" in then


def test_a_country_by_its_name_gets_the_form_of_the_code():
    assert refusal({"published": "unknown", "lives_in": "Spain"})[1].startswith("Use the code")


def test_uk_reads_as_gb():
    assert situations.parse({"published": "unknown", "lives_in": "uk-sct"}).lives_in == "GB-SCT"


def test_a_thousand_and_one_places_are_refused():
    what, _ = refusal({"places": [f"https://x.com/{i}" for i in range(1001)]})
    assert what == "places holds more than we handle: at most 1000."


def test_days_are_days():
    known = situations.parse({"published": "unknown", "decision": {"on": "2026-03-01", "reference": "R-1"}})
    assert known.decision == Decision(on=date(2026, 3, 1), reference="R-1")
    assert refusal({"published": "unknown", "decision": {"on": "2026-02-30"}}) == (
        "“2026-02-30” in decision.on is not a day.",
        "Write it like 2026-11-23.",
    )


@pytest.mark.parametrize("name", ["describe", "search_names", "places"])
def test_half_a_sign_is_refused_because_nothing_can_show_it(name):
    half = {"describe": "\ud800", "search_names": ["\ud800"], "places": ["https://x.com/\ud800"]}
    what, _ = refusal({"places": ["https://x.com/a"], name: half[name]})
    assert what == "The situation holds a sign that cannot be written."


@pytest.mark.parametrize("day", ["9999-12-31", "0001-01-01"])
def test_a_day_that_no_period_can_be_reckoned_from_is_refused(day):
    what, _ = refusal({"places": ["https://x.com/a"], "decision": {"on": day}})
    assert what == f"“{day}” in decision.on is not a day."
