"""Reads what was handed in, from a scoped query always."""

from collections.abc import Sequence

from sqlalchemy import func, select
from sqlalchemy.orm import Session, joinedload

from iom import policy
from iom.core.actor import Actor
from iom.core.errors import NotFound
from iom.organizations.models import Employee
from iom.policy import Action
from iom.routes.evidence_models import Evidence, StoredFile
from iom.routes.models import Reflection, Route, RouteItem
from iom.routes.workflow import EvidenceStatus


def get_evidence(session: Session, actor: Actor, evidence_id: int) -> Evidence:
    """Return a piece of evidence of a route that the actor may see.

    Raises
    ------
    NotFound : no such evidence, or none that the actor may see
    """
    found = session.scalar(
        select(Evidence)
        .join(RouteItem, RouteItem.id == Evidence.item_id)
        .join(Route, Route.id == RouteItem.route_id)
        .join(Employee, Employee.id == Route.employee_id)
        .where(Evidence.id == evidence_id, policy.visible_employees(actor, Action.ROUTE_VIEW))
    )
    if found is None:
        raise NotFound(kind="evidence", id=evidence_id)
    return found


def find_of_file(session: Session, actor: Actor, file_id: int) -> tuple[Evidence, int] | None:
    """Return the evidence that a file belongs to, with its file, and whose route it is; None unless the actor may open it.

    What was withdrawn is there for its owner only.
    """
    found = session.execute(
        select(Evidence, Employee.person_id)
        .join(RouteItem, RouteItem.id == Evidence.item_id)
        .join(Route, Route.id == RouteItem.route_id)
        .join(Employee, Employee.id == Route.employee_id)
        .where(
            Evidence.file_id == file_id,
            policy.visible_employees(actor, Action.EVIDENCE_OPEN),
            (Evidence.status != EvidenceStatus.WITHDRAWN) | (Employee.person_id == actor.person_id),
        )
        .options(joinedload(Evidence.file))
    ).one_or_none()
    return (found[0], found[1]) if found else None


def list_of_route(session: Session, route_id: int) -> Sequence[Evidence]:
    """Return all evidence of a route's items with files and certificates, oldest first; the caller has asked the policy."""
    return session.scalars(
        select(Evidence)
        .join(RouteItem, RouteItem.id == Evidence.item_id)
        .where(RouteItem.route_id == route_id)
        .options(joinedload(Evidence.file), joinedload(Evidence.certificate))
        .order_by(Evidence.id)
    ).all()


def list_of_item(session: Session, item_id: int, *, fresh: bool = False) -> Sequence[Evidence]:
    """Return all evidence of an item with files and certificates, oldest first; `fresh` reads rows anew that are already known."""
    statement = (
        select(Evidence)
        .where(Evidence.item_id == item_id)
        .options(joinedload(Evidence.file), joinedload(Evidence.certificate))
        .order_by(Evidence.id)
    )
    return session.scalars(statement.execution_options(populate_existing=fresh)).all()


def count_waiting_of_route(session: Session, route_id: int) -> int:
    """Return how many pieces of evidence of a route wait for a decision."""
    return (
        session.scalar(
            select(func.count())
            .select_from(Evidence)
            .join(RouteItem, RouteItem.id == Evidence.item_id)
            .where(RouteItem.route_id == route_id, Evidence.status == EvidenceStatus.SUBMITTED)
        )
        or 0
    )


def bytes_of_person(session: Session, person_id: int) -> int:
    """Return how many bytes of files a person keeps."""
    return session.scalar(select(func.coalesce(func.sum(StoredFile.size), 0)).where(StoredFile.owner_id == person_id)) or 0


def route_of_item(session: Session, item_id: int) -> int:
    """Return the key of the route that an item belongs to; the caller then reads that route from a scoped query.

    Raises
    ------
    NotFound : no such item
    """
    found = session.scalar(select(RouteItem.route_id).where(RouteItem.id == item_id))
    if found is None:
        raise NotFound(kind="route_item", id=item_id)
    return found


def find_reflection(session: Session, route_id: int) -> Reflection | None:
    """Return what the owner wrote at the end; the caller has asked the policy."""
    return session.scalar(select(Reflection).where(Reflection.route_id == route_id))
