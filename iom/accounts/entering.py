"""First entry and reset: a one-time link or printed code belongs to somebody and is spent once, on a password of their own (S-09, S-10)."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta

from sqlalchemy import select, update
from sqlalchemy.orm import Session, joinedload

from iom.accounts import passwords, queries, secrets, sessions, tries
from iom.accounts.kinds import CodePurpose
from iom.accounts.models import Account, OneTimeCode, Person
from iom.accounts.password_rules import PasswordContext, PasswordProblem, find_problem
from iom.accounts.queries import Post
from iom.accounts.reasons import AccountRefusal
from iom.core import audit
from iom.core.errors import Refused

LIVES = {
    CodePurpose.FIRST_ADMIN: timedelta(hours=1),
    CodePurpose.INVITATION: timedelta(hours=72),
    CodePurpose.PRINTED: timedelta(days=14),
    CodePurpose.RESET: timedelta(minutes=30),
}


@dataclass(frozen=True, slots=True)
class Proof:
    """What a person brings: the token of a link, or a login with a printed code."""

    token: str = field(default="", repr=False)
    login: str = ""
    code: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True)
class Entry:
    """Whose a live link or code is."""

    code_id: int
    account_id: int
    person: Person
    login: str
    purpose: CodePurpose
    expires_at: datetime
    posts: tuple[Post, ...]
    kept_hash: str = field(default="", repr=False)

    @property
    def context(self) -> PasswordContext:
        """What a password must not be made of."""
        names = (self.person.last_name, self.person.first_name, self.person.middle_name)
        return PasswordContext.of(
            *names, self.login, self.person.email, *(post.school for post in self.posts), years=[self.person.birth_year]
        )


@dataclass(frozen=True, slots=True)
class SetPassword:
    """Spend the code on a password."""

    password: str = field(repr=False)
    address: str
    device: str


@dataclass(frozen=True, slots=True)
class Fresh:
    """A token or code nobody has seen yet, and what is kept of it."""

    shown: str = field(repr=False)
    kept: str = field(repr=False)


def make(purpose: CodePurpose) -> Fresh:
    """Return a fresh token or code. A printed one is hashed slowly: many are made before the transaction begins."""
    if purpose is CodePurpose.PRINTED:
        code = secrets.new_code()
        return Fresh(code, secrets.hash_code(code))
    issued = secrets.new_token()
    return Fresh(issued.token, issued.token_hash)


def issue(
    session: Session, account: Account, purpose: CodePurpose, created_by_id: int | None, now: datetime, fresh: Fresh | None = None
) -> str:
    """Return a fresh link token or printed code of the account; earlier ones that were not used are dead.

    Raises
    ------
    Refused : the account is closed
    """
    if not account.is_active:
        raise Refused(reason=AccountRefusal.ACCOUNT_CLOSED)
    session.execute(
        update(OneTimeCode)
        .where(OneTimeCode.account_id == account.id, OneTimeCode.used_at.is_(None), OneTimeCode.expires_at > now)
        .values(expires_at=now)
    )
    fresh = fresh or make(purpose)
    session.add(
        OneTimeCode(
            account_id=account.id,
            purpose=purpose,
            code_hash=fresh.kept,
            created_by_id=created_by_id,
            created_at=now,
            expires_at=now + LIVES[purpose],
        )
    )
    return fresh.shown


def find_link(session: Session, token: str, now: datetime) -> Entry | None:
    """Return whose link this is while it can be used; None for an unknown, spent or expired one."""
    return _find(session, now, OneTimeCode.code_hash == secrets.hash_token(token), OneTimeCode.purpose != CodePurpose.PRINTED)


def find_printed(session: Session, login: str, now: datetime) -> Entry | None:
    """Return the live printed code of the login, to be checked outside of the transaction; None when there is none."""
    return _find(session, now, Account.login == login.strip().lower(), OneTimeCode.purpose == CodePurpose.PRINTED)


def is_right_code(entry: Entry | None, typed: str) -> bool:
    """Tell whether the typed text is the printed code; takes the time of one check whoever is asked about."""
    if entry is None:
        passwords.verify_nobody(typed[:100])
        return False
    return secrets.verify_code(entry.kept_hash, typed)


def _find(session: Session, now: datetime, *conditions: object) -> Entry | None:
    found = session.execute(
        select(OneTimeCode, Account)
        .join(Account, Account.id == OneTimeCode.account_id)
        .options(joinedload(Account.person))
        .where(*conditions, OneTimeCode.used_at.is_(None), OneTimeCode.expires_at > now, Account.is_active)  # type: ignore[arg-type]
        .order_by(OneTimeCode.id.desc())
        .limit(1)
    ).one_or_none()
    if found is None:
        return None
    code, account = found
    posts = tuple(queries.list_posts(session, account.person_id))
    return Entry(code.id, account.id, account.person, account.login, code.purpose, code.expires_at, posts, code.code_hash)


def password_problem(entry: Entry, password: str) -> PasswordProblem | None:
    """Return why the password may not be chosen here, or None."""
    return find_problem(password, entry.context)


def set_password(session: Session, entry: Entry, cmd: SetPassword, now: datetime) -> str:
    """Spend the code, set the password, end all sessions and return the secret of a new one.

    Raises
    ------
    Refused : the code was spent meanwhile
    """
    spent = session.scalar(
        update(OneTimeCode)
        .where(OneTimeCode.id == entry.code_id, OneTimeCode.used_at.is_(None), OneTimeCode.expires_at > now)
        .values(used_at=now)
        .returning(OneTimeCode.id)
    )
    account = queries.lock_account(session, entry.account_id)
    if spent is None or account is None or not account.is_active:
        raise Refused(reason=AccountRefusal.CODE_SPENT)
    account.password_hash = passwords.hash_password(cmd.password)
    account.password_changed_at = now
    sessions.end(session, account.id, now)
    secret = sessions.start(session, account, now, address=cmd.address, device=cmd.device)
    tries.forgive_password(session, account.login, cmd.address, now)
    audit.record(
        session,
        None,
        "password_set",
        object_type="one_time_code",
        object_id=entry.code_id,
        subject_id=account.person_id,
        region_id=entry.person.region_id,
        reason=str(entry.purpose),
        address=cmd.address,
    )
    return secret
