"""Counts how often something happened in a window, atomically, in the database."""

import hashlib
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from sqlalchemy import delete, select, update
from sqlalchemy.dialects.postgresql import insert as postgresql_insert
from sqlalchemy.dialects.sqlite import insert as sqlite_insert
from sqlalchemy.orm import Session

from iom.core.models import RateCounter


@dataclass(frozen=True, slots=True)
class Limit:
    """At most `count` times in `window`."""

    name: str
    count: int
    window: timedelta


def _key(limit: Limit, subject: str) -> str:
    return f"{limit.name}:{hashlib.sha256(subject.encode()).hexdigest()[:40]}"


def _window(limit: Limit, now: datetime) -> datetime:
    seconds = int(limit.window.total_seconds())
    return datetime.fromtimestamp(now.timestamp() // seconds * seconds, UTC)


def hit(session: Session, limit: Limit, subject: str, now: datetime) -> timedelta | None:
    """Count one more; return None while within the limit, else how long to wait.

    One statement adds and reads, so parallel tries cannot slip between a read and a write.
    """
    insert = postgresql_insert if session.get_bind().dialect.name == "postgresql" else sqlite_insert
    start = _window(limit, now)
    statement = insert(RateCounter).values(key=_key(limit, subject), window_start=start, count=1)
    statement = statement.on_conflict_do_update(
        index_elements=[RateCounter.key, RateCounter.window_start], set_={"count": RateCounter.count + 1}
    )
    count = session.scalar(statement.returning(RateCounter.count))
    return start + limit.window - now if count is not None and count > limit.count else None


def used(session: Session, limit: Limit, subject: str, now: datetime) -> int:
    """Return how many were counted in the present window."""
    statement = select(RateCounter.count).where(RateCounter.key == _key(limit, subject), RateCounter.window_start == _window(limit, now))
    return session.scalar(statement) or 0


def give_back(session: Session, limit: Limit, subject: str, now: datetime) -> None:
    """Take one count back: what was counted beforehand turned out not to be a failure."""
    here = (RateCounter.key == _key(limit, subject), RateCounter.window_start == _window(limit, now))
    lowered = update(RateCounter).where(*here, RateCounter.count > 1).values(count=RateCounter.count - 1)
    if session.scalar(lowered.returning(RateCounter.id)) is None:
        session.execute(delete(RateCounter).where(*here, RateCounter.count == 1))


def forget(session: Session, limit: Limit, subject: str) -> None:
    """Start the count anew, after a success."""
    session.execute(delete(RateCounter).where(RateCounter.key == _key(limit, subject)))
