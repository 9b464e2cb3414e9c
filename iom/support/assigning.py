"""Gives people to tutors and methodists: the old assignment is closed, a new one opened, both stay readable."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from iom import policy
from iom.core import audit, clock
from iom.core.actor import Actor, Role
from iom.core.errors import Conflict, NotFound, Refused
from iom.policy import Action
from iom.support import assign_queries as queries
from iom.support.assign_queries import Holder
from iom.support.kinds import SupportKind, SupportRefusal

NORM = 250  # people for one methodist, order of the Ivanovo region of 11.08.2023 № 952-о; a tutor's list is held to it too


@dataclass(frozen=True, slots=True)
class Assign:
    """Give these employees to one tutor or methodist; a reason is needed to go over the norm."""

    kind: SupportKind
    holder_id: int
    employee_ids: tuple[int, ...]
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Assigned:
    """What came of it: given anew, taken over from somebody else, with this person already."""

    new: int
    moved: int
    same: int


def assign(session: Session, actor: Actor, cmd: Assign) -> Assigned:
    """Give the employees to the holder from today on.

    Raises
    ------
    NotFound : one of them is not the actor's to give
    Refused : nobody chosen; no such role; outside the holder's municipality; oneself; over the norm without the centre's reason
    """
    policy.require_role(actor, Action.ASSIGN)
    if not cmd.employee_ids:
        raise Refused(reason=SupportRefusal.NOBODY_CHOSEN)
    people = queries.assignable(session, actor, cmd.employee_ids)
    if missing := sorted(set(cmd.employee_ids) - people.keys()):
        raise NotFound(kind="employee", id=missing[0])
    now = clock.now()
    _check_holder(session, actor, cmd, people, now)
    queries.lock_person(session, cmd.holder_id)
    held = queries.open_assignments(session, cmd.kind, list(people))
    given = [key for key in people if held.get(key) is None or _holder_of(held[key]) != cmd.holder_id]
    reason = _reason(session, actor, cmd, len(given))
    today = clock.today()
    for key in given:
        if key in held:
            close(held[key], today)
    try:
        with session.begin_nested():
            session.flush()  # only one assignment may be open
            session.add_all([_new(actor, cmd, key, today, now, reason) for key in given])
            session.flush()
    except IntegrityError as error:
        raise Conflict(kind="assignment") from error
    for key in given:
        _record(session, actor, cmd, key, people[key], held.get(key), reason)
    moved = sum(key in held for key in given)
    return Assigned(len(given) - moved, moved, len(people) - len(given))


def end_all(session: Session, actor: Actor, kind: SupportKind, employee_id: int, person_id: int) -> bool:
    """Close the assignment in force, if there is one; tell whether there was."""
    row = queries.open_assignments(session, kind, [employee_id]).get(employee_id)
    if row is None:
        return False
    close(row, clock.today())
    audit.record(
        session,
        actor,
        Action.ASSIGN,
        object_type=row.__tablename__,
        object_id=row.id,
        subject_id=person_id,
        reason=f"ended {kind} {_holder_of(row)}",
    )
    return True


def close(row: Any, today: date) -> None:
    """End an assignment with the day before; one begun today is ended today."""
    row.ends_on = max(row.starts_on, today - timedelta(days=1))


def load_after(session: Session, cmd: Assign) -> int:
    """Return how many people the holder would have."""
    held = queries.open_assignments(session, cmd.kind, cmd.employee_ids)
    new = sum(1 for key in set(cmd.employee_ids) if key not in held or _holder_of(held[key]) != cmd.holder_id)
    return queries.count_people(session, cmd.kind, cmd.holder_id) + new


def _check_holder(session: Session, actor: Actor, cmd: Assign, people: dict[int, int], now: datetime) -> None:
    grants = [holder for holder in queries.list_holders(session, actor, cmd.kind, now) if holder.person_id == cmd.holder_id]
    if not grants:
        raise Refused(reason=SupportRefusal.NO_SUCH_HOLDER)
    if cmd.holder_id in people.values():
        raise Refused(reason=SupportRefusal.OWN_SUPPORT)
    served = _municipalities(grants)
    if served is not None and queries.outside_municipality(session, list(people), served):
        raise Refused(reason=SupportRefusal.OUTSIDE_HOLDERS_UNIT)


def _municipalities(grants: Sequence[Holder]) -> list[int] | None:
    """Return where the holder may accompany people; None for the whole region."""
    if any(grant.municipality_id is None for grant in grants):
        return None
    return [grant.municipality_id for grant in grants if grant.municipality_id is not None]


def _reason(session: Session, actor: Actor, cmd: Assign, new: int) -> str:
    """Return why the norm is passed, empty when it is not."""
    people = queries.count_people(session, cmd.kind, cmd.holder_id) + new
    if not new or people <= NORM:
        return ""
    reason = cmd.reason.strip()
    if actor.role is not Role.CNPPM_OFFICER or not reason:
        raise Refused(reason=SupportRefusal.OVER_NORM, people=people, norm=NORM)
    return reason


def _holder_of(row: Any) -> int:
    return int(row.tutor_id if hasattr(row, "tutor_id") else row.methodist_id)


def _new(actor: Actor, cmd: Assign, employee_id: int, today: date, now: datetime, reason: str) -> Any:
    common: dict[str, Any] = {
        "region_id": actor.region_id,
        "employee_id": employee_id,
        "starts_on": today,
        "assigned_by_id": actor.person_id,
        "assigned_at": now,
    }
    table = queries.TABLE[cmd.kind]
    if cmd.kind is SupportKind.TUTOR:
        return table(tutor_id=cmd.holder_id, **common)
    return table(methodist_id=cmd.holder_id, override_reason=reason, **common)


def _record(session: Session, actor: Actor, cmd: Assign, employee_id: int, person_id: int, before: Any, reason: str) -> None:
    old = f"{_holder_of(before)} -> " if before is not None else ""
    audit.record(
        session,
        actor,
        Action.ASSIGN,
        object_type="employee",
        object_id=employee_id,
        subject_id=person_id,
        reason=f"{cmd.kind} {old}{cmd.holder_id}{'; ' + reason if reason else ''}",
    )
