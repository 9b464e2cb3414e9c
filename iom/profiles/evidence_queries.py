"""Reads everything on record that a profile is made of; for renewing a profile, not for a page."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, case, func, select
from sqlalchemy.orm import Session, aliased

from iom.catalog.kinds import CompetencyLevel
from iom.catalog.models import Competency
from iom.diagnostics.items import ItemParameter
from iom.diagnostics.kinds import AttemptStatus, InstrumentStatus, ItemStatus, ItemType, ResultSource
from iom.diagnostics.models import AttemptAnswer, CompetencyResult, Diagnostic, DiagnosticAttempt, DiagnosticItem
from iom.diagnostics.parameters import item_parameter
from iom.organizations.models import Employee
from iom.profiles.facts import AnswerFact, ImportFact
from iom.profiles.kinds import DeficitStatus
from iom.profiles.models import Deficit, ProfileEntry
from iom.profiles.reconcile import OpenNeed


@dataclass(frozen=True, slots=True)
class Node:
    """A node of the map with what a need asks of it."""

    id: int
    code: str
    weight: float
    level: CompetencyLevel

    @property
    def is_competency(self) -> bool:
        return self.level is CompetencyLevel.COMPETENCY


@dataclass(frozen=True, slots=True)
class ResultFact:
    """One stored result of one attempt; `source` names the instrument or the outside diagnostic."""

    result: CompetencyResult
    competency: str
    source: str
    at: datetime


@dataclass(frozen=True, slots=True)
class StoredImport:
    """An import on record: its attempt and (per cent, tasks) by competency."""

    attempt: DiagnosticAttempt
    values: dict[str, tuple[float, int]]


def lock_employee(session: Session, employee_id: int) -> Employee:
    """Return the employee and keep others from renewing the same profile until the transaction ends."""
    return session.scalars(select(Employee).where(Employee.id == employee_id).with_for_update()).one()


def _parent() -> tuple[Any, ColumnElement[int], ColumnElement[str]]:
    """Return an alias for the node above, and the id and code of the competency that an item or result falls to."""
    above = aliased(Competency)
    is_component = Competency.level == CompetencyLevel.COMPONENT
    return above, case((is_component, above.id), else_=Competency.id), case((is_component, above.code), else_=Competency.code)


def answers_of(session: Session, employee_id: int) -> list[AnswerFact]:
    """Return the answers of all scored attempts taken here, oldest attempt first."""
    above, _, code = _parent()
    rows = session.execute(
        select(
            DiagnosticAttempt.id,
            Diagnostic.code,
            Diagnostic.title,
            DiagnosticAttempt.finished_at,
            code,
            DiagnosticItem.item_type,
            DiagnosticItem.difficulty,
            DiagnosticItem.max_category,
            func.json_array_length(DiagnosticItem.options),
            AttemptAnswer.category,
            AttemptAnswer.is_not_applicable,
        )
        .select_from(AttemptAnswer)
        .join(DiagnosticAttempt, DiagnosticAttempt.id == AttemptAnswer.attempt_id)
        .join(Diagnostic, Diagnostic.id == DiagnosticAttempt.diagnostic_id)
        .join(DiagnosticItem, DiagnosticItem.id == AttemptAnswer.item_id)
        .join(Competency, Competency.id == DiagnosticItem.competency_id)
        .outerjoin(above, above.id == Competency.parent_id)
        .where(DiagnosticAttempt.employee_id == employee_id, DiagnosticAttempt.status == AttemptStatus.SCORED)
        .order_by(DiagnosticAttempt.finished_at, DiagnosticAttempt.id, DiagnosticItem.position)
    )
    return [_answer(row) for row in rows]


def _answer(row: Any) -> AnswerFact:
    attempt_id, source, title, at, competency, item_type, difficulty, top, n_options, category, is_not_applicable = row
    return AnswerFact(
        attempt_id=attempt_id,
        source=source,
        title=title,
        at=at,
        competency=competency,
        item=item_parameter(item_type, difficulty, top, n_options),
        category=category,
        is_self=item_type is ItemType.SELF_STATEMENT,
        is_not_applicable=is_not_applicable,
    )


def imports_of(session: Session, employee_id: int) -> list[ImportFact]:
    """Return the imported percentages of a person that stand, oldest first."""
    rows = session.execute(
        select(
            DiagnosticAttempt.id,
            DiagnosticAttempt.source_name,
            DiagnosticAttempt.finished_at,
            Competency.code,
            CompetencyResult.raw_percent,
            CompetencyResult.n_answers,
        )
        .join(CompetencyResult, CompetencyResult.attempt_id == DiagnosticAttempt.id)
        .join(Competency, Competency.id == CompetencyResult.competency_id)
        .where(
            DiagnosticAttempt.employee_id == employee_id,
            DiagnosticAttempt.source == ResultSource.IMPORTED,
            DiagnosticAttempt.status == AttemptStatus.SCORED,
        )
        .order_by(DiagnosticAttempt.finished_at, DiagnosticAttempt.id, Competency.position)
    )
    return [
        ImportFact(attempt_id, source, at, code, percent, n_tasks)
        for attempt_id, source, at, code, percent, n_tasks in rows
        if at is not None and percent is not None
    ]


def imported_attempts(session: Session, employee_id: int, source: str) -> dict[date, StoredImport]:
    """Return what stands of one outside diagnostic of a person, by the day it was taken."""
    rows = session.execute(
        select(DiagnosticAttempt, Competency.code, CompetencyResult.raw_percent, CompetencyResult.n_answers)
        .join(CompetencyResult, CompetencyResult.attempt_id == DiagnosticAttempt.id)
        .join(Competency, Competency.id == CompetencyResult.competency_id)
        .where(
            DiagnosticAttempt.employee_id == employee_id,
            DiagnosticAttempt.source == ResultSource.IMPORTED,
            DiagnosticAttempt.source_name == source,
            DiagnosticAttempt.status == AttemptStatus.SCORED,
        )
    )
    found: dict[date, StoredImport] = {}
    for attempt, code, percent, n_tasks in rows:
        entry = found.setdefault(attempt.started_at.date(), StoredImport(attempt, {}))
        entry.values[code] = (percent or 0.0, n_tasks)
    return found


def references_of(session: Session, codes: Collection[str]) -> dict[str, list[ItemParameter]]:
    """Return for each of the competencies its active objective items: what a level in per cent refers to."""
    if not codes:
        return {}
    above, _, code = _parent()
    rows = session.execute(
        select(
            code,
            DiagnosticItem.item_type,
            DiagnosticItem.difficulty,
            DiagnosticItem.max_category,
            func.json_array_length(DiagnosticItem.options),
        )
        .join(Diagnostic, Diagnostic.id == DiagnosticItem.diagnostic_id)
        .join(Competency, Competency.id == DiagnosticItem.competency_id)
        .outerjoin(above, above.id == Competency.parent_id)
        .where(
            Diagnostic.status == InstrumentStatus.ACTIVE,
            DiagnosticItem.status == ItemStatus.ACTIVE,
            DiagnosticItem.item_type != ItemType.SELF_STATEMENT,
            code.in_(list(codes)),
        )
        .order_by(DiagnosticItem.id)
    )
    found: dict[str, list[ItemParameter]] = {}
    for competency, item_type, difficulty, top, n_options in rows:
        found.setdefault(competency, []).append(item_parameter(item_type, difficulty, top, n_options))
    return found


def nodes_by_code(session: Session, codes: Collection[str]) -> dict[str, Node]:
    """Return nodes by code; of several framework versions the newest, which is the one results are kept on."""
    rows = session.execute(
        select(Competency.id, Competency.code, Competency.weight, Competency.level)
        .where(Competency.code.in_(list(codes)))
        .order_by(Competency.framework_id)
    )
    return {row.code: Node(*row) for row in rows}


def results_of(session: Session, employee_id: int) -> list[ResultFact]:
    """Return the stored results of all scored attempts of a person, oldest first."""
    source = func.coalesce(Diagnostic.code, DiagnosticAttempt.source_name)
    rows = session.execute(
        select(CompetencyResult, Competency.code, source, DiagnosticAttempt.finished_at)
        .join(DiagnosticAttempt, DiagnosticAttempt.id == CompetencyResult.attempt_id)
        .join(Competency, Competency.id == CompetencyResult.competency_id)
        .outerjoin(Diagnostic, Diagnostic.id == DiagnosticAttempt.diagnostic_id)
        .where(DiagnosticAttempt.employee_id == employee_id, DiagnosticAttempt.status == AttemptStatus.SCORED)
        .order_by(DiagnosticAttempt.finished_at, DiagnosticAttempt.id)
    )
    return [ResultFact(result, code, name, at) for result, code, name, at in rows if at is not None]


def entries_of(session: Session, employee_id: int) -> dict[int, ProfileEntry]:
    """Return the kept profile of a person by competency."""
    rows = session.scalars(select(ProfileEntry).where(ProfileEntry.employee_id == employee_id))
    return {row.competency_id: row for row in rows}


def open_deficits(session: Session, employee_id: int) -> dict[int, Deficit]:
    """Return the open needs of a person by their key."""
    rows = session.scalars(select(Deficit).where(Deficit.employee_id == employee_id, Deficit.status == DeficitStatus.OPEN))
    return {row.id: row for row in rows}


def open_needs_of(session: Session, employee_id: int) -> list[OpenNeed]:
    """Return the open needs of a person as the reconciliation reads them."""
    rows = session.execute(
        select(Deficit.id, Competency.code, Deficit.kind, Deficit.origin, Deficit.severity, Deficit.opened_at, Deficit.is_marked)
        .join(Competency, Competency.id == Deficit.competency_id)
        .where(Deficit.employee_id == employee_id, Deficit.status == DeficitStatus.OPEN)
    )
    return [OpenNeed(*row) for row in rows]


def dropped_at(session: Session, employee_id: int) -> dict[str, datetime]:
    """Return for each competency when a need was last set aside by a person."""
    rows = session.execute(
        select(Competency.code, func.max(Deficit.closed_at))
        .join(Competency, Competency.id == Deficit.competency_id)
        .where(Deficit.employee_id == employee_id, Deficit.status == DeficitStatus.DROPPED)
        .group_by(Competency.code)
    )
    return {code: at for code, at in rows if at is not None}
