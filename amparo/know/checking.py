"""Tiny checks of the articles, one rule each: what is wrong, where, and what to do about it."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

from amparo import packing
from amparo.errors import Refused
from amparo.know.article import EASY_PARTS, LANGUAGES, ORIGINAL, PARTS, Article, Text
from amparo.know.articles import PAGES, articles, parsed, text
from amparo.know.reading import level
from amparo.know.showing import TARGETS, cited, links
from amparo.law.rules import rules

KEEPS_DAYS = {"primary": 400, "secondary": 200, "unchecked": 90}
MEANINGFUL = re.compile(r"(?<![\w.])\d[\d.,]*\s*(?:%|€|£|\$|EUR|USD|hours|days|weeks|months|years)", re.I)


@dataclass(frozen=True)
class Fault:
    """One thing to mend in one file."""

    file: str
    what: str


def faults(*, on: date) -> Iterator[Fault]:
    """Gives what is wrong with the articles as they stand on the disk, file by file."""
    yield from _shapes()
    for one in articles().values():
        yield from (Fault(f"{one.name}/about.yaml", what) for what in _about(one, on))
        for language in one.titles:
            yield from _of_text(one, language, easy=False)
        for language in one.easy:
            yield from _of_text(one, language, easy=True)


def _shapes() -> Iterator[Fault]:
    """The records by their schema; the texts by their parts."""
    for folder in sorted(path for path in PAGES.glob("*/*") if path.is_dir()):
        about = folder / "about.yaml"
        if not about.exists() or not (folder / f"{ORIGINAL}.md").exists():
            yield Fault(_short(folder), "An article is a folder with about.yaml and en.md.")
            continue
        yield from _by_schema(about)
        yield from (one for path in sorted(folder.glob("*.md")) for one in _by_parts(path))


def _by_schema(path: Path) -> Iterator[Fault]:
    for error in _validator().iter_errors(packing.plain(path)):
        where = "/".join(str(step) for step in error.absolute_path)
        yield Fault(_short(path), f"{where}: {error.message}")


@cache
def _validator():  # type: ignore[no-untyped-def]  # jsonschema's own class, loaded only here
    import json

    from jsonschema import Draft202012Validator

    schema = json.loads((PAGES.parent / "about.schema.json").read_text(encoding="utf-8"))
    return Draft202012Validator(schema)


def _by_parts(path: Path) -> Iterator[Fault]:
    try:
        found = parsed(path)
    except Refused as error:
        yield Fault(_short(path), str(error.what))
        return
    wanted = EASY_PARTS if ".easy." in path.name else tuple(PARTS)
    if tuple(found["parts"]) != wanted:
        yield Fault(
            _short(path),
            f"The parts are {list(found['parts'])}; they should be {list(wanted)}.",
        )
    language = path.name.partition(".")[0]
    if language not in LANGUAGES:
        yield Fault(_short(path), f"{language} is not one of our languages.")


def _about(one: Article, on: date) -> Iterator[str]:
    for id in one.related:
        if id not in articles():
            yield f"`related` names {id}, which is no article."
    for source in one.sources.values():
        if (source.check_again - source.checked_on).days > KEEPS_DAYS[source.grade]:
            yield f"Source {source.key} is kept too long without being read again."
        if source.checked_on > on:
            yield f"Source {source.key} was read in the future."
    if one.id in one.related:
        yield "`related` names the article itself."


def _of_text(one: Article, language: str, *, easy: bool) -> Iterator[Fault]:
    said = text(one, language, easy=easy)
    if said is None:
        return
    file = f"{one.name}/{language}{'.easy' if easy else ''}.md"
    for what in (*_citations(one, said), *_links(said), *_level(said), *_made_from(said)):
        yield Fault(file, what)


def _citations(one: Article, said: Text) -> Iterator[str]:
    for key in cited(said):
        if key not in one.sources:
            yield f"It cites {key}, which about.yaml does not have."
    if said.language == ORIGINAL and not said.easy:
        for key in set(one.sources) - set(cited(said)):
            yield f"Source {key} is never cited."
        for paragraph in re.split(r"\n+", "\n".join(said.parts.values())):
            found = MEANINGFUL.search(paragraph)
            if found and "[^" not in paragraph:
                yield f"A number without its source: {found.group()}"


def _links(said: Text) -> Iterator[str]:
    for target in links(said):
        kind, _, rest = target.partition(":")
        known = target in articles() or target in TARGETS or (kind == "law" and rest in rules())
        if not known:
            near = ", ".join(sorted(TARGETS))
            yield f"The link ({target}) leads nowhere: give an article's id, law:RULE, or one of {near}."


def _level(said: Text) -> Iterator[str]:
    found = level(said)
    if not found.plain_enough:
        limit = f"; {found.formula} {found.figure}, limit {found.limit}" if found.formula else ""
        yield f"Too hard to read: {found.mean} words a sentence, the longest {found.longest}{limit}."


def _made_from(said: Text) -> Iterator[str]:
    if (said.language != ORIGINAL or said.easy) and not said.of:
        yield "It does not say which original it was made from: `amparo know stamp` writes that."


def _short(path: Path) -> str:
    return str(path.relative_to(PAGES))
