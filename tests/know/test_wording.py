"""What the word-list check hears and what it lets pass: use and mention, negation, figures, doors."""

import pytest

from amparo.know.wording import Checked, check
from amparo.know.wording_language import guessed
from tests.know.campaigns import CAMPAIGN, corpus

QUOTES = {"en": "“{}”", "es": "«{}»", "fr": "« {} »", "ro": "„{}”"}
CRITIQUE = {
    "en": "It is a stereotype, repeated everywhere: {}",
    "es": "Es un estereotipo que se repite: {}",
    "fr": "C'est un stéréotype que l'on répète : {}",
    "ro": "Este un stereotip care se repetă: {}",
}
SAID = {
    "en": "We rescue girls from modern slavery",
    "es": "Rescatamos a niñas de la esclavitud",
    "fr": "Nous sauvons des filles de l'esclavage moderne",
    "ro": "Salvăm fete din sclavia modernă",
}
LANGUAGES = list(QUOTES)


def families(text: str, code: str = "en") -> set[str]:
    return {one.family for one in check(text, code).findings}


def missing(text: str, code: str = "en") -> set[str]:
    return {one.family.removeprefix("positive:") for one in check(text, code).missing}


@pytest.mark.parametrize("code", LANGUAGES)
def test_the_same_words_speak_when_said_and_are_silent_when_quoted(code):
    assert {"rescue", "slavery_spectacle"} <= families(SAID[code] + ".", code)
    assert families(QUOTES[code].format(SAID[code]) + ".", code) == set()
    assert families(f'The words were "{SAID[code]}".', code) == set()


@pytest.mark.parametrize("code", LANGUAGES)
def test_a_block_quote_code_and_a_footnote_are_mentioned_not_said(code):
    assert families(f"> {SAID[code]}.\n> {SAID[code]}.", code) == set()
    assert families(f"`{SAID[code]}`", code) == set()
    assert families(f"```\n{SAID[code]}\n```", code) == set()
    assert families(f"[^1]: {SAID[code]}, 2019.", code) == set()


@pytest.mark.parametrize("code", LANGUAGES)
def test_a_sentence_that_criticises_the_words_is_silent(code):
    assert families(CRITIQUE[code].format(SAID[code]), code) == set()


@pytest.mark.parametrize("code", LANGUAGES)
def test_the_authors_own_mark_covers_its_paragraph_or_alone_the_next_one(code):
    assert families(f"{SAID[code]}. <!-- amparo-mention -->", code) == set()
    assert families(f"<!-- amparo-mention -->\n\n{SAID[code]}.", code) == set()
    assert families(f"<!-- amparo-mention -->\n\n{SAID[code]}.\n\n{SAID[code]}.", code) != set()


def test_an_apostrophe_opens_no_quotation():
    assert families("The girls' home can't help: we rescue girls from the workers' camp.") == {"rescue"}


def test_single_and_nested_quotation_marks_are_quotations():
    assert families("They said 'we rescue girls' and left.") == set()
    assert families("They said ‘we don’t rescue girls’ and left.") == set()


@pytest.mark.parametrize(
    ("code", "said"),
    [
        ("en", "We do not rescue girls."), ("en", "Nobody is a slave."), ("en", "She isn't a prostitute."),
        ("es", "No rescatamos a nadie."), ("es", "Nunca salvamos a mujeres."), ("es", "Sin víctimas."),
        ("fr", "Nous ne sauvons personne."), ("fr", "Elle n'est pas une victime."), ("fr", "Aucun esclave."),
        ("ro", "Nu salvăm fete."), ("ro", "Nimeni nu e sclav."), ("ro", "Fără victime."),
    ],
)  # fmt: skip
def test_what_is_denied_is_not_said(code, said):
    assert families(said, code) == set()


@pytest.mark.parametrize(
    ("code", "said", "family"),
    [
        ("en", "She is not a criminal but a victim.", "status_label"),
        ("es", "No es una delincuente, sino una víctima.", "status_label"),
        ("fr", "Elle n'est pas coupable mais victime.", "status_label"),
        ("ro", "Nu e infractoare, ci victimă.", "status_label"),
        ("en", "Do not go abroad.", "migration_danger"),
        ("es", "Las mujeres no están en venta.", "slavery_spectacle"),
    ],
)
def test_a_negation_reaches_no_further_than_but_and_some_rules_are_denials_themselves(code, said, family):
    assert family in families(said, code)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("We save girls.", "We save boys."), ("She is a victim.", "He is a victim."),
        ("Prostituted women spoke.", "Prostituted men spoke."),
        ("40,000 women are held.", "40,000 men are held."),
    ],
)  # fmt: skip
def test_what_is_said_of_women_is_heard_when_said_of_men(one, other):
    assert families(one) == families(other) != set()


@pytest.mark.parametrize(
    "said",
    [
        "The Modern Slavery Act 2015 asks for a statement.",
        "Save the Children and the Modern Slavery Helpline answer.",
        "Directive 2012/29/EU gives victims an interpreter.",
        "The Protocol to Prevent, Suppress and Punish Trafficking in Persons, Especially Women and Children.",
    ],
)
def test_names_of_laws_and_organisations_are_not_their_authors_words(said):
    assert families(said) == set()


def test_a_law_in_small_letters_is_no_name():
    assert families("They fight modern slavery act by act.") == {"slavery_spectacle"}


@pytest.mark.parametrize("heading", ["## References", "References", "Sources:"])
def test_titles_in_a_list_of_references_are_silent_and_the_text_after_it_is_not(heading):
    listed = f"{heading}\n\n- Smith, Modern slavery and its victims\n- Rescue, 2009\n"
    assert families(listed) == set()
    assert families(f"{listed}\n## What we do\n\nWe rescue girls.") == {"rescue"}


def test_a_reference_of_a_list_is_silent_without_a_heading_too():
    assert families("- Lee (2011). Rescuing modern slaves. https://example.org/1") == set()


def test_under_a_heading_that_says_myth_and_in_a_list_of_words_to_avoid_nothing_speaks():
    assert families("### Myth 3\n\nPimps lure innocent girls.") == set()
    assert families("Words we avoid:\n- rescue\n- modern slaves\n- the illegals") == set()
    assert families("What we do:\n- rescue\n") == {"rescue"}


def test_a_passage_over_the_end_of_a_line_is_found_and_one_over_a_paragraph_is_not():
    assert families("modern\nslavery") == {"slavery_spectacle"}
    assert families("It could be\n\nyour daughter") == set()


def test_accents_and_kinds_of_apostrophe_do_not_matter():
    assert families("Las victimas", "es") == families("Las VÍCTIMAS", "es") == {"status_label"}
    assert families("Victimele si sclavele", "ro") == families("Victimele și sclavele", "ro")
    assert families("l’esclavage", "fr") == families("l'esclavage", "fr") == {"slavery_spectacle"}
    assert families("şclavie sclavia fără cedilă: ţigani", "ro") >= {"slavery_spectacle", "villain"}


class TestFigures:
    def test_a_figure_about_people_needs_a_source_and_a_year_close_by(self):
        assert families("40,000 women are exploited.") == {"zombie_numbers"}
        assert families("40,000 women are exploited (ILO).") == {"zombie_numbers"}
        assert families("In 2021, 40,000 women were exploited.") == {"zombie_numbers"}
        assert families("In 2021 the ILO counted 40,000 women.") == set()

    def test_source_and_year_have_to_stand_within_200_signs(self):
        far = "Nothing else is said here. " * 10
        assert families(f"40,000 women are exploited. {far} ILO, 2021.") == {"zombie_numbers"}
        assert families(f"40,000 women are exploited. {far[:120]} ILO, 2021.") == set()

    def test_a_year_is_not_its_own_source_and_a_figure_is_not_its_own_year(self):
        assert families("According to the report of the ministry, 2,000 women came.") == {"zombie_numbers"}

    def test_an_address_with_a_year_a_footnote_or_a_named_work_is_a_source(self):
        assert families("2,000 women came, says https://example.org/report from 2020.") == set()
        assert families("2,000 women came.[^a]\n\n[^a]: Ministry of Labour, 2020.") == set()
        assert families("2,000 women came (Lee 2020).") == set()

    def test_a_footnote_without_a_year_is_not_enough_and_one_kept_elsewhere_is_believed(self):
        assert families("2,000 women came.[^a]\n\n[^a]: Ministry of Labour.") == {"zombie_numbers"}
        assert families("2,000 women came.[^a]") == set()

    @pytest.mark.parametrize(
        "said", ["You have 30 days.", "Pay is 1,450 euros.", "Call between 9 and 17.", "Article 14 of 2004.",
                 "Three of us went.", "12 workers got their pay.", "80 % of the wage is paid by bank."],
    )  # fmt: skip
    def test_other_numbers_are_left_alone(self, said):
        assert families(said) == set()

    def test_a_claim_known_to_be_unsupported_speaks_even_with_a_source(self):
        said = "The average age of entry into prostitution is 13 (Smith 2010, https://example.org)."
        (one,) = [one for one in check(said, "en").findings if one.family == "zombie_numbers"]
        assert one.rule == "zombie-known-unsupported"
        assert "washingtonpost" in one.source


class TestDoors:
    @pytest.mark.parametrize(
        "door", ["a union", "a lawyer", "the labour inspectorate", "a clinic", "the embassy"]
    )
    def test_the_police_beside_another_door_are_one_door(self, door):
        assert families("Call the police.") == {"police_only"}
        assert families(f"Call the police.\n\nOr ask {door}.") == set()

    def test_a_text_is_told_once(self):
        found = check("Call the police. Report it to the police. Dial 112.", "en").findings
        assert [one.family for one in found] == ["police_only"]

    def test_a_hotline_alone_is_the_same_door(self):
        assert families("See something? Call the national hotline.") == {"police_only"}


class TestMissing:
    GOOD = (
        "You have the right to your wages; the employer must give a payslip (Directive 2019/1152). A union "
        "can write with you, free of charge, in Romanian, from 9 to 17. You need not call yourself a victim. "
        "We keep nothing and pass on no name. This page was written by workers of two farms. Sources: below."
    )

    def test_a_text_that_has_everything_misses_nothing(self):
        assert check(self.GOOD, "en") == Checked("en", (), ())

    @pytest.mark.parametrize(
        ("cut", "name"),
        [
            ("You have the right to your wages; the employer must give a payslip ", "right_usable_today"),
            ("A union can write with you, ", "contact_not_police"),
            ("free of charge, in Romanian, from 9 to 17.", "cost_languages_hours"),
            ("You need not call yourself a victim.", "need_not_be_a_victim"),
            ("This page was written by workers of two farms.", "people_concerned_took_part"),
            ("We keep nothing and pass on no name.", "what_happens_to_my_data"),
        ],
    )  # fmt: skip
    def test_what_is_cut_is_missed(self, cut, name):
        assert name in missing(self.GOOD.replace(cut, ""))

    @pytest.mark.parametrize("code", LANGUAGES)
    def test_a_campaign_misses_a_right_and_another_door(self, code):
        assert {"right_usable_today", "need_not_be_a_victim"} <= missing(SAID[code], code)

    def test_what_is_missing_is_no_finding_and_there_is_no_score(self):
        found = check("The farm is large.", "en")
        assert found.findings == ()
        assert len(found.missing) == 8
        assert set(vars(found)) == {"language", "findings", "missing"}


@pytest.mark.parametrize("code", LANGUAGES)
def test_quotation_marks_silence_every_passage_of_every_campaign_text(code):
    """The metamorphic test: whatever spoke is silent once its sentence is quoted."""
    for one in corpus(code, "campaign"):
        plain = one.text.replace('"', "").replace("\n", " ")
        assert check(QUOTES[code].format(plain), code).findings == ()
        assert check(f"> {plain}", code).findings == ()


@pytest.mark.parametrize("code", LANGUAGES)
def test_a_campaign_like_those_of_ministries_speaks_in_most_families(code):
    assert len(families(CAMPAIGN[code], code)) >= 6


@pytest.mark.parametrize("code", LANGUAGES)
def test_the_language_of_most_short_texts_is_guessed_and_never_wrongly(code):
    """Where it is unclear the command asks; a wrong list would find nothing and say so."""
    held = [guessed(one.text) for side in ("rights", "campaign") for one in corpus(code, side)]
    assert set(held) <= {code, None}
    assert held.count(code) >= 0.85 * len(held)


def test_a_language_we_have_no_list_for_is_not_guessed():
    for text in (
        "Der Arbeitgeber muss den Lohn für jede Stunde zahlen, auch ohne Papiere.",
        "Il datore di lavoro deve pagare ogni ora, anche senza documenti; la lettera si può scrivere.",
        "O empregador deve pagar cada hora de trabalho, também sem papéis, e a carta pode ser escrita.",
    ):
        assert guessed(text) is None
    assert guessed("") is None
    assert guessed("12 34") is None


def test_a_finding_says_where_it_stands_and_why():
    text = "First line.\nWe rescue girls."
    (one,) = check(text, "en").findings
    assert text[one.start : one.end] == one.text == "rescue"
    assert one.why
    assert one.better
    assert "http" in one.source


@pytest.mark.parametrize(
    "text", ["", "\n\n\n", '"', "“" * 50, "'" * 999, "> ", "[^1]:", "```", "\x02\x02", "a" * 5000]
)
def test_odd_texts_are_read_without_a_finding(text):
    assert check(text, "en").findings == ()


def test_a_hostile_text_takes_no_longer_than_a_plain_one():
    """Long runs of what the patterns look for: time grows with length, not with its square."""
    from time import perf_counter

    for made in (
        "victim " * 20_000,
        "“victim " * 20_000,
        "the most " * 20_000,
        "1,000 women " * 10_000,
        "' '" * 40_000,
    ):
        begun = perf_counter()
        check(made, "en")
        assert perf_counter() - begun < 20
