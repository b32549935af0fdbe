"""Which rights a situation opens, which it does not, and whom they reach."""

from datetime import date

import pytest

from amparo.law.addressee import Addressee
from amparo.law.rights import Rights, Verdict, reaches, rights
from amparo.law.rules import rule
from amparo.law.situation import Decision, Situation

TODAY = date(2026, 11, 23)
PICTURE = Situation(material="intimate", role="shown", lives_in="FR", consent="never", shown_under_18="no")
AMERICAN = Addressee(
    frozenset({"covered_platform", "online_platform", "controller"}), "US", frozenset({"*"}), False
)


def applied(found: Rights) -> set[str]:
    return {right.rule.id for right in found.applies}


def why_not(found: Rights, id: str) -> str:
    return next(str(one.why) for one in found.not_applies if one.rule.id == id)


def why(found: Rights, id: str) -> str:
    return next(str(one.why) for one in found.applies if one.rule.id == id)


def verdict(id: str, situation: Situation, addressee: Addressee, on: date = TODAY) -> Verdict:
    return reaches(rule(id), situation, addressee, on)


def test_an_intimate_image_published_without_consent_opens_the_fastest_routes_first() -> None:
    found = rights(PICTURE, TODAY)
    assert found.applies[0].rule.id == "us/take-it-down/removal"
    assert {"eu/dsa/notice", "eu/gdpr/erasure", "eu/gdpr/delisting"} <= applied(found)
    assert applied(found).isdisjoint(one.rule.id for one in found.not_applies)


@pytest.mark.parametrize("home", ["CO", "US", "FR", "NG", None])
def test_take_it_down_is_open_to_whoever_asks(home: str | None) -> None:
    situation = Situation(material="intimate_synthetic", role="shown", lives_in=home, consent="never")
    assert "us/take-it-down/removal" in applied(rights(situation, TODAY))


@pytest.mark.parametrize("material", ["personal_data", "account"])
def test_take_it_down_is_for_intimate_images_only(material: str) -> None:
    found = rights(Situation(material=material, role="shown", consent="never"), TODAY)
    assert "intimate images" in why_not(found, "us/take-it-down/removal")


def test_a_performer_who_takes_consent_back_is_told_that_take_it_down_is_not_clearly_for_her() -> None:
    situation = Situation(material="sexual_work", role="shown", lives_in="ES", consent="withdrawn")
    found = rights(situation, TODAY)
    assert "not clearly covered" in why_not(found, "us/take-it-down/removal")
    assert {"eu/gdpr/erasure", "eu/gdpr/consent-withdrawal", "eu/gdpr/objection"} <= applied(found)


def test_forced_images_count_as_published_without_consent() -> None:
    situation = Situation(material="sexual_work", role="shown", lives_in="ES", consent="forced")
    assert "us/take-it-down/removal" in applied(rights(situation, TODAY))


def test_who_agrees_to_the_image_being_there_gets_no_removal_route_and_the_reason() -> None:
    situation = Situation(material="intimate", role="shown", lives_in="FR", consent="given")
    assert why_not(rights(situation, TODAY), "eu/dsa/notice") == "You said that you agree to it being there."


def test_take_it_down_did_not_exist_the_day_before() -> None:
    assert "us/take-it-down/removal" in applied(rights(PICTURE, date(2026, 5, 19)))
    assert "only from 2026-05-19" in why_not(rights(PICTURE, date(2026, 5, 18)), "us/take-it-down/removal")


def test_copyright_is_only_for_who_made_the_picture() -> None:
    author = Situation(material="intimate", role="author", lives_in="FR")
    assert "us/dmca/notice" in applied(rights(author, TODAY))
    assert why_not(rights(PICTURE, TODAY), "us/dmca/notice") == "It is for whoever made the picture."
    assert "us/dmca/notice" not in applied(rights(Situation(material="intimate"), TODAY))


def test_a_removed_account_opens_reasons_complaint_and_an_out_of_court_body() -> None:
    account = Situation(material="account", role="account_holder", lives_in="ES", decision=Decision(on=TODAY))
    found = applied(rights(account, TODAY))
    assert {"eu/dsa/statement-of-reasons", "eu/dsa/internal-complaint", "eu/dsa/out-of-court"} <= found
    assert found.isdisjoint({"eu/dsa/notice", "eu/gdpr/erasure", "us/take-it-down/removal"})


def test_a_rejected_notice_can_be_contested_by_the_person_shown() -> None:
    rejected = Situation(material="intimate", role="shown", lives_in="FR", decision=Decision(on=TODAY))
    assert "eu/dsa/internal-complaint" in applied(rights(rejected, TODAY))
    assert "no decision" in why_not(rights(PICTURE, TODAY), "eu/dsa/internal-complaint")


def test_nothing_published_yet_opens_no_removal_but_still_access() -> None:
    threat = Situation(
        material="intimate", role="shown", lives_in="FR", published="threatened", consent="never"
    )
    found = rights(threat, TODAY)
    assert "online already" in why_not(found, "us/take-it-down/removal")
    assert "eu/gdpr/access" in applied(found)


def test_a_skipped_country_excludes_nothing_and_says_if() -> None:
    nowhere = Situation(material="intimate", role="shown", consent="never")
    found = rights(nowhere, TODAY)
    assert {
        "us/take-it-down/removal",
        "eu/dsa/notice",
        "us-ca/ccpa/delete",
        "uk/osa/intimate-image",
    } <= applied(found)
    assert "if you live in California" in why(found, "us-ca/ccpa/delete")
    sure = {right.rule.id: right.sure for right in found.applies}
    assert sure["us/take-it-down/removal"]
    assert not sure["us-ca/ccpa/delete"]


def test_living_in_the_united_states_is_neither_inside_nor_outside_california() -> None:
    found = rights(Situation(material="intimate", role="shown", lives_in="US"), TODAY)
    assert "if you live in California" in why(found, "us-ca/ccpa/delete")


def test_a_texan_has_no_californian_right() -> None:
    found = rights(Situation(material="intimate", role="shown", lives_in="US-TX"), TODAY)
    assert why_not(found, "us-ca/ccpa/delete") == "It is for people who live in California."


@pytest.mark.parametrize("answer", ["yes", "not_sure"])
def test_somebody_shown_under_18_leaves_no_adult_route(answer: str) -> None:
    situation = Situation(
        material="intimate", role="shown", lives_in="FR", consent="never", shown_under_18=answer
    )
    found = rights(situation, TODAY)
    assert all(one.rule.right == "under_18_route" or one.rule.against == ("court",) for one in found.applies)
    assert not any(one.rule.letter for one in found.applies)
    assert "under 18" in why_not(found, "us/take-it-down/removal")


def test_skipping_that_question_leaves_the_adult_routes_open() -> None:
    situation = Situation(material="intimate", role="shown", lives_in="FR", consent="never")
    assert "eu/gdpr/erasure" in applied(rights(situation, TODAY))


def test_nothing_told_still_opens_rights_and_every_rule_is_accounted_for() -> None:
    found = rights(Situation(), TODAY)
    assert found.applies
    assert not any(right.sure for right in found.applies if right.rule.right == "notice")


def test_take_it_down_reaches_a_covered_platform_offered_in_the_united_states() -> None:
    assert verdict("us/take-it-down/removal", PICTURE, AMERICAN) == Verdict(
        True, rule("us/take-it-down/removal").why, True
    )


def test_it_does_not_reach_a_host_or_a_service_that_is_not_offered_there() -> None:
    host = Addressee(frozenset({"hosting_service"}), "NL", frozenset({"*"}))
    elsewhere = Addressee(frozenset({"covered_platform"}), "JP", frozenset({"JP"}))
    assert "kind of recipient" in str(verdict("us/take-it-down/removal", PICTURE, host).why)
    assert not verdict("us/take-it-down/removal", PICTURE, elsewhere).yes


def test_a_notice_reaches_every_host_offered_in_the_union_wherever_she_lives() -> None:
    from_colombia = Situation(material="intimate", role="shown", lives_in="CO", consent="never")
    host = Addressee(frozenset({"hosting_service"}), "US", frozenset({"EU"}))
    assert verdict("eu/dsa/notice", from_colombia, host).sure
    assert not verdict("eu/dsa/notice", from_colombia, Addressee(host.kinds, "US", frozenset({"US"}))).yes


def test_the_gdpr_reaches_a_controller_in_the_union_or_one_dealing_with_people_there() -> None:
    from_colombia = Situation(material="intimate", role="shown", lives_in="CO")
    cyprus = Addressee(frozenset({"controller"}), "CY")
    assert verdict("eu/gdpr/erasure", from_colombia, cyprus).sure
    assert verdict("eu/gdpr/erasure", PICTURE, AMERICAN).sure
    assert not verdict("eu/gdpr/erasure", from_colombia, AMERICAN).yes


def test_what_is_not_known_of_a_recipient_says_if_and_never_no() -> None:
    from_colombia = Situation(material="intimate", role="shown", lives_in="CO")
    found = verdict("eu/gdpr/erasure", from_colombia, Addressee(frozenset({"controller"})))
    assert found.yes
    assert not found.sure
    assert "if they are established in the European Economic Area" in str(found.why)


def test_a_very_small_platform_need_not_hear_internal_complaints() -> None:
    small = Addressee(frozenset({"online_platform"}), "FR", frozenset({"EU"}), small=True)
    unknown = Addressee(frozenset({"online_platform"}), "FR", frozenset({"EU"}))
    assert not verdict("eu/dsa/internal-complaint", PICTURE, small).yes
    assert verdict("eu/dsa/internal-complaint", PICTURE, unknown) == Verdict(
        True, verdict("eu/dsa/internal-complaint", PICTURE, unknown).why, False
    )


def test_a_rule_reaches_nobody_before_its_day() -> None:
    assert not verdict("us/take-it-down/removal", PICTURE, AMERICAN, date(2026, 5, 18)).yes
