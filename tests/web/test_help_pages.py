"""Who can help: by need and by country, the firmest first, with what a call sets off before the number."""

import gzip
import re
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from amparo.directory.record import GRADES, Source
from amparo.directory.records import record, records
from amparo.know.article import LANGUAGES
from amparo.know.articles import articles
from amparo.web import helping
from amparo.web.helping import LATELY, NEEDS, NOT_LATELY, alive, in_order, label, places

TODAY = date(2026, 11, 24)
NEED_IN_LANGUAGE = [(lang, need) for lang in LANGUAGES for need in NEEDS]


def _text(browser, path: str) -> str:
    answer = browser.get(path)
    assert answer.status_code == 200, path
    return answer.content.decode()


def _names(text: str) -> list[str]:
    return [name.replace("&#x27;", "'") for name in re.findall(r"<h3>([^<]+?)(?: <span|</h3>)", text)]


def _card(text: str, name: str) -> str:
    return next(card for card in text.split('<section class="card">') if f"<h3>{name}" in card)


@pytest.mark.parametrize(("lang", "need"), NEED_IN_LANGUAGE)
def test_every_need_has_a_light_page_in_every_language(browser, lang, need):
    text = _text(browser, f"/{lang}/help/of/{need}/")
    assert len(gzip.compress(text.encode(), 6)) <= 14_000
    assert text.count('<section class="card">') == sum(need in one.needs for one in alive())


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_page_of_help_lists_the_needs_then_the_countries_and_every_link_is_there(browser, lang):
    text = _text(browser, f"/{lang}/help/")
    assert len(gzip.compress(text.encode(), 6)) <= 14_000
    ways = re.findall(rf'href="/{lang}/help/((?:of|in)/[a-z_-]+)/"', text)
    assert ways[: len(NEEDS)] == [f"of/{need}" for need in NEEDS]
    assert set(ways[len(NEEDS) :]) == {f"in/{code}" for code, _, _ in places()}


@pytest.mark.parametrize("code", [code for code, _, _ in places()])
def test_every_country_shows_all_its_helpers_on_a_light_page(browser, code):
    text = _text(browser, f"/uk/help/in/{code}/")
    assert len(gzip.compress(text.encode(), 6)) <= 14_000
    here = {one.name for one in alive() if one.place and one.place.partition("-")[0].lower() == code}
    assert here <= set(_names(text))


def test_a_country_shows_who_reaches_it_from_elsewhere_but_not_who_does_not(browser):
    france, qatar = _text(browser, "/en/help/in/fr/"), _text(browser, "/en/help/in/qa/")
    assert "EURES advisers" in france
    assert "EURES advisers" not in qatar
    assert "Migrant-Rights.org" in qatar


def test_nobody_on_the_pages_is_lost():
    for one in records().values():
        if one.kind in helping.KINDS and not one.ended:
            assert any(one.slug == other.slug for other in alive())
            assert set(one.needs) <= NEEDS.keys()


@pytest.mark.parametrize("path", ["of/nothing/", "of/Images/", "in/xx/", "in/FR/"])
def test_what_is_not_there_is_not_found(browser, path):
    assert browser.get(f"/en/help/{path}").status_code == 404


def test_what_was_read_on_their_own_page_comes_first_and_the_unconfirmed_last():
    for need in NEEDS:
        for country in helping.of_need(need, TODAY):
            grades = [GRADES.index(helping._firmness(one.record)) for one in country.helpers]
            # Only the first may stand out of its place: it keeps a line against trafficking from leading.
            assert grades[1:] == sorted(grades[1:]), (need, country.name)
            assert all(one.doubt is not None for one in country.helpers if not one.record.channels)


def test_a_line_against_trafficking_never_leads_a_page_or_a_country_with_somebody_else_who_stands_firm():
    def against(one) -> bool:
        return "trafficking" in one.record.covers

    pages = [helping.of_need(need, TODAY) for need in NEEDS]
    pages += [helping.of_place(code.upper(), TODAY) for code, _, _ in places()]
    for page in pages:
        for country in page:
            others = [one for one in country.helpers if not against(one) and one.doubt is None]
            assert not others or not against(country.helpers[0]), country.name
    for need in NEEDS:
        assert not against(helping.of_need(need, TODAY)[0].helpers[0]), need


def test_a_line_against_trafficking_gives_way_also_to_what_is_less_well_sourced():
    firm = replace(record("it-numero-verde"), slug="firm")
    other = replace(record("it-1522"), slug="other")
    assert (firm.grade, other.grade) == ("primary", "secondary")
    assert [one.slug for one in in_order([firm, other], TODAY)] == ["other", "firm"]


def test_the_police_and_the_state_are_named_before_the_number(browser):
    spain = _text(browser, "/en/help/in/es/")
    card = _card(spain, "900 105 090")
    assert '<span class="tag">Run by the police</span>' in card
    assert card.index("Run by the police") < card.index("tel:900105090")
    assert "It is the police." in card
    assert "Run by the state, passes reports on" in _card(_text(browser, "/en/help/in/vn/"), "111")
    assert "Run by the migration authority, passes reports on" in _text(browser, "/en/help/in/tr/")


@pytest.mark.parametrize(
    ("slug", "said"),
    [
        ("at-police-line", "Run by the police"),
        ("ar-145", "Run by the state, passes reports on"),
        ("bg-commission", "Run by the state"),
        ("es-900-759-759", "Passes reports on"),
        ("de-faire-mobilitaet", None),
        ("uk-modern-slavery-helpline", None),
    ],
)
def test_the_label_follows_who_runs_it_and_what_it_passes_on(slug, said):
    found = label(record(slug))
    assert (found and found.text) == said


def test_nobody_run_by_the_state_or_the_police_is_without_a_label():
    for one in alive():
        if one.run_by in ("Run by the state.", "Run by the police.", "Run by the migration authority."):
            assert label(one) is not None, one.slug


def test_each_card_says_what_a_call_sets_off_the_name_the_cost_the_hours_and_who_runs_it(browser):
    card = _card(_text(browser, "/en/help/in/de/"), "Hydra")
    for said in ("Run by sex workers.", "Not known whether police are told.", "You can stay anonymous."):
        assert said in card
    for said in ("Free.", "Monday and Tuesday 10 to 15, Thursday 16 to 20.", "Deutsch", "Looked up on"):
        assert said in card


def test_what_nobody_confirmed_says_so_and_prints_no_number_of_its_own(browser):
    card = _card(_text(browser, "/en/help/in/es/"), "SICAR cat")
    assert "Not confirmed yet: ask before you rely on it." in card
    assert "We have found no number and no page that is confirmed." in card
    assert "href=" not in card


def _checked(slug: str, days_ago: int):
    one = record(slug)
    day = TODAY - timedelta(days=days_ago)
    source = Source(checked_on=day, grade=one.source.grade, url=one.source.url, archived=one.source.archived)
    return replace(one, source=source, slug=f"{slug}-{days_ago}")


def test_after_180_days_without_a_look_it_says_so_and_stands_after_the_others():
    old, fresh = _checked("de-hydra", LATELY.days + 1), _checked("ch-act212", LATELY.days)
    assert (old.grade, fresh.grade) == ("primary", "unchecked")
    assert [one.slug for one in in_order([old, fresh], TODAY)] == [fresh.slug, old.slug]
    assert helping._doubt(old, TODAY) == NOT_LATELY
    assert helping._doubt(_checked("de-hydra", LATELY.days), TODAY) is None


def test_a_page_half_a_year_later_says_that_nothing_could_be_confirmed_lately(browser, monkeypatch):
    monkeypatch.setattr("amparo.web.public.now", lambda _: datetime(2027, 6, 1, tzinfo=UTC))
    text = _text(browser, "/en/help/of/sex_work/")
    assert text.count("We have not been able to confirm this lately.") == text.count('<section class="card">')


def test_somebody_who_closed_is_not_shown(browser):
    assert "Sex Workers Alliance Ireland" not in _text(browser, "/en/help/of/sex_work/")


@pytest.mark.parametrize("id", articles())
def test_an_article_leads_to_those_who_help_with_its_needs(browser, id):
    one = articles()[id]
    text = _text(browser, f"/es/know/{one.name}/")
    part = text[text.index('<section id="help"') :].partition("</section>")[0]
    assert re.findall(r'href="/es/help/of/(\w+)/"', part) == list(one.needs)


def test_each_need_of_an_article_is_met_by_somebody_who_stands_firm():
    wanted = {need for one in articles().values() for need in one.needs}
    met = {need for one in alive() if helping._doubt(one, TODAY) is None for need in one.needs}
    assert wanted <= met


def test_contraception_infections_pregnancy_and_lgbtq_have_helpers_in_several_countries():
    for need, least in (("health", 8), ("lgbt", 4)):
        assert len({one.place for one in alive() if need in one.needs and one.place}) >= least, need
