from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from iom.diagnostics.items import expert_parameter
from iom.diagnostics.kinds import ItemType
from iom.profiles.estimates import build_profile
from iom.profiles.evidence import Answer
from iom.profiles.kinds import DeficitKind, Verdict
from iom.profiles.priority import Need, choose_for_route, needs_of

DEFICIT, CLAIM, REQUEST = DeficitKind.DEFICIT, DeficitKind.CLAIM, DeficitKind.REQUEST


@pytest.mark.parametrize(
    ("need", "priority"),
    [
        (Need("A", DEFICIT, 0.4), 0.4),
        (Need("A", DEFICIT, 0.4, weight=2.0), 0.8),
        (Need("A", DEFICIT, 0.4, weight=2.0, is_marked=True), 1.2),
        (Need("A", CLAIM, 0.4), 0.2),
        (Need("A", REQUEST, 0.4, is_marked=True), 0.3),
    ],
)
def test_priority_is_depth_times_weight_times_mark(need, priority):
    assert need.priority == pytest.approx(priority)


def test_at_most_five_enter_a_route_the_deepest_first():
    needs = [Need(f"A.{k}", DEFICIT, k / 10) for k in range(1, 8)]

    assert [need.competency_code for need in choose_for_route(needs)] == ["A.7", "A.6", "A.5", "A.4", "A.3"]
    assert len(choose_for_route(needs, limit=3)) == 3
    with pytest.raises(ValueError):
        choose_for_route(needs, limit=-1)


def test_equals_go_by_the_mark_and_then_by_code():
    plain, marked = Need("A.2", DEFICIT, 0.3), Need("B.1", DEFICIT, 0.2, is_marked=True)  # 0.2 * 1.5 is not exactly 0.3

    assert choose_for_route([plain, Need("A.1", DEFICIT, 0.3), marked]) == [marked, Need("A.1", DEFICIT, 0.3), plain]


def test_needs_come_from_declared_deficits_and_claims_only():
    [base] = build_profile([Answer("A", expert_parameter(ItemType.SHORT_ANSWER), 0)] * 3, parents={}, references={})
    estimates = [replace(base, competency_code=verdict.value, verdict=verdict) for verdict in Verdict]

    found = needs_of(estimates, {"deficit": 3.0}, marked=["claimed"])

    assert found == [Need("deficit", DEFICIT, base.severity, 3.0), Need("claimed", CLAIM, base.severity, 1.0, True)]


@given(
    st.lists(
        st.builds(Need, st.text("AB.12", min_size=1), st.sampled_from(DeficitKind), st.floats(0, 1), st.floats(0, 3), st.booleans()),
        max_size=9,
        unique_by=lambda need: need.competency_code,
    )
)
def test_the_choice_does_not_hang_on_the_order_given(needs):
    chosen = choose_for_route(needs)

    assert choose_for_route(needs[::-1]) == chosen
    assert [need.priority for need in chosen] == pytest.approx(sorted((need.priority for need in needs), reverse=True)[:5], abs=1e-9)
