"""Server-side sessions: the browser holds a secret, the database its hash; every request re-reads what the person may do."""

import hashlib
import secrets
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import and_, bindparam, select, update
from sqlalchemy.orm import Session

from iom.accounts.models import Account, Person, RoleGrant, SignInSession
from iom.core.actor import Role

SEEN_EVERY = timedelta(minutes=1)
CONCURRENT = 10  # sessions of one account
PASSWORD_HOLDS = timedelta(minutes=10)  # how long a typed password counts for what asks it again (S-17)


@dataclass(frozen=True, slots=True)
class SessionLimits:
    """How long a session lives unused, and at all."""

    idle: timedelta
    absolute: timedelta


@dataclass(frozen=True, slots=True)
class SignedIn:
    """A live session with the person and the roles held now."""

    session: SignInSession
    account: Account
    person: Person
    grants: tuple[RoleGrant, ...]

    @property
    def grant(self) -> RoleGrant | None:
        """The role worn now: the chosen one while it is held, else the first."""
        return next((grant for grant in self.grants if grant.id == self.session.grant_id), self.grants[0] if self.grants else None)


def is_password_recent(row: SignInSession, now: datetime) -> bool:
    """Tell whether the password was typed in this session a short while ago."""
    return now - row.confirmed_at <= PASSWORD_HOLDS


def hash_secret(secret: str) -> str:
    """Return what the database keeps of a random secret; 256 bits need no salt."""
    return hashlib.sha256(secret.encode()).hexdigest()


def start(session: Session, account: Account, now: datetime, *, address: str, device: str, grant_id: int | None = None) -> str:
    """Open a session and return its secret for the cookie; the oldest beyond the allowed number ends."""
    secret = secrets.token_urlsafe(32)
    alive = session.scalars(
        select(SignInSession)
        .where(SignInSession.account_id == account.id, SignInSession.ended_at.is_(None))
        .order_by(SignInSession.seen_at)
    ).all()
    for old in alive[: max(0, len(alive) - CONCURRENT + 1)]:
        old.ended_at = now
    session.add(
        SignInSession(
            account_id=account.id,
            secret_hash=hash_secret(secret),
            grant_id=grant_id,
            created_at=now,
            seen_at=now,
            confirmed_at=now,
            address=address[:64],
            device=device[:200],
        )
    )
    account.last_sign_in_at = now
    return secret


# Built once: every request of every signed-in person asks it.
_SIGNED_IN = (
    select(SignInSession, Account, Person, RoleGrant)
    .join(Account, Account.id == SignInSession.account_id)
    .join(Person, Person.id == Account.person_id)
    .outerjoin(
        RoleGrant, and_(RoleGrant.person_id == Person.id, RoleGrant.revoked_at.is_(None), RoleGrant.effective_at <= bindparam("now"))
    )
    .where(SignInSession.secret_hash == bindparam("secret_hash"), SignInSession.ended_at.is_(None), Account.is_active)
)


def find(session: Session, secret: str, now: datetime, limits: SessionLimits) -> SignedIn | None:
    """Return the live session behind a cookie, or None: unknown, ended, idle too long, too old, account closed."""
    found = session.execute(_SIGNED_IN, {"secret_hash": hash_secret(secret), "now": now}).all()
    if not found:
        return None
    row, account, person, _ = found[0]
    if now - row.seen_at > limits.idle or now - row.created_at > limits.absolute:
        return None
    return SignedIn(row, account, person, _in_order(grant for *_, grant in found if grant is not None))


def still_holds(session: Session, signed: SignedIn) -> bool:
    """Tell whether the session lives and the role worn is held at this moment; nobody takes the role away before the transaction ends."""
    alive = (
        select(SignInSession.id)
        .join(Account, Account.id == SignInSession.account_id)
        .where(SignInSession.id == signed.session.id, SignInSession.ended_at.is_(None), Account.is_active)
    )
    if signed.grant is None:
        return session.scalar(alive) is not None
    held = select(RoleGrant.id).where(RoleGrant.id == signed.grant.id, RoleGrant.revoked_at.is_(None), alive.exists())
    return session.scalar(held.with_for_update(read=True)) is not None


def list_alive(session: Session, account_id: int, now: datetime, limits: SessionLimits) -> list[SignInSession]:
    """Return the sessions that would still be let in, the last used first."""
    rows = session.scalars(
        select(SignInSession)
        .where(
            SignInSession.account_id == account_id,
            SignInSession.ended_at.is_(None),
            SignInSession.seen_at >= now - limits.idle,
            SignInSession.created_at >= now - limits.absolute,
        )
        .order_by(SignInSession.seen_at.desc(), SignInSession.id.desc())
    )
    return list(rows)


def held_grants(session: Session, person_id: int, now: datetime) -> tuple[RoleGrant, ...]:
    """Return the roles in force, the own one (`employee`) last, then by key."""
    grants = session.scalars(
        select(RoleGrant).where(RoleGrant.person_id == person_id, RoleGrant.revoked_at.is_(None), RoleGrant.effective_at <= now)
    )
    return _in_order(grants)


def _in_order(grants: Iterable[RoleGrant]) -> tuple[RoleGrant, ...]:
    return tuple(sorted(grants, key=lambda grant: (grant.role is Role.EMPLOYEE, grant.id)))


def touch(session: Session, session_id: int, now: datetime) -> None:
    """Note that the session was used."""
    session.execute(update(SignInSession).where(SignInSession.id == session_id).values(seen_at=now))


def wear(session: Session, session_id: int, grant_id: int, now: datetime) -> str:
    """Put on another role and return the new secret: the old one is dead (S-12)."""
    return _renew(session, session_id, grant_id=grant_id, seen_at=now)


def note_factor(session: Session, session_id: int, now: datetime) -> str:
    """Note that the second factor was given and return the new secret."""
    return _renew(session, session_id, factor_at=now, seen_at=now)


def note_password(session: Session, session_id: int, now: datetime) -> None:
    """Note that the password was typed again."""
    session.execute(update(SignInSession).where(SignInSession.id == session_id).values(confirmed_at=now))


def _renew(session: Session, session_id: int, **values: datetime | int) -> str:
    secret = secrets.token_urlsafe(32)
    session.execute(
        update(SignInSession)
        .where(SignInSession.id == session_id, SignInSession.ended_at.is_(None))
        .values(secret_hash=hash_secret(secret), **values)
    )
    return secret


def end(session: Session, account_id: int, now: datetime, *, only: int | None = None, but: int | None = None) -> None:
    """End the sessions of an account: one, all, or all but one."""
    condition = [SignInSession.account_id == account_id, SignInSession.ended_at.is_(None)]
    if only is not None:
        condition.append(SignInSession.id == only)
    if but is not None:
        condition.append(SignInSession.id != but)
    session.execute(update(SignInSession).where(*condition).values(ended_at=now))
