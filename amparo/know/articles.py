"""The articles: which there are, and the text of one. Read from `pages`, through one quick copy."""

import hashlib
import re
from collections.abc import Iterator, Mapping
from datetime import date
from difflib import get_close_matches
from functools import cache, lru_cache
from pathlib import Path
from types import MappingProxyType
from typing import Any

from amparo import packing
from amparo.errors import Refused
from amparo.know.article import ORIGINAL, TOPICS, Article, Source, Text
from amparo.words import words

PAGES = Path(__file__).parent / "pages"
FRONT = re.compile(r"\A---\n(?P<front>.*?)\n---\n(?P<body>.*)\Z", re.S)
HEADING = re.compile(r"^## +(?P<part>\S+)[ \t]*$", re.M)


@cache
def articles() -> Mapping[str, Article]:
    """Gives every article by its id, door by door, in the order of their numbers."""
    made = [_article(record) for record in _pack().index["articles"]]
    made.sort(key=lambda one: (list(TOPICS).index(one.topic), int(one.id[1:])))
    return MappingProxyType({one.id: one for one in made})


def article(name: str) -> Article:
    """Gives the article of an id (`F10`) or a `topic/slug`. Raises Refused, with near names."""
    wanted = name.strip().strip("/")
    found = articles().get(wanted.upper()) or _by_name().get(wanted.lower())
    if found is None:
        near = get_close_matches(wanted.lower(), _by_name(), n=3, cutoff=0.4)
        raise Refused(
            words("There is no article {name}.", name=wanted),
            words("Perhaps: {near}.", near=", ".join(near))
            if near
            else words("`amparo search WORDS` finds articles."),
        )
    return found


def text(one: Article, language: str, *, easy: bool = False) -> Text | None:
    """Gives the text of an article in a language (`easy`: its easy-read version); None: there is none."""
    held = one.easy if easy else one.titles
    return _text(one.id, language, easy) if language in held else None


@cache
def _by_name() -> dict[str, Article]:
    return {one.name: one for one in articles().values()}


@cache
def _pack() -> packing.Pack:
    return packing.opened(PAGES, _made, code=Path(__file__))


def ship(to: Path) -> None:
    """Writes the quick copy of the articles that travels with a release."""
    packing.ship(PAGES, _made, code=Path(__file__), to=to)


@lru_cache(maxsize=512)
def _text(id: str, language: str, easy: bool) -> Text:
    piece = _pack().piece(f"{id}/{language}{'.easy' if easy else ''}")
    front = piece["front"]
    return Text(
        language=language,
        easy=easy,
        title=front["title"],
        searched=tuple(str(one) for one in front.get("searched") or ()),
        read_by=front.get("read_by"),
        of=front.get("of"),
        parts=MappingProxyType(piece["parts"]),
    )


def _made() -> packing.Made:
    records: list[dict[str, Any]] = []
    pieces: dict[str, Any] = {}
    for about in sorted(PAGES.glob("*/*/about.yaml")):
        record = packing.plain(about)
        texts = {path.name.removesuffix(".md"): parsed(path) for path in sorted(about.parent.glob("*.md"))}
        full = {name: one for name, one in texts.items() if "." not in name}
        if ORIGINAL not in full:
            continue  # being written: the check of the data says so, the pages go on
        record |= {
            "topic": about.parent.parent.name,
            "slug": about.parent.name,
            "print": print_of(full[ORIGINAL]),
            "titles": {name: one["front"]["title"] for name, one in full.items()},
            "easy": sorted(name.removesuffix(".easy") for name in texts if name.endswith(".easy")),
        }
        records.append(record)
        pieces |= {f"{record['id']}/{name}": one for name, one in texts.items()}
    return {"articles": records}, pieces


def parsed(path: Path) -> dict[str, Any]:
    """Gives a text file as {front, parts}. Raises Refused, naming the file, where it has another shape."""
    import yaml

    found = FRONT.match(path.read_text(encoding="utf-8"))
    try:
        front = yaml.safe_load(found["front"]) if found else None
    except yaml.YAMLError as error:
        raise _misshapen(path, str(getattr(error, "problem", "") or "YAML")) from None
    if not found or not isinstance(front, dict) or not isinstance(front.get("title"), str):
        raise _misshapen(path, "title")
    return {"front": front, "parts": dict(_parts(found["body"]))}


def _parts(body: str) -> Iterator[tuple[str, str]]:
    heads = list(HEADING.finditer(body))
    for head, after in zip(heads, [*heads[1:], None], strict=True):
        yield head["part"], body[head.end() : after.start() if after else len(body)].strip()


def _misshapen(path: Path, what: str) -> Refused:
    return Refused(
        words("{file} cannot be read as an article ({what}).", file="/".join(path.parts[-3:]), what=what),
        words("It starts with ---, a title, and --- again; docs/how-to-write-an-article.md shows one."),
    )


def print_of(piece: Mapping[str, Any]) -> str:
    """Gives the print of a text: 12 hex signs of SHA-256 over its title and parts."""
    whole = "\n".join([piece["front"]["title"], *(f"{k}\n{v}" for k, v in piece["parts"].items())])
    return hashlib.sha256(whole.encode()).hexdigest()[:12]


def _article(record: Mapping[str, Any]) -> Article:
    many = ("situations", "places", "sectors", "permits", "concepts", "needs", "related", "easy")
    plain = ("id", "topic", "slug", "age", "alone", "together", "print", "titles")
    given: dict[str, Any] = {name: record[name] for name in plain}
    return Article(
        **given | {name: tuple(record.get(name) or ()) for name in many},
        starred=bool(record.get("starred")),
        written_on=date.fromisoformat(record["written_on"]),
        next_check=date.fromisoformat(record["next_check"]),
        sources=MappingProxyType({key: _source(key, one) for key, one in record["sources"].items()}),
    )


def _source(key: str, record: Mapping[str, Any]) -> Source:
    return Source(
        key=key,
        url=record["url"],
        checked_on=date.fromisoformat(record["checked_on"]),
        check_again=date.fromisoformat(record["check_again"]),
        grade=record["grade"],
        says=record["says"],
    )
