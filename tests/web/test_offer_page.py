"""The offer check as a page: all can be skipped, nothing is kept, no figure is invented."""

import gzip
import html
import re
from datetime import date

import pytest

from amparo.know.offer_check import check_json
from amparo.web.offer_pages import as_offer

OFFER = {
    "destination": "FR", "origin": "MA", "sector": "farm", "start_date": "2026-06-15", "pay": "1500",
    "pay_period": "month", "currency": "EUR", "hours_per_week": "35", "unpaid_hours_per_week": "5",
    "loan.amount": "3000", "loan.yearly_interest": "36", "loan.instalment": "90", "documents_kept": "yes",
}  # fmt: skip


def sent(browser, lang="en", **more):
    answer = browser.post(f"/{lang}/know/offer/", OFFER | more)
    assert answer.status_code == 200
    assert not answer.cookies
    return answer.content.decode()


def test_an_empty_form_is_offered_and_an_empty_answer_is_the_form_again(browser):
    for answer in (browser.get("/en/know/offer/"), browser.post("/en/know/offer/", {})):
        text = answer.content.decode()
        assert answer.status_code == 200
        assert text.count('<option value="">Skip</option>') > 10
        assert 'id="figures"' not in text


def test_the_answer_has_the_figure_the_floor_its_source_and_the_difference(browser):
    """1,500 / ((35 + 5) x 52 / 12) = 8.65 an hour; the floor since 1 June 2026 is 12.31."""
    text = sent(browser)
    assert "8.65 EUR an hour" in text
    assert "12.31 EUR an hour" in text
    assert "github.com" in text


def test_a_loan_whose_interest_eats_the_instalment_never_ends(browser):
    """36 % of 3,000 is 1,080 a year, 90 a month: just the instalment."""
    assert "<bdi>never</bdi>" in sent(browser)


def test_what_was_typed_stays_in_the_form(browser):
    text = sent(browser)
    assert 'name="pay" value="1500"' in text
    assert '<option value="FR" selected>' in text


@pytest.mark.parametrize(
    ("field", "typed"),
    [
        ("hours_per_week", "-4"),
        ("hours_per_week", "500"),
        ("pay", "1.200,50.3"),
        ("currency", "XYZ"),
        ("days_per_week", "9"),
    ],
)
def test_what_cannot_be_right_is_asked_and_no_wrong_figure_is_given(browser, field, typed):
    found = check_json(as_offer(OFFER | {field: typed}), on=date(2026, 11, 24))
    (asked,) = [one for one in found.questions if one.id == f"unclear:{field}"]
    assert str(asked.ask) in html.unescape(sent(browser, **{field: typed}))
    assert not [one for one in found.numbers if one.id == "below_floor"] or field == "days_per_week"


def test_figures_in_arabic_digits_are_read(browser):
    assert "8.65" in sent(browser, pay="١٥٠٠", hours_per_week="٣٥", unpaid_hours_per_week="٥")


def test_a_comma_before_one_or_two_places_is_a_decimal_and_three_places_are_asked(browser):
    assert as_offer({"pay": "1200,50"}) == {"pay": "1200.50"}
    assert as_offer({"pay": "1.200,50"}) == {"pay": "1.200,50"}
    assert as_offer({"pay": "1,200"}) == {"pay": "1,200"}


def test_the_questions_are_shown_in_the_employers_language_too(browser):
    text = sent(browser, theirs="fr")
    assert '<span lang="fr" dir="auto">' in text


def test_no_word_judges_the_person_or_the_offer(browser):
    text = re.sub(r"<[^>]+>", " ", sent(browser)).lower()
    for word in ("risk", "score", "victim", "danger", "red flag", "trafficking", "suspicious"):
        assert word not in text.replace("never a score", "")


def test_what_was_typed_is_shown_as_text_only(browser):
    assert "<script>alert" not in sent(browser, pay="<script>alert(1)</script>")


def test_the_page_is_there_in_every_language(browser):
    for lang in ("en", "es", "fr", "ar"):
        assert "8" in sent(browser, lang)


def test_a_long_answer_in_two_languages_is_light_in_every_script(browser):
    money = {
        "destination": "QA",
        "origin": "NP",
        "currency": "QAR",
        "fees.paid": "150000",
        "fees.currency": "NPR",
    }
    for lang in ("en", "es", "fr", "ro", "uk", "ar"):
        text = sent(browser, lang, **money, **{"fees.receipted": "10000", "theirs": "en"})
        assert len(gzip.compress(text.encode(), 6)) <= 14 * 1024, lang
