"""What a data-protection lawyer looks for in a plan: the right company and law, no promise too many."""

from datetime import UTC, datetime
from typing import Any

import pytest

from amparo.claims import situations
from amparo.claims.letters import letter
from amparo.claims.plan import Plan, Step, plan

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
PORNHUB = "https://www.pornhub.com/view_video.php?viewkey=ph1"
INSTAGRAM = "https://www.instagram.com/p/abc/"
BOARD = "https://leaks.somewhere.net/thread/9"
ARCHIVE = "https://web.archive.org/web/2024/https://x.com/a/status/1"
PICTURE = {"material": "intimate", "role": "shown", "consent": "never", "shown_under_18": "no"}


def plan_of(*places: str, **given: Any) -> Plan:
    return plan(situations.parse({"places": list(places), **PICTURE, **given}), now=NOW)


def rules_of(found: Plan) -> set[str]:
    return {step.rule for step in found.steps if step.rule}


def one(found: Plan, right: str, slug: str | None) -> Step:
    return next(step for step in found.steps if step.right == right and step.recipient.slug == slug)


# Whose law holds


@pytest.mark.parametrize("home", ["US-NY", "BR", "IN", "AU", "CO"])
def test_the_irish_company_of_a_world_wide_platform_is_not_asked_for_people_elsewhere(home: str) -> None:
    found = plan_of(INSTAGRAM, lives_in=home)
    assert not [s for s in found.steps if "Ireland" in s.recipient.name]
    assert not [r for r in rules_of(found) if r.startswith("eu/gdpr/")]


@pytest.mark.parametrize("home", ["FR", "NO", "GB", "CH"])
def test_it_is_asked_for_people_in_and_next_to_the_union(home: str) -> None:
    found = plan_of(INSTAGRAM, lives_in=home)
    assert one(found, "erasure", "meta-platforms-ireland").recipient.name == "Meta Platforms Ireland Limited"


@pytest.mark.parametrize("home", ["US-CA", "BR", "CO"])
def test_a_company_that_sits_in_the_union_answers_for_everybody(home: str) -> None:
    step = one(plan_of(PORNHUB, lives_in=home), "erasure", "aylo-freesites")
    assert step.rule == "eu/gdpr/erasure"
    assert step.due is not None
    assert step.due.firm


@pytest.mark.parametrize("place", [PORNHUB, BOARD, ARCHIVE])
def test_no_law_for_the_people_of_one_country_is_used_where_she_skipped_hers(place: str) -> None:
    found = plan_of(place)
    assert not [r for r in rules_of(found) if not r.startswith(("eu/", "us/"))]
    assert any(str(no.why).startswith("Some laws are only for people who live in one") for no in found.not_)


def test_a_date_is_not_firm_where_it_is_not_sure_that_the_law_holds() -> None:
    step = one(plan_of(BOARD, lives_in="US-NY"), "removal", None)
    assert step.due is not None
    assert step.due.answer_due is not None
    assert not step.due.firm
    assert "hangs on something" in str(step.due.reasons[-1])


def test_an_unknown_board_gets_the_fast_request_of_her_own_country() -> None:
    assert one(plan_of(BOARD, lives_in="US-NY"), "removal", None).rule == "us/take-it-down/removal"
    assert one(plan_of(BOARD, lives_in="IN"), "removal", None).rule == "in/it-rules/intimate-image"
    assert one(plan_of(BOARD, lives_in="GB"), "removal", None).rule == "uk/osa/intimate-image"


def test_a_recruiter_outside_the_union_is_asked_with_an_if_and_no_firm_date() -> None:
    found = plan_of("privacy@agency.somewhere.net", lives_in="RO", role="worker", relation="recruiter")
    step = next(s for s in found.steps if s.right == "access")
    assert "if they are established in the European Economic Area" in str(step.why)
    assert step.due is not None
    assert not step.due.firm


@pytest.mark.parametrize("home", ["GB", "CO", "US-NY"])
def test_complaints_about_a_platforms_decision_are_for_people_in_the_union(home: str) -> None:
    found = plan_of(INSTAGRAM, lives_in=home, material="account", role="account_holder")
    assert not [r for r in rules_of(found) if r.startswith("eu/dsa/")]
    assert any("people in the European Union" in str(no.why) for no in found.not_)


def test_a_notice_may_be_sent_from_anywhere() -> None:
    assert "eu/dsa/notice" in rules_of(plan_of(PORNHUB, lives_in="CO"))


def test_a_very_large_platform_is_never_called_possibly_small() -> None:
    found = plan_of(INSTAGRAM, lives_in="FR", material="account", role="account_holder")
    assert "very small" not in str(one(found, "internal_complaint", "instagram").why)


def test_delisting_in_europe_says_that_it_is_for_europe() -> None:
    step = one(plan_of(PORNHUB, lives_in="FR"), "delisting", "google-search")
    assert any("searches made in Europe" in str(price) for price in step.price)


# Whom to turn to


@pytest.mark.parametrize(
    ("home", "place", "authority"),
    [
        ("US-NY", PORNHUB, "us-ftc"),
        ("IN", INSTAGRAM, "in-gac"),
        ("GB", INSTAGRAM, "uk-ofcom"),
        ("CO", PORNHUB, "cy-cpdp"),
        ("FR", PORNHUB, "fr-cnil"),
        ("FR", PORNHUB, "fr-arcom"),
        ("DE-BY", PORNHUB, "de-by-lda"),
    ],
)
def test_the_authority_over_each_request_stands_ready_and_is_not_chosen(
    home: str, place: str, authority: str
) -> None:
    step = one(plan_of(place, lives_in=home), "complaint", authority)
    assert step.phase == "if_needed"
    assert not step.chosen
    assert step.price


def test_a_search_result_alone_leads_to_the_authority_too() -> None:
    found = plan_of("https://www.google.com/search?q=a", material="personal_data", lives_in="IE")
    assert one(found, "complaint", "ie-dpc").rule == "eu/gdpr/complaint"


def test_the_priority_way_of_the_spanish_authority_need_not_wait_for_a_month() -> None:
    step = one(plan_of(PORNHUB, lives_in="ES"), "complaint", "es-aepd")
    assert "urgent way" in str(step.why)


def test_the_federal_office_says_that_a_company_is_for_the_land() -> None:
    step = one(plan_of(PORNHUB, lives_in="DE"), "complaint", "de-bfdi")
    assert any("authority of your Land" in str(price) for price in step.price)


def test_in_the_united_kingdom_the_company_hears_the_complaint_first() -> None:
    assert "them first" in str(one(plan_of(PORNHUB, lives_in="GB"), "complaint", "uk-ico").why)


# What a step costs, and what is hers to choose


def test_who_acts_for_a_person_is_told_that_her_name_is_seen() -> None:
    body = {"kind": "organisation", "organisation": "An association", "represents": "M."}
    found = plan_of(PORNHUB, lives_in="FR", role="representative", sender=body)
    said = " ".join(map(str, one(found, "removal", "pornhub").price))
    assert "names of the organisation and of the person it acts for" in said


def test_a_trusted_flagger_without_a_mandate_starts_with_what_needs_none() -> None:
    found = plan_of(PORNHUB, lives_in="FR", sender={"kind": "trusted_flagger", "organisation": "A hotline"})
    asked = [s for s in found.steps if s.recipient.slug == "pornhub"]
    assert [(s.right, s.chosen, s.needs_mandate) for s in asked[:1]] == [("notice", True, False)]


def test_who_still_agrees_to_it_is_told_what_a_request_takes_back() -> None:
    found = plan_of(PORNHUB, lives_in="FR", consent="given")
    step = one(found, "erasure", "aylo-freesites")
    assert not step.chosen
    assert any("takes back your agreement" in str(price) for price in step.price)
    assert not [s for s in found.steps if s.recipient.slug == "stopncii"]


def test_a_hotline_that_passes_reports_on_is_never_chosen_for_her() -> None:
    found = plan_of(PORNHUB, lives_in="US-CA", shown_under_18="yes", consent="skip")
    step = one(found, "under_18_route", "us-cybertipline")
    assert not step.chosen


def test_somebody_under_18_who_is_threatened_is_told_not_to_pay() -> None:
    found = plan_of(published="threatened", lives_in="FR", shown_under_18="not_sure", consent="skip")
    assert any("Do not pay" in str(step.does) for step in found.steps)


def test_a_threat_can_be_reported_to_the_australian_commissioner() -> None:
    step = one(plan_of(published="threatened", lives_in="AU"), "removal", "au-esafety")
    assert "before anything is online" in str(step.why)


def test_a_second_request_promises_a_fixed_time_only_where_the_law_has_one() -> None:
    for home in ("FR", "BR", "US-CA", "CA-QC"):
        for step in plan_of(PORNHUB, INSTAGRAM, lives_in=home).steps:
            if "fixed time to answer" in str(step.why):
                assert step.due is not None
                assert step.due.answer_due is not None


def test_what_is_left_open_is_said_in_one_or_two_sentences() -> None:
    for place in (PORNHUB, BOARD, ARCHIVE, "privacy@agency.somewhere.net"):
        skipped = plan(situations.parse({"places": [place]}), now=NOW)
        assert all(str(step.why).count("It holds if") <= 2 for step in skipped.steps)


# Where no law is known


def test_a_worker_where_no_law_is_known_asks_all_the_same() -> None:
    given = {"role": "worker", "relation": "recruiter", "lives_in": "PE", "consent": "skip"}
    found = plan_of(
        "privacy@agency.somewhere.net", **given, sender={"name": "A. Name", "email": "a@example.org"}
    )
    assert [(s.right, s.rule, s.chosen) for s in found.steps[:2]] == [
        ("access", None, True),
        ("erasure", None, False),
    ]
    situation = situations.parse({"places": ["privacy@agency.somewhere.net"], **given})
    made = letter(situation, found.steps[0], language="en", now=NOW)
    assert "Legal basis" not in made.body
    assert "rules that you published" not in made.body


def test_courts_and_authorities_are_told_after_the_steps_and_are_never_one() -> None:
    found = plan_of(PORNHUB, lives_in="FR")
    assert found.further
    assert all(rule.is_for_public_bodies for rule in found.further)
    assert not {rule.id for rule in found.further} & rules_of(found)
    assert not plan_of(PORNHUB, lives_in="FR", shown_under_18="yes").further


def test_no_court_of_elsewhere_is_told_where_she_skipped_her_home() -> None:
    assert plan_of(PORNHUB).further == ()
