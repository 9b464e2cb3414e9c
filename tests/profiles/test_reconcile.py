"""What new evidence makes of needs on record. Every case is written out; the numbers are those of the rules, not of the code."""

from dataclasses import replace
from datetime import datetime

import pytest

from iom.profiles.estimates import CompetencyEstimate
from iom.profiles.facts import Ground, Known
from iom.profiles.kinds import Basis, ChangeOutcome, DeficitKind, DeficitOrigin, GroundKind, Verdict
from iom.profiles.priority import Need
from iom.profiles.reconcile import Closing, Opening, OpenNeed, Renewal, Step, reconcile
from tests.site import moment

BEFORE, NOW = moment(1, 9), moment(24)
KINDS = {Basis.SELF: GroundKind.SELF, Basis.OBJECTIVE: GroundKind.TASKS, Basis.IMPORTED: GroundKind.IMPORTED}


def known(verdict: Verdict, p_below: float = 0.5, severity: float = 0.3, basis: Basis = Basis.OBJECTIVE, at: datetime = NOW) -> Known:
    estimate = CompetencyEstimate(
        competency_code="ME.2", basis=basis, n_answers=6, t=0.0, se=0.6, level=50.0, level_se=10.0, low=35.0, high=65.0, p_below=p_below,
        severity=severity, verdict=verdict, depth=None, kappa=60.0, mastery=2, model_version="expert-1",
    )  # fmt: skip
    return Known(estimate, (Ground(KINDS[basis], "Задания", at, 6, 7),))


CLAIMED = known(Verdict.CLAIMED, severity=0.2, basis=Basis.SELF)
UNCLAIMED = known(Verdict.UNCLAIMED, basis=Basis.SELF)
DEFICIT = OpenNeed(5, "ME.2", DeficitKind.DEFICIT, DeficitOrigin.ATTEMPT, 0.4, BEFORE)
CLAIM = OpenNeed(5, "ME.2", DeficitKind.CLAIM, DeficitOrigin.ATTEMPT, 0.2, BEFORE)
WISH = replace(CLAIM, origin=DeficitOrigin.PERSONAL_REQUEST, severity=0.175, is_marked=True)
SEEN = replace(DEFICIT, origin=DeficitOrigin.TUTOR)


def steps(
    *entries: Known, need: OpenNeed | None = None, p_up: float | None = None, dropped: datetime | None = None, weight: float = 1.0
) -> list[Step]:
    return reconcile(
        entries,
        [need] if need else [],
        weights={"ME.2": weight},
        growth={} if p_up is None else {"ME.2": p_up},
        dropped_at={} if dropped is None else {"ME.2": dropped},
        now=NOW,
    )


def test_objective_evidence_opens_a_deficit_at_its_own_moment() -> None:
    assert steps(known(Verdict.DEFICIT, 0.9, at=BEFORE), weight=2.0) == [
        Opening(Need("ME.2", DeficitKind.DEFICIT, 0.3, 2.0), BEFORE),
    ]


def test_ratings_open_a_claim_and_never_a_deficit() -> None:
    assert steps(CLAIMED) == [Opening(Need("ME.2", DeficitKind.CLAIM, 0.2), NOW)]


@pytest.mark.parametrize("verdict", [Verdict.INSUFFICIENT, Verdict.PROBABLE, Verdict.OPEN, Verdict.NONE, Verdict.UNCLAIMED])
def test_other_verdicts_open_nothing(verdict: Verdict) -> None:
    basis = Basis.SELF if verdict is Verdict.UNCLAIMED else Basis.OBJECTIVE
    assert steps(known(verdict, basis=basis)) == []


def test_an_open_deficit_is_renewed_not_doubled_and_keeps_its_mark() -> None:
    assert steps(known(Verdict.DEFICIT, 0.9), need=replace(DEFICIT, is_marked=True)) == [
        Renewal(5, Need("ME.2", DeficitKind.DEFICIT, 0.3, 1.0, is_marked=True)),
    ]


def test_a_claim_that_tasks_confirm_becomes_a_deficit() -> None:
    assert steps(known(Verdict.DEFICIT, 0.9), need=CLAIM) == [Renewal(5, Need("ME.2", DeficitKind.DEFICIT, 0.3), NOW)]


@pytest.mark.parametrize(
    ("p_below", "verdict", "p_up", "outcome"),
    [
        (0.15, Verdict.NONE, 0.5, ChangeOutcome.CLOSED),
        (0.20, Verdict.NONE, 0.0, ChangeOutcome.CLOSED),
        (0.40, Verdict.OPEN, 0.8, ChangeOutcome.PROVISIONALLY_CLOSED),
    ],
)
def test_a_repeat_closes_a_deficit(p_below: float, verdict: Verdict, p_up: float, outcome: ChangeOutcome) -> None:
    assert steps(known(verdict, p_below), need=DEFICIT, p_up=p_up) == [Closing(5, outcome, NOW)]


@pytest.mark.parametrize(
    ("p_below", "verdict", "p_up"),
    [
        (0.40, Verdict.OPEN, 0.79),  # remains: growth may be chance
        (0.60, Verdict.PROBABLE, 0.95),  # improved, not closed
        (0.10, Verdict.INSUFFICIENT, 0.99),  # two answers close nothing
    ],
)
def test_a_repeat_that_shows_less_leaves_the_deficit_open(p_below: float, verdict: Verdict, p_up: float) -> None:
    assert steps(known(verdict, p_below), need=DEFICIT, p_up=p_up) == []


def test_without_a_comparable_first_measurement_only_the_level_closes() -> None:
    assert steps(known(Verdict.OPEN, 0.4), need=DEFICIT) == []
    assert steps(known(Verdict.NONE, 0.1), need=DEFICIT) == [Closing(5, ChangeOutcome.CLOSED, NOW)]


def test_a_high_rating_closes_no_deficit() -> None:
    assert steps(UNCLAIMED, need=DEFICIT, p_up=0.99) == []


def test_time_alone_closes_no_deficit() -> None:
    aged = known(Verdict.NONE, 0.1, at=BEFORE)
    assert steps(aged, need=DEFICIT) == []


def test_a_rating_newer_than_the_deficit_does_not_make_old_tasks_a_repeat() -> None:
    entry = known(Verdict.NONE, 0.1, at=BEFORE)
    with_rating = Known(entry.estimate, (Ground(GroundKind.SELF, "Самодиагностика", NOW, 3, 8), *entry.grounds))
    assert steps(with_rating, need=DEFICIT) == []


def test_a_measured_deficit_does_not_become_a_claim_again() -> None:
    assert steps(CLAIMED, need=DEFICIT) == [Renewal(5, Need("ME.2", DeficitKind.DEFICIT, 0.4))]


@pytest.mark.parametrize("entry", [UNCLAIMED, known(Verdict.NONE, 0.1), known(Verdict.OPEN, 0.4), known(Verdict.PROBABLE, 0.6)])
def test_a_claim_ends_when_it_is_no_longer_made_or_tasks_decide(entry: Known) -> None:
    assert steps(entry, need=CLAIM) == [Closing(5, None, NOW)]


def test_a_claim_ends_when_the_work_no_longer_has_it() -> None:
    assert steps(need=CLAIM) == [Closing(5, None, NOW)]
    assert steps(need=DEFICIT) == []


@pytest.mark.parametrize("entry", [UNCLAIMED, known(Verdict.NONE, 0.1), known(Verdict.OPEN, 0.4)])
def test_a_wish_ends_only_when_its_owner_says_so(entry: Known) -> None:
    assert steps(entry, need=WISH) == []
    assert steps(need=WISH) == []


def test_a_rating_does_not_change_the_depth_that_people_gave() -> None:
    assert steps(CLAIMED, need=WISH) == [Renewal(5, Need("ME.2", DeficitKind.CLAIM, 0.175, is_marked=True))]
    assert steps(CLAIMED, need=SEEN) == [Renewal(5, Need("ME.2", DeficitKind.DEFICIT, 0.4))]


def test_what_a_tutor_added_is_closed_by_a_later_measurement_only() -> None:
    assert steps(known(Verdict.NONE, 0.1, at=BEFORE), need=SEEN) == []
    assert steps(known(Verdict.NONE, 0.1), need=SEEN) == [Closing(5, ChangeOutcome.CLOSED, NOW)]


def test_what_was_set_aside_comes_back_only_with_newer_evidence() -> None:
    assert steps(known(Verdict.DEFICIT, 0.9, at=BEFORE), dropped=BEFORE) == []
    assert steps(known(Verdict.DEFICIT, 0.9), dropped=BEFORE) == [Opening(Need("ME.2", DeficitKind.DEFICIT, 0.3), NOW)]


def test_a_new_rating_does_not_bring_back_a_deficit_that_old_tasks_showed() -> None:
    entry = known(Verdict.DEFICIT, 0.9, at=BEFORE)
    with_rating = Known(entry.estimate, (Ground(GroundKind.SELF, "Самодиагностика", NOW, 3, 8), *entry.grounds))
    assert steps(with_rating, dropped=moment(1, 10)) == []
