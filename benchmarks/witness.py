"""The moderation record: statements counted per second, beside Polars and a plain Python reader, in one run.

python benchmarks/witness.py            # about three minutes, 6 GB of temporary files
python benchmarks/witness.py --small    # a tenth
"""

import argparse
import collections
import csv
import random
import resource
import statistics
import sys
import tempfile
import time
import zipfile
from datetime import date, timedelta
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from amparo.witness.dsa import cube, dumps
from amparo.witness.dsa.engine import duckdb
from tests.witness.made import dump, statement, table, zipped

EACH = 100_000
CATEGORIES = [
    "STATEMENT_CATEGORY_OTHER_VIOLATION_TC",
    "STATEMENT_CATEGORY_VIOLENCE",
    "STATEMENT_CATEGORY_SELF_HARM",
]
KEYWORDS = ["[]", "[]", '["KEYWORD_NUDITY"]', '["KEYWORD_ADULT_SEXUAL_MATERIAL","KEYWORD_NUDITY"]']
KEYS = ("category", "category_specification", "decision_ground", "source_type", "automated_decision")


def rows(chance: random.Random, platforms: int = 20) -> list[dict[str, str]]:
    return [
        statement(
            uuid=f"{chance.getrandbits(128):032x}",
            platform_uid=f"{chance.getrandbits(64):016x}",
            platform_name=f"Platform {chance.randrange(platforms)}",
            category=chance.choice(CATEGORIES),
            category_specification=chance.choice(KEYWORDS),
            source_type=chance.choice(["SOURCE_VOLUNTARY", "SOURCE_ARTICLE_16"]),
        )
        for _ in range(EACH)
    ]


def big(folder: Path, one: bytes, times: int) -> Path:
    stem = "sor-global-2025-08-01-full"
    inner = zipped({f"{stem}-00000-{n:05}.csv": one for n in range(10)})
    path = folder / f"{stem}.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_STORED) as outer:
        for part in range(times // 10):
            outer.writestr(f"{stem}-{part:05}.csv.zip", inner)
    return path


def ours(path: Path, folder: Path) -> int:
    (counted,) = cube.build([path], folder / f"{time.monotonic_ns()}.duckdb")
    return counted.statements


def plain_python(path: Path, folder: Path, most: int) -> int:
    """Python's own zip and CSV readers, one process, no checks."""
    found: collections.Counter[tuple[str, ...]] = collections.Counter()
    for n, (_, unpacked) in enumerate(dumps.unpacked(dumps.named(path), folder)):
        if n == most:
            break
        with unpacked.open(encoding="utf-8", newline="") as file:
            for line in csv.DictReader(file):
                found[tuple(line[key] for key in KEYS)] += 1
        unpacked.unlink()
    return sum(found.values())


def polars_(path: Path, folder: Path, most: int) -> int:
    """Polars over the same inner files, unpacked by Python, its own threads."""
    import polars

    total = 0
    for n, (_, unpacked) in enumerate(dumps.unpacked(dumps.named(path), folder)):
        if n == most:
            break
        frame = polars.read_csv(unpacked, infer_schema=False, columns=[*KEYS, "platform_name", "created_at"])
        total += frame.group_by([*KEYS, "platform_name"]).len()["len"].sum()
        unpacked.unlink()
    return total


def timed(job, *given) -> float:
    started = time.perf_counter()
    statements = job(*given)
    return statements / (time.perf_counter() - started)


def reading(folder: Path, times: int) -> None:
    path = big(folder, table(rows(random.Random(1))), times)
    mine, theirs, plain = [], [], []
    for _ in range(3):
        mine.append(timed(ours, path, folder))
        theirs.append(timed(polars_, path, folder, times))
        plain.append(timed(plain_python, path, folder, 2))
    us, them, slow = map(statistics.median, (mine, theirs, plain))
    size = len(table(rows(random.Random(1))[:1000])) / 1000
    print(f"full CSV rows ({size:.0f} bytes each) into the cube: {us:,.0f}/s (median of 3)")
    print(f"  Polars on the same files: {them:,.0f}/s (ours is {us / them:.2f} of it; it checks nothing)")
    print(f"  plain Python: {slow:,.0f}/s (ours is {us / slow:.1f} times as fast)")
    path.unlink()


def grouping(folder: Path, million: int) -> None:
    engine = duckdb()
    path = folder / "rows.parquet"
    with engine.connect() as connection:
        connection.execute(f"set threads=2; set memory_limit='{cube.MEMORY}'; set temp_directory='{folder}'")
        connection.execute(
            f"copy (select (i * 7919 % 100)::utinyint as platform, (i * 104729 % 16)::utinyint as category,"
            f" (i * 1299709 % 30)::utinyint as keyword, (i % 3)::utinyint as source,"
            f" (i % 365)::usmallint as day, hash(i) as id"
            f" from range({million * 1_000_000}) t(i)) to '{path}' (format parquet)"
        )
        sql = f"select platform, category, keyword, source, day, count(*) from '{path}' group by all"
        ours_s = []
        for _ in range(3):
            started = time.perf_counter()
            connection.execute(f"select count(*) from ({sql})").fetchall()
            ours_s.append(time.perf_counter() - started)
    import polars

    theirs = []
    for _ in range(3):
        started = time.perf_counter()
        polars.scan_parquet(path).group_by("platform", "category", "keyword", "source", "day").len().collect(
            engine="streaming"
        )
        theirs.append(time.perf_counter() - started)
    us, them = statistics.median(ours_s), statistics.median(theirs)
    print(f"{million} million Parquet rows grouped by five columns: {us:.2f} s")
    print(f"  Polars: {them:.2f} s (ours takes {us / them:.2f} of it)")
    path.unlink()


def a_year(folder: Path, days: int) -> None:
    """The size of a year: each day has 60 platforms with a few dozen kinds each."""
    chance = random.Random(3)
    place = folder / "year.duckdb"
    grounds = ["DECISION_GROUND_INCOMPATIBLE_CONTENT", "DECISION_GROUND_ILLEGAL_CONTENT"]
    categories = [f"STATEMENT_CATEGORY_{n}" for n in range(16)]
    first = date(2025, 1, 1)
    cells = 0
    for n in range(days):
        day = (first + timedelta(days=n)).isoformat()
        some = [
            statement(
                created_at=f"{day} 00:00:00",
                platform_name=f"Platform {chance.randrange(60)}",
                category=chance.choice(categories),
                category_specification=chance.choice(KEYWORDS),
                decision_ground=chance.choice(grounds),
                automated_decision=chance.choice(
                    ["AUTOMATED_DECISION_FULLY", "AUTOMATED_DECISION_NOT_AUTOMATED"]
                ),
            )
            for _ in range(4000)
        ]
        list(
            cube.build([dump(folder, table(some, kind="light"), slug="global", day=day, kind="light")], place)
        )
        for left in folder.glob("sor-*"):
            left.unlink()
    with cube.opened(place, read_only=True) as connection:
        cells = connection.execute("select count(*) from cells").fetchone()[0]
        cube.export(connection, folder / "year.parquet")
    mb = place.stat().st_size / 1e6
    exported = (folder / "year.parquet").stat().st_size / 1e6
    print(f"{days} days, {cells:,} cells: cube {mb:.1f} MB, exported {exported:.1f} MB")


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--small", action="store_true", help="a tenth of everything")
    small = parser.parse_args().small
    with tempfile.TemporaryDirectory() as folder:
        reading(Path(folder), 10 if small else 40)
        print(f"  most memory so far: {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e6:.2f} GB")
        grouping(Path(folder), 5 if small else 50)
        a_year(Path(folder), 36 if small else 365)


if __name__ == "__main__":
    main()
