"""What a set of items is worth: coverage of deficits, its value V and the objective Z."""

from collections.abc import Iterable, Sequence

from iom.routes.instance import Instance, ItemId, RouteItemSpec


def value_of(points: int, segments: Sequence[tuple[int, int]]) -> int:
    """Return V of a coverage: concave, so that the first points toward the bound are worth most.

    Parameters
    ----------
    points : int, sum of per cents of the gap that the chosen items cover, 0 or more
    segments : pairs (length in points, value of one point), slopes not growing

    Returns
    -------
    int, value units; with the default segments V(60) = 300, V(100) = 420, V(150) = V(400) = 470
    """
    value = 0
    for length, slope in segments:
        value += slope * max(0, min(points, length))
        points -= length
    return value


def chosen_items(instance: Instance, selected: Iterable[ItemId]) -> list[RouteItemSpec]:
    """Return the items with these ids in the order of the instance; raises KeyError for an id that it does not hold."""
    wanted = set(selected)
    chosen = [item for item in instance.items if item.id in wanted]
    if len(chosen) < len(wanted):
        raise KeyError(next(iter(wanted - {item.id for item in chosen})))
    return chosen


def coverage_of(instance: Instance, selected: Iterable[ItemId]) -> tuple[int, ...]:
    """Return the sum of per cents for each deficit; it may exceed 100."""
    totals = [0] * len(instance.weights)
    for item in chosen_items(instance, selected):
        for need, percent in item.cover.items():
            totals[need] += percent
    return tuple(totals)


def objective_of(instance: Instance, selected: Iterable[ItemId]) -> int:
    """Return Z of the chosen items, whether or not they keep the rules; Z of nothing is 0.

    Returns
    -------
    int, Z = sum of w_c * V(sum of A_ic) - rho * sum of hours (method, section 3)
    """
    chosen = tuple(selected)
    worth = sum(
        weight * value_of(points, instance.segments) for weight, points in zip(instance.weights, coverage_of(instance, chosen), strict=True)
    )
    return worth - instance.rho * sum(item.hours for item in chosen_items(instance, chosen))
