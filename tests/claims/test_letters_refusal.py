"""The answer to a refusal: chosen by the ground they gave, in every language, the same every time."""

from dataclasses import replace

import pytest

from amparo.claims.letters import REFUSALS, Letter, letter
from amparo.claims.letters.texts import languages_of
from tests.claims.letter_facts import FULL, NOW, Step


def _answer(language: str = "en", **blanks: str) -> Letter:
    situation = replace(FULL, blanks={**FULL.blanks, **blanks})
    return letter(situation, Step("refusal_answer", "eu/gdpr/erasure"), language=language, now=NOW)


def _why(made: Letter) -> str:
    return next(part.text for part in made.parts if part.element == "why_wrong")


@pytest.mark.parametrize("language", languages_of("refusal_answer"))
def test_each_ground_has_its_own_answer_and_each_letter_is_complete(language: str) -> None:
    made = [_answer(language, refusal_ground=ground) for ground in REFUSALS]
    assert all(one.ready for one in made)
    assert len({_why(one) for one in made}) == len(REFUSALS)


def test_a_ground_in_their_own_words_is_named_and_not_answered_for_them() -> None:
    why = _why(_answer(refusal_said="Our terms allow it."))
    assert why == "You gave this reason: Our terms allow it.\nIt does not answer the grounds of my request."


def test_without_a_ground_the_answer_says_that_none_was_given() -> None:
    assert "does not say on which law" in _why(_answer())


def test_a_doubt_about_identity_is_met_with_the_proof_she_offers() -> None:
    made = _answer(refusal_ground="identity", identity_offer="an answer from the account's own mail address.")
    assert "I offer this proof: an answer from the account's own mail address." in _why(made)


def test_what_she_says_herself_comes_before_our_words() -> None:
    assert "the picture is mine" in _why(_answer(refusal_ground="fee", why_wrong="the picture is mine"))


def test_the_day_of_the_refusal_is_said_where_it_is_known() -> None:
    assert "On 5 November 2026 you refused it" in _answer(answered_on="2026-11-05").body


@pytest.mark.parametrize("ground", REFUSALS)
def test_no_answer_claims_money_or_tells_a_story(ground: str) -> None:
    body = _answer(refusal_ground=ground).body.lower()
    assert not any(word in body for word in ("damages", "compensation", "euro", "suffer"))
