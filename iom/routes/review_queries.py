"""Reads routes as those who decide need them: whole, with what the reader may do, in the order of the queue."""

from collections.abc import Collection, Sequence
from datetime import date

from sqlalchemy import ColumnElement, and_, case, select
from sqlalchemy.orm import Session, joinedload, selectinload

from iom import policy
from iom.accounts.models import Person
from iom.catalog.models import Offering
from iom.core.actor import Actor
from iom.core.errors import NotFound
from iom.core.format import short_name
from iom.organizations.models import Employee, Region
from iom.policy import Action
from iom.routes.models import Route, RouteGoal, RouteItem, RouteItemCover, RouteReview, RouteVersion
from iom.routes.workflow import RouteStatus

RIGHTS = (
    Action.ROUTE_REVIEW,
    Action.ROUTE_COMMENT,
    Action.ROUTE_EDIT,
    Action.ROUTE_APPROVE,
    Action.ROUTE_APPROVE_CENTER,
    Action.EVIDENCE_REVIEW,
    Action.EVIDENCE_OPEN,
    Action.EVIDENCE_SUBMIT,
    Action.PROFILE_VIEW,
)
"""What a page about one route may offer."""


def get_with_rights(session: Session, actor: Actor, route_id: int) -> tuple[Route, Region, frozenset[Action]]:
    """Return the route with goals, items and their offerings, its region, and what the actor may do with it.

    Raises
    ------
    NotFound : no such route, or none that the actor may see
    """
    allowed = [policy.visible_employees(actor, action).label(action.name) for action in RIGHTS]
    row = session.execute(
        select(Route, Region, *allowed)
        .join(Employee, Employee.id == Route.employee_id)
        .join(Region, Region.id == Route.region_id)
        .where(Route.id == route_id, policy.visible_employees(actor, Action.ROUTE_VIEW))
        .options(
            joinedload(Route.employee).joinedload(Employee.person),
            joinedload(Route.school),
            selectinload(Route.goals).joinedload(RouteGoal.competency),
            selectinload(Route.items).options(
                selectinload(RouteItem.covers).joinedload(RouteItemCover.goal),
                joinedload(RouteItem.offering).joinedload(Offering.provider),
                joinedload(RouteItem.run),
            ),
        )
    ).one_or_none()
    if row is None:
        raise NotFound(kind="route", id=route_id)
    return row[0], row[1], frozenset(action for action, holds in zip(RIGHTS, row[2:], strict=True) if holds)


def list_editions(session: Session, route_id: int) -> list[tuple[RouteVersion, RouteReview | None, Person | None]]:
    """Return the frozen editions with the decisions about each, oldest first."""
    rows = session.execute(
        select(RouteVersion, RouteReview, Person)
        .outerjoin(RouteReview, RouteReview.version_id == RouteVersion.id)
        .outerjoin(Person, Person.id == RouteReview.reviewer_id)
        .where(RouteVersion.route_id == route_id)
        .order_by(RouteVersion.number, RouteReview.id)
    )
    return [(row[0], row[1], row[2]) for row in rows]


def _waiting(actor: Actor) -> ColumnElement[bool]:
    return and_(Route.status == RouteStatus.ON_REVIEW, policy.visible_employees(actor, Action.ROUTE_REVIEW))


def neighbours(session: Session, actor: Actor, route_id: int, due_on: date | None) -> tuple[int | None, int | None, int]:
    """Return the routes before and after this one in the actor's queue of agreements, by term, and how many others wait."""
    rows = session.execute(
        select(Route.id, Route.due_on)
        .join(Employee, Employee.id == Route.employee_id)
        .where(_waiting(actor), Route.id != route_id)
        .order_by(case((Route.due_on.is_(None), 1), else_=0), Route.due_on, Route.id)
    ).all()
    place = (due_on or date.max, route_id)
    before = [row.id for row in rows if (row.due_on or date.max, row.id) < place]
    after = [row.id for row in rows if (row.due_on or date.max, row.id) > place]
    return (before[-1] if before else None), (after[0] if after else before[0] if before else None), len(rows)


def list_for_agreement(session: Session, actor: Actor, route_ids: Collection[int]) -> Sequence[Route]:
    """Return those of the routes that wait for the actor's agreement, by term, with people, schools, goals and items."""
    if not route_ids:
        return []
    return session.scalars(
        select(Route)
        .join(Employee, Employee.id == Route.employee_id)
        .where(_waiting(actor), Route.id.in_(route_ids))
        .options(
            joinedload(Route.employee).joinedload(Employee.person),
            joinedload(Route.school),
            selectinload(Route.goals),
            selectinload(Route.items),
        )
        .order_by(case((Route.due_on.is_(None), 1), else_=0), Route.due_on, Route.id)
    ).all()


def names_of(session: Session, actor: Actor, route_ids: Collection[int]) -> dict[int, str]:
    """Return whose routes these are, of those that the actor may see."""
    if not route_ids:
        return {}
    rows = session.execute(
        select(Route.id, Person.first_name, Person.last_name)
        .join(Employee, Employee.id == Route.employee_id)
        .join(Person, Person.id == Employee.person_id)
        .where(Route.id.in_(route_ids), policy.visible_employees(actor, Action.ROUTE_VIEW))
    )
    return {row.id: short_name(row.first_name, row.last_name) for row in rows}
