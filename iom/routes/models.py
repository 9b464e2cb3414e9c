"""A person's route, its goals and items, and what freezes, approves and proves them."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from iom.accounts.models import Person
from iom.catalog.models import Competency, Offering, OfferingRun
from iom.core.database import Base, Keyed, Regional, enum_text
from iom.organizations.models import Employee, School
from iom.profiles.kinds import DeficitKind
from iom.profiles.models import Deficit
from iom.routes.kinds import ClosingOutcome, ItemKind, ItemLevel, ReviewDecision, ReviewStep, RevisionStatus, VersionReason
from iom.routes.workflow import ItemStatus, RouteStatus


class Route(Regional, Base):
    """One person's route through the catalog for one period."""

    __tablename__ = "routes"
    __table_args__ = (
        CheckConstraint("budget_hours > 0", name="budget_positive"),
        CheckConstraint("ends_on > starts_on", name="dates_in_order"),
        CheckConstraint("(status = 'closed') = (closed_on IS NOT NULL)", name="closed_has_date"),
        Index("ix_routes_employee", "employee_id", "status"),
        Index("ix_routes_school", "school_id", "status"),
        Index(
            "uq_routes_one_live",
            "employee_id",
            unique=True,
            sqlite_where=text("status <> 'closed'"),
            postgresql_where=text("status <> 'closed'"),
        ),
    )

    employee_id: Mapped[int] = mapped_column(ForeignKey("employees.id"))
    school_id: Mapped[int] = mapped_column(ForeignKey("schools.id"))  # of the main post when the route was made
    attempt_id: Mapped[int | None] = mapped_column(ForeignKey("diagnostic_attempts.id"), index=True)  # the one its deficits come from
    cycle_number: Mapped[int] = mapped_column(default=1)
    status: Mapped[RouteStatus] = mapped_column(enum_text(RouteStatus), default=RouteStatus.DRAFT)
    starts_on: Mapped[date]
    ends_on: Mapped[date]
    budget_hours: Mapped[int]  # academic hours, 45 minutes
    personal_request: Mapped[str] = mapped_column(String(1000), default="")  # as it stood when the route was made
    objective: Mapped[int | None]  # Z of methods, section 3
    bound: Mapped[int | None]
    solver_status: Mapped[str] = mapped_column(String(20), default="")  # optimal, feasible, edited
    coverage: Mapped[float] = mapped_column(default=0.0)  # share of the weighted way to the bound, 0..1
    submitted_at: Mapped[datetime | None]
    due_on: Mapped[date | None]  # when the side that holds it should answer
    closed_on: Mapped[date | None]
    closing_outcome: Mapped[ClosingOutcome | None] = mapped_column(enum_text(ClosingOutcome))
    tutor_conclusion: Mapped[str] = mapped_column(Text, default="")
    created_at: Mapped[datetime]
    updated_at: Mapped[datetime]
    version: Mapped[int] = mapped_column(default=1)  # grows with each change; a stale form is told

    employee: Mapped[Employee] = relationship()
    school: Mapped[School] = relationship()
    goals: Mapped[list["RouteGoal"]] = relationship(back_populates="route", order_by="RouteGoal.position", cascade="all, delete-orphan")
    items: Mapped[list["RouteItem"]] = relationship(back_populates="route", order_by="RouteItem.position", cascade="all, delete-orphan")

    __mapper_args__ = {"version_id_col": version}


class RouteGoal(Keyed, Base):
    """A need that the route answers: covered by items, or not covered because of a named reason."""

    __tablename__ = "route_goals"
    __table_args__ = (
        UniqueConstraint("route_id", "competency_id"),
        CheckConstraint("weight >= 1 AND weight <= 10", name="weight_range"),
        CheckConstraint("coverage >= 0", name="coverage_not_negative"),
        CheckConstraint("(kind = 'request') = (competency_id IS NULL)", name="requests_have_no_competency"),
    )

    route_id: Mapped[int] = mapped_column(ForeignKey("routes.id"), index=True)
    kind: Mapped[DeficitKind] = mapped_column(enum_text(DeficitKind))
    competency_id: Mapped[int | None] = mapped_column(ForeignKey("competencies.id"))  # none: the request in own words
    deficit_id: Mapped[int | None] = mapped_column(ForeignKey("deficits.id"), index=True)
    title: Mapped[str] = mapped_column(String(1000))  # of the competency, or the request as written
    position: Mapped[int]
    weight: Mapped[int]
    expected_result: Mapped[str] = mapped_column(String(500), default="")
    coverage: Mapped[int] = mapped_column(default=0)  # per cent of the gap, sum of the items
    reason: Mapped[str] = mapped_column(String(40), default="")  # why below 60: code of routes.reasons
    reason_facts: Mapped[dict[str, Any]]  # the obstacle that would have to go

    route: Mapped[Route] = relationship(back_populates="goals")
    competency: Mapped[Competency | None] = relationship()
    deficit: Mapped[Deficit | None] = relationship()


class RouteItem(Keyed, Base):
    """One planned activity of a route; keeps its own copy of the facts that a later edit of the catalog must not change."""

    __tablename__ = "route_items"
    __table_args__ = (
        CheckConstraint("hours > 0", name="hours_positive"),
        CheckConstraint("ends_on IS NULL OR starts_on IS NULL OR ends_on >= starts_on", name="dates_in_order"),
        UniqueConstraint("route_id", "offering_id"),
        Index("ix_route_items_status", "status"),
    )

    route_id: Mapped[int] = mapped_column(ForeignKey("routes.id"), index=True)
    position: Mapped[int]
    kind: Mapped[ItemKind] = mapped_column(enum_text(ItemKind))
    item_level: Mapped[ItemLevel] = mapped_column(enum_text(ItemLevel), default=ItemLevel.REGION)
    offering_id: Mapped[int | None] = mapped_column(ForeignKey("offerings.id"), index=True)  # none: own item or open slot
    run_id: Mapped[int | None] = mapped_column(ForeignKey("offering_runs.id"))
    title: Mapped[str] = mapped_column(String(600))
    provider_name: Mapped[str] = mapped_column(String(300), default="")
    hours: Mapped[int]
    hours_estimated: Mapped[bool] = mapped_column(default=False)
    starts_on: Mapped[date | None]
    ends_on: Mapped[date | None]
    has_fixed_dates: Mapped[bool] = mapped_column(default=False)  # dates of a run; otherwise months that we propose
    status: Mapped[ItemStatus] = mapped_column(enum_text(ItemStatus), default=ItemStatus.PLANNED)
    is_pinned: Mapped[bool] = mapped_column(default=False)
    is_own: Mapped[bool] = mapped_column(default=False)  # entered by the person, not found by the system
    reason: Mapped[str] = mapped_column(String(40), default="")  # «почему здесь»: code of routes.proposal
    reason_facts: Mapped[dict[str, Any]]
    expected_result: Mapped[str] = mapped_column(String(500), default="")
    registry_kind: Mapped[str] = mapped_column(String(20), default="none")  # of the programme on the day it was taken
    registry_number: Mapped[str] = mapped_column(String(60), default="")
    done_on: Mapped[date | None]

    route: Mapped[Route] = relationship(back_populates="items")
    offering: Mapped[Offering | None] = relationship()
    run: Mapped[OfferingRun | None] = relationship()
    covers: Mapped[list["RouteItemCover"]] = relationship(back_populates="item", cascade="all, delete-orphan")


class RouteItemCover(Keyed, Base):
    """How much of one goal's gap one item is expected to close."""

    __tablename__ = "route_item_covers"
    __table_args__ = (
        UniqueConstraint("item_id", "goal_id"),
        CheckConstraint("per_cent >= 0 AND per_cent <= 100", name="per_cent_range"),
    )

    item_id: Mapped[int] = mapped_column(ForeignKey("route_items.id"), index=True)
    goal_id: Mapped[int] = mapped_column(ForeignKey("route_goals.id"), index=True)
    per_cent: Mapped[int]

    item: Mapped[RouteItem] = relationship(back_populates="covers")
    goal: Mapped[RouteGoal] = relationship()


class RouteExclusion(Keyed, Base):
    """An offering that the person took out: never proposed again for this route."""

    __tablename__ = "route_exclusions"
    __table_args__ = (UniqueConstraint("route_id", "offering_id"),)

    route_id: Mapped[int] = mapped_column(ForeignKey("routes.id"))
    offering_id: Mapped[int] = mapped_column(ForeignKey("offerings.id"))
    at: Mapped[datetime]


class RouteVersion(Keyed, Base):
    """A frozen copy of a route with the hash of its content; never changed."""

    __tablename__ = "route_versions"
    __table_args__ = (UniqueConstraint("route_id", "number"),)

    route_id: Mapped[int] = mapped_column(ForeignKey("routes.id"))
    number: Mapped[int]
    reason: Mapped[VersionReason] = mapped_column(enum_text(VersionReason))
    content: Mapped[dict[str, Any]]
    content_hash: Mapped[str] = mapped_column(String(64))
    created_at: Mapped[datetime]
    created_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))


class RouteReview(Keyed, Base):
    """One decision of one side of the agreement about one version."""

    __tablename__ = "route_reviews"

    route_id: Mapped[int] = mapped_column(ForeignKey("routes.id"), index=True)
    version_id: Mapped[int | None] = mapped_column(ForeignKey("route_versions.id"))
    step: Mapped[ReviewStep] = mapped_column(enum_text(ReviewStep))
    reviewer_id: Mapped[int] = mapped_column(ForeignKey("people.id"), index=True)
    decision: Mapped[ReviewDecision] = mapped_column(enum_text(ReviewDecision))
    comment: Mapped[str] = mapped_column(Text, default="")
    decided_at: Mapped[datetime]

    reviewer: Mapped[Person] = relationship()


class Order(Regional, Base):
    """An order of a school that approves one or many routes."""

    __tablename__ = "orders"
    __table_args__ = (UniqueConstraint("school_id", "number", "year"),)

    school_id: Mapped[int] = mapped_column(ForeignKey("schools.id"))
    number: Mapped[str] = mapped_column(String(40))
    issued_on: Mapped[date]
    year: Mapped[int]  # numbering starts anew each year
    issued_by_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    recorded_at: Mapped[datetime]
    scan_id: Mapped[int | None] = mapped_column(ForeignKey("stored_files.id"))

    school: Mapped[School] = relationship()
    issued_by: Mapped[Person] = relationship()
    routes: Mapped[list["OrderRoute"]] = relationship(back_populates="order")


class OrderRoute(Keyed, Base):
    """A route that an order approves, in the edition it approves."""

    __tablename__ = "order_routes"
    __table_args__ = (UniqueConstraint("order_id", "route_id"),)

    order_id: Mapped[int] = mapped_column(ForeignKey("orders.id"))
    route_id: Mapped[int] = mapped_column(ForeignKey("routes.id"), index=True)
    version_id: Mapped[int] = mapped_column(ForeignKey("route_versions.id"))

    order: Mapped[Order] = relationship(back_populates="routes")
    route: Mapped[Route] = relationship()
    version: Mapped[RouteVersion] = relationship()


class OrderCorrection(Keyed, Base):
    """A mistake in an order's number or date: both values stay."""

    __tablename__ = "order_corrections"

    order_id: Mapped[int] = mapped_column(ForeignKey("orders.id"), index=True)
    old_number: Mapped[str] = mapped_column(String(40))
    old_issued_on: Mapped[date]
    reason: Mapped[str] = mapped_column(Text)
    corrected_by_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    corrected_at: Mapped[datetime]


class RouteRevision(Keyed, Base):
    """A correction asked for after approval: why, by whom, what changed, what was decided."""

    __tablename__ = "route_revisions"

    route_id: Mapped[int] = mapped_column(ForeignKey("routes.id"), index=True)
    reason: Mapped[str] = mapped_column(Text)
    changes: Mapped[list[Any]]
    needs_order: Mapped[bool]  # an item is removed or the period moves
    status: Mapped[RevisionStatus] = mapped_column(enum_text(RevisionStatus), default=RevisionStatus.ASKED)
    author_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    asked_at: Mapped[datetime]
    decided_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    decided_at: Mapped[datetime | None]
    from_version_id: Mapped[int | None] = mapped_column(ForeignKey("route_versions.id"))
    to_version_id: Mapped[int | None] = mapped_column(ForeignKey("route_versions.id"))


class Reflection(Keyed, Base):
    """The person's short answer at the end: what is new, what goes into work."""

    __tablename__ = "reflections"

    route_id: Mapped[int] = mapped_column(ForeignKey("routes.id"), unique=True)
    what_is_new: Mapped[str] = mapped_column(Text, default="")
    goes_into_work: Mapped[str] = mapped_column(Text, default="")
    written_at: Mapped[datetime]


class RouteComment(Keyed, Base):
    """One message in the talk about a route or one of its items."""

    __tablename__ = "route_comments"

    route_id: Mapped[int] = mapped_column(ForeignKey("routes.id"), index=True)
    item_id: Mapped[int | None] = mapped_column(ForeignKey("route_items.id", ondelete="SET NULL"), index=True)
    author_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    text: Mapped[str] = mapped_column(String(2000))
    created_at: Mapped[datetime]

    author: Mapped[Person] = relationship()


class RouteEvent(Keyed, Base):
    """One move of a route or of its item; append-only, the route's state is its last event."""

    __tablename__ = "route_events"

    route_id: Mapped[int] = mapped_column(ForeignKey("routes.id"), index=True)
    item_id: Mapped[int | None]  # kept as a number: the item may be gone
    actor_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    role: Mapped[str] = mapped_column(String(40))
    from_status: Mapped[str] = mapped_column(String(40))
    to_status: Mapped[str] = mapped_column(String(40))
    note: Mapped[str] = mapped_column(Text, default="")
    at: Mapped[datetime]
