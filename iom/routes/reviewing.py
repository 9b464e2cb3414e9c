"""Sends a route for agreement, agrees to it, returns it; one route or many."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from sqlalchemy.orm import Session

from iom import policy
from iom.core import audit, clock
from iom.core.actor import Actor
from iom.core.errors import Conflict, DomainError, Refused
from iom.core.workdays import after_working_days
from iom.organizations.kinds import ApprovalChain
from iom.policy import Action
from iom.routes import queries
from iom.routes.freezing import freeze
from iom.routes.kinds import ReviewDecision, ReviewStep, VersionReason
from iom.routes.models import Route, RouteReview
from iom.routes.moving import move
from iom.routes.workflow import RouteStatus


class ReviewRefusal(StrEnum):
    EMPTY_ROUTE = "route_empty"
    NO_TUTOR = "route_no_tutor"


@dataclass(frozen=True, slots=True)
class SubmitRoute:
    """Send a draft to the tutor; `version` is the edition of the row that the person saw."""

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


def review(session: Session, actor: Actor, cmd: ReviewRoute) -> Route:
    """Record the tutor's decision; what follows an agreement is chosen by the region's chain.

    Raises
    ------
    NotFound, Forbidden : not the actor's to decide
    Conflict : the route has changed since
    InvalidMove : it does not wait for the tutor
    """
    route = queries.get_visible(session, actor, cmd.route_id, lock=True)
    target = policy.target_of(session, route.employee_id)
    policy.require(actor, Action.ROUTE_REVIEW, target)
    check_version(route, cmd.version)
    region = queries.region_of(session, route.region_id)
    if cmd.decision is ReviewDecision.RETURN:
        move(session, route, RouteStatus.RETURNED, actor, cmd.comment)
        route.due_on = None
    else:
        after = RouteStatus.APPROVED if region.approval_chain is ApprovalChain.TUTOR else RouteStatus.AGREED
        move(session, route, after, actor, cmd.comment)
        route.due_on = after_working_days(clock.today(region.timezone), region.head_days) if after is RouteStatus.AGREED else None
    version = freeze(session, route, VersionReason.SUBMITTED, actor)
    _record(session, actor, route, ReviewStep.TUTOR, cmd, version.id)
    audit.record(
        session, actor, Action.ROUTE_REVIEW, object_type="route", object_id=route.id, subject_id=target.person_id, reason=cmd.decision
    )
    return route


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


@dataclass(frozen=True, slots=True)
class Failed:
    """A route of a common decision that was left as it was, and why."""

    route_id: int
    error: DomainError


def agree_many(session: Session, actor: Actor, commands: Sequence[ReviewRoute]) -> tuple[list[Route], list[Failed]]:
    """Agree to each route by itself: one that changed meanwhile does not hold the others."""
    done: list[Route] = []
    failed: list[Failed] = []
    for cmd in commands:
        try:
            with session.begin_nested():
                done.append(review(session, actor, cmd))
        except DomainError as error:
            failed.append(Failed(cmd.route_id, error))
    return done, failed


def return_by_head(session: Session, actor: Actor, cmd: ReviewRoute) -> Route:
    """Record that the school head sends an agreed route back with a reason.

    Raises
    ------
    NotFound, Forbidden, Conflict, InvalidMove : as for `review`
    """
    route = queries.get_visible(session, actor, cmd.route_id, lock=True)
    target = policy.target_of(session, route.employee_id)
    policy.require(actor, Action.ROUTE_APPROVE, target)
    check_version(route, cmd.version)
    move(session, route, RouteStatus.RETURNED, actor, cmd.comment)
    route.due_on = None
    version = freeze(session, route, VersionReason.SUBMITTED, actor)
    _record(session, actor, route, ReviewStep.SCHOOL_HEAD, cmd, version.id)
    audit.record(
        session, actor, Action.ROUTE_APPROVE, object_type="route", object_id=route.id, subject_id=target.person_id, reason="return"
    )
    return route


def approve_at_center(session: Session, actor: Actor, cmd: ReviewRoute) -> Route:
    """Approve or return an agreed route at the regional centre, where the region's chain ends there.

    Raises
    ------
    NotFound, Forbidden, Conflict, InvalidMove : as for `review`
    """
    route = queries.get_visible(session, actor, cmd.route_id, lock=True)
    target = policy.target_of(session, route.employee_id)
    policy.require(actor, Action.ROUTE_APPROVE_CENTER, target)
    check_version(route, cmd.version)
    agreed = cmd.decision is ReviewDecision.AGREE
    move(session, route, RouteStatus.APPROVED if agreed else RouteStatus.RETURNED, actor, cmd.comment)
    route.due_on = None
    version = freeze(session, route, VersionReason.APPROVED if agreed else VersionReason.SUBMITTED, actor)
    _record(session, actor, route, ReviewStep.CENTER, cmd, version.id)
    audit.record(
        session,
        actor,
        Action.ROUTE_APPROVE_CENTER,
        object_type="route",
        object_id=route.id,
        subject_id=target.person_id,
        reason=cmd.decision,
    )
    return route
