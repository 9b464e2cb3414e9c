"""Why a change of an employee is refused; the sentences are in texts."""

from enum import StrEnum


class StaffRefusal(StrEnum):
    NO_POST_HERE = "staff_no_post_here"
    SCHOOL_CLOSED = "staff_school_closed"
    SAME_SCHOOL = "staff_same_school"
    DAY_BEFORE_POST = "staff_day_before_post"
    DAY_IN_FUTURE = "staff_day_in_future"
    BATCH_CHANGED = "staff_batch_changed"
    BATCH_DONE = "staff_batch_done"
    UNKNOWN_SUBJECT = "staff_unknown_subject"
