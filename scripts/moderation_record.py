"""Writes amparo/witness/record.yaml from the statistics inside the package `shantay` 0.6.0 (Apache-2.0).

    make record                                        # fetches it and writes the page
    python scripts/moderation_record.py builtin.parquet --check

One row per day, platform, column and value for every statement of reasons filed; nothing else is read.
"""

import argparse
import sys
from pathlib import Path
from typing import Any

import yaml

from amparo.witness.dsa.engine import duckdb

PAGE = Path(__file__).resolve().parent.parent / "amparo" / "witness" / "record.yaml"
HEAD = """# Raw counts of the DSA Transparency Database, by scripts/moderation_record.py. A named platform
# stands here with its counts, the caveats, and room for its reply; nothing is said of why.
"""
CHANGE = "date '2025-07-01'"
SIDE_DAYS = 194  # as many days on each side of the change of labels as were published after it
KEYWORDS = {
    "statements with the keyword for human trafficking": ("KEYWORD_HUMAN_TRAFFICKING",),
    "statements with the keyword for human exploitation": ("KEYWORD_HUMAN_EXPLOITATION",),
    "statements with the keyword for trafficking in women and girls": ("KEYWORD_TRAFFICKING_WOMEN_GIRLS",),
    "statements with a keyword for intimate images without consent": (
        "KEYWORD_NON_CONSENSUAL_IMAGE_SHARING", "KEYWORD_NON_CONSENSUAL_IMAGE_SHARING_AGAINST_WOMEN",
    ),
    "statements with the keyword for sexual material of adults": ("KEYWORD_ADULT_SEXUAL_MATERIAL",),
    "statements with the keyword for the right to be forgotten": ("KEYWORD_RIGHT_TO_BE_FORGOTTEN",),
}  # fmt: skip
# Chosen for what they carry, not for their numbers: social networks, video, dating and adult sites.
PLATFORMS = (
    "Azar", "Badoo", "Bumble", "Discord", "eBay", "Facebook", "happn", "Hinge",
    "Indeed", "Instagram", "LinkedIn", "LOVOO", "Meetic", "OKCupid", "Parship", "Pinterest",
    "Plenty of Fish", "Pornhub", "Reddit", "Snapchat", "Streamate.com", "Stripchat", "Telegram", "Threads",
    "TikTok", "Tinder", "Twitch", "Vimeo", "WhatsApp", "X", "XNXX", "XVideos",
    "YouTube", "Yubo",
)  # fmt: skip
REPLIES: dict[str, dict[str, Any]] = {}  # slug -> asked_on, reply: kept when the counts are written anew


def slug_of(name: str) -> str:
    """Gives the name as it stands in an address, like the slug of its record in the directory."""
    return name.casefold().removesuffix(".com").replace(" ", "-").replace(".", "-")


def counts(engine: Any, file: Path, where: str = "true") -> list[dict[str, Any]]:
    """Gives the counts in words for all rows that fit."""

    def total(condition: str) -> int:
        found = engine.execute(
            f"""select coalesce(sum("count"), 0) from read_parquet(?) where ({where}) and ({condition})""",
            [str(file)],
        ).fetchone()
        return int(found[0])

    said = [{"says": "statements of reasons", "n": total(""""column" = 'rows'""")}]
    for text, some in KEYWORDS.items():
        names = ", ".join(f"'{name}'" for name in some)
        keyword = f""""column" = 'category_specification' and variant in ({names})"""
        said.append({"says": text, "n": total(keyword)})
    old = f"""start_date >= {CHANGE} - {SIDE_DAYS} and start_date < {CHANGE} and "column" = 'category'"""
    said.append(
        {
            "says": "statements in the category for pornography, in the last 194 days of the old labels",
            "n": total(f"{old} and variant = 'STATEMENT_CATEGORY_PORNOGRAPHY_OR_SEXUALIZED_CONTENT'"),
        }
    )
    return said


def record(file: Path) -> dict[str, Any]:
    """Gives the whole record as plain data."""
    with duckdb().connect() as engine:
        first, last = engine.execute(
            "select min(start_date), max(end_date) from read_parquet(?)", [str(file)]
        ).fetchone()
        named = {
            row[0]
            for row in engine.execute("select distinct platform from read_parquet(?)", [str(file)]).fetchall()
        }
        missing = [name for name in PLATFORMS if name not in named]
        if missing:
            sys.exit(f"not in this file: {missing}; there are {sorted(filter(None, named))}")
        platforms = {
            slug_of(name): {
                "name": name,
                "counts": counts(engine, file, f"platform = '{name}'"),
            }
            for name in PLATFORMS
        }
        for slug, reply in REPLIES.items():
            platforms[slug] |= reply
        source = {
            "url": "https://pypi.org/project/shantay/",
            "grade": "secondary",
            "says": "Added up from the daily statistics inside version 0.6.0 of this package (Apache-2.0).",
        }
        return {
            "since": first, "until": last, "source": source,
            "caveats": ["self_reported", "keywords_optional", "not_comparable", "season", "zero"],
            "counts": counts(engine, file), "platforms": platforms,
        }  # fmt: skip


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("file", type=Path, help="builtin.parquet of the package")
    parser.add_argument("--check", action="store_true", help="write nothing; fail when record.yaml differs")
    args = parser.parse_args()
    text = HEAD + yaml.safe_dump(record(args.file), sort_keys=False, allow_unicode=True, width=110)
    if args.check:
        return 0 if PAGE.read_text(encoding="utf-8") == text else 1
    PAGE.write_text(text, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
