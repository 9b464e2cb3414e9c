"""Imported percentages: closed form against integration, and beside answers of our own."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.integrate import quad
from scipy.stats import beta as beta_distribution

from iom.diagnostics.imports import ImportedResult, import_log_likelihood, score_imports
from iom.diagnostics.items import expert_parameter
from iom.diagnostics.kinds import ItemType
from iom.diagnostics.posterior import reference_scale
from iom.diagnostics.scoring import score_one

RASCH = expert_parameter(ItemType.SHORT_ANSWER)
SCALE = reference_scale([RASCH], 60)


def imported(percent, n_tasks=None, months_old=0.0):
    return ImportedResult("ME.1", percent, n_tasks, months_old)


@pytest.mark.parametrize(("percent", "n_tasks", "p_below"), [(50, 10, 0.753), (52, 25, 0.801), (50, None, 0.753)])
def test_reference_values_of_imports_alone(percent, n_tasks, p_below):
    assert score_imports([imported(percent, n_tasks)], 60).p_below == pytest.approx(p_below, abs=0.005)


@pytest.mark.parametrize(("percent", "n_tasks", "bound"), [(50, 10, 60), (0, 5, 60), (100, 5, 70), (37.5, 24, 60), (88, 40, 70)])
def test_every_figure_agrees_with_integration_of_the_density(percent, n_tasks, bound):
    found = score_imports([imported(percent, n_tasks)], bound)
    solved = n_tasks * percent / 100
    density = beta_distribution(1 + solved, 1 + n_tasks - solved).pdf
    logit_mean = quad(lambda x: np.log(x / (1 - x)) * density(x), 0, 1)[0]

    assert found.p_below == pytest.approx(quad(density, 0, bound / 100)[0], abs=1e-6)
    assert found.level == pytest.approx(quad(lambda x: 100 * x * density(x), 0, 1)[0], abs=1e-4)
    assert found.level_se == pytest.approx(quad(lambda x: (100 * x - found.level) ** 2 * density(x), 0, 1)[0] ** 0.5, abs=1e-3)
    assert found.severity == pytest.approx(quad(lambda x: (1 - 100 * x / bound) * density(x), 0, bound / 100)[0], abs=1e-6)
    assert found.t == pytest.approx(logit_mean, abs=1e-5)
    assert found.se == pytest.approx(quad(lambda x: (np.log(x / (1 - x)) - logit_mean) ** 2 * density(x), 0, 1)[0] ** 0.5, abs=1e-4)
    assert quad(density, found.low / 100, found.high / 100)[0] == pytest.approx(0.8, abs=1e-5)


def test_two_imports_count_as_one_with_all_tasks():
    parts = [imported(40, 10), imported(70, 20)]  # 4 of 10 and 14 of 20

    assert score_imports(parts, 60).p_below == pytest.approx(score_imports([imported(60, 30)], 60).p_below)


def test_an_import_of_two_years_ago_counts_as_half_its_tasks():
    assert score_imports([imported(30, 20, 24)], 60) == score_imports([imported(30, 10)], 60)


def test_on_a_rasch_scale_an_import_is_as_many_items():
    """T is the chance to solve a reference item, so 40 % of 10 tasks are 4 right and 6 wrong answers."""
    by_import = score_one([], [], SCALE, evidence=import_log_likelihood([imported(40, 10)], SCALE))
    by_items = score_one([1] * 4 + [0] * 6, [RASCH] * 10, SCALE)

    assert by_import.t == pytest.approx(by_items.t, abs=1e-9)
    assert by_import.p_below == pytest.approx(by_items.p_below, abs=1e-9)


def test_answers_and_an_import_multiply():
    joint = score_one([0, 1], [RASCH] * 2, SCALE, evidence=import_log_likelihood([imported(50, 4)], SCALE))

    assert joint.level == pytest.approx(score_one([0, 1, 0, 0, 1, 1], [RASCH] * 6, SCALE).level, abs=1e-9)


def test_a_guessing_floor_cannot_be_undercut_by_an_import():
    scale = reference_scale([expert_parameter(ItemType.SINGLE_CHOICE, options=4)], 60)
    found = score_one([], [], scale, evidence=import_log_likelihood([imported(0, 100)], scale))

    assert 25 <= found.level < 30


@pytest.mark.parametrize(("percent", "n_tasks", "months"), [(-1, 10, 0), (100.5, 10, 0), (float("nan"), 10, 0), (50, 0, 0), (50, 10, -3)])
def test_impossible_imports_are_refused(percent, n_tasks, months):
    with pytest.raises(ValueError):
        imported(percent, n_tasks, months)


def test_a_score_needs_results_and_a_bound():
    with pytest.raises(ValueError):
        score_imports([], 60)
    with pytest.raises(ValueError):
        score_imports([imported(50)], 100)


@given(st.floats(0, 100), st.floats(0, 100), st.integers(1, 60))
def test_a_higher_percentage_means_a_higher_level_and_less_doubt(one, other, n_tasks):
    lower, higher = (score_imports([imported(percent, n_tasks)], 60) for percent in sorted((one, other)))

    assert higher.level >= lower.level - 1e-9
    assert higher.p_below <= lower.p_below + 1e-9
    assert higher.severity <= lower.severity + 1e-9
    assert 0 <= lower.severity <= lower.p_below <= 1


@given(st.floats(0, 100), st.integers(1, 40), st.floats(0, 240))
def test_age_draws_a_result_towards_knowing_nothing(percent, n_tasks, months):
    fresh, aged = score_imports([imported(percent, n_tasks)], 60), score_imports([imported(percent, n_tasks, months)], 60)

    assert abs(aged.level - 50) <= abs(fresh.level - 50) + 1e-9
    assert aged.se >= fresh.se - 1e-9
