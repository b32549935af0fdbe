"""What a reply says in plain text: HTML turned to text without loading anything, old mail cut away."""

import html
import re
import unicodedata
from functools import cache
from pathlib import Path
from typing import Any

import yaml

MAX_HTML = 2_000_000
MAX_TEXT = 200_000
NEW_LINE = frozenset(
    {"address", "article", "br", "dd", "div", "dl", "dt", "footer", "header", "hr", "li", "ol", "p", "pre"}
    | {"section", "table", "tr", "ul", "h1", "h2", "h3", "h4", "h5", "h6"}
)
SILENT = frozenset({"script", "style", "title", "head", "template", "noscript"})
_NAME = re.compile(r"/?([a-zA-Z][a-zA-Z0-9]{0,19})")
_LINK = re.compile(r"href\s{0,3}=\s{0,3}[\"']?(https?://[^\"'\s>]{1,1900})", re.IGNORECASE)


@cache
def reply_words() -> dict[str, Any]:
    """Gives the word lists by which a reply is recognised (reply_words.yaml)."""
    read = yaml.safe_load(Path(__file__).with_name("reply_words.yaml").read_text(encoding="utf-8"))
    return dict(read)


def plain(text: str) -> str:
    """Gives a text in small letters, without accents and typographic signs, for comparing only."""
    parted = unicodedata.normalize("NFKD", text.replace("’", "'").replace("ß", "ss"))
    return " ".join("".join(sign for sign in parted if not unicodedata.combining(sign)).lower().split())


def html_to_text(untrusted: str) -> str:
    """Gives the text of an HTML mail; links as `words <address>`, quotes with `> ` before each line.

    Every step moves forward, so that hostile markup takes no longer than its length: the parser of the
    standard library needs a minute for 400 kB of `<!--`.
    """
    source, small = untrusted[:MAX_HTML], untrusted[:MAX_HTML].lower()
    out = _Out()
    here = 0
    while here < len(source):
        start = source.find("<", here)
        if start < 0:
            start = len(source)
        out.text(source[here:start])
        here = _after_tag(source, small, start, out)
    return out.done()


def _after_tag(source: str, small: str, start: int, out: "_Out") -> int:
    """Takes one tag or comment; gives where to go on. What is never closed ends the text."""
    if source.startswith("<!--", start):
        return _past(source, "-->", start + 4)
    name = _NAME.match(source, start + 1)
    if name is None and source[start + 1 : start + 2] not in ("!", "?", "/"):
        out.text(source[start : start + 1])
        return start + 1
    end = _past(source, ">", start)
    if name is None:
        return end
    word = name[1].lower()
    if word in SILENT and source[start + 1] != "/":
        return _past(small, f"</{word}", end)
    out.tag(word, source[start : min(end, start + 2500)])
    return end


def _past(source: str, mark: str, start: int) -> int:
    end = source.find(mark, start)
    return len(source) if end < 0 else end + len(mark)


class _Out:
    """Text as it comes out of HTML, line by line, with the depth of quotes."""

    def __init__(self) -> None:
        self.lines: list[str] = []
        self.line: list[str] = []
        self.depth = 0
        self.link = ""

    def text(self, said: str) -> None:
        self.line.append(re.sub(r"\s+", " ", html.unescape(said)))

    def tag(self, word: str, tag: str) -> None:
        closing = tag.startswith("</")
        if word == "a":
            self._anchor(tag, closing)
        elif word == "blockquote":
            self._end_line()
            self.depth = max(0, self.depth - 1) if closing else self.depth + 1
        elif word in NEW_LINE:
            self._end_line()
            if word == "p" and closing:
                self.lines.append("> " if self.depth else "")
        elif word in ("td", "th"):
            self.line.append(" ")

    def done(self) -> str:
        self._end_line()
        return re.sub(r"\n{3,}", "\n\n", "\n".join(self.lines)).strip()

    def _anchor(self, tag: str, closing: bool) -> None:
        if not closing:
            found = _LINK.search(tag)
            self.link = html.unescape(found[1]) if found else ""
        elif self.link:
            if self.link not in "".join(self.line[-3:]):
                self.line.append(f" <{self.link}>")
            self.link = ""

    def _end_line(self) -> None:
        said = " ".join("".join(self.line).split())
        self.line = []
        if said:
            self.lines.append(("> " if self.depth else "") + said)


def without_quotes(text: str) -> str:
    """Gives what is new in a reply; all of it where nothing would be left."""
    lines = text.split("\n")
    kept: list[str] = []
    for number, line in enumerate(lines):
        said = plain(line[:400])
        if _starts_rest(said, lines, number):
            break
        if not line.lstrip().startswith(">") and not _matches("quote_starts", said):
            kept.append(line.rstrip())
    new = re.sub(r"\n{3,}", "\n\n", "\n".join(kept)).strip()
    return new or text.strip()


def _starts_rest(said: str, lines: list[str], number: int) -> bool:
    if _matches("quote_rest", said):
        return True
    block = reply_words()["quote_block"]
    if not re.match(block["first"], said):
        return False
    following = [plain(line[:400]) for line in lines[number + 1 : number + 4]]
    return any(re.match(block["then"], one) for one in following)


def _matches(which: str, said: str) -> bool:
    return any(re.match(pattern, said) for pattern in reply_words()[which])
