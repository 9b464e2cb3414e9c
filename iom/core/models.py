"""Rows that serve every area: the audit journal, jobs, counters of attempts, batches of imports."""

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from iom.core.database import Base, Keyed, Regional, enum_text


class Outcome(StrEnum):
    DONE = "done"
    REFUSED = "refused"
    FAILED = "failed"


class AuditEntry(Keyed, Base):
    """One line of the append-only journal: who did what to whose data, chained by hash to the line before.

    UPDATE and DELETE are refused by triggers, which the migration makes on both databases.
    """

    __tablename__ = "audit_entries"
    __table_args__ = (
        Index("ix_audit_entries_subject", "subject_id", "at"),
        Index("ix_audit_entries_actor", "actor_id", "at"),
        Index("ix_audit_entries_object", "object_type", "object_id"),
    )

    region_id: Mapped[int | None] = mapped_column(ForeignKey("regions.id"), index=True)
    at: Mapped[datetime] = mapped_column(index=True)
    actor_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    role: Mapped[str] = mapped_column(String(40))  # role and unit: "school_head@school:3"
    address: Mapped[str] = mapped_column(String(64), default="")
    session_hash: Mapped[str] = mapped_column(String(64), default="")
    action: Mapped[str] = mapped_column(String(60), index=True)
    object_type: Mapped[str] = mapped_column(String(40), default="")
    object_id: Mapped[int | None]
    subject_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))  # whose data it is
    outcome: Mapped[Outcome] = mapped_column(enum_text(Outcome))
    reason: Mapped[str] = mapped_column(Text, default="")
    request_id: Mapped[str] = mapped_column(String(36), default="")
    previous_hash: Mapped[str] = mapped_column(String(64), default="")
    hash: Mapped[str] = mapped_column(String(64), unique=True)


class JobState(StrEnum):
    QUEUED = "queued"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"
    CANCELLED = "cancelled"


class Job(Keyed, Base):
    """Work that a request started: committed with the request, enqueued after the commit, shown with its progress."""

    __tablename__ = "jobs"
    __table_args__ = (CheckConstraint("progress >= 0 AND progress <= total", name="progress_within_total"),)

    region_id: Mapped[int | None] = mapped_column(ForeignKey("regions.id"), index=True)
    kind: Mapped[str] = mapped_column(String(60))
    state: Mapped[JobState] = mapped_column(enum_text(JobState), default=JobState.QUEUED, index=True)
    payload: Mapped[dict[str, Any]]  # ids only, never personal data
    result: Mapped[dict[str, Any] | None]
    error: Mapped[str] = mapped_column(Text, default="")
    progress: Mapped[int] = mapped_column(default=0)
    total: Mapped[int] = mapped_column(default=0)
    tries: Mapped[int] = mapped_column(default=0)
    effect_key: Mapped[str | None] = mapped_column(String(120), unique=True)  # an effect with a key happens once
    created_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    created_at: Mapped[datetime]
    started_at: Mapped[datetime | None]
    finished_at: Mapped[datetime | None]


class RateCounter(Keyed, Base):
    """How often something happened under one key in one window; counted atomically, survives a restart."""

    __tablename__ = "rate_counters"
    __table_args__ = (UniqueConstraint("key", "window_start"), CheckConstraint("count > 0", name="count_positive"))

    key: Mapped[str] = mapped_column(String(120))  # hashed account or address, never a name
    window_start: Mapped[datetime]
    count: Mapped[int] = mapped_column(default=1)


class ImportState(StrEnum):
    CHECKED = "checked"  # dry run done, nothing written
    CONFIRMED = "confirmed"
    CANCELLED = "cancelled"


class ImportBatch(Regional, Base):
    """One uploaded table with a verdict for each row; written only when confirmed, all or nothing."""

    __tablename__ = "import_batches"

    kind: Mapped[str] = mapped_column(String(40))  # staff, results, programs, runs, completions
    file_name: Mapped[str] = mapped_column(String(200))
    file_sha256: Mapped[str] = mapped_column(String(64))
    state: Mapped[ImportState] = mapped_column(enum_text(ImportState), default=ImportState.CHECKED)
    verdicts: Mapped[list[Any]]  # one {row, verdict, reason, facts, values} a row
    counts: Mapped[dict[str, Any]]
    author_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"), index=True)  # none: the command line
    school_id: Mapped[int | None] = mapped_column(ForeignKey("schools.id"))
    created_at: Mapped[datetime]
    confirmed_at: Mapped[datetime | None]


class OneTimeKey(Keyed, Base):
    """The key of a changing form already carried out: sending it again has one effect (R-03, R-10)."""

    __tablename__ = "one_time_keys"
    __table_args__ = (UniqueConstraint("person_id", "key"),)

    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    key: Mapped[str] = mapped_column(String(64))
    location: Mapped[str] = mapped_column(String(500))  # where the first answer led
    at: Mapped[datetime]
