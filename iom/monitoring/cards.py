"""Cards, slices and the table of completion as their template shows them; addresses are added by the view."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from iom.monitoring import texts
from iom.monitoring.board import Result
from iom.monitoring.figures import Figure
from iom.monitoring.kinds import IndicatorCode
from iom.monitoring.models import IndicatorTarget
from iom.monitoring.queries import Frozen
from iom.monitoring.texts import C


@dataclass(frozen=True, slots=True)
class Card:
    """One indicator on the dashboard."""

    code: IndicatorCode
    title: str
    is_shown: bool
    value: float | None
    rows_text: str
    unit: str
    target: float | None
    badge: tuple[str, str, str] | None  # text, tone, icon
    history: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class SliceLine:
    """The frozen values of one day."""

    as_of: date
    frozen_at: datetime
    frozen_by: str
    values: Mapping[str, tuple[str, str]]  # by code: the value and what it is made of
    differs: int  # how many of the present figures differ, when the slice is of the day shown


def card(result: Result, target: IndicatorTarget | None, history: Sequence[float]) -> Card:
    """Return one indicator as its card shows it."""
    code, figure = result.code, result.figure
    value = figure.value if figure else None
    is_load = code is C.METHODIST_LOAD
    badge = texts.load_badge(result.largest, target.target if target else None) if is_load else None
    if target and not is_load and figure:
        badge = texts.target_badge(value, target.target, target.target_date)
    return Card(
        code=code,
        title=texts.TITLE[code],
        is_shown=figure is not None,
        value=value,
        rows_text=texts.figure_text(code, figure) if figure else "",
        unit=texts.unit(code),
        target=target.target if target and not is_load else None,
        badge=badge,
        history=(*history, value) if value is not None and history else (),
    )


def history_of(frozen: Sequence[Frozen], code: str, until: date) -> list[float]:
    """Return the frozen values of one indicator before a day, oldest first."""
    rows = [row.value for row in frozen if row.code == code and row.value.as_of < until]
    return [row.value for row in sorted(rows, key=lambda row: row.as_of) if row.value is not None]


def slices(frozen: Sequence[Frozen], results: Sequence[Result], as_of: date) -> list[SliceLine]:
    """Return the frozen days, newest first."""
    by_day: dict[date, list[Frozen]] = defaultdict(list)
    for row in frozen:
        by_day[row.value.as_of].append(row)
    present = {result.code: result.figure for result in results}
    return [_slice(day, rows, present if day == as_of else {}) for day, rows in sorted(by_day.items(), reverse=True)]


def _slice(day: date, rows: Sequence[Frozen], present: Mapping[IndicatorCode, Figure | None]) -> SliceLine:
    values: dict[str, tuple[str, str]] = {}
    differs = 0
    for row in rows:
        code, figure = IndicatorCode(row.code), row.value.figure
        values[code] = (texts.value_text(code, figure), texts.figure_text(code, figure))
        differs += code in present and present[code] != figure
    return SliceLine(day, rows[0].value.frozen_at, rows[0].who, values, differs)
