"""Percentages from elsewhere: what they make of a profile, and that loading them again changes nothing."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from iom.core.errors import Forbidden, NotFound, Refused
from iom.core.models import AuditEntry
from iom.diagnostics.kinds import AttemptStage, AttemptStatus, DiagnosticMethod, ResultSource
from iom.diagnostics.models import CompetencyResult, DiagnosticAttempt
from iom.profiles.importing import Imported, ImportedRow, import_results
from iom.profiles.kinds import Basis, ChangeOutcome, DeficitKind, DeficitStatus, Verdict
from iom.profiles.models import Deficit, ProfileEntry
from iom.profiles.queries import change_between
from iom.profiles.reasons import ProfileRefusal
from tests.cast import Cast, Member
from tests.diagnostics.samples import Bank
from tests.site import moment

NOW = moment(24)
TODAY = date(2026, 11, 24)
APRIL = date(2026, 4, 14)
CENTRE = "Региональная диагностика"


def bring(db: Session, cast: Cast, *rows: ImportedRow, source: str = CENTRE, member: Member | None = None) -> Imported:
    found = import_results(db, (member or cast.dina).actor, cast.anna.employee_id, source, rows, NOW)
    db.flush()
    db.expire_all()
    return found


def row(code: str = "ME.2", percent: float = 52, n: int | None = 25, on: date = TODAY) -> ImportedRow:
    return ImportedRow(code, percent, on, n)


def profile(db: Session) -> dict[int, ProfileEntry]:
    return {entry.competency_id: entry for entry in db.scalars(select(ProfileEntry))}


def test_an_import_is_an_attempt_of_its_own_kind(db: Session, cast: Cast, bank: Bank) -> None:
    assert bring(db, cast, row(on=APRIL)) == Imported(new=1)
    attempt = db.scalars(select(DiagnosticAttempt)).one()
    assert (attempt.source, attempt.method, attempt.source_name) == (ResultSource.IMPORTED, DiagnosticMethod.EXTERNAL, CENTRE)
    assert (attempt.stage, attempt.status, attempt.diagnostic_id) == (AttemptStage.ENTRY, AttemptStatus.SCORED, None)
    assert attempt.finished_at == datetime(2026, 4, 14, 9, tzinfo=UTC)
    assert attempt.scored_at == NOW


def test_fifty_two_of_a_hundred_on_twenty_five_tasks_is_a_deficit(db: Session, cast: Cast, bank: Bank) -> None:
    bring(db, cast, row())
    result = db.scalars(select(CompetencyResult)).one()
    # P = I_0.6(14, 13) = 0.801 (methods, section 1); level 100·14/27.
    assert result.p_below == pytest.approx(0.801, abs=0.001)
    assert result.level == pytest.approx(100 * 14 / 27, abs=0.01)
    assert (result.basis, result.verdict, result.raw_percent, result.n_answers) == (Basis.IMPORTED, Verdict.DEFICIT, 52, 25)
    need = db.scalars(select(Deficit)).one()
    assert (need.kind, need.status, need.competency_id) == (DeficitKind.DEFICIT, DeficitStatus.OPEN, bank.competencies["ME.2"].id)


def test_a_silent_number_of_tasks_counts_as_ten_and_is_only_probable(db: Session, cast: Cast, bank: Bank) -> None:
    bring(db, cast, row(percent=50, n=None))
    result = db.scalars(select(CompetencyResult)).one()
    assert (result.n_answers, result.verdict) == (10, Verdict.PROBABLE)
    assert result.p_below == pytest.approx(0.753, abs=0.001)
    assert db.scalars(select(Deficit)).all() == []


def test_rows_of_a_component_are_put_together_with_their_competency(db: Session, cast: Cast, bank: Bank) -> None:
    # 10 of 20 and 3 of 5 right are 13 of 25: 52 %.
    bring(db, cast, row("ME.2", 50, 20), row("ME.2.1", 60, 5))
    result = db.scalars(select(CompetencyResult)).one()
    assert (result.raw_percent, result.n_answers) == (pytest.approx(52), 25)
    assert result.p_below == pytest.approx(0.801, abs=0.001)


def test_the_same_rows_again_change_nothing(db: Session, cast: Cast, bank: Bank) -> None:
    rows = (row(), row("ME.1", 80, 10), row("ME.2", 70, 30, APRIL))
    assert bring(db, cast, *rows) == Imported(new=2)
    assert bring(db, cast, *reversed(rows)) == Imported(same=2)
    assert db.scalar(select(func.count()).select_from(DiagnosticAttempt)) == 2


def test_corrected_values_of_a_day_replace_the_wrong_ones(db: Session, cast: Cast, bank: Bank) -> None:
    bring(db, cast, row(percent=20))
    assert bring(db, cast, row(percent=90)) == Imported(corrected=1)
    standing = db.scalars(select(DiagnosticAttempt.status).order_by(DiagnosticAttempt.id)).all()
    assert standing == [AttemptStatus.ANNULLED, AttemptStatus.SCORED]
    assert profile(db)[bank.competencies["ME.2"].id].verdict is Verdict.NONE


def test_two_sources_speak_together(db: Session, cast: Cast, bank: Bank) -> None:
    bring(db, cast, row(percent=50, n=10), source="Одна")
    bring(db, cast, row(percent=50, n=10), source="Другая")
    entry = profile(db)[bank.competencies["ME.2"].id]
    # 10 of 20 right: P = I_0.6(11, 11) = 0.826, more than either says alone (0.753).
    assert entry.p_below == pytest.approx(0.826, abs=0.001)
    assert entry.verdict is Verdict.DEFICIT
    assert {ground["title"] for ground in entry.rests_on} == {"Одна", "Другая"}


def test_a_later_day_of_the_same_source_is_its_repeat_and_closes(db: Session, cast: Cast, bank: Bank) -> None:
    bring(db, cast, row(percent=30, n=25, on=APRIL))
    bring(db, cast, row(percent=84, n=25))
    stages = db.scalars(select(DiagnosticAttempt.stage).order_by(DiagnosticAttempt.id)).all()
    assert stages == [AttemptStage.ENTRY, AttemptStage.REPEAT]
    need = db.scalars(select(Deficit)).one()
    assert (need.status, need.outcome) == (DeficitStatus.CLOSED, ChangeOutcome.CLOSED)
    assert need.opened_at.date() == APRIL
    (change,) = change_between(db, cast.anna.employee_id)
    assert change.outcome is ChangeOutcome.CLOSED
    # Before and after are each scored as of their own day: 100·(1 + 7.5)/27 and 100·(1 + 21)/27.
    assert (change.before.level, change.after.level) == (pytest.approx(31.48, abs=0.01), pytest.approx(81.48, abs=0.01))


def test_an_older_day_brought_later_is_no_repeat_of_the_newer(db: Session, cast: Cast, bank: Bank) -> None:
    bring(db, cast, row(percent=30, n=25))
    bring(db, cast, row(percent=90, n=25, on=APRIL))
    need = db.scalars(select(Deficit)).one()
    assert need.status is DeficitStatus.OPEN
    assert profile(db)[bank.competencies["ME.2"].id].verdict is Verdict.DEFICIT


@pytest.mark.parametrize(
    ("bad", "reason"),
    [
        (row("ME.9"), ProfileRefusal.UNKNOWN_COMPETENCY),
        (row("ME.2.9"), ProfileRefusal.UNKNOWN_COMPETENCY),
        (row("ME"), ProfileRefusal.UNKNOWN_COMPETENCY),
        (row(""), ProfileRefusal.UNKNOWN_COMPETENCY),
        (row(percent=-1), ProfileRefusal.BAD_PERCENT),
        (row(percent=100.5), ProfileRefusal.BAD_PERCENT),
        (row(percent=float("nan")), ProfileRefusal.BAD_PERCENT),
        (row(n=0), ProfileRefusal.BAD_TASKS),
        (row(n=100_000), ProfileRefusal.BAD_TASKS),
        (row(on=date(2026, 11, 25)), ProfileRefusal.DATE_AHEAD),
    ],
)
def test_a_row_that_cannot_be_is_refused_and_nothing_is_kept(
    db: Session, cast: Cast, bank: Bank, bad: ImportedRow, reason: ProfileRefusal
) -> None:
    with pytest.raises(Refused) as refused:
        bring(db, cast, row("ME.1"), bad)
    assert (refused.value.reason, refused.value.facts["row"]) == (reason, 2)
    assert db.scalars(select(DiagnosticAttempt)).all() == []


def test_a_day_that_has_begun_in_the_east_is_not_ahead_and_is_known_again(db: Session, cast: Cast, bank: Bank) -> None:
    evening = datetime(2026, 11, 24, 22, 50, tzinfo=UTC)  # 01:50 on the 25th in Moscow
    rows = [row(on=date(2026, 11, 25))]
    assert import_results(db, None, cast.anna.employee_id, CENTRE, rows, evening) == Imported(new=1)
    assert import_results(db, None, cast.anna.employee_id, CENTRE, rows, evening) == Imported(same=1)


@pytest.mark.parametrize("source", ["", "   ", "я" * 201])
def test_a_source_without_a_proper_name_is_refused(db: Session, cast: Cast, bank: Bank, source: str) -> None:
    with pytest.raises(Refused, match="no_source"):
        bring(db, cast, row(), source=source)


def test_only_the_centre_and_methodists_of_the_region_import(db: Session, cast: Cast, bank: Bank) -> None:
    for member in (cast.boris, cast.marina, cast.admin, cast.anna):
        with pytest.raises(Forbidden):
            bring(db, cast, row(), member=member)
    with pytest.raises(NotFound):
        bring(db, cast, row(), member=cast.gleb)
    far = replace(cast.dina, actor=replace(cast.dina.actor, region_id=cast.other_region.id))
    with pytest.raises(NotFound):
        bring(db, cast, row(), member=far)
    assert bring(db, cast, row(), member=cast.vera) == Imported(new=1)


def test_an_import_is_in_the_journal_and_a_repeated_one_is_not(db: Session, cast: Cast, bank: Bank) -> None:
    bring(db, cast, row())
    bring(db, cast, row())
    db.commit()
    lines = db.scalars(select(AuditEntry).where(AuditEntry.object_type == "employee")).all()
    assert [(line.subject_id, line.object_id) for line in lines] == [(cast.anna.person.id, cast.anna.employee_id)]


def test_the_operator_of_the_installation_imports_without_a_role(db: Session, cast: Cast, bank: Bank) -> None:
    assert import_results(db, None, cast.anna.employee_id, CENTRE, [row()], NOW) == Imported(new=1)
