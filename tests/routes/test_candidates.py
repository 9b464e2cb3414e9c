"""From needs, candidates and conditions to an instance: weights, barriers, what is left outside."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from iom.profiles.kinds import DeficitKind
from iom.profiles.priority import Need
from iom.routes.candidates import Candidate, Conditions, barriers_of, days_of, make_case, weights_of
from iom.routes.reasons import Obstacle

DEFICIT, CLAIM = DeficitKind.DEFICIT, DeficitKind.CLAIM
YEAR = Conditions(hours_max=72, starts_on=date(2026, 9, 1), ends_on=date(2027, 5, 31))


def candidate(name="a", **facts) -> Candidate:
    return Candidate(name, "program", 36, **{"cover": {"A": 60}, **facts})


@pytest.mark.parametrize(
    ("priorities", "weights"),
    [
        ((), ()),
        ((0.4,), (10,)),
        ((0.4, 0.2, 0.1), (10, 5, 3)),  # 2.5 is rounded up
        ((1.0, 0.04), (10, 1)),  # never 0
        ((0.0, 0.0), (1, 1)),
        ((0.3, 0.3 * 1.5), (7, 10)),  # 6.67
    ],
)
def test_weights_are_those_of_hand_arithmetic(priorities, weights):
    assert weights_of(priorities) == weights


@given(st.lists(st.just(0.0) | st.floats(1e-9, 10), min_size=1, max_size=8), st.sampled_from([0.5, 2.0, 8.0]))
def test_weights_keep_the_order_and_do_not_depend_on_the_unit(priorities, unit):
    weights = weights_of(priorities)
    assert all(1 <= weight <= 10 for weight in weights)
    assert sorted(range(len(weights)), key=lambda k: (priorities[k], weights[k])) == sorted(
        range(len(weights)), key=lambda k: priorities[k]
    )
    assert weights_of([priority * unit for priority in priorities]) == weights


def test_claims_weigh_half_and_the_least_urgent_needs_wait():
    needs = [
        Need("A", DEFICIT, severity=0.2),
        Need("B", CLAIM, severity=0.2),
        Need("C", DEFICIT, severity=0.4),
        Need("D", DEFICIT, severity=0.05, is_marked=True),
    ]
    case = make_case(needs, [candidate()], replace(YEAR, needs_max=3))
    # Priorities: C 0.4, A 0.2, B 0.1, D 0.075.
    assert (case.codes, case.instance.weights, case.postponed) == (("C", "A", "B"), (10, 5, 3), ("D",))
    assert case.instance.items[0].cover == {1: 60}


def test_one_code_counts_once_with_its_highest_priority():
    needs = [Need("A", CLAIM, severity=0.4), Need("A", DEFICIT, severity=0.3), Need("B", DEFICIT, severity=0.6)]
    case = make_case(needs, [], YEAR)
    assert (case.codes, case.instance.weights) == (("B", "A"), (10, 5))


@pytest.mark.parametrize(
    ("facts", "barriers"),
    [
        ({}, set()),
        ({"start": date(2026, 9, 1), "end": date(2027, 5, 31)}, set()),
        ({"start": date(2026, 8, 31), "end": date(2026, 9, 10)}, {Obstacle.DATES}),
        ({"start": date(2027, 5, 1), "end": date(2027, 6, 1)}, {Obstacle.DATES}),
        ({"start": date(2026, 12, 20), "end": date(2026, 12, 30), "load": 1}, {Obstacle.DATES}),
        ({"start": date(2026, 12, 20), "end": date(2026, 12, 29), "load": 1}, set()),
        ({"start": date(2026, 12, 20), "end": date(2027, 1, 30), "load": 0}, set()),
        ({"start": date(2027, 1, 5), "load": 2}, {Obstacle.DATES}),
        ({"end": date(2027, 6, 5)}, {Obstacle.DATES}),
        ({"seats_left": 0}, {Obstacle.SEATS}),
        ({"seats_left": 1}, set()),
        ({"obstacles": ("subject",), "seats_left": 0}, {Obstacle.SEATS, Obstacle.ELIGIBILITY}),
    ],
)
def test_barriers_are_dates_seats_and_eligibility(facts, barriers):
    holidays = replace(YEAR, blocked=((date(2026, 12, 30), date(2027, 1, 10)),))
    assert barriers_of(candidate(**facts), holidays) == barriers


def test_barred_candidates_stay_outside_and_pinned_ones_are_told():
    case = make_case([], [candidate("a"), candidate("b", seats_left=0)], replace(YEAR, must=("b", "a")))
    assert [item.id for item in case.instance.items] == ["a"]
    assert [one.item.id for one in case.barred] == ["b"]
    assert (case.instance.must, case.pinned_but_barred) == (("a",), ("b",))


def test_one_day_may_be_given_by_either_end():
    day = date(2026, 10, 8)
    assert days_of(candidate(start=day)) == days_of(candidate(end=day)) == (day, day)
    assert days_of(candidate()) is None


def test_two_candidates_with_one_id_are_an_error():
    with pytest.raises(ValueError, match="different ids"):
        make_case([], [candidate(), candidate()], YEAR)
