"""The second factor: an authenticator application and ten spare codes; each code works once (S-07, S-08)."""

from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import delete, or_, select, update
from sqlalchemy.orm import Session

from iom.accounts import queries, secrets, sessions, totp, tries
from iom.accounts.models import Account, RecoveryCode
from iom.accounts.reasons import AccountRefusal
from iom.core import audit
from iom.core.actor import Actor
from iom.core.errors import NotFound, Refused
from iom.core.models import Outcome

SPARE_CODES = 10


@dataclass(frozen=True, slots=True)
class TurnOn:
    """Use the authenticator that just showed a code of this secret."""

    account_id: int
    session_id: int
    secret: str = field(repr=False)
    code: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class TurnedOn:
    """The new session secret and the spare codes, both shown once."""

    session_secret: str = field(repr=False)
    spare_codes: tuple[str, ...] = field(repr=False)


def is_right(session: Session, account_id: int, typed: str, now: datetime) -> bool:
    """Tell whether the text could be a factor of the account now: a code of the application or a spare one. Spends nothing."""
    account = session.get(Account, account_id)
    if account is None or account.totp_secret is None:
        return False
    step = totp.step_of(account.totp_secret, typed, now.timestamp())
    if step is not None:
        return account.totp_last_step is None or step > account.totp_last_step
    fingerprint = _fingerprint(typed)
    spare = select(RecoveryCode.id).where(
        RecoveryCode.account_id == account_id, RecoveryCode.code_hash == fingerprint, RecoveryCode.used_at.is_(None)
    )
    return fingerprint is not None and session.scalar(spare) is not None


def spend(session: Session, account_id: int, typed: str, now: datetime) -> bool:
    """Spend the code and tell whether it was good; of two who spend the same one only one succeeds."""
    account = session.get(Account, account_id)
    if account is None or account.totp_secret is None:
        return False
    step = totp.step_of(account.totp_secret, typed, now.timestamp())
    return _spend_step(session, account_id, step) if step is not None else _spend_spare(session, account_id, typed, now)


def _spend_step(session: Session, account_id: int, step: int) -> bool:
    spent = session.scalar(
        update(Account)
        .where(Account.id == account_id, or_(Account.totp_last_step.is_(None), Account.totp_last_step < step))
        .values(totp_last_step=step)
        .returning(Account.id)
        .execution_options(synchronize_session=False)
    )
    return spent is not None


def _spend_spare(session: Session, account_id: int, typed: str, now: datetime) -> bool:
    fingerprint = _fingerprint(typed)
    if fingerprint is None:
        return False
    spent = session.scalar(
        update(RecoveryCode)
        .where(RecoveryCode.account_id == account_id, RecoveryCode.code_hash == fingerprint, RecoveryCode.used_at.is_(None))
        .values(used_at=now)
        .returning(RecoveryCode.id)
    )
    return spent is not None


def _fingerprint(typed: str) -> str | None:
    return secrets.code_fingerprint(typed) if secrets.normalise_code(typed) else None


def turn_on(session: Session, actor: Actor, cmd: TurnOn, now: datetime) -> TurnedOn | None:
    """Switch the factor on when the code is right; other sessions end. None when the code is wrong.

    Raises
    ------
    Refused : the account has a second factor already
    """
    account = queries.lock_account(session, cmd.account_id)
    if account is None:
        raise NotFound(kind="account", id=cmd.account_id)
    if account.totp_secret is not None:
        raise Refused(reason=AccountRefusal.FACTOR_IS_ON)
    step = totp.step_of(cmd.secret, cmd.code, now.timestamp())
    if step is None:
        return None
    account.totp_secret, account.totp_last_step = cmd.secret, step
    session.flush()  # the spare codes hang on an account that has the factor
    codes = new_spare_codes(session, account.id)
    sessions.end(session, account.id, now, but=cmd.session_id)
    tries.forgive_factor(session, account.id)
    _record(session, actor, account, "factor_on")
    return TurnedOn(sessions.note_factor(session, cmd.session_id, now), codes)


def new_spare_codes(session: Session, account_id: int) -> tuple[str, ...]:
    """Return ten fresh spare codes; the old ones are dead."""
    session.execute(delete(RecoveryCode).where(RecoveryCode.account_id == account_id))
    codes = tuple(secrets.new_code() for _ in range(SPARE_CODES))
    session.add_all(RecoveryCode(account_id=account_id, code_hash=secrets.code_fingerprint(code)) for code in codes)
    return codes


def renew_spare_codes(session: Session, actor: Actor, account: Account) -> tuple[str, ...]:
    """Return ten fresh spare codes and note it."""
    codes = new_spare_codes(session, account.id)
    _record(session, actor, account, "factor_codes")
    return codes


def turn_off(session: Session, actor: Actor | None, account: Account, now: datetime, *, keep_session: int | None = None) -> None:
    """Switch the factor off; other sessions end."""
    account.totp_secret = account.totp_last_step = None
    session.execute(delete(RecoveryCode).where(RecoveryCode.account_id == account.id))
    sessions.end(session, account.id, now, but=keep_session)
    _record(session, actor, account, "factor_off")


def record_failure(session: Session, account_id: int, address: str) -> None:
    """Note a wrong second factor in the journal."""
    account = session.get(Account, account_id)
    if account is not None:
        audit.record(
            session,
            None,
            "factor",
            object_type="account",
            object_id=account_id,
            subject_id=account.person_id,
            region_id=account.person.region_id,
            outcome=Outcome.FAILED,
            address=address,
        )


def _record(session: Session, actor: Actor | None, account: Account, action: str) -> None:
    audit.record(
        session,
        actor,
        action,
        object_type="account",
        object_id=account.id,
        subject_id=account.person_id,
        region_id=account.person.region_id,
    )
