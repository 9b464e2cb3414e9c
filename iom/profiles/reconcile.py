"""What a new result makes of a person's needs: which are opened, renewed, closed, and which stay as they are."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from iom.profiles.change import outcome_of
from iom.profiles.estimates import CompetencyEstimate
from iom.profiles.facts import Known
from iom.profiles.kinds import Basis, ChangeOutcome, DeficitKind, DeficitOrigin, Verdict
from iom.profiles.priority import KIND_OF_VERDICT, Need
from iom.profiles.verdicts import DEFAULT_RULE, VerdictRule

CLOSING = frozenset({ChangeOutcome.CLOSED, ChangeOutcome.PROVISIONALLY_CLOSED})
"""Outcomes that end a deficit; an improvement is told, and the deficit goes on."""

RANK = {DeficitKind.REQUEST: 0, DeficitKind.CLAIM: 1, DeficitKind.DEFICIT: 2}
"""A need only gains in weight of evidence: what was measured does not become a claim again."""


@dataclass(frozen=True, slots=True)
class OpenNeed:
    """A need on record: what it is, who found it, how deep, since when, whether somebody insists."""

    deficit_id: int
    competency: str
    kind: DeficitKind
    origin: DeficitOrigin
    severity: float
    opened_at: datetime
    is_marked: bool = False


@dataclass(frozen=True, slots=True)
class Opening:
    """A need to open, since the moment of the evidence that shows it."""

    need: Need
    at: datetime


@dataclass(frozen=True, slots=True)
class Renewal:
    """An open need as the new evidence shows it; `found_at` when a claim became a deficit, and by evidence of which moment."""

    deficit_id: int
    need: Need
    found_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Closing:
    """An open need to close; `outcome` is what a repeat showed, None when a claim is no longer made or objective evidence decided."""

    deficit_id: int
    outcome: ChangeOutcome | None
    at: datetime


Step = Opening | Renewal | Closing


def reconcile(
    known: Iterable[Known],
    opened: Iterable[OpenNeed],
    *,
    weights: Mapping[str, float],
    growth: Mapping[str, float],
    dropped_at: Mapping[str, datetime],
    now: datetime,
    rule: VerdictRule = DEFAULT_RULE,
) -> list[Step]:
    """Return the steps that bring the needs on record in line with what is known.

    Parameters
    ----------
    known : the profile over all evidence in force
    opened : needs that are open now, at most one a competency
    weights : competency code → weight; 1 where it is silent
    growth : competency code → P_up between the two newest measurements of one kind; absent where there are no two
    dropped_at : competency code → when a person last set a need aside; older evidence does not bring it back
    now : when a claim ends whose competency no longer concerns the person's work
    """
    standing = {need.competency: need for need in opened}
    steps: list[Step] = []
    for entry in known:
        code = entry.estimate.competency_code
        need = standing.pop(code, None)
        found = KIND_OF_VERDICT.get(entry.estimate.verdict)
        weight = weights.get(code, 1.0)
        if need is not None:
            steps += _standing(need, entry, found, weight, growth.get(code, 0.0), rule)
        elif found is not None:
            at = _evidence_at(entry, found)
            if code not in dropped_at or at > dropped_at[code]:
                steps.append(Opening(Need(code, found, entry.estimate.severity, weight), at))
    gone = [need for need in standing.values() if need.kind is DeficitKind.CLAIM and need.origin is DeficitOrigin.ATTEMPT]
    return steps + [Closing(need.deficit_id, None, now) for need in gone]


def _evidence_at(entry: Known, found: DeficitKind) -> datetime:
    at = entry.objective_at if found is DeficitKind.DEFICIT else None
    return at or entry.measured_at


def _standing(need: OpenNeed, entry: Known, found: DeficitKind | None, weight: float, p_up: float, rule: VerdictRule) -> list[Step]:
    if found is not None:
        return [_renewal(need, entry, found, weight)]
    outcome = None
    if need.kind is DeficitKind.DEFICIT:
        outcome = _outcome(need, entry, p_up, rule)
        if outcome not in CLOSING:
            return []
    elif not _ends_claim(need, entry.estimate):
        return []
    return [Closing(need.deficit_id, outcome, _evidence_at(entry, need.kind))]


def _renewal(need: OpenNeed, entry: Known, found: DeficitKind, weight: float) -> Renewal:
    # Ratings say nothing about the distance to the bound: what was measured or asked for by a person keeps its own depth.
    stays = RANK[found] < RANK[need.kind] or (found is DeficitKind.CLAIM and need.origin is not DeficitOrigin.ATTEMPT)
    kind, severity = (need.kind, need.severity) if stays else (found, entry.estimate.severity)
    found_at = _evidence_at(entry, found) if kind is DeficitKind.DEFICIT and need.kind is not DeficitKind.DEFICIT else None
    return Renewal(need.deficit_id, Need(need.competency, kind, severity, weight, need.is_marked), found_at)


def _outcome(need: OpenNeed, entry: Known, p_up: float, rule: VerdictRule) -> ChangeOutcome | None:
    """Return how a deficit ended; None while nothing objective was measured since it was opened."""
    at, estimate = entry.objective_at, entry.estimate
    if estimate.basis is Basis.SELF or estimate.verdict is Verdict.INSUFFICIENT or at is None or at <= need.opened_at:
        return None
    return outcome_of(estimate.p_below, p_up, rule)


def _ends_claim(need: OpenNeed, estimate: CompetencyEstimate) -> bool:
    """Tell whether a claim is over: the person rates otherwise now, or objective evidence decides. A wish ends when its owner says so."""
    return need.origin is DeficitOrigin.ATTEMPT and estimate.verdict is not Verdict.INSUFFICIENT
