"""Which school subjects a text names, and whose they are."""

from pathlib import Path

import pytest

from iom.catalog.files import read_framework, read_subjects
from iom.matching.subjects import subject_finder
from tests.matching.small_catalog import event, program

CATALOG = Path(__file__).parents[2] / "catalog"
FINDER = subject_finder(read_subjects(CATALOG))


@pytest.mark.parametrize(
    ("text", "subjects"),
    [
        ("русский язык, литература", {"russian", "literature"}),
        ("учителя физики и математики", {"physics", "mathematics"}),
        ("Уроки физической культуры", {"physical_education"}),
        ("обучение английскому языку", {"english"}),
        ("учителя татарского языка и литературы", {"native_language"}),
        ("труд (технология), робототехника", {"technology"}),
        ("педагогические технологии", set()),
        ("математическая грамотность", set()),
        ("преподаватели-организаторы ОБЗР", {"safety"}),
        ("ИЗО", {"art"}),
        ("", set()),
    ],
)
def test_subjects_named_in_a_text(text, subjects):
    assert FINDER.named_in(text) & FINDER.school == subjects


def test_areas_are_recognised_but_are_no_school_subjects():
    assert FINDER.named_in("колледж") == {"vocational"}
    assert "vocational" not in FINDER.school


def test_every_subject_of_the_framework_is_in_the_directory():
    for competency in read_framework(CATALOG):
        if competency.subject:
            assert FINDER.named_in(competency.subject) & FINDER.school, competency.code


def test_filled_subject_column_without_a_subject_means_everybody():
    assert FINDER.subjects_of(program("P", "История успеха школы", subject="управление школой", audience="учителя истории")) == set()


def test_title_is_read_only_without_a_subject_column():
    assert FINDER.subjects_of(event("E", "Съезд учителей химии")) == {"chemistry"}
    assert FINDER.subjects_of(program("P", "Химия и жизнь", subject="биология")) == {"biology"}


def test_audience_widens_a_subject_but_a_wider_word_does_not_loosen_it():
    primary = program("P", "ОРКСЭ", subject="ОРКСЭ", audience="учителя начальных классов")
    chemistry = program("P", "Урок", subject="химия", audience="учителя естественно-научных дисциплин")

    assert FINDER.subjects_of(primary) == {"religion_ethics", "primary"}
    assert FINDER.subjects_of(chemistry) == {"chemistry"}


@pytest.mark.parametrize(
    ("ones", "others", "is_shared"),
    [
        ({"english"}, {"english", "german"}, True),
        ({"english"}, {"foreign_language"}, True),
        ({"foreign_language"}, {"english"}, True),
        ({"english"}, {"german"}, False),
        ({"physics"}, {"chemistry"}, False),
        ({"physics", "mathematics"}, {"mathematics"}, True),
        (set(), {"mathematics"}, False),
    ],
)
def test_wider_and_narrower_subjects_meet(ones, others, is_shared):
    assert FINDER.is_shared(ones, others) is is_shared
