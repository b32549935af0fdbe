"""Reads this room's YAML files, which travel inside the package."""

from collections.abc import Iterator
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Any

import yaml

_Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)  # ten times faster where libyaml is built in
ROOM = files("amparo.law")


def read(path: Traversable) -> Any:
    """Gives what one YAML file holds; dates come out as `date`."""
    return yaml.load(path.read_text(encoding="utf-8"), Loader=_Loader)  # noqa: S506 - it is a safe loader


@cache
def data(name: str) -> Any:
    """Gives what `law/<name>.yaml` holds, read once."""
    return read(ROOM / f"{name}.yaml")


def rule_files() -> Iterator[tuple[str, Any]]:
    """Gives (rule id, contents) of every file under law/rules, in the order of their ids."""
    yield from _below(ROOM / "rules", "")


def _below(folder: Traversable, path: str) -> Iterator[tuple[str, Any]]:
    for entry in sorted(folder.iterdir(), key=lambda item: item.name):
        if entry.is_dir():
            yield from _below(entry, f"{path}{entry.name}/")
        elif entry.name.endswith(".yaml"):
            yield path + entry.name.removesuffix(".yaml"), read(entry)
