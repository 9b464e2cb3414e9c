"""Coverage of a deficit: the published figures, the bounds, how it moves."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from iom.catalog.kinds import LinkState, LinkStrength
from iom.matching.coverage import competencies_served, coverage, trust
from tests.matching.small_catalog import COMPETENCIES

HOURS = st.integers(1, 2000)
SERVED = st.integers(1, 12)
TRUST = st.floats(0, 1)


@pytest.mark.parametrize(("hours", "served", "per_cent"), [(16, 1, 49), (36, 1, 78), (72, 2, 78), (4, 1, 15)])
def test_published_figures(hours, served, per_cent):
    assert coverage(hours, served, trust=1.0) == per_cent


@pytest.mark.parametrize(
    ("hours", "served", "believed", "effect", "per_cent"),
    [
        (36, 1, 0.6, 1.0, 47),  # 46.61
        (36, 1, 0.5, 1.0, 39),  # 38.84
        (36, 1, 1.0, 1.3, 100),  # 101.0, capped
        (36, 1, 1.0, 0.7, 54),  # 54.38
        (4, 2, 1.0, 1.0, 0),  # 8.0, below 10
        (36, 1, 0.0, 1.0, 0),
        (10_000, 1, 1.0, 1.0, 100),
    ],
)
def test_figures_by_hand(hours, served, believed, effect, per_cent):
    assert coverage(hours, served, believed, effect) == per_cent


@pytest.mark.parametrize(
    ("state", "strength", "probability", "value"),
    [
        (LinkState.CONFIRMED, LinkStrength.MAIN, None, 1.0),
        (LinkState.CONFIRMED, LinkStrength.PARTIAL, 0.1, 0.6),
        (LinkState.PROPOSED, LinkStrength.PARTIAL, None, 0.5),
        (LinkState.PROPOSED, LinkStrength.MAIN, 0.9, 0.72),
        (LinkState.REJECTED, LinkStrength.MAIN, 0.9, 0.0),
    ],
)
def test_trust_in_a_link(state, strength, probability, value):
    assert trust(state, strength, probability) == pytest.approx(value)


@given(HOURS, SERVED, TRUST)
def test_coverage_is_nothing_or_ten_to_hundred(hours, served, believed):
    assert coverage(hours, served, believed) in {0, *range(10, 101)}


@given(HOURS, SERVED, TRUST, st.integers(0, 500), st.floats(0, 1))
def test_more_hours_and_more_trust_never_cover_less(hours, served, believed, more, further):
    assert coverage(hours + more, served, believed) >= coverage(hours, served, believed)
    assert coverage(hours, served, max(believed, further)) >= coverage(hours, served, believed)


@given(HOURS, SERVED, TRUST, SERVED)
def test_more_competencies_never_cover_more_of_each(hours, served, believed, more):
    assert coverage(hours, served + more, believed) <= coverage(hours, served, believed)


@pytest.mark.parametrize(
    ("hours", "served", "believed", "effect"), [(0, 1, 1, 1), (1, 0, 1, 1), (1, 1, 1.1, 1), (1, 1, -0.1, 1), (1, 1, 1, 0)]
)
def test_impossible_input_is_refused(hours, served, believed, effect):
    with pytest.raises(ValueError, match="hours="):
        coverage(hours, served, believed, effect)


def test_components_of_one_competency_are_served_as_one():
    links = [("P1", "A.1"), ("P1", "A.1.1"), ("P1", "A.2"), ("P2", "A.1.1"), ("P2", "A.1.1")]

    assert competencies_served(links, COMPETENCIES) == {"P1": 2, "P2": 1}
