"""Makes the whole copy: pages, the files they need, the single-file library, and what keeps them offline."""

import hashlib
import html
import json
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings

from amparo.know.articles import articles
from amparo.web.clock import this_moment
from amparo.web.languages import NAMES
from amparo.web.offer_pages import place_codes
from amparo.web.site.book import book
from amparo.web.site.links import as_file, for_files
from amparo.web.site.offer_data import offer_script, place_script
from amparo.web.site.pages import Choice, walk
from amparo.web.site.search_data import search_script

HERE = Path(__file__).parent
NOT_IN_THE_COPY = ("pdq.js", "pictures.js")  # they serve pages that need a server
READ_ME = """These are pages to read. Open index.html, or put the whole folder on any web host.
Nothing here asks another machine, and nothing is kept.

Texts: CC BY 4.0. Programs: AGPL-3.0-or-later. The project: Amparo.
"""


@dataclass(frozen=True)
class Made:
    """What was made: how many pages, files and bytes (before packing)."""

    pages: int
    files: int
    size: int


def make(to: Path, choice: Choice, *, progress: Callable[[int], None]) -> Made:
    """Writes the copy as one zip at `to`; the same content gives the same bytes on the same day."""
    day = this_moment().timetuple()[:6]
    names: list[str] = []
    pages = size = 0
    with zipfile.ZipFile(to, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as packed:
        for name, content, is_page in _files(choice, progress, names):
            entry = zipfile.ZipInfo(name, day)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = 0o644 << 16
            packed.writestr(entry, content)
            names.append(name)
            pages += is_page
            size += len(content)
    return Made(pages, len(names), size)


def _files(
    choice: Choice, progress: Callable[[int], None], names: list[str]
) -> Iterator[tuple[str, bytes, bool]]:
    """Gives (name, content, whether it is a page) of every file; what to keep offline comes last."""
    for path, content, kind in walk(choice, progress):
        if kind == "text/html":
            content = for_files(content.decode(), path, choice.holds).encode()
        yield as_file(path), content, kind == "text/html"
    look = Path(settings.STATICFILES_DIRS[0])
    for file in sorted(look.rglob("*.*")):
        if file.name not in NOT_IN_THE_COPY:
            yield f"static/{file.relative_to(look)}", file.read_bytes(), False
    for lang in choice.languages:
        yield f"{lang}.html", book(lang), True
        yield f"search/{lang}.js", search_script(lang), False
        yield f"offer/{lang}.js", offer_script(lang), False
        for code in place_codes():
            yield f"offer/{lang}/{code.lower()}.js", place_script(lang, code), False
    yield "index.html", _first(choice.languages), True
    yield "blank/index.html", _blank(), True
    yield "notes.webmanifest", _manifest(), False
    yield "README.txt", READ_ME.encode(), False
    yield "keep.js", _keeper(names, choice.languages), False


def _first(languages: tuple[str, ...]) -> bytes:
    links = "".join(
        f'<li><a href="{lang}/index.html" lang="{lang}" hreflang="{lang}">{html.escape(NAMES[lang])}</a></li>'
        for lang in languages
    )
    return _plain(f'<main><h1>Amparo</h1><ul class="doors">{links}</ul></main>', "")


def _blank() -> bytes:
    return _plain("<main><h1>·</h1></main>", "../")


def _plain(body: str, root: str) -> bytes:
    return (
        '<!doctype html>\n<html lang="en"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1"><title>Notes</title>'
        f'<link rel="stylesheet" href="{root}static/look/look.css">'
        f'<link rel="icon" href="{root}static/look/dot.svg"></head><body>{body}</body></html>\n'
    ).encode()


def _manifest() -> bytes:
    """A neutral name and sign: the copy is to look like any notes on a shared telephone."""
    icon = {"src": "static/look/dot.svg", "sizes": "any", "type": "image/svg+xml"}
    said = {
        "name": "Notes",
        "short_name": "Notes",
        "start_url": "index.html",
        "display": "browser",
        "background_color": "#faf6ee",
        "icons": [icon],
    }
    return json.dumps(said).encode()


def _keeper(names: list[str], languages: tuple[str, ...]) -> bytes:
    """The service worker: keeps the articles of the language that is read, and every page once seen."""
    first = [f"static/look/{name}" for name in ("look.css", "page.js", "copy.js", "dot.svg", "arch.svg")]
    by_language = {
        lang: [
            f"{lang}/index.html",
            f"{lang}/know/index.html",
            f"search/{lang}.js",
            *(f"{lang}/know/{one.name}/index.html" for one in articles().values()),
        ]
        for lang in languages
    }
    held = set(names)
    kept = {lang: [name for name in wanted if name in held] for lang, wanted in by_language.items()}
    print_ = hashlib.sha256("".join(sorted(names)).encode() + str(this_moment().date()).encode()).hexdigest()[
        :12
    ]
    text = (HERE / "keep.js").read_text(encoding="utf-8")
    for name, value in (("VERSION", print_), ("FIRST", first), ("LANGUAGES", kept)):
        text = text.replace(f'"{name}"', json.dumps(value), 1)
    return text.encode()
