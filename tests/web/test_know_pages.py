"""The articles on the web: light, the same for everybody, and a search that leaves no trace."""

import gzip
import re
from datetime import UTC, datetime

import pytest

from amparo.know.article import LANGUAGES, TOPICS
from amparo.know.articles import articles


def _text(browser, path: str) -> str:
    answer = browser.get(path)
    assert answer.status_code == 200, path
    return answer.content.decode()


@pytest.mark.slow
@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("id", articles())
def test_every_article_has_a_light_page_in_every_language(browser, lang, id):
    text = _text(browser, f"/{lang}/know/{articles()[id].name}/")
    assert len(gzip.compress(text.encode(), 6)) <= 14_000
    assert articles()[id].title(lang).replace("'", "&#x27;").split("&")[0] in text
    assert "not written in your language" not in text


def test_every_door_leads_to_its_articles_and_every_link_is_there(browser):
    for topic in TOPICS:
        text = _text(browser, f"/en/know/{topic}/")
        for one in articles().values():
            assert (f"/en/know/{one.name}/" in text) == (one.topic == topic)


def test_a_page_says_when_it_was_written_where_it_was_read_and_what_to_do_next(browser):
    text = _text(browser, "/en/know/find-work/check-an-offer/")
    assert "Where this was read" in text
    assert 'id="s-c181-7"' in text
    assert "/en/know/offer/" in text
    assert "Near to this" in text
    assert "To be checked again by" in text


def test_a_page_past_its_day_says_so(browser, monkeypatch):
    monkeypatch.setattr("amparo.web.know_pages.now", lambda _: datetime(2030, 1, 1, tzinfo=UTC))
    text = _text(browser, "/en/know/find-work/check-an-offer/")
    assert "waits to be checked again" in text
    assert "not checked again yet" in text


def test_a_translation_behind_its_original_says_so(browser, monkeypatch):
    monkeypatch.setattr("amparo.know.article.Text.is_behind", lambda self, original: True)
    assert "behind the English original" in _text(browser, "/en/know/find-work/check-an-offer/")


def test_the_easy_version_links_back_to_the_whole(browser):
    text = _text(browser, "/es/know/find-work/check-an-offer/easy/")
    assert 'href="/es/know/find-work/check-an-offer/"' in text


def test_one_article_as_a_file_needs_nothing_from_anywhere(browser):
    answer = browser.get("/ar/know/find-work/passport-stays-with-you/file/")
    text = answer.content.decode()
    assert answer["Content-Disposition"] == 'attachment; filename="f10-ar.html"'
    assert not re.search(r"<(?:script|link|img)\b|url\(", text)
    assert 'dir="rtl"' in text


@pytest.mark.parametrize(
    ("lang", "asked", "slug"),
    [
        ("en", "they kept my passport", "find-work/passport-stays-with-you"),
        ("en", "they keept my pasport", "find-work/passport-stays-with-you"),
        ("es", "me quitaron el pasaporte", "find-work/passport-stays-with-you"),
        ("ro", "mi-au luat pasaportul", "find-work/passport-stays-with-you"),
        ("uk", "забрали паспорт", "find-work/passport-stays-with-you"),
        ("ar", "أخذوا جواز سفري", "find-work/passport-stays-with-you"),
        ("fr", "on m'a pris mon passeport", "find-work/passport-stays-with-you"),
    ],
)
def test_a_search_as_people_type_finds_the_article(browser, lang, asked, slug):
    found = browser.post(f"/{lang}/know/search/", {"asked": asked}).content.decode()
    first = re.findall(rf'<a href="/{lang}/know/([a-z-]+/[a-z0-9-]+)/"', found)
    assert slug in first[:3]


def test_what_was_asked_stands_in_no_address_and_sets_no_cookie(browser):
    answer = browser.post("/en/know/search/", {"asked": "pregnant what now"})
    assert answer.status_code == 200
    assert not answer.cookies
    assert 'method="post"' in answer.content.decode()
    assert browser.get("/en/know/search/?asked=pregnant").content.decode().count("pregnant") == 0


@pytest.mark.parametrize(
    "asked", ["", "   ", "\"'*()", "AND OR NOT NEAR", "<script>", "x" * 5000, "\x00", "٪؟"]
)
def test_odd_questions_are_answered(browser, asked):
    answer = browser.post("/en/know/search/", {"asked": asked})
    assert answer.status_code == 200
    assert "<script>" not in answer.content.decode()


@pytest.mark.parametrize(
    "path", ["nothing/", "find-work/nothing/", "find-work/au-pair/easy/", "move/check-an-offer/"]
)
def test_what_is_not_there_is_not_found(browser, path):
    assert browser.get(f"/en/know/{path}").status_code == 404


def test_what_nobody_confirmed_is_said_on_a_page_of_its_own(browser):
    text = _text(browser, "/en/know/not-sure/")
    unchecked = [
        (one, source)
        for one in articles().values()
        for source in one.sources.values()
        if source.grade == "unchecked"
    ]
    assert f"{len(unchecked)} of them are not confirmed" in text
    assert all(f"/en/know/{one.name}/" in text for one, _ in unchecked)
