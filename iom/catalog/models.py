"""The competency map and everything that a route can be made of."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from iom.catalog.kinds import (
    AppliesTo,
    CompetencyLevel,
    DeliveryForm,
    Funding,
    HoursBasis,
    LinkOrigin,
    LinkState,
    LinkStrength,
    OfferingKind,
    ProgramType,
    Registry,
)
from iom.core.database import Base, Keyed, enum_text
from iom.organizations.models import Provider, Subject


class CompetencyFramework(Keyed, Base):
    """One version of the competency map; a result always names the version it was measured on."""

    __tablename__ = "competency_frameworks"
    __table_args__ = (UniqueConstraint("code", "version"),)

    code: Mapped[str] = mapped_column(String(40))
    version: Mapped[str] = mapped_column(String(20))
    title: Mapped[str] = mapped_column(String(200))
    is_active: Mapped[bool] = mapped_column(default=True)


class Competency(Keyed, Base):
    """A node of the map: block, competency or component."""

    __tablename__ = "competencies"
    __table_args__ = (
        UniqueConstraint("framework_id", "code"),
        CheckConstraint("weight > 0", name="weight_positive"),
        CheckConstraint("(level = 'block') = (parent_id IS NULL)", name="only_blocks_are_roots"),
    )

    framework_id: Mapped[int] = mapped_column(ForeignKey("competency_frameworks.id"))
    parent_id: Mapped[int | None] = mapped_column(ForeignKey("competencies.id"), index=True)
    code: Mapped[str] = mapped_column(String(20))
    level: Mapped[CompetencyLevel] = mapped_column(enum_text(CompetencyLevel))
    title: Mapped[str] = mapped_column(String(200))
    description: Mapped[str] = mapped_column(Text, default="")
    applies_to: Mapped[AppliesTo] = mapped_column(enum_text(AppliesTo))
    subject_id: Mapped[int | None] = mapped_column(ForeignKey("subjects.id"))
    source: Mapped[str] = mapped_column(String(300), default="")
    weight: Mapped[float] = mapped_column(default=1.0)
    position: Mapped[int]

    parent: Mapped["Competency | None"] = relationship(remote_side="Competency.id")
    subject: Mapped[Subject | None] = relationship()


class Offering(Keyed, Base):
    """One thing a route may contain: a programme, an internship, mentoring, an event, a resource, self-study."""

    __tablename__ = "offerings"
    __table_args__ = (
        CheckConstraint("(hours_basis = 'estimated') = (hours IS NULL)", name="hours_or_estimate"),
        CheckConstraint("hours IS NULL OR hours > 0", name="hours_positive"),
        CheckConstraint("planning_hours > 0", name="planning_hours_positive"),
        CheckConstraint("(kind = 'program') = (program_type IS NOT NULL)", name="programs_have_type"),
        CheckConstraint("price IS NULL OR price >= 0", name="price_not_negative"),
        Index("ix_offerings_kind_active", "kind", "is_active"),
    )

    # Empty: known to all regions (the public catalog); filled: entered by the centre of that region.
    region_id: Mapped[int | None] = mapped_column(ForeignKey("regions.id"), index=True)
    code: Mapped[str] = mapped_column(String(40), unique=True)
    kind: Mapped[OfferingKind] = mapped_column(enum_text(OfferingKind))
    program_type: Mapped[ProgramType | None] = mapped_column(enum_text(ProgramType))
    title: Mapped[str] = mapped_column(String(600))
    annotation: Mapped[str] = mapped_column(Text, default="")
    audience: Mapped[str] = mapped_column(String(500), default="")
    subject_text: Mapped[str] = mapped_column(String(300), default="")  # subject and theme as the source names them
    provider_id: Mapped[int | None] = mapped_column(ForeignKey("providers.id"), index=True)
    region_name: Mapped[str] = mapped_column(String(200), default="")  # where it is run, as the source names it
    place: Mapped[str] = mapped_column(String(300), default="")
    hours: Mapped[int | None]  # academic hours; the smallest of several; none when the source is silent
    hours_basis: Mapped[HoursBasis] = mapped_column(enum_text(HoursBasis))
    planning_hours: Mapped[int]  # hours, or the estimate of the kind: what the optimiser counts
    delivery_form: Mapped[DeliveryForm] = mapped_column(enum_text(DeliveryForm))
    funding: Mapped[Funding] = mapped_column(enum_text(Funding))
    price: Mapped[int | None]  # roubles
    date_text: Mapped[str] = mapped_column(String(200), default="")  # a period that is not an exact date, as the source writes it
    result_document: Mapped[str] = mapped_column(String(500), default="")
    registry_kind: Mapped[Registry] = mapped_column(enum_text(Registry), default=Registry.NONE)
    registry_number: Mapped[str] = mapped_column(String(60), default="")
    registry_valid_until: Mapped[date | None]
    source_url: Mapped[str] = mapped_column(String(1000), default="")
    source_year: Mapped[int | None]
    is_active: Mapped[bool] = mapped_column(default=True)
    version: Mapped[int] = mapped_column(default=1)  # grows with each saved edit; a stale form is told
    updated_at: Mapped[datetime]

    provider: Mapped[Provider | None] = relationship()
    hours_variants: Mapped[list["OfferingHours"]] = relationship(order_by="OfferingHours.hours", cascade="all, delete-orphan")
    runs: Mapped[list["OfferingRun"]] = relationship(order_by="OfferingRun.starts_on", cascade="all, delete-orphan")

    __mapper_args__ = {"version_id_col": version}


class OfferingHours(Keyed, Base):
    """One of several volumes that a programme is offered in."""

    __tablename__ = "offering_hours"
    __table_args__ = (UniqueConstraint("offering_id", "hours"), CheckConstraint("hours > 0", name="hours_positive"))

    offering_id: Mapped[int] = mapped_column(ForeignKey("offerings.id"))
    hours: Mapped[int]


class OfferingRun(Keyed, Base):
    """Dates and seats of one stream of an offering."""

    __tablename__ = "offering_runs"
    __table_args__ = (
        CheckConstraint("ends_on >= starts_on", name="dates_in_order"),
        CheckConstraint("seats IS NULL OR seats >= 0", name="seats_not_negative"),
    )

    offering_id: Mapped[int] = mapped_column(ForeignKey("offerings.id"), index=True)
    starts_on: Mapped[date]
    ends_on: Mapped[date]
    enrol_until: Mapped[date | None]
    seats: Mapped[int | None]  # none: not limited or not said
    place: Mapped[str] = mapped_column(String(300), default="")


class OfferingCompetency(Keyed, Base):
    """A link competency–offering: text only proposes, people confirm or reject."""

    __tablename__ = "offering_competencies"
    __table_args__ = (
        UniqueConstraint("offering_id", "competency_id"),
        CheckConstraint("probability IS NULL OR (probability >= 0 AND probability <= 1)", name="probability_share"),
        Index("ix_offering_competencies_competency", "competency_id", "state"),
    )

    offering_id: Mapped[int] = mapped_column(ForeignKey("offerings.id"))
    competency_id: Mapped[int] = mapped_column(ForeignKey("competencies.id"))
    strength: Mapped[LinkStrength] = mapped_column(enum_text(LinkStrength))
    origin: Mapped[LinkOrigin] = mapped_column(enum_text(LinkOrigin))
    state: Mapped[LinkState] = mapped_column(enum_text(LinkState))
    probability: Mapped[float | None]  # of a proposed link, once the model is trained
    score: Mapped[float] = mapped_column(default=0.0)  # text score S of methods, 0..1
    matched_words: Mapped[str] = mapped_column(String(500), default="")  # what the proposal rests on, comma-separated
    decided_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    decided_at: Mapped[datetime | None]

    offering: Mapped[Offering] = relationship()
    competency: Mapped[Competency] = relationship()
