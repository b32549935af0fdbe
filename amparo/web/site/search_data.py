"""What the copy's search needs of one language: the rows of its articles, and how its words are folded.

The numbers it ranks by are those of amparo/know/search, so that both give the same articles.
"""

import json
from typing import Any

from amparo.know.articles import articles
from amparo.know.search import near
from amparo.know.search.folding import manner
from amparo.know.search.index import BEST, LONG, MOST_TERMS, MOST_TYPED, SPREAD, hit
from amparo.know.search.rows import WEIGHTS, rows

NUMBERS = {
    "weights": WEIGHTS,
    "best": BEST,
    "spread": SPREAD,
    "long": LONG,
    "typed": MOST_TYPED,
    "most": MOST_TERMS,
    "far": near.FAR,
    "near": near.NEAR,
    "begins": near.BEGINS,
    "left": near.LEFT,
    "form": near.FORM,
    "typo": near.TYPO,
    "forms": near.MOST,
}


def search_script(lang: str) -> bytes:
    """Gives the script that holds the index of one language: a script also opens from a folder."""
    how = manner(lang)
    held = rows(lang)
    known = sorted({term for _, _, said in held for term in said.split(" ")})
    data = {
        "pages": [_page(id, lang) for id in articles()],
        "terms": known,
        "rows": _numbered(held, known),
        "endings": how.endings,
        "beginnings": how.beginnings,
        "little": sorted(how.little),
        "same": how.same,
        "elides": how.elides,
        "numbers": NUMBERS,
    }
    return f"amparoSearch={json.dumps(data, ensure_ascii=False, separators=(',', ':'))};\n".encode()


def _page(id: str, lang: str) -> list[str]:
    found = hit(id, lang)
    return [found.article.name, found.title, found.snippet]


def _numbered(held: list[Any], known: list[str]) -> list[list[int]]:
    """Gives each row as its article's place, what it is, then the places of its terms."""
    place = {term: at for at, term in enumerate(known)}
    return [[at, kind, *(place[term] for term in said.split(" "))] for at, kind, said in held]
