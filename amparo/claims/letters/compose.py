"""Writes one letter: chooses the parts that fit, fills their blanks, checks every required element."""

import re
import string
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache

from amparo.claims.letters.elements import label, stands, to_fill
from amparo.claims.letters.facts import Facts
from amparo.claims.letters.shapes import Element, Said, ToFill
from amparo.claims.letters.texts import LetterText, Part, phrases

ALL_OF = ("known", "asks")


@dataclass(frozen=True)
class Written:
    """A letter's text with what it holds and lacks."""

    subject: str
    body: str
    parts: tuple[Said, ...]
    elements: tuple[Element, ...]
    missing: tuple[str, ...]
    to_fill: tuple[ToFill, ...]


@dataclass(frozen=True)
class _Filled:
    said: Said
    open: tuple[str, ...]


def write(text: LetterText, facts: Facts, *, required: Iterable[str]) -> Written:
    """Gives the letter for these facts. An open blank shows its name in brackets and is reported."""
    filled = tuple(_fill(part, facts) for part in _chosen(text.parts, facts.looks))
    body = "\n\n".join(one.said.text for one in filled)
    elements = tuple(
        Element(id=element, label=label(element), present=_present(element, filled, body, facts))
        for element in dict.fromkeys(required)
    )
    absent = tuple(element.id for element in elements if not element.present)
    carried = {one.said.element for one in filled if one.said.element in absent}
    others = [blank for one in filled if one.said.element not in carried for blank in one.open]
    every = dict.fromkeys(blank for one in filled for blank in one.open)
    return Written(
        subject=_fill_text(text.subject, facts)[0],
        body=body,
        parts=tuple(one.said for one in filled),
        elements=elements,
        missing=tuple(dict.fromkeys((*absent, *others))),
        to_fill=_each_once(
            (
                *(ToFill(blank, to_fill(blank)) for blank in every),
                *(_without_a_part(absent, filled)),
            )
        ),
    )


def _each_once(asked: tuple[ToFill, ...]) -> tuple[ToFill, ...]:
    """Gives what is asked, no sentence twice: two open places of a letter can wait for one answer."""
    return tuple({str(one.words): one for one in reversed(asked)}.values())[::-1]


def _chosen(parts: tuple[Part, ...], looks: Mapping[str, frozenset[str]]) -> Iterator[Part]:
    for part in parts:
        if not fits(part, looks):
            continue
        if part.one_of:
            yield from _chosen(tuple(one for one in part.one_of if fits(one, looks))[:1], looks)
        else:
            yield part


def fits(part: Part, looks: Mapping[str, frozenset[str]]) -> bool:
    """True when every condition of `when` holds and none of `unless` does."""
    return all(_holds(name, wanted, looks) for name, wanted in part.when.items()) and not any(
        _holds(name, wanted, looks) for name, wanted in part.unless.items()
    )


def _holds(name: str, wanted: tuple[str, ...], looks: Mapping[str, frozenset[str]]) -> bool:
    if name in ALL_OF:
        return looks[name].issuperset(wanted)
    return not looks[name].isdisjoint(wanted)


def _fill(part: Part, facts: Facts) -> _Filled:
    said, open_blanks = _fill_text(part.text, facts)
    unconfirmed = tuple(need for need in part.needs if need not in facts.confirmed)
    return _Filled(Said(said, part.element), (*open_blanks, *unconfirmed))


def _fill_text(text: str, facts: Facts) -> tuple[str, tuple[str, ...]]:
    names = blanks_of(text)
    open_blanks = tuple(name for name in names if name not in facts.blanks)
    shown = phrases(facts.language).blanks
    values = {name: facts.blanks.get(name) or f"[{shown.get(name, name)}]" for name in names}
    text = _elided(_ended_once(text, values), values, facts.language)
    if facts.language in RIGHT_TO_LEFT:
        values = {name: _isolated(name, value) for name, value in values.items()}
    return text.format_map(values), open_blanks


def _ended_once(text: str, values: Mapping[str, str]) -> str:
    """Leaves out the full stop after a value that brings its own, as in `Tube Inc.`"""
    return _THEN_A_STOP.sub(lambda m: f"{{{m[1]}}}" + ("" if values[m[1]].endswith(".") else "."), text)


def _isolated(name: str, value: str) -> str:
    """Gives a value as an isolate, so that a Latin name or address in Arabic keeps its own order."""
    bare = name in ("places", "search_names", "signature") or not _LATIN.search(value)
    return value if bare else f"\u2068{value}\u2069"


_THEN_A_STOP = re.compile(r"\{(\w+)\}\.(?=\s|$)")
_LATIN = re.compile(r"[A-Za-z0-9]")
RIGHT_TO_LEFT = frozenset({"ar"})


def _elided(text: str, values: Mapping[str, str], language: str) -> str:
    """Gives French its `d'` before a name that begins with a vowel (h and y are left: both occur)."""
    if language != "fr":
        return text
    return _DE_A_NAME.sub(
        lambda m: ("d'" if values[m[1]][:1].lower() in _VOWELS else "de ") + f"{{{m[1]}}}", text
    )


_DE_A_NAME = re.compile(r"\bde \{(\w+)\}")
_VOWELS = frozenset("aàâäeéèêëiîïoôöuùûü")


@cache
def blanks_of(text: str) -> tuple[str, ...]:
    """Gives the names of the blanks in a text, in order, each once."""
    return tuple(dict.fromkeys(name for _, name, _, _ in string.Formatter().parse(text) if name))


def _present(element: str, filled: tuple[_Filled, ...], body: str, facts: Facts) -> bool:
    carriers = [one for one in filled if one.said.element == element]
    return bool(carriers) and not any(one.open for one in carriers) and stands(element, body, facts)


# What to answer so that a paragraph which is not there can be written at all.
_ANSWER_FOR = {"non_consent": "consent", "authority_to_act": "mandate", "location": "places"}


def _without_a_part(absent: tuple[str, ...], filled: tuple[_Filled, ...]) -> Iterator[ToFill]:
    carried = {one.said.element for one in filled}
    for element in absent:
        if element not in carried and element in _ANSWER_FOR:
            blank = _ANSWER_FOR[element]
            yield ToFill(blank, to_fill(blank))
