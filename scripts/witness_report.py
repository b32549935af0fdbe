"""Writes docs/witness.md: codebook, method, counts, what the ledger cannot say. --check: fails if behind."""

import argparse
import sys
from collections import Counter
from pathlib import Path

from amparo.witness.codebook import fields, marks
from amparo.witness.dsa.indicators import indicators
from amparo.witness.hypotheses import HYPOTHESES, needed
from amparo.witness.ledger import measures

PAGE = Path(__file__).resolve().parent.parent / "docs" / "witness.md"
GROUPS = {
    "law": "laws and instruments", "state_practice": "practices of States",
    "platform": "platforms and payment", "corporate": "tools for companies",
    "civil_society": "organisations and workers",
    "campaign": "campaigns, news, films", "right": "rights and information",
}  # fmt: skip

TEXT = """# Witness: what is done against exploitation, and what it takes from people

Two records anybody can check, contest and rebuild: a **ledger of measures** of States, platforms, companies
and campaigns, and the public **record of moderation** of the European Union, added up. Written by
`scripts/witness_report.py` from the data.

## What the ledger cannot say

- It is a seed list, put together to hold what the argument names. **No share of it is a share of all
  measures.**
- Every code is one reader's first pass until two people have coded the measure without seeing each other's
  codes.
- Orientation is never coded. Two sums are worked out from the codes and shown side by side; there is no
  score.
- A source nobody opened is shown as such, and what stands on it is unchecked.
- Moderation statements are filed by the platforms themselves; keywords are optional; zero means never
  labelled so.

## How it is coded

`amparo witness code` or *Code measures* in the local app: `draw` takes a sample at random from a frame (CSV
with id, name, stratum, url), each stratum in proportion, repeatable by its seed; a drawn round is never
drawn again. Two people code with the codebook alone. Until both are done neither codes nor agreement can be
seen. `compare` gives Krippendorff's nominal alpha per closed field (0.800 and above may be published, 0.667
to 0.800 is tentative, below that the field is dropped) and every disagreement; `settle` writes what they
settle on as a third record. The first `compare` ends the round: after it no code can be given or changed, and
with three coders `--coders a,b` says between whom. Place and year are listed where they differ, without an
alpha. Nobody's codes are ever changed. Alpha is tested against the three worked
examples of Krippendorff's 2011 paper.

The hypotheses were written down before counting. Each is a share with Wilson's 95 % interval against one
half: supported when the whole interval lies above, contradicted below, else open. To show 65 % against 50 %
with 90 % power takes {needed} measures.

{hypotheses}

## The ledger now

{counts}

To rebuild every number: `make setup && .venv/bin/python scripts/witness_report.py`; the files are
`amparo/witness/measures/*.yaml`, and the pages give them as CSV, JSON and JSON-LD. **A row is wrong?** Name
its id, what is wrong and a source; the point and its answer are kept in the file (`contested`) and shown on
the measure's page.

## The codebook

{codebook}

### The two sums

{sums}

## The record of moderation

`amparo witness dsa build DUMP.zip…|DIR` reads the daily dumps of the DSA Transparency Database (full or
light, whole or per platform, either schema), checks each against its published SHA-1, and adds it to a
cube: day × platform × category × keywords × ground × source × automation × restriction. It keeps no
statement. A file given twice under any
name, a platform's dump beside the whole day's or under another slug, or full beside light is not counted
again; a file that is broken, truncated, unknown, without a table or mostly of another day is refused whole,
and the others go on; labels of no known schema are kept and named. A table as PHP writes it (a backslash
before a quote that is not doubled) is read by PHP's rule where the plain one fails.
`--without PLATFORM` leaves a platform out (one marketplace is four fifths of all rows); the cube keeps how
many statements of which, and refuses another list for a dump it holds.
`show` gives the indicators, `draw` each as SVG beside its CSV, `export` one Parquet file in a fixed order
and never over a file. The change of labels on 1 July 2025 is in `schema.yaml`, from the database's own
table.

{indicators}

`amparo witness appeal-stats RULINGS.csv` adds up rulings of out-of-court bodies (columns: body, platform,
policy_area, decided_on, outcome, source) with Wilson's interval.

The numbers on the page of the record are written by `scripts/moderation_record.py` from published daily
statistics; the commands stand at its head.

The outcomes of requests that people choose to share come here later (`claims.outcomes`).
"""


def _table(head: tuple[str, ...], rows: list[tuple[object, ...]]) -> str:
    lines: list[tuple[object, ...]] = [head, tuple("---" for _ in head), *rows]
    return "\n".join("| " + " | ".join(str(cell) for cell in line) + " |" for line in lines)


def _counts() -> str:
    some = list(measures().values())
    rows: list[tuple[object, ...]] = []
    for group, name in GROUPS.items():
        those = [one for one in some if one.group == group]
        grades = Counter(one.grade for one in those)
        rows.append((name, len(those), grades["primary"], grades["secondary"], grades["unchecked"]))
    rows.append(("all", *(sum(int(str(row[at])) for row in rows) for at in range(1, 5))))
    return _table(("group", "measures", "primary", "secondary", "unchecked"), rows)


def _codebook() -> str:
    parts = []
    for one in fields().values():
        values = "".join(f"- `{code}`: {said}\n" for code, said in one.values.items())
        parts.append(
            f"### `{one.id}`: {one.title}\n\n{one.definition}\n\n{values}{chr(10) if values else ''}"
            f"For example: {one.examples[0]} {one.examples[1]}\nBorder case: {one.border}"
        )
    return "\n\n".join(parts)


def _sums() -> str:
    return "\n".join(
        f"- **{side}**: " + " ".join(str(one.says) for one in some) for side, some in marks().items()
    )


def _indicators() -> str:
    return "\n\n".join(
        f"**{one.title}** {one.says}\n\n    {one.sql}\n\n"
        + "\n".join(f"- {caveat}" for caveat in one.caveats)
        for one in indicators().values()
    )


def page() -> str:
    """Gives the page."""
    return TEXT.format(
        needed=needed(),
        hypotheses="\n".join(f"- **{id}** {says}" for id, says, _ in HYPOTHESES),
        counts=_counts(),
        codebook=_codebook(),
        sums=_sums(),
        indicators=_indicators(),
    )


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--check", action="store_true", help="write nothing; fail when the page is behind")
    if parser.parse_args().check:
        return 0 if PAGE.read_text(encoding="utf-8") == page() else 1
    PAGE.write_text(page(), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
