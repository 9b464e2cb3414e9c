"""A staff file through the browser: checked, shown row by row, written, taken back; the refused rows as a file to mend."""

import io
import re
from typing import Any

import openpyxl
import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from iom.accounts.models import Person
from iom.core.database import transaction
from iom.core.models import ImportBatch
from iom.core.sheets import read_table
from iom.organizations.models import Employment
from iom.organizations.staff_file import read_staff
from tests.queries import counted
from tests.site import Browser, Site

FILE = (
    "teacher_code;last_name;first_name;org_code;post;email\n"
    "77;Новая;Нина;;учитель;\n"
    "78;Чужая;Яна;S2;учитель;\n"
    "79;;Имя;;учитель;\n"
    "T1;Образцова;Анна;;методист;\n"
)


def text_of(html: str) -> str:
    return re.sub(r"\s+", " ", re.sub("<[^>]+>", " ", html.replace("\u00a0", " ").replace("&nbsp;", " "))).strip()


def upload(browser: Browser, content: str | bytes = FILE, name: str = "список.csv", status: int = 303) -> TestResponse:
    browser.get("/people/import")
    data = content.encode() if isinstance(content, str) else content
    return browser.post("/people/import", status, file=(io.BytesIO(data), name))


def people(site: Site) -> int:
    with Session(site.engine) as session:
        return session.scalar(select(func.count()).select_from(Person)) or 0


def test_a_list_goes_from_file_to_check_to_people_and_back(site: Site) -> None:
    before = people(site)
    browser = site.browser(site.cast.marina)
    response = upload(browser)
    page = text_of(browser.follow(response))
    assert "Загрузить 2 строки?" in page
    for words in ("Новые 1", "Изменятся 1", "Без изменений 0", "Не загрузим 2"):
        assert words in page, words
    assert "организации «S2» нет среди тех, чьи списки вы ведёте" in page
    assert people(site) == before
    where = response.headers["Location"]
    assert "должность: учитель → методист" in text_of(browser.get(where, kind="changed"))
    browser.get(where)
    page = text_of(browser.follow(browser.post(f"{where}/confirm")))
    assert "Загружено 2 строки" in page
    assert people(site) == before + 1
    page = text_of(browser.follow(browser.post(f"{where}/undo")))
    assert "прежние значения возвращены" in page
    assert people(site) == before


def test_the_same_file_again_has_nothing_to_load(site: Site) -> None:
    browser = site.browser(site.cast.marina)
    good = "teacher_code;last_name;first_name;post\n77;Новая;Нина;учитель\n"
    where = upload(browser, good).headers["Location"]
    browser.get(where)
    browser.post(f"{where}/confirm")
    page = browser.follow(upload(browser, good))
    assert "Изменений нет" in text_of(page)
    assert "Загрузить 0" not in page
    assert "/confirm" not in page


def test_a_row_left_by_an_undo_is_named(site: Site) -> None:
    browser = site.browser(site.cast.marina)
    where = upload(browser).headers["Location"]
    browser.get(where)
    browser.post(f"{where}/confirm")
    with transaction(site.engine) as session:
        post = session.scalars(select(Employment).where(Employment.employee_id == site.cast.anna.employee_id)).one()
        post.position = "логопед"
    browser.get(where)
    page = text_of(browser.follow(browser.post(f"{where}/undo")))
    assert "Оставили как есть 1 строку" in page
    assert "Оставлены как есть 1" in page
    assert "Образцова Анна" in page


def test_what_changed_meanwhile_is_shown_again(site: Site) -> None:
    browser = site.browser(site.cast.marina)
    where = upload(browser).headers["Location"]
    browser.get(where)
    with transaction(site.engine) as session:
        session.scalars(select(Employment).where(Employment.employee_id == site.cast.anna.employee_id)).one().position = "логопед"
    page = text_of(browser.follow(browser.post(f"{where}/confirm")))
    assert "данные изменились" in page
    assert "логопед → методист" in text_of(browser.get(where, kind="changed"))
    assert "Новая" not in str(people(site))


def test_a_list_may_be_put_away(site: Site) -> None:
    browser = site.browser(site.cast.marina)
    where = upload(browser).headers["Location"]
    browser.get(where)
    assert "ничего не загружено" in text_of(browser.follow(browser.post(f"{where}/cancel")))
    assert "Список отложен" in text_of(browser.get(where))
    browser.post(f"{where}/confirm", 409)


def test_the_refused_rows_come_as_a_file_that_loads_again_when_mended(site: Site) -> None:
    browser = site.browser(site.cast.marina)
    where = upload(browser).headers["Location"]
    response = browser.client.get(f"{where}/refused.xlsx")
    book = openpyxl.load_workbook(io.BytesIO(response.data))
    rows = list(book.worksheets[0].iter_rows(values_only=True))
    assert rows[0][:2] == ("Строка файла", "Почему не загрузили")
    assert [row[0] for row in rows[1:]] == [3, 4]
    assert "Чужая" in rows[1]
    table = read_table(response.data, "refused.xlsx")
    assert read_staff(table, site.cast.anna.person.created_at.date()).rows[0].last_name == "Чужая"


def test_the_template_is_read_by_our_own_reader(site: Site) -> None:
    response = site.browser(site.cast.marina).client.get("/people/import/template.xlsx")
    book = openpyxl.load_workbook(io.BytesIO(response.data))
    assert book.sheetnames == ["Педагоги", "Как заполнять", "Школы", "Предметы"]
    assert [row[0] for row in book["Школы"].iter_rows(min_row=2, values_only=True)] == ["S1"]  # the own school only
    sheet = book["Педагоги"]
    keys = [cell.value for cell in sheet[1]]
    sheet.append([{"last_name": "Новая", "first_name": "Нина", "post": "учитель"}.get(key) for key in keys])
    filled = io.BytesIO()
    book.save(filled)
    browser = site.browser(site.cast.marina)
    assert "Новые 1" in text_of(browser.follow(upload(browser, filled.getvalue(), "список.xlsx")))


@pytest.mark.parametrize(
    ("content", "name", "words"),
    [
        ("", "a.csv", "Файл пустой"),
        ("a;b\n1;2\n", "a.csv", "нет столбца с фамилией"),
        (FILE, "a.pdf", "не читаются"),
        ("<html><table></table>", "a.csv", "веб-страница"),
    ],
)
def test_a_file_that_cannot_be_read_is_explained(site: Site, content: str, name: str, words: str) -> None:
    browser = site.browser(site.cast.marina)
    page = text_of(upload(browser, content, name, 422).get_data(as_text=True))
    assert words in page
    assert "не изменились" in page


def test_no_file_at_all(site: Site) -> None:
    browser = site.browser(site.cast.marina)
    browser.get("/people/import")
    assert "Выберите файл" in browser.post("/people/import", 422).get_data(as_text=True)


@pytest.mark.parametrize("who", ["anna", "boris", "vera"])
def test_others_have_no_such_page(site: Site, who: str) -> None:
    site.browser(getattr(site.cast, who)).get("/people/import", 403)


def test_somebody_elses_list_is_not_there(site: Site) -> None:
    where = upload(site.browser(site.cast.marina)).headers["Location"]
    other = site.browser(site.cast.olga)
    other.get(where, 404)
    other.get("/people/import")
    other.post(f"{where}/confirm", 404)
    assert other.client.get(f"{where}/refused.xlsx").status_code == 404
    assert site.browser(site.cast.admin).client.get(where).status_code == 200  # an administrator may look and take back


def test_markup_in_a_file_is_text(site: Site) -> None:
    browser = site.browser(site.cast.marina)
    page = browser.follow(upload(browser, "last_name;first_name;post\n<script>alert(1)</script>;Нина;учитель\n"))
    assert "<script>alert" not in page
    assert "&lt;script&gt;" in page


def test_a_preview_asks_little_however_many_rows(site: Site) -> None:
    def asked(rows: int) -> int:
        browser = site.browser(site.cast.marina)
        lines = "\n".join(f"X{rows}-{number};Массовая;Имя;учитель;{1950 + number}" for number in range(rows))
        where = upload(browser, f"teacher_code;last_name;first_name;post;birth_year\n{lines}\n").headers["Location"]
        browser.get(where)
        with counted(site.engine) as seen:
            browser.get(where)
        return len(seen)

    assert asked(2) == asked(45) <= 12


def test_recent_lists_are_shown_without_their_rows(site: Site) -> None:
    browser = site.browser(site.cast.marina)
    upload(browser)
    with counted(site.engine) as seen:
        page = text_of(browser.get("/people/import"))
    assert "Последние загрузки" in page
    assert "Проверен, не загружен" in page
    assert not any("import_batches.verdicts" in statement for statement in seen)
    with Session(site.engine) as session:
        batch: Any = session.scalars(select(ImportBatch)).one()
    assert batch.author_id == site.cast.marina.person.id
