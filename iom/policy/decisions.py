"""The three questions asked of the rules: may this role ever, may this actor towards this person, which persons."""

from datetime import date
from functools import cache

from sqlalchemy import ColumnElement, Select, and_, bindparam, false, or_, select
from sqlalchemy.orm import Session

from iom.accounts.kinds import ConsentKind, SharedPart
from iom.accounts.models import Person, Sharing
from iom.core import clock
from iom.core.actor import Actor
from iom.core.errors import Forbidden, NotFound
from iom.organizations.models import Employee, Employment, School
from iom.policy.actions import Action
from iom.policy.relations import OWN, Target, people_who_allow
from iom.policy.rules import RULES, Row
from iom.support.models import MethodistAssignment, TutorAssignment

VISIBILITY = (Action.PERSON_VIEW, Action.ROUTE_VIEW, Action.PROFILE_VIEW, Action.EVIDENCE_OPEN)
"""Whoever may do one of these knows that the person exists: a refusal towards them says so, to others it looks like nothing."""


def _rows(actor: Actor, action: Action) -> list[Row]:
    return [row for row in RULES[action] if row.role is None or row.role is actor.role]


def may_ever(actor: Actor, action: Action) -> bool:
    """Tell whether the role has the action towards anybody at all (what a menu and a page's door ask)."""
    return bool(_rows(actor, action))


def may_for_others(actor: Actor, action: Action) -> bool:
    """Tell whether the role has the action towards somebody else."""
    return any(OWN not in row.relations for row in _rows(actor, action))


def allows(actor: Actor, action: Action, target: Target) -> bool:
    """Tell whether the actor may do this towards this person."""
    return any(all(relation.holds(actor, target) for relation in row.relations) for row in _rows(actor, action))


def require(actor: Actor, action: Action, target: Target) -> None:
    """Return quietly when allowed.

    Raises
    ------
    NotFound : the actor may not even know that the person exists
    Forbidden : the person is in the actor's sight, the action is not theirs
    """
    if allows(actor, action, target):
        return
    if any(allows(actor, seen, target) for seen in VISIBILITY):
        raise Forbidden(action=action, role=actor.role)
    raise NotFound(kind="person", id=target.person_id)


def require_role(actor: Actor, action: Action) -> None:
    """Raise Forbidden unless the role has the action towards anybody at all."""
    if not may_ever(actor, action):
        raise Forbidden(action=action, role=actor.role)


def visible_employees(actor: Actor, action: Action, day: date | None = None) -> ColumnElement[bool]:
    """Return the condition on Employee rows that `allows` would accept; every list of people starts from it."""
    day = day or clock.today()
    rows = [and_(*(relation.clause(actor, day) for relation in row.relations)) for row in _rows(actor, action) if row.relations]
    return or_(*rows) if rows else false()


@cache
def _facts_of() -> Select[int, int, int | None, int | None, bool, int | None, int | None, SharedPart | None]:
    """Built once: nearly every page asks it. Reads `employee_id` and `day`; a row for each pair of an open post and a shared part."""
    tutor = select(TutorAssignment.tutor_id).where(TutorAssignment.employee_id == Employee.id, TutorAssignment.ends_on.is_(None))
    methodist = select(MethodistAssignment.methodist_id).where(
        MethodistAssignment.employee_id == Employee.id, MethodistAssignment.ends_on.is_(None)
    )
    shared = and_(Sharing.person_id == Employee.person_id, Sharing.ended_at.is_(None), Sharing.until >= bindparam("day"))
    return (
        select(
            Employee.person_id,
            Employee.region_id,
            tutor.scalar_subquery(),
            methodist.scalar_subquery(),
            Employee.person_id.in_(people_who_allow(ConsentKind.DIAGNOSTICS)),
            School.id,
            School.municipality_id,
            Sharing.part,
        )
        .outerjoin(Employment, and_(Employment.employee_id == Employee.id, Employment.ends_on.is_(None)))
        .outerjoin(School, School.id == Employment.school_id)
        .outerjoin(Sharing, shared)
        .where(Employee.id == bindparam("employee_id"))
    )


def target_of(session: Session, employee_id: int, day: date | None = None) -> Target:
    """Return what the rules ask about an employee.

    Raises
    ------
    NotFound : no such employee
    """
    found = session.execute(_facts_of(), {"employee_id": employee_id, "day": day or clock.today()}).all()
    if not found:
        raise NotFound(kind="employee", id=employee_id)
    person_id, region_id, tutor_id, methodist_id, allows_diagnostics, *_ = found[0]
    return Target(
        person_id=person_id,
        employee_id=employee_id,
        region_id=region_id,
        school_ids=frozenset(school for *_, school, _, _ in found if school is not None),
        municipality_ids=frozenset(municipality for *_, municipality, _ in found if municipality is not None),
        tutor_id=tutor_id,
        methodist_id=methodist_id,
        shared=frozenset(part for *_, part in found if part is not None),
        allows_diagnostics=allows_diagnostics,
    )


def target_of_person(session: Session, person_id: int, day: date | None = None) -> Target:
    """Return what the rules ask about any person, with or without an employee record.

    Raises
    ------
    NotFound : no such person
    """
    found = session.execute(
        select(Person.region_id, Employee.id).outerjoin(Employee, Employee.person_id == Person.id).where(Person.id == person_id)
    ).one_or_none()
    if found is None:
        raise NotFound(kind="person", id=person_id)
    region_id, employee_id = found
    return target_of(session, employee_id, day) if employee_id is not None else Target(person_id, None, region_id)
