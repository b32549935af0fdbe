"""How fast the word-list check reads: megabytes a second over the project's own articles, each language.

Run: python benchmarks/know_wording.py [--at-least 1.0]; exit 1 below it. Also the time of one article.
"""

import argparse
import statistics
import sys
import time

from amparo.know.articles import PAGES
from amparo.know.wording import LANGUAGES, check

SIZE = 2_000_000  # bytes of text per language, at least


def texts(code: str) -> list[str]:
    """Gives every article of a language; the English ones where it has none yet."""
    found = sorted(PAGES.glob(f"*/*/{code}.md")) or sorted(PAGES.glob("*/*/en.md"))
    return [path.read_text(encoding="utf-8") for path in found]


def rate(whole: str, code: str) -> float:
    """Gives megabytes a second for one long text, the best of three."""
    best = float("inf")
    for _ in range(3):
        begun = time.perf_counter()
        check(whole, code)
        best = min(best, time.perf_counter() - begun)
    return len(whole.encode()) / best / 1e6


def main() -> int:
    """Prints the figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--at-least", type=float, default=0.0, metavar="MB/s")
    least = float("inf")
    wanted = parser.parse_args().at_least
    for code in LANGUAGES:
        held = texts(code)
        begun = time.perf_counter()
        check(held[0], code)
        first = (time.perf_counter() - begun) * 1000
        each = []
        for text in held:
            begun = time.perf_counter()
            check(text, code)
            each.append((time.perf_counter() - begun) * 1000)
        together = "\n\n".join(held)
        speed = rate(together * (1 + SIZE // len(together.encode())), code)
        least = min(least, speed)
        print(
            f"word list {code}: {speed:.1f} MB/s; an article {statistics.median(each):.1f} ms, "
            f"the first with loading the list {first:.0f} ms"
        )
    return int(least < wanted)


if __name__ == "__main__":
    sys.exit(main())
