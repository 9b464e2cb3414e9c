"""Why something about indicators is refused; the sentences are in texts."""

from enum import StrEnum


class MonitoringRefusal(StrEnum):
    ALREADY_FROZEN = "indicators_already_frozen"
    NOT_LOADED = "indicators_not_loaded"
