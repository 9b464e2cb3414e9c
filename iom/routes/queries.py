"""Reads routes, from a scoped query always.

Statements of the most opened pages are built once (`@cache`): building one takes longer than asking it.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache

from sqlalchemy import Select, bindparam, func, select
from sqlalchemy.orm import Session, joinedload, selectinload

from iom import policy
from iom.accounts.models import Person
from iom.catalog.models import Offering
from iom.core.actor import Actor
from iom.core.errors import NotFound
from iom.organizations.models import Employee, Employment, Region
from iom.policy import Action
from iom.routes.models import (
    Order,
    OrderRoute,
    Route,
    RouteComment,
    RouteEvent,
    RouteExclusion,
    RouteGoal,
    RouteItem,
    RouteItemCover,
    RouteReview,
    RouteVersion,
)
from iom.routes.workflow import EDITABLE, LIVE

WHOLE = (
    joinedload(Route.employee).joinedload(Employee.person),
    joinedload(Route.school),
    selectinload(Route.goals).joinedload(RouteGoal.competency),
    selectinload(Route.items).selectinload(RouteItem.covers).joinedload(RouteItemCover.goal),
    selectinload(Route.items).joinedload(RouteItem.offering),
)


def get_visible(session: Session, actor: Actor, route_id: int, *, lock: bool = False) -> Route:
    """Return the route with goals and items.

    Raises
    ------
    NotFound : no such route, or none that the actor may see
    """
    statement = (
        select(Route)
        .join(Employee, Employee.id == Route.employee_id)
        .where(Route.id == route_id, policy.visible_employees(actor, Action.ROUTE_VIEW))
        .options(*WHOLE)
    )
    if lock:
        # PostgreSQL locks the row until the commit; SQLite's changing transactions are alone anyway.
        statement = statement.with_for_update(of=Route).execution_options(populate_existing=True)
    route = session.scalar(statement)
    if route is None:
        raise NotFound(kind="route", id=route_id)
    return route


def get_item(session: Session, actor: Actor, item_id: int, *, lock: bool = False) -> RouteItem:
    """Return an item of a route that the actor may see.

    Raises
    ------
    NotFound : no such item, or none that the actor may see
    """
    route_id = session.scalar(select(RouteItem.route_id).where(RouteItem.id == item_id))
    if route_id is None:
        raise NotFound(kind="route_item", id=item_id)
    route = get_visible(session, actor, route_id, lock=lock)
    return next(item for item in route.items if item.id == item_id)


def find_live(session: Session, employee_id: int) -> Route | None:
    """Return the person's route that is not closed, whole; None when there is none. The caller has asked the policy."""
    return session.scalar(_live(), {"employee_id": employee_id})


@cache
def _live() -> Select[Route]:
    return select(Route).where(Route.employee_id == bindparam("employee_id"), Route.status.in_(LIVE)).options(*WHOLE)


@dataclass(frozen=True, slots=True)
class OwnDraft:
    """What the catalog needs to add an offering to a person's own route that is still being put together."""

    id: int
    version: int
    offering_ids: frozenset[int]


def find_own_draft(session: Session, employee_id: int) -> OwnDraft | None:
    """Return the person's route that may be edited; None when there is none."""
    rows = session.execute(_own_draft(), {"employee_id": employee_id}).all()
    if not rows:
        return None
    return OwnDraft(rows[0][0], rows[0][1], frozenset(offering_id for *_, offering_id in rows if offering_id is not None))


@cache
def _own_draft() -> Select[int, int, int | None]:
    return (
        select(Route.id, Route.version, RouteItem.offering_id)
        .outerjoin(RouteItem, RouteItem.route_id == Route.id)
        .where(Route.employee_id == bindparam("employee_id"), Route.status.in_(EDITABLE))
    )


def list_closed(session: Session, employee_id: int) -> Sequence[Route]:
    """Return the person's closed routes, the newest first."""
    return session.scalars(
        select(Route).where(Route.employee_id == employee_id, Route.status.not_in(LIVE)).order_by(Route.closed_on.desc(), Route.id.desc())
    ).all()


def count_cycles(session: Session, employee_id: int) -> int:
    """Return how many routes the person has had."""
    return session.scalar(select(func.count()).select_from(Route).where(Route.employee_id == employee_id)) or 0


def latest_version(session: Session, route_id: int) -> RouteVersion | None:
    """Return the newest frozen version of a route."""
    return session.scalars(
        select(RouteVersion).where(RouteVersion.route_id == route_id).order_by(RouteVersion.number.desc()).limit(1)
    ).first()


def list_reviews(session: Session, route_id: int) -> Sequence[RouteReview]:
    """Return the decisions about a route in order, with their authors."""
    return session.scalars(_reviews(), {"route_id": route_id}).all()


@cache
def _reviews() -> Select[RouteReview]:
    own = RouteReview.route_id == bindparam("route_id")
    return select(RouteReview).where(own).options(joinedload(RouteReview.reviewer)).order_by(RouteReview.id)


def list_comments(session: Session, route_id: int) -> Sequence[RouteComment]:
    """Return the talk about a route in order, with authors."""
    return session.scalars(_comments(), {"route_id": route_id}).all()


@cache
def _comments() -> Select[RouteComment]:
    own = RouteComment.route_id == bindparam("route_id")
    return select(RouteComment).where(own).options(joinedload(RouteComment.author)).order_by(RouteComment.id)


def list_events(session: Session, route_id: int) -> Sequence[RouteEvent]:
    """Return the moves of a route and its items in order."""
    return session.scalars(select(RouteEvent).where(RouteEvent.route_id == route_id).order_by(RouteEvent.id)).all()


def region_of(session: Session, region_id: int) -> Region:
    """Return the region with its chain and terms."""
    return session.scalars(select(Region).where(Region.id == region_id)).one()


def get_order(session: Session, actor: Actor, order_id: int) -> Order:
    """Return an order of the actor's school.

    Raises
    ------
    NotFound : no such order there
    """
    order = session.scalar(
        select(Order)
        .where(Order.id == order_id, Order.school_id == actor.school_id)
        .options(joinedload(Order.school), joinedload(Order.issued_by))
    )
    if order is None:
        raise NotFound(kind="order", id=order_id)
    return order


def find_order_date(session: Session, school_id: int, number: str, year: int) -> date | None:
    """Return the day of the school's order with this number in this year."""
    return session.scalar(select(Order.issued_on).where(Order.school_id == school_id, Order.number == number, Order.year == year))


def find_approving_order(session: Session, route_id: int) -> Order | None:
    """Return the newest order that approves the route."""
    return session.scalars(_approving_orders(), {"route_id": route_id}).first()


@cache
def _approving_orders() -> Select[Order]:
    return (
        select(Order)
        .join(OrderRoute, OrderRoute.order_id == Order.id)
        .where(OrderRoute.route_id == bindparam("route_id"))
        .order_by(Order.id.desc())
        .limit(1)
    )


def main_post(session: Session, employee_id: int) -> Employment | None:
    """Return the person's open main post."""
    return session.scalar(select(Employment).where(Employment.employee_id == employee_id, Employment.is_main, Employment.ends_on.is_(None)))


def excluded_codes(session: Session, route_id: int) -> set[str]:
    """Return the codes of offerings that the person took out of the route."""
    return set(
        session.scalars(
            select(Offering.code).join(RouteExclusion, RouteExclusion.offering_id == Offering.id).where(RouteExclusion.route_id == route_id)
        )
    )


def find_exclusion(session: Session, route_id: int, offering_id: int) -> RouteExclusion | None:
    """Return the note that an offering was taken out."""
    return session.scalar(select(RouteExclusion).where(RouteExclusion.route_id == route_id, RouteExclusion.offering_id == offering_id))


def get_employee(session: Session, employee_id: int) -> Employee:
    """Return an employee with person and subjects; the caller has asked the policy."""
    return session.scalars(
        select(Employee).where(Employee.id == employee_id).options(joinedload(Employee.person), selectinload(Employee.subjects))
    ).one()


def get_offering(session: Session, region_id: int, offering_id: int) -> Offering:
    """Return an active offering of the public catalog or of the region.

    Raises
    ------
    NotFound : no such offering, or one that another region keeps to itself
    """
    known_here = Offering.region_id.is_(None) | (Offering.region_id == region_id)
    found = session.scalar(select(Offering).where(Offering.id == offering_id, Offering.is_active, known_here))
    if found is None:
        raise NotFound(kind="offering", id=offering_id)
    return found


def list_excluded(session: Session, route_id: int) -> Sequence[Offering]:
    """Return offerings that the person took out, to be put back."""
    return session.scalars(
        select(Offering)
        .join(RouteExclusion, RouteExclusion.offering_id == Offering.id)
        .where(RouteExclusion.route_id == route_id)
        .order_by(RouteExclusion.at.desc())
    ).all()


def find_person(session: Session, person_id: int) -> Person | None:
    """Return a person whose name the reader may know: their tutor, their head."""
    return session.scalar(select(Person).where(Person.id == person_id))
