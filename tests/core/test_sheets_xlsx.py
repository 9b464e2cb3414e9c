"""Workbooks of every kind: built byte by byte here, so that each case holds exactly the trouble it is named for."""

import io
import struct
import time
import zipfile
import zlib
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path

import openpyxl
import pytest
import xlsxwriter

from iom.core.sheets import CellError, SheetError, SheetErrorCode, SheetLimits, Table, read_table, read_workbook

CODE = SheetErrorCode
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
SHEET_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"

Parts = dict[str, bytes]


def text_cell(reference: str, text: str) -> str:
    return f'<c r="{reference}" t="inlineStr"><is><t xml:space="preserve">{text}</t></is></c>'


def value_cell(reference: str, value: object, attributes: str = "") -> str:
    return f'<c r="{reference}"{attributes}><v>{value}</v></c>'


def line(number: int, *cells: str) -> str:
    return f'<row r="{number}">{"".join(cells)}</row>'


def sheet_xml(rows: str, before: str = "", after: str = "") -> bytes:
    return f'<?xml version="1.0"?><worksheet xmlns="{MAIN}">{before}<sheetData>{rows}</sheetData>{after}</worksheet>'.encode()


SIMPLE = sheet_xml(
    f'<row r="1">{text_cell("A1", "teacher_code")}{text_cell("B1", "percent")}</row>'
    f'<row r="2">{text_cell("A2", "T-01")}<c r="B2"><v>45</v></c></row>'
)


def parts(sheet: bytes = SIMPLE, *, date1904: bool = False, shared: str = "", workbook_type: str = SHEET_TYPE) -> Parts:
    """Return the parts of a workbook with one sheet; cell style 1 is a date."""
    properties = '<workbookPr date1904="1"/>' if date1904 else ""
    return {
        "[Content_Types].xml": f'<?xml version="1.0"?><Types xmlns="{PACKAGE}/content-types">'
        f'<Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="{workbook_type}"/>'
        "</Types>".encode(),
        "_rels/.rels": f'<Relationships xmlns="{PACKAGE}/relationships"><Relationship Id="rId1" Type="{OFFICE}/officeDocument" '
        'Target="xl/workbook.xml"/></Relationships>'.encode(),
        "xl/workbook.xml": f'<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}">{properties}<sheets>'
        '<sheet name="Результаты" sheetId="1" r:id="rId1"/></sheets></workbook>'.encode(),
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{PACKAGE}/relationships">'
        f'<Relationship Id="rId1" Type="{OFFICE}/worksheet" Target="worksheets/sheet1.xml"/>'
        f'<Relationship Id="rId2" Type="{OFFICE}/styles" Target="styles.xml"/>'
        f'<Relationship Id="rId3" Type="{OFFICE}/sharedStrings" Target="sharedStrings.xml"/></Relationships>'.encode(),
        "xl/styles.xml": f'<styleSheet xmlns="{MAIN}"><cellXfs><xf numFmtId="0"/><xf numFmtId="14"/></cellXfs></styleSheet>'.encode(),
        "xl/sharedStrings.xml": f'<sst xmlns="{MAIN}">{shared}</sst>'.encode(),
        "xl/worksheets/sheet1.xml": sheet,
    }


def packed(contents: Parts) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, part in contents.items():
            archive.writestr(name, part)
    return target.getvalue()


def book(sheet: bytes = SIMPLE, **options: object) -> bytes:
    return packed(parts(sheet, **options))  # type: ignore[arg-type]


def with_part(name: str, part: bytes) -> bytes:
    return packed(parts() | {name: part})


def with_member(name: str, part: bytes = b"x", attributes: int = 0) -> bytes:
    target = io.BytesIO(book())
    with zipfile.ZipFile(target, "a") as archive:
        info = zipfile.ZipInfo(name)
        info.external_attr = attributes
        archive.writestr(info, part)
    return target.getvalue()


def read(content: bytes, **options: object) -> Table:
    return read_table(content, "results.xlsx", **options)  # type: ignore[arg-type]


def rows_of(sheet: bytes, **options: object) -> list[tuple[object, ...]]:
    table = read(book(sheet, **options))
    return [table.header, *(row.cells for row in table.rows)]


def renamed(content: bytes, old: bytes, new: bytes) -> bytes:
    assert len(old) == len(new)
    return content.replace(old, new)


def encrypted() -> bytes:
    """Return a workbook whose headers say that the first member is encrypted."""
    content = bytearray(book())
    content[6] |= 1
    content[content.index(b"PK\x01\x02") + 8] |= 1
    return bytes(content)


def false_size(declared: int) -> bytes:
    """Return a workbook whose sheet claims, in both headers, to unpack to another size than it does."""
    content = book(sheet_xml("".join(f'<row r="{n}"><c r="A{n}"><v>{n}</v></c></row>' for n in range(1, 3000))))
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        true = struct.pack("<I", archive.getinfo("xl/worksheets/sheet1.xml").file_size)
    assert content.count(true) == 2
    return content.replace(true, struct.pack("<I", declared))


def overlapping() -> bytes:
    """Return a workbook with two directory entries that share one stretch of packed bytes."""
    content = book()
    start = content.index(b"PK\x01\x02")
    entry_length = 46 + struct.unpack_from("<H", content, start + 28)[0]
    entry = content[start : start + entry_length]
    end = content.rindex(b"PK\x05\x06")
    (count,) = struct.unpack_from("<H", content, end + 10)
    (size,) = struct.unpack_from("<I", content, end + 12)
    tail = content[end : end + 8] + struct.pack("<HHI", count + 1, count + 1, size + entry_length) + content[end + 16 :]
    return content[:end] + entry.replace(b"[Content_Types].xml", b"[content_types].xmm") + tail


def duplicated() -> bytes:
    target = io.BytesIO(book())
    with zipfile.ZipFile(target, "a") as archive, pytest.warns(UserWarning, match="Duplicate name"):
        archive.writestr("xl/workbook.xml", b"<workbook/>")
    return target.getvalue()


def many_members(count: int) -> bytes:
    target = io.BytesIO(book())
    with zipfile.ZipFile(target, "a") as archive:
        for number in range(count):
            archive.writestr(f"x/{number}", b"")
    return target.getvalue()


def shared_string_bomb() -> bytes:
    """Return a small workbook whose 40,000 cells point to one long text: read naively, it needs over a gigabyte."""
    cells = "".join(f'<row r="{n}"><c r="A{n}" t="s"><v>0</v></c></row>' for n in range(1, 40_001))
    noise = "".join(chr(0x400 + (n * n * 7919) % 200) for n in range(30_000))
    return book(sheet_xml(cells), shared=f"<si><t>{noise}</t></si>")


DTD = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;">]>'
EXTERNAL = b'<?xml version="1.0"?><!DOCTYPE x SYSTEM "http://127.0.0.1:9/x.dtd">'
FILE_ENTITY = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY f SYSTEM "file:///etc/passwd">]>'
XML_PARTS = [name for name in parts() if name.endswith((".xml", ".rels"))]


def with_dtd(name: str, prolog: bytes) -> bytes:
    body = parts()[name].removeprefix(b'<?xml version="1.0"?>')
    return with_part(name, prolog + body)


SYMLINK = 0o120777 << 16
ROW = line(1, value_cell("A1", 1))
FAR_LINE = line(1_048_576, value_cell("A1048576", 1))

REFUSED: list[tuple[str, Callable[[], bytes], SheetErrorCode]] = [
    ("empty file", lambda: b"", CODE.EMPTY_FILE),
    ("eleven megabytes", lambda: bytes(11_000_000), CODE.FILE_TOO_LARGE),
    ("old Excel", lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), CODE.OLD_EXCEL),
    ("encrypted by Office", lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"), CODE.ENCRYPTED),
    ("encrypted members", encrypted, CODE.ENCRYPTED),
    ("web page", lambda: b"<html><table><tr><td>1</td></tr></table></html>", CODE.HTML_PAGE),
    ("web page after a mark", lambda: b"\xef\xbb\xbf\r\n<!DOCTYPE html>", CODE.HTML_PAGE),
    ("CSV under a false name", lambda: b"teacher_code;percent\nT-01;45\n", CODE.WRONG_EXTENSION),
    ("PNG under a false name", lambda: b"\x89PNG\r\n\x1a\n" + bytes(50), CODE.WRONG_EXTENSION),
    ("ODS", lambda: packed({"mimetype": b"application/vnd.oasis.opendocument.spreadsheet", "content.xml": b"<x/>"}), CODE.OPEN_DOCUMENT),
    ("XLSB", lambda: packed({"[Content_Types].xml": b"<Types/>", "xl/workbook.bin": b"\x83"}), CODE.BINARY_WORKBOOK),
    ("DOCX", lambda: packed({"[Content_Types].xml": b"<Types/>", "word/document.xml": b"<x/>"}), CODE.NOT_A_WORKBOOK),
    ("empty archive", lambda: b"PK\x05\x06" + bytes(18), CODE.NOT_A_WORKBOOK),
    ("archive without a directory", lambda: b"PK\x03\x04" + bytes(100), CODE.BROKEN_ARCHIVE),
    ("bytes before the archive", lambda: b"PK\x03\x04junk" + book(), CODE.BROKEN_ARCHIVE),
    ("member sum broken", lambda: renamed(packed(parts()), struct.pack("<I", zlib.crc32(SIMPLE)), b"\1\2\3\4"), CODE.BROKEN_ARCHIVE),
    ("declared smaller than it is", lambda: false_size(100), CODE.BROKEN_ARCHIVE),
    ("declared larger than it is", lambda: false_size(2**31), CODE.BROKEN_ARCHIVE),
    ("overlapping members", overlapping, CODE.BROKEN_ARCHIVE),
    ("duplicate members", duplicated, CODE.UNSAFE_NAME),
    ("two thousand members", lambda: many_members(2_000), CODE.TOO_MANY_MEMBERS),
    ("65 536 members", lambda: many_members(65_536), CODE.TOO_MANY_MEMBERS),
    ("absolute name", lambda: with_member("/etc/cron.d/x"), CODE.UNSAFE_NAME),
    ("name with a drive", lambda: with_member("C:/x"), CODE.UNSAFE_NAME),
    ("name going up", lambda: with_member("xl/../../x"), CODE.UNSAFE_NAME),
    ("name with a backslash", lambda: with_member("xl\\x"), CODE.UNSAFE_NAME),
    ("symbolic link", lambda: with_member("xl/link", b"/etc/passwd", SYMLINK), CODE.UNSAFE_NAME),
    ("nested archive", lambda: with_member("xl/media/image1.png", book()), CODE.NESTED_ARCHIVE),
    ("nested gzip", lambda: with_member("xl/media/image1.png", b"\x1f\x8b\x08" + bytes(20)), CODE.NESTED_ARCHIVE),
    ("embedded document", lambda: with_member("xl/embeddings/oleObject1.bin"), CODE.NESTED_ARCHIVE),
    ("macros", lambda: with_member("xl/vbaProject.bin"), CODE.MACROS),
    ("declared with macros", lambda: book(workbook_type="application/vnd.ms-excel.sheet.macroEnabled.main+xml"), CODE.MACROS),
    ("ratio of a thousand", lambda: with_part("xl/sharedStrings.xml", b"<sst>" + b" " * 3_000_000 + b"</sst>"), CODE.RATIO_TOO_HIGH),
    ("zeros in a picture", lambda: with_part("xl/media/image1.bmp", bytes(30_000_000)), CODE.RATIO_TOO_HIGH),
    ("text that references multiply", shared_string_bomb, CODE.TOO_HEAVY),
    ("deep XML", lambda: with_part("xl/theme.xml", b"<a>" * 5_000 + b"</a>" * 5_000), CODE.BROKEN_XML),
    ("cut XML", lambda: book(SIMPLE[:-30]), CODE.BROKEN_XML),
    ("no sheets", lambda: with_part("xl/workbook.xml", f'<workbook xmlns="{MAIN}"><sheets/></workbook>'.encode()), CODE.NO_SHEETS),
    ("sheet without a part", lambda: packed({k: v for k, v in parts().items() if "sheet1" not in k}), CODE.NO_SHEETS),
    ("no rows", lambda: book(sheet_xml("")), CODE.NO_ROWS),
    ("blank rows only", lambda: book(sheet_xml('<row r="1"><c r="A1" s="1"/></row>')), CODE.NO_ROWS),
    ("one cell at the far corner", lambda: book(sheet_xml(line(1_048_576, value_cell("XFD1048576", 1)))), CODE.CELL_OUT_OF_RANGE),
    ("declared tiny, far cell", lambda: book(sheet_xml(FAR_LINE, '<dimension ref="A1"/>')), CODE.CELL_OUT_OF_RANGE),
    ("101 columns", lambda: book(sheet_xml('<row r="1"><c r="CW1"><v>1</v></c></row>')), CODE.TOO_MANY_COLUMNS),
    ("16 384 columns", lambda: book(sheet_xml(line(1, *(f"<c><v>{n * n}</v></c>" for n in range(16_384))))), CODE.TOO_MANY_COLUMNS),
    ("column beyond Excel", lambda: book(sheet_xml('<row r="1"><c r="AAAA1"><v>1</v></c></row>')), CODE.TOO_MANY_COLUMNS),
    ("reference that is none", lambda: book(sheet_xml('<row r="1"><c r="1A"><v>1</v></c></row>')), CODE.BROKEN_XML),
    ("row that is no number", lambda: book(sheet_xml('<row r="one"><c><v>1</v></c></row>')), CODE.BROKEN_XML),
    ("shared string out of range", lambda: book(sheet_xml('<row r="1"><c r="A1" t="s"><v>5</v></c></row>')), CODE.BROKEN_XML),
    ("unknown type of cell", lambda: book(sheet_xml('<row r="1"><c r="A1" t="z"><v>1</v></c></row>')), CODE.BROKEN_XML),
    ("32 768 characters", lambda: book(sheet_xml(f'<row r="1">{text_cell("A1", "я" * 32_768)}</row>')), CODE.CELL_TOO_LONG),
    ("XML of an unknown encoding", lambda: with_part("xl/styles.xml", b'<?xml version="1.0" encoding="ebcdic-x"?><a/>'), CODE.BROKEN_XML),
]  # fmt: skip


@pytest.mark.parametrize(("build", "code"), [case[1:] for case in REFUSED], ids=[case[0] for case in REFUSED])
def test_bad_workbook_is_refused_with_its_reason(build: Callable[[], bytes], code: SheetErrorCode) -> None:
    content = build()
    started = time.perf_counter()

    with pytest.raises(SheetError) as caught:
        read(content)

    assert caught.value.code == code
    assert time.perf_counter() - started < 2


def test_corpus_of_bad_workbooks_has_the_promised_size() -> None:
    assert len(REFUSED) + len(XML_PARTS) * 3 >= 50


@pytest.mark.parametrize("prolog", [DTD, EXTERNAL, FILE_ENTITY], ids=["entities", "external", "file"])
@pytest.mark.parametrize("name", XML_PARTS)
def test_document_type_in_any_part_is_refused(name: str, prolog: bytes) -> None:
    with pytest.raises(SheetError) as caught:
        read(with_dtd(name, prolog))

    assert caught.value.code == CODE.DTD


@pytest.mark.parametrize("name", ["docProps/core.xml", "customXml/item1.xml", "xl/media/picture"])
def test_document_type_in_an_extra_part_is_refused_too(name: str) -> None:
    with pytest.raises(SheetError) as caught:
        read(with_part(name, DTD + b"<x>&b;</x>"))

    assert caught.value.code == CODE.DTD


def test_utf16_part_does_not_hide_a_document_type() -> None:
    hidden = '<?xml version="1.0" encoding="utf-16"?><!DOCTYPE x [<!ENTITY a "1">]><x>&a;</x>'.encode("utf-16")

    with pytest.raises(SheetError) as caught:
        read(with_part("xl/media/picture", hidden))

    assert caught.value.code == CODE.DTD


@pytest.mark.parametrize("share", [n / 20 for n in range(1, 20)])
def test_truncated_workbook_is_refused(share: float) -> None:
    content = book()

    with pytest.raises(SheetError) as caught:
        read(content[: int(len(content) * share)])

    assert caught.value.code in {CODE.BROKEN_ARCHIVE, CODE.WRONG_EXTENSION}


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("a.xls", CODE.OLD_EXCEL),
        ("a.xlsm", CODE.MACROS),
        ("a.xlsb", CODE.BINARY_WORKBOOK),
        ("a.ods", CODE.OPEN_DOCUMENT),
        ("a.docx", CODE.UNSUPPORTED_EXTENSION),
        ("a.csv", CODE.WRONG_EXTENSION),
        ("a.xlsx.exe", CODE.UNSUPPORTED_EXTENSION),
    ],
)
def test_name_that_promises_another_kind_is_refused(name: str, code: SheetErrorCode) -> None:
    with pytest.raises(SheetError) as caught:
        read_table(book(), name)

    assert caught.value.code == code


def test_simple_workbook_gives_headings_and_numbered_rows() -> None:
    table = read(book())

    assert (table.sheet, table.header, table.header_row) == ("Результаты", ("teacher_code", "percent"), 1)
    assert [(row.number, row.cells) for row in table.rows] == [(2, ("T-01", 45))]
    assert (table.encoding, table.delimiter) == (None, None)


def test_file_is_read_by_path_as_well(tmp_path: Path) -> None:
    path = tmp_path / "results.xlsx"
    path.write_bytes(book())

    assert read_table(path, path.name) == read(book())


def test_declared_size_is_not_trusted() -> None:
    sheet = sheet_xml("".join(f'<row r="{n}"><c r="A{n}"><v>{n}</v></c></row>' for n in range(1, 102)), '<dimension ref="A1:A2"/>')

    assert [row.cells for row in read(book(sheet)).rows] == [(n,) for n in range(2, 102)]


def test_formatted_but_empty_far_cell_does_no_harm() -> None:
    sheet = sheet_xml(ROW + '<row r="2"><c r="A2"><v>2</v></c></row><row r="1048576"><c r="XFD1048576" s="1"/></row>')

    assert rows_of(sheet) == [("1",), (2,)]


def test_formula_gives_its_stored_result_and_names_a_missing_one() -> None:
    sheet = sheet_xml(
        ROW + '<row r="2"><c r="A2"><f>1+1</f><v>2</v></c><c r="B2" t="str"><f>A1</f><v>да</v></c><c r="C2"><f>A1</f></c></row>'
    )

    assert rows_of(sheet)[1] == (2, "да", CellError("#NOVALUE!"))


@pytest.mark.parametrize("error", ["#REF!", "#N/A", "#DIV/0!", "#VALUE!", "#SPILL!", "#ЗНАЧ!"])
def test_error_of_excel_stays_an_error(error: str) -> None:
    sheet = sheet_xml(ROW + f'<row r="2"><c r="A2"><v>7</v></c><c r="C2" t="e"><f>B9</f><v>{error}</v></c></row>')

    assert rows_of(sheet)[1] == (7, None, CellError(error))


def test_text_that_looks_like_an_error_attribute_is_kept() -> None:
    text = text_cell("A2", "c t=&quot;e&quot; и t='e'")
    sheet = sheet_xml(ROW + line(2, text, value_cell("B2", "#REF!", ' t="e"')))

    assert rows_of(sheet)[1] == ("c t=\"e\" и t='e'", CellError("#REF!"))


def test_dates_are_read_in_both_bases() -> None:
    sheet = sheet_xml(ROW + '<row r="2"><c r="A2" s="1"><v>45000</v></c><c r="B2" s="1"><v>45000.5</v></c></row>')

    # Day 45 000 counted from 1899-12-30 and, in the other base, from 1904-01-01: 1 462 days apart.
    assert rows_of(sheet)[1] == (date(2023, 3, 15), datetime(2023, 3, 15, 12))
    assert rows_of(sheet, date1904=True)[1][0] == date(2027, 3, 16)


def test_numbers_keep_their_kind() -> None:
    sheet = sheet_xml(
        ROW + '<row r="2"><c r="A2"><v>3.0</v></c><c r="B2"><v>0.45</v></c><c r="C2" t="b"><v>1</v></c>'
        '<c r="D2"><v>1E+400</v></c><c r="E2"><v>12345678901234567890</v></c></row>'
    )
    cells = rows_of(sheet)[1]

    assert cells == (3, 0.45, True, CellError("#NUM!"), 12345678901234567890.0)
    assert isinstance(cells[0], int)
    assert cells[2] is True


def test_text_keeps_leading_zeros_spaces_inside_and_line_breaks() -> None:
    texts = ("00123", "Анна\u00a0Сергеевна", "две&#10;строки", "  ")
    sheet = sheet_xml(ROW + line(2, *(text_cell(f"{column}2", text) for column, text in zip("ABCD", texts, strict=True))))

    assert rows_of(sheet)[1] == ("00123", "Анна\u00a0Сергеевна", "две\nстроки", None)


def test_rich_text_is_joined_and_phonetic_hints_are_left_out() -> None:
    shared = "<si><r><t>Ива</t></r><r><rPr><b/></rPr><t>нова</t></r><rPh sb='0' eb='1'><t>xx</t></rPh></si>"

    assert rows_of(sheet_xml(ROW + '<row r="2"><c r="A2" t="s"><v>0</v></c></row>'), shared=shared)[1] == ("Иванова",)


def test_control_character_in_a_cell_is_named() -> None:
    assert rows_of(sheet_xml(ROW + f'<row r="2">{text_cell("A2", "a_x0000_b")}</row>'))[1] == (CellError("#CONTROL!"),)


def test_cells_and_rows_without_references_are_counted() -> None:
    sheet = sheet_xml("<row><c><v>1</v></c><c><v>2</v></c></row><row><c><v>3</v></c></row>")

    assert rows_of(sheet) == [("1", "2"), (3, None)]


def test_prefixed_names_are_understood() -> None:
    sheet = f'<x:worksheet xmlns:x="{MAIN}"><x:sheetData><x:row r="1"><x:c r="A1"><x:v>1</x:v></x:c></x:row></x:sheetData></x:worksheet>'

    assert rows_of(sheet.encode()) == [("1",)]


def test_heading_merged_across_stands_over_each_of_its_columns() -> None:
    headings = line(1, text_cell("A1", "ФИО"), text_cell("B1", "Методика"), value_cell("D1", 5))
    sheet = sheet_xml(headings, after='<mergeCells count="1"><mergeCell ref="B1:C1"/></mergeCells>')

    assert read(book(sheet)).header == ("ФИО", "Методика", "Методика", "5")


def test_cell_merged_down_fills_the_rows_under_it() -> None:
    rows = line(2, text_cell("A2", "Школа"), value_cell("B2", 1)) + line(3, value_cell("B3", 2)) + line(4, value_cell("B4", 3))
    merges = '<mergeCells><mergeCell ref="A2:A3"/><mergeCell ref="D1:F1048576"/></mergeCells>'

    assert [cells[:2] for cells in rows_of(sheet_xml(ROW + rows, after=merges))[1:]] == [("Школа", 1), ("Школа", 2), (None, 3)]


def test_empty_rows_are_skipped_and_numbers_stay_those_of_the_sheet() -> None:
    sheet = sheet_xml('<row r="3"><c r="A3"><v>1</v></c></row><row r="7"><c r="A7"><v>2</v></c></row>')
    table = read(book(sheet))

    assert (table.header_row, [row.number for row in table.rows]) == (3, [7])


def two_sheets() -> bytes:
    target = io.BytesIO()
    with xlsxwriter.Workbook(target) as workbook:
        workbook.add_worksheet("Пустой")
        hidden = workbook.add_worksheet("Скрытый")
        hidden.write(0, 0, "secret")
        hidden.hide()
        workbook.add_worksheet("Данные").write_column(0, 0, ["code", "T-1"])
        workbook.add_chartsheet("График").set_chart(chart := workbook.add_chart({"type": "line"}))
        chart.add_series({"values": "=Данные!$A$2:$A$2"})
    return target.getvalue()


def test_first_visible_sheet_with_values_is_read() -> None:
    assert read(two_sheets()).sheet == "Данные"


def test_named_sheet_is_read_even_if_hidden() -> None:
    assert read(two_sheets(), sheet="Скрытый").header == ("secret",)


def test_missing_sheet_is_refused() -> None:
    with pytest.raises(SheetError) as caught:
        read(two_sheets(), sheet="Нет такого")

    assert (caught.value.code, caught.value.facts["sheet"]) == (CODE.SHEET_NOT_FOUND, "Нет такого")


def test_sheets_are_listed_with_what_is_hidden_and_charts_left_out() -> None:
    sheets = read_workbook(two_sheets(), "a.xlsx")

    assert [(sheet.name, sheet.is_hidden, sheet.rows) for sheet in sheets] == [
        ("Пустой", False, 0),
        ("Скрытый", True, 1),
        ("Данные", False, 2),
    ]


def test_text_file_is_listed_as_one_sheet() -> None:
    (sheet,) = read_workbook(b"a;b\n1;2\n", "staff.csv")

    assert (sheet.name, sheet.rows) == ("staff", 2)


def test_workbook_of_openpyxl_with_links_comments_and_a_picture_of_formats_is_read() -> None:
    workbook = openpyxl.Workbook()
    page = workbook.active
    page.append(["ФИО", "E-mail", "Дата"])
    page.append(["Образцова Анна", "anna@example.org", date(2026, 9, 3)])
    page["B2"].hyperlink = "mailto:anna@example.org"
    page["A2"].comment = openpyxl.comments.Comment("проверить", "Борис")
    page.auto_filter.ref = "A1:C2"
    page.freeze_panes = "A2"
    target = io.BytesIO()
    workbook.save(target)

    assert read(target.getvalue()).rows[0].cells == ("Образцова Анна", "anna@example.org", date(2026, 9, 3))


def test_limits_are_exact() -> None:
    limits = SheetLimits(rows=3, columns=2, cell_characters=5)
    fits = sheet_xml("".join(f'<row r="{n}">{text_cell(f"A{n}", "абвгд")}{text_cell(f"B{n}", "1")}</row>' for n in range(1, 5)))
    long = sheet_xml("".join(f'<row r="{n}">{text_cell(f"A{n}", "1")}</row>' for n in range(1, 6)))
    wide = sheet_xml(f'<row r="1">{text_cell("C1", "1")}</row>')
    wordy = sheet_xml(f'<row r="1">{text_cell("A1", "абвгде")}</row>')

    assert len(read(book(fits), limits=limits).rows) == 3
    for sheet, code in ((long, CODE.TOO_MANY_ROWS), (wide, CODE.TOO_MANY_COLUMNS), (wordy, CODE.CELL_TOO_LONG)):
        with pytest.raises(SheetError) as caught:
            read(book(sheet), limits=limits)
        assert caught.value.code == code


def test_repetitive_but_honest_table_is_not_taken_for_a_bomb() -> None:
    target = io.BytesIO()
    with xlsxwriter.Workbook(target) as workbook:
        page = workbook.add_worksheet()
        for row in range(3_000):
            for column in range(20):
                page.write(row, column, 1)

    assert len(read(target.getvalue()).rows) == 2_999
