"""«Показатели» as each role meets them: every number opens its rows, names only for those who may, filters in the address."""

import io
import re
from datetime import date
from typing import Any

import openpyxl
import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from iom.accounts.models import Account, Person, RoleGrant
from iom.core import clock
from iom.core.actor import Role, UnitKind
from iom.core.config import ROOT
from iom.core.database import transaction
from iom.core.models import AuditEntry
from iom.monitoring.loader import load_indicators
from iom.monitoring.models import IndicatorValue
from iom.routes.workflow import RouteStatus
from tests.cast import START, Cast, Member, make_member
from tests.monitoring import samples
from tests.queries import counted as statements
from tests.site import Browser, Site, moment


def text_of(html: str) -> str:
    return re.sub(r"\s+", " ", re.sub("<[^>]+>", " ", html.replace("\u00a0", " ").replace("&nbsp;", " "))).strip()


def links(html: str, pattern: str) -> list[str]:
    return [found.replace("&amp;", "&") for found in re.findall(r'href="([^"]+)"', html) if re.search(pattern, found)]


@pytest.fixture
def lived(site: Site) -> Site:
    """Анна: assessed, an approved route in work. Глеб: assessed. Indicators loaded."""
    cast = site.cast
    with transaction(site.engine) as session:
        load_indicators(session, ROOT / "catalog", cast.region.id)
        year = clock.today().year
        found = samples.attempt(session, cast.anna.employee, moment(3, 1, year))
        samples.attempt(session, cast.gleb.employee, moment(5, 1, year))
        samples.route(
            session,
            cast.anna.employee,
            cast.lesnovskaya,
            (RouteStatus.APPROVED, moment(7, 1, year)),
            (RouteStatus.IN_PROGRESS, moment(8, 1, year)),
            answers=samples.deficit(session, found),
        )
    return site


def viewer(site: Site) -> Member:
    with transaction(site.engine) as session:
        return make_member(session, site.cast.region, "Ведомостева", "Ева", role=Role.AUTHORITY_VIEWER)


def journal(site: Site, object_type: str) -> list[AuditEntry]:
    with Session(site.engine) as session:
        return list(session.scalars(select(AuditEntry).where(AuditEntry.object_type == object_type).order_by(AuditEntry.id)))


def test_the_four_indicators_stand_with_what_they_are_made_of(lived: Site) -> None:
    page = text_of(lived.browser(lived.cast.dina).get("/monitoring/"))
    for words in ("100,0 %", "2 из 2", "50,0 %", "1 из 2", "0,0 %", "0 из 2", "цель 30 %", "1 педагог, 1 методист", "норма до 250"):
        assert words in page, words


def test_every_number_opens_its_rows(lived: Site) -> None:
    browser = lived.browser(lived.cast.dina)
    page = browser.get("/monitoring/")
    for link in links(page, r"/rows"):
        rows = browser.get(link)
        assert rows.count('<tr role="row">') >= 1
    cells = links(page, r"/people/\?")
    assert len(cells) >= 4
    for link in cells:
        browser.get(link)


def test_a_cell_of_completion_and_its_list_agree(lived: Site) -> None:
    browser = lived.browser(lived.cast.dina)
    page = browser.get("/monitoring/")
    row = re.search(r"Лесновский округ</th>(.*?)</tr>", page, re.S)
    assert row
    for url, count in re.findall(r'<a href="([^"]+)">(\d+)', row[1]):
        assert f"Показано {count} " in text_of(browser.get(url.replace("&amp;", "&")))


def test_a_filter_stays_in_every_link(lived: Site) -> None:
    browser = lived.browser(lived.cast.dina)
    key = lived.cast.ozernoe.id
    page = browser.get("/monitoring/", municipality=key)
    assert "Озёрский район" in text_of(page)
    assert all(f"municipality={key}" in link for link in links(page, r"/rows|summary|/people/\?"))
    assert "1 из 1" in text_of(page)


def test_a_school_of_another_municipality_is_let_go(lived: Site) -> None:
    page = text_of(lived.browser(lived.cast.dina).get("/monitoring/", municipality=lived.cast.ozernoe.id, school=lived.cast.lesnovskaya.id))
    assert "Озёрский район. Каждое число" in page


@pytest.mark.parametrize("query", [{"municipality": "x"}, {"municipality": 10_000}, {"school": 10_000}, {"municipality": "9" * 30}])
def test_a_place_that_is_not_there_is_not_found(lived: Site, query: dict[str, Any]) -> None:
    lived.browser(lived.cast.dina).get("/monitoring/", 404, **query)


def test_another_school_is_not_there_for_a_head(lived: Site) -> None:
    browser = lived.browser(lived.cast.marina)
    assert "Лесновская СОШ" in text_of(browser.get("/monitoring/"))
    browser.get("/monitoring/", 404, school=lived.cast.ozerskaya.id)
    browser.get("/monitoring/", 404, municipality=lived.cast.ozernoe.id)


def test_a_day_that_cannot_be_read_is_said_and_today_is_shown(lived: Site) -> None:
    page = lived.browser(lived.cast.dina).get("/monitoring/", 422, date="позавчера")
    assert "Дата не читается" in page
    assert "<title>Ошибка:" in page


def test_a_past_day_shows_the_past(lived: Site) -> None:
    day = date(clock.today().year, 1, 4)
    page = text_of(lived.browser(lived.cast.dina).get("/monitoring/", date=day.isoformat()))
    assert "1 из 2" in page  # Анна only, by then
    assert "Люди по состоянию маршрута на 4 января" in page


@pytest.mark.parametrize("who", ["anna", "gleb", "admin"])
def test_others_have_no_such_page(lived: Site, who: str) -> None:
    lived.browser(getattr(lived.cast, who)).get("/monitoring/", 403)


def test_strangers_sign_in_first(lived: Site) -> None:
    assert lived.browser().client.get("/monitoring/").status_code == 303


# Rows


def test_rows_tell_the_words_of_the_order_and_the_tabs_their_counts(lived: Site) -> None:
    page = text_of(lived.browser(lived.cast.dina).get("/monitoring/OKT-2.1/rows"))
    assert "Доля сформированных ИОМ" in page
    assert "приказ от 23.06.2022 № 530-од" in page
    assert "В числителе 1" in page
    assert "Не вошли в числитель 1" in page
    assert "В знаменателе 2" in page
    assert "Образцова Анна" in page
    assert "Шаблонов Глеб" not in page


def test_each_tab_shows_its_people(lived: Site) -> None:
    browser = lived.browser(lived.cast.dina)
    rest = text_of(browser.get("/monitoring/OKT-2.1/rows", part="rest"))
    assert "Шаблонов Глеб" in rest
    assert "Образцова Анна" not in rest
    assert "Озёрский район" in text_of(browser.get("/monitoring/OKT-2.1/rows", part="parts"))
    assert "Условная Вера" in text_of(browser.get("/monitoring/IVA-3.1/rows", part="methodists"))
    browser.get("/monitoring/OKT-2.1/rows", 404, part="secret")
    browser.get("/monitoring/X-1/rows", 404)


def test_one_methodists_people(lived: Site) -> None:
    browser = lived.browser(lived.cast.dina)
    assert "Образцова Анна" in text_of(browser.get("/monitoring/IVA-3.1/rows", methodist=lived.cast.vera.person.id))
    assert "Образцова Анна" not in text_of(browser.get("/monitoring/IVA-3.1/rows", methodist=lived.cast.boris.person.id))


def test_opening_named_rows_is_journalled_and_said(lived: Site) -> None:
    page = lived.browser(lived.cast.dina).get("/monitoring/OKT-1.1/rows")
    assert "записан в журнал" in page
    (entry,) = journal(lived, "indicator_rows")
    assert entry.actor_id == lived.cast.dina.person.id
    assert entry.reason.startswith("OKT-1.1 counted")
    assert "rows=2" in entry.reason


def test_a_tutor_sees_the_rows_of_their_own_people(lived: Site) -> None:
    page = text_of(lived.browser(lived.cast.boris).get("/monitoring/OKT-1.1/rows"))
    assert "Образцова Анна" in page
    assert "Шаблонов" not in page


# Groups only


def test_a_viewer_never_sees_a_person(lived: Site) -> None:
    browser = lived.browser(viewer(lived))
    for path in ("/monitoring/", "/monitoring/OKT-1.1/rows", "/monitoring/OKT-2.1/rows", "/monitoring/IVA-3.1/rows"):
        page = browser.get(path)
        for name in ("Образцова", "Шаблонов", "Условная", "Анна", "T1"):
            assert name not in page, (path, name)
    assert journal(lived, "indicator_rows") == []


def test_a_viewer_of_a_tiny_region_is_told_why_nothing_is_shown(lived: Site) -> None:
    page = text_of(lived.browser(viewer(lived)).get("/monitoring/"))
    assert "Менее 5 человек, скрыто" in page
    assert "2 из 2" not in page


def test_a_viewer_has_no_list_of_people_and_no_way_to_it(lived: Site) -> None:
    browser = lived.browser(viewer(lived))
    assert links(browser.get("/monitoring/"), r"/people/") == []
    browser.get("/people/", 403)
    browser.get("/monitoring/OKT-1.1/export", 403)


# Export


def download(browser: Browser, path: str, **fields: Any) -> openpyxl.Workbook:
    browser.get(path)
    response = browser.post(path, 200, **fields)
    assert response.headers["Content-Disposition"].startswith("attachment")
    return openpyxl.load_workbook(io.BytesIO(response.data))


def test_an_export_says_who_when_and_why_and_holds_the_rows_of_the_page(lived: Site) -> None:
    book = download(lived.browser(lived.cast.dina), "/monitoring/OKT-2.1/export", purpose="report")
    about = {row[0]: row[1] for row in book.worksheets[0].iter_rows(values_only=True)}
    assert about["Строк"] == "2"
    assert about["Цель выгрузки"] == "отчёт органу управления"
    assert about["Кто выгрузил"].startswith("Эталонова Дина, cnppm_officer@region")
    assert len(about["Отпечаток строк"]) == 64
    rows = list(book.worksheets[1].iter_rows(values_only=True))
    assert [row[:2] for row in rows[1:]] == [("T1", "Образцова Анна"), ("T2", "Шаблонов Глеб")]
    (entry,) = journal(lived, "indicator_export")
    assert entry.action == "34_export_named"
    assert "rows=2" in entry.reason
    assert "отчёт органу управления" in entry.reason


def test_an_export_needs_a_purpose(lived: Site) -> None:
    browser = lived.browser(lived.cast.dina)
    browser.get("/monitoring/OKT-2.1/export")
    browser.post("/monitoring/OKT-2.1/export", 422)
    browser.post("/monitoring/OKT-2.1/export", 422, purpose="other")
    assert journal(lived, "indicator_export") == []
    browser.post("/monitoring/OKT-2.1/export", 200, purpose="other", words="сверка с ведомостью")


def test_a_summary_holds_the_numbers_of_the_page(lived: Site) -> None:
    response = lived.browser(lived.cast.dina).client.get("/monitoring/summary.xlsx")
    book = openpyxl.load_workbook(io.BytesIO(response.data))
    rows = list(book["Показатели"].iter_rows(values_only=True))
    assert [(row[0], row[3], row[4]) for row in rows[1:]] == [("OKT-1.1", 2, 2), ("OKT-2.1", 1, 2), ("IVA-2.1", 0, 2), ("IVA-3.1", 1, 1)]
    completion = list(book["Выполнение маршрутов"].iter_rows(values_only=True))
    assert completion[0][:2] == ("Территория", "Человек")
    assert [row[:2] for row in completion[1:]] == [("Лесновский округ", 2), ("Озёрский район", 1)]


# Slices


def test_the_centre_freezes_a_slice_and_sees_it(lived: Site) -> None:
    browser = lived.browser(lived.cast.dina)
    browser.get("/monitoring/")
    page = text_of(browser.follow(browser.post("/monitoring/freeze", date=clock.today().isoformat())))
    assert "Срез зафиксирован" in page
    assert "Зафиксированные срезы" in page
    assert "Дина Эталонова" in page
    assert "С тех пор строки не изменились" in text_of(browser.get("/monitoring/OKT-1.1/rows"))
    again = text_of(browser.follow(browser.post("/monitoring/freeze", date=clock.today().isoformat())))
    assert "уже зафиксирован" in again
    with transaction(lived.engine) as session:
        session.query(IndicatorValue).filter(IndicatorValue.municipality_id.is_(None)).update({"rows_hash": "0" * 64, "numerator": 0})
    assert "Сейчас строки на эту дату другие" in text_of(browser.get("/monitoring/OKT-1.1/rows"))


def test_others_have_no_such_button(lived: Site) -> None:
    browser = lived.browser(lived.cast.vera)
    page = browser.get("/monitoring/")
    assert "Зафиксировать срез" not in page
    browser.token = re.findall(r'csrf_token" value="([^"]+)', page)[0] if "csrf_token" in page else browser.token
    assert browser.client.post("/monitoring/freeze", data={"csrf_token": browser.token}).status_code in {400, 403}


# Cost


def test_the_number_of_statements_is_small_and_does_not_grow(lived: Site) -> None:
    def counted(member: Member, path: str) -> int:
        browser = lived.browser(member)
        browser.get(path)
        with statements(lived.engine) as seen:
            browser.get(path)
        return len([line for line in seen if line.lstrip().upper().startswith("SELECT")])

    eve = viewer(lived)
    pages = [
        (lived.cast.dina, "/monitoring/"),
        (lived.cast.dina, "/monitoring/OKT-1.1/rows"),
        (lived.cast.dina, "/monitoring/IVA-3.1/rows"),
        (lived.cast.dina, "/people/"),
        (lived.cast.dina, "/people/assignments"),
        (eve, "/monitoring/"),
    ]
    before = [counted(*page) for page in pages]
    with transaction(lived.engine) as session:
        for number in range(60):
            member = make_member(session, lived.cast.region, f"Ф{number}", "И", school=lived.cast.ozerskaya, code=f"N{number}")
            samples.attempt(session, member.employee, moment(3, 1, clock.today().year))
    after = [counted(*page) for page in pages]
    assert after == before
    assert max(before) <= 12, dict(zip([path for _, path in pages], before, strict=True))


def test_a_municipal_methodist_reports_about_the_municipality(lived: Site) -> None:
    cast: Cast = lived.cast
    with transaction(lived.engine) as session:
        person = Person(region_id=cast.region.id, last_name="Районная", first_name="Рита", created_at=START)
        session.add(person)
        session.flush()
        account = Account(person_id=person.id, login="rita@example.org", created_at=START)
        session.add_all(
            [
                account,
                RoleGrant(
                    region_id=cast.region.id,
                    person_id=person.id,
                    role=Role.MUNICIPAL_METHODIST,
                    unit_kind=UnitKind.MUNICIPALITY,
                    municipality_id=cast.ozernoe.id,
                    granted_at=START,
                    effective_at=START,
                ),
            ]
        )
        session.flush()
        rita = Member(person, None, cast.dina.actor, account)
    page = text_of(lived.browser(rita).get("/monitoring/"))
    assert "Озёрский район. Каждое число" in page
    assert "1 из 1" in page
    assert "Лесновский" not in page
