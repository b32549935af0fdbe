"""`amparo know`: which facts are old, which translations are behind, are articles in shape, is a text fair.

Exit 1: something was found.
"""

import argparse
from collections.abc import Iterable
from datetime import date
from typing import Any

from amparo.cli import know_check
from amparo.cli.frame import common_options, now_of, print_json
from amparo.know.articles import article, articles
from amparo.know.checking import faults
from amparo.know.stamping import behind, stamp


def arguments(parser: argparse.ArgumentParser) -> None:
    """Adds what this verb takes."""
    parts = parser.add_subparsers(dest="part", required=True, metavar="PART")

    def part(name: str, about: str) -> argparse.ArgumentParser:
        return parts.add_parser(name, help=about, parents=[common_options(below=True)])

    facts = part("facts", "the facts of the articles, with source, date and grade")
    facts.add_argument("--ungraded", action="store_true", help="only those nobody has confirmed yet")
    part("stale", "facts to be read again, articles to be checked again, translations behind their original")
    part("validate", "are the articles in shape: parts, sources, links, reading level")
    stamping = part("stamp", "say that a translation was brought up to its original")
    stamping.add_argument("article", help="id or topic/slug")
    stamping.add_argument("texts", nargs="+", metavar="TEXT", help="fr, ar, es.easy …")
    know_check.arguments(part("check", "wording that harms in a text of yours, and what it could have"))


def run(args: argparse.Namespace) -> int:
    """Does one part; gives the exit code."""
    if args.part == "check":
        return know_check.run(args)
    today = now_of(args).date()
    if args.part == "facts":
        return _list(_facts(ungraded=args.ungraded, on=today), as_json=args.json, found=0)
    if args.part == "stale":
        return _list(_stale(today), as_json=args.json, found=1)
    if args.part == "validate":
        wrong = ({"file": one.file, "fault": one.what} for one in faults(on=today))
        return _list(wrong, as_json=args.json, found=1)
    one = article(args.article)
    return _list(({"text": name, "of": stamp(one, name)} for name in args.texts), as_json=args.json, found=0)


def _list(rows: Iterable[dict[str, Any]], *, as_json: bool, found: int) -> int:
    count = 0
    for row in rows:
        count += 1
        if as_json:
            print_json(row)
        else:
            print("  ".join(str(value) for value in row.values()))
    return found if count else 0


def _facts(*, ungraded: bool, on: date) -> Iterable[dict[str, Any]]:
    for one in articles().values():
        for source in one.sources.values():
            if not ungraded or source.grade == "unchecked":
                yield {
                    "id": one.id,
                    "source": source.key,
                    "grade": source.grade,
                    "state": source.state(on),
                    "checked_on": source.checked_on,
                    "url": source.url,
                    "says": source.says,
                }


def _stale(on: date) -> Iterable[dict[str, Any]]:
    for one in articles().values():
        if one.waits(on):
            yield {"id": one.id, "what": "article", "which": one.name, "since": one.next_check}
        for source in one.sources.values():
            if source.state(on) == "old":
                yield {"id": one.id, "what": "fact", "which": source.key, "since": source.check_again}
    for late in behind():
        which = f"{late.language}{'.easy' if late.easy else ''}"
        yield {"id": late.article.id, "what": "translation", "which": which, "since": None}
