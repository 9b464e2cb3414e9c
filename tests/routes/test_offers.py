"""The catalog becomes candidates: one for each volume and run, with what it covers and what bars the person."""

from dataclasses import replace
from datetime import date

import pytest

from iom.catalog.files.records import CompetencyRecord, OfferingRecord, RunRecord, SubjectRecord
from iom.catalog.kinds import AppliesTo, CompetencyLevel, DeliveryForm, HoursBasis, OfferingKind, Ownership, ProgramType
from iom.matching.eligibility import Period, person_facts
from iom.organizations.kinds import EmployeeCategory
from iom.routes.offers import REQUEST, Library, choice_id, make_library, select

PERIOD = Period(date(2026, 9, 1), date(2027, 5, 31))
MATHS = SubjectRecord("math", "Математика", ("математика",), True)
PHYSICS = SubjectRecord("physics", "Физика", ("физика",), True)
ASSESSMENT = CompetencyRecord("ME.3", "ME", CompetencyLevel.COMPETENCY, "Оценивание", "", AppliesTo.TEACHER, "", "", 1)
FEEDBACK = replace(ASSESSMENT, code="ME.3.1", parent_code="ME.3", level=CompetencyLevel.COMPONENT)
COURSE = OfferingRecord(
    code="P1",
    kind=OfferingKind.PROGRAM,
    title="Оценивание на уроке",
    program_type=ProgramType.UPSKILLING,
    hours=(36,),
    hours_basis=HoursBasis.KNOWN,
    delivery_form=DeliveryForm.ONLINE,
)
TEACHER = person_facts(EmployeeCategory.TEACHER, "учитель математики", ["math"], "Лесогорская область")


def library(*records: OfferingRecord, links: dict[tuple[str, str], float], ownership: dict[str, Ownership] | None = None) -> Library:
    return make_library(records, links, [ASSESSMENT, FEEDBACK], [MATHS, PHYSICS], [], ownership or {})


def test_a_confirmed_course_of_36_hours_covers_78_per_cent() -> None:
    # 100 · (1 − e^(−36/24)) = 77.7, methods, section 2.
    found = select(library(COURSE, links={("P1", "ME.3"): 1.0}), TEACHER, PERIOD, ["ME.3"])
    assert [dict(one.cover) for one in found.candidates] == [{"ME.3": 78}]


def test_a_link_to_a_component_works_on_its_competency_and_the_strongest_counts() -> None:
    found = select(library(COURSE, links={("P1", "ME.3.1"): 1.0, ("P1", "ME.3"): 0.5}), TEACHER, PERIOD, ["ME.3"])
    assert found.candidates[0].cover["ME.3"] == 78


def test_hours_are_shared_among_the_competencies_served() -> None:
    found = select(library(COURSE, links={("P1", "ME.3"): 1.0, ("P1", "CI.1"): 1.0}), TEACHER, PERIOD, ["ME.3"])
    # Two competencies: 100 · (1 − e^(−36/48)) = 52.8.
    assert found.candidates[0].cover == {"ME.3": 53}


def test_every_volume_and_every_run_in_the_period_is_a_candidate_of_one_group() -> None:
    runs = (RunRecord(date(2026, 10, 1), date(2026, 10, 20)), RunRecord(date(2027, 2, 1)), RunRecord(date(2025, 1, 1), date(2025, 2, 1)))
    course = replace(COURSE, hours=(36, 72), hours_basis=HoursBasis.SEVERAL, runs=runs)
    found = select(library(course, links={("P1", "ME.3"): 1.0}), TEACHER, PERIOD, ["ME.3"])
    assert {(one.hours, one.start, one.end) for one in found.candidates} == {
        (36, date(2026, 10, 1), date(2026, 10, 20)),
        (36, date(2027, 2, 1), date(2027, 2, 1)),
        (72, date(2026, 10, 1), date(2026, 10, 20)),
        (72, date(2027, 2, 1), date(2027, 2, 1)),
    }
    assert {one.group for one in found.candidates} == {"P1"}
    assert {choice_id(choice) for choice in found.choices.values()} == set(found.choices)


@pytest.mark.parametrize(
    ("form", "kind", "dated", "load"),
    [
        (DeliveryForm.ONSITE, OfferingKind.EVENT, True, 2),
        (DeliveryForm.BLENDED, OfferingKind.INTERNSHIP, True, 2),
        (DeliveryForm.ONLINE, OfferingKind.EVENT, True, 1),
        (DeliveryForm.ONSITE, OfferingKind.INTERNSHIP, False, 0),
    ],
)
def test_load_follows_the_form_and_the_dates(form: DeliveryForm, kind: OfferingKind, dated: bool, load: int) -> None:
    runs = (RunRecord(date(2026, 10, 1), date(2026, 10, 2)),) if dated else ()
    offering = replace(COURSE, kind=kind, program_type=None, delivery_form=form, runs=runs)
    found = select(library(offering, links={("P1", "ME.3"): 1.0}), TEACHER, PERIOD, ["ME.3"])
    assert [one.load for one in found.candidates] == [load]


def test_a_barred_offer_stays_among_the_candidates_with_its_obstacle() -> None:
    physics = replace(COURSE, subject="физика")
    found = select(library(physics, links={("P1", "ME.3"): 1.0}), TEACHER, PERIOD, ["ME.3"])
    assert [one.obstacles for one in found.candidates] == [("subject_other",)]


def test_a_request_is_answered_by_what_its_words_found_and_believed_by_half() -> None:
    found = select(library(COURSE, links={}), TEACHER, PERIOD, ["ME.3"], requested=["P1"])
    assert [dict(one.cover) for one in found.candidates] == [{REQUEST: 39}]


def test_what_works_on_no_need_is_no_candidate() -> None:
    assert select(library(COURSE, links={("P1", "CI.1"): 1.0}), TEACHER, PERIOD, ["ME.3"]).candidates == ()


def test_an_unknown_volume_is_estimated_and_says_so() -> None:
    silent = replace(COURSE, hours=(), hours_basis=HoursBasis.ESTIMATED)
    found = select(library(silent, links={("P1", "ME.3"): 1.0}), TEACHER, PERIOD, ["ME.3"])
    assert [(one.hours, one.hours_estimated) for one in found.candidates] == [(36, True)]
