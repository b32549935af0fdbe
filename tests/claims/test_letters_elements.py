"""Each element goes missing when its fact is taken away, and the letter says what to fill in."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from amparo.claims.letters import letter
from amparo.claims.letters.elements import LABELS, TO_FILL
from amparo.claims.letters.texts import raw, schema
from amparo.law.situation import Situation
from tests.claims.letter_facts import FULL, NOW, Step, step_of

Change = Callable[[Situation], Situation]


def _without(**fields: object) -> Change:
    return lambda situation: replace(situation, **fields)  # type: ignore[arg-type]


def _sender(**fields: object) -> Change:
    return lambda situation: replace(situation, sender=replace(situation.sender, **fields))  # type: ignore[arg-type]


def _blank(name: str) -> Change:
    return lambda situation: replace(
        situation, blanks={key: value for key, value in situation.blanks.items() if key != name}
    )


def _all(*changes: Change) -> Change:
    def change(situation: Situation) -> Situation:
        for one in changes:
            situation = one(situation)
        return situation

    return change


CASES = [
    ("eu/gdpr/erasure", "who_i_am", _sender(name=None), "name"),
    ("eu/gdpr/erasure", "contact", _sender(email=None, post=None), "email"),
    ("eu/dsa/notice", "good_faith", _sender(good_faith=False), "good_faith"),
    ("us/take-it-down/removal", "signature", _sender(signature=None), "signature"),
    ("us/take-it-down/removal", "non_consent", _without(consent="skip"), "consent"),
    ("us/take-it-down/removal", "good_faith", _without(consent="given"), "consent"),
    ("us/dmca/notice", "perjury_statement", _blank("perjury"), "perjury"),
    ("us/dmca/notice", "work", _all(_blank("work"), _without(describe=None)), "work"),
    ("eu/gdpr/delisting", "search_name", _without(search_names=()), "search_names"),
    ("eu/dsa/internal-complaint", "decision_contested", _without(decision=None), "decision_on"),
    ("eu/gdpr/complaint", "prior_request", _blank("first_request_on"), "first_request_on"),
    ("us-ca/ccpa/delete", "declaration_subject", _sender(good_faith=False), "good_faith"),
]


@pytest.mark.parametrize(("rule", "element", "change", "blank"), CASES, ids=[f"{c[0]}-{c[1]}" for c in CASES])
def test_an_element_goes_missing_with_its_fact(rule: str, element: str, change: Change, blank: str) -> None:
    whole = letter(FULL, step_of(rule), language="en", now=NOW)
    made = letter(change(FULL), step_of(rule), language="en", now=NOW)
    assert element not in whole.missing
    assert element in made.missing
    assert {one.id: one.present for one in made.elements}[element] is False
    assert blank in {one.blank for one in made.to_fill}


@pytest.mark.parametrize(
    ("rule", "element"),
    [
        ("eu/dsa/notice", "location"),
        ("eu/gdpr/delisting", "results_list"),
        ("us/dmca/notice", "location"),
    ],
)
def test_without_an_address_the_place_is_missing(rule: str, element: str) -> None:
    made = letter(FULL, step_of(rule, places=()), language="en", now=NOW)
    assert element in made.missing


def test_an_erasure_asked_of_a_holder_without_a_page_says_what_it_is_and_wherever_it_is_kept() -> None:
    """A recruiter's mail address is no place on the web: her passport scan must go all the same."""
    made = letter(FULL, step_of("eu/gdpr/erasure", places=()), language="en", now=NOW)
    assert made.ready
    assert "wherever you or others working for you keep them" in made.body


def test_where_the_law_takes_any_sufficient_way_to_find_it_a_description_is_enough() -> None:
    made = letter(FULL, step_of("us/take-it-down/removal", places=()), language="en", now=NOW)
    assert made.ready
    assert "Where it is: a video of two minutes" in made.body


def test_an_element_said_without_its_fact_does_not_count() -> None:
    """A name that is only a space leaves the blank open, whatever the paragraph around it says."""
    made = letter(_sender(name="  ")(FULL), step_of("eu/gdpr/erasure"), language="en", now=NOW)
    assert "[name]" in made.body
    assert "who_i_am" in made.missing


def test_an_open_blank_shows_what_belongs_there_in_the_letters_language() -> None:
    made = letter(_sender(email=None, post=None)(FULL), step_of("eu/gdpr/erasure"), language="fr", now=NOW)
    assert "[adresse électronique]" in made.body


def test_an_unconfirmed_statement_keeps_even_an_unasked_element_from_going_out() -> None:
    made = letter(
        _sender(good_faith=False)(FULL), step_of("au/online-safety/image-based-abuse"), language="en", now=NOW
    )
    assert "good_faith" in made.missing


def test_in_australia_an_earlier_agreement_is_no_bar_and_the_letter_does_not_deny_it() -> None:
    made = letter(
        replace(FULL, consent="given"), step_of("au/online-safety/image-based-abuse"), language="en", now=NOW
    )
    assert made.ready
    assert "whatever may have been agreed before" in made.body
    assert "without my agreement" not in made.body


def test_every_element_has_a_name_and_every_blank_a_next_step() -> None:
    asked = schema()["$defs"]["element"]["enum"]
    assert set(asked) == set(LABELS)
    made = letter(Situation(), Step(letter="copyright", places=()), language="en", now=NOW)
    assert {one.blank for one in made.to_fill} <= set(TO_FILL)


def test_an_empty_situation_gives_every_letter_with_blanks_and_never_fails() -> None:
    for kind in ("erasure", "dsa_notice", "take_it_down", "complaint", "mandate", "own_rules"):
        for language in ("en", "fr", "es"):
            made = letter(Situation(), Step(letter=kind, places=()), language=language, now=NOW)
            assert made.missing
            assert raw(kind, language)["kind"] == kind
