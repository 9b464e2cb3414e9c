"""What a person's own ratings say: levels on their own scale, set against the person's own mean, never against the bound.

Ratings compare a person's competencies with each other; they say little about the person's place among others, so a rating never makes
a deficit, only a claimed difficulty.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import hypot

import numpy as np

from iom.diagnostics.items import ItemParameter
from iom.diagnostics.posterior import GRID, Prior, posterior, reference_scale, reference_share
from iom.diagnostics.scoring import Score, log_likelihood, score_one

POPULATION = Prior(0.0)


@dataclass(frozen=True, slots=True)
class SelfRule:
    """When a difficulty counts as claimed and when a gap to the objective level is worth showing."""

    claim_at: float = 0.5  # P(level < own mean)
    middle: float = 50.0  # per cent of the rating scale; who rates everything high claims nothing
    gap_points: float = 25.0  # points of per cent
    gap_z: float = 1.645  # two-sided 90 %


DEFAULT_RULE = SelfRule()


@dataclass(frozen=True, slots=True)
class SelfScore:
    """One competency as its owner sees it.

    `score` is the estimate with its band; its p_below and severity refer to `own_mean`, the person's mean level in per cent on the
    statements of this competency. `raw` is the plain mean of the ratings, 0…top as 0…100.
    """

    score: Score
    own_mean: float
    raw: float
    n_answers: int


Rating = tuple[int, ItemParameter, float]
"""A rating 0…m, its statement's parameters, and the factor 0…1 by which its age lets it count."""


def own_mean_theta(ratings: Sequence[Rating]) -> float:
    """Return the mean level in logits over everything the person rated, drawn to the middle of the scale by N(0, 1)."""
    categories = np.array([[rating for rating, _, _ in ratings]], dtype=np.int64)
    weights = np.array([[weight for _, _, weight in ratings]])
    likelihood = log_likelihood(categories, [item for _, item, _ in ratings], weights)
    return float((posterior(likelihood, POPULATION) @ GRID)[0])


def score_ratings(ratings: Sequence[Rating], theta_own: float) -> SelfScore:
    """Return the estimate of one competency from its ratings.

    Parameters
    ----------
    ratings : the competency's rated statements, at least one
    theta_own : the person's mean level in logits, see `own_mean_theta`

    Notes
    -----
    Graded model as for tasks; the statements themselves are the reference set. The prior is N(own mean, 1): few ratings are drawn to
    what the person says of the rest, so a short list neither makes nor hides a difficulty.
    """
    items = [item for _, item, _ in ratings]
    own_mean = 100 * float(np.interp(theta_own, GRID, reference_share(items)))
    found = score_one(
        [rating for rating, _, _ in ratings],
        items,
        reference_scale(items, own_mean),
        prior=Prior(theta_own),
        weights=[weight for _, _, weight in ratings],
    )
    # Rounded, so that thirds adding up to the very middle of the scale do not fall a hair below it.
    raw = round(100 * float(np.mean([rating / item.top for rating, item, _ in ratings])), 9)
    return SelfScore(found, own_mean, raw, len(ratings))


def is_claimed(own: SelfScore, rule: SelfRule = DEFAULT_RULE) -> bool:
    """Return whether the ratings claim a difficulty: likelier below the person's own mean than above, and in the lower half of the scale.

    The second condition keeps the least high of many high ratings from being called a difficulty.
    """
    return own.score.p_below >= rule.claim_at and own.raw < rule.middle


def gap(own: Score, objective: Score, rule: SelfRule = DEFAULT_RULE) -> float | None:
    """Return self minus objective in points when it is large and beyond chance, else None: |gap| ≥ 25 and ≥ 1.645·√(se² + se²)."""
    points = own.level - objective.level
    is_shown = abs(points) >= rule.gap_points and abs(points) >= rule.gap_z * hypot(own.level_se, objective.level_se)
    return points if is_shown else None
