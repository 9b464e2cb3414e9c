"""Progress by the owner, completion with the owner's word, closing by the tutor with what the items show."""

from datetime import date

import pytest
from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from iom.core.database import transaction
from iom.core.errors import Forbidden, InvalidMove, NotFound, Refused
from iom.core.models import AuditEntry
from iom.routes import finishing
from iom.routes.finishing import CloseRoute, CompleteRoute, FinishRefusal, MarkItem
from iom.routes.kinds import ClosingOutcome, EvidenceKind
from iom.routes.models import Reflection, Route, RouteEvent
from iom.routes.workflow import ItemStatus, RouteStatus
from iom.support import evidencing
from iom.support.evidencing import SubmitEvidence
from tests.cast import Cast, make_cast
from tests.support.making import END, every_role, make_evidence, make_route, running
from tests.support.racing import race

S = ItemStatus
PLAIN = [S.PLANNED, S.REQUESTED, S.ENROLLED, S.IN_PROGRESS]


def moves(session: Session, route: Route) -> list[str]:
    session.flush()
    statement = select(RouteEvent.to_status).where(RouteEvent.route_id == route.id, RouteEvent.from_status != "").order_by(RouteEvent.id)
    return list(session.scalars(statement))


def finish(route: Route, *, leave: bool = False, new: str = "", work: str = "") -> CompleteRoute:
    return CompleteRoute(route.id, new, work, leave)


@pytest.fixture(autouse=True)
def november(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("iom.core.clock.today", lambda timezone="": date(2026, 11, 24))


# Marks


def test_the_owner_begins_an_item_and_the_route_with_it(db: Session, cast: Cast) -> None:
    route = make_route(db, cast, cast.anna, RouteStatus.APPROVED)
    finishing.mark(db, cast.anna.actor, MarkItem(route.items[0].id, S.IN_PROGRESS))
    assert (route.items[0].status, route.status) == (S.IN_PROGRESS, RouteStatus.IN_PROGRESS)
    assert moves(db, route) == ["in_progress", "in_progress"]


@pytest.mark.parametrize("status", [status for status in ItemStatus if status not in PLAIN])
def test_the_owner_gives_no_state_that_needs_proof(db: Session, cast: Cast, status: ItemStatus) -> None:
    route = running(db, cast, cast.anna, S.IN_PROGRESS)
    with pytest.raises(Refused) as caught:
        finishing.mark(db, cast.anna.actor, MarkItem(route.items[0].id, status))
    assert caught.value.reason == FinishRefusal.NOT_BY_OWNER
    assert moves(db, route) == []


@pytest.mark.parametrize("status", [status for status in ItemStatus if status not in PLAIN])
def test_the_owner_leaves_no_state_that_others_gave(db: Session, cast: Cast, status: ItemStatus) -> None:
    """A cancelled course does not become planned again by a click, nor handed-in work unhanded."""
    route = running(db, cast, cast.anna, status)
    with pytest.raises(Refused) as caught:
        finishing.mark(db, cast.anna.actor, MarkItem(route.items[0].id, S.PLANNED))
    assert caught.value.reason == FinishRefusal.NOT_BY_OWNER
    assert route.items[0].status is status


@pytest.mark.parametrize(
    "status", [status for status in RouteStatus if status not in {RouteStatus.APPROVED, RouteStatus.IN_PROGRESS, RouteStatus.CLOSED}]
)
def test_nothing_is_marked_in_a_route_that_is_not_carried_out(db: Session, cast: Cast, status: RouteStatus) -> None:
    route = make_route(db, cast, cast.anna, status)
    with pytest.raises(Refused) as caught:
        finishing.mark(db, cast.anna.actor, MarkItem(route.items[0].id, S.IN_PROGRESS))
    assert caught.value.reason == FinishRefusal.NOT_RUNNING


def test_only_the_owner_marks(db: Session, cast: Cast) -> None:
    route = running(db, cast, cast.anna)
    cmd = MarkItem(route.items[0].id, S.IN_PROGRESS)
    for member in (cast.boris, cast.marina, cast.vera, cast.dina):
        with pytest.raises(Forbidden):
            finishing.mark(db, member.actor, cmd)
    for member in (cast.gleb, cast.stranger):
        with pytest.raises(NotFound):
            finishing.mark(db, member.actor, cmd)
    assert moves(db, route) == []


# Completing


def test_a_route_with_everything_done_is_completed_and_waits_for_its_tutor(db: Session, cast: Cast) -> None:
    route = running(db, cast, cast.anna, S.DONE, S.DONE_UNCONFIRMED, S.MOVED)
    finishing.complete(db, cast.anna.actor, finish(route, new="Критерии до работы", work="Карточки уровней"))
    assert (route.status, route.due_on) == (RouteStatus.COMPLETED, date(2026, 12, 8))
    kept = db.scalars(select(Reflection)).one()
    assert (kept.what_is_new, kept.goes_into_work) == ("Критерии до работы", "Карточки уровней")


def test_reflection_is_the_owners_to_write_or_not(db: Session, cast: Cast) -> None:
    route = running(db, cast, cast.anna, S.DONE)
    finishing.complete(db, cast.anna.actor, finish(route))
    assert db.scalars(select(Reflection)).all() == []


@pytest.mark.parametrize("status", [S.PLANNED, S.IN_PROGRESS, S.SUBMITTED, S.RETURNED, S.NEEDS_REPLACEMENT])
def test_unfinished_items_need_the_owners_word(db: Session, cast: Cast, status: ItemStatus) -> None:
    route = running(db, cast, cast.anna, S.DONE, status)
    with pytest.raises(Refused) as caught:
        finishing.complete(db, cast.anna.actor, finish(route))
    assert caught.value.reason == FinishRefusal.UNFINISHED_ITEMS
    assert (moves(db, route), db.scalars(select(Reflection)).all()) == ([], [])
    finishing.complete(db, cast.anna.actor, finish(route, leave=True))
    assert moves(db, route) == ["completed"]


def test_a_route_that_was_never_begun_is_not_completed(db: Session, cast: Cast) -> None:
    route = make_route(db, cast, cast.anna, RouteStatus.APPROVED)
    with pytest.raises(InvalidMove):
        finishing.complete(db, cast.anna.actor, finish(route, leave=True))


def test_nobody_completes_for_another(db: Session, cast: Cast) -> None:
    route = running(db, cast, cast.anna, S.DONE)
    with pytest.raises(Forbidden):
        finishing.complete(db, cast.boris.actor, finish(route))


# Closing


@pytest.mark.parametrize(
    ("statuses", "outcome"),
    [
        ((S.DONE, S.DONE_UNCONFIRMED), ClosingOutcome.FULL),
        ((S.DONE, S.MOVED), ClosingOutcome.PARTIAL),
        ((S.DONE, S.PLANNED), ClosingOutcome.PARTIAL),
        ((S.PLANNED, S.RETURNED), ClosingOutcome.NOT_STARTED),
        ((S.MOVED,), ClosingOutcome.NOT_STARTED),
    ],
)
def test_the_outcome_is_what_the_items_show(db: Session, cast: Cast, statuses: tuple[ItemStatus, ...], outcome: ClosingOutcome) -> None:
    route = running(db, cast, cast.anna, *statuses)
    finishing.complete(db, cast.anna.actor, finish(route, leave=True))
    finishing.close(db, cast.boris.actor, CloseRoute(route.id, "Приёмы видны на уроках"))
    assert (route.status, route.closing_outcome, route.closed_on, route.due_on) == (RouteStatus.CLOSED, outcome, date(2026, 11, 24), None)
    assert route.tutor_conclusion == "Приёмы видны на уроках"
    assert moves(db, route) == ["completed", "closed"]


def test_a_running_route_is_not_closed_before_its_period_is_over(db: Session, cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    route = running(db, cast, cast.anna, S.DONE, S.PLANNED)
    for today in (date(2026, 11, 24), END):
        monkeypatch.setattr("iom.core.clock.today", lambda timezone="", today=today: today)
        with pytest.raises(Refused) as caught:
            finishing.close(db, cast.boris.actor, CloseRoute(route.id, "Пора"))
        assert caught.value.reason == FinishRefusal.NOT_OVER
    assert moves(db, route) == []
    monkeypatch.setattr("iom.core.clock.today", lambda timezone="": date(2027, 6, 1))
    finishing.close(db, cast.boris.actor, CloseRoute(route.id, "Период кончился"))
    assert (moves(db, route), route.closing_outcome) == (["completed", "closed"], ClosingOutcome.PARTIAL)


def test_nothing_is_closed_over_evidence_that_waits(db: Session, cast: Cast) -> None:
    route = running(db, cast, cast.anna, S.SUBMITTED)
    make_evidence(db, route.items[0], cast.anna)
    finishing.complete(db, cast.anna.actor, finish(route, leave=True))
    with pytest.raises(Refused) as caught:
        finishing.close(db, cast.boris.actor, CloseRoute(route.id, "Всё"))
    assert caught.value.reason == FinishRefusal.EVIDENCE_WAITS
    assert route.status is RouteStatus.COMPLETED


def test_a_closing_has_words(db: Session, cast: Cast) -> None:
    route = running(db, cast, cast.anna, S.DONE)
    finishing.complete(db, cast.anna.actor, finish(route))
    with pytest.raises(Refused) as caught:
        finishing.close(db, cast.boris.actor, CloseRoute(route.id, "  "))
    assert caught.value.reason == FinishRefusal.NO_CONCLUSION


@pytest.mark.parametrize("status", [RouteStatus.DRAFT, RouteStatus.ON_REVIEW, RouteStatus.AGREED, RouteStatus.APPROVED])
def test_what_was_not_carried_out_is_not_closed_here(db: Session, cast: Cast, status: RouteStatus) -> None:
    route = make_route(db, cast, cast.anna, status)
    with pytest.raises(InvalidMove):
        finishing.close(db, cast.boris.actor, CloseRoute(route.id, "Всё"))


def test_the_methodist_of_the_person_may_close_the_head_may_not(db: Session, cast: Cast) -> None:
    route = running(db, cast, cast.anna, S.DONE)
    finishing.complete(db, cast.anna.actor, finish(route))
    with pytest.raises(Forbidden):
        finishing.close(db, cast.marina.actor, CloseRoute(route.id, "Всё"))
    finishing.close(db, cast.vera.actor, CloseRoute(route.id, "Всё"))
    assert route.status is RouteStatus.CLOSED


def test_nobody_closes_their_own_route_in_any_role(db: Session, cast: Cast) -> None:
    route = running(db, cast, cast.marina, S.DONE)
    finishing.complete(db, cast.marina.actor, finish(route))
    for actor in every_role(cast.marina, cast):
        with pytest.raises(Forbidden):
            finishing.close(db, actor, CloseRoute(route.id, "Сама себе"))
    assert route.status is RouteStatus.COMPLETED


# Races and the journal


def test_completing_against_handing_in_leaves_one_lawful_order(own_engine: Engine) -> None:
    with transaction(own_engine) as session:
        cast = make_cast(session)
        route = running(session, cast, cast.anna, S.IN_PROGRESS)
        route_id, item_id = route.id, route.items[0].id
    told = race(
        own_engine,
        lambda session: finishing.complete(session, cast.anna.actor, CompleteRoute(route_id, "", "", True)),
        lambda session: evidencing.submit(session, cast.anna.actor, SubmitEvidence(item_id, EvidenceKind.TEXT, "Готово")),
    )
    with Session(own_engine) as session:
        assert (told, moves(session, session.scalars(select(Route)).one())) in [
            (["done", "Refused"], ["completed"]),
            (["done", "done"], ["submitted", "completed"]),
        ]


def test_two_closings_at_once_close_once(own_engine: Engine) -> None:
    with transaction(own_engine) as session:
        cast = make_cast(session)
        route = running(session, cast, cast.anna, S.DONE)
        finishing.complete(session, cast.anna.actor, finish(route))
        route_id = route.id
    told = race(
        own_engine,
        lambda session: finishing.close(session, cast.boris.actor, CloseRoute(route_id, "Первый")),
        lambda session: finishing.close(session, cast.vera.actor, CloseRoute(route_id, "Вторая")),
    )
    assert sorted(told) == ["InvalidMove", "done"]
    with Session(own_engine) as session:
        actions = session.scalars(select(AuditEntry.reason).where(AuditEntry.reason == "close")).all()
        assert len(actions) == 1
