"""Instruments, campaigns, and what people answered."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from iom.catalog.kinds import AppliesTo
from iom.catalog.models import Competency
from iom.core.database import Base, Keyed, Regional, enum_text
from iom.diagnostics.kinds import (
    AttemptStage,
    AttemptStatus,
    CampaignStatus,
    DiagnosticMethod,
    InstrumentStatus,
    ItemStatus,
    ItemType,
    ResultSource,
)
from iom.organizations.models import Employee, Subject
from iom.profiles.kinds import Basis, Verdict


class Diagnostic(Keyed, Base):
    """One version of an instrument: part of the framework, items, rules of scoring, a bound."""

    __tablename__ = "diagnostics"
    __table_args__ = (UniqueConstraint("code", "version"), CheckConstraint("kappa > 0 AND kappa < 100", name="kappa_per_cent"))

    framework_id: Mapped[int] = mapped_column(ForeignKey("competency_frameworks.id"))
    code: Mapped[str] = mapped_column(String(40))
    version: Mapped[str] = mapped_column(String(20))
    title: Mapped[str] = mapped_column(String(200))
    method: Mapped[DiagnosticMethod] = mapped_column(enum_text(DiagnosticMethod))
    status: Mapped[InstrumentStatus] = mapped_column(enum_text(InstrumentStatus), default=InstrumentStatus.ACTIVE)
    kappa: Mapped[int] = mapped_column(default=60)  # the bound, per cent; functional literacy uses 70
    minutes: Mapped[int] = mapped_column(default=12)  # honest estimate for the person who sees most items
    longest: Mapped[int] = mapped_column(default=0)  # how many items that person sees; 0: everybody sees as many
    blocks: Mapped[list[Any]] = mapped_column(default=list)  # [{code, title}], in the order of asking

    items: Mapped[list["DiagnosticItem"]] = relationship(back_populates="diagnostic", order_by="DiagnosticItem.position")


class DiagnosticItem(Keyed, Base):
    """A statement or task; belongs to one node of the framework."""

    __tablename__ = "diagnostic_items"
    __table_args__ = (
        UniqueConstraint("diagnostic_id", "code"),
        CheckConstraint("difficulty BETWEEN 1 AND 3", name="difficulty_range"),
        CheckConstraint("max_category >= 1", name="max_category_positive"),
    )

    diagnostic_id: Mapped[int] = mapped_column(ForeignKey("diagnostics.id"), index=True)
    competency_id: Mapped[int] = mapped_column(ForeignKey("competencies.id"))
    code: Mapped[str] = mapped_column(String(40))
    position: Mapped[int]
    item_type: Mapped[ItemType] = mapped_column(enum_text(ItemType))
    status: Mapped[ItemStatus] = mapped_column(enum_text(ItemStatus), default=ItemStatus.ACTIVE)
    applies_to: Mapped[AppliesTo] = mapped_column(enum_text(AppliesTo))
    subject_id: Mapped[int | None] = mapped_column(ForeignKey("subjects.id"))
    stem: Mapped[str] = mapped_column(Text)
    hint: Mapped[str] = mapped_column(Text, default="")  # «вспомните две последние недели»
    example: Mapped[str] = mapped_column(Text, default="")
    options: Mapped[list[Any]]  # [{label, descriptor}], by category for self statements
    key: Mapped[dict[str, Any] | None]  # never leaves the server before the attempt ends
    difficulty: Mapped[int] = mapped_column(default=2)
    max_category: Mapped[int]

    diagnostic: Mapped[Diagnostic] = relationship(back_populates="items")
    competency: Mapped[Competency] = relationship()
    subject: Mapped[Subject | None] = relationship()


class DiagnosticCampaign(Regional, Base):
    """A period in which an audience is invited to one diagnostic."""

    __tablename__ = "diagnostic_campaigns"
    __table_args__ = (CheckConstraint("ends_on >= starts_on", name="dates_in_order"),)

    diagnostic_id: Mapped[int] = mapped_column(ForeignKey("diagnostics.id"))
    title: Mapped[str] = mapped_column(String(200))
    starts_on: Mapped[date]
    ends_on: Mapped[date]
    status: Mapped[CampaignStatus] = mapped_column(enum_text(CampaignStatus), default=CampaignStatus.OPEN)
    audience: Mapped[dict[str, Any]]  # saved filter of the target group
    created_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))

    diagnostic: Mapped[Diagnostic] = relationship()


class DiagnosticAttempt(Regional, Base):
    """One person taking one diagnostic; method, stage and source are kept apart."""

    __tablename__ = "diagnostic_attempts"
    __table_args__ = (
        CheckConstraint("(status = 'started') = (finished_at IS NULL)", name="finished_when_not_started"),
        CheckConstraint("(source = 'own') = (diagnostic_id IS NOT NULL)", name="own_attempts_have_instrument"),
        Index("ix_diagnostic_attempts_employee", "employee_id", "status"),
        Index("ix_diagnostic_attempts_scored", "region_id", "status", "scored_at"),
        Index(
            "uq_diagnostic_attempts_one_open",
            "employee_id",
            "diagnostic_id",
            unique=True,
            sqlite_where=text("status = 'started'"),
            postgresql_where=text("status = 'started'"),
        ),
    )

    employee_id: Mapped[int] = mapped_column(ForeignKey("employees.id"))
    diagnostic_id: Mapped[int | None] = mapped_column(ForeignKey("diagnostics.id"))
    campaign_id: Mapped[int | None] = mapped_column(ForeignKey("diagnostic_campaigns.id"), index=True)
    method: Mapped[DiagnosticMethod] = mapped_column(enum_text(DiagnosticMethod))
    stage: Mapped[AttemptStage] = mapped_column(enum_text(AttemptStage))
    source: Mapped[ResultSource] = mapped_column(enum_text(ResultSource))
    source_name: Mapped[str] = mapped_column(String(200), default="")  # which outside diagnostic an import came from
    status: Mapped[AttemptStatus] = mapped_column(enum_text(AttemptStatus))
    started_at: Mapped[datetime]
    finished_at: Mapped[datetime | None]
    scored_at: Mapped[datetime | None]

    employee: Mapped[Employee] = relationship()
    diagnostic: Mapped[Diagnostic | None] = relationship()
    answers: Mapped[list["AttemptAnswer"]] = relationship(back_populates="attempt")


class AttemptAnswer(Keyed, Base):
    """The answer in force to one item; a repeated sending with the same key changes nothing."""

    __tablename__ = "attempt_answers"
    __table_args__ = (
        UniqueConstraint("attempt_id", "item_id"),
        CheckConstraint("category IS NULL OR category >= 0", name="category_not_negative"),
        CheckConstraint("NOT (is_not_applicable AND category IS NOT NULL)", name="answered_or_not_applicable"),
    )

    attempt_id: Mapped[int] = mapped_column(ForeignKey("diagnostic_attempts.id"))
    item_id: Mapped[int] = mapped_column(ForeignKey("diagnostic_items.id"))
    category: Mapped[int | None]
    is_not_applicable: Mapped[bool] = mapped_column(default=False)  # «не моё, нет в моей работе»
    response: Mapped[dict[str, Any] | None]  # what was typed or chosen, for keyed items
    client_key: Mapped[str] = mapped_column(String(64), default="")
    answered_at: Mapped[datetime]

    attempt: Mapped[DiagnosticAttempt] = relationship(back_populates="answers")
    item: Mapped[DiagnosticItem] = relationship()


class Measured:
    """The columns of one estimate of one competency, wherever it is kept."""

    basis: Mapped[Basis] = mapped_column(enum_text(Basis))
    n_answers: Mapped[int]  # objective answers, or self statements of a self-diagnostic, or tasks behind an import
    t: Mapped[float | None]  # EAP, logits; none for a plain imported percentage
    se: Mapped[float | None]
    level: Mapped[float]  # per cent, 0..100
    level_se: Mapped[float]  # points
    low: Mapped[float]  # 10 % quantile
    high: Mapped[float]  # 90 % quantile
    p_below: Mapped[float]
    severity: Mapped[float]  # v of methods, 0..1
    kappa: Mapped[float]  # the bound, per cent; for self ratings the person's own mean
    verdict: Mapped[Verdict] = mapped_column(enum_text(Verdict))
    self_level: Mapped[float | None]  # own rating beside objective evidence, per cent; never moves the level
    gap: Mapped[float | None]  # self minus objective, points; none unless larger than its error
    raw_percent: Mapped[float | None]  # as an outside source gave it, or the plain mean of own ratings
    model_version: Mapped[str] = mapped_column(String(40))


def measured_checks() -> tuple[CheckConstraint, ...]:
    """Return the constraints of a table with the columns of `Measured`."""
    return (
        CheckConstraint("level >= 0 AND level <= 100 AND low <= high", name="level_per_cent"),
        CheckConstraint("p_below >= 0 AND p_below <= 1", name="p_below_share"),
        CheckConstraint("severity >= 0 AND severity <= 1", name="severity_share"),
    )


class CompetencyResult(Measured, Keyed, Base):
    """What one attempt says of one competency, with its uncertainty and the version of the parameters."""

    __tablename__ = "competency_results"
    __table_args__ = (UniqueConstraint("attempt_id", "competency_id"), *measured_checks())

    attempt_id: Mapped[int] = mapped_column(ForeignKey("diagnostic_attempts.id"))
    competency_id: Mapped[int] = mapped_column(ForeignKey("competencies.id"), index=True)

    attempt: Mapped[DiagnosticAttempt] = relationship()
    competency: Mapped[Competency] = relationship()
