"""Planning people one after another in one process: results to estimates, needs, the best route."""

import time
from collections.abc import Callable
from datetime import date
from random import Random
from statistics import median

from iom.catalog.files import read_framework
from iom.catalog.kinds import CompetencyLevel
from iom.cli.bench.figures import Figure, Row, Table, Unit
from iom.cli.bench.load import quantile
from iom.cli.bench.timing import processor_ms
from iom.core.config import ROOT
from iom.documents.plan.people import Measured, PersonInput, PlanSettings, make_desk, plan_person

PEOPLE = 40
STEPS = PEOPLE
REGION = 20_000  # teachers
BAR_MINUTES = 20  # on two processors
PROCESSORS = 2
RESULTS_EACH = (6, 12)
HOURS = 72
TODAY = date(2026, 11, 24)
SETTINGS = PlanSettings(HOURS, date(2026, 12, 1), date(2027, 5, 31), TODAY)


def measure_planning(advance: Callable[[int], object]) -> Table:
    """Return routes a second of one processor, and what a region of 20,000 would take on two."""
    catalog = ROOT / "catalog"
    desk = make_desk(catalog)
    competencies = [
        node.code for node in read_framework(catalog) if node.level is CompetencyLevel.COMPETENCY and node.applies_to != "manager"
    ]
    people = [made_person(number, competencies) for number in range(PEOPLE + 1)]
    plan_person(people[0], desk, SETTINGS)
    started, started_cpu = time.perf_counter(), time.process_time()
    spent = processor_ms(lambda person: plan_person(person, desk, SETTINGS), people[1:], advance)
    wall, cpu = time.perf_counter() - started, time.process_time() - started_cpu
    figures = (
        Figure("median", median(spent), Unit.MILLISECONDS),
        Figure("p95", quantile(spent, 0.95), Unit.MILLISECONDS),
        Figure("routes", PEOPLE / cpu, Unit.PER_SECOND),
        Figure("routes_wall", PEOPLE / wall, Unit.PER_SECOND),
        Figure("region", REGION * cpu / PEOPLE / PROCESSORS / 60, Unit.MINUTES, BAR_MINUTES),
    )
    return Table("plan", (Row(str(PEOPLE), figures),))


def made_person(number: int, competencies: list[str]) -> PersonInput:
    """Return an invented teacher with measured results of 20 to 95 per cent."""
    rng = Random(number)  # noqa: S311 - invented results
    chosen = rng.sample(competencies, rng.randint(*RESULTS_EACH))
    results = tuple(Measured(code, float(rng.randint(20, 95)), 12, date(2026, 9, 15)) for code in chosen)
    return PersonInput(code=str(number), results=results)
