"""Writes docs/directory.md: what the records hold, counted. With --check it fails when the page is behind.

Nothing depends on the day it runs: ages are counted to the newest day on which anything was read.
"""

import argparse
import sys
from collections import Counter
from collections.abc import Iterable
from datetime import date
from pathlib import Path

import yaml

from amparo.directory.record import Record
from amparo.directory.records import records
from amparo.net import registries

HERE = Path(__file__).resolve().parent.parent
PAGE = HERE / "docs" / "directory.md"
CASES = HERE / "tests" / "directory"
KINDS = {
    "service": "services", "operator": "companies behind them", "search_engine": "search engines",
    "archive": "web archives", "host": "hosting companies", "cdn": "delivery networks",
    "registrar": "registrars", "payment": "payment companies", "authority": "authorities",
    "dsc": "Digital Services Coordinators", "out_of_court": "out-of-court bodies",
    "hash_programme": "fingerprint programmes", "hotline": "hotlines", "helper": "helpers",
}  # fmt: skip
HOLDERS = ("service", "search_engine", "archive", "host", "cdn", "registrar", "payment")


def _days(one: Record) -> list[date]:
    """Every day on which something in a record was last read."""
    days = [one.source.checked_on, *(source.checked_on for source in one.facts.values())]
    days += [channel.checked_on for channel in one.channels if channel.checked_on]
    return days + [rule.checked_on for rule in one.own_rules]


def _table(head: tuple[str, ...], rows: Iterable[tuple[object, ...]]) -> str:
    lines = [head, tuple("---" if at == 0 else "--:" for at in range(len(head))), *rows]
    return "\n".join("| " + " | ".join(str(cell) for cell in line) + " |" for line in lines)


def _kinds(some: list[Record]) -> str:
    rows = []
    for kind, name in KINDS.items():
        those = [one for one in some if one.kind == kind]
        alive = [one for one in those if one.ended is None]
        doors = sum(bool(one.channels or one.post) for one in alive)
        firm = sum(one.grade == "primary" for one in alive)
        rows.append((name, len(those), len(those) - len(alive), doors, firm))
    total = tuple(sum(int(row[at]) for row in rows) for at in range(1, 5))
    return _table(
        ("kind", "records", "ended", "with a door", "best door read at its owner's"), [*rows, ("all", *total)]
    )


def _groups(some: list[Record]) -> str:
    count = Counter(one.group or "other" for one in some if one.kind == "service" and one.ended is None)
    return _table(("kind of service", "records"), sorted(count.items(), key=lambda pair: (-pair[1], pair[0])))


def _sourced(one: Record) -> bool:
    """Says whether everything in a record names where and when it was read, or that nobody checked it."""
    graded = [one.source, *one.facts.values()]
    return all(source.where or source.grade == "unchecked" for source in graded) and bool(
        one.source.checked_on
    )


def _facts(some: list[Record]) -> str:
    doors = [channel for one in some if one.ended is None for channel in one.channels]
    forms = [channel for channel in doors if channel.kind == "form"]
    grades = Counter(channel.grade for channel in doors)
    rules = [rule for one in some for rule in one.own_rules]
    timed = sum(bool(rule.hours or rule.days or rule.working_days) for rule in rules)
    days = sorted(day for one in some for day in _days(one))
    newest = days[-1]
    oldest_each = sorted((newest - min(_days(one))).days for one in some)
    sourced = sum(map(_sourced, some))
    domains = sum(len({*one.domains, *one.media_domains, *one.short_domains}) for one in some)
    rows = [
        ("records", len(some)),
        ("records with a source", f"{sourced} ({sourced / len(some):.0%})"),
        (
            "records whose main source has an address or a stored copy",
            sum(bool(o.source.where) for o in some),
        ),
        ("domains", domains),
        ("services whose operator is named", sum(bool(o.operator_name) for o in some if o.kind == "service")),
        ("doors", len(doors)),
        ("doors read at their owner's", grades["primary"]),
        ("doors from a second-hand source", grades["secondary"]),
        ("doors not confirmed", grades["unchecked"]),
        ("mail", sum(channel.kind == "mail" for channel in doors)),
        ("forms", len(forms)),
        ("form cards with the form's own fields", sum(bool(channel.fields) for channel in forms)),
        ("form cards in the usual order, unchecked", sum(not channel.fields for channel in forms)),
        ("own removal rules", len(rules)),
        ("own rules that promise a time", timed),
        (
            "records with patterns for posts or profiles",
            sum(bool(o.post_paths or o.profile_paths) for o in some),
        ),
        ("oldest fact read on", days[0].isoformat()),
        ("newest fact read on", newest.isoformat()),
        ("age of the oldest fact of a record, median, days", oldest_each[len(oldest_each) // 2]),
        ("age of the oldest fact of a record, most, days", oldest_each[-1]),
    ]
    return _table(("what", "count"), rows)


def _cases() -> str:
    files = (CASES / "addresses.yaml", *sorted((CASES / "addresses").glob("*.yaml")))
    rows = [row for file in files for row in yaml.safe_load(file.read_text("utf-8"))]
    count = Counter(row[2] for row in rows)
    return f"{len(rows)} addresses: " + ", ".join(f"{n} {kind}" for kind, n in count.most_common())


def page() -> str:
    """Gives the whole page."""
    some = list(records().values())
    lists = registries.published()
    return f"""# The directory, counted

Made by `scripts/directory_report.py`; do not write here.
How a record is written and checked: [how to write a record](how-to-write-a-record.md).

{_kinds(some)}

## Services

{_groups(some)}

## Facts

{_facts(some)}

A form card without the form's own fields gives the usual order of such forms and says so.
Ages are counted to the newest day on which anything was read.

## Look-up

The cases in `tests/directory/addresses.yaml` and `tests/directory/addresses/` each name the record an
address must lead to and what it is; nobody else may be asked.
{_cases()}.

    amparo who https://www.reddit.com/r/example
    amparo who --look-up https://unknown-site.example/page
    amparo who --open-short https://bit.ly/abc
    amparo who --pasted https://unknown-site.example/page < whois.txt
    amparo directory check
    amparo directory stale --days 365
    amparo directory coverage domains.txt
    amparo directory import companies.jsonl --out folder

Nothing is asked of the network without `--look-up` or `--open-short`. Which register answers for which
name or address is a copy of IANA's lists (names: {lists["dns"]}, IPv4: {lists["ipv4"]}, IPv6:
{lists["ipv6"]}). `--pasted` reads what somebody looked up elsewhere. Speed: `benchmarks/directory.py`.
"""


def main() -> int:
    """Writes or checks the page."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--check", action="store_true", help="write nothing; fail when the page is behind")
    if parser.parse_args().check:
        behind = not PAGE.exists() or PAGE.read_text("utf-8") != page()
        print("docs/directory.md is behind: run scripts/directory_report.py" if behind else "as it should be")
        return int(behind)
    PAGE.write_text(page(), "utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
