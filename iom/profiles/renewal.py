"""Makes a person's profile anew from all evidence in force and brings the needs on record in line with it."""

from collections.abc import Iterable, Mapping
from datetime import datetime

from sqlalchemy.orm import Session

from iom.profiles import evidence_queries as queries
from iom.profiles.change import compare
from iom.profiles.estimates import DEFAULT_CONFIG, ProfileConfig
from iom.profiles.facts import Known, know
from iom.profiles.kinds import Basis, DeficitOrigin, DeficitStatus
from iom.profiles.models import Deficit, ProfileEntry
from iom.profiles.reconcile import Closing, Opening, Renewal, Step, reconcile
from iom.profiles.stored import columns_of, estimate_of, ground_as_json


def renew(session: Session, employee_id: int, now: datetime, config: ProfileConfig = DEFAULT_CONFIG) -> None:
    """Renew profile and needs of one person; called once after each new result, in the transaction that brings it."""
    employee = queries.lock_employee(session, employee_id)
    answers = queries.answers_of(session, employee_id)
    tested = {fact.competency for fact in answers if not fact.is_self}
    known = know(answers, queries.imports_of(session, employee_id), queries.references_of(session, tested), now, config)
    opened = queries.open_needs_of(session, employee_id)
    codes = {entry.estimate.competency_code for entry in known} | {need.competency for need in opened}
    nodes = queries.nodes_by_code(session, codes)
    _keep(session, employee.region_id, employee_id, known, nodes, now)
    steps = reconcile(
        known,
        opened,
        weights={code: node.weight for code, node in nodes.items()},
        growth=growth(queries.results_of(session, employee_id), config),
        dropped_at=queries.dropped_at(session, employee_id),
        now=now,
        rule=config.verdict,
    )
    grounds = {entry.estimate.competency_code: entry.grounds[0].attempt_id for entry in known}
    _apply(session, employee.region_id, employee_id, steps, nodes, grounds)


def growth(results: Iterable[queries.ResultFact], config: ProfileConfig = DEFAULT_CONFIG) -> dict[str, float]:
    """Return for each competency the probability of growth between its two newest objective results of one source.

    Of several sources that repeated a competency the one measured last speaks. Results scored with two versions are not compared.
    """
    rows = [fact for fact in results if fact.result.basis is not Basis.SELF]
    pairs: dict[tuple[str, str], list[queries.ResultFact]] = {}
    for fact in rows:
        pairs.setdefault((fact.competency, fact.source), []).append(fact)
    found: dict[str, tuple[datetime, float]] = {}
    for (competency, _), facts in pairs.items():
        if len(facts) < 2 or facts[-2].result.model_version != facts[-1].result.model_version:
            continue
        first, second = (estimate_of(fact.result, competency, config) for fact in facts[-2:])
        moment = facts[-1].at
        if competency not in found or moment > found[competency][0]:
            found[competency] = (moment, compare(first, second, config.verdict).p_up)
    return {competency: p_up for competency, (_, p_up) in found.items()}


def _keep(
    session: Session, region_id: int, employee_id: int, known: Iterable[Known], nodes: Mapping[str, queries.Node], now: datetime
) -> None:
    kept = queries.entries_of(session, employee_id)
    for entry in known:
        node = nodes[entry.estimate.competency_code]
        row = kept.pop(node.id, None)
        if row is None:
            row = ProfileEntry(region_id=region_id, employee_id=employee_id, competency_id=node.id)
            session.add(row)
        values = columns_of(entry.estimate)
        for name, value in values.items():
            setattr(row, name, value)
        row.rests_on = [ground_as_json(ground) for ground in entry.grounds]
        row.measured_at, row.computed_at = entry.measured_at, now
    for row in kept.values():
        session.delete(row)


def _apply(
    session: Session,
    region_id: int,
    employee_id: int,
    steps: Iterable[Step],
    nodes: Mapping[str, queries.Node],
    grounds: Mapping[str, int],
) -> None:
    rows = queries.open_deficits(session, employee_id)
    for step in steps:
        if isinstance(step, Opening):
            code = step.need.competency_code
            session.add(
                Deficit(
                    region_id=region_id,
                    employee_id=employee_id,
                    competency_id=nodes[code].id,
                    kind=step.need.kind,
                    origin=DeficitOrigin.ATTEMPT,
                    attempt_id=grounds[code],
                    severity=step.need.severity,
                    priority=step.need.priority,
                    status=DeficitStatus.OPEN,
                    opened_at=step.at,
                )
            )
        elif isinstance(step, Renewal):
            row = rows[step.deficit_id]
            row.kind, row.severity, row.priority = step.need.kind, step.need.severity, step.need.priority
            if step.found_at is not None:
                row.origin, row.attempt_id, row.opened_at = DeficitOrigin.ATTEMPT, grounds[step.need.competency_code], step.found_at
        elif isinstance(step, Closing):
            row = rows[step.deficit_id]
            row.status, row.outcome, row.closed_at = DeficitStatus.CLOSED, step.outcome, step.at
