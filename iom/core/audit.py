"""The audit trail: lines are collected during a transaction and chained by hash just before it commits."""

import hashlib
import json
from contextlib import closing
from typing import Any

from sqlalchemy import event, select, text
from sqlalchemy.orm import Session

from iom.core import clock
from iom.core.actor import Actor, UnitKind
from iom.core.models import AuditEntry, Outcome

_PENDING = "iom_audit_pending"
_LOCK = 7_340_001  # PostgreSQL advisory lock of the chain: one writer at a time from here to the commit


def record(
    session: Session,
    actor: Actor | None,
    action: str,
    *,
    object_type: str = "",
    object_id: int | None = None,
    subject_id: int | None = None,
    outcome: Outcome = Outcome.DONE,
    reason: str = "",
    region_id: int | None = None,
    address: str = "",
) -> None:
    """Add one line to the journal of this transaction; `subject_id` is the person whose data it is.

    `region_id` and `address` serve lines without an actor, such as a refused sign-in.
    """
    entry = AuditEntry(
        region_id=region_id or (actor.region_id if actor else None),
        at=clock.now(),
        actor_id=actor.person_id if actor else None,
        role=role_at_unit(actor) if actor else "system",
        address=(actor.address or "") if actor else address[:64],
        session_hash=(actor.session_hash or "") if actor else "",
        action=action,
        object_type=object_type,
        object_id=object_id,
        subject_id=subject_id,
        outcome=outcome,
        reason=one_line(reason),
        request_id=(actor.request_id or "") if actor else "",
    )
    session.info.setdefault(_PENDING, []).append(entry)


def role_at_unit(actor: Actor) -> str:
    """Return the role with its unit, such as `school_head@school:3`."""
    if actor.school_id is not None:
        unit = f"{UnitKind.SCHOOL}:{actor.school_id}"
    elif actor.municipality_id is not None:
        unit = f"{UnitKind.MUNICIPALITY}:{actor.municipality_id}"
    elif actor.provider_id is not None:
        unit = f"{UnitKind.PROVIDER}:{actor.provider_id}"
    else:
        unit = f"{UnitKind.REGION}:{actor.region_id}"
    return f"{actor.role}@{unit}"[:40]


def one_line(value: str) -> str:
    """Return the text with control characters escaped, so that it cannot forge a line of the journal."""
    return "".join(char if char.isprintable() else char.encode("unicode_escape").decode() for char in value)[:2000]


def chain_hash(previous: str, fields: dict[str, Any]) -> str:
    """Return the hash of a line that follows `previous`."""
    body = json.dumps(fields, ensure_ascii=False, sort_keys=True, default=str)
    return hashlib.sha256(f"{previous}\n{body}".encode()).hexdigest()


def _fields(entry: AuditEntry) -> dict[str, Any]:
    skip = {"id", "previous_hash", "hash"}
    fields = {column.key: getattr(entry, column.key) for column in AuditEntry.__table__.columns if column.key not in skip}
    return fields | {"at": entry.at.isoformat(timespec="microseconds"), "outcome": str(entry.outcome)}


@event.listens_for(Session, "before_commit")
def _seal(session: Session) -> None:
    pending: list[AuditEntry] = session.info.get(_PENDING, [])
    if not pending or session.in_nested_transaction():
        return
    if session.get_bind().dialect.name == "postgresql":
        session.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": _LOCK})
    previous = session.scalar(select(AuditEntry.hash).order_by(AuditEntry.id.desc()).limit(1)) or ""
    for entry in pending:
        entry.previous_hash = previous
        entry.hash = previous = chain_hash(previous, _fields(entry))
        session.add(entry)
        session.flush()  # the order of keys is the order of the chain
    pending.clear()


@event.listens_for(Session, "after_rollback")
def _forget(session: Session) -> None:
    if not session.in_nested_transaction():
        session.info.get(_PENDING, []).clear()


def first_broken_line(session: Session, *, last: int | None = None) -> int | None:
    """Return the key of the first line whose hash does not follow from the line before; None when the chain is whole.

    With `last` only that many newest lines are looked at; the first of them is held against the line before it.
    """
    previous, start = _anchor(session, last) if last is not None else ("", 0)
    statement = select(AuditEntry).where(AuditEntry.id > start).order_by(AuditEntry.id)
    with closing(session.scalars(statement.execution_options(yield_per=1000))) as entries:
        for entry in entries:
            if entry.previous_hash != previous or entry.hash != chain_hash(previous, _fields(entry)):
                return entry.id
            previous = entry.hash
    return None


def _anchor(session: Session, last: int) -> tuple[str, int]:
    """Return hash and key of the line just before the newest `last` ones."""
    before = session.execute(select(AuditEntry.hash, AuditEntry.id).order_by(AuditEntry.id.desc()).offset(last).limit(1)).one_or_none()
    return (before.hash, before.id) if before is not None else ("", 0)
