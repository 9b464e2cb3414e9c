"""What those without names may see: small groups are hidden on both floors, the rest is the same number as everybody's."""

from collections.abc import Iterable
from datetime import date

import numpy as np
import pytest
from sqlalchemy.orm import Session

from iom.core.actor import Actor, Role
from iom.core.errors import NotFound
from iom.monitoring import queries
from iom.monitoring.board import APPROVED, PREPARED, Board
from iom.monitoring.figures import share
from iom.monitoring.kinds import NO_ROUTE, IndicatorCode, Slice
from iom.monitoring.scoping import territory_of
from iom.organizations.kinds import EmployeeCategory
from iom.organizations.models import Employee, Municipality, School
from iom.routes.workflow import RouteStatus
from tests.cast import Cast, make_member, make_municipality, make_school
from tests.monitoring import samples
from tests.site import moment

DAY = date(2026, 11, 24)
C = IndicatorCode


class Town:
    """A region of schools with so many teachers, of whom so many were assessed."""

    def __init__(self, session: Session, cast: Cast) -> None:
        self.session, self.cast = session, cast
        self.viewer = Actor(cast.dina.person.id, cast.region.id, Role.AUTHORITY_VIEWER)
        self.made = 0

    def school(self, municipality: Municipality, name: str, teachers: int, assessed: int, managers: int = 0) -> School:
        """Add a school; `managers` of it are assessed too."""
        school = make_school(self.session, municipality, name, name)
        for number in range(teachers + managers):
            self.made += 1
            category = EmployeeCategory.TEACHER if number < teachers else EmployeeCategory.MANAGER
            member = make_member(
                self.session, self.cast.region, f"Ф{self.made}", "И", school=school, code=f"N{self.made}", category=category
            )
            if number < assessed or number >= teachers:
                samples.attempt(self.session, member.employee, moment(3, 4))
        return school

    def board(self, municipality: Municipality | None = None, school: School | None = None, actor: Actor | None = None) -> Board:
        actor = actor or self.viewer
        territory = territory_of(self.session, actor, municipality.id if municipality else None, school.id if school else None)
        return Board(self.session, actor, territory, territory.scope(DAY))


@pytest.fixture
def town(db: Session, cast: Cast) -> Town:
    """The cast's two teachers, not assessed, are in two municipalities of their own."""
    return Town(db, cast)


def shown(board: Board, code: IndicatorCode) -> dict[str, tuple[int, int] | None]:
    return {part.name: (part.figure.numerator, part.figure.denominator) if part.figure else None for part in board.parts(code)}


def test_officers_see_all_parts(town: Town) -> None:
    assert shown(town.board(actor=town.cast.dina.actor), C.ASSESSED) == {"Лесновский округ": (0, 1), "Озёрский район": (0, 1)}


def test_a_region_too_small_shows_nothing(town: Town) -> None:
    board = town.board()
    assert board.result(C.ASSESSED).figure is None
    assert shown(board, C.ASSESSED) == {"Лесновский округ": None, "Озёрский район": None}


def test_small_parts_take_the_smallest_large_one_with_them(town: Town) -> None:
    """Two parts of one person each are two together, so a third of twelve goes along; the largest stays."""
    for name, teachers, assessed in (("Большой", 40, 20), ("Средний", 12, 6)):
        town.school(make_municipality(town.session, town.cast.region, name, name), f"{name} школа", teachers, assessed)
    board = town.board()
    assert board.result(C.ASSESSED).figure == share(26, 54)
    assert shown(board, C.ASSESSED) == {"Большой": (20, 40), "Лесновский округ": None, "Озёрский район": None, "Средний": None}


def test_a_hidden_municipality_hides_its_schools_and_itself_under_a_filter(town: Town) -> None:
    large = make_municipality(town.session, town.cast.region, "Б", "Большой")
    middle = make_municipality(town.session, town.cast.region, "С", "Средний")
    first = town.school(large, "Первая", 20, 10)
    town.school(large, "Вторая", 20, 10)
    other = town.school(middle, "Третья", 12, 6)
    assert town.board(middle).result(C.ASSESSED).figure is None
    assert town.board(middle, other).result(C.ASSESSED).figure is None
    assert shown(town.board(middle), C.ASSESSED) == {"Третья": None}
    assert town.board(large).result(C.ASSESSED).figure == share(20, 40)
    assert shown(town.board(large), C.ASSESSED) == {"Вторая": (10, 20), "Первая": (10, 20)}
    assert town.board(large, first).result(C.ASSESSED).figure == share(10, 20)


def test_one_assessed_manager_does_not_show_by_subtraction(town: Town) -> None:
    """All assessed minus the teachers assessed would be one manager of the part."""
    large = make_municipality(town.session, town.cast.region, "Б", "Большой")
    town.school(large, "Первая", 40, 20, managers=1)
    town.school(make_municipality(town.session, town.cast.region, "В", "Второй"), "Вторая", 40, 20, managers=9)
    town.school(make_municipality(town.session, town.cast.region, "Г", "Третий"), "Третья", 40, 20, managers=9)
    board = town.board()
    assert shown(board, C.ROUTED)["Большой"] is None
    assert shown(board, C.ASSESSED)["Большой"] == (20, 40) or shown(board, C.ASSESSED)["Большой"] is None


def test_completion_is_put_together_and_guarded(town: Town) -> None:
    large = make_municipality(town.session, town.cast.region, "Б", "Большой")
    school = town.school(large, "Первая", 30, 0)
    people = queries.list_rows(town.session, town.cast.dina.actor, C.ASSESSED, town.board(large).scope)
    for number, row in enumerate(people[:20]):
        status = RouteStatus.IN_PROGRESS if number < 10 else RouteStatus.ON_REVIEW
        samples.route(town.session, town.session.get_one(Employee, row.employee_id), school, (status, moment(1, 11)))
    table = town.board().completion()
    assert table.states == (NO_ROUTE, PREPARED, APPROVED)
    assert table.total is None or table.total.by_status == {NO_ROUTE: 13, PREPARED: 10, APPROVED: 10}
    by_name = {name: row for _, name, row in table.parts}
    assert by_name["Лесновский округ"] is None


def test_load_is_a_number_without_names(town: Town) -> None:
    town.school(make_municipality(town.session, town.cast.region, "Б", "Большой"), "Первая", 40, 0)
    result = town.board().result(C.METHODIST_LOAD)
    assert result.figure is None  # one supported teacher: too few
    assert result.loads == ()
    assert town.board(actor=town.cast.dina.actor).result(C.METHODIST_LOAD).loads[0].name == "Условная Вера"


def test_a_viewer_of_a_municipality_stays_in_it(town: Town) -> None:
    large = make_municipality(town.session, town.cast.region, "Б", "Большой")
    town.school(large, "Первая", 20, 10)
    town.school(large, "Вторая", 20, 10)
    local = Actor(town.cast.dina.person.id, town.cast.region.id, Role.AUTHORITY_VIEWER, municipality_id=large.id)
    board = town.board(actor=local)
    assert board.result(C.ASSESSED).figure == share(20, 40)
    assert board.territory.cut is Slice.SCHOOL
    with pytest.raises(NotFound):
        town.board(town.cast.ozernoe, actor=local)


def test_an_attack_over_all_filters_finds_no_small_group(town: Town) -> None:
    """Every answer that a viewer can get, over all filters, as equations about the schools: no small group follows from them."""
    sizes = {"А": [(6, 6), (12, 5), (30, 15)], "Б": [(3, 1), (25, 12)], "В": [(40, 20)], "Г": [(9, 9), (8, 3), (2, 0)]}
    schools: list[School] = []
    truth: list[tuple[int, int]] = []
    municipalities: dict[int, list[int]] = {}
    for name, rows in sizes.items():
        municipality = make_municipality(town.session, town.cast.region, name, name)
        for number, (teachers, assessed) in enumerate(rows):
            municipalities.setdefault(municipality.id, []).append(len(schools))
            schools.append(town.school(municipality, f"{name}{number}", teachers, assessed))
            truth.append((assessed, teachers - assessed))
    for municipality, school in ((town.cast.lesnoe, town.cast.lesnovskaya), (town.cast.ozernoe, town.cast.ozerskaya)):
        municipalities[municipality.id] = [len(schools)]
        schools.append(school)
        truth.append((0, 1))
    known: list[np.ndarray] = []

    def learn(places: Iterable[int], figure: object) -> None:
        if figure is not None:
            known.append(np.isin(np.arange(len(schools)), list(places)).astype(float))

    learn(range(len(schools)), town.board().result(C.ASSESSED).figure)
    for part in town.board().parts(C.ASSESSED):
        learn(municipalities[part.id], part.figure)
    for key, places in municipalities.items():
        municipality = town.session.get_one(Municipality, key)
        learn(places, town.board(municipality).result(C.ASSESSED).figure)
        for part in town.board(municipality).parts(C.ASSESSED):
            learn([place for place in places if schools[place].id == part.id], part.figure)
        for place in places:
            learn([place], town.board(municipality, schools[place]).result(C.ASSESSED).figure)
    assert known
    matrix = np.array(known)
    rank = np.linalg.matrix_rank(matrix)
    groups = [[place] for place in range(len(schools))] + [list(places) for places in municipalities.values()]
    for group in groups:
        vector = np.isin(np.arange(len(schools)), group).astype(float)
        if np.linalg.matrix_rank(np.vstack([matrix, vector])) == rank:  # the answers determine this group
            for atom in (0, 1):
                people = sum(truth[place][atom] for place in group)
                assert people == 0 or people >= 5, [schools[place].name for place in group]
