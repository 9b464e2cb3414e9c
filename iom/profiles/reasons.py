"""Why profiles refuse a command; the sentences are in texts."""

from enum import StrEnum


class ProfileRefusal(StrEnum):
    UNKNOWN_COMPETENCY = "profiles_unknown_competency"
    BAD_PERCENT = "profiles_bad_percent"
    BAD_TASKS = "profiles_bad_tasks"
    DATE_AHEAD = "profiles_date_ahead"
    NO_SOURCE = "profiles_no_source"
    ALREADY_OPEN = "profiles_already_open"
    NOT_OPEN = "profiles_not_open"
    NOT_YOURS_TO_DROP = "profiles_not_yours_to_drop"
