"""Growth between two measurements: published example, table of outcomes, what may not be compared."""

from dataclasses import replace
from math import exp, log, sqrt

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from iom.diagnostics.imports import ImportedResult
from iom.diagnostics.items import expert_parameter
from iom.diagnostics.kinds import ItemType
from iom.diagnostics.wle import WeightedScore
from iom.profiles.change import compare, growth_probability, outcome_of, reliable_change
from iom.profiles.estimates import build_profile
from iom.profiles.evidence import Answer
from iom.profiles.kinds import ChangeOutcome

TASK = expert_parameter(ItemType.SHORT_ANSWER)


def measured(n_right, n_items, code="ME.1", item=TASK):
    answers = [Answer(code, item, int(k < n_right)) for k in range(n_items)]
    [found] = build_profile(answers, parents={}, references={})
    return found


def test_growth_is_the_chance_that_the_second_level_is_higher():
    """Second method: draws of both levels; means −0.25 and 0.60, errors 0.65 and 0.67."""
    rng = np.random.default_rng(3)
    first, second = rng.normal(-0.25, 0.65, 400_000), rng.normal(0.60, 0.67, 400_000)

    assert growth_probability(-0.25, 0.65, 0.60, 0.67) == pytest.approx((second > first).mean(), abs=0.003)
    assert growth_probability(0.3, 0.5, 0.3, 0.9) == 0.5


@given(st.floats(-4, 4), st.floats(0.1, 2), st.floats(-4, 4), st.floats(0.1, 2))
def test_growth_and_decline_share_one_certainty(t1, se1, t2, se2):
    assert growth_probability(t1, se1, t2, se2) + growth_probability(t2, se2, t1, se1) == pytest.approx(1)


@pytest.mark.parametrize(
    ("p_below", "p_up", "outcome"),
    [
        (0.20, 0.10, ChangeOutcome.CLOSED),
        (0.21, 0.80, ChangeOutcome.PROVISIONALLY_CLOSED),
        (0.49, 0.95, ChangeOutcome.PROVISIONALLY_CLOSED),
        (0.50, 0.80, ChangeOutcome.IMPROVED),
        (0.90, 0.95, ChangeOutcome.IMPROVED),
        (0.30, 0.79, ChangeOutcome.REMAINS),
        (0.90, 0.50, ChangeOutcome.REMAINS),
    ],
)
def test_outcomes_of_a_repeat(p_below, p_up, outcome):
    assert outcome_of(p_below, p_up) is outcome


@pytest.mark.parametrize(
    ("before", "after", "outcome"),
    [
        ((0, 6), (6, 6), ChangeOutcome.CLOSED),  # P2 0.051
        ((0, 6), (4, 6), ChangeOutcome.PROVISIONALLY_CLOSED),  # P2 0.387, P_up = Φ(1.758/0.966) = 0.966
        ((0, 6), (3, 6), ChangeOutcome.IMPROVED),  # P2 0.643, P_up = Φ(1.327/0.957) = 0.917
        ((2, 6), (3, 6), ChangeOutcome.REMAINS),  # P_up = Φ(0.424/0.923) = 0.677
        ((2, 6), (2, 6), ChangeOutcome.REMAINS),
    ],
)
def test_comparing_two_attempts_by_the_reference_table(before, after, outcome):
    change = compare(measured(*before), measured(*after))

    assert change.outcome is outcome


def test_a_change_names_its_size_in_logits_and_points():
    change = compare(measured(0, 6), measured(4, 6))

    assert change.growth == pytest.approx(0.603 + 1.155, abs=0.01)
    assert change.points == pytest.approx(63.4 - 26.0, abs=0.6)
    assert change.p_up == pytest.approx(0.966, abs=0.005)


def test_a_repeat_with_too_few_answers_closes_nothing():
    few = replace(measured(2, 2), p_below=0.1)

    assert compare(measured(0, 6), few).outcome is ChangeOutcome.REMAINS


def test_two_imports_may_be_compared_with_each_other_only():
    [before] = build_profile([], [ImportedResult("ME.1", 30, 20)], parents={}, references={})
    [after] = build_profile([], [ImportedResult("ME.1", 85, 20)], parents={}, references={})

    assert compare(before, after).outcome is ChangeOutcome.CLOSED
    with pytest.raises(ValueError, match="version"):
        compare(before, measured(6, 6))


def test_two_versions_never_meet_in_one_difference():
    newer = measured(4, 6, item=replace(TASK, version="autumn"))

    with pytest.raises(ValueError, match="version"):
        compare(measured(2, 6), newer)
    with pytest.raises(ValueError, match="version"):
        reliable_change(WeightedScore(0.0, 0.5, "spring"), WeightedScore(1.0, 0.5, "autumn"))


def test_other_competencies_and_mere_ratings_are_not_compared():
    statement = expert_parameter(ItemType.SELF_STATEMENT, top=3)
    [said] = build_profile([Answer("ME.1", statement, 1, is_self=True)], parents={}, references={})

    with pytest.raises(ValueError):
        compare(measured(2, 6), measured(2, 6, code="ME.2"))
    with pytest.raises(ValueError, match="ratings"):
        compare(said, measured(2, 6))


def test_published_example_of_the_reliable_change_index():
    """Jacobson & Truax 1991: 47.5 before, 32.5 after, sd 7.5, reliability 0.80; errors 3.35 and 4.74, index −3.16."""
    error = 7.5 * sqrt(1 - 0.80)
    found = reliable_change(WeightedScore(47.5, error, "v"), WeightedScore(32.5, error, "v"))

    assert error == pytest.approx(3.35, abs=0.005)
    assert found.index == pytest.approx(-3.16, abs=0.005)
    assert found.is_reliable


@pytest.mark.parametrize(("difference", "is_reliable"), [(1.95, False), (1.97, True), (-1.97, True), (0.0, False)])
def test_a_change_is_reliable_from_1_96_errors_either_way(difference, is_reliable):
    first, second = WeightedScore(0.0, 0.6, "v"), WeightedScore(difference, 0.8, "v")  # error of the difference 1

    assert reliable_change(first, second).is_reliable is is_reliable


@pytest.mark.parametrize(("n_items", "logits"), [(6, 2.6), (12, 1.8), (20, 1.4), (30, 1.1)])
def test_smallest_reliable_change_near_the_bound(n_items, logits):
    """Measured with the method on other items: easy, medium and hard Rasch items in equal parts, a person at the bound of 60 %."""
    chances = [1 / (1 + exp(-(log(1.5) - b))) for b in (-1, 0, 1)]
    error = (n_items * sum(p * (1 - p) for p in chances) / 3) ** -0.5
    first, step = WeightedScore(0.0, error, "v"), 0.15

    assert not reliable_change(first, WeightedScore(logits - step, error, "v")).is_reliable
    assert reliable_change(first, WeightedScore(logits + step, error, "v")).is_reliable


def test_errors_must_be_positive():
    with pytest.raises(ValueError):
        growth_probability(0, 0, 1, 1)
    with pytest.raises(ValueError):
        reliable_change(WeightedScore(0, 0.0, "v"), WeightedScore(1, 0.5, "v"))
