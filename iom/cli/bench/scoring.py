"""The profile of one person from everything on record: a whole self-diagnostic, tests, an import."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from random import Random
from statistics import median

from iom.catalog.files import read_framework
from iom.catalog.kinds import CompetencyLevel
from iom.cli.bench.figures import Figure, Row, Table, Unit
from iom.cli.bench.load import quantile
from iom.cli.bench.timing import processor_ms
from iom.core.config import ROOT
from iom.diagnostics.instruments import InstrumentRecord, read_instrument
from iom.diagnostics.items import expert_parameter
from iom.diagnostics.kinds import ItemType
from iom.profiles.facts import AnswerFact, ImportFact, know

PEOPLE = 50
STEPS = PEOPLE
BAR_MS = 20
NOW = datetime(2026, 11, 24, tzinfo=UTC)
TASKS_EACH = 6  # answers to a test of one competency
TESTED = 8  # competencies with a test
IMPORTED = 8
STATEMENT = expert_parameter(ItemType.SELF_STATEMENT, top=3)
TASK = expert_parameter(ItemType.SHORT_ANSWER)

Person = tuple[list[AnswerFact], list[ImportFact]]


def measure_scoring(advance: Callable[[int], object]) -> Table:
    """Return the processor time of one profile; reading and writing the database is not in it."""
    catalog = ROOT / "catalog"
    instrument = read_instrument(catalog / "instruments" / "self_diagnostic.json")
    competencies = [node.code for node in read_framework(catalog) if node.level is CompetencyLevel.COMPETENCY]
    people = [made_person(Random(seed), instrument, competencies) for seed in range(PEOPLE)]  # noqa: S311 - invented answers

    def profile(person: Person) -> None:
        know(*person, {}, NOW)

    profile(people[0])
    spent = processor_ms(profile, people, advance)
    figures = (Figure("median", median(spent), Unit.MILLISECONDS, BAR_MS), Figure("p95", quantile(spent, 0.95), Unit.MILLISECONDS))
    return Table("scoring", (Row(f"{len(people[0][0])} + {IMPORTED}", figures),))


def made_person(rng: Random, instrument: InstrumentRecord, competencies: list[str]) -> Person:
    """Return the answers and imports of an invented person: every statement rated, some competencies tested, some imported."""
    first, second = NOW - timedelta(days=90), NOW - timedelta(days=30)
    codes = set(competencies)
    ratings = [
        AnswerFact(1, "self", "self", first, item.competency, STATEMENT, rng.randint(0, 3), is_self=True)
        for item in instrument.items
        if item.competency in codes
    ]
    tasks = [
        AnswerFact(2, "test", "test", second, code, TASK, rng.randint(0, 1), is_self=False)
        for code in rng.sample(competencies, TESTED)
        for _ in range(TASKS_EACH)
    ]
    imports = [ImportFact(3, "import", second, code, float(rng.randint(5, 98)), 12) for code in rng.sample(competencies, IMPORTED)]
    return ratings + tasks, imports
