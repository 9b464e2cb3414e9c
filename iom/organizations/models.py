"""The tree of organisations and the people who work in it."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from iom.accounts.models import Person
from iom.catalog.kinds import Ownership
from iom.core.database import Base, Keyed, Regional, enum_text
from iom.organizations.kinds import ApprovalChain, AuthorityLevel, EmployeeCategory, MethodCenterKind, QualificationCategory


class Region(Keyed, Base):
    """A subject of the federation: the upper tenant, the unit of sharding."""

    __tablename__ = "regions"
    __table_args__ = (CheckConstraint("min_group_size >= 2", name="min_group_size"),)

    code: Mapped[str] = mapped_column(String(20), unique=True)
    name: Mapped[str] = mapped_column(String(200))
    timezone: Mapped[str] = mapped_column(String(40), default="Europe/Moscow")
    approval_chain: Mapped[ApprovalChain] = mapped_column(enum_text(ApprovalChain), default=ApprovalChain.TUTOR_HEAD_ORDER)
    min_group_size: Mapped[int] = mapped_column(default=5)  # people; smaller groups are hidden in aggregates
    tutor_days: Mapped[int] = mapped_column(default=10)  # working days to answer a route or an evidence
    head_days: Mapped[int] = mapped_column(default=5)  # working days to approve


class Municipality(Regional, Base):
    """A district or a city inside a region."""

    __tablename__ = "municipalities"
    __table_args__ = (UniqueConstraint("region_id", "code"),)

    code: Mapped[str] = mapped_column(String(20))
    name: Mapped[str] = mapped_column(String(200))


class School(Regional, Base):
    """An educational organisation that employs people."""

    __tablename__ = "schools"
    __table_args__ = (UniqueConstraint("region_id", "code"),)

    municipality_id: Mapped[int] = mapped_column(ForeignKey("municipalities.id"), index=True)
    code: Mapped[str] = mapped_column(String(20))
    name: Mapped[str] = mapped_column(String(300))
    short_name: Mapped[str] = mapped_column(String(100))
    is_rural: Mapped[bool] = mapped_column(default=False)
    is_active: Mapped[bool] = mapped_column(default=True)

    municipality: Mapped[Municipality] = relationship()


class MethodCenter(Regional, Base):
    """A regional centre (ЦНППМ) or a municipal methodical service."""

    __tablename__ = "method_centers"

    municipality_id: Mapped[int | None] = mapped_column(ForeignKey("municipalities.id"))
    kind: Mapped[MethodCenterKind] = mapped_column(enum_text(MethodCenterKind))
    name: Mapped[str] = mapped_column(String(300))


class Authority(Regional, Base):
    """A department or a municipal authority; sees aggregates only."""

    __tablename__ = "authorities"

    municipality_id: Mapped[int | None] = mapped_column(ForeignKey("municipalities.id"))
    level: Mapped[AuthorityLevel] = mapped_column(enum_text(AuthorityLevel))
    name: Mapped[str] = mapped_column(String(300))


class Provider(Keyed, Base):
    """An organisation that runs further-training programmes; stands beside the tree, so its region may be unknown."""

    __tablename__ = "providers"

    region_id: Mapped[int | None] = mapped_column(ForeignKey("regions.id"), index=True)
    name: Mapped[str] = mapped_column(String(300), unique=True)
    region_name: Mapped[str] = mapped_column(String(200), default="")  # as the source names it
    ownership: Mapped[Ownership] = mapped_column(enum_text(Ownership), default=Ownership.UNKNOWN)


class Subject(Keyed, Base):
    """A school subject with the other names that files use for it."""

    __tablename__ = "subjects"

    code: Mapped[str] = mapped_column(String(40), unique=True)
    title: Mapped[str] = mapped_column(String(100), unique=True)
    aliases: Mapped[str] = mapped_column(String(500), default="")  # separated by |


class Employee(Regional, Base):
    """A person whose development is tracked: owns attempts and routes."""

    __tablename__ = "employees"
    __table_args__ = (UniqueConstraint("region_id", "code"),)

    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"), unique=True)
    code: Mapped[str] = mapped_column(String(40))  # the teacher code of files
    category: Mapped[EmployeeCategory] = mapped_column(enum_text(EmployeeCategory))
    experience_start_date: Mapped[date | None]
    qualification_category: Mapped[QualificationCategory] = mapped_column(
        enum_text(QualificationCategory), default=QualificationCategory.NONE
    )
    category_assigned_on: Mapped[date | None]
    education: Mapped[str] = mapped_column(String(300), default="")

    person: Mapped[Person] = relationship()
    employments: Mapped[list["Employment"]] = relationship(back_populates="employee", order_by="Employment.starts_on")
    subjects: Mapped[list[Subject]] = relationship(secondary="employee_subjects", order_by=Subject.title)


class EmployeeSubject(Base):
    """A subject that a person teaches."""

    __tablename__ = "employee_subjects"

    employee_id: Mapped[int] = mapped_column(ForeignKey("employees.id"), primary_key=True)
    subject_id: Mapped[int] = mapped_column(ForeignKey("subjects.id"), primary_key=True)


class Employment(Regional, Base):
    """One post of one person at one school; closed, never deleted, when the person moves."""

    __tablename__ = "employments"
    __table_args__ = (
        CheckConstraint("ends_on IS NULL OR ends_on >= starts_on", name="dates_in_order"),
        Index("ix_employments_school_open", "school_id", "ends_on"),
        Index(
            "uq_employments_one_main_open",
            "employee_id",
            unique=True,
            sqlite_where=text("is_main AND ends_on IS NULL"),
            postgresql_where=text("is_main AND ends_on IS NULL"),
        ),
    )

    employee_id: Mapped[int] = mapped_column(ForeignKey("employees.id"), index=True)
    school_id: Mapped[int] = mapped_column(ForeignKey("schools.id"))
    position: Mapped[str] = mapped_column(String(200))
    is_main: Mapped[bool] = mapped_column(default=True)
    starts_on: Mapped[date]
    ends_on: Mapped[date | None]
    recorded_at: Mapped[datetime]

    employee: Mapped[Employee] = relationship(back_populates="employments")
    school: Mapped[School] = relationship()
