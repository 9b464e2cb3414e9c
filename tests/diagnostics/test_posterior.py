"""The grid posterior against integrals taken another way."""

from math import exp, log

import numpy as np
import pytest
from scipy.integrate import quad
from scipy.special import expit
from scipy.stats import norm

from iom.diagnostics.items import ItemParameter, expert_parameter
from iom.diagnostics.kinds import ItemType
from iom.diagnostics.posterior import CELL, GRID, Prior, posterior, reference_scale, reference_share, summarise

RASCH = ItemParameter(1.0, (0.0,))


def test_the_bound_of_a_rasch_scale_is_its_logit():
    scale = reference_scale([RASCH], 60)

    assert scale.theta_bound == pytest.approx(log(0.6 / 0.4), abs=5e-4)
    assert scale.percent_at(np.array([scale.theta_bound]))[0] == pytest.approx(60)


def test_without_reference_items_the_scale_is_the_logistic_curve():
    assert reference_share([]) == pytest.approx(1 / (1 + np.exp(-GRID)))
    assert reference_scale([], 70).theta_bound == pytest.approx(log(7 / 3), abs=5e-4)


def test_harder_reference_items_move_the_bound_up():
    bounds = [reference_scale([expert_parameter(ItemType.SHORT_ANSWER, difficulty=d)], 60).theta_bound for d in (1, 2, 3)]

    assert np.diff(bounds) == pytest.approx([1.0, 1.0], abs=1e-3)


def test_a_bound_that_guessing_alone_reaches_is_refused():
    with pytest.raises(ValueError, match="span"):
        reference_scale([expert_parameter(ItemType.SINGLE_CHOICE, options=2)], 45)


def test_without_answers_the_posterior_is_the_prior():
    mass = posterior(np.zeros((1, GRID.size)), Prior(0.4, 0.7))

    assert mass.sum() == pytest.approx(1)
    assert mass[0] == pytest.approx(norm.pdf(GRID, 0.4, 0.7) * CELL, abs=1e-6)


def test_very_long_tests_do_not_underflow():
    mass = posterior(np.vstack([-50000 + 3000 * np.cos(GRID), -90000 * np.ones(GRID.size)]), Prior(0.0))

    assert np.isfinite(mass).all()
    assert mass.sum(axis=1) == pytest.approx([1, 1])


def test_a_cell_counts_by_its_share_below_the_bound():
    scale = reference_scale([], 100 * float(expit(0.02)))  # the bound lies in the cell −0.05…0.05, seven tenths of it below
    mass = np.zeros((1, GRID.size))
    mass[0, 59:62] = 0.3, 0.5, 0.2

    assert summarise(mass, scale).p_below[0] == pytest.approx(0.3 + 0.5 * 0.7, abs=1e-4)


def test_quantiles_are_taken_inside_their_cell():
    scale = reference_scale([], 60)
    mass = np.zeros((1, GRID.size))
    mass[0, 60] = 1.0  # all mass spread over −0.05…0.05: quantiles −0.04 and 0.04

    found = summarise(mass, scale)

    assert found.low[0] == pytest.approx(100 / (1 + exp(0.04)), abs=1e-3)
    assert found.high[0] == pytest.approx(100 / (1 + exp(-0.04)), abs=1e-3)


def test_every_figure_agrees_with_adaptive_integration():
    """Second method: quad over the real line with the curve written out, four of seven answers right on items of three difficulties."""
    steps, right = [-1, -1, 0, 0, 0, 1, 1], [1, 1, 1, 0, 0, 1, 0]
    items = [ItemParameter(1.0, (-float(b),)) for b in steps]
    scale = reference_scale(items, 60)
    likelihood = sum(
        np.log(1 / (1 + np.exp(-(GRID - b)))) if x else np.log(1 / (1 + np.exp(GRID - b))) for b, x in zip(steps, right, strict=True)
    )
    found = summarise(posterior(likelihood[None, :], scale.neutral_prior()), scale)

    def share(theta):
        return sum(expit(theta - b) for b in steps) / len(steps)

    def density(theta):
        chances = [expit(theta - b) if x else expit(b - theta) for b, x in zip(steps, right, strict=True)]
        return norm.pdf(theta, scale.theta_bound, 1) * np.prod(chances)

    def mean(value, upper=np.inf):
        return quad(lambda theta: value(theta) * density(theta), -np.inf, upper)[0] / quad(density, -np.inf, np.inf)[0]

    t, level = mean(lambda x: x), mean(lambda x: 100 * share(x))
    assert found.t[0] == pytest.approx(t, abs=1e-4)
    assert found.se[0] == pytest.approx(mean(lambda x: (x - t) ** 2) ** 0.5, abs=1e-4)
    assert found.level[0] == pytest.approx(level, abs=0.01)
    assert found.level_se[0] == pytest.approx(mean(lambda x: (100 * share(x) - level) ** 2) ** 0.5, abs=0.01)
    assert found.p_below[0] == pytest.approx(mean(lambda x: 1, scale.theta_bound), abs=1e-3)
    assert found.severity[0] == pytest.approx(mean(lambda x: 1 - share(x) / 0.6, scale.theta_bound), abs=1e-3)
    for bound, p in [(found.low[0], 0.1), (found.high[0], 0.9)]:
        assert mean(lambda x: 1, float(np.interp(bound / 100, scale.share, GRID))) == pytest.approx(p, abs=2e-3)
