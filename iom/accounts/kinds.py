"""Closed lists of accounts, consents and sharing."""

from enum import StrEnum


class CodePurpose(StrEnum):
    FIRST_ADMIN = "first_admin"  # one-time link from the command line, 1 hour
    INVITATION = "invitation"  # one-time link, 72 hours
    PRINTED = "printed"  # 16 characters on paper for people without e-mail, 14 days
    RESET = "reset"  # one-time link, 30 minutes


class ConsentKind(StrEnum):
    PERSONAL_DATA = "personal_data"
    DIAGNOSTICS = "diagnostics"
    MENTORING = "mentoring"


class ConsentState(StrEnum):
    GIVEN = "given"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"


class SharedPart(StrEnum):
    """What the owner may open to others, each by a switch of its own."""

    PROFILE = "profile"  # to the school head and the municipal methodist
    ANSWERS = "answers"  # item by item, to the tutor and the assigned methodist


class AccountState(StrEnum):
    """Whether a person can sign in."""

    ACTIVE = "active"
    NO_ENTRY = "no_entry"  # never set a password
    CLOSED = "closed"
    NO_ACCOUNT = "no_account"
