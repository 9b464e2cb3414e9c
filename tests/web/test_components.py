"""The gallery shows every macro; what is wrong in it would be wrong on every page."""

import re
from html.parser import HTMLParser
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from tests.pages import check_page
from tests.web.gallery import create_gallery

TEMPLATES = Path(__file__).resolve().parents[2] / "templates"
PAGES = [
    "/",
    *(f"/page/components/gallery/{name}_page.html" for name in ("question", "block", "print", "sign_in")),
    *(f"/page/errors/{status}.html?code=7F3A-21" for status in (400, 403, 404, 405, 409, 413, 429, 500, 503)),
]


@pytest.fixture(scope="module")
def app() -> Flask:
    return create_gallery()


@pytest.fixture(scope="module")
def client(app: Flask) -> FlaskClient:
    return app.test_client()


@pytest.fixture(scope="module")
def gallery(client: FlaskClient) -> str:
    return client.get("/").text


class References(HTMLParser):
    """Collects ids and everything that points at an id."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.ids: set[str] = set()
        self.wanted: set[str] = set()
        self.icons: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if "id" in given:
            self.ids.add(given["id"])
        for name in ("for", "aria-labelledby", "aria-describedby"):
            self.wanted.update(given.get(name, "").split())
        if tag == "use":
            self.icons.append(given["href"].removeprefix("#"))
        if tag == "a" and given.get("href", "").startswith("#") and given.get("class") == "":
            self.wanted.add(given["href"][1:])


@pytest.mark.parametrize("address", PAGES)
def test_page_keeps_the_rules_of_every_page(client: FlaskClient, address: str) -> None:
    response = client.get(address)

    assert response.status_code == 200
    check_page(response.text)


@pytest.mark.parametrize("address", PAGES)
def test_every_label_description_and_icon_finds_its_target(client: FlaskClient, address: str) -> None:
    found = References(client.get(address).text)

    assert found.wanted <= found.ids
    assert set(found.icons) <= found.ids


def test_gallery_uses_every_macro_there_is() -> None:
    source = "\n".join(path.read_text() for path in (TEMPLATES / "components").rglob("*.html"))
    macros = set(re.findall(r"{% macro (\w+)\(", source))
    used = {name for name in macros if len(re.findall(rf"\b{name}\(", re.sub(r"{#.*?#}", "", source, flags=re.S))) > 1}
    pages = "\n".join(path.read_text() for area in ("errors", "layout") for path in (TEMPLATES / area).glob("*.html"))

    assert {name for name in macros - used if f"{name}(" not in pages} == set()


def test_every_macro_opens_with_a_comment_that_gives_its_signature() -> None:
    for path in (TEMPLATES / "components").glob("*.html"):
        source = path.read_text()
        if not re.search(r"{% macro", source):
            continue
        header = source[: source.index("#}")]
        for name in re.findall(r"{% macro (\w+)\(", source):
            assert f"{name}(" in header or f"{{# {name}(" in source or "Parts of the macros above" in source, f"{path.name}: {name}"


def test_errors_are_linked_counted_and_told_beside_their_fields(gallery: str) -> None:
    text = gallery.replace("\u00a0", " ")

    assert "<title>Ошибка: Компоненты – Маршрут</title>" in text
    assert "Не отправлено: исправьте 2 места" in text
    assert '<a href="#number">Впишите номер удостоверения</a>' in text
    assert '<a href="#issued_on">Дата выдачи позже сегодняшней</a>' in text
    assert 'aria-describedby="issued_on-error issued_on-hint"' in text


def test_typed_values_come_back(gallery: str) -> None:
    assert 'value="30.11.2026"' in gallery
    assert 'value="anna@example.org"' in gallery


def test_bar_is_one_sentence_for_those_who_do_not_see_it(gallery: str) -> None:
    text = gallery.replace("\u00a0", " ")

    assert 'aria-label="Оценивание результатов: 39 процентов, вероятно от 25 до 53, скорее низкий, 12 заданий, самооценка 50"' in text
    assert 'aria-label="Общение в цифровой среде: результата пока нет, только ваша оценка, самооценка 67"' in text


def test_suppressed_cell_says_so_and_shows_no_number(gallery: str) -> None:
    cell = re.search(r'<td class="heat-x">(.*?)</td>', gallery)

    assert cell is not None
    assert "скрыто" in cell.group(1)
    assert not re.search(r">\d+<", cell.group(1))


def test_only_the_behaviours_that_are_used_are_loaded(client: FlaskClient, gallery: str) -> None:
    scripts = set(re.findall(r"/static/js/([\w-]+)\.js", gallery))

    assert scripts == {"focus", "once", "autosave", "one-by-one", "filepick", "confirm-leave", "select", "queue"}
    assert set(re.findall(r"/static/js/([\w-]+)\.js", client.get("/page/errors/404.html").text)) == {"focus", "once"}


def test_page_carries_the_chosen_appearance(client: FlaskClient) -> None:
    plain = client.get("/page/errors/404.html").text
    chosen = client.get("/page/errors/404.html?scheme=bw&size=200&theme=dark&keys=off").text

    assert '<html lang="ru">' in plain
    assert "low-vision.css" not in plain
    assert '<html lang="ru" data-scheme="bw" data-size="200" data-keys="off" data-bs-theme="dark">' in chosen
    assert "low-vision.css" in chosen


def test_at_most_four_stylesheets_a_page(client: FlaskClient) -> None:
    for address in PAGES:
        assert client.get(address).text.count('rel="stylesheet"') <= 4, address


def test_message_left_by_an_action_takes_the_focus_and_keeps_its_link(client: FlaskClient) -> None:
    text = client.get("/flash/success").text

    assert '<div class="note note-ok" role="status" tabindex="-1" data-focus>' in text
    assert '<a href="#undo">Отменить</a>' in text
    assert 'role="alert"' in client.get("/flash/error").text


@pytest.mark.parametrize("status", [400, 403, 404, 405, 409, 413, 429, 500, 503])
def test_error_page_says_what_is_kept_what_to_do_and_its_code(client: FlaskClient, status: int) -> None:
    text = client.get(f"/page/errors/{status}.html?code=7F3A-21").text

    paragraphs = re.findall(r"<p>(.*?)</p>", text, re.S)
    assert len(paragraphs) >= 2
    assert "Код 7F3A-21" in text
    assert "!" not in re.sub(r"<[^>]*>", "", text[text.index("<main") : text.index("</main>")])


def test_error_page_gives_back_what_was_typed_and_prefers_the_case_at_hand(app: Flask) -> None:
    typed = [("comment", "Две строки\nи <b>ещё</b>")]
    with app.test_request_context("/"):
        html = app.jinja_env.get_template("errors/409.html").render(
            message="Свой маршрут не согласуют.", code="1", typed=typed, get_flashed_messages=lambda **_: []
        )

    assert "Свой маршрут не\u00a0согласуют." in html
    assert "Ваши правки не" not in html.replace("\u00a0", " ")
    assert "Две строки\nи &lt;b&gt;ещё&lt;/b&gt;</textarea>" in html
