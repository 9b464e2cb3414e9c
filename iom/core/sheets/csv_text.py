"""Tables kept as text: encoding and delimiter found out, quoting taken strictly, limits kept."""

import csv
import io
import re
from collections.abc import Iterator

from iom.core.sheets.encodings import decode
from iom.core.sheets.errors import SheetError, SheetErrorCode
from iom.core.sheets.formula_text import restore
from iom.core.sheets.limits import SheetLimits
from iom.core.sheets.table import CONTROL_CHARACTER, Cell, Row, Table, build_table
from iom.core.sheets.values import has_control_character

_DELIMITERS = ("\t", ";", ",")  # a tie goes to the one that is rarer inside text
_DECLARED = re.compile(r"sep=(.)(?:\r\n|\r|\n|$)", re.IGNORECASE)
_BLANK = ' \t\r\n;,"'
_SAMPLED_RECORDS = 20
_SAMPLED_CHARACTERS = 200_000


def read_csv(content: bytes, name: str, limits: SheetLimits) -> Table:
    """Return the table in the text file; `name` becomes the name of its sheet."""
    decoded = decode(content)
    text = decoded.text
    skipped = 0
    if declared := _DECLARED.match(text):
        delimiter, skipped = declared[1], 1
        text = text[declared.end() :]
    else:
        delimiter = find_delimiter(text)
    rows = list(_rows(text, delimiter, skipped, limits)) if text.strip(_BLANK) else []
    if not rows:
        raise SheetError(SheetErrorCode.NO_ROWS, sheet=name)
    width = len(rows[0].cells)
    padded = [row if len(row.cells) >= width else Row(row.number, row.cells + (None,) * (width - len(row.cells))) for row in rows]
    return build_table(name, padded, encoding=decoded.encoding, delimiter=delimiter)


def find_delimiter(text: str) -> str:
    """Return the delimiter under which most of the first records are as wide as the first one, if it has columns."""
    sample = text[:_SAMPLED_CHARACTERS]
    return max(_DELIMITERS, key=lambda delimiter: _agreement(sample, delimiter))


def _agreement(sample: str, delimiter: str) -> float:
    """Return the share of records as wide as the first one; zero if that has one column only."""
    widths = []
    try:
        for record in csv.reader(io.StringIO(sample, newline=""), delimiter=delimiter):
            if record:
                widths.append(len(record))
            if len(widths) == _SAMPLED_RECORDS:
                break
    except csv.Error:
        pass
    return widths.count(widths[0]) / len(widths) if widths and widths[0] > 1 else 0.0


def _rows(text: str, delimiter: str, skipped: int, limits: SheetLimits) -> Iterator[Row]:
    kept = 0
    for number, record in enumerate(_records(text, delimiter, skipped, limits), skipped + 1):
        while record and not record[-1].strip():
            record.pop()
        if len(record) > limits.columns:
            raise SheetError(SheetErrorCode.TOO_MANY_COLUMNS, limit=limits.columns, actual=len(record), row=number)
        if not record:
            continue
        kept += 1
        if kept > limits.rows + 1:
            raise SheetError(SheetErrorCode.TOO_MANY_ROWS, limit=limits.rows, actual=None)
        yield Row(number, tuple(_cell(field, number, limits) for field in record))


def _records(text: str, delimiter: str, skipped: int, limits: SheetLimits) -> Iterator[list[str]]:
    """Yield the records; a quoting mistake names the record it starts in."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    number = skipped
    while True:
        number += 1
        try:
            record = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            raise _quoting_error(error, number, limits) from error
        yield record


def _quoting_error(error: csv.Error, row: int, limits: SheetLimits) -> SheetError:
    message = str(error)
    if "unexpected end" in message:
        return SheetError(SheetErrorCode.UNCLOSED_QUOTE, row=row)
    if "field larger" in message:
        # A quote left open swallows the rest of a long file, so both mistakes look alike here.
        return SheetError(SheetErrorCode.CELL_TOO_LONG, row=row, cell=None, limit=limits.cell_characters)
    return SheetError(SheetErrorCode.BROKEN_QUOTES, row=row)


def _cell(field: str, row: int, limits: SheetLimits) -> Cell:
    if len(field) > limits.cell_characters:
        raise SheetError(SheetErrorCode.CELL_TOO_LONG, row=row, cell=None, limit=limits.cell_characters)
    if not field.strip():
        return None
    text = restore(field)
    return CONTROL_CHARACTER if has_control_character(text) else text
