"""Before and after of one person, competency by competency, from stored results."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from iom.diagnostics.models import CompetencyResult
from iom.profiles.change import compare
from iom.profiles.kinds import Basis, ChangeOutcome, Verdict
from iom.profiles.stored import estimate_of


@dataclass(frozen=True, slots=True)
class Measurement:
    """One stored result with what it is a result of."""

    result: CompetencyResult
    code: str
    title: str
    source: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Side:
    """One end of a change: level and band in per cent, and when."""

    level: float
    low: float
    high: float
    at: datetime


@dataclass(frozen=True, slots=True)
class ChangeRow:
    """What a repeat showed of one competency.

    `p_up` is the probability of growth; None for ratings and for results scored with two versions, which say nothing of growth.
    `outcome` is how a deficit that the first measurement had shown ended; None where there was no deficit.
    """

    competency_id: int
    code: str
    title: str
    source: str
    basis: Basis
    before: Side
    after: Side
    p_up: float | None
    outcome: ChangeOutcome | None

    @property
    def points(self) -> float:
        """Growth in points of the scale."""
        return self.after.level - self.before.level


def newest_changes(rows: Iterable[Measurement], closed: Mapping[tuple[str, datetime], ChangeOutcome]) -> list[ChangeRow]:
    """Return one change a competency, of the source that measured it twice and last; the order of the rows is kept.

    Parameters
    ----------
    rows : at most two a source and competency, the newer first
    closed : (competency, moment of the measurement) → how a deficit ended by it
    """
    pairs: dict[tuple[str, str], list[Measurement]] = {}
    for row in rows:
        pairs.setdefault((row.code, row.source), []).append(row)
    newest: dict[str, tuple[Measurement, Measurement]] = {}
    for (code, _), pair in pairs.items():
        if len(pair) == 2 and (code not in newest or pair[0].at > newest[code][0].at):
            newest[code] = (pair[0], pair[1])
    return [_change(first, second, closed) for second, first in newest.values()]


def _change(first: Measurement, second: Measurement, closed: Mapping[tuple[str, datetime], ChangeOutcome]) -> ChangeRow:
    p_up, outcome = None, None
    bases = {first.result.basis, second.result.basis}
    if Basis.SELF not in bases and first.result.model_version == second.result.model_version:
        change = compare(estimate_of(first.result, first.code), estimate_of(second.result, second.code))
        p_up = change.p_up
        outcome = change.outcome if first.result.verdict is Verdict.DEFICIT else None
    return ChangeRow(
        competency_id=second.result.competency_id,
        code=second.code,
        title=second.title,
        source=second.source,
        basis=second.result.basis,
        before=_side(first),
        after=_side(second),
        p_up=p_up,
        # What ended on all evidence stands before what these two alone would say.
        outcome=closed.get((second.code, second.at), outcome),
    )


def _side(row: Measurement) -> Side:
    return Side(row.result.level, row.result.low, row.result.high, row.at)
