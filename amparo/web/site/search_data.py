"""The index of the copy's search: for each term its articles with their weight, and how to fold words.

The weights are those of BM25 (Robertson and Zaragoza 2009; k1 1.2, b 0.75), worked out here once.
"""

import json
import math
from collections import Counter

from amparo.know.search.folding import manner
from amparo.know.search.index import WEIGHTS, hit, rows

K1, B = 1.2, 0.75


def search_script(lang: str) -> bytes:
    """Gives the script that holds the index of one language: a script also opens from a folder."""
    how = manner(lang)
    data = {
        "pages": [_page(id, lang) for id, *_ in rows(lang)],
        "terms": _terms(lang),
        "endings": how.endings,
        "beginnings": how.beginnings,
        "little": sorted(how.little),
        "same": how.same,
        "elides": how.elides,
    }
    return f"amparoSearch={json.dumps(data, ensure_ascii=False, separators=(',', ':'))};\n".encode()


def _page(id: str, lang: str) -> list[str]:
    found = hit(id, lang)
    return [found.article.name, found.title, found.snippet]


def _terms(lang: str) -> dict[str, list[list[float]]]:
    """Gives each term's articles as [place in the list of pages, weight]."""
    counted = [_counted(row[1:]) for row in rows(lang)]
    lengths = [sum(one.values()) for one in counted]
    usual = sum(lengths) / max(1, len(lengths))
    within: dict[str, list[tuple[int, float]]] = {}
    for at, one in enumerate(counted):
        for term, often in one.items():
            within.setdefault(term, []).append((at, often))
    return {
        term: [[at, _weight(often, lengths[at] / usual, len(held), len(counted))] for at, often in held]
        for term, held in sorted(within.items())
    }


def _counted(fields: tuple[str, ...]) -> Counter[str]:
    found: Counter[str] = Counter()
    for field, weight in zip(fields, WEIGHTS.values(), strict=True):
        for term in field.split():
            found[term] += weight  # type: ignore[assignment]  # a weighted count is no whole number
    return found


def _weight(often: float, long: float, held: int, count: int) -> float:
    rare = math.log(1 + (count - held + 0.5) / (held + 0.5))
    return round(rare * often * (K1 + 1) / (often + K1 * (1 - B + B * long)), 2)
