"""What a visitor must notice is noticed: a story whose pages nobody looks over would always end well."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser

from tests.databases import IN_CI
from tests.stories.visitor import DESK, Findings, Visitor, loosely
from tests.web.browsing import CHROMIUM

pytestmark = [pytest.mark.browser, pytest.mark.skipif(not CHROMIUM and not IN_CI, reason="no Chromium on this machine")]

HEAD = '<!doctype html><html lang="ru"><head><meta charset="utf-8"><title>Страница</title></head><body><main><h1>Заголовок</h1>'
NOWHERE = "http://127.0.0.1:9"  # the discard port: nothing answers there, nothing leaves the machine


@pytest.fixture
def visitor(browser: Browser) -> Iterator[Visitor]:
    found = Visitor(browser, NOWHERE, "Анна", Findings(), scripts=True, axe=True, narrow=True)
    yield found
    found.close()


def faults(visitor: Visitor, body: str) -> list[str]:
    visitor.page.set_content(f"{HEAD}{body}</main></body></html>")
    visitor.look()
    return visitor.findings.faults


def test_a_sound_page_has_no_faults(visitor: Visitor) -> None:
    assert faults(visitor, "<p>Текст.</p>") == []
    assert visitor.findings.pages == 1


def test_a_field_without_a_name_is_found_by_axe(visitor: Visitor) -> None:
    [fault] = faults(visitor, '<input type="text">')
    assert "axe: label" in fault


def test_what_is_too_wide_for_a_phone_only_is_found(visitor: Visitor) -> None:
    [fault] = faults(visitor, '<div style="width: 600px">Широко</div>')
    assert fault.endswith("px too wide at 390")
    assert visitor.page.viewport_size == {"width": DESK[0], "height": DESK[1]}


def test_an_error_of_a_script_is_heard(visitor: Visitor) -> None:
    [fault] = faults(visitor, "<script>throw new Error('сломано')</script>")
    assert "script failed: сломано" in fault


def test_a_request_to_another_server_is_seen(visitor: Visitor) -> None:
    found = faults(visitor, '<img src="http://127.0.0.1:1/pixel.png" alt="">')
    assert any("request outside the server: http://127.0.0.1:1/pixel.png" in fault for fault in found)


def test_titles_are_found_whatever_spaces_tie_their_words() -> None:
    assert loosely("Добавить: Работа с детьми").search("Добавить : Работа с\u00a0детьми")
