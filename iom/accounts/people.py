"""What an administrator does with accounts: adds, closes, opens, hands out links and codes. Nothing here shows results."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from iom import policy
from iom.accounts import entering, factors, queries, sessions
from iom.accounts.entering import Fresh
from iom.accounts.kinds import CodePurpose
from iom.accounts.models import Account, Person
from iom.accounts.reasons import AccountRefusal
from iom.core import audit
from iom.core.actor import Actor, Role
from iom.core.errors import Refused
from iom.policy import Action


@dataclass(frozen=True, slots=True)
class AddPerson:
    """Make a person known and give them a login, an e-mail address or a code."""

    last_name: str
    first_name: str
    middle_name: str
    login: str


def add(session: Session, actor: Actor, cmd: AddPerson, now: datetime) -> Account:
    """Add a person with an account that waits for its first entry.

    Raises
    ------
    Refused : somebody has this login
    """
    policy.require_role(actor, Action.ROLE_GRANT)
    account = new_account(session, actor.region_id, cmd, now)
    audit.record(
        session, actor, Action.ACCOUNT_INVITE, object_type="account", object_id=account.id, subject_id=account.person_id, reason="added"
    )
    return account


def new_account(session: Session, region_id: int, cmd: AddPerson, now: datetime) -> Account:
    """Add the rows of a person and an account.

    Raises
    ------
    Refused : somebody has this login
    """
    login = cmd.login.strip().lower()
    person = Person(
        region_id=region_id,
        last_name=cmd.last_name.strip(),
        first_name=cmd.first_name.strip(),
        middle_name=cmd.middle_name.strip(),
        email=login if "@" in login else None,
        created_at=now,
    )
    account = Account(person=person, login=login, created_at=now)
    try:
        with session.begin_nested():
            session.add_all([person, account])
            session.flush()  # the login may be taken by a race
    except IntegrityError as error:
        raise Refused(reason=AccountRefusal.LOGIN_TAKEN) from error
    return account


def deactivate(session: Session, actor: Actor, person_id: int, now: datetime) -> None:
    """Close an account; its sessions and codes are dead with the next request."""
    account = _account(session, actor, Action.ACCOUNT_DEACTIVATE, person_id)
    account.is_active = False
    sessions.end(session, account.id, now)
    _record(session, actor, Action.ACCOUNT_DEACTIVATE, account, "closed")


def reactivate(session: Session, actor: Actor, person_id: int) -> None:
    """Open a closed account again, with the roles that were not revoked."""
    account = _account(session, actor, Action.ACCOUNT_DEACTIVATE, person_id)
    account.is_active = True
    _record(session, actor, Action.ACCOUNT_DEACTIVATE, account, "opened")


def end_sessions(session: Session, actor: Actor, person_id: int, now: datetime) -> None:
    """Sign somebody out everywhere."""
    account = _account(session, actor, Action.ACCOUNT_DEACTIVATE, person_id)
    sessions.end(session, account.id, now)
    _record(session, actor, Action.ACCOUNT_DEACTIVATE, account, "sessions ended")


def remove_factor(session: Session, actor: Actor, person_id: int, now: datetime) -> None:
    """Switch off the second factor of somebody who lost it.

    Raises
    ------
    Refused : an administrator's factor is removed on the server only, else one administrator could become a second one
    """
    account = _account(session, actor, Action.ACCOUNT_DEACTIVATE, person_id)
    if any(held.role is Role.ADMIN for held in queries.list_held(session, person_id)):
        raise Refused(reason=AccountRefusal.FACTOR_OF_ADMIN)
    factors.turn_off(session, actor, account, now)


def issue(session: Session, actor: Actor, person_id: int, purpose: CodePurpose, now: datetime, fresh: Fresh | None = None) -> str:
    """Return a fresh link token or printed code for somebody; it is shown once.

    Raises
    ------
    Refused : no account, a closed one, or (for a school) one with more rights than a teacher's
    """
    account = _account(session, actor, Action.CODE_ISSUE, person_id)
    # Whoever holds the link becomes the person: a school must not become an administrator that way.
    if actor.role is not Role.ADMIN and any(held.role is not Role.EMPLOYEE for held in queries.list_held(session, person_id)):
        raise Refused(reason=AccountRefusal.WIDER_RIGHTS)
    shown = entering.issue(session, account, purpose, actor.person_id, now, fresh)
    _record(session, actor, Action.CODE_ISSUE, account, str(purpose))
    return shown


def _account(session: Session, actor: Actor, action: Action, person_id: int) -> Account:
    policy.require(actor, action, policy.target_of_person(session, person_id))
    account = queries.find_account_of(session, person_id)
    if account is None:
        raise Refused(reason=AccountRefusal.NO_ACCOUNT)
    return account


def _record(session: Session, actor: Actor, action: Action, account: Account, reason: str) -> None:
    audit.record(session, actor, action, object_type="account", object_id=account.id, subject_id=account.person_id, reason=reason)
