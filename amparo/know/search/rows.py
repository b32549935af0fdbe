"""The small texts search looks through: each title, each phrase people type, each line of an article.

Taking them apart takes a second for six languages; a quick copy keeps what came of it.
"""

from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

from amparo import packing
from amparo.know.article import LANGUAGES, ORIGINAL
from amparo.know.articles import articles, text
from amparo.know.search import folding
from amparo.know.showing import plain

KNOW = Path(__file__).parents[1]
# What a row is → how much a word found there says. What people type says more than a line deep in the text.
PHRASE, TITLE, ANSWER, BODY = range(4)
WEIGHTS = (1.0, 1.3, 0.6, 0.35)
Row = tuple[int, int, str]  # place of its article among `articles()`, what it is, its terms with spaces


def rows(language: str) -> list[Row]:
    """Gives the rows of every article; English where it is not translated."""
    return [(at, kind, terms) for at, kind, terms in _pack().piece(language)]


@cache
def _pack() -> packing.Pack:
    return packing.opened(KNOW, _made, code=_newest())


def ship(to: Path) -> None:
    """Writes the quick copy of the rows that travels with a release."""
    packing.ship(KNOW, _made, code=Path(__file__), to=to)


def _newest() -> Path:
    """Gives the module that changed last of the two that make the rows."""
    return max(Path(__file__), Path(folding.__file__), key=lambda one: one.stat().st_mtime_ns)


def _made() -> packing.Made:
    return {"languages": list(LANGUAGES)}, {language: _read(language) for language in LANGUAGES}


def _read(language: str) -> list[list[Any]]:
    found: dict[tuple[int, int, str], None] = {}
    for at, kind, said in _said(language):
        held = {
            one: None for term in folding.terms(said, language) for one in (term.stem, *term.marks) if one
        }
        if held:
            found[at, kind, " ".join(sorted(held))] = None
    return [list(row) for row in found]


def _said(language: str) -> Iterator[tuple[int, int, str]]:
    asked = folding.raw_words(language).get("asked") or {}
    for at, one in enumerate(articles().values()):
        said = text(one, language) or text(one, ORIGINAL)
        if said is None:
            continue
        yield at, TITLE, said.title
        for phrase in (*said.searched, *asked.get(one.id, ())):
            yield at, PHRASE, str(phrase)
        for name, part in said.parts.items():
            for line in plain(part).splitlines():
                yield at, ANSWER if name == "answer" else BODY, line
