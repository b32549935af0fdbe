"""Reads this room's YAML files, which travel inside the package, as plain data (days as ISO text).

Reading YAML is slow, so the package also carries what each text was read as (`compiled.json`, written when
it is built or by `make rules`), by the text's own digest: a text that was changed since is simply read again.
"""

import hashlib
import json
from collections.abc import Iterator, Mapping
from datetime import date
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Any

ROOM = files("amparo.law")
COMPILED = "compiled.json"


def read(path: Traversable) -> Any:
    """Gives what one YAML file holds, as plain data."""
    text = path.read_bytes()
    known = _compiled().get(_digest(text))
    return known if known is not None else _parsed(text)


@cache
def data(name: str) -> Any:
    """Gives what `law/<name>.yaml` holds, read once."""
    return read(ROOM / f"{name}.yaml")


def rule_files() -> Iterator[tuple[str, Any]]:
    """Gives (rule id, contents) of every rule under law/rules, in the order of their ids."""
    for id, path in _below(ROOM / "rules", ""):
        if not is_work(id):
            yield id, read(path)


def work_files() -> Iterator[tuple[str, Any]]:
    """Gives (id, contents) of every file of labour facts under law/rules, in the order of their ids."""
    for id, path in _below(ROOM / "rules", ""):
        if is_work(id):
            yield id, read(path)


def is_work(id: str) -> bool:
    """Says whether an id is one of labour facts (`<place>/work/…`), which have a shape of their own."""
    return id.split("/")[1:2] == ["work"]


def compile_into(folder: Path) -> int:
    """Writes what every YAML file below a copy of this room was read as; gives how many there were."""
    texts = [path.read_bytes() for path in sorted(folder.rglob("*.yaml"))]
    known = {_digest(text): _parsed(text) for text in texts}
    plain = json.dumps(known, ensure_ascii=False, separators=(",", ":"))
    (folder / COMPILED).write_text(plain, encoding="utf-8")
    return len(known)


@cache
def _compiled() -> Mapping[str, Any]:
    path = ROOM / COMPILED
    known: Mapping[str, Any] = json.loads(path.read_bytes()) if path.is_file() else {}
    return known


def _digest(text: bytes) -> str:
    return hashlib.blake2b(text, digest_size=16).hexdigest()


def _parsed(text: bytes) -> Any:
    import yaml  # only where a text was not compiled

    loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)  # ten times faster where libyaml is built in
    return _plain(yaml.load(text, Loader=loader))  # noqa: S506 - it is a safe loader


def _plain(value: Any) -> Any:
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, dict):
        return {str(key): _plain(item) for key, item in value.items()}
    if isinstance(value, list):
        return [_plain(item) for item in value]
    return value


def _below(folder: Traversable, path: str) -> Iterator[tuple[str, Traversable]]:
    for entry in sorted(folder.iterdir(), key=lambda item: item.name):
        if entry.is_dir():
            yield from _below(entry, f"{path}{entry.name}/")
        elif entry.name.endswith(".yaml"):
            yield path + entry.name.removesuffix(".yaml"), entry
