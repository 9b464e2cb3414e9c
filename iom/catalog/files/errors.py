"""What can be wrong with a catalog file; facts only, the words stand in texts."""

from enum import StrEnum

from iom.core.errors import DomainError


class FileFault(StrEnum):
    MISSING_FILE = "missing_file"
    NOT_UTF8 = "not_utf8"
    MISSING_COLUMN = "missing_column"
    RAGGED_ROW = "ragged_row"  # more cells than the header has
    EMPTY_VALUE = "empty_value"
    UNKNOWN_VALUE = "unknown_value"
    BAD_NUMBER = "bad_number"
    BAD_DATE = "bad_date"
    DATES_REVERSED = "dates_reversed"
    DUPLICATE = "duplicate"
    UNKNOWN_REFERENCE = "unknown_reference"
    TOO_DEEP = "too_deep"  # below a component, or a circle of parents


class CatalogFileError(DomainError):
    """A catalog file cannot be taken over; `row` counts lines of the sheet with the header as 1, 0 means the file as a whole."""

    def __init__(self, file: str, row: int, column: str, reason: FileFault) -> None:
        super().__init__(file=file, row=row, column=column, reason=reason)
        self.file = file
        self.row = row
        self.column = column
        self.reason = reason
