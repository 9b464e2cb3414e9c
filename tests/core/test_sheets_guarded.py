"""Reading in a process of its own: the same answers, and nothing that a hostile file does reaches this process."""

import io
import resource
import time
import zipfile
from datetime import date, datetime

import pytest
import xlsxwriter

from iom.core.sandbox import Caps, SandboxError, SandboxFailure, run_guarded
from iom.core.sheets import CellError, MergedRange, Row, SheetError, SheetErrorCode, SheetLimits, Table, read_table, read_table_guarded
from iom.core.sheets.errors import SheetErrorCode as Code
from iom.core.sheets.texts import KEPT, REFUSAL, refusal
from iom.core.sheets.wire import dump_error, dump_table, load_table


def workbook(rows: int = 3) -> bytes:
    target = io.BytesIO()
    with xlsxwriter.Workbook(target, {"default_date_format": "dd.mm.yyyy"}) as book:
        page = book.add_worksheet("Данные")
        for row in range(rows):
            page.write_row(row, 0, ["Образцова", row, row / 7, True])
            page.write_datetime(row, 4, datetime(2026, 9, 3))
    return target.getvalue()


def test_guarded_reading_gives_the_same_table() -> None:
    assert read_table_guarded(workbook(), "a.xlsx") == read_table(workbook(), "a.xlsx")


def test_guarded_reading_of_text_gives_the_same_table() -> None:
    content = "ФИО;балл\nАнна;5\n".encode("cp1251")

    assert read_table_guarded(content, "a.csv") == read_table(content, "a.csv")


def test_guarded_reading_gives_the_same_refusal() -> None:
    with pytest.raises(SheetError) as caught:
        read_table_guarded(b"a;b\n1;\x002\n", "a.csv")

    assert (caught.value.code, caught.value.facts) == (Code.NUL, {"line": 2})


def test_sheet_and_limits_reach_the_other_process() -> None:
    with pytest.raises(SheetError) as missing:
        read_table_guarded(workbook(), "a.xlsx", sheet="Нет")
    with pytest.raises(SheetError) as long:
        read_table_guarded(workbook(5), "a.xlsx", SheetLimits(rows=3))

    assert (missing.value.code, long.value.code) == (Code.SHEET_NOT_FOUND, Code.TOO_MANY_ROWS)


def test_oversized_file_does_not_start_a_process() -> None:
    with pytest.raises(SheetError) as caught:
        read_table_guarded(bytes(11), "a.csv", SheetLimits(file_bytes=10))

    assert caught.value.code == Code.FILE_TOO_LARGE


def test_far_corner_is_refused_quickly_and_costs_this_process_nothing() -> None:
    target = io.BytesIO()
    with xlsxwriter.Workbook(target) as book:
        book.add_worksheet().write(1_048_575, 16_383, 1)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    started = time.perf_counter()

    with pytest.raises(SheetError) as caught:
        read_table_guarded(target.getvalue(), "a.xlsx")

    assert caught.value.code == Code.CELL_OUT_OF_RANGE
    assert time.perf_counter() - started < 2
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 20_000  # kilobytes


def test_bomb_of_four_hundred_megabytes_is_refused_quickly() -> None:
    target = io.BytesIO(workbook())
    with zipfile.ZipFile(target, "a", zipfile.ZIP_DEFLATED) as archive, archive.open("xl/x.xml", "w") as part:
        for _ in range(400):
            part.write(b" " * 1_000_000)
    started = time.perf_counter()

    with pytest.raises(SheetError) as caught:
        read_table_guarded(target.getvalue(), "a.xlsx")

    assert caught.value.code == Code.RATIO_TOO_HIGH
    assert time.perf_counter() - started < 2


def test_want_of_memory_is_a_readable_refusal() -> None:
    with pytest.raises(SheetError) as caught:
        read_table_guarded(workbook(20_000), "a.xlsx", SheetLimits(worker_memory_bytes=45_000_000))

    assert caught.value.code == Code.WORKER_MEMORY


def test_want_of_time_is_a_readable_refusal() -> None:
    with pytest.raises(SheetError) as caught:
        read_table_guarded(("1;" * 99 + "1\n").encode() * 50_000, "a.csv", SheetLimits(worker_cpu_seconds=1))

    assert caught.value.code == Code.WORKER_TIME


def test_waiting_ends_when_the_clock_says_so() -> None:
    started = time.perf_counter()

    with pytest.raises(SheetError) as caught:
        read_table_guarded(workbook(20_000), "a.xlsx", SheetLimits(worker_wall_seconds=0))

    assert caught.value.code == Code.WORKER_TIME
    assert time.perf_counter() - started < 2


def test_worker_that_fails_is_told_from_one_that_ran_out() -> None:
    with pytest.raises(SandboxError) as caught:
        run_guarded("iom.core.sheets.worker", b"", Caps())

    assert caught.value.failure == SandboxFailure.CRASH


TABLE = Table(
    sheet="Лист «1»",
    header=("a", ""),
    header_row=2,
    rows=(
        Row(3, (None, True, 1, 0.5, "x\ty", date(2026, 9, 3), datetime(2026, 9, 3, 10, 30), CellError("#REF!"))),
        Row(9, (False, -(2**53), 1e300, "", "\u2028")),
    ),
    encoding="utf-8",
    delimiter=";",
    merged=(MergedRange(1, 0, 1, 5),),
)


def test_table_survives_the_way_between_processes() -> None:
    assert load_table(dump_table(TABLE)) == TABLE
    assert [type(cell) for cell in load_table(dump_table(TABLE)).rows[0].cells] == [type(cell) for cell in TABLE.rows[0].cells]


def test_refusal_survives_the_way_between_processes() -> None:
    with pytest.raises(SheetError) as caught:
        load_table(dump_error(SheetError(Code.CELL_OUT_OF_RANGE, cell="XFD1", rows=5)))

    assert (caught.value.code, caught.value.facts) == (Code.CELL_OUT_OF_RANGE, {"cell": "XFD1", "rows": 5})


def test_every_refusal_has_words() -> None:
    assert set(REFUSAL) == set(SheetErrorCode)


FACTS: dict[str, str | int | None] = {
    "limit": 10_000_000,
    "extension": "xls",
    "sheet": "А",
    "cell": "B2",
    "rows": 50_000,
    "columns": 100,
    "row": 7,
    "line": 7,
}


@pytest.mark.parametrize("code", list(SheetErrorCode))
def test_refusal_says_what_happened_what_is_kept_and_what_to_do(code: SheetErrorCode) -> None:
    text = refusal(SheetError(code, **FACTS))

    assert KEPT.replace("в системе", "в\u00a0системе").replace("не изменились", "не\u00a0изменились") in text
    assert text.count(". ") >= 2
    assert text.endswith(".")
    assert "{" not in text


def test_numbers_in_a_refusal_are_written_the_russian_way() -> None:
    assert refusal(SheetError(Code.FILE_TOO_LARGE, limit=10_000_000, actual=11_000_000)).startswith("Файл больше 10\u00a0МБ.")
    assert refusal(SheetError(Code.TOO_MANY_ROWS, limit=50_000, actual=None)).startswith("Строк больше, чем 50\u00a0000.")
    assert "(ячейка B2)" in refusal(SheetError(Code.CELL_TOO_LONG, cell="B2", limit=5))
    assert "(строка\u00a07)" in refusal(SheetError(Code.CELL_TOO_LONG, row=7, cell=None, limit=5)).replace("строка 7", "строка\u00a07")
