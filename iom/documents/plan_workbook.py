"""The workbook of `iom plan`: people, deficits, items of the routes, and what no route covers."""

import dataclasses
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import BinaryIO

from iom.documents import texts
from iom.documents.sheets_out import Column, Kind, Sheet, write_workbook


@dataclass(frozen=True, slots=True)
class PersonRow:
    """One person and the outcome of planning for them; hours are academic, money whole roubles."""

    person_code: str
    full_name: str
    school: str
    municipality: str
    position: str
    subject: str
    competencies: int  # measured
    deficits: int
    claims: int  # difficulties that the person named and no task showed
    covered: int  # deficits whose coverage reaches the goal of the method
    steps: int
    hours: int
    hours_estimated: int  # of `hours`, those the catalog only guesses
    money: int
    start: date | None
    end: date | None
    solution: str  # in words: «лучший, доказано»
    gap_percent: float | None  # how far from the best possible at most, per cent
    file_name: str


@dataclass(frozen=True, slots=True)
class DeficitRow:
    """One competency of one person; levels, probability and coverage are per cent 0–100."""

    person_code: str
    full_name: str
    competency_code: str
    competency: str
    answers: int
    level: float | None
    level_low: float | None
    level_high: float | None
    bound: float
    probability: float | None  # that the level lies below the bound
    verdict: str
    depth: str
    coverage: float | None


@dataclass(frozen=True, slots=True)
class ItemRow:
    """One activity of one route, with the reason why it is there."""

    person_code: str
    full_name: str
    number: int
    offering_code: str
    title: str
    kind: str
    provider: str
    form: str
    hours: int
    hours_estimated: int
    money: int
    start: date | None
    end: date | None
    aims: str
    why: str


@dataclass(frozen=True, slots=True)
class UncoveredRow:
    """One deficit that a route leaves open, and the reason that was checked."""

    person_code: str
    full_name: str
    municipality: str
    competency_code: str
    competency: str
    coverage: float
    reason: str
    remedy: str


KINDS = {
    **dict.fromkeys(
        ("competencies", "deficits", "claims", "covered", "steps", "hours", "hours_estimated", "money", "answers", "number"), Kind.INT
    ),
    **dict.fromkeys(("start", "end"), Kind.DATE),
    **dict.fromkeys(("gap_percent", "level", "level_low", "level_high", "bound", "probability", "coverage"), Kind.PERCENT),
}
WIDTHS = {
    **dict.fromkeys(("title", "competency", "why", "reason"), 60),
    **dict.fromkeys(("full_name", "school", "provider", "aims", "remedy", "solution", "verdict"), 34),
    **dict.fromkeys(("person_code", "number", "form", "kind", "start", "end"), 12),
}


def write_plan(
    target: Path | BinaryIO,
    *,
    people: Iterable[PersonRow],
    deficits: Iterable[DeficitRow],
    items: Iterable[ItemRow],
    uncovered: Iterable[UncoveredRow],
    made_at: datetime,
    about: Sequence[tuple[str, str]] = (),
) -> int:
    """Write routes.xlsx and return how many rows its four sheets hold together."""
    lists = {
        "people": (PersonRow, people),
        "deficits": (DeficitRow, deficits),
        "items": (ItemRow, items),
        "uncovered": (UncoveredRow, uncovered),
    }
    sheets = [Sheet(texts.PLAN_SHEETS[name], plan_columns(row_class), rows) for name, (row_class, rows) in lists.items()]
    return write_workbook(target, sheets, made_at=made_at, about=about)


def plan_columns(row_class: type) -> list[Column]:
    """Return the columns of one kind of row, in the order of its fields."""
    names = [field.name for field in dataclasses.fields(row_class)]
    return [Column(name, texts.PLAN_CAPTIONS[name], KINDS.get(name, Kind.TEXT), WIDTHS.get(name, 18)) for name in names]
