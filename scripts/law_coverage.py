"""Writes docs/law-coverage.md: which right is known in which place, and how well it was read.

    python scripts/law_coverage.py [--check]

With --check nothing is written; exit 1 when the page is not what the rules say.
"""

import sys
from pathlib import Path

from amparo.law.rules import Rule, rules
from amparo.law.sources import GRADES

PAGE = Path(__file__).resolve().parents[1] / "docs" / "law-coverage.md"
TEXT_ONLY = "text"  # the law's text was read, but not how long a person has to act: no date is given at all
ORDER = ("primary", "secondary", TEXT_ONLY, "unchecked")
SIGNS = {"primary": "●", "secondary": "◐", TEXT_ONLY: "◍", "unchecked": "○"}
HEAD = """# What law is known, place by place

Written by `scripts/law_coverage.py` from the rules; do not edit by hand. Each sign is one right in one place,
by its best-read rule: ● the law's text or the authority's own page was read, ◐ a note about it was read,
◍ the law's text was read, but not how long one has to go to court or to report, so no last day is given,
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
    text_only = sum(_read(one) == TEXT_ONLY for one in every)
    table = [f"| | {' | '.join(rights)} |", f"|---|{'---|' * len(rights)}", *rows]
    total = f"{len(every)} rules in {len(places)} places: {graded} ({text_only} of these ◍)."
    return "\n".join([HEAD, total, "", *table, ""])


def _count(every: list[Rule], right: str) -> int:
    return len({one.place for one in every if one.right == right})


def _sign(every: list[Rule], place: str, right: str) -> str:
    read = [_read(one) for one in every if one.place == place and one.right == right]
    return SIGNS[min(read, key=ORDER.index)] if read else ""


def _read(one: Rule) -> str:
    """Gives how well a rule was read: its grade, or that only the person's own time was not."""
    unread = [clock for clock in one.clocks.values() if clock.values[-1].grade == "unchecked"]
    own_time = all(clock.side == "person" and clock.values[-1].period is None for clock in unread)
    text = any(source.grade == "primary" for source in one.sources)
    return TEXT_ONLY if unread and own_time and text else one.grade


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
