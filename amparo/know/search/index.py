"""The index of one language in memory (SQLite FTS5), and what it finds for words with mistakes in them."""

import re
import sqlite3
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from amparo.errors import WrongUse
from amparo.know.article import LANGUAGES, ORIGINAL, Article
from amparo.know.articles import articles, text
from amparo.know.search.folding import manner, terms
from amparo.know.showing import plain
from amparo.words import words

MOST_TYPED = 300  # signs of a question that are read
FAR = 8  # from this length on, two mistakes are forgiven
NEAR = 4  # from this length on, one; a shorter word is too like others
# A hit in the title or among what people type counts more than one deep in the text.
WEIGHTS = {"title": 6.0, "searched": 8.0, "answer": 3.0, "body": 1.0}


@dataclass(frozen=True)
class Hit:
    """One article found: its title in the language asked, and the sentence that answers."""

    article: Article
    title: str
    snippet: str


def search(asked: str, language: str, *, most: int = 10) -> tuple[Hit, ...]:
    """Gives the articles that fit words as people type them, best first. WrongUse: no such language."""
    index = _index(language)
    wanted = index.query(asked[:MOST_TYPED])
    return tuple(hit(id, language) for id in index.find(wanted, most)) if wanted else ()


class Index:
    """The articles of one language, ready to be asked. One lock: SQLite's memory is one connection's."""

    def __init__(self, language: str) -> None:
        self.language = language
        self._lock = threading.Lock()
        self._tables = sqlite3.connect(":memory:", check_same_thread=False)
        columns = ", ".join(WEIGHTS)
        self._tables.execute(
            f"CREATE VIRTUAL TABLE pages USING fts5(id UNINDEXED, {columns}, tokenize='unicode61')"
        )
        held = list(rows(language))
        self._tables.executemany("INSERT INTO pages VALUES (?, ?, ?, ?, ?)", held)
        self.known = frozenset(term for row in held for field in row[1:] for term in field.split())
        self._near: dict[str, list[str]] = {}

    def query(self, asked: str) -> str:
        """Gives what FTS5 is asked: each word, what means the same, or its nearest when it is unknown."""
        same = manner(self.language).same
        groups = []
        for term in dict.fromkeys(terms(asked, self.language)):
            found = [one for one in (term, *same.get(term, ())) if one in self.known]
            groups += found or self.nearest(term)
        return " OR ".join(f'"{one}"' for one in dict.fromkeys(groups))

    def nearest(self, term: str) -> list[str]:
        """Gives the known terms with the fewest mistakes between them and this one; none: too far."""
        allowed = 2 if len(term) >= FAR else 1 if len(term) >= NEAR else 0
        self._near = self._near or _by_shorter(self.known)  # only the first mistake pays for it
        for mistakes in range(1, allowed + 1):
            found = {one for shorter in _shorter(term, mistakes) for one in self._near.get(shorter, ())}
            if found:
                return sorted(found)[:4]
        return []

    def find(self, wanted: str, most: int) -> list[str]:
        """Gives the ids of the articles, best first."""
        weights = ", ".join(str(one) for one in (0.0, *WEIGHTS.values()))
        with self._lock:
            found = self._tables.execute(
                f"SELECT id FROM pages WHERE pages MATCH ? ORDER BY bm25(pages, {weights}) LIMIT ?",  # noqa: S608 - our own numbers
                (wanted, most),
            ).fetchall()
        return [id for (id,) in found]


@cache
def _index(language: str) -> Index:
    if not any(language in one.titles for one in articles().values()):
        raise WrongUse(
            words("There are no articles in {language}.", language=language),
            words("Use one of: {near}.", near=sorted(LANGUAGES)),
        )
    return Index(language)


def rows(language: str) -> Iterator[tuple[str, ...]]:
    """Gives id, title, searched, answer and body of every article as terms; English where untranslated."""
    for one in articles().values():
        said = text(one, language) or text(one, ORIGINAL)
        if said is None:
            continue
        body = " ".join(plain(part) for name, part in said.parts.items() if name != "answer")
        fields = (said.title, " . ".join(said.searched), plain(said.parts.get("answer", "")), body)
        yield (one.id, *(" ".join(terms(field, language)) for field in fields))


def _shorter(term: str, mistakes: int) -> set[str]:
    """Gives a term and every form with up to `mistakes` letters left out (symmetric deletion)."""
    found = {term}
    for _ in range(mistakes):
        found |= {one[:at] + one[at + 1 :] for one in found for at in range(len(one)) if len(one) > 2}
    return found


def _by_shorter(known: frozenset[str]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for term in known:
        if len(term) >= NEAR - 1:
            for shorter in _shorter(term, 1):
                found.setdefault(shorter, []).append(term)
    return found


def hit(id: str, language: str) -> Hit:
    """Gives an article as a search shows it."""
    one = articles()[id]
    said = text(one, language) or text(one, ORIGINAL)
    answer = " ".join(plain(said.parts["answer"]).split()) if said else ""
    return Hit(one, one.title(language), re.split(r"(?<=[.!?؟])\s+", answer)[0])
