"""The profile in the browser: what it says, to whom, what it notes, how many queries it costs."""

import re
from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import select

from iom.accounts.kinds import SharedPart
from iom.accounts.models import Sharing
from iom.core import clock
from iom.core.database import open_session, transaction
from iom.core.models import AuditEntry
from iom.diagnostics.service import SaveAnswers, SentAnswer, StartAttempt, save_answers, start
from iom.policy import Action
from iom.profiles.finishing import FinishAttempt, finish_attempt
from iom.profiles.importing import ImportedRow, import_results
from iom.profiles.kinds import DeficitKind, DeficitStatus
from iom.profiles.models import Deficit, PersonalRequest
from tests.cast import Member
from tests.diagnostics.samples import COMPETENCIES, Bank, by_competency, take
from tests.queries import counted
from tests.site import Browser, Site

SEPTEMBER = datetime(2026, 9, 3, 9, tzinfo=UTC)


def rate(site: Site, bank: Bank, now: datetime | None = None, **ratings: int) -> None:
    """Анна rates the competencies and finishes."""
    moment = now or clock.now()
    actor = site.cast.anna.actor
    with transaction(site.engine) as session:
        attempt = take(session, actor, bank.diagnostic, by_competency(**ratings), moment)
        finish_attempt(session, actor, FinishAttempt(attempt.id), moment)


def bring(site: Site, *rows: ImportedRow, source: str = "Региональная диагностика") -> None:
    with transaction(site.engine) as session:
        import_results(session, None, site.cast.anna.employee_id, source, rows, clock.now())


def row(code: str, percent: float, n: int = 25, on: date = date(2026, 9, 3)) -> ImportedRow:
    return ImportedRow(code, percent, on, n)


def share(site: Site, part: SharedPart) -> None:
    with transaction(site.engine) as session:
        session.add(
            Sharing(
                region_id=site.cast.region.id,
                person_id=site.cast.anna.person.id,
                part=part,
                started_at=clock.now(),
                until=clock.today() + timedelta(days=30),
            )
        )


def plain(page: str) -> str:
    """Return a page with its no-break spaces as plain ones."""
    return page.replace("&nbsp;", " ").replace("\u00a0", " ")


def open_profile(site: Site, member: Member | None = None, **query: str) -> str:
    if member is None:
        return plain(site.browser(site.cast.anna).get("/profile/", **query))
    return plain(site.browser(member).get(f"/profile/{site.cast.anna.employee_id}", **query))


def journal(site: Site) -> list[tuple[str, int | None]]:
    with open_session(site.engine, writes=False) as session:
        rows = session.scalars(select(AuditEntry).where(AuditEntry.object_type == "profile").order_by(AuditEntry.id))
        return [(line.action, line.actor_id) for line in rows]


def heading(page: str) -> str:
    found = re.search(r"<h1>(.*?)</h1>", page)
    assert found is not None
    return found[1]


def section(page: str, title: str) -> str:
    """Return the part of a page under a second heading."""
    parts = re.split(r"<h2", page)
    return next(part for part in parts if f">{title}</h2>" in part)


def test_before_any_diagnostic_the_page_leads_to_it(site: Site, site_bank: Bank) -> None:
    page = open_profile(site)
    assert heading(page) == "Профиль появится после диагностики"
    assert 'href="/diagnostics/"' in page


def test_ratings_alone_are_told_as_what_they_are(site: Site, site_bank: Bank) -> None:
    rate(site, site_bank, ME_1=3, ME_2=0, PP_1=2, PP_2=3)
    page = open_profile(site)
    assert heading(page) == "Пока только ваша оценка: дефицит по ней не объявляем"
    needed = section(page, "Где нужна поддержка, по вашей оценке")
    assert "Оценивание результатов" in needed
    assert "заявленное затруднение" in needed
    assert "самооценка: 3 ответа" in needed
    assert "Дефицит закрыт" not in page


def test_deficits_and_doubts_are_counted_in_the_heading(site: Site, site_bank: Bank) -> None:
    # 20, 24 and 28 % of 25 tasks are deficits; 60 % of 10 is neither.
    bring(site, row("ME.1", 20), row("ME.2", 24), row("PP.1", 28), row("PP.2", 60, 10))
    page = open_profile(site)
    assert heading(page) == "Три дефицита, один под вопросом"
    assert [title for title in COMPETENCIES.values() if title in section(page, "Где нужна поддержка")] == [
        "Проектирование урока",
        "Оценивание результатов",
        "Возрастные особенности",
    ]
    assert "Работа с классом" in section(page, "Под вопросом")


def test_a_level_is_told_with_its_band_and_what_it_rests_on(site: Site, site_bank: Bank) -> None:
    bring(site, row("ME.2", 52, 25, clock.today()))
    found = section(open_profile(site), "Где нужна поддержка")
    # Beta(14, 13): mean 51.85, deviation 9.44; the 10 % and 90 % quantiles lie about 1.28 deviations away, at 39.8 and 63.9.
    assert "<b>52 %</b>" in found
    assert "52 %, скорее всего от 40 до 64" in found
    assert "25 заданий" in found
    assert "Региональная диагностика" in found
    assert "в 80 случаях из 100" in found


def test_no_deficit_is_told_too(site: Site, site_bank: Bank) -> None:
    bring(site, row("ME.1", 95), row("ME.2", 92))
    page = open_profile(site)
    assert heading(page) == "Дефицитов не найдено"
    assert "Маршрут можно собрать под ваш запрос" in page
    assert "Ещё две компетенции на базовом уровне и выше" in page


def test_the_gap_between_rating_and_tasks_is_no_reproach(site: Site, site_bank: Bank) -> None:
    rate(site, site_bank, ME_1=0, ME_2=3, PP_1=0, PP_2=0)
    bring(site, row("ME.2", 20, 25, clock.today()))
    found = section(open_profile(site), "Где нужна поддержка")
    assert "Расхождение самооценки" in found
    assert "выше, чем показали задания" in found
    assert "а не ошибка" in found


def test_a_repeat_shows_before_after_and_how_the_deficit_ended(site: Site, site_bank: Bank) -> None:
    bring(site, row("ME.2", 30))
    bring(site, row("ME.2", 88, 25, clock.today()))
    page = open_profile(site)
    found = section(page, "Что получается")
    assert "Дефицит закрыт." in found
    assert "Было 31 % (3 сентября), стало 85 %" in found
    assert 'class="was"' in found
    history = plain(site.browser(site.cast.anna).get(f"/profile/{site.cast.anna.employee_id}/attempts"))
    assert "Что изменилось" in history
    assert "Рост вероятен в 99 случаях из 100" in history


def test_a_repeat_of_ratings_claims_no_growth(site: Site, site_bank: Bank) -> None:
    rate(site, site_bank, SEPTEMBER, ME_1=3, ME_2=0, PP_1=3, PP_2=3)
    rate(site, site_bank, ME_1=3, ME_2=3, PP_1=3, PP_2=3)
    page = open_profile(site)
    assert "Самооценка: было" in page
    assert "рост и закрытие дефицита по нему не считаем" in page
    assert "Рост вероятен" not in page


@pytest.mark.parametrize("query", [{"view": "table"}, {"вид": "таблица"}])
def test_the_table_says_what_the_bars_say(site: Site, site_bank: Bank, query: dict[str, str]) -> None:
    bring(site, row("ME.2", 52, 25, clock.today()), row("PP.1", 95, 25, clock.today()))
    page = open_profile(site, **query)
    assert '<svg class="dbar' not in page
    cells = re.findall(r"<td[^>]*>(.*?)</td>", page)
    assert cells[:3] == ["Где нужна поддержка", "52 %", "от 40 до 64"]
    assert heading(page) == "Один дефицит"


def test_one_competency_down_to_ones_own_answers(site: Site, site_bank: Bank) -> None:
    rate(site, site_bank, ME_1=3, ME_2=1)
    page = plain(site.browser(site.cast.anna).get(f"/profile/{site.cast.anna.employee_id}/competencies/ME.2"))
    answers = section(page, "Мои ответы")
    assert answers.count("Ступень 1") == 3
    assert "Утверждение S-ME-2-1-1" in answers
    assert "S-ME-1-1" not in page


def test_the_tutor_sees_the_profile_and_not_the_answers(site: Site, site_bank: Bank) -> None:
    rate(site, site_bank, ME_1=3, ME_2=1)
    assert "Анна Образцова" in open_profile(site, site.cast.boris)
    browser = site.browser(site.cast.boris)
    address = f"/profile/{site.cast.anna.employee_id}/competencies/ME.2"
    page = plain(browser.get(address))
    assert "Ступень" not in page
    assert "S-ME-2" not in page
    assert "пока не откроет их вам" in page
    share(site, SharedPart.ANSWERS)
    assert "Ступень 1" in browser.get(address)


def test_every_view_by_another_is_in_the_journal_and_ones_own_is_not(site: Site, site_bank: Bank) -> None:
    rate(site, site_bank, ME_1=3, ME_2=1)
    share(site, SharedPart.ANSWERS)
    open_profile(site)
    assert journal(site) == []
    open_profile(site, site.cast.boris)
    site.browser(site.cast.vera).get(f"/profile/{site.cast.anna.employee_id}/competencies/ME.2")
    boris, vera = site.cast.boris.person.id, site.cast.vera.person.id
    assert journal(site) == [(Action.PROFILE_VIEW, boris), (Action.PROFILE_VIEW, vera), (Action.ANSWERS_VIEW, vera)]


@pytest.mark.parametrize(
    ("who", "status"),
    [("boris", 200), ("vera", 200), ("marina", 403), ("dina", 403), ("admin", 403), ("gleb", 404), ("olga", 404), ("stranger", 404)],
)
def test_who_opens_a_profile(site: Site, site_bank: Bank, who: str, status: int) -> None:
    rate(site, site_bank, ME_1=3, ME_2=1)
    browser = site.browser(getattr(site.cast, who))
    employee_id = site.cast.anna.employee_id
    for address in ("", "/competencies/ME.2", "/attempts"):
        page = browser.get(f"/profile/{employee_id}{address}", status)
        assert ("Оценивание результатов" in page) == (status == 200 and address != "/attempts")


def test_the_head_sees_it_after_the_person_shares_and_only_looks(site: Site, site_bank: Bank) -> None:
    rate(site, site_bank, ME_1=3, ME_2=1)
    share(site, SharedPart.PROFILE)
    page = open_profile(site, site.cast.marina)
    assert "Мне важно" not in page
    assert "Добавить дефицит" not in page
    assert "Снять" not in page
    assert "Подобрать маршрут" not in page


def test_a_person_without_an_employee_record_has_no_profile(site: Site, site_bank: Bank) -> None:
    site.browser(site.cast.boris).get("/profile/", 404)
    site.browser(site.cast.boris).get("/profile/request", 404)
    site.browser(site.cast.boris).get("/profile/how-counted")


@pytest.mark.parametrize("address", ["/profile/999999", "/profile/999999/competencies/ME.2", "/profile/999999/attempts"])
def test_nobody_is_found_where_nobody_is(site: Site, site_bank: Bank, address: str) -> None:
    site.browser(site.cast.dina).get(address, 404)


def test_an_unmeasured_competency_has_no_page(site: Site, site_bank: Bank) -> None:
    site.browser(site.cast.anna).get(f"/profile/{site.cast.anna.employee_id}/competencies/ME.2", 404)


def test_one_marks_and_unmarks_what_matters(site: Site, site_bank: Bank) -> None:
    rate(site, site_bank, ME_1=3, ME_2=1, PP_1=3, PP_2=3)
    browser = site.browser(site.cast.anna)
    browser.get("/profile/")
    address = f"/profile/{site.cast.anna.employee_id}/marks"
    response = browser.post(address, competency="ME.2", is_marked="y")
    assert response.headers["Location"].endswith("/profile/#c-ME.2")
    page = plain(browser.get("/profile/"))
    assert "Снять отметку «важно»" in page
    browser.post(address, competency="ME.2")
    assert "Снять отметку" not in browser.get("/profile/")


def test_a_mark_on_what_does_not_exist_is_refused(site: Site, site_bank: Bank) -> None:
    browser = site.browser(site.cast.anna)
    browser.get("/profile/request")
    address = f"/profile/{site.cast.anna.employee_id}/marks"
    browser.post(address, 409, competency="XX.1", is_marked="y")
    browser.post(address, 404, competency="", is_marked="y")


def test_the_request_is_written_changed_and_its_history_kept(site: Site, site_bank: Bank) -> None:
    browser = site.browser(site.cast.anna)
    browser.get("/profile/request")
    browser.post("/profile/request", text="Хочу вести уроки-исследования")
    browser.post("/profile/request", text="Работа с данными о селе\r\nи о погоде")
    page = browser.get("/profile/request")
    assert "Работа с данными о селе\nи о погоде</textarea>" in page
    assert "Хочу вести уроки-исследования" in page
    assert "Работа с данными о селе" in browser.get("/profile/")


@pytest.mark.parametrize("text", ["я" * 1001, "Скрытый\x07знак"])
def test_a_request_that_cannot_be_kept_comes_back_as_typed(site: Site, site_bank: Bank, text: str) -> None:
    browser = site.browser(site.cast.anna)
    browser.get("/profile/request")
    page = browser.post("/profile/request", 422, text=text).get_data(as_text=True)
    assert text in page
    assert "Ошибка" in page
    with open_session(site.engine, writes=False) as session:
        assert session.scalars(select(PersonalRequest)).all() == []


@pytest.mark.parametrize("text", ["<script>alert(1)</script>", "{{7*7}}", "\"'><img src=x>", "' OR 1=1 --"])
def test_what_people_type_is_shown_as_typed(site: Site, site_bank: Bank, text: str) -> None:
    browser = site.browser(site.cast.anna)
    browser.get("/profile/request")
    browser.post("/profile/request", text=text)
    page = browser.get("/profile/")
    assert "<script>alert" not in page
    assert "<img src=x>" not in page
    with open_session(site.engine, writes=False) as session:
        assert session.scalars(select(PersonalRequest.text)).all() == [text]


def test_a_tutor_adds_and_sets_aside_with_a_reason(site: Site, site_bank: Bank) -> None:
    rate(site, site_bank, ME_1=3, ME_2=1)
    employee_id = site.cast.anna.employee_id
    browser = site.browser(site.cast.boris)
    browser.get(f"/profile/{employee_id}/deficits/add")
    form = {"competency": "PP.2", "depth": "medium", "reason": "Видел на уроке 20 ноября"}
    browser.post(f"/profile/{employee_id}/deficits/add", 422, **(form | {"reason": ""}))
    browser.post(f"/profile/{employee_id}/deficits/add", 422, **(form | {"depth": "huge"}))
    browser.post(f"/profile/{employee_id}/deficits/add", 422, **(form | {"competency": "XX"}))
    browser.post(f"/profile/{employee_id}/deficits/add", **form)
    again = browser.post(f"/profile/{employee_id}/deficits/add", 422, **form).get_data(as_text=True)
    assert "уже есть" in again
    assert "Видел на уроке 20 ноября" in again
    page = open_profile(site)
    assert heading(page) == "Один дефицит"
    assert "Видел на уроке 20 ноября" in page
    assert "Борис Примеров" in page
    with open_session(site.engine, writes=False) as session:
        deficit_id = session.scalars(select(Deficit.id).where(Deficit.kind == DeficitKind.DEFICIT)).one()
    address = f"/profile/{employee_id}/deficits/{deficit_id}/drop"
    browser.get(address)
    browser.post(address, 422, reason=" ")
    browser.post(address, reason="На втором уроке всё получилось")
    browser.get(address, 409)
    page = open_profile(site)
    assert "На втором уроке всё получилось" in section(page, "Снято с рассмотрения")
    with open_session(site.engine, writes=False) as session:
        assert session.get_one(Deficit, deficit_id).status is DeficitStatus.DROPPED


def test_owners_set_aside_their_claim_and_not_a_deficit(site: Site, site_bank: Bank) -> None:
    rate(site, site_bank, ME_1=3, ME_2=0, PP_1=3, PP_2=3)
    bring(site, row("PP.1", 20))
    browser = site.browser(site.cast.anna)
    page = browser.get("/profile/")
    employee_id = site.cast.anna.employee_id
    dropping = re.findall(rf"/profile/{employee_id}/deficits/(\d+)/drop", page)
    assert len(dropping) == 1
    with open_session(site.engine, writes=False) as session:
        kinds = {need.kind: need.id for need in session.scalars(select(Deficit))}
    assert int(dropping[0]) == kinds[DeficitKind.CLAIM]
    browser.get(f"/profile/{employee_id}/deficits/{kinds[DeficitKind.CLAIM]}/drop")
    browser.post(f"/profile/{employee_id}/deficits/{kinds[DeficitKind.DEFICIT]}/drop", 409, reason="Не согласна")
    browser.post(f"/profile/{employee_id}/deficits/{kinds[DeficitKind.CLAIM]}/drop", reason="Разобралась")


@pytest.mark.parametrize(
    ("who", "status"), [("marina", 403), ("dina", 403), ("admin", 403), ("gleb", 404), ("olga", 404), ("stranger", 404)]
)
def test_nobody_else_changes_a_profile(site: Site, site_bank: Bank, who: str, status: int) -> None:
    rate(site, site_bank, ME_1=3, ME_2=0, PP_1=3)
    with open_session(site.engine, writes=False) as session:
        need_id = session.scalars(select(Deficit.id)).one()
    browser: Browser = site.browser(getattr(site.cast, who))
    browser.get("/account")
    base = f"/profile/{site.cast.anna.employee_id}"
    browser.post(f"{base}/marks", status, competency="ME.2", is_marked="y")
    for address in (f"{base}/deficits/add", f"{base}/deficits/{need_id}/drop"):
        browser.get(address, status)
        browser.post(address, status, competency="ME.1", depth="small", reason="Причина")
    with open_session(site.engine, writes=False) as session:
        (need,) = session.scalars(select(Deficit))
        assert (need.is_marked, need.status) == (False, DeficitStatus.OPEN)


def test_the_method_is_told_on_ones_own_numbers(site: Site, site_bank: Bank) -> None:
    bring(site, row("ME.2", 52, 25, clock.today()))
    page = plain(site.browser(site.cast.anna).get("/profile/how-counted"))
    assert "На ваших числах" in page
    assert "52 %, скорее всего от 40 до 64" in page
    assert "Поэтому написано: «дефицит»" in page
    assert "Как считается результат" in page


def test_queries_do_not_grow_with_what_is_known(site: Site, site_bank: Bank) -> None:
    bring(site, row("ME.1", 20))
    own, tutor = site.browser(site.cast.anna), site.browser(site.cast.boris)
    address = f"/profile/{site.cast.anna.employee_id}"
    own.get("/profile/")
    with counted(site.engine) as few:
        own.get("/profile/")
    with counted(site.engine) as few_for_tutor:
        tutor.get(address)
    rate(site, site_bank, SEPTEMBER, ME_1=3, ME_2=0, PP_1=2, PP_2=1)
    rate(site, site_bank, ME_1=2, ME_2=1, PP_1=0, PP_2=3)
    bring(site, row("ME.1", 60, 25, clock.today()), row("ME.2", 20), row("PP.2", 90))
    with counted(site.engine) as many:
        own.get("/profile/")
    with counted(site.engine) as many_for_tutor:
        tutor.get(address)
    assert len(many) == len(few) <= 12
    assert len(many_for_tutor) == len(few_for_tutor)


def test_an_attempt_under_way_does_not_show_in_the_profile(site: Site, site_bank: Bank) -> None:
    with transaction(site.engine) as session:
        actor, now = site.cast.anna.actor, clock.now()
        attempt = start(session, actor, StartAttempt(site_bank.diagnostic.id, now.date()), now)
        save_answers(session, actor, SaveAnswers(attempt.id, (SentAnswer(site_bank.items["S-ME-2-1"].id, ("0",)),)), now)
    assert heading(open_profile(site)) == "Профиль появится после диагностики"
