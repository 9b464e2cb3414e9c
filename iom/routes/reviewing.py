"""Sends a route for agreement, takes it back, agrees to it, returns it; one route or many."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from sqlalchemy.orm import Session

from iom import policy
from iom.core import audit, clock
from iom.core.actor import Actor
from iom.core.errors import Conflict, DomainError, InvalidMove, Refused
from iom.core.workdays import after_working_days
from iom.organizations.kinds import ApprovalChain
from iom.policy import Action
from iom.routes import approval_queries, queries
from iom.routes.freezing import freeze
from iom.routes.kinds import Approver, ReviewDecision, ReviewStep, VersionReason
from iom.routes.models import Route, RouteReview, RouteVersion
from iom.routes.moving import move
from iom.routes.workflow import RouteStatus


class ReviewRefusal(StrEnum):
    EMPTY_ROUTE = "route_empty"
    NO_TUTOR = "route_no_tutor"
    NO_REASON = "route_return_without_reason"
    SCHOOL_DECIDES = "route_school_decides"
    CENTER_DECIDES = "route_center_decides"
    OTHER_SCHOOL_DECIDES = "route_other_school_decides"


@dataclass(frozen=True, slots=True)
class SubmitRoute:
    """Send a draft to the tutor; `version` is the edition of the row that the person saw."""

    route_id: int
    version: int


@dataclass(frozen=True, slots=True)
class RecallRoute:
    """Take a route back from the tutor to change it."""

    route_id: int
    version: int


@dataclass(frozen=True, slots=True)
class ReviewRoute:
    """Agree to a route or return it with a reason."""

    route_id: int
    version: int
    decision: ReviewDecision
    comment: str


def check_version(route: Route, seen: int) -> None:
    """Raise Conflict when the route has changed since the person saw it."""
    if route.version != seen:
        raise Conflict(kind="route", id=route.id, seen=seen, now=route.version)


def check_waits_in(route: Route, status: RouteStatus, to: RouteStatus) -> None:
    """Raise InvalidMove unless the route stands in `status`: the table of moves alone does not tell whose turn it is."""
    if route.status is not status:
        raise InvalidMove(kind="route", id=route.id, current=route.status, to=to)


def submit(session: Session, actor: Actor, cmd: SubmitRoute) -> Route:
    """Send the route to its tutor and freeze what was sent.

    Raises
    ------
    NotFound, Forbidden : the route is not the actor's to send
    Conflict : it has changed since
    InvalidMove : it is not a draft
    Refused : it has no items, or the person has no tutor
    """
    route = queries.get_visible(session, actor, cmd.route_id, lock=True)
    target = policy.target_of(session, route.employee_id)
    policy.require(actor, Action.ROUTE_SUBMIT, target)
    check_version(route, cmd.version)
    if not route.items:
        raise Refused(reason=ReviewRefusal.EMPTY_ROUTE)
    if target.tutor_id is None:
        raise Refused(reason=ReviewRefusal.NO_TUTOR)
    move(session, route, RouteStatus.ON_REVIEW, actor)
    region = queries.region_of(session, route.region_id)
    route.submitted_at = clock.now()
    route.due_on = after_working_days(clock.today(region.timezone), region.tutor_days)
    freeze(session, route, VersionReason.SUBMITTED, actor)
    audit.record(session, actor, Action.ROUTE_SUBMIT, object_type="route", object_id=route.id, subject_id=target.person_id)
    return route


def recall(session: Session, actor: Actor, cmd: RecallRoute) -> Route:
    """Take the route back before the tutor has decided; it is a draft again.

    Raises
    ------
    NotFound, Forbidden : the route is not the actor's to send or take back
    Conflict : it has changed since
    InvalidMove : it does not wait for the tutor any more
    """
    route = queries.get_visible(session, actor, cmd.route_id, lock=True)
    target = policy.target_of(session, route.employee_id)
    policy.require(actor, Action.ROUTE_SUBMIT, target)
    check_waits_in(route, RouteStatus.ON_REVIEW, RouteStatus.DRAFT)
    check_version(route, cmd.version)
    move(session, route, RouteStatus.DRAFT, actor)
    route.due_on = None
    audit.record(session, actor, Action.ROUTE_SUBMIT, object_type="route", object_id=route.id, subject_id=target.person_id, reason="recall")
    return route


def review(session: Session, actor: Actor, cmd: ReviewRoute) -> Route:
    """Record the tutor's decision; what follows an agreement is chosen by the region's chain.

    Raises
    ------
    NotFound, Forbidden : not the actor's to decide
    InvalidMove : it does not wait for the tutor
    Conflict : the route has changed since
    Refused : a return without a reason
    """
    route, person_id = _get_for_decision(session, actor, cmd, Action.ROUTE_REVIEW, RouteStatus.ON_REVIEW)
    region = queries.region_of(session, route.region_id)
    if cmd.decision is ReviewDecision.RETURN:
        version = _return(session, actor, route, cmd)
    else:
        after = RouteStatus.APPROVED if region.approval_chain is ApprovalChain.TUTOR else RouteStatus.AGREED
        move(session, route, after, actor, cmd.comment)
        route.due_on = after_working_days(clock.today(region.timezone), region.head_days) if after is RouteStatus.AGREED else None
        version = freeze(session, route, _frozen_as(after), actor)
    _record(session, actor, route, ReviewStep.TUTOR, cmd, version.id)
    _journal(session, actor, Action.ROUTE_REVIEW, route, person_id, cmd)
    return route


def _frozen_as(status: RouteStatus) -> VersionReason:
    return VersionReason.APPROVED if status is RouteStatus.APPROVED else VersionReason.SUBMITTED


def _get_for_decision(session: Session, actor: Actor, cmd: ReviewRoute, action: Action, waits_in: RouteStatus) -> tuple[Route, int]:
    """Return the locked route that waits for this decision, and the person whose it is."""
    route = queries.get_visible(session, actor, cmd.route_id, lock=True)
    target = policy.target_of(session, route.employee_id)
    policy.require(actor, action, target)
    check_waits_in(route, waits_in, RouteStatus.RETURNED if cmd.decision is ReviewDecision.RETURN else RouteStatus.APPROVED)
    check_version(route, cmd.version)
    if cmd.decision is ReviewDecision.RETURN and not cmd.comment.strip():
        raise Refused(reason=ReviewRefusal.NO_REASON)
    return route, target.person_id


def _return(session: Session, actor: Actor, route: Route, cmd: ReviewRoute) -> RouteVersion:
    move(session, route, RouteStatus.RETURNED, actor, cmd.comment)
    route.due_on = None
    return freeze(session, route, VersionReason.SUBMITTED, actor)


def _record(session: Session, actor: Actor, route: Route, step: ReviewStep, cmd: ReviewRoute, version_id: int) -> None:
    session.add(
        RouteReview(
            route_id=route.id,
            version_id=version_id,
            step=step,
            reviewer_id=actor.person_id,
            decision=cmd.decision,
            comment=cmd.comment,
            decided_at=clock.now(),
        )
    )


def _journal(session: Session, actor: Actor, action: Action, route: Route, person_id: int, cmd: ReviewRoute) -> None:
    audit.record(session, actor, action, object_type="route", object_id=route.id, subject_id=person_id, reason=cmd.decision)


@dataclass(frozen=True, slots=True)
class Failed:
    """A route of a common decision that was left as it was, and why."""

    route_id: int
    error: DomainError


def agree_many(session: Session, actor: Actor, commands: Sequence[ReviewRoute]) -> tuple[list[Route], list[Failed]]:
    """Agree to each route by itself: one that changed meanwhile does not hold the others."""
    done: list[Route] = []
    failed: list[Failed] = []
    for cmd in sorted(commands, key=lambda one: one.route_id):  # one order of locks for everybody
        try:
            with session.begin_nested():
                done.append(review(session, actor, cmd))
        except DomainError as error:
            failed.append(Failed(cmd.route_id, error))
    return done, failed


def check_school_decides(session: Session, actor: Actor, route: Route) -> None:
    """Raise Refused unless the actor's school approves this route: by the region's chain, and as the school of the main post."""
    approver, school_id = approval_queries.approver_of(session, route.employee_id, clock.now())
    if approver is Approver.CENTER:
        raise Refused(reason=ReviewRefusal.CENTER_DECIDES)
    if school_id != actor.school_id:
        raise Refused(reason=ReviewRefusal.OTHER_SCHOOL_DECIDES)


def return_by_head(session: Session, actor: Actor, cmd: ReviewRoute) -> Route:
    """Record that the school head sends an agreed route back with a reason.

    Raises
    ------
    NotFound, Forbidden, InvalidMove, Conflict, Refused : as for `review`
    Refused : the route is not this school's to approve
    ValueError : the command is no return; a head agrees by an order
    """
    if cmd.decision is not ReviewDecision.RETURN:
        raise ValueError("a head agrees by an order")
    route, person_id = _get_for_decision(session, actor, cmd, Action.ROUTE_APPROVE, RouteStatus.AGREED)
    check_school_decides(session, actor, route)
    version = _return(session, actor, route, cmd)
    _record(session, actor, route, ReviewStep.SCHOOL_HEAD, cmd, version.id)
    _journal(session, actor, Action.ROUTE_APPROVE, route, person_id, cmd)
    return route


def approve_at_center(session: Session, actor: Actor, cmd: ReviewRoute) -> Route:
    """Approve or return an agreed route at the regional centre: where the chain ends there, or no head but the owner is there to sign.

    Raises
    ------
    NotFound, Forbidden, InvalidMove, Conflict, Refused : as for `review`
    Refused : the school approves this route by its order
    """
    route, person_id = _get_for_decision(session, actor, cmd, Action.ROUTE_APPROVE_CENTER, RouteStatus.AGREED)
    if approval_queries.approver_of(session, route.employee_id, clock.now())[0] is Approver.SCHOOL:
        raise Refused(reason=ReviewRefusal.SCHOOL_DECIDES)
    if cmd.decision is ReviewDecision.RETURN:
        version = _return(session, actor, route, cmd)
    else:
        move(session, route, RouteStatus.APPROVED, actor, cmd.comment)
        route.due_on = None
        version = freeze(session, route, VersionReason.APPROVED, actor)
    _record(session, actor, route, ReviewStep.CENTER, cmd, version.id)
    _journal(session, actor, Action.ROUTE_APPROVE_CENTER, route, person_id, cmd)
    return route
