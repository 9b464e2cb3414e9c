"""Each table of moves names every state, and the states that end are the ones that nothing leaves."""

import pytest

from iom.core.errors import InvalidMove
from iom.routes import workflow
from iom.routes.workflow import EvidenceStatus, ItemStatus, RouteStatus


def test_tables_name_every_state() -> None:
    assert set(workflow.NEXT_ROUTE) == set(RouteStatus)
    assert set(workflow.NEXT_ITEM) == set(ItemStatus)
    assert set(workflow.NEXT_EVIDENCE) == set(EvidenceStatus)


def test_a_closed_route_goes_nowhere() -> None:
    assert [state for state, following in workflow.NEXT_ROUTE.items() if not following] == [RouteStatus.CLOSED]


def test_every_route_state_is_reachable_and_can_end() -> None:
    reached = {RouteStatus.DRAFT}
    while new := {after for state in reached for after in workflow.NEXT_ROUTE[state]} - reached:
        reached |= new
    assert reached == set(RouteStatus)
    for state in set(RouteStatus) - {RouteStatus.CLOSED}:
        assert RouteStatus.CLOSED in workflow.NEXT_ROUTE[state], state


def test_a_draft_cannot_be_approved_without_agreement() -> None:
    with pytest.raises(InvalidMove):
        workflow.check_route_move(RouteStatus.DRAFT, RouteStatus.APPROVED)
