"""The rules that turn a probability into a verdict and a severity into a word."""

from dataclasses import dataclass

from iom.profiles.kinds import Depth, Verdict


@dataclass(frozen=True, slots=True)
class VerdictRule:
    """Thresholds of the verdict.

    With the neutral prior and 3 to 12 items 90–97 % of those declared at `certain` were truly below the bound in simulation, and
    77–91 % of those cleared at `clear` truly above.
    """

    min_answers: int = 3  # objective answers; an import counts as its number of tasks
    certain: float = 0.80  # P(below) from which a deficit is declared
    likely: float = 0.50  # from which it is probable and a few more items are offered
    clear: float = 0.20  # up to which there is none
    medium_from: float = 0.10  # severity, share of the bound
    deep_from: float = 0.25

    def __post_init__(self) -> None:
        if not 0 <= self.clear < self.likely < self.certain <= 1:
            raise ValueError(f"thresholds must rise within 0…1, got {self.clear}, {self.likely}, {self.certain}")
        if not 0 < self.medium_from < self.deep_from < 1:
            raise ValueError(f"bounds of depth must rise within 0…1, got {self.medium_from}, {self.deep_from}")


DEFAULT_RULE = VerdictRule()


def decide(n_answers: int, p_below: float, rule: VerdictRule = DEFAULT_RULE) -> Verdict:
    """Return the verdict on objective evidence; the conditions are tried in this order and too few answers come first."""
    if n_answers < rule.min_answers:
        return Verdict.INSUFFICIENT
    if p_below >= rule.certain:
        return Verdict.DEFICIT
    if p_below >= rule.likely:
        return Verdict.PROBABLE
    return Verdict.OPEN if p_below > rule.clear else Verdict.NONE


def depth_of(severity: float, rule: VerdictRule = DEFAULT_RULE) -> Depth:
    """Return how deep a deficit is, from the expected gap to the bound as a share of the bound."""
    if severity < rule.medium_from:
        return Depth.SMALL
    return Depth.MEDIUM if severity < rule.deep_from else Depth.DEEP
