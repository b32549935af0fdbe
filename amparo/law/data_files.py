"""Reads this room's YAML files, which travel inside the package, as plain data (days as ISO text)."""

from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

from amparo import packing

ROOM = Path(__file__).parent


@cache
def _pack() -> packing.Pack:
    return packing.opened(ROOM, _made, code=Path(__file__))


@cache
def data(name: str) -> Any:
    """Gives what `law/<name>.yaml` holds, read once."""
    return _pack().piece(name)


def rule_files() -> Iterator[tuple[str, Any]]:
    """Gives (rule id, contents) of every rule under law/rules, in the order of their ids."""
    for id in _pack().index["rules"]:
        if not is_work(id):
            yield id, _pack().piece(f"rules/{id}")


def work_files() -> Iterator[tuple[str, Any]]:
    """Gives (id, contents) of every file of labour facts under law/rules, in the order of their ids."""
    for id in _pack().index["rules"]:
        if is_work(id):
            yield id, _pack().piece(f"rules/{id}")


def is_work(id: str) -> bool:
    """Says whether an id is one of labour facts (`<place>/work/…`), which have a shape of their own."""
    return id.split("/")[1:2] == ["work"]


def ship(to: Path) -> None:
    """Writes the quick copy of the law that travels with a release."""
    packing.ship(ROOM, _made, code=Path(__file__), to=to)


def _made() -> packing.Made:
    paths = sorted(ROOM.rglob("*.yaml"))
    pieces = {str(path.relative_to(ROOM).with_suffix("")): packing.plain(path) for path in paths}
    ids = sorted(name.removeprefix("rules/") for name in pieces if name.startswith("rules/"))
    return {"rules": ids}, pieces
