"""The grid, the scale of a competency in per cent, and what a posterior on the grid says about a person.

All integrals run over 121 points from −6 to 6 logits; a point stands for the cell of width 0.1 around it.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from scipy.special import expit

from iom.diagnostics.items import FloatArray, ItemParameter, category_probabilities, expected_share

GRID: FloatArray = np.linspace(-6.0, 6.0, 121)
CELL = 0.1  # logits, width of a grid cell
BAND = (0.10, 0.90)  # quantiles of the band shown beside a level: eight cases in ten
SHARE_MARGIN = 1e-12  # keeps ln T and ln(1 − T) finite at the ends of the grid
GRID.setflags(write=False)
_EDGES: FloatArray = np.append(GRID - CELL / 2, GRID[-1] + CELL / 2)


@dataclass(frozen=True, slots=True)
class Prior:
    """Normal distribution of the level before any answer, logits."""

    mean: float
    sd: float = 1.0

    def log_density(self) -> FloatArray:
        """Return ln of the density on the grid up to a constant, shape (121,)."""
        return np.asarray(-0.5 * ((GRID - self.mean) / self.sd) ** 2, dtype=np.float64)


@dataclass(frozen=True, slots=True, eq=False)
class ReferenceScale:
    """The way from logits to per cent for one competency, and its bound.

    `share` is T(θ) on the grid, 0…1, rising; `bound` is κ in per cent; `theta_bound` is the level θ_κ in logits with 100·T(θ_κ) = κ.
    """

    share: FloatArray
    bound: float
    theta_bound: float

    def neutral_prior(self) -> Prior:
        """Return N(θ_κ, 1): before any answer both sides of the bound are equally likely."""
        return Prior(self.theta_bound)

    def percent_at(self, theta: FloatArray) -> FloatArray:
        """Return τ(θ) in per cent by interpolation on the grid."""
        return np.asarray(100 * np.interp(theta, GRID, self.share), dtype=np.float64)


@dataclass(frozen=True, slots=True, eq=False)
class Summary:
    """What a posterior says, one entry a person: level and its errors in logits and per cent, and the chance to be below the bound."""

    t: FloatArray  # mean of θ, logits
    se: FloatArray  # standard deviation of θ, logits
    level: FloatArray  # mean of τ, per cent
    level_se: FloatArray  # standard deviation of τ, points
    low: FloatArray  # 10 % quantile of τ, per cent
    high: FloatArray  # 90 % quantile of τ, per cent
    p_below: FloatArray  # P(τ < κ)
    severity: FloatArray  # E[(κ − τ)₊]/κ, 0…1


def reference_scale(items: Sequence[ItemParameter], bound: float) -> ReferenceScale:
    """Return the scale in per cent set by a competency's reference items; without items τ = 100·σ(θ).

    Raises
    ------
    ValueError : the bound is not between 0 and 100, or no level between −6 and 6 logits reaches it on these items

    Notes
    -----
    T(θ) is the mean over items of E[X | θ]/m; it rises strictly, so θ_κ = T⁻¹(κ/100) is found by linear interpolation.
    """
    share = reference_share(items)
    if not share[0] < bound / 100 < share[-1]:
        raise ValueError(f"bound {bound} % lies outside what the reference items span: {100 * share[0]:.1f}…{100 * share[-1]:.1f} %")
    return ReferenceScale(share, bound, float(np.interp(bound / 100, share, GRID)))


def reference_share(items: Sequence[ItemParameter]) -> FloatArray:
    """Return T(θ) of the items on the grid, σ(θ) without items; shape (121,), kept between calls, not writable."""
    return _reference_share(tuple(items))


@lru_cache(maxsize=1024)
def _reference_share(items: tuple[ItemParameter, ...]) -> FloatArray:
    share = expected_share(items, GRID) if items else np.asarray(expit(GRID), dtype=np.float64)
    share.setflags(write=False)
    return share


@lru_cache(maxsize=8192)
def log_curves(item: ItemParameter) -> FloatArray:
    """Return ln P(X = k | θ) on the grid, shape (m + 1, 121); kept between calls, not writable."""
    curves = np.log(category_probabilities(item, GRID))
    curves.setflags(write=False)
    return curves


def posterior(log_likelihood: FloatArray, prior: Prior) -> FloatArray:
    """Return the normalised posterior of each row on the grid.

    Parameters
    ----------
    log_likelihood : ndarray, shape (n_people, 121); a row of zeros is a person without answers
    prior : what is known before the answers

    Returns
    -------
    ndarray, shape (n_people, 121), rows sum to 1
    """
    exponent = log_likelihood + prior.log_density()
    exponent -= exponent.max(axis=1, keepdims=True)
    mass = np.exp(exponent)
    return np.asarray(mass / mass.sum(axis=1, keepdims=True), dtype=np.float64)


def summarise(mass: FloatArray, scale: ReferenceScale) -> Summary:
    """Return level, errors, band, P(below) and severity for every posterior.

    Parameters
    ----------
    mass : ndarray, shape (n_people, 121), rows sum to 1
    scale : per cent and bound of the competency

    Notes
    -----
    The mass of a cell is spread evenly over its width: the cell that holds θ_κ counts by its share below it, and quantiles are
    interpolated inside their cell.
    """
    percent = 100 * scale.share
    shortfall = np.maximum(1 - percent / scale.bound, 0)
    # One product of matrices for all means: five separate ones are slower than the rest together on a busy machine.
    t, t_square, level, level_square, severity = (mass @ np.column_stack([GRID, GRID**2, percent, percent**2, shortfall])).T
    cumulative = np.concatenate([np.zeros((len(mass), 1)), np.cumsum(mass, axis=1)], axis=1)
    low, high = (scale.percent_at(_quantile(mass, cumulative, p)) for p in BAND)
    return Summary(
        t=t,
        se=np.sqrt(np.maximum(t_square - t**2, 0)),
        level=level,
        level_se=np.sqrt(np.maximum(level_square - level**2, 0)),
        low=low,
        high=high,
        p_below=_mass_below(mass, cumulative, scale.theta_bound),
        severity=severity,
    )


def _mass_below(mass: FloatArray, cumulative: FloatArray, theta: float) -> FloatArray:
    """Return the mass below a level, shape (n_people,)."""
    cell = int(np.clip(np.searchsorted(_EDGES, theta, side="right") - 1, 0, GRID.size - 1))
    share = (theta - _EDGES[cell]) / CELL
    return np.asarray(np.clip(cumulative[:, cell] + share * mass[:, cell], 0, 1), dtype=np.float64)


def _quantile(mass: FloatArray, cumulative: FloatArray, p: float) -> FloatArray:
    """Return the level in logits below which the share p of the mass lies, shape (n_people,)."""
    cell = (cumulative[:, 1:] < p).sum(axis=1)[:, None]
    before = np.take_along_axis(cumulative, cell, axis=1)[:, 0]
    inside = np.take_along_axis(mass, cell, axis=1)[:, 0]
    return np.asarray(_EDGES[cell[:, 0]] + CELL * (p - before) / inside, dtype=np.float64)
