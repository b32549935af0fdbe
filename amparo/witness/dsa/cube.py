"""The cube: how many statements of each kind a day has.

A kind is platform × category × keywords × ground × source × automation × restriction. One DuckDB file
holds three tables: `dumps` (what was counted, with its checksum), `kinds` (each combination of labels once)
and `cells` (how many statements of a kind a dump holds for a day). No statement is kept. Each dump is one
transaction: a kill leaves whole dumps only, and going on takes up where it stopped.
"""

import json
import shutil
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from queue import Queue
from typing import Any

from amparo.errors import AmparoError, CouldNot, Refused
from amparo.witness.dsa import dumps
from amparo.witness.dsa.dumps import WHOLE, Dump
from amparo.witness.dsa.engine import duckdb
from amparo.witness.dsa.published import schema
from amparo.words import Words, words

MEMORY = "1200MB"
THREADS = 2
COUNTED = (
    "decision_visibility", "decision_monetary", "decision_provision", "decision_account", "decision_ground",
    "incompatible_content_illegal", "category", "category_specification", "source_type",
    "automated_detection", "automated_decision", "platform_name",
)  # fmt: skip
TABLES = """
create table if not exists dumps (
    dump integer primary key, slug varchar, day date, kind varchar, sha1 varchar, compared boolean,
    statements bigint, left_out bigint, without varchar);
create table if not exists kinds (
    kind integer primary key, platform varchar, category varchar, keywords varchar[], ground varchar,
    source varchar, automation varchar, restriction varchar);
create table if not exists cells (dump integer, day date, kind integer, statements bigint);
create or replace view statements as
    select day, platform, category, keywords, ground, source, automation, restriction, statements
    from cells join kinds using (kind);
"""
Row = tuple[Any, ...]
Kind = tuple[str, str, tuple[str, ...], str, str, str, str]


@dataclass(frozen=True)
class Sum:
    """One dump added up: statements per day and kind, how many were left out, and of which platforms."""

    dump: Dump
    sha1: str
    compared: bool
    cells: dict[tuple[date, Kind], int]
    left_out: int
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
        if not read_only:
            connection.execute(TABLES)
        yield connection
    finally:
        connection.close()


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
                yield _count(connection, dumps.named(path), folder, sorted(without), progress)
            except AmparoError as error:
                yield path, error


@contextmanager
def _own_folder(cube: Path) -> Iterator[Path]:
    """Gives a folder beside the cube to unpack into; one that a killed build left is emptied first."""
    folder = cube.with_name(cube.name + ".unpacked")
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(mode=0o700)
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _count(
    connection: Any, dump: Dump, folder: Path, without: list[str], progress: Callable[[Dump, int], None]
) -> Counted:
    sha1, compared = dumps.checked(dump.path)
    before = _before(connection, dump, sha1)
    if before is not None:
        return before
    totals: dict[tuple[date, Kind], int] = {}
    left_out = 0
    for rows in _grouped(connection, dump, folder, progress):
        for *labels, day, statements in rows:
            if labels[-1] in without:
                left_out += statements
                continue
            key = (day, _kind(labels))
            totals[key] = totals.get(key, 0) + statements
    added = Sum(dump, sha1, compared, totals, left_out, without)
    _write(connection, added, folder)
    return Counted(dump, added.statements, left_out, compared)


def _before(connection: Any, dump: Dump, sha1: str) -> Counted | None:
    """Gives the earlier count of the same file. Raises Refused where another held its statements."""
    earlier = connection.execute(
        "select slug, kind, sha1, statements, left_out, compared from dumps where day = ?", [dump.day]
    ).fetchall()
    for slug, kind, known, statements, left_out, compared in earlier:
        if known == sha1:
            return Counted(dump, statements, left_out, compared, already=True)
        if slug == dump.slug or WHOLE in (slug, dump.slug):
            raise Refused(
                words(
                    "What {name} holds was already counted, from sor-{slug}-{day}-{kind}.zip.",
                    name=dump.path.name,
                    slug=slug,
                    day=dump.day.isoformat(),
                    kind=kind,
                ),
                words("Nothing was counted twice. To count this file instead, begin a new cube."),
            )
    return None


def _grouped(
    connection: Any, dump: Dump, folder: Path, progress: Callable[[Dump, int], None]
) -> Iterator[list[Row]]:
    """Gives the counts of each CSV inside the dump; the next one is unpacked while one is counted."""
    read = 0
    for name, path, names in _unpacked(dump, folder):
        rows = _rows(connection, dump, name, path, names)
        path.unlink()
        read += sum(row[-1] for row in rows)
        progress(dump, read)
        yield rows


def _unpacked(dump: Dump, folder: Path) -> Iterator[tuple[str, Path, tuple[str, ...]]]:
    ready: Queue[tuple[str, Path, tuple[str, ...]] | Exception | None] = Queue(maxsize=1)
    stop = threading.Event()

    def unpack() -> None:
        try:
            for name, path in dumps.unpacked(dump, folder):
                if stop.is_set():
                    return
                ready.put((name, path, dumps.columns(dump, path)))
            ready.put(None)
        except Exception as error:  # handed over whole: a thread that died in silence would be waited for
            ready.put(error)

    thread = threading.Thread(target=unpack, daemon=True)
    thread.start()
    try:
        while (one := ready.get()) is not None:
            if isinstance(one, OSError):
                raise _no_room() from one
            if isinstance(one, Exception):
                raise one
            yield one
    finally:
        stop.set()
        while thread.is_alive():
            if not ready.empty():
                ready.get_nowait()
            thread.join(0.05)


def _rows(connection: Any, dump: Dump, name: str, path: Path, columns: tuple[str, ...]) -> list[Row]:
    engine = duckdb()
    typed = ", ".join(f"'{column}': 'varchar'" for column in columns)
    wanted = ", ".join(f"coalesce({column}, '') as {column}" for column in COUNTED)
    sql = f"""
        select {wanted}, try_cast(left(created_at, 10) as date) as day, count(*)
        from read_csv(?, header = true, auto_detect = false, delim = ',', quote = '"', escape = '"',
                      strict_mode = true, null_padding = false, columns = {{{typed}}})
        group by all
    """  # noqa: S608 -- only names of schema.yaml are put in
    try:
        rows: list[Row] = connection.execute(sql, [str(path)]).fetchall()
    except engine.Error as error:
        raise _not_whole(dump, name) from error
    if any(row[-2] is None for row in rows):
        raise _not_whole(dump, name)
    return rows


def _no_room() -> CouldNot:
    return CouldNot(
        words("There is no room to unpack."), words("Free some space and go on: what was counted stays.")
    )


def _not_whole(dump: Dump, name: str) -> Refused:
    return Refused(
        words(
            "{name} has a line that is cut short or has no day, in {part}.", name=dump.path.name, part=name
        ),
        words("Fetch it again. Nothing of it was counted."),
    )


def _list(text: str) -> tuple[str, ...]:
    """Gives the values of a JSON list, in order of the alphabet; what is no list stays one value as it is."""
    if text in ("", "[]"):
        return ()
    try:
        said = json.loads(text)
    except ValueError:
        return (text,)
    return tuple(sorted({str(one) for one in said})) if isinstance(said, list) else (text,)


def _kind(labels: list[str]) -> Kind:
    (
        visibility,
        money,
        provision,
        account,
        ground,
        illegal,
        category,
        keywords,
        source,
        found,
        decided,
        platform,
    ) = labels
    restriction = (*_list(visibility), *(one for one in (money, provision, account) if one))
    return (
        platform,
        category,
        _list(keywords),
        ground + ("+illegal" if illegal == "Yes" else ""),
        source,
        f"{found}|{decided}",
        "|".join(restriction),
    )


def _write(connection: Any, added: Sum, folder: Path) -> None:
    connection.execute("begin transaction")
    try:
        number = connection.execute("select coalesce(max(dump), 0) + 1 from dumps").fetchone()[0]
        kinds = _numbers(connection, sorted({kind for _, kind in added.cells}), folder)
        cells = [[number, day, kinds[kind], count] for (day, kind), count in sorted(added.cells.items())]
        _insert(connection, "cells", cells, folder)
        dump = [added.dump.slug, added.dump.day, added.dump.kind, added.sha1, added.compared]
        dump += [added.statements, added.left_out, ", ".join(added.without)]
        connection.execute("insert into dumps values (?, ?, ?, ?, ?, ?, ?, ?, ?)", [number, *dump])
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
    """Gives categories and keywords that stand in neither schema, with how many statements carry them."""
    known = schema().known()
    said = connection.execute(
        "select value, sum(statements) from (select category as value, statements from statements"
        " union all select unnest(keywords), statements from statements) group by 1 order by 1"
    ).fetchall()
    return [(value, int(count)) for value, count in said if value and value not in known]


def export(connection: Any, path: Path) -> None:
    """Writes the cube as one Parquet file in a fixed order: the same dumps give the same rows."""
    connection.execute(
        "copy (select day, platform, category, keywords, ground, source, automation, restriction,"
        " sum(statements)::bigint as statements from statements group by all order by all)"
        " to ? (format parquet, compression zstd)",
        [str(path)],
    )


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
