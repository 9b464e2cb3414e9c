"""Orders of a school: one for many routes, all or none, numbers that a year does not give twice, corrections that keep both values."""

from datetime import date

import pytest
from sqlalchemy import Engine, func, select
from sqlalchemy.orm import Session

from iom.core.actor import Role
from iom.core.database import transaction
from iom.core.errors import Conflict, DomainError, Forbidden, InvalidMove, NotFound, Refused
from iom.core.models import AuditEntry
from iom.organizations.kinds import ApprovalChain
from iom.routes import approval_queries, order_queries, ordering, reviewing
from iom.routes.kinds import Approver, ReviewDecision
from iom.routes.models import Order, OrderCorrection, OrderRoute, Route, RouteEvent
from iom.routes.ordering import ApproveByOrder, CorrectOrder, OrderRefusal
from iom.routes.reviewing import ReviewRefusal, ReviewRoute
from iom.routes.workflow import RouteStatus
from tests.cast import START, Cast, make_cast, make_member
from tests.support.making import every_role, in_role, make_route
from tests.support.racing import race

DAY = date(2026, 11, 20)


@pytest.fixture(autouse=True)
def november(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("iom.core.clock.today", lambda timezone="": date(2026, 11, 24))


def order_of(*routes: Route, number: str = "112-од", issued_on: date = DAY) -> ApproveByOrder:
    return ApproveByOrder(number, issued_on, {route.id: route.version for route in routes})


def agreed(session: Session, cast: Cast, count: int) -> list[Route]:
    """Make that many agreed routes of teachers of Лесновская."""
    return [
        make_route(
            session,
            cast,
            make_member(session, cast.region, f"Коллегина{number}", "Ия", school=cast.lesnovskaya, code=f"C{number}"),
            RouteStatus.AGREED,
        )
        for number in range(count)
    ]


def nothing_happened(session: Session) -> bool:
    session.flush()
    written = (
        session.scalar(select(func.count()).select_from(Order)),
        session.scalar(select(func.count()).select_from(RouteEvent).where(RouteEvent.from_status != "")),
        session.scalar(select(func.count()).select_from(Route).where(Route.status == RouteStatus.APPROVED)),
    )
    return written == (0, 0, 0)


def test_one_order_approves_many_routes_in_the_edition_that_was_seen(db: Session, cast: Cast) -> None:
    routes = agreed(db, cast, 3)
    order = ordering.approve(db, cast.marina.actor, order_of(*routes))
    assert [route.status for route in routes] == [RouteStatus.APPROVED] * 3
    assert [route.due_on for route in routes] == [None] * 3
    assert (order.number, order.issued_on, order.year, order.school_id) == ("112-од", DAY, 2026, cast.lesnovskaya.id)
    rows = db.scalars(select(OrderRoute).where(OrderRoute.order_id == order.id)).all()
    assert {row.route_id for row in rows} == {route.id for route in routes}
    assert all(row.version.content["starts_on"] == "2026-11-02" for row in rows)


def test_a_route_with_the_tutor_is_in_no_order(db: Session, cast: Cast) -> None:
    """The table of moves knows on_review -> approved for regions where the tutor decides alone; an order may not take that way."""
    ready, early = make_route(db, cast, cast.anna, RouteStatus.ON_REVIEW), agreed(db, cast, 1)[0]
    with pytest.raises(InvalidMove):
        ordering.approve(db, cast.marina.actor, order_of(early, ready))
    assert nothing_happened(db)


@pytest.mark.parametrize("status", [status for status in RouteStatus if status is not RouteStatus.AGREED])
def test_an_order_takes_agreed_routes_only(db: Session, cast: Cast, status: RouteStatus) -> None:
    route = make_route(db, cast, cast.anna, status, **({"closed_on": DAY} if status is RouteStatus.CLOSED else {}))
    with pytest.raises(InvalidMove):
        ordering.approve(db, cast.marina.actor, order_of(route))


def test_one_changed_route_stops_the_order_before_anything_is_written(db: Session, cast: Cast) -> None:
    routes = agreed(db, cast, 3)
    cmd = order_of(*routes)
    routes[2].updated_at = START
    db.flush()
    with pytest.raises(Conflict) as caught:
        ordering.approve(db, cast.marina.actor, cmd)
    assert caught.value.facts["id"] == routes[2].id
    assert nothing_happened(db)


def test_the_own_route_is_in_no_order_of_ones_own_whatever_roles_one_holds(db: Session, cast: Cast) -> None:
    own, other = make_route(db, cast, cast.marina, RouteStatus.AGREED), agreed(db, cast, 1)[0]
    for actor in every_role(cast.marina, cast):
        with pytest.raises(Forbidden):
            ordering.approve(db, actor, order_of(own))
    with pytest.raises(Forbidden):
        ordering.approve(db, cast.marina.actor, order_of(other, own))
    assert nothing_happened(db)


def test_a_school_does_not_approve_where_the_centre_does(db: Session, cast: Cast) -> None:
    cast.region.approval_chain = ApprovalChain.TUTOR_CENTER
    route = agreed(db, cast, 1)[0]
    with pytest.raises(Refused) as caught:
        ordering.approve(db, cast.marina.actor, order_of(route))
    assert caught.value.reason == ReviewRefusal.CENTER_DECIDES
    assert nothing_happened(db)


def test_routes_of_another_school_are_not_there(db: Session, cast: Cast) -> None:
    foreign = make_route(db, cast, cast.gleb, RouteStatus.AGREED, school=cast.ozerskaya)
    with pytest.raises(NotFound):
        ordering.approve(db, cast.marina.actor, order_of(foreign))
    assert nothing_happened(db)


@pytest.mark.parametrize(
    ("role", "refusal"),
    [(Role.SCHOOL_COORDINATOR, Forbidden), (Role.TUTOR, Forbidden), (Role.EMPLOYEE, Forbidden), (Role.CNPPM_OFFICER, Forbidden)],
)
def test_only_a_head_signs(db: Session, cast: Cast, role: Role, refusal: type[DomainError]) -> None:
    route = agreed(db, cast, 1)[0]
    with pytest.raises(refusal):
        ordering.approve(db, in_role(cast.marina, role, school_id=cast.lesnovskaya.id), order_of(route))


def test_an_order_of_nothing_and_one_of_tomorrow_are_refused(db: Session, cast: Cast) -> None:
    route = agreed(db, cast, 1)[0]
    for cmd, reason in (
        (ApproveByOrder("1", DAY, {}), OrderRefusal.NOTHING_CHOSEN),
        (order_of(route, issued_on=date(2026, 11, 25)), OrderRefusal.DATE_IN_FUTURE),
        (ApproveByOrder("1", DAY, dict.fromkeys(range(301), 1)), OrderRefusal.TOO_MANY),
    ):
        with pytest.raises(Refused) as caught:
            ordering.approve(db, cast.marina.actor, cmd)
        assert caught.value.reason == reason
    assert nothing_happened(db)


def test_a_number_is_given_once_a_year_at_a_school(db: Session, cast: Cast) -> None:
    first, second, third = agreed(db, cast, 3)
    ordering.approve(db, cast.marina.actor, order_of(first, issued_on=date(2026, 9, 3)))
    with pytest.raises(Conflict) as caught:
        ordering.approve(db, cast.marina.actor, order_of(second))
    assert caught.value.facts == {"kind": "order_number", "number": "112-од", "issued_on": date(2026, 9, 3)}
    assert second.status is RouteStatus.AGREED
    ordering.approve(db, cast.marina.actor, order_of(second, issued_on=date(2025, 12, 30)))  # numbers start anew each year
    ordering.approve(db, cast.marina.actor, order_of(third, number="113-од"))
    foreign = make_route(db, cast, cast.gleb, RouteStatus.AGREED, school=cast.ozerskaya)
    ordering.approve(db, cast.olga.actor, order_of(foreign))  # another school has numbers of its own
    assert db.scalar(select(func.count()).select_from(Order)) == 4


def test_today_is_the_regions_day(db: Session, cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    days = {"Asia/Kamchatka": date(2026, 11, 25), "Europe/Moscow": date(2026, 11, 24)}
    monkeypatch.setattr("iom.core.clock.today", lambda timezone="Europe/Moscow": days[timezone])
    cast.region.timezone = "Asia/Kamchatka"
    order = ordering.approve(db, cast.marina.actor, order_of(agreed(db, cast, 1)[0], issued_on=date(2026, 11, 25)))
    assert order.issued_on == date(2026, 11, 25)


# Corrections


def test_a_corrected_order_keeps_both_values(db: Session, cast: Cast) -> None:
    order = ordering.approve(db, cast.marina.actor, order_of(agreed(db, cast, 1)[0]))
    ordering.correct(db, cast.marina.actor, CorrectOrder(order.id, "112-од/2", date(2026, 11, 19), "Описка в номере"))
    assert (order.number, order.issued_on) == ("112-од/2", date(2026, 11, 19))
    kept = db.scalars(select(OrderCorrection)).one()
    assert (kept.old_number, kept.old_issued_on, kept.reason) == ("112-од", DAY, "Описка в номере")


def test_a_correction_moves_an_order_to_the_year_of_its_date(db: Session, cast: Cast) -> None:
    order = ordering.approve(db, cast.marina.actor, order_of(agreed(db, cast, 1)[0]))
    ordering.correct(db, cast.marina.actor, CorrectOrder(order.id, "112-од", date(2025, 11, 20), "Год"))
    assert order.year == 2025


@pytest.mark.parametrize(
    ("number", "day", "reason", "refusal"),
    [
        ("113-од", date(2026, 11, 25), "Описка", OrderRefusal.DATE_IN_FUTURE),
        ("113-од", DAY, "  ", OrderRefusal.NO_REASON),
        ("112-од", DAY, "Описка", OrderRefusal.NOTHING_CHANGED),
    ],
)
def test_a_correction_needs_sense(db: Session, cast: Cast, number: str, day: date, reason: str, refusal: OrderRefusal) -> None:
    order = ordering.approve(db, cast.marina.actor, order_of(agreed(db, cast, 1)[0]))
    with pytest.raises(Refused) as caught:
        ordering.correct(db, cast.marina.actor, CorrectOrder(order.id, number, day, reason))
    assert caught.value.reason == refusal
    assert db.scalar(select(func.count()).select_from(OrderCorrection)) == 0


def test_a_correction_cannot_take_the_number_of_another_order(db: Session, cast: Cast) -> None:
    first, second = agreed(db, cast, 2)
    ordering.approve(db, cast.marina.actor, order_of(first, number="111-од"))
    order = ordering.approve(db, cast.marina.actor, order_of(second))
    with pytest.raises(Conflict) as caught:
        ordering.correct(db, cast.marina.actor, CorrectOrder(order.id, "111-од", DAY, "Описка"))
    assert caught.value.facts["issued_on"] == DAY
    assert db.scalar(select(Order.number).where(Order.id == order.id)) == "112-од"
    assert db.scalar(select(func.count()).select_from(OrderCorrection)) == 0


def test_orders_of_another_school_are_neither_read_nor_mended(db: Session, cast: Cast) -> None:
    order = ordering.approve(db, cast.marina.actor, order_of(agreed(db, cast, 1)[0]))
    for actor in (cast.olga.actor, cast.boris.actor, cast.stranger.actor):
        with pytest.raises(NotFound):
            order_queries.get_order(db, actor, order.id)
    with pytest.raises(NotFound):
        ordering.correct(db, cast.olga.actor, CorrectOrder(order.id, "1", DAY, "Чужое"))
    coordinator = in_role(cast.marina, Role.SCHOOL_COORDINATOR, school_id=cast.lesnovskaya.id)
    with pytest.raises(Forbidden):
        ordering.correct(db, coordinator, CorrectOrder(order.id, "1", DAY, "Описка"))


# Who approves


def test_who_approves_follows_chain_headship_and_heads(db: Session, cast: Cast) -> None:
    approver = lambda member: approval_queries.approver_of(db, member.employee_id, START)
    assert approver(cast.anna) == (Approver.SCHOOL, cast.lesnovskaya.id)
    assert approver(cast.marina) == (Approver.CENTER, cast.lesnovskaya.id)  # she heads it
    assert approver(cast.gleb) == (Approver.SCHOOL, cast.ozerskaya.id)
    make_member(db, cast.region, "Второва", "Ада", role=Role.SCHOOL_HEAD, school=cast.lesnovskaya)
    assert approver(cast.marina) == (Approver.CENTER, cast.lesnovskaya.id)  # a second head does not decide about the first
    assert approver(cast.stranger)[0] is Approver.CENTER  # nobody heads that school
    cast.region.approval_chain = ApprovalChain.TUTOR_CENTER
    db.flush()
    assert approver(cast.anna)[0] is Approver.CENTER


# Races


def two_agreed(engine: Engine) -> tuple[Cast, list[tuple[int, int]]]:
    with transaction(engine) as session:
        cast = make_cast(session)
        return cast, [(route.id, route.version) for route in agreed(session, cast, 2)]


@pytest.mark.parametrize("repeat", range(3))
def test_two_orders_with_one_number_at_once_leave_one(own_engine: Engine, repeat: int) -> None:
    cast, routes = two_agreed(own_engine)
    told = race(
        own_engine,
        *(
            lambda session, pair=pair: ordering.approve(session, cast.marina.actor, ApproveByOrder("7", DAY, dict([pair])))
            for pair in routes
        ),
    )
    assert sorted(told) == ["Conflict", "done"]
    with Session(own_engine) as session:
        assert session.scalars(select(Order.number)).all() == ["7"]
        assert sorted(session.scalars(select(Route.status))) == [RouteStatus.AGREED, RouteStatus.APPROVED]


@pytest.mark.parametrize("repeat", range(3))
def test_two_orders_for_one_route_at_once_approve_it_once(own_engine: Engine, repeat: int) -> None:
    cast, routes = two_agreed(own_engine)
    told = race(
        own_engine,
        *(
            lambda session, number=number: ordering.approve(session, cast.marina.actor, ApproveByOrder(number, DAY, dict(routes)))
            for number in ("1", "2")
        ),
    )
    assert sorted(told) == ["InvalidMove", "done"]
    with Session(own_engine) as session:
        assert session.scalar(select(func.count()).select_from(OrderRoute)) == 2
        assert session.scalar(select(func.count()).select_from(RouteEvent).where(RouteEvent.to_status == "approved")) == 2


@pytest.mark.parametrize("repeat", range(3))
def test_an_order_against_a_return_of_one_of_its_routes_is_whole_or_not_at_all(own_engine: Engine, repeat: int) -> None:
    cast, routes = two_agreed(own_engine)
    route_id, version = routes[1]
    back = ReviewRoute(route_id, version, ReviewDecision.RETURN, "Уточните даты")
    told = race(
        own_engine,
        lambda session: ordering.approve(session, cast.marina.actor, ApproveByOrder("1", DAY, dict(routes))),
        lambda session: reviewing.return_by_head(session, cast.marina.actor, back),
    )
    with Session(own_engine) as session:
        statuses = list(session.scalars(select(Route.status).order_by(Route.id)))
        orders = session.scalar(select(func.count()).select_from(Order))
    assert (told, statuses, orders) in [
        (["done", "InvalidMove"], [RouteStatus.APPROVED, RouteStatus.APPROVED], 1),
        (["InvalidMove", "done"], [RouteStatus.AGREED, RouteStatus.RETURNED], 0),
    ]


def test_a_refused_order_leaves_no_line_in_the_journal(own_engine: Engine) -> None:
    cast, routes = two_agreed(own_engine)
    stale = {route_id: version + 1 for route_id, version in routes}
    with pytest.raises(Conflict), transaction(own_engine) as session:
        ordering.approve(session, cast.marina.actor, ApproveByOrder("1", DAY, stale))
    with Session(own_engine) as session:
        assert session.scalar(select(func.count()).select_from(AuditEntry)) == 0
        assert nothing_happened(session)
