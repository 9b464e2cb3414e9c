"""No small group can be worked out from what is shown: checked by hand and by an attack with linear algebra."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from iom.monitoring.suppression import hidden_parts, is_safe, sum_of


def test_large_groups_and_empty_ones_are_shown() -> None:
    assert hidden_parts({1: (20, 10), 2: (0, 30), 3: (5, 5), 4: (0, 0)}, 5) == frozenset()


def test_one_small_group_takes_the_smallest_neighbour_with_it() -> None:
    """3 of 40 would be the total minus the others; with 12 of 20 beside it only 15 of 60 can be worked out."""
    assert hidden_parts({1: (3, 37), 2: (12, 8), 3: (30, 30)}, 5) == {1, 2}


def test_those_left_out_are_a_group_too() -> None:
    """27 of 30 counted shows that three are not."""
    assert hidden_parts({1: (27, 3), 2: (50, 50), 3: (60, 60)}, 5) == {1, 2}


def test_two_tiny_groups_that_make_a_small_one_need_a_third() -> None:
    assert hidden_parts({1: (1, 9), 2: (1, 9), 3: (10, 10), 4: (40, 40)}, 5) == {1, 2, 3}


def test_two_small_groups_that_make_a_large_one_suffice() -> None:
    assert hidden_parts({1: (3, 10), 2: (4, 10), 3: (10, 10)}, 5) == {1, 2}


def test_a_part_without_people_is_no_cover() -> None:
    assert hidden_parts({1: (2, 10), 2: (0, 0), 3: (10, 10)}, 5) == {1, 3}


def test_when_all_together_are_few_all_are_hidden_and_the_total_is_unsafe() -> None:
    parts = {1: (1, 5), 2: (2, 6)}
    assert hidden_parts(parts, 5) == {1, 2}
    assert not is_safe(sum_of(parts.values()), 5)


groups = st.lists(st.tuples(st.integers(0, 12), st.integers(0, 12), st.integers(0, 6)), min_size=1, max_size=8)


@given(groups, st.integers(2, 7))
def test_no_combination_of_shown_numbers_gives_a_small_group(lines: list[tuple[int, ...]], least: int) -> None:
    """Unknowns are the counts of one group in each part. Shown parts and the total are equations; a part's count is disclosed
    when its unit vector lies in their row space."""
    parts = dict(enumerate(lines))
    hidden = hidden_parts(parts, least)
    total_shown = is_safe(sum_of(lines), least)
    if not total_shown:
        return  # the caller shows neither the total nor its parts
    known = [np.eye(len(lines))[key] for key in parts if key not in hidden] + [np.ones(len(lines))]
    rank = np.linalg.matrix_rank(np.array(known))
    for size in range(1, 2 ** len(lines)):
        group = np.array([size >> key & 1 for key in range(len(lines))], dtype=float)
        if np.linalg.matrix_rank(np.array([*known, group])) == rank:
            assert is_safe(sum_of(lines[key] for key in range(len(lines)) if group[key]), least), (hidden, group)


@given(groups, st.integers(2, 7))
def test_nothing_is_hidden_without_need(lines: list[tuple[int, ...]], least: int) -> None:
    if all(is_safe(line, least) for line in lines):
        assert hidden_parts(dict(enumerate(lines)), least) == frozenset()
