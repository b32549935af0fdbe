"""The letter files: shape by schema, sense by small checks."""

import re

import pytest
from jsonschema import Draft202012Validator

from amparo.claims.letters.compose import blanks_of
from amparo.claims.letters.texts import (
    KINDS,
    LANGUAGES,
    REFUSALS,
    Part,
    languages_of,
    phrases,
    raw,
    schema,
    shared,
    text,
)
from amparo.law import situation
from tests.bundled import for_each

FILES = [(kind, language) for kind in KINDS for language in languages_of(kind)]
CHOICES = {
    "material": set(situation.MATERIALS),
    "role": set(situation.ROLES),
    "consent": set(situation.CONSENTS),
    "published": set(situation.PUBLISHED),
    "name_style": set(situation.NAME_STYLES),
    "extent": set(situation.EXTENTS),
    "relation": set(situation.RELATIONS),
    "sender": set(situation.SENDER_KINDS),
    "acting": {"self", "for_other", "third"},
    "addressee": {"authority"},
    "to": {"first_recipient"},
    "held": {"yes"},
    "refusal": set(REFUSALS),
}


def _all(parts: tuple[Part, ...]) -> list[Part]:
    return [one for part in parts for one in (part, *_all(part.one_of))]


@for_each(FILES, by=lambda pair: pair[1])
def test_a_letter_file_has_the_shape_of_the_schema(kind: str, language: str) -> None:
    held = raw(kind, language)
    Draft202012Validator(schema()).validate(held)
    assert (held["kind"], held["language"]) == (kind, language)


@pytest.mark.parametrize("language", LANGUAGES)
def test_shared_paragraphs_have_the_shape_of_the_schema_too(language: str) -> None:
    parts = {**schema(), **schema()["$defs"]["parts"], "$defs": schema()["$defs"]}
    for name in ("title", "required", "properties", "additionalProperties"):
        parts.pop(name, None)
    parts["type"] = "array"
    for held in shared(language).values():
        Draft202012Validator(parts).validate(held)


@for_each(FILES, by=lambda pair: pair[1])
def test_conditions_ask_only_for_values_that_exist(kind: str, language: str) -> None:
    for part in _all(text(kind, language).parts):
        for name, values in (*part.when.items(), *part.unless.items()):
            assert set(values) <= CHOICES.get(name, set(values)), (name, values)


@pytest.mark.parametrize("kind", KINDS)
def test_a_letter_says_the_same_in_every_language(kind: str) -> None:
    """Same parts in the same order: elements, conditions, confirmations and blanks."""

    def bones(language: str) -> list[object]:
        return [
            (part.element, dict(part.when), dict(part.unless), part.needs, sorted(blanks_of(part.text)))
            for part in _all(text(kind, language).parts)
            if part.text not in ("Madame, Monsieur,",)
        ]

    for language in languages_of(kind):
        assert bones(language) == bones("en"), language


@for_each(FILES, by=lambda pair: pair[1])
def test_every_blank_of_a_letter_has_a_name_in_its_language(kind: str, language: str) -> None:
    small = phrases(language)
    always = {"recipient", "places", "material", "within", "cite", "contact", "every_contact"}
    sometimes = {"reason", "reference", "answered_on", "answer_due_on", "why_wrong"}
    sometimes |= {"decision_reference", "decision_ground", "refusal_said"}
    for part in _all(text(kind, language).parts):
        assert set(blanks_of(part.text)) - always - sometimes <= set(small.blanks)


@for_each(FILES, by=lambda pair: pair[1])
def test_no_statute_number_stands_in_a_letter(kind: str, language: str) -> None:
    for part in _all(text(kind, language).parts):
        assert not re.search(r"\d", blanks_gone(part.text)), part.text


def blanks_gone(said: str) -> str:
    return re.sub(r"\{\w+\}", "", said)
