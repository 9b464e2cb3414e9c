"""Plans one person: results to estimates, estimates to needs, needs to the best route."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from iom.catalog.files import linkable_codes, read_framework, read_links, read_offerings, read_rules, read_subjects, read_thesaurus
from iom.catalog.files.providers import ownership_by_name
from iom.catalog.files.records import CompetencyRecord
from iom.catalog.kinds import CompetencyLevel
from iom.diagnostics.imports import ImportedResult
from iom.diagnostics.items import expert_parameter
from iom.diagnostics.kinds import ItemType
from iom.matching.coverage import TRUST_BEFORE_MODEL
from iom.matching.decided import trusted_pairs
from iom.matching.eligibility import Period, person_facts
from iom.matching.index import build_index
from iom.matching.links import propose_links
from iom.organizations.kinds import EmployeeCategory
from iom.profiles.estimates import CompetencyEstimate, build_profile
from iom.profiles.evidence import Answer
from iom.profiles.priority import Need, needs_of
from iom.routes.candidates import Conditions
from iom.routes.months import Step, spread
from iom.routes.offers import Choice, Library, make_library, select
from iom.routes.proposal import Proposal, propose

DAYS_A_MONTH = 30.44  # mean length, for the age of a result
STATEMENT = expert_parameter(ItemType.SELF_STATEMENT, top=3)
TIME_LIMIT = 10.0  # seconds for one person's route and its reasons


@dataclass(frozen=True, slots=True)
class Measured:
    """One result of the file: a competency, per cent, the number of tasks behind it, the day."""

    competency_code: str
    percent: float
    n_tasks: int | None
    measured_on: date | None
    is_self: bool = False  # a rating of the person's own: it claims a difficulty, it never shows a deficit


@dataclass(frozen=True, slots=True)
class PersonInput:
    """One person of the file; what it does not say is empty."""

    code: str
    name: str = ""
    school: str = ""
    municipality: str = ""
    position: str = ""
    subjects: tuple[str, ...] = ()
    category: EmployeeCategory = EmployeeCategory.TEACHER
    region: str = ""
    results: tuple[Measured, ...] = ()


@dataclass(frozen=True, slots=True)
class PlanSettings:
    """The same for everybody: hours, the period, the day of planning."""

    hours: int
    starts_on: date
    ends_on: date
    today: date


@dataclass(frozen=True)
class Desk:
    """The catalog and the framework made ready once."""

    library: Library
    competencies: Mapping[str, CompetencyRecord]
    parents: Mapping[str, str]  # component → its competency


@dataclass(frozen=True)
class PlannedPerson:
    """A person with the estimates, the needs, the route and the days of its items."""

    person: PersonInput
    estimates: tuple[CompetencyEstimate, ...]
    needs: tuple[Need, ...]
    proposal: Proposal
    choices: Mapping[str, Choice]
    days: Mapping[str, tuple[date, date]] = field(default_factory=dict)


def make_desk(catalog_dir: Path, trusted: Mapping[tuple[str, str], float] | None = None) -> Desk:
    """Return the catalog of a folder made ready; decided links stand over those that the text proposes.

    `trusted` are the decided links by (offering code, node code); without them the folder's own file is read.

    Raises
    ------
    CatalogFileError : a file of the catalog cannot be read
    """
    offerings, framework = read_offerings(catalog_dir), read_framework(catalog_dir)
    index = build_index(offerings, framework, read_thesaurus(catalog_dir))
    links = {(link.offering_code, link.competency_code): TRUST_BEFORE_MODEL for link in propose_links(index, framework, offerings)}
    if trusted is None:
        trusted = trusted_pairs(read_links(catalog_dir, {offering.code for offering in offerings}, linkable_codes(framework)))
    links |= trusted
    library = make_library(
        offerings,
        {pair: trust for pair, trust in links.items() if trust > 0},
        framework,
        read_subjects(catalog_dir),
        read_rules(catalog_dir),
        {offering.provider: ownership_by_name(offering.provider) for offering in offerings},
    )
    parents = {
        node.code: node.parent_code for node in framework if node.level is CompetencyLevel.COMPONENT and node.parent_code is not None
    }
    return Desk(library, {node.code: node for node in framework}, parents)


def plan_person(person: PersonInput, desk: Desk, settings: PlanSettings) -> PlannedPerson:
    """Return the best route for what the file says of a person."""
    imports = [
        ImportedResult(result.competency_code, result.percent, result.n_tasks, _months_old(result.measured_on, settings.today))
        for result in person.results
        if not result.is_self
    ]
    ratings = [_rating(result) for result in person.results if result.is_self]
    estimates = build_profile(ratings, imports, parents=desk.parents, references={})
    needs = needs_of(estimates)
    facts = person_facts(person.category, person.position, desk.library.subject_codes(person.subjects), person.region)
    period = Period(settings.starts_on, settings.ends_on)
    selection = select(desk.library, facts, period, [need.competency_code for need in needs])
    conditions = Conditions(hours_max=settings.hours, starts_on=settings.starts_on, ends_on=settings.ends_on)
    proposal = propose(needs, selection.candidates, conditions, TIME_LIMIT)
    return PlannedPerson(person, tuple(estimates), tuple(needs), proposal, selection.choices, _days(proposal, selection.choices, settings))


def _rating(result: Measured) -> Answer:
    """Return a self-rating in per cent as the nearest answer to one statement of four steps."""
    return Answer(result.competency_code, STATEMENT, round(result.percent / 100 * STATEMENT.top), is_self=True)


def _months_old(measured_on: date | None, today: date) -> float:
    return max(0.0, (today - measured_on).days / DAYS_A_MONTH) if measured_on else 0.0


def _days(proposal: Proposal, choices: Mapping[str, Choice], settings: PlanSettings) -> dict[str, tuple[date, date]]:
    steps = []
    for item in proposal.items:
        run = choices[str(item.id)].run
        steps.append(Step(item.id, item.hours, run.starts_on if run else None, (run.ends_on or run.starts_on) if run else None))
    return {str(item_id): days for item_id, days in spread(steps, settings.starts_on, settings.ends_on).items()}


def plan_chunk(people: Sequence[PersonInput], desk: Desk, settings: PlanSettings) -> list[PlannedPerson]:
    """Return the plans of several people in order."""
    return [plan_person(person, desk, settings) for person in people]
