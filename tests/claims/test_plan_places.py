"""What where she lives does to a plan: her own authority, and no law of a country that is not hers."""

from datetime import UTC, datetime
from typing import Any

import pytest

from amparo.claims import situations
from amparo.claims.plan import Plan, Step, plan

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
PORNHUB = "https://www.pornhub.com/view_video.php?viewkey=ph1"
PICTURE = {"material": "intimate", "role": "shown", "consent": "never", "shown_under_18": "no"}


def plan_of(*places: str, **given: Any) -> Plan:
    return plan(situations.parse({"places": list(places), **PICTURE, **given}), now=NOW)


def steps_to(found: Plan, slug: str) -> list[Step]:
    return [step for step in found.steps if step.recipient.slug == slug]


@pytest.mark.parametrize("home", ["FR", "GB", "US-CA", "CA-QC", "BR", "JP", "PE", None])
def test_a_law_of_a_country_that_is_neither_hers_nor_of_a_recipient_is_not_told(home: str | None) -> None:
    found = plan_of(PORNHUB, "https://x.com/a/status/1", lives_in=home)
    told = {one.rule.home for one in found.not_ if one.rule} | {one.home for one in found.further}
    assert {place.partition("-")[0] for place in told} <= {
        "EEA",
        "US",
        (home or "US").partition("-")[0],
        "CY",
        "IE",
    }


@pytest.mark.parametrize(
    ("home", "authority"),
    [("KR", "kr-pipc"), ("PE", "pe-anpd"), ("AU", "au-oaic"), ("ZA", "za-regulator"), ("US-CO", "us-co-ag")],
)
def test_outside_the_union_her_own_data_authority_stands_ready(home: str, authority: str) -> None:
    steps = steps_to(plan_of(PORNHUB, lives_in=home, material="personal_data"), authority)
    assert [(step.right, step.phase, step.chosen) for step in steps] == [("complaint", "if_needed", False)]
    assert "cy-cpdp" in {step.recipient.slug for step in plan_of(PORNHUB, lives_in=home).steps}


@pytest.mark.parametrize(
    ("home", "authority", "published"),
    [("IT", "it-garante", "threatened"), ("IT", "it-garante", "yes"), ("ES", "es-aepd", "yes")],
)
def test_an_authority_that_acts_on_images_is_a_step_of_now_and_hers_to_choose(
    home: str, authority: str, published: str
) -> None:
    step = steps_to(plan_of(PORNHUB, lives_in=home, published=published), authority)[0]
    assert (step.right, step.phase, step.chosen, step.channel is not None) == ("removal", "now", False, True)
    assert any("identity document" in str(price) for price in step.price)


def test_the_garante_has_forty_eight_hours() -> None:
    due = steps_to(plan_of(PORNHUB, lives_in="IT", published="threatened"), "it-garante")[0].due
    assert due is not None
    assert due.answer_due is not None
    assert 48 <= (due.answer_due - NOW).total_seconds() / 3600 <= 49


def test_who_goes_to_the_garante_is_told_that_its_form_asks_for_the_picture() -> None:
    step = steps_to(plan_of(PORNHUB, lives_in="IT"), "it-garante")[0]
    assert "The form asks for the picture itself." in [str(price) for price in step.price]


def test_in_spain_nothing_is_asked_of_the_authority_before_it_is_online() -> None:
    assert not steps_to(plan_of(PORNHUB, lives_in="ES", published="threatened"), "es-aepd")


@pytest.mark.parametrize("home", ["FR", "DE", "PT"])
def test_where_no_law_gives_it_no_authority_is_asked_to_order_a_removal(home: str) -> None:
    found = plan_of(PORNHUB, lives_in=home)
    assert not [s for s in found.steps if s.right == "removal" and s.recipient.role == "authority"]
