"""Reading the catalog's files: the real folder whole, and small hand-made folders for every rule and every fault."""

from collections import Counter
from datetime import date
from pathlib import Path

import pytest

from iom.catalog.files import (
    CatalogFileError,
    FileFault,
    RunRecord,
    read_framework,
    read_offerings,
    read_rules,
    read_subjects,
    read_thesaurus,
)
from iom.catalog.files.providers import ownership_by_name
from iom.catalog.kinds import (
    AppliesTo,
    CompetencyLevel,
    DeliveryForm,
    Funding,
    HoursBasis,
    OfferingKind,
    Ownership,
    ProgramType,
    Registry,
)

CATALOG = Path(__file__).parents[2] / "catalog"
FRAMEWORK_HEADER = "code,parent_code,block,title_ru,description_ru,applies_to,subject,source"


def write(folder: Path, name: str, text: str, encoding: str = "utf-8") -> Path:
    (folder / name).write_bytes(text.encode(encoding))
    return folder


def one_program(folder: Path, **cells: str):
    columns = {"id": "P1", "title": "Урок", **cells}
    write(folder, "programs.csv", ",".join(columns) + "\n" + ",".join(f'"{cell}"' for cell in columns.values()) + "\n")
    return read_offerings(folder)[0]


def fault_of(call, folder: Path) -> tuple[str, int, str, FileFault]:
    with pytest.raises(CatalogFileError) as caught:
        call(folder)
    error = caught.value
    return error.file, error.row, error.column, error.reason


# The real folder


def test_real_catalog_has_the_rows_its_readme_names():
    kinds = Counter((offering.kind, offering.program_type) for offering in read_offerings(CATALOG))

    assert kinds == {
        (OfferingKind.PROGRAM, ProgramType.UPSKILLING): 259,
        (OfferingKind.PROGRAM, ProgramType.RETRAINING): 19,
        (OfferingKind.INTERNSHIP, None): 45,
        (OfferingKind.MENTORING, None): 21,
        (OfferingKind.EVENT, None): 123,
    }


def test_real_program_is_read_cell_by_cell():
    program = {offering.code: offering for offering in read_offerings(CATALOG)}["P0020"]

    assert program.title == "Филология (учитель английского языка)"
    assert program.program_type is ProgramType.RETRAINING
    assert (program.hours, program.hours_basis, program.planning_hours) == ((180,), HoursBasis.KNOWN, 180)
    assert program.delivery_form is DeliveryForm.ONSITE
    assert program.region == "Пензенская область"
    assert program.subject == "английский язык"
    assert program.runs == (RunRecord(date(2018, 8, 28), date(2018, 9, 21)),)
    assert program.source_year == 2018


def test_streams_of_a_real_program_are_all_there_in_order_and_once():
    program = {offering.code: offering for offering in read_offerings(CATALOG)}["P0074"]
    starts = [run.starts_on for run in program.runs]

    assert starts[:3] == [date(2018, 1, 22), date(2018, 2, 5), date(2018, 4, 9)]
    assert starts == sorted(set(starts))


def test_every_stream_of_the_real_file_reaches_its_program():
    lines = (CATALOG / "program_streams.csv").read_text(encoding="utf-8").splitlines()[1:]
    by_code = {offering.code: offering for offering in read_offerings(CATALOG)}

    assert all(
        RunRecord(date.fromisoformat(start), date.fromisoformat(end)) in by_code[code].runs
        for code, start, end in (line.split(",") for line in lines)
    )


def test_known_hours_of_the_real_catalog_are_sixty_eight():
    offerings = read_offerings(CATALOG)

    assert sum(1 for offering in offerings if offering.hours_basis is not HoursBasis.ESTIMATED) == 68
    assert all(offering.planning_hours > 0 for offering in offerings)


def test_real_framework_has_three_levels_with_existing_parents():
    framework = read_framework(CATALOG)
    by_code = {competency.code: competency for competency in framework}
    below = {CompetencyLevel.COMPETENCY: CompetencyLevel.BLOCK, CompetencyLevel.COMPONENT: CompetencyLevel.COMPETENCY}

    assert Counter(competency.level for competency in framework) == {
        CompetencyLevel.BLOCK: 13,
        CompetencyLevel.COMPETENCY: 50,
        CompetencyLevel.COMPONENT: 52,
    }
    for competency in framework:
        if competency.parent_code is None:
            assert competency.level is CompetencyLevel.BLOCK
        else:
            assert by_code[competency.parent_code].level is below[competency.level]


def test_real_framework_keeps_titles_subjects_and_order():
    framework = read_framework(CATALOG)
    by_code = {competency.code: competency for competency in framework}

    assert by_code["ME.3.1"].title == "Формирующее оценивание"
    assert by_code["PR.2.3"].subject == "математика"
    assert by_code["UP.1.1"].applies_to is AppliesTo.MANAGER
    assert [competency.position for competency in framework] == list(range(1, 116))


def test_real_word_lists_are_read():
    thesaurus = read_thesaurus(CATALOG)
    subjects = {subject.code: subject for subject in read_subjects(CATALOG)}

    assert any("УУД" in line and "универсальные учебные действия" in line for line in thesaurus)
    assert all(len(line) >= 2 for line in thesaurus)
    assert "алгебра" in subjects["mathematics"].aliases
    assert "Математика" in subjects["mathematics"].aliases
    assert not subjects["vocational"].is_school_subject
    assert [(rule.code, rule.in_force_from) for rule in read_rules(CATALOG)] == [("private_provider_barred", date(2025, 9, 1))]


# Programmes


def test_program_with_title_only_is_an_upskilling_of_unknown_form_with_estimated_hours(tmp_path):
    program = one_program(tmp_path)

    assert program.program_type is ProgramType.UPSKILLING
    assert (program.hours, program.hours_basis, program.planning_hours) == ((), HoursBasis.ESTIMATED, 36)
    assert (program.delivery_form, program.funding, program.registry) == (DeliveryForm.UNKNOWN, Funding.UNKNOWN, Registry.NONE)
    assert (program.runs, program.date_text) == ((), "")


def test_retraining_of_unknown_volume_is_planned_with_250_hours(tmp_path):
    assert one_program(tmp_path, kind="Профессиональная переподготовка").planning_hours == 250


def test_smallest_of_several_volumes_is_planned(tmp_path):
    program = one_program(tmp_path, hours="72;36; 108")

    assert (program.hours, program.hours_basis, program.planning_hours) == ((36, 72, 108), HoursBasis.SEVERAL, 36)


@pytest.mark.parametrize(
    ("written", "form"),
    [
        ("очная", DeliveryForm.ONSITE),
        ("заочная", DeliveryForm.ONLINE),
        ("дистанционная", DeliveryForm.ONLINE),
        ("очно-заочная", DeliveryForm.BLENDED),
        ("дистанционная;очная", DeliveryForm.BLENDED),
        ("", DeliveryForm.UNKNOWN),
    ],
)
def test_form_of_a_program(tmp_path, written, form):
    assert one_program(tmp_path, form=written).delivery_form is form


@pytest.mark.parametrize(
    ("start", "end", "runs", "words"),
    [
        ("2026-09-01", "2026-10-01", (RunRecord(date(2026, 9, 1), date(2026, 10, 1)),), ""),
        ("2026-09-01", "", (RunRecord(date(2026, 9, 1)),), ""),
        ("2026-09-01", "2026-10", (RunRecord(date(2026, 9, 1)),), "1 сентября 2026 – октябрь 2026"),
        ("2022-06", "", (), "июнь 2022"),
        ("2022-09", "2022-11", (), "сентябрь 2022 – ноябрь 2022"),
        ("10 февраля", "14 февраля", (), "10 февраля – 14 февраля"),
        ("", "2021", (), "завершение: 2021"),
        ("", "2024-11-27", (), "завершение: 27 ноября 2024"),
        ("2022-13", "", (), "2022-13"),
    ],
)
def test_exact_days_become_a_run_and_vague_ones_stay_words(tmp_path, start, end, runs, words):
    program = one_program(tmp_path, start=start, end=end)

    assert program.runs == runs
    assert program.date_text == words


def test_stream_with_seats_replaces_its_twin_without_them(tmp_path):
    write(tmp_path, "program_streams.csv", "program_id,start,end,seats\nP1,2026-11-01,2026-11-20,25\nP1,2026-09-01,2026-10-01,12\n")

    program = one_program(tmp_path, start="2026-09-01", end="2026-10-01")

    assert program.runs == (
        RunRecord(date(2026, 9, 1), date(2026, 10, 1), seats=12),
        RunRecord(date(2026, 11, 1), date(2026, 11, 20), seats=25),
    )


def test_registry_price_and_funding_are_read(tmp_path):
    program = one_program(tmp_path, registry="федеральный", registry_number="05-17", price="2700", funding="внебюджет")

    assert (program.registry, program.registry_number) == (Registry.FEDERAL, "05-17")
    assert (program.price, program.funding) == (2700, Funding.PAID)


def test_registry_number_alone_claims_no_registry(tmp_path):
    assert one_program(tmp_path, registry_number="05-17").registry is Registry.NONE


def test_spreadsheet_traces_do_no_harm(tmp_path):
    write(tmp_path, "programs.csv", "\ufeffid,title,note\r\nP1,  Урок \u00a0чтения , для себя\r\n,,\r\n\r\nP2,Письмо\r\n")

    assert [(program.code, program.title) for program in read_offerings(tmp_path)] == [("P1", "Урок чтения"), ("P2", "Письмо")]


# Internships, mentoring, events


def test_internship_takes_dates_and_form_from_its_format(tmp_path):
    write(
        tmp_path,
        "internships.csv",
        "id,title,host_organization,format\n"
        "I1,Урок,Школа,очная (28.11–08.12.2022)\n"
        'I2,Урок,Школа,"выездной практикум, 10–15 июня 2019 г."\n'
        "I3,Урок,Школа,очная (июль 2025)\n"
        "I4,Урок,Школа,стажировочная площадка\n",
    )
    first, second, third, fourth = read_offerings(tmp_path)

    assert first.runs == (RunRecord(date(2022, 11, 28), date(2022, 12, 8)),)
    assert second.runs == (RunRecord(date(2019, 6, 10), date(2019, 6, 15)),)
    assert (third.runs, third.date_text) == ((), "июль 2025")
    assert (fourth.runs, fourth.date_text) == ((), "")
    assert [offering.delivery_form for offering in (first, second, fourth)] == [
        DeliveryForm.ONSITE,
        DeliveryForm.ONSITE,
        DeliveryForm.UNKNOWN,
    ]
    assert (first.provider, first.planning_hours, first.program_type) == ("Школа", 16, None)


def test_mentoring_keeps_what_it_is_for_and_how_it_ends(tmp_path):
    write(
        tmp_path,
        "mentoring.csv",
        "id,title,form,participants,what_for,typical_duration,result_document\n"
        "M1,Виртуальное,виртуальная,наставник и педагог,Общение на расстоянии,от 3 месяцев,отчёт\n",
    )
    (mentoring,) = read_offerings(tmp_path)

    assert mentoring.kind is OfferingKind.MENTORING
    assert (mentoring.annotation, mentoring.audience) == ("Общение на расстоянии", "наставник и педагог")
    assert (mentoring.subtype, mentoring.format_text, mentoring.result_document) == ("виртуальная", "от 3 месяцев", "отчёт")
    assert mentoring.delivery_form is DeliveryForm.ONLINE


@pytest.mark.parametrize(
    ("written", "run", "words"),
    [
        ("15.02.2023", RunRecord(date(2023, 2, 15), date(2023, 2, 15)), ""),
        ("22–26.11.2021", RunRecord(date(2021, 11, 22), date(2021, 11, 26)), ""),
        ("27–28 февраля 2026", RunRecord(date(2026, 2, 27), date(2026, 2, 28)), ""),
        ("10 октября 2025", RunRecord(date(2025, 10, 10), date(2025, 10, 10)), ""),
        ("12.02.2021 – март 2021", None, "12.02.2021 – март 2021"),
        ("с 01.10.2025", None, "с 01.10.2025"),
        ("до 04.07.2025", None, "до 04.07.2025"),
        ("IV квартал 2022", None, "IV квартал 2022"),
        ("31.02.2026", None, "31.02.2026"),
    ],
)
def test_date_of_an_event(tmp_path, written, run, words):
    write(tmp_path, "events.csv", f"id,title,kind,date_or_period,format\nE1,Форум,форум,{written},очный с онлайн-трансляцией\n")
    (event,) = read_offerings(tmp_path)

    assert event.runs == ((run,) if run else ())
    assert (event.date_text, event.subtype, event.planning_hours) == (words, "форум", 4)
    assert event.delivery_form is DeliveryForm.BLENDED


@pytest.mark.parametrize(
    ("name", "ownership"),
    [
        ("ГАУ ДПО СОИРО", Ownership.STATE),
        ("МБУ ИМЦ «Дом Учителя»", Ownership.MUNICIPAL),
        ("ООО «Инфоурок»", Ownership.PRIVATE),
        ("АНО ДПО «Академия»", Ownership.UNKNOWN),
        ("Университет", Ownership.UNKNOWN),
        ("ГБУ «Центр», ООО «Партнёр»", Ownership.UNKNOWN),
        ("Департамент образования Орловской области", Ownership.STATE),
    ],
)
def test_name_of_a_provider_hints_at_its_ownership(name, ownership):
    assert ownership_by_name(name) is ownership


# Faults


def test_folder_without_offerings_is_refused(tmp_path):
    assert fault_of(read_offerings, tmp_path) == ("programs.csv", 0, "", FileFault.MISSING_FILE)


@pytest.mark.parametrize(
    ("text", "row", "column", "reason"),
    [
        ("", 1, "id", FileFault.MISSING_COLUMN),
        ("id,name\nP1,Урок\n", 1, "title", FileFault.MISSING_COLUMN),
        ("id,title\n,Урок\n", 2, "id", FileFault.EMPTY_VALUE),
        ("id,title\nP1,Урок\nP2,\n", 3, "title", FileFault.EMPTY_VALUE),
        ("id,title\nP1,Урок\nP1,Урок\n", 3, "id", FileFault.DUPLICATE),
        ("id,title\nP1,Урок,лишнее\n", 2, "", FileFault.RAGGED_ROW),
        ("id,title,kind\nP1,Урок,кружок\n", 2, "kind", FileFault.UNKNOWN_VALUE),
        ("id,title,form\nP1,Урок,вечерняя\n", 2, "form", FileFault.UNKNOWN_VALUE),
        ("id,title,hours\nP1,Урок,много\n", 2, "hours", FileFault.BAD_NUMBER),
        ("id,title,hours\nP1,Урок,-16\n", 2, "hours", FileFault.BAD_NUMBER),
        ("id,title,hours\nP1,Урок,0\n", 2, "hours", FileFault.BAD_NUMBER),
        ("id,title,price\nP1,Урок,89991234567\n", 2, "price", FileFault.BAD_NUMBER),
        ("id,title,start,end\nP1,Урок,2026-05-02,2026-05-01\n", 2, "end", FileFault.DATES_REVERSED),
    ],
)
def test_fault_in_programs_names_its_cell(tmp_path, text, row, column, reason):
    assert fault_of(read_offerings, write(tmp_path, "programs.csv", text)) == ("programs.csv", row, column, reason)


def test_file_in_another_encoding_is_refused(tmp_path):
    write(tmp_path, "programs.csv", "id,title\nP1,Урок\n", encoding="cp1251")

    assert fault_of(read_offerings, tmp_path) == ("programs.csv", 0, "", FileFault.NOT_UTF8)


def test_code_taken_by_another_file_is_refused(tmp_path):
    write(tmp_path, "programs.csv", "id,title\nX1,Урок\n")
    write(tmp_path, "events.csv", "id,title\nX1,Форум\n")

    assert fault_of(read_offerings, tmp_path) == ("events.csv", 2, "id", FileFault.DUPLICATE)


@pytest.mark.parametrize(
    ("line", "column", "reason"),
    [
        ("P9,2026-01-01,2026-01-02", "program_id", FileFault.UNKNOWN_REFERENCE),
        ("P1,январь,2026-01-02", "start", FileFault.BAD_DATE),
        ("P1,2026-01-03,2026-01-02", "end", FileFault.DATES_REVERSED),
        ("P1,2026-01-01,", "end", FileFault.EMPTY_VALUE),
    ],
)
def test_fault_in_streams_names_its_cell(tmp_path, line, column, reason):
    write(tmp_path, "programs.csv", "id,title\nP1,Урок\n")
    write(tmp_path, "program_streams.csv", f"program_id,start,end\n{line}\n")

    assert fault_of(read_offerings, tmp_path) == ("program_streams.csv", 2, column, reason)


@pytest.mark.parametrize(
    ("lines", "row", "reason"),
    [
        (["A,,,А,,both,,", "A.1,B,,Б,,both,,"], 3, FileFault.UNKNOWN_REFERENCE),
        (["A,,,А,,,,", "B,A,,Б,,,,", "C,B,,В,,,,", "D,C,,Г,,,,"], 5, FileFault.TOO_DEEP),
        (["A,B,,А,,,,", "B,A,,Б,,,,"], 2, FileFault.TOO_DEEP),
    ],
)
def test_framework_outside_three_levels_is_refused(tmp_path, lines, row, reason):
    write(tmp_path, "framework.csv", "\n".join([FRAMEWORK_HEADER, *lines]))

    assert fault_of(read_framework, tmp_path) == ("framework.csv", row, "parent_code", reason)


def test_parent_may_stand_below_its_child(tmp_path):
    write(tmp_path, "framework.csv", f"{FRAMEWORK_HEADER}\nA.1,A,,Б,,teacher,,\nA,,,А,,manager,,\n")

    assert [(node.code, node.level) for node in read_framework(tmp_path)] == [
        ("A.1", CompetencyLevel.COMPETENCY),
        ("A", CompetencyLevel.BLOCK),
    ]


def test_thesaurus_skips_notes_and_refuses_a_lonely_word(tmp_path):
    write(tmp_path, "thesaurus.txt", "# примечание\n\nУУД |  универсальные учебные  действия|\n")
    assert read_thesaurus(tmp_path) == [("УУД", "универсальные учебные действия")]

    write(tmp_path, "thesaurus.txt", "УУД | ОГЭ\nодиночка |\n")
    assert fault_of(read_thesaurus, tmp_path) == ("thesaurus.txt", 2, "", FileFault.EMPTY_VALUE)


def test_missing_word_lists_are_named(tmp_path):
    assert fault_of(read_thesaurus, tmp_path) == ("thesaurus.txt", 0, "", FileFault.MISSING_FILE)
    assert fault_of(read_subjects, tmp_path) == ("subjects.csv", 0, "", FileFault.MISSING_FILE)
    assert fault_of(read_framework, tmp_path) == ("framework.csv", 0, "", FileFault.MISSING_FILE)


def test_rule_without_a_date_is_refused(tmp_path):
    write(tmp_path, "rules.csv", "code,in_force_from,source\nx,скоро,закон\n")

    assert fault_of(read_rules, tmp_path) == ("rules.csv", 2, "in_force_from", FileFault.BAD_DATE)
