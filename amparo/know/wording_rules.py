"""The rules of the word-list check, read from `wording/<lang>.yaml`, and how their patterns are written.

A pattern is a regular expression over plain small letters without accents, with three short forms: a space
is any run of spaces, hyphens and apostrophes; `~` is any ending of up to six letters; ` .. ` is up to three
words between, ` ... ` up to six. It begins with a word that has to be there: texts are looked through word by
word, and a pattern is tried only where its first word stands (`¦` ends that word where no space does).
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from amparo import packing
from amparo.errors import WrongUse
from amparo.words import words

WORDING = Path(__file__).parent / "wording"
FAMILIES = (
    "slavery_spectacle",
    "ideal_victim",
    "rescue",
    "villain",
    "migration_danger",
    "zombie_numbers",
    "profiling_signs",
    "police_only",
    "status_label",
    "conflation",
)
LANGUAGES = ("en", "es", "fr", "ro")
NOT_RULES = frozenset({"images", "sources"})
GAP = {" .. ": r"(?:[ ',\-]+\w+){0,3}?[ ',\-]+", " ... ": r"(?:[ ',\-]+\w+){0,6}?[ ',\-]+"}
FOLD = {ord(sign): to for sign, to in zip("’ʼ‐‑\t\xa0\u202f\u2009\r", "''--     ", strict=True)}
for _code in (*range(0xC0, 0x250), *range(0x1E00, 0x1F00)):
    _base = unicodedata.normalize("NFD", chr(_code))[0]
    if _base.isascii():
        FOLD[_code] = _base


@dataclass(frozen=True)
class Pattern:
    """One pattern: `first` fits its first word, `whole` all of it, from that word on."""

    first: re.Pattern[str]
    whole: re.Pattern[str]


@dataclass(frozen=True)
class Rule:
    """One rule. Silent: where `unless` overlaps, `unless_near` is in the sentence, or `unless_anywhere` fits.

    `near` has to be in the same paragraph. `negated`: a negation before it does not silence it. `cited`: a
    source and a year within 200 signs silence it. `once`: told once for a text.
    """

    id: str
    family: str
    severity: str
    patterns: tuple[Pattern, ...]
    why: str
    better: str
    source: str
    unless: re.Pattern[str] | None
    near: re.Pattern[str] | None
    unless_near: re.Pattern[str] | None
    unless_anywhere: tuple[Pattern, ...]
    negated: bool
    cited: bool
    once: bool
    examples_fire: tuple[str, ...]
    examples_silent: tuple[str, ...]


@dataclass(frozen=True)
class Rules:
    """What one language has: its rules, what a good text has, and the little things of the language."""

    language: str
    rules: tuple[Rule, ...]
    positive: tuple[Rule, ...]
    negation: re.Pattern[str]
    but: re.Pattern[str]
    critique: re.Pattern[str]
    names: re.Pattern[str]
    references: re.Pattern[str]
    named_source: re.Pattern[str]
    little_words: frozenset[str]


@dataclass(frozen=True)
class Question:
    """One question about a picture, for a person to answer yes or no."""

    id: str
    asks: str
    why: str
    wanted: str


def folded(text: str) -> str:
    """Gives the text without accents, sign for sign (`ș` → `s`), capitals kept."""
    return text.translate(FOLD)


@cache
def rules(language: str) -> Rules:
    """Gives the rules of a language. Raises WrongUse where there is no list for it."""
    if language not in LANGUAGES:
        raise WrongUse(
            words("There is no word list for the language {language}.", language=language),
            words("Give one of {languages} with --lang.", languages=", ".join(LANGUAGES)),
        )
    return _rules(_pack().piece(language))


def images(language: str) -> tuple[Question, ...]:
    """Gives the image checklist in a language. Raises WrongUse where it does not exist in it."""
    found = _pack().piece("images")
    if language not in found["languages"]:
        raise WrongUse(
            words("The image checklist is not written in {language}.", language=language),
            words("Give one of {languages} with --lang.", languages=", ".join(found["languages"])),
        )
    return tuple(
        Question(one["id"], one[language]["asks"], one[language]["why"], one["wanted"])
        for one in found["questions"]
    )


@cache
def _pack() -> packing.Pack:
    return packing.opened(WORDING, _made, code=Path(__file__))


def ship(to: Path) -> None:
    """Writes the quick copy of the word lists that travels with a release."""
    packing.ship(WORDING, _made, code=Path(__file__), to=to)


def _made() -> packing.Made:
    read = {path.stem: packing.plain(path) for path in sorted(WORDING.glob("*.yaml"))}
    sources = read.pop("sources")
    for name, piece in read.items():
        if name not in NOT_RULES:
            for rule in (*piece["rules"], *piece["positive"]):
                cited = sources[rule["source"]]
                rule["source"] = f"{cited['title']}. {cited['url']}"
    return {"languages": [name for name in read if name not in NOT_RULES]}, read


def _rules(piece: Mapping[str, Any]) -> Rules:
    return Rules(
        language=piece["language"],
        rules=tuple(_rule(one, one["family"]) for one in piece["rules"]),
        positive=tuple(_rule(one, f"positive:{one['id']}") for one in piece["positive"]),
        negation=_search(piece["negation"]),
        but=_search(piece["but"]),
        critique=_search(piece["critique"]),
        names=re.compile("|".join(rf"\b{_spaced(folded(one))}(?!\w)" for one in piece["names"])),
        references=re.compile(rf"(?:\d+[. ]+)?(?:{'|'.join(map(folded, piece['references']))}) *:?"),
        named_source=_search(piece["named_source"]),
        little_words=frozenset(folded(piece["little_words"]).split()),
    )


def _rule(one: Mapping[str, Any], family: str) -> Rule:
    return Rule(
        id=one["id"],
        family=family,
        severity=one.get("severity", "note"),
        patterns=_patterns((*one.get("lemmas", ()), *one.get("patterns", ()))),
        why=one["why"],
        better=one["better"],
        source=one["source"],
        unless=_search(one["unless"]) if one.get("unless") else None,
        near=_search(one["near"]) if one.get("near") else None,
        unless_near=_search(one["unless_near"]) if one.get("unless_near") else None,
        unless_anywhere=_patterns(one.get("unless_anywhere", ())),
        negated=bool(one.get("negated")),
        cited=bool(one.get("cited")),
        once=bool(one.get("once")),
        examples_fire=tuple(one.get("examples_fire", ())),
        examples_silent=tuple(one.get("examples_silent", ())),
    )


def _patterns(written: Iterable[str]) -> tuple[Pattern, ...]:
    made = []
    for one in written:
        plain = folded(one)
        first = re.compile("|".join(f"(?:{_spaced(word)})" for word in sorted(set(_first_words(plain)))))
        if first.fullmatch(""):
            raise ValueError(f"the first word of {one!r} can be absent")
        whole = _spaced(plain.replace("¦", ""))
        made.append(Pattern(first, re.compile(rf"(?:{whole})(?!\w)")))
    return tuple(made)


def _first_words(pattern: str) -> Iterator[str]:
    """Gives the expressions of a pattern's first word, up to a space or `¦`: one for each beginning."""
    at, opened = 0, -1
    while at < len(pattern) and pattern[at] not in " ¦":
        if pattern[at] == "\\":
            at += 1
        elif pattern[at] == "[":
            at = pattern.index("]", at)
        elif pattern[at] == "(":
            closed = _closing(pattern, at)
            if " " in pattern[at:closed] or "¦" in pattern[at:closed]:
                opened = at
                break
            at = closed
        at += 1
    if opened < 0:
        yield pattern[:at]
        return
    rest = pattern[closed + 1 :]
    ways = _alternatives(pattern[opened + 1 : closed])
    if rest[:1] in ("?", "*"):
        ways.append("")
    for way in ways:
        yield from _first_words(pattern[:opened] + way + rest.lstrip("?*+"))


def _closing(pattern: str, opened: int) -> int:
    depth = 0
    for at in range(opened, len(pattern)):
        depth += (pattern[at] == "(") - (pattern[at] == ")")
        if not depth:
            return at
    raise ValueError(f"a bracket of {pattern!r} is not closed")


def _alternatives(inside: str) -> list[str]:
    parts, depth = [""], 0
    for sign in inside:
        depth += (sign == "(") - (sign == ")")
        if sign == "|" and not depth:
            parts.append("")
        else:
            parts[-1] += sign
    return parts


def _spaced(pattern: str) -> str:
    for short, long in GAP.items():
        pattern = pattern.replace(short, long.replace(" ", "\0"))
    return pattern.replace(" ", r"[ '\-]+").replace("\0", " ").replace("~", r"\w{0,6}")


def _search(written: Iterable[str]) -> re.Pattern[str]:
    """Gives one expression that finds any of the patterns anywhere in small letters without accents."""
    return re.compile("|".join(rf"\b(?:{_spaced(folded(one))})(?!\w)" for one in written))
