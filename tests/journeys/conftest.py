"""A real Chromium, and axe to judge each page."""

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Playwright, sync_playwright

from tests.journeys.running import App, MailServer, mail_server, running
from tests.journeys.steps import NOW, Visit

ROOT = Path(__file__).resolve().parents[2]
AXE = ROOT / "node_modules" / "axe-core" / "axe.min.js"
PHONE = {
    "viewport": {"width": 320, "height": 568},
    "device_scale_factor": 2,
    "is_mobile": True,
    "has_touch": True,
}
# Chromium refuses its own sandbox to root, which a test machine often is; the product never starts a browser.
SWITCHES = [
    "--disable-gpu",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
]


@pytest.fixture(scope="session")
def playwright() -> Iterator[Playwright]:
    with sync_playwright() as started:
        yield started


@pytest.fixture(scope="session")
def chromium(playwright: Playwright) -> Iterator[Browser]:
    program = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    assert program, "Chromium is missing: run ./test, which installs it (apt-get install chromium)."
    root = ["--no-sandbox"] if os.geteuid() == 0 else []
    browser = playwright.chromium.launch(executable_path=program, args=SWITCHES + root)
    yield browser
    browser.close()


@pytest.fixture
def open_page(chromium: Browser) -> Iterator[Callable[..., Page]]:
    """Gives a function that opens a page: `open_page(phone=True, scripts=False, locale="ar")`."""
    contexts: list[BrowserContext] = []

    def opened(*, phone: bool = False, scripts: bool = True, locale: str = "en-GB") -> Page:
        shape = PHONE if phone else {"viewport": {"width": 1200, "height": 900}}
        context = chromium.new_context(java_script_enabled=scripts, locale=locale, bypass_csp=False, **shape)
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(15_000)
        return page

    yield opened
    for context in contexts:
        context.close()


@pytest.fixture
def app(tmp_path: Path) -> Iterator[App]:
    with running(tmp_path) as started:
        yield started


@pytest.fixture(scope="session")
def dated(tmp_path_factory: pytest.TempPathFactory, chromium: Browser) -> Iterator[App]:
    """One app for all journeys that leave nothing behind, at Monday 23 November 2026, 10:00 in Vienna."""
    with running(tmp_path_factory.mktemp("dated"), "--now", NOW) as app:
        let_in(app, chromium)
        yield app


def let_in(app: App, browser: Browser) -> None:
    """Uses the launch address once, and keeps the cookie it gives for every window of this browser."""
    context = browser.new_context()
    context.new_page().goto(app.address)
    app.cookies = context.storage_state()
    context.close()


@pytest.fixture
def visit(chromium: Browser, dated: App) -> Iterator[Callable[..., Visit]]:
    """Gives a function that opens a window let in at the door: `visit(phone=True, scripts=True)`."""
    contexts: list[BrowserContext] = []

    def opened(app: App = dated, *, phone: bool = False, scripts: bool = False, **options: object) -> Visit:
        shape = PHONE if phone else {"viewport": {"width": 1200, "height": 900}}
        if app.cookies is None:
            let_in(app, chromium)
        settings = {"locale": "en-GB", **shape, **options}
        context = chromium.new_context(java_script_enabled=scripts, storage_state=app.cookies, **settings)
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(30_000)
        return Visit(page)

    yield opened
    for context in contexts:
        context.close()


@pytest.fixture
def smtp() -> Iterator[MailServer]:
    with mail_server() as server:
        yield server


def axe_faults(browser: Browser, html: str, base: str, *, width: int = 320) -> list[str]:
    """Gives what axe finds in a page's HTML, judged with its own style sheet, in a fresh scripted page."""
    context = browser.new_context(bypass_csp=True, viewport={"width": width, "height": 800})
    page = context.new_page()
    try:
        page.route(
            "**/judged", lambda route: route.fulfill(body=html, content_type="text/html; charset=utf-8")
        )
        page.goto(base + "/judged")
        page.evaluate(AXE.read_text(encoding="utf-8"))
        result = page.evaluate("axe.run()")
    finally:
        context.close()
    return [
        f"{fault['id']}: {fault['help']}: {node['html'][:160]}"
        for fault in result["violations"]
        for node in fault["nodes"]
    ]
