"""Walks through the way that keeps nothing as a browser without scripts does: reads a form, sends it back."""

import html
import json
import re
from dataclasses import dataclass
from typing import Any

from tests.web.conftest import Browser

PORNHUB = "https://www.pornhub.com/view_video.php?viewkey=ph5f0c1a2b3c4d5"
REDDIT = "https://www.reddit.com/r/example/comments/abc123/"
SMALL = "https://i.smallsite.example.net/a/1.jpg"


@dataclass
class Screen:
    """A page as she sees it, with what travels in it."""

    status: int
    text: str
    type: str = ""
    content: bytes = b""

    @property
    def state(self) -> str:
        found = re.search(r'name="state" value="([^"]*)"', self.text)
        assert found, self.text
        return html.unescape(found.group(1))

    @property
    def carried(self) -> dict[str, Any]:
        return json.loads(self.state)

    @property
    def at(self) -> str:
        found = re.search(r'name="at" value="([^"]*)"', self.text)
        assert found, self.text
        return found.group(1)

    @property
    def heading(self) -> str:
        return html.unescape(
            re.sub(r"\s+", " ", re.search(r"<h1>(.*?)</h1>", self.text, re.S).group(1)).strip()
        )

    def values(self, name: str, *, checked: bool = False) -> list[str]:
        wanted = re.findall(rf'name="{name}" value="([^"]*)"( checked)?', self.text)
        return [html.unescape(value) for value, on in wanted if on or not checked]


class Walk:
    """One walk; every screen counts."""

    def __init__(self, browser: Browser, lang: str = "en") -> None:
        self.browser, self.lang, self.screens = browser, lang, 0
        self.now = Screen(0, "")

    def send(self, path: str = "n/", **fields: Any) -> Screen:
        response = self.browser.post(f"/{self.lang}/{path}", fields)
        content = response.content
        self.now = Screen(
            response.status_code, content.decode(errors="replace"), response["Content-Type"], content
        )
        self.screens += 1
        return self.now

    def door(self, door: str) -> Screen:
        self.screens = 1  # the front page itself
        return self.send(door=door)

    def go(self, go: str = "next", path: str = "n/", **fields: Any) -> Screen:
        return self.send(path, state=self.now.state, at=self.now.at, go=go, **fields)

    def to_places(self, door: str = "online", under_18: str = "no") -> Screen:
        self.door(door)
        self.go()
        return self.go(shown_under_18=under_18) if self.now.at == "age" else self.now

    def to_plan(self, *links: str, **answers: str) -> Screen:
        self.to_places()
        self.go(text="\n".join(links))
        self.go()
        self.go()
        given = {
            "material": "intimate",
            "role": "shown",
            "consent": "never",
            "lives_in": "FR",
            "extent": "whole",
        }
        return self.go(**(given | answers))

    def to_letter(self, *links: str) -> Screen:
        self.to_plan(*links)
        return self.go(chosen=self.now.values("chosen", checked=True))

    def fill(self, go: str = "fill", **blanks: str) -> Screen:
        given = {f"x-{name.replace('__', '-')}": value for name, value in blanks.items()}
        return self.go(
            go, key=self.now.carried["step"], name_style="legal", blank=self.now.values("blank"), **given
        )


SIGNED = {
    "name": "Ana Belém",
    "email": "ana@example.org",
    "describe": "second picture, blue jacket",
    "signature": "Ana Belém",
    "good_faith": "yes",
}
