"""CSV rows with checked cells: what a reader gets is either a clean value or an error that names the cell."""

import csv
import io
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TypeVar

from iom.catalog.files.errors import CatalogFileError, FileFault

Value = TypeVar("Value")
DIGITS_AT_MOST = 7  # no volume, price, year or number of seats is longer; a pasted phone number is


@dataclass(frozen=True, slots=True)
class Row:
    """One line of a catalog file; cells are trimmed, a missing optional column reads as empty."""

    file: str
    number: int
    cells: Mapping[str, str]

    def text(self, column: str) -> str:
        return self.cells.get(column, "")

    def required(self, column: str) -> str:
        text = self.text(column)
        if not text:
            raise self.fault(column, FileFault.EMPTY_VALUE)
        return text

    def choice(self, column: str, words: Mapping[str, Value]) -> Value:
        """The value behind the cell's word, whatever its case; an empty cell is looked up as the empty word."""
        word = self.text(column).casefold()
        if word not in words:
            raise self.fault(column, FileFault.UNKNOWN_VALUE)
        return words[word]

    def number_or_none(self, column: str) -> int | None:
        text = self.text(column)
        return self._number(column, text) if text else None

    def numbers(self, column: str) -> tuple[int, ...]:
        """Whole numbers separated by semicolons, ascending, each once."""
        parts = [part.strip() for part in self.text(column).split(";")]
        return tuple(sorted({self._number(column, part) for part in parts if part}))

    def day(self, column: str) -> date:
        try:
            return date.fromisoformat(self.required(column))
        except ValueError:
            raise self.fault(column, FileFault.BAD_DATE) from None

    def fault(self, column: str, reason: FileFault) -> CatalogFileError:
        return CatalogFileError(self.file, self.number, column, reason)

    def _number(self, column: str, text: str) -> int:
        is_number = text.isascii() and text.isdigit() and len(text) <= DIGITS_AT_MOST
        if not is_number or int(text) == 0:
            raise self.fault(column, FileFault.BAD_NUMBER)
        return int(text)


def read_rows(path: Path, columns: Sequence[str]) -> list[Row]:
    """The filled lines of a CSV file.

    Columns named in `columns` must be there; others are passed on as they are, so that a centre may keep notes of its own.

    Raises
    ------
    CatalogFileError : no such file, not UTF-8, a column missing, a line longer than its header
    """
    reader = csv.reader(io.StringIO(_text_of(path), newline=""))
    header = [cell.strip() for cell in next(reader, [])]
    for column in columns:
        if column not in header:
            raise CatalogFileError(path.name, 1, column, FileFault.MISSING_COLUMN)
    return list(_filled_rows(path.name, header, reader))


def check_unique(rows: Sequence[Row], column: str) -> None:
    """Raise on the second row that carries the same identifier."""
    seen: set[str] = set()
    for row in rows:
        key = row.required(column)
        if key in seen:
            raise row.fault(column, FileFault.DUPLICATE)
        seen.add(key)


def _text_of(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8-sig")
    except FileNotFoundError:
        raise CatalogFileError(path.name, 0, "", FileFault.MISSING_FILE) from None
    except UnicodeDecodeError:
        raise CatalogFileError(path.name, 0, "", FileFault.NOT_UTF8) from None


def _filled_rows(file: str, header: Sequence[str], lines: Iterable[Sequence[str]]) -> Iterator[Row]:
    for number, cells in enumerate(lines, start=2):
        if len(cells) > len(header):
            raise CatalogFileError(file, number, "", FileFault.RAGGED_ROW)
        values = {name: " ".join(cell.split()) for name, cell in zip(header, cells, strict=False)}
        if any(values.values()):
            yield Row(file, number, values)
