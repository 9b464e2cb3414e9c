"""A look through the XML parts of a workbook before any parser builds something out of them.

One pass tells whether a part is safe (no document type, no entity, sane depth) and, if it is a sheet, where its
values really lie, which cells hold errors, and how much text its references to shared strings amount to.
"""

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import lru_cache
from xml.parsers import expat

from iom.core.sheets.errors import SheetError, SheetErrorCode
from iom.core.sheets.limits import MAX_ERROR_CELLS, MAX_XML_DEPTH

_REFERENCE = re.compile(r"([A-Za-z]{1,4})([0-9]{1,8})")


@dataclass(slots=True)
class SheetScan:
    """What one sheet part holds; rows count from one as people see them, columns from zero."""

    last_row: int = 0
    last_column: int = -1
    values: int = 0
    errors: dict[tuple[int, int], str] = field(default_factory=dict)
    without_value: set[tuple[int, int]] = field(default_factory=set)  # formulas the file holds no result of
    shared: Counter[int] = field(default_factory=Counter)  # how often each shared string is used


@dataclass(slots=True)
class PartScan:
    """The root of one XML part and, by the root, its contents."""

    root: str = ""
    sheet: SheetScan | None = None
    string_lengths: list[int] = field(default_factory=list)
    elements: list[tuple[str, dict[str, str]]] = field(default_factory=list)  # of the workbook and its relations


def scan_part(chunks: Iterable[bytes], name: str, max_values: int) -> PartScan:
    """Return what the XML part holds; raise SheetError at the first sign of a document type or of broken XML.

    `max_values` bounds what is counted or kept: cells with a value, shared strings, elements of the workbook.
    """
    parser = expat.ParserCreate()
    parser.buffer_text = True
    scanner = _Scanner(parser, name, max_values)
    try:
        for chunk in chunks:
            parser.Parse(chunk, False)
        parser.Parse(b"", True)
    except (expat.ExpatError, LookupError, UnicodeError, ValueError) as error:
        raise SheetError(SheetErrorCode.BROKEN_XML, name=name[:100]) from error
    return scanner.found


class _Scanner:
    """Handlers of one pass; a sheet gets the handlers for cells, other parts the plain ones."""

    def __init__(self, parser: expat.XMLParserType, name: str, max_values: int) -> None:
        self._max_values = max_values
        self.found = PartScan()
        self._parser = parser
        self._name = name
        self._depth = 0
        self._row = 0
        self._column = -1
        self._type = ""
        self._has_value = self._has_formula = False
        self._text: list[str] | None = None
        self._length = 0
        self._skipped = 0  # depth inside phonetic hints, which are no part of the text
        parser.StartDoctypeDeclHandler = self._refuse_doctype
        parser.EntityDeclHandler = self._refuse_doctype
        parser.StartElementHandler = self._start_root
        parser.EndElementHandler = self._end_plain

    def _refuse_doctype(self, *_: object) -> None:
        raise SheetError(SheetErrorCode.DTD, name=self._name[:100])

    def _deepen(self) -> None:
        self._depth += 1
        if self._depth > MAX_XML_DEPTH:
            raise SheetError(SheetErrorCode.BROKEN_XML, name=self._name[:100])

    def _start_root(self, tag: str, attributes: dict[str, str]) -> None:
        self._depth = 1
        self.found.root = root = _local(tag)
        if root == "worksheet":
            self.found.sheet = SheetScan()
            self._parser.StartElementHandler = self._start_in_sheet
            self._parser.EndElementHandler = self._end_in_sheet
            self._parser.CharacterDataHandler = self._characters
        elif root == "sst":
            self._parser.StartElementHandler = self._start_in_strings
            self._parser.EndElementHandler = self._end_in_strings
            self._parser.CharacterDataHandler = self._count_characters
        else:
            self._parser.StartElementHandler = self._start_plain

    def _start_plain(self, tag: str, attributes: dict[str, str]) -> None:
        self._deepen()
        if self.found.root in ("workbook", "Relationships", "Types"):
            if len(self.found.elements) >= self._max_values:
                self._refuse_heavy()
            self.found.elements.append((_local(tag), {_local(key): value for key, value in attributes.items()}))

    def _end_plain(self, tag: str) -> None:
        self._depth -= 1

    def _start_in_strings(self, tag: str, attributes: dict[str, str]) -> None:
        self._deepen()
        local = _local(tag)
        if local == "si":
            self._length = 0
        elif local == "rPh":
            self._skipped = self._depth

    def _end_in_strings(self, tag: str) -> None:
        if self._depth == self._skipped:
            self._skipped = 0
        self._depth -= 1
        if _local(tag) == "si":
            if len(self.found.string_lengths) >= self._max_values:
                self._refuse_heavy()
            self.found.string_lengths.append(self._length)

    def _count_characters(self, text: str) -> None:
        if not self._skipped:
            self._length += len(text)

    def _start_in_sheet(self, tag: str, attributes: dict[str, str]) -> None:
        self._deepen()
        local = _local(tag)
        if local == "c":
            self._open_cell(attributes)
        elif local == "v":
            self._has_value = True
            self._text = [] if self._type in ("e", "s") else None
        elif local == "is":
            self._has_value = True
        elif local == "f":
            self._has_formula = True
        elif local == "row":
            self._row = int(attributes.get("r") or self._row + 1)
            self._column = -1

    def _open_cell(self, attributes: dict[str, str]) -> None:
        reference = attributes.get("r")
        if reference:
            match = _REFERENCE.fullmatch(reference)
            if match is None:
                raise SheetError(SheetErrorCode.BROKEN_XML, name=self._name[:100])
            self._column, self._row = column_index(match[1]), int(match[2])
        else:
            self._column += 1
        self._type = attributes.get("t", "n")
        self._has_value = self._has_formula = False

    def _characters(self, text: str) -> None:
        if self._text is not None:
            self._text.append(text)

    def _end_in_sheet(self, tag: str) -> None:
        self._depth -= 1
        local = _local(tag)
        if local == "c":
            if self._has_value or self._has_formula:
                self._close_value()
        elif local == "v" and self._text is not None:
            self._close_text("".join(self._text).strip())
            self._text = None

    def _close_value(self) -> None:
        sheet = self._sheet
        sheet.values += 1
        if sheet.values > self._max_values:
            self._refuse_heavy()
        sheet.last_row = max(sheet.last_row, self._row)
        sheet.last_column = max(sheet.last_column, self._column)
        if not self._has_value:
            sheet.without_value.add((self._row, self._column))
            self._check_marks()

    def _close_text(self, text: str) -> None:
        sheet = self._sheet
        if self._type == "s":
            if text.isascii() and text.isdigit() and len(text) < 10:
                sheet.shared[int(text)] += 1
        else:
            sheet.errors[self._row, self._column] = text[:20]
            self._check_marks()

    def _check_marks(self) -> None:
        if len(self._sheet.errors) + len(self._sheet.without_value) > MAX_ERROR_CELLS:
            self._refuse_heavy()

    def _refuse_heavy(self) -> None:
        raise SheetError(SheetErrorCode.TOO_HEAVY, name=self._name[:100])

    @property
    def _sheet(self) -> SheetScan:
        assert self.found.sheet is not None
        return self.found.sheet


def _local(name: str) -> str:
    """Return the name without its namespace prefix; some programs write `x:row` for `row`."""
    return name.rpartition(":")[2]


@lru_cache(maxsize=1024)
def column_index(letters: str) -> int:
    """Return 0 for A, 25 for Z, 26 for AA."""
    index = 0
    for letter in letters.upper():
        index = index * 26 + ord(letter) - 64
    return index - 1


def column_letters(index: int) -> str:
    """Return A for 0, Z for 25, AA for 26."""
    letters = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        letters = chr(65 + rest) + letters
    return letters
