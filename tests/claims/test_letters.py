"""Letters: deterministic, complete, in the recipient's language, and never out with something missing."""

import os
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from time import perf_counter

import pytest

from amparo.claims import letters
from amparo.claims.letters import KINDS, letter
from amparo.claims.letters.choose import kind_of
from amparo.claims.letters.texts import ALIASES, VARIANTS, languages_of
from amparo.claims.plan import Recipient
from amparo.errors import Refused
from amparo.law import rules
from amparo.law.situation import Sender, Situation
from amparo.words import words
from tests.bundled import for_each
from tests.claims.letter_facts import BY_ORGANISATION, FULL, NOW, PLACES, Step, mail_to, step_of

EXPECTED = Path(__file__).parent / "letters_expected"
WITH_LETTER = sorted(id for id, rule in rules.rules().items() if rule.letter)
OWN_RULE_OF_KIND = {
    "erasure": "eu/gdpr/erasure",
    "access": "eu/gdpr/access",
    "objection": "eu/gdpr/objection",
    "delisting": "eu/gdpr/delisting",
    "dsa_notice": "eu/dsa/notice",
    "take_it_down": "us/take-it-down/removal",
    "intimate_image_report": "uk/osa/intimate-image",
    "copyright": "us/dmca/notice",
    "complaint": "eu/gdpr/complaint",
    "internal_complaint": "eu/dsa/internal-complaint",
    "out_of_court": "eu/dsa/out-of-court",
    "ccpa_delete": "us-ca/ccpa/delete",
    "restriction": "eu/gdpr/restriction",
    "reasons": "eu/dsa/statement-of-reasons",
    "counter_notice": "us/dmca/counter-notice",
    "reminder": "eu/gdpr/erasure",
    "id_answer": "eu/gdpr/erasure",
    "consent_withdrawal": "eu/gdpr/consent-withdrawal",
    "refusal_answer": "eu/gdpr/erasure",
}
GIVEN = {
    "rectification": {"what_is_wrong": "age 45", "what_is_right": "age 31"},
    "portability": {"transmit_to": "Other Ltd"},
    "refusal_answer": {"refusal_ground": "expression"},
}


def letters_of(rule: str) -> tuple[str, ...]:
    return languages_of(kind_of(step_of(rule)))


def _situation(kind: str) -> Situation:
    if kind == "mandate":
        return BY_ORGANISATION
    return replace(FULL, blanks={**FULL.blanks, **GIVEN.get(kind, {})})


def _step(kind: str) -> Step:
    asked = {shown: letter for (letter, _), shown in VARIANTS.items()}.get(kind, kind)
    return Step(letter=asked, rule=OWN_RULE_OF_KIND.get(kind))


@pytest.mark.parametrize(
    ("kind", "language"), [(kind, language) for kind in KINDS for language in languages_of(kind)]
)
def test_each_letter_reads_as_expected(kind: str, language: str) -> None:
    """Golden texts: AMPARO_WRITE_EXPECTED=1 writes them anew; read the difference before you commit it."""
    made = letter(_situation(kind), _step(kind), language=language, now=NOW)
    said = f"{made.subject}\n\n{made.body}\n"
    path = EXPECTED / f"{language}-{kind}.txt"
    if os.environ.get("AMPARO_WRITE_EXPECTED"):
        path.write_text(said, encoding="utf-8")
    assert made.kind == kind
    assert said == path.read_text(encoding="utf-8")
    assert made.missing == ()


@for_each(
    [(rule, language) for rule in WITH_LETTER for language in letters_of(rule)],
    by=lambda pair: pair[0].partition("/")[0],
)
def test_every_element_a_rule_asks_for_is_in_its_letter(rule: str, language: str) -> None:
    made = letter(FULL, step_of(rule), language=language, now=NOW)
    present = {one.id for one in made.elements if one.present}
    assert set(rules.rule(rule).request_elements) <= present
    assert made.ready
    assert "[" not in made.body


@for_each([id for id in WITH_LETTER if rules.rule(id).mandate != "none"], by=lambda id: id.partition("/")[0])
def test_every_letter_works_for_an_organisation_with_a_mandate(rule: str) -> None:
    situation = replace(
        BY_ORGANISATION, blanks={**FULL.blanks, "her_signature": "Ana", "her_good_faith": "yes"}
    )
    situation = replace(situation, sender=replace(situation.sender, post="1 rue X", phone="+33 1"))
    made = letter(situation, step_of(rule), language="en", now=NOW)
    lacking = set(made.missing)
    assert lacking == set()
    assert "Casa Azul" in made.body
    assert "show me" not in made.body


def test_the_same_facts_give_the_same_text() -> None:
    first = letter(FULL, step_of("eu/gdpr/erasure"), language="fr", now=NOW)
    assert first == letter(FULL, step_of("eu/gdpr/erasure"), language="fr", now=NOW)


def test_no_letter_has_a_number_of_a_law_in_its_own_words() -> None:
    """Citations come from the rule; without a rule there is none."""
    for kind in KINDS:
        body = letter(FULL, Step(letter=_step(kind).letter), language="en", now=NOW).body
        assert not any(word in body for word in ("GDPR", "Article", "Art.", "USC", "DSA", "§"))


@pytest.mark.parametrize("word", ["victim", "victime", "víctima", "survivor", "trafficking"])
def test_no_letter_calls_anybody_a_victim(word: str) -> None:
    for kind in KINDS:
        for language in languages_of(kind):
            assert word not in letter(FULL, _step(kind), language=language, now=NOW).body.lower()


def test_the_time_asked_for_is_that_of_the_rule() -> None:
    assert "within one month" in letter(FULL, step_of("eu/gdpr/erasure"), language="en", now=NOW).body
    assert "within 48 hours" in letter(FULL, step_of("us/take-it-down/removal"), language="en", now=NOW).body


def test_a_law_without_a_number_gives_no_number_in_the_letter() -> None:
    body = letter(FULL, step_of("eu/dsa/notice"), language="en", now=NOW).body
    assert "without undue delay" in body
    assert "hours" not in body


def test_the_citation_is_the_rules_basis_in_the_letters_language() -> None:
    assert (
        "Legal basis: GDPR Art. 17." in letter(FULL, step_of("eu/gdpr/erasure"), language="en", now=NOW).body
    )
    assert (
        "Fondement : RGPD art. 17." in letter(FULL, step_of("eu/gdpr/erasure"), language="fr", now=NOW).body
    )


def test_erasure_withdraws_consent_objects_and_asks_for_the_list_of_recipients() -> None:
    body = letter(FULL, step_of("eu/gdpr/erasure"), language="en", now=NOW).body
    assert "consent given earlier is withdrawn" in body
    assert "I also object" in body
    assert "send me the list of these recipients" in body


def test_access_says_that_its_purpose_is_to_know_and_check_and_claims_no_money() -> None:
    body = letter(FULL, step_of("eu/gdpr/access"), language="en", now=NOW).body
    assert "My purpose is to know what is processed, to check whether it is lawful" in body
    assert not any(word in body.lower() for word in ("damages", "compensation", "court"))


def test_a_notice_asks_not_to_be_named_to_whoever_posted_it() -> None:
    body = letter(FULL, step_of("eu/dsa/notice"), language="en", now=NOW).body
    assert "do not name me in the statement of reasons" in body


def test_every_address_stands_word_for_word_on_its_own_line() -> None:
    body = letter(FULL, step_of("eu/gdpr/erasure"), language="es", now=NOW).body
    assert all(f"- {place}" in body.split("\n") for place in PLACES)


def test_parts_or_the_whole_are_said_as_she_chose() -> None:
    parts = letter(FULL, step_of("eu/gdpr/erasure"), language="en", now=NOW).body
    whole = letter(replace(FULL, extent="whole"), step_of("eu/gdpr/erasure"), language="en", now=NOW).body
    assert "the parts that show me" in parts
    assert "the whole of each picture" in whole


def test_a_stage_name_signs_and_the_civil_name_is_kept_back() -> None:
    stage = replace(FULL, name_style="stage", sender=replace(FULL.sender, name="Luna", signature="Luna"))
    body = letter(stage, step_of("eu/gdpr/erasure"), language="en", now=NOW).body
    assert "I am Luna." in body
    assert "my civil name only where the law requires it" in body


def test_a_letter_for_somebody_names_the_mandate_and_encloses_it() -> None:
    made = letter(BY_ORGANISATION, step_of("eu/gdpr/erasure"), language="en", now=NOW)
    assert "Casa Azul writes to you for Ana Pérez." in made.body
    assert "valid until 1 March 2027" in made.body
    assert made.encloses == ("mandate",)


def test_nothing_goes_out_on_a_mandate_that_has_ended() -> None:
    ended = replace(BY_ORGANISATION.sender, mandate_until=date(2026, 11, 22))
    made = letter(replace(BY_ORGANISATION, sender=ended), step_of("eu/gdpr/erasure"), language="en", now=NOW)
    assert "authority_to_act" in made.missing
    assert any("mandate" in str(one.words) for one in made.to_fill)


def test_a_law_that_wants_her_own_signature_gets_a_letter_in_her_own_name() -> None:
    made = letter(
        BY_ORGANISATION, step_of("us/take-it-down/removal", own_signature=True), language="en", now=NOW
    )
    assert "My name is Ana Pérez." in made.body
    assert made.own_signature
    assert {"signature", "good_faith"} <= set(made.missing)


def test_where_the_law_allows_no_mandate_the_organisations_own_letter_stays_incomplete() -> None:
    made = letter(BY_ORGANISATION, step_of("us/dmca/counter-notice"), language="en", now=NOW)
    assert "authority_to_act" in made.missing


def test_a_letter_gives_away_one_way_to_reach_her_unless_the_law_wants_more() -> None:
    erasure = letter(FULL, step_of("eu/gdpr/erasure"), language="en", now=NOW).body
    notice = letter(FULL, step_of("us/dmca/notice"), language="en", now=NOW).body
    assert "ana@example.org" in erasure
    assert "75001" not in erasure
    assert "+33" not in erasure
    assert "75001" in notice


def test_a_trusted_flagger_may_give_notice_for_somebody_it_does_not_name() -> None:
    flagger = replace(
        FULL,
        sender=Sender(
            kind="trusted_flagger", organisation="Hotline X", email="x@example.org", good_faith=True
        ),
    )
    made = letter(flagger, step_of("eu/dsa/notice"), language="en", now=NOW)
    assert made.ready
    assert "Hotline X sends you this message for the person shown" in made.body


def test_the_mandate_is_in_two_languages_with_end_and_way_out() -> None:
    made = letter(BY_ORGANISATION, Step(letter="mandate", places=()), language="en", now=NOW)
    assert (made.language, made.other_language) == ("en", "es")
    assert "valid until 1 March 2027" in made.body
    assert "válido hasta el 1 de marzo de 2027" in made.body
    assert "I may withdraw it at any time" in made.body


@pytest.mark.parametrize(
    ("lives_in", "hers", "expected"), [("ES", ("en",), "es"), ("DE", ("en",), "de"), (None, ("en",), "fr")]
)
def test_the_mandates_second_language_is_hers_or_that_of_the_authority_where_she_lives(
    lives_in: str | None, hers: tuple[str, ...], expected: str
) -> None:
    situation = replace(BY_ORGANISATION, lives_in=lives_in, languages=hers)
    made = letter(situation, Step(letter="mandate", places=()), language="en", now=NOW)
    assert made.other_language == expected


def test_a_name_that_ends_with_a_stop_gets_no_second_one() -> None:
    inc = replace(FULL, sender=replace(FULL.sender, name="A. Name Jr."))
    body = letter(inc, step_of("eu/gdpr/erasure"), language="en", now=NOW).body
    assert "My name is A. Name Jr.\n" in body


@pytest.mark.parametrize(
    ("language", "said"), [("de", "Rechtsgrundlage: Art. 17 DSGVO."), ("it", "Base giuridica: art. 17 GDPR.")]
)
def test_a_citation_is_in_the_order_of_the_language(language: str, said: str) -> None:
    assert said in letter(FULL, step_of("eu/gdpr/erasure"), language=language, now=NOW).body


def test_a_mandate_without_an_end_gets_one() -> None:
    open_end = replace(BY_ORGANISATION, sender=replace(BY_ORGANISATION.sender, mandate_until=None))
    made = letter(open_end, Step(letter="mandate"), language="en", now=NOW)
    assert made.ready
    assert "valid until 23 November 2027" in made.body


def test_a_reminder_needs_the_first_date_and_not_the_elements_of_the_first_letter() -> None:
    made = letter(FULL, Step(letter="reminder", rule="eu/gdpr/erasure"), language="en", now=NOW)
    assert made.ready
    assert "I wrote to you on 1 October 2026." in made.body
    assert "recipients_told" not in {one.id for one in made.elements}


def test_a_complaint_to_an_authority_says_about_whom_and_asks_it_to_give_orders() -> None:
    about = replace(
        FULL, blanks={**FULL.blanks, "first_recipient": "Other Ltd", "answer_due_on": "2026-11-02"}
    )
    made = letter(about, step_of("eu/gdpr/complaint"), language="fr", now=NOW)
    assert made.subject == "Réclamation concernant Other Ltd"
    assert "Le 1er octobre 2026, j'ai adressé une demande à Other Ltd." in made.body
    assert "Le délai de réponse a pris fin le 2 novembre 2026." in made.body
    assert "d'ordonner à Other Ltd" in made.body


def test_a_threat_asks_to_keep_the_evidence_and_to_prevent_posting() -> None:
    threat = replace(FULL, published="threatened", places=(), consent="skip", extent="skip")
    made = letter(threat, Step(letter="account_keep_evidence", places=()), language="en", now=NOW)
    assert made.kind == ALIASES["account_keep_evidence"]
    assert "keep the account's messages and records as evidence" in made.body
    assert made.ready


def test_a_report_names_the_rule_the_recipient_published() -> None:
    named = replace(FULL, blanks={**FULL.blanks, "own_rule": "https://tube.example.com/rules"})
    body = letter(named, Step(letter="own_rules"), language="fr", now=NOW).body
    assert "la règle que vous avez publiée ici : https://tube.example.com/rules" in body


def test_a_recruiters_mail_address_is_no_place_where_data_are_shown() -> None:
    worker = replace(FULL, relation="recruiter", material="personal_data", role="worker", describe=None)
    made = letter(
        worker, Step("access", "eu/gdpr/access", places=("privacy@jobs.example.com",)), language="en", now=NOW
    )
    assert "privacy@jobs.example.com" not in made.body
    assert "copies of identity documents" in made.body


def test_data_that_somebody_keeps_are_erased_wherever_they_are_kept() -> None:
    worker = replace(FULL, relation="recruiter", material="personal_data", role="worker", describe=None)
    step = Step("erasure", "eu/gdpr/erasure", places=("privacy@jobs.example.com",))
    made = letter(worker, step, language="en", now=NOW)
    assert made.ready
    assert "wherever you or others working for you keep them" in made.body
    assert "no longer needed for the purpose" in made.body


def test_a_recipient_without_a_name_is_written_to_all_the_same() -> None:
    nobody = Recipient(None, "the app of the threat", "platform", words("the app of the threat"))
    made = letter(FULL, Step("own_rules", recipient=nobody), language="en", now=NOW)
    assert made.body.startswith("To whom it may concern:")


@pytest.mark.parametrize(
    ("reads", "hers", "expected"),
    [
        (("fr",), ("es",), "fr"),
        (("de",), ("fr",), "de"),
        (("ja",), ("fr",), "en"),
        (("en", "fr"), ("fr",), "fr"),
        (("en", "fr"), ("ar",), "en"),
        ((), ("es",), "en"),
        (("fr-FR", "de"), (), "fr"),
    ],
)
def test_a_letter_goes_out_in_a_language_the_recipient_reads(
    reads: tuple[str, ...], hers: tuple[str, ...], expected: str
) -> None:
    channel = mail_to("a@example.com")
    channel.languages = reads
    assert letters.language_for(Step("erasure", channel=channel), replace(FULL, languages=hers)) == expected


def test_text_from_outside_cannot_break_a_letter_or_turn_it_around() -> None:
    odd = replace(FULL, describe="a\r\nBcc: x@example.com \u202egnirts {name} {0}")
    made = letter(odd, step_of("eu/gdpr/erasure"), language="en", now=NOW)
    assert "a Bcc: x@example.com gnirts {name} {0}" in made.body


def test_a_step_without_a_letter_is_refused_in_words() -> None:
    with pytest.raises(Refused) as refused:
        letter(FULL, Step(letter=None), language="en", now=NOW)
    assert str(refused.value.what) == "This step has no letter."


def test_a_language_without_letters_is_refused() -> None:
    with pytest.raises(Refused):
        letter(FULL, step_of("eu/gdpr/erasure"), language="xx", now=NOW)


def test_no_text_claims_a_reader_it_did_not_have() -> None:
    assert not letter(FULL, step_of("eu/gdpr/erasure"), language="en", now=NOW).reviewed


def test_five_hundred_addresses_stand_in_one_letter_within_the_time_of_a_page() -> None:
    many = tuple(f"https://tube.example.com/{n}" for n in range(500))
    letter(FULL, step_of("eu/gdpr/erasure"), language="en", now=NOW)
    start = perf_counter()
    for kind in KINDS:
        made = letter(replace(FULL, places=many), replace(_step(kind), places=many), language="en", now=NOW)
        assert made.body
    assert perf_counter() - start < 0.5
    made = letter(FULL, step_of("eu/gdpr/erasure", places=many), language="en", now=NOW)
    assert made.ready
    assert made.body.count("https://") == 500


def test_the_day_before_a_law_changed_its_time_the_letter_asks_for_the_old_one() -> None:
    """India: two hours from 20 February 2026, twenty-four before."""
    changed = NOW.replace(year=2026, month=2, day=20)
    new = letter(FULL, step_of("in/it-rules/intimate-image"), language="en", now=changed)
    old = letter(FULL, step_of("in/it-rules/intimate-image"), language="en", now=changed - timedelta(days=1))
    assert "within 2 hours" in new.body
    assert "within 24 hours" in old.body


def test_what_is_still_to_fill_in_is_asked_once() -> None:
    made = letter(replace(FULL, consent="skip"), step_of("us/take-it-down/removal"), language="en", now=NOW)
    asked = [str(one.words) for one in made.to_fill]
    assert asked
    assert len(asked) == len(set(asked))
