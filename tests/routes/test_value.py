"""V and Z against the values of the method and hand arithmetic."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from iom.routes.instance import DEFAULT_SEGMENTS, Instance, RouteItemSpec
from iom.routes.value import coverage_of, objective_of, value_of
from tests.routes.second_opinion import worth_of

ITEMS = (
    RouteItemSpec("a", "program", 36, cover={0: 49, 1: 15}),
    RouteItemSpec("b", "event", 4, cover={0: 15}),
    RouteItemSpec("c", "mentoring", 12),
)


@pytest.mark.parametrize(
    ("points", "value"), [(0, 0), (1, 5), (59, 295), (60, 300), (61, 303), (100, 420), (101, 421), (150, 470), (151, 470), (400, 470)]
)
def test_v_has_the_values_of_the_method(points, value):
    assert value_of(points, DEFAULT_SEGMENTS) == value


@given(st.integers(0, 300), st.lists(st.tuples(st.integers(0, 80), st.integers(0, 9)), max_size=4))
def test_v_adds_up_point_by_point(points, segments):
    assert value_of(points, segments) == worth_of(points, tuple(segments))


def test_coverage_and_z_of_a_route_are_those_of_hand_arithmetic():
    instance = Instance("hand", weights=(3, 2), hours_max=72, items=ITEMS)
    assert coverage_of(instance, ("a", "b")) == (64, 15)
    # 3 · (300 + 4 · 3) + 2 · 15 · 5 − 40 = 936 + 150 − 40
    assert objective_of(instance, ("a", "b")) == 1046
    assert objective_of(instance, ("c",)) == -12
    assert objective_of(instance, ()) == 0


def test_an_id_that_is_not_offered_is_an_error():
    with pytest.raises(KeyError):
        coverage_of(Instance("hand", weights=(1, 1), hours_max=72, items=ITEMS), ("a", "x"))
