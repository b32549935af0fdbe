"""Orientation is derived from the codes and never coded: two sums side by side, never one score."""

from collections.abc import Iterable
from dataclasses import dataclass

from amparo.witness.codebook import Codes, Mark, marks


@dataclass(frozen=True)
class Orientation:
    """The items of each sum that a measure carries; the sums are their numbers (0 to 5 each)."""

    security: tuple[Mark, ...]
    rights: tuple[Mark, ...]

    @property
    def sums(self) -> tuple[int, int]:
        """Gives (security marks, rights marks)."""
        return len(self.security), len(self.rights)

    @property
    def leans(self) -> str:
        """Gives which sum is larger: security, rights or neither."""
        security, rights = self.sums
        return "security" if security > rights else "rights" if rights > security else "neither"


def orientation(codes: Codes, *, without: str | None = None) -> Orientation:
    """Gives the two sums of a measure; `without` leaves out one item, such as `security/gate`."""
    return Orientation(*(_carried(side, codes, without) for side in ("security", "rights")))


def _carried(side: str, codes: Codes, without: str | None) -> tuple[Mark, ...]:
    return tuple(one for one in marks()[side] if one.holds(codes) and f"{side}/{one.id}" != without)


def items() -> tuple[str, ...]:
    """Gives the names of all items, `security/prosecution` and so on."""
    return tuple(f"{side}/{one.id}" for side, some in marks().items() for one in some)


@dataclass(frozen=True)
class Sensitivity:
    """What leaving out one item changes: how many measures lean to another side than before."""

    item: str
    changed: int
    of: int


def sensitivity(coded: Iterable[Codes]) -> list[Sensitivity]:
    """Gives, for each item, how many measures lean otherwise without it."""
    codes = list(coded)
    before = [orientation(one).leans for one in codes]
    return [
        Sensitivity(
            item,
            sum(orientation(one, without=item).leans != was for one, was in zip(codes, before, strict=True)),
            len(codes),
        )
        for item in items()
    ]
