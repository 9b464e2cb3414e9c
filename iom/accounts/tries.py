"""How often a password, a code or a second factor may be tried; counted before it is looked at (S-05)."""

from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from iom.core import audit, limits
from iom.core.errors import DomainError
from iom.core.limits import Limit
from iom.core.models import Outcome

PER_ACCOUNT = Limit("sign-in-account", 10, timedelta(minutes=15))
PER_ADDRESS = Limit("sign-in-address", 100, timedelta(minutes=15))  # a school is one address
WHOLE_SITE = Limit("sign-in-site", 2000, timedelta(minutes=5))
FACTOR = Limit("factor", 5, timedelta(minutes=5))
FACTOR_LONG = Limit("factor-hour", 20, timedelta(hours=1))
NOTED = Limit("limit-noted", 1, timedelta(minutes=15))  # the journal hears of one wave once

SITE = "site"


class TooManyTries(DomainError):
    """The limit of failed tries is reached (`wait`, a timedelta)."""


def count_password(session: Session, login: str, address: str, now: datetime) -> int:
    """Count one try at a password or a printed code and return how many are left for this login.

    Raises
    ------
    TooManyTries : a limit is passed
    """
    _count(session, ((PER_ACCOUNT, login), (PER_ADDRESS, address), (WHOLE_SITE, SITE)), address, now)
    return max(0, PER_ACCOUNT.count - limits.used(session, PER_ACCOUNT, login, now))


def forgive_password(session: Session, login: str, address: str, now: datetime) -> None:
    """Take the count back after a success: only failures are limited."""
    limits.forget(session, PER_ACCOUNT, login)
    limits.give_back(session, PER_ADDRESS, address, now)
    limits.give_back(session, WHOLE_SITE, SITE, now)


def count_factor(session: Session, account_id: int, address: str, now: datetime) -> None:
    """Count one try at the second factor of an account.

    Raises
    ------
    TooManyTries : a limit is passed
    """
    _count(session, ((FACTOR, str(account_id)), (FACTOR_LONG, str(account_id))), address, now)


def forgive_factor(session: Session, account_id: int) -> None:
    """Start the count of an account's second factor anew after a success."""
    limits.forget(session, FACTOR, str(account_id))
    limits.forget(session, FACTOR_LONG, str(account_id))


def count_link(session: Session, address: str, now: datetime) -> None:
    """Count one opening of a one-time link from an address: links cannot be tried out by the thousand.

    Raises
    ------
    TooManyTries : a limit is passed
    """
    _count(session, ((PER_ADDRESS, address), (WHOLE_SITE, SITE)), address, now)


def forgive_link(session: Session, address: str, now: datetime) -> None:
    """Take the count back when the link was real."""
    limits.give_back(session, PER_ADDRESS, address, now)
    limits.give_back(session, WHOLE_SITE, SITE, now)


def note_limit(session: Session, address: str, now: datetime) -> None:
    """Write one line about a reached limit, once for each address and quarter of an hour."""
    if limits.hit(session, NOTED, address, now) is None:
        audit.record(session, None, "sign_in", object_type="account", outcome=Outcome.REFUSED, reason="limit", address=address)


def _count(session: Session, checks: tuple[tuple[Limit, str], ...], address: str, now: datetime) -> None:
    waits = [wait for limit, subject in checks if (wait := limits.hit(session, limit, subject, now))]
    if waits:
        raise TooManyTries(wait=max(waits))
