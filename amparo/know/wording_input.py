"""A file to check → its text as the check reads it (Markdown), and where each place of it stands in the file.

Text, Markdown, HTML and PDF. What comes in is untrusted: sizes are limited, a PDF is read in a process of its
own (wording_pdf).
"""

import json
import re
import subprocess
import sys
import unicodedata
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from html.parser import HTMLParser
from pathlib import Path
from types import MappingProxyType
from typing import NoReturn

from amparo.errors import CouldNot, Refused
from amparo.know import wording_pdf
from amparo.know.wording_layout import MARKER
from amparo.words import Words, words

TEXT_MOST = 8_000_000  # bytes of a text or HTML file, signs of a PDF's text
PDF_MOST = 30_000_000  # bytes
PAGES_MOST = 400
SECONDS = 30
UNSEEN = re.compile("[\u00ad\u200b-\u200f\u2060\ufeff]")
CHARSET = re.compile(rb"<meta[^>]{0,200}charset=[\"']?([\w-]{3,20})", re.I)
HTML = re.compile(r"\s*(?:<!doctype html|<html)", re.I)


@dataclass(frozen=True)
class Document:
    """A text and where it stands: `starts` are signs of the text, `places` the line or page there."""

    text: str
    unit: str
    starts: Sequence[int]
    places: Sequence[int]

    def where(self, at: int) -> str:
        """Gives the place of a sign: `line 12, column 3`, or `page 2` in a PDF."""
        index = max(0, bisect_right(self.starts, at) - 1)
        if self.unit == "page":
            return f"page {self.places[index]}"
        before = self.text[self.starts[index] : at]
        line = self.places[index] + before.count("\n")
        if self.unit == "html":
            return f"line {line}"
        return f"line {line}, column {len(before) - before.rfind(chr(10))}"


def read(path: Path) -> Document:
    """Gives the text of a file. Raises Refused where it is too big, or no text, HTML or PDF."""
    size = path.stat().st_size
    with path.open("rb") as file:
        start = file.read(1024)
        pdf = b"%PDF-" in start
        if size > (PDF_MOST if pdf else TEXT_MOST):
            _refuse(
                words("The file is too big: {n} bytes.", n=size),
                words("Give at most {n} bytes: a part of the text.", n=PDF_MOST if pdf else TEXT_MOST),
            )
        content = start + file.read(PDF_MOST)
    if pdf:
        return _from_pdf(content)
    text = _decoded(content)
    html = path.suffix.lower() in (".html", ".htm", ".xhtml") or HTML.match(text)
    return from_html(text) if html else from_text(text)


def from_text(text: str) -> Document:
    """Gives plain text or Markdown as it is."""
    return Document(_clean(text), "line", (0,), (1,))


def from_html(text: str) -> Document:
    """Gives what a reader of a page sees, as Markdown: quotations stay quotations, scripts are left out."""
    page = _Page()
    page.feed(_clean(text))
    page.close()
    return Document("".join(page.said), "html", page.starts or (0,), page.lines or (1,))


def _clean(text: str) -> str:
    return UNSEEN.sub("", unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n")))


def _decoded(content: bytes) -> str:
    named = CHARSET.search(content[:2048])
    wide = content[:2] in (b"\xff\xfe", b"\xfe\xff")
    for code in ("utf-16" if wide else "utf-8-sig", named[1].decode() if named else "utf-8"):
        try:
            text = content.decode(code)
        except (UnicodeError, LookupError):
            continue
        if "\0" not in text:
            return text
    _refuse(
        words("This is no text in UTF-8."),
        words("Give text, Markdown, HTML or PDF; save the text as UTF-8."),
    )


def _from_pdf(content: bytes) -> Document:
    command = [sys.executable, "-I", wording_pdf.__file__, str(PAGES_MOST), str(TEXT_MOST), str(SECONDS)]
    try:
        done = subprocess.run(  # noqa: S603 - this Python and our own file; what is untrusted goes to its stdin
            command, input=content, capture_output=True, timeout=SECONDS, check=False
        )
    except subprocess.TimeoutExpired:
        _refuse(words("Reading this PDF takes too long."), words("Save it again as PDF, or give its text."))
    except OSError as error:
        raise CouldNot(
            words("The system refused: {why}.", why=error.strerror or "unknown"),
            words("Give the text of the PDF instead."),
        ) from None
    if done.returncode == wording_pdf.ENCRYPTED:
        _refuse(words("This PDF is locked with a password."), words("Save it without, or give its text."))
    if done.returncode in (wording_pdf.TOO_MANY, wording_pdf.TOO_LONG):
        _refuse(
            words("This PDF is too long: more than {n} pages or too much text.", n=PAGES_MOST),
            words("Give a part of it."),
        )
    if done.returncode:
        _refuse(words("This PDF cannot be read."), words("Save it again as PDF, or give its text."))
    return _of_pages(json.loads(done.stdout))


def _of_pages(pages: list[str]) -> Document:
    if not any(page.strip() for page in pages):
        _refuse(
            words("This PDF holds no text, only pictures."),
            words("Give its text; a picture has its own list: amparo know check --images."),
        )
    starts, said = [], ""
    for page in pages:
        starts.append(len(said))
        said += _clean(page) + "\n\n"
    return Document(said, "page", starts, range(1, len(pages) + 1))


def _refuse(what: Words, next: Words) -> NoReturn:
    raise Refused(what, next)


class _Page(HTMLParser):
    """Collects what is seen of a page, with the line each piece came from."""

    HIDDEN = frozenset({"script", "style", "template", "svg"})
    INLINE = MappingProxyType({"q": "“”", "cite": "“”", "code": "``", "samp": "``"})
    BLOCKS = frozenset(
        ["p", "div", "section", "article", "header", "footer", "main", "aside", "nav", "ul", "ol", "dl", "dt"]
    ) | frozenset(
        ["dd", "table", "tr", "td", "th", "figure", "figcaption", "form", "title", "pre", "address", "br"]
    )
    BLOCKS |= frozenset(["details", "summary", "hr", "body", "blockquote"])
    MARKS = MappingProxyType({"li": "- ", **{f"h{n}": "## " for n in range(1, 7)}})

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.said: list[str] = []
        self.starts: list[int] = []
        self.lines: list[int] = []
        self.length = self.hidden = self.quoted = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._described(tag, dict(attrs))
        self.hidden += tag in self.HIDDEN
        self.quoted += tag == "blockquote"
        if tag in self.INLINE:
            self._say(self.INLINE[tag][0])
        elif tag in self.BLOCKS or tag in self.MARKS:
            self._block(self.MARKS.get(tag, ""))

    def handle_endtag(self, tag: str) -> None:
        self.hidden = max(0, self.hidden - (tag in self.HIDDEN))
        self.quoted = max(0, self.quoted - (tag == "blockquote"))
        if tag in self.INLINE:
            self._say(self.INLINE[tag][1])
        elif tag in self.BLOCKS or tag in self.MARKS:
            self._block("")

    def handle_data(self, data: str) -> None:
        self._say(data.replace("\n", " ") if self.quoted else re.sub(r"\n(?=\s*\n)", " ", data))

    def handle_comment(self, data: str) -> None:
        if data.strip() == MARKER.strip("<>!- "):
            self._say(MARKER)

    def _described(self, tag: str, given: dict[str, str | None]) -> None:
        """What is read out or shared without being on the page: alt texts, the page's description."""
        about = (given.get("name") or given.get("property") or "").endswith("description")
        text = given.get("content") if tag == "meta" and about else given.get("alt")
        if text:
            self._block("")
            self._say(text)
            self._block("")

    def _block(self, mark: str) -> None:
        self._say("\n\n" + ("> " if self.quoted else "") + mark)

    def _say(self, text: str) -> None:
        if not self.hidden:
            self.starts.append(self.length)
            self.lines.append(self.getpos()[0])
            self.said.append(text)
            self.length += len(text)
