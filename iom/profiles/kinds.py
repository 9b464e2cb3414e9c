"""The closed lists of the profile: verdicts, what they rest on, how deep a deficit is, how a repeat ended."""

from enum import StrEnum


class Verdict(StrEnum):
    """What may be said about one competency; the first five rest on objective answers, the last two on self-assessment alone."""

    INSUFFICIENT = "insufficient"
    DEFICIT = "deficit"
    PROBABLE = "probable"
    OPEN = "open"
    NONE = "none"
    CLAIMED = "claimed"
    UNCLAIMED = "unclaimed"


class Basis(StrEnum):
    """What an estimate rests on; `imported` is objective too, but no answer of ours stands behind it."""

    OBJECTIVE = "objective"
    SELF = "self"
    IMPORTED = "imported"


class Depth(StrEnum):
    SMALL = "small"
    MEDIUM = "medium"
    DEEP = "deep"


class DeficitKind(StrEnum):
    DEFICIT = "deficit"  # found by objective answers
    CLAIM = "claim"  # named by the person's own ratings only
    REQUEST = "request"  # asked for in the person's own words


class ChangeOutcome(StrEnum):
    CLOSED = "closed"
    PROVISIONALLY_CLOSED = "provisionally_closed"
    IMPROVED = "improved"
    REMAINS = "remains"


class DeficitOrigin(StrEnum):
    ATTEMPT = "attempt"
    TUTOR = "tutor"
    PUPIL_RESULTS = "pupil_results"
    PERSONAL_REQUEST = "personal_request"


class DeficitStatus(StrEnum):
    OPEN = "open"
    CLOSED = "closed"  # a repeat attempt showed it
    DROPPED = "dropped"  # a person set it aside with a reason


class GroundKind(StrEnum):
    """What one part of the evidence behind an estimate is."""

    SELF = "self"
    TASKS = "tasks"
    IMPORTED = "imported"
