"""Approves routes by an order of the school: one order, many routes."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from iom import policy
from iom.core import audit, clock
from iom.core.actor import Actor
from iom.core.errors import Conflict, Forbidden, Refused
from iom.policy import Action
from iom.routes import queries
from iom.routes.freezing import freeze
from iom.routes.kinds import VersionReason
from iom.routes.models import Order, OrderCorrection, OrderRoute
from iom.routes.moving import move
from iom.routes.reviewing import check_version
from iom.routes.workflow import RouteStatus


class OrderRefusal(StrEnum):
    NOTHING_CHOSEN = "order_nothing_chosen"
    DATE_IN_FUTURE = "order_date_in_future"


@dataclass(frozen=True, slots=True)
class ApproveByOrder:
    """Approve the routes by an order; `routes` are the chosen ones with the edition that the head saw."""

    number: str
    issued_on: date
    routes: Mapping[int, int]


@dataclass(frozen=True, slots=True)
class CorrectOrder:
    """Mend the number or the date of an order; the old values stay in its history."""

    order_id: int
    number: str
    issued_on: date
    reason: str


def approve(session: Session, actor: Actor, cmd: ApproveByOrder) -> Order:
    """Return the order that approves all the routes, or approve none.

    Raises
    ------
    NotFound, Forbidden : a route is not of the head's school, or is the head's own
    Conflict : the number is taken this year, or a route has changed since
    InvalidMove : a route does not wait for an order
    Refused : nothing chosen, a date to come
    """
    if actor.school_id is None:
        raise Forbidden(action=Action.ROUTE_APPROVE, role=actor.role)
    if not cmd.routes:
        raise Refused(reason=OrderRefusal.NOTHING_CHOSEN)
    if cmd.issued_on > clock.today():
        raise Refused(reason=OrderRefusal.DATE_IN_FUTURE)
    order = _new_order(session, actor, actor.school_id, cmd)
    for route_id, seen in sorted(cmd.routes.items()):  # one order of locks for everybody
        route = queries.get_visible(session, actor, route_id, lock=True)
        target = policy.target_of(session, route.employee_id)
        policy.require(actor, Action.ROUTE_APPROVE, target)
        check_version(route, seen)
        move(session, route, RouteStatus.APPROVED, actor)
        route.due_on = None
        version = freeze(session, route, VersionReason.APPROVED, actor)
        session.add(OrderRoute(order_id=order.id, route_id=route.id, version_id=version.id))
        audit.record(session, actor, Action.ROUTE_APPROVE, object_type="route", object_id=route.id, subject_id=target.person_id)
    return order


def _new_order(session: Session, actor: Actor, school_id: int, cmd: ApproveByOrder) -> Order:
    order = Order(
        region_id=actor.region_id,
        school_id=school_id,
        number=cmd.number,
        issued_on=cmd.issued_on,
        year=cmd.issued_on.year,
        issued_by_id=actor.person_id,
        recorded_at=clock.now(),
    )
    try:
        with session.begin_nested():
            session.add(order)
    except IntegrityError as error:
        taken = queries.find_order_date(session, school_id, cmd.number, order.year)
        raise Conflict(kind="order_number", number=cmd.number, issued_on=taken) from error
    return order


def correct(session: Session, actor: Actor, cmd: CorrectOrder) -> Order:
    """Mend an order's number or date and keep the old values.

    Raises
    ------
    NotFound : no such order at the actor's school
    Conflict : the new number is taken
    """
    policy.require_role(actor, Action.ROUTE_APPROVE)
    order = queries.get_order(session, actor, cmd.order_id)
    session.add(
        OrderCorrection(
            order_id=order.id,
            old_number=order.number,
            old_issued_on=order.issued_on,
            reason=cmd.reason,
            corrected_by_id=actor.person_id,
            corrected_at=clock.now(),
        )
    )
    try:
        with session.begin_nested():
            order.number, order.issued_on, order.year = cmd.number, cmd.issued_on, cmd.issued_on.year
    except IntegrityError as error:
        raise Conflict(kind="order_number", number=cmd.number) from error
    audit.record(session, actor, Action.ROUTE_APPROVE, object_type="order", object_id=order.id, reason=cmd.reason)
    return order
