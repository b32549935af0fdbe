"""Agreement of coders per field: Krippendorff's nominal alpha, by the package, and what it allows.

Klaus Krippendorff, Content Analysis, 4th edition, chapter 12: 0.800 and above may be published, 0.667 to
0.800 is tentative, below that a field is dropped.
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from amparo.errors import CouldNot
from amparo.witness.codebook import Codes, as_one, fields
from amparo.words import words

PUBLISHABLE = 0.800
TENTATIVE = 0.667


@dataclass(frozen=True)
class Agreement:
    """`alpha` None: it cannot be computed (fewer than two units, or one value throughout: see `why`).

    `standing` is publishable, tentative, dropped or unknown; `units` is how many measures both coded.
    """

    field: str
    alpha: float | None
    standing: str
    units: int
    why: str | None = None


def alpha(reliability: Sequence[Sequence[Any]]) -> float | None:
    """Gives nominal alpha of `(coders, units)` codes, None where one is missing; None if it is not defined.

    It is not defined where no unit has two codes, or where every code is the same: chance then explains all.
    """
    known = sorted({str(code) for row in reliability for code in row if code is not None})
    paired = [
        column for column in zip(*reliability, strict=True) if sum(code is not None for code in column) > 1
    ]
    if (
        len(known) < 2
        or not paired
        or len({str(c) for column in paired for c in column if c is not None}) < 2
    ):
        return None
    numbers = {code: float(number) for number, code in enumerate(known)}
    matrix = [[math.nan if code is None else numbers[str(code)] for code in row] for row in reliability]
    return float(_package().alpha(reliability_data=matrix, level_of_measurement="nominal"))


def _package() -> Any:
    try:
        import krippendorff
    except ImportError:
        raise CouldNot(
            words("Measuring agreement needs one more package."),
            words("Install it with: pip install 'amparo[witness]'."),
        ) from None
    return krippendorff


def agreement(coders: Sequence[Mapping[str, Codes]]) -> list[Agreement]:
    """Gives the agreement on each closed field; `coders`: for each, measure id → codes.

    Several codes of one field count as one code: half of them right is not agreement.
    """
    units = sorted(set.intersection(*(set(one) for one in coders))) if coders else []
    return [
        _field(name, [[as_one(one[unit].get(name)) for unit in units] for one in coders])
        for name in _closed()
    ]


def _closed() -> list[str]:
    return [name for name, field in fields().items() if field.is_closed]


def _field(name: str, codes: list[list[Any]]) -> Agreement:
    found = alpha(codes)
    units = len(codes[0]) if codes else 0
    if found is None:
        return Agreement(name, None, "unknown", units, "one_value" if units else "no_units")
    standing = "publishable" if found >= PUBLISHABLE else "tentative" if found >= TENTATIVE else "dropped"
    return Agreement(name, found, standing, units)


@dataclass(frozen=True)
class Disagreement:
    """One field of one measure that was not coded alike; `codes` in the order of the coders."""

    measure: str
    field: str
    codes: tuple[Any, ...]


def disagreements(coders: Sequence[Mapping[str, Codes]]) -> list[Disagreement]:
    """Gives every field that was not coded alike, by measure and field; open and year fields too."""
    units = sorted(set.intersection(*(set(one) for one in coders))) if coders else []
    found = [
        Disagreement(unit, name, tuple(as_one(one[unit].get(name)) for one in coders))
        for unit in units
        for name in fields()
    ]
    return [one for one in found if len(set(one.codes)) > 1]
