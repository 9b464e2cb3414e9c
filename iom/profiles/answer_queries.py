"""Reads the answers behind one competency; whoever may not see them never gets here."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from iom.catalog.models import Competency
from iom.diagnostics.kinds import ItemType
from iom.diagnostics.models import AttemptAnswer, Diagnostic, DiagnosticAttempt, DiagnosticItem


@dataclass(frozen=True, slots=True)
class AnswerRow:
    """One answer with its statement or task; `options` are the item's own words, the key stays behind."""

    attempt_id: int
    attempt_title: str
    at: datetime
    item_type: ItemType
    stem: str
    options: list[Any]
    top: int
    category: int | None
    is_not_applicable: bool
    response: dict[str, Any] | None

    @property
    def is_self(self) -> bool:
        return self.item_type is ItemType.SELF_STATEMENT

    @property
    def chosen(self) -> list[dict[str, str]]:
        """The options chosen, as the item words them."""
        if self.is_self:
            numbers = [] if self.category is None else [self.category]
        else:
            numbers = list((self.response or {}).get("chosen", ()))
        return [self.options[number] for number in numbers if number < len(self.options)]

    @property
    def typed(self) -> str:
        return str((self.response or {}).get("text", ""))


def list_answers(session: Session, employee_id: int, code: str, attempt_ids: Collection[int]) -> list[AnswerRow]:
    """Return the answers of the attempts that concern a competency or its components, the newest attempt first."""
    if not attempt_ids:
        return []
    rows = session.execute(
        select(
            DiagnosticAttempt.id,
            Diagnostic.title,
            DiagnosticAttempt.finished_at,
            DiagnosticItem.item_type,
            DiagnosticItem.stem,
            DiagnosticItem.options,
            DiagnosticItem.max_category,
            AttemptAnswer.category,
            AttemptAnswer.is_not_applicable,
            AttemptAnswer.response,
        )
        .select_from(AttemptAnswer)
        .join(DiagnosticAttempt, DiagnosticAttempt.id == AttemptAnswer.attempt_id)
        .join(Diagnostic, Diagnostic.id == DiagnosticAttempt.diagnostic_id)
        .join(DiagnosticItem, DiagnosticItem.id == AttemptAnswer.item_id)
        .join(Competency, Competency.id == DiagnosticItem.competency_id)
        .where(
            DiagnosticAttempt.employee_id == employee_id,
            DiagnosticAttempt.id.in_(list(attempt_ids)),
            or_(Competency.code == code, Competency.code.startswith(f"{code}.", autoescape=True)),
        )
        .order_by(DiagnosticAttempt.finished_at.desc(), DiagnosticAttempt.id.desc(), DiagnosticItem.position)
    )
    return [AnswerRow(*row) for row in rows]
