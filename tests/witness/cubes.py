"""Cubes of made dumps, and what is in them."""

from pathlib import Path

from amparo.witness.dsa import cube
from tests.witness.made import dump, statement, table


def build(paths, place, **given):
    return list(cube.build([paths] if isinstance(paths, Path) else paths, place, **given))


def dump_of(folder: Path, day: str, times: int, *, slug: str = "example-video", **given: str) -> Path:
    one = statement(created_at=f"{day} 08:00:00", **given)
    return dump(folder, table([one] * times), day=day, slug=slug)


def rows(place: Path, sql: str):
    with cube.opened(place, read_only=True) as connection:
        return connection.execute(sql).fetchall()


def error_of(path: Path, place: Path):
    ((_, error),) = build(path, place)
    assert rows(place, "select count(*) from dumps") == [(0,)]
    assert rows(place, "select count(*) from cells") == [(0,)]
    return error
