"""Words as people type them → the terms search compares: folded, without endings, in each language.

The endings, little words and synonyms are data (words/<language>.yaml), so that the page without a server
can fold the same way (web/static/look/search.js does).
"""

import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

from amparo import packing

WORDS = Path(__file__).parent / "words"
TOKEN = re.compile(r"[^\W_]+")
APOSTROPHES = re.compile(r"['’ʼ`ʹ]")
# Signs that are one letter to a reader of Arabic: forms of alef, of ya and of the closing ta.
ALIKE = str.maketrans(
    {"أ": "ا", "إ": "ا", "آ": "ا", "ٱ": "ا", "ى": "ي", "ئ": "ي", "ؤ": "و", "ة": "ه", "ـ": ""}
)
LEAST = 3  # letters that stay when an ending goes
MARKS = frozenset("\u0300\u0301\u0302\u0303\u0304\u0306\u0307\u0308\u030a\u030b\u030c\u0326\u0327\u0328")


@dataclass(frozen=True)
class Manner:
    """How one language is folded: endings and beginnings to drop, words to pass over, what means the same.

    `elides`: an apostrophe parts two words (l'employeur); elsewhere it stands inside one (п'ять, don't).
    """

    endings: tuple[str, ...]
    beginnings: tuple[str, ...]
    little: frozenset[str]
    same: Mapping[str, tuple[str, ...]]
    elides: bool


def folded(text: str) -> str:
    """Gives a text in small letters without accents: `Pașaportul` → `pasaportul`."""
    small = APOSTROPHES.sub("", text.casefold()).translate(ALIKE)
    parts = unicodedata.normalize("NFKD", small)
    kept = (sign for sign in parts if sign not in MARKS and not _is_arabic_mark(sign))
    return "".join(kept).translate(ALIKE).replace("ґ", "г")


def _is_arabic_mark(sign: str) -> bool:
    return "\u064b" <= sign <= "\u0655" or sign == "\u0670"


def terms(text: str, language: str) -> Iterator[str]:
    """Gives the terms of a text in the order they stand; little words are passed over."""
    how = manner(language)
    for word in TOKEN.findall(folded(APOSTROPHES.sub(" ", text) if how.elides else text)):
        if word not in how.little and (len(word) > 1 or word.isdigit()):
            yield stem(word, language)


@lru_cache(maxsize=50_000)
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
    raw = _raw(language)
    endings = tuple(sorted({folded(one) for one in raw["endings"]}, key=lambda one: (-len(one), one)))
    bare = Manner(
        endings=endings,
        beginnings=tuple(
            sorted((folded(one) for one in raw["beginnings"]), key=lambda one: (-len(one), one))
        ),
        little=frozenset(folded(one) for one in raw["little"]),
        same={},
        elides=raw["elides"],
    )
    return replace(bare, same=_same(raw["same"], bare))


def _raw(language: str) -> dict[str, Any]:
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
    """Gives each word's stem with the stems that mean the same; a word may stand in several groups."""
    found: dict[str, dict[str, None]] = {}
    for group in groups:
        stems = [_stem(folded(one), how) for one in group]
        for one in stems:
            found.setdefault(one, {}).update(dict.fromkeys(other for other in stems if other != one))
    return {one: tuple(others) for one, others in found.items()}
