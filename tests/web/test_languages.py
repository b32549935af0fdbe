"""The language is in the address; no cookie remembers it, and switching keeps what was typed."""

import re

import pytest

from tests.web.flow import PORNHUB, Walk


@pytest.mark.parametrize(
    ("asked", "path"),
    [
        ("fr-CA,fr;q=0.9", "/fr/"),
        ("ar", "/ar/"),
        ("de,es;q=0.5", "/es/"),
        ("de", "/en/"),
        ("", "/en/"),
        ("q=;;,", "/en/"),
    ],
)
def test_the_first_page_speaks_what_her_browser_asks_for(browser, asked, path):
    response = browser.get("/", headers={"accept-language": asked})
    assert response["Location"] == path
    assert "Accept-Language" in response["Vary"]


@pytest.mark.parametrize(("lang", "direction"), [("en", "ltr"), ("fr", "ltr"), ("es", "ltr"), ("ar", "rtl")])
def test_every_page_says_its_language_and_direction(browser, lang, direction):
    for response in (browser.get(f"/{lang}/"), browser.get(f"/{lang}/x/"), browser.post(f"/{lang}/n/")):
        assert f'<html lang="{lang}" dir="{direction}">' in response.content.decode()
        assert response["Content-Language"] == lang


def test_the_languages_are_named_in_their_own_words(browser):
    page = browser.get("/en/help/").content.decode()
    for code, name in (("fr", "Français"), ("es", "Español"), ("ar", "العربية")):
        assert f'<a href="/{code}/help/" lang="{code}" hreflang="{code}">{name}</a>' in page


def test_switching_the_language_keeps_what_was_typed(browser):
    walk = Walk(browser)
    walk.to_places()
    typed = f"look <here> {PORNHUB}"
    walk.lang = "fr"
    screen = walk.send(state=walk.now.state, at="places", again="1", text=typed)
    assert '<html lang="fr"' in screen.text
    assert screen.at == "places"
    assert f"look &lt;here&gt; {PORNHUB}" in screen.text


def test_the_language_buttons_send_the_form_of_the_screen(browser):
    screen = Walk(browser).to_places()
    buttons = re.findall(
        r'<button form="step" formaction="(/\w\w/n/)" formnovalidate name="again"', screen.text
    )
    assert buttons == [f"/{lang}/n/" for lang in ("fr", "es", "ro", "uk", "ar")]
    assert '<form method="post" action="/en/n/" id="step"' in screen.text
