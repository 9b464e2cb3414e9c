"""Closed lists of the route that are no states of a workflow."""

from enum import StrEnum


class ItemKind(StrEnum):
    """What an item of a route is; the first six mirror the catalog, the others have no offering behind them."""

    PROGRAM = "program"
    INTERNSHIP = "internship"
    MENTORING = "mentoring"
    EVENT = "event"
    RESOURCE = "resource"
    SELF_STUDY = "self_study"
    PEER_LEARNING = "peer_learning"
    POST_COURSE_SUPPORT = "post_course_support"
    EXPERT_ACTIVITY = "expert_activity"
    OPEN_SLOT = "open_slot"  # «мероприятие по выбору»


class ItemLevel(StrEnum):
    SCHOOL = "school"
    MUNICIPALITY = "municipality"
    REGION = "region"
    FEDERAL = "federal"


class ReviewStep(StrEnum):
    TUTOR = "tutor"
    METHODIST = "methodist"
    SCHOOL_HEAD = "school_head"
    CENTER = "center"


class Approver(StrEnum):
    """Who approves what a tutor agreed to."""

    SCHOOL = "school"  # the head, by an order
    CENTER = "center"


class ReviewDecision(StrEnum):
    AGREE = "agree"
    RETURN = "return"


class EvidenceKind(StrEnum):
    FILE = "file"
    LINK = "link"
    TEXT = "text"
    CERTIFICATE = "certificate"


class FrdoStatus(StrEnum):
    UNKNOWN = "unknown"
    FOUND = "found"
    NOT_FOUND = "not_found"


class ClosingOutcome(StrEnum):
    FULL = "full"
    PARTIAL = "partial"
    NOT_STARTED = "not_started"
    CANCELLED = "cancelled"


class VersionReason(StrEnum):
    SUBMITTED = "submitted"
    APPROVED = "approved"
    REVISED = "revised"
    CLOSED = "closed"


class RevisionStatus(StrEnum):
    ASKED = "asked"
    AGREED = "agreed"
    REFUSED = "refused"
