"""Reads people with the state of their routes: the list of employees and the table of completion are one statement, so they agree."""

from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from sqlalchemy import Select, String, Subquery, and_, case, func, literal, or_, select, type_coerce
from sqlalchemy.orm import Session, aliased
from sqlalchemy.sql.elements import ColumnElement

from iom.accounts.models import Person
from iom.core.actor import Actor
from iom.core.sheets import heading_key
from iom.monitoring import statements
from iom.monitoring.kinds import NO_ROUTE, Slice
from iom.monitoring.queries import part_of
from iom.monitoring.statements import Scope
from iom.organizations.kinds import EmployeeCategory
from iom.organizations.models import Employee, Employment
from iom.policy import Action
from iom.routes.kinds import ClosingOutcome
from iom.routes.models import Route, RouteEvent
from iom.routes.workflow import LIVE, RouteStatus
from iom.support.models import MethodistAssignment, TutorAssignment


@dataclass(frozen=True, slots=True)
class CompletionRow:
    """People of one part and how far their routes are."""

    id: int
    name: str
    people: int
    by_status: dict[str, int]  # by state of the route; NO_ROUTE for people without one


@dataclass(frozen=True, slots=True)
class PersonFilter:
    """What narrows the list of people beside the scope."""

    name: str = ""
    status: str | None = None  # a state of the route, or NO_ROUTE
    has_tutor: bool | None = None
    has_methodist: bool | None = None
    tutor_id: int | None = None
    methodist_id: int | None = None


@dataclass(frozen=True, slots=True)
class PersonRow:
    """One employee of a list: where they work, how far the route is, who accompanies them; never a score."""

    employee_id: int
    code: str
    last_name: str
    first_name: str
    middle_name: str
    category: EmployeeCategory
    position: str
    school: str
    municipality: str
    status: str
    route_id: int | None
    due_on: date | None
    tutor: str
    methodist: str

    @property
    def name(self) -> str:
        """First name and surname, as lists write them."""
        return f"{self.first_name} {self.last_name}"


def route_states(scope: Scope) -> Subquery:
    """Return one row a person with a route: its state on the day, or "closed" for one carried out and closed in the year of the day.

    A route closed as cancelled leaves its person without a route: nothing was carried out.
    """
    if scope.is_current:
        state: Any = Route.status
        routes = select(Route.employee_id, Route.id.label("route_id"), Route.due_on)
    else:
        latest = (
            select(RouteEvent.route_id, func.max(RouteEvent.id).label("event_id"))
            .where(RouteEvent.item_id.is_(None), RouteEvent.at < scope.end)
            .group_by(RouteEvent.route_id)
            .subquery()
        )
        state = RouteEvent.to_status
        routes = (
            select(Route.employee_id, Route.id.label("route_id"), Route.due_on)
            .join(latest, latest.c.route_id == Route.id)
            .join(RouteEvent, RouteEvent.id == latest.c.event_id)
        )
    is_live = state.in_(LIVE)
    carried_out = and_(
        state == RouteStatus.CLOSED,
        Route.closing_outcome != ClosingOutcome.CANCELLED,
        Route.closed_on >= date(scope.as_of.year, 1, 1),
        Route.closed_on <= scope.as_of,
    )
    # One live route at most; of several closed ones the newest, and a live one goes before them.
    place = func.row_number().over(partition_by=Route.employee_id, order_by=(case((is_live, 0), else_=1), Route.id.desc()))
    ranked = routes.add_columns(state.label("state"), place.label("place")).where(or_(is_live, carried_out)).subquery()
    return select(ranked).where(ranked.c.place == 1).subquery("route_states")


def people(actor: Actor, scope: Scope, action: Action = Action.PERSON_VIEW, status: str | None = None) -> Select[*tuple[Any, ...]]:
    """Return people of the scope with the state of their routes, one row each; with `status` only those in that state."""
    states = route_states(scope)
    state = func.coalesce(type_coerce(states.c.state, String), literal(NO_ROUTE))
    statement = (
        statements.population(actor, scope, None, action)
        .add_columns(
            Employee.category.label("category"),
            Employment.position.label("position"),
            state.label("status"),
            states.c.route_id.label("route_id"),
            states.c.due_on.label("due_on"),
        )
        .outerjoin(states, states.c.employee_id == Employee.id)
    )
    return statement if status is None else statement.where(state == status)


def completion(session: Session, actor: Actor, scope: Scope, cut: Slice) -> list[CompletionRow]:
    """Return people and the states of their routes by municipality or school, in alphabetical order."""
    rows = people(actor, scope, Action.AGGREGATES_VIEW).subquery()
    key, name = part_of(rows, cut)
    found = session.execute(select(key, name, rows.c.status, func.count()).group_by(key, name, rows.c.status))
    parts: dict[int, CompletionRow] = {}
    for part, title, state, count in found:
        row = parts.get(part) or CompletionRow(part, title, 0, {})
        parts[part] = CompletionRow(part, title, row.people + count, row.by_status | {str(state): count})
    return sorted(parts.values(), key=lambda row: (heading_key(row.name), row.id))


def list_people(
    session: Session, actor: Actor, scope: Scope, wanted: PersonFilter, *, limit: int | None = None, offset: int = 0
) -> list[PersonRow]:
    """Return the people that the actor may see, by surname."""
    tutor, methodist = aliased(Person), aliased(Person)
    query = (
        _filtered(actor, scope, wanted)
        .add_columns(
            tutor.first_name.label("tutor_first"),
            tutor.last_name.label("tutor_last"),
            methodist.first_name.label("methodist_first"),
            methodist.last_name.label("methodist_last"),
        )
        .outerjoin(tutor, tutor.id == TutorAssignment.tutor_id)
        .outerjoin(methodist, methodist.id == MethodistAssignment.methodist_id)
        .order_by(Person.last_name, Person.first_name, Employee.id)
    )
    if limit is not None:
        query = query.limit(limit).offset(offset)
    return [_person_row(found) for found in session.execute(query).mappings()]


def count_people(session: Session, actor: Actor, scope: Scope, wanted: PersonFilter) -> int:
    """Return how many people `list_people` would give."""
    return session.scalar(select(func.count()).select_from(_filtered(actor, scope, wanted).subquery())) or 0


@dataclass(frozen=True, slots=True)
class Tally:
    """How many people a list holds, and how many of them lack a route, a tutor, a methodist."""

    people: int
    without_route: int
    without_tutor: int
    without_methodist: int


def tally(session: Session, actor: Actor, scope: Scope, wanted: PersonFilter) -> Tally:
    """Return the counts over the list without its filters of state and support."""
    plain = replace(wanted, status=None, has_tutor=None, has_methodist=None, tutor_id=None, methodist_id=None)
    rows = (
        _filtered(actor, scope, plain)
        .add_columns(TutorAssignment.id.label("tutor_row"), MethodistAssignment.id.label("methodist_row"))
        .subquery()
    )
    found = session.execute(
        select(
            func.count(),
            func.count().filter(rows.c.status == NO_ROUTE),
            func.count().filter(rows.c.tutor_row.is_(None)),
            func.count().filter(rows.c.methodist_row.is_(None)),
        ).select_from(rows)
    ).one()
    return Tally(*found)


def list_employee_ids(session: Session, actor: Actor, scope: Scope, wanted: PersonFilter) -> list[int]:
    """Return the keys of the people that `list_people` would give."""
    return list(session.scalars(select(_filtered(actor, scope, wanted).subquery().c.employee_id)))


def _filtered(actor: Actor, scope: Scope, wanted: PersonFilter) -> Select[*tuple[Any, ...]]:
    query = (
        people(actor, scope, status=wanted.status)
        .outerjoin(TutorAssignment, and_(TutorAssignment.employee_id == Employee.id, TutorAssignment.ends_on.is_(None)))
        .outerjoin(MethodistAssignment, and_(MethodistAssignment.employee_id == Employee.id, MethodistAssignment.ends_on.is_(None)))
        .where(*(name_matches(word) for word in wanted.name.split()))
    )
    if wanted.has_tutor is not None:
        query = query.where(TutorAssignment.id.is_not(None) if wanted.has_tutor else TutorAssignment.id.is_(None))
    if wanted.has_methodist is not None:
        query = query.where(MethodistAssignment.id.is_not(None) if wanted.has_methodist else MethodistAssignment.id.is_(None))
    if wanted.tutor_id is not None:
        query = query.where(TutorAssignment.tutor_id == wanted.tutor_id)
    if wanted.methodist_id is not None:
        query = query.where(MethodistAssignment.methodist_id == wanted.methodist_id)
    return query


@dataclass(frozen=True, slots=True)
class RouteLine:
    """A route as a card names it."""

    id: int
    cycle_number: int
    status: RouteStatus
    starts_on: date
    ends_on: date
    due_on: date | None
    closed_on: date | None


def list_routes(session: Session, employee_id: int) -> list[RouteLine]:
    """Return the routes of one person, the newest first. The caller has asked the policy."""
    found = session.execute(
        select(Route.id, Route.cycle_number, Route.status, Route.starts_on, Route.ends_on, Route.due_on, Route.closed_on)
        .where(Route.employee_id == employee_id)
        .order_by(Route.id.desc())
    )
    return [RouteLine(*row) for row in found]


def name_matches(word: str) -> ColumnElement[bool]:
    """Return the condition that a part of the name begins with the word.

    SQLite knows no case of Cyrillic letters, so the ways in which names are written are tried instead of folding the column.
    """
    forms = sorted({word, word.capitalize(), word.title(), word.upper()})
    parts = (Person.last_name, Person.first_name, Person.middle_name)
    return or_(*(part.startswith(form, autoescape=True) for part in parts for form in forms))


def _person_row(found: Any) -> PersonRow:
    return PersonRow(
        employee_id=found["employee_id"],
        code=found["code"],
        last_name=found["last_name"],
        first_name=found["first_name"],
        middle_name=found["middle_name"],
        category=found["category"],
        position=found["position"],
        school=found["school"],
        municipality=found["municipality"],
        status=str(found["status"]),
        route_id=found["route_id"],
        due_on=found["due_on"],
        tutor=_joined(found["tutor_first"], found["tutor_last"]),
        methodist=_joined(found["methodist_first"], found["methodist_last"]),
    )


def _joined(*parts: str | None) -> str:
    return " ".join(filter(None, parts))
