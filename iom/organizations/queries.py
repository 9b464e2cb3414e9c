"""Reads employees: one card with its posts, the directories that their forms offer."""

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload, selectinload

from iom import policy
from iom.accounts.models import Account
from iom.core.actor import Actor
from iom.core.errors import NotFound
from iom.organizations.models import Employee, Employment, Municipality, School, Subject
from iom.policy import Action


def get_employee(session: Session, actor: Actor, employee_id: int) -> Employee:
    """Return an employee with the person, posts and subjects.

    Raises
    ------
    NotFound : no such employee, or none in the actor's sight
    """
    found = session.scalar(
        select(Employee)
        .where(Employee.id == employee_id, policy.visible_employees(actor, Action.PERSON_VIEW))
        .options(
            joinedload(Employee.person),
            selectinload(Employee.employments).joinedload(Employment.school).joinedload(School.municipality),
            selectinload(Employee.subjects),
        )
    )
    if found is None:
        raise NotFound(kind="employee", id=employee_id)
    return found


def find_login(session: Session, person_id: int) -> Account | None:
    """Return the account of a person."""
    return session.scalar(select(Account).where(Account.person_id == person_id))


def list_subjects(session: Session) -> Sequence[Subject]:
    """Return all subjects by title."""
    return session.scalars(select(Subject).order_by(Subject.title)).all()


def list_open_schools(session: Session, region_id: int) -> list[tuple[int, str]]:
    """Return the schools of the region that take people, each with its municipality, by municipality and name."""
    found = session.execute(
        select(School.id, School.short_name, Municipality.name)
        .join(Municipality, Municipality.id == School.municipality_id)
        .where(School.region_id == region_id, School.is_active)
        .order_by(Municipality.name, School.short_name, School.id)
    )
    return [(key, f"{municipality}: {school}") for key, school, municipality in found]


def find_open_school(session: Session, region_id: int, school_id: int) -> School | None:
    """Return a school of the region that takes people."""
    return session.scalar(select(School).where(School.id == school_id, School.region_id == region_id, School.is_active))
