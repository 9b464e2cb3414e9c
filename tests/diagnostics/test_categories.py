"""From an answer to a category, by hand for every rule."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from iom.diagnostics.categories import (
    matching,
    multiple_choice,
    normalise_text,
    ordering,
    round_half_up,
    rubric,
    self_statement,
    short_answer,
    single_choice,
)


@pytest.mark.parametrize(("numerator", "denominator", "rounded"), [(1, 2, 1), (3, 2, 2), (5, 2, 3), (4, 3, 1), (5, 3, 2), (0, 7, 0)])
def test_halves_go_up(numerator, denominator, rounded):
    assert round_half_up(numerator, denominator) == rounded


def test_single_choice_is_right_or_wrong():
    assert (single_choice("b", "b"), single_choice("a", "b"), single_choice(None, "b")) == (1, 0, 0)


@pytest.mark.parametrize(
    ("chosen", "key", "category"),
    [
        ("ab", "ab", 2),
        ("a", "ab", 1),  # 2 * 1/2
        ("abc", "ab", 1),  # one false tick takes one hit away
        ("abcd", "ab", 0),  # everything ticked
        ("ac", "ab", 0),
        ("", "ab", 0),
        ("a", "abc", 1),  # 0.67 goes up
        ("ab", "abc", 1),  # 1.33 goes down
        ("a", "abcd", 1),  # exactly one half goes up
        ("aab", "ab", 2),  # a tick counts once
    ],
)
def test_multiple_choice_subtracts_false_ticks(chosen, key, category):
    assert multiple_choice(list(chosen), list(key)) == category


@given(st.sets(st.integers(0, 9), min_size=1, max_size=9))
def test_ticking_everything_gives_nothing_when_wrong_options_are_as_many(key):
    everything = key | {100 + option for option in key}

    assert multiple_choice(everything, key) == 0


@given(st.sets(st.integers(0, 9)), st.sets(st.integers(0, 9), min_size=1), st.integers(0, 9))
def test_one_more_right_tick_never_lowers_the_category(chosen, key, option):
    if option in key:
        assert multiple_choice(chosen | {option}, key) >= multiple_choice(chosen, key)


@pytest.mark.parametrize(("given_pairs", "category"), [("1234", 3), ("1243", 2), ("1342", 1), ("4321", 0)])
def test_matching_counts_pairs(given_pairs, category):
    # 4, 2, 1, 0 of four: 3, 1.5 up to 2, 0.75 up to 1, 0.
    assert matching(dict(zip("abcd", given_pairs, strict=True)), dict(zip("abcd", "1234", strict=True))) == category


def test_matching_takes_an_open_pair_as_not_right():
    assert matching({"a": 1}, {"a": 1, "b": 2, "c": 3}) == 1
    assert matching({}, {"a": None}) == 0


@pytest.mark.parametrize(("placed", "category"), [("abcde", 3), ("abced", 2), ("bacde", 2), ("abdec", 1), ("bcdea", 0), ("ab", 1), ("", 0)])
def test_ordering_counts_places(placed, category):
    # 5, 3, 3, 2, 0, 2, 0 of five: 3, 1.8 to 2, 1.8 to 2, 1.2 to 1, 0, 1.2 to 1, 0.
    assert ordering(placed, "abcde") == category


@pytest.mark.parametrize("rule", [multiple_choice, ordering])
def test_an_item_without_a_key_is_refused(rule):
    with pytest.raises(ValueError):
        rule(["a"], [])


def test_matching_without_a_key_is_refused():
    with pytest.raises(ValueError):
        matching({}, {})


@pytest.mark.parametrize(
    ("given_text", "accepted"),
    [
        ("  Зачёт ", "зачет"),
        ("ФОРМИРУЮЩЕЕ   оценивание", "формирующее оценивание"),
        ("3,5", "3.5"),
        ("приём\u00a0пищи", "прием пищи"),
        ("зачe\u0308т".replace("e", "е"), "зачет"),  # io typed as ie with a diaeresis
    ],
)
def test_short_answer_forgives_what_is_not_meant(given_text, accepted):
    assert short_answer(given_text, ["другое", accepted]) == 1


@pytest.mark.parametrize(("given_text", "accepted"), [("зачеты", "зачет"), ("", ""), ("3,5", "35"), ("да, нет", "да. нет")])
def test_short_answer_keeps_what_differs(given_text, accepted):
    assert short_answer(given_text, [accepted]) == 0


@given(st.text())
def test_normalising_twice_changes_nothing(text):
    assert normalise_text(normalise_text(text)) == normalise_text(text)


@pytest.mark.parametrize(
    ("marks", "top", "category"),
    [
        ([2], 4, 2),
        ([2, 3], 4, 3),  # 2.5 goes up
        ([1, 3], 4, 2),  # exactly top/2 apart is still agreement
        ([0, 3], 4, None),
        ([0, 1], 1, None),
        ([0, 2], 3, None),
        ([0, 3, 2], 4, 2),
        ([0, 3, 4], 4, 3),
    ],
)
def test_two_experts_agree_or_call_a_third(marks, top, category):
    assert rubric(marks, top) == category


@pytest.mark.parametrize("marks", [[], [5], [-1, 2], [1, 1, 1, 1]])
def test_marks_outside_the_rubric_are_refused(marks):
    with pytest.raises(ValueError):
        rubric(marks, 4)


@given(st.lists(st.integers(0, 4), min_size=3, max_size=3))
def test_the_third_mark_stays_between_the_lowest_and_the_highest(marks):
    assert min(marks) <= rubric(marks, 4) <= max(marks)


def test_a_rating_is_taken_as_given():
    assert self_statement(2, 3) == 2
    with pytest.raises(ValueError):
        self_statement(4, 3)
