"""Closed lists of the organisation tree and of a person's work."""

from enum import StrEnum


class EmployeeCategory(StrEnum):
    TEACHER = "teacher"
    MANAGER = "manager"


class QualificationCategory(StrEnum):
    NONE = "none"
    FIRST = "first"
    HIGHEST = "highest"
    METHODIST = "methodist"
    MENTOR = "mentor"


class MethodCenterKind(StrEnum):
    CNPPM = "cnppm"
    MUNICIPAL = "municipal"


class AuthorityLevel(StrEnum):
    REGION = "region"
    MUNICIPALITY = "municipality"


class ApprovalChain(StrEnum):
    """Who agrees to a route before it is approved, in order; chosen by the region."""

    TUTOR_HEAD_ORDER = "tutor_head_order"
    TUTOR_CENTER = "tutor_center"
    TUTOR = "tutor"
