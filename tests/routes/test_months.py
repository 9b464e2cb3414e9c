"""Where the items of a route stand in the year: dates kept, order kept, no month heavier than it must be."""

from datetime import date, timedelta
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from iom.routes.months import Step, load_by_month, spread

START, END = date(2026, 9, 1), date(2027, 5, 31)


def test_dated_items_keep_their_dates():
    step = Step("a", 36, date(2026, 11, 9), date(2026, 11, 20))
    assert spread([step], START, END) == {"a": (date(2026, 11, 9), date(2026, 11, 20))}


def test_one_undated_item_begins_with_the_period_and_takes_a_month_for_eighteen_hours():
    assert spread([Step("a", 18)], START, END)["a"] == (START, date(2026, 9, 30))
    assert spread([Step("a", 36)], START, END)["a"] == (START, date(2026, 10, 31))
    assert spread([Step("a", 37)], START, END)["a"] == (START, date(2026, 11, 30))


def test_an_undated_item_goes_around_a_dated_one():
    dated = Step("a", 36, date(2026, 9, 7), date(2026, 10, 23))
    assert spread([dated, Step("b", 30)], START, END)["b"] == (date(2026, 11, 1), date(2026, 12, 31))


def test_equal_items_get_a_month_each_before_any_month_gets_two():
    placed = spread([Step(f"s{number}", 10) for number in range(9)], START, END)
    assert len({first for first, _ in placed.values()}) == 9


def test_a_prerequisite_ends_before_its_item_starts():
    placed = spread([Step("a", 72), Step("b", 10, requires=("c",)), Step("c", 10, requires=("d",)), Step("d", 30)], START, END)
    assert placed["d"][1] < placed["c"][0]
    assert placed["c"][1] < placed["b"][0]


def test_a_prerequisite_of_a_dated_item_is_done_in_the_days_before_it():
    placed = spread([Step("a", 4), Step("b", 16, date(2026, 9, 15), date(2026, 9, 16), requires=("a",))], START, END)
    assert placed["a"] == (START, date(2026, 9, 14))


def test_a_chain_leaves_room_for_its_end_even_when_the_last_months_are_emptiest():
    busy = [Step(f"d{month}", 60, date(2026, month, 1), date(2026, month, 28)) for month in (9, 10, 11, 12)]
    chain = [Step("a", 18), Step("b", 18, requires=("a",)), Step("c", 18, requires=("b",))]
    placed = spread([*busy, *chain], START, END)
    assert placed["a"][1] < placed["b"][0] <= placed["b"][1] < placed["c"][0]
    assert placed["c"][1] <= END


def test_days_off_hold_no_beginning_and_no_end():
    blocked = [(START, date(2026, 9, 9)), (date(2026, 10, 25), date(2026, 11, 8))]
    assert spread([Step("a", 30)], START, END, blocked)["a"] == (date(2026, 9, 10), date(2026, 10, 24))


def test_a_month_without_free_days_is_left_out():
    blocked = [(date(2026, 9, 1), date(2026, 9, 30))]
    assert spread([Step("a", 10)], START, END, blocked)["a"][0] == date(2026, 10, 1)


def test_what_cannot_be_in_time_is_placed_inside_the_period():
    late = Step("a", 10, date(2027, 5, 20), END)
    assert spread([late, Step("b", 40, requires=("a",))], START, END)["b"] == (END, END)


def test_two_items_that_require_each_other_are_placed_all_the_same():
    placed = spread([Step("a", 10, requires=("b",)), Step("b", 10, requires=("a",))], START, END)
    assert set(placed) == {"a", "b"}


def test_a_period_of_days_off_only_is_an_error():
    with pytest.raises(ValueError, match="free day"):
        spread([Step("a", 10)], START, START, [(START, END)])


def test_load_by_month_adds_up_day_by_day():
    placed = {"a": (date(2026, 9, 21), date(2026, 10, 10)), "b": (date(2026, 10, 1), date(2026, 10, 1))}
    assert load_by_month(placed, {"a": 40, "b": 6}) == pytest.approx({date(2026, 9, 1): 20, date(2026, 10, 1): 26})


steps = st.lists(st.tuples(st.integers(1, 80), st.none() | st.integers(0, 250), st.integers(1, 20), st.booleans()), max_size=8)


def as_steps(facts) -> list[Step]:
    built = []
    for number, (hours, day, length, follows) in enumerate(facts):
        first = None if day is None else START + timedelta(day)
        last = None if first is None else min(END, first + timedelta(length))
        before = (built[-1].id,) if built and follows and first is None and built[-1].first is None else ()
        built.append(Step(number, hours, first, last, before))
    return built


@settings(max_examples=80)
@given(steps, st.integers(0, 10**6))
def test_any_route_fits_into_its_period_and_does_not_depend_on_the_order_of_steps(facts, seed):
    built = as_steps(facts)
    placed = spread(built, START, END)
    assert set(placed) == {step.id for step in built}
    assert all(START <= first <= last <= END for first, last in placed.values())
    assert spread(Random(seed).sample(built, len(built)), START, END) == placed


@given(st.lists(st.integers(1, 18), min_size=1, max_size=18))
def test_small_items_never_fill_a_month_much_over_the_mean(hours):
    # A greedy for equal machines stays under the mean and one item; months within a quarter count as equally full.
    placed = spread([Step(number, amount) for number, amount in enumerate(hours)], START, END)
    load = load_by_month(placed, dict(enumerate(hours)))
    assert max(load.values()) <= 1.25 * (sum(hours) / 9 + max(hours)) + 1e-6
