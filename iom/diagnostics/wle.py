"""The weighted likelihood estimate: a level without a prior, for differences between two attempts."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from scipy.optimize import minimize_scalar

from iom.diagnostics.items import FloatArray, ItemParameter, category_probabilities, common_version, information
from iom.diagnostics.scoring import CategoryOutOfRange

REACH = 10.0  # logits; all wrong on five easy items already lies below −5
COARSE_STEP = 0.1  # logits; the start of the search, so that a second, lower hill is not taken for the top


@dataclass(frozen=True, slots=True)
class WeightedScore:
    """A level in logits with its standard error, and the version of the parameters it was found with."""

    w: float
    se: float
    version: str


def weighted_score(categories: Sequence[int | None], items: Sequence[ItemParameter]) -> WeightedScore:
    """Return the level that maximises log-likelihood + ½·ln I(θ), with standard error 1/√I.

    Parameters
    ----------
    categories : one person's answers; None or below 0 = missing
    items : parameters of the answers, of one version

    Raises
    ------
    CategoryOutOfRange : an answer above its item's top category
    ValueError : no answers, lengths that do not match, or items of two versions

    Notes
    -----
    Warm, Psychometrika 54, 1989, 427–450; for graded items the Jeffreys penalty of the same form. Finite for all right and all wrong.
    """
    answered = [(c, item) for c, item in zip(categories, items, strict=True) if c is not None and c >= 0]
    if not answered:
        raise ValueError("a weighted score needs at least one answer")
    for index, (category, item) in enumerate(zip(categories, items, strict=True)):
        if category is not None and category > item.top:
            raise CategoryOutOfRange(0, index, category, item.top)
    version = common_version(item for _, item in answered)
    coarse = np.arange(-REACH, REACH + COARSE_STEP / 2, COARSE_STEP)
    start = float(coarse[np.argmax(_penalised(answered, coarse))])
    around = (start - COARSE_STEP, start + COARSE_STEP)
    found = minimize_scalar(
        lambda theta: -float(_penalised(answered, np.array([theta]))[0]), bounds=around, method="bounded", options={"xatol": 1e-6}
    )
    w = float(found.x)
    return WeightedScore(w, float(_total_information(answered, np.array([w]))[0] ** -0.5), version)


def _penalised(answered: Sequence[tuple[int, ItemParameter]], theta: FloatArray) -> FloatArray:
    fit = sum(np.log(category_probabilities(item, theta)[category]) for category, item in answered)
    return np.asarray(fit + 0.5 * np.log(_total_information(answered, theta)), dtype=np.float64)


def _total_information(answered: Sequence[tuple[int, ItemParameter]], theta: FloatArray) -> FloatArray:
    return np.asarray(sum(information(item, theta) for _, item in answered), dtype=np.float64)
