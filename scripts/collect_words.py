"""Collects every English sentence a person can meet into the catalogues, and compiles the translations.

Sentences stand in three places: templates, calls of `words(…)` and `many(…)` in Python, and the declared text
fields of the YAML data. With --check nothing is written: it fails when a catalogue lacks a sentence of the
source, or when a translation lost a `{blank}`.
"""

import argparse
import re
import sys
from collections.abc import Iterator
from pathlib import Path

import yaml
from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

HERE = Path(__file__).resolve().parent.parent
LOCALE = HERE / "amparo" / "web" / "locale"
LANGUAGES = ("fr", "es", "ro", "uk", "ar")
KEYWORDS = {
    "_": None,
    "gettext": None,
    "gettext_lazy": None,
    "ngettext": (1, 2),
    "pgettext": ((1, "c"), 2),
    "words": None,
    "many": (1, 2),
}

# Folder of YAML data -> the keys whose text a page shows, at any depth. Sources are for editors: left out.
DATA_KEYS: dict[str, frozenset[str]] = {
    "amparo/law": frozenset(
        {"title", "why", "else", "unsure", "answer_contains", "need_not", "note", "notes", "says", "who"}
    ),
    "amparo/directory/records": frozenset(
        {
            "about", "who", "run_by", "police", "anonymous", "takes", "sees", "keeps_for", "cost", "hours",
            "asks", "limits", "traps", "says", "label", "attach", "proof", "ended_reason",
        }
    ),
    "amparo/witness": frozenset(
        {
            "title", "definition", "values", "examples", "border",
            "says", "evidence", "caveats", "reply",
        }
    ),
}  # fmt: skip
NOT_SHOWN = frozenset({"sources", "source", "contested"})

PART = re.compile(r"\{%\s*include\s+\"parts/[^%]*%\}", re.S)
PART_TEXT = re.compile(r"\b(?:label|why)=\"([^\"]+)\"")
TAG = re.compile(r"\{%\s*translate\s+(?P<quote>['\"])(?P<text>.*?)(?P=quote)[^%]*%\}", re.S)
BLOCK = re.compile(r"\{%\s*blocktranslate(?P<head>[^%]*)%\}(?P<body>.*?)\{%\s*endblocktranslate\s*%\}", re.S)
PLURAL = re.compile(r"\{%\s*plural\s*%\}")
VARIABLE = re.compile(r"\{\{\s*(\w+)\s*\}\}")
BLANK = re.compile(r"\{(\w+)\}|%\((\w+)\)s")


def _block_text(body: str, trimmed: bool) -> str:
    if trimmed:
        body = " ".join(line.strip() for line in body.strip().splitlines())
    return VARIABLE.sub(r"%(\1)s", body)


def from_templates() -> Iterator[tuple[str | tuple[str, str], str]]:
    """Gives (sentence or (one, more), file) of every translate and blocktranslate tag."""
    for path in sorted((HERE / "amparo" / "web" / "templates").rglob("*.*")):
        text = path.read_text(encoding="utf-8")
        name = str(path.relative_to(HERE))
        for tag in TAG.finditer(text):
            yield tag["text"].replace('\\"', '"'), name
        for part in PART.finditer(text):
            for given in PART_TEXT.findall(part.group()):
                yield given, name
        for block in BLOCK.finditer(text):
            parts = [_block_text(part, "trimmed" in block["head"]) for part in PLURAL.split(block["body"])]
            yield (parts[0], parts[1]) if len(parts) == 2 else parts[0], name


def from_python() -> Iterator[tuple[str | tuple[str, str], str]]:
    """Gives (sentence or (one, more), file) of every literal given to `words`, `many` and gettext."""
    found = extract_from_dir(
        HERE / "amparo", [("**.py", "python")], keywords=KEYWORDS, strip_comment_tags=True
    )
    for name, _line, message, _comments, _context in found:
        text = message if isinstance(message, str) else tuple(message)
        yield text, f"amparo/{name}"  # type: ignore[misc]


def _texts(value: object, keys: frozenset[str], wanted: bool = False) -> Iterator[str]:
    if isinstance(value, str):
        if wanted and (" " in value.strip() or value[:1].isupper()):  # else a code, as in `about: [intimate]`
            yield value
    elif isinstance(value, list):
        for item in value:
            yield from _texts(item, keys, wanted)
    elif isinstance(value, dict):
        for key, item in value.items():
            if key not in NOT_SHOWN:
                yield from _texts(item, keys, key in keys)


def from_data() -> Iterator[tuple[str, str]]:
    """Gives (sentence, file) of every shown text of the YAML data."""
    for folder, keys in DATA_KEYS.items():
        for path in sorted((HERE / folder).rglob("*.yaml")):
            record = yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)
            for text in _texts(record, keys):
                yield text, str(path.relative_to(HERE))


def source() -> Catalog:
    """Gives all sentences of the program, with the files they stand in."""
    catalog = Catalog(project="Amparo", charset="utf-8")
    for found in (from_templates(), from_python(), from_data()):
        for text, name in found:
            if text and text != "":
                catalog.add(text, locations=[(name, 0)])
    return catalog


def _path(language: str) -> Path:
    return LOCALE / language / "LC_MESSAGES" / "django.po"


def _read(language: str) -> Catalog:
    path = _path(language)
    if not path.exists():
        return Catalog(locale=language, project="Amparo", charset="utf-8")
    with path.open("rb") as file:
        return read_po(file, locale=language)


def _blanks(text: str) -> set[str]:
    return {one or other for one, other in BLANK.findall(text)}


def faults(catalog: Catalog, wanted: Catalog, language: str) -> Iterator[str]:
    """Gives what is wrong with a catalogue: sentences that are missing, and blanks a translation lost."""
    for message in wanted:
        if not message.id:
            continue
        have = catalog.get(message.id)
        if have is None or not have.string or (isinstance(have.string, tuple) and not all(have.string)):
            yield f"{language}: not translated: {message.id!r}"
        else:
            yield from _lost(have, language)


def _lost(message: Message, language: str) -> Iterator[str]:
    ids = message.id if isinstance(message.id, tuple) else (message.id,)
    needed = _blanks(ids[-1])
    for string in message.string if isinstance(message.string, tuple) else (message.string,):
        extra = _blanks(string) - needed - {"n"}
        lost = needed - _blanks(string) - ({"n"} if len(ids) > 1 else set())
        if extra or lost:
            yield f"{language}: blanks differ ({', '.join(sorted(extra | lost))}): {string!r}"


def write(wanted: Catalog) -> None:
    """Brings every catalogue up to the source and compiles it; translations are kept."""
    for language in LANGUAGES:
        catalog = _read(language)
        catalog.update(wanted, no_fuzzy_matching=True)
        catalog.obsolete.clear()
        path = _path(language)
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("wb") as file:
            write_po(file, catalog, omit_header=False, sort_output=True, width=110, include_lineno=False)
        with path.with_suffix(".mo").open("wb") as file:
            write_mo(file, catalog)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--check", action="store_true", help="write nothing; fail on a missing translation")
    args = parser.parse_args()
    wanted = source()
    if not args.check:
        write(wanted)
    found = [fault for language in LANGUAGES for fault in faults(_read(language), wanted, language)]
    for fault in found[:40]:
        print(fault)
    print(f"{len(wanted)} sentences, {len(found)} faults in {', '.join(LANGUAGES)}")
    return 1 if found and args.check else 0


if __name__ == "__main__":
    sys.exit(main())
