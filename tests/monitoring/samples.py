"""Rows that the indicators count, written as short as their definitions."""

from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from iom.accounts.kinds import ConsentKind, ConsentState
from iom.accounts.models import Consent
from iom.catalog.kinds import AppliesTo, CompetencyLevel
from iom.catalog.models import Competency, CompetencyFramework
from iom.core.clock import now
from iom.diagnostics.kinds import AttemptStage, AttemptStatus, DiagnosticMethod, ResultSource
from iom.diagnostics.models import DiagnosticAttempt
from iom.organizations.models import Employee, Employment, School
from iom.profiles.kinds import DeficitKind, DeficitOrigin
from iom.profiles.models import Deficit
from iom.routes.kinds import ClosingOutcome, ItemKind
from iom.routes.models import Route, RouteEvent, RouteGoal, RouteItem, RouteItemCover
from iom.routes.workflow import ItemStatus, RouteStatus
from tests.site import moment


def competency(session: Session, code: str = "K1") -> Competency:
    """A competency of a tiny framework, made once a session."""
    found = session.scalar(select(Competency).where(Competency.code == code))
    if found is None:
        framework = CompetencyFramework(code="t", version="1", title="Рамка")
        session.add(framework)
        session.flush()
        found = Competency(
            framework_id=framework.id, code=code, level=CompetencyLevel.BLOCK, title="Оценивание", applies_to=AppliesTo.BOTH, position=1
        )
        session.add(found)
        session.flush()
    return found


def attempt(
    session: Session, employee: Employee, at: datetime, status: AttemptStatus = AttemptStatus.SCORED, method: DiagnosticMethod | None = None
) -> DiagnosticAttempt:
    """An imported result of a person."""
    row = DiagnosticAttempt(
        region_id=employee.region_id,
        employee_id=employee.id,
        method=method or DiagnosticMethod.EXTERNAL,
        stage=AttemptStage.ENTRY,
        source=ResultSource.IMPORTED,
        status=status,
        started_at=at,
        finished_at=at,
        scored_at=at,
    )
    session.add(row)
    session.flush()
    return row


def deficit(session: Session, found: DiagnosticAttempt, kind: DeficitKind = DeficitKind.DEFICIT, opened: datetime | None = None) -> Deficit:
    """What an attempt found."""
    row = Deficit(
        region_id=found.region_id,
        employee_id=found.employee_id,
        competency_id=competency(session).id,
        kind=kind,
        origin=DeficitOrigin.ATTEMPT,
        attempt_id=found.id,
        severity=0.5,
        priority=1.0,
        opened_at=opened or found.scored_at or now(),
    )
    session.add(row)
    session.flush()
    return row


def route(
    session: Session,
    employee: Employee,
    school: School,
    *moves: tuple[RouteStatus, datetime],
    answers: Deficit | None = None,
    outcome: ClosingOutcome | None = None,
    cycle: int = 1,
) -> Route:
    """A route that went through these states; the last one is its state now."""
    status, at = moves[-1]
    row = Route(
        region_id=employee.region_id,
        employee_id=employee.id,
        school_id=school.id,
        cycle_number=cycle,
        status=status,
        starts_on=date(2026, 9, 1),
        ends_on=date(2027, 5, 31),
        budget_hours=72,
        created_at=moves[0][1],
        updated_at=at,
        closed_on=at.date() if status is RouteStatus.CLOSED else None,
        closing_outcome=outcome,
    )
    session.add(row)
    session.flush()
    before = ""
    for state, when in moves:
        session.add(RouteEvent(route_id=row.id, role="tutor", from_status=before, to_status=str(state), at=when))
        before = str(state)
    session.flush()
    if answers:
        session.add(
            RouteGoal(
                route_id=row.id,
                kind=answers.kind,
                competency_id=answers.competency_id,
                deficit_id=answers.id,
                title="Оценивание",
                position=1,
                weight=5,
                reason_facts={},
            )
        )
        session.flush()
    return row


def programme(
    session: Session,
    of: Route,
    done: date | None,
    *,
    starts: date | None = None,
    registry: str = "federal",
    status: ItemStatus = ItemStatus.DONE,
    kind: ItemKind = ItemKind.PROGRAM,
) -> RouteItem:
    """An item of a route that covers its goals."""
    session.refresh(of)
    item = RouteItem(
        route_id=of.id,
        position=len(of.items) + 1,
        kind=kind,
        title="Программа",
        hours=36,
        starts_on=starts,
        ends_on=None,
        status=status,
        registry_kind=registry,
        done_on=done,
        reason_facts={},
    )
    session.add(item)
    session.flush()
    session.add_all([RouteItemCover(item_id=item.id, goal_id=goal.id, per_cent=60) for goal in of.goals])
    session.flush()
    return item


def move_to_school(session: Session, employee: Employee, school: School, on: date, *, left: date | None = None) -> None:
    """Close the main post and open one at another school."""
    old = session.scalars(select(Employment).where(Employment.employee_id == employee.id, Employment.ends_on.is_(None))).one()
    old.ends_on = left or on
    session.flush()
    session.add(
        Employment(
            region_id=employee.region_id,
            employee_id=employee.id,
            school_id=school.id,
            position="учитель",
            starts_on=on,
            recorded_at=moment(1),
        )
    )
    session.flush()


def withdraw(session: Session, employee: Employee) -> None:
    """The person takes the consent to diagnostics back."""
    session.add(
        Consent(
            region_id=employee.region_id,
            person_id=employee.person_id,
            kind=ConsentKind.DIAGNOSTICS,
            state=ConsentState.WITHDRAWN,
            text_version="2026-11",
            decided_at=moment(20),
        )
    )
    session.flush()
