"""Puts a random tree into a database, so that the lists of the product can be held against the same matrix."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from iom.accounts.kinds import ConsentKind, ConsentState
from iom.accounts.models import Consent, Person, Sharing
from iom.core.actor import Actor, UnitKind
from iom.core.database import Base
from iom.organizations.kinds import EmployeeCategory
from iom.organizations.models import Employee, Employment, Municipality, Region, School
from iom.support.models import MethodistAssignment, TutorAssignment
from tests.cast import START
from tests.policy.trees import Held, Human, Tree


@dataclass(frozen=True)
class Keys:
    """The keys that the database gave, by the numbers of the tree."""

    regions: dict[int, int]
    districts: dict[int, int]
    schools: dict[int, int]
    people: dict[int, int]
    employees: dict[int, int]

    def actor(self, human: Human, held: Held) -> Actor:
        """Return the person wearing the role, with keys of this database."""
        unit = held.unit
        return Actor(
            person_id=self.people[human.number],
            region_id=self.regions[human.region.number],
            role=held.role,
            employee_id=self.employees.get(human.number),
            municipality_id=self.districts[unit.number] if unit.kind is UnitKind.MUNICIPALITY else None,
            school_id=self.schools[unit.number] if unit.kind is UnitKind.SCHOOL else None,
        )


def _keyed(session: Session, rows: dict[int, Base]) -> dict[int, int]:
    session.add_all(rows.values())
    session.flush()
    return {number: row.id for number, row in rows.items()}  # type: ignore[attr-defined]


def plant(session: Session, tree: Tree) -> Keys:
    """Add the whole tree and flush."""
    regions = _keyed(session, {n: Region(code=f"TREE{n}", name=f"Край {n}") for n in (1, 2)})
    districts = _keyed(
        session,
        {one.number: Municipality(region_id=regions[one.region.number], code=one.name, name=one.name) for one in tree.districts},
    )
    schools = _keyed(
        session,
        {
            one.number: School(
                region_id=regions[one.region.number],
                municipality_id=districts[one.above.number],
                code=one.name,
                name=one.name,
                short_name=one.name,
            )
            for one in tree.schools
            if one.above
        },
    )
    people = _keyed(
        session,
        {
            one.number: Person(region_id=regions[one.region.number], last_name=f"Человек{one.number}", first_name="Имя", created_at=START)
            for one in tree.people
        },
    )
    employees = _keyed(
        session,
        {
            one.number: Employee(
                region_id=regions[one.region.number],
                person_id=people[one.number],
                code=f"E{one.number}",
                category=EmployeeCategory.TEACHER,
            )
            for one in tree.people
            if one.is_employee
        },
    )
    keys = Keys(regions, districts, schools, people, employees)
    for one in tree.people:
        _relate(session, keys, one)
    session.flush()
    return keys


def _relate(session: Session, keys: Keys, one: Human) -> None:
    region_id, person_id = keys.regions[one.region.number], keys.people[one.number]
    given = (ConsentState.GIVEN,) if one.consents else (ConsentState.GIVEN, ConsentState.WITHDRAWN)
    for state in given if one.is_employee else ():
        session.add(
            Consent(
                region_id=region_id,
                person_id=person_id,
                kind=ConsentKind.DIAGNOSTICS,
                state=state,
                text_version="2026-11",
                decided_at=START,
            )
        )
        session.flush()  # the latest decision has the greatest key
    for part in one.shared:
        session.add(Sharing(region_id=region_id, person_id=person_id, part=part, started_at=START, until=date(2099, 1, 1)))
    for number, school in enumerate(sorted(one.schools, key=lambda place: place.number)):
        session.add(
            Employment(
                region_id=region_id,
                employee_id=keys.employees[one.number],
                school_id=keys.schools[school.number],
                position="учитель",
                is_main=number == 0,
                starts_on=START.date(),
                recorded_at=START,
            )
        )
    common = {"region_id": region_id, "employee_id": keys.employees.get(one.number), "starts_on": START.date(), "assigned_at": START}
    if one.tutor:
        session.add(TutorAssignment(tutor_id=keys.people[one.tutor.number], **common))
    if one.methodist:
        session.add(MethodistAssignment(methodist_id=keys.people[one.methodist.number], **common))
