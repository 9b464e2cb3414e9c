"""Reads accounts, one-time codes, roles, consents and sharing of one person."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session, joinedload

from iom.accounts.kinds import ConsentKind, SharedPart
from iom.accounts.models import Account, Consent, OneTimeCode, RecoveryCode, RoleGrant, Sharing
from iom.core.actor import Role, UnitKind
from iom.organizations.models import Employee, Employment, MethodCenter, Municipality, Provider, Region, School


def find_account(session: Session, login: str) -> Account | None:
    """Return the account with this login, whatever its case; None when there is none."""
    statement = select(Account).where(Account.login == login.strip().lower()).options(joinedload(Account.person))
    return session.scalar(statement)


def lock_account(session: Session, account_id: int | None) -> Account | None:
    """Return the account, locked until the end of the transaction."""
    return session.scalar(select(Account).where(Account.id == account_id).with_for_update()) if account_id is not None else None


def find_account_of(session: Session, person_id: int) -> Account | None:
    """Return the account of a person, if there is one."""
    return session.scalar(select(Account).where(Account.person_id == person_id).options(joinedload(Account.person)))


def find_code(session: Session, code_hash: str) -> OneTimeCode | None:
    """Return the one-time code with this hash, used or not."""
    return session.scalar(select(OneTimeCode).where(OneTimeCode.code_hash == code_hash))


def count_recovery_codes(session: Session, account_id: int) -> int:
    """Return how many spare codes are left."""
    return session.scalar(select(func.count()).where(RecoveryCode.account_id == account_id, RecoveryCode.used_at.is_(None))) or 0


def has_signed_in_admin(session: Session, region_id: int) -> bool:
    """Tell whether the region has an administrator who can sign in already."""
    statement = (
        select(RoleGrant.id)
        .join(Account, Account.person_id == RoleGrant.person_id)
        .where(
            RoleGrant.region_id == region_id,
            RoleGrant.role == Role.ADMIN,
            RoleGrant.revoked_at.is_(None),
            Account.is_active,
            Account.password_hash.is_not(None),
        )
    )
    return session.scalar(statement.limit(1)) is not None


@dataclass(frozen=True, slots=True)
class Post:
    """Where a person works and as what."""

    school: str
    position: str


def list_posts(session: Session, person_id: int) -> list[Post]:
    """Return the open posts, the main one first."""
    rows = session.execute(
        select(School.name, Employment.position)
        .join(Employment, Employment.school_id == School.id)
        .join(Employee, Employee.id == Employment.employee_id)
        .where(Employee.person_id == person_id, Employment.ends_on.is_(None))
        .order_by(Employment.is_main.desc(), Employment.id)
    )
    return [Post(*row) for row in rows]


@dataclass(frozen=True, slots=True)
class Held:
    """A role with its unit in words, and who stands behind it."""

    id: int
    person_id: int
    role: Role
    unit_kind: UnitKind
    unit: str
    granted_by_id: int | None
    granted_at: datetime
    effective_at: datetime
    confirmed_by_id: int | None

    def is_pending(self, now: datetime) -> bool:
        return self.effective_at > now


def list_held(session: Session, person_id: int) -> list[Held]:
    """Return the roles of a person that are not revoked, those not yet in force included."""
    unit = func.coalesce(School.short_name, Municipality.name, Provider.name, Region.name)
    rows = session.execute(
        select(
            RoleGrant.id,
            RoleGrant.person_id,
            RoleGrant.role,
            RoleGrant.unit_kind,
            unit,
            RoleGrant.granted_by_id,
            RoleGrant.granted_at,
            RoleGrant.effective_at,
            RoleGrant.confirmed_by_id,
        )
        .join(Region, Region.id == RoleGrant.region_id)
        .outerjoin(School, School.id == RoleGrant.school_id)
        .outerjoin(Municipality, Municipality.id == RoleGrant.municipality_id)
        .outerjoin(Provider, Provider.id == RoleGrant.provider_id)
        .where(RoleGrant.person_id == person_id, RoleGrant.revoked_at.is_(None))
        .order_by(RoleGrant.id)
    )
    return [Held(*row) for row in rows]


def list_consents(session: Session, person_id: int) -> list[Consent]:
    """Return every decision of a person, the newest first."""
    return list(session.scalars(select(Consent).where(Consent.person_id == person_id).order_by(Consent.id.desc())))


def latest_consents(session: Session, person_id: int) -> dict[ConsentKind, Consent]:
    """Return the decision in force for each purpose that the person has decided about."""
    newest: dict[ConsentKind, Consent] = {}
    for consent in list_consents(session, person_id):
        newest.setdefault(consent.kind, consent)
    return newest


def open_sharings(session: Session, person_id: int, day: date) -> dict[SharedPart, Sharing]:
    """Return what is shared on a day, by part."""
    rows = session.scalars(select(Sharing).where(Sharing.person_id == person_id, Sharing.ended_at.is_(None), Sharing.until >= day))
    return {row.part: row for row in rows}


def lapsed_sharings(session: Session, person_id: int, part: SharedPart) -> Sequence[Sharing]:
    """Return the rows of a part that are not closed, whether their last day has passed or not."""
    return session.scalars(select(Sharing).where(Sharing.person_id == person_id, Sharing.part == part, Sharing.ended_at.is_(None))).all()


def center_name(session: Session, region_id: int) -> str:
    """Return the name of the region's centre, empty when it is not entered."""
    statement = select(MethodCenter.name).where(MethodCenter.region_id == region_id, MethodCenter.municipality_id.is_(None))
    return session.scalar(statement.order_by(MethodCenter.id).limit(1)) or ""
