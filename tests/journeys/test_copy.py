"""The pages as files: every link leads somewhere, nothing is asked of anybody, a folder is enough."""

import functools
import http.server
import io
import itertools
import re
import threading
import zipfile
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pytest
import yaml
from playwright.sync_api import Page, expect
from pypdf import PdfReader

from amparo.cli.main import main
from amparo.know.offer_check import check_json
from amparo.know.search.index import search
from amparo.web.offer_pages import as_offer
from amparo.web.site import pages
from tests.journeys.conftest import AXE

pytestmark = [pytest.mark.browser, pytest.mark.slow]
NOW = "2026-11-24T10:00:00+01:00"
QUESTIONS = Path(__file__).parent.parent / "know" / "questions.yaml"
WAY = re.compile(r'\b(?:href|src|action)="(?P<to>[^"]*)"')
LOADED = re.compile(r'<(?:link|script|img|iframe|source)\b[^>]*?\b(?:href|src)="(?P<to>[^"]*)"')
SHOWN = (
    "index.html",
    "en/index.html",
    "ar/know/index.html",
    "en/know/find-work/check-an-offer/index.html",
    "en/know/find-work/check-an-offer/easy/index.html",
    "ar/know/find-work/passport-stays-with-you/index.html",
    "en/services/pornhub/index.html",
    "en/law/eu/index.html",
    "en/know/offer/index.html",
    "ar/know/offer/qa/index.html",
    "en/help/index.html",
    "en.html",
    "blank/index.html",
)


@pytest.fixture(scope="module")
def copy(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("copy")
    made = ["export-site", "-o", str(folder / "copy.zip"), "--lang", "en", "--lang", "ar", "--place", "eu"]
    assert main([*made, "--now", NOW]) == 0
    with zipfile.ZipFile(folder / "copy.zip") as packed:
        packed.extractall(folder / "copy")
    return folder / "copy"


class _Quiet(http.server.SimpleHTTPRequestHandler):
    def log_message(self, *_args: object) -> None:
        pass


@pytest.fixture(scope="module")
def host(copy: Path) -> Iterator[str]:
    handler = functools.partial(_Quiet, directory=str(copy))
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


def test_every_link_of_every_page_leads_to_a_file_of_the_copy(copy: Path):
    broken = []
    for path in copy.rglob("*.html"):
        for found in WAY.finditer(path.read_text(encoding="utf-8")):
            to = found["to"].partition("#")[0]
            if to and not re.match(r"[a-z]+:", to) and not (path.parent / to).is_file():
                broken.append((str(path.relative_to(copy)), to))
    assert broken == []


def test_no_page_loads_anything_from_elsewhere_and_none_holds_a_form_for_a_server(copy: Path):
    for path in copy.rglob("*.html"):
        text = path.read_text(encoding="utf-8")
        assert not [to for to in LOADED.findall(text) if re.match(r"[a-z]+:|//", to)], path
        assert "<form" not in re.sub(r"<form\b[^>]*\bdata-here", "", text), path


def test_the_same_content_gives_the_same_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(
        "amparo.web.site.making.walk", lambda *given: itertools.islice(pages.walk(*given), 12)
    )
    two = [tmp_path / "a.zip", tmp_path / "b.zip"]
    for one in two:
        assert (
            main(["export-site", "-o", str(one), "--lang", "es", "--now", "2026-11-24T10:00:00+01:00"]) == 0
        )
    assert two[0].read_bytes() == two[1].read_bytes()


def test_the_library_of_one_language_is_one_file_of_less_than_3_mb(copy: Path):
    text = (copy / "ar.html").read_text(encoding="utf-8")
    assert len(text.encode()) <= 3_000_000
    assert "<script" not in text
    ids = set(re.findall(r'\bid="([^"]+)"', text))
    assert {to[1:] for to in re.findall(r'href="(#[^"]+)"', text)} <= ids
    assert not re.search(r'href="/', text)


def test_nothing_is_asked_of_anybody_and_no_cookie_is_set(open_page: Callable[..., Page], host: str):
    page = open_page()
    asked: list[str] = []
    page.context.on("request", lambda request: asked.append(request.url))
    for name in SHOWN:
        page.goto(f"{host}/{name}")
        page.wait_for_load_state("networkidle")
    assert asked
    assert [url for url in asked if not url.startswith(host)] == []
    assert page.context.cookies() == []
    assert page.evaluate("localStorage.length + sessionStorage.length") == 0


def test_axe_finds_nothing(open_page: Callable[..., Page], host: str):
    page = open_page(phone=True)
    for name in SHOWN:
        page.goto(f"{host}/{name}")
        page.evaluate(AXE.read_text(encoding="utf-8"))
        found = page.evaluate("axe.run()")["violations"]
        assert [(name, one["id"], one["nodes"][0]["html"]) for one in found] == []
        assert page.evaluate("document.documentElement.scrollWidth") <= 320, name


def test_without_scripts_it_can_be_read(open_page: Callable[..., Page], host: str):
    page = open_page(scripts=False)
    page.goto(f"{host}/en/index.html")
    page.get_by_role("link", name="I am thinking about a job or a move").click()
    page.get_by_role("link", name="Your passport stays with you").first.click()
    expect(page.locator("h1")).to_have_text("Your passport stays with you")
    expect(page.locator("#look")).to_have_count(0)


def test_it_opens_from_a_folder_and_searches_there(open_page: Callable[..., Page], copy: Path):
    page = open_page()
    page.goto(f"file://{copy}/en/know/index.html")
    page.locator("#asked").fill("they keept my pasport")
    page.get_by_role("button", name="Look").click()
    expect(page.locator("#hits li").first).to_be_visible()
    assert "passport-stays-with-you" in "".join(
        link.get_attribute("href") or "" for link in page.locator("#hits a").all()[:3]
    )
    page.locator("#hits a").first.click()
    expect(page.locator("h1")).to_be_visible()


def test_an_article_prints_on_one_sheet(open_page: Callable[..., Page], host: str):
    page = open_page()
    for name in ("en/know/find-work/check-an-offer", "ar/know/love-body-sex/consent"):
        page.goto(f"{host}/{name}/index.html")
        assert len(PdfReader(io.BytesIO(page.pdf(format="A4"))).pages) == 1


def test_leaving_shows_an_empty_page(open_page: Callable[..., Page], host: str):
    page = open_page()
    page.goto(f"{host}/en/know/love-body-sex/index.html")
    for _ in range(3):
        page.keyboard.press("Shift")
    page.wait_for_url("**/blank/index.html")


def test_an_article_never_opened_is_there_without_a_line(open_page: Callable[..., Page], host: str):
    page = open_page()
    page.goto(f"{host}/en/index.html")
    page.wait_for_function("navigator.serviceWorker.ready.then(one => !!one.active)")
    page.goto(f"{host}/en/know/index.html")
    page.wait_for_function(
        "caches.keys().then(async ns => (await (await caches.open(ns[0])).keys()).length > 60)"
    )
    page.context.set_offline(True)
    page.goto(f"{host}/en/know/find-work/not-paid/index.html")
    expect(page.locator("h1")).to_be_visible()
    expect(page.locator("h1")).not_to_have_text("Amparo")


@pytest.mark.parametrize("lang", ["en", "ar"])
def test_the_search_of_the_copy_finds_what_the_program_finds(
    open_page: Callable[..., Page], host: str, lang: str
):
    questions = yaml.safe_load(QUESTIONS.read_text(encoding="utf-8"))[lang]
    page = open_page()
    page.goto(f"{host}/{lang}/know/index.html")
    same = 0
    for asked in [row["asked"] for row in questions]:
        here = [one[0] for one in page.evaluate("asked => amparoFind(asked)", asked)][:3]
        there = [hit.article.name for hit in search(asked, lang, most=3)]
        same += here == there
    assert same >= 0.95 * len(questions)


def test_the_offer_check_of_the_copy_shows_the_sum_the_law_of_the_place_and_what_to_ask(
    open_page: Callable[..., Page], copy: Path
):
    """1,200 / ((48 + 6) x 52 / 12) = 5.13 an hour. Opened from a folder."""
    page = open_page(phone=True)
    page.goto(f"file://{copy}/en/know/offer/index.html")
    for name, value in {
        "destination": "QA",
        "origin": "NP",
        "currency": "QAR",
        "pay_period": "month",
    }.items():
        page.select_option(f'[name="{name}"]', value)
    for name, value in {"pay": "1200", "hours_per_week": "48", "unpaid_hours_per_week": "6"}.items():
        page.fill(f'[name="{name}"]', value)
    page.get_by_role("button", name="Work it out").click()
    expect(page.locator("#answer")).to_contain_text("5.13 QAR an hour")
    expect(page.locator("#answer")).to_contain_text("The legal floor in Qatar")
    expect(page.locator("#answer")).to_contain_text("Ask the employer")
    page.fill('[name="hours_per_week"]', "500")
    page.get_by_role("button", name="Work it out").click()
    expect(page.locator("#answer")).to_contain_text("no sum uses it")
    expect(page.locator("#answer")).not_to_contain_text("Pay for each hour")


def test_the_sums_of_the_copy_are_those_of_the_program(open_page: Callable[..., Page], host: str):
    page = open_page()
    page.goto(f"{host}/en/know/offer/index.html")
    compared = 0
    for fields in OFFERS:
        here = {row[0]: row[1] for row in page.evaluate(FILL, fields)}
        there = {one.id: one.amount for one in check_json(as_offer(fields), on=date(2026, 11, 24)).numbers}
        for id in (
            here.keys() & there.keys() & {"pay_per_hour", "pay_per_month", "pay_per_year", "loan_months"}
        ):
            compared += 1
            expected = there[id] if there[id] == "never" else pytest.approx(float(there[id]), abs=0.0051)
            assert here[id] == expected, (fields, id)
    assert compared > 250


FILL = """fields => {
  const form = document.getElementById("offer");
  form.reset();
  for (const [name, value] of Object.entries(fields)) form.elements[name].value = value;
  return amparoSums(null);
}"""
OFFERS = [
    {
        "pay": pay,
        "pay_period": period,
        "currency": currency,
        "hours_per_week": hours,
        "unpaid_hours_per_week": unpaid,
        "days_per_week": "6",
        "loan.amount": debt,
        "loan.yearly_interest": yearly,
        "loan.instalment": part,
    }
    for pay, currency in (("1500", "EUR"), ("12,31", "EUR"), ("412.5", "KWD"))
    for period in ("hour", "day", "week", "fortnight", "month", "year")
    for hours, unpaid in (("40", ""), ("48", "6"), ("35,5", "0"))
    for debt, yearly, part in (("3000", "36", "90"), ("3000", "36", "120,5"), ("100000", "0", "1000"))
]


def test_an_unknown_language_is_wrong_use_and_leaves_no_file(tmp_path: Path):
    assert main(["export-site", "-o", str(tmp_path / "x.zip"), "--lang", "xx"]) == 2
    assert list(tmp_path.iterdir()) == []
