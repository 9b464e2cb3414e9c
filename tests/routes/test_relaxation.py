"""The relaxation must bound every route, and may exclude a candidate only when no better route holds it."""

from dataclasses import replace
from types import SimpleNamespace

import pytest

from iom.routes import optimiser, relaxation
from iom.routes.instance import Instance, RouteItemSpec
from iom.routes.relaxation import relax
from iom.routes.rules import prepare
from tests.routes.second_opinion import best_of_all_subsets, best_of_small, small_instance


def test_half_an_item_fills_the_hours_that_are_left():
    # 60 per cent in 40 hours, 30 hours allowed: three quarters of it cover 45 points, 45 · 5 − 30 = 195.
    relaxed = relax(prepare(Instance("half", weights=(1,), hours_max=30, items=(RouteItemSpec("a", "program", 30, cover={0: 60}),))))
    assert relaxed.whole_bound == 300 - 30
    two = (RouteItemSpec("a", "program", 20, cover={0: 30}), RouteItemSpec("b", "program", 20, cover={0: 30}))
    relaxed = relax(prepare(Instance("half", weights=(1,), hours_max=30, items=two)))
    assert relaxed.bound == pytest.approx(195)
    assert sorted(relaxed.shares) == pytest.approx([0.5, 1.0])


@pytest.mark.parametrize("seed", range(40))
def test_the_bound_stands_over_the_best_route_and_keeps_its_candidates(seed):
    instance = small_instance(seed)
    best = best_of_small(seed)
    problem = prepare(instance)
    relaxed = relax(problem)
    if best is None:
        return
    value, ids = best
    assert relaxed.whole_bound >= value
    assert set(ids) <= set(problem.ids_of(relaxed.able_to_reach(value)))


@pytest.mark.parametrize("seed", range(9))
def test_a_candidate_cut_off_stands_in_no_route_as_good(seed):
    instance = small_instance(seed)
    best = best_of_small(seed)
    if best is None:
        return
    problem = prepare(instance)
    able = relax(problem).able_to_reach(best[0])
    for place in set(range(len(problem.items))) - set(able):
        with_it = best_of_all_subsets(replace(instance, must=(*instance.must, problem.items[place].id)))
        assert with_it is None or with_it[0] < best[0]


def test_demands_beyond_all_fractions_are_known_at_once():
    items = (RouteItemSpec("a", "event", 4),)
    assert relax(prepare(Instance("much", weights=(1,), hours_max=72, items=items, hours_min=5))) is None


def test_the_most_promising_candidates_come_first():
    items = tuple(RouteItemSpec(number, "event", 10, cover={0: 10 * number}) for number in range(1, 7))
    relaxed = relax(prepare(Instance("order", weights=(1,), hours_max=20, items=items)))
    assert relaxed.by_promise() == [4, 5, 3, 2, 1, 0]
    assert relaxed.support() == [4, 5]


@pytest.mark.parametrize("seed", range(6))
def test_a_solver_that_gives_up_costs_time_and_nothing_else(seed, monkeypatch):
    monkeypatch.setattr(relaxation, "linprog", lambda *args, **kwargs: SimpleNamespace(status=4, success=False))
    monkeypatch.setattr(optimiser, "SEARCHED_AT_ONCE", 0)
    solution = optimiser.solve(small_instance(seed))
    assert (None if solution.objective is None else (solution.objective, solution.selected)) == best_of_small(seed)
