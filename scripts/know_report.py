"""Writes docs/know.md: what the articles are, counted. With --check it fails when the page is behind.

The part below MEASURED is not worked out here: it is written by hand from runs whose commands it names.
"""

import argparse
import gzip
import os
import sys
from collections import Counter
from collections.abc import Iterable
from datetime import date
from pathlib import Path
from statistics import mean

HERE = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(HERE))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "amparo.settings")

import django  # noqa: E402

django.setup()

import yaml  # noqa: E402

from amparo.know.article import LANGUAGES, TOPICS  # noqa: E402
from amparo.know.articles import articles, text  # noqa: E402
from amparo.know.reading import level  # noqa: E402
from amparo.know.search.index import search  # noqa: E402
from amparo.law.work import work_facts  # noqa: E402
from amparo.web.site.book import book  # noqa: E402
from amparo.web.site.pages import page  # noqa: E402

PAGE = HERE / "docs" / "know.md"
QUESTIONS = HERE / "tests" / "know" / "questions.yaml"
MEASURED = "<!-- measured: from here on by hand -->"
ON = date(2026, 11, 24)


def table(head: tuple[str, ...], rows: Iterable[tuple[object, ...]]) -> str:
    lines = [head, tuple("---" if at == 0 else "--:" for at in range(len(head))), *rows]
    return "\n".join("| " + " | ".join(str(cell) for cell in line) + " |" for line in lines)


def topics() -> str:
    rows = []
    for topic, name in TOPICS.items():
        some = [one for one in articles().values() if one.topic == topic]
        grades = Counter(source.grade for one in some for source in one.sources.values())
        rows.append((str(name), len(some), grades["primary"], grades["secondary"], grades["unchecked"]))
    total = tuple(sum(int(row[at]) for row in rows) for at in range(1, 5))
    return table(("door", "articles", "sources: primary", "secondary", "unchecked"), [*rows, ("all", *total)])


def languages() -> str:
    rows = []
    for language in LANGUAGES:
        texts = [said for one in articles().values() if (said := text(one, language))]
        levels = [level(said) for said in texts]
        figures = [one.figure for one in levels if one.figure is not None]
        formula = levels[0].formula or "no accepted formula"
        hardest = (min if language in ("es", "fr") else max)(figures, default=None)
        rows.append(
            (
                language,
                len(texts),
                sum(language in one.easy for one in articles().values()),
                round(mean(one.mean for one in levels), 1),
                max(one.longest for one in levels),
                formula,
                round(mean(figures), 1) if figures else "",
                hardest if hardest is not None else "",
                levels[0].limit or "",
            )
        )
    head = (
        "language",
        "articles",
        "easy",
        "words a sentence",
        "longest",
        "formula",
        "mean",
        "hardest",
        "limit",
    )
    return table(head, rows)


def weights() -> str:
    rows = []
    for language in LANGUAGES:
        sizes = [
            len(gzip.compress(page(f"/{language}/know/{one.name}/").content, 6))
            for one in articles().values()
        ]
        rows.append((language, round(mean(sizes)), max(sizes), round(len(book(language)) / 1024)))
    return table(("language", "article, mean bytes (gzip)", "heaviest", "all in one file, KiB"), rows)


def hits() -> str:
    asked = yaml.safe_load(QUESTIONS.read_text(encoding="utf-8"))
    rows = []
    for language, questions in asked.items():
        ranks = [_rank(row["asked"], row["ids"], language) for row in questions]
        within = {most: sum(rank <= most for rank in ranks) for most in (1, 3)}
        rows.append((language, len(ranks), *(f"{within[most] / len(ranks):.0%}" for most in (1, 3))))
    count = sum(int(row[1]) for row in rows)
    return (
        table(("language", "questions", "right one first", "in the first three"), rows)
        + f"\n\n{count} questions."
    )


def _rank(asked: str, ids: list[str], language: str) -> int:
    found = [hit.article.id for hit in search(asked, language)]
    return min((found.index(id) + 1 for id in ids if id in found), default=99)


def labour() -> str:
    rows = []
    for kind in sorted({one.kind for one in work_facts()}):
        some = [one for one in work_facts() if one.kind == kind]
        grades = Counter(one.grade for one in some)
        places = len({one.place for one in some})
        rows.append((kind, places, len(some), grades["primary"], grades["secondary"], grades["unchecked"]))
    return table(("labour facts", "places", "values", "primary", "secondary", "unchecked"), rows)


def made() -> str:
    return f"""# The articles, counted

Written by `scripts/know_report.py`, from the files as they are on {ON.isoformat()}.

## Doors and grades

{topics()}

Behind their original: see `amparo know stale`. No text but the English one was read by a fluent reader yet;
each page says so.

## Languages and reading level

{languages()}

The limits are checked by the tests: 15 words a sentence on average, 25 at most, and the formula's limit. For
Szigriszt-Pazos and Kandel-Moles a lower figure is harder; for the others a higher one.

## Weight

{weights()}

## Search

{hits()}

The questions were written by somebody who had not seen the lists of words the search is given
(`tests/know/questions.yaml`): 336, of which 132 were used to choose synonyms and ways of ranking; the other
204 stand here and were looked at only to be counted.

## What the offer check knows

{labour()}

"""


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--check", action="store_true", help="write nothing; fail when the page is behind")
    args = parser.parse_args()
    held = PAGE.read_text(encoding="utf-8") if PAGE.exists() else MEASURED + "\n"
    wanted = made() + MEASURED + held.partition(MEASURED)[2]
    if args.check:
        print(
            "docs/know.md is behind: run scripts/know_report.py"
            if held != wanted
            else "docs/know.md is as it is made"
        )
        return int(held != wanted)
    PAGE.write_text(wanted, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
