"""Percentages measured elsewhere: their likelihood on the grid, and the closed form when nothing else is known.

A percentage says how many of n equal tasks were right, so it is a binomial observation of the share τ/100; averages of percentages from
different sources are never taken.
"""

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
from scipy.special import betainc, betaincinv, polygamma, psi

from iom.diagnostics.items import FloatArray
from iom.diagnostics.posterior import BAND, SHARE_MARGIN, ReferenceScale
from iom.diagnostics.scoring import Score, age_weight

DEFAULT_TASKS = 10  # assumption for a source that does not say how many tasks stand behind its percentage
BETA_VERSION = "beta-1"  # model version of results that rest on imported percentages alone


@dataclass(frozen=True, slots=True)
class ImportedResult:
    """A percentage on one competency from another source; `n_tasks` None means the source is silent."""

    competency_code: str
    percent: float
    n_tasks: int | None = None
    months_old: float = 0.0

    def __post_init__(self) -> None:
        if not 0 <= self.percent <= 100:
            raise ValueError(f"percent must lie between 0 and 100, got {self.percent}")
        if self.n_tasks is not None and self.n_tasks < 1:
            raise ValueError(f"a percentage rests on at least one task, got {self.n_tasks}")
        if not self.months_old >= 0:
            raise ValueError(f"age of a result must not be negative, got {self.months_old}")

    @property
    def tasks(self) -> int:
        """Number of tasks, 10 when unknown."""
        return DEFAULT_TASKS if self.n_tasks is None else self.n_tasks

    def successes(self) -> tuple[float, float]:
        """Return the aged numbers of tasks solved and not solved; they need not be whole."""
        weight = self.tasks * age_weight(self.months_old)
        return weight * self.percent / 100, weight * (1 - self.percent / 100)


def import_log_likelihood(results: Iterable[ImportedResult], scale: ReferenceScale) -> FloatArray:
    """Return ln[T^(n·x/100)·(1 − T)^(n·(1 − x/100))] on the grid, summed over the results; shape (121,)."""
    share = np.clip(scale.share, SHARE_MARGIN, 1 - SHARE_MARGIN)
    total = np.zeros(share.size)
    for result in results:
        solved, missed = result.successes()
        total += solved * np.log(share) + missed * np.log1p(-share)
    return total


def score_imports(results: Iterable[ImportedResult], bound: float) -> Score:
    """Return the score that imported percentages give alone, without items of our own.

    Parameters
    ----------
    results : one or several percentages of one person on one competency
    bound : κ in per cent, between 0 and 100

    Returns
    -------
    Score; t and se are mean and deviation of ln(τ/(100 − τ)), the logits of a scale without reference items

    Raises
    ------
    ValueError : no results, or an impossible bound

    Notes
    -----
    τ/100 ~ Beta(α, β), α = 1 + Σ n·x/100, β = 1 + Σ n·(1 − x/100), a uniform prior; P = I_κ(α, β); level = 100·α/(α + β);
    v = I_κ(α, β) − α/(α + β)·I_κ(α + 1, β)/κ. Moments of the logit are differences of digamma and sums of trigamma functions
    (Johnson, Kotz, Balakrishnan, Continuous Univariate Distributions 2, ch. 25).
    """
    if not 0 < bound < 100:
        raise ValueError(f"bound must lie between 0 and 100, got {bound}")
    counts = [result.successes() for result in results]
    if not counts:
        raise ValueError("a score of no imported results")
    alpha = 1 + sum(solved for solved, _ in counts)
    beta = 1 + sum(missed for _, missed in counts)
    mean, kappa = alpha / (alpha + beta), bound / 100
    p_below = float(betainc(alpha, beta, kappa))
    low, high = (100 * float(betaincinv(alpha, beta, p)) for p in BAND)
    return Score(
        t=float(psi(alpha) - psi(beta)),
        se=float(np.sqrt(polygamma(1, alpha) + polygamma(1, beta))),
        level=100 * mean,
        level_se=100 * float(np.sqrt(mean * (1 - mean) / (alpha + beta + 1))),
        low=low,
        high=high,
        p_below=p_below,
        severity=max(p_below - mean * float(betainc(alpha + 1, beta, kappa)) / kappa, 0.0),
    )
