"""Reads who may accompany, how many people each has, and the history of one person's support."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import and_, func, select
from sqlalchemy.orm import Session, aliased

from iom import policy
from iom.accounts.models import Account, Person, RoleGrant
from iom.core.actor import Actor, Role
from iom.organizations.models import Employee, Employment, Municipality, School
from iom.policy import Action
from iom.support.kinds import SupportKind
from iom.support.models import MethodistAssignment, TutorAssignment

TABLE: dict[SupportKind, Any] = {SupportKind.TUTOR: TutorAssignment, SupportKind.METHODIST: MethodistAssignment}
HOLDER: dict[SupportKind, Any] = {SupportKind.TUTOR: TutorAssignment.tutor_id, SupportKind.METHODIST: MethodistAssignment.methodist_id}
ROLES = {SupportKind.TUTOR: (Role.TUTOR,), SupportKind.METHODIST: (Role.REGIONAL_METHODIST, Role.MUNICIPAL_METHODIST)}


@dataclass(frozen=True, slots=True)
class Holder:
    """A person who may accompany others, with how many they have now."""

    person_id: int
    name: str
    role: Role
    municipality_id: int | None  # a municipal methodist serves one municipality
    municipality: str
    people: int


@dataclass(frozen=True, slots=True)
class Past:
    """One line of the history of a person's support."""

    kind: SupportKind
    name: str
    starts_on: date
    ends_on: date | None
    assigned_by: str
    reason: str


def list_holders(session: Session, actor: Actor, kind: SupportKind, now: datetime) -> list[Holder]:
    """Return those of the region who hold the role now, by name, with the people assigned to them; one line a role and unit."""
    table, holder = TABLE[kind], HOLDER[kind]
    held = select(holder.label("holder_id"), func.count().label("people")).where(
        table.region_id == actor.region_id, table.ends_on.is_(None)
    )
    counts = held.group_by(holder).subquery()
    found = session.execute(
        select(
            Person.id,
            Person.last_name,
            Person.first_name,
            RoleGrant.role,
            RoleGrant.municipality_id,
            Municipality.name,
            func.coalesce(counts.c.people, 0),
        )
        .join(RoleGrant, RoleGrant.person_id == Person.id)
        .join(Account, and_(Account.person_id == Person.id, Account.is_active))
        .outerjoin(Municipality, Municipality.id == RoleGrant.municipality_id)
        .outerjoin(counts, counts.c.holder_id == Person.id)
        .where(
            RoleGrant.region_id == actor.region_id,
            RoleGrant.role.in_(ROLES[kind]),
            RoleGrant.revoked_at.is_(None),
            RoleGrant.effective_at <= now,
        )
        .order_by(Person.last_name, Person.first_name, Person.id, RoleGrant.role.desc(), Municipality.name)
    )
    return [
        Holder(key, f"{first} {last}", role, municipality_id, municipality or "", people)
        for key, last, first, role, municipality_id, municipality, people in found
    ]


def lock_person(session: Session, person_id: int) -> None:
    """Hold the person's row until the commit, so that two at once do not pass the norm together."""
    session.execute(select(Person.id).where(Person.id == person_id).with_for_update())


def assignable(session: Session, actor: Actor, employee_ids: Collection[int]) -> dict[int, int]:
    """Return those of the employees whom the actor may give to somebody, with their persons."""
    found = session.execute(
        select(Employee.id, Employee.person_id).where(Employee.id.in_(employee_ids), policy.visible_employees(actor, Action.ASSIGN))
    )
    return {row.id: row.person_id for row in found}


def outside_municipality(session: Session, employee_ids: Collection[int], municipality_ids: Collection[int]) -> set[int]:
    """Return those of the employees who hold no open post in any of the municipalities."""
    inside = session.scalars(
        select(Employment.employee_id)
        .join(School, School.id == Employment.school_id)
        .where(Employment.employee_id.in_(employee_ids), Employment.ends_on.is_(None), School.municipality_id.in_(municipality_ids))
    )
    return set(employee_ids) - set(inside)


def open_assignments(session: Session, kind: SupportKind, employee_ids: Collection[int]) -> dict[int, Any]:
    """Return the assignments in force of these employees, by employee."""
    table = TABLE[kind]
    return {
        row.employee_id: row for row in session.scalars(select(table).where(table.employee_id.in_(employee_ids), table.ends_on.is_(None)))
    }


def count_people(session: Session, kind: SupportKind, holder_id: int) -> int:
    """Return how many people a holder has now."""
    return session.scalar(select(func.count()).where(HOLDER[kind] == holder_id, TABLE[kind].ends_on.is_(None))) or 0


def list_past(session: Session, employee_id: int) -> list[Past]:
    """Return who has accompanied a person, the newest first."""
    lines: list[Past] = []
    for kind, table in TABLE.items():
        by = aliased(Person)
        found = session.execute(
            select(table, Person.first_name, Person.last_name, by.first_name, by.last_name)
            .join(Person, Person.id == HOLDER[kind])
            .outerjoin(by, by.id == table.assigned_by_id)
            .where(table.employee_id == employee_id)
        )
        for row, first, last, by_first, by_last in found:
            reason = row.override_reason if isinstance(row, MethodistAssignment) else ""
            who = " ".join(filter(None, (by_first, by_last)))
            lines.append(Past(kind, f"{first} {last}", row.starts_on, row.ends_on, who, reason))
    return sorted(lines, key=lambda line: (line.ends_on is None, line.starts_on), reverse=True)
