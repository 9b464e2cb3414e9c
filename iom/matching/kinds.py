"""Closed lists of matching: whom an offering addresses, at which stage, and why it does not suit a person."""

from enum import StrEnum


class AudienceGroup(StrEnum):
    TEACHER = "teacher"
    MANAGER = "manager"
    SPECIALIST = "specialist"  # psychologist, speech therapist, librarian, methodist and others beside lessons
    OUTSIDER = "outsider"  # students of pedagogical universities and others who do not work at school yet


class Stage(StrEnum):
    PRESCHOOL = "preschool"
    SCHOOL = "school"
    VOCATIONAL = "vocational"
    SUPPLEMENTARY = "supplementary"


class Obstacle(StrEnum):
    """Why a person cannot take an offering; apart from the score, because a good text does not open a closed door."""

    AUDIENCE_MANAGER_ONLY = "audience_manager_only"
    AUDIENCE_TEACHER_ONLY = "audience_teacher_only"
    AUDIENCE_SPECIALIST_ONLY = "audience_specialist_only"
    AUDIENCE_OUTSIDER_ONLY = "audience_outsider_only"
    SUBJECT_OTHER = "subject_other"
    STAGE_OTHER = "stage_other"
    REGION_OTHER_ONSITE = "region_other_onsite"
    EVENT_PAST = "event_past"
    NO_RUN_IN_PERIOD = "no_run_in_period"  # runs are announced, none of them fits
    NO_SEATS = "no_seats"
    PROVIDER_PRIVATE = "provider_private_after_2025_09"
    RETRAINING_NOT_ASKED = "retraining_not_asked"


class Note(StrEnum):
    """What a person should know although it does not stand in the way."""

    NO_RUN_DATES = "no_run_dates"  # the source names no dates at all
    NEW_RUN_NOT_ANNOUNCED = "new_run_not_announced"  # all known runs are over
    HOURS_ESTIMATED = "hours_estimated"
    FORM_UNKNOWN = "form_unknown"
    REGION_OTHER_FORM_UNKNOWN = "region_other_form_unknown"
