"""Reads the people whom a tutor or a methodist accompanies: one statement a kind of fact, however many people there are."""

from collections.abc import Collection, Sequence
from datetime import date, datetime
from functools import cache
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

from sqlalchemy import BindParameter, ColumnElement, Date, and_, bindparam, case, func, literal, or_, select
from sqlalchemy.orm import Session

from iom import policy
from iom.accounts.models import Account, Person
from iom.core.actor import Actor, Role
from iom.core.models import AuditEntry, Outcome
from iom.diagnostics.kinds import AttemptStage, AttemptStatus
from iom.diagnostics.models import DiagnosticAttempt
from iom.organizations.models import Employee, EmployeeSubject, Employment, Municipality, School, Subject
from iom.policy import Action
from iom.routes.bound_queries import bound_actor, keys_of
from iom.routes.evidence_models import Evidence
from iom.routes.models import Route, RouteItem, RouteVersion
from iom.routes.workflow import FINISHED_ITEMS, EvidenceStatus, ItemStatus, RouteStatus
from iom.support.models import MethodistAssignment, TutorAssignment
from iom.support.people import PersonFacts, RouteFacts

DONE = (ItemStatus.DONE, ItemStatus.DONE_UNCONFIRMED)
OPEN = tuple(status for status in ItemStatus if status not in FINISHED_ITEMS)
TO_BE_DONE = tuple(status for status in OPEN if status is not ItemStatus.SUBMITTED)  # what was handed in waits for others


def accompanied(actor: Actor) -> ColumnElement[bool]:
    """Return the condition on Employee that the actor accompanies the person, as a tutor or as a methodist, by the role worn now."""
    assigned = or_(
        Employee.id.in_(
            select(TutorAssignment.employee_id).where(TutorAssignment.tutor_id == actor.person_id, TutorAssignment.ends_on.is_(None))
        ),
        Employee.id.in_(
            select(MethodistAssignment.employee_id).where(
                MethodistAssignment.methodist_id == actor.person_id, MethodistAssignment.ends_on.is_(None)
            )
        ),
    )
    return and_(policy.visible_employees(actor, Action.ROUTE_COMMENT), assigned, Employee.person_id != actor.person_id)


def list_people(session: Session, actor: Actor, today: date, timezone: str) -> list[PersonFacts]:
    """Return everybody whom the actor accompanies, with the sums of their live routes."""
    connection = session.connection()  # plain rows: nothing here becomes an object of the session
    who = keys_of(actor)
    statements = _statements(actor.role)
    people = connection.execute(statements.people, who).all()
    items = {row[0]: row for row in connection.execute(statements.items, {**who, "today": today})}
    evidence = {row[0]: row for row in connection.execute(statements.evidence, who)}
    subjects: dict[int, list[str]] = {}
    for employee_id, title in connection.execute(statements.subjects, who):
        subjects.setdefault(employee_id, []).append(title)
    zone = ZoneInfo(timezone)
    found = []
    for row in people:
        employee_id, first_name, last_name, school, municipality, position, signed_in_at, *route = row
        live = _route(route, items.get(route[0]), evidence.get(route[0]), zone) if route[0] else None
        taught = tuple(subjects.get(employee_id, ()))
        seen = _day(signed_in_at, zone)
        found.append(PersonFacts(employee_id, first_name, last_name, school or "", municipality or "", taught, position or "", seen, live))
    return found


class _Statements(NamedTuple):
    people: Any
    items: Any
    evidence: Any
    subjects: Any


@cache
def _statements(role: Role) -> _Statements:
    """Return the statements of a role, put together once: they are the same for everybody who wears it but for who asks, and when.

    Putting them together costs more than running them.
    """
    scope = accompanied(bound_actor(role))
    today = bindparam("today", type_=Date)
    return _Statements(_people(scope), _item_sums(scope, today), _evidence_sums(scope), _subjects(scope))


def _people(scope: ColumnElement[bool]) -> Any:
    return (
        select(
            Employee.id.label("employee_id"),
            Person.first_name,
            Person.last_name,
            School.short_name.label("school"),
            Municipality.name.label("municipality"),
            Employment.position,
            Account.last_sign_in_at,
            Route.id.label("route_id"),
            Route.version,
            Route.status,
            Route.due_on,
            Route.updated_at,
            Route.coverage,
        )
        .join(Person, Person.id == Employee.person_id)
        .outerjoin(Employment, and_(Employment.employee_id == Employee.id, Employment.is_main, Employment.ends_on.is_(None)))
        .outerjoin(School, School.id == Employment.school_id)
        .outerjoin(Municipality, Municipality.id == School.municipality_id)
        .outerjoin(Account, Account.person_id == Employee.person_id)
        .outerjoin(Route, and_(Route.employee_id == Employee.id, Route.status != RouteStatus.CLOSED))
        .where(scope)
    )


def _item_sums(scope: ColumnElement[bool], today: BindParameter[date]) -> Any:
    """Return sums over the items of live routes, in the order in which RouteFacts takes them."""
    open_item, to_be_done = RouteItem.status.in_(OPEN), RouteItem.status.in_(TO_BE_DONE)
    overdue = and_(to_be_done, RouteItem.ends_on < today)
    begun = and_(to_be_done, or_(RouteItem.starts_on <= today, RouteItem.starts_on.is_(None)))
    lost = RouteItem.status == ItemStatus.NEEDS_REPLACEMENT
    return (
        select(
            RouteItem.route_id,
            func.count().label("items"),
            func.sum(RouteItem.hours).label("hours"),
            func.sum(case((RouteItem.status.in_(DONE), RouteItem.hours), else_=0)).label("hours_done"),
            _count(overdue).label("overdue_items"),
            _earliest(overdue, RouteItem.ends_on).label("overdue_since"),
            _earliest(and_(open_item, RouteItem.ends_on >= today), RouteItem.ends_on).label("next_end"),
            _count(begun).label("begun_unfinished"),
            _count(lost).label("replacements"),
            _earliest(lost, RouteItem.starts_on).label("replacement_on"),
        )
        .join(Route, Route.id == RouteItem.route_id)
        .join(Employee, Employee.id == Route.employee_id)
        .where(scope, Route.status != RouteStatus.CLOSED)
        .group_by(RouteItem.route_id)
    )


def _count(condition: ColumnElement[bool]) -> ColumnElement[int]:
    return func.sum(case((condition, literal(1)), else_=literal(0)))


def _earliest(condition: ColumnElement[bool], day: Any) -> ColumnElement[date]:
    return func.min(case((condition, day)), type_=Date)


def _evidence_sums(scope: ColumnElement[bool]) -> Any:
    return (
        select(
            RouteItem.route_id,
            func.count().label("evidence"),
            func.min(Evidence.submitted_at).label("since"),
            func.min(RouteItem.title).label("title"),
        )
        .select_from(Evidence)
        .join(RouteItem, RouteItem.id == Evidence.item_id)
        .join(Route, Route.id == RouteItem.route_id)
        .join(Employee, Employee.id == Route.employee_id)
        .where(scope, Route.status != RouteStatus.CLOSED, Evidence.status == EvidenceStatus.SUBMITTED)
        .group_by(RouteItem.route_id)
    )


def _subjects(scope: ColumnElement[bool]) -> Any:
    return (
        select(EmployeeSubject.employee_id, Subject.title)
        .join(Subject, Subject.id == EmployeeSubject.subject_id)
        .join(Employee, Employee.id == EmployeeSubject.employee_id)
        .where(scope)
        .order_by(Subject.title)
    )


def _day(moment: datetime | None, zone: ZoneInfo) -> date | None:
    return moment.astimezone(zone).date() if moment else None


NO_ITEMS: tuple[Any, ...] = (0, 0, 0, 0, None, None, 0, 0, None)
NO_EVIDENCE: tuple[Any, ...] = (0, None, "")


def _route(route: Sequence[Any], items: Sequence[Any] | None, evidence: Sequence[Any] | None, zone: ZoneInfo) -> RouteFacts:
    route_id, version, status, due_on, updated_at, coverage = route
    sums: tuple[Any, ...] = tuple(items[1:]) if items else NO_ITEMS
    waiting: tuple[Any, ...] = tuple(evidence[1:]) if evidence else NO_EVIDENCE
    known = (route_id, version, status, due_on, updated_at.astimezone(zone).date(), coverage)
    return RouteFacts._make((*known, *sums, waiting[0], _day(waiting[1], zone), waiting[2]))


def soon_titles(session: Session, route_ids: Collection[int], today: date, until: date) -> dict[int, str]:
    """Return for each route the title of the unfinished item that ends first between two days."""
    if not route_ids:
        return {}
    statement = (
        select(RouteItem.route_id, RouteItem.title)
        .where(RouteItem.route_id.in_(route_ids), RouteItem.status.in_(OPEN), RouteItem.ends_on.between(today, until))
        .order_by(RouteItem.ends_on.desc(), RouteItem.id.desc())
    )
    return {row.route_id: row.title for row in session.execute(statement)}  # the earliest comes last and stays


def overdue_titles(session: Session, route_ids: Collection[int], today: date) -> dict[int, str]:
    """Return for each route the title of the item that is overdue the longest."""
    if not route_ids:
        return {}
    statement = (
        select(RouteItem.route_id, RouteItem.title)
        .where(RouteItem.route_id.in_(route_ids), RouteItem.status.in_(TO_BE_DONE), RouteItem.ends_on < today)
        .order_by(RouteItem.ends_on.desc(), RouteItem.id.desc())
    )
    return {row.route_id: row.title for row in session.execute(statement)}


@cache
def _latest_two() -> Any:
    routes: BindParameter[int] = bindparam("routes", expanding=True)
    newest = (
        select(RouteVersion.route_id, func.max(RouteVersion.number).label("number"))
        .where(RouteVersion.route_id.in_(routes))
        .group_by(RouteVersion.route_id)
        .having(func.max(RouteVersion.number) > 1)
        .subquery()
    )
    return (
        select(RouteVersion.route_id, RouteVersion.content)
        .join(newest, and_(newest.c.route_id == RouteVersion.route_id, RouteVersion.number >= newest.c.number - 1))
        .order_by(RouteVersion.route_id, RouteVersion.number)
    )


def latest_two(session: Session, route_ids: Collection[int]) -> dict[int, tuple[dict[str, Any], dict[str, Any]]]:
    """Return the content of the newest edition and of the one before it, for routes that have both."""
    if not route_ids:
        return {}
    found: dict[int, list[dict[str, Any]]] = {}
    for route_id, content in session.connection().execute(_latest_two(), {"routes": list(route_ids)}):
        found.setdefault(route_id, []).append(content)
    return {route_id: (pair[1], pair[0]) for route_id, pair in found.items() if len(pair) > 1}


def diagnosed_on(session: Session, actor: Actor, employee_ids: Collection[int]) -> dict[int, datetime]:
    """Return when people last finished a diagnostic, for those whose profile the actor may see."""
    if not employee_ids:
        return {}
    statement = (
        select(DiagnosticAttempt.employee_id, func.max(DiagnosticAttempt.finished_at))
        .join(Employee, Employee.id == DiagnosticAttempt.employee_id)
        .where(
            DiagnosticAttempt.employee_id.in_(employee_ids),
            DiagnosticAttempt.status.in_([AttemptStatus.FINISHED, AttemptStatus.SCORED]),
            policy.visible_employees(actor, Action.PROFILE_VIEW),
        )
        .group_by(DiagnosticAttempt.employee_id)
    )
    return {employee_id: moment for employee_id, moment in session.execute(statement) if moment}


def opened_since_sent(session: Session, actor: Actor, routes: Sequence[Route]) -> set[int]:
    """Return which of the routes the actor has opened since they were sent: by the journal, the one witness."""
    if not routes:
        return set()
    statement = (
        select(AuditEntry.object_id, func.max(AuditEntry.at))
        .where(
            AuditEntry.actor_id == actor.person_id,
            AuditEntry.action == Action.ROUTE_VIEW,
            AuditEntry.object_type == "route",
            AuditEntry.outcome == Outcome.DONE,
            AuditEntry.object_id.in_([route.id for route in routes]),
        )
        .group_by(AuditEntry.object_id)
    )
    seen = {row[0]: row[1] for row in session.execute(statement)}
    return {route.id for route in routes if route.id in seen and (route.submitted_at is None or seen[route.id] >= route.submitted_at)}


def has_repeat(session: Session, employee_id: int, since: date) -> bool:
    """Tell whether the person has finished a repeated diagnostic since a day; the caller has asked the policy."""
    statement = select(DiagnosticAttempt.finished_at).where(
        DiagnosticAttempt.employee_id == employee_id,
        DiagnosticAttempt.stage == AttemptStage.REPEAT,
        DiagnosticAttempt.status.in_([AttemptStatus.FINISHED, AttemptStatus.SCORED]),
    )
    return any(moment is not None and moment.date() >= since for moment in session.scalars(statement))
