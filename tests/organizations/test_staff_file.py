"""Staff lists as schools send them: every row is taken or refused by name, and nothing is guessed."""

from datetime import date, datetime

import pytest

from iom.core.sheets import CellError, Row, Table, read_table
from iom.core.sheets.table import build_table
from iom.organizations.kinds import EmployeeCategory, QualificationCategory
from iom.organizations.staff_file import (
    RejectedRow,
    StaffFile,
    StaffFileError,
    StaffFileProblem,
    StaffReason,
    employee_category,
    file_refusal,
    read_staff,
    rejection,
)
from iom.organizations.staff_file.names import is_plain_name, name_key, same_name, split_name
from iom.organizations.staff_file.texts import FILE_REASON, REASON, STAFF_HEADINGS

TODAY = date(2026, 11, 24)
REASON_OF = StaffReason


def staff(text: str) -> StaffFile:
    return read_staff(read_table(text.encode(), "staff.csv"), TODAY)


def one(columns: str, values: str) -> StaffFile:
    return staff(f"last_name;first_name;{columns}\nОбразцова;Анна;{values}\n")


def reason(columns: str, values: str) -> StaffReason:
    (rejected,) = one(columns, values).rejected
    return rejected.reason


KEYS = (
    "teacher_code;last_name;first_name;middle_name;org_code;post;subject_code;stage;category;service_years;birth_year;first_years;"
    "email;active"
)
CAPTIONS = "Код;Фамилия;Имя;Отчество;Код школы;Должность;Предмет;Ступень;Категория;Стаж;Год рождения;Молодой специалист;E-mail;Работает"
ANNA = "T-01;Образцова;Анна;Сергеевна;S-3;учитель;математика, физика;ООО;первая;12;1985;нет;Anna@Example.org;да"


@pytest.mark.parametrize("heading", [KEYS, f"{KEYS}\n{CAPTIONS}", CAPTIONS, f"Педагоги школы № 3;;\n{CAPTIONS}"])
def test_layout_of_the_exchange_is_read_with_keys_captions_or_both(heading: str) -> None:
    found = staff(f"{heading}\n{ANNA}\n")
    (row,) = found.rows

    assert (found.accepted_rows, found.rejected, found.unknown_columns) == (1, (), ())
    assert (row.teacher_code, row.last_name, row.first_name, row.middle_name) == ("T-01", "Образцова", "Анна", "Сергеевна")
    assert (row.org_code, row.post, row.subjects, row.stage) == ("S-3", "учитель", ("математика", "физика"), "ООО")
    assert (row.category, row.service_years, row.birth_year) == (QualificationCategory.FIRST, 12, 1985)
    assert (row.first_years, row.email, row.active) == (False, "anna@example.org", True)
    assert row.employee_category == EmployeeCategory.TEACHER


def test_row_keeps_the_number_of_the_sheet() -> None:
    assert staff(f"{KEYS}\n{CAPTIONS}\n{ANNA}\n").rows[0].row == 3


def test_full_name_is_taken_apart() -> None:
    (row,) = staff("ФИО;Школа\nОбразцова  Анна\u00a0Сергеевна;Лицей\n").rows

    assert (row.last_name, row.first_name, row.middle_name, row.school) == ("Образцова", "Анна", "Сергеевна", "Лицей")


def test_absent_columns_are_told_from_empty_cells() -> None:
    found = staff("Фамилия;Имя;E-mail\nОбразцова;Анна;\n")

    assert found.fields == {"last_name", "first_name", "email"}
    assert (found.rows[0].email, found.rows[0].post, found.rows[0].active) == (None, None, True)


def test_column_nobody_knows_is_named_and_does_not_disturb() -> None:
    found = staff("Фамилия;Имя;Любимый цвет;\nОбразцова;Анна;синий;\n")

    assert (found.unknown_columns, found.accepted_rows) == (("Любимый цвет",), 1)


def test_workbook_values_are_read_like_text() -> None:
    rows = [
        Row(1, ("teacher_code", "last_name", "first_name", "birth_year", "experience_start_date", "active", "service_years")),
        Row(2, (123, "Образцова", "Анна", 1985.0, datetime(2014, 9, 1), False, 12)),
        Row(3, ("00123", "Борисов", "Борис", "1990", date(2014, 9, 1), 1, "7")),
    ]
    found = read_staff(build_table("S", rows), TODAY)

    assert [row.teacher_code for row in found.rows] == ["123", "00123"]
    assert [(row.birth_year, row.experience_start_date, row.active, row.service_years) for row in found.rows] == [
        (1985, date(2014, 9, 1), False, 12),
        (1990, date(2014, 9, 1), True, 7),
    ]


@pytest.mark.parametrize(
    ("word", "category"),
    [
        ("первая", QualificationCategory.FIRST),
        ("Первая квалификационная категория", QualificationCategory.FIRST),
        ("1", QualificationCategory.FIRST),
        ("I", QualificationCategory.FIRST),
        ("Высшая", QualificationCategory.HIGHEST),
        ("highest", QualificationCategory.HIGHEST),
        ("без категории", QualificationCategory.NONE),
        ("СЗД", QualificationCategory.NONE),
        ("Соответствие занимаемой должности", QualificationCategory.NONE),
        ("педагог-методист", QualificationCategory.METHODIST),
        ("Педагог – наставник", QualificationCategory.MENTOR),
        ("", None),
    ],
)
def test_category_is_understood_as_people_write_it(word: str, category: QualificationCategory | None) -> None:
    assert one("Категория", word).rows[0].category == category


@pytest.mark.parametrize(
    ("columns", "values", "expected"),
    [
        ("Категория", "супер", REASON_OF.UNKNOWN_CATEGORY),
        ("birth_year", "85", REASON_OF.BAD_BIRTH_YEAR),
        ("birth_year", "2015", REASON_OF.BAD_BIRTH_YEAR),
        ("birth_year", "1985,5", REASON_OF.BAD_BIRTH_YEAR),
        ("Дата рождения", "01.02.2020", REASON_OF.BAD_BIRTH_YEAR),
        ("Дата рождения", "31.02.1985", REASON_OF.BAD_DATE),
        ("Стаж", "много", REASON_OF.BAD_SERVICE_YEARS),
        ("Стаж", "-1", REASON_OF.BAD_SERVICE_YEARS),
        ("Стаж", "81", REASON_OF.BAD_SERVICE_YEARS),
        ("Начало работы", "сентябрь 2014", REASON_OF.BAD_DATE),
        ("Начало работы", "01.09.2027", REASON_OF.FUTURE_DATE),
        ("Начало работы", "01.09.0014", REASON_OF.BAD_DATE),
        ("Начало работы", "41883", REASON_OF.BAD_DATE),
        ("E-mail", "anna@", REASON_OF.BAD_EMAIL),
        ("E-mail", "anna example.org", REASON_OF.BAD_EMAIL),
        ("E-mail", "a@b@c.ru", REASON_OF.BAD_EMAIL),
        ("E-mail", "anna@example", REASON_OF.BAD_EMAIL),
        ("Работает", "может быть", REASON_OF.BAD_FLAG),
        ("Должность", "у" * 201, REASON_OF.TOO_LONG),
        ("Код", "1" * 41, REASON_OF.TOO_LONG),
        ("Должность", "учи\x07тель", REASON_OF.CELL_ERROR),
        ("Должность", "учитель;лишнее", REASON_OF.EXTRA_CELLS),
    ],
)
def test_bad_value_refuses_its_row_by_name(columns: str, values: str, expected: StaffReason) -> None:
    assert reason(columns, values) == expected


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        (";Анна", REASON_OF.MISSING_NAME),
        ("Образцова;", REASON_OF.MISSING_NAME),
        ("Образцова;Анна2", REASON_OF.BAD_NAME),
        ("=cmd|'x';Анна", REASON_OF.BAD_NAME),
        ("<script>;Анна", REASON_OF.BAD_NAME),
        ("О" * 101 + ";Анна", REASON_OF.TOO_LONG),
    ],
)
def test_bad_name_refuses_its_row(row: str, expected: StaffReason) -> None:
    (rejected,) = staff(f"Фамилия;Имя\n{row}\n").rejected

    assert (rejected.row, rejected.reason) == (2, expected)


def test_single_word_is_no_full_name() -> None:
    assert staff("ФИО;Школа\nОбразцова;Лицей\n").rejected[0].reason == REASON_OF.MISSING_NAME


def test_error_cell_of_a_workbook_refuses_its_row() -> None:
    rows = [Row(1, ("Фамилия", "Имя", "Должность")), Row(2, ("Образцова", "Анна", CellError("#REF!")))]
    (rejected,) = read_staff(build_table("S", rows), TODAY).rejected

    assert rejected == RejectedRow(2, REASON_OF.CELL_ERROR, "Должность", (("value", "#REF!"),))


@pytest.mark.parametrize(
    "email", ["anna@example.org", "a.b+c@school-3.lesogorsk.example.ru", "anna@пример.рф", "A@EXAMPLE.ORG", "o'neil@x.info"]
)
def test_lawful_address_is_taken_in_small_letters(email: str) -> None:
    assert one("E-mail", email).rows[0].email == email.lower()


def test_birth_date_gives_the_year_only() -> None:
    assert one("Дата рождения", "03.09.1985").rows[0].birth_year == 1985


@pytest.mark.parametrize(
    ("word", "active"), [("да", True), ("нет", False), ("1", True), ("0", False), ("ИСТИНА", True), ("уволена", False), ("", True)]
)
def test_activity_is_yes_unless_the_file_says_no(word: str, active: bool) -> None:
    assert one("Работает", word).rows[0].active is active


def test_several_posts_of_one_person_are_several_rows() -> None:
    found = staff(
        "Код;Фамилия;Имя;Код школы;Должность\n1;Образцова;Анна;S1;учитель\n1;Образцова;Анна;S2;учитель\n1;Образцова;Анна;S1;завуч\n"
    )

    assert (found.accepted_rows, found.rejected) == (3, ())


def test_same_post_twice_is_a_duplicate_whatever_the_letters() -> None:
    found = staff("Код;Фамилия;Имя;Должность\nt-1;Фёдорова;Анна;учитель\nT-1;ФЕДОРОВА;анна;Учитель\n")

    assert found.rejected == (RejectedRow(3, REASON_OF.DUPLICATE, None, (("first_row", 2),)),)


def test_same_person_without_a_code_is_a_duplicate_in_one_school_only() -> None:
    found = staff("ФИО;Школа\nОбразцова Анна;Лицей\nОбразцова Анна;Лицей\nОбразцова Анна;Гимназия\n")

    assert [row.row for row in found.rows] == [2, 4]


def test_code_of_another_person_is_refused() -> None:
    found = staff("Код;Фамилия;Имя\nT-1;Образцова;Анна\nT-1;Борисов;Борис\n")

    assert found.rejected == (RejectedRow(3, REASON_OF.CODE_CONFLICT, "Код", (("value", "T-1"), ("first_row", 2))),)


def test_address_of_another_person_is_refused_and_of_the_same_one_taken() -> None:
    found = staff(
        "Код;Фамилия;Имя;Почта;Должность\n1;Образцова;Анна;a@x.ru;учитель\n1;Образцова;Анна;A@x.ru;завуч\n2;Борисов;Борис;a@x.ru;учитель\n"
    )

    assert [row.row for row in found.rows] == [2, 3]
    assert found.rejected[0].reason == REASON_OF.EMAIL_CONFLICT


def test_every_row_is_taken_or_refused() -> None:
    lines = ["Образцова;Анна;5", ";;", "Борисов;;5", ";;7", "Верина;Вера;x", "Глебов;Глеб;", "Образцова;Анна;5"]
    found = staff("Фамилия;Имя;Стаж\n" + "\n".join(lines) + "\n")

    assert [row.row for row in found.rows] == [2, 7]
    assert [(row.row, row.reason) for row in found.rejected] == [
        (4, REASON_OF.MISSING_NAME),
        (5, REASON_OF.MISSING_NAME),
        (6, REASON_OF.BAD_SERVICE_YEARS),
        (8, REASON_OF.DUPLICATE),
    ]
    assert found.total_rows == 6  # the row of blanks is none


def test_table_without_names_is_no_staff_file() -> None:
    with pytest.raises(StaffFileError) as caught:
        staff("Школа;Предмет\nЛицей;физика\n")

    assert caught.value.problem == StaffFileProblem.NO_NAME_COLUMN
    assert "Добавьте столбцы" in file_refusal(caught.value)


def test_repeated_column_is_refused_by_its_heading() -> None:
    with pytest.raises(StaffFileError) as caught:
        staff("Фамилия;Имя;Фамилия\nОбразцова;Анна;Борисова\n")

    assert file_refusal(caught.value).startswith("Столбец «Фамилия» повторяется")


def test_refusal_names_row_column_and_reason() -> None:
    assert rejection(one("E-mail", "anna@").rejected[0]) == "строка 2, столбец «E-mail»: адрес почты с\u00a0ошибкой: «anna@»"
    assert rejection(RejectedRow(5, REASON_OF.EXTRA_CELLS)) == "строка 5: ячеек больше, чем столбцов в\u00a0заголовке"


def test_every_reason_has_words() -> None:
    assert set(REASON) == set(StaffReason)
    assert set(FILE_REASON) == set(StaffFileProblem)


def test_every_heading_leads_to_one_field() -> None:
    aliases = [alias for names in STAFF_HEADINGS.values() for alias in names]

    assert len(aliases) == len(set(aliases))


@pytest.mark.parametrize(
    ("post", "category"),
    [
        ("учитель математики", EmployeeCategory.TEACHER),
        ("Директор", EmployeeCategory.MANAGER),
        ("И. о. директора школы", EmployeeCategory.MANAGER),
        ("заместитель директора по УВР", EmployeeCategory.MANAGER),
        ("Завуч", EmployeeCategory.MANAGER),
        ("заведующий детским садом", EmployeeCategory.MANAGER),
        ("руководитель структурного подразделения", EmployeeCategory.MANAGER),
        ("учитель, заместитель директора", EmployeeCategory.MANAGER),
        ("классный руководитель", EmployeeCategory.TEACHER),
        ("музыкальный руководитель", EmployeeCategory.TEACHER),
        ("руководитель физического воспитания", EmployeeCategory.TEACHER),
        ("заведующая библиотекой", EmployeeCategory.TEACHER),
        ("педагог-психолог", EmployeeCategory.TEACHER),
        ("", EmployeeCategory.TEACHER),
        (None, EmployeeCategory.TEACHER),
    ],
)
def test_post_tells_managers_from_teachers(post: str | None, category: EmployeeCategory) -> None:
    assert employee_category(post) == category


@pytest.mark.parametrize(
    ("name", "is_name"),
    [
        ("Иванова", True),
        ("Петрова-Водкина", True),
        ("О'Нил", True),
        ("Д’Артаньян", True),
        ("Мамедов Гасан оглы", True),
        ("Ли", True),
        ("Я", True),
        ("Müller", True),
        ("А.", True),
        ("Сергеи\u0306", True),  # the last letter in two signs, as some programs write it
        ("Иванова2", False),
        ("-", False),
        ("Иванова--Петрова-", False),
        ("a@b", False),
        ("<b>", False),
        ("", False),
        ("Иванова\u0301", False),
    ],
)
def test_names_are_letters_with_marks_between(name: str, is_name: bool) -> None:
    assert is_plain_name(name) is is_name


def test_long_hostile_name_is_judged_quickly() -> None:
    assert not is_plain_name("а-" * 25_000 + "1")
    assert not is_plain_name("а " * 25_000 + "1")


@pytest.mark.parametrize(
    ("one_name", "other", "is_same"),
    [
        ("Фёдорова Анна Сергеевна", "ФЕДОРОВА АННА СЕРГЕЕВНА", True),
        ("Образцова Анна Сергеевна", "Образцова А. С.", True),
        ("Образцова А.С.", "Образцова Анна", True),
        ("Образцова", "Образцова Анна", True),
        ("Образцова Майя", "Образцова Маи\u0306я", True),
        ("Образцова Анна", "Образцова Алла", False),
        ("Образцова А. С.", "Образцова А. П.", False),
        ("Образцова Анна", "Борисова Анна", False),
        ("", "", False),
    ],
)
def test_names_agree_when_they_may_be_one_person(one_name: str, other: str, is_same: bool) -> None:
    assert same_name(one_name, other) is is_same
    assert same_name(other, one_name) is is_same


def test_name_parts_and_key() -> None:
    assert split_name(" Мамедов  Гасан Али оглы ") == ("Мамедов", "Гасан", "Али оглы")
    assert split_name("Образцова") == ("Образцова", "", "")
    assert name_key("Фёдорова  Анна") == "федорова анна"


def test_table_is_not_changed_by_reading() -> None:
    table: Table = read_table(f"{KEYS}\n{ANNA}\n".encode(), "a.csv")
    read_staff(table, TODAY)

    assert table == read_table(f"{KEYS}\n{ANNA}\n".encode(), "a.csv")
