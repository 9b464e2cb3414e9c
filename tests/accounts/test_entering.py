"""One-time links and printed codes: shown once, kept as hashes, spent once (S-09, S-10)."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from iom.accounts import entering, passwords, sessions
from iom.accounts.entering import LIVES, SetPassword
from iom.accounts.kinds import CodePurpose
from iom.accounts.models import Account, OneTimeCode, SignInSession
from iom.accounts.password_rules import PasswordProblem
from iom.core.database import transaction
from iom.core.errors import Refused
from tests.accounts.people import PASSWORD
from tests.cast import Cast, make_cast
from tests.site import moment

NOW = moment(24)
CHOSEN = SetPassword(PASSWORD, "10.0.0.1", "test")
LINKS = [CodePurpose.FIRST_ADMIN, CodePurpose.INVITATION, CodePurpose.RESET]


@pytest.mark.parametrize("purpose", LINKS)
def test_a_link_opens_its_account_until_its_time_is_over(db: Session, cast: Cast, purpose: CodePurpose) -> None:
    token = entering.issue(db, cast.anna.account, purpose, None, NOW)
    db.flush()
    lives = {CodePurpose.FIRST_ADMIN: 60, CodePurpose.INVITATION: 72 * 60, CodePurpose.RESET: 30}[purpose]

    entry = entering.find_link(db, token, NOW + timedelta(minutes=lives) - timedelta(seconds=1))

    assert entry is not None
    assert (entry.account_id, entry.login) == (cast.anna.account.id, cast.anna.account.login)
    assert [(post.school, post.position) for post in entry.posts] == [("Лесновская СОШ", "учитель")]
    assert entering.find_link(db, token, NOW + timedelta(minutes=lives)) is None


def test_a_printed_code_lives_two_weeks() -> None:
    assert LIVES[CodePurpose.PRINTED] == timedelta(days=14)


def test_spent_once_it_sets_the_password_and_ends_former_sessions(db: Session, cast: Cast) -> None:
    sessions.start(db, cast.anna.account, NOW, address="10.0.0.9", device="old")
    token = entering.issue(db, cast.anna.account, CodePurpose.INVITATION, None, NOW)
    db.flush()
    entry = entering.find_link(db, token, NOW)
    assert entry is not None

    secret = entering.set_password(db, entry, CHOSEN, NOW)

    account = db.get_one(Account, cast.anna.account.id)
    assert passwords.verify_password(account.password_hash or "", PASSWORD)
    alive = db.scalars(select(SignInSession.secret_hash).where(SignInSession.ended_at.is_(None))).all()
    assert alive == [sessions.hash_secret(secret)]
    assert entering.find_link(db, token, NOW) is None
    with pytest.raises(Refused):
        entering.set_password(db, entry, CHOSEN, NOW)


def test_a_new_code_kills_the_one_that_was_lost(db: Session, cast: Cast) -> None:
    lost = entering.issue(db, cast.anna.account, CodePurpose.INVITATION, None, NOW)
    db.flush()
    entering.issue(db, cast.anna.account, CodePurpose.PRINTED, None, NOW)
    db.flush()
    assert entering.find_link(db, lost, NOW) is None


def test_a_closed_account_has_no_way_in(db: Session, cast: Cast) -> None:
    token = entering.issue(db, cast.anna.account, CodePurpose.INVITATION, None, NOW)
    cast.anna.account.is_active = False
    db.flush()
    assert entering.find_link(db, token, NOW) is None
    with pytest.raises(Refused):
        entering.issue(db, cast.anna.account, CodePurpose.INVITATION, None, NOW)


def test_a_printed_code_belongs_to_its_login_only(db: Session, cast: Cast) -> None:
    code = entering.issue(db, cast.anna.account, CodePurpose.PRINTED, None, NOW)
    db.flush()

    entry = entering.find_printed(db, cast.anna.account.login.upper(), NOW)

    assert entering.is_right_code(entry, code.lower().replace("-", " "))
    assert not entering.is_right_code(entry, "0000-0000-0000-0000")
    assert not entering.is_right_code(entry, "")
    assert entering.find_printed(db, cast.gleb.account.login, NOW) is None
    assert not entering.is_right_code(None, code)
    assert entering.find_link(db, code, NOW) is None  # a printed code is no link


@pytest.mark.parametrize("purpose", list(CodePurpose))
def test_what_is_kept_cannot_be_used(db: Session, cast: Cast, purpose: CodePurpose) -> None:
    shown = entering.issue(db, cast.anna.account, purpose, None, NOW)
    db.flush()
    kept = db.scalars(select(OneTimeCode.code_hash)).one()
    assert shown not in kept
    assert shown.replace("-", "") not in kept
    assert entering.find_link(db, kept, NOW) is None
    assert not entering.is_right_code(entering.find_printed(db, cast.anna.account.login, NOW), kept)


def test_a_printed_code_is_kept_as_slowly_as_a_password(db: Session, cast: Cast) -> None:
    entering.issue(db, cast.anna.account, CodePurpose.PRINTED, None, NOW)
    db.flush()
    assert db.scalars(select(OneTimeCode.code_hash)).one().startswith("$argon2id$v=19$m=19456,t=2,p=1$")


def test_the_password_must_not_be_made_of_the_person(db: Session, cast: Cast) -> None:
    token = entering.issue(db, cast.anna.account, CodePurpose.INVITATION, None, NOW)
    db.flush()
    entry = entering.find_link(db, token, NOW)
    assert entry is not None
    assert entering.password_problem(entry, "Анна Образцова") is PasswordProblem.CONTEXT
    assert entering.password_problem(entry, "короткий") is PasswordProblem.TOO_SHORT
    assert entering.password_problem(entry, PASSWORD) is None


def test_of_two_who_use_the_link_at_once_one_succeeds(own_engine: Engine) -> None:
    with transaction(own_engine) as session:
        cast = make_cast(session)
        token = entering.issue(session, cast.anna.account, CodePurpose.INVITATION, None, NOW)
    with transaction(own_engine) as session:
        entry = entering.find_link(session, token, NOW)
    assert entry is not None

    def use(number: int) -> bool:
        try:
            with transaction(own_engine) as session:
                entering.set_password(session, entry, SetPassword(f"{PASSWORD} {number}", "10.0.0.1", "test"), NOW)
        except Refused:
            return False
        return True

    with ThreadPoolExecutor(max_workers=4) as pool:
        assert sum(pool.map(use, range(4))) == 1
