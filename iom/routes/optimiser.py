"""The best route under all the limits, proved; or the best found in time with a bound; or what the limits would have to yield."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from time import perf_counter

from iom.routes.exact import Answer, ExactSearch, OutOfTimeError
from iom.routes.instance import Instance, ItemId
from iom.routes.relaxation import Relaxation, relax
from iom.routes.rules import Problem, Row, Rule, prepare
from iom.routes.softening import GaveWay, find_clashes, soften
from iom.routes.ties import aims_of, shortest_equal, whole_value_bound, with_smallest_ids

__all__ = ["TIME_LIMIT", "Best", "GaveWay", "OutOfTimeError", "Solution", "Status", "best_route", "good_route", "solve"]

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
    relaxation = None
    if len(problem.items) > SEARCHED_AT_ONCE:
        relaxation = relax(problem)
        if relaxation is None:
            return None
        incumbent = _search_core(problem, relaxation, seconds_left)
        if incumbent is not None:
            return _improve(problem, relaxation, incumbent, seconds_left)
    return _search_all(problem, relaxation, seconds_left)


def good_route(problem: Problem, seconds_left: Callable[[], float]) -> Best | None:
    """Return a route of the most promising candidates, in half the time that the best of all and its proof take.

    None is a proof that there is no route at all.

    Raises
    ------
    OutOfTimeError : nothing was found and nothing was proved in time
    """
    relaxation = relax(problem)
    if relaxation is None:
        return None
    found = _search_core(problem, relaxation, seconds_left)
    return best_route(problem, seconds_left) if found is None else Best(found, relaxation.whole_bound)


def _search_core(problem: Problem, relaxation: Relaxation, seconds_left: Callable[[], float]) -> tuple[int, ...] | None:
    """Return a good route of the most promising candidates; None when they yield none, or when numbers need several aims."""
    aim, *further = aims_of(problem)
    if further:
        return None
    pinned = [place for row in problem.rows if row.rule is Rule.MUST for place, _ in row.terms]
    core = problem.closed_under_requires([*pinned, *relaxation.by_promise()[:CORE]])
    found = ExactSearch(problem, core).best(aim, seconds_left())
    return found.places if found.has_route else None


def _improve(problem: Problem, relaxation: Relaxation, incumbent: tuple[int, ...], seconds_left: Callable[[], float]) -> Best:
    """Return the best route, given a good one, from every candidate that the bound leaves a chance.

    Often nothing is left but the proof that no route is better, nor as good with smaller ids: one search answers both.
    """
    (aim,) = aims_of(problem)
    value = problem.value(incumbent)
    search = ExactSearch(problem, relaxation.able_to_reach(value))
    search.require_better(aim, incumbent)
    found = search.best(aim, seconds_left())
    match found.answer:
        case Answer.NONE:
            return Best(shortest_equal(problem, incumbent), value)
        case Answer.UNKNOWN:
            return Best(incumbent, relaxation.whole_bound)
        case Answer.FOUND:
            return Best(found.places, min(relaxation.whole_bound, whole_value_bound(aim, found.bound)))
        case Answer.PROVED:
            return Best(_first_of_equals(problem, relaxation, found.places, seconds_left), problem.value(found.places))


def _search_all(problem: Problem, relaxation: Relaxation | None, seconds_left: Callable[[], float]) -> Best | None:
    """Return the best route from all candidates at once, aim by aim."""
    search = ExactSearch(problem, range(len(problem.items)))
    first, *further = aims_of(problem)
    found = search.best(first, seconds_left())
    if found.answer is Answer.NONE:
        return None
    largest = _largest_value(problem, relaxation)
    if found.answer is Answer.UNKNOWN:
        if problem.keeps(()):
            return Best((), largest)
        raise OutOfTimeError
    if found.answer is Answer.FOUND:
        return Best(found.places, min(largest, whole_value_bound(first, found.bound)))
    places = found.places
    aim = first
    for following in further:
        search.require_aim(aim, search.amount(aim, places))
        aim = following
        better = search.best(aim, seconds_left())
        places = better.places if better.has_route else places
    return Best(_first_of_equals(problem, relaxation, places, seconds_left), problem.value(places))


def _largest_value(problem: Problem, relaxation: Relaxation | None) -> int:
    """Return a bound of Z without a search: that of the relaxation, or every deficit covered to the end at no cost."""
    if relaxation is not None:
        return relaxation.whole_bound
    return sum(length * slope for length, slope in problem.instance.segments) * sum(problem.instance.weights)


def _first_of_equals(
    problem: Problem, relaxation: Relaxation | None, best: tuple[int, ...], seconds_left: Callable[[], float]
) -> tuple[int, ...]:
    """Return the route with the smallest ids among those with the same Z, hours and price."""
    relaxation = relaxation or relax(problem)
    value = problem.value(best)
    able = range(len(problem.items)) if relaxation is None else relaxation.able_to_reach(value)
    hours = {place: problem.items[place].hours for place in able}
    prices = {place: problem.items[place].price for place in able}

    def equals() -> ExactSearch:
        search = ExactSearch(problem, able)
        search.require_value(value)
        for rule, amounts in ((Rule.HOURS_MAX, hours), (Rule.MONEY, prices)):
            search.require(Row(rule, tuple(amounts.items()), high=sum(amounts[place] for place in best)))
        return search

    return with_smallest_ids(problem, equals, best, seconds_left)
