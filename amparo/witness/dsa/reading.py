"""A dump is read: its tables are unpacked, added up by the engine, and each row's labels become a kind."""

import json
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from queue import Queue
from typing import Any

from amparo.errors import CouldNot, Refused
from amparo.witness.dsa import dumps, php
from amparo.witness.dsa.dumps import Dump
from amparo.witness.dsa.engine import duckdb
from amparo.words import words

COUNTED = (
    "decision_visibility", "decision_monetary", "decision_provision", "decision_account", "decision_ground",
    "incompatible_content_illegal", "category", "category_specification", "source_type",
    "automated_detection", "automated_decision", "platform_name",
)  # fmt: skip
Row = tuple[Any, ...]
Kind = tuple[str, str, tuple[str, ...], str, str, str, str]


def grouped(
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
        try:
            rows: list[Row] = connection.execute(sql, [str(path)]).fetchall()
        except engine.Error:
            php.rewritten(path, len(columns))
            rows = connection.execute(sql, [str(path)]).fetchall()
    except (engine.Error, php.NoTable) as error:
        raise _not_whole(dump, name) from error
    if any(row[-2] is None for row in rows):
        raise _not_whole(dump, name)
    return rows


def no_room() -> CouldNot:
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


def kind_of(labels: list[str]) -> Kind:
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
