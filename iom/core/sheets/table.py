"""A table as read from a file: numbered rows of plain values, before anybody asks what they mean."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from iom.core.sheets.values import text_of


@dataclass(frozen=True, slots=True)
class CellError:
    """A cell that has no usable value: an Excel error such as `#REF!`, or one of the names below."""

    text: str


NO_CACHED_VALUE = CellError("#NOVALUE!")  # a formula whose result the file does not hold
CONTROL_CHARACTER = CellError("#CONTROL!")  # text with a control character inside

Cell = str | bool | int | float | date | datetime | CellError | None
"""Dates without a time are `date`; times of day are text; a cell that holds nothing is None, never an empty string."""


@dataclass(frozen=True, slots=True)
class Row:
    """One non-empty row; `number` is the one that a spreadsheet program shows beside it."""

    number: int
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class MergedRange:
    """A merged block in row numbers and column indexes, all inclusive; columns count from zero."""

    first_row: int
    first_column: int
    last_row: int
    last_column: int


@dataclass(frozen=True, slots=True)
class Table:
    """A sheet split into one row of headings and the rows below.

    `header` has the width of the table, cleaned, with an empty string where a column has no heading. Every row has
    at least that width; a longer row came from a ragged file and is for the reader of the rows to refuse.
    """

    sheet: str
    header: tuple[str, ...]
    header_row: int
    rows: tuple[Row, ...]
    encoding: str | None = None  # of a CSV file
    delimiter: str | None = None
    merged: tuple[MergedRange, ...] = ()

    @property
    def width(self) -> int:
        return len(self.header)


@dataclass(frozen=True, slots=True)
class SheetInfo:
    """One sheet of a workbook as the file lists it."""

    name: str
    is_hidden: bool
    rows: int  # number of the last row that holds a value


SEARCHED_FOR_HEADINGS = 10


def build_table(
    sheet: str,
    rows: Sequence[Row],
    *,
    encoding: str | None = None,
    delimiter: str | None = None,
    merged: tuple[MergedRange, ...] = (),
) -> Table:
    """Return the table whose headings are the first non-empty row; `rows` must not be empty."""
    head = rows[0]
    bare = Table(sheet, (), head.number, tuple(rows), encoding, delimiter, merged)
    return _with_headings(bare, 0)


def choose_headings(table: Table, resolve: Callable[[str], str | None]) -> Table:
    """Return the table with the row that `resolve` knows most headings of as its headings.

    Titles above the headings disappear. A second row of headings directly below (Russian captions under English
    keys) is left out if each of its cells that means something means the same as the heading above it, and at least
    two do: one cell alone might be a person called like a column.
    """
    whole = _whole(table)
    candidates = whole.rows[:SEARCHED_FOR_HEADINGS]
    counts = [sum(resolve(text) is not None for text in _heading_texts(whole, row)) for row in candidates]
    best = counts.index(max(counts))
    chosen = _with_headings(whole, best if counts[best] else 0)
    return replace(chosen, rows=chosen.rows[1:]) if _is_caption_row(chosen, resolve) else chosen


def _whole(table: Table) -> Table:
    """Return the table with its headings put back among the rows."""
    head = Row(table.header_row, tuple(text or None for text in table.header))
    return replace(table, rows=(head, *table.rows))


def _with_headings(table: Table, index: int) -> Table:
    head = table.rows[index]
    return replace(table, header=_heading_texts(table, head), header_row=head.number, rows=table.rows[index + 1 :])


def _heading_texts(table: Table, row: Row) -> tuple[str, ...]:
    texts = [text_of(cell) if not isinstance(cell, CellError) else "" for cell in row.cells]
    for block in table.merged:
        if block.first_row <= row.number <= block.last_row and block.first_column < len(texts):
            # Only the first cell of a merged block holds its text; a heading stands for all columns under it.
            texts[block.first_column : block.last_column + 1] = [texts[block.first_column]] * (
                min(block.last_column + 1, len(texts)) - block.first_column
            )
    return tuple(texts)


def _is_caption_row(table: Table, resolve: Callable[[str], str | None]) -> bool:
    if not table.rows or table.rows[0].number != table.header_row + 1:
        return False
    agreed = 0
    for heading, cell in zip(table.header, table.rows[0].cells, strict=False):
        text = text_of(cell) if not isinstance(cell, CellError) else ""
        if not text:
            continue
        meaning = resolve(text)
        if meaning is not None and meaning != resolve(heading):
            return False
        if meaning is None and any(character.isdigit() for character in text):
            return False
        agreed += meaning is not None
    return agreed >= 2
