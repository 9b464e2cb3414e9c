"""Ends an attempt: scores it and renews the profile in the same transaction."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from iom.core import audit
from iom.core.actor import Actor
from iom.core.errors import Refused
from iom.diagnostics import queries as diagnostics
from iom.diagnostics import service as taking
from iom.diagnostics.kinds import AttemptStatus
from iom.diagnostics.models import CompetencyResult, DiagnosticAttempt
from iom.diagnostics.reasons import DiagnosticRefusal
from iom.policy import Action
from iom.profiles import evidence_queries as queries
from iom.profiles.estimates import DEFAULT_CONFIG, CompetencyEstimate, ProfileConfig
from iom.profiles.facts import know
from iom.profiles.renewal import renew
from iom.profiles.stored import columns_of


@dataclass(frozen=True, slots=True)
class FinishAttempt:
    """The person says that the answers are complete; after that they do not change."""

    attempt_id: int


def finish_attempt(session: Session, actor: Actor, cmd: FinishAttempt, now: datetime) -> DiagnosticAttempt:
    """Return the attempt, scored; one that was finished before is given back as it is.

    Raises
    ------
    NotFound : somebody else's attempt
    Refused : nothing is answered, or the consent is gone
    """
    own = diagnostics.get_own_attempt(session, actor, cmd.attempt_id, lock=True)
    if not own.is_open:
        return own.attempt
    taking.require_consent(session, actor)
    if not diagnostics.has_answers(session, own.attempt.id):
        raise Refused(reason=DiagnosticRefusal.NOTHING_ANSWERED)
    attempt = own.attempt
    attempt.status, attempt.finished_at, attempt.scored_at = AttemptStatus.SCORED, now, now
    session.flush()  # the answers of scored attempts are read below
    _score(session, attempt, now)
    renew(session, attempt.employee_id, now)
    audit.record(
        session,
        actor,
        Action.DIAGNOSTIC_TAKE,
        object_type="attempt",
        object_id=attempt.id,
        subject_id=actor.person_id,
        reason=f"{AttemptStatus.SCORED} {attempt.stage}",
    )
    return attempt


def _score(session: Session, attempt: DiagnosticAttempt, now: datetime, config: ProfileConfig = DEFAULT_CONFIG) -> None:
    """Keep what this attempt alone says, apart from all other evidence: a change is measured between two such results."""
    answers = [fact for fact in queries.answers_of(session, attempt.employee_id) if fact.attempt_id == attempt.id]
    tested = {fact.competency for fact in answers if not fact.is_self}
    known = know(answers, (), queries.references_of(session, tested), now, config)
    store_results(session, attempt.id, (entry.estimate for entry in known))


def store_results(session: Session, attempt_id: int, estimates: Iterable[CompetencyEstimate], raw: dict[str, float] | None = None) -> None:
    """Keep one row a competency; `raw` holds the percentages that an outside source gave."""
    rows = list(estimates)
    nodes = queries.nodes_by_code(session, [estimate.competency_code for estimate in rows])
    for estimate in rows:
        code = estimate.competency_code
        session.add(CompetencyResult(attempt_id=attempt_id, competency_id=nodes[code].id, **columns_of(estimate, (raw or {}).get(code))))
    session.flush()  # the renewal reads them
