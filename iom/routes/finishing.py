"""Marks progress, completes a route and closes it with its outcome."""

from dataclasses import dataclass
from enum import StrEnum

from sqlalchemy.orm import Session

from iom import policy
from iom.core import audit, clock
from iom.core.actor import Actor
from iom.core.errors import Refused
from iom.policy import Action
from iom.routes import queries
from iom.routes.freezing import freeze
from iom.routes.kinds import ClosingOutcome, VersionReason
from iom.routes.models import Reflection, Route, RouteItem
from iom.routes.moving import move, move_item
from iom.routes.workflow import FINISHED_ITEMS, RUNNING, ItemStatus, RouteStatus

BY_OWNER = frozenset({ItemStatus.PLANNED, ItemStatus.REQUESTED, ItemStatus.ENROLLED, ItemStatus.IN_PROGRESS})


class FinishRefusal(StrEnum):
    NOT_RUNNING = "route_not_running"
    NOT_BY_OWNER = "item_state_not_by_owner"
    UNFINISHED_ITEMS = "route_unfinished_items"


@dataclass(frozen=True, slots=True)
class MarkItem:
    """The owner says how far an item is."""

    item_id: int
    status: ItemStatus


@dataclass(frozen=True, slots=True)
class CompleteRoute:
    """The owner ends the route and, if willing, writes what is new and what goes into work."""

    route_id: int
    what_is_new: str
    goes_into_work: str
    leave_unfinished: bool


@dataclass(frozen=True, slots=True)
class CloseRoute:
    """The tutor closes a completed route with a conclusion."""

    route_id: int
    conclusion: str


def mark(session: Session, actor: Actor, cmd: MarkItem) -> RouteItem:
    """Move one's own item to a state that needs no proof.

    Raises
    ------
    NotFound, Forbidden, InvalidMove : not one's own, or not from here
    Refused : the route is not being carried out, or the state needs the tutor
    """
    item = queries.get_item(session, actor, cmd.item_id, lock=True)
    policy.require(actor, Action.EVIDENCE_SUBMIT, policy.target_of(session, item.route.employee_id))
    if item.route.status not in RUNNING:
        raise Refused(reason=FinishRefusal.NOT_RUNNING)
    if cmd.status not in BY_OWNER:
        raise Refused(reason=FinishRefusal.NOT_BY_OWNER)
    move_item(session, item, cmd.status, actor)
    return item


def complete(session: Session, actor: Actor, cmd: CompleteRoute) -> Route:
    """End one's own route; unfinished items need the person's word that they stay unfinished.

    Raises
    ------
    NotFound, Forbidden, InvalidMove : not one's own, or not being carried out
    Refused : unfinished items without that word
    """
    route = queries.get_visible(session, actor, cmd.route_id, lock=True)
    target = policy.target_of(session, route.employee_id)
    policy.require(actor, Action.EVIDENCE_SUBMIT, target)
    if any(item.status not in FINISHED_ITEMS for item in route.items) and not cmd.leave_unfinished:
        raise Refused(reason=FinishRefusal.UNFINISHED_ITEMS)
    move(session, route, RouteStatus.COMPLETED, actor)
    session.add(Reflection(route_id=route.id, what_is_new=cmd.what_is_new, goes_into_work=cmd.goes_into_work, written_at=clock.now()))
    audit.record(session, actor, "route_complete", object_type="route", object_id=route.id, subject_id=target.person_id)
    return route


def outcome_of(route: Route) -> ClosingOutcome:
    """Return the outcome that the items show: all done, some, none."""
    done = [item for item in route.items if item.status in {ItemStatus.DONE, ItemStatus.DONE_UNCONFIRMED}]
    if not done:
        return ClosingOutcome.NOT_STARTED
    return ClosingOutcome.FULL if len(done) == len(route.items) else ClosingOutcome.PARTIAL


def close(session: Session, actor: Actor, cmd: CloseRoute) -> Route:
    """Close a completed route.

    Raises
    ------
    NotFound, Forbidden : not the actor's to close
    InvalidMove : it is not completed
    """
    route = queries.get_visible(session, actor, cmd.route_id, lock=True)
    target = policy.target_of(session, route.employee_id)
    policy.require(actor, Action.EVIDENCE_REVIEW, target)
    if route.status is not RouteStatus.COMPLETED:
        move(session, route, RouteStatus.COMPLETED, actor)  # raises InvalidMove unless it is being carried out
    move(session, route, RouteStatus.CLOSED, actor, cmd.conclusion)
    route.closed_on = clock.today(queries.region_of(session, route.region_id).timezone)
    route.closing_outcome = outcome_of(route)
    route.tutor_conclusion = cmd.conclusion
    freeze(session, route, VersionReason.CLOSED, actor)
    audit.record(
        session, actor, Action.EVIDENCE_REVIEW, object_type="route", object_id=route.id, subject_id=target.person_id, reason="close"
    )
    return route
