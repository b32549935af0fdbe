"""The public pages of what the law gives, made from the rules."""

import gzip
import time
from datetime import UTC, datetime

import pytest

from amparo.law.rules import Rule, rules

DAY = datetime(2026, 11, 24, tzinfo=UTC)
FOLDERS = sorted({one.place for one in rules().values()})


@pytest.mark.parametrize("folder", FOLDERS)
def test_each_place_has_its_page_with_every_right(browser, folder: str) -> None:
    text = browser.get(f"/en/law/{folder}/").content.decode()
    own = [one for one in rules().values() if one.place == folder]
    assert text.count('<li class="right">') == len(own)
    assert len(gzip.compress(text.encode())) <= 14_000
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


@pytest.mark.slow
@pytest.mark.parametrize("id", sorted(rules()))
def test_each_right_has_its_page_with_time_next_step_and_source(browser, id: str) -> None:
    text = browser.get(f"/en/law/{id}/").content.decode()
    assert "How long it takes" in text
    assert "Read on" in text
    assert all(f'href="/en/law/{step}/"' in text for step in rules()[id].escalation)
    assert len(gzip.compress(text.encode())) <= 14_000


def test_an_unknown_right_is_not_found(browser) -> None:
    assert browser.get("/en/law/eu/gdpr/nothing/").status_code == 404


@pytest.fixture
def on_that_day(settings) -> None:
    settings.NOW = DAY


def rule_that(state: str) -> Rule:
    return next(one for one in rules().values() if one.state(DAY.date()) == state and one.letter)


@pytest.mark.usefixtures("on_that_day")
def test_a_rule_that_ended_says_so_and_offers_no_letter(browser) -> None:
    text = browser.get(f"/en/law/{rule_that('ended').id}/").content.decode()
    assert "It ended on" in text
    assert "In force since" not in text
    assert "The letter is ready in" not in text


@pytest.mark.usefixtures("on_that_day")
def test_a_rule_to_come_says_when_it_begins_and_offers_no_letter(browser) -> None:
    text = browser.get(f"/en/law/{rule_that('to_come').id}/").content.decode()
    assert "It begins on" in text
    assert "In force since" not in text
    assert "The letter is ready in" not in text


@pytest.mark.usefixtures("on_that_day")
def test_what_is_not_in_force_stands_apart(browser) -> None:
    one = rule_that("to_come")
    text = browser.get(f"/en/law/{one.place}/").content.decode()
    assert text.index("Not in force today") < text.index(f'href="/en/law/{one.id}/"')


def test_the_table_of_periods_has_every_place_with_a_number_and_is_light(browser):
    text = browser.get("/en/law/periods/").content.decode()
    assert ">1 month</a>" in text
    assert ">48 hours</a>" in text
    assert "/en/law/eu/gdpr/erasure/" in text
    assert "not firm" in text
    assert len(gzip.compress(text.encode(), 6)) <= 14_000
