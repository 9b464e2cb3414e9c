"""The check before a common agreement: is anything odd among the chosen routes."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy.orm import Session

from iom.core.actor import Actor
from iom.core.format import short_name
from iom.routes.models import Route
from iom.routes.reasons import COVERED
from iom.support import people_queries


@dataclass(frozen=True, slots=True)
class BulkLine:
    """One route of the choice; `twins` counts others in it with the same items."""

    route_id: int
    version: int
    name: str
    school: str
    items: int
    hours: int
    hours_estimated: bool
    coverage: int
    uncovered: tuple[str, ...]
    was_opened: bool
    twins: int

    @property
    def tick(self) -> str:
        return f"{self.route_id}:{self.version}"


def build(session: Session, actor: Actor, routes: Sequence[Route]) -> list[BulkLine]:
    """Return a line for each route, in the order given."""
    opened = people_queries.opened_since_sent(session, actor, routes)
    alike = Counter(_content(route) for route in routes)
    return [
        BulkLine(
            route_id=route.id,
            version=route.version,
            name=short_name(route.employee.person.first_name, route.employee.person.last_name),
            school=route.school.short_name,
            items=len(route.items),
            hours=sum(item.hours for item in route.items),
            hours_estimated=any(item.hours_estimated for item in route.items),
            coverage=round(100 * route.coverage),
            uncovered=tuple(goal.title for goal in route.goals if goal.coverage < COVERED),
            was_opened=route.id in opened,
            twins=alike[_content(route)] - 1,
        )
        for route in routes
    ]


def _content(route: Route) -> frozenset[tuple[int | None, str, int]]:
    """Return what makes two routes the same to a reader: their items, whatever the order and the days."""
    return frozenset((item.offering_id, item.title, item.hours) for item in route.items)
