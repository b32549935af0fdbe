"""The indicators: each one line of SQL over the cube, with its definition in words and what it cannot say."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any

import yaml

from amparo.errors import WrongUse
from amparo.witness.dsa.published import (
    HERE,
    classes,
    left_out_keywords,
    platform_names,
    schema,
    unclear_categories,
)
from amparo.witness.dsa.steps import Step, step
from amparo.words import words

OF_RULINGS = "reversal"  # measured on a table of rulings, not on the cube


@dataclass(frozen=True)
class Indicator:
    """`says`: the definition in words; `sql`: what gives it; `caveats`: what it cannot say, in words."""

    id: str
    title: str
    says: str
    sql: str
    caveats: tuple[str, ...]


@cache
def indicators() -> Mapping[str, Indicator]:
    """Gives all indicators by id."""
    said = yaml.safe_load((HERE / "indicators.yaml").read_text(encoding="utf-8"))
    told = said["caveats"]
    return {
        one["id"]: Indicator(
            one["id"], one["title"], one["says"], one["sql"], tuple(told[caveat] for caveat in one["caveats"])
        )
        for one in said["indicators"]
    }


def of_cube() -> list[str]:
    """Gives the ids of the indicators that are measured on the cube."""
    return [name for name in indicators() if name != OF_RULINGS]


def prepare(connection: Any) -> None:
    """Makes the views of views.sql in this connection; the cube itself is not changed."""
    labels = [(label, one.name) for one in classes() for label in (*one.keywords, *one.categories)]
    labels += [(label, "unclear") for label in unclear_categories()]
    labels += [(label, "left_out") for label in left_out_keywords()]
    _table(connection, "map", "label varchar, class varchar", labels)
    _table(connection, "names", "former varchar, name varchar", list(platform_names().items()))
    second = schema().second_from
    offered = [(keyword, second) for keyword in sorted(schema().keywords["v2"])]
    _table(connection, "offered", "keyword varchar, second_from date", offered)
    connection.execute((HERE / "views.sql").read_text(encoding="utf-8"))


def _table(connection: Any, name: str, columns: str, rows: list[tuple[Any, ...]]) -> None:
    connection.execute(f"create or replace temp table {name} ({columns})")
    if rows:
        blanks = ", ".join("?" for _ in rows[0])
        connection.executemany(f"insert into {name} values ({blanks})", rows)  # noqa: S608 -- our own names


def measure(connection: Any, which: str) -> list[dict[str, Any]]:
    """Gives the rows of one indicator, by column name. Raises WrongUse for one that does not exist."""
    if which == OF_RULINGS:
        raise WrongUse(
            words("The indicator {name} is not in the cube.", name=which),
            words("Use: amparo witness appeal-stats RULINGS.csv."),
        )
    if which not in indicators():
        raise WrongUse(
            words("There is no indicator {name}.", name=which),
            words("Choose one of: {names}.", names=", ".join(of_cube())),
        )
    found = connection.execute(indicators()[which].sql)
    names = [column[0] for column in found.description]
    return [dict(zip(names, row, strict=True)) for row in found.fetchall()]


def steps_at(connection: Any, day: date | None = None) -> dict[str, Step]:
    """Gives, per platform, the step of the erasure count at a day (without one, the change of labels)."""
    day = day or schema().second_from
    return {platform: step(counts, day) for platform, counts in erasure_by_day(connection).items()}


def erasure_by_day(connection: Any) -> dict[str, dict[date, int]]:
    """Gives the erasure count per platform and day. A day with statements but none of these is a zero."""
    counts: dict[str, dict[date, int]] = {}
    for row in measure(connection, "erasure"):
        counts.setdefault(row["platform"], {})[row["day"]] = row["statements"]
    covered = connection.execute("select platform, day from named group by all").fetchall()
    for platform, on in covered:
        if platform in counts:
            counts[platform].setdefault(on, 0)
    return dict(sorted(counts.items()))


def per_million(statements: int, users_a_month: int) -> float:
    """Gives decisions per million monthly users in the EU."""
    return statements / users_a_month * 1_000_000
