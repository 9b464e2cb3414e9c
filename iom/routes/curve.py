"""How much more hours would bring: the best route at several budgets of hours."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from time import perf_counter

from iom.profiles.priority import Need
from iom.routes.candidates import Candidate, Case, Conditions, make_case
from iom.routes.instance import ItemId
from iom.routes.optimiser import TIME_LIMIT, Status, solve
from iom.routes.proposal import coverage_by_code, share_of, with_barred_pins
from iom.routes.reasons import COVERED

POINTS = (24, 36, 54, 72, 108, 144)
"""Budgets in academic hours that people choose from."""


@dataclass(frozen=True)
class CurvePoint:
    """What a budget of hours brings at most.

    The route is the best one for `solved_at` hours, which is the budget itself, or a smaller one when its route covers more: Z counts
    a deficit's first 60 per cent more than the rest, so the share alone could fall where Z grows.
    """

    hours: int  # the budget
    solved_at: int
    share: float  # 0..1, see share_of
    covered: int  # needs at 60 per cent or more
    items: tuple[ItemId, ...]
    hours_used: int
    status: Status
    objective: int | None


def hours_curve(
    needs: Iterable[Need],
    candidates: Sequence[Candidate],
    conditions: Conditions,
    points: Iterable[int] = POINTS,
    time_limit: float = TIME_LIMIT,
    clock: Callable[[], float] = perf_counter,
) -> list[CurvePoint]:
    """Return one point for each budget, from the smallest; the share never falls from one to the next.

    A point that is `infeasible` shows the nearest route. To show the route of a point in full, propose with its `solved_at` hours.

    Raises
    ------
    OutOfTimeError : nothing was found and nothing was proved in time for some point
    """
    begun = clock()
    case = make_case(needs, candidates, conditions)
    by_id = {candidate.id: candidate for candidate in candidates}
    curve: list[CurvePoint] = []
    for hours in sorted(set(points)):
        point = _point(case, by_id, hours, time_limit - (clock() - begun), clock)
        if curve and _is_better(curve[-1], point):
            point = replace(curve[-1], hours=hours)
        curve.append(point)
    return curve


def _is_better(earlier: CurvePoint, point: CurvePoint) -> bool:
    """Tell whether the route of a smaller budget is to be kept; never one that breaks a demand which the larger budget meets."""
    breaks_more = earlier.status is Status.INFEASIBLE and point.status is not Status.INFEASIBLE
    return earlier.share > point.share and not breaks_more


def _point(case: Case, by_id: dict[ItemId, Candidate], hours: int, seconds: float, clock: Callable[[], float]) -> CurvePoint:
    solution = with_barred_pins(case, solve(replace(case.instance, hours_max=hours), seconds, clock))
    chosen = [by_id[item_id] for item_id in solution.selected or solution.nearest]
    totals = coverage_by_code(case, chosen)
    return CurvePoint(
        hours,
        hours,
        share_of(case, chosen),
        sum(totals[code] >= COVERED for code in case.codes),
        tuple(candidate.id for candidate in chosen),
        sum(candidate.hours for candidate in chosen),
        solution.status,
        solution.objective,
    )
