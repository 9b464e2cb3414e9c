"""The workbook of the planning command."""

import dataclasses
import io
from datetime import UTC, date, datetime

import openpyxl

from iom.documents.plan_workbook import DeficitRow, ItemRow, PersonRow, UncoveredRow, plan_columns, write_plan

from .reading import part, part_names

NOW = datetime(2026, 11, 24, tzinfo=UTC)
ANNA = PersonRow(
    person_code="0017",
    full_name="=Образцова Анна",
    school="СОШ № 1",
    municipality="Лесновский",
    position="учитель",
    subject="математика",
    competencies=12,
    deficits=3,
    claims=1,
    covered=2,
    steps=4,
    hours=72,
    hours_estimated=16,
    money=4200,
    start=date(2026, 9, 14),
    end=None,
    solution="лучший, доказано",
    gap_percent=None,
    file_name="0017.docx",
)
DEFICIT = DeficitRow("0017", "Образцова Анна", "M2", "Оценивание", 12, 39.4, 25.0, 53.0, 60.0, 91.5, "дефицит", "глубокий", 78.0)
ITEM = ItemRow(
    "0017",
    "Образцова Анна",
    1,
    "P-5",
    "Курс",
    "ПК",
    "ИРО",
    "очная",
    36,
    0,
    0,
    date(2026, 9, 14),
    date(2026, 10, 1),
    "Оценивание",
    "закрывает 78 %",
)
UNCOVERED = UncoveredRow("0017", "Образцова Анна", "Лесновский", "M3", "Задания", 12.0, "нет программы", "написать программу на 36 ч")


def plan(**changes):
    buffer = io.BytesIO()
    lists = {"people": [ANNA], "deficits": [DEFICIT], "items": [ITEM], "uncovered": [UNCOVERED]} | changes
    count = write_plan(buffer, **lists, made_at=NOW, about=[("Источник", "results.xlsx")])
    return count, buffer.getvalue()


def test_four_sheets_follow_the_one_about_the_file():
    count, content = plan()

    assert count == 4
    assert openpyxl.load_workbook(io.BytesIO(content)).sheetnames == ["О файле", "Люди", "Дефициты", "Пункты маршрутов", "Не охвачено"]


def test_values_stand_under_their_captions_with_codes_as_text():
    sheet = openpyxl.load_workbook(io.BytesIO(plan()[1]))["Люди"]
    row = dict(zip([cell.value for cell in sheet[1]], [cell.value for cell in sheet[2]], strict=True))

    assert row["Код"] == "0017"
    assert row["ФИО"] == "=Образцова Анна"
    assert (row["Часы"], row["Из них часы по оценке"], row["Стоимость, ₽"]) == (72, 16, 4200)
    assert row["Начало"] == datetime(2026, 9, 14)
    assert row["Окончание"] is None


def test_percentages_are_numbers_that_show_as_per_cent():
    sheet = openpyxl.load_workbook(io.BytesIO(plan()[1]))["Дефициты"]
    cells = {head.value: cell for head, cell in zip(sheet[1], sheet[2], strict=True)}

    assert round(cells["Уровень"].value, 6) == 0.394
    assert cells["Вероятность ниже границы"].number_format == "0.0 %"


def test_every_field_has_a_caption_and_captions_of_a_sheet_differ():
    for row_class in (PersonRow, DeficitRow, ItemRow, UncoveredRow):
        columns = plan_columns(row_class)

        assert [column.key for column in columns] == [field.name for field in dataclasses.fields(row_class)]
        assert len({column.caption for column in columns}) == len(columns)


def test_empty_plan_still_has_its_heads():
    count, content = plan(people=[], deficits=[], items=[], uncovered=[])

    assert count == 0
    assert openpyxl.load_workbook(io.BytesIO(content))["Не охвачено"]["A1"].value == "Код"


def test_names_of_people_never_become_formulas():
    content = plan()[1]

    assert not any("<f>" in part(content, name) for name in part_names(content))
