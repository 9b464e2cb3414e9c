"""The talk about a route and its items."""

from dataclasses import dataclass

from sqlalchemy.orm import Session

from iom import policy
from iom.core import audit, clock
from iom.core.actor import Actor
from iom.core.errors import NotFound
from iom.policy import Action
from iom.routes import queries
from iom.routes.models import RouteComment


@dataclass(frozen=True, slots=True)
class AddComment:
    """Say something about a route, or about one of its items."""

    route_id: int
    item_id: int | None
    text: str


def comment(session: Session, actor: Actor, cmd: AddComment) -> RouteComment:
    """Add a message; it changes nothing in the route, so pages opened before it do not grow stale.

    Raises
    ------
    NotFound : no such route for the actor, or an item of another route
    Forbidden : the actor sees the route and has no voice in it
    """
    route = queries.get_visible(session, actor, cmd.route_id)
    target = policy.target_of(session, route.employee_id)
    policy.require(actor, Action.ROUTE_COMMENT, target)
    if cmd.item_id is not None and cmd.item_id not in {item.id for item in route.items}:
        raise NotFound(kind="route_item", id=cmd.item_id)
    said = RouteComment(route_id=route.id, item_id=cmd.item_id, author_id=actor.person_id, text=cmd.text, created_at=clock.now())
    session.add(said)
    audit.record(session, actor, Action.ROUTE_COMMENT, object_type="route", object_id=route.id, subject_id=target.person_id)
    return said
