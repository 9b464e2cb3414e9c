"""Makes the demo region: organisations, people, roles, accounts, who accompanies whom. All invented, all from catalog/demo."""

import csv
from datetime import date, datetime, timedelta
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.orm import Session

from iom.accounts import passwords
from iom.accounts.models import Account, Person, RoleGrant
from iom.catalog.kinds import Ownership
from iom.core.actor import Actor, Role, UnitKind
from iom.organizations.kinds import AuthorityLevel, EmployeeCategory, MethodCenterKind, QualificationCategory
from iom.organizations.models import (
    Authority,
    Employee,
    Employment,
    MethodCenter,
    Municipality,
    Provider,
    Region,
    School,
    Subject,
)
from iom.support.models import MethodistAssignment, TutorAssignment

PASSWORD = "lesogorsk-demo-2026"  # noqa: S105 - printed by `iom demo`, for invented people on this machine only
YEAR_START = date(2026, 9, 1)
OTHER_TUTOR = 2  # of three people, the last is the other tutor's

Lines = list[dict[str, str]]


class DemoRegion:
    """Builds the region step by step, keeping rows by their codes."""

    def __init__(self, session: Session, folder: Path, now: datetime) -> None:
        self.session = session
        self.folder = folder
        self.now = now
        self.people: dict[str, Person] = {}
        self.employees: dict[str, Employee] = {}
        self.municipalities: dict[str, Municipality] = {}
        self.schools: dict[str, School] = {}
        self.school_of: dict[str, str] = {}  # employee code → school code
        self.tutors: dict[str, int] = {}  # employee code → person who accompanies
        self.heads: dict[str, Actor] = {}  # school code → its head
        self.password_hash = passwords.hash_password(PASSWORD)

    def lines(self, name: str) -> Lines:
        with (self.folder / f"{name}.csv").open(encoding="utf-8", newline="") as file:
            return list(csv.DictReader(file))

    def build(self) -> Region:
        """Make everything and return the region."""
        self._organizations()
        for line in self.lines("people"):
            self._employee(line)
        for line in self.lines("staff"):
            self._staff(line)
        self._accompany()
        return self.region

    def _organizations(self) -> None:
        line = self.lines("region")[0]
        self.region = Region(code=line["code"], name=line["name"], timezone=line["timezone"])
        self._add(self.region)
        self._add(MethodCenter(region_id=self.region.id, kind=MethodCenterKind.CNPPM, name=line["centre_name"]))
        self._add(Authority(region_id=self.region.id, level=AuthorityLevel.REGION, name=line["authority_name"]))
        for row in self.lines("municipalities"):
            self.municipalities[row["code"]] = Municipality(region_id=self.region.id, code=row["code"], name=row["name"])
            self._add(self.municipalities[row["code"]])
        for row in self.lines("schools"):
            self.schools[row["code"]] = School(
                region_id=self.region.id,
                municipality_id=self.municipalities[row["municipality_code"]].id,
                code=row["code"],
                name=row["name"],
                short_name=row["short_name"],
                is_rural=row["is_rural"] == "1",
            )
            self._add(self.schools[row["code"]])
        self.subjects = {row.title.lower(): row for row in self.session.scalars(select(Subject))}

    def _add(self, row: object) -> None:
        self.session.add(row)
        self.session.flush()  # the next row needs the key

    def _person(self, line: dict[str, str], birth_year: int | None = None) -> Person:
        person = Person(
            region_id=self.region.id,
            last_name=line["last_name"],
            first_name=line["first_name"],
            middle_name=line["middle_name"],
            birth_year=birth_year,
            created_at=self.now,
        )
        self._add(person)
        self.people[line["code"]] = person
        self._add(Account(person_id=person.id, login=line["code"].lower(), password_hash=self.password_hash, created_at=self.now))
        return person

    def _employee(self, line: dict[str, str]) -> None:
        person = self._person(line, int(line["birth_year"]))
        started = date.fromisoformat(line["experience_start"])
        employee = Employee(
            region_id=self.region.id,
            person_id=person.id,
            code=line["code"],
            category=EmployeeCategory(line["employee_category"]),
            experience_start_date=started,
            qualification_category=QualificationCategory(line["category"]),
            subjects=[self.subjects[name.strip().lower()] for name in line["subjects"].split("|") if name.strip().lower() in self.subjects],
        )
        self._add(employee)
        self.employees[line["code"]] = employee
        self.school_of[line["code"]] = line["school_code"]
        self._add(
            Employment(
                region_id=self.region.id,
                employee_id=employee.id,
                school_id=self.schools[line["school_code"]].id,
                position=line["position"],
                starts_on=max(started, date(2015, 9, 1)),
                recorded_at=self.now,
            )
        )
        self._grant(person, Role.EMPLOYEE, UnitKind.REGION, "")

    def _staff(self, line: dict[str, str]) -> None:
        person = self.people.get(line["code"]) or self._person(line)
        role, unit = Role(line["role"]), line["unit_code"]
        self._grant(person, role, UnitKind(line["unit_kind"]), unit)
        if role is Role.SCHOOL_HEAD:
            self.heads[unit] = Actor(person.id, self.region.id, role, school_id=self.schools[unit].id)

    def _grant(self, person: Person, role: Role, kind: UnitKind, unit: str) -> None:
        self._add(
            RoleGrant(
                region_id=self.region.id,
                person_id=person.id,
                role=role,
                unit_kind=kind,
                municipality_id=self.municipalities[unit].id if kind is UnitKind.MUNICIPALITY else None,
                school_id=self.schools[unit].id if kind is UnitKind.SCHOOL else None,
                provider_id=self._provider(unit).id if kind is UnitKind.PROVIDER else None,
                granted_at=self.now,
                effective_at=self.now,
            )
        )

    def _provider(self, name: str) -> Provider:
        found = self.session.scalar(select(Provider).where(Provider.name == name))
        if found is None:
            found = Provider(name=name, region_id=self.region.id, region_name=self.region.name, ownership=Ownership.STATE)
            self._add(found)
        return found

    def _accompany(self) -> None:
        """Give two of three people to Борис and every third to the town's tutor; methodists alike."""
        staff = {line["code"]: Role(line["role"]) for line in self.lines("staff")}
        tutors = [code for code, role in staff.items() if role is Role.TUTOR]
        methodists = [code for code, role in staff.items() if role in {Role.REGIONAL_METHODIST, Role.MUNICIPAL_METHODIST}]
        for number, (code, employee) in enumerate(self.employees.items()):
            common = {
                "region_id": self.region.id,
                "employee_id": employee.id,
                "starts_on": YEAR_START,
                "assigned_at": self.now - timedelta(days=60),
            }
            tutor = self.people[tutors[1 if number % 3 == OTHER_TUTOR else 0]]
            self.tutors[code] = tutor.id
            self.session.add(TutorAssignment(tutor_id=tutor.id, **common))
            if number % 2 == 0:
                self.session.add(MethodistAssignment(methodist_id=self.people[methodists[number // 2 % len(methodists)]].id, **common))
        self.session.flush()
