"""Ratings against the person's own mean."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.integrate import quad
from scipy.special import expit
from scipy.stats import norm

from iom.diagnostics.items import expert_parameter
from iom.diagnostics.kinds import ItemType
from iom.profiles.self_ratings import gap, is_claimed, own_mean_theta, score_ratings


def rated(values, top=3):
    return [(value, expert_parameter(ItemType.SELF_STATEMENT, top=top), 1.0) for value in values]


def claims(by_competency, top=3):
    theta_own = own_mean_theta(rated([value for values in by_competency for value in values], top))
    return [is_claimed(score_ratings(rated(values, top), theta_own)) for values in by_competency]


def test_the_level_and_its_chance_agree_with_integration():
    """Second method: ratings 0 and 2 of 0…2 with a = 1.2 and steps −½, ½; own mean at −0.3 logits."""
    found = score_ratings(rated([0, 2], top=2), -0.3)

    def density(theta):
        return norm.pdf(theta, -0.3) * (1 - expit(1.2 * theta + 0.6)) * expit(1.2 * theta - 0.6)

    def share(theta):
        return (expit(1.2 * theta + 0.6) + expit(1.2 * theta - 0.6)) / 2

    total = quad(density, -9, 9)[0]
    assert found.own_mean == pytest.approx(100 * share(-0.3), abs=0.05)
    assert found.score.level == pytest.approx(100 * quad(lambda x: share(x) * density(x), -9, 9)[0] / total, abs=0.05)
    assert found.score.p_below == pytest.approx(quad(density, -9, -0.3)[0] / total, abs=1e-3)
    assert (found.raw, found.n_answers) == (50.0, 2)


@pytest.mark.parametrize(("values", "top", "raw"), [([0, 1, 2], 2, 50), ([1, 2], 3, 50), ([3, 3], 3, 100), ([0], 2, 0), ([2], 3, 200 / 3)])
def test_raw_ratings_are_stretched_to_a_hundred(values, top, raw):
    assert score_ratings(rated(values, top), 0.0).raw == pytest.approx(raw)


def test_what_lies_below_the_own_mean_and_the_middle_is_claimed():
    assert claims([[2, 2, 3], [3, 2, 2], [0, 1, 1]]) == [False, False, True]


def test_the_least_high_of_high_ratings_is_no_difficulty():
    assert claims([[3, 3, 3], [3, 3, 3], [2, 2, 2]]) == [False, False, False]


def test_the_least_low_of_low_ratings_is_no_difficulty_either():
    assert claims([[0, 0, 0], [0, 0, 0], [1, 2, 1]]) == [True, True, False]


@pytest.mark.parametrize("value", [0, 1])
def test_who_finds_everything_hard_claims_everything(value):
    assert claims([[value] * 3] * 5) == [True] * 5


def test_a_single_rated_competency_is_claimed_by_its_own_low_ratings():
    assert claims([[0, 1, 0]]) == [True]
    assert claims([[2, 3, 2]]) == [False]


def test_the_further_below_the_larger_the_shortfall():
    theta_own = own_mean_theta(rated([3, 3, 2, 2, 1, 1, 0, 0]))
    shortfalls = [score_ratings(rated(values), theta_own).score.severity for values in ([0, 0], [1, 0], [1, 1], [2, 2])]

    assert shortfalls == sorted(shortfalls, reverse=True)


def test_an_old_rating_counts_less():
    fresh = score_ratings(rated([0, 0, 0]), 0.5)
    aged = score_ratings([(value, item, 0.5) for value, item, _ in rated([0, 0, 0])], 0.5)

    assert fresh.score.level < aged.score.level < fresh.own_mean


@given(st.lists(st.lists(st.integers(0, 3), min_size=1, max_size=5), min_size=1, max_size=6))
def test_nothing_rated_in_the_upper_half_is_ever_claimed(by_competency):
    for values, claimed in zip(by_competency, claims(by_competency), strict=True):
        assert not (claimed and sum(values) >= 1.5 * len(values))


@given(st.lists(st.integers(0, 3), min_size=1, max_size=12))
def test_the_own_mean_mirrors_with_the_ratings(values):
    assert own_mean_theta(rated([3 - value for value in values])) == pytest.approx(-own_mean_theta(rated(values)), abs=1e-9)


@pytest.mark.parametrize(
    ("own", "own_se", "objective", "objective_se", "shown"),
    [
        (80, 8, 50, 12, 30),  # 1.645 * 14.4 = 23.7
        (50, 8, 80, 12, -30),
        (74, 5, 50, 5, None),  # sure, but under 25 points
        (75, 5, 50, 5, 25),
        (80, 12, 50, 16, None),  # 1.645 * 20 = 32.9
    ],
)
def test_a_gap_is_shown_when_large_and_beyond_chance(own, own_se, objective, objective_se, shown):
    base = score_ratings(rated([1]), 0.0).score

    assert gap(replace(base, level=own, level_se=own_se), replace(base, level=objective, level_se=objective_se)) == shown
