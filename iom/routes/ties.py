"""Which of equally good routes is meant: fewer hours, then a lower price, then smaller ids; so that input order never shows."""

from collections.abc import Callable

from iom.routes.exact import Aim, ExactSearch
from iom.routes.rules import Problem

_LARGEST_AIM = 2**53
"""Factors of one composite aim stay exact in the floating-point relaxation inside the search."""


def aims_of(problem: Problem) -> tuple[Aim, ...]:
    """Return what is to be maximised in turn: one composite of Z, hours and price, or the three where it would be too large.

    Notes
    -----
    Composite = Z · (H + 1)(P + 1) − hours · (P + 1) − price with H and P the most that a route may take, so one unit of Z
    outweighs all hours and one hour outweighs any price.
    """
    hours = {place: item.hours for place, item in enumerate(problem.items)}
    prices = {place: item.price for place, item in enumerate(problem.items)}
    price_unit = _most_money(problem) + 1
    value_unit = (_most_hours(problem) + 1) * price_unit
    if _most_value(problem) * value_unit <= _LARGEST_AIM:
        return (Aim({place: -hours[place] * price_unit - prices[place] for place in hours}, per_value=value_unit),)
    negated = (Aim({place: -amount for place, amount in amounts.items()}) for amounts in (hours, prices))
    return (Aim({}, per_value=1), *negated)


def whole_value_bound(aim: Aim, bound: float) -> int:
    """Return the bound of Z that follows from the bound of an aim: what a composite takes off is less than one unit of Z."""
    return (int(bound) + aim.per_value - 1) // aim.per_value


def with_smallest_ids(
    problem: Problem, equals: Callable[[], ExactSearch], best: tuple[int, ...], seconds_left: Callable[[], float]
) -> tuple[int, ...]:
    """Return the equally good choice whose sorted ids come first, compared as tuples; the earliest found when time runs out.

    Parameters
    ----------
    problem : the candidates; positions follow ids
    equals : makes a search that admits only choices as good as `best`
    best : positions of one such choice
    seconds_left : what remains of the time limit
    """
    while True:
        search = equals()
        search.require_earlier(best)
        found = search.any_route(seconds_left())
        if not found.has_route:
            return shortest_equal(problem, best)
        best = found.places


def shortest_equal(problem: Problem, best: tuple[int, ...]) -> tuple[int, ...]:
    """Drop items at the end that change nothing: as a tuple, the beginning of a choice comes before the whole of it."""
    for length in range(len(best)):
        idle = [problem.items[place] for place in best[length:]]
        costs_nothing = not any(item.hours or item.price for item in idle)
        if costs_nothing and problem.keeps(best[:length]) and problem.value(best[:length]) == problem.value(best):
            return best[:length]
    return best


def _most_hours(problem: Problem) -> int:
    return min(problem.instance.hours_max, sum(item.hours for item in problem.items))


def _most_money(problem: Problem) -> int:
    instance = problem.instance
    prices = sorted((item.price for item in problem.items), reverse=True)[: instance.items_max]
    return sum(prices) if instance.money_max is None else min(instance.money_max, sum(prices))


def _most_value(problem: Problem) -> int:
    """Return a bound of |Z|: everything covered to the end, or all hours spent on nothing."""
    instance = problem.instance
    full = sum(length * slope for length, slope in instance.segments)
    return max(sum(instance.weights) * full, instance.rho * _most_hours(problem))
