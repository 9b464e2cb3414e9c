"""How much of a deficit one offering can close, and how many competencies it serves."""

import math
from collections.abc import Iterable, Mapping

from iom.catalog.files.records import CompetencyRecord
from iom.catalog.kinds import CompetencyLevel, LinkState, LinkStrength

TRUST = {LinkStrength.MAIN: 1.0, LinkStrength.PARTIAL: 0.6}  # of a link that people confirmed (methods, section 2)
TRUST_OF_PROBABILITY = 0.8  # a text never counts as much as a person
TRUST_BEFORE_MODEL = 0.5  # of a proposed link while there are too few decisions to learn a probability from
HOURS_SCALE = 24.0  # academic hours on one competency that close 63 % of a gap; an assumption until gains are measured
LEAST_COVERAGE = 10  # per cent; less is no link


def trust(state: LinkState, strength: LinkStrength, probability: float | None = None) -> float:
    """How far a link is believed, 0..1: confirmed main 1, confirmed partial 0.6, proposed 0.8 of its probability, rejected 0."""
    if state is LinkState.REJECTED:
        return 0.0
    if state is LinkState.CONFIRMED:
        return TRUST[strength]
    return TRUST_BEFORE_MODEL if probability is None else TRUST_OF_PROBABILITY * probability


def coverage(hours: int, n_competencies: int, trust: float, effect: float = 1.0) -> int:
    """Share of a deficit's gap that an offering closes, per cent.

    Parameters
    ----------
    hours : academic hours, at least 1
    n_competencies : competencies that the offering serves, at least 1; its hours are shared among them
    trust : 0..1, from `trust`
    effect : factor of measured gains, 1 when nothing is known (methods, section 5)

    Returns
    -------
    int, 0 or 10..100 : rounded half up; below 10 the link does not count and 0 is returned

    Raises
    ------
    ValueError : hours or n_competencies below 1, trust outside 0..1, effect not positive

    Notes
    -----
    A = 100 r (1 - exp(-h/(24 k))) f, methods section 2: 16 hours give 49, 36 give 78, 72 on two give 78, 4 give 15.
    """
    if hours < 1 or n_competencies < 1 or not 0.0 <= trust <= 1.0 or effect <= 0.0:
        raise ValueError(f"hours={hours} n_competencies={n_competencies} trust={trust} effect={effect}")
    exact = 100.0 * trust * -math.expm1(-hours / (HOURS_SCALE * n_competencies)) * effect
    rounded = min(100, math.floor(exact + 0.5))
    return rounded if rounded >= LEAST_COVERAGE else 0


def competencies_served(links: Iterable[tuple[str, str]], competencies: Iterable[CompetencyRecord]) -> dict[str, int]:
    """For each offering the number of competencies it serves, from pairs (offering code, competency code).

    Components count as their competency: a course on two components of one competency does not divide its hours.
    """
    home = _competency_of(competencies)
    served: dict[str, set[str]] = {}
    for offering, competency in links:
        served.setdefault(offering, set()).add(home.get(competency, competency))
    return {offering: len(codes) for offering, codes in served.items()}


def _competency_of(competencies: Iterable[CompetencyRecord]) -> Mapping[str, str]:
    return {
        node.code: node.parent_code for node in competencies if node.level is CompetencyLevel.COMPONENT and node.parent_code is not None
    }
