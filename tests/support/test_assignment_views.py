"""«Закрепление» through the browser: the load, the choice, what is refused and stays chosen."""

import re

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from iom.core.actor import Role
from iom.core.database import transaction
from iom.support import assigning
from iom.support.models import MethodistAssignment, TutorAssignment
from tests.cast import Member, make_member
from tests.site import Site


def text_of(html: str) -> str:
    return re.sub(r"\s+", " ", re.sub("<[^>]+>", " ", html.replace("\u00a0", " ").replace("&nbsp;", " "))).strip()


def names(html: str) -> list[str]:
    return re.findall(r'class="who-name"[^>]*>([^<]+)<', html)


@pytest.fixture
def timur(site: Site) -> Member:
    """A second tutor."""
    with transaction(site.engine) as session:
        return make_member(session, site.cast.region, "Второй", "Тимур", role=Role.TUTOR)


def tutors(site: Site) -> dict[int, int]:
    with Session(site.engine) as session:
        rows = session.execute(select(TutorAssignment.employee_id, TutorAssignment.tutor_id).where(TutorAssignment.ends_on.is_(None)))
        return {employee: tutor for employee, tutor in rows}  # noqa: C416


def test_the_page_tells_the_load_and_who_has_nobody(site: Site, timur: Member) -> None:
    browser = site.browser(site.cast.dina)
    page = browser.get("/people/assignments")
    words = text_of(page)
    assert "Без тьютора: 2 педагога" in words
    assert "Борис Примеров тьютор 1 249" in words
    assert "Тимур Второй тьютор 0 250" in words
    assert names(browser.get("/people/assignments", who="without")) == ["Шаблонов Глеб", "Шаблонова Марина"]
    assert names(browser.get("/people/assignments", holder=site.cast.boris.person.id)) == ["Образцова Анна"]


def test_methodists_have_a_page_of_their_own(site: Site) -> None:
    page = text_of(site.browser(site.cast.dina).get("/people/assignments", kind="methodist"))
    assert "Без методиста: 2 педагога" in page
    assert "Вера Условная региональный методист 1 249" in page


def test_chosen_people_are_given_and_the_list_stays(site: Site, timur: Member) -> None:
    browser = site.browser(site.cast.dina)
    browser.get("/people/assignments", who="without")
    chosen = [site.cast.gleb.employee_id, site.cast.anna.employee_id]
    response = browser.post("/people/assignments?kind=tutor&who=without", id=chosen, holder=timur.person.id)
    assert response.headers["Location"].endswith("kind=tutor&who=without")
    assert "Тимур Второй: закреплены впервые: 1, перешли от других: 1." in text_of(browser.follow(response))
    assert tutors(site) == dict.fromkeys(chosen, timur.person.id)


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"holder": "0"}, "Выберите в списке, за кем закрепить"),
        ({"holder": "999999"}, "Выберите в списке, за кем закрепить"),
        ({}, "Выберите в списке, за кем закрепить"),
    ],
)
def test_without_a_holder_nothing_happens_and_the_choice_is_kept(site: Site, fields: dict[str, str], words: str) -> None:
    browser = site.browser(site.cast.dina)
    browser.get("/people/assignments")
    page = browser.post("/people/assignments", 422, id=[site.cast.gleb.employee_id], **fields).get_data(as_text=True)
    assert words in text_of(page)
    assert re.search(rf'value="{site.cast.gleb.employee_id}" checked', page)
    assert tutors(site) == {site.cast.anna.employee_id: site.cast.boris.person.id}


def test_nobody_chosen(site: Site) -> None:
    browser = site.browser(site.cast.dina)
    browser.get("/people/assignments")
    page = browser.post("/people/assignments", 422, holder=site.cast.boris.person.id).get_data(as_text=True)
    assert "Никто не выбран" in text_of(page)


def test_over_the_norm_the_centre_is_asked_why(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(assigning, "NORM", 1)
    people = [site.cast.gleb.employee_id]
    browser = site.browser(site.cast.dina)
    path = "/people/assignments?kind=methodist"
    browser.get(path)
    page = browser.post(path, 422, id=people, holder=site.cast.vera.person.id).get_data(as_text=True)
    assert "Почему больше нормы" in page
    browser.post(path, 303, id=people, holder=site.cast.vera.person.id, reason="до конца года")
    with Session(site.engine) as session:
        row = session.scalars(select(MethodistAssignment).where(MethodistAssignment.employee_id == site.cast.gleb.employee_id)).one()
    assert row.override_reason == "до конца года"


def test_over_the_norm_a_school_is_sent_to_the_centre(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(assigning, "NORM", 1)
    browser = site.browser(site.cast.marina)
    path = "/people/assignments?kind=methodist"
    browser.get(path)
    page = browser.post(path, 422, id=[site.cast.marina.employee_id], holder=site.cast.vera.person.id, reason="x").get_data(as_text=True)
    assert "превышение разрешает методист ЦНППМ" in text_of(page)
    assert 'name="reason"' not in page


@pytest.mark.parametrize(("who", "seen"), [("marina", ["Образцова Анна", "Шаблонова Марина"]), ("olga", ["Шаблонов Глеб"])])
def test_a_school_gives_its_own_people(site: Site, who: str, seen: list[str]) -> None:
    assert names(site.browser(getattr(site.cast, who)).get("/people/assignments")) == seen


def test_a_foreign_key_in_the_form_is_not_found_and_nothing_is_written(site: Site) -> None:
    browser = site.browser(site.cast.marina)
    browser.get("/people/assignments")
    both = [site.cast.marina.employee_id, site.cast.gleb.employee_id]
    browser.post("/people/assignments", 404, id=both, holder=site.cast.boris.person.id)
    assert tutors(site) == {site.cast.anna.employee_id: site.cast.boris.person.id}


@pytest.mark.parametrize("who", ["anna", "boris", "admin"])
def test_others_have_no_such_page(site: Site, who: str) -> None:
    site.browser(getattr(site.cast, who)).get("/people/assignments", 403)
