"""Frozen editions: the same content keeps its edition, the hash follows from what the database gives back."""

import hashlib
import json

from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from iom.core.database import transaction
from iom.routes.freezing import freeze, hash_of
from iom.routes.kinds import VersionReason
from iom.routes.models import RouteVersion
from iom.routes.workflow import ItemStatus, RouteStatus
from tests.cast import Cast, make_cast
from tests.support.making import make_item, make_route


def test_an_unchanged_route_keeps_its_edition(db: Session, cast: Cast) -> None:
    route = make_route(db, cast, cast.anna)
    first = freeze(db, route, VersionReason.SUBMITTED, cast.anna.actor)
    again = freeze(db, route, VersionReason.APPROVED, cast.boris.actor)
    assert (first.number, again.id) == (1, first.id)


def test_what_the_teacher_or_the_school_would_read_makes_a_new_edition(db: Session, cast: Cast) -> None:
    route = make_route(db, cast, cast.anna)
    numbers = [1]
    for change in (
        lambda: setattr(route, "ends_on", route.ends_on.replace(month=3)),
        lambda: setattr(route.items[0], "hours", 13),
        lambda: setattr(route.items[0], "title", "Другой семинар"),
        lambda: route.items.append(make_item(2)),
        lambda: setattr(route.goals[0], "coverage", 71),
    ):
        change()
        db.flush()
        numbers.append(freeze(db, route, VersionReason.REVISED, cast.anna.actor).number)
    assert numbers == [1, 2, 3, 4, 5, 6]


def test_the_state_of_an_item_is_no_part_of_an_edition(db: Session, cast: Cast) -> None:
    route = make_route(db, cast, cast.anna, RouteStatus.IN_PROGRESS)
    route.items[0].status = ItemStatus.DONE
    db.flush()
    assert freeze(db, route, VersionReason.CLOSED, cast.boris.actor).number == 1


def test_a_new_item_is_named_by_its_key_in_the_edition(db: Session, cast: Cast) -> None:
    route = make_route(db, cast, cast.anna)
    route.items.append(make_item(2))  # not flushed: the freezing does it
    version = freeze(db, route, VersionReason.REVISED, cast.anna.actor)
    assert [item["item_id"] for item in version.content["items"]] == [item.id for item in route.items]
    assert freeze(db, route, VersionReason.REVISED, cast.anna.actor).id == version.id


def test_the_hash_is_that_of_the_content_as_it_is_read_back(own_engine: Engine) -> None:
    """By a second method: SHA-256 over canonical JSON, computed here from what the database returns."""
    with transaction(own_engine) as session:
        cast = make_cast(session)
        make_route(session, cast, cast.anna)
    with Session(own_engine) as session:
        version = session.scalars(select(RouteVersion)).one()
        text = json.dumps(version.content, ensure_ascii=False, sort_keys=True)
        assert hashlib.sha256(text.encode()).hexdigest() == version.content_hash == hash_of(version.content)
