"""The optimiser against every subset, against another solver, and against what a best route must do when the problem changes."""

from dataclasses import replace
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from iom.routes import optimiser
from iom.routes.instance import Instance, RouteItemSpec
from iom.routes.made import made_instance
from iom.routes.optimiser import OutOfTimeError, Status, solve
from iom.routes.rules import Rule
from tests.routes.second_opinion import best_of_all_subsets, best_of_small, best_value_by_milp, objective, small_instance, violations


def shuffled(instance: Instance, seed: int) -> Instance:
    items = list(instance.items)
    Random(seed).shuffle(items)
    return replace(instance, items=tuple(items))


def checked(instance: Instance):
    """The solution, after its rules, its Z and its bound were checked by code of our own."""
    solution = solve(instance)
    assert solution.status is Status.OPTIMAL
    assert violations(instance, solution.selected) == []
    assert objective(instance, solution.selected) == solution.objective == solution.bound
    assert solution.gap == 0
    return solution


@pytest.mark.parametrize("seed", range(60))
def test_the_way_of_large_instances_finds_the_same_on_small_ones(seed, monkeypatch):
    monkeypatch.setattr(optimiser, "SEARCHED_AT_ONCE", 0)
    monkeypatch.setattr(optimiser, "CORE", 4)
    expected = best_of_small(seed)
    solution = solve(small_instance(seed))
    assert (None if solution.objective is None else (solution.objective, solution.selected)) == expected


@pytest.mark.parametrize("seed", range(60))
def test_small_instances_equal_the_best_of_all_subsets(seed):
    instance = small_instance(seed)
    expected = best_of_small(seed)
    solution = solve(instance)
    if expected is None:
        assert (solution.status, solution.objective, solution.bound, solution.gap, solution.selected) == (
            Status.INFEASIBLE,
            None,
            None,
            None,
            (),
        )
    else:
        assert (solution.objective, solution.selected) == expected
        assert checked(instance).selected == solution.selected


def test_small_instances_hold_both_possible_and_impossible_ones():
    outcomes = [best_of_small(seed) is None for seed in range(60)]
    assert 10 <= sum(outcomes) <= 40


@pytest.mark.parametrize("size", [60, 110, 200])
@pytest.mark.parametrize("seed", [1, 2])
def test_larger_instances_equal_another_solver_with_another_formulation(size, seed):
    instance = made_instance(seed, size, deficits=6)
    assert checked(instance).objective == best_value_by_milp(instance)


@pytest.mark.parametrize("seed", [3, 4])
def test_demands_on_a_large_instance_equal_another_solver(seed):
    plain = made_instance(seed, 120, deficits=5, hours_max=144)
    without_cover = [item.id for item in plain.items if not item.cover and item.hours <= 24 and not item.requires and not item.price]
    instance = replace(plain, must=(without_cover[0],), hours_min=140, kind_min={"mentoring": 2}, kind_max={"program": 2})
    assert checked(instance).objective == best_value_by_milp(instance)


@pytest.mark.parametrize(("size", "seed"), [(12, 1), (60, 2), (90, 3), (300, 4), (300, 5)])
def test_order_of_candidates_changes_nothing(size, seed):
    instance = made_instance(seed, size)
    expected = checked(instance).selected
    assert [checked(shuffled(instance, shuffle)).selected for shuffle in (1, 2)] == [expected] * 2


def test_every_limit_loosened_on_three_hundred_candidates_never_lowers_the_value():
    instance = made_instance(6, 300, hours_max=108)
    instance = replace(instance, money_max=5000)
    value = checked(instance).objective
    assert checked(replace(instance, hours_max=120)).objective >= value
    assert checked(replace(instance, money_max=9000)).objective >= value
    assert checked(replace(instance, items_max=9)).objective >= value
    assert checked(replace(instance, load_max=3)).objective >= value
    assert checked(replace(instance, items=(*instance.items, RouteItemSpec("new", "event", 4, cover={0: 20})))).objective >= value


def test_removing_a_candidate_outside_the_route_leaves_the_route():
    instance = made_instance(7, 150)
    solution = checked(instance)
    needed = {before for item in instance.items for before in item.requires}
    outside = [item.id for item in instance.items if item.id not in solution.selected and item.id not in needed]
    for removed in outside[:: len(outside) // 3]:
        left = replace(instance, items=tuple(item for item in instance.items if item.id != removed))
        assert checked(left).selected == solution.selected


def test_two_deficits_are_solved_as_by_hand():
    # Weights 2 and 1. Alone: a = 2·V(60) − 36 = 564, b = 2·V(78) − 72 = 636, c = V(100) − 30 = 390.
    # Pairs within 72 hours: a + c = 564 + 390 = 954 in 66 hours; b leaves no room for another one.
    items = (
        RouteItemSpec("a", "program", 36, cover={0: 60}),
        RouteItemSpec("b", "program", 72, cover={0: 78}),
        RouteItemSpec("c", "mentoring", 30, cover={1: 100}),
    )
    solution = checked(Instance("hand", weights=(2, 1), hours_max=72, items=items))
    assert (solution.objective, solution.selected) == (954, ("a", "c"))


def test_ties_go_to_fewer_hours_then_a_lower_price_then_smaller_ids():
    def item(name, hours, price):
        return RouteItemSpec(name, "program", hours, price, cover={0: 60})

    def chosen(*items):
        return checked(Instance("ties", weights=(1,), hours_max=50, items=items, rho=0, items_max=1)).selected

    assert chosen(item("a", 30, 0), item("b", 20, 900), item("c", 20, 800), item("d", 20, 800)) == ("c",)
    assert chosen(item("b", 20, 5), item("a", 30, 0)) == ("b",)
    assert chosen(item("b", 20, 5), item("a", 20, 5)) == ("a",)
    assert chosen(item(10, 20, 5), item(9, 20, 5)) == (9,)


@pytest.mark.parametrize("size", [60, 100])
def test_many_equal_candidates_yield_the_first_ids(size):
    items = tuple(RouteItemSpec(f"e{number:02d}", "event", 4, cover={0: 20}) for number in range(size))
    solution = checked(shuffled(Instance("equal", weights=(1,), hours_max=72, items=items, items_max=3), 5))
    assert solution.selected == ("e00", "e01", "e02")


def test_among_equal_sets_the_first_id_decides_before_the_others():
    # {a, d} and {b, c} are equal in value, hours and price; a comes first although d comes last.
    items = (
        RouteItemSpec("a", "event", 8, cover={0: 30}),
        RouteItemSpec("d", "event", 4, cover={1: 30}),
        RouteItemSpec("b", "event", 6, cover={0: 30}, group="b"),
        RouteItemSpec("c", "event", 6, cover={1: 30}, requires=("b",)),
    )
    pairs = Instance("pairs", weights=(1, 1), hours_max=12, items=(items[0], replace(items[1], requires=("a",)), *items[2:]))
    assert checked(pairs).selected == ("a", "d")


def test_an_idle_item_without_hours_is_not_taken():
    idle = RouteItemSpec("z", "resource", 0)
    useful = RouteItemSpec("a", "event", 4, cover={0: 20})
    assert checked(Instance("idle", weights=(1,), hours_max=10, items=(idle, useful))).selected == ("a",)


@pytest.mark.parametrize("others", [0, 80])
def test_numbers_too_large_for_one_composite_are_decided_in_turn(others):
    items = tuple(
        RouteItemSpec(name, "program", hours, price, cover={0: 60})
        for name, hours, price in (("a", 900_000, 100_000_000), ("b", 900_000, 90_000_000), ("c", 900_001, 0), ("d", 900_000, 90_000_000))
    )
    items += tuple(RouteItemSpec(f"x{number}", "event", 999_999, 1, cover={0: 59}) for number in range(others))
    instance = Instance("large", weights=(100_000,), hours_max=1_000_000, items=items, rho=0)
    assert checked(instance).selected == ("b",)


def test_days_are_whole_and_both_ends_count():
    first = RouteItemSpec("a", "program", 10, load=2, start=1, end=3, cover={0: 60})
    touching = RouteItemSpec("b", "program", 10, load=1, start=3, end=5, cover={1: 60})
    instance = Instance("days", weights=(2, 1), hours_max=40, items=(first, touching))
    assert checked(instance).selected == ("a",)
    later = replace(instance, items=(first, replace(touching, start=4)))
    assert checked(later).selected == ("a", "b")


def test_a_prerequisite_must_end_before_its_item_starts():
    before = RouteItemSpec("a", "event", 4, start=1, end=5)
    item = RouteItemSpec("b", "program", 20, start=5, end=9, cover={0: 60}, requires=("a",))
    instance = Instance("order", weights=(5,), hours_max=40, items=(before, item))
    assert checked(instance).selected == ()
    assert checked(replace(instance, items=(replace(before, end=4), item))).selected == ("a", "b")
    assert checked(replace(instance, items=(replace(before, start=None, end=None), item))).selected == ("a", "b")


def test_an_item_whose_prerequisite_is_not_offered_is_impossible():
    item = RouteItemSpec("b", "program", 20, cover={0: 60}, requires=("gone",))
    assert checked(Instance("gone", weights=(5,), hours_max=40, items=(item,))).selected == ()


def test_no_candidates_make_an_empty_route_worth_nothing():
    solution = checked(Instance("empty", weights=(5,), hours_max=40, items=()))
    assert (solution.objective, solution.selected) == (0, ())


def demanding(**changes) -> Instance:
    items = (
        RouteItemSpec("a", "program", 36, price=4000, cover={0: 60}),
        RouteItemSpec("b", "event", 8, cover={0: 20}),
        RouteItemSpec("c", "program", 50, cover={1: 60}),
    )
    return replace(Instance("demands", weights=(5, 3), hours_max=72, items=items, money_max=3000), **changes)


def test_minimum_hours_give_first_and_the_nearest_route_is_named():
    solution = solve(demanding(hours_min=70))
    assert solution.status is Status.INFEASIBLE
    assert [(gave.rule, gave.subject, gave.asked, gave.possible) for gave in solution.gave_way] == [(Rule.HOURS_MIN, None, 70, 58)]
    assert solution.nearest == ("b", "c")
    assert solution.clashes == ()  # 70 hours take the dear programme and more than 72 hours both


def test_a_minimum_of_a_kind_gives_before_a_pinned_item():
    solution = solve(demanding(must=("b",), kind_min={"event": 2, "program": 1}))
    assert [(gave.rule, gave.subject, gave.asked, gave.possible) for gave in solution.gave_way] == [(Rule.KIND_MIN, "event", 2, 1)]
    assert solution.nearest == ("b", "c")


def test_a_pinned_item_that_costs_too_much_gives_and_money_is_named_as_the_clash():
    solution = solve(demanding(must=("a", "b")))
    assert [(gave.rule, gave.subject) for gave in solution.gave_way] == [(Rule.MUST, "a")]
    assert solution.clashes == (Rule.MONEY,)
    assert "b" in solution.nearest


def test_as_few_pinned_items_as_possible_give():
    items = tuple(RouteItemSpec(name, "event", hours, cover={0: 20}) for name, hours in (("a", 40), ("b", 20), ("c", 20)))
    solution = solve(Instance("pins", weights=(1,), hours_max=40, items=items, must=("a", "b", "c")))
    assert [gave.subject for gave in solution.gave_way] == ["a"]
    assert solution.clashes == (Rule.HOURS_MAX,)


def test_a_pinned_and_forbidden_item_is_a_contradiction():
    solution = solve(demanding(must=("b",), forbidden=("b",)))
    assert [(gave.rule, gave.subject) for gave in solution.gave_way] == [(Rule.MUST, "b")]
    assert solution.clashes == (Rule.FORBIDDEN,)


@pytest.mark.parametrize("seed", [seed for seed in range(60) if best_of_small(seed) is None][:12])
def test_the_nearest_route_breaks_only_what_is_named(seed):
    instance = small_instance(seed)
    solution = solve(instance)
    named = {(gave.rule, gave.subject): gave.possible for gave in solution.gave_way}
    softer = replace(
        instance,
        hours_min=named.get((Rule.HOURS_MIN, None), instance.hours_min),
        kind_min={kind: named.get((Rule.KIND_MIN, kind), least) for kind, least in instance.kind_min.items()},
        must=tuple(item_id for item_id in instance.must if (Rule.MUST, item_id) not in named),
    )
    assert named
    assert violations(softer, solution.nearest) == []
    assert objective(softer, solution.nearest) == best_of_all_subsets(softer)[0]


def ticking(step: float):
    """A clock that moves by itself at every look."""
    now = [0.0]

    def clock() -> float:
        now[0] += step
        return now[0]

    return clock


def test_time_that_runs_out_leaves_a_route_with_an_honest_bound():
    instance = made_instance(8, 300)
    best = checked(instance)
    hurried = solve(instance, time_limit=0.5, clock=ticking(1.0))
    assert hurried.status is Status.FEASIBLE
    assert violations(instance, hurried.selected) == []
    assert hurried.objective <= best.objective <= hurried.bound
    assert hurried.gap == pytest.approx((hurried.bound - hurried.objective) / hurried.bound)


def test_time_that_runs_out_with_empty_hands_says_so():
    instance = replace(made_instance(8, 60), hours_min=40)
    with pytest.raises(OutOfTimeError):
        solve(instance, time_limit=0.5, clock=ticking(1.0))


small_items = st.lists(
    st.builds(
        lambda hours, price, cover, start, length, load: (hours, price, dict(cover), start, length, load),
        st.integers(0, 40),
        st.integers(0, 3),
        st.lists(st.tuples(st.integers(0, 1), st.integers(0, 120)), max_size=2),
        st.none() | st.integers(0, 10),
        st.integers(0, 4),
        st.integers(0, 3),
    ),
    min_size=1,
    max_size=7,
)


@settings(max_examples=60)
@given(small_items, st.integers(0, 80), st.none() | st.integers(0, 6), st.integers(0, 3), st.integers(0, 2))
def test_any_small_problem_equals_the_best_of_all_subsets(specs, hours_max, money_max, load_max, rho):
    items = tuple(
        RouteItemSpec(number, "event", hours, price, load, start, None if start is None else start + length, cover)
        for number, (hours, price, cover, start, length, load) in enumerate(specs)
    )
    instance = Instance("any", weights=(3, 1), hours_max=hours_max, items=items, money_max=money_max, load_max=load_max, rho=rho)
    solution = solve(instance)
    assert (solution.objective, solution.selected) == best_of_all_subsets(instance)
