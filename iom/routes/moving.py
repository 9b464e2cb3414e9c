"""Makes every move of a route and of its items, and writes the event of each in the same transaction."""

from sqlalchemy.orm import Session

from iom.core import clock
from iom.core.actor import Actor
from iom.routes.models import Route, RouteEvent, RouteItem
from iom.routes.workflow import ItemStatus, RouteStatus, check_item_move, check_route_move


def move(session: Session, route: Route, to: RouteStatus, actor: Actor, note: str = "") -> None:
    """Move the route on.

    Raises
    ------
    InvalidMove : its state does not allow the step
    """
    check_route_move(route.status, to)
    _write(session, route, None, actor, str(route.status), str(to), note)
    route.status = to
    route.updated_at = clock.now()


def move_item(session: Session, item: RouteItem, to: ItemStatus, actor: Actor, note: str = "") -> None:
    """Move one item on; the first item that is begun starts an approved route.

    Raises
    ------
    InvalidMove : the state of the item does not allow the step
    """
    check_item_move(item.status, to)
    _write(session, item.route, item.id, actor, str(item.status), str(to), note)
    item.status = to
    item.route.updated_at = clock.now()
    if item.route.status is RouteStatus.APPROVED and to in {ItemStatus.ENROLLED, ItemStatus.IN_PROGRESS, ItemStatus.SUBMITTED}:
        move(session, item.route, RouteStatus.IN_PROGRESS, actor)


def _write(session: Session, route: Route, item_id: int | None, actor: Actor, before: str, after: str, note: str) -> None:
    session.add(
        RouteEvent(
            route_id=route.id,
            item_id=item_id,
            actor_id=actor.person_id,
            role=str(actor.role),
            from_status=before,
            to_status=after,
            note=note,
            at=clock.now(),
        )
    )


def note_creation(session: Session, route: Route, actor: Actor) -> None:
    """Write the first event of a new route."""
    _write(session, route, None, actor, "", str(route.status), "")
