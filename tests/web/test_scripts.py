"""The small scripts in a real browser, on the gallery; and the gallery as axe and a narrow window see it."""

from collections.abc import Iterator
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from flask import Flask
from playwright.sync_api import Browser, Page, Route, expect

from tests.databases import IN_CI
from tests.web.browsing import AXE_RULES, CHROMIUM, chromium, serve, sideways_overflow
from tests.web.gallery import create_gallery

pytestmark = [pytest.mark.browser, pytest.mark.skipif(not CHROMIUM and not IN_CI, reason="no Chromium on this machine")]

BLOCK = "/page/components/gallery/block_page.html"
QUESTION = "/page/components/gallery/question_page.html"


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as found:
        yield found


@pytest.fixture
def app() -> Flask:
    return create_gallery()


@pytest.fixture
def site(app: Flask) -> Iterator[str]:
    with serve(app) as address:
        yield address


@pytest.fixture
def page(browser: Browser, site: str) -> Iterator[Page]:
    context = browser.new_context(base_url=site, locale="ru-RU", viewport={"width": 1280, "height": 900})
    page = context.new_page()
    page.set_default_timeout(8000)
    yield page
    context.close()


def answer(page: Page, words: str) -> None:
    page.get_by_role("radio", name=words).locator("visible=true").check()


def test_each_changed_answer_is_sent_by_itself(page: Page, app: Flask) -> None:
    page.goto(QUESTION)
    answer(page, "Делаю регулярно")

    expect(page.locator("[data-save-state]")).to_contain_text("Сохранено в 14:33")
    [got] = app.extensions["answers"]
    assert (got["item"], got["value"], got["csrf_token"]) == ("m10", "2", "token")
    assert len(got["client_key"]) == 32
    assert got["answered_at"].endswith("Z")


def test_answers_wait_in_the_page_while_the_link_is_lost_and_go_in_order(page: Page, app: Flask) -> None:
    page.goto(BLOCK)
    page.context.set_offline(True)
    for number in (8, 9, 10):
        expect(page.get_by_role("heading", name=f"Утверждение {number}")).to_be_visible()
        answer(page, "Делаю регулярно")
        if number < 10:
            page.get_by_role("button", name="Дальше").click()

    note = page.locator("[data-save-note]")
    expect(note).to_contain_text("Нет связи. Отвечайте дальше: ответы 8–10 ждут на этой странице и уйдут сами")
    assert app.extensions["answers"] == []

    page.context.set_offline(False)
    expect(page.locator("[data-save-state]")).to_contain_text("Сохранено в 14:33")
    expect(note).to_be_hidden()
    assert [got["item"] for got in app.extensions["answers"]] == ["m8", "m9", "m10"]


def test_answer_whose_confirmation_was_lost_is_sent_again_under_the_same_key(page: Page, app: Flask) -> None:
    def lose_first_reply(route: Route) -> None:
        if len(app.extensions["answers"]) == 0:
            route.fetch()
            route.abort()
        else:
            route.continue_()

    page.route("**/answers", lose_first_reply)
    page.goto(QUESTION)
    answer(page, "Делаю регулярно")

    expect(page.locator("[data-save-state]")).to_contain_text("Сохранено")
    expect(page.locator("[data-saved-at]")).to_have_text("14:33")
    first, second = app.extensions["answers"]
    assert first["client_key"] == second["client_key"]


def test_changed_mind_while_waiting_leaves_one_answer(page: Page, app: Flask) -> None:
    page.goto(QUESTION)
    page.context.set_offline(True)
    answer(page, "Делаю регулярно")
    expect(page.locator("[data-save-note]")).to_contain_text("ответ 10 ждёт")
    answer(page, "Пока не делаю")
    page.context.set_offline(False)

    expect(page.locator("[data-saved-at]")).to_have_text("14:33")
    assert [got["value"] for got in app.extensions["answers"]] == ["0"]


def test_next_does_not_leave_while_an_answer_is_unsent_and_leaves_once_it_is(page: Page, app: Flask) -> None:
    page.goto(QUESTION)
    page.context.set_offline(True)
    answer(page, "Делаю регулярно")
    page.get_by_role("button", name="Дальше").click()
    expect(page.get_by_role("heading", name="На уроке я узнаю")).to_be_visible()

    page.context.set_offline(False)
    page.wait_for_url("**/next")
    assert [got["item"] for got in app.extensions["answers"]] == ["m10"]
    assert app.extensions["sent"][0]["q10"] == "2"


def test_closing_the_page_with_unsent_answers_asks_first(page: Page) -> None:
    page.goto(QUESTION)
    page.context.set_offline(True)
    answer(page, "Делаю регулярно")
    expect(page.locator("[data-save-note]")).to_be_visible()
    asked: list[str] = []
    page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.dismiss()))

    page.close(run_before_unload=True)
    page.wait_for_timeout(500)
    assert asked == ["beforeunload"]


def test_refused_answer_is_said_and_goes_with_the_whole_form(page: Page, app: Flask) -> None:
    page.route("**/answers", lambda route: route.fulfill(status=422, json={"error": "closed"}))
    page.goto(QUESTION)
    answer(page, "Делаю регулярно")

    expect(page.locator("[data-save-state]")).to_contain_text("Не отправлено")
    expect(page.locator("[data-save-note]")).to_contain_text("Ответ не принят, но остался на странице")
    page.get_by_role("button", name="Дальше").click()
    page.wait_for_url("**/next")
    assert app.extensions["sent"][0]["q10"] == "2"


def test_ended_session_is_a_refusal_and_not_a_lost_link(page: Page) -> None:
    page.route("**/answers", lambda route: route.fulfill(status=302, headers={"Location": "/next"}))
    page.goto(QUESTION)
    answer(page, "Делаю регулярно")

    expect(page.locator("[data-save-state]")).to_contain_text("Не отправлено")


def test_busy_server_is_asked_again_when_it_said(page: Page, app: Flask) -> None:
    refusals = [503, 429]

    def refuse(route: Route) -> None:
        if refusals:
            route.fulfill(status=refusals.pop(), headers={"Retry-After": "1"})
        else:
            route.continue_()

    page.route("**/answers", refuse)
    page.goto(QUESTION)
    answer(page, "Делаю регулярно")

    expect(page.locator("[data-saved-at]")).to_have_text("14:33")
    assert len(app.extensions["answers"]) == 1


def test_time_of_saving_is_outside_the_announcement(page: Page) -> None:
    page.goto(QUESTION)

    assert page.locator("[data-save-state]").get_attribute("role") == "status"
    assert page.locator("[data-saved-at]").evaluate("node => node.closest('[aria-live=off]') !== null")


def test_nothing_is_kept_on_the_device(page: Page) -> None:
    page.goto(BLOCK)
    page.context.set_offline(True)
    answer(page, "Делаю регулярно")
    expect(page.locator("[data-save-note]")).to_be_visible()

    kept = page.evaluate(
        "async () => [localStorage.length, sessionStorage.length, (await indexedDB.databases()).length, (await caches.keys()).length]"
    )
    assert kept == [0, 0, 0, 0]


def test_questions_come_one_at_a_time_and_the_heading_has_the_focus(page: Page) -> None:
    page.goto(BLOCK)
    assert page.locator("fieldset:visible").count() == 1
    assert page.locator("[data-one-back]").is_hidden()

    page.get_by_role("button", name="Дальше").click()
    expect(page.get_by_role("heading", name="Утверждение 9")).to_be_focused()
    expect(page.locator("[data-question-number]")).to_have_text("9")
    page.get_by_role("button", name="Назад").click()
    expect(page.get_by_role("heading", name="Утверждение 8")).to_be_focused()


def test_last_question_of_a_block_sends_the_form_once(page: Page, app: Flask) -> None:
    page.goto(BLOCK)
    for _ in range(3):
        page.get_by_role("button", name="Дальше").click()

    page.wait_for_url("**/next")
    assert len(app.extensions["sent"]) == 1


def test_form_pressed_twice_is_sent_once_and_says_that_it_works(page: Page) -> None:
    page.goto("/")
    page.route("**/next", lambda route: None)  # the answer never comes
    button = page.get_by_role("button", name="Отправить отчёт")
    sent: list[str] = []
    page.on("request", lambda request: sent.append(request.url) if request.method == "POST" else None)

    shown = button.evaluate("node => { node.click(); node.click(); return [node.textContent.trim(), node.getAttribute('aria-disabled')]; }")
    assert shown == ["Отправляем…", "true"]
    page.wait_for_timeout(300)
    assert len(sent) == 1


def test_error_summary_has_the_focus_and_its_links_lead_to_the_fields(page: Page) -> None:
    page.goto("/")
    expect(page.locator(".error-summary")).to_be_focused()

    page.get_by_role("link", name="Дата выдачи позже сегодняшней").click()
    expect(page.locator("#issued_on")).to_be_focused()


def test_message_after_an_action_has_the_focus(page: Page) -> None:
    page.goto("/flash/success")

    expect(page.locator(".note-ok")).to_be_focused()


def test_ticks_are_counted_in_words_and_on_the_button(page: Page) -> None:
    page.goto("/")
    bar = page.get_by_role("region", name="Действия с выбранными")
    expect(bar).to_contain_text("Выбрано 1 маршрут")

    page.get_by_role("checkbox", name="Выбрать все 3 на странице").check()
    expect(bar).to_contain_text("Выбрано 3 маршрута")
    expect(bar.get_by_role("button", name="Проверить и согласовать 3")).to_be_visible()
    assert not page.get_by_role("checkbox", name="Нельзя выбрать: собственный маршрут").is_checked()

    page.get_by_role("checkbox", name="Выбрать: Полина Эскизова").uncheck()
    assert page.locator("[data-select-all]").evaluate("node => node.indeterminate")
    bar.get_by_role("link", name="Снять выбор").click()
    expect(bar).to_be_hidden()
    expect(page.locator("[data-select-all]")).to_be_focused()


def selected(page: Page) -> list[str]:
    found: list[str] = page.locator("table[data-select] tr.is-sel .who-name").all_inner_texts()
    return found


def test_table_is_worked_by_keys_and_is_one_stop_of_tab(page: Page) -> None:
    page.goto("/")
    page.locator("[data-select-all]").focus()
    while page.evaluate("document.activeElement.closest('tbody') === null"):
        page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Полина Эскизова", exact=True)).to_be_focused()

    page.keyboard.press("ArrowDown")
    expect(page.get_by_role("link", name="Тимур Черновиков", exact=True)).to_be_focused()
    page.keyboard.press("Space")
    assert selected(page) == ["Полина Эскизова", "Тимур Черновиков"]
    page.keyboard.press("Shift+ArrowDown")
    assert selected(page) == ["Полина Эскизова", "Тимур Черновиков", "Анна Образцова"]
    page.keyboard.press("Escape")
    assert selected(page) == []
    page.keyboard.press("Control+a")
    assert len(selected(page)) == 3

    page.keyboard.press("Tab")  # the row's own button, then out of the table
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.closest('tbody') === null")


def test_enter_on_a_tick_opens_the_person(page: Page) -> None:
    page.goto("/")
    page.get_by_role("checkbox", name="Выбрать: Анна Образцова").focus()
    page.keyboard.press("Enter")

    assert page.url.endswith("#p3")
    assert page.locator("table[data-select] tr.is-sel").count() == 1


def test_keys_are_off_for_those_who_switched_them_off(page: Page) -> None:
    page.goto("/?keys=off")
    page.get_by_role("link", name="Полина Эскизова", exact=True).focus()
    page.keyboard.press("ArrowDown")

    expect(page.get_by_role("link", name="Полина Эскизова", exact=True)).to_be_focused()
    assert page.locator("[data-keys-help]").first.is_hidden()
    assert page.locator("tbody [tabindex='-1']").count() == 0


def test_alt_arrow_opens_the_next_decision_but_moves_by_words_in_a_field(page: Page) -> None:
    page.goto("/")
    page.locator("#number").focus()
    page.keyboard.press("Alt+ArrowRight")
    assert "queue" not in page.url

    page.get_by_role("link", name="Предыдущий маршрут").focus()
    page.keyboard.press("Alt+ArrowRight")
    assert page.url.endswith("#queue-next")


def test_file_is_named_and_one_too_large_is_refused_before_sending(page: Page) -> None:
    page.goto("/")
    control = page.locator("input[data-filepick]")
    control.set_input_files({"name": "справка.pdf", "mimeType": "application/pdf", "buffer": b"x" * 1258291})
    expect(page.locator("[data-filepick-names]")).to_have_text("справка.pdf, 1,2\u00a0МБ")

    control.set_input_files({"name": "видео.mp4", "mimeType": "video/mp4", "buffer": b"x" * (14 * 1024**2)})
    error = page.get_by_role("alert").filter(has_text="видео.mp4")
    expect(error).to_contain_text("Файл «видео.mp4» 14\u00a0МБ, можно до\u00a010\u00a0МБ")
    assert control.evaluate("node => node.files.length") == 0
    expect(page.locator("[data-filepick-names]")).to_have_text("")


def test_typed_reply_is_not_lost_by_a_slip(page: Page) -> None:
    page.goto("/")
    page.get_by_label("Ответить").fill("Добавила карточку")
    asked: list[str] = []
    page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.dismiss()))

    page.close(run_before_unload=True)
    page.wait_for_timeout(500)
    assert asked == ["beforeunload"]


def test_sections_unfold_in_place_on_a_narrow_screen(page: Page) -> None:
    page.set_viewport_size({"width": 390, "height": 800})
    page.goto("/page/errors/404.html")
    sections = page.locator("#menu")
    assert sections.is_hidden()

    page.get_by_role("link", name="Меню").click()
    expect(sections).to_be_visible()
    assert sideways_overflow(page) == 0


def test_everything_is_within_reach_without_script(browser: Browser, site: str) -> None:
    context = browser.new_context(base_url=site, java_script_enabled=False)
    page = context.new_page()
    page.goto(BLOCK)
    assert page.locator("fieldset:visible").count() == 3
    page.goto("/")
    assert page.locator("input[data-filepick]").is_visible()
    assert page.get_by_role("region", name="Действия с выбранными").is_visible()
    assert page.locator("[data-keys-help]").first.is_hidden()
    context.close()


MODES = [
    ("/", 1280, ""),
    ("/", 320, "?theme=dark"),
    ("/", 1280, "?scheme=bw&size=200"),
    ("/", 640, "?scheme=blue&images=off"),
    (QUESTION, 320, ""),
    (BLOCK, 768, "?scheme=wb&size=150&spacing=wide"),
    ("/page/components/gallery/sign_in_page.html", 390, "?theme=dark"),
    ("/page/components/gallery/print_page.html", 1280, ""),
    ("/page/errors/404.html", 320, ""),
]


@pytest.mark.parametrize(("address", "width", "query"), MODES)
def test_page_is_accessible_fits_its_window_and_keeps_the_content_policy(page: Page, address: str, width: int, query: str) -> None:
    messages: list[str] = []
    page.on("console", lambda message: messages.append(message.text))
    page.on("pageerror", lambda error: messages.append(str(error)))
    page.set_viewport_size({"width": width, "height": 800})
    page.goto(address + query)
    height = page.evaluate("document.documentElement.scrollHeight")
    # At full height no bar that stays at the bottom covers a row: axe would take that row for too small a target.
    page.set_viewport_size({"width": width, "height": height})

    found: dict[str, Any] = Axe().run(page, options=AXE_RULES).response
    assert [(rule["id"], rule["nodes"][0]["html"][:200]) for rule in found["violations"]] == []
    assert sideways_overflow(page) == 0
    assert messages == []
