"""Signing in: the try is counted first, then the password is checked outside of any transaction, then a session of its own begins."""

from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy.orm import Session

from iom.accounts import passwords, queries, sessions, tries
from iom.core import audit
from iom.core.models import Outcome


@dataclass(frozen=True, slots=True)
class SignIn:
    """A person's try to sign in."""

    login: str
    password: str = field(repr=False)
    address: str
    device: str

    @property
    def counted_login(self) -> str:
        return self.login.strip().lower()


@dataclass(frozen=True, slots=True)
class Known:
    """What is known about the typed login before the password is looked at."""

    account_id: int | None
    person_id: int | None
    region_id: int | None
    password_hash: str | None = field(repr=False)
    tries_left: int
    has_factor: bool = False


def count_try(session: Session, cmd: SignIn, now: datetime) -> Known:
    """Count one try before the password is looked at, and return what to check it against; kept even when the request fails.

    Raises
    ------
    TooManyTries : any of the three limits is passed
    """
    left = tries.count_password(session, cmd.counted_login, cmd.address, now)
    account = queries.find_account(session, cmd.login)
    if account is None:
        return Known(None, None, None, None, left)
    usable = account.password_hash if account.is_active else None
    return Known(account.id, account.person_id, account.person.region_id, usable, left, account.totp_secret is not None)


def is_right(known: Known, password: str) -> bool:
    """Tell whether the password is right; takes the time of one check whoever is asked about."""
    if known.password_hash is None:
        passwords.verify_nobody(password)
        return False
    return passwords.verify_password(known.password_hash, password)


def sign_in(session: Session, known: Known, cmd: SignIn, now: datetime) -> str | None:
    """Return the secret of a new session; None when the account changed while the password was checked."""
    account = queries.lock_account(session, known.account_id)
    if account is None or not account.is_active or account.password_hash is None or account.password_hash != known.password_hash:
        return None
    if passwords.needs_rehash(account.password_hash):
        account.password_hash = passwords.hash_password(cmd.password)
    secret = sessions.start(session, account, now, address=cmd.address, device=cmd.device)
    tries.forgive_password(session, cmd.counted_login, cmd.address, now)
    _record(session, known, cmd, Outcome.DONE)
    return secret


def record_failure(session: Session, known: Known, cmd: SignIn) -> None:
    """Note a failed try in the journal, by account when there is one."""
    _record(session, known, cmd, Outcome.FAILED)


def _record(session: Session, known: Known, cmd: SignIn, outcome: Outcome) -> None:
    audit.record(
        session,
        None,
        "sign_in",
        object_type="account",
        object_id=known.account_id,
        subject_id=known.person_id,
        region_id=known.region_id,
        outcome=outcome,
        address=cmd.address,
    )
