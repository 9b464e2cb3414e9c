"""Why diagnostics refuse a command; the sentences are in texts."""

from enum import StrEnum


class DiagnosticRefusal(StrEnum):
    NO_CONSENT = "diagnostics_no_consent"
    ATTEMPT_FINISHED = "diagnostics_attempt_finished"
    NOTHING_ANSWERED = "diagnostics_nothing_answered"
