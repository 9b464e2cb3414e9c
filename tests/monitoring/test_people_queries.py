"""The list of people and the table of completion agree cell by cell, today and on a past day."""

from datetime import date

import pytest
from sqlalchemy.orm import Session

from iom.core.actor import Actor, Role
from iom.monitoring import people_queries as queries
from iom.monitoring.kinds import NO_ROUTE, Slice
from iom.monitoring.people_queries import PersonFilter
from iom.monitoring.statements import Scope
from iom.policy import Action
from iom.routes.kinds import ClosingOutcome
from iom.routes.workflow import RouteStatus
from tests.cast import Cast
from tests.monitoring import samples
from tests.site import moment

DAY = date(2026, 11, 24)
TODAY = Scope(DAY)
PAST = Scope(date(2026, 10, 10), is_current=False)
S = RouteStatus
EVERYBODY = PersonFilter()


def table(db: Session, actor: Actor, scope: Scope, cut: Slice = Slice.MUNICIPALITY) -> dict[str, dict[str, int]]:
    """Return the table of completion after checking that each cell opens just as many people."""
    rows = queries.completion(db, actor, scope, cut)
    for row in rows:
        part = {"municipality_id": row.id} if cut is Slice.MUNICIPALITY else {"school_id": row.id}
        inside = Scope(scope.as_of, timezone=scope.timezone, is_current=scope.is_current, **part)
        assert row.people == sum(row.by_status.values()) == queries.count_people(db, actor, inside, EVERYBODY)
        for status, people in row.by_status.items():
            found = queries.list_people(db, actor, inside, PersonFilter(status=status))
            assert len(found) == people == queries.count_people(db, actor, inside, PersonFilter(status=status))
            assert {person.status for person in found} == {status}
    return {row.name: row.by_status for row in rows}


def test_people_without_routes_are_counted_too(db: Session, cast: Cast) -> None:
    assert table(db, cast.dina.actor, TODAY) == {"Лесновский округ": {NO_ROUTE: 2}, "Озёрский район": {NO_ROUTE: 1}}


@pytest.mark.parametrize("scope", [TODAY, Scope(DAY, is_current=False)], ids=["as they are", "from history"])
def test_a_live_route_goes_before_closed_ones(db: Session, cast: Cast, scope: Scope) -> None:
    samples.route(
        db, cast.anna.employee, cast.lesnovskaya, (S.APPROVED, moment(1, 2)), (S.CLOSED, moment(1, 6)), outcome=ClosingOutcome.FULL
    )
    samples.route(db, cast.anna.employee, cast.lesnovskaya, (S.DRAFT, moment(1, 9)), (S.ON_REVIEW, moment(2, 9)), cycle=2)
    assert table(db, cast.dina.actor, scope, Slice.SCHOOL) == {
        "Лесновская СОШ": {"on_review": 1, NO_ROUTE: 1},
        "Озёрская СОШ": {NO_ROUTE: 1},
    }


@pytest.mark.parametrize(
    ("outcome", "closed", "state"),
    [
        (ClosingOutcome.FULL, moment(1, 6), "closed"),
        (ClosingOutcome.PARTIAL, moment(1, 6), "closed"),
        (ClosingOutcome.CANCELLED, moment(1, 6), NO_ROUTE),  # nothing was carried out
        (ClosingOutcome.FULL, moment(25, 12, 2025), NO_ROUTE),  # last year's work
    ],
)
@pytest.mark.parametrize("is_current", [True, False])
def test_a_closed_route_is_shown_in_the_year_it_was_carried_out(
    db: Session, cast: Cast, outcome: ClosingOutcome, closed: object, state: str, is_current: bool
) -> None:
    samples.route(db, cast.gleb.employee, cast.ozerskaya, (S.DRAFT, moment(1, 9, 2025)), (S.CLOSED, closed), outcome=outcome)  # type: ignore[arg-type]
    assert table(db, cast.dina.actor, Scope(DAY, is_current=is_current))["Озёрский район"] == {state: 1}


def test_a_past_day_shows_the_states_of_that_day(db: Session, cast: Cast) -> None:
    samples.route(
        db, cast.anna.employee, cast.lesnovskaya, (S.DRAFT, moment(1, 10)), (S.ON_REVIEW, moment(5, 10)), (S.AGREED, moment(20, 10))
    )
    samples.route(db, cast.gleb.employee, cast.ozerskaya, (S.DRAFT, moment(11, 10)))
    assert table(db, cast.dina.actor, TODAY)["Лесновский округ"] == {"agreed": 1, NO_ROUTE: 1}
    assert table(db, cast.dina.actor, PAST) == {"Лесновский округ": {"on_review": 1, NO_ROUTE: 1}, "Озёрский район": {NO_ROUTE: 1}}


def test_who_accompanies_and_where_they_work(db: Session, cast: Cast) -> None:
    anna = queries.list_people(db, cast.dina.actor, TODAY, PersonFilter(name="образ"))[0]
    assert (anna.name, anna.school, anna.position, anna.tutor, anna.methodist) == (
        "Анна Образцова",
        "Лесновская СОШ",
        "учитель",
        "Борис Примеров",
        "Вера Условная",
    )


@pytest.mark.parametrize(
    ("name", "found"),
    [
        ("Образцова", ["Образцова"]),
        ("образцова анна", ["Образцова"]),
        ("АННА", ["Образцова"]),
        ("шабл", ["Шаблонов", "Шаблонова"]),
        ("шаблонов глеб", ["Шаблонов"]),
        ("разцова", []),  # from the beginning of a word
        ("%", []),
        ("_", []),
        ("", ["Образцова", "Шаблонов", "Шаблонова"]),
    ],
)
def test_names_are_found_by_their_beginnings_in_any_case(db: Session, cast: Cast, name: str, found: list[str]) -> None:
    assert [row.last_name for row in queries.list_people(db, cast.dina.actor, TODAY, PersonFilter(name=name))] == found


def test_filters_of_support(db: Session, cast: Cast) -> None:
    def names(**wanted: object) -> list[str]:
        return [row.first_name for row in queries.list_people(db, cast.dina.actor, TODAY, PersonFilter(**wanted))]  # type: ignore[arg-type]

    assert names(has_tutor=True) == names(has_methodist=True) == names(tutor_id=cast.boris.person.id) == ["Анна"]
    assert names(has_tutor=False) == names(has_methodist=False) == ["Глеб", "Марина"]
    assert names(methodist_id=cast.boris.person.id) == []


def test_a_school_sees_its_own_and_a_teacher_themselves(db: Session, cast: Cast) -> None:
    seen = {
        "head": (cast.marina.actor, ["Анна", "Марина"]),
        "other head": (cast.olga.actor, ["Глеб"]),
        "tutor": (cast.boris.actor, ["Анна"]),
        "teacher": (cast.gleb.actor, ["Глеб"]),
        "administrator": (cast.admin.actor, ["Анна", "Глеб", "Марина"]),
        "viewer": (Actor(cast.dina.person.id, cast.region.id, Role.AUTHORITY_VIEWER), []),
    }
    for who, (actor, names) in seen.items():
        assert [row.first_name for row in queries.list_people(db, actor, TODAY, EVERYBODY)] == names, who
        assert queries.count_people(db, actor, TODAY, EVERYBODY) == len(names), who
        assert len(queries.list_employee_ids(db, actor, TODAY, EVERYBODY)) == len(names), who


def test_completion_is_an_aggregate_and_follows_its_own_rule(db: Session, cast: Cast) -> None:
    viewer = Actor(cast.dina.person.id, cast.region.id, Role.AUTHORITY_VIEWER)
    assert sum(row.people for row in queries.completion(db, viewer, TODAY, Slice.MUNICIPALITY)) == 3
    assert queries.completion(db, cast.admin.actor, TODAY, Slice.MUNICIPALITY) == []


def test_the_key_of_the_action_is_person_view_by_default(db: Session, cast: Cast) -> None:
    assert len(db.execute(queries.people(cast.marina.actor, TODAY)).all()) == 2
    assert len(db.execute(queries.people(cast.admin.actor, TODAY, Action.AGGREGATES_VIEW)).all()) == 0


def test_pages_of_people_follow_each_other(db: Session, cast: Cast) -> None:
    pages = [queries.list_people(db, cast.dina.actor, TODAY, EVERYBODY, limit=2, offset=start) for start in (0, 2)]
    assert [row.first_name for page in pages for row in page] == ["Анна", "Глеб", "Марина"]
