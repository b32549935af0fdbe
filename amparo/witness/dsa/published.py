"""What the dumps are known to hold: columns and values of both schemas, as data in the YAML files beside."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

import yaml

HERE = Path(__file__).parent
CLASSES = ("sexual_content", "exploitation", "without_consent")


@dataclass(frozen=True)
class Schema:
    """Columns of a full export in order; values per schema (`v1`, `v2`); what was renamed, ended, begun."""

    columns: tuple[str, ...]
    only_in_full: frozenset[str]
    came_later: frozenset[str]
    second_from: date
    categories: Mapping[str, frozenset[str]]
    keywords: Mapping[str, frozenset[str]]
    other_labels: Mapping[str, frozenset[str]]
    renamed: Mapping[str, str]
    ended: frozenset[str]
    began: frozenset[str]

    @property
    def light(self) -> tuple[str, ...]:
        """The columns of a light export, in order."""
        return tuple(name for name in self.columns if name not in self.only_in_full)

    def known(self) -> frozenset[str]:
        """Every category and keyword of either schema."""
        return frozenset().union(*self.categories.values(), *self.keywords.values())


@dataclass(frozen=True)
class Class:
    """One class of the declared map: the keywords and categories that say it, and why."""

    name: str
    keywords: tuple[str, ...]
    categories: tuple[str, ...]


@cache
def schema() -> Schema:
    """Gives the published schema."""
    said = yaml.safe_load((HERE / "schema.yaml").read_text(encoding="utf-8"))
    return Schema(
        columns=tuple(said["columns"]),
        only_in_full=frozenset(said["only_in_full"]),
        came_later=frozenset(said["came_later"]),
        second_from=said["second_schema_from"],
        categories={version: frozenset(values) for version, values in said["categories"].items()},
        keywords={version: frozenset(values) for version, values in said["keywords"].items()},
        other_labels={label: frozenset(values) for label, values in said["other_labels"].items()},
        renamed=said["renamed"],
        ended=frozenset(said["ended"]),
        began=frozenset(said["began"]),
    )


@cache
def classes() -> tuple[Class, ...]:
    """Gives the declared map from labels to classes, in the order of `CLASSES`."""
    said = yaml.safe_load((HERE / "classes.yaml").read_text(encoding="utf-8"))["classes"]
    return tuple(
        Class(name, tuple(said[name]["keywords"]), tuple(said[name]["categories"])) for name in CLASSES
    )


@cache
def unclear_categories() -> tuple[str, ...]:
    """Gives categories that say "sexual" without saying which of the classes."""
    said = yaml.safe_load((HERE / "classes.yaml").read_text(encoding="utf-8"))
    return tuple(said["unclear"]["categories"])


@cache
def left_out_keywords() -> tuple[str, ...]:
    """Gives keywords about minors: records that carry one are not part of any indicator on adults."""
    said = yaml.safe_load((HERE / "classes.yaml").read_text(encoding="utf-8"))
    return tuple(said["left_out"]["keywords"])


@cache
def platform_names() -> Mapping[str, str]:
    """Gives the present name for each former name of a platform."""
    said = yaml.safe_load((HERE / "platforms.yaml").read_text(encoding="utf-8"))
    return {former: one["name"] for one in said for former in one["formerly"]}
