"""Search over all languages, the page of an article, the start of `amparo search` and of `amparo offer`.

There is no peer to run beside: no page of this kind searches without a server. Beside each stands its goal.
"""

import os
import statistics
import subprocess
import sys
import time
from datetime import date
from pathlib import Path

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "amparo.settings")
ROOT = Path(__file__).resolve().parents[1]


def timed(work, *given, **named) -> float:
    began = time.perf_counter()
    work(*given, **named)
    return (time.perf_counter() - began) * 1000


def searches() -> list[float]:
    import yaml

    from amparo.know.search.index import search

    asked = yaml.safe_load((ROOT / "tests" / "know" / "questions.yaml").read_text(encoding="utf-8"))
    for language in asked:
        search("work", language)  # the index of a language is made at its first question
    return [
        timed(search, row["asked"], lang) for lang, rows in asked.items() for row in rows for _ in range(5)
    ]


def pages() -> list[float]:
    import django

    django.setup()
    from django.test import RequestFactory
    from django.utils import translation

    from amparo.know.articles import articles
    from amparo.web import know_pages

    made = []
    for lang in ("en", "ar", "uk"):
        with translation.override(lang):
            for one in articles().values():
                request = RequestFactory().get("/")
                for _ in range(2):
                    took = timed(know_pages.page, request, lang=lang, topic=one.topic, slug=one.slug)
                made.append(took)
    return made


def cold(*words: str) -> list[float]:
    program = [sys.executable, "-m", "amparo", *words]
    return [
        timed(subprocess.run, program, cwd=ROOT, stdout=subprocess.DEVNULL, check=True) for _ in range(11)
    ]


def offers() -> list[float]:
    from amparo.know import offers
    from amparo.know.offer_check import check_json

    return [timed(check_json, offers.example(), on=date(2026, 11, 24)) for _ in range(200)]


def line(what: str, took: list[float], goal: float) -> None:
    p95 = statistics.quantiles(took, n=20)[-1]
    print(f"{what:42} median {statistics.median(took):7.2f} ms   p95 {p95:7.2f} ms   goal {goal:g} ms")


if __name__ == "__main__":
    line("search, six languages", searches(), 10)
    line("page of an article", pages(), 5)
    line("check of an offer", offers(), 50)
    line("cold start: amparo search", cold("search", "they kept my passport"), 300)
    line("cold start: amparo search --lang ar", cold("search", "جواز سفري", "--lang", "ar"), 300)
    line("cold start: amparo read", cold("read", "F10"), 300)
