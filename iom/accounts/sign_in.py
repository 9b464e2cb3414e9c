"""Signing in and out: limits first, then the password, then a session of its own."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from iom.accounts import passwords, queries, sessions
from iom.accounts.models import Account
from iom.core import audit, limits
from iom.core.errors import DomainError
from iom.core.limits import Limit
from iom.core.models import Outcome

PER_ACCOUNT = Limit("sign-in-account", 10, timedelta(minutes=15))
PER_ADDRESS = Limit("sign-in-address", 100, timedelta(minutes=15))  # a school is one address
WHOLE_SITE = Limit("sign-in-site", 2000, timedelta(minutes=5))


class TooManyTries(DomainError):
    """The limit of failed sign-ins is reached (`wait`, a timedelta)."""


@dataclass(frozen=True, slots=True)
class SignIn:
    """A person's try to sign in."""

    login: str
    password: str = field(repr=False)
    address: str
    device: str


def count_try(session: Session, cmd: SignIn, now: datetime) -> None:
    """Count one try before the password is looked at; kept even when the request fails.

    Raises
    ------
    TooManyTries : any of the three limits is passed
    """
    checks = ((PER_ACCOUNT, cmd.login.strip().lower()), (PER_ADDRESS, cmd.address), (WHOLE_SITE, "site"))
    waits = [wait for limit, subject in checks if (wait := limits.hit(session, limit, subject, now))]
    if waits:
        raise TooManyTries(wait=max(waits))


def sign_in(session: Session, cmd: SignIn, now: datetime) -> str | None:
    """Return the secret of a new session, or None when login and password do not belong together."""
    account = queries.find_account(session, cmd.login)
    if not _matches(account, cmd.password) or account is None:
        return None
    if account.password_hash and passwords.needs_rehash(account.password_hash):
        account.password_hash = passwords.hash_password(cmd.password)
    secret = sessions.start(session, account, now, address=cmd.address, device=cmd.device)
    limits.forget(session, PER_ACCOUNT, account.login)
    audit.record(session, None, "sign_in", object_type="account", object_id=account.id, subject_id=account.person_id)
    return secret


def _matches(account: Account | None, password: str) -> bool:
    if account is None or account.password_hash is None or not account.is_active:
        passwords.verify_nobody(password)
        return False
    return passwords.verify_password(account.password_hash, password)


def record_failure(session: Session, cmd: SignIn) -> None:
    """Note a failed try in the journal, by account when there is one."""
    account = queries.find_account(session, cmd.login)
    audit.record(
        session,
        None,
        "sign_in",
        object_type="account",
        object_id=account.id if account else None,
        subject_id=account.person_id if account else None,
        outcome=Outcome.FAILED,
    )
