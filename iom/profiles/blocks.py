"""Blocks: the weighted mean of their measured competencies, kept back while too little of a block is measured."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from math import sqrt

from iom.profiles.estimates import CompetencyEstimate
from iom.profiles.kinds import Basis, Verdict

SHOWN_FROM = 0.5  # share of a block's weight that must be measured before its level says anything about the block


@dataclass(frozen=True, slots=True)
class BlockSummary:
    """A block's level and error in per cent, None while measured children carry less than half of the weight."""

    block_code: str
    level: float | None
    se: float | None
    measured_share: float  # 0…1 of the weight
    n_measured: int
    n_children: int


def summarise_blocks(
    estimates: Iterable[CompetencyEstimate], weights: Mapping[str, float], blocks: Mapping[str, str], *, is_self: bool = False
) -> list[BlockSummary]:
    """Return one summary for each block, sorted by code.

    Parameters
    ----------
    estimates : one person's profile
    weights : competency code → weight, for every competency that concerns the person, measured or not
    blocks : competency code → block code, for the same competencies
    is_self : summarise what rests on ratings alone; otherwise only objective and imported estimates count. The two are never mixed

    Raises
    ------
    ValueError : a negative weight
    KeyError : a weighted competency without a block

    Notes
    -----
    Level Σ w·L/Σ w and error √(Σ w²·se²)/Σ w over measured children; an estimate with too few answers is not measured.
    """
    if any(weight < 0 for weight in weights.values()):
        raise ValueError("weights of competencies must not be negative")
    measured = {e.competency_code: e for e in estimates if (e.basis is Basis.SELF) == is_self and e.verdict is not Verdict.INSUFFICIENT}
    children: dict[str, list[str]] = defaultdict(list)
    for code in weights:
        children[blocks[code]].append(code)
    return [_summarise(block, children[block], measured, weights) for block in sorted(children)]


def _summarise(block: str, children: list[str], measured: Mapping[str, CompetencyEstimate], weights: Mapping[str, float]) -> BlockSummary:
    present = [code for code in children if code in measured]
    weight = sum(weights[code] for code in present)
    total = sum(weights[code] for code in children)
    share = weight / total if total else 0.0
    level = se = None
    if weight and share >= SHOWN_FROM:
        level = sum(weights[code] * measured[code].level for code in present) / weight
        se = sqrt(sum((weights[code] * measured[code].level_se) ** 2 for code in present)) / weight
    return BlockSummary(block, level, se, share, len(present), len(children))
