"""Levels from answers: the table of reference values, published estimates, invariants."""

from dataclasses import astuple, fields

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from iom.diagnostics.items import ItemParameter, expert_parameter
from iom.diagnostics.kinds import ItemType
from iom.diagnostics.posterior import GRID, Prior, Summary, reference_scale
from iom.diagnostics.scoring import CategoryOutOfRange, age_weight, log_likelihood, score, score_one

RASCH = expert_parameter(ItemType.SHORT_ANSWER)
SCALE = reference_scale([RASCH], 60)

MIXED = [
    expert_parameter(ItemType.SINGLE_CHOICE, difficulty=1, options=4),
    expert_parameter(ItemType.SHORT_ANSWER, difficulty=3),
    expert_parameter(ItemType.MULTIPLE_CHOICE),
    expert_parameter(ItemType.MATCHING, difficulty=1),
    expert_parameter(ItemType.CASE_OPEN, top=4),
    ItemParameter(1.7, (0.9, -0.2)),
]
TOPS = np.array([item.top for item in MIXED])
MIXED_SCALE = reference_scale(MIXED, 60)

answer_rows = st.tuples(*(st.integers(-1, item.top) for item in MIXED))


def right_of(n_right, n_items):
    return [1] * n_right + [0] * (n_items - n_right)


@pytest.mark.parametrize(
    ("n_right", "n_items", "t", "se", "p_below", "level", "severity"),
    [
        (0, 3, -0.667, 0.789, 0.915, 35.7, 0.415),
        (3, 3, 1.187, 0.814, 0.168, 73.9, 0.028),
        (0, 6, -1.155, 0.701, 0.990, 26.0, 0.567),
        (2, 6, -0.252, 0.653, 0.845, 44.3, 0.281),
        (3, 6, 0.172, 0.652, 0.643, 53.9, 0.158),
        (4, 6, 0.603, 0.665, 0.387, 63.4, 0.071),
        (6, 6, 1.573, 0.737, 0.051, 80.5, 0.006),
        (5, 12, -0.156, 0.513, 0.864, 46.3, 0.241),
        (0, 1, -0.078, 0.908, 0.703, 48.3, 0.252),
        (1, 1, 0.751, 0.916, 0.355, 65.4, 0.087),
    ],
)
def test_reference_values_of_the_expert_stage(n_right, n_items, t, se, p_below, level, severity):
    found = score_one(right_of(n_right, n_items), [RASCH] * n_items, SCALE)

    assert (found.t, found.se, found.p_below, found.severity) == pytest.approx((t, se, p_below, severity), abs=0.005)
    assert found.level == pytest.approx(level, abs=0.3)
    assert found.low < found.level < found.high


def test_the_band_of_four_right_of_eight_covers_eighty_per_cent():
    """Second method: draws from prior and likelihood, kept in proportion to the likelihood."""
    rng = np.random.default_rng(20261124)
    theta = rng.normal(SCALE.theta_bound, 1, 400_000)
    right = 1 / (1 + np.exp(-theta))
    kept = right[rng.random(theta.size) < right**4 * (1 - right) ** 4 / 0.5**8]
    found = score_one(right_of(4, 8), [RASCH] * 8, SCALE)

    assert [found.low, found.high] == pytest.approx(100 * np.quantile(kept, [0.1, 0.9]), abs=0.4)
    assert found.p_below == pytest.approx((kept < 0.6).mean(), abs=0.005)


def test_published_estimates_of_lsat6():
    """Bock & Lieberman 1970; parameters of the 2PL fit and EAP of patterns, latent N(0, 1)."""
    slopes, steps = [0.8254, 0.7229, 0.8905, 0.6886, 0.6575], [-3.3597, -1.3696, -0.2799, -1.8659, -3.1236]
    items = [ItemParameter(a, (-a * b,)) for a, b in zip(slopes, steps, strict=True)]
    patterns = {
        "00000": (-1.897, 0.801),
        "00001": (-1.475, 0.802),
        "00010": (-1.455, 0.802),
        "11011": (0.008, 0.834),
        "11110": (0.172, 0.840),
        "11111": (0.646, 0.859),
    }

    found = score(np.array([[int(c) for c in pattern] for pattern in patterns]), items, SCALE, prior=Prior(0.0))

    assert found.t == pytest.approx([t for t, _ in patterns.values()], abs=0.01)
    assert found.se == pytest.approx([se for _, se in patterns.values()], abs=0.01)


def test_published_estimate_of_the_science_data():
    """Eurobarometer 38.1, graded model: answers 1, 2, 3, 4 to comfort, work, future, benefit."""
    items = [
        ItemParameter(1.041, (4.864, 2.640, -1.466)),
        ItemParameter(1.226, (2.924, 0.901, -2.266)),
        ItemParameter(2.296, (5.238, 2.216, -1.965)),
        ItemParameter(1.095, (3.348, 0.992, -1.688)),
    ]

    found = score_one([0, 1, 2, 3], items, SCALE, prior=Prior(0.0))

    assert (found.t, found.se) == pytest.approx((-0.3495, 0.6005), abs=0.01)


def test_no_answers_leave_the_neutral_prior():
    found = score_one([None, -1, None], [RASCH] * 3, SCALE)

    assert (found.t, found.se, found.p_below) == pytest.approx((SCALE.theta_bound, 1.0, 0.5), abs=0.005)
    assert score_one([], [], SCALE) == found


def test_one_item_alone_stays_undecided():
    for item_type, more in [(ItemType.SHORT_ANSWER, {}), (ItemType.SINGLE_CHOICE, {"options": 4}), (ItemType.MULTIPLE_CHOICE, {})]:
        for difficulty in (1, 2, 3):
            item = expert_parameter(item_type, difficulty=difficulty, **more)
            for category in range(item.top + 1):
                assert 0.20 < score_one([category], [item], reference_scale([item], 60)).p_below < 0.80


def test_all_right_and_all_wrong_are_finite():
    for category in (0, 1):
        found = score_one([category] * 60, [RASCH] * 60, SCALE)
        assert all(np.isfinite(getattr(found, field.name)) for field in fields(found))


def test_an_answer_above_the_top_names_its_row_and_item():
    answers = np.zeros((5000, len(MIXED)), dtype=int)
    answers[4321, 2] = 3

    with pytest.raises(CategoryOutOfRange) as caught:
        score(answers, MIXED, MIXED_SCALE)

    assert (caught.value.row, caught.value.item, caught.value.category, caught.value.top) == (4321, 2, 3, 2)


@pytest.mark.parametrize("answers", [np.zeros((2, 3), dtype=int), np.zeros(6, dtype=int), np.zeros((2, 6))])
def test_answers_of_another_shape_or_kind_are_refused(answers):
    with pytest.raises(ValueError):
        score(answers, MIXED, MIXED_SCALE)


def test_items_of_two_versions_are_refused():
    with pytest.raises(ValueError, match="version"):
        score(np.array([[1, 1]]), [RASCH, expert_parameter(ItemType.SHORT_ANSWER, version="next")], SCALE)


def test_nobody_gives_empty_scores():
    found = score(np.zeros((0, len(MIXED)), dtype=int), MIXED, MIXED_SCALE)

    assert found.t.shape == found.n_answers.shape == (0,)


def test_many_people_get_what_each_gets_alone():
    rng = np.random.default_rng(1)
    answers = rng.integers(-1, TOPS + 1, size=(5000, len(MIXED)))
    many = score(answers, MIXED, MIXED_SCALE)

    assert (many.n_answers == (answers >= 0).sum(axis=1)).all()
    assert many.version == "expert-1"
    for row in (0, 511, 512, 4999):  # either side of the border between two chunks
        alone = score_one(answers[row].tolist(), MIXED, MIXED_SCALE)
        for field in fields(Summary):
            assert getattr(many, field.name)[row] == pytest.approx(getattr(alone, field.name), abs=1e-9)


def test_the_likelihood_is_the_product_over_answers():
    item = ItemParameter(1.3, (0.4,), 0.2)
    right = 0.2 + 0.8 / (1 + np.exp(-(1.3 * GRID + 0.4)))

    assert log_likelihood(np.array([[1, 0, -1]]), [item] * 3)[0] == pytest.approx(np.log(right) + np.log(1 - right))


def test_two_years_halve_the_weight_of_an_answer():
    assert [age_weight(months) for months in (0, 24, 48)] == [1.0, 0.5, 0.25]
    with pytest.raises(ValueError):
        age_weight(-1)

    aged = score_one([0, 0], [RASCH] * 2, SCALE, weights=[age_weight(24)] * 2)

    assert aged.t == pytest.approx(score_one([0], [RASCH], SCALE).t)


def test_evidence_from_elsewhere_multiplies_the_likelihood():
    elsewhere = log_likelihood(np.array([[0, 0]]), [RASCH] * 2)[0]

    joint = score(np.array([[0, 1], [1, 1]]), [RASCH] * 2, SCALE, evidence=elsewhere)

    assert joint.t[0] == pytest.approx(score_one([0, 1, 0, 0], [RASCH] * 4, SCALE).t)
    assert joint.t[1] == pytest.approx(score_one([1, 1, 0, 0], [RASCH] * 4, SCALE).t)


@given(answer_rows)
def test_figures_stay_in_their_ranges(row):
    found = score_one(row, MIXED, MIXED_SCALE)

    assert 0 <= found.p_below <= 1
    assert 0 <= found.severity <= 1
    assert 0 <= found.low <= found.high <= 100
    assert found.severity > 1e-6 or found.p_below < 1e-3
    assert found.severity <= found.p_below + 1e-9


@given(answer_rows, st.integers(0, len(MIXED) - 1))
def test_a_right_answer_more_never_lowers_the_level_nor_raises_the_doubt(row, added):
    before = score_one(row, MIXED, MIXED_SCALE)
    after = score_one([*row, MIXED[added].top], [*MIXED, MIXED[added]], MIXED_SCALE)

    assert after.t >= before.t - 1e-9
    assert after.level >= before.level - 1e-9
    assert after.p_below <= before.p_below + 1e-9
    assert after.low >= before.low - 1e-6
    assert after.high >= before.high - 1e-6


@given(answer_rows, st.integers(0, len(MIXED) - 1))
def test_a_wrong_answer_more_never_raises_the_level(row, added):
    before = score_one(row, MIXED, MIXED_SCALE)
    after = score_one([*row, 0], [*MIXED, MIXED[added]], MIXED_SCALE)

    assert after.t <= before.t + 1e-9
    assert after.p_below >= before.p_below - 1e-9


@given(st.integers(0, 8), st.integers(1, 8), st.integers(2, 4))
def test_more_equal_items_at_the_same_share_right_are_surer(n_right, n_items, times):
    n_right = min(n_right, n_items)
    few = score_one(right_of(n_right, n_items), [RASCH] * n_items, SCALE)
    many = score_one(right_of(times * n_right, times * n_items), [RASCH] * (times * n_items), SCALE)

    assert many.se < few.se


@given(answer_rows, st.permutations(range(len(MIXED))))
def test_the_order_of_items_is_irrelevant(row, order):
    straight = score_one(row, MIXED, MIXED_SCALE)
    shuffled = score_one([row[j] for j in order], [MIXED[j] for j in order], MIXED_SCALE)

    assert shuffled.t == pytest.approx(straight.t, abs=1e-9)
    assert shuffled.p_below == pytest.approx(straight.p_below, abs=1e-9)


@settings(max_examples=30)
@given(arrays(np.int64, (7, len(MIXED)), elements=st.integers(-1, 1)), st.permutations(range(7)))
def test_the_order_of_people_is_irrelevant(answers, order):
    assert score(answers[order], MIXED, MIXED_SCALE).level == pytest.approx(score(answers, MIXED, MIXED_SCALE).level[order], abs=1e-9)


@given(answer_rows, st.integers(0, len(MIXED) - 1))
def test_a_missing_answer_is_as_if_never_asked_and_not_wrong(row, hidden):
    left_open = [None if j == hidden else x for j, x in enumerate(row)]
    never_asked = [x for j, x in enumerate(row) if j != hidden]
    wrong = [0 if j == hidden else x for j, x in enumerate(row)]

    missing = score_one(left_open, MIXED, MIXED_SCALE)
    shorter = score_one(never_asked, [item for j, item in enumerate(MIXED) if j != hidden], MIXED_SCALE)

    assert astuple(missing) == pytest.approx(astuple(shorter), abs=1e-9)
    assert score_one(wrong, MIXED, MIXED_SCALE).t < missing.t


@given(st.lists(st.tuples(st.floats(0.5, 2), st.integers(1, 4), st.integers(0, 4)), min_size=1, max_size=8))
def test_mirrored_answers_give_the_mirrored_level(drawn):
    items = [ItemParameter(a, tuple(a * 0.7 * ((m + 1) / 2 - k) for k in range(1, m + 1))) for a, m, _ in drawn]
    row = [min(x, m) for _, m, x in drawn]
    mirrored = [m - x for (_, m, _), x in zip(drawn, row, strict=True)]

    t = score_one(row, items, SCALE, prior=Prior(0.0)).t

    assert score_one(mirrored, items, SCALE, prior=Prior(0.0)).t == pytest.approx(-t, abs=1e-9)


def test_probabilities_are_honest_when_people_come_from_the_prior():
    """Quality figure: of those with P near p a share p is truly below; declared deficits are mostly true ones."""
    rng = np.random.default_rng(7)
    theta = rng.normal(SCALE.theta_bound, 1, 20_000)
    answers = (rng.random((theta.size, 6)) < 1 / (1 + np.exp(-theta))[:, None]).astype(int)
    is_below = theta < SCALE.theta_bound

    p_below = score(answers, [RASCH] * 6, SCALE).p_below

    for p in np.unique(p_below):
        group = p_below == p
        assert is_below[group].mean() == pytest.approx(p, abs=4 * (0.25 / group.sum()) ** 0.5)
    assert 0.85 < is_below[p_below >= 0.80].mean() < 0.97
