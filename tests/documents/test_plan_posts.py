"""Posts of a staff list: which of several decides, and whom a name finds."""

from datetime import date

from iom.core.sheets.table import Row, Table
from iom.documents.plan.posts import Post, gather_posts
from iom.organizations.kinds import EmployeeCategory
from iom.organizations.staff_file import read_staff

HEAD = ("Код", "Фамилия", "Имя", "Код школы", "Школа", "Должность", "Предмет", "Работает")


def posts(*rows):
    table = Table("list", HEAD, 1, tuple(Row(number, cells) for number, cells in enumerate(rows, start=2)))
    return gather_posts(read_staff(table, date(2026, 11, 24)).rows)


def test_the_first_post_that_goes_on_decides():
    found = posts(
        ("7", "Образцова", "Анна", None, "Лицей", "учитель", "физика", "нет"),
        ("7", "Образцова", "Анна", "014", None, "директор", "физика; химия", None),
        ("7", "Образцова", "Анна", None, "Гимназия", "учитель", None, None),
    )

    assert found.find("7", "") == Post("Образцова Анна", "014", "директор", ("физика", "химия"), EmployeeCategory.MANAGER)


def test_a_code_is_found_whatever_its_case_and_then_no_name_is_asked():
    found = posts(("k-7", "Образцова", "Анна", None, "Лицей", None, None, None))

    assert found.find("K-7", "Кто-то Другой").school == "Лицей"
    assert found.find("K-8", "Образцова Анна") is None


def test_a_name_finds_one_person_and_never_one_of_two():
    found = posts(
        (None, "Пробная", "Вера", None, "Лицей", None, None, None),
        ("1", "Лесная", "Алёна", None, "Лицей", None, None, None),
        ("2", "Полевая", "Яна", None, "Лицей", None, None, None),
        ("3", "Полевая", "Яна", None, "Гимназия", None, None, None),
    )

    assert found.find(None, "ПРОБНАЯ  вера").school == "Лицей"
    assert found.find(None, "Лесная Алена").school == "Лицей"
    assert found.find(None, "Полевая Яна") is None
    assert found.find(None, "") is None
