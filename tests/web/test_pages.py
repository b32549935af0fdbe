"""Every page: light, whole without scripts, nothing from elsewhere, readable to machines that read aloud."""

import gzip
import re
from pathlib import Path

import pytest
from django.conf import settings

from tests.web.flow import PORNHUB, REDDIT, SIGNED, SMALL, Walk

LOOK = Path(settings.HERE) / "web" / "static" / "look"
FORTY = [f"https://www.pornhub.com/view_video.php?viewkey=ph{n:013x}" for n in range(20)] + [
    f"https://site{n}.example.org/clip/{n}" for n in range(20)
]


def every_screen(browser, *links: str, lang: str = "en") -> dict[str, str]:
    """Gives the HTML of all public pages and of all screens of one walk."""
    pages = {path: browser.get(f"/{lang}/{path}").content.decode() for path in ("", "help/", "kept/", "no/")}
    walk = Walk(browser, lang)
    pages["ways"] = walk.door("online").text
    pages["age"] = walk.go().text
    pages["places"] = walk.go(shown_under_18="no").text
    pages["places refused"] = walk.go(text="no address").text
    pages["found"] = walk.go(text="\n".join(links)).text
    pages["look"] = walk.go("look").text
    pages["look links"] = walk.go("links", names="Star Light").text
    walk.go("back")
    pages["pictures"] = walk.go().text
    pages["questions"] = walk.go().text
    pages["plan"] = walk.go(material="intimate", role="shown", consent="never", lives_in="FR").text
    pages["letter"] = walk.go(chosen=walk.now.values("chosen", checked=True)).text
    pages["letter filled"] = walk.fill(**SIGNED).text
    pages["away"] = walk.go("away").text
    pages["threat"] = Walk(browser, lang).to_places("threat").text
    return pages


@pytest.fixture
def pages(browser) -> dict[str, str]:
    return every_screen(browser, PORNHUB, REDDIT, SMALL)


def test_each_page_weighs_at_most_14_kb_compressed_also_with_forty_links(browser):
    heavy = {
        name: size
        for name, text in every_screen(browser, *FORTY).items()
        if (size := len(gzip.compress(text.encode(), 6))) > 14_000
    }
    assert heavy == {}


def test_the_first_visit_weighs_less_than_30_kb_in_all(browser):
    own = browser.get("/en/").content
    fetched = re.findall(rb'(?:src|href)="(/static/[^"]+)"', own)
    assert len(own) + sum(len(browser.get(path.decode()).getvalue()) for path in set(fetched)) < 30_000


def test_the_style_sheet_is_one_and_below_12_kb():
    assert [path.name for path in LOOK.glob("*.css")] == ["look.css"]
    assert (LOOK / "look.css").stat().st_size < 12_000
    assert all(path.stat().st_size <= 1_000 for path in LOOK.glob("*.svg"))


def test_the_style_sheet_knows_no_left_or_right():
    style = (LOOK / "look.css").read_text()
    physical = (
        r"(?:margin|padding|border)-(?:left|right|top|bottom)|[;{](?:left|right|top|bottom|width|height):"
    )
    assert re.findall(physical, style) == []
    assert re.findall(r"text-align:(?:left|right)|float:", style) == []


def test_no_page_fetches_anything_from_elsewhere_or_runs_anything_inline(pages):
    for name, text in pages.items():
        assert re.findall(r'(?:src|srcset|poster|data)="(?!/static/)', text) == [], name
        assert re.findall(r'<link[^>]+href="(?!/static/)', text) == [], name
        assert re.findall(r"<(?:script|style)>|<script(?![^>]*src=)|\sstyle=|\son\w+=", text) == [], name
        assert "@import" not in text, name


def test_every_way_out_to_another_site_tells_it_nothing(pages):
    for name, text in pages.items():
        for tag in re.findall(r'<a [^>]*href="https?://[^>]*>', text):
            assert 'rel="noreferrer noopener"' in tag, (name, tag)


def test_each_page_has_one_heading_and_its_landmarks(pages):
    for name, text in pages.items():
        assert text.count("<h1") == 1, name
        for part in ("<header>", '<main id="main"', "<footer>", '<nav aria-label="Language">'):
            assert text.count(part) == 1, (name, part)
        assert '<a class="skip" href="#main">' in text, name


def test_each_field_has_its_label_and_each_id_is_there_once(pages):
    for name, text in pages.items():
        ids = re.findall(r'\sid="([^"]+)"', text)
        assert len(ids) == len(set(ids)), name
        for field in re.findall(r"<(?:input|textarea|select)[^>]*>", text):
            kind = re.search(r'type="(\w+)"', field)
            if kind and kind.group(1) in ("hidden", "radio", "checkbox"):
                continue
            own = re.search(r'\sid="([^"]+)"', field)
            assert own, (name, field)
            assert f'<label for="{own.group(1)}"' in text or f'for="{own.group(1)}"' in text, (name, field)
        for described in re.findall(r'aria-describedby="([^"]*)"', text):
            assert set(described.split()) <= set(ids), (name, described)


def test_no_page_asks_the_browser_to_remember_what_is_typed(pages):
    for name, text in pages.items():
        for field in re.findall(r"<(?:input|textarea)[^>]*>", text):
            if "readonly" in field or re.search(r'type="(?:hidden|radio|checkbox|file)"', field):
                continue
            assert 'autocomplete="off"' in field, (name, field)


def test_private_screens_have_a_title_that_says_nothing(pages):
    for name, text in pages.items():
        title = re.search(r"<title>(.*?)</title>", text).group(1)
        assert title == ("Amparo" if name in ("", "help/", "kept/") else "Notes"), name


def test_no_page_uses_a_word_that_makes_her_a_case(pages):
    for name, text in pages.items():
        if name == "help/":
            continue  # the names of helplines are theirs
        assert re.findall(r"victim|survivor|trafficking", text, re.I) == [], name


def test_the_same_holds_right_to_left(browser):
    for name, text in every_screen(browser, PORNHUB, SMALL, lang="ar").items():
        assert '<html lang="ar" dir="rtl">' in text, name


def test_the_rooms_behind_the_doors_that_are_not_built_are_not_shown(browser):
    page = browser.get("/en/").content.decode()
    assert re.findall(r'name="door" value="(\w+)"', page) == ["online", "threat", "account", "data"]
