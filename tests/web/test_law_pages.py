"""The public pages of what the law gives, made from the rules."""

import time

import pytest

from amparo.law.rules import rules

FOLDERS = sorted({one.place for one in rules().values()})


@pytest.mark.parametrize("folder", FOLDERS)
def test_each_place_has_its_page_with_every_right_and_source(browser, folder: str) -> None:
    text = browser.get(f"/en/law/{folder}/").content.decode()
    own = [one for one in rules().values() if one.place == folder]
    assert text.count('<section class="card"') == len(own)
    assert "Read on" in text
    assert text.count("<script") == 1  # the one of every page, without which it reads the same


def test_the_index_leads_to_each_place(browser) -> None:
    text = browser.get("/en/law/").content.decode()
    assert all(f'href="/en/law/{folder}/"' in text for folder in FOLDERS)


def test_an_arabic_page_runs_from_right_to_left(browser) -> None:
    assert 'dir="rtl"' in browser.get("/ar/law/eu/").content.decode()


def test_a_place_without_rules_is_not_found(browser) -> None:
    assert browser.get("/en/law/zz/").status_code == 404


def test_the_longest_page_takes_less_than_fifty_milliseconds(browser) -> None:
    browser.get("/en/law/eu/")
    took = []
    for _ in range(5):
        start = time.perf_counter()
        browser.get("/en/law/eu/")
        took.append(time.perf_counter() - start)
    assert min(took) < 0.05
