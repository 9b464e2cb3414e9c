"""Why accounts refuse a command; the sentences are in texts."""

from enum import StrEnum


class AccountRefusal(StrEnum):
    NOTHING_TO_WITHDRAW = "nothing_to_withdraw"
    SHARED_DAY = "shared_day"
    CODE_SPENT = "code_spent"
    ROLE_HELD = "role_held"
    ROLE_NOT_HELD = "role_not_held"
    ROLE_UNIT = "role_unit"
    OWN_CONFIRMATION = "own_confirmation"
    ALREADY_IN_FORCE = "already_in_force"
    LOGIN_TAKEN = "login_taken"
    NO_ACCOUNT = "no_account"
    ACCOUNT_CLOSED = "account_closed"
    FACTOR_IS_ON = "factor_is_on"
    FACTOR_OF_ADMIN = "factor_of_admin"
    WIDER_RIGHTS = "wider_rights"
