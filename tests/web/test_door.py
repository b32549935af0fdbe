"""The local app's single-use address."""

from datetime import UTC, datetime, timedelta

import pytest

from amparo.web import door
from amparo.web.door import Door

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)


@pytest.fixture
def here(settings) -> Door:
    settings.NOW = NOW
    made = Door()
    door.set_local(made)
    return made


def test_without_the_cookie_nothing_opens(browser, here):
    response = browser.get("/en/")
    assert response.status_code == 403
    assert b"This window is closed" in response.content
    assert browser.post("/en/n/", {"door": "online"}).status_code == 403


def test_the_address_lets_in_once_and_leads_to_a_clean_one(browser, here):
    token = here.new_token(NOW)
    response = browser.get(f"/o/{token}")
    assert (response.status_code, response["Location"]) == (303, "/")
    cookie = response.cookies["door"]
    assert cookie["httponly"]
    assert cookie["samesite"] == "Strict"
    assert not cookie["max-age"]
    assert token not in cookie.value
    assert browser.get("/en/").status_code == 200


def test_the_same_address_does_not_work_twice(browser, here):
    token = here.new_token(NOW)
    browser.get(f"/o/{token}")
    again = browser.__class__()
    assert again.get(f"/o/{token}").status_code == 403
    assert again.get("/en/").status_code == 403


@pytest.mark.parametrize(("seconds", "status"), [(59, 303), (60, 403), (3600, 403)])
def test_the_address_dies_after_sixty_seconds(browser, here, settings, seconds, status):
    token = here.new_token(NOW)
    settings.NOW = NOW + timedelta(seconds=seconds)
    assert browser.get(f"/o/{token}").status_code == status


@pytest.mark.parametrize("token", ["", "x", "é", "a" * 43])
def test_a_made_up_token_opens_nothing(browser, here, token):
    here.new_token(NOW)
    assert browser.get(f"/o/{token}").status_code == 403


def test_a_new_address_makes_the_older_one_worthless(browser, here):
    old, new = here.new_token(NOW), here.new_token(NOW)
    assert browser.get(f"/o/{old}").status_code == 403
    assert browser.get(f"/o/{new}").status_code == 303


def test_a_made_up_cookie_opens_nothing(browser, here):
    browser.get(f"/o/{here.new_token(NOW)}")
    other = browser.__class__()
    other.cookies["door"] = "x" * 43
    assert other.get("/en/").status_code == 403


def test_after_leaving_a_new_address_is_needed(browser, here):
    browser.get(f"/o/{here.new_token(NOW)}")
    kept = browser.cookies["door"].value
    assert browser.get("/exit").status_code == 303
    browser.cookies["door"] = kept  # a browser that did not forget
    assert browser.get("/en/").status_code == 403


def test_the_way_out_and_its_empty_page_are_open_to_all(browser, here):
    assert browser.get("/exit").status_code == 303
    assert browser.get("/blank").status_code == 200


def test_the_address_dies_although_the_clock_of_the_pages_stands_still(settings):
    settings.NOW = NOW  # `--now`
    passed = [100.0]
    made = Door(ticks=lambda: passed[0])
    token = made.new_token(NOW)
    passed[0] += 60
    assert made.let_in(token, NOW) is None
