"""Marks progress, completes a route and closes it with its outcome."""

from dataclasses import dataclass
from enum import StrEnum

from sqlalchemy.orm import Session

from iom import policy
from iom.core import audit, clock
from iom.core.actor import Actor
from iom.core.errors import Refused
from iom.core.workdays import after_working_days
from iom.policy import Action
from iom.routes import evidence_queries, queries
from iom.routes.freezing import freeze
from iom.routes.kinds import ClosingOutcome, VersionReason
from iom.routes.models import Reflection, Route, RouteItem
from iom.routes.moving import move, move_item
from iom.routes.workflow import FINISHED_ITEMS, RUNNING, ItemStatus, RouteStatus, check_route_move

BY_OWNER = frozenset({ItemStatus.PLANNED, ItemStatus.REQUESTED, ItemStatus.ENROLLED, ItemStatus.IN_PROGRESS})
"""The states between which the owner moves an item without proof; out of the others it goes by evidence or by a replacement."""


class FinishRefusal(StrEnum):
    NOT_RUNNING = "route_not_running"
    NOT_BY_OWNER = "item_state_not_by_owner"
    UNFINISHED_ITEMS = "route_unfinished_items"
    EVIDENCE_WAITS = "route_evidence_waits"
    NOT_OVER = "route_not_over"
    NO_CONCLUSION = "route_no_conclusion"


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
    Refused : the route is not being carried out, or the state is not the owner's to give or to leave
    """
    item = queries.get_item(session, actor, cmd.item_id, lock=True)
    target = policy.target_of(session, item.route.employee_id)
    policy.require(actor, Action.EVIDENCE_SUBMIT, target)
    if item.route.status not in RUNNING:
        raise Refused(reason=FinishRefusal.NOT_RUNNING)
    if not {item.status, cmd.status} <= BY_OWNER:
        raise Refused(reason=FinishRefusal.NOT_BY_OWNER)
    move_item(session, item, cmd.status, actor)
    audit.record(session, actor, "item_mark", object_type="route_item", object_id=item.id, subject_id=target.person_id, reason=cmd.status)
    return item


def unfinished(route: Route) -> list[RouteItem]:
    """Return the items that are neither done nor moved to the next route."""
    return [item for item in route.items if item.status not in FINISHED_ITEMS]


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
    check_route_move(route.status, RouteStatus.COMPLETED)
    if unfinished(route) and not cmd.leave_unfinished:
        raise Refused(reason=FinishRefusal.UNFINISHED_ITEMS)
    move(session, route, RouteStatus.COMPLETED, actor)
    region = queries.region_of(session, route.region_id)
    route.due_on = after_working_days(clock.today(region.timezone), region.tutor_days)  # the tutor closes it
    if cmd.what_is_new or cmd.goes_into_work:
        reflection = Reflection(route_id=route.id, what_is_new=cmd.what_is_new, goes_into_work=cmd.goes_into_work, written_at=clock.now())
        session.add(reflection)
    audit.record(session, actor, "route_complete", object_type="route", object_id=route.id, subject_id=target.person_id)
    return route


def outcome_of(route: Route) -> ClosingOutcome:
    """Return the outcome that the items show: all done, some, none."""
    done = [item for item in route.items if item.status in {ItemStatus.DONE, ItemStatus.DONE_UNCONFIRMED}]
    if not done:
        return ClosingOutcome.NOT_STARTED
    return ClosingOutcome.FULL if len(done) == len(route.items) else ClosingOutcome.PARTIAL


def close(session: Session, actor: Actor, cmd: CloseRoute) -> Route:
    """Close a completed route, or one whose period is over and whose owner has not completed it.

    Raises
    ------
    NotFound, Forbidden : not the actor's to close
    InvalidMove : it is neither completed nor being carried out
    Refused : it is being carried out and its period is not over, evidence waits for a decision, no conclusion
    """
    route = queries.get_visible(session, actor, cmd.route_id, lock=True)
    target = policy.target_of(session, route.employee_id)
    policy.require(actor, Action.EVIDENCE_REVIEW, target)
    today = clock.today(queries.region_of(session, route.region_id).timezone)
    if route.status is not RouteStatus.COMPLETED:
        check_route_move(route.status, RouteStatus.COMPLETED)
        if today <= route.ends_on:
            raise Refused(reason=FinishRefusal.NOT_OVER)
    if evidence_queries.count_waiting_of_route(session, route.id):
        raise Refused(reason=FinishRefusal.EVIDENCE_WAITS)
    if not cmd.conclusion.strip():
        raise Refused(reason=FinishRefusal.NO_CONCLUSION)
    if route.status is not RouteStatus.COMPLETED:
        move(session, route, RouteStatus.COMPLETED, actor)
    move(session, route, RouteStatus.CLOSED, actor, cmd.conclusion)
    route.due_on = None
    route.closed_on = today
    route.closing_outcome = outcome_of(route)
    route.tutor_conclusion = cmd.conclusion
    freeze(session, route, VersionReason.CLOSED, actor)
    audit.record(
        session, actor, Action.EVIDENCE_REVIEW, object_type="route", object_id=route.id, subject_id=target.person_id, reason="close"
    )
    return route
