"""CSV for Excel in Russia, and the way back."""

import csv
import io
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from iom.core.sheets.formula_text import restore
from iom.documents.csv_out import csv_lines
from iom.documents.sheets_out import Column, Kind

from .test_sheets_out import DANGEROUS, TEXT


def written(columns, rows) -> bytes:
    return b"".join(csv_lines(columns, rows))


def read_back(content: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline=""), delimiter=";"))


def texts_back(texts: list[str]) -> list[str]:
    return [restore(row[0]) for row in read_back(written(TEXT, [{"text": text} for text in texts]))[1:]]


def test_export_then_import_is_identity_on_the_corpus():
    assert texts_back(DANGEROUS) == DANGEROUS


@given(st.lists(st.text(st.characters(codec="utf-8"), min_size=1, max_size=30), min_size=1, max_size=10))
def test_export_then_import_is_identity_on_any_text(texts):
    assert texts_back(texts) == texts


def test_no_text_cell_begins_like_a_formula():
    rows = read_back(written((*TEXT, Column("more", "=1")), [{"text": text, "more": text} for text in DANGEROUS]))

    assert not [cell for row in rows for cell in row if cell[:1] in set("=+-@\t\r\n\x00＝＋－＠")]


def test_numbers_stay_numbers_with_a_decimal_comma():
    columns = (Column("n", "n", Kind.INT), Column("d", "d", Kind.DECIMAL), Column("p", "p", Kind.PERCENT), Column("t", "t"))

    assert read_back(written(columns, [{"n": -5, "d": Decimal("2.5"), "p": 61.4, "t": "-5"}]))[1] == ["-5", "2,5", "61,4", "'-5"]


def test_dates_are_iso_and_unknown_values_empty():
    columns = (Column("day", "День", Kind.DATE), Column("n", "Число", Kind.INT), Column("t", "Текст"))

    assert read_back(written(columns, [{"day": date(2026, 10, 12), "n": None, "t": date(2026, 1, 2)}]))[1] == [
        "2026-10-12",
        "",
        "2026-01-02",
    ]


def test_file_opens_in_russian_excel():
    content = written((Column("a", "ФИО"), Column("b", "Школа")), [{"a": "Образцова; Анна", "b": 'МБОУ "СОШ"'}])

    assert content == '\ufeffФИО;Школа\r\n"Образцова; Анна";"МБОУ ""СОШ"""\r\n'.encode()


def test_lines_are_made_one_by_one():
    lines = csv_lines(TEXT, ({"text": str(number)} for number in range(10**9)))

    assert [next(lines) for _ in range(3)] == ["\ufeffТекст\r\n".encode(), b"0\r\n", b"1\r\n"]


def test_value_of_another_kind_is_refused():
    with pytest.raises(ValueError, match="in a column of int"):
        written((Column("n", "n", Kind.INT),), [{"n": "5"}])
