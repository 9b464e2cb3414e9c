"""Lists as XLSX: written row by row in little memory, with text that stays text whatever it begins with (S-107)."""

import io
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from pathlib import Path
from typing import Any, BinaryIO

import xlsxwriter

from iom.core.sheets.formula_text import neutralise
from iom.documents import texts

CELL_MAX = 32_767  # characters that a cell of Excel holds
ROWS_MAX = 1_048_575  # rows of a sheet below its head
TITLE_MAX = 31
FIRST_YEAR = 1900  # before it a spreadsheet has no dates
LONE_SURROGATE = re.compile("[\ud800-\udfff]")
FORBIDDEN_IN_TITLE = re.compile(r"[\[\]:*?/\\\x00-\x1f]")

OPTIONS = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}


class Kind(StrEnum):
    """What a column holds, and so how its cells are written; an empty value leaves the cell empty."""

    TEXT = "text"
    INT = "int"
    DECIMAL = "decimal"
    DATE = "date"
    PERCENT = "percent"  # given in per cent, 61.4, and shown as «61,4 %»


@dataclass(frozen=True, slots=True)
class Column:
    """One column: the name of its value in a row, its caption, its kind and its width in characters."""

    key: str
    caption: str
    kind: Kind = Kind.TEXT
    width: float = 18


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet; rows are mappings or objects with attributes and are read once."""

    title: str
    columns: Sequence[Column]
    rows: Iterable[object]


class TooManyRows(ValueError):
    """A list that no sheet can hold; narrow the filter or take CSV."""


def write_workbook(target: Path | BinaryIO, sheets: Sequence[Sheet], *, made_at: datetime, about: Sequence[tuple[str, str]] = ()) -> int:
    """Write the sheets to a file or a buffer and return how many rows they hold together.

    Parameters
    ----------
    target : where to; an open buffer stays open
    sheets : at least one, in their order
    made_at : the moment that stands in the file's properties, aware or UTC
    about : facts of a first sheet: who made the file, when, over whom

    Raises
    ------
    TooManyRows : a sheet would need more than 1,048,575 rows
    ValueError : a value does not fit the kind of its column
    """
    workbook = xlsxwriter.Workbook(str(target) if isinstance(target, Path) else target, OPTIONS)
    workbook.set_properties({"created": made_at.replace(tzinfo=None)})
    try:
        count = _write_sheets(workbook, sheets, about)
    except Exception:
        workbook.filename = io.BytesIO()  # closing frees the temporary files; what was begun must not reach the target
        workbook.close()
        raise
    workbook.close()
    return count


def _write_sheets(workbook: Any, sheets: Sequence[Sheet], about: Sequence[tuple[str, str]]) -> int:
    formats = _formats(workbook)
    titles = sheet_titles([*([texts.ABOUT_SHEET] if about else []), *(sheet.title for sheet in sheets)])
    if about:
        _write_about(workbook.add_worksheet(titles[0]), formats, about)
    return sum(
        _write_sheet(workbook.add_worksheet(title), formats, sheet) for title, sheet in zip(titles[-len(sheets) :], sheets, strict=True)
    )


def sheet_titles(wanted: Sequence[str]) -> list[str]:
    """Return titles that Excel accepts: at most 31 characters, without []:*?/\\, no two alike."""
    titles: list[str] = []
    for text in wanted:
        base = FORBIDDEN_IN_TITLE.sub(" ", text).strip(" '")[:TITLE_MAX] or texts.UNTITLED_SHEET
        title, number = base, 2
        while title.casefold() in {other.casefold() for other in titles}:
            title, number = f"{base[: TITLE_MAX - 5]} ({number})", number + 1
        titles.append(title)
    return titles


def value_of(row: object, key: str) -> Any:
    """Return the value of a row under a column's key; a missing one is an error, not an empty cell."""
    return row[key] if isinstance(row, Mapping) else getattr(row, key)


def _formats(workbook: Any) -> dict[str, Any]:
    return {
        "head": workbook.add_format({"bold": True, "text_wrap": True, "valign": "top", "bottom": 1}),
        "danger": workbook.add_format({"num_format": "@", "quote_prefix": True}),
        Kind.TEXT: workbook.add_format({"num_format": "@"}),
        Kind.INT: workbook.add_format({"num_format": "#,##0"}),
        Kind.DECIMAL: workbook.add_format({"num_format": "#,##0.0#"}),
        Kind.DATE: workbook.add_format({"num_format": "dd.mm.yyyy"}),
        Kind.PERCENT: workbook.add_format({"num_format": "0.0 %"}),
    }


def _write_about(worksheet: Any, formats: Mapping[str, Any], about: Sequence[tuple[str, str]]) -> None:
    columns = [Column(caption, caption, width=width) for caption, width in zip(texts.ABOUT_CAPTIONS, (28, 80), strict=True)]
    _write_sheet(worksheet, formats, Sheet("", columns, [dict(zip(texts.ABOUT_CAPTIONS, fact, strict=True)) for fact in about]))


def _write_sheet(worksheet: Any, formats: Mapping[str, Any], sheet: Sheet) -> int:
    _lay_out(worksheet, sheet.columns)
    for index, column in enumerate(sheet.columns):
        worksheet.write_string(0, index, column.caption, formats["head"])
    count = 0
    for row in sheet.rows:
        count += 1
        if count > ROWS_MAX:
            raise TooManyRows(f"sheet {sheet.title!r} needs more than {ROWS_MAX} rows")
        for index, column in enumerate(sheet.columns):
            _write_cell(worksheet, count, index, column.kind, value_of(row, column.key), formats)
    if sheet.columns:
        worksheet.autofilter(0, 0, count, len(sheet.columns) - 1)
    return count


def _lay_out(worksheet: Any, columns: Sequence[Column]) -> None:
    for index, column in enumerate(columns):
        worksheet.set_column(index, index, column.width)
    worksheet.freeze_panes(1, 0)
    worksheet.set_paper(9)  # A4
    worksheet.set_landscape()
    worksheet.fit_to_pages(1, 0)
    worksheet.repeat_rows(0)


def _write_cell(worksheet: Any, row: int, index: int, kind: Kind, value: Any, formats: Mapping[str, Any]) -> None:
    if value is None or value == "":
        return
    if kind is Kind.TEXT or (kind is Kind.DATE and value.year < FIRST_YEAR):
        text = _cell_text(value)
        # The quote prefix keeps the text a text also when somebody edits the cell in Excel.
        is_plain = neutralise(text) == text
        worksheet.write_string(row, index, text, formats[Kind.TEXT if is_plain else "danger"])
    elif kind is Kind.DATE:
        worksheet.write_datetime(row, index, datetime(value.year, value.month, value.day), formats[kind])  # noqa: DTZ001 a calendar day
    else:
        worksheet.write_number(row, index, _cell_number(kind, value), formats[kind])


def _cell_text(value: object) -> str:
    text = LONE_SURROGATE.sub("\ufffd", value.isoformat() if isinstance(value, date) else str(value))
    return text if len(text) <= CELL_MAX else f"{text[: CELL_MAX - 1]}…"


def _cell_number(kind: Kind, value: Any) -> float:
    if isinstance(value, bool) or not isinstance(value, (int, float, Decimal)):
        raise ValueError(f"{type(value).__name__} in a column of {kind}")
    return float(value) / 100 if kind is Kind.PERCENT else float(value)
