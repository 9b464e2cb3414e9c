"""Small routes for tests, built row by row: what the services under test would have made in many steps."""

from datetime import UTC, date, datetime
from typing import Any

from sqlalchemy.orm import Session

from iom.core.actor import Actor, Role
from iom.organizations.models import School
from iom.profiles.kinds import DeficitKind
from iom.routes.evidence_models import Evidence
from iom.routes.freezing import freeze
from iom.routes.kinds import EvidenceKind, ItemKind, VersionReason
from iom.routes.models import Route, RouteEvent, RouteGoal, RouteItem, RouteItemCover
from iom.routes.workflow import APPROVED_OR_LATER, EvidenceStatus, ItemStatus, RouteStatus
from tests.cast import Cast, Member

SENT = datetime(2026, 11, 2, 9, 0, tzinfo=UTC)
START, END = date(2026, 11, 2), date(2027, 5, 31)


def make_item(position: int = 1, **values: Any) -> RouteItem:
    """Return an item that is not yet in a route."""
    facts: dict[str, Any] = {
        "position": position,
        "kind": ItemKind.EVENT,
        "title": f"Семинар {position}",
        "provider_name": "ИРО",
        "hours": 12,
        "starts_on": date(2027, 2, 1),
        "ends_on": date(2027, 2, 20),
        "reason": "chosen",
        "reason_facts": {},
    }
    return RouteItem(**(facts | values))


def make_route(
    session: Session,
    cast: Cast,
    owner: Member,
    status: RouteStatus = RouteStatus.ON_REVIEW,
    *,
    items: list[RouteItem] | None = None,
    school: School | None = None,
    **values: Any,
) -> Route:
    """Make a route of the owner with one need, in the given state, frozen once it was sent."""
    facts: dict[str, Any] = {
        "region_id": cast.region.id,
        "employee_id": owner.employee_id,
        "school_id": (school or cast.lesnovskaya).id,
        "status": status,
        "starts_on": START,
        "ends_on": END,
        "budget_hours": 72,
        "coverage": 0.84,
        "created_at": SENT,
        "updated_at": SENT,
        "submitted_at": None if status is RouteStatus.DRAFT else SENT,
        "due_on": date(2026, 12, 1) if status in {RouteStatus.ON_REVIEW, RouteStatus.AGREED} else None,
    }
    route = Route(**(facts | values))
    goal = RouteGoal(kind=DeficitKind.REQUEST, title="Хочу научиться оценивать", position=1, weight=5, coverage=70, reason_facts={})
    route.goals = [goal]
    route.items = items if items is not None else [make_item()]
    for item in route.items:
        item.covers = [RouteItemCover(goal=goal, per_cent=70)]
    session.add(route)
    session.flush()
    session.add(RouteEvent(route_id=route.id, actor_id=owner.person.id, role="employee", from_status="", to_status=str(status), at=SENT))
    if status is not RouteStatus.DRAFT:
        freeze(session, route, VersionReason.APPROVED if status in APPROVED_OR_LATER else VersionReason.SUBMITTED, owner.actor)
    session.flush()
    return route


def running(session: Session, cast: Cast, owner: Member, *statuses: ItemStatus, **values: Any) -> Route:
    """Make a route that is being carried out, with one item in each of the states."""
    items = [make_item(number, status=status) for number, status in enumerate(statuses or (ItemStatus.PLANNED,), start=1)]
    return make_route(session, cast, owner, RouteStatus.IN_PROGRESS, items=items, **values)


def make_evidence(session: Session, item: RouteItem, owner: Member, **values: Any) -> Evidence:
    """Hand in a text for an item, as the service would."""
    facts: dict[str, Any] = {
        "item_id": item.id,
        "kind": EvidenceKind.TEXT,
        "text": "Провела два урока",
        "status": EvidenceStatus.SUBMITTED,
        "submitted_by_id": owner.person.id,
        "submitted_at": SENT,
    }
    evidence = Evidence(**(facts | values))
    session.add(evidence)
    session.flush()
    return evidence


def in_role(member: Member, role: Role, **unit: int | None) -> Actor:
    """Return the member acting in another role."""
    actor = member.actor
    return Actor(
        person_id=actor.person_id,
        region_id=actor.region_id,
        role=role,
        employee_id=actor.employee_id,
        school_id=unit.get("school_id"),
        municipality_id=unit.get("municipality_id"),
    )


def every_role(member: Member, cast: Cast) -> list[Actor]:
    """Return the member in every role that there is, each at a unit of the member's own."""
    return [in_role(member, role, school_id=cast.lesnovskaya.id, municipality_id=cast.lesnoe.id) for role in Role]
