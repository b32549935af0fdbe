"""Writes docs/law-coverage.md: which right is known in which place, and how well it was read.

    python scripts/law_coverage.py [--check]

With --check nothing is written; exit 1 when the page is not what the rules say.
"""

import sys
from pathlib import Path

from amparo.law.rules import Rule, rules
from amparo.law.sources import GRADES

PAGE = Path(__file__).resolve().parents[1] / "docs" / "law-coverage.md"
SIGNS = {"primary": "●", "secondary": "◐", "unchecked": "○"}
HEAD = """# What law is known, place by place

Written by `scripts/law_coverage.py` from the rules; do not edit by hand. Each sign is one right in one place,
by its best-read rule: ● the law's text or the authority's own page was read, ◐ a note about it was read,
○ not confirmed, so never firm. `amparo law list` names each rule,
`amparo law stale` what carries no firm date today.
"""


def page() -> str:
    """Gives the whole page."""
    every = list(rules().values())
    places = sorted({one.place for one in every})
    rights = sorted({one.right for one in every}, key=lambda right: (-_count(every, right), right))
    rows = [f"| {place} | {' | '.join(_sign(every, place, right) for right in rights)} |" for place in places]
    graded = ", ".join(f"{sum(one.grade == grade for one in every)} {grade}" for grade in GRADES)
    table = [f"| | {' | '.join(rights)} |", f"|---|{'---|' * len(rights)}", *rows]
    return "\n".join([HEAD, f"{len(every)} rules in {len(places)} places: {graded}.", "", *table, ""])


def _count(every: list[Rule], right: str) -> int:
    return len({one.place for one in every if one.right == right})


def _sign(every: list[Rule], place: str, right: str) -> str:
    grades = [one.grade for one in every if one.place == place and one.right == right]
    return SIGNS[min(grades, key=GRADES.index)] if grades else ""


def main() -> int:
    """Writes or checks the page; gives the exit code."""
    wanted = page()
    if "--check" in sys.argv[1:]:
        if PAGE.read_text(encoding="utf-8") == wanted:
            return 0
        print("docs/law-coverage.md is behind the rules: run python scripts/law_coverage.py")
        return 1
    PAGE.write_text(wanted, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
