"""Closed lists of support: who accompanies."""

from enum import StrEnum


class SupportKind(StrEnum):
    TUTOR = "tutor"
    METHODIST = "methodist"


class SupportRefusal(StrEnum):
    """Why an assignment is refused; the sentences are in assignment texts."""

    NOBODY_CHOSEN = "assign_nobody_chosen"
    NO_SUCH_HOLDER = "assign_no_such_holder"
    OUTSIDE_HOLDERS_UNIT = "assign_outside_holders_unit"
    OWN_SUPPORT = "assign_own_support"
    OVER_NORM = "assign_over_norm"
