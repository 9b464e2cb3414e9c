"""Workbooks read back by other programs: values, kinds, and not a single formula."""

import io
import re
import zipfile
from datetime import UTC, date, datetime
from decimal import Decimal
from types import SimpleNamespace

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from iom.documents import sheets_out
from iom.documents.sheets_out import Column, Kind, Sheet, TooManyRows, sheet_titles, write_workbook

from .reading import part, part_names, sheet_rows

NOW = datetime(2026, 10, 12, 9, 30, tzinfo=UTC)
DANGEROUS = [
    "=1+1",
    "=cmd|'/c calc'!A1",
    '=HYPERLINK("http://example.org";"x")',
    "+7 900 123-45-67",
    "-5",
    "@SUM(A1)",
    "\t=1",
    "\r=1",
    "\n=1",
    "\x00=1",
    "＝1+1",
    "＋1",
    "－1",
    "＠x",
    "'=1",
    "''=1",
    "{=1}",
    " =1",
    "12",
    "0012",
    "1e5",
    "TRUE",
    "http://example.org",
    "_x0041_",
    "ёлка «х»",
    "a\nb",
    "a\r\nb",
]
TEXT = (Column("text", "Текст"),)


def book(*sheets: Sheet, about=()) -> bytes:
    buffer = io.BytesIO()
    write_workbook(buffer, sheets, made_at=NOW, about=about)
    return buffer.getvalue()


def texts_back(texts: list[str]) -> list[object]:
    content = book(Sheet("Л", TEXT, [{"text": text} for text in texts]))
    return [row[0] for row in sheet_rows(content, "Л")[1:]]


def test_every_dangerous_text_comes_back_as_it_was():
    assert texts_back(DANGEROUS) == DANGEROUS


def test_no_part_of_the_workbook_holds_a_formula_or_a_link():
    content = book(Sheet("=1", (Column("text", "=HYPERLINK(1)"),), [{"text": text} for text in DANGEROUS]), about=[("=1", "@x")])

    for name in part_names(content):
        assert not re.search(r"<f[ >/]|<hyperlink|calcChain", part(content, name)), name


def test_dangerous_cells_keep_their_quote_when_edited_in_excel():
    content = book(Sheet("Л", TEXT, [{"text": "=1"}, {"text": "плюс"}]))
    cells = openpyxl.load_workbook(io.BytesIO(content))["Л"]["A"][1:]

    assert [(cell.value, cell.data_type, bool(cell.quotePrefix), cell.number_format) for cell in cells] == [
        ("=1", "s", True, "@"),
        ("плюс", "s", False, "@"),
    ]


@settings(max_examples=40, deadline=None)
@given(st.lists(st.text(st.characters(codec="utf-8", exclude_categories=("Cn",)), min_size=1, max_size=30), min_size=1, max_size=20))
def test_any_text_survives_the_workbook(texts):
    assert texts_back(texts) == texts


def test_values_have_the_kinds_of_their_columns():
    columns = (
        Column("n", "Число", Kind.INT),
        Column("d", "Дробь", Kind.DECIMAL),
        Column("day", "День", Kind.DATE),
        Column("p", "Доля", Kind.PERCENT),
        Column("t", "Текст"),
    )
    content = book(Sheet("Л", columns, [{"n": -5, "d": Decimal("2.50"), "day": date(2026, 10, 12), "p": 61.4, "t": 7}]))
    row = openpyxl.load_workbook(io.BytesIO(content))["Л"][2]

    assert [cell.value for cell in row] == [-5, 2.5, datetime(2026, 10, 12), pytest.approx(0.614), "7"]
    assert [cell.number_format for cell in row] == ["#,##0", "#,##0.0#", "dd.mm.yyyy", "0.0 %", "@"]


def test_moment_in_a_date_column_is_its_day():
    content = book(Sheet("Л", (Column("day", "День", Kind.DATE),), [{"day": NOW}]))

    assert sheet_rows(content, "Л")[1] == [date(2026, 10, 12)]


def test_date_before_spreadsheets_know_dates_is_text():
    content = book(Sheet("Л", (Column("day", "День", Kind.DATE),), [{"day": date(1812, 9, 7)}]))

    assert sheet_rows(content, "Л")[1] == ["1812-09-07"]


def test_unknown_values_leave_empty_cells():
    columns = (Column("a", "А"), Column("b", "Б", Kind.INT), Column("c", "В", Kind.DATE))
    content = book(Sheet("Л", columns, [{"a": "", "b": None, "c": None}, {"a": "x", "b": 0, "c": None}]))

    assert sheet_rows(content, "Л")[1:] == [["x", 0.0, ""]] or sheet_rows(content, "Л")[1:] == [["", "", ""], ["x", 0.0, ""]]


@pytest.mark.parametrize(("kind", "value"), [(Kind.INT, "5"), (Kind.DECIMAL, True), (Kind.PERCENT, date(2026, 1, 1))])
def test_value_of_another_kind_is_refused(kind, value):
    with pytest.raises(ValueError, match=f"in a column of {kind}"):
        book(Sheet("Л", (Column("v", "В", kind),), [{"v": value}]))


def test_refused_list_leaves_no_file_behind(tmp_path, monkeypatch):
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    monkeypatch.setattr("tempfile.tempdir", None)

    with pytest.raises(ValueError, match="in a column of int"):
        write_workbook(tmp_path / "list.xlsx", [Sheet("Л", (Column("v", "В", Kind.INT),), [{"v": 1}, {"v": "x"}])], made_at=NOW)

    assert list(tmp_path.iterdir()) == []


def test_rows_may_be_objects_and_come_from_a_generator():
    rows = (SimpleNamespace(text=f"строка {number}") for number in range(3))

    assert [row[0] for row in sheet_rows(book(Sheet("Л", TEXT, rows)), "Л")] == ["Текст", "строка 0", "строка 1", "строка 2"]


def test_missing_value_is_an_error_and_no_empty_cell():
    with pytest.raises(KeyError):
        book(Sheet("Л", TEXT, [{"other": 1}]))


def test_text_longer_than_a_cell_is_cut_with_a_sign():
    (text,) = texts_back(["ж" * 40_000])

    assert text == "ж" * 32_766 + "…"


def test_half_of_a_surrogate_pair_is_replaced():
    assert texts_back(["а\ud800б"]) == ["а\ufffdб"]


def test_head_is_frozen_filtered_and_repeated_in_print():
    content = book(Sheet("Л", (Column("text", "Текст", width=40),), [{"text": "x"}, {"text": "y"}]))
    sheet = openpyxl.load_workbook(io.BytesIO(content))["Л"]

    assert (sheet.freeze_panes, sheet.auto_filter.ref, sheet.print_title_rows) == ("A2", "A1:A3", "$1:$1")
    assert sheet.column_dimensions["A"].width == pytest.approx(40, abs=1)
    assert sheet["A1"].font.bold


def test_first_sheet_tells_who_made_the_file_when_and_over_whom():
    content = book(Sheet("Люди", TEXT, []), about=[("Кто выгрузил", "Дина"), ("Охват", "Лесновский округ")])

    assert openpyxl.load_workbook(io.BytesIO(content)).sheetnames == ["О файле", "Люди"]
    assert sheet_rows(content, "О файле") == [["Что", "Значение"], ["Кто выгрузил", "Дина"], ["Охват", "Лесновский округ"]]


def test_count_of_rows_is_that_of_the_lists_without_heads_and_the_first_sheet():
    buffer = io.BytesIO()
    sheets = [Sheet("А", TEXT, [{"text": "1"}] * 3), Sheet("Б", TEXT, [{"text": "1"}] * 4)]

    assert write_workbook(buffer, sheets, made_at=NOW, about=[("Кто", "Дина")]) == 7
    assert not buffer.closed


def test_file_on_disk_equals_the_one_in_memory(tmp_path):
    sheet = Sheet("Л", TEXT, [{"text": "x"}])
    write_workbook(tmp_path / "a.xlsx", [sheet], made_at=NOW)

    assert zipfile.ZipFile(tmp_path / "a.xlsx").read("xl/worksheets/sheet1.xml") == zipfile.ZipFile(io.BytesIO(book(sheet))).read(
        "xl/worksheets/sheet1.xml"
    )


def test_moment_of_making_is_the_one_that_was_given():
    assert openpyxl.load_workbook(io.BytesIO(book(Sheet("Л", TEXT, [])))).properties.created == datetime(2026, 10, 12, 9, 30)


@pytest.mark.parametrize(
    ("wanted", "titles"),
    [
        (["Люди", "люди", "ЛЮДИ"], ["Люди", "люди (2)", "ЛЮДИ (3)"]),
        (["План [2026]: а/б?*\\"], ["План  2026   а б"]),
        (["'Кавычки'"], ["Кавычки"]),
        (["", " "], ["Лист", "Лист (2)"]),
        (["х" * 40, "х" * 40], ["х" * 31, "х" * 26 + " (2)"]),
    ],
)
def test_titles_of_sheets_are_ones_that_excel_accepts(wanted, titles):
    assert sheet_titles(wanted) == titles
    book(*(Sheet(title, TEXT, []) for title in wanted))


def test_list_that_no_sheet_holds_is_refused_with_its_size(monkeypatch):
    monkeypatch.setattr(sheets_out, "ROWS_MAX", 2)

    with pytest.raises(TooManyRows, match="more than 2 rows"):
        book(Sheet("Л", TEXT, [{"text": "x"}] * 3))
