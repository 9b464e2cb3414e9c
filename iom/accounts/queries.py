"""Reads accounts, roles and consents."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from iom.accounts.models import Account


def find_account(session: Session, login: str) -> Account | None:
    """Return the account with this login, whatever its case; None when there is none."""
    return session.scalar(select(Account).where(Account.login == login.strip().lower()))
