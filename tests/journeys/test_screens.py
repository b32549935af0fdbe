"""Every screen that keeps nothing and every public page, in six languages: readable, light, at home."""

import contextlib
import gzip
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Error, Page, Response, expect

from tests.fingerprints.pictures import saved, scene
from tests.journeys.conftest import AXE
from tests.journeys.forty import LINKS
from tests.journeys.running import App, running
from tests.journeys.steps import Visit

pytestmark = pytest.mark.browser

LANGUAGES = ("en", "fr", "es", "ro", "uk", "ar")
HEAVIEST_BYTES = 14 * 1024
SHAPES = [(width, scheme) for scheme in ("light", "dark") for width in (320, 1200)]


def every_screen(person: Visit, app: App, lang: str, folder: Path) -> Iterator[str]:
    """Goes through every screen by position and value, never by words: so in any language. Gives its name."""
    page = person.page
    photo = folder / "photo.jpg"
    photo.write_bytes(saved(scene(31)))
    for public in ("", "kept/", "help/"):
        page.goto(f"{app.origin}/{lang}/{public}")
        yield public.strip("/") or "front"
    page.goto(f"{app.origin}/blank")
    yield "blank"
    page.goto(f"{app.origin}/{lang}/no-such-page/")
    yield "not found"
    page.goto(f"{app.origin}/{lang}/")
    press(page, "door", "online")
    yield "ways"
    press(page, "go", "next")
    yield "age"
    page.locator("input[value=no]").check()
    press(page, "go", "next")
    yield "places"
    press(page, "go", "next")
    yield "places, left empty"
    page.locator("textarea[name=text]").fill("\n".join(LINKS[::8]))
    press(page, "go", "next")
    yield "found"
    press(page, "go", "look")
    page.locator("textarea[name=names]").fill("Vera Lys")
    press(page, "go", "links")
    yield "look"
    press(page, "go", "next")
    press(page, "go", "next")
    yield "pictures"
    page.locator("input[type=file]").set_input_files(photo)
    press(page, "go", "make")
    yield "pictures, with a number"
    press(page, "go", "next")
    yield "questions"
    for value in ("intimate", "shown", "never", "whole"):
        page.locator(f"input[value={value}]").check()
    page.locator("select").select_option("ES")
    press(page, "go", "next")
    person.unfold()
    yield "plan"
    press(page, "go", "next")
    yield "letter"
    page.locator("input[name=name_style][value=legal]").check()
    for name in ("name", "signature"):
        page.locator(f"input[name=x-{name}]").fill("Sofía Luján")
    page.locator("input[name=x-email]").fill("a@example.org")
    page.locator("input[name=x-good_faith]").check()
    press(page, "go", "fill")
    person.unfold()
    yield "letter, ready"
    press(page, "go", "away")
    yield "away"
    page.goto(f"{app.origin}/{lang}/")
    press(page, "door", "threat")
    press(page, "go", "open")
    yield "open"
    page.goto(f"{app.origin}/{lang}/")
    press(page, "door", "threat")
    press(page, "go", "next")
    page.locator("input[value=not_sure]").check()
    press(page, "go", "next")
    yield "threat, not sure"
    press(page, "go", "next")
    press(page, "go", "next")
    yield "plan, protected"


def press(page: Page, name: str, value: str) -> None:
    with page.expect_navigation():
        page.locator(f"button[name={name}][value='{value}']:not([hidden])").first.click()


def axe(page: Page, *rules: str) -> list[str]:
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE.read_text(encoding="utf-8"))
    wanted = {"runOnly": list(rules)} if rules else {}
    found = page.evaluate("options => axe.run(options)", wanted)
    return [
        f"{fault['id']}: {node['html'][:160]}" for fault in found["violations"] for node in fault["nodes"]
    ]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_axe_finds_nothing_on_any_screen(visit: Callable[..., Visit], dated: App, lang: str, tmp_path: Path):
    person = visit(scripts=True, bypass_csp=True, reduced_motion="reduce")
    faults = {}
    for name in every_screen(person, dated, lang, tmp_path):
        for width, scheme in SHAPES:
            person.page.emulate_media(color_scheme=scheme)
            person.page.set_viewport_size({"width": width, "height": 800})
            # In the dark only colours differ.
            found = axe(person.page, *(["color-contrast"] if scheme == "dark" else []))
            if found:
                faults[f"{name}, {width} px, {scheme}"] = found
    assert faults == {}


@pytest.mark.parametrize("lang", LANGUAGES)
def test_no_screen_scrolls_sideways_at_320_pixels(
    visit: Callable[..., Visit], dated: App, lang: str, tmp_path: Path
):
    person = visit(phone=True)
    wide = []
    for name in every_screen(person, dated, lang, tmp_path):
        width = person.page.evaluate("document.documentElement.scrollWidth")
        if width > 320:
            wide.append((name, width))
    assert wide == []


@pytest.mark.parametrize("lang", LANGUAGES)
def test_each_screen_says_its_language_and_direction(
    visit: Callable[..., Visit], dated: App, lang: str, tmp_path: Path
):
    person = visit()
    for name in every_screen(person, dated, lang, tmp_path):
        html = person.page.locator("html")
        if name not in ("blank", "not found"):
            assert html.get_attribute("lang") == lang, name
            assert html.get_attribute("dir") == ("rtl" if lang == "ar" else "ltr"), name


@pytest.mark.parametrize("lang", LANGUAGES)
def test_each_page_is_light_enough_for_a_slow_line(
    visit: Callable[..., Visit], dated: App, lang: str, tmp_path: Path
):
    person = visit()
    weights = {
        name: len(gzip.compress(person.page.content().encode(), 6))
        for name in every_screen(person, dated, lang, tmp_path)
    }
    assert {name: weight for name, weight in weights.items() if weight > HEAVIEST_BYTES} == {}


def test_nothing_is_asked_of_another_machine_and_the_policy_blocks_nothing_of_ours(
    visit: Callable[..., Visit], dated: App, tmp_path: Path
):
    person = visit(scripts=True)
    for _ in every_screen(person, dated, "en", tmp_path):
        pass
    assert {url for url in person.requests if not url.startswith((dated.origin, "data:"))} == set()
    blocked = [said for said in person.console if "404" not in said and "422" not in said]
    assert blocked == []


def test_the_first_visit_weighs_less_than_30_kilobytes_in_all(visit: Callable[..., Visit], dated: App):
    person = visit(scripts=True)
    answers: list[Response] = []
    person.page.on("response", lambda answer: answers.append(answer))
    person.enter(dated)
    person.page.wait_for_load_state("networkidle")
    assert len(answers) > 2
    assert sum(len(gzip.compress(answer.body(), 6)) for answer in answers) < 30_000


def test_leaving_shows_an_empty_page_and_shuts_the_door(visit: Callable[..., Visit], tmp_path: Path):
    with running(tmp_path) as app:
        person = visit(app)
        person.begin(app, "online", age="no")
        person.paste("https://example.org/private-thing")
        person.page.get_by_role("link", name="Leave this page").click()
        assert person.heading == "This page is empty."
        assert person.page.context.cookies() == []
        with contextlib.suppress(Error):  # the browser has kept nothing it could show
            person.page.go_back()
        expect(person.page.locator("html")).not_to_contain_text("private-thing")
        closed = person.page.goto(f"{app.origin}/en/")
        assert closed is not None
        assert closed.status == 403


def test_a_change_of_language_keeps_what_was_typed(visit: Callable[..., Visit], dated: App):
    person = visit()
    person.begin(dated, "online", age="no")
    person.page.get_by_role("textbox").first.fill("https://www.erome.com/a/Qw3rTy0u my own words")
    person.press("العربية")
    assert person.page.get_by_role("textbox").first.input_value().strip().endswith("my own words")
    assert person.page.locator("html").get_attribute("dir") == "rtl"


# By keyboard alone


def tab_to(page: Page, test: str, *, most: int = 120) -> None:
    """Presses Tab until the focus is where `test` (JavaScript on `e`) says."""
    for _ in range(most):
        page.keyboard.press("Tab")
        if page.evaluate(f"(e => Boolean({test}))(document.activeElement)"):
            return
    raise AssertionError(f"Tab never came to {test}")


def by_keyboard(page: Page, test: str, key: str = "Enter") -> None:
    tab_to(page, test)
    outline = page.evaluate("getComputedStyle(document.activeElement).outlineStyle")
    assert outline != "none", test
    if key == "Space":
        page.keyboard.press("Space")
        return
    with page.expect_navigation():
        page.keyboard.press(key)


def test_a_letter_is_reached_by_keyboard_alone(visit: Callable[..., Visit], dated: App):
    person = visit()
    page = person.page
    person.enter(dated)
    by_keyboard(page, "e.value === 'online'")
    by_keyboard(page, "e.name === 'go' && e.value === 'next'")
    choose(page, "shown_under_18", "no")
    by_keyboard(page, "e.name === 'go' && e.value === 'next'")
    tab_to(page, "e.name === 'text'")
    page.keyboard.type(LINKS[0])
    for _ in range(2):
        by_keyboard(page, "e.name === 'go' && e.value === 'next'")
    by_keyboard(page, "e.name === 'go' && e.value === 'next'")
    for name, value in {"material": "intimate", "role": "shown", "consent": "never"}.items():
        choose(page, name, value)
    tab_to(page, "e.name === 'lives_in'")
    page.keyboard.type("Spain")
    by_keyboard(page, "e.name === 'go' && e.value === 'next'")
    by_keyboard(page, "e.name === 'go' && e.value === 'next'")
    assert person.heading.startswith("Letter to ")


def choose(page: Page, name: str, value: str) -> None:
    """Chooses among radio buttons with Tab and the arrow keys."""
    tab_to(page, f"e.name === '{name}'")
    for _ in range(10):
        if page.evaluate("document.activeElement.value") == value:
            page.keyboard.press("Space")
            return
        page.keyboard.press("ArrowDown")
    raise AssertionError((name, value))
