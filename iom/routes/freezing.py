"""Freezes a route into a version: a copy of what it says, with the hash of its content."""

import hashlib
import json
from typing import Any

from sqlalchemy.orm import Session

from iom.core import clock
from iom.core.actor import Actor
from iom.routes import queries
from iom.routes.kinds import VersionReason
from iom.routes.models import Route, RouteGoal, RouteItem, RouteVersion


def content_of(route: Route) -> dict[str, Any]:
    """Return what a version keeps: period, goals and items as plain values."""
    return {
        "starts_on": route.starts_on.isoformat(),
        "ends_on": route.ends_on.isoformat(),
        "budget_hours": route.budget_hours,
        "personal_request": route.personal_request,
        "goals": [_goal(goal) for goal in route.goals],
        "items": [_item(item) for item in route.items],
    }


def _goal(goal: RouteGoal) -> dict[str, Any]:
    return {
        "kind": str(goal.kind),
        "title": goal.title,
        "competency_id": goal.competency_id,
        "deficit_id": goal.deficit_id,
        "weight": goal.weight,
        "coverage": goal.coverage,
        "reason": goal.reason,
        "expected_result": goal.expected_result,
    }


def _item(item: RouteItem) -> dict[str, Any]:
    return {
        "item_id": item.id,
        "kind": str(item.kind),
        "title": item.title,
        "provider": item.provider_name,
        "hours": item.hours,
        "hours_estimated": item.hours_estimated,
        "starts_on": item.starts_on.isoformat() if item.starts_on else None,
        "ends_on": item.ends_on.isoformat() if item.ends_on else None,
        "offering_id": item.offering_id,
        "run_id": item.run_id,
        "registry_kind": item.registry_kind,
        "registry_number": item.registry_number,
        "covers": sorted((cover.goal.title, cover.per_cent) for cover in item.covers),
    }


def hash_of(content: dict[str, Any]) -> str:
    """Return the hash of a version's content, the same on every machine."""
    return hashlib.sha256(json.dumps(content, ensure_ascii=False, sort_keys=True).encode()).hexdigest()


def freeze(session: Session, route: Route, reason: VersionReason, actor: Actor) -> RouteVersion:
    """Return the new version of the route; an unchanged route keeps the version that it has."""
    latest = queries.latest_version(session, route.id)
    content = content_of(route)  # after the query, which flushes: a new item is named by its key
    if latest is not None and latest.content_hash == hash_of(content):
        return latest
    version = RouteVersion(
        route_id=route.id,
        number=(latest.number if latest else 0) + 1,
        reason=reason,
        content=content,
        content_hash=hash_of(content),
        created_at=clock.now(),
        created_by_id=actor.person_id,
    )
    session.add(version)
    session.flush()  # reviews and orders point at it
    return version
