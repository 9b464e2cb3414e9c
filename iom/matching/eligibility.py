"""Whether a person can take an offering in a period: rules with reasons, apart from the score."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from iom.catalog.files.periods import last_possible_day
from iom.catalog.files.records import OfferingRecord, RuleRecord, RunRecord
from iom.catalog.kinds import DeliveryForm, HoursBasis, OfferingKind, Ownership, ProgramType
from iom.matching.audience import groups_in, stages_in, stages_of
from iom.matching.kinds import AudienceGroup, Note, Obstacle, Stage
from iom.matching.regions import is_same_region
from iom.matching.subjects import SubjectFinder
from iom.organizations.kinds import EmployeeCategory

PRIVATE_RULE = "private_provider_barred"  # its code in the file of rules
DATED_KINDS = frozenset((OfferingKind.PROGRAM, OfferingKind.INTERNSHIP, OfferingKind.EVENT))  # the rest begins by agreement


@dataclass(frozen=True, slots=True)
class OfferingFacts:
    """What the rules need of an offering, read once and asked for every person."""

    kind: OfferingKind
    program_type: ProgramType | None
    groups: frozenset[AudienceGroup]
    stages: frozenset[Stage]
    subjects: frozenset[str]
    region: str
    delivery_form: DeliveryForm
    ownership: Ownership
    runs: tuple[RunRecord, ...]
    last_day: date | None  # of a vague period: June 2022 ends on its thirtieth; None when it names no year
    hours_basis: HoursBasis


@dataclass(frozen=True, slots=True)
class PersonFacts:
    """What the rules need of a person; an empty value means that it is not known, and then its rule is silent."""

    category: EmployeeCategory = EmployeeCategory.TEACHER
    subjects: frozenset[str] = frozenset()
    stages: frozenset[Stage] = frozenset()
    region: str = ""
    is_specialist: bool = False  # psychologist, speech therapist, librarian, methodist, adviser
    wants_retraining: bool = False


@dataclass(frozen=True, slots=True)
class Period:
    """The days of a route, both included."""

    starts_on: date
    ends_on: date


@dataclass(frozen=True, slots=True)
class Eligibility:
    """The answer for one person and one offering; `runs` are those that fit the period, none for an offering without dates."""

    obstacles: tuple[Obstacle, ...]
    notes: tuple[Note, ...]
    runs: tuple[RunRecord, ...]

    @property
    def is_eligible(self) -> bool:
        return not self.obstacles


def offering_facts(offering: OfferingRecord, finder: SubjectFinder, ownership: Ownership = Ownership.UNKNOWN) -> OfferingFacts:
    """Read an offering's audience, stages, subjects and dates for the rules."""
    return OfferingFacts(
        kind=offering.kind,
        program_type=offering.program_type,
        groups=groups_in(offering.audience),
        stages=stages_of(offering),
        subjects=finder.subjects_of(offering),
        region=offering.region,
        delivery_form=offering.delivery_form,
        ownership=ownership,
        runs=offering.runs,
        last_day=last_possible_day(offering.date_text),
        hours_basis=offering.hours_basis,
    )


def person_facts(
    category: EmployeeCategory, position: str, subjects: Iterable[str] = (), region: str = "", wants_retraining: bool = False
) -> PersonFacts:
    """Facts of a person whose stage and speciality follow from the name of the post; a post that tells nothing leaves them open."""
    return PersonFacts(
        category=category,
        subjects=frozenset(subjects),
        stages=stages_in(position),
        region=region,
        is_specialist=AudienceGroup.SPECIALIST in groups_in(position),
        wants_retraining=wants_retraining,
    )


def private_barred_from(rules: Iterable[RuleRecord]) -> date | None:
    """The day from which private providers may not train school teachers; None when no such rule is in the file."""
    return next((rule.in_force_from for rule in rules if rule.code == PRIVATE_RULE), None)


def check(
    offering: OfferingFacts, person: PersonFacts, period: Period, finder: SubjectFinder, barred_from: date | None = None
) -> Eligibility:
    """Everything that stands in the way of a person taking an offering in a period, and what they should know.

    Parameters
    ----------
    offering, person : facts; what is unknown never becomes an obstacle
    period : days of the route
    finder : the directory of subjects, for narrower and wider ones
    barred_from : from `private_barred_from`

    Returns
    -------
    Eligibility; obstacles and notes in the order of their lists
    """
    runs = fitting_runs(offering.runs, period)
    rules: tuple[tuple[bool, Obstacle], ...] = (
        (_is_for_managers_only(offering, person), Obstacle.AUDIENCE_MANAGER_ONLY),
        (_is_for_teachers_only(offering, person), Obstacle.AUDIENCE_TEACHER_ONLY),
        (_is_for_specialists_only(offering, person), Obstacle.AUDIENCE_SPECIALIST_ONLY),
        (offering.groups == {AudienceGroup.OUTSIDER}, Obstacle.AUDIENCE_OUTSIDER_ONLY),
        (_is_other_subject(offering, person, finder), Obstacle.SUBJECT_OTHER),
        (bool(offering.stages and person.stages and not offering.stages & person.stages), Obstacle.STAGE_OTHER),
        (_is_elsewhere(offering, person, DeliveryForm.ONSITE), Obstacle.REGION_OTHER_ONSITE),
        (_is_past_event(offering, period), Obstacle.EVENT_PAST),
        (_is_missed(offering, runs, period), Obstacle.NO_RUN_IN_PERIOD),
        (bool(runs) and all(run.seats == 0 for run in runs), Obstacle.NO_SEATS),
        (_is_barred_provider(offering, person, period, barred_from), Obstacle.PROVIDER_PRIVATE),
        (offering.program_type is ProgramType.RETRAINING and not person.wants_retraining, Obstacle.RETRAINING_NOT_ASKED),
    )
    return Eligibility(
        obstacles=tuple(obstacle for holds, obstacle in rules if holds),
        notes=_notes(offering, person, period),
        runs=tuple(run for run in runs if run.seats != 0),
    )


def fitting_runs(runs: Iterable[RunRecord], period: Period) -> tuple[RunRecord, ...]:
    """Runs that begin and end within a period; a run without a known end is taken by its start."""
    return tuple(run for run in runs if period.starts_on <= run.starts_on and (run.ends_on or run.starts_on) <= period.ends_on)


def _notes(offering: OfferingFacts, person: PersonFacts, period: Period) -> tuple[Note, ...]:
    is_dated = offering.kind in DATED_KINDS
    rules = (
        (is_dated and not offering.runs, Note.NO_RUN_DATES),
        (_has_only_past_runs(offering, period), Note.NEW_RUN_NOT_ANNOUNCED),
        (offering.hours_basis is HoursBasis.ESTIMATED, Note.HOURS_ESTIMATED),
        (is_dated and offering.delivery_form is DeliveryForm.UNKNOWN, Note.FORM_UNKNOWN),
        (_is_elsewhere(offering, person, DeliveryForm.UNKNOWN), Note.REGION_OTHER_FORM_UNKNOWN),
    )
    return tuple(note for holds, note in rules if holds)


def _is_for_managers_only(offering: OfferingFacts, person: PersonFacts) -> bool:
    is_teacher = person.category is EmployeeCategory.TEACHER
    return is_teacher and AudienceGroup.MANAGER in offering.groups and not offering.groups & _groups_of(person)


def _is_for_teachers_only(offering: OfferingFacts, person: PersonFacts) -> bool:
    is_manager = person.category is EmployeeCategory.MANAGER
    return is_manager and AudienceGroup.TEACHER in offering.groups and not offering.groups & _groups_of(person)


def _is_for_specialists_only(offering: OfferingFacts, person: PersonFacts) -> bool:
    return not person.is_specialist and offering.groups - {AudienceGroup.OUTSIDER} == {AudienceGroup.SPECIALIST}


def _groups_of(person: PersonFacts) -> frozenset[AudienceGroup]:
    own = AudienceGroup.TEACHER if person.category is EmployeeCategory.TEACHER else AudienceGroup.MANAGER
    return frozenset((own, AudienceGroup.SPECIALIST)) if person.is_specialist else frozenset((own,))


def _is_other_subject(offering: OfferingFacts, person: PersonFacts, finder: SubjectFinder) -> bool:
    return bool(offering.subjects and person.subjects) and not finder.is_shared(person.subjects, offering.subjects)


def _is_elsewhere(offering: OfferingFacts, person: PersonFacts, form: DeliveryForm) -> bool:
    return offering.delivery_form is form and is_same_region(person.region, offering.region) is False


def _is_past_event(offering: OfferingFacts, period: Period) -> bool:
    if offering.kind is not OfferingKind.EVENT:
        return False
    last_days = [run.ends_on or run.starts_on for run in offering.runs]
    latest = max(last_days) if last_days else offering.last_day
    return latest is not None and latest < period.starts_on


def _is_missed(offering: OfferingFacts, runs: tuple[RunRecord, ...], period: Period) -> bool:
    """Whether runs are announced for the period or after it and none of them fits; a run already begun announces nothing."""
    return not runs and any(run.starts_on >= period.starts_on for run in offering.runs)


def _has_only_past_runs(offering: OfferingFacts, period: Period) -> bool:
    is_repeated = offering.kind is not OfferingKind.EVENT  # an event that is over is an obstacle, a programme comes again
    return is_repeated and bool(offering.runs) and all(run.starts_on < period.starts_on for run in offering.runs)


def _is_barred_provider(offering: OfferingFacts, person: PersonFacts, period: Period, barred_from: date | None) -> bool:
    if barred_from is None or offering.kind is not OfferingKind.PROGRAM or offering.ownership is not Ownership.PRIVATE:
        return False
    works_at_school = not person.stages or Stage.SCHOOL in person.stages
    return works_at_school and period.starts_on >= barred_from
