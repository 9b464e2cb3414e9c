"""Who can take what, rule by rule; what is unknown never stands in the way."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from iom.catalog.files import OfferingRecord, RuleRecord, RunRecord, read_offerings, read_rules, read_subjects
from iom.catalog.kinds import DeliveryForm, HoursBasis, OfferingKind, Ownership, ProgramType
from iom.matching import texts
from iom.matching.eligibility import (
    Eligibility,
    Period,
    PersonFacts,
    check,
    fitting_runs,
    offering_facts,
    person_facts,
    private_barred_from,
)
from iom.matching.kinds import Note, Obstacle, Stage
from iom.matching.subjects import subject_finder
from iom.organizations.kinds import EmployeeCategory
from tests.matching.small_catalog import event, program

CATALOG = Path(__file__).parents[2] / "catalog"
FINDER = subject_finder(read_subjects(CATALOG))
PERIOD = Period(date(2026, 9, 1), date(2027, 5, 31))
BARRED = date(2025, 9, 1)
ANNA = PersonFacts(subjects=frozenset({"mathematics"}), stages=frozenset({Stage.SCHOOL}), region="Смоленская область")
HEAD = PersonFacts(category=EmployeeCategory.MANAGER, region="Смоленская область")


def ask(
    offering: OfferingRecord, person: PersonFacts = ANNA, ownership: Ownership = Ownership.UNKNOWN, period: Period = PERIOD
) -> Eligibility:
    return check(offering_facts(offering, FINDER, ownership), person, period, FINDER, BARRED)


def run(start: str, end: str | None = None, seats: int | None = None) -> RunRecord:
    return RunRecord(date.fromisoformat(start), date.fromisoformat(end) if end else None, seats)


# Audience, subject, stage


@pytest.mark.parametrize(
    ("audience", "person", "obstacles"),
    [
        ("директора школ", ANNA, (Obstacle.AUDIENCE_MANAGER_ONLY,)),
        ("директора школ", HEAD, ()),
        ("учителя", HEAD, (Obstacle.AUDIENCE_TEACHER_ONLY,)),
        ("педагогические и руководящие работники", ANNA, ()),
        ("педагогические и руководящие работники", HEAD, ()),
        ("педагоги-психологи", ANNA, (Obstacle.AUDIENCE_SPECIALIST_ONLY,)),
        ("педагоги-психологи", replace(ANNA, is_specialist=True), ()),
        ("руководители и методисты", replace(ANNA, is_specialist=True), ()),
        ("студенты", ANNA, (Obstacle.AUDIENCE_OUTSIDER_ONLY,)),
        ("", ANNA, ()),
    ],
)
def test_audience(audience, person, obstacles):
    assert ask(program("P", "Урок", audience=audience), person).obstacles == obstacles


@pytest.mark.parametrize(
    ("subject", "audience", "is_open"),
    [
        ("математика", "", True),
        ("физика", "", False),
        ("физика, математика", "", True),
        ("физика", "учителя физики и математики", True),
        ("цифровая среда", "", True),
        ("", "учителя химии", False),
        ("", "учителя", True),
    ],
)
def test_offering_that_names_only_other_subjects_is_closed(subject, audience, is_open):
    assert (Obstacle.SUBJECT_OTHER not in ask(program("P", "Урок", subject=subject, audience=audience)).obstacles) is is_open


def test_person_without_known_subjects_meets_no_subject_rule():
    assert ask(program("P", "Урок", subject="физика"), PersonFacts()).is_eligible


@pytest.mark.parametrize(
    ("audience", "is_open"), [("преподаватели СПО", False), ("воспитатели ДОО", False), ("учителя, воспитатели", True)]
)
def test_offering_for_another_stage_is_closed(audience, is_open):
    assert (Obstacle.STAGE_OTHER not in ask(program("P", "Урок", audience=audience)).obstacles) is is_open


# Region


@pytest.mark.parametrize(
    ("form", "region", "obstacles", "note"),
    [
        (DeliveryForm.ONSITE, "Тамбовская область", (Obstacle.REGION_OTHER_ONSITE,), None),
        (DeliveryForm.ONSITE, "Смоленская область", (), None),
        (DeliveryForm.ONSITE, "федеральная", (), None),
        (DeliveryForm.ONSITE, "", (), None),
        (DeliveryForm.ONLINE, "Тамбовская область", (), None),
        (DeliveryForm.BLENDED, "Тамбовская область", (), None),
        (DeliveryForm.UNKNOWN, "Тамбовская область", (), Note.REGION_OTHER_FORM_UNKNOWN),
        (DeliveryForm.UNKNOWN, "Смоленская область", (), Note.FORM_UNKNOWN),
    ],
)
def test_onsite_elsewhere_is_an_obstacle_and_unknown_form_a_note(form, region, obstacles, note):
    answer = ask(program("P", "Урок", delivery_form=form, region=region))

    assert answer.obstacles == obstacles
    assert note is None or note in answer.notes


def test_person_without_a_region_meets_no_region_rule():
    onsite = program("P", "Урок", delivery_form=DeliveryForm.ONSITE, region="Тамбовская область")

    assert ask(onsite, replace(ANNA, region="")).is_eligible


# Dates and seats


@pytest.mark.parametrize(
    ("runs", "obstacles", "notes", "fitting"),
    [
        ((), (), {Note.NO_RUN_DATES}, 0),
        ((run("2018-03-12", "2018-03-21"),), (), {Note.NEW_RUN_NOT_ANNOUNCED}, 0),
        ((run("2026-08-30", "2026-09-20"),), (), {Note.NEW_RUN_NOT_ANNOUNCED}, 0),
        ((run("2026-09-01", "2026-09-20"),), (), set(), 1),
        ((run("2018-03-12"), run("2026-10-05"), run("2027-05-30", "2027-06-02")), (), set(), 1),
        ((run("2027-05-30", "2027-06-02"),), (Obstacle.NO_RUN_IN_PERIOD,), set(), 0),
        ((run("2018-03-12"), run("2028-01-10")), (Obstacle.NO_RUN_IN_PERIOD,), set(), 0),
        ((run("2026-10-05", "2026-10-09", seats=0),), (Obstacle.NO_SEATS,), set(), 0),
        ((run("2026-10-05", seats=0), run("2026-11-05", seats=3)), (), set(), 1),
    ],
)
def test_runs_of_a_programme(runs, obstacles, notes, fitting):
    answer = ask(program("P", "Урок", runs=runs, hours=(36,), hours_basis=HoursBasis.KNOWN, delivery_form=DeliveryForm.ONLINE))

    assert (answer.obstacles, set(answer.notes), len(answer.runs)) == (obstacles, notes, fitting)


@pytest.mark.parametrize(
    ("runs", "words", "obstacles"),
    [
        ((run("2026-02-17", "2026-02-20"),), "", (Obstacle.EVENT_PAST,)),
        ((run("2026-10-17", "2026-10-20"),), "", ()),
        ((), "июнь 2022", (Obstacle.EVENT_PAST,)),
        ((), "2026", ()),
        ((), "18 декабря", ()),
        ((), "с 01.10.2025", ()),
        ((run("2027-09-17", "2027-09-20"),), "", (Obstacle.NO_RUN_IN_PERIOD,)),
    ],
)
def test_event_that_is_over_is_an_obstacle(runs, words, obstacles):
    assert ask(event("E", "Форум", runs=runs, date_text=words)).obstacles == obstacles


def test_mentoring_begins_by_agreement():
    mentoring = OfferingRecord(code="M", kind=OfferingKind.MENTORING, title="Наставничество", audience="педагоги")

    assert ask(mentoring) == Eligibility((), (Note.HOURS_ESTIMATED,), ())


def test_fitting_runs_touch_both_ends_of_the_period():
    runs = (run("2026-09-01", "2027-05-31"), run("2026-08-31", "2026-09-01"), run("2027-05-31"), run("2027-05-31", "2027-06-01"))

    assert fitting_runs(runs, PERIOD) == (runs[0], runs[2])


# Law, kind, hours


@pytest.mark.parametrize(
    ("ownership", "start", "stages", "is_barred"),
    [
        (Ownership.PRIVATE, "2025-09-01", {Stage.SCHOOL}, True),
        (Ownership.PRIVATE, "2025-08-31", {Stage.SCHOOL}, False),
        (Ownership.PRIVATE, "2026-09-01", set(), True),
        (Ownership.PRIVATE, "2026-09-01", {Stage.PRESCHOOL}, False),
        (Ownership.UNKNOWN, "2026-09-01", {Stage.SCHOOL}, False),
        (Ownership.STATE_FOUNDED, "2026-09-01", {Stage.SCHOOL}, False),
    ],
)
def test_private_providers_are_closed_to_school_teachers_since_the_day_of_the_law(ownership, start, stages, is_barred):
    period = Period(date.fromisoformat(start), date(2027, 5, 31))
    person = replace(ANNA, stages=frozenset(stages))

    assert (Obstacle.PROVIDER_PRIVATE in ask(program("P", "Урок"), person, ownership, period).obstacles) is is_barred


def test_law_binds_programmes_only_and_only_when_it_is_in_the_file():
    facts = offering_facts(program("P", "Урок"), FINDER, Ownership.PRIVATE)

    assert ask(event("E", "Форум"), ownership=Ownership.PRIVATE).is_eligible
    assert check(facts, ANNA, PERIOD, FINDER, barred_from=None).is_eligible


def test_day_of_the_law_comes_from_the_file_of_rules():
    assert private_barred_from(read_rules(CATALOG)) == BARRED
    assert private_barred_from([RuleRecord("other", date(2020, 1, 1), "закон")]) is None


def test_retraining_is_offered_only_to_those_who_ask():
    retraining = replace(program("P", "Логопедия"), program_type=ProgramType.RETRAINING)

    assert ask(retraining).obstacles == (Obstacle.RETRAINING_NOT_ASKED,)
    assert ask(retraining, replace(ANNA, wants_retraining=True)).is_eligible


def test_several_obstacles_are_all_named_in_order():
    closed = program("P", "Урок", audience="директора школ", subject="физика", delivery_form=DeliveryForm.ONSITE, region="Москва")

    assert ask(closed).obstacles == (Obstacle.AUDIENCE_MANAGER_ONLY, Obstacle.SUBJECT_OTHER, Obstacle.REGION_OTHER_ONSITE)


@pytest.mark.parametrize(
    ("position", "stages", "is_specialist"),
    [
        ("учитель математики", {Stage.SCHOOL}, False),
        ("воспитатель", {Stage.PRESCHOOL}, False),
        ("педагог-психолог", set(), True),
        ("мастер производственного обучения", {Stage.VOCATIONAL}, False),
        ("", set(), False),
    ],
)
def test_post_tells_stage_and_speciality(position, stages, is_specialist):
    facts = person_facts(EmployeeCategory.TEACHER, position, ["mathematics"], "Москва")

    assert (facts.stages, facts.is_specialist, facts.subjects) == (stages, is_specialist, {"mathematics"})


# The whole catalog

REAL = [offering_facts(offering, FINDER) for offering in read_offerings(CATALOG)]


@given(st.sampled_from(REAL), st.sampled_from(list(EmployeeCategory)), st.frozensets(st.sampled_from(["mathematics", "primary"])))
def test_less_known_about_a_person_never_adds_an_obstacle(offering, category, subjects):
    full = PersonFacts(category, subjects, frozenset({Stage.SCHOOL}), "Смоленская область")
    bare = PersonFacts(category)

    assert set(check(offering, bare, PERIOD, FINDER).obstacles) <= set(check(offering, full, PERIOD, FINDER).obstacles)


def test_teacher_of_mathematics_finds_enough_in_the_real_catalog():
    open_kinds = [facts.kind for facts in REAL if check(facts, ANNA, PERIOD, FINDER, BARRED).is_eligible]

    assert open_kinds.count(OfferingKind.PROGRAM) >= 60
    assert open_kinds.count(OfferingKind.MENTORING) >= 15


def test_every_obstacle_and_note_has_words():
    assert set(texts.OBSTACLE) == set(Obstacle)
    assert set(texts.NOTE) == set(Note)
    assert set(texts.KIND) == set(OfferingKind)
