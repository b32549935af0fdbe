"""What can follow a request: after a refusal, a letter that answers the ground they gave."""

from datetime import datetime
from typing import Any

import pytest

from amparo.claims import events, follow_up, situations
from amparo.claims.acts import REFUSAL_ANSWER, next_acts
from amparo.claims.case import Case
from amparo.claims.letters import REFUSALS, letter
from amparo.claims.plan import plan
from amparo.claims.plan.step import Step
from amparo.claims.status import status
from amparo.web.notes import blanks
from tests.claims.test_status import OPENED, PAGE, case_of, day, replied, sent

HERS = {
    "places": [PAGE],
    "material": "intimate",
    "role": "shown",
    "lives_in": "FR",
    "consent": "never",
    "shown_under_18": "no",
    "sender": {"name": "A. Name", "email": "a@example.org"},
}
NOW = day(3, 11)


def told(**given: Any) -> events.SituationGiven:
    held = situations.parse({**HERS, **given})
    return events.SituationGiven(at=OPENED, situation=situations.to_dict(held))


def ways(case: Case, now: datetime = NOW) -> dict[str | None, Step]:
    return {step.letter: step for step in follow_up.ways(case, case.requests["r1"], now=now)}


def test_a_refusal_can_be_answered_and_taken_further() -> None:
    case = case_of(told(), sent(), replied("refused", day(3, 10)))
    acts = [(act.kind, act.letter) for act in next_acts(case, NOW)]
    assert acts[:2] == [("complain", "complaint"), ("answer", REFUSAL_ANSWER)]
    assert REFUSAL_ANSWER in ways(case)


def test_before_a_refusal_there_is_none_to_answer() -> None:
    assert REFUSAL_ANSWER not in ways(case_of(told(), sent()))


def test_nobody_argues_with_an_authority() -> None:
    asked = sent(right="complaint", rule="eu/gdpr/complaint", letter="complaint", slug="fr-cnil")
    case = case_of(told(), asked, replied("refused", day(3, 10)))
    assert REFUSAL_ANSWER not in ways(case)
    assert REFUSAL_ANSWER not in [act.letter for act in next_acts(case, NOW)]


def test_the_answer_starts_no_time_of_its_own_and_is_offered_once() -> None:
    answer = sent(
        "r2", letter=REFUSAL_ANSWER, right=REFUSAL_ANSWER, answers="r1", sent=day(3, 11), at=day(3, 11)
    )
    case = case_of(told(), sent(), replied("refused", day(3, 10)), answer)
    letters = [act.letter for act in next_acts(case, day(3, 12))]
    assert letters.count(REFUSAL_ANSWER) == 0
    assert "complaint" in letters
    standing = {one.request.id: one.due for one in status(case, day(3, 12)).recipients[0].requests}
    assert standing["r2"] is None


@pytest.mark.parametrize("ground", ["", *REFUSALS])
def test_the_letter_knows_the_days_and_answers_the_ground_she_chose(ground: str) -> None:
    case = case_of(told(blanks={"refusal_ground": ground}), sent(), replied("refused", day(3, 10)))
    situation = follow_up.situation_of(case, case.requests["r1"], now=NOW)
    made = letter(situation, ways(case)[REFUSAL_ANSWER], language="en", now=NOW)
    assert made.ready
    assert "On 2 March 2026 I sent you a request. On 10 March 2026 you refused it" in made.body


def test_the_page_can_ask_for_each_ground_that_has_an_answer() -> None:
    offered = [value for value, _, _ in blanks.BLANKS["refusal_ground"].choices]
    assert set(offered) == {"", *REFUSALS}


@pytest.mark.parametrize(
    ("kind", "asked"),
    [
        (REFUSAL_ANSWER, {"refusal_ground", "refusal_said", "why_wrong"}),
        ("rectification", {"what_is_wrong", "what_is_right"}),
        ("portability", {"transmit_to"}),
    ],
)
def test_the_page_asks_for_the_blanks_of_a_letter(kind: str, asked: set[str]) -> None:
    assert blanks.MAY_SAY[kind] == asked
    assert asked <= set(blanks.BLANKS)


def test_where_they_doubt_who_she_is_the_page_asks_what_she_offers() -> None:
    case = case_of(told(blanks={"refusal_ground": "identity"}), sent(), replied("refused", day(3, 10)))
    situation = follow_up.situation_of(case, case.requests["r1"], now=NOW)
    made = letter(situation, ways(case)[REFUSAL_ANSWER], language="en", now=NOW)
    assert "identity_offer" in {one.blank.name for one in blanks.shown(situation, made)}


@pytest.mark.parametrize(
    ("home", "rule", "authority"),
    [
        ("KR", "kr/pipa/erasure", "kr-pipc"),
        ("AR", "ar/ley-25326/erasure", "ar-aaip"),
        ("CH", "ch/fadp/erasure", "ch-fdpic"),
        ("BR", "br/lgpd/erasure", "br-anpd"),
        ("CA-QC", "ca-qc/private-sector/erasure", "ca-qc-cai"),
        ("FR", "eu/gdpr/erasure", "fr-cnil"),
    ],
)
def test_a_refusal_leads_to_the_data_authority_of_where_she_lives(
    home: str, rule: str, authority: str
) -> None:
    case = case_of(told(lives_in=home), sent(rule=rule, place=home), replied("refused", day(3, 10)))
    assert ways(case)["complaint"].recipient.slug == authority


def test_outside_the_union_a_gdpr_complaint_goes_to_where_the_recipient_sits() -> None:
    asked = sent(place="CY", slug="aylo-freesites")
    case = case_of(told(lives_in="KR"), asked, replied("refused", day(3, 10)))
    assert ways(case)["complaint"].recipient.slug == "cy-cpdp"


# To correct and to take along


@pytest.mark.parametrize(
    "given",
    [{"role": "worker", "relation": "recruiter"}, {"role": "account_holder"}],
    ids=["a worker", "the holder of an account"],
)
def test_who_asks_for_data_may_correct_it_and_take_it_along(given: dict[str, str]) -> None:
    facts = {"places": [PAGE], "material": "personal_data", "lives_in": "FR", **given}
    found = plan(situations.parse(facts), now=NOW)
    beside = {s.right: s for s in found.steps if s.right in ("rectification", "portability")}
    assert {right: (s.phase, s.chosen, s.letter) for right, s in beside.items()} == {
        "rectification": ("later", False, "rectification"),
        "portability": ("later", False, "portability"),
    }


def test_the_common_plan_has_neither() -> None:
    found = plan(situations.parse(HERS), now=NOW)
    assert not {"rectification", "portability"} & {step.right for step in found.steps}


def test_an_account_taken_down_keeps_its_own_way() -> None:
    facts = {**HERS, "material": "account", "role": "account_holder", "decision": {"reference": "A"}}
    rights = {step.right for step in plan(situations.parse(facts), now=NOW).steps}
    assert "internal_complaint" in rights
    assert "rectification" not in rights
