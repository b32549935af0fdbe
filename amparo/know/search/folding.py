"""Words as people type them → the terms search compares: folded, without endings, with what means the same.

The endings, little words and groups are data (words/<language>.yaml), so that the page without a server
folds the same way (web/static/look/copy.js does). Words asked are kept nowhere, so nothing here is cached
but the lists themselves.
"""

import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Any

from amparo import packing

WORDS = Path(__file__).parent / "words"
TOKEN = re.compile(r"[^\W_]+")
APOSTROPHES = re.compile(r"['’‘ʼ`´ʹ]")
# Signs that are one letter to a reader of Arabic: alef, ya and the closing ta in their forms; and what other
# keyboards write for kaf, ya, fa, ba and jim.
ALIKE = str.maketrans("أإآٱىئؤةیکگڭڤپچ", "ااااييوهيكككفبج", "ـ")
# What Russian keyboards write for a Ukrainian letter.
CYRILLIC = str.maketrans({"ґ": "г", "ы": "и", "э": "е", "ъ": ""})
LEAST = 3  # letters that stay when an ending goes
DRAWN_OUT = re.compile(r"([^\W\d_])\1{2,}")
LONGEST = 5  # words in an entry of a group ("no es lo que prometieron")
MARK = "\ue000"  # before the number of a group: a sign nobody types, and a letter to SQLite
MARKS = frozenset("\u0300\u0301\u0302\u0303\u0304\u0306\u0307\u0308\u030a\u030b\u030c\u0326\u0327\u0328")


@dataclass(frozen=True)
class Manner:
    """How one language is folded: endings and beginnings to drop, words to pass over, what means the same.

    `same`: a word's stem, or the stems of up to five words with a space between, → the marks of its groups.
    `elides`: an apostrophe parts two words (l'employeur); elsewhere it stands inside one (п'ять, don't).
    """

    endings: tuple[str, ...]
    beginnings: tuple[str, ...]
    little: frozenset[str]
    same: Mapping[str, tuple[str, ...]]
    elides: bool


@dataclass(frozen=True)
class Term:
    """One word or run of words: its stem ("" for a run), and the marks of the groups it belongs to."""

    stem: str
    marks: tuple[str, ...]


def folded(text: str) -> str:
    """Gives a text in small letters without accents: `Pașaportul` → `pasaportul`; `heeelp` → `heelp`."""
    small = APOSTROPHES.sub("", text.casefold()).translate(ALIKE)
    parts = unicodedata.normalize("NFKD", small)
    kept = (sign for sign in parts if sign not in MARKS and not _is_arabic_mark(sign))
    return DRAWN_OUT.sub(r"\1\1", "".join(kept).translate(ALIKE).translate(CYRILLIC))


def _is_arabic_mark(sign: str) -> bool:
    return "\u064b" <= sign <= "\u0655" or sign == "\u0670"


def terms(text: str, language: str) -> Iterator[Term]:
    """Gives the terms of a text in the order they stand: each word, then the runs of words that start there.

    Little words are passed over, but a run may hold them (`no me baja`).
    """
    how = manner(language)
    typed = _typed(text, how)
    stems = [_stem(word, how) for word in typed]
    for at, word in enumerate(typed):
        if word not in how.little and (len(word) > 1 or word.isdigit()):
            yield Term(stems[at], how.same.get(stems[at], ()))
        for size in range(2, min(LONGEST, len(typed) - at) + 1):
            if marks := how.same.get(" ".join(stems[at : at + size])):
                yield Term("", marks)


def _typed(text: str, how: Manner) -> list[str]:
    return TOKEN.findall(folded(APOSTROPHES.sub(" ", text) if how.elides else text))


def stem(word: str, language: str) -> str:
    """Gives a folded word without its beginning and its longest ending; at least three letters stay."""
    return _stem(word, manner(language))


def _stem(word: str, how: Manner) -> str:
    for beginning in how.beginnings:
        if word.startswith(beginning) and len(word) - len(beginning) >= LEAST:
            word = word[len(beginning) :]
            break
    for ending in how.endings:
        if word.endswith(ending) and len(word) - len(ending) >= LEAST:
            return word[: -len(ending)]
    return word


@cache
def manner(language: str) -> Manner:
    """Gives how a language is folded."""
    raw = raw_words(language)
    bare = Manner(
        endings=_longest_first(raw["endings"]),
        beginnings=_longest_first(raw["beginnings"]),
        little=frozenset(folded(one) for one in raw["little"]),
        same={},
        elides=raw["elides"],
    )
    return replace(bare, same=_same(raw["same"], bare))


def _longest_first(parts: list[str]) -> tuple[str, ...]:
    return tuple(sorted({folded(one) for one in parts}, key=lambda one: (-len(one), one)))


def raw_words(language: str) -> dict[str, Any]:
    """Gives the word lists of a language as they are written; `asked`: phrases by article."""
    return dict(_pack().piece(language))


@cache
def _pack() -> packing.Pack:
    return packing.opened(WORDS, _made, code=Path(__file__))


def ship(to: Path) -> None:
    """Writes the quick copy of the word lists that travels with a release."""
    packing.ship(WORDS, _made, code=Path(__file__), to=to)


def _made() -> packing.Made:
    pieces = {path.stem: packing.plain(path) for path in sorted(WORDS.glob("*.yaml"))}
    return {"languages": list(pieces)}, pieces


def _same(groups: list[list[str]], how: Manner) -> dict[str, tuple[str, ...]]:
    """Gives each entry's stems with the marks of its groups; a word may stand in several groups."""
    found: dict[str, dict[str, None]] = {}
    for number, group in enumerate(groups):
        for entry in group:
            key = " ".join(_stem(word, how) for word in _typed(entry, how))
            found.setdefault(key, {})[f"{MARK}{number}"] = None
    return {one: tuple(marks) for one, marks in found.items()}
