"""`amparo search WORDS`: the articles that fit words as people type them. Exit 1: nothing found."""

import argparse

from amparo.cli.frame import print_json
from amparo.errors import WrongUse
from amparo.know.article import LANGUAGES, ORIGINAL
from amparo.know.search.index import search
from amparo.words import words


def arguments(parser: argparse.ArgumentParser) -> None:
    """Adds what this verb takes."""
    parser.add_argument("words", nargs="+", metavar="WORDS", help="what you would ask a friend")
    parser.add_argument("--lang", default=ORIGINAL, choices=LANGUAGES, help="language of the words")


def run(args: argparse.Namespace) -> int:
    """Prints what is found, best first; gives the exit code."""
    asked = " ".join(args.words).strip()
    if not asked:
        raise WrongUse(words("Nothing was asked."), words("Write a few words, as you would ask a friend."))
    found = search(asked, args.lang)
    for hit in found:
        row = {"id": hit.article.id, "slug": hit.article.name, "title": hit.title, "snippet": hit.snippet}
        if args.json:
            print_json(row)
        else:
            print(f"{row['id']:4} {row['title']}\n     {row['slug']}\n     {row['snippet']}\n")
    return 0 if found else 1
