"""Reads instruments, attempts and answers. A person's own attempts only: others reach answers through the profile."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, case, func, or_, select, update
from sqlalchemy.orm import Session, aliased, selectinload

from iom.catalog.kinds import AppliesTo
from iom.catalog.models import Competency
from iom.core.actor import Actor
from iom.core.errors import NotFound
from iom.diagnostics.answering import ItemRule
from iom.diagnostics.kinds import AttemptStatus, CampaignStatus, InstrumentStatus, ItemStatus, ItemType
from iom.diagnostics.models import AttemptAnswer, Diagnostic, DiagnosticAttempt, DiagnosticCampaign, DiagnosticItem
from iom.diagnostics.progress import ItemLine, Progress, progress_of
from iom.organizations.models import Employee, EmployeeSubject


@dataclass(frozen=True, slots=True)
class OwnAttempt:
    """An attempt of the person who acts, with what decides which items are asked."""

    attempt: DiagnosticAttempt
    diagnostic: Diagnostic
    category: str

    @property
    def is_open(self) -> bool:
        return self.attempt.status is AttemptStatus.STARTED


@dataclass(frozen=True, slots=True)
class Question:
    """One item as it is asked, with the answer in force; no key."""

    item_id: int
    item_type: ItemType
    stem: str
    hint: str
    example: str
    options: list[Any]
    competency_title: str
    category: int | None
    is_not_applicable: bool
    response: dict[str, Any] | None

    @property
    def is_answered(self) -> bool:
        return self.category is not None or self.is_not_applicable or self.response is not None

    @property
    def chosen(self) -> frozenset[int]:
        """Numbers of the options chosen."""
        if self.item_type is ItemType.SELF_STATEMENT:
            return frozenset() if self.category is None else frozenset({self.category})
        return frozenset((self.response or {}).get("chosen", ()))

    @property
    def text(self) -> str:
        """What was typed."""
        return str((self.response or {}).get("text", ""))


def find_instrument(session: Session, code: str, version: str) -> Diagnostic | None:
    """Return one version of an instrument with its items."""
    return session.scalar(
        select(Diagnostic).where(Diagnostic.code == code, Diagnostic.version == version).options(selectinload(Diagnostic.items))
    )


def retire_instruments(session: Session, code: str) -> None:
    """Take every version of an instrument out of use; attempts under way may still be finished."""
    session.execute(update(Diagnostic).where(Diagnostic.code == code).values(status=InstrumentStatus.RETIRED))


def find_active_instrument(session: Session, diagnostic_id: int) -> Diagnostic | None:
    """Return an instrument in use."""
    return session.scalar(select(Diagnostic).where(Diagnostic.id == diagnostic_id, Diagnostic.status == InstrumentStatus.ACTIVE))


def asked(employee_id: int | None, category: str) -> ColumnElement[bool]:
    """Return the condition on items that the person is asked: for the post and, where an item has one, for a subject taught."""
    taught = select(EmployeeSubject.subject_id).where(EmployeeSubject.employee_id == employee_id)
    return and_(
        DiagnosticItem.status == ItemStatus.ACTIVE,
        DiagnosticItem.applies_to.in_([AppliesTo(category), AppliesTo.BOTH]),
        or_(DiagnosticItem.subject_id.is_(None), DiagnosticItem.subject_id.in_(taught)),
    )


def get_own_attempt(session: Session, actor: Actor, attempt_id: int, *, lock: bool = False, share: bool = False) -> OwnAttempt:
    """Return an attempt of the actor.

    Parameters
    ----------
    lock : keep the row to oneself until the transaction ends (finishing)
    share : keep it from being finished until the transaction ends (saving answers)

    Raises
    ------
    NotFound : no such attempt, or somebody else's
    """
    statement = (
        select(DiagnosticAttempt, Diagnostic, Employee.category)
        .join(Diagnostic, Diagnostic.id == DiagnosticAttempt.diagnostic_id)
        .join(Employee, Employee.id == DiagnosticAttempt.employee_id)
        .where(DiagnosticAttempt.id == attempt_id, DiagnosticAttempt.employee_id == actor.employee_id)
    )
    if lock or share:
        # Populated anew: the row may have been read before the lock was had.
        statement = statement.with_for_update(of=DiagnosticAttempt, read=not lock).execution_options(populate_existing=True)
    found = session.execute(statement).one_or_none()
    if found is None:
        raise NotFound(kind="attempt", id=attempt_id)
    return OwnAttempt(found[0], found[1], found[2])


def find_open_attempt(session: Session, employee_id: int, code: str) -> DiagnosticAttempt | None:
    """Return the attempt under way on any version of an instrument."""
    return session.scalar(
        select(DiagnosticAttempt)
        .join(Diagnostic, Diagnostic.id == DiagnosticAttempt.diagnostic_id)
        .where(DiagnosticAttempt.employee_id == employee_id, Diagnostic.code == code, DiagnosticAttempt.status == AttemptStatus.STARTED)
    )


def has_scored_attempt(session: Session, employee_id: int, code: str) -> bool:
    """Tell whether the person finished any version of an instrument before."""
    return bool(
        session.scalar(
            select(
                select(DiagnosticAttempt.id)
                .join(Diagnostic, Diagnostic.id == DiagnosticAttempt.diagnostic_id)
                .where(
                    DiagnosticAttempt.employee_id == employee_id,
                    Diagnostic.code == code,
                    DiagnosticAttempt.status == AttemptStatus.SCORED,
                )
                .exists()
            )
        )
    )


def find_open_campaign(session: Session, region_id: int, diagnostic_id: int, day: date) -> DiagnosticCampaign | None:
    """Return the campaign of the region that runs on the day with this instrument, the newest of several."""
    return session.scalars(running_campaigns(region_id, day).where(DiagnosticCampaign.diagnostic_id == diagnostic_id)).first()


def running_campaigns(region_id: int, day: date) -> Select[DiagnosticCampaign]:
    return (
        select(DiagnosticCampaign)
        .where(
            DiagnosticCampaign.region_id == region_id,
            DiagnosticCampaign.status == CampaignStatus.OPEN,
            DiagnosticCampaign.starts_on <= day,
            DiagnosticCampaign.ends_on >= day,
        )
        .order_by(DiagnosticCampaign.starts_on.desc(), DiagnosticCampaign.id.desc())
    )


def _block_code() -> tuple[ColumnElement[str], Any]:
    """Return the code of an item's block and what has to be joined for it: an item hangs on a competency or on a component of one."""
    above, top = aliased(Competency), aliased(Competency)

    def join(statement: Any) -> Any:
        return (
            statement.join(Competency, Competency.id == DiagnosticItem.competency_id)
            .outerjoin(above, above.id == Competency.parent_id)
            .outerjoin(top, top.id == above.parent_id)
        )

    return func.coalesce(top.code, above.code, Competency.code), join


def progress(session: Session, own: OwnAttempt) -> Progress:
    """Return the blocks of an attempt with how much of each is answered."""
    code, join = _block_code()
    statement = join(select(DiagnosticItem.id, code, AttemptAnswer.id.is_not(None)).select_from(DiagnosticItem))
    rows = session.execute(
        statement.outerjoin(AttemptAnswer, and_(AttemptAnswer.item_id == DiagnosticItem.id, AttemptAnswer.attempt_id == own.attempt.id))
        .where(DiagnosticItem.diagnostic_id == own.diagnostic.id, asked(own.attempt.employee_id, own.category))
        .order_by(DiagnosticItem.position)
    )
    lines = [ItemLine(item_id, block, bool(answered)) for item_id, block, answered in rows]
    titles = [(block["code"], block["title"]) for block in own.diagnostic.blocks]
    return progress_of(lines, titles, own.diagnostic.minutes, own.diagnostic.longest)


def questions(session: Session, attempt_id: int, item_ids: Collection[int]) -> list[Question]:
    """Return items with the answers in force, in the order of asking."""
    rows = session.execute(
        select(
            DiagnosticItem.id,
            DiagnosticItem.item_type,
            DiagnosticItem.stem,
            DiagnosticItem.hint,
            DiagnosticItem.example,
            DiagnosticItem.options,
            Competency.title,
            AttemptAnswer.category,
            case((AttemptAnswer.is_not_applicable, True), else_=False),
            AttemptAnswer.response,
        )
        .join(Competency, Competency.id == DiagnosticItem.competency_id)
        .outerjoin(AttemptAnswer, and_(AttemptAnswer.item_id == DiagnosticItem.id, AttemptAnswer.attempt_id == attempt_id))
        .where(DiagnosticItem.id.in_(item_ids))
        .order_by(DiagnosticItem.position)
    )
    return [Question(*row) for row in rows]


def rules(session: Session, own: OwnAttempt, item_ids: Iterable[int]) -> dict[int, ItemRule]:
    """Return what answers are marked against, for those of the items that this person is asked."""
    rows = session.execute(
        select(DiagnosticItem.id, DiagnosticItem.item_type, DiagnosticItem.max_category, DiagnosticItem.options, DiagnosticItem.key).where(
            DiagnosticItem.id.in_(list(item_ids)),
            DiagnosticItem.diagnostic_id == own.diagnostic.id,
            asked(own.attempt.employee_id, own.category),
        )
    )
    return {item_id: ItemRule(item_type, top, len(options), key) for item_id, item_type, top, options, key in rows}


def has_answers(session: Session, attempt_id: int) -> bool:
    """Tell whether anything was answered, «does not concern my work» not counted."""
    return bool(
        session.scalar(
            select(
                select(AttemptAnswer.id).where(AttemptAnswer.attempt_id == attempt_id, AttemptAnswer.is_not_applicable.is_(False)).exists()
            )
        )
    )
