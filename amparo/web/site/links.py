"""Addresses of a server → addresses between files, so that the copy opens from a folder too."""

import posixpath
import re
from collections.abc import Callable, Iterator

HREF = re.compile(r'\b(?P<name>href|src|action)="(?P<to>/[^"#]*)(?P<at>#[^"]*)?"')
ONLY_WITH_SERVER = re.compile(r"<form\b(?![^>]*\bdata-here\b).*?</form>", re.S)
LINK = re.compile(r'<a\b[^>]*?\bhref="(?P<to>/[^"#]*)[^"]*"[^>]*>(?P<said>.*?)</a>', re.S)
STATIC = "/static/"
OURS = (
    STATIC,
    "/exit",
    "/blank",
    "/notes.webmanifest",
    "/search/",
    "/offer/",
)  # no pages, but files of the copy
BOOK = re.compile(r"/[a-z]{2}\.html")


def inner_links(html: str) -> Iterator[str]:
    """Gives the pages a page links to; style sheets, scripts and the way out are none."""
    for found in HREF.finditer(html):
        to = found["to"]
        if found["name"] == "href" and not to.startswith(OURS) and not BOOK.fullmatch(to):
            yield to


def as_file(path: str) -> str:
    """Gives the file a page lies in: `/en/law/` → `en/law/index.html`; a file to keep has its own name."""
    if path.endswith("/file/"):
        topic, slug = path.strip("/").split("/")[-3:-1]
        return f"{path.strip('/').removesuffix('/file')}/{topic}-{slug}.html"
    if path.startswith(STATIC):
        return path.removeprefix("/")
    return f"{path.strip('/')}/index.html" if path.endswith("/") else path.strip("/")


def for_files(html: str, path: str, holds: Callable[[str], bool]) -> str:
    """Gives a page with its links leading from file to file.

    A link to what the copy does not hold becomes its words; a form that a server would answer goes.
    """
    here = posixpath.dirname(as_file(path))

    def relative(found: re.Match[str]) -> str:
        to = "/blank/" if found["to"].startswith("/exit") else found["to"]
        return f'{found["name"]}="{posixpath.relpath(as_file(to), here or ".")}{found["at"] or ""}"'

    def kept(found: re.Match[str]) -> str:
        return (
            found[0]
            if found["to"].startswith(OURS) or BOOK.fullmatch(found["to"]) or holds(found["to"])
            else f"<span>{found['said']}</span>"
        )

    return HREF.sub(relative, LINK.sub(kept, ONLY_WITH_SERVER.sub("", html)))
