import pytest
from hypothesis import given
from hypothesis import strategies as st

from iom.profiles.kinds import Depth, Verdict
from iom.profiles.verdicts import VerdictRule, decide, depth_of


@pytest.mark.parametrize(
    ("n_answers", "p_below", "verdict"),
    [
        (0, 0.5, Verdict.INSUFFICIENT),
        (2, 0.99, Verdict.INSUFFICIENT),  # too few answers come before anything else
        (2, 0.01, Verdict.INSUFFICIENT),
        (3, 1.0, Verdict.DEFICIT),
        (3, 0.80, Verdict.DEFICIT),
        (3, 0.799, Verdict.PROBABLE),
        (3, 0.50, Verdict.PROBABLE),
        (3, 0.499, Verdict.OPEN),
        (3, 0.201, Verdict.OPEN),
        (3, 0.20, Verdict.NONE),
        (3, 0.0, Verdict.NONE),
    ],
)
def test_the_rules_apply_in_their_order(n_answers, p_below, verdict):
    assert decide(n_answers, p_below) is verdict


@pytest.mark.parametrize(
    ("severity", "depth"),
    [(0, Depth.SMALL), (0.099, Depth.SMALL), (0.10, Depth.MEDIUM), (0.249, Depth.MEDIUM), (0.25, Depth.DEEP), (1, Depth.DEEP)],
)
def test_depth_in_words(severity, depth):
    assert depth_of(severity) is depth


def test_thresholds_are_a_matter_of_configuration():
    careful = VerdictRule(min_answers=6, certain=0.9)

    assert decide(5, 0.95, careful) is Verdict.INSUFFICIENT
    assert decide(6, 0.85, careful) is Verdict.PROBABLE


@pytest.mark.parametrize("wrong", [{"certain": 0.4}, {"clear": 0.6}, {"certain": 1.1}, {"medium_from": 0.3}, {"deep_from": 1.0}])
def test_thresholds_that_cross_are_refused(wrong):
    with pytest.raises(ValueError):
        VerdictRule(**wrong)


@given(st.integers(0, 2), st.floats(0, 1))
def test_no_verdict_without_three_answers(n_answers, p_below):
    assert decide(n_answers, p_below) is Verdict.INSUFFICIENT


@given(st.floats(0, 1), st.floats(0, 1))
def test_more_doubt_never_gives_a_better_verdict(one, other):
    order = [Verdict.NONE, Verdict.OPEN, Verdict.PROBABLE, Verdict.DEFICIT]
    lower, higher = sorted((one, other))

    assert order.index(decide(3, lower)) <= order.index(decide(3, higher))
