"""How hard a text is: sentences in every language, a school grade where a formula exists."""

import pytest

from amparo.know.reading import level, sentences, syllables
from tests.know.made import made_text


def said(text: str, language: str = "en", *, easy: bool = False):
    parts = dict.fromkeys(made_text().parts, "") | {"answer": text}
    return level(made_text(language, easy=easy, **parts))


def test_a_line_of_a_list_is_a_sentence_and_a_citation_is_none():
    text = made_text(
        answer="One two three.[^law] Four five:\n\n- six seven\n- eight",
        usual="",
        right="",
        do="",
        help="",
        together="",
    )
    assert sentences(text) == ["One two three.", "Four five:", "six seven", "eight"]


def test_a_long_sentence_is_too_hard_however_short_the_others_are():
    assert said("Go. " * 20 + " ".join(["so"] * 26) + ".").plain_enough is False
    assert said("Go. " * 20 + " ".join(["so"] * 25) + ".").plain_enough is True


def test_easy_versions_are_held_to_shorter_sentences():
    fifteen = " ".join(["so"] * 15) + "."
    assert said(fifteen).plain_enough
    assert not said(fifteen, easy=True).plain_enough


@pytest.mark.parametrize(
    ("word", "language", "count"),
    [("passport", "en", 2), ("made", "en", 1), ("contract", "en", 2), ("table", "en", 2),
     ("trabajo", "es", 3), ("país", "es", 2), ("cuidado", "es", 3), ("travaille", "fr", 2)],
)  # fmt: skip
def test_syllables_are_counted_as_they_are_spoken(word, language, count):
    assert syllables(word, language) == count


def test_the_grade_of_known_english_is_near_the_published_formula():
    """0.39 x 6 words + 11.8 x 1 syllable - 15.59 = -1.5 for: The cat sat on the mat."""
    assert said("The cat sat on the mat.").figure == pytest.approx(-1.45, abs=0.06)


def test_arabic_has_no_formula_and_is_held_to_its_sentences():
    found = said("هذا نص قصير. اقرأ العقد؟ نعم.", "ar")
    assert (found.formula, found.longest, found.plain_enough) == (None, 3, True)
