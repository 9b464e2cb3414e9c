"""Reads what a printed route says beside the route itself; the caller has asked the policy."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import and_, select
from sqlalchemy.orm import Session, aliased, joinedload

from iom.accounts.models import Person, RoleGrant
from iom.catalog.models import Competency
from iom.core.actor import Role
from iom.core.format import full_name
from iom.diagnostics.models import CompetencyResult, Diagnostic, DiagnosticAttempt
from iom.organizations.models import Employee, EmployeeSubject, Employment, Municipality, School, Subject
from iom.profiles.models import Deficit
from iom.routes.models import Order, OrderRoute
from iom.support.models import MethodistAssignment, TutorAssignment


@dataclass(frozen=True, slots=True)
class Facts:
    """The person of a route, as its first sections tell."""

    position: str
    position_since: date | None
    school: str
    municipality: str
    subjects: tuple[str, ...]
    tutor: Person | None
    methodist: Person | None
    coordinator: str


def facts_of(session: Session, employee_id: int, school_id: int) -> Facts:
    """Return post, place, subjects and the people who accompany; the post is the main one, the school that of the route."""
    tutor, methodist = aliased(Person), aliased(Person)
    row = session.execute(
        select(Employment.position, Employment.starts_on, School.name, Municipality.name, tutor, methodist)
        .select_from(Employee)
        .outerjoin(Employment, and_(Employment.employee_id == Employee.id, Employment.is_main, Employment.ends_on.is_(None)))
        .join(School, School.id == school_id)
        .join(Municipality, Municipality.id == School.municipality_id)
        .outerjoin(TutorAssignment, and_(TutorAssignment.employee_id == Employee.id, TutorAssignment.ends_on.is_(None)))
        .outerjoin(tutor, tutor.id == TutorAssignment.tutor_id)
        .outerjoin(MethodistAssignment, and_(MethodistAssignment.employee_id == Employee.id, MethodistAssignment.ends_on.is_(None)))
        .outerjoin(methodist, methodist.id == MethodistAssignment.methodist_id)
        .where(Employee.id == employee_id)
    ).one()
    subjects = session.scalars(
        select(Subject.title)
        .join(EmployeeSubject, EmployeeSubject.subject_id == Subject.id)
        .where(EmployeeSubject.employee_id == employee_id)
        .order_by(Subject.title)
    ).all()
    return Facts(row[0] or "", row[1], row[2], row[3], tuple(subjects), row[4], row[5], _coordinator(session, school_id))


def _coordinator(session: Session, school_id: int) -> str:
    row = session.execute(
        select(Person.first_name, Person.last_name, Person.middle_name)
        .join(RoleGrant, RoleGrant.person_id == Person.id)
        .where(RoleGrant.role == Role.SCHOOL_COORDINATOR, RoleGrant.school_id == school_id, RoleGrant.revoked_at.is_(None))
        .order_by(RoleGrant.id)
        .limit(1)
    ).first()
    return full_name(row.first_name, row.last_name, row.middle_name) if row else ""


@dataclass(frozen=True, slots=True)
class AttemptFacts:
    """An attempt with the name of its instrument."""

    attempt: DiagnosticAttempt
    title: str
    finished_at: datetime | None


def attempt_with_results(session: Session, attempt_id: int) -> tuple[AttemptFacts, list[tuple[str, CompetencyResult]]] | None:
    """Return an attempt with its results by the order of the map, each with the title of its block."""
    found = session.execute(
        select(DiagnosticAttempt, Diagnostic.title)
        .outerjoin(Diagnostic, Diagnostic.id == DiagnosticAttempt.diagnostic_id)
        .where(DiagnosticAttempt.id == attempt_id)
    ).one_or_none()
    if found is None:
        return None
    attempt, title = found
    block = aliased(Competency)
    rows = session.execute(
        select(block.title, CompetencyResult)
        .join(Competency, Competency.id == CompetencyResult.competency_id)
        .outerjoin(block, block.id == Competency.parent_id)
        .where(CompetencyResult.attempt_id == attempt_id)
        .options(joinedload(CompetencyResult.competency))
        .order_by(Competency.position)
    )
    return AttemptFacts(attempt, title or attempt.source_name, attempt.finished_at), [(row[0] or "", row[1]) for row in rows]


def origins_of(session: Session, deficit_ids: Sequence[int]) -> dict[int, Deficit]:
    """Return the needs behind the goals of a route."""
    return {row.id: row for row in session.scalars(select(Deficit).where(Deficit.id.in_(deficit_ids)))} if deficit_ids else {}


def approving_order(session: Session, route_id: int) -> tuple[Order, School] | None:
    """Return the newest order that approves the route, with its school."""
    row = session.execute(
        select(Order, School)
        .join(OrderRoute, OrderRoute.order_id == Order.id)
        .join(School, School.id == Order.school_id)
        .where(OrderRoute.route_id == route_id)
        .order_by(Order.id.desc())
        .limit(1)
    ).first()
    return (row[0], row[1]) if row else None
