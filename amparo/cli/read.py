"""`amparo read TOPIC/SLUG`: an article as text. `amparo read` alone lists them. Exit 1: no such article."""

import argparse
import textwrap
from datetime import date
from typing import Any

from amparo.cli.frame import each, inputs, now_of, print_json
from amparo.errors import Refused, WrongUse
from amparo.know.article import LANGUAGES, ORIGINAL, PARTS, Article
from amparo.know.articles import article, articles, text
from amparo.know.showing import STANDS, cited, plain
from amparo.words import words


def arguments(parser: argparse.ArgumentParser) -> None:
    """Adds what this verb takes."""
    parser.add_argument(
        "articles", nargs="*", metavar="TOPIC/SLUG", help="or its id, like F10; - reads one per line"
    )
    parser.add_argument("--lang", default=ORIGINAL, choices=LANGUAGES, help="language of the text")
    parser.add_argument("--easy", action="store_true", help="the easy-read version")


def run(args: argparse.Namespace) -> int:
    """Prints the articles; gives the exit code."""
    if not args.articles:
        return _list(args.lang, as_json=args.json)
    today = now_of(args).date()
    return each(
        inputs(args.articles),
        lambda name: _page(article(name), args.lang, args.easy, today),
        as_json=args.json,
        show=_show,
    )


def _list(language: str, *, as_json: bool) -> int:
    if not articles():
        raise WrongUse(words("There are no articles here."), words("Install the whole program again."))
    for one in articles().values():
        if as_json:
            print_json({"id": one.id, "slug": one.name, "title": one.title(language)})
        else:
            print(f"{one.id:4} {one.name}  {one.title(language)}")
    return 0


def _page(one: Article, language: str, easy: bool, on: date) -> dict[str, Any]:
    said = text(one, language, easy=easy)
    if said is None:
        held = one.easy if easy else tuple(one.titles)
        raise Refused(
            words("{title} is not written in {language} yet.", title=one.title(language), language=language),
            words("Use one of: {near}.", near=", ".join(held) or "--lang en"),
        )
    numbers = cited(said)
    return {
        "id": one.id,
        "slug": one.name,
        "language": language,
        "easy": easy,
        "title": said.title,
        "parts": {name: plain(part, numbers) for name, part in said.parts.items()},
        "sources": [_source(one, key, number, on) for key, number in numbers.items()],
        "written_on": one.written_on,
        "next_check": one.next_check,
        "waits_for_check": one.waits(on),
        "behind_original": said.is_behind(one.print),
        "read_by": said.read_by,
    }


def _source(one: Article, key: str, number: int, on: date) -> dict[str, Any]:
    source = one.sources[key]
    return {
        "number": number,
        "url": source.url,
        "says": source.says,
        "checked_on": source.checked_on,
        "grade": source.grade,
        "state": source.state(on),
    }


def _show(page: dict[str, Any]) -> None:
    print(f"{page['title']}\n{'=' * min(len(page['title']), 78)}")
    for name, part in page["parts"].items():
        print(f"\n{PARTS[name]}\n")
        for line in part.splitlines():
            print(textwrap.fill(line, 78) if line.strip() else "")
    print("\nSources")
    for source in page["sources"]:
        doubt = STANDS.get(source["state"])
        print(f"[{source['number']}] {source['url']} ({source['checked_on']}{f', {doubt}' if doubt else ''})")
    if page["waits_for_check"]:
        print(f"\nThis article waits to be checked again since {page['next_check']}.")
    if page["behind_original"]:
        print("\nThis translation is behind the English original.")
