"""Which needs enter a route first: depth × weight × mark, claims at half weight, a handful at most."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from iom.profiles.estimates import CompetencyEstimate
from iom.profiles.kinds import DeficitKind, Verdict

ROUTE_LIMIT = 5  # more deficits than this cannot be worked on within one route
MARK_FACTOR = 1.5  # when the teacher or the tutor insists
KIND_FACTOR = {DeficitKind.DEFICIT: 1.0, DeficitKind.CLAIM: 0.5, DeficitKind.REQUEST: 0.5}
"""What is only said weighs half of what is measured."""

KIND_OF_VERDICT = {Verdict.DEFICIT: DeficitKind.DEFICIT, Verdict.CLAIMED: DeficitKind.CLAIM}
"""Verdicts that make a need; a probable deficit asks for more items, not for a course."""


@dataclass(frozen=True, slots=True)
class Need:
    """One thing a route may work on: a competency, how far it lies below the line (0…1), its weight, and whether somebody insists."""

    competency_code: str
    kind: DeficitKind
    severity: float
    weight: float = 1.0
    is_marked: bool = False

    @property
    def priority(self) -> float:
        """Severity × weight × 1.5 if marked, halved for claims and requests."""
        mark = MARK_FACTOR if self.is_marked else 1.0
        return self.severity * self.weight * mark * KIND_FACTOR[self.kind]


def needs_of(
    estimates: Iterable[CompetencyEstimate], weights: Mapping[str, float] | None = None, marked: Collection[str] = ()
) -> list[Need]:
    """Return the needs a profile gives rise to, in its order; a competency without a weight has weight 1."""
    return [
        Need(
            e.competency_code,
            KIND_OF_VERDICT[e.verdict],
            e.severity,
            (weights or {}).get(e.competency_code, 1.0),
            e.competency_code in marked,
        )
        for e in estimates
        if e.verdict in KIND_OF_VERDICT
    ]


def choose_for_route(needs: Iterable[Need], limit: int = ROUTE_LIMIT) -> list[Need]:
    """Return the needs with the highest priority, best first, at most `limit`; equals by the mark, then by code.

    Raises
    ------
    ValueError : a negative limit
    """
    if limit < 0:
        raise ValueError(f"limit must not be negative, got {limit}")
    # Rounded, so that equal products reached in different orders stay equal.
    return sorted(needs, key=lambda need: (-round(need.priority, 12), not need.is_marked, need.competency_code, need.kind))[:limit]
