"""What a person changes in their own account: the password, the sessions."""

from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy.orm import Session

from iom.accounts import passwords, queries, sessions
from iom.accounts.models import Account
from iom.accounts.password_rules import PasswordContext, PasswordProblem, find_problem
from iom.core import audit
from iom.core.actor import Actor
from iom.core.errors import NotFound


@dataclass(frozen=True, slots=True)
class ChangePassword:
    """A new password, the old one being checked already; the session that asks stays, all others end."""

    account_id: int
    session_id: int
    password: str = field(repr=False)


def password_problem(session: Session, account: Account, password: str) -> PasswordProblem | None:
    """Return why the person may not choose this password, or None."""
    person = account.person
    posts = queries.list_posts(session, person.id)
    texts = (person.last_name, person.first_name, person.middle_name, account.login, person.email, *(post.school for post in posts))
    return find_problem(password, PasswordContext.of(*texts, years=[person.birth_year]))


def change_password(session: Session, actor: Actor, cmd: ChangePassword, now: datetime) -> None:
    """Set the new password and end every other session."""
    account = queries.lock_account(session, cmd.account_id)
    if account is None:
        raise NotFound(kind="account", id=cmd.account_id)
    account.password_hash = passwords.hash_password(cmd.password)
    account.password_changed_at = now
    sessions.end(session, account.id, now, but=cmd.session_id)
    sessions.note_password(session, cmd.session_id, now)
    audit.record(session, actor, "password_changed", object_type="account", object_id=account.id, subject_id=account.person_id)


def end_session(session: Session, actor: Actor, account_id: int, session_id: int, now: datetime) -> None:
    """End one of the own sessions; another's is not found and nothing happens."""
    sessions.end(session, account_id, now, only=session_id)
    audit.record(session, actor, "session_ended", object_type="session", object_id=session_id, subject_id=actor.person_id)


def end_others(session: Session, actor: Actor, account_id: int, session_id: int, now: datetime) -> None:
    """End every own session but the one that asks."""
    sessions.end(session, account_id, now, but=session_id)
    audit.record(session, actor, "sessions_ended", object_type="account", object_id=account_id, subject_id=actor.person_id)
