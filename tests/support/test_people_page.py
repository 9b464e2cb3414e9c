"""The tutor's list on both databases: sums of items and evidence, whose people they are, words of the rows."""

from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import event
from sqlalchemy.orm import Session

from iom.core.actor import Role
from iom.organizations.kinds import ApprovalChain
from iom.routes import queries as route_queries
from iom.routes import reviewing
from iom.routes.kinds import ReviewDecision
from iom.routes.models import Route
from iom.routes.reviewing import ReviewRoute, SubmitRoute
from iom.routes.workflow import EvidenceStatus, ItemStatus, RouteStatus
from iom.support import people_page, people_queries
from iom.support.models import MethodistAssignment, TutorAssignment
from iom.support.people import Filter, ListView
from iom.support.people_page import PeoplePage
from tests.cast import START, Cast, Member, make_member
from tests.support.making import in_role, make_evidence, make_item, make_route, running

TODAY = date(2026, 11, 24)
S = ItemStatus


@pytest.fixture(autouse=True)
def november(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("iom.core.clock.today", lambda timezone="": TODAY)
    monkeypatch.setattr("iom.core.clock.now", lambda: datetime(2026, 11, 24, 9, 0, tzinfo=UTC))


def tutored(session: Session, cast: Cast, count: int, start: int = 0) -> list[Member]:
    found = []
    for number in range(start, start + count):
        member = make_member(session, cast.region, f"Педагогова{number:03d}", "Ия", school=cast.lesnovskaya, code=f"P{number}")
        found.append(member)
        session.add(
            TutorAssignment(
                region_id=cast.region.id,
                employee_id=member.employee_id,
                tutor_id=cast.boris.person.id,
                starts_on=date(2026, 9, 1),
                assigned_at=START,
            )
        )
    session.flush()
    return found


def page(session: Session, cast: Cast, view: ListView = ListView.WAITING, member: Member | None = None, **values: object) -> PeoplePage:
    session.flush()
    region = route_queries.region_of(session, cast.region.id)
    chosen = values.get("chosen", Filter())
    assert isinstance(chosen, Filter)
    return people_page.build(
        session,
        (member or cast.boris).actor,
        region,
        view,
        chosen,
        str(values.get("sort", "")),
        int(str(values.get("number", 1))),
        TODAY,
    )


def facts(session: Session, cast: Cast) -> people_queries.RouteFacts:
    session.flush()
    found = people_queries.list_people(session, cast.boris.actor, TODAY, "Europe/Moscow")
    route = next(one for one in found if one.last_name == "Образцова").route
    assert route is not None
    return route


# Sums


def test_sums_of_a_route_are_those_counted_by_hand(db: Session, cast: Cast) -> None:
    items = [
        make_item(1, hours=36, status=S.DONE, starts_on=date(2026, 9, 1), ends_on=date(2026, 9, 30)),
        make_item(2, hours=4, status=S.DONE_UNCONFIRMED),
        make_item(3, hours=8, status=S.IN_PROGRESS, starts_on=date(2026, 11, 1), ends_on=date(2026, 11, 16)),  # overdue
        make_item(4, hours=2, status=S.SUBMITTED, starts_on=date(2026, 11, 1), ends_on=date(2026, 11, 10)),  # with the tutor: not overdue
        make_item(5, hours=6, status=S.PLANNED, starts_on=date(2026, 11, 24), ends_on=date(2026, 11, 30)),  # begins today
        make_item(6, hours=16, status=S.NEEDS_REPLACEMENT, starts_on=date(2027, 1, 11), ends_on=date(2027, 1, 15)),
        make_item(7, hours=10, status=S.MOVED, starts_on=date(2026, 11, 1), ends_on=date(2026, 11, 2)),
        make_item(8, hours=1, status=S.PLANNED, starts_on=None, ends_on=None),
    ]
    route = make_route(db, cast, cast.anna, RouteStatus.IN_PROGRESS, items=items, updated_at=datetime(2026, 11, 20, 22, 30, tzinfo=UTC))
    make_evidence(db, route.items[3], cast.anna, submitted_at=datetime(2026, 11, 18, 22, 0, tzinfo=UTC))
    make_evidence(db, route.items[3], cast.anna, submitted_at=datetime(2026, 11, 20, 9, 0, tzinfo=UTC))
    make_evidence(db, route.items[0], cast.anna, status=EvidenceStatus.ACCEPTED)
    found = facts(db, cast)
    assert (found.items, found.hours, found.hours_done) == (8, 83, 40)
    assert (found.overdue_items, found.overdue_since) == (1, date(2026, 11, 16))
    assert found.next_end == date(2026, 11, 30)
    assert found.begun_unfinished == 3  # the overdue one, the one of today, the one without days
    assert (found.replacements, found.replacement_on) == (1, date(2027, 1, 11))
    assert (found.evidence, found.evidence_since) == (2, date(2026, 11, 19))  # on Moscow's calendar it was past midnight
    assert found.moved_on == date(2026, 11, 21)


def test_a_closed_route_is_no_route(db: Session, cast: Cast) -> None:
    make_route(db, cast, cast.anna, RouteStatus.CLOSED, closed_on=date(2026, 11, 1))
    assert page(db, cast).counts[ListView.NO_ROUTE] == 1


# Whose people


def test_the_list_holds_those_who_are_assigned_now_and_nobody_else(db: Session, cast: Cast) -> None:
    tutored(db, cast, 2)
    ended = db.query(TutorAssignment).filter_by(employee_id=cast.anna.employee_id).one()
    ended.ends_on = date(2026, 11, 1)
    assert [row.name for row in page(db, cast, ListView.ALL).rows] == ["Ия Педагогова000", "Ия Педагогова001"]
    assert page(db, cast, ListView.ALL, cast.vera).counts[ListView.ALL] == 1  # her own people only
    assert page(db, cast, ListView.ALL, cast.gleb).rows == []


def test_ones_own_person_is_not_in_ones_own_list(db: Session, cast: Cast) -> None:
    db.add(
        TutorAssignment(
            region_id=cast.region.id,
            employee_id=cast.marina.employee_id,
            tutor_id=cast.marina.person.id,
            starts_on=date(2026, 9, 1),
            assigned_at=START,
        )
    )
    db.flush()
    actor = in_role(cast.marina, Role.TUTOR)
    assert people_queries.list_people(db, actor, TODAY, "Europe/Moscow") == []


def test_a_head_sees_nobody_here_whom_they_do_not_accompany(db: Session, cast: Cast) -> None:
    make_route(db, cast, cast.anna)
    assert page(db, cast, ListView.ALL, cast.marina).rows == []


def test_a_methodist_decides_about_evidence_and_not_about_routes(db: Session, cast: Cast) -> None:
    make_route(db, cast, cast.anna)
    assert page(db, cast, member=cast.vera).rows == []
    [tutored_one] = tutored(db, cast, 1)
    db.add(
        MethodistAssignment(
            region_id=cast.region.id,
            employee_id=tutored_one.employee_id,
            methodist_id=cast.vera.person.id,
            starts_on=date(2026, 9, 1),
            assigned_at=START,
        )
    )
    route = running(db, cast, tutored_one, S.SUBMITTED)
    make_evidence(db, route.items[0], tutored_one)
    [row] = page(db, cast, member=cast.vera).rows
    assert (row.badge.label, row.tick) == ("Отчёт на проверке", "")


# Words


def test_the_heading_counts_what_is_due_today_and_what_is_late(db: Session, cast: Cast) -> None:
    for member, due in zip(tutored(db, cast, 4), (TODAY, TODAY, date(2026, 11, 20), date(2026, 12, 2)), strict=True):
        make_route(db, cast, member, due_on=due)
    assert page(db, cast).heading == "Вторник, 24\u00a0ноября: 4\u00a0решения, из них 2 сегодня, 1 просрочено"


def test_with_nothing_to_decide_the_heading_says_so(db: Session, cast: Cast) -> None:
    assert page(db, cast).heading == "Вторник, 24\u00a0ноября: решений не ждёт никто"


def test_a_first_route_shows_what_is_in_it(db: Session, cast: Cast) -> None:
    make_route(db, cast, cast.anna, items=[make_item(1), make_item(2)], due_on=TODAY)
    [row] = page(db, cast).rows
    assert row.text == "2\u00a0шага, 24\u00a0ч, охват 84\u00a0%"
    assert (row.badge.label, row.due, row.is_late, row.place) == ("На согласовании", "сегодня", True, "Лесновская СОШ, математика")
    assert row.hours == "0 из 24\u00a0ч"
    assert row.tick


def test_a_route_sent_again_shows_what_changed(db: Session, cast: Cast) -> None:
    route = make_route(db, cast, cast.anna, items=[make_item(1), make_item(2)])
    reviewing.review(db, cast.boris.actor, ReviewRoute(route.id, route.version, ReviewDecision.RETURN, "Больше практики"))
    route.items.remove(route.items[1])
    route.items.append(make_item(3, title="Стажировка"))
    route.items.append(make_item(4, title="Посещение уроков"))
    db.flush()
    reviewing.submit(db, cast.anna.actor, SubmitRoute(route.id, route.version))
    [row] = page(db, cast).rows
    assert (row.badge.label, row.text) == ("Правки педагога", "убрано 1, добавлено 2")


def test_evidence_a_lost_item_and_a_completed_route_in_words(db: Session, cast: Cast) -> None:
    first, second, third = tutored(db, cast, 3)
    handed_in = running(db, cast, first, S.SUBMITTED)
    make_evidence(db, handed_in.items[0], first, submitted_at=datetime(2026, 11, 19, 9, 0, tzinfo=UTC))
    running(db, cast, second, S.NEEDS_REPLACEMENT)
    make_route(db, cast, third, RouteStatus.COMPLETED, due_on=date(2026, 12, 8))
    rows = {row.name[-3:]: row for row in page(db, cast).rows}
    assert (rows["000"].badge.label, rows["000"].text) == ("Отчёт на проверке", "«Семинар 1»: 1\u00a0материал")
    assert rows["000"].due == "3\u00a0декабря"
    assert (rows["001"].badge.label, rows["001"].text) == ("Нужна замена", "1\u00a0шаг остался без мероприятия")
    assert rows["002"].badge.label == "Закрыть маршрут"
    assert [row.tick for row in rows.values()] == ["", "", ""]  # nothing here is agreed to in common


def test_who_has_stopped_and_what_helps(db: Session, cast: Cast) -> None:
    first, second, third = tutored(db, cast, 3)
    late = running(db, cast, first, S.IN_PROGRESS)
    late.items[0].starts_on, late.items[0].ends_on = date(2026, 11, 1), date(2026, 11, 16)
    late.updated_at = datetime(2026, 11, 20, tzinfo=UTC)
    first.account.last_sign_in_at = datetime(2026, 10, 20, tzinfo=UTC)
    make_route(db, cast, second, RouteStatus.AGREED, due_on=date(2026, 11, 23), updated_at=datetime(2026, 11, 15, tzinfo=UTC))
    silent = running(db, cast, third)
    silent.updated_at = datetime(2026, 11, 20, tzinfo=UTC)
    third.account.last_sign_in_at = None
    rows = {row.name[-3:]: row for row in page(db, cast, ListView.STUCK).rows}
    assert (rows["000"].badge.label, rows["000"].text, rows["000"].remedy) == (
        "Срок прошёл",
        "«Семинар 1», 8\u00a0дней назад",
        "Спросить о шаге",
    )
    assert rows["000"].also == "не заходит 35\u00a0дней"
    assert (rows["001"].badge.label, rows["001"].text, rows["001"].remedy) == ("Ждёт школу", "9\u00a0дней", "Спросить школу")
    assert (rows["002"].badge.label, rows["002"].text) == ("Не заходит", "ещё ни разу не вошли")


def test_where_the_chain_ends_at_the_centre_a_late_route_waits_for_it(db: Session, cast: Cast) -> None:
    cast.region.approval_chain = ApprovalChain.TUTOR_CENTER
    make_route(db, cast, cast.anna, RouteStatus.AGREED, due_on=date(2026, 11, 23), updated_at=datetime(2026, 11, 15, tzinfo=UTC))
    assert [row.badge.label for row in page(db, cast, ListView.STUCK).rows] == ["Ждёт центр"]


def test_steps_that_end_soon_are_named(db: Session, cast: Cast) -> None:
    items = [
        make_item(1, title="Дальний", starts_on=date(2026, 12, 1), ends_on=date(2027, 2, 20)),
        make_item(2, title="Ближний", starts_on=date(2026, 11, 20), ends_on=date(2026, 11, 27)),
        make_item(3, title="Второй", starts_on=date(2026, 11, 20), ends_on=date(2026, 12, 5)),
    ]
    make_route(db, cast, cast.anna, RouteStatus.IN_PROGRESS, items=items)
    [row] = page(db, cast, ListView.SOON).rows
    assert (row.text, row.due, row.is_late) == ("Ближний", "27\u00a0ноября", False)


# Pages and filters


def test_fifty_people_a_page(db: Session, cast: Cast) -> None:
    tutored(db, cast, 119)
    first, last = page(db, cast, ListView.ALL), page(db, cast, ListView.ALL, number=3)
    assert (len(first.rows), first.pages, first.first, first.last) == (50, 3, 1, 50)
    assert (len(last.rows), last.first, last.last, last.found) == (20, 101, 120, 120)
    assert page(db, cast, ListView.ALL, number=99).page == 3


def test_a_filter_keeps_the_counts_of_the_lists(db: Session, cast: Cast) -> None:
    tutored(db, cast, 3)
    found = page(db, cast, ListView.ALL, chosen=Filter(subject="Математика"))
    assert (found.found, found.total, found.counts[ListView.ALL]) == (1, 4, 4)
    assert found.municipalities == ["Лесновский округ"]


def test_queries_do_not_grow_with_people(db: Session, cast: Cast) -> None:
    counted: list[str] = []
    bind = db.get_bind()
    event.listen(bind, "before_cursor_execute", lambda *args: counted.append(args[2]))
    sizes = []
    for start, more in ((0, 5), (5, 245)):
        for number, member in enumerate(tutored(db, cast, more, start)):
            status = (RouteStatus.ON_REVIEW, RouteStatus.IN_PROGRESS, RouteStatus.AGREED)[number % 3]
            route: Route = make_route(db, cast, member, status, updated_at=START - timedelta(days=number))
            if status is RouteStatus.IN_PROGRESS:
                route.items[0].status = S.SUBMITTED
                make_evidence(db, route.items[0], member)
        db.flush()
        for view in ListView:
            db.expire_all()
            counted.clear()
            page(db, cast, view)
            sizes.append(len(counted))
    assert all(many <= few for few, many in zip(sizes[:5], sizes[5:], strict=True))  # a kind of row that is not there asks nothing
    assert max(sizes) <= 9
