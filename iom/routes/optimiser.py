"""The best route under all the limits, proved; or the best found in time with a bound; or what the limits would have to yield."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import StrEnum
from time import perf_counter

from iom.routes.exact import Answer, ExactSearch, Found, OutOfTimeError
from iom.routes.instance import Instance, ItemId
from iom.routes.relaxation import Relaxation, relax
from iom.routes.rules import Problem, Row, Rule, prepare
from iom.routes.softening import GaveWay, find_clashes, soften
from iom.routes.ties import aims_of, whole_value_bound, with_smallest_ids

__all__ = ["TIME_LIMIT", "Best", "GaveWay", "OutOfTimeError", "Solution", "Status", "best_route", "solve"]

TIME_LIMIT = 10.0
"""Seconds for one route; hundreds of candidates need a tenth of one."""

SEARCHED_AT_ONCE = 70
"""Candidates that the exact search takes without a relaxation before it (method, section 3: measured)."""

CORE = 36
"""Candidates in the first search of a large instance, which yields a good route to cut the rest by (method, section 3: measured)."""


class Status(StrEnum):
    OPTIMAL = "optimal"
    FEASIBLE = "feasible"
    INFEASIBLE = "infeasible"


@dataclass(frozen=True)
class Solution:
    """A route with its proof.

    Z is `objective`; no route has more than `bound`; `gap` is their distance as a share of the bound. An infeasible instance has none
    of them and no `selected`; instead `gave_way` names what had to give, `nearest` is the best route when it does, and `clashes` names
    limits any one of which, lifted alone, would have made everything possible.
    """

    status: Status
    objective: int | None
    bound: int | None
    gap: float | None
    selected: tuple[ItemId, ...]
    seconds: float
    gave_way: tuple[GaveWay, ...] = ()
    nearest: tuple[ItemId, ...] = ()
    clashes: tuple[Rule, ...] = ()


@dataclass(frozen=True)
class Best:
    """Positions of the best route known and the proved bound of Z."""

    places: tuple[int, ...]
    bound: int


def solve(instance: Instance, time_limit: float = TIME_LIMIT, clock: Callable[[], float] = perf_counter) -> Solution:
    """Return the route with the largest Z over all candidates; among equals fewer hours, then lower price, then smaller ids.

    Parameters
    ----------
    instance : candidates and limits; the order of candidates is irrelevant
    time_limit : float, seconds; when it passes, the best route so far comes back as `feasible` with its bound
    clock : seconds that only grow

    Returns
    -------
    Solution

    Raises
    ------
    OutOfTimeError : nothing was found and nothing was proved in time

    Notes
    -----
    Exact: a bound and reduced costs from the linear relaxation, a good route from the most promising candidates, then a search over
    every candidate that the bound cannot exclude. Method, section 3.
    """
    begun = clock()

    def seconds_left() -> float:
        return time_limit - (clock() - begun)

    problem = prepare(instance)
    best = best_route(problem, seconds_left)
    if best is None:
        return _infeasible(instance, seconds_left, lambda: clock() - begun)
    objective = problem.value(best.places)
    status = Status.OPTIMAL if best.bound <= objective else Status.FEASIBLE
    return Solution(
        status,
        objective,
        bound=max(best.bound, objective),
        gap=max(0, best.bound - objective) / max(1, abs(best.bound)),
        selected=problem.ids_of(best.places),
        seconds=clock() - begun,
    )


def _infeasible(instance: Instance, seconds_left: Callable[[], float], seconds: Callable[[], float]) -> Solution:
    relaxed, gave_way = soften(instance, seconds_left)
    problem = prepare(relaxed)
    best = best_route(problem, seconds_left)
    if best is None:
        raise ArithmeticError("a softened instance must have a route")
    clashes = find_clashes(instance, seconds_left)
    nearest = problem.ids_of(best.places)
    return Solution(Status.INFEASIBLE, None, None, None, (), seconds(), gave_way, nearest, clashes)


def best_route(problem: Problem, seconds_left: Callable[[], float]) -> Best | None:
    """Return the best route under all rows of the problem, or None when it is proved that there is none.

    Raises
    ------
    OutOfTimeError : nothing was found and nothing was proved in time
    """
    everything = range(len(problem.items))
    if len(problem.items) <= SEARCHED_AT_ONCE:
        return _search(problem, everything, None, None, seconds_left)
    relaxation = relax(problem)
    if relaxation is None:
        return None
    incumbent = _search_core(problem, relaxation, seconds_left)
    left = everything if incumbent is None else relaxation.able_to_reach(problem.value(incumbent))
    return _search(problem, left, relaxation, incumbent, seconds_left)


def _search_core(problem: Problem, relaxation: Relaxation, seconds_left: Callable[[], float]) -> tuple[int, ...] | None:
    """Return a good route of the most promising candidates, or None when they yield none."""
    pinned = [place for row in problem.rows if row.rule is Rule.MUST for place, _ in row.terms]
    promising = relaxation.by_promise()
    core = problem.closed_under_requires([*pinned, *promising[:CORE]])
    found = ExactSearch(problem, core).best_value(seconds_left())
    return found.places if found.has_route else None


def _search(
    problem: Problem,
    left: Iterable[int],
    relaxation: Relaxation | None,
    incumbent: tuple[int, ...] | None,
    seconds_left: Callable[[], float],
) -> Best | None:
    """Search all candidates that can still matter; `left` holds every route as good as the incumbent."""
    search = ExactSearch(problem, left)
    if incumbent is not None:
        search.require_value(problem.value(incumbent))
        search.hint(incumbent)
    first, *further = aims_of(problem)
    found = search.best(first, seconds_left())
    if not found.has_route:
        return _without_improvement(found, problem, relaxation, incumbent)
    value = problem.value(found.places)
    bound = whole_value_bound(first, found.bound)
    if relaxation is not None:
        bound = min(bound, relaxation.whole_bound)
    if found.answer is not Answer.PROVED:
        return Best(found.places, bound)
    places = found.places
    for aim in further:
        search.require_value(value)
        search.require_aim(aim, aim.of(places))
        better = search.best(aim, seconds_left())
        places = better.places if better.has_route else places
    return Best(_first_of_equals(problem, relaxation, places, seconds_left), value)


def _without_improvement(found: Found, problem: Problem, relaxation: Relaxation | None, incumbent: tuple[int, ...] | None) -> Best | None:
    if incumbent is not None and relaxation is not None:
        return Best(incumbent, relaxation.whole_bound)
    if found.answer is Answer.NONE:
        return None
    if problem.keeps(()):
        full = sum(length * slope for length, slope in problem.instance.segments)
        return Best((), relaxation.whole_bound if relaxation is not None else full * sum(problem.instance.weights))
    raise OutOfTimeError


def _first_of_equals(
    problem: Problem, relaxation: Relaxation | None, best: tuple[int, ...], seconds_left: Callable[[], float]
) -> tuple[int, ...]:
    """Return the route with the smallest ids among those with the same Z, hours and price."""
    relaxation = relaxation or relax(problem)
    value = problem.value(best)
    able = range(len(problem.items)) if relaxation is None else relaxation.able_to_reach(value)
    hours = sum(problem.items[place].hours for place in best)
    price = sum(problem.items[place].price for place in best)

    def equals() -> ExactSearch:
        search = ExactSearch(problem, able)
        search.require_value(value)
        search.require(Row(Rule.HOURS_MAX, tuple((place, problem.items[place].hours) for place in able), high=hours))
        search.require(Row(Rule.MONEY, tuple((place, problem.items[place].price) for place in able), high=price))
        return search

    return with_smallest_ids(problem, equals, best, seconds_left)
