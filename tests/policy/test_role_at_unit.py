"""Rights are pairs of role and unit (S-24): the rules of the product against the twenty lines of `matrix.may`, over random trees."""

from dataclasses import replace
from random import Random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select
from sqlalchemy.orm import Session

from iom import policy
from iom.core.actor import Role
from iom.organizations.models import Employee
from tests.policy.matrix import Line, matrix, may
from tests.policy.planting import plant
from tests.policy.trees import Tree, grow

ABOUT_PEOPLE = [line for line in matrix().values() if line.action is not None and line.about == "person"]
EXAMPLES, PEOPLE = 150, 7


def disagreements(tree: Tree, lines: list[Line]) -> tuple[int, list[str]]:
    """Return how many cells were compared and which of them differ."""
    seen, found = 0, []
    targets = [(human, human.as_target(), human.as_someone()) for human in tree.people]
    for human, held in tree.pairs():
        actor, worn = human.actor(held), human.worn(held)
        for line in lines:
            assert line.action is not None
            for other, target, someone in targets:
                seen += 1
                expected = may(line, worn, someone, tree.above)
                if policy.allows(actor, line.action, target) is not expected:
                    found.append(
                        f"{line.row} {held.role}@{held.unit.name} of {human.number} towards {other.number}: matrix says {expected}"
                    )
    return seen, found


def test_rules_agree_with_the_matrix_over_random_trees() -> None:
    compared = []

    @settings(max_examples=EXAMPLES, suppress_health_check=[HealthCheck.too_slow])
    @given(st.integers(min_value=0, max_value=2**32))
    def check(seed: int) -> None:
        seen, found = disagreements(grow(Random(seed), people=PEOPLE), ABOUT_PEOPLE)
        assert found == []
        compared.append(seen)

    check()
    assert sum(compared) >= 10_000


@pytest.mark.parametrize("seed", [1, 2])
def test_lists_in_the_database_agree_with_the_matrix_over_a_random_tree(db: Session, seed: int) -> None:
    tree = grow(Random(seed), people=40)
    keys = plant(db, tree)
    found = []
    for human, held in tree.pairs():
        actor = keys.actor(human, held)
        for line in ABOUT_PEOPLE:
            assert line.action is not None
            shown = set(db.scalars(select(Employee.person_id).where(policy.visible_employees(actor, line.action))))
            expected = {
                keys.people[other.number]
                for other in tree.people
                if other.is_employee and may(line, human.worn(held), other.as_someone(), tree.above)
            }
            if shown != expected:
                found.append(f"{line.row} {held.role}@{held.unit.name} of {human.number}")
    assert found == []


def test_a_second_role_adds_nothing_to_the_one_worn() -> None:
    cells = 0
    for seed in range(60):
        tree = grow(Random(seed), people=PEOPLE)
        for human, held in tree.pairs():
            alone = replace(human, held=(held,))
            for line in ABOUT_PEOPLE:
                assert line.action is not None
                for other in tree.people:
                    cells += 1
                    together = policy.allows(human.actor(held), line.action, other.as_target())
                    assert together is policy.allows(alone.actor(held), line.action, other.as_target())
    assert cells >= 10_000


@pytest.mark.parametrize("role", list(Role))
def test_a_door_is_open_where_the_matrix_has_a_cell(role: Role) -> None:
    human, held = next((human, held) for seed in range(500) for human, held in grow(Random(seed), people=9).pairs() if held.role is role)
    for line in matrix().values():
        if line.action is not None:
            assert policy.may_ever(human.actor(held), line.action) is line.is_door_open(role), (line.row, role)
