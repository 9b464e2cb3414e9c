"""Pages of accounts in the order people meet them: first entry, consents, own data, the administrator's work."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta

import pytest
from sqlalchemy import Engine, event, select, update

from iom.accounts.kinds import CodePurpose, SharedPart
from iom.accounts.models import Account, Consent, OneTimeCode, RoleGrant, Sharing, SignInSession
from iom.core import clock
from iom.core.actor import Role
from iom.core.database import transaction
from iom.core.models import AuditEntry
from iom.organizations.models import Municipality, School
from tests.accounts.people import PASSWORD, sign_in, with_password
from tests.cast import make_member
from tests.site import Browser, Site
from tests.web.views import stocked


@contextmanager
def counted(engine: Engine) -> Iterator[list[str]]:
    """Collect the statements that reach the database."""
    statements: list[str] = []

    def note(_: object, __: object, statement: str, *___: object) -> None:
        if not statement.startswith(("PRAGMA", "SAVEPOINT", "RELEASE")):
            statements.append(statement)

    event.listen(engine, "before_cursor_execute", note)
    yield statements
    event.remove(engine, "before_cursor_execute", note)


def link_for(site: Site, person_id: int, purpose: CodePurpose = CodePurpose.INVITATION) -> str:
    """Let the administrator issue a link and return its path."""
    admin = site.browser(site.cast.admin)
    admin.get(f"/admin/people/{person_id}/code")
    page = admin.post(f"/admin/people/{person_id}/code", 200, purpose=purpose.value).get_data(as_text=True)
    found = re.search(r"http://localhost(/enter/[\w-]+)", page)
    assert found
    return found[1]


def test_a_link_opened_twice_is_used_once(site: Site) -> None:
    path = link_for(site, site.cast.anna.person.id)
    reader = site.browser()
    first, second = reader.get(path), reader.get(path)
    assert "Образцова Анна" in first
    assert "Лесновская СОШ, учитель" in first
    token = path.rsplit("/", 1)[1]

    reader.post("/enter/password", 422, token=token, password="коротко", password_again="коротко")
    reader.post("/enter/password", 422, token=token, password=PASSWORD, password_again="другое")
    reader.post("/enter/password", token=token, password=PASSWORD, password_again=PASSWORD)

    assert "Учётная запись" in reader.get("/account")
    assert second.count("Образцова") == first.count("Образцова")
    late = site.browser()
    page = late.get(path, 404)
    assert "её уже использовали или срок вышел" in page.replace("\u00a0", " ")
    late.post("/enter/password", 404, token=token, password=PASSWORD, password_again=PASSWORD)
    sign_in(site, site.cast.anna.account.login)


def test_a_dead_link_and_one_that_never_was_look_alike(site: Site) -> None:
    path = link_for(site, site.cast.anna.person.id)
    with transaction(site.engine) as session:
        session.execute(update(OneTimeCode).values(expires_at=clock.now() - timedelta(seconds=1)))
    pages = {re.sub(r'value="[^"]*"', "", site.browser().get(dead, 404)) for dead in (path, "/enter/" + "x" * 43)}
    assert len(pages) == 1


def test_a_link_in_a_letter_never_names_the_host_of_the_request(site: Site) -> None:
    admin = site.browser(site.cast.admin)
    admin.get(f"/admin/people/{site.cast.anna.person.id}/code")
    answer = admin.client.post(
        f"/admin/people/{site.cast.anna.person.id}/code",
        base_url="http://127.0.0.1",
        data={"csrf_token": admin.token, "purpose": "reset"},
        headers={"X-Forwarded-Host": "evil.example"},
    )
    assert "evil" not in answer.get_data(as_text=True)


def test_the_sheet_of_a_school_lets_each_in_once(site: Site) -> None:
    head = site.browser(site.cast.marina)
    assert "без пароля 1" in head.get("/staff/codes").replace("\u00a0", " ")
    head.post("/staff/codes", 422)
    head.post("/staff/codes", 422, id=site.cast.gleb.person.id)  # not of this school
    sheet = head.post("/staff/codes", 200, id=site.cast.anna.person.id).get_data(as_text=True)
    code = re.search(r'class="one-time">([0-9A-Z-]{19})<', sheet)
    assert code
    assert f"<b>{site.cast.anna.account.login}</b>" in sheet

    reader = site.browser()
    reader.get("/enter")
    reader.post("/enter", 422, login=site.cast.anna.account.login, code="0000 0000 0000 0000")
    reader.post("/enter", 422, login=site.cast.gleb.account.login, code=code[1])
    page = reader.post("/enter", 200, login=site.cast.anna.account.login, code=code[1].lower()).get_data(as_text=True)
    assert "Образцова Анна" in page
    fields = dict(re.findall(r'name="(login|code)" type="hidden" value="([^"]*)"', page))
    reader.post("/enter/password", login=fields["login"], code=fields["code"], password=PASSWORD, password_again=PASSWORD)
    site.browser().get("/enter")
    again = site.browser()
    again.get("/enter")
    again.post("/enter", 422, login=site.cast.anna.account.login, code=code[1])


def test_printed_codes_are_tried_ten_times_at_most(site: Site) -> None:
    reader = site.browser()
    reader.get("/enter")
    for _ in range(10):
        reader.post("/enter", 422, login=site.cast.anna.account.login, code="0000 0000 0000 0000")
    refused = reader.post("/enter", 429, login=site.cast.anna.account.login, code="0000 0000 0000 0000")
    assert int(refused.headers["Retry-After"]) > 0


def newcomer(site: Site) -> Browser:
    """Return the browser of a teacher who was asked nothing yet."""
    with transaction(site.engine) as session:
        member = make_member(session, site.cast.region, "Новая", "Нора", school=session.merge(site.cast.lesnovskaya), code="T50")
        session.query(Consent).filter_by(person_id=member.person.id).delete()
    return site.browser(member)


def test_consents_are_asked_one_by_one_and_nothing_is_ticked_before(site: Site) -> None:
    browser = newcomer(site)
    assert browser.client.get("/").headers["Location"] == "/consents"
    answer = browser.client.get("/consents")
    assert answer.headers["Location"] == "/consents/personal_data"
    page = browser.follow(answer)
    buttons = re.findall(r'<button class="(btn[^"]*)" type="submit" name="answer" value="(yes|no)"', page)
    assert [value for _, value in buttons] == ["yes", "no"]
    assert len({classes for classes, _ in buttons}) == 1  # two equal buttons
    assert "checked" not in page
    assert 'Согласиться<span class="visually-hidden">: обработка персональных данных</span>' in page

    browser.post("/consents/personal_data", 422, version="2026-11")
    browser.post("/consents/personal_data", 409, version="2020-01", answer="yes")
    done = browser.post("/consents/personal_data", version="2026-11", answer="yes")
    assert browser.client.get(done.headers["Location"]).headers["Location"] == "/consents/diagnostics"
    browser.get("/consents/diagnostics")
    done = browser.post("/consents/diagnostics", version="2026-11", answer="no")
    assert browser.client.get(done.headers["Location"]).headers["Location"] == "/routes/"
    page = browser.get("/my-data").replace("\u00a0", " ")
    assert "Вы не дали согласие на диагностику. Это нормально" in page


def test_a_yes_leads_back_to_the_page_that_asked_and_never_outside(site: Site) -> None:
    browser = newcomer(site)
    page = browser.get("/consents/diagnostics", next="/diagnostics/4/start?part=2")
    assert 'name="next" value="/diagnostics/4/start?part=2"' in page
    for target, led in (("/diagnostics/4/start?part=2", "/diagnostics/4/start?part=2"), ("//evil", "/"), ("", "/consents")):
        done = browser.post("/consents/diagnostics", version="2026-11", answer="yes", next=target)
        assert done.headers["Location"] == led
    done = browser.post("/consents/diagnostics", version="2026-11", answer="no", next="/diagnostics/4/start")
    assert done.headers["Location"] == "/consents"


def test_a_consent_of_no_known_kind_is_no_page(site: Site) -> None:
    site.browser(site.cast.anna).get("/consents/marketing", 404)


def test_withdrawal_takes_two_clicks_and_shows_until_when_data_is_destroyed(site: Site) -> None:
    browser = site.browser(site.cast.anna)
    page = browser.get("/my-data")
    first = re.search(r'href="(/my-data/withdraw/diagnostics)"', page)
    assert first
    browser.get(first[1])
    browser.follow(browser.post("/my-data/withdraw/diagnostics"))
    page = browser.get("/my-data").replace("\u00a0", " ").replace("&nbsp;", " ")
    due = clock.now() + timedelta(days=30)
    months = ["января", "февраля", "марта", "апреля", "мая", "июня", "июля", "августа", "сентября", "октября", "ноября", "декабря"]
    assert re.search(
        rf"Данные уничтожат до ({due.day}|{(due + timedelta(hours=3)).day}) {months[(due + timedelta(hours=3)).month - 1]}", page
    )
    browser.get("/my-data/withdraw/diagnostics")
    browser.post("/my-data/withdraw/diagnostics", 409)


def test_the_profile_is_opened_and_closed_with_a_day_in_any_writing(site: Site) -> None:
    browser = site.browser(site.cast.anna)
    browser.get("/my-data")
    day = clock.today() + timedelta(days=40)
    browser.post("/my-data/share/profile", 422, **{"profile-until": "завтра"})
    browser.post("/my-data/share/profile", 422, **{"profile-until": "01.01.2020"})
    for written in (f"{day:%d.%m.%Y}", f"{day:%Y-%m-%d}", f"{day:%d/%m/%Y}", f"{day:%d.%m.%y}"):
        browser.post("/my-data/share/profile", **{"profile-until": written})
    with transaction(site.engine) as session:
        rows = session.scalars(select(Sharing).order_by(Sharing.id)).all()
    assert [(row.part, row.until) for row in rows] == [(SharedPart.PROFILE, day)] * 4
    assert [row.ended_at is None for row in rows] == [False, False, False, True]
    browser.get("/my-data")
    browser.post("/my-data/unshare/profile")
    assert "Доступ закрыт." in browser.get("/my-data")
    browser.post("/my-data/share/everything", 404, until="01.01.2030")


def test_whoever_said_no_to_everything_still_has_the_catalog_help_and_own_pages(site: Site) -> None:
    stocked(site)
    browser = newcomer(site)
    browser.get("/consents/personal_data")
    browser.post("/consents/personal_data", version="2026-11", answer="no")
    assert browser.client.get("/consents").headers["Location"] == "/routes/"  # nothing more is asked
    for path in ("/catalog/", "/help", "/my-data", "/account", "/routes/"):
        browser.get(path)


def test_an_administrator_adds_a_person_gives_a_role_and_a_second_one_confirms(site: Site) -> None:
    with transaction(site.engine) as session:
        second = make_member(session, site.cast.region, "Вторая", "Роза", role=Role.ADMIN)
    admin, roza = site.browser(site.cast.admin), site.browser(second)
    admin.get("/admin/people/new")
    admin.post("/admin/people/new", 422, last_name="", first_name="Нора", login="p-90")
    admin.post("/admin/people/new", 422, last_name="Новая", first_name="Нора", login=site.cast.anna.account.login)
    made = admin.post("/admin/people/new", last_name="Новая", first_name="Нора", login="p-90")
    person = int(made.headers["Location"].rsplit("/", 1)[1])

    admin.get(f"/admin/people/{person}/roles/new")
    admin.post(f"/admin/people/{person}/roles/new", 422, role="school_head")  # no school chosen
    admin.post(f"/admin/people/{person}/roles/new", 422, role="emperor")
    admin.post(f"/admin/people/{person}/roles/new", role="school_head", school=site.cast.lesnovskaya.id)
    with transaction(site.engine) as session:
        grant = session.scalars(select(RoleGrant).where(RoleGrant.person_id == person)).one()
    assert "Ждёт подтверждения" in admin.get(f"/admin/people/{person}")
    admin.post(f"/admin/roles/{grant.id}/confirm", 409)
    roza.get(f"/admin/people/{person}")
    roza.post(f"/admin/roles/{grant.id}/confirm")
    assert "Ждёт подтверждения" not in roza.get(f"/admin/people/{person}")


def test_a_role_is_not_given_from_a_screen_left_open(site: Site) -> None:
    login = with_password(site, site.cast.admin)
    admin = sign_in(site, login)
    with transaction(site.engine) as session:
        session.execute(update(SignInSession).values(confirmed_at=clock.now() - timedelta(minutes=11)))
    path = f"/admin/people/{site.cast.anna.person.id}/roles/new"
    assert 'name="own_password"' in admin.get(path)
    kept = admin.post(path, 422, role="tutor").get_data(as_text=True)
    assert '<option selected value="tutor">' in kept
    admin.post(path, 422, role="tutor", own_password="неверно")
    admin.post(path, role="tutor", own_password=PASSWORD)
    with transaction(site.engine) as session:
        grant = session.scalars(
            select(RoleGrant).where(RoleGrant.role == Role.TUTOR, RoleGrant.person_id == site.cast.anna.person.id)
        ).one()
        session.execute(update(SignInSession).values(confirmed_at=clock.now() - timedelta(minutes=11)))
    admin.get(f"/admin/people/{site.cast.anna.person.id}")
    answer = admin.post(f"/admin/roles/{grant.id}/confirm", back=f"/admin/people/{site.cast.anna.person.id}")
    assert answer.headers["Location"].startswith("/account/confirm?next=")
    admin.follow(answer)
    assert admin.client.post(answer.headers["Location"], data={"csrf_token": admin.token, "own_password": PASSWORD}).headers[
        "Location"
    ] == (f"/admin/people/{site.cast.anna.person.id}")


def test_results_of_people_are_nowhere_on_the_administrators_pages(site: Site) -> None:
    page = site.browser(site.cast.admin).get(f"/admin/people/{site.cast.anna.person.id}")
    assert "Результаты и&nbsp;маршруты здесь не&nbsp;показываются." in page
    assert not re.search(r'href="/(profile|routes|diagnostics)[^"]*"', page)


def test_the_journal_shows_what_was_done_and_its_tail_is_checked(site: Site) -> None:
    admin = site.browser(site.cast.admin)
    admin.get(f"/admin/people/{site.cast.gleb.person.id}")
    admin.post(f"/admin/people/{site.cast.gleb.person.id}/close")
    page = admin.get("/admin/journal", q="шаблонов", outcome="done")
    assert "Закрытие и открытие записи" in page
    assert "Таких строк нет" in admin.get("/admin/journal", action="factor_on")
    admin.get("/admin/journal", since="тридцатое", page="x", before="y", object="school:12", person="z")
    page = admin.follow(admin.post("/admin/journal/check"))
    assert "журнал цел" in page


def test_a_filter_in_the_address_cannot_lead_outside(site: Site) -> None:
    admin = site.browser(site.cast.admin)
    page = admin.get("/admin/people?q=%D0%B0&_scheme=javascript&_external=1&endpoint=x")
    assert "javascript:" not in page
    assert all(href.startswith(("/", "#")) for href in re.findall(r'<a[^>]*href="([^"]+)"', page))


def test_settings_of_the_region_changed_meanwhile_are_shown_beside_the_own_text(site: Site) -> None:
    first, second = site.browser(site.cast.admin), site.browser(site.cast.admin)
    page = first.get("/admin/organizations/region")
    seen = re.search(r'name="seen"[^>]*value="(\w+)"', page)
    assert seen
    second.get("/admin/organizations/region")
    values = {
        "name": "Лесогорская область",
        "approval_chain": "tutor",
        "tutor_days": 7,
        "head_days": 5,
        "min_group_size": 5,
        "timezone": "Europe/Moscow",
    }
    second.post("/admin/organizations/region", **values, seen=seen[1])

    mine = {**values, "approval_chain": "tutor_center", "tutor_days": 12}
    conflict = first.post("/admin/organizations/region", 409, **mine, seen=seen[1]).get_data(as_text=True)

    assert "Пока вы правили, это изменили." in conflict
    assert "Только тьютор" in conflict
    assert 'value="12"' in conflict
    fresh = re.search(r'name="seen"[^>]*value="(\w+)"', conflict)
    assert fresh
    first.post("/admin/organizations/region", **mine, seen=fresh[1])
    first.post("/admin/organizations/region", 422, **{**mine, "min_group_size": 4}, seen=fresh[1])


def test_a_school_is_added_and_its_code_is_unique(site: Site) -> None:
    admin = site.browser(site.cast.admin)
    path = f"/admin/organizations/{site.cast.lesnoe.id}/schools/new"
    admin.get(path)
    values = {"name": "Новая средняя школа", "short_name": "Новая СОШ", "municipality": site.cast.lesnoe.id}
    page = admin.post(path, 422, **values, code="S1").get_data(as_text=True)
    assert "Такой код уже есть" in page
    assert 'value="Новая СОШ"' in page
    admin.post(path, **values, code="S77")
    with transaction(site.engine) as session:
        made = session.scalars(select(School).where(School.code == "S77")).one()
        far = session.scalars(select(Municipality.id).where(Municipality.region_id == site.cast.other_region.id)).one()
    admin.get(f"/admin/schools/{made.id}")
    admin.post(f"/admin/schools/{made.id}", 422, **{**values, "municipality": far}, code="S77", seen="x")
    admin.post(f"/admin/schools/{made.id}/close")
    admin.post(f"/admin/schools/{site.cast.lesnovskaya.id}/close", 409)


@pytest.mark.parametrize(
    ("path", "bound"),
    [("/admin/people", 9), ("/admin/journal", 8), ("/admin/organizations", 8), ("/my-data", 11), ("/account", 9)],
)
def test_the_number_of_queries_does_not_grow_with_rows(site: Site, path: str, bound: int) -> None:
    member = site.cast.anna if path in {"/my-data", "/account"} else site.cast.admin
    browser = site.browser(member)
    browser.get(path)
    with counted(site.engine) as few:
        browser.get(path)
    with transaction(site.engine) as session:
        region = session.merge(site.cast.region)
        for number in range(20):
            extra = make_member(session, region, f"Листова{number:02}", "Ада", role=Role.TUTOR)
            session.add(
                AuditEntry(
                    at=clock.now(),
                    region_id=region.id,
                    actor_id=extra.person.id,
                    role="tutor@region:1",
                    action="12_profile_view",
                    subject_id=site.cast.anna.person.id,
                    outcome="done",
                    hash=f"x{number}",
                )
            )
            session.add(Municipality(region_id=region.id, code=f"N{number}", name=f"Район {number}"))
    with counted(site.engine) as many:
        browser.get(path)
    assert len(few) == len(many) <= bound


def test_the_look_of_pages_is_chosen_kept_and_taken_back(site: Site) -> None:
    browser = site.browser()
    browser.get("/display")
    browser.post("/display", 422, size="900")
    done = browser.post("/display", size="200", scheme="wb", spacing="wide", images="off", theme="", keys="", back="/help")
    assert done.headers["Location"] == "/help"
    page = browser.get("/help")
    assert re.search(r'<html lang="ru" data-scheme="wb" data-size="200" data-spacing="wide" data-images="off">', page)
    page = browser.get("/display")
    assert re.search(r'checked[^>]*value="wb"|value="wb"[^>]*checked', page)
    browser.post("/display", usual="1", size="200", scheme="wb", spacing="wide", images="off", theme="", keys="", back="//evil")
    assert re.search(r'<html lang="ru">', browser.get("/help"))


def test_a_forged_display_cookie_changes_nothing(site: Site) -> None:
    browser = site.browser()
    browser.client.set_cookie("iom-display", 'scheme:evil|size:200"|x|theme:dark|:|a:b:c')
    page = browser.get("/help")
    assert re.search(r'<html lang="ru" data-bs-theme="dark">', page)


def test_public_pages_are_open_and_name_the_operator(site: Site) -> None:
    for path in ("/help", "/privacy", "/accessibility", "/forgotten", "/enter", "/login"):
        page = site.browser().get(path)
        assert "{operator" not in page


def test_codes_given_by_a_school_are_journalled_without_the_code(site: Site) -> None:
    head = site.browser(site.cast.marina)
    head.get("/staff/codes")
    sheet = head.post("/staff/codes", 200, id=site.cast.anna.person.id).get_data(as_text=True)
    code = re.search(r'class="one-time">([0-9A-Z-]{19})<', sheet)
    assert code
    with transaction(site.engine) as session:
        line = session.scalars(select(AuditEntry).where(AuditEntry.action == "07_code_issue")).one()
        account = session.get_one(Account, site.cast.anna.account.id)
    assert (line.actor_id, line.subject_id, line.object_id) == (site.cast.marina.person.id, site.cast.anna.person.id, account.id)
    assert code[1] not in repr(vars(line))
