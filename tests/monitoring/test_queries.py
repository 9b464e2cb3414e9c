"""The four indicators over small regions counted by hand; counts and rows from one statement, on both databases."""

from datetime import UTC, date, datetime

import pytest
from sqlalchemy import event
from sqlalchemy.orm import Session

from iom.accounts.models import RoleGrant
from iom.core.actor import Actor, Role, UnitKind
from iom.diagnostics.kinds import AttemptStatus, DiagnosticMethod
from iom.monitoring import figures, queries
from iom.monitoring.kinds import IndicatorCode, Slice
from iom.monitoring.statements import Scope
from iom.organizations.kinds import EmployeeCategory
from iom.organizations.models import Employment
from iom.profiles.kinds import DeficitKind
from iom.routes.kinds import ItemKind
from iom.routes.workflow import ItemStatus, RouteStatus
from iom.support.models import MethodistAssignment
from tests.cast import START, Cast, Member, make_member
from tests.monitoring import samples
from tests.site import moment

DAY = date(2026, 11, 24)
SHARES = [IndicatorCode.ASSESSED, IndicatorCode.ROUTED, IndicatorCode.TRAINED]
S = RouteStatus


def count(db: Session, actor: Actor, code: IndicatorCode, scope: Scope | None = None) -> tuple[int, int]:
    """Return numerator and denominator after checking that the rows say the same."""
    scope = scope or Scope(DAY)
    figure = queries.share_figure(db, actor, code, scope)
    rows = queries.list_rows(db, actor, code, scope)
    assert figures.share_of_rows(rows) == figure
    assert len({row.employee_id for row in rows}) == len(rows) == queries.count_rows(db, actor, code, scope)
    counted = queries.list_rows(db, actor, code, scope, counted=True)
    rest = queries.list_rows(db, actor, code, scope, counted=False)
    assert {row.employee_id for row in counted} | {row.employee_id for row in rest} == {row.employee_id for row in rows}
    assert len(counted) == figure.numerator == queries.count_rows(db, actor, code, scope, counted=True)
    for cut in Slice:
        parts = queries.share_by_part(db, actor, code, scope, cut)
        assert sum(part.figure.numerator for part in parts) == figure.numerator
        assert sum(part.figure.denominator for part in parts) == figure.denominator
    return figure.numerator, figure.denominator


# OKT-1.1: teachers assessed in the calendar year of all teachers at work on the day. The cast has two: Анна and Глеб.


def test_nobody_assessed_yet(db: Session, cast: Cast) -> None:
    assert count(db, cast.dina.actor, IndicatorCode.ASSESSED) == (0, 2)


def test_a_teacher_counts_once_however_often_and_by_whatever_method(db: Session, cast: Cast) -> None:
    samples.attempt(db, cast.anna.employee, moment(3, 4))
    samples.attempt(db, cast.anna.employee, moment(3, 9), method=DiagnosticMethod.SELF)
    samples.attempt(db, cast.marina.employee, moment(3, 4))  # a manager
    assert count(db, cast.dina.actor, IndicatorCode.ASSESSED) == (1, 2)
    assert queries.list_rows(db, cast.dina.actor, IndicatorCode.ASSESSED, Scope(DAY), counted=True)[0].fact_on == date(2026, 4, 3)


@pytest.mark.parametrize("status", [AttemptStatus.FINISHED, AttemptStatus.ANNULLED])
def test_only_scored_attempts_count(db: Session, cast: Cast, status: AttemptStatus) -> None:
    samples.attempt(db, cast.anna.employee, moment(3, 4), status)
    assert count(db, cast.dina.actor, IndicatorCode.ASSESSED) == (0, 2)


@pytest.mark.parametrize(
    ("scored", "day", "counted"),
    [
        (datetime(2025, 12, 31, 20, 59, 59, tzinfo=UTC), DAY, 0),  # 23:59:59 of last year in Moscow
        (datetime(2025, 12, 31, 21, 0, tzinfo=UTC), DAY, 1),  # midnight of the first of January there
        (datetime(2026, 11, 24, 20, 59, 59, tzinfo=UTC), DAY, 1),  # the last second of the day
        (datetime(2026, 11, 24, 21, 0, tzinfo=UTC), DAY, 0),  # tomorrow already
        (datetime(2026, 12, 31, 20, 59, 59, tzinfo=UTC), date(2026, 12, 31), 1),
        (datetime(2026, 1, 1, 9, 0, tzinfo=UTC), date(2027, 1, 1), 0),  # the next year starts anew
    ],
)
def test_days_are_those_of_the_regions_calendar(db: Session, cast: Cast, scored: datetime, day: date, counted: int) -> None:
    samples.attempt(db, cast.anna.employee, scored)
    assert count(db, cast.dina.actor, IndicatorCode.ASSESSED, Scope(day)) == (counted, 2)


def test_a_row_shows_the_day_of_the_regions_clock(db: Session, cast: Cast) -> None:
    samples.attempt(db, cast.anna.employee, datetime(2026, 3, 1, 17, 30, tzinfo=UTC))  # 03:30 of the next day in Vladivostok
    rows = queries.list_rows(db, cast.dina.actor, IndicatorCode.ASSESSED, Scope(DAY, timezone="Asia/Vladivostok"), counted=True)
    assert [row.fact_on for row in rows] == [date(2026, 3, 2)]


def test_a_closed_post_leaves_the_denominator_after_its_last_day(db: Session, cast: Cast) -> None:
    post = db.query(Employment).filter_by(employee_id=cast.gleb.employee_id).one()
    post.ends_on = DAY
    db.flush()
    assert count(db, cast.dina.actor, IndicatorCode.ASSESSED) == (0, 2)
    assert count(db, cast.dina.actor, IndicatorCode.ASSESSED, Scope(date(2026, 11, 25))) == (0, 1)
    assert count(db, cast.dina.actor, IndicatorCode.ASSESSED, Scope(date(2020, 8, 31))) == (0, 0)  # before anybody was hired


def test_a_person_who_moved_counts_once_and_at_the_school_of_the_day(db: Session, cast: Cast) -> None:
    samples.attempt(db, cast.gleb.employee, moment(3, 4))
    samples.move_to_school(db, cast.gleb.employee, cast.lesnovskaya, DAY)  # the last day there is the first day here
    assert count(db, cast.dina.actor, IndicatorCode.ASSESSED) == (1, 2)
    parts = queries.share_by_part(db, cast.dina.actor, IndicatorCode.ASSESSED, Scope(DAY), Slice.SCHOOL)
    assert [(part.name, part.figure.numerator, part.figure.denominator) for part in parts] == [("Лесновская СОШ", 1, 2)]
    before = queries.share_by_part(db, cast.dina.actor, IndicatorCode.ASSESSED, Scope(date(2026, 11, 23)), Slice.MUNICIPALITY)
    assert [(part.name, part.figure.numerator, part.figure.denominator) for part in before] == [
        ("Лесновский округ", 0, 1),
        ("Озёрский район", 1, 1),
    ]


def test_a_second_post_adds_nobody(db: Session, cast: Cast) -> None:
    db.add(
        Employment(
            region_id=cast.region.id,
            employee_id=cast.anna.employee_id,
            school_id=cast.ozerskaya.id,
            position="учитель физики",
            is_main=False,
            starts_on=date(2026, 9, 1),
            recorded_at=START,
        )
    )
    db.flush()
    assert count(db, cast.dina.actor, IndicatorCode.ASSESSED) == (0, 2)
    assert count(db, cast.dina.actor, IndicatorCode.ASSESSED, Scope(DAY, school_id=cast.ozerskaya.id)) == (0, 1)


def test_a_withdrawn_consent_takes_the_result_out_and_leaves_the_person(db: Session, cast: Cast) -> None:
    found = samples.attempt(db, cast.anna.employee, moment(3, 4))
    first = samples.route(db, cast.anna.employee, cast.lesnovskaya, (S.APPROVED, moment(1, 9)), answers=samples.deficit(db, found))
    samples.programme(db, first, date(2026, 10, 1))
    assert [count(db, cast.dina.actor, code) for code in SHARES] == [(1, 2), (1, 1), (1, 2)]
    samples.withdraw(db, cast.anna.employee)
    assert [count(db, cast.dina.actor, code) for code in SHARES] == [(0, 2), (0, 0), (0, 2)]


# OKT-2.1: people with a route approved and built on a deficit of the year, of all assessed in the year, managers included.


def test_only_an_approved_route_on_a_found_deficit_counts(db: Session, cast: Cast) -> None:
    for member in (cast.anna, cast.gleb, cast.marina):
        found = samples.attempt(db, member.employee, moment(3, 4))
        if member is cast.anna:
            samples.route(
                db,
                member.employee,
                cast.lesnovskaya,
                (S.DRAFT, moment(4, 4)),
                (S.ON_REVIEW, moment(5, 4)),
                (S.AGREED, moment(6, 4)),
                (S.APPROVED, moment(7, 4)),
                (S.IN_PROGRESS, moment(8, 4)),
                answers=samples.deficit(db, found),
            )
        elif member is cast.gleb:  # agreed, not yet approved
            samples.route(
                db, member.employee, cast.ozerskaya, (S.DRAFT, moment(4, 4)), (S.AGREED, moment(5, 4)), answers=samples.deficit(db, found)
            )
        else:  # approved, but it answers the person's own claim only
            claim = samples.deficit(db, found, DeficitKind.CLAIM)
            samples.route(db, member.employee, cast.lesnovskaya, (S.APPROVED, moment(5, 4)), answers=claim)
    assert count(db, cast.dina.actor, IndicatorCode.ROUTED) == (1, 3)
    assert queries.list_rows(db, cast.dina.actor, IndicatorCode.ROUTED, Scope(DAY), counted=True)[0].fact_on == date(2026, 4, 7)


@pytest.mark.parametrize(("day", "expected"), [(date(2026, 4, 6), (0, 1)), (date(2026, 4, 7), (1, 1))])
def test_the_day_of_approval_decides(db: Session, cast: Cast, day: date, expected: tuple[int, int]) -> None:
    found = samples.attempt(db, cast.anna.employee, moment(3, 4))
    samples.route(db, cast.anna.employee, cast.lesnovskaya, (S.APPROVED, moment(7, 4)), answers=samples.deficit(db, found))
    assert count(db, cast.dina.actor, IndicatorCode.ROUTED, Scope(day)) == expected


def test_a_route_closed_after_approval_still_counts_and_a_cancelled_draft_does_not(db: Session, cast: Cast) -> None:
    for member, school, moves in (
        (cast.anna, cast.lesnovskaya, ((S.APPROVED, moment(5, 4)), (S.CLOSED, moment(1, 6)))),
        (cast.gleb, cast.ozerskaya, ((S.DRAFT, moment(5, 4)), (S.CLOSED, moment(6, 4)))),
    ):
        found = samples.attempt(db, member.employee, moment(3, 4))
        samples.route(db, member.employee, school, *moves, answers=samples.deficit(db, found))
    assert count(db, cast.dina.actor, IndicatorCode.ROUTED) == (1, 2)


def test_a_route_on_last_years_diagnostics_does_not_count_this_year(db: Session, cast: Cast) -> None:
    old = samples.attempt(db, cast.anna.employee, moment(3, 10, 2025))
    samples.route(db, cast.anna.employee, cast.lesnovskaya, (S.APPROVED, moment(5, 2)), answers=samples.deficit(db, old))
    samples.attempt(db, cast.anna.employee, moment(3, 9))
    assert count(db, cast.dina.actor, IndicatorCode.ROUTED) == (0, 1)


def test_two_approvals_and_two_goals_are_one_person(db: Session, cast: Cast) -> None:
    found = samples.attempt(db, cast.anna.employee, moment(3, 4))
    lack = samples.deficit(db, found)
    moves = ((S.APPROVED, moment(5, 4)), (S.SUSPENDED, moment(6, 4)), (S.APPROVED, moment(7, 4)))
    samples.route(db, cast.anna.employee, cast.lesnovskaya, *moves, answers=lack)
    assert count(db, cast.dina.actor, IndicatorCode.ROUTED) == (1, 1)


def test_an_annulled_attempt_takes_its_route_along(db: Session, cast: Cast) -> None:
    found = samples.attempt(db, cast.anna.employee, moment(3, 4))
    samples.attempt(db, cast.anna.employee, moment(4, 4))
    samples.route(db, cast.anna.employee, cast.lesnovskaya, (S.APPROVED, moment(5, 4)), answers=samples.deficit(db, found))
    found.status = AttemptStatus.ANNULLED
    db.flush()
    assert count(db, cast.dina.actor, IndicatorCode.ROUTED) == (0, 1)


# IVA-2.1: teachers who finished a federal-register programme taken for a deficit found before it began, since 2021.


def trained(
    db: Session, cast: Cast, done: date | None = date(2026, 10, 1), scored: datetime | None = None, **item: object
) -> tuple[int, int]:
    found = samples.attempt(db, cast.anna.employee, scored or moment(3, 4))
    taken = samples.route(db, cast.anna.employee, cast.lesnovskaya, (S.APPROVED, moment(5, 4)), answers=samples.deficit(db, found))
    samples.programme(db, taken, done, **item)  # type: ignore[arg-type]
    return count(db, cast.dina.actor, IndicatorCode.TRAINED)


def test_a_finished_federal_programme_for_a_deficit_counts(db: Session, cast: Cast) -> None:
    assert trained(db, cast, starts=date(2026, 9, 14)) == (1, 2)


@pytest.mark.parametrize(
    "item",
    [
        {"registry": "regional"},
        {"registry": "none"},
        {"status": ItemStatus.DONE_UNCONFIRMED},
        {"status": ItemStatus.SUBMITTED},
        {"kind": ItemKind.EVENT},
        {"done": date(2026, 11, 25)},  # after the day of the report
        {"done": date(2020, 12, 31)},  # before the count begins
        {"starts": date(2026, 4, 2)},  # began the day before the deficit was found
    ],
)
def test_anything_less_does_not(db: Session, cast: Cast, item: dict[str, object]) -> None:
    assert trained(db, cast, **item) == (0, 2)  # type: ignore[arg-type]


def test_a_programme_may_begin_on_the_day_the_deficit_is_found(db: Session, cast: Cast) -> None:
    assert trained(db, cast, starts=date(2026, 4, 3)) == (1, 2)


def test_the_day_a_deficit_is_found_is_the_regions(db: Session, cast: Cast) -> None:
    """Found at 22:30 UTC of the third, which is the fourth in Moscow: a programme of the third came first."""
    assert trained(db, cast, scored=datetime(2026, 4, 3, 22, 30, tzinfo=UTC), starts=date(2026, 4, 3)) == (0, 2)


def test_years_add_up_since_2021(db: Session, cast: Cast) -> None:
    assert trained(db, cast, done=date(2021, 1, 1), scored=moment(1, 12, 2020), starts=date(2020, 12, 20)) == (1, 2)
    assert count(db, cast.dina.actor, IndicatorCode.TRAINED, Scope(date(2020, 12, 31))) == (0, 2)


# IVA-3.1: teachers assigned to regional methodists, for each of them.


def assign(db: Session, cast: Cast, member: Member, methodist: Member, starts: date, ends: date | None = None) -> None:
    db.add(
        MethodistAssignment(
            region_id=cast.region.id,
            employee_id=member.employee_id,
            methodist_id=methodist.person.id,
            starts_on=starts,
            ends_on=ends,
            assigned_at=START,
        )
    )
    db.flush()


def loads(db: Session, cast: Cast, scope: Scope | None = None, actor: Actor | None = None) -> list[tuple[str, int]]:
    scope, actor = scope or Scope(DAY), actor or cast.dina.actor
    found = queries.methodist_loads(db, actor, scope)
    rows = queries.list_rows(db, actor, IndicatorCode.METHODIST_LOAD, scope)
    assert queries.load_figure(found).numerator == len(rows) == queries.count_rows(db, actor, IndicatorCode.METHODIST_LOAD, scope)
    for row in found:
        assert len(queries.list_rows(db, actor, IndicatorCode.METHODIST_LOAD, scope, methodist_id=row.person_id)) == row.people
    return [(row.name, row.people) for row in found]


def test_load_counts_teachers_and_names_methodists_without_any(db: Session, cast: Cast) -> None:
    other = make_member(db, cast.region, "Запасная", "Юлия", role=Role.REGIONAL_METHODIST)
    assign(db, cast, cast.marina, cast.vera, date(2026, 9, 1))  # a manager: the order speaks of teachers
    assign(db, cast, cast.gleb, cast.vera, date(2026, 9, 1))
    assert loads(db, cast) == [("Запасная Юлия", 0), ("Условная Вера", 2)]
    assert queries.load_figure(queries.methodist_loads(db, cast.dina.actor, Scope(DAY))).value == 1.0
    assert other.person.id


def test_an_assignment_counts_from_its_first_to_its_last_day(db: Session, cast: Cast) -> None:
    assign(db, cast, cast.gleb, cast.vera, date(2026, 10, 1), date(2026, 10, 31))
    assert [loads(db, cast, Scope(day))[0][1] for day in (date(2026, 9, 30), date(2026, 10, 1), date(2026, 10, 31), date(2026, 11, 1))] == [
        1,
        2,
        2,
        1,
    ]


def test_handing_over_on_one_day_counts_for_the_new_methodist(db: Session, cast: Cast) -> None:
    other = make_member(db, cast.region, "Запасная", "Юлия", role=Role.REGIONAL_METHODIST)
    assign(db, cast, cast.gleb, cast.vera, date(2026, 9, 1), DAY)
    assign(db, cast, cast.gleb, other, DAY)
    assert loads(db, cast) == [("Запасная Юлия", 1), ("Условная Вера", 1)]


def test_a_municipal_methodist_is_not_counted(db: Session, cast: Cast) -> None:
    local = make_member(db, cast.region, "Местная", "Инна", role=Role.TUTOR)
    db.add(
        RoleGrant(
            region_id=cast.region.id,
            person_id=local.person.id,
            role=Role.MUNICIPAL_METHODIST,
            unit_kind=UnitKind.MUNICIPALITY,
            municipality_id=cast.ozernoe.id,
            granted_at=START,
            effective_at=START,
        )
    )
    assign(db, cast, cast.gleb, local, date(2026, 9, 1))
    assert loads(db, cast) == [("Условная Вера", 1)]


def test_a_role_counts_between_its_beginning_and_its_end(db: Session, cast: Cast) -> None:
    grant = db.query(RoleGrant).filter_by(person_id=cast.vera.person.id).one()
    grant.revoked_at = moment(10)
    db.flush()
    assert loads(db, cast) == []
    assert loads(db, cast, Scope(date(2026, 11, 9))) == [("Условная Вера", 1)]
    assert loads(db, cast, Scope(date(2026, 8, 31))) == []  # granted on the first of September


def test_a_part_names_only_methodists_who_support_somebody_there(db: Session, cast: Cast) -> None:
    make_member(db, cast.region, "Запасная", "Юлия", role=Role.REGIONAL_METHODIST)
    assert loads(db, cast, Scope(DAY, municipality_id=cast.lesnoe.id)) == [("Условная Вера", 1)]
    assert loads(db, cast, Scope(DAY, municipality_id=cast.ozernoe.id)) == []


# Who sees what.


def test_each_role_reports_about_its_own_part(db: Session, cast: Cast) -> None:
    samples.attempt(db, cast.gleb.employee, moment(3, 4))
    viewer = Actor(person_id=cast.dina.person.id, region_id=cast.region.id, role=Role.AUTHORITY_VIEWER)
    local_viewer = Actor(
        person_id=cast.dina.person.id, region_id=cast.region.id, role=Role.AUTHORITY_VIEWER, municipality_id=cast.lesnoe.id
    )
    municipal = Actor(
        person_id=cast.vera.person.id, region_id=cast.region.id, role=Role.MUNICIPAL_METHODIST, municipality_id=cast.ozernoe.id
    )
    seen = {
        "officer": (cast.dina.actor, (1, 2)),
        "regional methodist": (cast.vera.actor, (1, 2)),
        "viewer of the region": (viewer, (1, 2)),
        "viewer of Лесновский округ": (local_viewer, (0, 1)),
        "methodist of Озёрский район": (municipal, (1, 1)),
        "head of Лесновская": (cast.marina.actor, (0, 1)),
        "head of Озёрская": (cast.olga.actor, (1, 1)),
        "tutor of Анна": (cast.boris.actor, (0, 1)),
        "teacher": (cast.anna.actor, (0, 0)),
        "administrator": (cast.admin.actor, (0, 0)),
    }
    for who, (actor, expected) in seen.items():
        assert count(db, actor, IndicatorCode.ASSESSED) == expected, who


def test_another_regions_rows_never_come(db: Session, cast: Cast) -> None:
    samples.attempt(db, cast.stranger.employee, moment(3, 4))
    assert count(db, cast.dina.actor, IndicatorCode.ASSESSED) == (0, 2)


def test_a_foreign_filter_finds_nobody(db: Session, cast: Cast) -> None:
    assert count(db, cast.marina.actor, IndicatorCode.ASSESSED, Scope(DAY, school_id=cast.ozerskaya.id)) == (0, 0)
    assert count(db, cast.marina.actor, IndicatorCode.ASSESSED, Scope(DAY, municipality_id=cast.ozernoe.id)) == (0, 0)


def test_names_come_only_for_those_who_may_have_lists(db: Session, cast: Cast) -> None:
    viewer = Actor(person_id=cast.dina.person.id, region_id=cast.region.id, role=Role.AUTHORITY_VIEWER)
    assert {row.name for row in queries.list_rows(db, viewer, IndicatorCode.ASSESSED, Scope(DAY))} == {""}
    assert [row.name for row in queries.list_rows(db, cast.dina.actor, IndicatorCode.ASSESSED, Scope(DAY))] == [
        "Образцова Анна",
        "Шаблонов Глеб",
    ]


def test_pages_of_rows_follow_each_other(db: Session, cast: Cast) -> None:
    for number in range(7):
        make_member(db, cast.region, f"Фамилия{number}", "Имя", school=cast.lesnovskaya, code=f"X{number}")
    whole = queries.list_rows(db, cast.dina.actor, IndicatorCode.ASSESSED, Scope(DAY))
    pages = [queries.list_rows(db, cast.dina.actor, IndicatorCode.ASSESSED, Scope(DAY), limit=4, offset=start) for start in (0, 4, 8)]
    assert [len(page) for page in pages] == [4, 4, 1]
    assert [row for page in pages for row in page] == whole


def test_the_number_of_statements_does_not_grow_with_rows(db: Session, cast: Cast) -> None:
    def statements() -> int:
        seen: list[str] = []
        listener = lambda conn, cursor, statement, *rest: seen.append(statement)
        event.listen(db.get_bind(), "before_cursor_execute", listener)
        try:
            for code in SHARES:
                queries.share_figure(db, cast.dina.actor, code, Scope(DAY))
                queries.list_rows(db, cast.dina.actor, code, Scope(DAY))
            queries.methodist_loads(db, cast.dina.actor, Scope(DAY))
        finally:
            event.remove(db.get_bind(), "before_cursor_execute", listener)
        return len(seen)

    few = statements()
    for number in range(30):
        member = make_member(db, cast.region, f"Фамилия{number}", "Имя", school=cast.ozerskaya, code=f"X{number}")
        samples.attempt(db, member.employee, moment(3, 4))
        assign(db, cast, member, cast.vera, date(2026, 9, 1))
    assert statements() == few == 7


def test_managers_are_no_teachers(db: Session, cast: Cast) -> None:
    cast.marina.employee.category = EmployeeCategory.TEACHER
    db.flush()
    assert count(db, cast.dina.actor, IndicatorCode.ASSESSED) == (0, 3)
