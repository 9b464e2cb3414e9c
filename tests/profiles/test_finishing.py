"""From the last answer to the profile: claims, deficits, and what a repeat makes of them. Probabilities are those of methods, section 1."""

from datetime import datetime, timedelta

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from iom.core.errors import NotFound, Refused
from iom.core.models import AuditEntry
from iom.diagnostics.kinds import AttemptStage, AttemptStatus
from iom.diagnostics.models import CompetencyResult, Diagnostic, DiagnosticAttempt
from iom.diagnostics.reasons import DiagnosticRefusal
from iom.diagnostics.service import SaveAnswers, SentAnswer, StartAttempt, save_answers, start
from iom.profiles.finishing import FinishAttempt, finish_attempt
from iom.profiles.kinds import Basis, ChangeOutcome, DeficitKind, DeficitOrigin, DeficitStatus, Verdict
from iom.profiles.models import Deficit, ProfileEntry
from iom.profiles.queries import change_between, latest_scored_attempt, open_needs
from tests.cast import Cast, Member
from tests.diagnostics.samples import Bank, add_test, by_competency, take
from tests.site import moment

SEPTEMBER, NOW = moment(3, 9), moment(24)


def finish(db: Session, member: Member, diagnostic: Diagnostic, ratings: dict[str, int | str], now: datetime = NOW) -> DiagnosticAttempt:
    attempt = take(db, member.actor, diagnostic, ratings, now)
    return finish_attempt(db, member.actor, FinishAttempt(attempt.id), now + timedelta(minutes=10))


def right(n: int, of: int = 6) -> dict[str, int | str]:
    """Return n right answers of the test; its right option is 0."""
    return {f"T-{k}": 0 if k <= n else 1 for k in range(1, of + 1)}


def deficits(db: Session) -> list[tuple[DeficitKind, DeficitStatus, ChangeOutcome | None]]:
    db.flush()
    db.expire_all()
    return [(row.kind, row.status, row.outcome) for row in db.scalars(select(Deficit).order_by(Deficit.id))]


def entry(db: Session, bank: Bank, code: str) -> ProfileEntry:
    db.flush()
    db.expire_all()
    return db.scalars(select(ProfileEntry).where(ProfileEntry.competency_id == bank.competencies[code].id)).one()


def test_a_self_diagnostic_makes_a_profile_with_claims_and_no_deficit(db: Session, cast: Cast, bank: Bank) -> None:
    attempt = finish(db, cast.anna, bank.diagnostic, by_competency(ME_1=3, ME_2=0, PP_1=2, PP_2=2))
    assert (attempt.status, attempt.stage) == (AttemptStatus.SCORED, AttemptStage.ENTRY)
    assert attempt.finished_at == attempt.scored_at == NOW + timedelta(minutes=10)
    results = db.scalars(select(CompetencyResult).where(CompetencyResult.attempt_id == attempt.id)).all()
    assert {row.basis for row in results} == {Basis.SELF}
    assert entry(db, bank, "ME.2").verdict is Verdict.CLAIMED
    assert [entry(db, bank, code).verdict for code in ("ME.1", "PP.1", "PP.2")] == [Verdict.UNCLAIMED] * 3
    (need,) = open_needs(db, cast.anna.employee_id)
    assert (need.competency_code, need.kind, need.title) == ("ME.2", DeficitKind.CLAIM, "Оценивание результатов")
    assert need.priority == pytest.approx(need.severity * 0.5)  # weight 1, claims count half


def test_statements_of_a_component_count_for_its_competency(db: Session, cast: Cast, bank: Bank) -> None:
    finish(db, cast.anna, bank.diagnostic, by_competency(ME_1=3, ME_2=0))
    kept = entry(db, bank, "ME.2")
    assert kept.n_answers == 3  # two statements of the competency and one of its component
    assert kept.raw_percent == 0
    assert [ground["n"] for ground in kept.rests_on] == [3]
    assert db.scalar(select(func.count()).select_from(ProfileEntry)) == 2


def test_who_rates_everything_low_still_gets_no_deficit(db: Session, cast: Cast, bank: Bank) -> None:
    finish(db, cast.anna, bank.diagnostic, by_competency(ME_1=0, ME_2=0, PP_1=0, PP_2=0))
    assert {kind for kind, _, _ in deficits(db)} <= {DeficitKind.CLAIM}
    assert {row.verdict for row in db.scalars(select(ProfileEntry))} <= {Verdict.CLAIMED, Verdict.UNCLAIMED}


def test_finishing_twice_has_one_effect(db: Session, cast: Cast, bank: Bank) -> None:
    attempt = finish(db, cast.anna, bank.diagnostic, by_competency(ME_1=3, ME_2=0))
    again = finish_attempt(db, cast.anna.actor, FinishAttempt(attempt.id), NOW + timedelta(hours=1))
    db.commit()
    assert again.finished_at == NOW + timedelta(minutes=10)
    assert db.scalar(select(func.count()).select_from(CompetencyResult)) == 2
    assert len(deficits(db)) == 1
    lines = db.scalars(select(AuditEntry).where(AuditEntry.reason == "scored entry")).all()
    assert [(line.object_id, line.subject_id) for line in lines] == [(attempt.id, cast.anna.person.id)]


def test_after_finishing_answers_do_not_change(db: Session, cast: Cast, bank: Bank) -> None:
    attempt = finish(db, cast.anna, bank.diagnostic, by_competency(ME_2=0, ME_1=3))
    with pytest.raises(Refused) as refused:
        save_answers(db, cast.anna.actor, SaveAnswers(attempt.id, (SentAnswer(bank.items["S-ME-1-1"].id, ("0",)),)), NOW)
    assert refused.value.reason == DiagnosticRefusal.ATTEMPT_FINISHED


def test_an_attempt_without_a_single_answer_is_not_finished(db: Session, cast: Cast, bank: Bank) -> None:
    attempt = take(db, cast.anna.actor, bank.diagnostic, {"S-ME-1-1": "na"}, NOW)
    with pytest.raises(Refused) as refused:
        finish_attempt(db, cast.anna.actor, FinishAttempt(attempt.id), NOW)
    assert refused.value.reason == DiagnosticRefusal.NOTHING_ANSWERED


def test_another_persons_attempt_is_not_finished(db: Session, cast: Cast, bank: Bank) -> None:
    attempt = take(db, cast.anna.actor, bank.diagnostic, {"S-ME-1-1": 1}, NOW)
    for other in (cast.gleb, cast.boris, cast.marina, cast.admin):
        with pytest.raises(NotFound):
            finish_attempt(db, other.actor, FinishAttempt(attempt.id), NOW)


def test_tasks_open_a_deficit_with_their_own_severity(db: Session, cast: Cast, bank: Bank) -> None:
    attempt = finish(db, cast.anna, add_test(db, bank), right(0))
    kept = entry(db, bank, "ME.2")
    assert (kept.basis, kept.verdict, kept.n_answers) == (Basis.OBJECTIVE, Verdict.DEFICIT, 6)
    # 0 of 6: P = 0.990, L = 26.0, v = 0.567; the few chances of a lucky guess move them by less than the tolerance.
    assert kept.p_below == pytest.approx(0.990, abs=0.01)
    assert kept.level == pytest.approx(26.0, abs=1)
    (need,) = db.scalars(select(Deficit)).all()
    assert (need.kind, need.origin, need.attempt_id) == (DeficitKind.DEFICIT, DeficitOrigin.ATTEMPT, attempt.id)
    assert need.severity == pytest.approx(0.567, abs=0.01)
    assert need.opened_at == NOW + timedelta(minutes=10)


def test_tasks_decide_and_the_rating_stands_beside_them(db: Session, cast: Cast, bank: Bank) -> None:
    finish(db, cast.anna, bank.diagnostic, by_competency(ME_1=0, ME_2=3), SEPTEMBER)
    finish(db, cast.anna, add_test(db, bank), right(0))
    kept = entry(db, bank, "ME.2")
    assert (kept.basis, kept.verdict) == (Basis.OBJECTIVE, Verdict.DEFICIT)
    assert kept.self_level is not None
    assert kept.self_level > 60
    assert kept.gap is not None
    assert kept.gap >= 25
    assert [ground["kind"] for ground in kept.rests_on] == ["tasks", "self"]


@pytest.mark.parametrize(
    ("first", "second", "status", "outcome"),
    [
        (0, 6, DeficitStatus.CLOSED, ChangeOutcome.CLOSED),  # P = 0.051
        (0, 4, DeficitStatus.CLOSED, ChangeOutcome.PROVISIONALLY_CLOSED),  # P = 0.387, (0.603 + 1.155)/0.966 → 0.97
        (0, 3, DeficitStatus.OPEN, ChangeOutcome.IMPROVED),  # P = 0.643, (0.172 + 1.155)/0.957 → 0.92
        (2, 3, DeficitStatus.OPEN, ChangeOutcome.REMAINS),  # P = 0.643, (0.172 + 0.252)/0.923 → 0.68
        (2, 2, DeficitStatus.OPEN, ChangeOutcome.REMAINS),
    ],
)
def test_a_repeat_tells_how_a_deficit_ended(
    db: Session, cast: Cast, bank: Bank, first: int, second: int, status: DeficitStatus, outcome: ChangeOutcome
) -> None:
    test = add_test(db, bank)
    finish(db, cast.anna, test, right(first), SEPTEMBER)
    repeat = finish(db, cast.anna, test, right(second))
    assert repeat.stage is AttemptStage.REPEAT
    is_closed = status is DeficitStatus.CLOSED
    assert deficits(db) == [(DeficitKind.DEFICIT, status, outcome if is_closed else None)]
    (change,) = change_between(db, cast.anna.employee_id)
    assert (change.code, change.outcome) == ("ME.2", outcome)
    assert (change.before.at, change.after.at) == (SEPTEMBER + timedelta(minutes=10), NOW + timedelta(minutes=10))


def test_a_repeat_of_ratings_shows_both_and_says_nothing_of_growth(db: Session, cast: Cast, bank: Bank) -> None:
    finish(db, cast.anna, bank.diagnostic, by_competency(ME_1=3, ME_2=0), SEPTEMBER)
    finish(db, cast.anna, bank.diagnostic, by_competency(ME_1=2, ME_2=2))
    assert deficits(db) == [(DeficitKind.CLAIM, DeficitStatus.CLOSED, None)]
    changes = {change.code: change for change in change_between(db, cast.anna.employee_id)}
    assert set(changes) == {"ME.1", "ME.2"}
    assert (changes["ME.2"].p_up, changes["ME.2"].outcome, changes["ME.2"].basis) == (None, None, Basis.SELF)
    assert changes["ME.2"].points > 0 > changes["ME.1"].points


def test_what_the_repeat_leaves_out_stays_known(db: Session, cast: Cast, bank: Bank) -> None:
    finish(db, cast.anna, bank.diagnostic, by_competency(ME_1=3, ME_2=0), SEPTEMBER)
    finish(db, cast.anna, bank.diagnostic, by_competency(ME_1=3))
    assert entry(db, bank, "ME.2").measured_at == SEPTEMBER + timedelta(minutes=10)
    assert deficits(db) == [(DeficitKind.CLAIM, DeficitStatus.OPEN, None)]


def test_the_latest_attempt_is_the_one_measured_last(db: Session, cast: Cast, bank: Bank) -> None:
    assert latest_scored_attempt(db, cast.anna.employee_id) is None
    finish(db, cast.anna, bank.diagnostic, by_competency(ME_1=3), SEPTEMBER)
    newest = finish(db, cast.anna, add_test(db, bank), right(1))
    found = latest_scored_attempt(db, cast.anna.employee_id)
    assert found is not None
    assert found.id == newest.id


def test_a_new_version_of_the_questionnaire_is_a_repeat_of_the_old_one(db: Session, cast: Cast, bank: Bank) -> None:
    finish(db, cast.anna, bank.diagnostic, by_competency(ME_1=3, ME_2=0), SEPTEMBER)
    again = start(db, cast.anna.actor, StartAttempt(bank.diagnostic.id, NOW.date()), NOW)
    assert again.stage is AttemptStage.REPEAT


def test_people_do_not_share_a_profile(db: Session, cast: Cast, bank: Bank) -> None:
    finish(db, cast.anna, bank.diagnostic, by_competency(ME_1=3, ME_2=0))
    finish(db, cast.gleb, bank.diagnostic, by_competency(ME_1=0, ME_2=3))
    assert [need.competency_code for need in open_needs(db, cast.anna.employee_id)] == ["ME.2"]
    assert [need.competency_code for need in open_needs(db, cast.gleb.employee_id)] == ["ME.1"]
