"""Limits are counted before the password is looked at, exactly, on both databases (S-05)."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from sqlalchemy import Engine
from sqlalchemy.orm import Session

from iom.accounts import sign_in, tries
from iom.accounts.sign_in import SignIn
from iom.accounts.tries import TooManyTries
from iom.core import limits
from iom.core.database import transaction
from iom.core.models import AuditEntry, Outcome
from tests.cast import Cast
from tests.site import moment

NOW = moment(24)


def test_of_forty_parallel_wrong_tries_exactly_ten_reach_the_hash(own_engine: Engine) -> None:
    reached: list[int] = []

    def one_try(number: int) -> bool:
        cmd = SignIn(login="anna@example.org", password=f"wrong {number}", address=f"10.0.0.{number}", device="test")
        try:
            with transaction(own_engine) as session:
                sign_in.count_try(session, cmd, NOW)
        except TooManyTries:
            return False
        reached.append(number)  # what would be hashed next
        return True

    with ThreadPoolExecutor(max_workers=8) as pool:
        answers = list(pool.map(one_try, range(40)))

    assert len(reached) == 10
    assert sum(answers) == 10


def test_a_hundred_failures_close_the_door_for_an_address_not_for_others(db: Session) -> None:
    for number in range(100):
        tries.count_password(db, f"person{number}", "10.0.0.1", NOW)
    with pytest.raises(TooManyTries) as caught:
        tries.count_password(db, "somebody", "10.0.0.1", NOW)
    assert timedelta() < caught.value.facts["wait"] <= timedelta(minutes=15)
    assert tries.count_password(db, "somebody else", "10.0.0.2", NOW) == 9


def test_successes_of_a_whole_school_do_not_count(db: Session) -> None:
    for number in range(300):
        tries.count_password(db, f"teacher{number}", "10.0.0.1", NOW)
        tries.forgive_password(db, f"teacher{number}", "10.0.0.1", NOW)
    assert limits.used(db, tries.PER_ADDRESS, "10.0.0.1", NOW) == 0
    assert limits.used(db, tries.WHOLE_SITE, tries.SITE, NOW) == 0


def test_giving_back_lowers_by_one_and_never_below_nothing(db: Session) -> None:
    for _ in range(3):
        limits.hit(db, tries.PER_ADDRESS, "10.0.0.1", NOW)
    limits.give_back(db, tries.PER_ADDRESS, "10.0.0.1", NOW)
    assert limits.used(db, tries.PER_ADDRESS, "10.0.0.1", NOW) == 2
    for _ in range(3):
        limits.give_back(db, tries.PER_ADDRESS, "10.0.0.1", NOW)
    assert limits.used(db, tries.PER_ADDRESS, "10.0.0.1", NOW) == 0


def test_the_door_opens_again_when_the_window_is_over(db: Session) -> None:
    for _ in range(10):
        tries.count_password(db, "anna", "10.0.0.1", NOW)
    with pytest.raises(TooManyTries):
        tries.count_password(db, "anna", "10.0.0.1", NOW)
    assert tries.count_password(db, "anna", "10.0.0.1", NOW + timedelta(minutes=15)) == 9


def test_the_second_factor_has_a_short_and_a_long_limit(db: Session) -> None:
    at = NOW
    for _ in range(4):
        for _ in range(5):
            tries.count_factor(db, 7, "10.0.0.1", at)
        at += timedelta(minutes=5)
    with pytest.raises(TooManyTries) as caught:  # twenty within the hour, although the short window is new
        tries.count_factor(db, 7, "10.0.0.1", at)
    assert caught.value.facts["wait"] == timedelta(minutes=40)
    tries.count_factor(db, 8, "10.0.0.1", at)


def test_the_sixth_try_within_five_minutes_is_refused(db: Session) -> None:
    for _ in range(5):
        tries.count_factor(db, 7, "10.0.0.1", NOW)
    with pytest.raises(TooManyTries):
        tries.count_factor(db, 7, "10.0.0.1", NOW)


def test_a_wave_is_noted_once(db: Session, cast: Cast) -> None:
    for _ in range(5):
        tries.note_limit(db, "10.0.0.1", NOW)
    db.commit()
    lines = db.query(AuditEntry).filter_by(outcome=Outcome.REFUSED).all()
    assert [(line.reason, line.address) for line in lines] == [("limit", "10.0.0.1")]
