"""The one cast of tests: Анна teaches, Борис tutors her, Вера is the methodist, Глеб works elsewhere, Дина is the centre."""

from dataclasses import dataclass
from datetime import UTC, date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from iom.accounts.kinds import ConsentKind, ConsentState
from iom.accounts.models import Account, Consent, Person, RoleGrant
from iom.core.actor import UNIT_OF_ROLE, Actor, Role, UnitKind
from iom.organizations.kinds import EmployeeCategory
from iom.organizations.models import Employee, Employment, Municipality, Region, School, Subject
from iom.support.models import MethodistAssignment, TutorAssignment

START = datetime(2026, 9, 1, 6, 0, tzinfo=UTC)


@dataclass(frozen=True)
class Member:
    """One of the cast: the person, the employee record if any, and the actor in their main role."""

    person: Person
    employee: Employee | None
    actor: Actor
    account: Account

    @property
    def employee_id(self) -> int:
        assert self.employee is not None
        return self.employee.id


@dataclass(frozen=True)
class Cast:
    """Everybody, with the places they work in."""

    region: Region
    other_region: Region
    lesnoe: Municipality
    ozernoe: Municipality
    lesnovskaya: School
    ozerskaya: School
    anna: Member  # teacher of mathematics at Лесновская
    boris: Member  # her tutor
    vera: Member  # her regional methodist
    gleb: Member  # teacher at Озёрская, another municipality
    dina: Member  # officer of the centre
    marina: Member  # head of Лесновская, teaches too
    olga: Member  # head of Озёрская
    admin: Member
    stranger: Member  # teacher in another region

    @property
    def everybody(self) -> list[Member]:
        return [self.anna, self.boris, self.vera, self.gleb, self.dina, self.marina, self.olga, self.admin, self.stranger]


def make_region(session: Session, code: str, name: str) -> Region:
    region = Region(code=code, name=name)
    session.add(region)
    session.flush()
    return region


def make_school(session: Session, municipality: Municipality, code: str, name: str) -> School:
    school = School(region_id=municipality.region_id, municipality_id=municipality.id, code=code, name=name, short_name=name)
    session.add(school)
    session.flush()
    return school


def make_municipality(session: Session, region: Region, code: str, name: str) -> Municipality:
    municipality = Municipality(region_id=region.id, code=code, name=name)
    session.add(municipality)
    session.flush()
    return municipality


def make_person(session: Session, region: Region, last: str, first: str, middle: str = "") -> Person:
    person = Person(region_id=region.id, last_name=last, first_name=first, middle_name=middle, created_at=START)
    session.add(person)
    session.flush()
    return person


def make_member(
    session: Session,
    region: Region,
    last: str,
    first: str,
    *,
    role: Role = Role.EMPLOYEE,
    school: School | None = None,
    code: str = "",
    category: EmployeeCategory = EmployeeCategory.TEACHER,
    subjects: tuple[Subject, ...] = (),
    position: str = "учитель",
) -> Member:
    """Make a person with an account, an employee record when a code is given, and the role at its unit."""
    person = make_person(session, region, last, first)
    account = Account(person_id=person.id, login=f"p{person.id}@example.org", created_at=START)
    session.add(account)
    employee = None
    if code:
        employee = Employee(region_id=region.id, person_id=person.id, code=code, category=category, subjects=list(subjects))
        session.add(employee)
        session.flush()
        assert school is not None
        session.add(
            Employment(
                region_id=region.id,
                employee_id=employee.id,
                school_id=school.id,
                position=position,
                starts_on=date(2020, 9, 1),
                recorded_at=START,
            )
        )
        for kind in (ConsentKind.PERSONAL_DATA, ConsentKind.DIAGNOSTICS):
            session.add(
                Consent(
                    region_id=region.id, person_id=person.id, kind=kind, state=ConsentState.GIVEN, text_version="2026-11", decided_at=START
                )
            )
    unit = UNIT_OF_ROLE[role]
    at_school = school.id if school and unit is UnitKind.SCHOOL else None
    for held in {role, Role.EMPLOYEE} if employee else {role}:
        held_unit = UNIT_OF_ROLE[held]
        session.add(
            RoleGrant(
                region_id=region.id,
                person_id=person.id,
                role=held,
                unit_kind=held_unit,
                school_id=at_school if held_unit is UnitKind.SCHOOL else None,
                granted_at=START,
                effective_at=START,
            )
        )
    session.flush()
    actor = Actor(person_id=person.id, region_id=region.id, role=role, employee_id=employee.id if employee else None, school_id=at_school)
    return Member(person, employee, actor, account)


def find_subject(session: Session, code: str, title: str) -> Subject:
    """Return the subject of the loaded directory, or make it."""
    found = session.scalar(select(Subject).where((Subject.code == code) | (Subject.title == title)))
    if found is None:
        found = Subject(code=code, title=title)
        session.add(found)
    return found


def make_cast(session: Session) -> Cast:
    """Make everybody and flush."""
    region = make_region(session, "LES", "Лесогорская область")
    other = make_region(session, "STP", "Степногорская область")
    lesnoe = make_municipality(session, region, "M1", "Лесновский округ")
    ozernoe = make_municipality(session, region, "M2", "Озёрский район")
    far = make_municipality(session, other, "M1", "Дальний район")
    lesnovskaya = make_school(session, lesnoe, "S1", "Лесновская СОШ")
    ozerskaya = make_school(session, ozernoe, "S2", "Озёрская СОШ")
    far_school = make_school(session, far, "S1", "Дальняя СОШ")
    mathematics = find_subject(session, "mathematics", "Математика")
    physics = find_subject(session, "physics", "Физика")
    anna = make_member(session, region, "Образцова", "Анна", school=lesnovskaya, code="T1", subjects=(mathematics,))
    boris = make_member(session, region, "Примеров", "Борис", role=Role.TUTOR)
    vera = make_member(session, region, "Условная", "Вера", role=Role.REGIONAL_METHODIST)
    cast = Cast(
        region=region,
        other_region=other,
        lesnoe=lesnoe,
        ozernoe=ozernoe,
        lesnovskaya=lesnovskaya,
        ozerskaya=ozerskaya,
        anna=anna,
        boris=boris,
        vera=vera,
        gleb=make_member(session, region, "Шаблонов", "Глеб", school=ozerskaya, code="T2", subjects=(physics,)),
        dina=make_member(session, region, "Эталонова", "Дина", role=Role.CNPPM_OFFICER),
        marina=make_member(
            session,
            region,
            "Шаблонова",
            "Марина",
            role=Role.SCHOOL_HEAD,
            school=lesnovskaya,
            code="T3",
            category=EmployeeCategory.MANAGER,
            position="директор",
        ),
        olga=make_member(session, region, "Пробная", "Ольга", role=Role.SCHOOL_HEAD, school=ozerskaya),
        admin=make_member(session, region, "Порядкова", "Нина", role=Role.ADMIN),
        stranger=make_member(session, other, "Чужая", "Зоя", school=far_school, code="T1"),
    )
    session.add_all(
        [
            TutorAssignment(
                region_id=region.id, employee_id=anna.employee_id, tutor_id=boris.person.id, starts_on=date(2026, 9, 1), assigned_at=START
            ),
            MethodistAssignment(
                region_id=region.id,
                employee_id=anna.employee_id,
                methodist_id=vera.person.id,
                starts_on=date(2026, 9, 1),
                assigned_at=START,
            ),
        ]
    )
    session.flush()
    return cast
