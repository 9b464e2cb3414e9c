"""Reads profiles, needs and requests for pages and for other areas."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache

from sqlalchemy import Integer, Row, Select, and_, bindparam, case, func, or_, select
from sqlalchemy.orm import Session, aliased

from iom.accounts.models import Person
from iom.catalog.kinds import AppliesTo, CompetencyLevel
from iom.catalog.models import Competency, CompetencyFramework
from iom.core.format import short_name
from iom.diagnostics.kinds import AttemptStage, AttemptStatus, DiagnosticMethod, ResultSource
from iom.diagnostics.models import CompetencyResult, Diagnostic, DiagnosticAttempt
from iom.organizations.models import Employee, EmployeeSubject, Employment, School
from iom.profiles.change_rows import ChangeRow, Measurement, newest_changes
from iom.profiles.kinds import DeficitKind, DeficitStatus
from iom.profiles.models import Deficit, PersonalRequest, ProfileEntry


@dataclass(frozen=True, slots=True)
class NeedRow:
    """One open need of a person, as a route works on it."""

    competency_id: int
    competency_code: str
    title: str
    kind: DeficitKind
    severity: float
    weight: float
    is_marked: bool
    deficit_id: int
    priority: float


@dataclass(frozen=True, slots=True)
class MapRow:
    """A competency of the map with what is known of it; `concerns` when it belongs to the person's post and subjects."""

    code: str
    title: str
    position: int
    weight: float
    block: str
    block_title: str
    concerns: bool
    entry: ProfileEntry | None


@dataclass(frozen=True, slots=True)
class DeficitRow:
    """One need, open or not, with who decided about it."""

    deficit: Deficit
    code: str
    title: str
    position: int
    decided_by: str

    @property
    def is_open(self) -> bool:
        return self.deficit.status is DeficitStatus.OPEN


@dataclass(frozen=True, slots=True)
class AttemptRow:
    """One attempt or import in the history."""

    id: int
    title: str
    method: DiagnosticMethod
    stage: AttemptStage
    source: ResultSource
    status: AttemptStatus
    on: datetime
    n_results: int


@dataclass(frozen=True, slots=True)
class OwnerRow:
    """Whose profile it is, as a page of somebody else names them, with the request in force."""

    employee_id: int
    first_name: str
    last_name: str
    position: str
    school: str
    request: PersonalRequest | None


def open_needs(session: Session, employee_id: int) -> list[NeedRow]:
    """Return the open needs of a person, those to work on first at the top."""
    rows = session.execute(
        select(
            Competency.id,
            Competency.code,
            Competency.title,
            Deficit.kind,
            Deficit.severity,
            Competency.weight,
            Deficit.is_marked,
            Deficit.id,
            Deficit.priority,
        )
        .join(Competency, Competency.id == Deficit.competency_id)
        .where(Deficit.employee_id == employee_id, Deficit.status == DeficitStatus.OPEN)
        .order_by(Deficit.priority.desc(), Deficit.is_marked.desc(), Competency.code)
    )
    return [NeedRow(*row) for row in rows]


def latest_scored_attempt(session: Session, employee_id: int) -> DiagnosticAttempt | None:
    """Return the newest scored attempt of a person, taken here or imported."""
    return session.scalars(
        select(DiagnosticAttempt)
        .where(DiagnosticAttempt.employee_id == employee_id, DiagnosticAttempt.status == AttemptStatus.SCORED)
        .order_by(DiagnosticAttempt.finished_at.desc(), DiagnosticAttempt.id.desc())
        .limit(1)
    ).first()


def list_requests(session: Session, employee_id: int, limit: int = 20) -> Sequence[PersonalRequest]:
    """Return what a person asked for in own words, the newest first."""
    return session.scalars(
        select(PersonalRequest)
        .where(PersonalRequest.employee_id == employee_id)
        .order_by(PersonalRequest.created_at.desc(), PersonalRequest.id.desc())
        .limit(limit)
    ).all()


def current_request(session: Session, employee_id: int) -> PersonalRequest | None:
    """Return the request in force; None when there is none or it was taken back."""
    newest = next(iter(list_requests(session, employee_id, 1)), None)
    return newest if newest is not None and newest.text else None


def find_open(session: Session, employee_id: int, competency_id: int) -> Deficit | None:
    """Return the open need of a person in a competency."""
    return session.scalar(
        select(Deficit).where(
            Deficit.employee_id == employee_id, Deficit.competency_id == competency_id, Deficit.status == DeficitStatus.OPEN
        )
    )


def find_deficit(session: Session, employee_id: int, deficit_id: int) -> Deficit | None:
    """Return a need of this person."""
    return session.scalar(select(Deficit).where(Deficit.id == deficit_id, Deficit.employee_id == employee_id))


@cache
def _map_of() -> Select[str, str, int, float, str, str, bool, ProfileEntry]:
    """Built once, because building takes longer than asking; reads `employee_id`."""
    employee_id = bindparam("employee_id", type_=Integer)
    block = aliased(Competency)
    framework = select(func.max(CompetencyFramework.id)).where(CompetencyFramework.is_active).scalar_subquery()
    taught = select(EmployeeSubject.subject_id).where(EmployeeSubject.employee_id == employee_id)
    category = select(Employee.category).where(Employee.id == employee_id).scalar_subquery()
    concerns = and_(
        Competency.framework_id == framework,
        or_(Competency.applies_to == AppliesTo.BOTH, Competency.applies_to == category),
        or_(Competency.subject_id.is_(None), Competency.subject_id.in_(taught)),
    )
    return (
        select(
            Competency.code,
            Competency.title,
            Competency.position,
            Competency.weight,
            block.code,
            block.title,
            case((concerns, True), else_=False),
            ProfileEntry,
        )
        .join(block, block.id == Competency.parent_id)
        .outerjoin(ProfileEntry, and_(ProfileEntry.competency_id == Competency.id, ProfileEntry.employee_id == employee_id))
        .where(Competency.level == CompetencyLevel.COMPETENCY, or_(concerns, ProfileEntry.id.is_not(None)))
        .order_by(Competency.position)
    )


def list_map(session: Session, employee_id: int) -> list[MapRow]:
    """Return what is known of a person, and beside it every competency of the map in use that concerns the person, measured or not.

    A competency concerns by the post and, where it has a subject, by what is taught. The order is that of the map.
    """
    return [MapRow(*row) for row in session.execute(_map_of(), {"employee_id": employee_id})]


@cache
def _needs() -> Select[Deficit, str, str, int, str, str]:
    """Built once; reads `employee_id`."""
    return (
        select(Deficit, Competency.code, Competency.title, Competency.position, Person.first_name, Person.last_name)
        .join(Competency, Competency.id == Deficit.competency_id)
        .outerjoin(Person, Person.id == Deficit.decided_by_id)
        .where(Deficit.employee_id == bindparam("employee_id"))
        .order_by(Deficit.opened_at.desc(), Deficit.id.desc())
    )


def _need(row: Row[Deficit, str, str, int, str, str]) -> DeficitRow:
    deficit, code, title, position, first_name, last_name = row
    return DeficitRow(deficit, code, title, position, short_name(first_name, last_name) if first_name else "")


def list_deficits(session: Session, employee_id: int) -> list[DeficitRow]:
    """Return all needs of a person, open and past, the newest first."""
    return [_need(row) for row in session.execute(_needs(), {"employee_id": employee_id})]


def find_need(session: Session, employee_id: int, deficit_id: int) -> DeficitRow | None:
    """Return one need of this person with its names."""
    row = session.execute(_needs().where(Deficit.id == deficit_id), {"employee_id": employee_id}).one_or_none()
    return None if row is None else _need(row)


def list_attempts(session: Session, employee_id: int) -> list[AttemptRow]:
    """Return the finished attempts and standing imports of a person, the newest first."""
    n_results = (
        select(func.count()).where(CompetencyResult.attempt_id == DiagnosticAttempt.id).correlate(DiagnosticAttempt).scalar_subquery()
    )
    rows = session.execute(
        select(
            DiagnosticAttempt.id,
            func.coalesce(Diagnostic.title, DiagnosticAttempt.source_name),
            DiagnosticAttempt.method,
            DiagnosticAttempt.stage,
            DiagnosticAttempt.source,
            DiagnosticAttempt.status,
            DiagnosticAttempt.finished_at,
            n_results,
        )
        .outerjoin(Diagnostic, Diagnostic.id == DiagnosticAttempt.diagnostic_id)
        .where(DiagnosticAttempt.employee_id == employee_id, DiagnosticAttempt.status.in_([AttemptStatus.FINISHED, AttemptStatus.SCORED]))
        .order_by(DiagnosticAttempt.finished_at.desc(), DiagnosticAttempt.id.desc())
    )
    return [AttemptRow(*row) for row in rows if row[6] is not None]


def get_owner(session: Session, employee_id: int) -> OwnerRow:
    """Return the name, main post and request of a person whose visibility was checked before."""
    newest = (
        select(PersonalRequest.id)
        .where(PersonalRequest.employee_id == employee_id)
        .order_by(PersonalRequest.created_at.desc(), PersonalRequest.id.desc())
        .limit(1)
        .scalar_subquery()
    )
    row = session.execute(
        select(Employee.id, Person.first_name, Person.last_name, Employment.position, School.short_name, PersonalRequest)
        .join(Person, Person.id == Employee.person_id)
        .outerjoin(Employment, and_(Employment.employee_id == Employee.id, Employment.ends_on.is_(None), Employment.is_main))
        .outerjoin(School, School.id == Employment.school_id)
        .outerjoin(PersonalRequest, PersonalRequest.id == newest)
        .where(Employee.id == employee_id)
    ).one()
    return OwnerRow(row[0], row[1], row[2], row[3] or "", row[4] or "", row[5])


@cache
def _measured_twice() -> Select[CompetencyResult, str, str, str, datetime]:
    """Built once; reads `employee_id`. The two newest results of each instrument or source on each competency, in the order of the map."""
    source = func.coalesce(Diagnostic.code, DiagnosticAttempt.source_name).label("source")
    place = (
        func.row_number()
        .over(
            partition_by=(func.coalesce(Diagnostic.code, DiagnosticAttempt.source_name), CompetencyResult.competency_id),
            order_by=(DiagnosticAttempt.finished_at.desc(), DiagnosticAttempt.id.desc()),
        )
        .label("place")
    )
    ranked = (
        select(CompetencyResult.id, source, DiagnosticAttempt.finished_at, place)
        .join(DiagnosticAttempt, DiagnosticAttempt.id == CompetencyResult.attempt_id)
        .outerjoin(Diagnostic, Diagnostic.id == DiagnosticAttempt.diagnostic_id)
        .where(DiagnosticAttempt.employee_id == bindparam("employee_id"), DiagnosticAttempt.status == AttemptStatus.SCORED)
        .subquery()
    )
    return (
        select(CompetencyResult, Competency.code, Competency.title, ranked.c.source, ranked.c.finished_at)
        .join(ranked, ranked.c.id == CompetencyResult.id)
        .join(Competency, Competency.id == CompetencyResult.competency_id)
        .where(ranked.c.place <= 2)
        .order_by(Competency.position, ranked.c.source, ranked.c.place)
    )


def change_between(session: Session, employee_id: int, needs: Sequence[DeficitRow] | None = None) -> list[ChangeRow]:
    """Return before and after for each competency that one instrument or source measured twice, in the order of the map.

    `needs` are the person's needs where the caller has read them already.
    """
    rows = session.execute(_measured_twice(), {"employee_id": employee_id})
    ended = {
        (row.code, row.deficit.closed_at): row.deficit.outcome
        for row in (list_deficits(session, employee_id) if needs is None else needs)
        if row.deficit.closed_at is not None and row.deficit.outcome is not None
    }
    return newest_changes([Measurement(*row) for row in rows], ended)
