"""The list of people and a person's card: who is in sight, what may be changed, and that results are never there."""

import re
from typing import Any
from urllib.parse import urlencode

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from iom.core import clock
from iom.core.database import transaction
from iom.core.models import AuditEntry
from iom.organizations.models import Employee, Employment, School
from iom.routes.workflow import RouteStatus
from iom.support.models import TutorAssignment
from tests.cast import make_member
from tests.monitoring import samples
from tests.site import Site, moment


def text_of(html: str) -> str:
    return re.sub(r"\s+", " ", re.sub("<[^>]+>", " ", html.replace("\u00a0", " ").replace("&nbsp;", " "))).strip()


def names(html: str) -> list[str]:
    return re.findall(r'class="who-name"[^>]*>([^<]+)<', html)


@pytest.mark.parametrize(
    ("who", "seen"),
    [
        ("dina", ["Образцова Анна", "Шаблонов Глеб", "Шаблонова Марина"]),
        ("vera", ["Образцова Анна", "Шаблонов Глеб", "Шаблонова Марина"]),
        ("admin", ["Образцова Анна", "Шаблонов Глеб", "Шаблонова Марина"]),
        ("marina", ["Образцова Анна", "Шаблонова Марина"]),
        ("olga", ["Шаблонов Глеб"]),
        ("boris", ["Образцова Анна"]),
    ],
)
def test_each_role_sees_its_people(site: Site, who: str, seen: list[str]) -> None:
    assert names(site.browser(getattr(site.cast, who)).get("/people/")) == seen


@pytest.mark.parametrize("who", ["anna", "gleb", "stranger"])
def test_a_teacher_has_no_list(site: Site, who: str) -> None:
    site.browser(getattr(site.cast, who)).get("/people/", 403)


def test_somebody_who_works_part_time_here_is_in_the_list(site: Site) -> None:
    with transaction(site.engine) as session:
        session.add(
            Employment(
                region_id=site.cast.region.id,
                employee_id=site.cast.gleb.employee_id,
                school_id=site.cast.lesnovskaya.id,
                position="учитель физики",
                is_main=False,
                starts_on=moment(1).date(),
                recorded_at=moment(1),
            )
        )
    assert "Шаблонов Глеб" in names(site.browser(site.cast.marina).get("/people/"))


@pytest.mark.parametrize(
    ("query", "seen"),
    [
        ({"q": "образ"}, ["Образцова Анна"]),
        ({"q": "шаблон"}, ["Шаблонов Глеб", "Шаблонова Марина"]),
        ({"status": "none"}, ["Шаблонов Глеб", "Шаблонова Марина"]),
        ({"status": "in_progress"}, ["Образцова Анна"]),
        ({"status": "nonsense"}, ["Образцова Анна", "Шаблонов Глеб", "Шаблонова Марина"]),
        ({"tutor": "yes"}, ["Образцова Анна"]),
        ({"tutor": "no", "q": "шаблонова"}, ["Шаблонова Марина"]),
        ({"q": "никого такого"}, []),
    ],
)
def test_filters_narrow_the_list(site: Site, query: dict[str, str], seen: list[str]) -> None:
    with transaction(site.engine) as session:
        samples.route(session, site.cast.anna.employee, site.cast.lesnovskaya, (RouteStatus.IN_PROGRESS, moment(1)))
    page = site.browser(site.cast.dina).get(f"/people/?{urlencode(query)}")
    assert names(page) == seen
    if not seen:
        assert "Скрыто 3 человека" in text_of(page)


def test_the_state_of_the_route_and_whose_turn_it_is(site: Site) -> None:
    with transaction(site.engine) as session:
        route = samples.route(session, site.cast.anna.employee, site.cast.lesnovskaya, (RouteStatus.ON_REVIEW, moment(1)))
        route.due_on = clock.today()
    page = text_of(site.browser(site.cast.dina).get("/people/", q="образцова"))
    assert "На согласовании" in page
    assert "тьютора: согласовать" in page
    assert "Борис Примеров" in page


def test_there_is_no_result_in_the_list_or_the_card(site: Site) -> None:
    with transaction(site.engine) as session:
        found = samples.attempt(session, site.cast.anna.employee, moment(3, 4))
        samples.deficit(session, found)
    browser = site.browser(site.cast.marina)
    for path in ("/people/", f"/people/{site.cast.anna.employee_id}"):
        page = text_of(browser.get(path))
        assert "Оценивание" not in page  # the competency of the deficit
        assert "дефицит" not in page.lower()


def test_pages_of_fifty(site: Site) -> None:
    with transaction(site.engine) as session:
        for number in range(60):
            make_member(session, site.cast.region, f"Яя{number:02d}", "Имя", school=site.cast.lesnovskaya, code=f"N{number}")
    browser = site.browser(site.cast.dina)
    first, second = (names(browser.get("/people/", page=page)) for page in (1, 2))
    assert (len(first), len(second)) == (50, 13)
    assert not set(first) & set(second)


# The card


@pytest.mark.parametrize(
    ("who", "status"), [("dina", 200), ("marina", 200), ("boris", 200), ("anna", 200), ("olga", 404), ("gleb", 404), ("stranger", 404)]
)
def test_a_card_is_there_for_those_who_may_see_the_person(site: Site, who: str, status: int) -> None:
    site.browser(getattr(site.cast, who)).get(f"/people/{site.cast.anna.employee_id}", status)


def test_a_card_tells_work_and_support(site: Site) -> None:
    page = text_of(site.browser(site.cast.dina).get(f"/people/{site.cast.anna.employee_id}"))
    for words in ("Образцова Анна", "Лесновская СОШ", "учитель", "Борис Примеров", "Вера Условная", "Код T1"):
        assert words in page


@pytest.mark.parametrize(
    ("who", "edits", "moves"), [("marina", True, False), ("admin", True, True), ("dina", False, False), ("boris", False, False)]
)
def test_buttons_are_those_of_the_role(site: Site, who: str, edits: bool, moves: bool) -> None:
    page = site.browser(getattr(site.cast, who)).get(f"/people/{site.cast.anna.employee_id}")
    assert ("Править сведения" in page, "Перевести в другую школу" in page) == (edits, moves)


def test_a_profile_is_offered_only_to_those_who_may_open_it(site: Site) -> None:
    path = f"/people/{site.cast.anna.employee_id}"
    assert "Открыть профиль" in site.browser(site.cast.boris).get(path)
    for member in (site.cast.dina, site.cast.marina, site.cast.admin):
        assert "Открыть профиль" not in site.browser(member).get(path)


def test_an_administrator_is_not_shown_routes(site: Site) -> None:
    with transaction(site.engine) as session:
        samples.route(session, site.cast.anna.employee, site.cast.lesnovskaya, (RouteStatus.IN_PROGRESS, moment(1)))
    path = f"/people/{site.cast.anna.employee_id}"
    assert "Маршрут 1" in text_of(site.browser(site.cast.dina).get(path))
    assert "Маршрут 1" not in text_of(site.browser(site.cast.admin).get(path))


# The post


def edit(site: Site, who: str, **fields: Any) -> Any:
    browser = site.browser(getattr(site.cast, who))
    path = f"/people/{site.cast.anna.employee_id}/post"
    page = browser.get(path)
    seen = re.search(r'name="seen"[^>]*value="([0-9a-f]+)"', page)
    assert seen
    given = {"position": "учитель алгебры", "category": "teacher", "qualification_category": "first", "seen": seen[1], **fields}
    return browser, path, given


def anna(site: Site) -> Employee:
    with Session(site.engine) as session:
        row = session.get_one(Employee, site.cast.anna.employee_id)
        assert row.employments
        assert row.subjects is not None
        return row


@pytest.mark.parametrize("who", ["marina", "admin"])
def test_a_post_is_edited_and_journalled(site: Site, who: str) -> None:
    browser, path, given = edit(site, who, category_assigned_on="15.03.2024")
    page = text_of(browser.follow(browser.post(path, **given)))
    assert "Сведения о работе сохранены" in page
    row = anna(site)
    assert (row.employments[0].position, str(row.qualification_category), str(row.category_assigned_on)) == (
        "учитель алгебры",
        "first",
        "2024-03-15",
    )
    with Session(site.engine) as session:
        entry = session.scalars(select(AuditEntry).where(AuditEntry.action == "03_person_edit")).one()
    assert entry.subject_id == site.cast.anna.person.id
    assert "учитель -> учитель алгебры" in entry.reason


@pytest.mark.parametrize(
    ("field", "value", "words"),
    [
        ("position", "  ", "Напишите должность"),
        ("category_assigned_on", "когда-то", "Дата не читается"),
        ("category_assigned_on", "01.01.2999", "ещё не наступила"),
    ],
)
def test_a_form_with_a_fault_comes_back_as_typed(site: Site, field: str, value: str, words: str) -> None:
    browser, path, given = edit(site, "marina", **{"position": "учитель геометрии", field: value})
    response = browser.post(path, 422, **given)
    page = response.get_data(as_text=True)
    assert words in page
    assert field == "position" or "учитель геометрии" in page


def test_a_card_changed_meanwhile_is_not_overwritten_and_the_text_is_kept(site: Site) -> None:
    browser, path, given = edit(site, "marina")
    with transaction(site.engine) as session:
        session.get_one(Employee, site.cast.anna.employee_id).employments[0].position = "логопед"
    page = browser.post(path, 409, **given).get_data(as_text=True)
    assert "учитель алгебры" in page
    assert "логопед" in page
    assert anna(site).employments[0].position == "логопед"
    seen = re.search(r'name="seen"[^>]*value="([0-9a-f]+)"', page)
    assert seen
    browser.post(path, 303, **(given | {"seen": seen[1]}))
    assert anna(site).employments[0].position == "учитель алгебры"


@pytest.mark.parametrize(("who", "status"), [("dina", 403), ("boris", 403), ("olga", 404), ("anna", 403)])
def test_others_may_not_edit(site: Site, who: str, status: int) -> None:
    site.browser(getattr(site.cast, who)).get(f"/people/{site.cast.anna.employee_id}/post", status)


def test_nobody_edits_their_own_post(site: Site) -> None:
    site.browser(site.cast.marina).get(f"/people/{site.cast.marina.employee_id}/post", 403)


def test_an_unknown_subject_is_not_taken(site: Site) -> None:
    browser, path, given = edit(site, "marina", subjects="100000")
    browser.post(path, 422, **given)


# The move


def test_an_administrator_moves_a_person(site: Site) -> None:
    browser = site.browser(site.cast.admin)
    path = f"/people/{site.cast.anna.employee_id}/transfer"
    browser.get(path)
    page = text_of(
        browser.follow(browser.post(path, school=site.cast.ozerskaya.id, position="учитель", starts_on=clock.today().isoformat()))
    )
    assert "Человек переведён" in page
    assert "Закрепление прежнего места работы завершено" in page
    assert "Прежние места работы" in page
    assert names(site.browser(site.cast.olga).get("/people/")) == ["Образцова Анна", "Шаблонов Глеб"]
    site.browser(site.cast.marina).get(f"/people/{site.cast.anna.employee_id}", 404)
    site.browser(site.cast.boris).get(f"/people/{site.cast.anna.employee_id}", 404)
    with Session(site.engine) as session:
        assert session.scalars(select(TutorAssignment.id).where(TutorAssignment.ends_on.is_(None))).all() == []


def test_a_move_to_a_school_of_another_region_is_refused(site: Site) -> None:
    with Session(site.engine) as session:
        far = session.scalars(select(School.id).where(School.region_id == site.cast.other_region.id)).one()
    browser = site.browser(site.cast.admin)
    path = f"/people/{site.cast.anna.employee_id}/transfer"
    assert "Дальняя" not in browser.get(path)
    browser.post(path, 422, school=far, position="учитель", starts_on=clock.today().isoformat())


def test_a_move_to_the_same_school_is_explained_at_the_field(site: Site) -> None:
    browser = site.browser(site.cast.admin)
    path = f"/people/{site.cast.anna.employee_id}/transfer"
    browser.get(path)
    page = browser.post(path, 422, school=site.cast.lesnovskaya.id, position="учитель", starts_on=clock.today().isoformat())
    assert "уже работает" in page.get_data(as_text=True).replace("\u00a0", " ")


@pytest.mark.parametrize("who", ["marina", "dina", "anna"])
def test_only_an_administrator_moves(site: Site, who: str) -> None:
    site.browser(getattr(site.cast, who)).get(f"/people/{site.cast.anna.employee_id}/transfer", 403)
