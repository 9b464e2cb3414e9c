"""The second factor: each code once, spare codes once, roles that wait for it (S-07, S-08)."""

from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta

import pyotp
import pytest
from sqlalchemy import Engine, select, text
from sqlalchemy.orm import Session

from iom.accounts import factors, sessions, totp
from iom.accounts.factors import TurnedOn, TurnOn
from iom.accounts.models import Account, RecoveryCode, SignInSession
from iom.core.database import transaction
from iom.core.errors import Refused
from tests.cast import Cast, Member, make_cast
from tests.site import moment

NOW = moment(24)
SECRET = totp.new_secret()


def code(at: datetime = NOW) -> str:
    return pyotp.TOTP(SECRET).at(at)


def turn_on(session: Session, member: Member) -> TurnedOn:
    secret = sessions.start(session, member.account, NOW, address="10.0.0.1", device="test")
    session.flush()
    row = session.scalars(select(SignInSession).where(SignInSession.secret_hash == sessions.hash_secret(secret))).one()
    done = factors.turn_on(session, member.actor, TurnOn(member.account.id, row.id, SECRET, code()), NOW)
    assert done is not None
    return done


def test_a_right_code_turns_it_on_and_ends_other_sessions(db: Session, cast: Cast) -> None:
    other = sessions.start(db, cast.admin.account, NOW, address="10.0.0.2", device="another")
    done = turn_on(db, cast.admin)

    assert len(set(done.spare_codes)) == 10
    alive = db.scalars(select(SignInSession).where(SignInSession.ended_at.is_(None))).all()
    assert [row.factor_at for row in alive] == [NOW]
    assert [row.secret_hash for row in alive] == [sessions.hash_secret(done.session_secret)]
    assert sessions.hash_secret(other) not in {row.secret_hash for row in alive}


def test_a_wrong_code_turns_nothing_on(db: Session, cast: Cast) -> None:
    assert factors.turn_on(db, cast.admin.actor, TurnOn(cast.admin.account.id, 1, SECRET, "000000"), NOW) is None
    assert db.get_one(Account, cast.admin.account.id).totp_secret is None


def test_it_is_not_replaced_while_it_is_on(db: Session, cast: Cast) -> None:
    turn_on(db, cast.admin)
    with pytest.raises(Refused):
        factors.turn_on(db, cast.admin.actor, TurnOn(cast.admin.account.id, 1, totp.new_secret(), code()), NOW)


def test_the_code_that_turned_it_on_is_spent(db: Session, cast: Cast) -> None:
    turn_on(db, cast.admin)
    assert not factors.is_right(db, cast.admin.account.id, code(), NOW)
    assert not factors.spend(db, cast.admin.account.id, code(), NOW)


def test_a_code_works_once_in_its_window_and_a_later_one_after_it(db: Session, cast: Cast) -> None:
    turn_on(db, cast.admin)
    later = NOW + timedelta(seconds=30)
    assert factors.is_right(db, cast.admin.account.id, code(later), later)
    assert factors.spend(db, cast.admin.account.id, code(later), later)
    assert not factors.spend(db, cast.admin.account.id, code(later), later)
    assert not factors.spend(db, cast.admin.account.id, code(), later)  # an earlier step after a later one
    assert factors.spend(db, cast.admin.account.id, code(later + timedelta(seconds=30)), later + timedelta(seconds=30))


def test_a_spare_code_works_once_however_it_is_typed(db: Session, cast: Cast) -> None:
    done = turn_on(db, cast.admin)
    typed = done.spare_codes[3].lower().replace("-", " ")
    assert factors.is_right(db, cast.admin.account.id, typed, NOW)
    assert factors.spend(db, cast.admin.account.id, typed, NOW)
    assert not factors.is_right(db, cast.admin.account.id, typed, NOW)
    assert not factors.spend(db, cast.admin.account.id, typed, NOW)
    assert factors.spend(db, cast.admin.account.id, done.spare_codes[4], NOW)


def test_a_spare_code_of_another_account_is_nothing(db: Session, cast: Cast) -> None:
    done = turn_on(db, cast.admin)
    turn_on(db, cast.dina)
    assert not factors.spend(db, cast.dina.account.id, done.spare_codes[0], NOW)


def test_new_spare_codes_kill_the_old_ones(db: Session, cast: Cast) -> None:
    done = turn_on(db, cast.admin)
    renewed = factors.renew_spare_codes(db, cast.admin.actor, db.get_one(Account, cast.admin.account.id))
    assert not factors.spend(db, cast.admin.account.id, done.spare_codes[0], NOW)
    assert factors.spend(db, cast.admin.account.id, renewed[0], NOW)


def test_the_database_holds_no_usable_spare_code(db: Session, cast: Cast) -> None:
    done = turn_on(db, cast.admin)
    db.flush()
    kept = db.execute(text("SELECT code_hash FROM recovery_codes")).scalars().all()
    assert len(kept) == 10
    assert not {code.replace("-", "") for code in done.spare_codes} & set(kept)


def test_turned_off_it_is_gone_with_its_spare_codes(db: Session, cast: Cast) -> None:
    turn_on(db, cast.admin)
    factors.turn_off(db, None, db.get_one(Account, cast.admin.account.id), NOW)
    assert db.scalars(select(RecoveryCode)).all() == []
    assert db.get_one(Account, cast.admin.account.id).totp_secret is None
    assert db.scalars(select(SignInSession).where(SignInSession.ended_at.is_(None))).all() == []


@pytest.mark.parametrize("spare", [False, True])
def test_of_two_who_spend_the_same_code_at_once_one_succeeds(own_engine: Engine, spare: bool) -> None:
    with transaction(own_engine) as session:
        cast = make_cast(session)
        done = turn_on(session, cast.admin)
    later = NOW + timedelta(seconds=30)
    typed = done.spare_codes[0] if spare else code(later)

    def spend(_: int) -> bool:
        with transaction(own_engine) as session:
            return factors.spend(session, cast.admin.account.id, typed, later)

    with ThreadPoolExecutor(max_workers=4) as pool:
        assert sum(pool.map(spend, range(4))) == 1
