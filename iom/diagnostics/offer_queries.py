"""Reads what the start page of diagnostics offers a person."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import Select, func, or_, select
from sqlalchemy.orm import Session

from iom.core.actor import Actor
from iom.diagnostics.kinds import AttemptStatus, InstrumentStatus
from iom.diagnostics.models import AttemptAnswer, Diagnostic, DiagnosticAttempt, DiagnosticItem
from iom.diagnostics.progress import honest_minutes
from iom.diagnostics.queries import asked, running_campaigns
from iom.organizations.models import Employee


@dataclass(frozen=True, slots=True)
class Offer:
    """One instrument as the start page offers it: what is open, what was done before."""

    diagnostic: Diagnostic
    n_items: int
    minutes: int
    open_attempt_id: int | None
    n_answered: int
    last_scored_at: datetime | None
    campaign_title: str
    campaign_ends_on: date | None


def list_offers(session: Session, actor: Actor, day: date) -> list[Offer]:
    """Return the instruments that the person may take now, those of a running campaign first, then by title."""
    if actor.employee_id is None:
        return []
    counts = _counts(session, actor.employee_id)
    diagnostics = session.scalars(
        select(Diagnostic)
        .where(or_(Diagnostic.status == InstrumentStatus.ACTIVE, Diagnostic.id.in_(_open_instruments(actor.employee_id))))
        .order_by(Diagnostic.title, Diagnostic.id)
    ).all()
    attempts = _attempts_by_code(session, actor.employee_id)
    campaigns = {row.diagnostic_id: row for row in reversed(session.scalars(running_campaigns(actor.region_id, day)).all())}
    found = []
    for diagnostic in diagnostics:
        opened, n_answered, scored_at = attempts.get(diagnostic.code, (None, 0, None))
        # An attempt under way on an older version goes on; the new version waits until it is finished.
        if not counts.get(diagnostic.id) or (opened and opened.diagnostic_id != diagnostic.id):
            continue
        n_items = counts[diagnostic.id]
        campaign = campaigns.get(diagnostic.id)
        found.append(
            Offer(
                diagnostic,
                n_items,
                honest_minutes(diagnostic.minutes, n_items, diagnostic.longest),
                opened.id if opened else None,
                n_answered,
                scored_at,
                campaign.title if campaign else "",
                campaign.ends_on if campaign else None,
            )
        )
    return sorted(found, key=lambda offer: (offer.open_attempt_id is None, offer.campaign_ends_on is None, offer.diagnostic.title))


def _open_instruments(employee_id: int) -> Select[int | None]:
    return select(DiagnosticAttempt.diagnostic_id).where(
        DiagnosticAttempt.employee_id == employee_id, DiagnosticAttempt.status == AttemptStatus.STARTED
    )


def _counts(session: Session, employee_id: int) -> dict[int, int]:
    """Return how many items of each instrument the person is asked."""
    category = session.scalar(select(Employee.category).where(Employee.id == employee_id))
    if category is None:
        return {}
    rows = session.execute(
        select(DiagnosticItem.diagnostic_id, func.count().label("n_items"))
        .where(asked(employee_id, category))
        .group_by(DiagnosticItem.diagnostic_id)
    )
    return {row.diagnostic_id: row.n_items for row in rows}


def _attempts_by_code(session: Session, employee_id: int) -> dict[str, tuple[DiagnosticAttempt | None, int, datetime | None]]:
    """Return for each instrument the attempt under way, how many answers it has, and when one was last scored."""
    n_answers = select(func.count()).where(AttemptAnswer.attempt_id == DiagnosticAttempt.id).correlate(DiagnosticAttempt).scalar_subquery()
    rows = session.execute(
        select(Diagnostic.code, DiagnosticAttempt, n_answers)
        .join(Diagnostic, Diagnostic.id == DiagnosticAttempt.diagnostic_id)
        .where(
            DiagnosticAttempt.employee_id == employee_id,
            DiagnosticAttempt.status.in_([AttemptStatus.STARTED, AttemptStatus.SCORED]),
        )
        .order_by(DiagnosticAttempt.scored_at)
    )
    found: dict[str, tuple[DiagnosticAttempt | None, int, datetime | None]] = {}
    for code, attempt, count in rows:
        opened, n_answered, scored_at = found.get(code, (None, 0, None))
        if attempt.status is AttemptStatus.STARTED:
            found[code] = (attempt, count, scored_at)
        else:
            found[code] = (opened, n_answered, attempt.scored_at)
    return found
