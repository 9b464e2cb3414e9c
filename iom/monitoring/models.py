"""The ordered indicators and their frozen values."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from iom.core.database import Base, Keyed, Regional
from iom.monitoring.figures import Figure


class Indicator(Keyed, Base):
    """One indicator as an order words it; the arithmetic is found by its code."""

    __tablename__ = "indicators"

    code: Mapped[str] = mapped_column(String(20), unique=True)
    criterion: Mapped[str] = mapped_column(Text)
    title: Mapped[str] = mapped_column(Text)
    unit: Mapped[str] = mapped_column(String(40))
    numerator: Mapped[str] = mapped_column(Text)
    denominator: Mapped[str] = mapped_column(Text)
    population: Mapped[str] = mapped_column(String(200))
    level: Mapped[str] = mapped_column(String(40))
    assumption: Mapped[str] = mapped_column(Text, default="")
    document: Mapped[str] = mapped_column(String(300), default="")  # the order that asks for it


class IndicatorTarget(Regional, Base):
    """A planned value of an indicator in one region by a date; targets are data, not code."""

    __tablename__ = "indicator_targets"
    __table_args__ = (UniqueConstraint("region_id", "indicator_id", "target_date"),)

    indicator_id: Mapped[int] = mapped_column(ForeignKey("indicators.id"))
    target: Mapped[float]
    target_date: Mapped[date]


class IndicatorValue(Regional, Base):
    """A value frozen on a date with the fingerprint of its rows; never recomputed."""

    __tablename__ = "indicator_values"
    __table_args__ = (
        UniqueConstraint("region_id", "indicator_id", "as_of", "municipality_id"),
        CheckConstraint("denominator >= 0", name="denominator_not_negative"),
    )

    indicator_id: Mapped[int] = mapped_column(ForeignKey("indicators.id"))
    municipality_id: Mapped[int | None] = mapped_column(ForeignKey("municipalities.id"))
    as_of: Mapped[date]
    numerator: Mapped[float]
    denominator: Mapped[float]
    value: Mapped[float | None]
    rows_hash: Mapped[str] = mapped_column(String(64))
    frozen_at: Mapped[datetime]
    frozen_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))

    @property
    def figure(self) -> Figure:
        """The frozen figure as the arithmetic speaks of it; counts are whole."""
        return Figure(int(self.numerator), int(self.denominator), self.value)
