"""What a measurement says: figures with the bars of the design beside them."""

from dataclasses import dataclass
from enum import StrEnum


class Unit(StrEnum):
    """What a figure counts, and with it how many digits are worth showing."""

    MILLISECONDS = "ms"
    RATIO = "ratio"
    COUNT = "count"
    KILOBYTES = "kb"
    PER_SECOND = "per_second"
    MINUTES = "minutes"
    PERCENT = "percent"


@dataclass(frozen=True, slots=True)
class Figure:
    """One number; `bar` is what it may be at most, or at least when `is_floor`; None when the design names no bar."""

    name: str
    value: float
    unit: Unit
    bar: float | None = None
    is_floor: bool = False

    @property
    def is_met(self) -> bool | None:
        """Whether the bar is kept; None without one."""
        if self.bar is None:
            return None
        return self.value >= self.bar if self.is_floor else self.value <= self.bar


@dataclass(frozen=True, slots=True)
class Row:
    """One thing measured, such as a page or a size of the problem."""

    name: str
    figures: tuple[Figure, ...]

    @property
    def is_met(self) -> bool:
        return all(figure.is_met is not False for figure in self.figures)


@dataclass(frozen=True, slots=True)
class Table:
    """What one benchmark found; every row has the same figures in the same order, or fewer."""

    name: str
    rows: tuple[Row, ...]
