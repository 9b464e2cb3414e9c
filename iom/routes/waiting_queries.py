"""Reads agreed routes that wait for an order of the school or for the centre."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from functools import cache
from typing import Any

from sqlalchemy import BindParameter, ColumnElement, Date, Row, and_, bindparam, func, select
from sqlalchemy.orm import Session

from iom import policy
from iom.accounts.models import Person
from iom.core.actor import Actor, Role
from iom.core.database import UtcDateTime
from iom.core.format import full_name, name_with_initials, short_name
from iom.organizations.models import Employee, Employment, Region, School
from iom.policy import Action
from iom.routes.approval_queries import decided_at_center
from iom.routes.bound_queries import SCHOOL, bound_actor, keys_of
from iom.routes.kinds import ReviewDecision, ReviewStep
from iom.routes.models import Route, RouteItem, RouteReview
from iom.routes.workflow import RouteStatus


class Obstacle(StrEnum):
    """Why a route is not simply ticked."""

    OWN = "own"
    CENTER = "center"  # the centre approves it
    BEGUN = "begun"  # an item with fixed days has begun before the approval


@dataclass(frozen=True, slots=True)
class WaitingRow:
    """An agreed route before its approval; nothing in it tells what was measured."""

    route_id: int
    version: int
    name: str
    full_name: str
    position: str
    school: str
    starts_on: date
    ends_on: date
    hours: int
    due_on: date | None
    tutor: str
    agreed_at: datetime | None
    obstacle: Obstacle | None
    begun_on: date | None

    @property
    def tick(self) -> str:
        return f"{self.route_id}:{self.version}"


@cache
def _agreed(role: Role, action: Action, *, of_school: bool) -> Any:
    """Return the statement of agreed routes for all who wear a role: those of the school, or those that the centre approves."""
    now, today = bindparam("now", type_=UtcDateTime), bindparam("today", type_=Date)
    at_center = decided_at_center(now)
    statement = _statement(at_center, today).where(policy.visible_employees(bound_actor(role), action))
    return statement.where(Employment.school_id == bindparam(SCHOOL)) if of_school else statement.where(at_center)


def _statement(at_center: ColumnElement[bool], today: BindParameter[date]) -> Any:
    hours = select(func.coalesce(func.sum(RouteItem.hours), 0)).where(RouteItem.route_id == Route.id).scalar_subquery()
    begun = (
        select(func.min(RouteItem.starts_on))
        .where(RouteItem.route_id == Route.id, RouteItem.has_fixed_dates, RouteItem.starts_on < today)
        .scalar_subquery()
    )
    return (
        select(
            Route.id,
            Route.version,
            Route.starts_on,
            Route.ends_on,
            Route.due_on,
            Person.id.label("person_id"),
            Person.first_name,
            Person.last_name,
            Person.middle_name,
            Employment.position,
            School.short_name.label("school"),
            hours.label("hours"),
            begun.label("begun_on"),
            at_center.label("at_center"),
        )
        .join(Employee, Employee.id == Route.employee_id)
        .join(Person, Person.id == Employee.person_id)
        .join(Region, Region.id == Employee.region_id)
        .outerjoin(Employment, and_(Employment.employee_id == Employee.id, Employment.is_main, Employment.ends_on.is_(None)))
        .outerjoin(School, School.id == Employment.school_id)
        .where(Route.status == RouteStatus.AGREED)
        .order_by(Person.last_name, Person.first_name, Route.id)
    )


def list_for_order(session: Session, actor: Actor, now: datetime, today: date) -> list[WaitingRow]:
    """Return the agreed routes of people whose main post is at the actor's school, by surname."""
    statement = _agreed(actor.role, Action.ROUTE_VIEW, of_school=True)
    rows = session.connection().execute(statement, {**keys_of(actor), SCHOOL: actor.school_id, "now": now, "today": today}).all()
    return _rows(session, actor, rows)


def list_for_center(session: Session, actor: Actor, now: datetime, today: date, *, page: int, size: int) -> tuple[list[WaitingRow], int]:
    """Return one page of the agreed routes that the centre approves, by surname, and how many there are."""
    statement = _agreed(actor.role, Action.ROUTE_APPROVE_CENTER, of_school=False)
    values = {**keys_of(actor), "now": now, "today": today}
    total = session.scalar(select(func.count()).select_from(statement.order_by(None).subquery()), values) or 0
    rows = session.connection().execute(statement.limit(size).offset((page - 1) * size), values).all()
    return _rows(session, actor, rows), total


def _rows(session: Session, actor: Actor, rows: Sequence[Row[Any]]) -> list[WaitingRow]:
    agreements = last_agreements(session, [row.id for row in rows])
    return [
        WaitingRow(
            route_id=row.id,
            version=row.version,
            name=short_name(row.first_name, row.last_name),
            full_name=full_name(row.first_name, row.last_name, row.middle_name),
            position=row.position or "",
            school=row.school or "",
            starts_on=row.starts_on,
            ends_on=row.ends_on,
            hours=row.hours,
            due_on=row.due_on,
            tutor=agreements[row.id][0] if row.id in agreements else "",
            agreed_at=agreements[row.id][1] if row.id in agreements else None,
            obstacle=_obstacle(row, actor),
            begun_on=row.begun_on,
        )
        for row in rows
    ]


def _obstacle(row: Row[Any], actor: Actor) -> Obstacle | None:
    if row.person_id == actor.person_id:
        return Obstacle.OWN
    if row.at_center:
        return Obstacle.CENTER
    return Obstacle.BEGUN if row.begun_on else None


def last_agreements(session: Session, route_ids: Collection[int]) -> dict[int, tuple[str, datetime]]:
    """Return who agreed to each route last, and when."""
    if not route_ids:
        return {}
    rows = session.execute(
        select(RouteReview.route_id, Person.first_name, Person.last_name, Person.middle_name, RouteReview.decided_at)
        .join(Person, Person.id == RouteReview.reviewer_id)
        .where(RouteReview.route_id.in_(route_ids), RouteReview.step == ReviewStep.TUTOR, RouteReview.decision == ReviewDecision.AGREE)
        .order_by(RouteReview.id)
    )
    return {row.route_id: (name_with_initials(row.first_name, row.last_name, row.middle_name), row.decided_at) for row in rows}


def count_with_tutors(session: Session, actor: Actor) -> int:
    """Return how many routes of the school are with their tutors."""
    return (
        session.scalar(
            select(func.count())
            .select_from(Route)
            .join(Employee, Employee.id == Route.employee_id)
            .join(Employment, and_(Employment.employee_id == Employee.id, Employment.is_main, Employment.ends_on.is_(None)))
            .where(
                Route.status == RouteStatus.ON_REVIEW,
                Employment.school_id == actor.school_id,
                policy.visible_employees(actor, Action.ROUTE_VIEW),
            )
        )
        or 0
    )
