"""Workbooks (XLSX): checked part by part, repacked without anything unneeded, then read by calamine."""

import io
import posixpath
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import chain

from python_calamine import CalamineError, CalamineSheet, CalamineWorkbook

from iom.core.sheets.archive import Archive, pack
from iom.core.sheets.errors import SheetError, SheetErrorCode
from iom.core.sheets.limits import MIN_VALUES, SheetLimits
from iom.core.sheets.table import (
    CONTROL_CHARACTER,
    NO_CACHED_VALUE,
    Cell,
    CellError,
    MergedRange,
    Row,
    SheetInfo,
    Table,
    build_table,
)
from iom.core.sheets.values import has_control_character
from iom.core.sheets.xml_scan import PartScan, SheetScan, column_letters, scan_part

_CONTENT_TYPES = "[Content_Types].xml"
_WORKBOOK = "xl/workbook.xml"
_RELATIONS = "xl/_rels/workbook.xml.rels"
# An error the parser does not know (#SPILL!) makes it refuse the sheet; as text it passes, and the scan knows the cell.
_ERROR_TYPE = re.compile(rb"(<(?:[A-Za-z0-9]+:)?c\s[^<>]{0,400}?\bt=)([\"'])e\2")
_LARGEST_WHOLE = 2**53


@dataclass(frozen=True, slots=True)
class _Sheet:
    name: str
    is_hidden: bool
    part: str


class Workbook:
    """A workbook whose every part has been unpacked and looked through once."""

    def __init__(self, content: bytes, limits: SheetLimits) -> None:
        self._limits = limits
        self._archive = Archive(content, limits)
        members = self._archive.members
        if "xl/workbook.bin" in members:
            raise SheetError(SheetErrorCode.BINARY_WORKBOOK)
        if _CONTENT_TYPES not in members and "mimetype" in members:
            raise SheetError(SheetErrorCode.OPEN_DOCUMENT)
        if _CONTENT_TYPES not in members or _WORKBOOK not in members or _RELATIONS not in members:
            raise SheetError(SheetErrorCode.NOT_A_WORKBOOK)
        self._parts = self._scan_all()
        if any("macroEnabled" in values.get("ContentType", "") for _, values in self._parts[_CONTENT_TYPES].elements):
            raise SheetError(SheetErrorCode.MACROS, name=_CONTENT_TYPES)
        self._sheets = self._list_sheets()

    def list_sheets(self) -> tuple[SheetInfo, ...]:
        """Return the sheets in the order of the file, hidden ones too."""
        return tuple(SheetInfo(sheet.name, sheet.is_hidden, self._scan_of(sheet).last_row) for sheet in self._sheets)

    def read(self, name: str | None) -> Table:
        """Return the named sheet, or without a name the first visible one that holds a value."""
        sheet = self._choose(name)
        scan = self._scan_of(sheet)
        _check_extent(scan, self._limits)
        self._check_shared_text(scan)
        rows, merged = _read_cells(self._repack(sheet), sheet.name, scan, self._limits)
        if not rows:
            raise SheetError(SheetErrorCode.NO_ROWS, sheet=sheet.name)
        return build_table(sheet.name, rows, merged=merged)

    def _scan_all(self) -> dict[str, PartScan]:
        most_values = max((self._limits.rows + 1) * self._limits.columns, MIN_VALUES)
        parts = {}
        for name in self._archive.members:
            chunks = self._archive.unpack(name)
            first = next(chunks, b"")
            if name.lower().endswith((".xml", ".rels")) or _looks_like_xml(name, first):
                parts[name] = scan_part(chain([first], chunks), name, most_values)
            else:
                for _ in chunks:  # unpacked for the sake of the archive's checks only
                    pass
        return parts

    def _list_sheets(self) -> list[_Sheet]:
        targets = {
            values.get("Id", ""): _part_name(values.get("Target", ""))
            for tag, values in self._parts[_RELATIONS].elements
            if tag == "Relationship" and values.get("TargetMode") != "External"
        }
        sheets = [
            _Sheet(values.get("name", ""), values.get("state", "visible") != "visible", targets.get(values.get("id", ""), ""))
            for tag, values in self._parts[_WORKBOOK].elements
            if tag == "sheet"
        ]
        # Sheets of charts and dialogs are listed beside those with cells.
        usable = [sheet for sheet in sheets if sheet.part in self._parts and self._parts[sheet.part].sheet is not None]
        if not usable:
            raise SheetError(SheetErrorCode.NO_SHEETS)
        if len({sheet.name for sheet in sheets}) < len(sheets):
            raise SheetError(SheetErrorCode.BROKEN_XML, name=_WORKBOOK)
        return usable

    def _scan_of(self, sheet: _Sheet) -> SheetScan:
        scan = self._parts[sheet.part].sheet
        assert scan is not None
        return scan

    def _choose(self, name: str | None) -> _Sheet:
        if name is not None:
            for sheet in self._sheets:
                if sheet.name == name:
                    return sheet
            raise SheetError(SheetErrorCode.SHEET_NOT_FOUND, sheet=name)
        visible = [sheet for sheet in self._sheets if not sheet.is_hidden]
        for sheet in visible:
            if self._scan_of(sheet).values:
                return sheet
        raise SheetError(SheetErrorCode.NO_ROWS, sheet=visible[0].name if visible else None)

    def _check_shared_text(self, scan: SheetScan) -> None:
        """Refuse a sheet whose references to shared strings would copy more text than a file may unpack to."""
        lengths = next((part.string_lengths for part in self._parts.values() if part.root == "sst"), [])
        total = sum(count * lengths[index] for index, count in scan.shared.items() if index < len(lengths))
        if total > self._limits.unpacked_bytes:
            raise SheetError(SheetErrorCode.TOO_HEAVY, limit=self._limits.unpacked_bytes, actual=total)

    def _repack(self, chosen: _Sheet) -> bytes:
        """Return a small workbook: the chosen sheet with what it needs, in parts that have been checked."""
        self._archive.forget_total()
        kept: list[tuple[str, bytes]] = []
        for name, part in self._parts.items():
            is_needed = name == chosen.part or (part.sheet is None and name.startswith(("xl/", "_rels/", "[")))
            if is_needed and not name.startswith(("xl/drawings/", "xl/charts/", "xl/comments", "xl/theme/", "xl/pivot")):
                kept.append((name, self._archive.read(name)))
        return pack([(name, _ERROR_TYPE.sub(rb'\1"str"', part) if name == chosen.part else part) for name, part in kept])


def _looks_like_xml(name: str, first: bytes) -> bool:
    # Old comments (.vml) are often no well-formed XML; nobody reads them here.
    return not name.lower().endswith(".vml") and first[:200].lstrip(b"\xef\xbb\xbf\xff\xfe\x00 \t\r\n").startswith(b"<")


def _part_name(target: str) -> str:
    return target.lstrip("/") if target.startswith("/") else posixpath.normpath(posixpath.join("xl", target))


def _check_extent(scan: SheetScan, limits: SheetLimits) -> None:
    """Refuse by where the values lie: a single far cell makes the parser reserve everything before it."""
    if scan.last_row > limits.rows + 1 and scan.values <= limits.rows:
        cell = f"{column_letters(scan.last_column)}{scan.last_row}"
        raise SheetError(SheetErrorCode.CELL_OUT_OF_RANGE, cell=cell, rows=limits.rows, columns=limits.columns)
    if scan.last_row > limits.rows + 1:
        raise SheetError(SheetErrorCode.TOO_MANY_ROWS, limit=limits.rows, actual=scan.last_row - 1)
    if scan.last_column >= limits.columns:
        raise SheetError(SheetErrorCode.TOO_MANY_COLUMNS, limit=limits.columns, actual=scan.last_column + 1)


def _read_cells(content: bytes, name: str, scan: SheetScan, limits: SheetLimits) -> tuple[list[Row], tuple[MergedRange, ...]]:
    try:
        with CalamineWorkbook.from_filelike(io.BytesIO(content)) as workbook:
            sheet = workbook.get_sheet_by_name(name)
            merged = _merged(sheet)
    except (CalamineError, ValueError) as error:
        raise SheetError(SheetErrorCode.BROKEN_XML, name=str(error)[:100]) from error
    rows = list(_rows(sheet, scan, limits))
    return _fill_down(rows, merged, limits), merged


def _rows(sheet: CalamineSheet, scan: SheetScan, limits: SheetLimits) -> Iterator[Row]:
    # Places of errors and of formulas without a result are known from the scan: the parser shows both as empty.
    marks = {place: CellError(text) for place, text in scan.errors.items()} | dict.fromkeys(scan.without_value, NO_CACHED_VALUE)
    marked_rows = {row for row, _ in marks}
    last_marked = max(marked_rows, default=0)
    values = sheet.to_python(skip_empty_area=False) if sheet.start else []
    width = max([len(values[0]) if values else 0, *(column + 1 for _, column in marks)])
    for number in range(1, max(len(values), last_marked) + 1):
        raw = values[number - 1] if number <= len(values) else []
        cells = [_cell(value, number, column, limits) for column, value in enumerate(raw)]
        cells += [None] * (width - len(cells))
        if number in marked_rows:
            cells = [marks.get((number, column), cell) for column, cell in enumerate(cells)]
        if any(cell is not None for cell in cells):
            yield Row(number, tuple(cells))


def _cell(value: object, row: int, column: int, limits: SheetLimits) -> Cell:
    if isinstance(value, str):
        if len(value) > limits.cell_characters:
            raise SheetError(SheetErrorCode.CELL_TOO_LONG, cell=f"{column_letters(column)}{row}", limit=limits.cell_characters)
        if has_control_character(value):
            return CONTROL_CHARACTER
        return value if value.strip() else None
    if isinstance(value, bool):
        return value
    if isinstance(value, float):
        return _number(value)
    if isinstance(value, datetime):
        return value.date() if value.time() == time() else value
    if isinstance(value, date):
        return value
    if isinstance(value, time | timedelta):
        return str(value)
    return value if isinstance(value, int) else None


def _number(value: float) -> int | float | CellError:
    if value != value or abs(value) == float("inf"):
        return CellError("#NUM!")
    return int(value) if value.is_integer() and abs(value) <= _LARGEST_WHOLE else value


def _merged(sheet: CalamineSheet) -> tuple[MergedRange, ...]:
    return tuple(
        MergedRange(first_row + 1, first_column, last_row + 1, last_column)
        for (first_row, first_column), (last_row, last_column) in sheet.merged_cell_ranges or []
    )


def _fill_down(rows: list[Row], merged: tuple[MergedRange, ...], limits: SheetLimits) -> list[Row]:
    """Return the rows with blocks merged down one column filled: a school written once stands for all its rows.

    Blocks merged across are left as they are; only headings are spread over columns, by `Table`.
    """
    tall = [block for block in merged if block.first_column == block.last_column < limits.columns and block.last_row > block.first_row]
    last = rows[-1].number if rows else 0
    if sum(min(block.last_row, last) - block.first_row for block in tall) > limits.rows * limits.columns:
        raise SheetError(SheetErrorCode.TOO_HEAVY, limit=limits.rows * limits.columns)
    sources = {
        (number, block.first_column): block.first_row
        for block in tall
        for number in range(block.first_row + 1, min(block.last_row, last) + 1)
    }
    if not sources:
        return rows
    cells = {row.number: row.cells for row in rows}
    filled_rows = {number for number, _ in sources}
    return [_filled(row, sources, cells) if row.number in filled_rows else row for row in rows]


def _filled(row: Row, sources: dict[tuple[int, int], int], cells: dict[int, tuple[Cell, ...]]) -> Row:
    filled = list(row.cells)
    for column, cell in enumerate(row.cells):
        source = sources.get((row.number, column))
        if cell is None and source in cells:
            filled[column] = cells[source][column]
    return Row(row.number, tuple(filled))
