"""From categories to a level: the likelihood of answers and the scores of many people or of one."""

from collections.abc import Sequence
from dataclasses import dataclass, fields

import numpy as np

from iom.diagnostics.items import FloatArray, IntArray, ItemParameter, common_version
from iom.diagnostics.posterior import GRID, Prior, ReferenceScale, Summary, log_curves, posterior, summarise

MISSING = -1
HALF_LIFE_MONTHS = 24.0  # assumption: what a result of two years ago says counts half
_CHUNK = 512  # people at once: work arrays of half a megabyte stay in the processor's cache, twice as fast as larger ones


class CategoryOutOfRange(ValueError):
    """An answer above the item's highest category."""

    def __init__(self, row: int, item: int, category: int, top: int) -> None:
        super().__init__(f"row {row}, item {item}: category {category} is outside 0…{top}")
        self.row, self.item, self.category, self.top = row, item, category, top


@dataclass(frozen=True, slots=True, eq=False)
class Scores(Summary):
    """Summaries of many people with the number of answers behind each and the version of the parameters used."""

    n_answers: IntArray
    version: str


@dataclass(frozen=True, slots=True)
class Score:
    """One person's summary; the fields of `Summary` as plain numbers."""

    t: float
    se: float
    level: float
    level_se: float
    low: float
    high: float
    p_below: float
    severity: float

    @classmethod
    def of(cls, summary: Summary, row: int = 0) -> "Score":
        """Return one row of a summary."""
        return cls(**{field.name: float(getattr(summary, field.name)[row]) for field in fields(cls)})


def age_weight(months_old: float) -> float:
    """Return the factor 0.5^(months/24) by which the log-likelihood of an old result counts.

    Raises
    ------
    ValueError : a negative age
    """
    if not months_old >= 0:
        raise ValueError(f"age of a result must not be negative, got {months_old}")
    return float(0.5 ** (months_old / HALF_LIFE_MONTHS))


def log_likelihood(categories: IntArray, items: Sequence[ItemParameter], weights: FloatArray | None = None) -> FloatArray:
    """Return the log-likelihood of every person's answers on the grid.

    Parameters
    ----------
    categories : int ndarray, shape (n_people, n_items); below 0 = missing, which says nothing
    items : parameters of the columns
    weights : optional, broadcast to the shape of `categories`; factors of the log-likelihood, 1 = fresh answer

    Returns
    -------
    ndarray, shape (n_people, 121), natural logs

    Raises
    ------
    CategoryOutOfRange : an answer above its item's top category
    ValueError : shapes that do not match
    """
    _check(categories, items)
    total = np.zeros((len(categories), GRID.size))
    for category in range(max((item.top for item in items), default=-1) + 1):
        columns = [j for j, item in enumerate(items) if item.top >= category]
        # One product of matrices a category: the same sum as a lookup per answer, an order of magnitude faster.
        hit = (categories[:, columns] == category).astype(np.float64)
        if weights is not None:
            hit *= np.broadcast_to(weights, categories.shape)[:, columns]
        total += hit @ np.stack([log_curves(items[j])[category] for j in columns])
    return total


def _check(categories: IntArray, items: Sequence[ItemParameter]) -> None:
    if categories.ndim != 2 or categories.shape[1] != len(items):
        raise ValueError(f"expected people × {len(items)} items, got shape {categories.shape}")
    if not np.issubdtype(categories.dtype, np.integer):
        raise ValueError(f"categories must be integers, got {categories.dtype}")
    tops = np.array([item.top for item in items], dtype=np.int64)
    wrong = np.argwhere(categories > tops)
    if len(wrong):
        row, item = (int(index) for index in wrong[0])
        raise CategoryOutOfRange(row, item, int(categories[row, item]), int(tops[item]))


def score(
    categories: IntArray,
    items: Sequence[ItemParameter],
    scale: ReferenceScale,
    *,
    prior: Prior | None = None,
    weights: FloatArray | None = None,
    evidence: FloatArray | None = None,
) -> Scores:
    """Return level, errors, band, P(below) and severity of many people on one competency.

    Parameters
    ----------
    categories : int ndarray, shape (n_people, n_items); below 0 = missing
    items : parameters of the columns, all of one version
    scale : reference scale of the competency
    prior : N(θ_κ, 1) unless given
    weights : optional factors of the log-likelihood, broadcast to the shape of `categories` (see `age_weight`)
    evidence : optional log-likelihood of other results on the grid, broadcast to (n_people, 121)

    Returns
    -------
    Scores, arrays of shape (n_people,)

    Raises
    ------
    CategoryOutOfRange : an answer above its item's top category
    ValueError : shapes that do not match, or items of two versions
    """
    version = common_version(items)
    _check(categories, items)
    n_people = len(categories)
    spread = None if weights is None else np.broadcast_to(weights, categories.shape)
    extra = np.broadcast_to(np.zeros(GRID.size) if evidence is None else evidence, (n_people, GRID.size))
    parts = []
    for start in range(0, max(n_people, 1), _CHUNK):
        rows = slice(start, start + _CHUNK)
        likelihood = log_likelihood(categories[rows], items, None if spread is None else spread[rows]) + extra[rows]
        parts.append(summarise(posterior(likelihood, prior or scale.neutral_prior()), scale))
    joined = {field.name: np.concatenate([getattr(part, field.name) for part in parts]) for field in fields(Summary)}
    return Scores(**joined, n_answers=(categories >= 0).sum(axis=1), version=version)


def score_one(
    categories: Sequence[int | None],
    items: Sequence[ItemParameter],
    scale: ReferenceScale,
    *,
    prior: Prior | None = None,
    weights: Sequence[float] | None = None,
    evidence: FloatArray | None = None,
) -> Score:
    """Return one person's score; None or a negative category is a missing answer, no answers at all give the prior.

    Parameters, errors: as in `score`, with one row instead of many; without items only `evidence` and the prior speak.
    """
    row = np.array([[MISSING if category is None else category for category in categories]], dtype=np.int64).reshape(1, -1)
    factors = None if weights is None else np.asarray(weights, dtype=np.float64).reshape(1, -1)
    likelihood = log_likelihood(row, items, factors)
    if evidence is not None:
        likelihood = likelihood + evidence
    return Score.of(summarise(posterior(likelihood, prior or scale.neutral_prior()), scale))
