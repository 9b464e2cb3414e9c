"""The proposal: the best route for one person, why each item is in it, and what happens to every need."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from time import perf_counter

from iom.profiles.priority import Need
from iom.routes.candidates import Candidate, Case, Conditions, make_case
from iom.routes.instance import Instance, ItemId
from iom.routes.optimiser import TIME_LIMIT, Solution, Status, solve
from iom.routes.reasons import COVERED, Explanation, Obstacle, UncoveredReason, explain
from iom.routes.rules import Rule, possible_items
from iom.routes.softening import GaveWay, yielded
from iom.routes.why_here import WhyHere, why_here


@dataclass(frozen=True)
class ProposedItem:
    """One item of the route: what it covers (code of a need → per cent of its gap) and why it is here."""

    id: ItemId
    covers: Mapping[str, int]
    hours: int
    hours_estimated: bool
    why: WhyHere


@dataclass(frozen=True)
class CoveredNeed:
    """A need that the route covers by 60 per cent or more; `by` are the items, the strongest first."""

    code: str
    percent: int
    by: tuple[ItemId, ...]


@dataclass(frozen=True)
class UncoveredNeed:
    """A need under 60 per cent, with the reason and its facts; `eligibility` holds codes of what bars the named candidates."""

    code: str
    percent: int
    by: tuple[ItemId, ...]
    reason: UncoveredReason
    reachable: int = 0
    winners: tuple[str, ...] = ()
    obstacles: tuple[Obstacle, ...] = ()
    candidates: tuple[ItemId, ...] = ()
    needed: int | None = None
    eligibility: tuple[str, ...] = ()


@dataclass(frozen=True)
class Proposal:
    """A route for one person with its proof.

    `hours` are all hours, `hours_estimated` the part of them that is only estimated. `share` is the weighted share of the way to the
    bound that the items cover, 0..1. When the status is `infeasible` the items are the nearest route, and `gave_way` and `clashes`
    say what had to give and which single limit stands against everything at once.
    """

    items: tuple[ProposedItem, ...]
    covered: tuple[CoveredNeed, ...]
    uncovered: tuple[UncoveredNeed, ...]
    hours: int
    hours_estimated: int
    price: int
    share: float
    objective: int | None
    bound: int | None
    gap: float | None
    status: Status
    gave_way: tuple[GaveWay, ...] = ()
    clashes: tuple[Rule, ...] = ()

    @property
    def selected(self) -> tuple[ItemId, ...]:
        return tuple(item.id for item in self.items)


def propose(
    needs: Iterable[Need],
    candidates: Sequence[Candidate],
    conditions: Conditions,
    time_limit: float = TIME_LIMIT,
    clock: Callable[[], float] = perf_counter,
) -> Proposal:
    """Return the best route for a person, with a reason for every item and an answer for every need.

    Parameters
    ----------
    needs : deficits, claims and requests; the first `conditions.needs_max` by priority are taken, the others are reported as postponed
    candidates : everything of the catalog that works on a need, barred or not
    conditions : limits of the person and of the season
    time_limit : float, seconds for the route and for its reasons together
    clock : seconds that only grow

    Raises
    ------
    ValueError : two candidates with one id
    OutOfTimeError : nothing was found and nothing was proved in time
    """
    begun = clock()

    def seconds_left() -> float:
        return time_limit - (clock() - begun)

    case = make_case(needs, candidates, conditions)
    solution = with_barred_pins(case, solve(case.instance, time_limit, clock))
    by_id = {candidate.id: candidate for candidate in candidates}
    chosen = [by_id[item_id] for item_id in solution.selected or solution.nearest]
    solved = yielded(case.instance, solution.gave_way)
    return Proposal(
        items=_items(case, solved, chosen),
        covered=_covered(case, chosen),
        uncovered=_uncovered(case, solved, chosen, candidates, seconds_left),
        hours=sum(candidate.hours for candidate in chosen),
        hours_estimated=sum(candidate.hours for candidate in chosen if candidate.hours_estimated),
        price=sum(candidate.price for candidate in chosen),
        share=share_of(case, chosen),
        objective=solution.objective,
        bound=solution.bound,
        gap=solution.gap,
        status=solution.status,
        gave_way=solution.gave_way,
        clashes=solution.clashes,
    )


def coverage_by_code(case: Case, chosen: Iterable[Candidate]) -> dict[str, int]:
    """Return the sum of per cents for every need, the postponed too; it may exceed 100."""
    totals = dict.fromkeys((*case.codes, *case.postponed), 0)
    for candidate in chosen:
        for code, percent in candidate.cover.items():
            if code in totals:
                totals[code] += percent
    return totals


def share_of(case: Case, chosen: Iterable[Candidate]) -> float:
    """Return the covered share of the way to the bound.

    Returns
    -------
    float, 0..1: sum of w_c · min(100, sum of A_ic) over the sum of w_c · 100 for the needs taken; 0 without needs
    """
    totals = coverage_by_code(case, chosen)
    weights = dict(zip(case.codes, case.instance.weights, strict=True))
    full = 100 * sum(weights.values())
    return sum(weight * min(100, totals[code]) for code, weight in weights.items()) / full if full else 0.0


def with_barred_pins(case: Case, solution: Solution) -> Solution:
    """Return the solution, infeasible too when a pinned candidate is barred by its dates, seats or eligibility."""
    if not case.pinned_but_barred:
        return solution
    gave_way = tuple(GaveWay(Rule.MUST, item_id, 1, 0) for item_id in case.pinned_but_barred)
    return replace(
        solution,
        status=Status.INFEASIBLE,
        objective=None,
        bound=None,
        gap=None,
        selected=(),
        nearest=solution.selected or solution.nearest,
        gave_way=solution.gave_way + gave_way,
    )


def _items(case: Case, instance: Instance, chosen: Sequence[Candidate]) -> tuple[ProposedItem, ...]:
    ids = {candidate.id for candidate in chosen}
    reasons = why_here(instance, possible_items(instance), case.barred, case.codes, ids)
    known = {*case.codes, *case.postponed}
    return tuple(
        ProposedItem(
            candidate.id,
            {code: percent for code, percent in candidate.cover.items() if code in known},
            candidate.hours,
            candidate.hours_estimated,
            reasons[candidate.id],
        )
        for candidate in chosen
    )


def _covered(case: Case, chosen: Sequence[Candidate]) -> tuple[CoveredNeed, ...]:
    totals = coverage_by_code(case, chosen)
    return tuple(CoveredNeed(code, min(100, total), _by(code, chosen)) for code, total in totals.items() if total >= COVERED)


def _by(code: str, chosen: Iterable[Candidate]) -> tuple[ItemId, ...]:
    workers = [candidate for candidate in chosen if candidate.cover.get(code)]
    return tuple(candidate.id for candidate in sorted(workers, key=lambda candidate: -candidate.cover[code]))


def _uncovered(
    case: Case, instance: Instance, chosen: Sequence[Candidate], candidates: Sequence[Candidate], seconds_left: Callable[[], float]
) -> tuple[UncoveredNeed, ...]:
    totals = coverage_by_code(case, chosen)
    ids = [candidate.id for candidate in chosen]
    answers = []
    for code, total in totals.items():
        if total >= COVERED:
            continue
        if code in case.postponed:
            answers.append(UncoveredNeed(code, total, _by(code, chosen), UncoveredReason.POSTPONED))
        else:
            why = explain(instance, case.barred, ids, case.codes.index(code), seconds_left)
            answers.append(_answer(case, code, total, _by(code, chosen), why, candidates))
    return tuple(answers)


def _answer(case: Case, code: str, total: int, by: tuple[ItemId, ...], why: Explanation, candidates: Sequence[Candidate]) -> UncoveredNeed:
    named = [candidate for candidate in candidates if candidate.id in why.candidates]
    return UncoveredNeed(
        code,
        total,
        by,
        why.reason,
        why.reachable,
        tuple(case.codes[winner] for winner in why.winners),
        why.obstacles,
        why.candidates,
        why.needed,
        tuple(dict.fromkeys(obstacle for candidate in named for obstacle in candidate.obstacles)),
    )
