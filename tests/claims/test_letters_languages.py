"""Every letter in every language leaves whole: as text, mail and page; nothing open, no English left."""

import email
import re
from email.policy import default

import pytest

from amparo.claims import render
from amparo.claims.letters import KINDS, letter
from amparo.claims.letters.facts import said_of_number
from amparo.claims.letters.texts import LANGUAGES, languages_of, phrases
from tests.bundled import for_each
from tests.claims.letter_facts import FULL, NOW, PLACES, step_of
from tests.claims.test_letters import _situation, _step

OTHERS = [(kind, one) for kind in KINDS for one in languages_of(kind) if one != "en"]
ENGLISH = re.compile(r"\b(the|this|that|please|which|your|with|and|from|my)\b", re.IGNORECASE)
HER_OWN = (
    "a video of two minutes, a person with blue hair",
    "the video “Blue”, made by me in 2024",
    "a copy of a passport",
)


@for_each(OTHERS, by=lambda pair: pair[1])
def test_no_english_is_left_and_no_blank_open(kind: str, language: str) -> None:
    made = letter(_situation(kind), _step(kind), language=language, now=NOW)
    ours = made.body.split("* * *")[0]  # a mandate's second language may be English
    for said in HER_OWN:
        ours = ours.replace(said, "")
    assert not ENGLISH.search(f"{made.subject}\n{ours}")
    assert "[" not in made.body
    assert ".." not in made.body


@for_each(OTHERS, by=lambda pair: pair[1])
def test_a_mail_holds_each_letter_word_for_word(kind: str, language: str) -> None:
    made = letter(_situation(kind), _step(kind), language=language, now=NOW)
    mail = email.message_from_bytes(render.eml(made, from_address=None, now=NOW), policy=default)
    assert mail.get_content().replace("\r\n", "\n") == made.body + "\n"
    assert mail["Subject"] == made.subject
    assert render.text(made).startswith(made.subject)


@pytest.mark.parametrize("language", [one for one in LANGUAGES if one != "en"])
def test_each_kind_sets_as_a_page(language: str) -> None:
    for kind in KINDS:
        if language in languages_of(kind):
            made = letter(_situation(kind), _step(kind), language=language, now=NOW)
            assert render.pdf(made, now=NOW).startswith(b"%PDF")


def test_latin_names_and_addresses_are_isolated_in_arabic_and_links_stay_as_they_are() -> None:
    body = letter(FULL, step_of("eu/gdpr/erasure"), language="ar", now=NOW).body
    assert "\u2068ana@example.org\u2069" in body
    assert all(f"- {place}" in body.split("\n") for place in PLACES)


@pytest.mark.parametrize(
    ("n", "said"), [(1, "خلال يوم واحد"), (2, "خلال يومين"), (5, "خلال 5 أيام"), (30, "خلال 30 يومًا")]
)
def test_arabic_counts_days_as_arabic_does(n: int, said: str) -> None:
    assert said_of_number(phrases("ar").within["days"], n).startswith(said)
