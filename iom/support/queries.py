"""Reads who accompanies whom and what was handed in."""

from collections.abc import Sequence

from sqlalchemy import func, select
from sqlalchemy.orm import Session, joinedload

from iom.core.errors import NotFound
from iom.routes.evidence_models import Evidence, StoredFile
from iom.routes.models import Route, RouteItem
from iom.routes.workflow import EvidenceStatus


def get_evidence(session: Session, evidence_id: int) -> Evidence:
    """Return a piece of evidence; the caller asks the policy about its item.

    Raises
    ------
    NotFound : no such evidence
    """
    found = session.scalar(select(Evidence).where(Evidence.id == evidence_id))
    if found is None:
        raise NotFound(kind="evidence", id=evidence_id)
    return found


def list_evidence(session: Session, route_id: int) -> Sequence[Evidence]:
    """Return all evidence of a route's items with files and certificates, oldest first."""
    return session.scalars(
        select(Evidence)
        .join(RouteItem, RouteItem.id == Evidence.item_id)
        .where(RouteItem.route_id == route_id)
        .options(joinedload(Evidence.file), joinedload(Evidence.certificate))
        .order_by(Evidence.id)
    ).all()


def count_files(session: Session, item_id: int) -> int:
    """Return how many files lie at an item."""
    return session.scalar(select(func.count()).where(Evidence.item_id == item_id, Evidence.file_id.is_not(None))) or 0


def count_waiting(session: Session, item_id: int, *, but: int) -> int:
    """Return how many pieces of evidence of an item wait for the tutor, one left out."""
    return (
        session.scalar(
            select(func.count()).where(Evidence.item_id == item_id, Evidence.status == EvidenceStatus.SUBMITTED, Evidence.id != but)
        )
        or 0
    )


def bytes_of_person(session: Session, person_id: int) -> int:
    """Return how many bytes of files a person keeps."""
    return session.scalar(select(func.coalesce(func.sum(StoredFile.size), 0)).where(StoredFile.owner_id == person_id)) or 0


def find_evidence_of_file(session: Session, file_id: int) -> Evidence | None:
    """Return the evidence that a file belongs to."""
    return session.scalar(select(Evidence).where(Evidence.file_id == file_id).options(joinedload(Evidence.file)))


def employee_of_item(session: Session, item_id: int) -> int:
    """Return whose route an item belongs to.

    Raises
    ------
    NotFound : no such item
    """
    found = session.scalar(select(Route.employee_id).join(RouteItem, RouteItem.route_id == Route.id).where(RouteItem.id == item_id))
    if found is None:
        raise NotFound(kind="route_item", id=item_id)
    return found
