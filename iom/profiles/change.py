"""What changed between two measurements of one person on one competency."""

from dataclasses import dataclass
from math import hypot

from scipy.special import ndtr

from iom.diagnostics.wle import WeightedScore
from iom.profiles.estimates import CompetencyEstimate
from iom.profiles.kinds import Basis, ChangeOutcome, Verdict
from iom.profiles.verdicts import DEFAULT_RULE, VerdictRule

SURE_GROWTH = 0.8  # probability from which growth is asserted
RELIABLE_INDEX = 1.96  # two-sided 95 %


@dataclass(frozen=True, slots=True)
class Change:
    """Growth in logits and points with the probability that there is any, and how the repeat ended."""

    growth: float  # logits
    points: float  # per cent of the scale
    p_up: float
    outcome: ChangeOutcome


@dataclass(frozen=True, slots=True)
class ReliableChange:
    """Difference of two weighted scores in units of its error."""

    index: float
    is_reliable: bool


def growth_probability(t1: float, se1: float, t2: float, se2: float) -> float:
    """Return P_up = Φ((t₂ − t₁)/√(s₁² + s₂²)), the probability that the level rose.

    Raises
    ------
    ValueError : an error that is not positive
    """
    if not (se1 > 0 and se2 > 0):
        raise ValueError(f"standard errors must be positive, got {se1}, {se2}")
    return float(ndtr((t2 - t1) / hypot(se1, se2)))


def outcome_of(p_below: float, p_up: float, rule: VerdictRule = DEFAULT_RULE) -> ChangeOutcome:
    """Return how a deficit ended after a repeat: by where the level is now first, by whether it rose second."""
    if p_below <= rule.clear:
        return ChangeOutcome.CLOSED
    if p_up < SURE_GROWTH:
        return ChangeOutcome.REMAINS
    return ChangeOutcome.PROVISIONALLY_CLOSED if p_below < rule.likely else ChangeOutcome.IMPROVED


def compare(first: CompetencyEstimate, second: CompetencyEstimate, rule: VerdictRule = DEFAULT_RULE) -> Change:
    """Return the change between two objective measurements of one competency.

    A second measurement with too few answers closes nothing: whatever it says, the deficit remains.

    Raises
    ------
    ValueError : different competencies, parameters of two versions, or a measurement resting on ratings alone
    """
    if first.competency_code != second.competency_code:
        raise ValueError(f"cannot compare {first.competency_code} with {second.competency_code}")
    if Basis.SELF in (first.basis, second.basis):
        raise ValueError("a change is measured on objective evidence, not on ratings")
    _require_one_version(first.model_version, second.model_version)
    p_up = growth_probability(first.t, first.se, second.t, second.se)
    is_measured = second.verdict is not Verdict.INSUFFICIENT
    outcome = outcome_of(second.p_below, p_up, rule) if is_measured else ChangeOutcome.REMAINS
    return Change(second.t - first.t, second.level - first.level, p_up, outcome)


def reliable_change(first: WeightedScore, second: WeightedScore) -> ReliableChange:
    """Return the reliable change index (w₂ − w₁)/√(e₁² + e₂²), reliable from 1.96 either way.

    Raises
    ------
    ValueError : parameters of two versions, or an error that is not positive

    Notes
    -----
    Jacobson & Truax, J. Consult. Clin. Psychol. 59, 1991, 12–19.
    """
    _require_one_version(first.version, second.version)
    if not (first.se > 0 and second.se > 0):
        raise ValueError(f"standard errors must be positive, got {first.se}, {second.se}")
    index = (second.w - first.w) / hypot(first.se, second.se)
    return ReliableChange(index, abs(index) >= RELIABLE_INDEX)


def _require_one_version(first: str, second: str) -> None:
    if first != second:
        raise ValueError(f"parameters of two versions in one difference: {first!r} and {second!r}")
