"""Builds a route: the proposal, and the person's own hand in it. Every command leaves goals, items and coverage agreeing."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from pathlib import Path

from sqlalchemy.orm import Session

from iom import policy
from iom.core import audit, clock
from iom.core.actor import Actor
from iom.core.errors import NotFound, Refused
from iom.policy import Action
from iom.profiles import queries as profile_queries
from iom.routes import queries
from iom.routes.applying import add_choice, apply_proposal, recount
from iom.routes.kinds import ItemKind
from iom.routes.models import Route, RouteExclusion, RouteItem, RouteItemCover
from iom.routes.moving import note_creation
from iom.routes.planning import Planning, planning_for
from iom.routes.proposal import propose
from iom.routes.reviewing import check_version
from iom.routes.workflow import EDITABLE

HOURS_RANGE = (8, 400)
ITEMS_LIMIT = 20  # the person's own hand included


class BuildRefusal(StrEnum):
    LIVE_ROUTE_EXISTS = "route_live_exists"
    NOT_EDITABLE = "route_not_editable"
    NO_NEEDS = "route_no_needs"
    NO_POST = "route_no_post"
    TOO_MANY_ITEMS = "route_too_many_items"
    ALREADY_IN_ROUTE = "route_item_already_in"
    NOT_A_CANDIDATE = "route_not_a_candidate"


@dataclass(frozen=True, slots=True)
class MakeRoute:
    """Propose a route for hours and a period of the person's choice."""

    employee_id: int
    hours: int
    starts_on: date
    ends_on: date


@dataclass(frozen=True, slots=True)
class ChangeConditions:
    """Propose anew for other hours or another period; pinned and own items stay."""

    route_id: int
    version: int
    hours: int
    starts_on: date
    ends_on: date


@dataclass(frozen=True, slots=True)
class EditItem:
    """Pin, unpin, remove one item of a draft."""

    item_id: int
    version: int


@dataclass(frozen=True, slots=True)
class ReplaceItem:
    """Put the candidate in the place of an item."""

    item_id: int
    version: int
    candidate_id: str


@dataclass(frozen=True, slots=True)
class AddOffering:
    """Take an offering of the catalog into a draft."""

    route_id: int
    version: int
    offering_id: int


@dataclass(frozen=True, slots=True)
class AddOwn:
    """Add an activity of the person's own, or an open slot «мероприятие по выбору», under chosen goals."""

    route_id: int
    version: int
    kind: ItemKind
    title: str
    hours: int
    starts_on: date | None
    ends_on: date | None
    goal_ids: tuple[int, ...]


def make(session: Session, actor: Actor, cmd: MakeRoute, catalog_dir: Path) -> Route:
    """Return a new draft with the best route that there is.

    Raises
    ------
    NotFound, Forbidden : the person is not the actor's to make a route for
    Refused : a route is already on its way, nothing to answer, no post
    """
    target = policy.target_of(session, cmd.employee_id)
    policy.require(actor, Action.ROUTE_EDIT, target)
    if queries.find_live(session, cmd.employee_id) is not None:
        raise Refused(reason=BuildRefusal.LIVE_ROUTE_EXISTS)
    post = queries.main_post(session, cmd.employee_id)
    if post is None:
        raise Refused(reason=BuildRefusal.NO_POST)
    request = profile_queries.current_request(session, cmd.employee_id)
    if not profile_queries.open_needs(session, cmd.employee_id) and not request:
        raise Refused(reason=BuildRefusal.NO_NEEDS)
    now = clock.now()
    attempt = profile_queries.latest_scored_attempt(session, cmd.employee_id)
    route = Route(
        region_id=target.region_id,
        employee_id=cmd.employee_id,
        school_id=post.school_id,
        attempt_id=attempt.id if attempt else None,
        cycle_number=queries.count_cycles(session, cmd.employee_id) + 1,
        starts_on=cmd.starts_on,
        ends_on=cmd.ends_on,
        budget_hours=cmd.hours,
        personal_request=request.text if request else "",
        created_at=now,
        updated_at=now,
    )
    route.employee = queries.get_employee(session, cmd.employee_id)
    session.add(route)
    session.flush()  # items, goals and events point at it
    note_creation(session, route, actor)
    _propose(session, route, planning_for(session, route, catalog_dir))
    audit.record(session, actor, Action.ROUTE_EDIT, object_type="route", object_id=route.id, subject_id=target.person_id, reason="make")
    return route


def get_editable(session: Session, actor: Actor, route_id: int, version: int) -> Route:
    """Return the locked draft for a change.

    Raises
    ------
    NotFound, Forbidden : not the actor's to edit
    Refused : it is no draft any more
    Conflict : it has changed since the person saw it
    """
    route = queries.get_visible(session, actor, route_id, lock=True)
    policy.require(actor, Action.ROUTE_EDIT, policy.target_of(session, route.employee_id))
    if route.status not in EDITABLE:
        raise Refused(reason=BuildRefusal.NOT_EDITABLE)
    check_version(route, version)
    return route


def _editable_item(session: Session, actor: Actor, item_id: int, version: int) -> RouteItem:
    item = queries.get_item(session, actor, item_id)
    route = get_editable(session, actor, item.route_id, version)
    return next(one for one in route.items if one.id == item_id)


def _propose(session: Session, route: Route, planning: Planning) -> None:
    apply_proposal(session, route, planning, propose(planning.needs, planning.candidates, planning.conditions))


def change_conditions(session: Session, actor: Actor, cmd: ChangeConditions, catalog_dir: Path) -> Route:
    """Propose anew under the new conditions.

    Raises
    ------
    as for `get_editable`
    """
    route = get_editable(session, actor, cmd.route_id, cmd.version)
    route.budget_hours, route.starts_on, route.ends_on = cmd.hours, cmd.starts_on, cmd.ends_on
    request = profile_queries.current_request(session, route.employee_id)
    route.personal_request = request.text if request else ""
    _propose(session, route, planning_for(session, route, catalog_dir))
    return _touched(session, actor, route, "conditions")


def set_pinned(session: Session, actor: Actor, cmd: EditItem, *, pinned: bool) -> Route:
    """Keep the item in every further proposal, or let it go again.

    Raises
    ------
    as for `get_editable`
    """
    item = _editable_item(session, actor, cmd.item_id, cmd.version)
    item.is_pinned = pinned
    return _touched(session, actor, item.route, "pin" if pinned else "unpin")


def remove(session: Session, actor: Actor, cmd: EditItem, catalog_dir: Path) -> Route:
    """Take an item out; an offering is not proposed again for this route until it is put back.

    Raises
    ------
    as for `get_editable`
    """
    item = _editable_item(session, actor, cmd.item_id, cmd.version)
    route = item.route
    if item.offering_id is not None and queries.find_exclusion(session, route.id, item.offering_id) is None:
        session.add(RouteExclusion(route_id=route.id, offering_id=item.offering_id, at=clock.now()))
    route.items.remove(item)
    session.flush()  # the plan below reads the exclusion
    recount(session, route, planning_for(session, route, catalog_dir))
    return _touched(session, actor, route, "remove")


def replace_item(session: Session, actor: Actor, cmd: ReplaceItem, catalog_dir: Path) -> Route:
    """Put a candidate in the place of an item.

    Raises
    ------
    as for `get_editable`; Refused : the candidate is not one that may be taken
    """
    item = _editable_item(session, actor, cmd.item_id, cmd.version)
    route = item.route
    planning = planning_for(session, route, catalog_dir)
    if cmd.candidate_id not in planning.selection.choices:
        raise Refused(reason=BuildRefusal.NOT_A_CANDIDATE)
    position = item.position
    route.items.remove(item)
    session.flush()  # the old row goes before the new one takes its place
    added = add_choice(route, planning, cmd.candidate_id)
    added.position = position
    session.flush()
    recount(session, route, planning_for(session, route, catalog_dir))
    return _touched(session, actor, route, "replace")


def add_offering(session: Session, actor: Actor, cmd: AddOffering, catalog_dir: Path) -> Route:
    """Take an offering of the catalog into the draft; one taken out before is put back.

    Raises
    ------
    as for `get_editable`; NotFound : no such offering; Refused : already there, or too many items
    """
    route = get_editable(session, actor, cmd.route_id, cmd.version)
    offering = queries.get_offering(session, route.region_id, cmd.offering_id)
    if any(item.offering_id == offering.id for item in route.items):
        raise Refused(reason=BuildRefusal.ALREADY_IN_ROUTE)
    _check_room(route)
    if exclusion := queries.find_exclusion(session, route.id, offering.id):
        session.delete(exclusion)
        session.flush()
    planning = planning_for(session, route, catalog_dir)
    fitting = [candidate for candidate in planning.selection.candidates if candidate.group == offering.code]
    if fitting:
        add_choice(route, planning, str(min(fitting, key=lambda one: (bool(one.obstacles), one.hours, str(one.id))).id))
    else:
        route.items.append(_plain_item(route, offering.id, planning))
    session.flush()
    recount(session, route, planning_for(session, route, catalog_dir))
    return _touched(session, actor, route, "add")


def _plain_item(route: Route, offering_id: int, planning: Planning) -> RouteItem:
    """Return an item for an offering that works on none of the needs: the person's own wish."""
    code = next((code for code, key in planning.shelf.offering_ids.items() if key == offering_id), None)
    if code is None:
        raise NotFound(kind="offering", id=offering_id)
    record = planning.shelf.library.offers[code].record
    return RouteItem(
        position=_next_position(route),
        kind=ItemKind(str(record.kind)),
        offering_id=offering_id,
        title=record.title,
        provider_name=record.provider[:300],
        hours=record.planning_hours,
        hours_estimated=not record.hours,
        is_pinned=True,
        reason="chosen",
        reason_facts={},
        registry_kind=str(record.registry),
        registry_number=record.registry_number,
    )


def add_own(session: Session, actor: Actor, cmd: AddOwn, catalog_dir: Path) -> Route:
    """Add an activity that the catalog does not have.

    Raises
    ------
    as for `get_editable`; NotFound : a goal of another route; Refused : too many items
    """
    route = get_editable(session, actor, cmd.route_id, cmd.version)
    _check_room(route)
    goals = [goal for goal in route.goals if goal.id in set(cmd.goal_ids)]
    if len(goals) != len(set(cmd.goal_ids)):
        raise NotFound(kind="route_goal", id=0)
    item = RouteItem(
        position=_next_position(route),
        kind=cmd.kind,
        title=cmd.title,
        hours=cmd.hours,
        starts_on=cmd.starts_on,
        ends_on=cmd.ends_on,
        has_fixed_dates=cmd.starts_on is not None,
        is_own=True,
        reason="own",
        reason_facts={},
        covers=[RouteItemCover(goal=goal, per_cent=0) for goal in goals],
    )
    route.items.append(item)
    session.flush()  # the plan names it by its key
    recount(session, route, planning_for(session, route, catalog_dir))
    return _touched(session, actor, route, "add_own")


def _check_room(route: Route) -> None:
    if len(route.items) >= ITEMS_LIMIT:
        raise Refused(reason=BuildRefusal.TOO_MANY_ITEMS)


def _next_position(route: Route) -> int:
    return max((item.position for item in route.items), default=0) + 1


def _touched(session: Session, actor: Actor, route: Route, what: str) -> Route:
    route.updated_at = clock.now()  # grows the version even when only a child row changed
    audit.record(
        session, actor, Action.ROUTE_EDIT, object_type="route", object_id=route.id, subject_id=route.employee.person_id, reason=what
    )
    return route
