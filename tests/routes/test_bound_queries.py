"""Statements put together once for a role: they must say for everybody what the policy says for each."""

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from iom.core.actor import Role
from iom.organizations.models import Employee
from iom.policy import Action, visible_employees
from iom.policy.relations import ANSWERS_SHARED, PROFILE_SHARED
from iom.policy.rules import RULES
from iom.routes.bound_queries import bound_actor, keys_of
from tests.cast import Cast
from tests.support.making import in_role

KEPT = [Action.ROUTE_COMMENT, Action.ROUTE_VIEW, Action.ROUTE_APPROVE_CENTER]
"""The actions whose conditions are kept for longer than one request."""


@pytest.mark.parametrize("action", KEPT)
@pytest.mark.parametrize("role", list(Role))
def test_a_bound_condition_shows_what_the_policy_shows(db: Session, cast: Cast, role: Role, action: Action) -> None:
    statement = select(Employee.id).where(visible_employees(bound_actor(role), action))
    for member in cast.everybody:
        actor = in_role(member, role, school_id=member.actor.school_id, municipality_id=cast.lesnoe.id)
        shown = set(db.connection().execute(statement, keys_of(actor)).scalars())
        assert shown == set(db.scalars(select(Employee.id).where(visible_employees(actor, action)))), member.person.last_name


@pytest.mark.parametrize("action", KEPT)
def test_no_kept_condition_depends_on_the_day(action: Action) -> None:
    """What is shared until a day would be kept as it was on the day the statement was made."""
    assert not any({PROFILE_SHARED, ANSWERS_SHARED} & set(row.relations) for row in RULES[action])
