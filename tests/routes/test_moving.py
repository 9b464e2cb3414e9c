"""Every move writes its event; the state of a route is its last event."""

import itertools
from datetime import date

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from iom.core.errors import InvalidMove
from iom.routes.models import Route, RouteEvent
from iom.routes.moving import move, move_item, note_creation
from iom.routes.workflow import NEXT_ITEM, NEXT_ROUTE, ItemStatus, RouteStatus
from tests.cast import Cast
from tests.support.making import make_item, make_route, running


def events(session: Session, route: Route) -> list[tuple[int | None, str, str]]:
    session.flush()
    statement = select(RouteEvent).where(RouteEvent.route_id == route.id, RouteEvent.from_status != "").order_by(RouteEvent.id)
    return [(event.item_id, event.from_status, event.to_status) for event in session.scalars(statement)]


def stand_in(session: Session, route: Route, status: RouteStatus) -> None:
    route.status, route.closed_on = status, date(2026, 11, 20) if status is RouteStatus.CLOSED else None
    session.flush()


def test_only_the_moves_of_the_table_are_made_and_each_leaves_one_event(db: Session, cast: Cast) -> None:
    route = make_route(db, cast, cast.anna, RouteStatus.DRAFT)
    for before, after in itertools.product(RouteStatus, RouteStatus):
        stand_in(db, route, before)
        known = len(events(db, route))
        if after in NEXT_ROUTE[before]:
            move(db, route, after, cast.anna.actor, "слово")
            stand_in(db, route, after)
            assert events(db, route)[-1] == (None, str(before), str(after))
            assert len(events(db, route)) == known + 1
        else:
            with pytest.raises(InvalidMove) as caught:
                move(db, route, after, cast.anna.actor)
            assert (caught.value.facts["current"], caught.value.facts["to"]) == (before, after)
            assert (route.status, len(events(db, route))) == (before, known)


def test_items_move_by_their_own_table(db: Session, cast: Cast) -> None:
    route = running(db, cast, cast.anna)
    item = route.items[0]
    for before, after in itertools.product(ItemStatus, ItemStatus):
        item.status = before
        if after in NEXT_ITEM[before]:
            move_item(db, item, after, cast.anna.actor)
            assert events(db, route)[-1] == (item.id, str(before), str(after))
        else:
            with pytest.raises(InvalidMove):
                move_item(db, item, after, cast.anna.actor)
            assert item.status is before


@pytest.mark.parametrize("begun", [ItemStatus.ENROLLED, ItemStatus.IN_PROGRESS, ItemStatus.SUBMITTED])
def test_the_first_begun_item_starts_an_approved_route(db: Session, cast: Cast, begun: ItemStatus) -> None:
    route = make_route(db, cast, cast.anna, RouteStatus.APPROVED, items=[make_item(1), make_item(2)])
    move_item(db, route.items[0], begun, cast.anna.actor)
    assert route.status is RouteStatus.IN_PROGRESS
    move_item(db, route.items[1], begun, cast.anna.actor)
    assert [after for _, _, after in events(db, route)] == [str(begun), "in_progress", str(begun)]


@pytest.mark.parametrize("other", [ItemStatus.REQUESTED, ItemStatus.NEEDS_REPLACEMENT, ItemStatus.MOVED])
def test_what_is_not_begun_starts_nothing(db: Session, cast: Cast, other: ItemStatus) -> None:
    route = make_route(db, cast, cast.anna, RouteStatus.APPROVED)
    move_item(db, route.items[0], other, cast.anna.actor)
    assert route.status is RouteStatus.APPROVED


def test_a_move_makes_pages_opened_before_it_stale(db: Session, cast: Cast) -> None:
    route = running(db, cast, cast.anna)
    version = route.version
    move_item(db, route.items[0], ItemStatus.IN_PROGRESS, cast.anna.actor)
    db.flush()
    assert route.version > version


def test_an_event_tells_who_in_which_role_and_why(db: Session, cast: Cast) -> None:
    route = make_route(db, cast, cast.anna)
    move(db, route, RouteStatus.RETURNED, cast.boris.actor, "Мало практики")
    db.flush()
    event = db.scalars(select(RouteEvent).where(RouteEvent.to_status == "returned")).one()
    assert (event.actor_id, event.role, event.note) == (cast.boris.person.id, "tutor", "Мало практики")
    assert event.at.tzinfo is not None


def test_a_new_route_has_an_event_too(db: Session, cast: Cast) -> None:
    route = make_route(db, cast, cast.gleb, RouteStatus.DRAFT, school=cast.ozerskaya)
    note_creation(db, route, cast.gleb.actor)
    db.flush()
    last = db.scalars(select(RouteEvent).where(RouteEvent.route_id == route.id).order_by(RouteEvent.id.desc())).first()
    assert last is not None
    assert (last.from_status, last.to_status) == ("", str(route.status))
