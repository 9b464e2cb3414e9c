"""Reads whom the rows of a results file may mean."""

from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from iom import policy
from iom.accounts.models import Person
from iom.core.actor import Actor
from iom.organizations.models import Employee, Employment, School
from iom.policy import Action

CHUNK = 500


@dataclass(frozen=True, slots=True)
class Candidate:
    """An employee in the actor's reach, with the names of the schools where they work."""

    employee_id: int
    code: str
    name: str
    schools: tuple[str, ...]


def candidates(session: Session, actor: Actor | None, region_id: int, codes: Collection[str], surnames: Collection[str]) -> list[Candidate]:
    """Return the employees with one of the codes or surnames; without an actor, of the whole region."""
    query = select(Employee.id, Employee.code, Person.last_name, Person.first_name, Person.middle_name).join(
        Person, Person.id == Employee.person_id
    )
    query = query.where(Employee.region_id == region_id)
    if actor is not None:
        query = query.where(policy.visible_employees(actor, Action.RESULTS_IMPORT))
    found: dict[int, tuple[str, str]] = {}
    for column, wanted in ((Employee.code, codes), (Person.last_name, surnames)):
        forms = sorted({form for text in wanted for form in (text, text.upper(), text.lower(), text.title())})
        for start in range(0, len(forms), CHUNK):
            for key, code, *names in session.execute(query.where(column.in_(forms[start : start + CHUNK]))):
                found[key] = (code, " ".join(filter(None, names)))
    schools = _schools(session, sorted(found))
    return [Candidate(key, code, name, tuple(schools.get(key, ()))) for key, (code, name) in sorted(found.items())]


def _schools(session: Session, keys: list[int]) -> dict[int, list[str]]:
    names: dict[int, list[str]] = {}
    for start in range(0, len(keys), CHUNK):
        rows = session.execute(
            select(Employment.employee_id, School.name, School.short_name)
            .join(School, School.id == Employment.school_id)
            .where(Employment.employee_id.in_(keys[start : start + CHUNK]), Employment.ends_on.is_(None))
        )
        for employee_id, name, short_name in rows:
            names.setdefault(employee_id, []).extend((name, short_name))
    return names
