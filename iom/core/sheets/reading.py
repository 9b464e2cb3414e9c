"""The door for spreadsheets: bytes and a name in, a checked table out."""

import re
from pathlib import Path

from iom.core.sheets.csv_text import read_csv
from iom.core.sheets.errors import SheetError, SheetErrorCode
from iom.core.sheets.limits import SheetLimits
from iom.core.sheets.table import SheetInfo, Table
from iom.core.sheets.xlsx import Workbook

_ZIP = b"PK\x03\x04"
_EMPTY_ZIP = b"PK\x05\x06"
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED_PACKAGE = "EncryptedPackage".encode("utf-16-le")
_HTML = re.compile(rb"(?:\xef\xbb\xbf)?\s{0,100}<(?:!doctype|html|\?xml|table|head|body|meta)", re.IGNORECASE)
_TEXT_EXTENSIONS = frozenset({"csv", "txt", "tsv", ""})
_REFUSED_EXTENSIONS = {
    "xls": SheetErrorCode.OLD_EXCEL,
    "xlsb": SheetErrorCode.BINARY_WORKBOOK,
    "xlsm": SheetErrorCode.MACROS,
    "xltm": SheetErrorCode.MACROS,
    "ods": SheetErrorCode.OPEN_DOCUMENT,
}


def read_table(source: bytes | Path, filename: str, limits: SheetLimits | None = None, sheet: str | None = None) -> Table:
    """Return the table in the file; of a workbook, the named sheet or the first visible one with a value.

    Raise SheetError with a code and facts for everything that cannot be read or should not be. For files that come
    over the network use `read_table_guarded`, which does the same in a process of its own.
    """
    limits = limits or SheetLimits()
    content = _content(source, limits)
    if _is_workbook(content, filename):
        return Workbook(content, limits).read(sheet)
    return read_csv(content, Path(filename).stem, limits)


def read_workbook(source: bytes | Path, filename: str, limits: SheetLimits | None = None) -> tuple[SheetInfo, ...]:
    """Return the sheets of the file in its order; a text file has one."""
    limits = limits or SheetLimits()
    content = _content(source, limits)
    if _is_workbook(content, filename):
        return Workbook(content, limits).list_sheets()
    table = read_csv(content, Path(filename).stem, limits)
    last = table.rows[-1].number if table.rows else table.header_row
    return (SheetInfo(table.sheet, is_hidden=False, rows=last),)


def _content(source: bytes | Path, limits: SheetLimits) -> bytes:
    size = source.stat().st_size if isinstance(source, Path) else len(source)
    if size == 0:
        raise SheetError(SheetErrorCode.EMPTY_FILE)
    if size > limits.file_bytes:
        raise SheetError(SheetErrorCode.FILE_TOO_LARGE, limit=limits.file_bytes, actual=size)
    return source.read_bytes() if isinstance(source, Path) else source


def _is_workbook(content: bytes, filename: str) -> bool:
    """Return whether the content is a workbook and not text; refuse other kinds and names that say otherwise."""
    extension = filename.rpartition(".")[2].strip().lower() if "." in filename else ""
    if content.startswith(_OLE):
        is_locked = _ENCRYPTED_PACKAGE in content
        raise SheetError(SheetErrorCode.ENCRYPTED if is_locked else SheetErrorCode.OLD_EXCEL)
    if _HTML.match(content):
        raise SheetError(SheetErrorCode.HTML_PAGE)
    if extension in _REFUSED_EXTENSIONS:
        raise SheetError(_REFUSED_EXTENSIONS[extension])
    is_archive = content.startswith((_ZIP, _EMPTY_ZIP))
    if extension == "xlsx":
        if not is_archive:
            raise SheetError(SheetErrorCode.WRONG_EXTENSION, extension=extension)
        return True
    if extension not in _TEXT_EXTENSIONS:
        raise SheetError(SheetErrorCode.UNSUPPORTED_EXTENSION, extension=extension[:20])
    if is_archive and extension:
        raise SheetError(SheetErrorCode.WRONG_EXTENSION, extension=extension)
    return is_archive
