"""Takes over percentages measured elsewhere: one stored attempt for each day of an outside diagnostic, then a renewed profile."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from sqlalchemy.orm import Session

from iom import policy
from iom.catalog.kinds import CompetencyLevel
from iom.core import audit
from iom.core.actor import Actor
from iom.core.errors import Refused
from iom.diagnostics.imports import DEFAULT_TASKS
from iom.diagnostics.kinds import AttemptStage, AttemptStatus, DiagnosticMethod, ResultSource
from iom.diagnostics.models import DiagnosticAttempt
from iom.policy import Action, Target
from iom.profiles import evidence_queries as queries
from iom.profiles import finishing
from iom.profiles.estimates import DEFAULT_CONFIG
from iom.profiles.evidence import competency_of
from iom.profiles.facts import ImportFact, know
from iom.profiles.reasons import ProfileRefusal
from iom.profiles.renewal import renew

LONGEST_SOURCE = 200
MOST_TASKS = 1000
MIDDAY = time(9)  # UTC: the same calendar day from Kaliningrad (+2) to Kamchatka (+12)
EASTERNMOST = timedelta(hours=12)  # a day that has begun there may be named


@dataclass(frozen=True, slots=True)
class ImportedRow:
    """One measured percentage of one person on one competency or a component of it; `n_tasks` None when the source is silent.

    Ratings that came from elsewhere do not belong here: they would pass for tasks.
    """

    competency_code: str
    percent: float
    measured_on: date
    n_tasks: int | None = None


@dataclass(frozen=True, slots=True)
class Imported:
    """What an import did: attempts made, attempts replaced by corrected values, days that were there already."""

    new: int = 0
    corrected: int = 0
    same: int = 0


@dataclass(frozen=True, slots=True)
class Pooled:
    """All tasks of one source and day on one competency: a share of right ones and their number."""

    percent: float
    n_tasks: int


def import_results(
    session: Session, actor: Actor | None, employee_id: int, source_name: str, rows: Sequence[ImportedRow], now: datetime
) -> Imported:
    """Take over the results of one person from one outside diagnostic; the same rows again change nothing.

    Parameters
    ----------
    actor : None for a command of the installation's operator
    source_name : what the outside diagnostic is called; a later day of the same name is its repeat
    now : the moment of the import; results of days ahead of it are refused

    Raises
    ------
    NotFound, Forbidden : the person is out of the actor's reach
    Refused : no source, an unknown competency, an impossible percentage, number of tasks or day (`row` counts from 1)
    """
    target = policy.target_of(session, employee_id)
    if actor is not None:
        policy.require(actor, Action.RESULTS_IMPORT, target)
    source = source_name.strip()
    if not 0 < len(source) <= LONGEST_SOURCE:
        raise Refused(reason=ProfileRefusal.NO_SOURCE)
    nodes = queries.nodes_by_code(session, {code for row in rows for code in (row.competency_code, competency_of(row.competency_code))})
    for number, row in enumerate(rows, start=1):
        _check(row, number, nodes, now)
    queries.lock_employee(session, employee_id)
    stored = queries.imported_attempts(session, employee_id, source)
    done = {"new": 0, "corrected": 0, "same": 0}
    for day, pooled in sorted(_by_day(rows).items()):
        done[_take_day(session, target, source, day, pooled, stored, now)] += 1
    if done["new"] or done["corrected"]:
        renew(session, employee_id, now)
        _record(session, actor, target, len(rows), source)
    return Imported(**done)


def _check(row: ImportedRow, number: int, nodes: Mapping[str, queries.Node], now: datetime) -> None:
    reason = None
    node = nodes.get(row.competency_code)
    if node is None or node.level is CompetencyLevel.BLOCK or competency_of(row.competency_code) not in nodes:
        reason = ProfileRefusal.UNKNOWN_COMPETENCY
    elif not 0 <= row.percent <= 100:
        reason = ProfileRefusal.BAD_PERCENT
    elif row.n_tasks is not None and not 1 <= row.n_tasks <= MOST_TASKS:
        reason = ProfileRefusal.BAD_TASKS
    elif row.measured_on > (now + EASTERNMOST).date():
        reason = ProfileRefusal.DATE_AHEAD
    if reason is not None:
        raise Refused(reason=reason, row=number, competency=row.competency_code)


def _by_day(rows: Iterable[ImportedRow]) -> dict[date, dict[str, Pooled]]:
    """Return the results by day and competency, the tasks of several rows of one competency put together.

    Put together they say exactly what they say apart: the likelihood of a percentage hangs on the numbers right and wrong only.
    """
    sums: dict[date, dict[str, tuple[float, int]]] = defaultdict(dict)
    for row in rows:
        code, n = competency_of(row.competency_code), row.n_tasks or DEFAULT_TASKS
        right, total = sums[row.measured_on].get(code, (0.0, 0))
        sums[row.measured_on][code] = (right + n * row.percent, total + n)
    return {day: {code: Pooled(right / total, total) for code, (right, total) in by_code.items()} for day, by_code in sums.items()}


def _take_day(
    session: Session,
    target: Target,
    source: str,
    day: date,
    pooled: Mapping[str, Pooled],
    stored: dict[date, queries.StoredImport],
    now: datetime,
) -> str:
    old = stored.get(day)
    if old is not None and old.values == {code: (one.percent, one.n_tasks) for code, one in pooled.items()}:
        return "same"
    if old is not None:
        old.attempt.status = AttemptStatus.ANNULLED
    moment = datetime.combine(day, MIDDAY, UTC)
    attempt = DiagnosticAttempt(
        region_id=target.region_id,
        employee_id=target.employee_id,
        method=DiagnosticMethod.EXTERNAL,
        stage=AttemptStage.REPEAT if any(earlier < day for earlier in stored) else AttemptStage.ENTRY,
        source=ResultSource.IMPORTED,
        source_name=source,
        status=AttemptStatus.SCORED,
        started_at=moment,
        finished_at=moment,
        scored_at=now,
    )
    session.add(attempt)
    session.flush()  # its results need the key
    facts = [ImportFact(attempt.id, source, moment, code, one.percent, one.n_tasks) for code, one in pooled.items()]
    # Each result is scored as fresh: what it says of its own day. Its age counts only where it meets other evidence.
    known = know((), facts, {}, moment, DEFAULT_CONFIG)
    finishing.store_results(session, attempt.id, (entry.estimate for entry in known), {code: one.percent for code, one in pooled.items()})
    stored[day] = queries.StoredImport(attempt, {code: (one.percent, one.n_tasks) for code, one in pooled.items()})
    return "new" if old is None else "corrected"


def _record(session: Session, actor: Actor | None, target: Target, n_rows: int, source: str) -> None:
    audit.record(
        session,
        actor,
        Action.RESULTS_IMPORT,
        object_type="employee",
        object_id=target.employee_id,
        subject_id=target.person_id,
        reason=f"{n_rows} rows from {source}",
        region_id=target.region_id,
    )
