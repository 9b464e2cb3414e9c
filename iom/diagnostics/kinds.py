"""The closed lists of diagnostics: what is asked, how, when, and where a result and an item's parameters come from."""

from enum import StrEnum


class ItemType(StrEnum):
    SELF_STATEMENT = "self_statement"
    SINGLE_CHOICE = "single_choice"
    MULTIPLE_CHOICE = "multiple_choice"
    MATCHING = "matching"
    ORDERING = "ordering"
    SHORT_ANSWER = "short_answer"
    CASE_CHOICE = "case_choice"
    CASE_OPEN = "case_open"
    WORK_CHECK = "work_check"
    ARTIFACT = "artifact"


class DiagnosticMethod(StrEnum):
    SELF = "self"
    EXTERNAL = "external"
    MIXED = "mixed"


class AttemptStage(StrEnum):
    ENTRY = "entry"
    CURRENT = "current"
    REPEAT = "repeat"


class AttemptStatus(StrEnum):
    STARTED = "started"
    FINISHED = "finished"
    SCORED = "scored"
    ANNULLED = "annulled"


class ResultSource(StrEnum):
    OWN = "own"
    IMPORTED = "imported"


class ParameterStage(StrEnum):
    """How far an item's parameters rest on answers: below 50, from 50, from 200 of them."""

    EXPERT = "expert"
    PROVISIONAL = "provisional"
    CALIBRATED = "calibrated"


EXPERT_SCORED = frozenset({ItemType.CASE_OPEN, ItemType.WORK_CHECK, ItemType.ARTIFACT})
"""Types whose category an expert gives by a rubric; the others are scored by a key or, self statements, as answered."""


class InstrumentStatus(StrEnum):
    DRAFT = "draft"
    ACTIVE = "active"
    RETIRED = "retired"


class ItemStatus(StrEnum):
    DRAFT = "draft"
    ON_REVIEW = "on_review"
    ACTIVE = "active"
    RETIRED = "retired"


class CampaignStatus(StrEnum):
    DRAFT = "draft"
    OPEN = "open"
    CLOSED = "closed"
