"""A public page for each service: the same for everybody, light, whole without scripts."""

import gzip
import re
import time
from datetime import date

import pytest
from django.template.loader import render_to_string

from amparo.claims.service_sheet import PLACES
from amparo.directory.records import records
from amparo.web import service_pages

LANGUAGES = ("en", "fr", "es", "ro", "uk", "ar")
SHOWN = [slug for slug, one in records().items() if service_pages.has_page(one)]


def _text(browser, path: str) -> str:
    answer = browser.get(path)
    assert answer.status_code == 200, path
    return answer.content.decode()


@pytest.mark.slow
@pytest.mark.parametrize("slug", SHOWN)
def test_every_service_has_a_page_that_is_light(browser, slug):
    text = _text(browser, f"/en/services/{slug}/")
    assert len(gzip.compress(text.encode(), 6)) <= 14_000
    assert "Looked up on" in text or not records()[slug].source.where


@pytest.mark.slow
@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("place", PLACES)
def test_the_page_is_there_in_every_language_for_every_place(browser, lang, place):
    text = _text(browser, f"/{lang}/services/pornhub/{place}/")
    assert f'lang="{lang}"' in text
    assert 'dir="rtl"' in text or lang != "ar"
    assert "https://www.pornhub.com/content-removal" in text


def test_it_says_door_time_letter_own_rules_and_where_it_was_read(browser):
    text = _text(browser, "/en/services/pornhub/")
    assert "Tell Pornhub to take it down." in text
    assert "48 hours" in text
    assert "My name is [name]." in text
    assert "https://…" in text
    assert "Their own rules" in text
    assert "Where this comes from" in text


@pytest.mark.parametrize(
    ("slug", "way"),
    [
        ("pornhub", "https://www.pornhub.com/anonymous-content-removal"),
        ("spankbang", "https://takeitdown.ncmec.org"),
    ],
)
def test_for_somebody_under_18_it_names_the_way_made_for_that(browser, slug, way):
    text = _text(browser, f"/en/services/{slug}/")
    said, _, _ = text.partition("<section")
    assert "Do not send these letters." in said
    assert way in said


def test_the_letter_is_in_her_language_where_they_read_it(browser):
    assert 'lang="fr" dir="ltr"' in _text(browser, "/fr/services/youporn/") or "fr" not in (
        records()["youporn"].languages
    )


def test_a_site_that_ended_says_so_and_offers_no_letter(browser):
    text = _text(browser, "/en/services/mrdeepfakes/")
    assert "has ended" in text
    assert "<textarea" not in text


@pytest.mark.parametrize("path", ["no-such-service/", "pornhub/mars/", "fr-cnil/", "of/no-such-kind/", "of/"])
def test_what_is_not_there_is_not_found(browser, path):
    assert browser.get(f"/en/services/{path}").status_code == 404


def test_the_index_leads_to_every_kind_and_every_service(browser):
    kinds = set(re.findall(r"/en/services/of/([a-z_]+)/", _text(browser, "/en/services/")))
    shown = set()
    for kind in kinds:
        shown |= set(
            re.findall(r'href="/en/services/([a-z0-9-]+)/"', _text(browser, f"/en/services/of/{kind}/"))
        )
    assert shown == {slug for slug in SHOWN if records()[slug].ended is None}


@pytest.mark.parametrize(
    ("sought", "slug"),
    [("reddit", "reddit"), ("https://i.redd.it/a.jpg", "reddit"), ("Aylo", "pornhub"), ("X.COM", "x")],
)
def test_a_search_finds_by_name_address_or_operator(browser, sought, slug):
    assert f'/en/services/{slug}/"' in browser.get("/en/services/", {"q": sought}).content.decode()


def test_a_search_that_finds_nothing_says_what_to_do_and_repeats_nothing_unescaped(browser):
    text = browser.get("/en/services/", {"q": "<script>alert(1)</script>"}).content.decode()
    assert "We do not know it yet" in text
    assert "<script>alert" not in text


@pytest.mark.parametrize("query", ["\x00", "x" * 10_000, "http://[", "%", "é" * 300])
def test_odd_searches_are_answered(browser, query):
    assert browser.get("/en/services/", {"q": query}).status_code == 200


def test_a_page_is_made_without_a_request_for_a_static_copy():
    given = service_pages.context("reddit", "gb", "en", on=date(2026, 11, 24))
    again = service_pages.context("reddit", "gb", "en", on=date(2026, 11, 24))
    one, two = (
        render_to_string("services/page.html", {**some, "lang": "en", "dir": "ltr", "languages": []})
        for some in (given, again)
    )
    assert one == two
    assert "Reddit" in one


def test_a_page_takes_less_than_50_ms_of_server_time(browser):
    browser.get("/en/services/tumblr/")
    took = []
    for slug in ("xvideos", "reddit", "google-search", "hetzner", "tiktok"):
        service_pages._sheet.cache_clear()
        before = time.perf_counter()
        browser.get(f"/en/services/{slug}/")
        took.append(time.perf_counter() - before)
    assert sorted(took)[2] < 0.05, took
