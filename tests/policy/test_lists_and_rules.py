"""What a list shows is the rule: SQL and predicate compared over every actor, every person and every action."""

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from iom.organizations.models import Employee
from iom.policy import Action, allows, target_of, visible_employees
from iom.policy.rules import RULES
from tests.cast import Cast

WITH_PERSON = [action for action, rows in RULES.items() if any(row.relations for row in rows)]


@pytest.mark.parametrize("action", WITH_PERSON)
def test_list_and_rule_agree(db: Session, cast: Cast, action: Action) -> None:
    employees = db.scalars(select(Employee)).all()
    targets = {employee.id: target_of(db, employee.id) for employee in employees}
    for member in cast.everybody:
        shown = set(db.scalars(select(Employee.id).where(visible_employees(member.actor, action))))
        assert shown == {key for key, target in targets.items() if allows(member.actor, action, target)}, (member.person.last_name, action)


def test_a_teacher_of_another_school_sees_nobody(db: Session, cast: Cast) -> None:
    for action in (Action.PERSON_VIEW, Action.ROUTE_VIEW, Action.PROFILE_VIEW, Action.EVIDENCE_OPEN):
        seen = set(db.scalars(select(Employee.id).where(visible_employees(cast.gleb.actor, action))))
        assert seen == {cast.gleb.employee_id}, action


def test_nobody_decides_about_their_own_route(db: Session, cast: Cast) -> None:
    for member in (cast.anna, cast.marina):
        target = target_of(db, member.employee_id)
        for action in (Action.ROUTE_REVIEW, Action.ROUTE_APPROVE, Action.ROUTE_APPROVE_CENTER, Action.EVIDENCE_REVIEW, Action.ROLE_GRANT):
            assert not allows(member.actor, action, target), (member.person.last_name, action)
