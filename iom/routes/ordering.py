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
from iom.routes import order_queries, queries
from iom.routes.freezing import freeze
from iom.routes.kinds import VersionReason
from iom.routes.models import Order, OrderCorrection, OrderRoute, Route
from iom.routes.moving import move
from iom.routes.reviewing import check_school_decides, check_version, check_waits_in
from iom.routes.workflow import RouteStatus

ROUTES_IN_ORDER = 300  # more lines than any school has people; a longer list is no order but a mistake


class OrderRefusal(StrEnum):
    NOTHING_CHOSEN = "order_nothing_chosen"
    TOO_MANY = "order_too_many"
    DATE_IN_FUTURE = "order_date_in_future"
    NOTHING_CHANGED = "order_nothing_changed"
    NO_REASON = "order_correction_without_reason"


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
    Refused : nothing or too much chosen, a date to come, a route that another school or the centre approves
    """
    if actor.school_id is None:
        raise Forbidden(action=Action.ROUTE_APPROVE, role=actor.role)
    policy.require_role(actor, Action.ROUTE_APPROVE)
    if not cmd.routes:
        raise Refused(reason=OrderRefusal.NOTHING_CHOSEN)
    if len(cmd.routes) > ROUTES_IN_ORDER:
        raise Refused(reason=OrderRefusal.TOO_MANY)
    _check_day(session, actor, cmd.issued_on)
    # Everything is checked before anything is written; keys in order, so that two heads never wait for each other.
    waiting = [_get_waiting(session, actor, route_id, seen) for route_id, seen in sorted(cmd.routes.items())]
    order = _new_order(session, actor, actor.school_id, cmd)
    for route, person_id in waiting:
        move(session, route, RouteStatus.APPROVED, actor)
        route.due_on = None
        version = freeze(session, route, VersionReason.APPROVED, actor)
        session.add(OrderRoute(order_id=order.id, route_id=route.id, version_id=version.id))
        audit.record(session, actor, Action.ROUTE_APPROVE, object_type="route", object_id=route.id, subject_id=person_id)
    return order


def _check_day(session: Session, actor: Actor, issued_on: date) -> None:
    if issued_on > clock.today(queries.region_of(session, actor.region_id).timezone):
        raise Refused(reason=OrderRefusal.DATE_IN_FUTURE)


def _get_waiting(session: Session, actor: Actor, route_id: int, seen: int) -> tuple[Route, int]:
    """Return the locked route, which waits for an order of this school, and the person whose it is."""
    route = queries.get_visible(session, actor, route_id, lock=True)
    target = policy.target_of(session, route.employee_id)
    policy.require(actor, Action.ROUTE_APPROVE, target)
    check_waits_in(route, RouteStatus.AGREED, RouteStatus.APPROVED)
    check_version(route, seen)
    check_school_decides(session, actor, route)
    return route, target.person_id


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
        raise _taken(session, school_id, cmd.number, cmd.issued_on) from error
    return order


def _taken(session: Session, school_id: int, number: str, issued_on: date) -> Conflict:
    day = queries.find_order_date(session, school_id, number, issued_on.year)
    return Conflict(kind="order_number", number=number, issued_on=day)


def correct(session: Session, actor: Actor, cmd: CorrectOrder) -> Order:
    """Mend an order's number or date and keep the old values.

    Raises
    ------
    Forbidden : the role approves nothing
    NotFound : no such order at the actor's school
    Conflict : the new number is taken
    Refused : a date to come, no reason, or nothing that differs
    """
    policy.require_role(actor, Action.ROUTE_APPROVE)
    order = order_queries.get_order(session, actor, cmd.order_id, lock=True)
    _check_day(session, actor, cmd.issued_on)
    if not cmd.reason.strip():
        raise Refused(reason=OrderRefusal.NO_REASON)
    if (cmd.number, cmd.issued_on) == (order.number, order.issued_on):
        raise Refused(reason=OrderRefusal.NOTHING_CHANGED)
    correction = OrderCorrection(
        order_id=order.id,
        old_number=order.number,
        old_issued_on=order.issued_on,
        reason=cmd.reason,
        corrected_by_id=actor.person_id,
        corrected_at=clock.now(),
    )
    try:
        with session.begin_nested():
            session.add(correction)
            order.number, order.issued_on, order.year = cmd.number, cmd.issued_on, cmd.issued_on.year
    except IntegrityError as error:
        raise _taken(session, order.school_id, cmd.number, cmd.issued_on) from error
    audit.record(session, actor, Action.ROUTE_APPROVE, object_type="order", object_id=order.id, reason=cmd.reason)
    return order
