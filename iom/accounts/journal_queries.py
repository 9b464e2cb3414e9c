"""Reads the journal: who looked at one person's data, and what an administrator searches for. The journal itself only grows."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, false, or_, select
from sqlalchemy.orm import Session, aliased

from iom import policy
from iom.accounts.models import Person
from iom.accounts.people_queries import name_begins_with
from iom.accounts.texts import LOOKED
from iom.core.actor import Actor
from iom.core.models import AuditEntry, Outcome
from iom.policy import Action

PAGE = 50
MOST_PEOPLE = 50  # namesakes that one search by name takes in
# Keys follow time except for transactions that overlap; an hour is far more than any of ours lasts.
SLACK = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class Look:
    """Somebody else looked at the data."""

    id: int
    at: datetime
    first_name: str
    last_name: str
    role: str  # role@unit
    action: str
    outcome: Outcome


def list_looks(session: Session, actor: Actor, *, before: int | None = None, limit: int = PAGE) -> list[Look]:
    """Return who else looked at the actor's own data, the newest first."""
    conditions = [
        AuditEntry.subject_id == actor.person_id,
        AuditEntry.actor_id != actor.person_id,
        AuditEntry.action.in_(LOOKED),
        AuditEntry.outcome == Outcome.DONE,
    ]
    if before is not None:
        conditions.append(AuditEntry.id < before)
    rows = session.execute(
        select(AuditEntry.id, AuditEntry.at, Person.first_name, Person.last_name, AuditEntry.role, AuditEntry.action, AuditEntry.outcome)
        .join(Person, Person.id == AuditEntry.actor_id)
        .where(*conditions)
        .order_by(AuditEntry.id.desc())
        .limit(limit)
    )
    return [Look(*row) for row in rows]


@dataclass(frozen=True, slots=True)
class JournalFilter:
    """What the journal is narrowed to; the period's ends are moments, the second one exclusive."""

    person_id: int | None = None  # as the one who acts or the one whose data it is
    words: tuple[str, ...] = ()  # the beginning of a name
    action: str = ""
    object_type: str = ""
    object_id: int | None = None
    outcome: Outcome | None = None
    since: datetime | None = None
    until: datetime | None = None


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the journal with the names it speaks of."""

    id: int
    at: datetime
    actor_id: int | None
    actor_first: str | None
    actor_last: str | None
    role: str
    address: str
    action: str
    object_type: str
    object_id: int | None
    subject_id: int | None
    subject_first: str | None
    subject_last: str | None
    outcome: Outcome
    reason: str
    request_id: str


def search(session: Session, actor: Actor, chosen: JournalFilter, *, before: int | None = None) -> list[Line]:
    """Return the newest lines of the actor's region that match, at most a page and one more, which tells that there are older ones."""
    policy.require_role(actor, Action.JOURNAL_READ)
    doer, subject = aliased(Person), aliased(Person)
    statement = (
        select(
            AuditEntry.id,
            AuditEntry.at,
            AuditEntry.actor_id,
            doer.first_name,
            doer.last_name,
            AuditEntry.role,
            AuditEntry.address,
            AuditEntry.action,
            AuditEntry.object_type,
            AuditEntry.object_id,
            AuditEntry.subject_id,
            subject.first_name,
            subject.last_name,
            AuditEntry.outcome,
            AuditEntry.reason,
            AuditEntry.request_id,
        )
        .outerjoin(doer, doer.id == AuditEntry.actor_id)
        .outerjoin(subject, subject.id == AuditEntry.subject_id)
        .where(*_conditions(session, actor, chosen))
        .order_by(AuditEntry.id.desc())
        .limit(PAGE + 1)
    )
    if before is not None:
        statement = statement.where(AuditEntry.id < before)
    return [Line(*tuple(row)) for row in session.execute(statement)]


def _conditions(session: Session, actor: Actor, chosen: JournalFilter) -> list[ColumnElement[bool]]:
    # Lines without a region, such as a sign-in with an unknown login, belong to the installation as a whole.
    conditions: list[ColumnElement[bool]] = [or_(AuditEntry.region_id == actor.region_id, AuditEntry.region_id.is_(None))]
    if chosen.person_id is not None:
        conditions.append(or_(AuditEntry.actor_id == chosen.person_id, AuditEntry.subject_id == chosen.person_id))
    if chosen.words:
        people = _people(session, actor, chosen.words)
        conditions.append(or_(AuditEntry.actor_id.in_(people), AuditEntry.subject_id.in_(people)))
    if chosen.action:
        conditions.append(AuditEntry.action == chosen.action)
    if chosen.object_type:
        conditions.append(AuditEntry.object_type == chosen.object_type)
    if chosen.object_id is not None:
        conditions.append(AuditEntry.object_id == chosen.object_id)
    if chosen.outcome is not None:
        conditions.append(AuditEntry.outcome == chosen.outcome)
    return conditions + _period(session, chosen)


def _people(session: Session, actor: Actor, words: tuple[str, ...]) -> list[int]:
    """Return who is meant by the beginnings of names; their keys let the journal be asked by index."""
    conditions = [name_begins_with(word) for word in words]
    statement = select(Person.id).where(Person.region_id == actor.region_id, *conditions).order_by(Person.id).limit(MOST_PEOPLE)
    return list(session.scalars(statement))


def _period(session: Session, chosen: JournalFilter) -> list[ColumnElement[bool]]:
    """Return the period as bounds of keys too, so that an old week is not searched for through everything newer."""
    conditions: list[ColumnElement[bool]] = []
    if chosen.since is not None:
        first = _first_key(session, chosen.since - SLACK)
        conditions += [AuditEntry.at >= chosen.since, AuditEntry.id >= first if first is not None else false()]
    if chosen.until is not None:
        after = _first_key(session, chosen.until + SLACK)
        conditions += [AuditEntry.at < chosen.until, *([AuditEntry.id < after] if after is not None else [])]
    return conditions


def _first_key(session: Session, moment: datetime) -> int | None:
    return session.scalar(select(AuditEntry.id).where(AuditEntry.at >= moment).order_by(AuditEntry.at, AuditEntry.id).limit(1))
