"""Starts attempts and keeps answers; finishing one makes a profile and lives above, in profiles."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import and_, null, or_
from sqlalchemy.dialects.postgresql import insert as postgresql_insert
from sqlalchemy.dialects.sqlite import insert as sqlite_insert
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from iom.accounts import consents
from iom.accounts.kinds import ConsentKind
from iom.core import audit
from iom.core.actor import Actor
from iom.core.errors import NotFound, Refused
from iom.diagnostics import queries
from iom.diagnostics.answering import AnswerRefused, Given, ItemRule, read_answer
from iom.diagnostics.kinds import AttemptStage, AttemptStatus, ResultSource
from iom.diagnostics.models import AttemptAnswer, Diagnostic, DiagnosticAttempt
from iom.diagnostics.reasons import DiagnosticRefusal
from iom.policy import Action


@dataclass(frozen=True, slots=True)
class StartAttempt:
    """A person begins, or goes on with, one instrument; `day` is today by the region's calendar."""

    diagnostic_id: int
    day: date


@dataclass(frozen=True, slots=True)
class SentAnswer:
    """One answer as it came; `client_key` names the sending, empty for a form; `answered_at` by our clock, None for just now."""

    item_id: int
    values: tuple[str, ...]
    client_key: str = ""
    answered_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class SaveAnswers:
    """Answers of one attempt that belong together: all are kept or none is."""

    attempt_id: int
    answers: tuple[SentAnswer, ...]


def require_consent(session: Session, actor: Actor) -> None:
    """Return quietly when the person allowed diagnostics.

    Raises
    ------
    Refused : there is no consent in force
    """
    if not consents.has_given(session, actor.person_id, ConsentKind.DIAGNOSTICS):
        raise Refused(reason=DiagnosticRefusal.NO_CONSENT)


def start(session: Session, actor: Actor, cmd: StartAttempt, now: datetime) -> DiagnosticAttempt:
    """Return the attempt under way on this instrument, a new one when there is none.

    Raises
    ------
    NotFound : no such instrument in use, or the person is no employee
    Refused : there is no consent in force
    """
    diagnostic = queries.find_active_instrument(session, cmd.diagnostic_id)
    if diagnostic is None or actor.employee_id is None:
        raise NotFound(kind="diagnostic", id=cmd.diagnostic_id)
    require_consent(session, actor)
    found = queries.find_open_attempt(session, actor.employee_id, diagnostic.code)
    return found or _begin(session, actor, actor.employee_id, diagnostic, cmd.day, now)


def _begin(session: Session, actor: Actor, employee_id: int, diagnostic: Diagnostic, day: date, now: datetime) -> DiagnosticAttempt:
    is_repeat = queries.has_scored_attempt(session, employee_id, diagnostic.code)
    campaign = queries.find_open_campaign(session, actor.region_id, diagnostic.id, day)
    attempt = DiagnosticAttempt(
        region_id=actor.region_id,
        employee_id=employee_id,
        diagnostic_id=diagnostic.id,
        campaign_id=campaign.id if campaign else None,
        method=diagnostic.method,
        stage=AttemptStage.REPEAT if is_repeat else AttemptStage.ENTRY,
        source=ResultSource.OWN,
        status=AttemptStatus.STARTED,
        started_at=now,
    )
    try:
        with session.begin_nested():
            session.add(attempt)
            session.flush()  # a second «start» at the same moment meets the unique index here
    except IntegrityError:
        opened = queries.find_open_attempt(session, employee_id, diagnostic.code)
        if opened is None:
            raise
        return opened
    audit.record(session, actor, Action.DIAGNOSTIC_TAKE, object_type="attempt", object_id=attempt.id, subject_id=actor.person_id)
    return attempt


def save_answers(session: Session, actor: Actor, cmd: SaveAnswers, now: datetime) -> None:
    """Keep answers: the one given last is in force, a sending that came before changes nothing.

    Raises
    ------
    NotFound : somebody else's attempt, or an item that this person is not asked
    Refused : the attempt is finished, or the consent is gone
    AnswerRefused : something sent is no answer to its item
    """
    own = queries.get_own_attempt(session, actor, cmd.attempt_id, share=True)
    if not own.is_open:
        raise Refused(reason=DiagnosticRefusal.ATTEMPT_FINISHED)
    require_consent(session, actor)
    # Of several answers to one item in one sending the last counts, as if they had come one by one.
    sent = {answer.item_id: answer for answer in cmd.answers}
    rules = queries.rules(session, own, sent)
    for item_id in sent:
        if item_id not in rules:
            raise NotFound(kind="item", id=item_id)
    given = {item_id: _read(rules[item_id], answer) for item_id, answer in sent.items()}
    if given:
        _upsert(session, own.attempt, sent, given, now)


def _read(rule: ItemRule, answer: SentAnswer) -> Given:
    try:
        return read_answer(rule, answer.values)
    except AnswerRefused as error:
        raise AnswerRefused(error.reason, answer.item_id) from None


def _upsert(
    session: Session, attempt: DiagnosticAttempt, sent: Mapping[int, SentAnswer], given: Mapping[int, Given], now: datetime
) -> None:
    insert = postgresql_insert if session.get_bind().dialect.name == "postgresql" else sqlite_insert
    statement = insert(AttemptAnswer).values(
        [
            {
                "attempt_id": attempt.id,
                "item_id": item_id,
                "category": answer.category,
                "is_not_applicable": answer.is_not_applicable,
                "response": null() if answer.response is None else answer.response,
                "client_key": sent[item_id].client_key,
                "answered_at": _moment(sent[item_id].answered_at, attempt.started_at, now),
            }
            for item_id, answer in given.items()
        ]
    )
    new = statement.excluded
    columns = ("category", "is_not_applicable", "response", "client_key", "answered_at")
    session.execute(
        statement.on_conflict_do_update(
            index_elements=[AttemptAnswer.attempt_id, AttemptAnswer.item_id],
            set_={name: new[name] for name in columns},
            # What was answered later stays, and so does what this very sending already brought.
            where=and_(AttemptAnswer.answered_at <= new.answered_at, or_(new.client_key == "", AttemptAnswer.client_key != new.client_key)),
        )
    )


def _moment(answered_at: datetime | None, started_at: datetime, now: datetime) -> datetime:
    """Return the moment of an answer, held within the attempt: a clock on a device may say anything."""
    return min(max(answered_at or now, started_at), now)
