"""Five hypotheses, stated before any count, with one test each. A seed list is never taken for a sample."""

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from statistics import NormalDist, median

from amparo.witness.codebook import Codes
from amparo.witness.intervals import wilson
from amparo.witness.orientation import orientation
from amparo.words import Words, words

HALF = 0.5


@dataclass(frozen=True)
class Result:
    """`hits` of `of` measures fit, with Wilson's 95 % interval; the hypothesis says that more than half do.

    `finding` is supported (the whole interval lies above a half), contradicted (below), open (neither), or
    not_a_sample: then the counts stand alone and say nothing of measures in general.
    """

    id: str
    says: Words
    hits: int
    of: int
    low: float
    high: float
    finding: str

    @property
    def share(self) -> float | None:
        return self.hits / self.of if self.of else None


Test = Callable[[Sequence[Codes]], tuple[int, int]]


def _leans(one: Codes, side: str) -> bool:
    return orientation(one).leans == side


def _h1(coded: Sequence[Codes]) -> tuple[int, int]:
    some = [one for one in coded if one["technology"] == "means"]
    return sum(_leans(one, "security") for one in some), len(some)


def _h2_binding(coded: Sequence[Codes]) -> tuple[int, int]:
    some = [one for one in coded if _leans(one, "rights")]
    return sum(one["binding"] in ("own_rules", "voluntary") for one in some), len(some)


def _h2_later(coded: Sequence[Codes]) -> tuple[int, int]:
    security = [one["start"] for one in coded if _leans(one, "security") and one["start"]]
    some = [one["start"] for one in coded if _leans(one, "rights") and one["start"]]
    return (sum(start > median(security) for start in some), len(some)) if security else (0, 0)


def _h3(coded: Sequence[Codes]) -> tuple[int, int]:
    some = [one for one in coded if _leans(one, "rights")]
    return sum(one["technology"] != "means" for one in some), len(some)


def _h4(coded: Sequence[Codes]) -> tuple[int, int]:
    some = [one for one in coded if one["sex_work"] != "not_touched"]
    return sum(one["sex_work"] == "merged" for one in some), len(some)


def _h5(coded: Sequence[Codes]) -> tuple[int, int]:
    some = [one for one in coded if one["remedy"] in ("individual", "collective")]
    return sum(one["remedy"] == "individual" for one in some), len(some)


HYPOTHESES: tuple[tuple[str, Words, Test], ...] = (
    ("H1", words("Where technology is the means, security marks outnumber rights marks."), _h1),
    ("H2a", words("Measures that lean to rights bind nobody by law or contract."), _h2_binding),
    ("H2b", words("Measures that lean to rights began later than those that lean to security."), _h2_later),
    ("H3", words("Measures that lean to rights do not use technology as their means."), _h3),
    ("H4", words("Measures that touch sex work treat it as the same as exploitation."), _h4),
    ("H5", words("Remedies for one person outnumber remedies for several together."), _h5),
)


def results(coded: Sequence[Codes], *, is_sample: bool) -> list[Result]:
    """Gives each hypothesis' test; `is_sample`: drawn at random from a frame and coded by two people."""
    return [_result(id, says, *test(coded), is_sample) for id, says, test in HYPOTHESES]


def _result(id: str, says: Words, hits: int, of: int, is_sample: bool) -> Result:
    low, high = wilson(hits, of)
    if not is_sample:
        finding = "not_a_sample"
    else:
        finding = "supported" if low > HALF else "contradicted" if high < HALF else "open"
    return Result(id, says, hits, of, low, high, finding)


def needed(share: float = 0.65, *, against: float = HALF, power: float = 0.9, level: float = 0.05) -> int:
    """Gives how many measures show `share` to differ from `against` with this power (two-sided test)."""
    to_reject, to_find = NormalDist().inv_cdf(1 - level / 2), NormalDist().inv_cdf(power)
    spread = to_reject * math.sqrt(against * (1 - against)) + to_find * math.sqrt(share * (1 - share))
    return math.ceil((spread / (share - against)) ** 2)
