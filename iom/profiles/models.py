"""What is known of a person's competencies, and what the person needs support in: deficits, claims and own requests."""

from datetime import datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from iom.catalog.models import Competency
from iom.core.database import Base, Regional, enum_text
from iom.diagnostics.models import Measured, measured_checks
from iom.organizations.models import Employee
from iom.profiles.kinds import ChangeOutcome, DeficitKind, DeficitOrigin, DeficitStatus


class ProfileEntry(Measured, Regional, Base):
    """What is known of one competency of one person over all evidence in force; made anew with each new result, never by a page."""

    __tablename__ = "profile_entries"
    __table_args__ = (UniqueConstraint("employee_id", "competency_id"), *measured_checks())

    employee_id: Mapped[int] = mapped_column(ForeignKey("employees.id"))
    competency_id: Mapped[int] = mapped_column(ForeignKey("competencies.id"), index=True)
    rests_on: Mapped[list[Any]]  # [{kind, title, on, n, attempt}]: what the estimate was made of, newest first
    measured_at: Mapped[datetime]  # of the newest evidence
    computed_at: Mapped[datetime]

    competency: Mapped[Competency] = relationship()


class Deficit(Regional, Base):
    """A competency in which a person needs support, with where it was found and what became of it."""

    __tablename__ = "deficits"
    __table_args__ = (
        CheckConstraint("severity >= 0 AND severity <= 1", name="severity_share"),
        CheckConstraint("(status = 'open') = (closed_at IS NULL)", name="closed_when_not_open"),
        Index("ix_deficits_employee", "employee_id", "status"),
        Index(
            "uq_deficits_one_open",
            "employee_id",
            "competency_id",
            unique=True,
            sqlite_where=text("status = 'open'"),
            postgresql_where=text("status = 'open'"),
        ),
    )

    employee_id: Mapped[int] = mapped_column(ForeignKey("employees.id"))
    competency_id: Mapped[int] = mapped_column(ForeignKey("competencies.id"), index=True)
    kind: Mapped[DeficitKind] = mapped_column(enum_text(DeficitKind))
    origin: Mapped[DeficitOrigin] = mapped_column(enum_text(DeficitOrigin))
    attempt_id: Mapped[int | None] = mapped_column(ForeignKey("diagnostic_attempts.id"))
    severity: Mapped[float]
    priority: Mapped[float]
    is_marked: Mapped[bool] = mapped_column(default=False)  # the teacher or the tutor insists: weight 1.5
    reason: Mapped[str] = mapped_column(Text, default="")  # why a person added or dropped it
    status: Mapped[DeficitStatus] = mapped_column(enum_text(DeficitStatus), default=DeficitStatus.OPEN)
    outcome: Mapped[ChangeOutcome | None] = mapped_column(enum_text(ChangeOutcome))  # what the repeat showed that closed it
    opened_at: Mapped[datetime]
    closed_at: Mapped[datetime | None]
    decided_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))

    employee: Mapped[Employee] = relationship()
    competency: Mapped[Competency] = relationship()


class PersonalRequest(Regional, Base):
    """What a person asks for in own words; the newest is in force."""

    __tablename__ = "personal_requests"
    __table_args__ = (Index("ix_personal_requests_employee", "employee_id", "created_at"),)

    employee_id: Mapped[int] = mapped_column(ForeignKey("employees.id"))
    text: Mapped[str] = mapped_column(String(1000))
    created_at: Mapped[datetime]
