"""A saved page or a piece of HTML → the addresses it is about, as text. Nothing in it is run or fetched."""

import re
from html.parser import HTMLParser
from urllib.parse import urljoin, urlsplit

_PAGE = re.compile(r"^\s*(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html|head|body)\b", re.I | re.S)
_SAVED_FROM = re.compile(r"<!--\s*saved from url=\(\d+\)(\S+)\s*-->", re.I)
_SEARCH_HOSTS = re.compile(
    r"(?:^|\.)(?:google|bing|duckduckgo|yandex|yahoo|startpage|ecosia|qwant)\.[a-z.]+$"
)
_OWN_WORDS = ("canonical", "og:url")


def is_page(untrusted_text: str) -> bool:
    """Says whether the text is a whole saved page and not only text that holds some tags."""
    return bool(_PAGE.match(untrusted_text[:5_000]))


def addresses_in(untrusted_html: str) -> str:
    """Gives one address per line: the page's own where it tells it, else the links it holds.

    A saved page of search results is about its results, so its outward links are given.
    """
    reader = _Reader()
    saved = _SAVED_FROM.search(untrusted_html[:5_000])
    if saved and saved.group(1).startswith(("http://", "https://")):
        reader.own.insert(0, saved.group(1))
    reader.feed(untrusted_html)
    own = reader.own[0] if reader.own else None
    if own and not _SEARCH_HOSTS.search(urlsplit(own).hostname or ""):
        return own
    base = reader.base or own or ""
    here = urlsplit(base).hostname
    absolute = (urljoin(base, link) for link in reader.links)
    outward = (link for link in absolute if link.startswith("http") and urlsplit(link).hostname != here)
    return "\n".join(outward)


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.own: list[str] = []
        self.links: list[str] = []
        self.base: str | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag == "a" and given.get("href"):
            self.links.append(given["href"])
        elif tag == "base" and given.get("href"):
            self.base = self.base or given["href"]
        elif tag in ("link", "meta"):
            kind = (given.get("rel") or given.get("property") or "").lower()
            address = given.get("href") or given.get("content") or ""
            if kind in _OWN_WORDS and address.startswith(("http://", "https://")):
                self.own.append(address)
