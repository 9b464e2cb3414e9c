"""The curve of hours and coverage."""

import time
from dataclasses import replace

import pytest

from iom.profiles.kinds import DeficitKind
from iom.profiles.priority import Need
from iom.routes.candidates import Candidate
from iom.routes.curve import POINTS, hours_curve
from iom.routes.optimiser import Status
from iom.routes.proposal import propose
from tests.routes.people import YEAR, made_person


@pytest.mark.parametrize("seed", range(4))
def test_each_point_is_the_proposal_for_its_hours_and_the_share_never_falls(seed):
    needs, candidates = made_person(seed, 100)
    curve = hours_curve(needs, candidates, YEAR)
    assert [point.hours for point in curve] == list(POINTS)
    assert [point.share for point in curve] == sorted(point.share for point in curve)
    for point in curve:
        proposal = propose(needs, candidates, replace(YEAR, hours_max=point.solved_at))
        assert (point.items, point.objective, point.status) == (proposal.selected, proposal.objective, proposal.status)
        assert point.share == pytest.approx(proposal.share)
        assert point.covered == len(proposal.covered)
        assert point.hours_used == proposal.hours <= point.hours


def test_a_route_of_fewer_hours_is_kept_where_a_larger_budget_would_cover_less():
    # 36 hours: A to 100. 40 hours: A to 60 and B to 35, worth more by Z (475 against 420) and less by share (95 against 100).
    needs = [Need("A", DeficitKind.DEFICIT, severity=0.3), Need("B", DeficitKind.DEFICIT, severity=0.3)]
    candidates = [Candidate("a", "program", 36, {"A": 100}), Candidate("b", "program", 40, {"A": 60, "B": 35})]
    low, high = hours_curve(needs, candidates, replace(YEAR, items_max=1), points=(40, 36))
    assert propose(needs, candidates, replace(YEAR, items_max=1, hours_max=40)).selected == ("b",)
    assert (low.hours, low.solved_at, low.items, low.share) == (36, 36, ("a",), 0.5)
    assert (high.hours, high.solved_at, high.items, high.share) == (40, 36, ("a",), 0.5)


def test_a_budget_under_the_minimum_is_shown_as_impossible_with_the_nearest_route():
    needs = [Need("A", DeficitKind.DEFICIT, severity=0.3)]
    candidates = [Candidate("a", "program", 36, {"A": 78})]
    low, high = hours_curve(needs, candidates, replace(YEAR, must=("a",)), points=(24, 36))
    assert (low.status, low.items, low.share, low.objective) == (Status.INFEASIBLE, (), 0.0, None)
    assert (high.status, high.items, high.share) == (Status.OPTIMAL, ("a",), 0.78)


@pytest.mark.bench
def test_a_whole_curve_over_three_hundred_candidates_takes_less_than_two_seconds():
    needs, candidates = made_person(5, 300)
    begun = time.process_time()
    hours_curve(needs, candidates, YEAR)
    assert time.process_time() - begun < 2.0
