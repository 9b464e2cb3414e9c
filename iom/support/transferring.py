"""The move of a person to another school: the post changes, and the access of those who accompanied them there ends at once (S-29)."""

from dataclasses import dataclass

from sqlalchemy.orm import Session

from iom.core import clock
from iom.core.actor import Actor
from iom.organizations import queries as staff_queries
from iom.organizations import staff
from iom.organizations.models import Employment
from iom.organizations.staff import Transfer
from iom.support import assign_queries, assigning
from iom.support.kinds import SupportKind


@dataclass(frozen=True, slots=True)
class Transferred:
    """The new post, and whose support ended with the move."""

    post: Employment
    ended: tuple[SupportKind, ...]


def transfer(session: Session, actor: Actor, cmd: Transfer) -> Transferred:
    """Move an employee; the tutor's support ends, and a municipal methodist's when the new school lies outside the municipality.

    The route goes along, its orders stay as they were.

    Raises
    ------
    NotFound, Forbidden, Refused : as for `staff.move`
    """
    post = staff.move(session, actor, cmd)
    session.flush()  # the new post decides whose municipality it is
    person_id = staff_queries.get_employee(session, actor, cmd.employee_id).person_id
    ended = []
    if assigning.end_all(session, actor, SupportKind.TUTOR, cmd.employee_id, person_id):
        ended.append(SupportKind.TUTOR)
    if _methodist_is_left_behind(session, actor, cmd.employee_id) and assigning.end_all(
        session, actor, SupportKind.METHODIST, cmd.employee_id, person_id
    ):
        ended.append(SupportKind.METHODIST)
    return Transferred(post, tuple(ended))


def _methodist_is_left_behind(session: Session, actor: Actor, employee_id: int) -> bool:
    row = assign_queries.open_assignments(session, SupportKind.METHODIST, [employee_id]).get(employee_id)
    if row is None:
        return False
    holders = assign_queries.list_holders(session, actor, SupportKind.METHODIST, clock.now())
    grants = [holder for holder in holders if holder.person_id == row.methodist_id]
    served = [grant.municipality_id for grant in grants if grant.municipality_id is not None]
    if not grants or len(served) < len(grants):
        return not grants
    return bool(assign_queries.outside_municipality(session, [employee_id], served))
