"""Every screen of a space, without script: judged by axe in English and Arabic, on a phone and a desk."""

import gzip
import os
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from tests.journeys.conftest import axe_faults
from tests.journeys.running import App, running
from tests.journeys.space_steps import keep_here, make_space, open_letter, open_space
from tests.journeys.steps import NOW, Visit

pytestmark = pytest.mark.browser

PAGES = "https://www.pornhub.com/view_video.php?viewkey=ph1\nhttps://www.dailymotion.com/video/x8abc1"
WHO = {"name": "Ana Belém", "email": "ana@example.org"}
SIGNS = {
    **WHO,
    "signature": "Ana Belém",
    "good_faith": True,
    "describe": "the blue one",
    "represents": "Mara Sol",
}
WIDTHS = (320, 1200)


@dataclass
class Seen:
    """What was found on the screens."""

    faults: list[str] = field(default_factory=list)
    too_wide: list[str] = field(default_factory=list)
    heavy: list[str] = field(default_factory=list)
    no_way_out: list[str] = field(default_factory=list)
    names: list[str] = field(default_factory=list)


@dataclass
class Judge:
    """Looks at each screen as it comes by."""

    browser: Browser
    app: App
    seen: Seen = field(default_factory=Seen)

    def look(self, her: Visit, name: str, *, both: bool = True) -> None:
        self.seen.names.append(name)
        self._judge(her.page, f"{name}, en")
        if not both:
            return
        _speak(her.page, "العربية")
        self._judge(her.page, f"{name}, ar")
        _speak(her.page, "English")

    def _judge(self, page: Page, name: str) -> None:
        html = page.content()
        if len(gzip.compress(html.encode())) > 14_000:
            self.seen.heavy.append(name)
        if page.locator("a.leave[href='/exit']").count() != 1:
            self.seen.no_way_out.append(name)
        for width in WIDTHS:
            page.set_viewport_size({"width": width, "height": 800})
            wide = page.evaluate("document.documentElement.scrollWidth")
            if wide > width:
                self.seen.too_wide.append(f"{name}: {wide} at {width}")
            found = axe_faults(self.browser, html, self.app.origin, width=width)
            self.seen.faults += [f"{name}, {width}: {fault}" for fault in found]
            if folder := os.environ.get("AMPARO_SHOTS"):
                file = Path(folder) / f"{name.replace(', ', '-').replace(' ', '_')}-{width}.png"
                page.screenshot(path=file, full_page=True)


def _speak(page: Page, language: str) -> None:
    with page.expect_navigation():
        page.locator(".tongues").get_by_text(language, exact=True).click()


@pytest.fixture(scope="module")
def seen(tmp_path_factory: pytest.TempPathFactory, chromium: Browser) -> Iterator[Seen]:
    with running(tmp_path_factory.mktemp("screens"), "--now", NOW) as app:
        context = chromium.new_context(java_script_enabled=False, locale="en-GB")
        page = context.new_page()
        page.set_default_timeout(15_000)
        page.goto(app.address)
        judge = Judge(chromium, app)
        _all_screens(Visit(page), app, judge)
        yield judge.seen
        context.close()


def _all_screens(her: Visit, app: App, judge: Judge) -> None:
    at = f"{app.origin}/en/s/"
    her.page.goto(at + "new")
    judge.look(her, "make")
    secrets = _make_slowly(her, judge)
    her.page.goto(at)
    judge.look(her, "empty")
    case = _bring(her, app, judge)
    _letters(her, case, judge)
    _answers(her, case, judge)
    for path in ("again", "file"):
        her.page.goto(case + path)
        judge.look(her, path)
    her.page.goto(at)
    judge.look(her, "what now")
    her.page.get_by_label("Find a case").fill("nothing like it")
    her.press("Find")
    judge.look(her, "found nothing")
    her.page.goto(at + "set")
    judge.look(her, "settings")
    her.page.goto(at + "c/" + "0" * 32 + "/")
    judge.look(her, "no such case")
    _locked(her, app, case, judge)
    open_space(her, app, secrets)
    judge.look(her, "welcome back")


def _make_slowly(her: Visit, judge: Judge):
    her.page.get_by_label("A name for the space").fill("ana")
    her.press("Make the space")
    judge.look(her, "make, wrong words")
    words = make_space(her, "ana-of-the-rain")
    return words


def _bring(her: Visit, app: App, judge: Judge) -> str:
    her.begin(app, "online", age="no")
    her.paste(PAGES)
    her.press("Go on to my pictures")
    her.press("Go on without")
    her.answer("intimate", "representative", "never", "whole", lives_in="FR")
    her.press("Read the first letter")
    her.press("Keep this case in my space")
    judge.look(her, "bring")
    return keep_here(her, "Two pages")


def _letters(her: Visit, case: str, judge: Judge) -> None:
    her.page.goto(case)
    judge.look(her, "case, new")
    open_letter(her, case, "Let the person you act for sign a mandate.", fill=SIGNS)
    judge.look(her, "letter, mandate")
    open_letter(her, case, "Tell Pornhub to take it down.")
    judge.look(her, "letter, not ready")
    her.page.goto(case)
    her.page.get_by_label("Its last day").fill("2027-01-31")
    her.press("Keep the signed mandate")
    judge.look(her, "case, mandate missing")
    signed = her.page.locator("input[name=signed]")
    signed.set_input_files({"name": "a.pdf", "mimeType": "application/pdf", "buffer": b"%PDF-1.7 a"})
    her.page.get_by_label("Its last day").fill("2027-01-31")
    her.press("Keep the signed mandate")
    for name in ("Pornhub", "Dailymotion"):
        open_letter(her, case, f"Tell {name} to take it down.", fill=SIGNS)
        judge.look(her, f"letter, {name}")
        her.press("Note that it went out")
    judge.look(her, "case, asked")


def _answers(her: Visit, case: str, judge: Judge) -> None:
    her.page.goto(f"{case}r/r1")
    judge.look(her, "request")
    her.press("An answer came in")
    judge.look(her, "answer, nothing yet")
    her.page.get_by_label("Paste the answer").fill("We cannot comply with your request.")
    her.press("Read it")
    judge.look(her, "answer, read")
    her.press("Keep it")
    judge.look(her, "case, refused")
    her.page.goto(f"{case}r/r1")
    judge.look(her, "request, refused")


def _locked(her: Visit, app: App, case: str, judge: Judge) -> None:
    her.page.goto(case)
    her.unfold()
    other = her.page.context.new_page()
    other.goto(f"{app.origin}/en/s/lock")
    judge.look(Visit(other), "locked")
    other.goto(f"{app.origin}/en/s/recover")
    judge.look(Visit(other), "recover")
    other.close()
    her.page.get_by_label("A note, or a name for the case").fill("typed while it was locked already")
    her.press("Keep as a note")
    judge.look(her, "locked with a note")


def test_axe_finds_nothing(seen: Seen):
    assert len(seen.names) >= 24
    assert seen.faults == []


def test_no_screen_scrolls_sideways(seen: Seen):
    assert seen.too_wide == []


def test_every_screen_has_its_way_out(seen: Seen):
    assert seen.no_way_out == []


def test_every_screen_is_light(seen: Seen):
    assert seen.heavy == []


def test_a_space_is_made_and_a_case_opened_by_keyboard_alone(app: App, chromium: Browser):
    context = chromium.new_context(java_script_enabled=False, locale="en-GB")
    page = context.new_page()
    page.goto(app.address)
    page.goto(f"{app.origin}/en/s/new")
    words = " ".join(page.locator("ol.words li").all_inner_texts())
    _tab_to(page, "f-name")
    page.keyboard.type("keys-only")
    _tab_to(page, "f-passphrase")
    page.keyboard.type(words)
    _tab_to_button(page, "Make the space")
    page.keyboard.press("Enter")
    page.wait_for_selector("#f-first")
    groups = page.locator("ol.words code").all_inner_texts()
    _tab_to(page, "f-first")
    page.keyboard.type(groups[0])
    _tab_to(page, "f-last")
    page.keyboard.type(groups[-1])
    page.keyboard.press("Enter")
    page.wait_for_url("**/en/s/")
    assert page.get_by_role("heading", level=1).inner_text() == "What now"
    context.close()


def _tab_to(page: Page, wanted: str) -> None:
    for _ in range(40):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.id") == wanted:
            outline = page.evaluate("getComputedStyle(document.activeElement).outlineStyle")
            assert outline != "none", f"{wanted} shows no focus"
            return
    raise AssertionError(f"{wanted} is not reached by Tab")


def _tab_to_button(page: Page, wanted: str) -> None:
    for _ in range(40):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.innerText") == wanted:
            return
    raise AssertionError(f"“{wanted}” is not reached by Tab")
