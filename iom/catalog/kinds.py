"""The closed lists of the catalog: what an offering is, how it runs, who pays, which register knows it."""

from enum import StrEnum


class OfferingKind(StrEnum):
    PROGRAM = "program"
    INTERNSHIP = "internship"
    MENTORING = "mentoring"
    EVENT = "event"
    RESOURCE = "resource"
    SELF_STUDY = "self_study"


class ProgramType(StrEnum):
    UPSKILLING = "upskilling"  # from 16 hours, ends with a certificate
    RETRAINING = "retraining"  # from 250 hours, ends with a diploma


class HoursBasis(StrEnum):
    """Where the hours of an offering come from; estimated hours are shown with a sign and never counted in an indicator."""

    KNOWN = "known"
    SEVERAL = "several"  # the source names several volumes
    ESTIMATED = "estimated"  # the source is silent: 36, 250, 16 or 4 by kind (design, section 10)


class DeliveryForm(StrEnum):
    ONSITE = "onsite"
    ONLINE = "online"
    BLENDED = "blended"
    UNKNOWN = "unknown"


class Funding(StrEnum):
    BUDGET = "budget"
    PAID = "paid"
    UNKNOWN = "unknown"


class Registry(StrEnum):
    NONE = "none"
    FEDERAL = "federal"
    REGIONAL = "regional"


class Ownership(StrEnum):
    """Legal kind of a provider; since 2025-09-01 private ones may not train school teachers."""

    STATE = "state"
    MUNICIPAL = "municipal"
    STATE_FOUNDED = "state_founded"
    SPECIAL_TERRITORY = "special_territory"
    SPORTS_FEDERATION = "sports_federation"
    PRIVATE = "private"
    UNKNOWN = "unknown"


class CompetencyLevel(StrEnum):
    BLOCK = "block"
    COMPETENCY = "competency"
    COMPONENT = "component"


class AppliesTo(StrEnum):
    TEACHER = "teacher"
    MANAGER = "manager"
    BOTH = "both"


class LinkStrength(StrEnum):
    MAIN = "main"
    PARTIAL = "partial"


class LinkOrigin(StrEnum):
    EXPERT = "expert"
    TEXT = "text"
    MEASURED = "measured"


class LinkState(StrEnum):
    PROPOSED = "proposed"
    CONFIRMED = "confirmed"
    REJECTED = "rejected"


ESTIMATED_HOURS = {
    (OfferingKind.PROGRAM, ProgramType.UPSKILLING): 36,
    (OfferingKind.PROGRAM, ProgramType.RETRAINING): 250,
    (OfferingKind.INTERNSHIP, None): 16,
    (OfferingKind.MENTORING, None): 16,
    (OfferingKind.EVENT, None): 4,
    (OfferingKind.RESOURCE, None): 2,
    (OfferingKind.SELF_STUDY, None): 8,
}
"""Academic hours assumed when the source names none (design, section 10); resource and self-study figures are ours."""
