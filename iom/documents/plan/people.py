"""Plans one person: results to estimates, estimates to needs, needs to the best route."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from iom.catalog.files import linkable_codes, read_framework, read_links, read_offerings, read_rules, read_subjects, read_thesaurus
from iom.catalog.files.providers import ownership_by_name
from iom.catalog.files.records import CompetencyRecord
from iom.catalog.kinds import CompetencyLevel
from iom.core.config import ROOT
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
from iom.profiles.results_file import ScoreSource
from iom.routes.candidates import Candidate, Conditions
from iom.routes.months import Step, spread
from iom.routes.offers import Choice, Library, make_library, select
from iom.routes.optimiser import OutOfTimeError, Status
from iom.routes.proposal import Proposal, UncoveredNeed, propose
from iom.routes.reasons import UncoveredReason

OWN_CATALOG = ROOT / "catalog"
DAYS_A_MONTH = 30.44  # mean length, for the age of a result
STATEMENT = expert_parameter(ItemType.SELF_STATEMENT, top=3)
TIME_LIMIT = 10.0  # seconds for one person's route and its reasons
PATIENT_LIMIT = 60.0  # seconds for the second try, after a machine that stood still


@dataclass(frozen=True, slots=True)
class Measured:
    """One result of the file: a competency, per cent, the number of tasks behind it, the day."""

    competency_code: str
    percent: float
    n_tasks: int | None
    measured_on: date | None
    source: ScoreSource = ScoreSource.MEASURED

    @property
    def is_self(self) -> bool:
        """A rating of the person's own: it claims a difficulty, it never shows a deficit."""
        return self.source is ScoreSource.SELF


@dataclass(frozen=True, slots=True)
class PersonInput:
    """One person of the file; what it does not say is empty. Without codes in the file `code` is the person's number in it."""

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
    """A person with the estimates, the needs, the route and the days of its items.

    `choices` say what the ids of the proposal stand for.
    """

    person: PersonInput
    estimates: tuple[CompetencyEstimate, ...]
    needs: tuple[Need, ...]
    proposal: Proposal
    choices: Mapping[str, Choice]
    days: Mapping[str, tuple[date, date]] = field(default_factory=dict)
    is_solved: bool = True  # False when the time went by before anything was found


def catalog_folder(folder: Path, name: str) -> Path:
    """Return where a file of the catalog lies: what the folder lacks beside offerings is taken from the product's own."""
    return folder if (folder / name).exists() else OWN_CATALOG


def make_desk(catalog_dir: Path, trusted: Mapping[tuple[str, str], float] | None = None) -> Desk:
    """Return the catalog of a folder made ready; decided links stand over those that the text proposes.

    `trusted` are the decided links by (offering code, node code); without them the folder's own file is read.

    Raises
    ------
    CatalogFileError : a file of the catalog cannot be read
    """
    offerings, framework = read_offerings(catalog_dir), read_framework(catalog_folder(catalog_dir, "framework.csv"))
    index = build_index(offerings, framework, read_thesaurus(catalog_folder(catalog_dir, "thesaurus.txt")))
    links = {(link.offering_code, link.competency_code): TRUST_BEFORE_MODEL for link in propose_links(index, framework, offerings)}
    if trusted is None:
        trusted = trusted_pairs(read_links(catalog_dir, {offering.code for offering in offerings}, linkable_codes(framework)))
    links |= trusted
    library = make_library(
        offerings,
        {pair: trust for pair, trust in links.items() if trust > 0},
        framework,
        read_subjects(catalog_folder(catalog_dir, "subjects.csv")),
        read_rules(catalog_folder(catalog_dir, "rules.csv")),
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
    found = _best(needs, selection.candidates, conditions)
    proposal = found or _nothing_found(needs)
    choices = _named(proposal, selection.choices)
    days = _days(proposal, choices, settings)
    return PlannedPerson(person, tuple(estimates), tuple(needs), proposal, choices, days, is_solved=found is not None)


def _best(needs: Sequence[Need], candidates: Sequence[Candidate], conditions: Conditions) -> Proposal | None:
    """Return the best route, or None if time went by twice: one person's bad luck must not cost the others their routes."""
    for limit in (TIME_LIMIT, PATIENT_LIMIT):
        try:
            return propose(needs, candidates, conditions, limit)
        except OutOfTimeError:
            continue
    return None


def _nothing_found(needs: Sequence[Need]) -> Proposal:
    unchecked = tuple(UncoveredNeed(need.competency_code, 0, (), UncoveredReason.NOT_CHECKED) for need in needs)
    return Proposal((), (), unchecked, 0, 0, 0, 0.0, None, None, None, Status.FEASIBLE)


def _named(proposal: Proposal, choices: Mapping[str, Choice]) -> dict[str, Choice]:
    """Return the choices that the proposal speaks of: hundreds of others would only burden the way back from the other process."""
    named = {str(item_id) for need in proposal.uncovered for item_id in need.candidates} | {str(item_id) for item_id in proposal.selected}
    return {item_id: choice for item_id, choice in choices.items() if item_id in named}


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
