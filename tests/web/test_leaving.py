"""Leaving works on every screen, without script and without a session."""

import pytest

from tests.web.flow import PORNHUB, Walk


def test_leaving_makes_the_browser_forget_and_shows_an_empty_page(browser):
    response = browser.get("/exit")
    assert (response.status_code, response["Location"]) == (303, "/blank")
    assert response["Clear-Site-Data"] == '"cookies", "storage"'
    page = browser.get("/blank").content.decode()
    assert "Amparo" not in page
    assert "<title>Empty page</title>" in page


def test_leaving_leads_where_the_server_was_told(browser, settings):
    settings.EXIT_TO = "https://weather.example/"
    assert browser.get("/exit")["Location"] == "https://weather.example/"


def test_leaving_expires_the_cookies_it_was_sent(browser):
    browser.cookies["space"] = "x" * 43
    cookie = browser.get("/exit").cookies["space"]
    assert cookie.value == ""
    assert cookie["max-age"] == 0


def test_leaving_without_cookies_sets_none(browser):
    assert not browser.get("/exit").cookies


@pytest.mark.parametrize("path", ["/en/", "/ar/help/", "/fr/kept/", "/es/nothing/"])
def test_the_way_out_is_a_plain_link_on_public_pages_and_errors(browser, path):
    assert 'class="leave" href="/exit"' in browser.get(path).content.decode()


def test_the_way_out_is_on_every_screen_of_the_way(browser):
    walk = Walk(browser)
    for screen in (walk.to_places(), walk.go(text=PORNHUB), walk.go(), walk.go(), walk.go()):
        assert 'class="leave" href="/exit"' in screen.text
