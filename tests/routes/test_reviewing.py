"""Sending for agreement, agreeing and returning: whose turn it is, what a refusal leaves, who wins a race."""

from datetime import date

import pytest
from sqlalchemy import Engine, func, select
from sqlalchemy.orm import Session

from iom.core.actor import Role
from iom.core.database import transaction
from iom.core.errors import Conflict, Forbidden, InvalidMove, NotFound, Refused
from iom.core.models import AuditEntry
from iom.organizations.kinds import ApprovalChain
from iom.organizations.models import Employment
from iom.policy import Action
from iom.routes import building, reviewing
from iom.routes.kinds import ReviewDecision, ReviewStep
from iom.routes.models import Route, RouteEvent, RouteReview, RouteVersion
from iom.routes.reviewing import RecallRoute, ReviewRefusal, ReviewRoute, SubmitRoute
from iom.routes.workflow import RouteStatus
from iom.support.models import TutorAssignment
from tests.cast import START, Cast, Member, make_cast, make_member
from tests.support.making import every_role, in_role, make_item, make_route
from tests.support.racing import race

AGREE, RETURN = ReviewDecision.AGREE, ReviewDecision.RETURN


def agree(route: Route, comment: str = "") -> ReviewRoute:
    return ReviewRoute(route.id, route.version, AGREE, comment)


def send_back(route: Route, comment: str = "Замените второй шаг") -> ReviewRoute:
    return ReviewRoute(route.id, route.version, RETURN, comment)


def moves(session: Session, route: Route) -> list[str]:
    statement = select(RouteEvent.to_status).where(RouteEvent.route_id == route.id, RouteEvent.from_status != "").order_by(RouteEvent.id)
    return list(session.scalars(statement))


def reviews(session: Session, route: Route) -> int:
    return session.scalar(select(func.count()).select_from(RouteReview).where(RouteReview.route_id == route.id)) or 0


def seen(session: Session, route: Route) -> int:
    """Return the edition that a page opened now would carry."""
    session.flush()
    return route.version


def refusal_of(error: Refused) -> str:
    return error.reason


# Sending and taking back


def test_a_sent_route_waits_ten_working_days_for_its_tutor(db: Session, cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("iom.core.clock.today", lambda timezone="": date(2026, 11, 24))
    route = make_route(db, cast, cast.anna, RouteStatus.DRAFT)
    reviewing.submit(db, cast.anna.actor, SubmitRoute(route.id, route.version))
    assert route.status is RouteStatus.ON_REVIEW
    assert route.due_on == date(2026, 12, 8)  # Tuesday, ten days without two weekends
    assert moves(db, route) == ["on_review"]
    assert db.scalars(select(RouteVersion.number).where(RouteVersion.route_id == route.id)).all() == [1]


def test_an_empty_route_is_not_sent(db: Session, cast: Cast) -> None:
    route = make_route(db, cast, cast.anna, RouteStatus.DRAFT, items=[])
    with pytest.raises(Refused) as caught:
        reviewing.submit(db, cast.anna.actor, SubmitRoute(route.id, route.version))
    assert refusal_of(caught.value) == ReviewRefusal.EMPTY_ROUTE
    assert moves(db, route) == []


def test_without_a_tutor_the_draft_stays(db: Session, cast: Cast) -> None:
    route = make_route(db, cast, cast.gleb, RouteStatus.DRAFT, school=cast.ozerskaya)
    with pytest.raises(Refused) as caught:
        reviewing.submit(db, cast.gleb.actor, SubmitRoute(route.id, route.version))
    assert refusal_of(caught.value) == ReviewRefusal.NO_TUTOR
    assert route.status is RouteStatus.DRAFT


def test_a_stale_page_sends_nothing(db: Session, cast: Cast) -> None:
    route = make_route(db, cast, cast.anna, RouteStatus.DRAFT)
    with pytest.raises(Conflict):
        reviewing.submit(db, cast.anna.actor, SubmitRoute(route.id, route.version - 1))
    assert moves(db, route) == []


def test_the_owner_takes_a_route_back_until_the_tutor_decides(db: Session, cast: Cast) -> None:
    route = make_route(db, cast, cast.anna)
    reviewing.recall(db, cast.anna.actor, RecallRoute(route.id, route.version))
    assert (route.status, route.due_on) == (RouteStatus.DRAFT, None)
    reviewing.submit(db, cast.anna.actor, SubmitRoute(route.id, seen(db, route)))
    reviewing.review(db, cast.boris.actor, ReviewRoute(route.id, seen(db, route), AGREE, ""))
    with pytest.raises(InvalidMove):
        reviewing.recall(db, cast.anna.actor, RecallRoute(route.id, route.version))
    assert moves(db, route) == ["draft", "on_review", "agreed"]


def test_an_unchanged_route_sent_twice_keeps_its_edition(db: Session, cast: Cast) -> None:
    route = make_route(db, cast, cast.anna)
    reviewing.recall(db, cast.anna.actor, RecallRoute(route.id, route.version))
    reviewing.submit(db, cast.anna.actor, SubmitRoute(route.id, seen(db, route)))
    assert db.scalar(select(func.count()).select_from(RouteVersion).where(RouteVersion.route_id == route.id)) == 1


def test_a_changed_route_gets_the_next_edition(db: Session, cast: Cast) -> None:
    route = make_route(db, cast, cast.anna)
    reviewing.recall(db, cast.anna.actor, RecallRoute(route.id, route.version))
    route.items.append(make_item(2, title="Вебинар"))
    reviewing.submit(db, cast.anna.actor, SubmitRoute(route.id, seen(db, route)))
    newest = db.scalars(select(RouteVersion).where(RouteVersion.route_id == route.id).order_by(RouteVersion.number.desc())).first()
    assert newest is not None
    assert newest.number == 2
    assert [item["item_id"] for item in newest.content["items"]] == [item.id for item in route.items]  # every item has its key by then


# The tutor's decision


@pytest.mark.parametrize(
    ("chain", "after", "due"),
    [
        (ApprovalChain.TUTOR_HEAD_ORDER, RouteStatus.AGREED, date(2026, 12, 1)),
        (ApprovalChain.TUTOR_CENTER, RouteStatus.AGREED, date(2026, 12, 1)),
        (ApprovalChain.TUTOR, RouteStatus.APPROVED, None),
    ],
)
def test_what_follows_an_agreement_is_the_chains(
    db: Session, cast: Cast, monkeypatch: pytest.MonkeyPatch, chain: ApprovalChain, after: RouteStatus, due: date | None
) -> None:
    monkeypatch.setattr("iom.core.clock.today", lambda timezone="": date(2026, 11, 24))
    cast.region.approval_chain = chain
    route = make_route(db, cast, cast.anna)
    reviewing.review(db, cast.boris.actor, agree(route, "Хорошо"))
    assert (route.status, route.due_on) == (after, due)  # five working days from a Tuesday
    recorded = db.scalars(select(RouteReview)).one()
    assert (recorded.step, recorded.decision, recorded.comment) == (ReviewStep.TUTOR, AGREE, "Хорошо")
    assert recorded.version_id is not None


def test_a_return_carries_its_reason_into_the_history(db: Session, cast: Cast) -> None:
    route = make_route(db, cast, cast.anna)
    reviewing.review(db, cast.boris.actor, send_back(route))
    assert (route.status, route.due_on) == (RouteStatus.RETURNED, None)
    event = db.scalars(select(RouteEvent).where(RouteEvent.to_status == "returned")).one()
    assert event.note == "Замените второй шаг"


@pytest.mark.parametrize("words", ["", "   ", "\n"])
def test_a_return_without_words_is_refused(db: Session, cast: Cast, words: str) -> None:
    route = make_route(db, cast, cast.anna)
    with pytest.raises(Refused) as caught:
        reviewing.review(db, cast.boris.actor, send_back(route, words))
    assert refusal_of(caught.value) == ReviewRefusal.NO_REASON
    assert (moves(db, route), reviews(db, route)) == ([], 0)


@pytest.mark.parametrize("status", [status for status in RouteStatus if status is not RouteStatus.ON_REVIEW])
@pytest.mark.parametrize("decision", [AGREE, RETURN])
def test_the_tutor_decides_only_what_waits_for_them(db: Session, cast: Cast, status: RouteStatus, decision: ReviewDecision) -> None:
    closed = {"closed_on": date(2026, 11, 20)} if status is RouteStatus.CLOSED else {}
    route = make_route(db, cast, cast.anna, status, **closed)
    with pytest.raises(InvalidMove):
        reviewing.review(db, cast.boris.actor, ReviewRoute(route.id, route.version, decision, "слова"))
    assert (moves(db, route), reviews(db, route)) == ([], 0)


@pytest.mark.parametrize("status", [status for status in RouteStatus if status is not RouteStatus.AGREED])
def test_head_and_centre_decide_only_what_a_tutor_agreed_to(db: Session, cast: Cast, status: RouteStatus) -> None:
    closed = {"closed_on": date(2026, 11, 20)} if status is RouteStatus.CLOSED else {}
    route = make_route(db, cast, cast.anna, status, **closed)
    with pytest.raises(InvalidMove):
        reviewing.return_by_head(db, cast.marina.actor, send_back(route))
    with pytest.raises(InvalidMove):
        reviewing.approve_at_center(db, cast.dina.actor, agree(route))
    assert moves(db, route) == []


def test_a_stranger_learns_nothing_and_a_colleague_is_told_it_is_not_theirs(db: Session, cast: Cast) -> None:
    route = make_route(db, cast, cast.anna)
    with pytest.raises(NotFound):
        reviewing.review(db, cast.gleb.actor, agree(route))
    with pytest.raises(Forbidden):
        reviewing.review(db, cast.marina.actor, agree(route))
    with pytest.raises(Forbidden):
        reviewing.review(db, cast.vera.actor, agree(route))
    assert moves(db, route) == []


def test_the_own_route_is_refused_in_every_role(db: Session, cast: Cast) -> None:
    """Марина holds every role there is, and is her own tutor: nothing lets her decide about her own route."""
    db.add(
        TutorAssignment(
            region_id=cast.region.id,
            employee_id=cast.marina.employee_id,
            tutor_id=cast.marina.person.id,
            starts_on=date(2026, 9, 1),
            assigned_at=START,
        )
    )
    waiting = make_route(db, cast, cast.marina)
    for actor in every_role(cast.marina, cast):
        with pytest.raises(Forbidden):
            reviewing.review(db, actor, agree(waiting))
    waiting.status = RouteStatus.AGREED
    db.flush()
    for actor in every_role(cast.marina, cast):
        with pytest.raises(Forbidden):
            reviewing.approve_at_center(db, actor, agree(waiting))
        with pytest.raises(Forbidden):
            reviewing.return_by_head(db, actor, send_back(waiting))
    assert moves(db, waiting) == []


# Head and centre


def test_a_head_returns_with_a_reason(db: Session, cast: Cast) -> None:
    route = make_route(db, cast, cast.anna, RouteStatus.AGREED)
    reviewing.return_by_head(db, cast.marina.actor, send_back(route, "Перенесите стажировку на каникулы"))
    assert route.status is RouteStatus.RETURNED
    assert db.scalars(select(RouteReview.step)).all() == [ReviewStep.SCHOOL_HEAD]


def test_a_head_agrees_by_an_order_only(db: Session, cast: Cast) -> None:
    route = make_route(db, cast, cast.anna, RouteStatus.AGREED)
    with pytest.raises(ValueError, match="order"):
        reviewing.return_by_head(db, cast.marina.actor, agree(route))


def test_where_the_school_signs_the_centre_does_not(db: Session, cast: Cast) -> None:
    route = make_route(db, cast, cast.anna, RouteStatus.AGREED)
    with pytest.raises(Refused) as caught:
        reviewing.approve_at_center(db, cast.dina.actor, agree(route))
    assert refusal_of(caught.value) == ReviewRefusal.SCHOOL_DECIDES
    assert moves(db, route) == []


def test_where_the_chain_ends_at_the_centre_the_school_does_not_sign(db: Session, cast: Cast) -> None:
    cast.region.approval_chain = ApprovalChain.TUTOR_CENTER
    route = make_route(db, cast, cast.anna, RouteStatus.AGREED)
    with pytest.raises(Refused) as caught:
        reviewing.return_by_head(db, cast.marina.actor, send_back(route))
    assert refusal_of(caught.value) == ReviewRefusal.CENTER_DECIDES
    reviewing.approve_at_center(db, cast.dina.actor, agree(route))
    assert route.status is RouteStatus.APPROVED
    assert db.scalars(select(RouteReview.step)).all() == [ReviewStep.CENTER]


def test_the_route_of_a_head_is_approved_at_the_centre(db: Session, cast: Cast) -> None:
    route = make_route(db, cast, cast.marina, RouteStatus.AGREED)
    reviewing.approve_at_center(db, cast.vera.actor, agree(route))
    assert route.status is RouteStatus.APPROVED


def test_a_school_without_a_head_leaves_its_routes_to_the_centre(db: Session, cast: Cast) -> None:
    cast.olga.account.is_active = False
    route = make_route(db, cast, cast.gleb, RouteStatus.AGREED, school=cast.ozerskaya)
    reviewing.approve_at_center(db, cast.dina.actor, send_back(route))
    assert route.status is RouteStatus.RETURNED


def test_the_school_of_the_main_post_decides(db: Session, cast: Cast) -> None:
    """Анна also gives some lessons at Озёрская: its head sees her route and does not decide about it."""
    db.add(
        Employment(
            region_id=cast.region.id,
            employee_id=cast.anna.employee_id,
            school_id=cast.ozerskaya.id,
            position="учитель",
            is_main=False,
            starts_on=date(2026, 9, 1),
            recorded_at=START,
        )
    )
    route = make_route(db, cast, cast.anna, RouteStatus.AGREED)
    with pytest.raises(Refused) as caught:
        reviewing.return_by_head(db, cast.olga.actor, send_back(route))
    assert refusal_of(caught.value) == ReviewRefusal.OTHER_SCHOOL_DECIDES


# Many at once


def colleagues(session: Session, cast: Cast, count: int) -> list[Member]:
    """Return teachers of Лесновская whom Борис tutors."""
    found = []
    for number in range(count):
        member = make_member(session, cast.region, f"Коллегина{number}", "Ия", school=cast.lesnovskaya, code=f"C{number}")
        session.add(
            TutorAssignment(
                region_id=cast.region.id,
                employee_id=member.employee_id,
                tutor_id=cast.boris.person.id,
                starts_on=date(2026, 9, 1),
                assigned_at=START,
            )
        )
        found.append(member)
    session.flush()
    return found


def test_one_changed_route_does_not_hold_the_others(db: Session, cast: Cast) -> None:
    routes = [make_route(db, cast, member) for member in colleagues(db, cast, 4)]
    commands = [agree(route) for route in routes]
    reviewing.recall(db, in_role(cast.boris, Role.TUTOR), RecallRoute(routes[1].id, routes[1].version))
    routes[2].updated_at = START  # somebody touched it: its edition grows
    db.flush()
    done, failed = reviewing.agree_many(db, cast.boris.actor, commands)
    assert [route.id for route in done] == [routes[0].id, routes[3].id]
    assert {one.route_id: type(one.error) for one in failed} == {routes[1].id: InvalidMove, routes[2].id: Conflict}
    assert [moves(db, route) for route in routes] == [["agreed"], ["draft"], [], ["agreed"]]


def test_a_route_of_somebody_else_among_many_is_left_out_like_one_that_is_not_there(db: Session, cast: Cast) -> None:
    own, foreign = make_route(db, cast, cast.anna), make_route(db, cast, cast.gleb, school=cast.ozerskaya)
    missing = ReviewRoute(10**6, 1, AGREE, "")
    done, failed = reviewing.agree_many(db, cast.boris.actor, [agree(own), agree(foreign), missing])
    assert [route.id for route in done] == [own.id]
    assert [type(one.error) for one in failed] == [NotFound, NotFound]


def test_the_journal_names_only_what_was_done(own_engine: Engine) -> None:
    with transaction(own_engine) as session:
        cast = make_cast(session)
        good, stale = [make_route(session, cast, member) for member in colleagues(session, cast, 2)]
        commands = [agree(good), ReviewRoute(stale.id, stale.version + 5, AGREE, "")]
    with transaction(own_engine) as session:
        reviewing.agree_many(session, cast.boris.actor, commands)
    with Session(own_engine) as session:
        lines = session.scalars(select(AuditEntry)).all()
        assert [(line.action, line.object_id, line.reason) for line in lines] == [(Action.ROUTE_REVIEW, good.id, "agree")]


# Races


def waiting_route(engine: Engine) -> tuple[Cast, int, int]:
    with transaction(engine) as session:
        cast = make_cast(session)
        route = make_route(session, cast, cast.anna)
        return cast, route.id, route.version


def outcome(engine: Engine, route_id: int) -> tuple[RouteStatus, list[str], int]:
    with Session(engine) as session:
        route = session.scalars(select(Route).where(Route.id == route_id)).one()
        return route.status, moves(session, route), reviews(session, route)


def test_of_two_agreements_at_once_one_counts(own_engine: Engine) -> None:
    cast, route_id, version = waiting_route(own_engine)
    cmd = ReviewRoute(route_id, version, AGREE, "")
    told = race(own_engine, *[lambda session: reviewing.review(session, cast.boris.actor, cmd)] * 2)
    assert sorted(told) == ["InvalidMove", "done"]
    assert outcome(own_engine, route_id) == (RouteStatus.AGREED, ["agreed"], 1)


@pytest.mark.parametrize("repeat", range(5))
def test_agreement_against_taking_back_leaves_one_lawful_order(own_engine: Engine, repeat: int) -> None:
    cast, route_id, version = waiting_route(own_engine)
    told = race(
        own_engine,
        lambda session: reviewing.review(session, cast.boris.actor, ReviewRoute(route_id, version, AGREE, "")),
        lambda session: reviewing.recall(session, cast.anna.actor, RecallRoute(route_id, version)),
    )
    status, steps, count = outcome(own_engine, route_id)
    assert (told, status, steps, count) in [
        (["done", "InvalidMove"], RouteStatus.AGREED, ["agreed"], 1),
        (["InvalidMove", "done"], RouteStatus.DRAFT, ["draft"], 0),
    ]


def test_agreement_against_an_edit_never_agrees_to_what_was_not_seen(own_engine: Engine) -> None:
    """Анна took the route back, edited it and sent it again while Борис was reading: his decision is about an older edition."""
    cast, route_id, version = waiting_route(own_engine)

    def edit(session: Session) -> None:
        reviewing.recall(session, cast.anna.actor, RecallRoute(route_id, version))
        session.flush()
        route = building.get_editable(session, cast.anna.actor, route_id, session.scalars(select(Route.version)).one())
        route.items.append(make_item(2))
        session.flush()
        reviewing.submit(session, cast.anna.actor, SubmitRoute(route_id, route.version))

    told = race(own_engine, lambda session: reviewing.review(session, cast.boris.actor, ReviewRoute(route_id, version, AGREE, "")), edit)
    status, steps, _ = outcome(own_engine, route_id)
    assert (told, status, steps) in [
        (["done", "InvalidMove"], RouteStatus.AGREED, ["agreed"]),
        (["Conflict", "done"], RouteStatus.ON_REVIEW, ["draft", "on_review"]),
    ]


def test_return_by_head_against_the_centre_is_decided_once(own_engine: Engine) -> None:
    with transaction(own_engine) as session:
        cast = make_cast(session)
        route = make_route(session, cast, cast.marina, RouteStatus.AGREED)
        route_id, version = route.id, route.version
    told = race(
        own_engine,
        lambda session: reviewing.approve_at_center(session, cast.dina.actor, ReviewRoute(route_id, version, AGREE, "")),
        lambda session: reviewing.approve_at_center(session, cast.vera.actor, ReviewRoute(route_id, version, RETURN, "Уточните")),
    )
    status, steps, count = outcome(own_engine, route_id)
    assert (sorted(told), count, steps) == (["InvalidMove", "done"], 1, [str(status)])


def test_twenty_agreements_at_once_give_one_win_and_nineteen_refusals(own_engine: Engine) -> None:
    cast, route_id, version = waiting_route(own_engine)
    cmd = ReviewRoute(route_id, version, AGREE, "")

    def act(session: Session) -> object:
        return reviewing.review(session, cast.boris.actor, cmd)

    told: list[str] = []
    for _ in range(4):
        told += race(own_engine, *[act] * 5)
    assert sorted(told) == ["InvalidMove"] * 19 + ["done"]
    assert outcome(own_engine, route_id) == (RouteStatus.AGREED, ["agreed"], 1)
