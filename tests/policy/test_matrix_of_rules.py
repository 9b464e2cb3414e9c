"""Every action × everybody × everyone of the seeded world: rule, list and matrix say the same (S-22, S-28)."""

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from iom import policy
from iom.core.actor import Actor, Role
from iom.organizations.models import Employee
from iom.policy import Action
from tests.policy.asking import Asking
from tests.policy.matrix import Worn, matrix, may
from tests.policy.views import PUBLIC, SIGNED_IN, cells, views
from tests.policy.world import Wearer

ABOUT_PEOPLE = [line for line in matrix().values() if line.action is not None and line.about == "person"]
DECIDING = (
    Action.PERSON_EDIT,
    Action.ACCOUNT_DEACTIVATE,
    Action.ROLE_GRANT,
    Action.CODE_ISSUE,
    Action.ROUTE_REVIEW,
    Action.ROUTE_APPROVE,
    Action.ROUTE_APPROVE_CENTER,
    Action.EVIDENCE_REVIEW,
)
FLOOR = 2_500


def key(name: str) -> int:
    return int(name.partition(":")[2])


def actor_of(worn: Worn, employee_id: int | None) -> Actor:
    """Return the actor that the sign-in would make of what is worn."""
    kind, _, number = worn.unit.partition(":")
    units = {} if kind == "region" or worn.role is Role.EMPLOYEE else {f"{kind}_id": int(number)}
    return Actor(person_id=worn.person, region_id=key(worn.region), role=worn.role, employee_id=employee_id, **units)


def signed_in(asking: Asking) -> list[tuple[Wearer, Worn, Actor]]:
    found = []
    for wearer in asking.world.wearers.values():
        if wearer.worn is not None:
            own = next(iter(wearer.own.values()))
            found.append((wearer, wearer.worn, actor_of(wearer.worn, int(own.values["employee_id"]))))
    return found


def test_rule_and_list_agree_with_every_cell(asking: Asking) -> None:
    world, compared, wrong = asking.world, 0, []
    with Session(asking.engine) as session:
        targets = [(teacher, policy.target_of(session, int(teacher.values["employee_id"]))) for teacher in world.teachers]
        for wearer, worn, actor in signed_in(asking):
            for line in ABOUT_PEOPLE:
                assert line.action is not None
                expected = {teacher.facts.person: may(line, worn, teacher.facts, world.above) for teacher, _ in targets}
                ruled = {target.person_id: policy.allows(actor, line.action, target) for _, target in targets}
                listed = set(session.scalars(select(Employee.person_id).where(policy.visible_employees(actor, line.action))))
                compared += len(expected)
                if ruled != expected or listed != {person for person, allowed in expected.items() if allowed}:
                    wrong.append(f"{line.row} {wearer.name}")
    assert wrong == []
    assert compared >= FLOOR


@pytest.mark.parametrize("role", list(Role))
def test_a_person_who_holds_every_relation_to_themselves_decides_nothing_of_their_own(asking: Asking, role: Role) -> None:
    own = asking.world.wearers["tutor"].own["running"]
    school, district = asking.world.common["near_school_id"], asking.world.common["near_municipality_id"]
    actor = Actor(own.facts.person, key(own.facts.region), role, int(own.values["employee_id"]), int(district), int(school))
    with Session(asking.engine) as session:
        target = policy.target_of(session, int(own.values["employee_id"]))
    assert target.tutor_id == own.facts.person
    assert [action for action in DECIDING if policy.allows(actor, action, target)] == []


def test_the_matrix_of_views_is_as_large_as_it_must_be(asking: Asking) -> None:
    tried = [(view, cells(asking.world, view)) for view in views()]

    assert sum(len(found) for _, found in tried) >= FLOOR
    for view, found in tried:
        assert any(one.is_allowed for one in found), view.name
        assert view.row in (PUBLIC, SIGNED_IN) or len({one.wearer.name for one in found if not one.is_allowed}) >= 2, view.name
        assert {"anonymous", "deactivated", "employee", "admin"} <= {one.wearer.name for one in found}, view.name
        names = {one.wearer.name for one in found}
        assert names & {"admin_without_factor", "methodist_without_factor"}, view.name
        assert len({one.wearer.worn.role for one in found if one.wearer.worn}) == len(Role), view.name
