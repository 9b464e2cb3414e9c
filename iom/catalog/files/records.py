"""The rows of the catalog files as values: offerings with their runs, competencies, subjects, dated rules."""

from dataclasses import dataclass
from datetime import date

from iom.catalog.kinds import (
    ESTIMATED_HOURS,
    AppliesTo,
    CompetencyLevel,
    DeliveryForm,
    Funding,
    HoursBasis,
    OfferingKind,
    ProgramType,
    Registry,
)


@dataclass(frozen=True, slots=True)
class RunRecord:
    """One intake of an offering with exact dates, both days included; `ends_on` is None when the source names only the start."""

    starts_on: date
    ends_on: date | None = None
    seats: int | None = None


@dataclass(frozen=True, slots=True)
class OfferingRecord:
    """One thing a person can take part in, as the catalog files tell it; an empty string means that the source is silent."""

    code: str
    kind: OfferingKind
    title: str
    program_type: ProgramType | None = None
    annotation: str = ""
    audience: str = ""
    subject: str = ""
    provider: str = ""
    region: str = ""
    municipality: str = ""
    hours: tuple[int, ...] = ()  # academic hours, ascending; several when the source names several volumes
    hours_basis: HoursBasis = HoursBasis.ESTIMATED
    delivery_form: DeliveryForm = DeliveryForm.UNKNOWN
    funding: Funding = Funding.UNKNOWN
    price: int | None = None  # roubles for the smallest volume
    registry: Registry = Registry.NONE
    registry_number: str = ""
    runs: tuple[RunRecord, ...] = ()  # by start day
    date_text: str = ""  # the period in words when it is not an exact date
    subtype: str = ""  # the source's own word: webinar, contest, form of mentoring
    format_text: str = ""  # what the source says of the format beyond the form
    result_document: str = ""
    source_url: str = ""
    source_year: int | None = None

    @property
    def planning_hours(self) -> int:
        """Academic hours to plan with: the known volume, the smallest of several, or the estimate for the kind."""
        return self.hours[0] if self.hours else ESTIMATED_HOURS[(self.kind, self.program_type)]


@dataclass(frozen=True, slots=True)
class CompetencyRecord:
    """One node of the competency framework; `position` is its place in the file, from 1."""

    code: str
    parent_code: str | None
    level: CompetencyLevel
    title: str
    description: str
    applies_to: AppliesTo
    subject: str
    source: str
    position: int


@dataclass(frozen=True, slots=True)
class SubjectRecord:
    """A school subject or another area of work with the words by which it is recognised in a text."""

    code: str
    title: str
    aliases: tuple[str, ...]
    is_school_subject: bool
    part_of: str = ""  # code of the wider subject: English is part of foreign language


@dataclass(frozen=True, slots=True)
class RuleRecord:
    """A rule of law that changes matching, with the day it came into force and its source."""

    code: str
    in_force_from: date
    source: str
