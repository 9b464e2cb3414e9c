"""Each answer to «why not» on an instance made for it, and the promise behind it: without the obstacle the deficit can be covered."""

from dataclasses import replace
from itertools import combinations
from random import Random

import pytest

from iom.routes.instance import Instance, RouteItemSpec
from iom.routes.optimiser import Status, solve
from iom.routes.reasons import Barred, Explanation, Obstacle, UncoveredReason, explain
from tests.routes.second_opinion import small_instance, violations


def plenty() -> float:
    return 10.0


def item(name, hours=20, cover=60, **facts):
    return RouteItemSpec(name, facts.pop("kind", "program"), hours, cover={0: cover} if cover else {}, **facts)


def asked(instance: Instance, *barred: Barred, need: int = 0) -> Explanation:
    return explain(instance, barred, solve(instance).selected, need, plenty)


def one_need(*items: RouteItemSpec, **limits) -> Instance:
    return Instance("one", weights=(5,), items=items, **{"hours_max": 72, **limits})


CASES = {
    "a prerequisite that is not offered": (one_need(item("b", requires=("gone",))), (), Obstacle.PREREQUISITE, ("b",), None),
    "a prerequisite that takes the hours": (
        one_need(item("a", 60, 0), item("b", 20, 60, requires=("a",))),
        (),
        Obstacle.PREREQUISITE,
        ("b",),
        None,
    ),
    "a run outside the period": (one_need(), (Barred(item("a"), frozenset({Obstacle.DATES})),), Obstacle.DATES, ("a",), None),
    "two halves on the same days": (
        one_need(item("a", 20, 30, load=2, start=1, end=4), item("b", 20, 30, load=1, start=4, end=6)),
        (),
        Obstacle.DATES,
        ("a", "b"),
        None,
    ),
    "a prerequisite that ends too late": (
        one_need(item("a", 4, 0, start=1, end=9), item("b", 20, 60, start=5, end=8, requires=("a",))),
        (),
        Obstacle.PREREQUISITE,
        ("b",),
        None,
    ),
    "no seats left": (one_need(), (Barred(item("a"), frozenset({Obstacle.SEATS})),), Obstacle.SEATS, ("a",), None),
    "no seats in what comes before": (
        one_need(item("b", 20, 60, requires=("a",))),
        (Barred(item("a", 8, 0), frozenset({Obstacle.SEATS})),),
        Obstacle.PREREQUISITE,
        ("b",),
        None,
    ),
    "too dear": (one_need(item("a", price=4000), money_max=3000), (), Obstacle.MONEY, ("a",), 4000),
    "too dear together": (
        one_need(item("a", 20, 30, price=2000), item("b", 20, 30, price=2500), item("c", 9, 20), money_max=3000),
        (),
        Obstacle.MONEY,
        ("a", "b"),
        4500,
    ),
    "too long": (one_need(item("a", 108, 90), item("b", 90, 60)), (), Obstacle.HOURS, ("b",), 90),
    "not for this person": (one_need(), (Barred(item("a"), frozenset({Obstacle.ELIGIBILITY})),), Obstacle.ELIGIBILITY, ("a",), None),
    "too many items": (one_need(item("a", 4, 30), item("b", 4, 30), items_max=1), (), Obstacle.ITEMS, ("a", "b"), None),
    "too many of a kind": (one_need(item("a"), kind_max={"program": 0}), (), Obstacle.ITEMS, ("a",), None),
    "pinned items take the hours": (one_need(item("a"), item("z", 60, 0), must=("z",)), (), Obstacle.HOURS, ("a",), 80),
    "taken out by hand": (one_need(item("a"), forbidden=("a",)), (), Obstacle.REMOVED, ("a",), None),
}


@pytest.mark.parametrize("case", CASES.values(), ids=CASES)
def test_the_first_obstacle_that_helps_is_named_with_its_candidates(case):
    instance, barred, obstacle, candidates, needed = case
    why = asked(instance, *barred)
    assert (why.reason, why.obstacles, why.candidates, why.needed) == (UncoveredReason.OBSTACLE, (obstacle,), candidates, needed)


def test_pinned_items_are_named_when_more_hours_would_not_help():
    pinned = item("z", 10, 0, load=2, start=1, end=9)
    wanted = item("a", load=2, start=5, end=6, price=10)
    instance = one_need(pinned, wanted, must=("z",), money_max=5)
    why = asked(instance)
    assert (why.reason, why.obstacles) == (UncoveredReason.OBSTACLE, (Obstacle.DATES, Obstacle.MONEY))


def test_demands_are_named_when_they_alone_take_the_place():
    why = asked(one_need(item("a", group="g"), item("z", 10, 0, group="g"), must=("z",)))
    assert (why.reason, why.obstacles, why.candidates) == (UncoveredReason.OBSTACLE, (Obstacle.DEMANDS,), ("a",))


def test_several_obstacles_are_named_only_when_no_single_one_helps():
    barred = Barred(item("a", 90, 80, price=9000), frozenset({Obstacle.SEATS, Obstacle.ELIGIBILITY}))
    why = asked(one_need(money_max=3000), barred)
    assert why.obstacles == (Obstacle.SEATS, Obstacle.MONEY, Obstacle.HOURS, Obstacle.ELIGIBILITY)
    assert (why.candidates, why.needed) == (("a",), 9000)


def test_nothing_in_the_catalog_is_no_programme_with_the_best_there_is():
    why = asked(one_need(item("a", 4, 15), item("b", 8, 28)))
    assert (why.reason, why.reachable, why.candidates) == (UncoveredReason.NO_PROGRAMME, 43, ())


def test_what_was_more_important_is_named():
    # 40 hours for one of two programmes: 9 · 300 against 2 · 300; the third need is covered by a short event either way.
    items = (
        RouteItemSpec("a", "program", 40, cover={0: 60}),
        RouteItemSpec("b", "program", 40, cover={1: 60}),
        RouteItemSpec("c", "event", 4, cover={2: 60}),
    )
    instance = Instance("rivals", weights=(9, 2, 1), hours_max=44, items=items)
    why = asked(instance, need=1)
    assert (why.reason, why.reachable, why.winners) == (UncoveredReason.OUTWEIGHED, 60, (0,))


def test_time_that_runs_out_is_not_taken_for_a_missing_programme():
    why = explain(one_need(item("a", 4, 15)), (), (), 0, lambda: 0.0)
    assert why.reason is UncoveredReason.NOT_CHECKED


def without(instance: Instance, barred: tuple[Barred, ...], why: Explanation) -> Instance:
    """The instance after the named obstacles were removed in the real world: only for the named candidates, only as far as needed."""
    named = set(why.candidates)
    items = [*instance.items, *(one.item for one in barred if one.item.id in named and one.barriers <= set(why.obstacles))]
    for obstacle in why.obstacles:
        if obstacle is Obstacle.PREREQUISITE:
            items = [replace(one, requires=()) if one.id in named else one for one in items]
        elif obstacle is Obstacle.DATES:
            items = [replace(one, start=None, end=None) for one in items]
        elif obstacle is Obstacle.MONEY:
            instance = replace(instance, money_max=why.needed)
        elif obstacle is Obstacle.HOURS:
            instance = replace(instance, hours_max=why.needed if len(why.obstacles) == 1 else 10**4)
        elif obstacle is Obstacle.ITEMS:
            instance = replace(instance, items_max=None, kind_max={})
        elif obstacle is Obstacle.DEMANDS:
            instance = replace(instance, must=(), kind_min={}, hours_min=0)
        elif obstacle is Obstacle.REMOVED:
            instance = replace(instance, forbidden=tuple(other for other in instance.forbidden if other not in named))
    return replace(instance, items=tuple(items))


def best_cover(instance: Instance, need: int) -> int:
    """The largest coverage of one deficit by trying every small set."""
    ids = [one.id for one in instance.items]
    cover = {one.id: one.cover.get(need, 0) for one in instance.items}
    routes = (route for size in range(6) for route in combinations(ids, size) if not violations(instance, route))
    return max((sum(cover[item_id] for item_id in route) for route in routes), default=0)


@pytest.mark.parametrize("seed", range(40))
def test_without_the_named_obstacle_the_deficit_can_be_covered_and_before_it_could_not(seed):
    rng = Random(seed)
    whole = small_instance(seed)
    barriers = [Obstacle.DATES, Obstacle.SEATS, Obstacle.ELIGIBILITY]
    outside = [one for one in whole.items if one.id not in whole.must and rng.random() < 0.4]
    barred = tuple(Barred(one, frozenset(rng.sample(barriers, rng.choice((1, 1, 2))))) for one in outside)
    instance = replace(whole, items=tuple(one for one in whole.items if one not in outside)[:9], must=(), kind_min={}, hours_min=0)
    solution = solve(instance)
    assert solution.status is Status.OPTIMAL
    chosen = [one for one in instance.items if one.id in solution.selected]
    for need in range(len(instance.weights)):
        if sum(one.cover.get(need, 0) for one in chosen) >= 60:
            continue
        why = explain(instance, barred, solution.selected, need, plenty)
        assert why.reachable == best_cover(instance, need)
        assert (why.reason is UncoveredReason.OUTWEIGHED) == (why.reachable >= 60)
        if why.reason is UncoveredReason.OBSTACLE:
            assert best_cover(without(instance, barred, why), need) >= 60
