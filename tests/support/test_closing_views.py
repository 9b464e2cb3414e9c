"""The end of a route through the client: the owner's two lines, the word about unfinished steps, the tutor's conclusion."""

from datetime import UTC, date, datetime

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from iom.core.database import transaction
from iom.diagnostics.kinds import AttemptStage, AttemptStatus, DiagnosticMethod, ResultSource
from iom.diagnostics.models import DiagnosticAttempt
from iom.routes.kinds import ClosingOutcome
from iom.routes.models import Reflection, Route
from iom.routes.workflow import ItemStatus, RouteStatus
from tests.site import Site
from tests.support.making import make_evidence, make_route, running

S = ItemStatus


def plain(html: str) -> str:
    return html.replace("\u00a0", " ").replace("&nbsp;", " ")


def carried_out(site: Site, *statuses: ItemStatus) -> int:
    with transaction(site.engine) as session:
        return running(session, site.cast, site.cast.anna, *statuses).id


def read(site: Site) -> Route:
    with Session(site.engine) as session:
        return session.scalars(select(Route)).one()


def repeat(site: Site) -> None:
    with transaction(site.engine) as session:
        session.add(
            DiagnosticAttempt(
                region_id=site.cast.region.id,
                employee_id=site.cast.anna.employee_id,
                method=DiagnosticMethod.EXTERNAL,
                stage=AttemptStage.REPEAT,
                source=ResultSource.IMPORTED,
                source_name="Диагностика",
                status=AttemptStatus.SCORED,
                started_at=datetime(2027, 5, 11, tzinfo=UTC),
                finished_at=datetime(2027, 5, 11, tzinfo=UTC),
            )
        )


# The owner


def test_two_lines_are_asked_and_may_stay_empty(site: Site) -> None:
    route_id = carried_out(site, S.DONE, S.DONE)
    browser = site.browser(site.cast.anna)
    html = plain(browser.get(f"/routes/{route_id}/finish"))
    assert html.count("(не обязательно)") == 2
    assert "Завершаю без невыполненных шагов" not in html
    browser.post(f"/routes/{route_id}/finish", what_is_new="", goes_into_work="")
    assert read(site).status is RouteStatus.COMPLETED
    with Session(site.engine) as session:
        assert session.scalars(select(Reflection)).all() == []


def test_unfinished_steps_are_listed_and_need_a_word(site: Site) -> None:
    route_id = carried_out(site, S.DONE, S.PLANNED)
    browser = site.browser(site.cast.anna)
    assert "Не выполнено: 1 шаг" in plain(browser.get(f"/routes/{route_id}/finish"))
    html = plain(browser.post(f"/routes/{route_id}/finish", 422, what_is_new="Критерии до работы").get_data(as_text=True))
    assert "Не все мероприятия выполнены" in html
    assert "Критерии до работы</textarea>" in html
    assert read(site).status is RouteStatus.IN_PROGRESS
    browser.post(f"/routes/{route_id}/finish", what_is_new="Критерии до работы", leave_unfinished="y")
    with Session(site.engine) as session:
        assert session.scalars(select(Reflection.what_is_new)).one() == "Критерии до работы"


def test_before_and_after_is_offered_once_there_is_an_after(site: Site) -> None:
    route_id = carried_out(site, S.DONE)
    browser = site.browser(site.cast.anna)
    assert "Повторной диагностики ещё не было" in plain(browser.get(f"/routes/{route_id}/finish"))
    repeat(site)
    assert "до и после" in plain(browser.get(f"/routes/{route_id}/finish"))


def test_a_completed_route_is_not_completed_again(site: Site) -> None:
    route_id = carried_out(site, S.DONE)
    browser = site.browser(site.cast.anna)
    browser.get(f"/routes/{route_id}/finish")
    browser.post(f"/routes/{route_id}/finish")
    assert browser.client.get(f"/routes/{route_id}/finish").status_code == 303
    browser.get("/account")
    browser.post(f"/routes/{route_id}/finish", 409)


def test_nobody_ends_the_route_of_another(site: Site) -> None:
    route_id = carried_out(site, S.DONE)
    for member, status in ((site.cast.boris, 403), (site.cast.marina, 403), (site.cast.gleb, 404)):
        browser = site.browser(member)
        browser.get(f"/routes/{route_id}/finish", status)
        browser.get("/account")
        browser.post(f"/routes/{route_id}/finish", status)
    assert read(site).status is RouteStatus.IN_PROGRESS


# The tutor


def completed(site: Site, *statuses: ItemStatus) -> int:
    with transaction(site.engine) as session:
        route = running(session, site.cast, site.cast.anna, *statuses)
        route.status = RouteStatus.COMPLETED
        session.add(
            Reflection(
                route_id=route.id,
                what_is_new="Критерии до работы",
                goes_into_work="Карточки",
                written_at=datetime(2026, 11, 20, tzinfo=UTC),
            )
        )
        return route.id


def test_the_tutor_reads_the_owners_words_and_closes_with_own_ones(site: Site) -> None:
    route_id = completed(site, S.DONE, S.MOVED)
    browser = site.browser(site.cast.boris)
    assert "Написать заключение" in plain(browser.get(f"/routes/{route_id}/review"))
    html = plain(browser.get(f"/routes/{route_id}/close"))
    for words in ("Критерии до работы", "Карточки", "выполнен частично", "12 из 24 ч"):
        assert words in html, words
    html = browser.post(f"/routes/{route_id}/close", 422, conclusion="  ").get_data(as_text=True)
    assert "Напишите заключение" in plain(html)
    browser.post(f"/routes/{route_id}/close", conclusion="Приёмы видны на уроках")
    route = read(site)
    assert (route.status, route.closing_outcome, route.tutor_conclusion) == (
        RouteStatus.CLOSED,
        ClosingOutcome.PARTIAL,
        "Приёмы видны на уроках",
    )


def test_evidence_that_waits_is_decided_first(site: Site) -> None:
    with transaction(site.engine) as session:
        route = running(session, site.cast, site.cast.anna, S.SUBMITTED)
        route.status = RouteStatus.COMPLETED
        make_evidence(session, route.items[0], site.cast.anna)
        route_id = route.id
    browser = site.browser(site.cast.boris)
    assert "Сначала решите по отчётам: 1" in plain(browser.get(f"/routes/{route_id}/close"))
    html = plain(browser.post(f"/routes/{route_id}/close", 422, conclusion="Всё хорошо").get_data(as_text=True))
    assert "Сначала примите или верните отчёты" in html
    assert "Всё хорошо</textarea>" in html
    assert read(site).status is RouteStatus.COMPLETED


def test_a_route_in_its_period_is_not_closed_over_its_owner(site: Site) -> None:
    route_id = carried_out(site, S.DONE)
    browser = site.browser(site.cast.boris)
    assert "Написать заключение" not in browser.get(f"/routes/{route_id}/review")
    browser.get("/account")
    html = plain(browser.post(f"/routes/{route_id}/close", 422, conclusion="Пора").get_data(as_text=True))
    assert "Маршрут ещё выполняется" in html
    assert read(site).status is RouteStatus.IN_PROGRESS


def test_a_route_whose_period_is_over_may_be_closed(site: Site) -> None:
    with transaction(site.engine) as session:
        route = running(session, site.cast, site.cast.anna, S.DONE, S.PLANNED, starts_on=date(2025, 9, 1), ends_on=date(2026, 5, 31))
        route_id = route.id
    browser = site.browser(site.cast.boris)
    assert "Срок маршрута вышел" in plain(browser.get(f"/routes/{route_id}/review"))
    browser.get(f"/routes/{route_id}/close")
    browser.post(f"/routes/{route_id}/close", conclusion="Период кончился")
    assert read(site).closing_outcome is ClosingOutcome.PARTIAL


@pytest.mark.parametrize(("who", "status"), [("anna", 403), ("marina", 403), ("dina", 403), ("gleb", 403), ("olga", 403)])
def test_others_do_not_close(site: Site, who: str, status: int) -> None:
    route_id = completed(site, S.DONE)
    site.browser(getattr(site.cast, who)).get(f"/routes/{route_id}/close", status)


def test_nothing_is_closed_before_it_is_carried_out(site: Site) -> None:
    with transaction(site.engine) as session:
        route_id = make_route(session, site.cast, site.cast.anna, RouteStatus.APPROVED).id
    site.browser(site.cast.boris).get(f"/routes/{route_id}/close", 409)
