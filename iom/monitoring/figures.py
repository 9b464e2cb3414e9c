"""The arithmetic of indicators: counts in, figures out; a fingerprint says which rows a figure rests on."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class IndicatorRow:
    """One person of the denominator, with the fact that puts them into the numerator, if any."""

    employee_id: int
    code: str
    name: str
    school: str
    municipality: str
    fact_on: date | None  # when the fact happened; none: in the denominator only

    @property
    def counts(self) -> bool:
        """Whether the person is in the numerator."""
        return self.fact_on is not None


@dataclass(frozen=True, slots=True)
class Figure:
    """An indicator's value with what it is made of; `value` is per cent, or people for each methodist."""

    numerator: int
    denominator: int
    value: float | None


def share(numerator: int, denominator: int) -> Figure:
    """Return the share in per cent; without a denominator there is no value.

    Raises
    ------
    ValueError : a negative count, or more in the numerator than in the denominator
    """
    if not 0 <= numerator <= denominator:
        raise ValueError(f"{numerator} of {denominator}")
    return Figure(numerator, denominator, 100 * numerator / denominator if denominator else None)


def load(people: int, methodists: int) -> Figure:
    """Return people for each methodist.

    Raises
    ------
    ValueError : a negative count
    """
    if people < 0 or methodists < 0:
        raise ValueError(f"{people} for {methodists}")
    return Figure(people, methodists, people / methodists if methodists else None)


def share_of_rows(rows: Iterable[IndicatorRow]) -> Figure:
    """Return the share that the rows show: the same number by the second way."""
    listed = list(rows)
    return share(sum(row.counts for row in listed), len(listed))


def fingerprint(facts: Iterable[tuple[int, date | None]]) -> str:
    """Return the SHA-256 of who is counted and since when, whatever the order: pairs of an employee and the day of the fact."""
    lines = sorted(f"{employee_id};{day.isoformat() if day else ''}" for employee_id, day in facts)
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()
