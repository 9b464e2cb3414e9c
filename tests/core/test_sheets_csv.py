"""Tables kept as text: every encoding and delimiter that is met, and what a text file can hide."""

import time
from collections.abc import Callable

import pytest

from iom.core.sheets import CellError, SheetError, SheetErrorCode, SheetLimits, Table, neutralise, read_table, restore
from iom.core.sheets.csv_text import find_delimiter
from iom.core.sheets.encodings import decode, russian_likelihood

CODE = SheetErrorCode
TEXT = "ФИО;Школа;Балл\nОбразцова Анна Сергеевна;Школа № 3;45\nБорисов Борис Борисович;Лицей «Рассвет»;61\n"
CAPITALS = "ФИО;ШКОЛА;БАЛЛ\nОБРАЗЦОВА АННА СЕРГЕЕВНА;ГИМНАЗИЯ;45\n"
PLAIN = TEXT.replace("№ ", "").replace("«", "").replace("»", "")


def read(content: bytes | str, name: str = "results.csv", **options: object) -> Table:
    return read_table(content.encode() if isinstance(content, str) else content, name, **options)  # type: ignore[arg-type]


def cells(content: bytes | str) -> list[tuple[object, ...]]:
    table = read(content)
    return [table.header, *(row.cells for row in table.rows)]


def refusal(content: bytes | str, **options: object) -> SheetError:
    with pytest.raises(SheetError) as caught:
        read(content, **options)
    return caught.value


@pytest.mark.parametrize(
    ("text", "written", "name"),
    [
        (TEXT, "utf-8", "utf-8"),
        (TEXT, "utf-8-sig", "utf-8"),
        (TEXT, "utf-16", "utf-16-le"),
        (TEXT, "utf-16-le", "utf-16-le"),
        (TEXT, "utf-16-be", "utf-16-be"),
        (TEXT, "cp1251", "windows-1251"),
        (CAPITALS, "cp1251", "windows-1251"),
        (CAPITALS.lower(), "cp1251", "windows-1251"),
        (PLAIN, "koi8-r", "koi8-r"),
        (CAPITALS, "koi8-r", "koi8-r"),
        (PLAIN, "cp866", "cp866"),
        ("имя;балл\nЯна;4\n", "cp1251", "windows-1251"),
        ("a;b\n1;2\n", "ascii", "utf-8"),
    ],
)
def test_encoding_is_told_from_the_bytes(text: str, written: str, name: str) -> None:
    table = read(text.encode(written))

    assert table.encoding == name
    assert table.header == tuple(text.split("\n")[0].split(";"))
    assert [";".join(str(cell) for cell in row.cells) for row in table.rows] == text.split("\n")[1:-1]


def test_utf16_with_the_other_byte_order_and_a_mark_is_read() -> None:
    assert read(b"\xfe\xff" + TEXT.encode("utf-16-be")).encoding == "utf-16-be"


def test_right_reading_is_likelier_than_the_wrong_one() -> None:
    right, wrong = "образцова анна", "образцова анна".encode("cp1251").decode("koi8-r")

    assert russian_likelihood(right) > russian_likelihood(wrong)
    assert russian_likelihood("only ASCII") == float("-inf")


def test_likelihood_is_the_mean_logarithm_of_shares() -> None:
    # Shares of «о» and «а»: 0.1097 and 0.0801; logarithms -2.2100 and -2.5245.
    assert russian_likelihood("оа") == pytest.approx(-2.36725, abs=1e-4)


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_delimiter_is_found(delimiter: str) -> None:
    table = read(TEXT.replace(";", delimiter))

    assert (table.delimiter, table.width, len(table.rows)) == (delimiter, 3, 2)


@pytest.mark.parametrize(
    ("text", "delimiter"),
    [
        ("балл, %;максимум, баллов\n1,5;2,5\n", ";"),
        ("a,b,c\n1;2,3,4\n", ","),
        ("a\tb, c\n1\t2\n", "\t"),
        ('"Школа; лицей",b\n"x;y",2\n', ","),
        ("a|b\n1|2\n", "\t"),
    ],
)
def test_delimiter_is_the_one_under_which_records_agree(text: str, delimiter: str) -> None:
    assert find_delimiter(text) == delimiter


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_declared_delimiter_wins_and_is_counted_as_a_row(end: str) -> None:
    table = read(f"sep=|{end}a|b{end}1|2{end}")

    assert (table.delimiter, table.header, table.header_row) == ("|", ("a", "b"), 2)
    assert [(row.number, row.cells) for row in table.rows] == [(3, ("1", "2"))]


def test_single_column_is_a_table_too() -> None:
    assert cells("code\nT-1\nT-2\n") == [("code",), ("T-1",), ("T-2",)]


def test_missing_last_line_end_and_old_mac_line_ends_change_nothing() -> None:
    assert cells("a;b\r1;2\r3;4") == cells("a;b\n1;2\n3;4\n")


def test_quoted_fields_keep_delimiters_quotes_and_line_ends() -> None:
    assert cells('a;b\n"x;y";"Лицей ""Рассвет"""\n"две\nстроки";\n') == [("a", "b"), ("x;y", 'Лицей "Рассвет"'), ("две\nстроки", None)]


def test_quotes_inside_a_field_are_plain_signs() -> None:
    assert cells('a;b\nООО "Ромашка" и дети;2\n')[1] == ('ООО "Ромашка" и дети', "2")


def test_row_numbers_count_records_and_not_lines() -> None:
    table = read('a;b\n"две\nстроки";1\n\nдалее;2\n')

    assert [row.number for row in table.rows] == [2, 4]


def test_short_rows_are_filled_and_long_ones_kept_for_the_reader() -> None:
    assert cells("a;b;c\n1\n1;2;3;4\n1;2;3;;;\n") == [("a", "b", "c"), ("1", None, None), ("1", "2", "3", "4"), ("1", "2", "3")]


def test_rows_of_blanks_and_delimiters_are_no_rows() -> None:
    assert cells("a;b\n;;;\n  ;\t\n1;2\n") == [("a", "b"), ("1", "2")]


def test_leading_zeros_no_break_spaces_and_marks_inside_stay() -> None:
    assert cells("код;имя\n00123;Анна\u00a0Мария\u202e\n")[1] == ("00123", "Анна\u00a0Мария\u202e")


def test_heading_is_cleaned() -> None:
    assert read("\ufeffкод\u00a0 педагога ;балл\u200b\n1;2\n").header == ("код педагога", "балл")


def test_control_character_in_a_cell_is_named() -> None:
    assert cells("a;b\nx\x07y;2\n")[1] == (CellError("#CONTROL!"), "2")


def test_name_without_an_extension_is_judged_by_content() -> None:
    assert read("a;b\n1;2\n", "выгрузка").header == ("a", "b")


REFUSED: list[tuple[str, Callable[[], bytes | str], SheetErrorCode]] = [
    ("empty", lambda: "", CODE.EMPTY_FILE),
    ("mark only", lambda: b"\xef\xbb\xbf", CODE.NO_ROWS),
    ("blanks only", lambda: " \n;;\n\t\n", CODE.NO_ROWS),
    ("NUL byte", lambda: "a;b\n1;\x002;\n", CODE.NUL),
    ("NUL after a mark", lambda: b"\xef\xbb\xbfa;b\n\x00;1\n", CODE.NUL),
    ("NUL in UTF-16", lambda: "a;\x00b\n".encode("utf-16"), CODE.NUL),
    ("half of a UTF-16 character", lambda: "a;b\n".encode("utf-16") + b"\x00", CODE.MIXED_ENCODING),
    ("binary", lambda: bytes(range(256)) * 4, CODE.NUL),
    ("French in Latin-1", lambda: ("Hélène;Éléonore;façade\n" * 30).encode("latin-1"), CODE.UNKNOWN_ENCODING),
    ("UTF-8 with a line of windows-1251", lambda: TEXT.encode() + TEXT.encode("cp1251"), CODE.MIXED_ENCODING),
    ("windows-1251 with a line of UTF-8", lambda: TEXT.encode("cp1251") * 5 + "Образцова".encode(), CODE.MIXED_ENCODING),
    ("UTF-8 cut inside a letter", lambda: TEXT.encode()[:-60] + b"\xd0\n", CODE.MIXED_ENCODING),
    ("broken UTF-8 after a mark", lambda: b"\xef\xbb\xbfa;\xd0\n", CODE.MIXED_ENCODING),
    ("overlong UTF-8 after a mark", lambda: b"\xef\xbb\xbfa;\xc0\xaf\n", CODE.MIXED_ENCODING),
    ("unclosed quote", lambda: 'a;b\n1;2\n3;"x\n4;5\n', CODE.UNCLOSED_QUOTE),
    ("unclosed quote in a long file", lambda: 'a;b\n3;"x\n' + "4;5\n" * 50_000, CODE.CELL_TOO_LONG),
    ("quote closed amid a value", lambda: 'a;b\n1;"Лицей "Рассвет""\n', CODE.BROKEN_QUOTES),
    ("field of 200 000 characters", lambda: "a;b\n1;" + "x" * 200_000, CODE.CELL_TOO_LONG),
    ("field of 32 768 characters", lambda: "a;b\n1;" + "x" * 32_768, CODE.CELL_TOO_LONG),
    ("101 columns", lambda: ";".join("x" * 101), CODE.TOO_MANY_COLUMNS),
    ("million columns", lambda: ";".join("x" * 1_000_000), CODE.TOO_MANY_COLUMNS),
    ("101 columns below the headings", lambda: "a;b\n" + ";".join("x" * 101), CODE.TOO_MANY_COLUMNS),
    ("50 001 rows", lambda: "a\n" + "1\n" * 50_001, CODE.TOO_MANY_ROWS),
    ("web page", lambda: "<table><tr><td>1</td></tr></table>", CODE.HTML_PAGE),
    ("XML", lambda: '<?xml version="1.0"?><a/>', CODE.HTML_PAGE),
]


@pytest.mark.parametrize(("build", "code"), [case[1:] for case in REFUSED], ids=[case[0] for case in REFUSED])
def test_bad_text_is_refused_with_its_reason(build: Callable[[], bytes | str], code: SheetErrorCode) -> None:
    content = build()
    started = time.perf_counter()

    assert refusal(content).code == code
    assert time.perf_counter() - started < 2


def test_refusal_names_the_row() -> None:
    assert refusal('a;b\n1;2\n3;"x\n4;5\n').facts["row"] == 3
    assert refusal('a;b\n1;"Лицей "Рассвет""\n').facts["row"] == 2
    assert refusal("a;b\n1;2\n\x00;").facts["line"] == 3


def test_limits_are_exact() -> None:
    limits = SheetLimits(rows=2, columns=3, cell_characters=4, file_bytes=40)

    assert len(read("a;b;c\n1111;2;3\n4;5;6\n", limits=limits).rows) == 2
    assert refusal("a\n1\n2\n3\n", limits=limits).code == CODE.TOO_MANY_ROWS
    assert refusal("a;b;c;d\n", limits=limits).code == CODE.TOO_MANY_COLUMNS
    assert refusal("a\n11111\n", limits=limits).code == CODE.CELL_TOO_LONG
    assert refusal("a" * 41, limits=limits).code == CODE.FILE_TOO_LARGE


def test_fifty_thousand_rows_are_read_in_time() -> None:
    content = (";".join(f"столбец {n}" for n in range(10)) + "\n" + ("Образцова Анна;" * 10 + "\n") * 50_000).encode("cp1251")
    started = time.perf_counter()

    assert len(read(content).rows) == 50_000
    assert time.perf_counter() - started < 10


@pytest.mark.parametrize(
    "text", ["=1+1", "+7 900 123-45-67", "-5", "@x", "\t=1", "\r1", "＝1+1", "＋1", "－1", "＠x", "\x00=1", "=cmd|' /C calc'!A0"]
)
def test_text_that_starts_like_a_formula_gets_an_apostrophe_and_loses_it(text: str) -> None:
    assert neutralise(text) == "'" + text
    assert restore(neutralise(text)) == text


@pytest.mark.parametrize("text", ["", "'", "'abc", "abc", "5-3", "'=1", "''=1", "'-5", "О'Нил", "''"])
def test_other_text_survives_the_round_trip(text: str) -> None:
    assert restore(neutralise(text)) == text


def test_text_that_starts_plainly_is_left_alone() -> None:
    assert [neutralise(text) for text in ("", "abc", "5-3", "'abc")] == ["", "abc", "5-3", "'abc"]


def test_import_takes_the_apostrophe_of_an_export_away() -> None:
    assert cells("телефон;балл\n'+7 900 123-45-67;'-5\n")[1] == ("+7 900 123-45-67", "-5")


def test_hostile_lines_are_decoded_in_linear_time() -> None:
    started = time.perf_counter()

    decode(b"\xd0\n" * 200_000 + b"\xe0\xe5\xee" * 100_000)

    assert time.perf_counter() - started < 5
