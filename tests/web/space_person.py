"""One person in her space, through forms as a browser without scripts sends them."""

import html
import re
from dataclasses import dataclass, field
from datetime import UTC, datetime

import pytest

from amparo.law.situation import Sender, Situation
from amparo.vault import backoff, sessions
from amparo.web.notes.carried import Carried, to_json
from amparo.web.space import opening
from tests.web.conftest import Browser

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)  # a Monday
PAGES = (
    "https://www.pornhub.com/view_video.php?viewkey=ph5f0c1a2b3c4d5",
    "https://www.reddit.com/r/x/comments/a1/",
)
RECRUITER = "privacy@northline-recruiting.ie"
SIGNED = {
    "name": "Ana Belém",
    "email": "ana@example.org",
    "describe": "second picture, blue jacket",
    "signature": "Ana Belém",
    "good_faith": "yes",
}


def brought(*places: str, **facts: object) -> str:
    """Gives what the way that keeps nothing hands over."""
    known = {"material": "intimate", "lives_in": "FR", "consent": "never", "shown_under_18": "no"} | facts
    return to_json(Carried(situation=Situation(places=places or PAGES, **known), chosen=None))  # type: ignore[arg-type]


def asks_a_recruiter() -> str:
    """Gives a case whose letters go by mail: a worker asks a recruiter what they hold."""
    sender = Sender(name="Rosa Lim", email="rosa@example.org")
    return brought(
        RECRUITER, material="personal_data", role="worker", lives_in="IE", consent=None, sender=sender
    )


@dataclass
class Page:
    """One answer, read as a person reads it."""

    status: int
    html: str
    where: str
    headers: dict[str, str]
    content: bytes

    @property
    def text(self) -> str:
        middle = re.search(r"<main.*</main>", self.html, re.S)
        return html.unescape(
            re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", middle.group(0) if middle else self.html))
        )

    @property
    def heading(self) -> str:
        return html.unescape(
            re.sub(r"<[^>]+>|\s+", " ", re.search(r"<h1>(.*?)</h1>", self.html, re.S)[1])
        ).strip()

    def values(self, name: str) -> list[str]:
        return [html.unescape(one) for one in re.findall(rf'name="{name}" value="([^"]*)"', self.html)]

    def typed(self, name: str) -> str:
        """Gives what stands in a field of the page."""
        area = re.search(rf'<textarea[^>]*name="{name}"[^>]*>\n?(.*?)</textarea>', self.html, re.S)
        line = re.search(rf'<input[^>]*name="{name}"[^>]*value="([^"]*)"', self.html)
        return html.unescape((area or line)[1])


@dataclass
class Person:
    """She, her browser, and the words of her space."""

    browser: Browser = field(default_factory=Browser)
    name: str = "sofia"
    words: str = ""
    key: str = ""
    lang: str = "en"

    def get(self, path: str = "") -> Page:
        return self._page(self.browser.get(self.at(path)))

    def post(self, path: str, **fields: object) -> Page:
        given = {name.replace("__", "-"): value for name, value in fields.items()}
        return self._page(self.browser.post(self.at(path), given))

    def at(self, path: str) -> str:
        return path if path.startswith("/") else f"/{self.lang}/s/{path}"

    def _page(self, answer) -> Page:
        where = answer.headers.get("Location", "")
        content = answer.content
        return Page(
            answer.status_code, content.decode(errors="replace"), where, dict(answer.headers), content
        )

    # Steps

    def begin(self, state: str = "") -> Page:
        """Makes the space; the recovery key is shown and not typed back yet."""
        self.words = self.get("new").values("offered")[0]
        page = self.post(
            "new", name=self.name, passphrase=self.words, offered=self.words, state=state, go="make"
        )
        return self._reads_key(page)

    def _reads_key(self, page: Page) -> Page:
        self.key = "-".join(re.findall(r"<code>(\w+)</code>", page.html))
        return page

    def confirm(self, state: str = "") -> Page:
        groups = self.key.split("-")
        return self.post("key", first=groups[0], last=groups[-1], state=state)

    def make(self) -> "Person":
        self.begin()
        assert self.confirm().status == 303
        return self

    def unlock(self, words: str | None = None, **more: str) -> Page:
        return self.post("unlock", name=self.name, passphrase=words or self.words, **more)

    def keep(self, state: str = "", called: str = "Two pages") -> str:
        """Keeps a case; gives its address."""
        page = self.post("keep", state=state or brought(), called=called)
        assert page.status == 303, page.text
        return page.where

    def letters(self, case: str) -> list[str]:
        return self.get(case).values("which")

    def fill(self, case: str, which: str, **blanks: str) -> Page:
        given = {f"x__{name}": value for name, value in (SIGNED | blanks).items()}
        return self.post(
            f"{case}l", which=which, go="fill", blank=list(SIGNED | blanks), name_style="legal", **given
        )

    def note_sent(self, case: str, which: str, on: str = "2026-11-23") -> Page:
        self.fill(case, which)
        return self.post(f"{case}l", which=which, go="mark", on=on)

    def asked(self, state: str = "") -> str:
        """Keeps a case and notes its first letter as sent; gives the case's address."""
        case = self.keep(state)
        page = self.note_sent(case, self.letters(case)[0])
        assert page.status == 303, page.text
        return case

    def answered(self, case: str, kind: str, text: str = "…", **more: str) -> Page:
        fields = {"request": "r1", "go": "note", "text": text, "kind": kind, "on": "2026-11-23"} | more
        return self.post(f"{case}reply", **fields)


@pytest.fixture(autouse=True)
def quick(settings, tmp_path):
    """A fresh data folder, cheap stretching, nothing in memory; `now` is Monday 23 November 2026."""
    settings.NOW = NOW
    settings.DATA = tmp_path
    settings.AMPARO_ARGON2 = {"memory_kib": 8, "passes": 1, "below_the_floor_for_tests": True}
    backoff.clear()
    sessions._sessions.clear()
    opening._shown.clear()


@pytest.fixture
def sofia() -> Person:
    """Her space is open and ready."""
    return Person().make()
