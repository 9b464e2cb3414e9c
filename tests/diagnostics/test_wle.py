"""The weighted likelihood estimate against published patterns, closed forms and a plain search."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from iom.diagnostics.items import ItemParameter, expert_parameter
from iom.diagnostics.kinds import ItemType
from iom.diagnostics.scoring import CategoryOutOfRange
from iom.diagnostics.wle import weighted_score

RASCH = expert_parameter(ItemType.SHORT_ANSWER)
LSAT6 = [
    ItemParameter(a, (-a * b,))
    for a, b in zip([0.8254, 0.7229, 0.8905, 0.6886, 0.6575], [-3.3597, -1.3696, -0.2799, -1.8659, -3.1236], strict=True)
]


@pytest.mark.parametrize(
    ("pattern", "w", "se"),
    [
        ("00000", -5.70, 2.30),
        ("00001", -3.95, 1.54),
        ("00010", -3.89, 1.52),
        ("11011", -0.31, 1.42),
        ("11110", 0.09, 1.49),
        ("11111", 1.65, 2.17),
    ],
)
def test_published_patterns_of_lsat6(pattern, w, se):
    found = weighted_score([int(c) for c in pattern], LSAT6)

    assert (found.w, found.se) == pytest.approx((w, se), abs=0.01)


@pytest.mark.parametrize(("n_right", "n_items"), [(0, 3), (3, 3), (2, 6), (6, 6), (5, 12)])
def test_equal_rasch_items_have_a_closed_form(n_right, n_items):
    # Score equation of r·ln p + (n − r)·ln(1 − p) + ½·ln(n·p·(1 − p)): p = (r + ½)/(n + 1).
    share = (n_right + 0.5) / (n_items + 1)
    found = weighted_score([1] * n_right + [0] * (n_items - n_right), [RASCH] * n_items)

    assert found.w == pytest.approx(np.log(share / (1 - share)), abs=1e-4)
    assert found.se == pytest.approx((n_items * share * (1 - share)) ** -0.5, abs=1e-4)
    assert found.version == "expert-1"


def test_graded_answers_against_a_fine_search():
    items = [ItemParameter(1.041, (4.864, 2.640, -1.466)), ItemParameter(2.296, (5.238, 2.216, -1.965))]
    theta = np.arange(-6, 6, 0.0005)

    def reached(item):
        inner = [1 / (1 + np.exp(-(item.slope * theta + d))) for d in item.intercepts]
        return np.array([np.ones_like(theta), *inner, np.zeros_like(theta)])

    chances = [-np.diff(reached(item), axis=0) for item in items]
    total = sum((np.gradient(p, theta, axis=1) ** 2 / p).sum(axis=0) for p in chances)
    objective = np.log(chances[0][1]) + np.log(chances[1][3]) + 0.5 * np.log(total)

    found = weighted_score([1, 3], items)

    assert found.w == pytest.approx(theta[np.argmax(objective[2:-2]) + 2], abs=2e-3)


def test_missing_answers_say_nothing():
    assert weighted_score([1, None, 0, -1], [RASCH] * 4) == weighted_score([1, 0], [RASCH] * 2)


def test_no_answers_and_impossible_answers_are_refused():
    with pytest.raises(ValueError):
        weighted_score([None], [RASCH])
    with pytest.raises(ValueError):
        weighted_score([1], [RASCH] * 2)
    with pytest.raises(CategoryOutOfRange) as caught:
        weighted_score([1, 2], [RASCH] * 2)
    assert (caught.value.item, caught.value.category) == (1, 2)


@settings(max_examples=40)
@given(st.lists(st.integers(0, 1), min_size=1, max_size=10))
def test_mirrored_answers_give_the_mirrored_score(row):
    found, mirrored = weighted_score(row, [RASCH] * len(row)), weighted_score([1 - x for x in row], [RASCH] * len(row))

    assert mirrored.w == pytest.approx(-found.w, abs=1e-4)
    assert mirrored.se == pytest.approx(found.se, abs=1e-4)
