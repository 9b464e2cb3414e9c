"""Which evidence is in force, and what an estimate says it rests on."""

from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from iom.diagnostics.items import expert_parameter
from iom.diagnostics.kinds import ItemType
from iom.profiles.facts import AnswerFact, ImportFact, in_force, know, months_between
from iom.profiles.kinds import Basis, GroundKind, Verdict
from tests.site import moment

TASK = expert_parameter(ItemType.SHORT_ANSWER)
STATEMENT = expert_parameter(ItemType.SELF_STATEMENT, top=3)
NOW = moment(24)


def rating(
    attempt: int, competency: str, category: int | None, at: datetime = NOW, source: str = "self", *, not_mine: bool = False
) -> AnswerFact:
    return AnswerFact(attempt, source, "Самодиагностика", at, competency, STATEMENT, category, True, not_mine)


def task(attempt: int, competency: str, category: int | None, at: datetime = NOW, source: str = "test") -> AnswerFact:
    return AnswerFact(attempt, source, "Задания", at, competency, TASK, category, False)


def imported(attempt: int, competency: str, percent: float, n: int, at: datetime = NOW, source: str = "Центр") -> ImportFact:
    return ImportFact(attempt, source, at, competency, percent, n)


def test_a_repeat_replaces_the_same_instrument_competency_by_competency() -> None:
    old, new = moment(1, 9), moment(24)
    facts = [rating(1, "ME.1", 0, old), rating(1, "ME.2", 1, old), rating(2, "ME.1", 3, new)]
    assert in_force(facts) == [facts[1], facts[2]]


def test_different_sources_stand_beside_each_other() -> None:
    facts = [task(1, "ME.1", 0, moment(1, 9)), task(2, "ME.1", 1, source="other")]
    assert in_force(facts) == facts


def test_an_item_left_open_in_the_repeat_replaces_nothing() -> None:
    facts = [task(1, "ME.1", 1, moment(1, 9)), task(2, "ME.1", None)]
    assert in_force(facts) == facts[:1]


def test_not_my_work_in_the_repeat_replaces_the_older_rating() -> None:
    facts = [rating(1, "ME.1", 0, moment(1, 9)), rating(2, "ME.1", None, not_mine=True)]
    assert in_force(facts) == facts[1:]
    assert know(facts, (), {}, NOW) == []


def test_of_two_attempts_of_one_moment_the_later_key_counts() -> None:
    facts = [task(1, "ME.1", 1), task(2, "ME.1", 0)]
    assert in_force(facts) == facts[1:]


@given(st.lists(st.tuples(st.integers(1, 5), st.sampled_from(["ME.1", "ME.2"]), st.sampled_from([None, 0, 1])), max_size=30))
def test_what_is_in_force_is_of_one_attempt_a_competency(rows: list[tuple[int, str, int | None]]) -> None:
    facts = [task(attempt, competency, category, NOW + timedelta(hours=attempt)) for attempt, competency, category in rows]
    kept = in_force(facts)
    for competency in ("ME.1", "ME.2"):
        answered = {fact.attempt_id for fact in facts if fact.competency == competency and fact.category is not None}
        assert {fact.attempt_id for fact in kept if fact.competency == competency} == ({max(answered)} if answered else set())


def test_an_estimate_names_its_grounds_newest_first() -> None:
    spring = moment(14, 4)
    known = know([rating(2, "ME.2", 3), rating(2, "ME.2", 2)], [imported(1, "ME.2", 50, 10, spring)], {}, NOW)
    (entry,) = known
    assert [(ground.kind, ground.title, ground.n, ground.at) for ground in entry.grounds] == [
        (GroundKind.SELF, "Самодиагностика", 2, NOW),
        (GroundKind.IMPORTED, "Центр", 10, spring),
    ]
    assert (entry.measured_at, entry.objective_at) == (NOW, spring)
    assert entry.estimate.basis is Basis.IMPORTED


def test_ratings_alone_have_no_objective_moment() -> None:
    (entry,) = know([rating(1, "ME.2", 1)], (), {}, NOW)
    assert entry.objective_at is None
    assert entry.estimate.verdict in {Verdict.CLAIMED, Verdict.UNCLAIMED}


def test_a_result_of_two_years_ago_counts_half() -> None:
    # 50 % of 20 tasks two years old are 50 % of 10 fresh ones: P = 0.753 (methods, section 1).
    (entry,) = know((), [imported(1, "ME.2", 50, 20, NOW - timedelta(days=730.5))], {}, NOW)
    assert entry.estimate.p_below == pytest.approx(0.753, abs=0.005)


def test_ages_are_counted_in_months_and_never_negative() -> None:
    assert months_between(moment(24, 11, 2025), NOW) == pytest.approx(12, abs=0.02)
    assert months_between(NOW + timedelta(days=3), NOW) == 0
