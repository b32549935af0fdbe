"""Few questions, each with its reason, none twice."""

from amparo.claims.questions import MOST, questions
from amparo.law.situation import Situation


def asked(**known: object) -> list[str]:
    return [one.field for one in questions(Situation(**known))]  # type: ignore[arg-type]


def test_a_first_link_brings_six_questions_with_age_first():
    first = asked(places=("https://x.com/a",))
    assert len(first) <= MOST
    assert first == ["shown_under_18", "material", "role", "consent", "lives_in", "extent"]


def test_every_question_says_why_and_what_it_changes():
    for one in questions(Situation(places=("https://x.com/a",))):
        assert str(one.why)
        assert str(one.changes)
        assert one.form != "choice" or len(one.choices) >= 2


def test_under_18_or_not_sure_asks_only_for_the_country():
    assert asked(shown_under_18="not_sure") == ["lives_in"]
    assert asked(shown_under_18="yes", lives_in="FR") == []


def test_nothing_is_asked_twice():
    known = {
        "shown_under_18": "no", "material": "intimate", "role": "shown", "consent": "never",
        "lives_in": "FR", "extent": "whole",
    }  # fmt: skip
    assert asked(**known) == []


def test_a_wrongly_removed_account_is_asked_for_the_day_and_not_for_ages():
    assert asked(material="account", role="account_holder", lives_in="ES") == ["decision.on"]


def test_a_worker_is_asked_who_holds_the_data():
    assert asked(material="personal_data", role="worker", lives_in="ES") == ["relation"]


def test_nobody_is_asked_whether_she_is_a_victim_or_for_papers():
    said = " ".join(
        f"{q.asks} {q.why} {q.changes}" for q in questions(Situation(places=("https://x.com/a",)))
    )
    assert "victim" not in said.lower()
    assert "passport" not in said.lower()
