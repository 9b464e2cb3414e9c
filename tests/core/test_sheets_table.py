"""Headings found among titles and captions, and plain values taken out of cells."""

import time
from datetime import date, datetime

import pytest

from iom.core.sheets import CellError, MergedRange, Row, Table, choose_headings, clean_text, date_of, number_of, text_of
from iom.core.sheets.table import build_table
from iom.core.sheets.values import has_control_character

MEANINGS = {"teacher_code": "code", "код": "code", "last_name": "name", "фамилия": "name", "балл": "score"}


def meaning(text: str) -> str | None:
    return MEANINGS.get(text.lower())


def table(*rows: tuple[object, ...], merged: tuple[MergedRange, ...] = ()) -> Table:
    width = max(len(cells) for cells in rows)
    padded = [Row(number, (*cells, *[None] * (width - len(cells)))) for number, cells in enumerate(rows, 1)]  # type: ignore[arg-type]
    return choose_headings(build_table("S", padded, merged=merged), meaning)


def test_first_row_is_taken_when_it_is_the_best_known() -> None:
    found = table(("Код", "Фамилия"), ("1", "Борисов"))

    assert (found.header, found.header_row, [row.number for row in found.rows]) == (("Код", "Фамилия"), 1, [2])


def test_title_above_the_headings_disappears() -> None:
    found = table(("Список педагогов на 2026 год",), ("Школа № 3",), ("Код", "Фамилия"), ("1", "Борисов"))

    assert (found.header, found.header_row, [row.number for row in found.rows]) == (("Код", "Фамилия"), 3, [4])


def test_russian_captions_below_english_keys_are_no_row() -> None:
    found = table(("teacher_code", "last_name", "note"), ("Код", "Фамилия", "Примечание"), ("1", "Борисов", "-"))

    assert (found.header, [row.number for row in found.rows]) == (("teacher_code", "last_name", "note"), [3])


def test_person_below_the_keys_is_not_taken_for_captions() -> None:
    found = table(("teacher_code", "last_name"), ("Д-1", "Фамилия"), ("1", "Борисов"))

    assert [row.number for row in found.rows] == [2, 3]


def test_captions_that_contradict_the_keys_are_a_row() -> None:
    found = table(("teacher_code", "last_name", "note"), ("Фамилия", "Код", "Примечание"), ("1", "Борисов", "-"))

    assert [row.number for row in found.rows] == [2, 3]


def test_captions_after_a_gap_are_a_row() -> None:
    gap = [Row(1, ("teacher_code", "last_name")), Row(3, ("Код", "Фамилия"))]

    assert [row.number for row in choose_headings(build_table("S", gap), meaning).rows] == [3]


def test_headings_nobody_knows_leave_the_first_row() -> None:
    assert table(("a", "b"), ("1", "2")).header == ("a", "b")


def test_merged_heading_is_spread_only_over_its_own_columns() -> None:
    found = table(("Код", "Балл", None, "Фамилия"), ("1", 2, 3, "x"), merged=(MergedRange(1, 1, 1, 2), MergedRange(5, 0, 9, 9)))

    assert found.header == ("Код", "Балл", "Балл", "Фамилия")


def test_error_among_headings_is_an_empty_heading() -> None:
    assert table(("Код", CellError("#REF!")), ("1", 2)).header == ("Код", "")


@pytest.mark.parametrize(
    ("text", "clean"),
    [
        ("  Анна\u00a0\u2009Сергеевна \n", "Анна Сергеевна"),
        ("бал\u00adл\u200b\ufeff", "балл"),
        ("a\u202egpj.exe", "agpj.exe"),
        ("", ""),
        ("👩‍🏫", "👩🏫"),
    ],
)
def test_text_is_cleaned_of_what_cannot_be_seen(text: str, clean: str) -> None:
    assert clean_text(text) == clean


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        (None, ""),
        (" x ", "x"),
        (7, "7"),
        (7.0, "7"),
        (0.5, "0.5"),
        (date(2026, 9, 3), "2026-09-03"),
        (datetime(2026, 9, 3, 10, 30), "2026-09-03 10:30:00"),
        (True, "True"),
    ],
)
def test_any_cell_has_a_text(cell: object, text: str) -> None:
    assert text_of(cell) == text  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("cell", "number"),
    [
        (45, 45.0),
        (0.45, 0.45),
        ("45", 45.0),
        ("0,45", 0.45),
        ("0.45", 0.45),
        (" 1\u00a0000,5 ", 1000.5),
        ("1 000 000", 1_000_000.0),
        ("\u22125", -5.0),
        ("+5", 5.0),
        ("-0", 0.0),
        ("0.30000000000000004"[:17], 0.3),
    ],
)
def test_number_is_read_as_people_write_it(cell: object, number: float) -> None:
    assert number_of(cell) == pytest.approx(number)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "cell",
    [
        None,
        "",
        "x",
        "1e309",
        "1e3",
        "NaN",
        "inf",
        "٣",
        "1_000",
        "1,2,3",
        "10 00",
        "45%",
        "0x1",
        "--5",
        ".",
        "9" * 16,
        True,
        date(2026, 1, 1),
    ],
)
def test_anything_else_is_no_number(cell: object) -> None:
    assert number_of(cell) is None  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "cell",
    [
        date(2026, 9, 3),
        datetime(2026, 9, 3, 23, 59),
        "2026-09-03",
        "2026-9-3",
        "2026-09-03T10:00:00+03:00",
        "2026-09-03 10:00",
        "03.09.2026",
        "3.9.2026",
        "03/09/2026",
        "03-09-2026",
        "03 09 2026",
        "03.09.2026 10:00",
        " 03.09.2026\u00a0",
    ],
)
def test_day_is_read_as_people_write_it(cell: object) -> None:
    assert date_of(cell) == date(2026, 9, 3)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "cell",
    [
        None,
        "",
        45000,
        0,
        "45000",
        "03.09.26",
        "31.06.2026",
        "29.02.2026",
        "00.01.2026",
        "2026-13-01",
        "0000-01-01",
        "3 сентября",
        True,
        1.5,
    ],
)
def test_anything_else_is_no_day(cell: object) -> None:
    assert date_of(cell) is None  # type: ignore[arg-type]


def test_leap_day_is_a_day() -> None:
    assert date_of("29.02.2024") == date(2024, 2, 29)


def test_control_characters_are_those_that_no_text_needs() -> None:
    assert [has_control_character(text) for text in ("a\tb\r\nc", "a\x00", "a\x07", "a\x7f", "a\ud800", "ё\u00a0–")] == [
        False,
        True,
        True,
        True,
        True,
        False,
    ]


@pytest.mark.parametrize("text", ["1 " * 25_000, " " * 50_000, "-" * 50_000, "1" * 50_000, "\u200b" * 50_000, "2026-09-03T" + "0" * 50_000])
def test_patterns_are_linear_on_hostile_text(text: str) -> None:
    started = time.perf_counter()

    assert number_of(text) is None
    assert date_of(text) is None
    assert time.perf_counter() - started < 0.05
