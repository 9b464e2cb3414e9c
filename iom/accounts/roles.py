"""Roles: granted by one administrator, in force when a second one confirms or a day has passed; revoked at once, never deleted."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, Select, select
from sqlalchemy.orm import Session

from iom import policy
from iom.accounts.models import RoleGrant
from iom.accounts.reasons import AccountRefusal
from iom.core import audit, clock
from iom.core.actor import UNIT_OF_ROLE, Actor, Role, UnitKind
from iom.core.errors import NotFound, Refused
from iom.organizations.models import Municipality, Provider, School
from iom.policy import Action

WAITS = timedelta(hours=24)  # the region with a single administrator gets a delay instead of a second person
UNIT_COLUMNS = {UnitKind.MUNICIPALITY: "municipality_id", UnitKind.SCHOOL: "school_id", UnitKind.PROVIDER: "provider_id"}


@dataclass(frozen=True, slots=True)
class Unit:
    """Where a role is held; `id` is None for the region itself."""

    kind: UnitKind
    id: int | None = None

    @property
    def columns(self) -> dict[str, int | None]:
        """The three columns of a grant that name the unit."""
        return {column: self.id if kind is self.kind else None for kind, column in UNIT_COLUMNS.items()}


@dataclass(frozen=True, slots=True)
class Grant:
    """Give a person a role in a unit."""

    person_id: int
    role: Role
    unit: Unit


def fits(role: Role, kind: UnitKind) -> bool:
    """Tell whether the role can be held in a unit of this kind."""
    return kind is UNIT_OF_ROLE[role] or (role is Role.AUTHORITY_VIEWER and kind is UnitKind.MUNICIPALITY)


def grant(session: Session, actor: Actor, cmd: Grant) -> RoleGrant:
    """Give the role; it comes into force with a second administrator's confirmation or after a day.

    Raises
    ------
    Refused : the unit does not suit the role or is not of this region, or the role is held there already
    """
    policy.require(actor, Action.ROLE_GRANT, policy.target_of_person(session, cmd.person_id))
    check_unit(session, actor.region_id, cmd.role, cmd.unit)
    now = clock.now()
    row = new_grant(session, actor.region_id, cmd)
    row.granted_by_id, row.granted_at, row.effective_at = actor.person_id, now, now + WAITS
    _record(session, actor, row, "granted")
    return row


def confirm(session: Session, actor: Actor, grant_id: int) -> RoleGrant:
    """Bring a role into force as the second administrator.

    Raises
    ------
    Refused : the same administrator granted it, or it is in force already
    """
    row = _get_open(session, actor, grant_id)
    now = clock.now()
    if row.effective_at <= now:
        raise Refused(reason=AccountRefusal.ALREADY_IN_FORCE)
    if row.granted_by_id == actor.person_id:
        raise Refused(reason=AccountRefusal.OWN_CONFIRMATION)
    row.confirmed_by_id, row.effective_at = actor.person_id, now
    _record(session, actor, row, "confirmed")
    return row


def revoke(session: Session, actor: Actor, grant_id: int) -> RoleGrant:
    """Take a role away; the next request of the person is already without it."""
    row = _get_open(session, actor, grant_id)
    row.revoked_at = clock.now()
    _record(session, actor, row, "revoked")
    return row


def grant_at_once(session: Session, region_id: int, cmd: Grant, now: datetime) -> RoleGrant:
    """Give the role from the server itself, in force at once: whoever runs commands there needs no second person.

    Raises
    ------
    Refused : the unit does not suit the role or is not of this region, or the role is held there already
    """
    check_unit(session, region_id, cmd.role, cmd.unit)
    row = new_grant(session, region_id, cmd)
    row.granted_at = row.effective_at = now
    return row


def revoke_at_once(session: Session, cmd: Grant, now: datetime) -> None:
    """Take the role away from the server itself.

    Raises
    ------
    Refused : the role is not held there
    """
    row = session.scalar(_held(cmd))
    if row is None:
        raise Refused(reason=AccountRefusal.ROLE_NOT_HELD)
    row.revoked_at = now


def _held(cmd: Grant) -> Select[RoleGrant]:
    return select(RoleGrant).where(
        RoleGrant.person_id == cmd.person_id, RoleGrant.role == cmd.role, RoleGrant.revoked_at.is_(None), *_same_unit(cmd.unit)
    )


def new_grant(session: Session, region_id: int, cmd: Grant) -> RoleGrant:
    """Add a grant whose times and author the caller fills in.

    Raises
    ------
    Refused : the role is held there already
    """
    if session.scalar(_held(cmd)) is not None:
        raise Refused(reason=AccountRefusal.ROLE_HELD)
    row = RoleGrant(region_id=region_id, person_id=cmd.person_id, role=cmd.role, unit_kind=cmd.unit.kind, **cmd.unit.columns)
    session.add(row)
    return row


def check_unit(session: Session, region_id: int, role: Role, unit: Unit) -> None:
    """Return quietly when the role can be held in this unit of the region.

    Raises
    ------
    Refused : it cannot
    """
    if not fits(role, unit.kind) or not _exists(session, region_id, unit):
        raise Refused(reason=AccountRefusal.ROLE_UNIT)


def _exists(session: Session, region_id: int, unit: Unit) -> bool:
    if unit.kind is UnitKind.REGION:
        return unit.id is None
    if unit.kind is UnitKind.PROVIDER:  # providers stand beside the tree: their region may be unknown
        return session.scalar(select(Provider.id).where(Provider.id == unit.id)) is not None
    model = School if unit.kind is UnitKind.SCHOOL else Municipality
    return session.scalar(select(model.id).where(model.id == unit.id, model.region_id == region_id)) is not None


def _same_unit(unit: Unit) -> list[ColumnElement[bool]]:
    return [getattr(RoleGrant, column).is_not_distinct_from(value) for column, value in unit.columns.items()]


def _get_open(session: Session, actor: Actor, grant_id: int) -> RoleGrant:
    row = session.scalar(select(RoleGrant).where(RoleGrant.id == grant_id, RoleGrant.revoked_at.is_(None)).with_for_update())
    if row is None:
        raise NotFound(kind="role_grant", id=grant_id)
    policy.require(actor, Action.ROLE_GRANT, policy.target_of_person(session, row.person_id))
    return row


def _record(session: Session, actor: Actor, row: RoleGrant, what: str) -> None:
    session.flush()  # the journal names the row
    unit_id = row.school_id or row.municipality_id or row.provider_id
    unit = f"{row.unit_kind}:{unit_id}" if unit_id else str(row.unit_kind)
    audit.record(
        session,
        actor,
        Action.ROLE_GRANT,
        object_type="role_grant",
        object_id=row.id,
        subject_id=row.person_id,
        reason=f"{what} {row.role}@{unit}",
    )
