"""Plain values out of cells: text without invisible dirt, numbers and dates as people write them."""

import re
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING

from iom.core.sheets.texts import DOTTED_LETTER, PLAIN_LETTER

if TYPE_CHECKING:
    from iom.core.sheets.table import Cell

_SPACES = re.compile(r"\s+")
# Zero-width and direction marks, soft hyphen, byte order mark: invisible, they only make equal texts unequal.
_INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff]")
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff]")
_NUMBER = re.compile(r"[+-]?(?:[0-9]{1,15}|[0-9]{1,3}(?: [0-9]{3}){1,4})(?:[.,][0-9]{1,15})?")
_NOT_WORD = re.compile(r"[\W_]+")
_ISO_DATE = re.compile(r"([0-9]{4})-([0-9]{1,2})-([0-9]{1,2})(?:[T ][0-9:.]{4,15}(?:Z|[+-][0-9:]{4,6})?)?")
_RUSSIAN_DATE = re.compile(r"([0-9]{1,2})[./\- ]([0-9]{1,2})[./\- ]([0-9]{4})(?: [0-9]{1,2}:[0-9:.]{2,9})?")


def clean_text(text: str) -> str:
    """Return the text on one line: no-break and repeated spaces become one space, invisible marks go."""
    return _SPACES.sub(" ", _INVISIBLE.sub("", text)).strip()


def has_control_character(text: str) -> bool:
    """Return whether the text holds a control character other than tab and line ends, or half a surrogate pair."""
    return _CONTROL.search(text) is not None


def text_of(cell: "Cell") -> str:
    """Return the cell as one clean line; an empty string for an empty cell. Whole numbers lose their `.0`."""
    if cell is None:
        return ""
    if isinstance(cell, str):
        return clean_text(cell)
    if isinstance(cell, datetime):
        return cell.isoformat(" ")
    if isinstance(cell, date):
        return cell.isoformat()
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return str(cell)


def number_of(cell: "Cell") -> float | None:
    """Return the number in the cell, or None if it holds anything else; text may have a decimal comma and spaces.

    Only the digits 0–9 count, without an exponent: `1e309`, `NaN` and digits of other scripts are text.
    """
    if isinstance(cell, bool):
        return None
    if isinstance(cell, int | float):
        return float(cell)
    if not isinstance(cell, str):
        return None
    text = clean_text(cell).replace("\u2212", "-")
    if not _NUMBER.fullmatch(text):
        return None
    try:
        return float(Decimal(text.replace(" ", "").replace(",", ".")))
    except InvalidOperation:  # pragma: no cover - the pattern above lets only numbers through
        return None


def date_of(cell: "Cell") -> date | None:
    """Return the day in the cell, or None; text may be `2026-09-03`, `03.09.2026` or the latter with another separator.

    A bare number is not a date: the file does not say whether its days count from 1900 or from 1904.
    """
    if isinstance(cell, datetime):
        return cell.date()
    if isinstance(cell, date):
        return cell
    if not isinstance(cell, str):
        return None
    text = clean_text(cell)
    if match := _ISO_DATE.fullmatch(text):
        year, month, day = match.groups()
    elif match := _RUSSIAN_DATE.fullmatch(text):
        day, month, year = match.groups()
    else:
        return None
    try:
        return date(int(year), int(month), int(day))
    except ValueError:
        return None


def heading_key(text: str) -> str:
    """Return the heading in the form in which headings are compared: small letters and digits, single spaces.

    The Russian letter with two dots becomes the plain one; the signs % and \u2116 become words, since they carry meaning.
    """
    words = clean_text(text).casefold().replace("%", " percent ").replace("\u2116", " number ")
    return _NOT_WORD.sub(" ", words.replace(DOTTED_LETTER, PLAIN_LETTER)).strip()
