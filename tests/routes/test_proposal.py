"""Whole proposals: the picture adds up, every need is answered, conditions of the season hold."""

from dataclasses import replace
from datetime import date
from random import Random

import pytest

from iom.profiles.kinds import DeficitKind
from iom.profiles.priority import Need
from iom.routes.candidates import Candidate, Conditions, barriers_of, make_case
from iom.routes.optimiser import Status
from iom.routes.proposal import propose
from iom.routes.reasons import Obstacle, UncoveredReason
from iom.routes.rules import Rule
from iom.routes.why_here import ItemReason
from tests.routes.people import YEAR, made_person
from tests.routes.second_opinion import objective, violations

NEEDS = [
    Need("A", DeficitKind.DEFICIT, severity=0.4),
    Need("B", DeficitKind.DEFICIT, severity=0.2),
    Need("C", DeficitKind.CLAIM, severity=0.2),
]


def course(name, hours, cover, **facts) -> Candidate:
    return Candidate(name, facts.pop("kind", "program"), hours, cover=cover, **facts)


def test_a_route_of_three_needs_is_the_one_found_by_hand():
    candidates = [
        course("long", 72, {"A": 95}),
        course("short", 36, {"A": 78}),
        course("seminar", 8, {"B": 28}, hours_estimated=True),
        course("practice", 16, {"B": 49}, kind="internship", price=1000),
        course("closed", 36, {"C": 78}, seats_left=0),
    ]
    proposal = propose(NEEDS, candidates, YEAR)
    assert proposal.selected == ("practice", "seminar", "short")
    assert (proposal.hours, proposal.hours_estimated, proposal.price) == (60, 8, 1000)
    assert [(need.code, need.percent, need.by) for need in proposal.covered] == [("A", 78, ("short",)), ("B", 77, ("practice", "seminar"))]
    # Weights 10, 5, 3 (a claim is halved): Z = 10 · (300 + 18 · 3) + 5 · (300 + 17 · 3) − 60.
    assert proposal.objective == proposal.bound == 3540 + 1755 - 60
    assert proposal.share == pytest.approx((10 * 78 + 5 * 77) / 1800)
    (claim,) = proposal.uncovered
    assert (claim.code, claim.percent, claim.reason) == ("C", 0, UncoveredReason.OBSTACLE)
    assert (claim.obstacles, claim.candidates) == ((Obstacle.SEATS,), ("closed",))


def test_every_item_says_why_it_is_here():
    candidates = [course("a", 36, {"A": 78}), course("b", 24, {"A": 63}), course("c", 20, {"B": 60})]
    proposal = propose(NEEDS[:2], candidates, replace(YEAR, hours_max=60, must=("c",)))
    assert {item.id: item.why.reason for item in proposal.items} == {"a": ItemReason.STRONGEST, "c": ItemReason.PINNED}


def test_what_bars_a_person_is_told_with_the_codes():
    candidates = [course("a", 36, {"A": 78}, obstacles=("subject", "region"))]
    (need,) = propose(NEEDS[:1], candidates, YEAR).uncovered
    assert (need.obstacles, need.candidates, need.eligibility) == ((Obstacle.ELIGIBILITY,), ("a",), ("subject", "region"))


def test_needs_beyond_the_limit_are_postponed_unless_the_route_covers_them_anyway():
    candidates = [course("a", 36, {"A": 78, "C": 70})]
    proposal = propose(NEEDS, candidates, replace(YEAR, needs_max=1))
    assert [need.code for need in proposal.covered] == ["A", "C"]
    assert [(need.code, need.reason) for need in proposal.uncovered] == [("B", UncoveredReason.POSTPONED)]
    assert proposal.share == pytest.approx(0.78)


def test_days_off_keep_courses_with_fixed_days_away():
    run = course("run", 36, {"A": 78}, load=1, start=date(2027, 1, 5), end=date(2027, 1, 20))
    holidays = replace(YEAR, blocked=((date(2026, 12, 30), date(2027, 1, 10)),))
    assert propose(NEEDS[:1], [run], YEAR).selected == ("run",)
    (need,) = propose(NEEDS[:1], [run], holidays).uncovered
    assert (need.obstacles, need.candidates) == ((Obstacle.DATES,), ("run",))


def test_a_pinned_course_without_seats_is_not_proposed_silently():
    candidates = [course("a", 36, {"A": 78}, seats_left=0), course("b", 24, {"A": 63})]
    proposal = propose(NEEDS[:1], candidates, replace(YEAR, must=("a",)))
    assert (proposal.status, proposal.objective, proposal.selected) == (Status.INFEASIBLE, None, ("b",))
    assert [(gave.rule, gave.subject) for gave in proposal.gave_way] == [(Rule.MUST, "a")]


def test_conditions_that_contradict_each_other_show_the_nearest_route():
    candidates = [course("a", 36, {"A": 78}), course("b", 24, {"B": 63})]
    proposal = propose(NEEDS[:2], candidates, replace(YEAR, hours_max=50, must=("a", "b")))
    assert (proposal.status, proposal.selected) == (Status.INFEASIBLE, ("a",))
    assert [gave.subject for gave in proposal.gave_way] == ["b"]
    assert proposal.clashes == (Rule.HOURS_MAX,)


def test_no_needs_make_an_empty_proposal():
    proposal = propose([], [course("a", 36, {"A": 78})], YEAR)
    assert (proposal.items, proposal.covered, proposal.uncovered, proposal.share) == ((), (), (), 0.0)
    assert proposal.status is Status.OPTIMAL


@pytest.mark.parametrize("seed", range(12))
def test_the_parts_of_a_proposal_agree_with_each_other(seed):
    needs, candidates = made_person(seed, 120)
    conditions = replace(YEAR, hours_max=108, money_max=6000)
    proposal = propose(needs, candidates, conditions)
    chosen = [candidate for candidate in candidates if candidate.id in proposal.selected]
    case = make_case(needs, candidates, conditions)
    assert violations(case.instance, proposal.selected) == []
    assert objective(case.instance, proposal.selected) == proposal.objective == proposal.bound
    assert not any(barriers_of(candidate, conditions) for candidate in chosen)
    answered = {need.code: need.percent for need in (*proposal.covered, *proposal.uncovered)}
    assert answered == {need.competency_code: min(100, sum(c.cover.get(need.competency_code, 0) for c in chosen)) for need in needs}
    assert all(need.percent >= 60 for need in proposal.covered)
    assert all(need.percent < 60 for need in proposal.uncovered)
    assert proposal.hours == sum(candidate.hours for candidate in chosen) <= 108


@pytest.mark.parametrize("seed", range(3))
def test_order_of_needs_and_candidates_changes_nothing(seed):
    needs, candidates = made_person(seed, 90)
    expected = propose(needs, candidates, YEAR)
    rng = Random(seed)
    assert propose(rng.sample(needs, len(needs)), rng.sample(candidates, len(candidates)), YEAR) == expected
    assert propose(needs, candidates, Conditions(hours_max=72, starts_on=YEAR.starts_on, ends_on=YEAR.ends_on)) == expected


def test_a_person_without_needs_gets_an_empty_proven_route() -> None:
    proposal = propose([], [], Conditions(72))
    assert (proposal.status, proposal.items, proposal.objective, proposal.bound, proposal.share) == (Status.OPTIMAL, (), 0, 0, 0.0)
