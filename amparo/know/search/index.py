"""The index of one language in memory (SQLite FTS5), and which articles fit words as people type them."""

import math
import re
import sqlite3
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from amparo.errors import WrongUse
from amparo.know.article import LANGUAGES, ORIGINAL, Article
from amparo.know.articles import articles, text
from amparo.know.search.folding import Term, terms
from amparo.know.search.near import Near
from amparo.know.search.rows import WEIGHTS, rows
from amparo.know.showing import plain
from amparo.words import words

MOST_TYPED = 300  # signs of a question that are read
MOST_TERMS = 24
BEST = (1.0, 0.7, 0.5, 0.35)  # how much an article's rows that fit best count, from the first on
SPREAD = 0.5  # what the words of a question found anywhere in an article count, beside its best rows
LONG = 0.2  # how much each term of a row that was not asked for takes away


@dataclass(frozen=True)
class Hit:
    """One article found: its title in the language asked, and the sentence that answers."""

    article: Article
    title: str
    snippet: str


def search(asked: str, language: str, *, most: int = 10) -> tuple[Hit, ...]:
    """Gives the articles that fit words as people type them, best first. WrongUse: no such language."""
    ids = tuple(articles())
    return tuple(hit(ids[at], language) for at in _index(language).find(asked[:MOST_TYPED])[:most])


Wanted = dict[str, float]  # known terms that stand for one word asked → how well they do


class Index:
    """The rows of one language, ready to be asked. One lock: SQLite's memory is one connection's."""

    def __init__(self, language: str) -> None:
        self.language = language
        self._lock = threading.Lock()
        self._rows = rows(language)
        self._tables = sqlite3.connect(":memory:", check_same_thread=False)
        self._tables.execute(
            "CREATE VIRTUAL TABLE held USING fts5(terms, content='', columnsize=0, detail=none,"
            ' tokenize="unicode61 remove_diacritics 0")'
        )
        self._tables.executemany(
            "INSERT INTO held(rowid, terms) VALUES (?, ?)",
            ((at, row[2]) for at, row in enumerate(self._rows)),
        )
        self._length = [row[2].count(" ") + 1 for row in self._rows]
        self.known = frozenset(term for row in self._rows for term in row[2].split(" "))
        self._near = Near(self.known)

    def find(self, asked: str) -> list[int]:
        """Gives the places of the articles, best first."""
        best: dict[int, list[float]] = {}  # row → what each word asked finds in it
        wanted = list(self._wanted(asked))
        spread = [self._spread(one, best, at, len(wanted)) for at, one in enumerate(wanted)]
        fits: dict[int, list[float]] = {}
        for row, found in best.items():
            article, kind, _ = self._rows[row]
            missed = self._length[row] - sum(1 for one in found if one)
            fits.setdefault(article, []).append(WEIGHTS[kind] * sum(found) / (1 + LONG * missed))
        scores = {article: _best(rows) for article, rows in fits.items()}
        for one in spread:
            for article, worth in one.items():
                scores[article] += SPREAD * worth
        return sorted(scores, key=lambda at: (-round(scores[at], 6), at))

    def _wanted(self, asked: str) -> Iterator[Wanted]:
        """Gives, for each word asked, the known terms that stand for it."""
        seen: set[Term] = set()
        for term in terms(asked, self.language):
            if term in seen or len(seen) >= MOST_TERMS:
                continue
            seen.add(term)
            held = (one for one in (term.stem, *term.marks) if one in self.known)
            found = self._near.of(term.stem, dict.fromkeys(held, 1.0))
            if found:
                yield found

    def _spread(
        self, wanted: Wanted, best: dict[int, list[float]], place: int, places: int
    ) -> dict[int, float]:
        """Notes what a word finds in each row; gives what it finds in each article."""
        found: dict[int, float] = {}
        for term, factor in wanted.items():
            held = self._holding(term)
            weights: dict[int, float] = {}
            for row in held:
                article, kind, _ = self._rows[row]
                weights[article] = max(weights.get(article, 0.0), WEIGHTS[kind])
            rare = factor * math.log(1 + len(articles()) / (0.5 + sum(weights.values())))
            for row in held:
                worth = best.setdefault(row, [0.0] * places)
                worth[place] = max(worth[place], rare)
            for article, weight in weights.items():
                found[article] = max(found.get(article, 0.0), rare * weight)
        return found

    def _holding(self, term: str) -> list[int]:
        with self._lock:
            return [
                row
                for (row,) in self._tables.execute(
                    "SELECT rowid FROM held WHERE held MATCH ?", (f'"{term}"',)
                )
            ]


def _best(fits: list[float]) -> float:
    return sum(weight * fit for weight, fit in zip(BEST, sorted(fits, reverse=True), strict=False))


@cache
def _index(language: str) -> Index:
    if not any(language in one.titles for one in articles().values()):
        raise WrongUse(
            words("There are no articles in {language}.", language=language),
            words("Use one of: {near}.", near=sorted(LANGUAGES)),
        )
    return Index(language)


def hit(id: str, language: str) -> Hit:
    """Gives an article as a search shows it."""
    one = articles()[id]
    said = text(one, language) or text(one, ORIGINAL)
    answer = " ".join(plain(said.parts["answer"]).split()) if said else ""
    return Hit(one, one.title(language), re.split(r"(?<=[.!?؟])\s+", answer)[0])
