"""Rules as rows: which candidates are possible, which days are checked, what falls away when a rule is lifted."""

from dataclasses import replace
from itertools import combinations
from random import Random

import pytest

from iom.routes.instance import Instance, RouteItemSpec
from iom.routes.rules import busiest_days, possible_items, prepare
from tests.routes.second_opinion import small_instance, violations


def possible(instance: Instance) -> list[object]:
    return [item.id for item in possible_items(instance)]


@pytest.mark.parametrize("seed", range(12))
def test_rows_hold_exactly_when_no_rule_is_broken(seed):
    instance = small_instance(seed)
    problem = prepare(instance)
    rng = Random(seed)
    for _ in range(200):
        places = rng.sample(range(len(problem.items)), rng.randint(0, min(5, len(problem.items))))
        assert problem.keeps(places) == (violations(instance, problem.ids_of(places)) == [])


@pytest.mark.parametrize("seed", range(12))
def test_items_left_out_could_stand_in_no_route(seed):
    instance = replace(small_instance(seed), must=(), kind_min={}, hours_min=0)
    left_out = {item.id for item in instance.items} - set(possible(instance))
    ids = [item.id for item in instance.items]
    routes = [route for size in range(5) for route in combinations(ids, size) if violations(instance, route) == []]
    assert not any(left_out & set(route) for route in routes)


def test_a_chain_of_prerequisites_falls_with_its_beginning():
    items = (
        RouteItemSpec("c", "event", 4, requires=("b",)),
        RouteItemSpec("b", "event", 4, requires=("a",)),
        RouteItemSpec("a", "event", 4, price=9000),
    )
    instance = Instance("chain", weights=(1,), hours_max=72, items=items)
    assert possible(instance) == ["a", "b", "c"]
    assert possible(replace(instance, money_max=100)) == []
    assert prepare(instance).closed_under_requires([2]) == {0, 1, 2}


def test_two_items_that_require_each_other_stand_or_fall_together():
    items = (RouteItemSpec("a", "event", 4, requires=("b",)), RouteItemSpec("b", "event", 4, requires=("a",)))
    problem = prepare(Instance("ring", weights=(1,), hours_max=72, items=items))
    assert [problem.keeps(places) for places in ([], [0], [1], [0, 1])] == [True, False, False, True]


@pytest.mark.parametrize("seed", range(20))
def test_checked_days_hold_every_overload_of_any_day(seed):
    rng = Random(seed)
    items = []
    for number in range(12):
        start = rng.randrange(15)
        items.append(RouteItemSpec(number, "program", 8, load=rng.choice((0, 1, 2)), start=start, end=start + rng.randrange(8)))
    checked = [set(running) for running in busiest_days(items)]
    for day in range(25):
        running = {place for place, item in enumerate(items) if item.load and item.start <= day <= item.end}
        assert not running or any(running <= together for together in checked)
    assert not any(one < other for one, other in combinations(checked, 2))
