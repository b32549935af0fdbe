"""The cube: how many statements of each kind a day has.

A kind is platform × category × keywords × ground × source × automation × restriction. One DuckDB file
holds three tables: `dumps` (what was counted, with its checksum), `kinds` (each combination of labels once)
and `cells` (how many statements of a kind a dump holds for a day). No statement is kept. Each dump is one
transaction: a kill leaves whole dumps only, and going on takes up where it stopped.
"""

import errno
import json
import os
import shutil
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from tempfile import mkdtemp
from typing import Any

from amparo.errors import AmparoError, CouldNot, Refused
from amparo.witness.dsa import dumps
from amparo.witness.dsa.dumps import WHOLE, Dump
from amparo.witness.dsa.engine import duckdb
from amparo.witness.dsa.published import platform_names, schema
from amparo.witness.dsa.reading import Kind, grouped, kind_of, no_room
from amparo.words import Words, words

MEMORY = "1200MB"
THREADS = 2
VERSION = 2  # as in the tables
MARKER = ".amparo-unpacked"
NO_ROOM = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)
TABLES = """
create table amparo_cube (version integer);
insert into amparo_cube values (2);
create table dumps (
    dump integer primary key, slug varchar, day date, kind varchar, sha1 varchar, compared boolean,
    statements bigint, left_out bigint, without varchar);
create table left_out (dump integer, platform varchar, statements bigint);
create table kinds (
    kind integer primary key, platform varchar, category varchar, keywords varchar[], ground varchar,
    source varchar, automation varchar, restriction varchar);
create table cells (dump integer, day date, kind integer, statements bigint);
create view statements as
    select day, platform, category, keywords, ground, source, automation, restriction, statements
    from cells join kinds using (kind);
"""


@dataclass(frozen=True)
class Sum:
    """One dump added up: statements per day and kind, how many of which platforms were left out."""

    dump: Dump
    sha1: str
    compared: bool
    cells: dict[tuple[date, Kind], int]
    left_out: dict[str, int]
    without: list[str]

    @property
    def statements(self) -> int:
        return sum(self.cells.values())


@dataclass(frozen=True)
class Counted:
    """What one dump came to. `already`: it was in the cube before and was not counted again."""

    dump: Dump
    statements: int
    left_out: int
    compared: bool
    already: bool = False


@contextmanager
def opened(path: Path, *, read_only: bool = False) -> Iterator[Any]:
    """Gives a connection to a cube, which is made if it is not there and may be written to."""
    if read_only and not path.exists():
        raise CouldNot(
            words("{name} is not there.", name=str(path)),
            words("Make it with: amparo witness dsa build DUMP."),
        )
    engine = duckdb()
    try:
        connection = engine.connect(str(path), read_only=read_only)
    except engine.Error as error:
        raise CouldNot(
            words("{name} could not be opened as a cube.", name=str(path)),
            words("See that no other build is running, or begin a new file."),
        ) from error
    try:
        connection.execute(
            f"set memory_limit='{MEMORY}'; set threads={THREADS}; set preserve_insertion_order=false"
        )
        _ours(connection, path, make=not read_only)
        yield connection
    finally:
        connection.close()


def _ours(connection: Any, path: Path, *, make: bool) -> None:
    """Makes the tables of a new cube. Raises CouldNot for another database, or a cube of another version."""
    names = {name for (name,) in connection.execute("select table_name from duckdb_tables()").fetchall()}
    names |= {
        name
        for (name,) in connection.execute(
            "select view_name from duckdb_views() where not internal"
        ).fetchall()
    }
    if not names and make:
        connection.execute(f"begin transaction; {TABLES} commit")
    elif "amparo_cube" not in names or connection.execute("from amparo_cube").fetchall() != [(VERSION,)]:
        raise CouldNot(
            words("{name} is another database, or a cube of another version.", name=str(path)),
            words("Nothing was changed in it. Begin a new file."),
        )


def build(
    paths: Sequence[Path],
    cube: Path,
    *,
    without: Sequence[str] = (),
    progress: Callable[[Dump, int], None] = lambda dump, statements: None,
) -> Iterator[Counted | tuple[Path, AmparoError]]:
    """Counts each dump into the cube; gives what each came to, or its error. A failed one leaves nothing.

    `without`: names of platforms whose statements are left out; how many is kept. `progress` is told the
    statements read so far.
    """
    with opened(cube) as connection, _own_folder(cube) as folder:
        for path in paths:
            try:
                yield _count(connection, dumps.named(path), folder, sorted(set(without)), progress)
            except AmparoError as error:
                yield path, error
            except OSError as error:
                yield path, no_room() if error.errno in NO_ROOM else dumps.broken(path)
            except (
                RuntimeError,
                ValueError,
                duckdb().Error,
            ):  # encrypted, nested too deep, no text, too large
                yield path, dumps.broken(path)


@contextmanager
def _own_folder(cube: Path) -> Iterator[Path]:
    """Gives a new folder beside the cube to unpack into. Those that a killed build left are taken away."""
    start = cube.name + ".unpacked-"
    for left in cube.absolute().parent.iterdir():
        if left.name.startswith(start) and not left.is_symlink() and (left / MARKER).is_file():
            shutil.rmtree(left, ignore_errors=True)
    folder = Path(mkdtemp(prefix=start, dir=cube.absolute().parent))
    (folder / MARKER).touch()
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _count(
    connection: Any, dump: Dump, folder: Path, without: list[str], progress: Callable[[Dump, int], None]
) -> Counted:
    sha1, compared = dumps.checked(dump)
    before = _before(connection, dump, sha1, without)
    if before is not None:
        return before
    totals: dict[tuple[date, Kind], int] = {}
    left_out: dict[str, int] = {}
    on_day = on_others = 0
    for rows in grouped(connection, dump, folder, progress):
        for *labels, day, statements in rows:
            on_day += statements * (day == dump.day)
            on_others += statements * (day != dump.day)
            if labels[-1] in without:
                left_out[labels[-1]] = left_out.get(labels[-1], 0) + statements
                continue
            key = (day, kind_of(labels))
            totals[key] = totals.get(key, 0) + statements
    if on_others > on_day:
        raise Refused(
            words("Most statements in {name} are of another day.", name=dump.path.name), dumps.AS_PUBLISHED
        )
    added = Sum(dump, sha1, compared, totals, left_out, without)
    _refuse_counted_platforms(connection, added)
    _write(connection, added, folder)
    return Counted(dump, added.statements, sum(left_out.values()), compared)


def _before(connection: Any, dump: Dump, sha1: str, without: list[str]) -> Counted | None:
    """Gives the earlier count of the same file. Raises Refused where another held its statements."""
    earlier = connection.execute(
        "select slug, day, kind, sha1, statements, left_out, compared, without from dumps"
        " where day = ? or sha1 = ?",
        [dump.day, sha1],
    ).fetchall()
    for slug, day, kind, known, statements, left_out, compared, list_then in earlier:
        if known == sha1 and day == dump.day:
            if list_then != ", ".join(without):
                raise Refused(
                    words("{name} was counted with another list of --without.", name=dump.path.name),
                    words("Give the same list, or begin a new cube."),
                )
            return Counted(dump, statements, left_out, compared, already=True)
        if known == sha1 or slug == dump.slug or WHOLE in (slug, dump.slug):
            raise _counted_from(dump, slug, day, kind)
    return None


def _counted_from(dump: Dump, slug: str, day: date, kind: str) -> Refused:
    return Refused(
        words(
            "What {name} holds was already counted, from sor-{slug}-{day}-{kind}.zip.",
            name=dump.path.name,
            slug=slug,
            day=day.isoformat(),
            kind=kind,
        ),
        words("Nothing was counted twice. To count this file instead, begin a new cube."),
    )


def _refuse_counted_platforms(connection: Any, added: Sum) -> None:
    """Raises Refused where another dump of that day brought one of its platforms, under any of its names."""
    brought = {_present(kind[0]) for _, kind in added.cells} | {_present(name) for name in added.left_out}
    earlier = connection.execute(
        "select distinct platform, slug, day, kind from dumps join (select dump, platform from cells"
        " join kinds using (kind) union all select dump, platform from left_out) using (dump)"
        " where day = ? order by all",
        [added.dump.day],
    ).fetchall()
    for platform, *source in earlier:
        if _present(platform) in brought:
            raise _counted_from(added.dump, *source)


def _present(platform: str) -> str:
    return platform_names().get(platform, platform).casefold()


def _write(connection: Any, added: Sum, folder: Path) -> None:
    connection.execute("begin transaction")
    try:
        number = connection.execute("select coalesce(max(dump), 0) + 1 from dumps").fetchone()[0]
        kinds = _numbers(connection, sorted({kind for _, kind in added.cells}), folder)
        cells = [[number, day, kinds[kind], count] for (day, kind), count in sorted(added.cells.items())]
        _insert(connection, "cells", cells, folder)
        dump = [added.dump.slug, added.dump.day, added.dump.kind, added.sha1, added.compared]
        dump += [added.statements, sum(added.left_out.values()), ", ".join(added.without)]
        connection.execute("insert into dumps values (?, ?, ?, ?, ?, ?, ?, ?, ?)", [number, *dump])
        out = [[number, name, count] for name, count in sorted(added.left_out.items())]
        _insert(connection, "left_out", out, folder)
        connection.execute("commit")
    except BaseException:
        connection.execute("rollback")
        raise


def _numbers(connection: Any, wanted: list[Kind], folder: Path) -> dict[Kind, int]:
    """Gives the number of each kind; new ones get the next numbers."""
    known: dict[Kind, int] = {}
    for number, platform, category, keywords, *rest in connection.execute("select * from kinds").fetchall():
        ground, source, automation, restriction = rest
        known[platform, category, tuple(keywords), ground, source, automation, restriction] = number
    new = [kind for kind in wanted if kind not in known]
    for number, kind in enumerate(new, len(known) + 1):
        known[kind] = number
    rows = [[known[kind], *kind[:2], list(kind[2]), *kind[3:]] for kind in new]
    _insert(connection, "kinds", rows, folder)
    return known


def _insert(connection: Any, table: str, rows: list[list[Any]], folder: Path) -> None:
    """Inserts many rows by one file: a statement per row would take longer than all the counting."""
    if not rows:
        return
    described = connection.execute(f"describe {table}").fetchall()
    names = [row[0] for row in described]
    typed = ", ".join(f"{name}: '{kind}'" for name, kind, *_ in described)
    path = folder / "rows.json"
    with path.open("w", encoding="utf-8") as file:
        for row in rows:
            file.write(json.dumps(dict(zip(names, row, strict=True)), default=str) + "\n")
    source = f"read_json(?, format = 'newline_delimited', columns = {{{typed}}})"
    connection.execute(f"insert into {table} select * from {source}", [str(path)])  # noqa: S608 -- our own names


def unknown_values(connection: Any) -> list[tuple[str, int]]:
    """Gives labels that stand in neither schema, with how many statements carry them."""
    values = {
        "category": "category",
        "keyword": "unnest(keywords)",
        "ground": "replace(ground, '+illegal', '')",
        "source": "source",
        "automation": "unnest(list_distinct(string_split(automation, '|')))",
        "restriction": "unnest(string_split(restriction, '|'))",
    }
    known = {"category": schema().known(), "keyword": schema().known(), **schema().other_labels}
    parts = [
        f"select '{label}' as label, {sql} as value, statements from statements"  # noqa: S608 -- our own names
        for label, sql in values.items()
    ]
    said = connection.execute(
        f"select label, value, sum(statements) from ({' union all '.join(parts)}) group by 1, 2 order by 2, 1"  # noqa: S608 -- our own names
    ).fetchall()
    return [(value, int(count)) for label, value, count in said if value and value not in known[label]]


def left_out(connection: Any) -> list[tuple[str, int]]:
    """Gives the platforms that were left out, with how many of their statements."""
    found = connection.execute("select platform, sum(statements) from left_out group by 1 order by 1")
    return [(platform, int(count)) for platform, count in found.fetchall()]


def export(connection: Any, path: Path) -> None:
    """Writes the cube as one Parquet file in a fixed order. Raises Refused where something is there."""
    if os.path.lexists(path):
        raise Refused(words("{name} is already there.", name=str(path)), words("Give another name."))
    try:
        beside = Path(mkdtemp(prefix=path.name + ".part-", dir=path.absolute().parent))
        try:
            connection.execute(
                "copy (select day, platform, category, keywords, ground, source, automation, restriction,"
                " sum(statements)::bigint as statements from statements group by all order by all)"
                " to ? (format parquet, compression zstd)",
                [str(beside / "cube")],
            )
            (beside / "cube").rename(path)
        finally:
            shutil.rmtree(beside, ignore_errors=True)
    except (OSError, duckdb().Error) as error:
        raise CouldNot(
            words("{name} could not be written.", name=str(path)), words("Give another name.")
        ) from error


def told(unknown: list[tuple[str, int]]) -> list[Words]:
    """Gives a sentence for each value that stands in neither schema."""
    return [
        words(
            "{value} stands in no schema we know. Its {n} statements are kept under that name.",
            value=value,
            n=count,
        )
        for value, count in unknown
    ]
