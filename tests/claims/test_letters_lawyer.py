"""No letter says more than its sender answered, and each says it to the right reader."""

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest

from amparo.claims import situations
from amparo.claims.letters import letter
from amparo.claims.plan import Step, plan

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
PORNHUB = "https://www.pornhub.com/view_video.php?viewkey=ph1"
HER = {"name": "A. Name", "email": "a@example.org", "good_faith": True}


def written(right: str, language: str = "en", /, *, over: str | None = None, **given: Any) -> str:
    """Gives the letter of the first step by a right; `over` picks the rule by its beginning."""
    situation = situations.parse({"shown_under_18": "no", "sender": HER, **given})
    step = next(
        one
        for one in plan(situation, now=NOW).steps
        if one.right == right and (over is None or (one.rule or "").startswith(over))
    )
    return letter(situation, step, language=language, now=NOW).body


def test_consent_taken_back_is_not_told_as_never_given() -> None:
    given = {"places": [PORNHUB], "material": "intimate", "role": "shown", "consent": "withdrawn"}
    body = written("removal", lives_in="FR", **given)
    assert "never agreed" not in body
    assert "was published without" not in body
    assert "does not consent to its publication" in body
    report = written("removal", lives_in="IN", **given)
    assert "published without my agreement" not in report


@pytest.mark.parametrize(
    ("language", "unsaid", "said"),
    [
        ("en", "no valid agreement", "does not want it published"),
        ("fr", "sans accord valable", "ne veut pas qu'il soit publié"),
        ("es", "sin un consentimiento válido", "no quiere que se publique"),
    ],
)
def test_a_notice_says_nothing_of_agreement_where_she_skipped_it(
    language: str, unsaid: str, said: str
) -> None:
    given = {"places": [PORNHUB], "material": "intimate", "role": "shown", "lives_in": "FR"}
    body = written("notice", language, **given)
    assert unsaid not in body
    assert said in body


@pytest.mark.parametrize("language", ["en", "fr", "es"])
def test_a_worker_who_asks_what_is_held_is_not_said_to_be_in_pictures(language: str) -> None:
    given = {"places": ["https://chaturbate.com/x/"], "material": "sexual_work", "role": "worker"}
    body = written("access", language, lives_in="DE", relation="platform", **given)
    for picture in ("pictures or videos", "images ou vidéos", "imágenes o los vídeos"):
        assert picture not in body


def test_data_a_recruiter_holds_are_not_said_to_be_published() -> None:
    given = {"places": ["privacy@agency.somewhere.net"], "role": "worker", "relation": "recruiter"}
    body = written("complaint", lives_in="RO", consent="never", **given)
    assert "published" not in body


@pytest.mark.parametrize("language", ["en", "fr", "es"])
def test_a_threat_is_reported_as_a_threat(language: str) -> None:
    given = {"material": "intimate", "role": "shown", "lives_in": "AU", "published": "threatened"}
    body = written("removal", language, over="au/", describe="messages of x", **given)
    assert {"en": "threatens", "fr": "menace", "es": "amenaza"}[language] in body
    for online in ("is published online", "publié en ligne", "publicado en línea", "staying online"):
        assert online not in body


def test_an_authority_is_never_told_that_it_is_the_one_complained_of() -> None:
    given = {"places": [PORNHUB], "material": "intimate", "role": "shown", "consent": "never"}
    body = written("complaint", lives_in="FR", **given)
    assert "how you dealt with my request" not in body
    assert "I make a complaint about" in body


def test_a_complaint_says_that_a_time_is_over_only_where_a_time_is_told() -> None:
    given = {
        "places": [PORNHUB],
        "material": "intimate",
        "role": "shown",
        "lives_in": "FR",
        "consent": "never",
    }
    assert "within the time that the law sets" not in written("complaint", **given)
    told = written("complaint", blanks={"answer_due_on": "2026-10-01"}, **given)
    assert "within the time that the law sets" in told


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("Instagram", "l'attention d'Instagram"),
        ("Pornhub", "l'attention de Pornhub"),
        ("Élan", "l'attention d'Élan"),
    ],
)
def test_french_elides_before_a_vowel(name: str, said: str) -> None:
    given = {"places": [PORNHUB], "material": "intimate", "role": "shown", "consent": "never", "sender": HER}
    situation = situations.parse(given)
    step: Step = next(one for one in plan(situation, now=NOW).steps if one.right == "notice")
    step = replace(step, recipient=replace(step.recipient, name=name))
    assert said in letter(situation, step, language="fr", now=NOW).body
