"""Lengths are worked out by hand from the scales named in the module."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from iom.web.charts import clamp_percent, heat_shade, hours_curve, month_bars, spark


def _number(percent: str) -> float:
    assert percent.endswith("%")
    return float(percent[:-1])


def test_fullest_month_is_as_high_as_the_drawing_and_the_others_are_in_proportion() -> None:
    september, october, november = month_bars([{"running": 16}, {"running": 20, "done": 4}, {"planned": 12}])

    assert [(bar.kind, bar.y, bar.height) for bar in september] == [("running", "33.33%", "66.67%")]  # 16 of 24
    assert [(bar.kind, bar.y) for bar in october] == [("running", "16.67%"), ("done", "0%")]
    assert [(bar.kind, bar.y, bar.height) for bar in november] == [("planned", "50%", "50%")]


def test_bar_on_another_leaves_daylight_and_ends_where_the_stack_ends() -> None:
    running, done = month_bars([{"running": 20, "done": 4}])[0]

    assert (running.y, running.height) == ("16.67%", "83.33%")
    assert (done.y, done.height) == ("0%", "13.67%")  # 4 of 24 hours are 16.67, less the gap of 3


def test_month_without_hours_has_no_bar() -> None:
    assert month_bars([{}, {"planned": 0}, {"planned": 5}])[:2] == [[], []]
    assert month_bars([]) == []


months = st.lists(
    st.fixed_dictionaries({"done": st.integers(0, 90), "running": st.integers(0, 90), "planned": st.integers(0, 90)}), max_size=9
)


@given(months)
def test_bars_stay_inside_the_drawing(items: list[dict[str, float]]) -> None:
    for bars in month_bars(items):
        for bar in bars:
            assert _number(bar.y) >= -0.01
            assert _number(bar.y) + _number(bar.height) <= 100.02


def test_curve_is_a_staircase_from_zero() -> None:
    curve = hours_curve([24, 72], [50, 100], chosen=72)

    # 72 × 25/24 = 75 hours fill the width of 90 % that starts at 9 %; 100 % of coverage is 82 % of the height above 88 %.
    assert curve.lines == [
        ("9%", "88%", "37.8%", "88%"),
        ("37.8%", "88%", "37.8%", "47%"),
        ("37.8%", "47%", "95.4%", "47%"),
        ("95.4%", "47%", "95.4%", "6%"),
        ("95.4%", "6%", "99%", "6%"),
    ]
    assert [(point.x, point.y, point.is_chosen) for point in curve.points] == [("37.8%", "47%", False), ("95.4%", "6%", True)]
    assert curve.grid == [(0, "88%"), (50, "47%"), (100, "6%")]


def test_labels_that_would_run_into_each_other_give_way_to_the_chosen_one() -> None:
    curve = hours_curve([70, 72, 144], [80, 86, 95], chosen=72)

    assert [point.hours for point in curve.points if point.has_label] == [72, 144]


@pytest.mark.parametrize("hours", [[], [0, 5], [5, 5], [8, 4]])
def test_curve_wants_rising_hours(hours: list[float]) -> None:
    with pytest.raises(ValueError, match="rise"):
        hours_curve(hours, [50] * len(hours))


def test_curve_wants_a_coverage_for_each_route() -> None:
    with pytest.raises(ValueError, match="zip"):
        hours_curve([1, 2], [50])


def test_past_is_drawn_from_zero_so_that_a_tenth_looks_like_a_tenth() -> None:
    line = spark([0, 50, 100])

    # The top is 110, the room 22: 20 of it for 100, 10 for 50.
    assert line.points == "3.0,25.0 43.0,15.0 83.0,5.0"
    assert (line.last_x, line.last_y, line.target_y) == ("83.0", "5.0", None)


def test_target_above_all_values_sets_the_scale() -> None:
    assert spark([50, 50], target=100).target_y == "5.0"


def test_single_value_stands_where_now_is() -> None:
    assert spark([100]).points == "83.0,5.0"


def test_nothing_so_far_is_a_line_on_the_floor() -> None:
    assert spark([0, 0]).points == "3.0,25.0 83.0,25.0"


def test_line_of_no_values_is_refused() -> None:
    with pytest.raises(ValueError, match="at least one"):
        spark([])


@pytest.mark.parametrize(
    ("share", "shade"),
    [(0, 0), (0.4, 1), (11.9, 1), (12, 2), (23, 2), (24, 3), (35, 3), (36, 4), (47, 4), (48, 5), (59, 5), (60, 6), (100, 6)],
)
def test_shade_changes_every_twelve_points(share: float, shade: int) -> None:
    assert heat_shade(share) == shade


@pytest.mark.parametrize(("value", "text"), [(39, "39%"), (-5, "0%"), (120.5, "100%"), (61.456, "61.46%"), (12.5, "12.5%")])
def test_length_never_leaves_the_drawing(value: float, text: str) -> None:
    assert clamp_percent(value) == text
