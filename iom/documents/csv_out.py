"""Lists as CSV for Excel in Russia: UTF-8 with a mark, semicolons, decimal commas, dates as in ISO 8601, formulas disarmed."""

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from iom.core.sheets.formula_text import neutralise
from iom.documents.sheets_out import Column, Kind, value_of

MARK = "\ufeff"  # without it Excel takes UTF-8 for windows-1251
DELIMITER = ";"


def csv_lines(columns: Sequence[Column], rows: Iterable[object]) -> Iterator[bytes]:
    """Yield the file line by line, the head with captions first, so that a response can be streamed.

    Raises
    ------
    ValueError : a value does not fit the kind of its column
    """
    yield (MARK + _line([neutralise(column.caption) for column in columns])).encode()
    for row in rows:
        yield _line([_cell(column.kind, value_of(row, column.key)) for column in columns]).encode("utf-8", "replace")


def _line(cells: Sequence[str]) -> str:
    buffer = io.StringIO()
    csv.writer(buffer, delimiter=DELIMITER, lineterminator="\r\n").writerow(cells)
    return buffer.getvalue()


def _cell(kind: Kind, value: Any) -> str:
    if value is None or value == "":
        return ""
    if kind is Kind.TEXT:
        return neutralise(value.isoformat() if isinstance(value, date) else str(value))
    if kind is Kind.DATE:
        return f"{value:%Y-%m-%d}"
    if isinstance(value, bool) or not isinstance(value, (int, float, Decimal)):
        raise ValueError(f"{type(value).__name__} in a column of {kind}")
    return str(value).replace(".", ",")
