"""Taking a diagnostic in the browser without script, and the single answers that a script sends."""

import re
from datetime import timedelta
from urllib.parse import urlsplit

import pytest
from sqlalchemy import select
from werkzeug.test import TestResponse

from iom.accounts.kinds import ConsentKind, ConsentState
from iom.accounts.models import Consent
from iom.core import clock
from iom.core.database import open_session, transaction
from iom.diagnostics.kinds import AttemptStatus
from iom.diagnostics.models import AttemptAnswer, DiagnosticAttempt
from iom.profiles.models import Deficit
from tests.cast import Member
from tests.diagnostics.samples import LEVELS, Bank, add_test
from tests.queries import counted
from tests.site import Browser, Site


def begin(site: Site, bank: Bank, member: Member | None = None) -> tuple[Browser, int]:
    """Open the start page and press «Начать»; return the browser and the attempt."""
    browser = site.browser(member or site.cast.anna)
    browser.get("/diagnostics/")
    browser.post(f"/diagnostics/{bank.diagnostic.id}/attempts")
    with open_session(site.engine, writes=False) as session:
        attempt_id = session.scalars(select(DiagnosticAttempt.id).order_by(DiagnosticAttempt.id.desc())).first()
    assert attempt_id is not None
    return browser, attempt_id


def block_url(attempt_id: int, code: str) -> str:
    return f"/diagnostics/attempts/{attempt_id}/blocks/{code}"


def fields(bank: Bank, **ratings: str) -> dict[str, str]:
    """Return form fields by item code: fields(bank, S_ME_1_1="2")."""
    return {f"q{bank.items[code.replace('_', '-')].id}": value for code, value in ratings.items()}


def answers(site: Site) -> dict[int, int | None]:
    with open_session(site.engine, writes=False) as session:
        return {row.item_id: row.category for row in session.scalars(select(AttemptAnswer))}


def plain(page: str) -> str:
    """Return a page with its no-break spaces as plain ones."""
    return page.replace("&nbsp;", " ").replace("\u00a0", " ")


def path(response: TestResponse) -> str:
    return urlsplit(response.headers["Location"]).path


def test_the_start_says_how_long_and_who_sees(site: Site, site_bank: Bank) -> None:
    page = plain(site.browser(site.cast.anna).get("/diagnostics/"))
    assert "Утверждений: 13" in page
    assert "около 13" in page
    assert "не используют для аттестации" in page
    assert ">Начать" in page
    assert "Не сейчас" in page


def test_a_teacher_of_another_subject_is_asked_less(site: Site, site_bank: Bank) -> None:
    assert "Утверждений: 12" in site.browser(site.cast.gleb).get("/diagnostics/")


def test_anna_answers_closes_the_browser_and_goes_on(site: Site, site_bank: Bank) -> None:
    browser, attempt_id = begin(site, site_bank)
    browser.get(block_url(attempt_id, "ME"))
    # «Дальше» keeps what is given and goes on, without asking for the rest.
    response = browser.post(block_url(attempt_id, "ME"), go="next", **fields(site_bank, S_ME_1_1="2", S_ME_1_2="na"))
    assert path(response) == block_url(attempt_id, "PP")
    later = site.browser(site.cast.anna)
    start = plain(later.get("/diagnostics/"))
    assert "Вы остановились на блоке «Методика»: отвечено 2 из 13" in start
    response = later.client.get(f"/diagnostics/attempts/{attempt_id}")
    assert path(response) == block_url(attempt_id, "ME")
    page = later.get(block_url(attempt_id, "ME"))
    checked = re.findall(r'name="(q\d+)" value="(\w+)" checked', page)
    assert dict(checked) == fields(site_bank, S_ME_1_1="2", S_ME_1_2="na")


def test_one_page_is_one_block_with_all_its_statements(site: Site, site_bank: Bank) -> None:
    browser, attempt_id = begin(site, site_bank)
    page = plain(browser.get(block_url(attempt_id, "ME")))
    assert page.count("<fieldset") == 7
    assert page.count('value="na"') == 7
    assert all(page.count(level.descriptor) == 7 for level in LEVELS)
    assert "S-PP" not in page
    assert "Блок 1 из" in page
    assert "Вспомните две последние недели" in page


def test_back_pause_and_the_last_block_lead_where_they_say(site: Site, site_bank: Bank) -> None:
    browser, attempt_id = begin(site, site_bank)
    browser.get(block_url(attempt_id, "PP"))
    given = fields(site_bank, S_PP_1_1="1")
    assert path(browser.post(block_url(attempt_id, "PP"), go="back", **given)) == block_url(attempt_id, "ME")
    assert path(browser.post(block_url(attempt_id, "PP"), go="pause", **given)) == "/diagnostics/"
    assert path(browser.post(block_url(attempt_id, "PP"), go="next", **given)) == f"/diagnostics/attempts/{attempt_id}/finish"
    assert answers(site) == {site_bank.items["S-PP-1-1"].id: 1}


def test_the_check_names_what_was_skipped_and_finishing_shows_the_profile(site: Site, site_bank: Bank) -> None:
    browser, attempt_id = begin(site, site_bank)
    browser.get(block_url(attempt_id, "ME"))
    browser.post(block_url(attempt_id, "ME"), go="next", **fields(site_bank, S_ME_1_1="3", S_ME_1_2="3", S_ME_1_3="3", S_ME_1_9="3"))
    browser.post(block_url(attempt_id, "ME"), go="next", **fields(site_bank, S_ME_2_1="0", S_ME_2_2="0", S_ME_2_1_1="0"))
    page = plain(browser.get(f"/diagnostics/attempts/{attempt_id}/finish"))
    assert "Отвечено 7 из 13" in page
    assert "0 из 6, пропущено 6" in page
    assert f'href="{block_url(attempt_id, "PP")}"' in page
    assert "ответы изменить нельзя" in page
    profile = browser.follow(browser.post(f"/diagnostics/attempts/{attempt_id}/finish"))
    assert "Пока только ваша оценка" in profile
    assert "Оценивание результатов" in profile


def test_finishing_twice_leads_to_the_same_place_with_one_effect(site: Site, site_bank: Bank) -> None:
    browser, attempt_id = begin(site, site_bank)
    browser.get(block_url(attempt_id, "ME"))
    browser.post(block_url(attempt_id, "ME"), **fields(site_bank, S_ME_1_1="3", S_ME_2_1="0"))
    first = browser.post(f"/diagnostics/attempts/{attempt_id}/finish")
    second = browser.post(f"/diagnostics/attempts/{attempt_id}/finish")
    assert path(first) == path(second) == "/profile/"
    with open_session(site.engine, writes=False) as session:
        assert session.scalars(select(DiagnosticAttempt.status)).all() == [AttemptStatus.SCORED]
        assert len(session.scalars(select(Deficit)).all()) <= 1


def test_a_finished_attempt_takes_no_answer_and_says_so_calmly(site: Site, site_bank: Bank) -> None:
    browser, attempt_id = begin(site, site_bank)
    browser.get(block_url(attempt_id, "ME"))
    browser.post(block_url(attempt_id, "ME"), **fields(site_bank, S_ME_1_1="3"))
    browser.post(f"/diagnostics/attempts/{attempt_id}/finish")
    response = browser.post(block_url(attempt_id, "ME"), 409, **fields(site_bank, S_ME_1_1="0"))
    assert "уже завершена" in response.get_data(as_text=True)
    response = send(browser, attempt_id, site_bank, "S-ME-1-1", "0", status=409)
    assert response.json is not None
    assert "уже завершена" in response.json["error"]
    assert answers(site) == {site_bank.items["S-ME-1-1"].id: 3}
    assert path(browser.client.get(block_url(attempt_id, "ME"))) == "/profile/"


def send(
    browser: Browser, attempt_id: int, bank: Bank, code: str, value: str, key: str = "k", status: int = 200, **more: str
) -> TestResponse:
    form = {"csrf_token": browser.token, "item": str(bank.items[code].id), "value": value, "client_key": key, **more}
    response = browser.client.post(f"/diagnostics/attempts/{attempt_id}/answers", data=form)
    assert response.status_code == status, response.get_data(as_text=True)
    return response


def test_a_single_answer_is_kept_and_the_time_told(site: Site, site_bank: Bank) -> None:
    browser, attempt_id = begin(site, site_bank)
    browser.get(block_url(attempt_id, "ME"))
    response = send(browser, attempt_id, site_bank, "S-ME-1-1", "2")
    assert response.json is not None
    assert re.fullmatch(r"\d\d:\d\d", response.json["saved_at"])
    send(browser, attempt_id, site_bank, "S-ME-1-2", "na", "k2")
    assert answers(site) == {site_bank.items["S-ME-1-1"].id: 2, site_bank.items["S-ME-1-2"].id: None}


def test_the_clock_of_the_device_does_not_matter(site: Site, site_bank: Bank) -> None:
    browser, attempt_id = begin(site, site_bank)
    browser.get(block_url(attempt_id, "ME"))
    # Answered an hour before it was sent, by a clock that is three years behind; meanwhile nothing newer came.
    send(browser, attempt_id, site_bank, "S-ME-1-1", "1", "a", answered_at="2023-11-24T09:00:00.000Z", sent_at="2023-11-24T10:00:00.000Z")
    send(browser, attempt_id, site_bank, "S-ME-1-1", "3", "b", answered_at="2023-11-24T10:00:00.000Z", sent_at="2023-11-24T10:00:00.000Z")
    assert answers(site) == {site_bank.items["S-ME-1-1"].id: 3}


@pytest.mark.parametrize(
    "bad",
    [
        {"item": "abc"},
        {"item": ""},
        {"item": "-1"},
        {"item": "99999999999999999999"},
        {"value": ""},
        {"value": "4"},
        {"value": "x" * 5000},
        {"client_key": ""},
        {"client_key": "k" * 65},
        {"answered_at": "t" * 50},
    ],
)
def test_what_is_no_answer_is_refused_in_words(site: Site, site_bank: Bank, bad: dict[str, str]) -> None:
    browser, attempt_id = begin(site, site_bank)
    browser.get(block_url(attempt_id, "ME"))
    form = {"csrf_token": browser.token, "item": str(site_bank.items["S-ME-1-1"].id), "value": "1", "client_key": "k"} | bad
    response = browser.client.post(f"/diagnostics/attempts/{attempt_id}/answers", data=form)
    assert response.status_code == 422
    assert response.json is not None
    assert response.json["error"]
    assert answers(site) == {}


def test_an_option_that_does_not_exist_comes_back_on_the_page_with_the_rest_kept(site: Site, site_bank: Bank) -> None:
    browser, attempt_id = begin(site, site_bank)
    browser.get(block_url(attempt_id, "ME"))
    given = fields(site_bank, S_ME_1_1="2", S_ME_1_2="7")
    page = browser.post(block_url(attempt_id, "ME"), 422, **given).get_data(as_text=True)
    assert "Такого варианта ответа нет" in page
    assert re.findall(r'name="(q\d+)" value="(\w+)" checked', page) == [(f"q{site_bank.items['S-ME-1-1'].id}", "2")]
    assert page.count("Такого варианта ответа нет") == 1


def test_the_attempt_of_another_person_does_not_exist(site: Site, site_bank: Bank) -> None:
    _, attempt_id = begin(site, site_bank)
    for member in (site.cast.gleb, site.cast.boris, site.cast.marina, site.cast.dina, site.cast.admin):
        browser = site.browser(member)
        browser.get("/diagnostics/")
        token = browser.token
        if not token:
            browser.get("/account")
        for address in (f"/diagnostics/attempts/{attempt_id}", block_url(attempt_id, "ME"), f"/diagnostics/attempts/{attempt_id}/finish"):
            browser.get(address, 404)
        send(browser, attempt_id, site_bank, "S-ME-1-1", "1", status=404)
        browser.post(block_url(attempt_id, "ME"), 404, **fields(site_bank, S_ME_1_1="1"))
        browser.post(f"/diagnostics/attempts/{attempt_id}/finish", 404)
    assert answers(site) == {}


def test_a_block_that_does_not_exist_is_not_found(site: Site, site_bank: Bank) -> None:
    browser, attempt_id = begin(site, site_bank)
    browser.get(block_url(attempt_id, "XX"), 404)


def test_without_a_consent_the_start_leads_to_it(site: Site, site_bank: Bank) -> None:
    decline(site)
    browser = site.browser(site.cast.anna)
    browser.get("/diagnostics/")
    response = browser.post(f"/diagnostics/{site_bank.diagnostic.id}/attempts")
    assert path(response) == "/consents/diagnostics"
    with open_session(site.engine, writes=False) as session:
        assert session.scalars(select(DiagnosticAttempt)).all() == []


def test_a_consent_withdrawn_midway_stops_everything_and_keeps_what_was_given(site: Site, site_bank: Bank) -> None:
    browser, attempt_id = begin(site, site_bank)
    browser.get(block_url(attempt_id, "ME"))
    send(browser, attempt_id, site_bank, "S-ME-1-1", "2")
    decline(site, ConsentState.WITHDRAWN)
    send(browser, attempt_id, site_bank, "S-ME-1-2", "2", "k2", status=409)
    assert path(browser.client.get(block_url(attempt_id, "ME"))) == "/consents/diagnostics"
    assert path(browser.post(f"/diagnostics/attempts/{attempt_id}/finish")) == "/consents/diagnostics"
    assert answers(site) == {site_bank.items["S-ME-1-1"].id: 2}


def decline(site: Site, state: ConsentState = ConsentState.DECLINED) -> None:
    with transaction(site.engine) as session:
        session.add(
            Consent(
                region_id=site.cast.region.id,
                person_id=site.cast.anna.person.id,
                kind=ConsentKind.DIAGNOSTICS,
                state=state,
                text_version="2026-11",
                decided_at=clock.now() + timedelta(seconds=1),
            )
        )


def test_keys_never_reach_the_page(site: Site, site_bank: Bank) -> None:
    with transaction(site.engine) as session:
        test = add_test(session, site_bank, n_items=1)
        test.items[0].options = [{"label": "Верный вариант"}, {"label": "Иной вариант"}]
        test.items[0].key = {"right": 0, "marker": "KEYMARK"}
        test_id, item_id = test.id, test.items[0].id
    browser = site.browser(site.cast.anna)
    pages = [browser.get("/diagnostics/")]
    response = browser.post(f"/diagnostics/{test_id}/attempts")
    attempt_id = int(path(response).rsplit("/", 1)[1])
    pages.append(browser.get(block_url(attempt_id, "ME")))
    browser.post(block_url(attempt_id, "ME"), **{f"q{item_id}": "1"})
    pages += [browser.get(block_url(attempt_id, "ME")), browser.get(f"/diagnostics/attempts/{attempt_id}/finish")]
    assert all("KEYMARK" not in page and '"right"' not in page for page in pages)
    assert "Не относится к моей работе" not in pages[1]


def test_the_number_of_queries_does_not_grow_with_answers(site: Site, site_bank: Bank) -> None:
    browser, attempt_id = begin(site, site_bank)
    with counted(site.engine) as empty:
        browser.get(block_url(attempt_id, "ME"))
    browser.post(block_url(attempt_id, "ME"), **{f"q{item.id}": "2" for item in site_bank.items.values() if item.code != "S-PP-2-9"})
    with counted(site.engine) as full:
        browser.get(block_url(attempt_id, "ME"))
    assert len(full) == len(empty) <= 12
    with counted(site.engine) as start:
        browser.get("/diagnostics/")
    assert len(start) <= 12
