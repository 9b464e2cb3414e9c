"""Spreadsheets that come in: XLSX and CSV, read strictly and with bounded means."""

from iom.core.sheets.errors import SheetError, SheetErrorCode
from iom.core.sheets.formula_text import neutralise, restore
from iom.core.sheets.guarded import read_table_guarded
from iom.core.sheets.limits import SheetLimits
from iom.core.sheets.reading import read_table, read_workbook
from iom.core.sheets.table import Cell, CellError, MergedRange, Row, SheetInfo, Table, choose_headings
from iom.core.sheets.values import clean_text, date_of, heading_key, number_of, text_of

__all__ = [
    "Cell",
    "CellError",
    "MergedRange",
    "Row",
    "SheetError",
    "SheetErrorCode",
    "SheetInfo",
    "SheetLimits",
    "Table",
    "choose_headings",
    "clean_text",
    "date_of",
    "heading_key",
    "neutralise",
    "number_of",
    "read_table",
    "read_table_guarded",
    "read_workbook",
    "restore",
    "text_of",
]
