"""Judges of routes that share nothing with the solver: the rules checked literally, all subsets, another formulation for SciPy."""

from functools import cache
from random import Random

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, milp

from iom.routes.instance import Instance, ItemId, RouteItemSpec


def worth_of(points: int, segments: tuple[tuple[int, int], ...]) -> int:
    """V, added up one point at a time."""
    slopes = [slope for length, slope in segments for _ in range(length)]
    return sum(slopes[:points])


def objective(instance: Instance, selected: tuple[ItemId, ...]) -> int:
    chosen = [item for item in instance.items if item.id in selected]
    total = 0
    for need, weight in enumerate(instance.weights):
        total += weight * worth_of(sum(item.cover.get(need, 0) for item in chosen), instance.segments)
    return total - instance.rho * sum(item.hours for item in chosen)


def violations(instance: Instance, selected: tuple[ItemId, ...]) -> list[str]:
    """Every rule that a route breaks, read off the text of the method."""
    found = []
    by_id = {item.id: item for item in instance.items}
    chosen = [by_id[item_id] for item_id in selected]
    if len(set(selected)) < len(selected):
        found.append("twice")
    hours = sum(item.hours for item in chosen)
    if not instance.hours_min <= hours <= instance.hours_max:
        found.append("hours")
    if instance.money_max is not None and sum(item.price for item in chosen) > instance.money_max:
        found.append("money")
    if instance.items_max is not None and len(chosen) > instance.items_max:
        found.append("items")
    dated = [item for item in chosen if item.start is not None]
    for day in range(min((i.start for i in dated), default=0), max((i.end for i in dated), default=-1) + 1):
        if instance.load_max is not None and sum(i.load for i in dated if i.start <= day <= i.end) > instance.load_max:
            found.append(f"load on day {day}")
    for item in chosen:
        for before in item.requires:
            if before not in selected:
                found.append(f"{item.id} without {before}")
            elif item.start is not None and by_id[before].end is not None and not by_id[before].end < item.start:
                found.append(f"{item.id} before the end of {before}")
    groups = [item.group for item in chosen if item.group is not None]
    if len(set(groups)) < len(groups):
        found.append("group")
    kinds = [item.kind for item in chosen]
    found += [f"few of {kind}" for kind, least in instance.kind_min.items() if kinds.count(kind) < least]
    found += [f"many of {kind}" for kind, most in instance.kind_max.items() if kinds.count(kind) > most]
    found += [f"{item_id} left out" for item_id in instance.must if item_id not in selected]
    found += [f"{item_id} is forbidden" for item_id in instance.forbidden if item_id in selected]
    return found


def best_of_all_subsets(instance: Instance) -> tuple[int, tuple[ItemId, ...]] | None:
    """Z and ids of the best route by trying every subset; ties by hours, price and ids; None when no subset keeps the rules."""
    items = instance.items
    subsets = (np.arange(2 ** len(items))[:, None] >> np.arange(len(items))) & 1
    hours = subsets @ np.array([item.hours for item in items])
    prices = subsets @ np.array([item.price for item in items])
    values = -instance.rho * hours
    for need, weight in enumerate(instance.weights):
        points = subsets @ np.array([item.cover.get(need, 0) for item in items])
        table = np.array([worth_of(point, instance.segments) for point in range(points.max() + 1)])
        values = values + weight * table[points]
    for row in np.lexsort((prices, hours, -values)):
        ids = tuple(sorted(item.id for item, taken in zip(items, subsets[row], strict=True) if taken))
        if not violations(instance, ids):
            return int(values[row]), min(_equals(instance, subsets, (values, hours, prices), row))
    return None


def _equals(instance, subsets, measures, row):
    same = np.all([measure == measure[row] for measure in measures], axis=0)
    for other in np.flatnonzero(same):
        ids = tuple(sorted(item.id for item, taken in zip(instance.items, subsets[other], strict=True) if taken))
        if not violations(instance, ids):
            yield ids


def best_value_by_milp(instance: Instance) -> int | None:
    """The largest Z by SciPy's branch and bound: V as the lowest of its lines, the load on every single day."""
    items, needs = instance.items, len(instance.weights)
    n = len(items)
    place = {item.id: number for number, item in enumerate(items)}
    rows, lows, highs = [], [], []

    def add(factors: dict[int, float], low: float, high: float) -> None:
        row = np.zeros(n + needs)
        for column, factor in factors.items():
            row[column] += factor
        rows.append(row)
        lows.append(low)
        highs.append(high)

    add({k: item.hours for k, item in enumerate(items)}, instance.hours_min, instance.hours_max)
    if instance.money_max is not None:
        add({k: item.price for k, item in enumerate(items)}, -np.inf, instance.money_max)
    if instance.items_max is not None:
        add(dict.fromkeys(range(n), 1), -np.inf, instance.items_max)
    for day in sorted({day for item in items if item.start is not None and item.load for day in range(item.start, item.end + 1)}):
        running = {k: item.load for k, item in enumerate(items) if item.start is not None and item.start <= day <= item.end}
        add(running, -np.inf, instance.load_max)
    for group in {item.group for item in items if item.group is not None}:
        add({k: 1 for k, item in enumerate(items) if item.group == group}, -np.inf, 1)
    for kind in {item.kind for item in items}:
        counted = {k: 1 for k, item in enumerate(items) if item.kind == kind}
        add(counted, instance.kind_min.get(kind, 0), instance.kind_max.get(kind, np.inf))
    upper = np.ones(n + needs)
    upper[n:] = sum(length * slope for length, slope in instance.segments)
    lower = np.zeros(n + needs)
    for k, item in enumerate(items):
        upper[k] = item.id not in instance.forbidden
        lower[k] = item.id in instance.must
        for before in item.requires:
            other = items[place[before]]
            if item.start is not None and other.end is not None and other.end >= item.start:
                upper[k] = 0
            add({k: 1, place[before]: -1}, -np.inf, 0)
    for need in range(needs):
        start = value = 0
        for length, slope in instance.segments:
            # The line through (start, value) with this slope: v - slope * points <= value - slope * start.
            line = {k: -slope * item.cover.get(need, 0) for k, item in enumerate(items)}
            add({**line, n + need: 1}, -np.inf, value - slope * start)
            start, value = start + length, value + length * slope
    costs = np.array([instance.rho * item.hours for item in items] + [-weight for weight in instance.weights], dtype=float)
    found = milp(
        costs,
        integrality=np.array([1] * n + [0] * needs),
        bounds=Bounds(lower, upper),
        constraints=LinearConstraint(np.array(rows), np.array(lows), np.array(highs)),
        options={"mip_rel_gap": 0},
    )
    return None if found.x is None else round(-found.fun)


def small_instance(seed: int) -> Instance:
    """Up to 14 candidates under every kind of rule at once; about a quarter of them cannot be met."""
    rng = Random(seed)
    size, needs = rng.randint(5, 14), rng.randint(1, 4)
    names = [f"i{number:02d}" for number in range(size)]
    rng.shuffle(names)
    items = [_small_item(rng, name, names[:number], needs) for number, name in enumerate(names)]
    return Instance(
        id=f"small-{seed}",
        weights=tuple(rng.randint(1, 10) for _ in range(needs)),
        hours_max=rng.choice((40, 72, 110)),
        hours_min=rng.choice((0, 0, 0, 30)),
        money_max=rng.choice((None, 0, 3000, 6000)),
        items_max=rng.choice((None, 2, 4, 8)),
        load_max=2,
        items=tuple(items),
        must=tuple(rng.sample(names, rng.choice((0, 0, 0, 1, 2)))),
        forbidden=tuple(rng.sample(names, rng.choice((0, 0, 1)))),
        kind_min={"event": rng.choice((0, 1))},
        kind_max={"program": rng.choice((1, 2, 5))},
    )


@cache
def best_of_small(seed: int) -> tuple[int, tuple[ItemId, ...]] | None:
    """The best route of a small instance; several tests ask."""
    return best_of_all_subsets(small_instance(seed))


def _small_item(rng: Random, name: str, earlier: list[str], needs: int) -> RouteItemSpec:
    hours = rng.choice((4, 8, 16, 24, 36, 72))
    start = rng.choice((None, rng.randrange(40)))
    cover = {need: rng.choice((10, 25, 40, 60, 78)) for need in rng.sample(range(needs), rng.randint(0, min(needs, 2)))}
    return RouteItemSpec(
        id=name,
        kind=rng.choice(("program", "event", "mentoring")),
        hours=hours,
        price=rng.choice((0, 0, 1000, 2500)),
        load=rng.choice((0, 1, 2)),
        start=start,
        end=None if start is None else start + rng.randrange(12),
        cover=cover,
        requires=tuple(rng.sample(earlier, 1)) if earlier and rng.random() < 0.25 else (),
        group=rng.choice((None, None, None, "a", "b")),
    )
