"""Item parameters of the graded response model and the curves that follow from them.

Two categories make the two-parameter model, equal slopes the Rasch model: one formula serves every item type. Source of the model:
Samejima, Psychometrika Monograph 17, 1969; the guessing floor of 0/1 items as in Birnbaum, in Lord & Novick, 1968, ch. 17.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from math import isfinite
from typing import Any

import numpy as np
import numpy.typing as npt
from scipy.special import expit

from iom.diagnostics.kinds import ItemType, ParameterStage

FloatArray = npt.NDArray[np.float64]
IntArray = npt.NDArray[np.integer[Any]]

EXPERT_VERSION = "expert-1"

EXPERT_SLOPE = 1.0  # logits; Rasch: below 50 answers a fitted slope does harm (Brier 0.131 against 0.108)
EXPERT_STEP = 0.8  # logits between neighbouring steps of one item
EXPERT_DIFFICULTY = {1: -1.0, 2: 0.0, 3: 1.0}  # logits for the author's easy, medium, hard
SELF_SLOPE = 1.2  # statements of one competency resemble each other more than tasks do
SELF_STEP = 1.0
PROBABILITY_FLOOR = 1e-12  # keeps the logarithm of an almost impossible answer finite

FIXED_TOP = {
    ItemType.SINGLE_CHOICE: 1,
    ItemType.SHORT_ANSWER: 1,
    ItemType.CASE_CHOICE: 1,
    ItemType.MULTIPLE_CHOICE: 2,
    ItemType.MATCHING: 3,
    ItemType.ORDERING: 3,
}
"""Highest category of types scored by a key; rubrics and statements bring their own."""

CHOICE_OF_ONE = frozenset({ItemType.SINGLE_CHOICE, ItemType.CASE_CHOICE})
"""Types where a blind choice among the options is right by chance."""


@dataclass(frozen=True, slots=True)
class ItemParameter:
    """One item's slope, intercepts and guessing floor, with the stage and the version they belong to.

    `intercepts` are d_1 > … > d_m, one for each step between categories 0…m: P(X ≥ k) = g + (1 − g)·σ(a·θ + d_k).
    `version` names a whole set of parameters: items left at the expert stage carry the version of the set they were calibrated beside,
    so that everything scored together names one version.
    """

    slope: float
    intercepts: tuple[float, ...]
    guessing: float = 0.0
    stage: ParameterStage = ParameterStage.EXPERT
    version: str = EXPERT_VERSION

    def __post_init__(self) -> None:
        if not (isfinite(self.slope) and self.slope > 0):
            raise ValueError(f"slope must be positive and finite, got {self.slope}")
        if not self.intercepts or not all(map(isfinite, self.intercepts)):
            raise ValueError(f"an item needs at least one finite intercept, got {self.intercepts}")
        if any(right >= left for left, right in zip(self.intercepts, self.intercepts[1:], strict=False)):
            raise ValueError(f"intercepts must fall strictly, got {self.intercepts}")
        if not 0 <= self.guessing < 1 or (self.guessing and self.top > 1):
            raise ValueError(f"guessing {self.guessing} does not fit an item with top category {self.top}")

    @property
    def top(self) -> int:
        """Highest category m."""
        return len(self.intercepts)

    @property
    def steps(self) -> tuple[float, ...]:
        """Levels b_1 < … < b_m in logits at which the next category becomes likelier than not (without guessing)."""
        return tuple(-intercept / self.slope for intercept in self.intercepts)


def expert_parameter(
    item_type: ItemType,
    *,
    difficulty: int = 2,
    top: int | None = None,
    options: int | None = None,
    version: str = EXPERT_VERSION,
) -> ItemParameter:
    """Return the parameters an item has before anybody answered it.

    Parameters
    ----------
    item_type : decides slope, step width and guessing
    difficulty : 1 easy, 2 medium, 3 hard, by the author; a self statement has none and ignores it
    top : highest category; needed for rubrics and statements, else the type's own (1, 2 or 3)
    options : number of options shown; needed for a single choice, used for a case with a choice, ignored elsewhere
    version : name of the parameter set

    Raises
    ------
    ValueError : unknown difficulty, missing or impossible `top` or `options`

    Notes
    -----
    Steps at b + 0.8·(k − (m + 1)/2), a = 1; self statements a = 1.2 with steps k − (m + 1)/2; g = 1/options.
    """
    if difficulty not in EXPERT_DIFFICULTY:
        raise ValueError(f"difficulty must be 1, 2 or 3, got {difficulty}")
    height = _top_category(item_type, top)
    guessing = _guessing(item_type, height, options)
    is_self = item_type is ItemType.SELF_STATEMENT
    slope, width = (SELF_SLOPE, SELF_STEP) if is_self else (EXPERT_SLOPE, EXPERT_STEP)
    middle = 0.0 if is_self else EXPERT_DIFFICULTY[difficulty]
    steps = (middle + width * (k - (height + 1) / 2) for k in range(1, height + 1))
    return ItemParameter(slope, tuple(-slope * step for step in steps), guessing, ParameterStage.EXPERT, version)


def _top_category(item_type: ItemType, top: int | None) -> int:
    height = FIXED_TOP.get(item_type) if top is None else top
    if height is None or height < 1:
        raise ValueError(f"an item of type {item_type} needs a top category of at least 1, got {top}")
    return height


def _guessing(item_type: ItemType, top: int, options: int | None) -> float:
    # Partial credit has no guessing floor: the model allows one for right/wrong answers only.
    if item_type not in CHOICE_OF_ONE or top > 1:
        return 0.0
    if options is None and item_type is ItemType.CASE_CHOICE:
        return 0.0
    if options is None or options < 2:
        raise ValueError(f"an item of type {item_type} needs at least two options, got {options}")
    return 1 / options


def exceedance(item: ItemParameter, theta: FloatArray) -> FloatArray:
    """Return P(X ≥ k | θ) for k = 1…m, shape (m, n_theta)."""
    intercepts = np.asarray(item.intercepts, dtype=np.float64)[:, None]
    return item.guessing + (1 - item.guessing) * np.asarray(expit(item.slope * theta + intercepts), dtype=np.float64)


def category_probabilities(item: ItemParameter, theta: FloatArray) -> FloatArray:
    """Return P(X = k | θ) for k = 0…m, shape (m + 1, n_theta), never below 1e−12."""
    reached = exceedance(item, theta)
    edge = np.ones((1, theta.size))
    between = np.concatenate([edge, reached]) - np.concatenate([reached, 0 * edge])
    return np.asarray(np.maximum(between, PROBABILITY_FLOOR), dtype=np.float64)


def expected_share(items: Iterable[ItemParameter], theta: FloatArray) -> FloatArray:
    """Return T(θ), the expected share of the highest mark over the items, each counting the same; shape (n_theta,), 0…1.

    Raises
    ------
    ValueError : no items
    """
    # E[X] is the sum of P(X ≥ k), so the mean over steps is E[X]/m.
    shares = [exceedance(item, theta).mean(axis=0) for item in items]
    if not shares:
        raise ValueError("expected share of no items")
    return np.asarray(np.mean(shares, axis=0), dtype=np.float64)


def information(item: ItemParameter, theta: FloatArray) -> FloatArray:
    """Return the Fisher information Σ_k (dP_k/dθ)²/P_k of one item, shape (n_theta,), per squared logit."""
    sigma = np.asarray(expit(item.slope * theta + np.asarray(item.intercepts)[:, None]), dtype=np.float64)
    slopes = (1 - item.guessing) * item.slope * sigma * (1 - sigma)
    edge = np.zeros((1, theta.size))
    change = np.concatenate([edge, slopes]) - np.concatenate([slopes, edge])
    return np.asarray((change**2 / category_probabilities(item, theta)).sum(axis=0), dtype=np.float64)


def common_version(items: Iterable[ItemParameter]) -> str:
    """Return the one version all items carry.

    Raises
    ------
    ValueError : no items, or two versions among them
    """
    versions = sorted({item.version for item in items})
    if len(versions) != 1:
        raise ValueError(f"parameters of one version expected, got {versions}")
    return versions[0]
