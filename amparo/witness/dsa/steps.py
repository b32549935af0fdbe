"""A step in a daily count: segmented Poisson regression with overdispersion and a term per day of the week.

log(expected) = level + slope · days + step · after + change of slope · days after + day of the week. Fitted
by iteratively reweighted least squares; standard errors are scaled by the dispersion (never below 1). See
McCullagh and Nelder, Generalized Linear Models, 2nd edition, chapters 4 and 6; for the design Bernal, Cummins
and Gasparrini, Int J Epidemiol 2017;46:348-355.
"""

import math
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

import numpy as np

WEEK = 7
LEAST_DAYS = 28  # on each side: four whole weeks
MOST_ROUNDS = 100


@dataclass(frozen=True)
class Step:
    """`ratio`: the level right after over what was expected there, with its 95 % interval (`low`, `high`).

    `before`, `after`: days and statements counted on each side; `dispersion`: variance over mean. Where no
    ratio can be given, `why` says so: too_few_days, no_statements, none_after.
    """

    before: tuple[int, int]
    after: tuple[int, int]
    ratio: float | None = None
    low: float | None = None
    high: float | None = None
    dispersion: float | None = None
    why: str | None = None


def step(counts: Mapping[date, int], at: date) -> Step:
    """Gives the step of a daily series at a day. Days that are missing are missing, not zero."""
    days = sorted(counts)
    after = [day for day in days if day >= at]
    before = [day for day in days if day < at]
    sides = (len(before), sum(counts[day] for day in before)), (len(after), sum(counts[day] for day in after))
    if min(len(before), len(after)) < LEAST_DAYS:
        return Step(*sides, why="too_few_days")
    if not sides[0][1]:
        return Step(*sides, why="no_statements")
    if not sides[1][1]:  # the estimate runs to minus infinity: what is left to say is "none"
        return Step(*sides, why="none_after")
    return _fitted(np.array([counts[day] for day in days], float), _design(days, at), *sides)


def _design(days: list[date], at: date) -> np.ndarray:
    """Gives `(days, 10) float`: level, slope, step, change of slope, six days of the week."""
    since = np.array([(day - at).days for day in days], float)
    later = since >= 0
    columns = [np.ones(len(days)), since / 365, later, np.where(later, since, 0) / 365]
    columns += [np.array([day.weekday() == one for day in days]) for one in range(1, WEEK)]
    return np.column_stack([column.astype(float) for column in columns])


def _fitted(y: np.ndarray, x: np.ndarray, before: tuple[int, int], after: tuple[int, int]) -> Step:
    mean = np.maximum(y, 0.5)
    for _ in range(MOST_ROUNDS):
        eta = np.log(mean)
        weighted = x * mean[:, None]
        beta = np.linalg.lstsq(x.T @ weighted, weighted.T @ (eta + (y - mean) / mean), rcond=None)[0]
        new = np.exp(np.clip(x @ beta, -30, 30))
        if np.allclose(new, mean, rtol=1e-9):
            break
        mean = new
    dispersion = float(((y - mean) ** 2 / mean).sum() / max(len(y) - x.shape[1], 1))
    covariance = np.linalg.pinv(x.T @ (x * mean[:, None])) * max(dispersion, 1.0)
    error = 1.959964 * math.sqrt(max(covariance[2, 2], 0.0))
    jump = float(beta[2])
    return Step(
        before, after, math.exp(jump), math.exp(jump - error), math.exp(jump + error), dispersion
    )  # fmt: skip
