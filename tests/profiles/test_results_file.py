"""Results tables as centres send them: each row is taken or refused by name, each column recognised or reported."""

import time
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from iom.catalog.files.framework import read_framework
from iom.core.sheets import Cell, CellError, MergedRange, Row, read_table
from iom.core.sheets.table import build_table
from iom.organizations.kinds import EmployeeCategory
from iom.profiles.results_file import (
    ColumnKind,
    ColumnVerdict,
    Layout,
    Likeness,
    Rejected,
    RejectReason,
    ResultsFile,
    ResultsFileError,
    ResultsFileProblem,
    Scale,
    ScoreSource,
    column_verdict,
    file_refusal,
    read_results,
    rejection,
)
from iom.profiles.results_file.columns import split_maximum
from iom.profiles.results_file.competencies import CompetencyNames
from iom.profiles.results_file.texts import COLUMN_VERDICT, FILE_REASON, REASON

TODAY = date(2026, 11, 24)
WHY = RejectReason


@dataclass(frozen=True)
class Node:
    code: str
    title: str
    parent_code: str | None
    level: str


FRAMEWORK = [
    Node("ME", "Методическая компетентность", None, "block"),
    Node("ME.1", "Проектирование урока и рабочей программы", "ME", "competency"),
    Node("ME.2", "Методы и технологии обучения", "ME", "competency"),
    Node("ME.3", "Оценивание результатов", "ME", "competency"),
    Node("ME.3.1", "Формирующее оценивание", "ME.3", "component"),
    Node("KO.1", "Взаимодействие с родителями", "KO", "competency"),
    Node("UP.4", "Взаимодействие с партнёрами", "UP", "competency"),
    Node("UP", "Управленческая компетентность", None, "block"),
]


def results(text: str, **options: object) -> ResultsFile:
    return read_results(read_table(text.encode(), "results.csv"), FRAMEWORK, TODAY, **options)  # type: ignore[arg-type]


def cells(*rows: tuple[Cell, ...]) -> ResultsFile:
    return read_results(build_table("S", [Row(number, row) for number, row in enumerate(rows, 1)]), FRAMEWORK, TODAY)


def found(file: ResultsFile) -> list[tuple[str | None, str, float]]:
    return [(person.code or person.name, row.competency_code, round(row.percent, 6)) for person in file.people for row in person.results]


def refused(file: ResultsFile) -> list[tuple[int, RejectReason]]:
    return [(entry.row, entry.reason) for entry in file.rejected]


LONG = "teacher_code;competency_code;score;max;source;date\n"


def long(*lines: str) -> ResultsFile:
    return results(LONG + "\n".join(lines) + "\n")


def long_reason(line: str) -> RejectReason:
    (entry,) = long(line).rejected
    return entry.reason


# --- the long layout


def test_long_table_with_english_keys_is_read() -> None:
    file = results(
        "teacher_code;full_name;school;position;subject;competency_code;score;max;source;date;n_tasks\n"
        "T-1;Образцова Анна Сергеевна;Лицей № 3;учитель;физика, математика;ME.1;9;20;measured;2026-10-12;20\n"
        "T-1;Образцова Анна Сергеевна;Лицей № 3;учитель;физика, математика;ME.2;15;20;self;2026-10-12;\n"
    )
    (person,) = file.people

    assert (file.layout, file.accepted_rows, file.rejected, file.lost_people) == (Layout.LONG, 2, (), ())
    assert (person.code, person.name, person.school, person.position) == ("T-1", "Образцова Анна Сергеевна", "Лицей № 3", "учитель")
    assert (person.subjects, person.category, person.rows) == (("физика", "математика"), EmployeeCategory.TEACHER, (2, 3))
    assert [(row.competency_code, row.percent, row.n_tasks, row.source, row.measured_on, row.row) for row in person.results] == [
        ("ME.1", 45.0, 20, ScoreSource.MEASURED, date(2026, 10, 12), 2),
        ("ME.2", 75.0, None, ScoreSource.SELF, date(2026, 10, 12), 3),
    ]


def test_long_table_with_russian_headings_and_titles_of_competencies_is_read() -> None:
    file = results(
        "Результаты диагностики;;;;\nКод педагога;ФИО;Компетенция;Процент;Дата\n"
        "T-1;Образцова Анна;Методы и технологии обучения;45 %;12.10.2026\nT-1;Образцова Анна;оценивание результатов;61,5;\n"
    )

    assert found(file) == [("T-1", "ME.2", 45.0), ("T-1", "ME.3", 61.5)]
    assert [row.measured_on for row in file.people[0].results] == [date(2026, 10, 12), None]
    assert [row.row for row in file.people[0].results] == [3, 4]


def test_russian_captions_under_english_keys_are_no_row() -> None:
    file = results("teacher_code;competency_code;percent\nКод педагога;Код компетенции;Процент\nT-1;ME.1;45\n")

    assert (file.total_rows, found(file)) == (1, [("T-1", "ME.1", 45.0)])


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        (";ME.1;9;20;;", WHY.NO_CODE),
        ("T-1;;9;20;;", WHY.NO_COMPETENCY),
        ("T-1;XX.9;9;20;;", WHY.UNKNOWN_COMPETENCY),
        ("T-1;Взаимодействие;9;20;;", WHY.UNKNOWN_COMPETENCY),
        ("T-1;Взаимодействие с партнёрами и родителями;9;20;;", WHY.AMBIGUOUS_COMPETENCY),
        ("T-1;ME;9;20;;", WHY.BLOCK_LEVEL),
        ("T-1;Методическая компетентность;9;20;;", WHY.BLOCK_LEVEL),
        ("T-1;ME.1;девять;20;;", WHY.NOT_A_NUMBER),
        ("T-1;ME.1;1e3;20;;", WHY.NOT_A_NUMBER),
        ("T-1;ME.1;NaN;20;;", WHY.NOT_A_NUMBER),
        ("T-1;ME.1;-1;20;;", WHY.NEGATIVE),
        ("T-1;ME.1;21;20;;", WHY.SCORE_ABOVE_MAX),
        ("T-1;ME.1;9;;;", WHY.NO_MAX),
        ("T-1;ME.1;9;0;;", WHY.BAD_MAX),
        ("T-1;ME.1;9;-20;;", WHY.BAD_MAX),
        ("T-1;ME.1;9;много;;", WHY.BAD_MAX),
        ("T-1;ME.1;9;20;гадание;", WHY.UNKNOWN_SOURCE),
        ("T-1;ME.1;9;20;;позавчера", WHY.BAD_DATE),
        ("T-1;ME.1;9;20;;31.06.2026", WHY.BAD_DATE),
        ("T-1;ME.1;9;20;;46307", WHY.BAD_DATE),
        ("T-1;ME.1;9;20;;01.01.0026", WHY.BAD_DATE),
        ("T-1;ME.1;9;20;;25.11.2026", WHY.FUTURE_DATE),
        ("T-1;ME.1;9;20;;;лишнее", WHY.EXTRA_CELLS),
        ("T-\x07;ME.1;9;20;;", WHY.CELL_ERROR),
    ],
)
def test_bad_row_is_refused_with_its_reason(line: str, expected: RejectReason) -> None:
    assert long_reason(line) == expected


def test_result_of_today_and_full_marks_are_taken() -> None:
    assert found(long("T-1;ME.1;20;20;;24.11.2026", "T-1;ME.2;0;20;;24.11.2026")) == [("T-1", "ME.1", 100.0), ("T-1", "ME.2", 0.0)]


@pytest.mark.parametrize("empty", ["", "-", "–", "—", "н/д", " \u00a0"])
def test_empty_result_is_not_measured_and_no_mistake(empty: str) -> None:
    file = long(f"T-1;ME.1;{empty};20;;", "T-1;ME.2;5;20;;")

    assert (file.accepted_rows, file.rejected, found(file)) == (2, (), [("T-1", "ME.2", 25.0)])


@pytest.mark.parametrize(
    ("word", "source"),
    [
        ("self", ScoreSource.SELF),
        ("Самодиагностика", ScoreSource.SELF),
        ("самооценка", ScoreSource.SELF),
        ("other", ScoreSource.OTHER),
        ("экспертная оценка", ScoreSource.OTHER),
        ("тестирование", ScoreSource.MEASURED),
        ("Независимая диагностика", ScoreSource.MEASURED),
        ("", ScoreSource.MEASURED),
    ],
)
def test_source_is_understood_as_people_write_it(word: str, source: ScoreSource) -> None:
    assert long(f"T-1;ME.1;9;20;{word};").people[0].results[0].source == source


def test_silent_file_takes_the_source_that_the_caller_names() -> None:
    file = results("teacher_code;competency_code;percent\nT-1;ME.1;45\n", default_source=ScoreSource.SELF)

    assert file.people[0].results[0].source == ScoreSource.SELF


def test_number_of_tasks_is_a_whole_number_or_nothing() -> None:
    text = "teacher_code;competency_code;percent;n_tasks\nT-1;ME.1;45;12\nT-1;ME.2;45;\nT-1;ME.3;45;{}\n"

    assert [row.n_tasks for row in results(text.format("12,0")).people[0].results] == [12, None, 12]
    for wrong in ("0", "-3", "2,5", "много", "1001"):
        assert refused(results(text.format(wrong))) == [(4, WHY.BAD_TASKS)]


def test_percent_and_points_must_agree_up_to_rounding() -> None:
    text = "teacher_code;competency_code;score;max;percent\n"

    assert found(results(text + "T-1;ME.1;13;21;62\n")) == [("T-1", "ME.1", 61.904762)]  # 13/21 = 61.9 %
    assert refused(results(text + "T-1;ME.1;13;21;65\n")) == [(2, WHY.CONTRADICTION)]
    assert found(results(text + "T-1;ME.1;13;;65\n")) == [("T-1", "ME.1", 65.0)]
    assert found(results(text + "T-1;ME.1;;21;65\n")) == [("T-1", "ME.1", 65.0)]


def test_result_beside_a_maximum_is_points_and_alone_per_cent() -> None:
    assert found(results("ФИО;Компетенция;Результат;Максимум\nОбразцова Анна;ME.1;9;20\n")) == [("Образцова Анна", "ME.1", 45.0)]
    assert found(results("ФИО;Компетенция;Результат\nОбразцова Анна;ME.1;9\n")) == [("Образцова Анна", "ME.1", 9.0)]


# --- repeated results and people


def test_equal_result_twice_is_kept_once() -> None:
    file = long("T-1;ME.1;9;20;;12.10.2026", "t-1;ME.1;9;20;;2026-10-12", "T-1;ME.1;9;20;;13.10.2026", "T-1;ME.1;9;20;self;12.10.2026")

    assert [row.row for row in file.people[0].results] == [2, 4, 5]
    assert file.rejected == (Rejected(3, WHY.DUPLICATE, "competency_code", (("first_row", 2),)),)


def test_contradicting_results_of_one_day_are_all_refused_whatever_their_order() -> None:
    lines = ["T-1;ME.1;9;20;;12.10.2026", "T-1;ME.1;15;20;;12.10.2026", "T-1;ME.2;5;20;;12.10.2026"]

    assert refused(long(*lines)) == [(2, WHY.CONFLICT), (3, WHY.CONFLICT)]
    assert found(long(*lines)) == found(long(*reversed(lines))) == [("T-1", "ME.2", 25.0)]


def test_one_code_for_two_people_refuses_all_rows_of_the_code() -> None:
    text = (
        "teacher_code;full_name;competency_code;percent\nT-1;Образцова Анна;ME.1;45\nT-1;Борисов Борис;ME.2;50\nT-2;Верина Вера;ME.1;60\n"
    )
    file = results(text)

    assert refused(file) == [(2, WHY.NAME_CONFLICT), (3, WHY.NAME_CONFLICT)]
    assert found(file) == [("T-2", "ME.1", 60.0)]
    assert [(person.code, person.rows) for person in file.lost_people] == [("T-1", (2, 3))]


def test_initials_and_letters_of_one_person_are_no_conflict() -> None:
    file = results("teacher_code;full_name;competency_code;percent\nT-1;Фёдорова А. С.;ME.1;45\nT-1;Федорова Анна Сергеевна;ME.2;50\n")

    assert file.rejected == ()
    assert file.people[0].name == "Федорова Анна Сергеевна"


def test_without_codes_people_are_told_apart_by_name_and_school() -> None:
    file = results(
        "ФИО;Школа;Компетенция;Процент\nОбразцова Анна;Лицей;ME.1;45\nОБРАЗЦОВА  Анна;лицей;ME.2;50\nОбразцова Анна;Гимназия;ME.1;60\n"
    )

    assert [(person.school, len(person.results)) for person in file.people] == [("Лицей", 2), ("Гимназия", 1)]
    assert file.people[0].code is None


def test_name_in_three_columns_is_put_together() -> None:
    assert results("Фамилия;Имя;Отчество;Компетенция;Процент\nОбразцова;Анна;;ME.1;45\n").people[0].name == "Образцова Анна"


def test_row_of_nobody_is_refused() -> None:
    assert refused(results("ФИО;Компетенция;Процент\n;ME.1;45\n")) == [(2, WHY.NO_PERSON)]


def test_person_of_whom_nothing_could_be_taken_is_reported() -> None:
    file = long("T-1;ME.1;99;20;;", "T-1;ME.9;5;20;;", "T-2;ME.1;5;20;;", "T-2;ME.1;x;20;;")

    assert [(person.code, person.rows) for person in file.lost_people] == [("T-1", (2, 3))]
    assert [person.code for person in file.people] == ["T-2"]


@pytest.mark.parametrize(
    ("heading", "value", "category"),
    [
        ("Должность", "учитель", EmployeeCategory.TEACHER),
        ("Должность", "Заместитель директора по УВР", EmployeeCategory.MANAGER),
        ("Категория работника", "руководитель", EmployeeCategory.MANAGER),
        ("employee_category", "teacher", EmployeeCategory.TEACHER),
        ("Категория", "высшая", EmployeeCategory.TEACHER),
    ],
)
def test_category_comes_from_its_column_or_from_the_post(heading: str, value: str, category: EmployeeCategory) -> None:
    assert results(f"ФИО;{heading};Компетенция;Процент\nОбразцова Анна;{value};ME.1;45\n").people[0].category == category


# --- the wide layout


WIDE = "Код;ФИО;Дата;ME.1;Методы и технологии обучения;Формирующее оценивание\n"


def test_wide_table_is_read_by_codes_and_titles() -> None:
    file = results(WIDE + "T-1;Образцова Анна;12.10.2026;45;61,5;80 %\nT-2;Борисов Борис;;0;;100\n")

    assert (file.layout, file.accepted_rows, file.rejected, file.rejected_cells) == (Layout.WIDE, 2, (), ())
    assert found(file) == [
        ("T-1", "ME.1", 45.0),
        ("T-1", "ME.2", 61.5),
        ("T-1", "ME.3.1", 80.0),
        ("T-2", "ME.1", 0.0),
        ("T-2", "ME.3.1", 100.0),
    ]
    assert [row.measured_on for row in file.people[0].results] == [date(2026, 10, 12)] * 3


def test_bad_cell_is_refused_and_the_rest_of_its_row_used() -> None:
    file = results(WIDE + "T-1;Образцова Анна;;45;150;-1\nT-2;Борисов Борис;;x;;\nT-3;Верина Вера;;;;\n")

    assert found(file) == [("T-1", "ME.1", 45.0)]
    assert [(cell.row, cell.reason, cell.column) for cell in file.rejected_cells] == [
        (2, WHY.ABOVE_100, "Методы и технологии обучения"),
        (2, WHY.NEGATIVE, "Формирующее оценивание"),
    ]
    assert file.rejected == (Rejected(3, WHY.NOT_A_NUMBER, "ME.1", (("value", "x"),)),)
    assert file.accepted_rows == 2  # the third person was measured nowhere, which is no mistake
    assert [(person.code, person.results) for person in file.people][1:] == [("T-3", ())]


def test_bad_date_refuses_the_whole_row() -> None:
    file = results(WIDE + "T-1;Образцова Анна;12.13.2026;45;61;80\n")

    assert file.rejected == (Rejected(2, WHY.BAD_DATE, "Дата", (("value", "12.13.2026"),)),)


def test_same_person_twice_gives_duplicates_and_conflicts_by_cell() -> None:
    file = results(WIDE + "T-1;Образцова Анна;;45;60;\nT-1;Образцова Анна;;45;70;80\n")

    assert found(file) == [("T-1", "ME.1", 45.0), ("T-1", "ME.3.1", 80.0)]
    assert [(cell.row, cell.reason) for cell in file.rejected_cells] == [(2, WHY.CONFLICT), (3, WHY.DUPLICATE), (3, WHY.CONFLICT)]


def test_whole_row_written_twice_is_a_duplicate_row() -> None:
    file = results(WIDE + "T-1;Образцова Анна;;45;60;\nT-1;Образцова Анна;;45;60;\n")

    assert refused(file) == [(3, WHY.DUPLICATE)]
    assert (file.accepted_rows, file.rejected_cells) == (1, ())


def test_values_of_a_workbook_are_read() -> None:
    file = cells(
        ("Код", "ФИО", "Дата", "ME.1", "ME.2", "ME.3", "KO.1"),
        (17, "Образцова Анна", datetime(2026, 10, 12), 45, 61.5, "70", CellError("#REF!")),
        ("00017", "Борисов Борис", date(2026, 10, 13), None, 0, True, date(2026, 1, 5)),
    )

    assert found(file) == [("17", "ME.1", 45.0), ("17", "ME.2", 61.5), ("17", "ME.3", 70.0), ("00017", "ME.2", 0.0)]
    assert [(cell.row, cell.reason, dict(cell.facts)["value"]) for cell in file.rejected_cells] == [
        (2, WHY.CELL_ERROR, "#REF!"),
        (3, WHY.NOT_A_NUMBER, "True"),
        (3, WHY.NOT_A_NUMBER, "2026-01-05"),
    ]


def test_heading_merged_over_two_rows_is_read_in_the_lower_one() -> None:
    rows = [Row(1, ("ФИО", "Методика", None)), Row(2, ("ФИО", "ME.1", "ME.2")), Row(3, ("Образцова Анна", 45, 60))]
    table = build_table("S", rows, merged=(MergedRange(1, 0, 2, 0), MergedRange(1, 1, 1, 2)))

    assert found(read_results(table, FRAMEWORK, TODAY)) == [("Образцова Анна", "ME.1", 45.0), ("Образцова Анна", "ME.2", 60.0)]


# --- scales


def wide_values(*columns: list[str]) -> ResultsFile:
    codes = ["ME.1", "ME.2", "ME.3", "KO.1"][: len(columns)]
    lines = [";".join([f"T-{number}", *values]) for number, values in enumerate(zip(*columns, strict=True), 1)]
    return results("Код;" + ";".join(codes) + "\n" + "\n".join(lines) + "\n")


def scales(file: ResultsFile) -> list[tuple[Scale | None, bool]]:
    return [(column.scale, column.is_doubtful) for column in file.columns if column.kind is ColumnKind.MATCHED]


@pytest.mark.parametrize(
    ("values", "percents", "scale", "is_doubtful"),
    [
        (["45", "61,5"], [45, 61.5], Scale.PERCENT, False),
        (["45 %", "0,5%"], [45, 0.5], Scale.PERCENT, False),
        (["0,45", "1"], [45, 100], Scale.FRACTION, False),
        (["0.45", "0"], [45, 0], Scale.FRACTION, False),
        (["0,45", "45 %"], [0.45, 45], Scale.PERCENT, False),
        (["0,45", "45"], [0.45, 45], Scale.PERCENT, True),
        (["0", "1"], [0, 1], Scale.PERCENT, True),
        (["0", "0"], [0, 0], Scale.PERCENT, False),
        (["", ""], [], Scale.PERCENT, False),
        (["0,45", "x"], [45], Scale.FRACTION, False),
    ],
)
def test_scale_is_decided_by_the_numbers_of_the_column(values: list[str], percents: list[float], scale: Scale, is_doubtful: bool) -> None:
    file = wide_values(values)

    assert [round(value, 6) for _, _, value in found(file)] == percents
    assert scales(file) == [(scale, is_doubtful)]


def test_ones_and_zeros_follow_the_other_columns() -> None:
    file = wide_values(["0,45", "0,7"], ["1", "0"], ["1", "1"])

    assert [value for _, code, value in found(file) if code != "ME.1"] == [100, 100, 0, 100]
    assert [scale for scale, _ in scales(file)] == [Scale.FRACTION] * 3


def test_fractions_beside_per_cent_are_read_by_their_column_and_marked() -> None:
    file = wide_values(["0,45", "0,7"], ["45", "70"], ["1", "1"])

    assert scales(file) == [(Scale.FRACTION, True), (Scale.PERCENT, False), (Scale.PERCENT, True)]
    assert [value for _, code, value in found(file) if code == "ME.1"] == [45, 70]


def test_fractions_in_a_long_table_are_read_too() -> None:
    assert found(results("Код;Компетенция;Доля\nT-1;ME.1;0,45\nT-1;ME.2;1\n")) == [("T-1", "ME.1", 45.0), ("T-1", "ME.2", 100.0)]


@pytest.mark.parametrize("heading", ["ME.1 (макс. 20)", "ME.1, макс 20", "ME.1 (из 20)", "ME.1 (max 20)", "ME.1 (максимум: 20 баллов)"])
def test_maximum_in_a_heading_makes_points_of_its_column(heading: str) -> None:
    file = results(f'Код;"{heading}"\nT-1;9\nT-2;21\nT-3;45 %\n')

    assert found(file) == [("T-1", "ME.1", 45.0), ("T-3", "ME.1", 45.0)]
    assert refused(file) == [(3, WHY.SCORE_ABOVE_MAX)]
    assert scales(file) == [(Scale.SCORE, False)]


@pytest.mark.parametrize("heading", ["Планирование", "ME.1", "Выход из класса", "ME.1 (макс. 0)", "макс", "из 20"])
def test_heading_without_a_maximum_is_left_whole(heading: str) -> None:
    assert split_maximum(heading) == (heading, None)


# --- columns


def columns(*headings: str) -> list[ColumnVerdict]:
    quoted = ";".join(f'"{heading}"' for heading in ("Код", "ME.2", *headings))
    return list(results(f"{quoted}\nT-1{';5' * (len(headings) + 1)}\n").columns[2:])


@pytest.mark.parametrize(
    ("heading", "code", "likeness"),
    [
        ("ME.1", "ME.1", Likeness.CODE),
        ("me.1", "ME.1", Likeness.CODE),
        ("МЕ.1", "ME.1", Likeness.CODE),  # typed in Russian letters
        ("ME.1. Проектирование", "ME.1", Likeness.CODE),
        ("ME.1 – что-то своё", "ME.1", Likeness.CODE),
        ("Проектирование (ME.1)", "ME.1", Likeness.CODE),
        ("Проектирование урока и рабочей программы", "ME.1", Likeness.TITLE),
        ("ПРОЕКТИРОВАНИЕ УРОКА  и рабочей программы, %", "ME.1", Likeness.TITLE),
        ("Взаимодействие с партнерами", "UP.4", Likeness.TITLE),
        ("Формирующее оценивание (балл)", "ME.3.1", Likeness.TITLE),
        ("Проектирование уроков и рабочих программ", "ME.1", Likeness.CLOSE),
        ("Проектирование урока", "ME.1", Likeness.CLOSE),
        ("Оценивание результатов обучающихся", "ME.3", Likeness.CLOSE),
        ("Формируещее оценивание", "ME.3.1", Likeness.CLOSE),
    ],
)
def test_competency_is_recognised_in_a_heading(heading: str, code: str, likeness: Likeness) -> None:
    (verdict,) = columns(heading)

    assert (verdict.kind, verdict.code, verdict.likeness) == (ColumnKind.MATCHED, code, likeness)


@pytest.mark.parametrize(
    ("heading", "kind"),
    [
        ("Взаимодействие с родителями и партнёрами", ColumnKind.AMBIGUOUS),
        ("Любимый цвет", ColumnKind.UNKNOWN),
        ("Взаимодействие", ColumnKind.UNKNOWN),
        ("ME.9", ColumnKind.UNKNOWN),
        ("№ п/п", ColumnKind.SERVICE),
        ("Итого, %", ColumnKind.SERVICE),
        ("Средний балл", ColumnKind.SERVICE),
        ("E-mail", ColumnKind.SERVICE),
        ("Балл", ColumnKind.SERVICE),
        ("Процент", ColumnKind.SERVICE),
        ("Должность", ColumnKind.FIELD),
        ("Методическая компетентность", ColumnKind.BLOCK),
        ("ME", ColumnKind.BLOCK),
        ("", ColumnKind.BLANK),
    ],
)
def test_other_columns_are_named_for_what_they_are(heading: str, kind: ColumnKind) -> None:
    assert columns(heading, "KO.1")[0].kind == kind


def test_ambiguous_column_names_its_candidates() -> None:
    assert set(columns("Взаимодействие с родителями и партнёрами")[0].candidates) == {"KO.1", "UP.4"}


def test_two_columns_of_one_competency_are_both_left_out() -> None:
    file = results("Код;ME.1;Проектирование урока и рабочей программы;ME.2\nT-1;45;50;60\n")

    assert [column.kind for column in file.columns[1:]] == [ColumnKind.REPEATED, ColumnKind.REPEATED, ColumnKind.MATCHED]
    assert found(file) == [("T-1", "ME.2", 60.0)]


def test_exact_heading_wins_over_a_close_one() -> None:
    file = results("Код;Проектирование урока;ME.1\nT-1;45;50\n")

    assert [column.kind for column in file.columns[1:]] == [ColumnKind.REPEATED, ColumnKind.MATCHED]
    assert found(file) == [("T-1", "ME.1", 50.0)]


def test_first_of_two_name_columns_is_the_person() -> None:
    assert results("ФИО;ME.1;ФИО\nОбразцова Анна;45;Борисов Борис\n").people[0].name == "Образцова Анна"


def test_order_of_columns_and_rows_changes_nothing() -> None:
    one = results("Код;ME.1;ME.2\nT-1;45;50\nT-2;1;x\n")
    other = results("ME.2;Код;ME.1\nx;T-2;1\n50;T-1;45\n")

    assert sorted(map(str, found(one))) == sorted(map(str, found(other)))
    assert len(one.rejected_cells) == len(other.rejected_cells) == 1


def test_real_framework_recognises_its_own_codes_and_titles() -> None:
    framework = read_framework(Path(__file__).parents[2] / "catalog")
    names = CompetencyNames(framework)

    assert [node.code for node in framework if names.find(node.code).code != node.code] == []
    assert [node.code for node in framework if node.code not in names.find(node.title).codes] == []


# --- files that are no results


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("Предмет;ME.1\nфизика;45\n", ResultsFileProblem.NO_PERSON_COLUMN),
        ("ФИО;Любимый цвет\nОбразцова Анна;синий\n", ResultsFileProblem.NO_COMPETENCY_COLUMN),
        ("ФИО;Методическая компетентность\nОбразцова Анна;45\n", ResultsFileProblem.NO_COMPETENCY_COLUMN),
        ("ФИО;Компетенция;Балл\nОбразцова Анна;ME.1;45\n", ResultsFileProblem.NO_VALUE_COLUMN),
        ("ФИО;Компетенция\nОбразцова Анна;ME.1\n", ResultsFileProblem.NO_VALUE_COLUMN),
    ],
)
def test_table_without_results_is_refused_with_its_columns(text: str, problem: ResultsFileProblem) -> None:
    with pytest.raises(ResultsFileError) as caught:
        results(text)

    assert caught.value.problem == problem
    assert len(caught.value.columns) == len(text.split("\n")[0].split(";"))
    assert file_refusal(caught.value).count(". ") >= 2


# --- accounting


CELL = st.sampled_from(["", "0", "45", "100", "101", "-1", "x", "0,5", "45 %", "-", "#REF!"])
CODE = st.sampled_from(["", "T-1", "T-2", "T-3"])
COMPETENCY = st.sampled_from(["ME.1", "ME.2", "ME", "XX", "", "Формирующее оценивание"])


@given(st.lists(st.tuples(CODE, COMPETENCY, CELL), min_size=1, max_size=12))
@settings(max_examples=150, deadline=None)
def test_every_row_of_a_long_table_is_taken_or_refused(lines: list[tuple[str, str, str]]) -> None:
    file = results("Код;Компетенция;Процент\n" + "\n".join(";".join(line) for line in lines) + "\n")
    present = {number for number, line in enumerate(lines, 2) if any(cell.strip() for cell in line)}
    taken = {row.row for person in file.people for row in person.results}

    assert file.total_rows == len(present)
    assert {entry.row for entry in file.rejected} | taken <= present
    assert not {entry.row for entry in file.rejected} & taken
    assert all(0 <= row.percent <= 100 for person in file.people for row in person.results)
    assert {person.code for person in file.people} | {person.code for person in file.lost_people} == {code for code, _, _ in lines if code}


@given(st.lists(st.tuples(CODE, CELL, CELL, CELL), min_size=1, max_size=10))
@settings(max_examples=150, deadline=None)
def test_every_row_of_a_wide_table_is_taken_or_refused(lines: list[tuple[str, str, str, str]]) -> None:
    file = results("Код;ME.1;ME.2;ME.3\n" + "\n".join(";".join(line) for line in lines) + "\n")
    present = {number for number, line in enumerate(lines, 2) if any(cell.strip() for cell in line)}
    whole = {entry.row for entry in file.rejected}

    assert file.total_rows == len(present)
    assert whole <= present
    assert not {cell.row for cell in file.rejected_cells} & whole
    keys = [(person.code, row.competency_code) for person in file.people for row in person.results]
    assert len(keys) == len(set(keys))


def test_twenty_thousand_rows_are_read_in_time() -> None:
    lines = "\n".join(
        f"T-{number // 10};ME.{number % 3 + 1};{number % 21};20;тест;{number % 28 + 1:02d}.{number // 28 % 10 + 1:02d}.2025"
        for number in range(20_000)
    )
    table = read_table((LONG + lines + "\n").encode(), "a.csv")
    started = time.perf_counter()
    file = read_results(table, FRAMEWORK, TODAY)

    assert (file.accepted_rows, len(file.people)) == (20_000, 2_000)
    assert time.perf_counter() - started < 10


# --- words


def test_refusal_names_row_column_reason_and_values() -> None:
    (entry,) = long("T-1;ME.1;21;20;;").rejected

    assert rejection(entry) == "строка 2, столбец «score»: балл 21 больше максимума 20"
    assert rejection(Rejected(7, WHY.NO_PERSON)) == "строка 7: не\u00a0указано, чей это результат"


def test_verdict_of_a_column_is_a_phrase() -> None:
    matched, unknown, ambiguous = columns("ME.1", "Любимый цвет", "Взаимодействие с родителями и партнёрами")

    assert column_verdict(matched) == "компетенция ME.1"
    assert column_verdict(unknown) == "не\u00a0опознан"
    assert column_verdict(ambiguous) in {"подходит к\u00a0нескольким: KO.1, UP.4", "подходит к\u00a0нескольким: UP.4, KO.1"}


def test_every_reason_and_verdict_has_words() -> None:
    assert set(REASON) == set(RejectReason)
    assert set(COLUMN_VERDICT) == set(ColumnKind)
    assert set(FILE_REASON) == set(ResultsFileProblem)
