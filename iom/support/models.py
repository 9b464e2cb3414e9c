"""Who accompanies whom, with history."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from iom.accounts.models import Person
from iom.core.database import Base, Regional
from iom.organizations.models import Employee


def _one_open(table: str) -> tuple[CheckConstraint, Index]:
    return (
        CheckConstraint("ends_on IS NULL OR ends_on >= starts_on", name="dates_in_order"),
        Index(
            f"uq_{table}_one_open",
            "employee_id",
            unique=True,
            sqlite_where=text("ends_on IS NULL"),
            postgresql_where=text("ends_on IS NULL"),
        ),
    )


class TutorAssignment(Regional, Base):
    """A tutor accompanies an employee from one day to another; closed and opened anew when the tutor changes."""

    __tablename__ = "tutor_assignments"
    __table_args__ = (*_one_open("tutor_assignments"), Index("ix_tutor_assignments_tutor", "tutor_id", "ends_on"))

    employee_id: Mapped[int] = mapped_column(ForeignKey("employees.id"))
    tutor_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    starts_on: Mapped[date]
    ends_on: Mapped[date | None]
    assigned_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    assigned_at: Mapped[datetime]

    tutor: Mapped[Person] = relationship(foreign_keys=[tutor_id])
    employee: Mapped[Employee] = relationship()


class MethodistAssignment(Regional, Base):
    """A regional or municipal methodist supports an employee; the norm is 250 people each."""

    __tablename__ = "methodist_assignments"
    __table_args__ = (*_one_open("methodist_assignments"), Index("ix_methodist_assignments_methodist", "methodist_id", "ends_on"))

    employee_id: Mapped[int] = mapped_column(ForeignKey("employees.id"))
    methodist_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    starts_on: Mapped[date]
    ends_on: Mapped[date | None]
    assigned_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    assigned_at: Mapped[datetime]
    override_reason: Mapped[str] = mapped_column(Text, default="")  # why the norm was passed

    methodist: Mapped[Person] = relationship(foreign_keys=[methodist_id])
    employee: Mapped[Employee] = relationship()


class Consultation(Regional, Base):
    """A dated meeting of a person and the tutor, with a summary of two lines."""

    __tablename__ = "consultations"

    employee_id: Mapped[int] = mapped_column(ForeignKey("employees.id"), index=True)
    tutor_id: Mapped[int] = mapped_column(ForeignKey("people.id"), index=True)
    held_on: Mapped[date]
    summary: Mapped[str] = mapped_column(String(1000), default="")
    recorded_at: Mapped[datetime]
