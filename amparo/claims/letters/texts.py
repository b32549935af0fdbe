"""Reads the letters: one YAML file per language and kind, made of parts (docs/how-to-write-a-letter.md)."""

import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any

import yaml

HERE = Path(__file__).parent
LANGUAGES = ("en", "fr", "es", "pt", "it", "de", "ro", "nl", "pl", "uk", "ru", "ar")
KINDS = (
    "erasure",
    "access",
    "objection",
    "delisting",
    "dsa_notice",
    "take_it_down",
    "intimate_image_report",
    "copyright",
    "own_rules",
    "reminder",
    "id_answer",
    "complaint",
    "internal_complaint",
    "out_of_court",
    "mandate",
    "ccpa_delete",
    "restriction",
    "reasons",
    "counter_notice",
    "rectification",
    "portability",
    "consent_withdrawal",
    "refusal_answer",
)
# The grounds of a refusal that have an answer of their own (`refusal_ground` among her blanks).
REFUSALS = (
    "expression",
    "public_interest",
    "host_only",
    "unfounded",
    "identity",
    "fee",
    "national_law",
    "consent",
    "legal_claims",
)
# A plan may name a letter after its occasion; the text is another kind's.
ALIASES = {"account_keep_evidence": "own_rules"}
# One kind may serve several rights that ask for different things (by letter and right, or instrument).
VARIANTS = {
    ("erasure", "restriction"): "restriction",
    ("erasure", "consent_withdrawal"): "consent_withdrawal",
    ("internal_complaint", "statement_of_reasons"): "reasons",
    ("internal_complaint", "dmca"): "counter_notice",
}
_Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


@dataclass(frozen=True)
class Part:
    """One paragraph: its text with `{blanks}`, the element it carries, and when it is said.

    `needs` names confirmations (good_faith, perjury) without which the element does not count.
    `one_of` holds variants of which the first that fits is said; such a part has no text of its own.
    """

    text: str = ""
    element: str | None = None
    when: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    unless: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    needs: tuple[str, ...] = ()
    one_of: tuple["Part", ...] = ()


@dataclass(frozen=True)
class LetterText:
    """One letter as written. `requires` are the elements it needs even where no rule asks for them."""

    kind: str
    language: str
    subject: str
    parts: tuple[Part, ...]
    requires: tuple[str, ...]
    reviewed_by: str | None
    version: str


@dataclass(frozen=True)
class Phrases:
    """The small words of a language: months, periods, names of material, what stands for a blank."""

    months: tuple[str, ...]
    date: str
    first_day: str
    and_: str
    blanks: Mapping[str, str]
    material: Mapping[str, str]
    within: Mapping[str, Mapping[str, str]]
    cite: Mapping[str, str]
    soon: str
    anyone: str
    note: str
    citation: str


@cache
def text(kind: str, language: str) -> LetterText:
    """Gives the letter of one kind in one language; KeyError where there is none.

    `version` of the result changes whenever its wording does.
    """
    if language not in languages_of(kind):
        raise KeyError(f"{language}/{kind}")
    held = raw(kind, language)
    parts = tuple(_parts(held["parts"], language))
    return LetterText(
        kind=kind,
        language=language,
        subject=held["subject"],
        parts=parts,
        requires=tuple(held["requires"]),
        reviewed_by=held["reviewed_by"],
        version=hashlib.sha256(repr((held["subject"], _said(parts))).encode()).hexdigest()[:12],
    )


@cache
def languages_of(kind: str) -> tuple[str, ...]:
    """Gives the languages in which a letter of this kind is written; none for a kind that does not exist."""
    if kind not in KINDS:
        return ()
    return tuple(one for one in LANGUAGES if (HERE / one / f"{kind}.yaml").is_file())


@cache
def phrases(language: str) -> Phrases:
    """Gives the small words of a language."""
    raw = _read(HERE / language / "_phrases.yaml")
    return Phrases(
        months=tuple(raw["months"]),
        date=raw["date"],
        first_day=str(raw["first_day"]),
        and_=raw["and"],
        blanks=MappingProxyType(raw["blanks"]),
        material=MappingProxyType(raw["material"]),
        within=MappingProxyType(raw["within"]),
        cite=MappingProxyType(raw["cite"]),
        soon=raw["soon"],
        anyone=raw["anyone"],
        note=raw["note"],
        citation=raw.get("citation", "{law} {where}"),
    )


def raw(kind: str, language: str) -> dict[str, Any]:
    """Gives a letter file as plain data, as it is written."""
    return _read(HERE / language / f"{kind}.yaml")


def shared(language: str) -> dict[str, Any]:
    """Gives the paragraphs that letters of a language share, by name."""
    return _shared(language)


def schema() -> dict[str, Any]:
    """Gives the JSON Schema of one letter file."""
    return dict(json.loads((HERE / "letter.schema.json").read_text(encoding="utf-8")))


def as_json() -> dict[str, Any]:
    """Gives every letter with shared paragraphs, phrases and the schema, for export (CC BY 4.0)."""
    return {
        "schema": schema(),
        "letters": {
            language: {kind: raw(kind, language) for kind in KINDS if language in languages_of(kind)}
            for language in LANGUAGES
        },
        "shared": {language: shared(language) for language in LANGUAGES},
        "phrases": {language: _read(HERE / language / "_phrases.yaml") for language in LANGUAGES},
    }


@cache
def _shared(language: str) -> dict[str, Any]:
    return dict(_read(HERE / language / "_shared.yaml"))


def _read(path: Path) -> dict[str, Any]:
    with path.open("rb") as file:
        return dict(yaml.load(file, Loader=_Loader))  # noqa: S506  the C form of the safe loader


def _parts(raw: list[dict[str, Any]], language: str) -> Iterator[Part]:
    for one in raw:
        if "use" in one:
            yield from _parts(_shared(language)[one["use"]], language)
        else:
            yield _part(one, language)


def _part(raw: dict[str, Any], language: str) -> Part:
    return Part(
        text=raw.get("text", "").strip(),
        element=raw.get("element"),
        when=_conditions(raw.get("when")),
        unless=_conditions(raw.get("unless")),
        needs=_many(raw.get("needs", ())),
        one_of=tuple(_parts(raw.get("one_of", []), language)),
    )


def _said(parts: tuple[Part, ...]) -> list[object]:
    """Gives what a change of wording changes: every text with its element and conditions."""
    return [
        (part.text, part.element, sorted(part.when.items()), sorted(part.unless.items()), _said(part.one_of))
        for part in parts
    ]


def _conditions(raw: dict[str, Any] | None) -> Mapping[str, tuple[str, ...]]:
    return MappingProxyType({name: _many(value) for name, value in (raw or {}).items()})


def _many(value: Any) -> tuple[str, ...]:
    return (value,) if isinstance(value, str) else tuple(value)
