"""How fast an address is looked up: many in one process, and one in a process that just started.

Run: python benchmarks/directory.py
"""

import os
import random
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "amparo.settings")

import django
import yaml

from amparo.directory import hosts
from amparo.directory.lookup import who
from amparo.errors import Refused

CASES = Path(__file__).resolve().parents[1] / "tests" / "directory"
MANY = 300_000
ALONE = """
import sys, time
for name in {stdlib!r}: __import__(name)  # what Python itself brings, before the clock starts
begun = time.perf_counter()
from amparo.directory.lookup import who
found = who("https://www.reddit.com/r/name/comments/1/title/")
print((time.perf_counter() - begun) * 1000)
assert found.service.slug == "reddit"
"""
STDLIB = (
    "contextlib", "json", "dataclasses", "functools", "ipaddress", "urllib.parse", "posixpath",
    "importlib.util", "datetime", "typing", "pathlib", "re", "types", "string", "unicodedata", "collections",
)  # fmt: skip


def _cases() -> list[str]:
    files = (CASES / "addresses.yaml", *sorted((CASES / "addresses").glob("*.yaml")))
    return [row[0] for file in files for row in yaml.safe_load(file.read_text("utf-8"))]


def _same_hosts(cases: list[str], rng: random.Random) -> list[str]:
    """A person's own links or a list from one crawl: the hosts of the cases, each address another."""
    plain = [case for case in cases if case.startswith("https://")]
    return [f"{rng.choice(plain)}{'&' if n % 2 else '?'}n={n}" for n in range(MANY)]


def _new_hosts(cases: list[str], rng: random.Random) -> list[str]:
    """Nothing to remember: each address has a host never seen before, half of them of known services."""
    plain = [
        case.removeprefix("https://") for case in cases if case.startswith("https://") and "@" not in case
    ]
    known = [case for case in plain if case[:1].isascii() and case[:1].isalnum()]
    made = (f"https://n{n}.{rng.choice(known)}" for n in range(MANY // 2))
    unknown = (
        f"https://www.site-{rng.getrandbits(40):x}.{rng.choice(ENDINGS)}/a/{n}" for n in range(MANY // 2)
    )
    both = [*made, *unknown]
    rng.shuffle(both)
    return both


ENDINGS = ("com", "net", "org", "co.uk", "com.br", "ru", "xyz", "de", "tv", "github.io")


def _rate(links: list[str], look: Callable[[list[str]], object]) -> float:
    best = float("inf")
    for _ in range(3):
        hosts._hosts.clear()
        begun = time.perf_counter()
        look(links)
        best = min(best, time.perf_counter() - begun)
    return len(links) / best


def _quickly(links: list[str]) -> None:
    for _ in hosts.places(links):
        pass


def _wholly(links: list[str]) -> None:
    for link in links:
        try:
            who(link)
        except Refused:
            continue


def _cold() -> list[float]:
    program = ALONE.format(stdlib=STDLIB)
    runs = [
        subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
        for _ in range(15)
    ]
    return sorted(float(run.stdout) for run in runs)


def _pages() -> list[float]:
    """Milliseconds for the page of each of 60 services, nothing kept from an earlier page of it."""
    django.setup()
    from django.template.loader import render_to_string

    from amparo.directory.records import of_kind
    from amparo.web import service_pages

    frame = {"lang": "en", "dir": "ltr", "languages": []}
    took = []
    for one in of_kind("service")[:61]:
        begun = time.perf_counter()
        shown = service_pages.context(one.slug, "eu", "en", on=date(2026, 11, 24))
        render_to_string("services/page.html", {**shown, **frame})
        took.append((time.perf_counter() - begun) * 1000)
    return sorted(took[1:])  # the first also reads the rules and letters


def main() -> None:
    """Prints the figures."""
    rng = random.Random(4)
    cases = _cases()
    who(cases[0])
    same, new = _same_hosts(cases, rng), _new_hosts(cases, rng)
    mixed = [*same[: MANY // 2], *new[: MANY // 2]]
    rng.shuffle(mixed)
    print(f"cases: {len(cases)}")
    for name, links in (("hosts of the cases", same), ("half new hosts", mixed), ("every host new", new)):
        print(f"where it belongs, {name}: {_rate(links, _quickly):,.0f} addresses/s")
    print(f"and who can act, hosts of the cases: {_rate(same[:60_000], _wholly):,.0f} addresses/s")
    cold = _cold()
    pages = _pages()
    print(f"page of a service: median {statistics.median(pages):.1f} ms, slowest of 60 {pages[-1]:.1f} ms")
    print(f"cold start, Python and its library loaded: median {statistics.median(cold):.1f} ms")


if __name__ == "__main__":
    main()
