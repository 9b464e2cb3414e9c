"""Item parameters and curves against hand calculation and against finite differences."""

from math import exp, log

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from iom.diagnostics.items import (
    ItemParameter,
    category_probabilities,
    common_version,
    expected_share,
    expert_parameter,
    information,
)
from iom.diagnostics.kinds import ItemType, ParameterStage

THETA = np.linspace(-4, 4, 33)


@st.composite
def item_parameters(draw):
    gaps = draw(st.lists(st.floats(0.2, 2.0), min_size=0, max_size=4))
    first = draw(st.floats(-2.0, 3.0))
    intercepts = tuple(first - sum(gaps[:k]) for k in range(len(gaps) + 1))
    guessing = draw(st.sampled_from([0.0, 0.2, 0.25, 0.5])) if len(intercepts) == 1 else 0.0
    return ItemParameter(draw(st.floats(0.4, 2.5)), intercepts, guessing)


@pytest.mark.parametrize(("difficulty", "step"), [(1, -1.0), (2, 0.0), (3, 1.0)])
def test_expert_short_answer_is_a_rasch_item_at_its_difficulty(difficulty, step):
    item = expert_parameter(ItemType.SHORT_ANSWER, difficulty=difficulty)

    assert (item.slope, item.steps, item.guessing, item.stage) == (1.0, (step,), 0.0, ParameterStage.EXPERT)


@pytest.mark.parametrize(
    ("item_type", "top", "steps"),
    [
        (ItemType.MULTIPLE_CHOICE, None, (-0.4, 0.4)),
        (ItemType.MATCHING, None, (-0.8, 0.0, 0.8)),
        (ItemType.ORDERING, None, (-0.8, 0.0, 0.8)),
        (ItemType.CASE_OPEN, 4, (-1.2, -0.4, 0.4, 1.2)),
        (ItemType.WORK_CHECK, 2, (-0.4, 0.4)),
        (ItemType.ARTIFACT, 1, (0.0,)),
    ],
)
def test_expert_steps_lie_eight_tenths_apart_around_the_difficulty(item_type, top, steps):
    assert expert_parameter(item_type, top=top).steps == pytest.approx(steps)
    assert expert_parameter(item_type, top=top, difficulty=3).steps == pytest.approx([step + 1 for step in steps])


def test_self_statement_has_its_own_slope_and_wider_steps_and_no_difficulty():
    item = expert_parameter(ItemType.SELF_STATEMENT, top=3)

    assert item.slope == 1.2
    assert item.steps == pytest.approx((-1.0, 0.0, 1.0))
    assert expert_parameter(ItemType.SELF_STATEMENT, top=3, difficulty=3) == item


@pytest.mark.parametrize("item_type", [ItemType.SINGLE_CHOICE, ItemType.CASE_CHOICE])
def test_choice_of_one_is_guessed_once_in_as_many_as_there_are_options(item_type):
    assert expert_parameter(item_type, options=4).guessing == 0.25


def test_partial_credit_for_a_case_has_no_guessing_floor():
    assert expert_parameter(ItemType.CASE_CHOICE, top=2, options=4).guessing == 0.0


@pytest.mark.parametrize(
    "call",
    [
        {"item_type": ItemType.SINGLE_CHOICE},
        {"item_type": ItemType.SINGLE_CHOICE, "options": 1},
        {"item_type": ItemType.CASE_OPEN},
        {"item_type": ItemType.SELF_STATEMENT, "top": 0},
        {"item_type": ItemType.SHORT_ANSWER, "difficulty": 4},
    ],
)
def test_an_impossible_item_is_refused(call):
    with pytest.raises(ValueError):
        expert_parameter(**call)


@pytest.mark.parametrize(
    ("slope", "intercepts", "guessing"),
    [(0.0, (0.0,), 0.0), (1.0, (), 0.0), (1.0, (0.0, 0.0), 0.0), (1.0, (0.0, 1.0), 0.0), (1.0, (1.0, 0.0), 0.2), (1.0, (0.0,), 1.0)],
)
def test_parameters_that_make_no_curve_are_refused(slope, intercepts, guessing):
    with pytest.raises(ValueError):
        ItemParameter(slope, intercepts, guessing)


def test_probabilities_of_a_guessed_item_by_hand():
    item = ItemParameter(2.0, (-1.0,), 0.25)  # at theta = 1 the logit is 1
    right = 0.25 + 0.75 / (1 + exp(-1))

    assert category_probabilities(item, np.array([1.0]))[:, 0] == pytest.approx([1 - right, right])


def test_probabilities_of_three_categories_by_hand():
    item = ItemParameter(1.0, (log(3), -log(3)))  # at theta = 0: P(X >= 1) = 3/4, P(X >= 2) = 1/4

    assert category_probabilities(item, np.array([0.0]))[:, 0] == pytest.approx([0.25, 0.5, 0.25])


@given(item_parameters())
def test_categories_exhaust_every_case(item):
    probabilities = category_probabilities(item, THETA)

    assert probabilities.shape == (item.top + 1, THETA.size)
    assert (probabilities > 0).all()
    assert probabilities.sum(axis=0) == pytest.approx(np.ones(THETA.size), abs=1e-9)


@given(item_parameters())
def test_information_is_the_squared_score_averaged_over_categories(item):
    step = 1e-5
    up, down = category_probabilities(item, THETA + step), category_probabilities(item, THETA - step)
    score = (np.log(up) - np.log(down)) / (2 * step)

    assert information(item, THETA) == pytest.approx((score**2 * category_probabilities(item, THETA)).sum(axis=0), rel=1e-4, abs=1e-8)


def test_information_of_a_rasch_item_is_the_variance_of_the_answer():
    right = 1 / (1 + np.exp(-THETA))

    assert information(ItemParameter(1.0, (0.0,)), THETA) == pytest.approx(right * (1 - right))


def test_expected_share_counts_every_item_the_same_whatever_its_top():
    two, four = ItemParameter(1.0, (0.5,)), ItemParameter(1.0, (1.0, 0.0, -1.0))
    by_definition = [
        sum(k * p for k, p in enumerate(category_probabilities(item, np.array([0.3]))[:, 0])) / item.top for item in (two, four)
    ]

    assert expected_share([two, four], np.array([0.3]))[0] == pytest.approx(sum(by_definition) / 2)


def test_expected_share_of_nothing_is_refused():
    with pytest.raises(ValueError):
        expected_share([], THETA)


def test_one_version_is_found_and_two_are_refused():
    old, new = ItemParameter(1.0, (0.0,), version="spring"), ItemParameter(1.0, (0.0,), version="autumn")

    assert common_version([old, old]) == "spring"
    with pytest.raises(ValueError, match=r"autumn.*spring"):
        common_version([old, new])
    with pytest.raises(ValueError):
        common_version([])
