"""Orders through the client: what a head signs and what not, numbers, drafts, corrections, the centre; no result on any page."""

import re
from datetime import date, timedelta

import pytest
from sqlalchemy import event, func, select
from sqlalchemy.orm import Session

from iom.core import clock
from iom.core.actor import Role
from iom.core.database import transaction
from iom.organizations.kinds import ApprovalChain
from iom.organizations.models import Region
from iom.routes.kinds import ReviewDecision, ReviewStep
from iom.routes.models import Order, OrderCorrection, Route, RouteEvent, RouteReview
from iom.routes.workflow import RouteStatus
from tests.cast import START, Member, make_member
from tests.documents.reading import docx_text, pdf_text
from tests.site import Browser, Site
from tests.support.making import make_item, make_route

TODAY = clock.today()
DAY = f"{TODAY:%d.%m.%Y}"


def plain(html: str) -> str:
    return html.replace("\u00a0", " ").replace("&nbsp;", " ")


def agreed(site: Site, owner: Member, **values: object) -> tuple[int, int]:
    """Make an agreed route whose need, coverage and request would be seen if they were shown."""
    with transaction(site.engine) as session:
        route = make_route(
            session,
            site.cast,
            owner,
            RouteStatus.AGREED,
            coverage=0.4731,
            personal_request="Тайная просьба",
            **values,  # type: ignore[arg-type]
        )
        route.goals[0].title = "Тайный дефицит"
        session.add(
            RouteReview(
                route_id=route.id,
                step=ReviewStep.TUTOR,
                reviewer_id=site.cast.boris.person.id,
                decision=ReviewDecision.AGREE,
                decided_at=START,
            )
        )
        session.flush()
        return route.id, route.version


def teachers(site: Site, count: int) -> list[Member]:
    with transaction(site.engine) as session:
        return [
            make_member(session, site.cast.region, f"Коллегина{number}", "Ия", school=site.cast.lesnovskaya, code=f"C{number}")
            for number in range(count)
        ]


def coordinator(site: Site) -> Member:
    with transaction(site.engine) as session:
        return make_member(session, site.cast.region, "Порядкова", "Света", role=Role.SCHOOL_COORDINATOR, school=site.cast.lesnovskaya)


def statuses(site: Site) -> list[RouteStatus]:
    with Session(site.engine) as session:
        return list(session.scalars(select(Route.status).order_by(Route.id)))


def ticks(routes: list[tuple[int, int]]) -> list[str]:
    return [f"{route_id}:{version}" for route_id, version in routes]


def marina(site: Site) -> Browser:
    browser = site.browser(site.cast.marina)
    browser.get("/orders/")
    return browser


# The list


def test_exceptions_stand_first_and_cannot_be_ticked(site: Site) -> None:
    own, _ = agreed(site, site.cast.marina)
    ready, _ = agreed(site, site.cast.anna)
    html = plain(site.browser(site.cast.marina).get("/orders/"))
    assert "Утвердить 1 маршрут одним приказом" in html
    assert html.index("Свой маршрут не утверждают") < html.index("Анна Образцова")
    boxes = re.findall(r'<input type="checkbox" name="route" value="(\d+):\d+"([^>]*)>', html)
    assert {int(key): ("checked" in rest, "disabled" in rest) for key, rest in boxes} == {own: (False, True), ready: (True, False)}


def test_a_route_with_a_step_already_begun_is_shown_apart_and_unticked(site: Site) -> None:
    early = make_item(1, has_fixed_dates=True, starts_on=TODAY - timedelta(days=3), ends_on=TODAY + timedelta(days=3))
    route_id, _ = agreed(site, site.cast.anna, items=[early])
    html = plain(site.browser(site.cast.marina).get("/orders/"))
    assert "Один шаг уже начался" in html
    assert re.search(rf'value="{route_id}:\d+" aria-label="Выбрать', html)  # no tick, but it may be set


def test_hours_period_and_tutor_are_shown_and_nothing_that_was_measured(site: Site) -> None:
    agreed(site, site.cast.anna, items=[make_item(1, hours=36), make_item(2, hours=12)])
    browser = marina(site)
    html = plain(browser.get("/orders/"))
    for words in ("Анна Образцова", "ноя–май", ">48<", "Б. Примеров", "Всего 48 часов на 1 человека"):
        assert words in html, words
    for path in ("/orders/", "/orders/issued"):
        for hidden in ("Тайный дефицит", "Тайная просьба", "47", "дефицит ", "охват", "балл"):
            assert hidden not in re.sub(r'"[^"]*"', "", plain(browser.get(path))), (path, hidden)


def test_an_empty_list_tells_where_the_routes_are(site: Site) -> None:
    with transaction(site.engine) as session:
        make_route(session, site.cast, site.cast.anna)
    html = plain(site.browser(site.cast.marina).get("/orders/"))
    assert "Согласованных маршрутов пока нет" in html
    assert "У тьюторов: 1 маршрут" in html


def test_routes_of_another_school_are_not_in_the_list(site: Site) -> None:
    agreed(site, site.cast.gleb, school=site.cast.ozerskaya)
    assert "Глеб" not in site.browser(site.cast.marina).get("/orders/")
    assert "Глеб" in site.browser(site.cast.olga).get("/orders/")


@pytest.mark.parametrize("who", ["anna", "boris", "vera", "dina", "admin", "stranger"])
def test_orders_are_for_those_of_a_school(site: Site, who: str) -> None:
    browser = site.browser(getattr(site.cast, who))
    browser.get("/orders/", 403)
    browser.get("/orders/issued", 403)


def test_queries_do_not_grow_with_routes(site: Site) -> None:
    members = teachers(site, 31)
    agreed(site, members[0])
    browser = marina(site)
    counted: list[str] = []
    event.listen(site.engine, "before_cursor_execute", lambda *args: counted.append(args[2]))
    sizes = []
    for more in ([], members[1:]):
        for member in more:
            agreed(site, member)
        counted.clear()
        browser.get("/orders/")
        sizes.append(len([sql for sql in counted if sql.lstrip().upper().startswith("SELECT")]))
    assert sizes[0] == sizes[1] <= 12


# Approving


def test_many_routes_are_approved_by_one_order(site: Site) -> None:
    routes = [agreed(site, member) for member in teachers(site, 30)]
    browser = marina(site)
    response = browser.post("/orders/", route=ticks(routes[:28]), number="№  112-од ", issued_on=DAY)
    html = plain(browser.follow(response))
    assert "28 маршрутов утверждены приказом № 112-од." in html
    assert statuses(site).count(RouteStatus.APPROVED) == 28
    with Session(site.engine) as session:
        order = session.scalars(select(Order)).one()
    assert (order.number, order.issued_on) == ("112-од", TODAY)
    assert "Утвердить 2 маршрута" in plain(browser.get("/orders/"))


def test_a_taken_number_is_told_with_its_day_and_everything_typed_stays(site: Site) -> None:
    first, second = (agreed(site, member) for member in teachers(site, 2))
    browser = marina(site)
    browser.post("/orders/", route=ticks([first]), number="112-од", issued_on=DAY)
    browser.get("/orders/")
    html = plain(browser.post("/orders/", 422, route=ticks([second]), number="112-од", issued_on=DAY).get_data(as_text=True))
    assert "Приказ 112-од уже введён" in html
    assert f'value="{second[0]}:{second[1]}" checked' in html
    assert 'value="112-од"' in html
    assert statuses(site) == [RouteStatus.APPROVED, RouteStatus.AGREED]


@pytest.mark.parametrize(
    ("number", "day", "sentence"),
    [
        ("", DAY, "Впишите номер приказа"),
        (" № ", DAY, "Впишите номер приказа"),
        ("1" * 41, DAY, "Не длиннее 40 знаков"),
        ("1", "", "Впишите дату"),
        ("1", "вчера", "Впишите дату: день, месяц, год"),
        ("1", f"{TODAY + timedelta(days=2):%d.%m.%Y}", "Дата приказа позже сегодняшней"),
        ("1", f"{TODAY - timedelta(days=500):%d.%m.%Y}", "Этой дате больше года"),
    ],
)
def test_number_and_date_are_checked(site: Site, number: str, day: str, sentence: str) -> None:
    route = agreed(site, site.cast.anna)
    html = plain(marina(site).post("/orders/", 422, route=ticks([route]), number=number, issued_on=day).get_data(as_text=True))
    assert sentence in html
    assert "ничего не утверждено" in html.lower()
    assert statuses(site) == [RouteStatus.AGREED]


def test_nothing_ticked_is_told(site: Site) -> None:
    agreed(site, site.cast.anna)
    html = plain(marina(site).post("/orders/", 422, number="1", issued_on=DAY).get_data(as_text=True))
    assert "Не выбран ни один маршрут" in html


def test_a_route_that_changed_meanwhile_is_named_and_unticked_and_nothing_is_approved(site: Site) -> None:
    first, second = (agreed(site, member) for member in teachers(site, 2))
    browser = marina(site)
    with transaction(site.engine) as session:
        session.scalars(select(Route).where(Route.id == second[0])).one().updated_at = START
    html = plain(browser.post("/orders/", 409, route=ticks([first, second]), number="7", issued_on=DAY).get_data(as_text=True))
    assert "Маршрут изменился, пока вы выбирали: Ия Коллегина1" in html
    assert re.search(rf'value="{first[0]}:\d+" checked', html)
    assert not re.search(rf'value="{second[0]}:\d+" checked', html)
    assert 'value="7"' in html
    assert statuses(site) == [RouteStatus.AGREED] * 2


def test_the_own_route_is_not_approved_by_a_forged_tick(site: Site) -> None:
    own = agreed(site, site.cast.marina)
    marina(site).post("/orders/", 403, route=ticks([own]), number="1", issued_on=DAY)
    with Session(site.engine) as session:
        moves = session.scalar(select(func.count()).select_from(RouteEvent).where(RouteEvent.to_status == "approved"))
        assert (session.scalar(select(func.count()).select_from(Order)), moves) == (0, 0)


def test_a_coordinator_prepares_and_does_not_sign(site: Site) -> None:
    route = agreed(site, site.cast.anna)
    browser = site.browser(coordinator(site))
    html = plain(browser.get("/orders/"))
    assert "Анна Образцова" in html
    assert "Утверждает директор школы" in html
    assert 'name="number"' not in html
    browser.post("/orders/", 403, route=ticks([route]), number="1", issued_on=DAY)
    assert "ПРИКАЗ" in docx_text(
        browser.client.post("/documents/orders/draft.docx", data={"csrf_token": browser.token, "route": ticks([route])}).data
    )


# Returning


def test_one_route_goes_back_and_the_others_stay(site: Site) -> None:
    first, second = (agreed(site, member) for member in teachers(site, 2))
    browser = marina(site)
    browser.get(f"/orders/routes/{first[0]}/return")
    html = browser.post(f"/orders/routes/{first[0]}/return", 422, version=first[1], comment=" ").get_data(as_text=True)
    assert "Напишите, что исправить" in html
    response = browser.post(f"/orders/routes/{first[0]}/return", version=first[1], comment="Сдвиньте стажировку на каникулы")
    assert "Маршрут возвращён педагогу" in plain(browser.follow(response))
    assert statuses(site) == [RouteStatus.RETURNED, RouteStatus.AGREED]
    with Session(site.engine) as session:
        assert session.scalars(select(RouteReview.comment).where(RouteReview.step == ReviewStep.SCHOOL_HEAD)).one() == (
            "Сдвиньте стажировку на каникулы"
        )
    assert second[0]


def test_a_stale_return_keeps_the_words(site: Site) -> None:
    route_id, version = agreed(site, site.cast.anna)
    browser = marina(site)
    browser.get(f"/orders/routes/{route_id}/return")
    words = "Сдвиньте, пожалуйста, стажировку на каникулы"
    html = browser.post(f"/orders/routes/{route_id}/return", 409, version=version + 4, comment=words).get_data(as_text=True)
    assert words in html
    assert statuses(site) == [RouteStatus.AGREED]


def test_who_does_not_sign_does_not_return(site: Site) -> None:
    route_id, _ = agreed(site, site.cast.anna)
    for member, status in ((site.cast.boris, 403), (coordinator(site), 403), (site.cast.olga, 404), (site.cast.anna, 403)):
        browser = site.browser(member)
        browser.get(f"/orders/routes/{route_id}/return", status)


# Issued orders


def issued(site: Site, browser: Browser, count: int = 1) -> int:
    routes = [agreed(site, member) for member in teachers(site, count)]
    browser.get("/orders/")
    browser.post("/orders/", route=ticks(routes), number="112-од", issued_on=DAY)
    with Session(site.engine) as session:
        return session.scalars(select(Order.id)).one()


def test_an_order_shows_its_annex_and_leaves_as_docx_and_pdf_without_results(site: Site) -> None:
    browser = marina(site)
    order_id = issued(site, browser, 3)
    html = plain(browser.get(f"/orders/{order_id}"))
    assert "Приложение: 3 маршрута" in html
    texts = [html]
    for extension, read in (("docx", docx_text), ("pdf", pdf_text)):
        response = browser.client.get(f"/documents/orders/{order_id}.{extension}")
        assert response.status_code == 200
        assert response.headers["Content-Disposition"].startswith("attachment;")
        assert response.headers["Content-Security-Policy"] == "sandbox; default-src 'none'"
        text = plain(read(response.data))
        assert "112-од" in text
        assert "Коллегина2 Ия" in text
        texts.append(text)
    for text in texts:
        for hidden in ("Тайный дефицит", "Тайная просьба", "47 %", "охват"):
            assert hidden not in text, hidden


def test_a_correction_keeps_the_old_number_in_sight(site: Site) -> None:
    browser = marina(site)
    order_id = issued(site, browser)
    browser.get(f"/orders/{order_id}")
    html = plain(browser.post(f"/orders/{order_id}", 422, number="113-од", issued_on=DAY, reason=" ").get_data(as_text=True))
    assert "Напишите, почему исправляете" in html
    browser.post(f"/orders/{order_id}", number="113-од", issued_on=DAY, reason="Описка в номере")
    html = plain(browser.get(f"/orders/{order_id}"))
    assert "Приказ № 113-од" in html
    assert "Был № 112-од" in html
    assert "Описка в номере" in html
    html = plain(browser.post(f"/orders/{order_id}", 422, number="113-од", issued_on=DAY, reason="Ещё раз").get_data(as_text=True))
    assert "Номер и дата те же самые" in html


def test_orders_of_another_school_are_not_there(site: Site) -> None:
    order_id = issued(site, marina(site))
    browser = site.browser(site.cast.olga)
    browser.get("/orders/")
    for path in (f"/orders/{order_id}", f"/documents/orders/{order_id}.pdf", f"/documents/orders/{order_id}.docx"):
        assert browser.client.get(path).status_code == 404
    browser.get("/account")
    browser.post(f"/orders/{order_id}", 404, number="1", issued_on=DAY, reason="Чужое")
    with Session(site.engine) as session:
        assert session.scalar(select(func.count()).select_from(OrderCorrection)) == 0


def test_the_draft_holds_the_ticked_routes_only_and_room_for_the_number(site: Site) -> None:
    first, second = (agreed(site, member) for member in teachers(site, 2))
    browser = marina(site)
    for path, read in (("/documents/orders/draft.docx", docx_text), ("/documents/orders/draft.pdf", pdf_text)):
        response = browser.client.post(path, data={"csrf_token": browser.token, "route": ticks([second]), "number": "", "issued_on": ""})
        text = plain(read(response.data))
        assert "Коллегина1 Ия" in text
        assert "Коллегина0" not in text
        assert "____" in text
    assert statuses(site) == [RouteStatus.AGREED] * 2
    assert first[0]


# The centre


def test_the_centre_sees_heads_routes_and_approves_them(site: Site) -> None:
    own = agreed(site, site.cast.marina)
    agreed(site, site.cast.anna)
    for member in (site.cast.dina, site.cast.vera):
        html = plain(site.browser(member).get("/orders/center"))
        assert "Марина Шаблонова" in html
        assert "Анна Образцова" not in html
    browser = site.browser(site.cast.dina)
    browser.get("/orders/center")
    browser.post("/orders/center", route=f"{own[0]}:{own[1]}")
    assert statuses(site) == [RouteStatus.APPROVED, RouteStatus.AGREED]


def test_where_the_chain_ends_at_the_centre_all_agreed_routes_are_there(site: Site) -> None:
    with transaction(site.engine) as session:
        region = session.scalars(select(Region).where(Region.id == site.cast.region.id)).one()
        region.approval_chain = ApprovalChain.TUTOR_CENTER
    agreed(site, site.cast.anna)
    assert "Анна Образцова" in site.browser(site.cast.dina).get("/orders/center")
    html = plain(site.browser(site.cast.marina).get("/orders/"))
    assert "Утверждает региональный центр" in html


def test_the_centre_returns_with_a_reason(site: Site) -> None:
    route_id, version = agreed(site, site.cast.marina)
    browser = site.browser(site.cast.vera)
    browser.get(f"/orders/routes/{route_id}/return")
    response = browser.post(f"/orders/routes/{route_id}/return", version=version, comment="Уточните период")
    assert response.headers["Location"] == "/orders/center"
    assert statuses(site) == [RouteStatus.RETURNED]


def test_the_centre_does_not_sign_for_a_school(site: Site) -> None:
    route_id, version = agreed(site, site.cast.anna)
    browser = site.browser(site.cast.dina)
    browser.get("/account")
    html = plain(browser.post("/orders/center", 409, route=f"{route_id}:{version}").get_data(as_text=True))
    assert "утверждает школа своим приказом" in html
    assert statuses(site) == [RouteStatus.AGREED]


@pytest.mark.parametrize("who", ["anna", "boris", "marina", "admin"])
def test_the_centres_list_is_the_centres(site: Site, who: str) -> None:
    site.browser(getattr(site.cast, who)).get("/orders/center", 403)


def test_no_result_stands_at_the_centre_either(site: Site) -> None:
    agreed(site, site.cast.marina)
    html = plain(site.browser(site.cast.dina).get("/orders/center"))
    for hidden in ("Тайный дефицит", "Тайная просьба", "47 %", "охват"):
        assert hidden not in html


def test_an_order_of_a_past_day_is_kept_under_that_day(site: Site) -> None:
    route = agreed(site, site.cast.anna)
    past = TODAY - timedelta(days=20)
    marina(site).post("/orders/", route=ticks([route]), number="5", issued_on=f"{past:%d.%m.%Y}")
    with Session(site.engine) as session:
        order = session.scalars(select(Order)).one()
    assert (order.issued_on, order.year) == (past, past.year)
    assert isinstance(order.issued_on, date)
