"""What can be wrong with a spreadsheet file: one code for each refusal, facts instead of prose."""

from enum import StrEnum

from iom.core.errors import DomainError


class SheetErrorCode(StrEnum):
    """Why a file was not read; `texts.REFUSAL` has a sentence for each."""

    EMPTY_FILE = "empty_file"
    FILE_TOO_LARGE = "file_too_large"
    UNSUPPORTED_EXTENSION = "unsupported_extension"
    WRONG_EXTENSION = "wrong_extension"
    OLD_EXCEL = "old_excel"
    BINARY_WORKBOOK = "binary_workbook"
    OPEN_DOCUMENT = "open_document"
    HTML_PAGE = "html_page"
    NOT_A_WORKBOOK = "not_a_workbook"
    # the ZIP around a workbook
    ENCRYPTED = "encrypted"
    MACROS = "macros"
    BROKEN_ARCHIVE = "broken_archive"
    TOO_MANY_MEMBERS = "too_many_members"
    UNPACKED_TOO_LARGE = "unpacked_too_large"
    RATIO_TOO_HIGH = "ratio_too_high"
    UNSAFE_NAME = "unsafe_name"
    NESTED_ARCHIVE = "nested_archive"
    # the XML inside
    DTD = "dtd"
    BROKEN_XML = "broken_xml"
    NO_SHEETS = "no_sheets"
    SHEET_NOT_FOUND = "sheet_not_found"
    TOO_HEAVY = "too_heavy"
    # the table
    NO_ROWS = "no_rows"
    CELL_OUT_OF_RANGE = "cell_out_of_range"
    TOO_MANY_ROWS = "too_many_rows"
    TOO_MANY_COLUMNS = "too_many_columns"
    CELL_TOO_LONG = "cell_too_long"
    # CSV
    UNKNOWN_ENCODING = "unknown_encoding"
    MIXED_ENCODING = "mixed_encoding"
    NUL = "nul"
    UNCLOSED_QUOTE = "unclosed_quote"
    BROKEN_QUOTES = "broken_quotes"
    # the process that reads
    WORKER_MEMORY = "worker_memory"
    WORKER_TIME = "worker_time"
    WORKER_FAILED = "worker_failed"


Fact = str | int | float | None


class SheetError(DomainError):
    """The file cannot be read as a table; `code` says why, `facts` hold the numbers and names."""

    def __init__(self, code: SheetErrorCode, **facts: Fact) -> None:
        super().__init__(**facts)
        self.code = code
        self.facts: dict[str, Fact] = facts

    def __str__(self) -> str:
        return f"{self.code}: {super().__str__()}"
