"""Single values of a results table: per cent on a scale of their column, points, days, counts."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from iom.core.sheets import Cell, CellError, clean_text, date_of, heading_key, number_of, text_of
from iom.profiles.results_file.kinds import RejectReason, Scale, ScoreSource
from iom.profiles.results_file.texts import NOT_MEASURED, SOURCES

OLDEST_YEAR = 1990
MOST_TASKS = 1_000
_SHOWN = 60  # characters of a wrong value in a message
_AGREEMENT = 1.0  # percentage points between a given per cent and the one that follows from points: rounding
_SOURCES = {heading_key(alias): ScoreSource(name) for name, aliases in SOURCES.items() for alias in (name, *aliases)}


class Refusal(Exception):
    """One value makes its row or cell unusable."""

    def __init__(self, reason: RejectReason, **facts: str | int) -> None:
        super().__init__(reason.value)
        self.reason = reason
        self.facts = tuple(facts.items())


@dataclass(frozen=True, slots=True)
class ScaleVerdict:
    """The scale of a column; whether its numbers prove it, and whether they give reason to doubt."""

    scale: Scale
    is_proven: bool = False
    is_doubtful: bool = False


def shown(cell: Cell) -> str:
    """Return the value as it goes into a message."""
    return cell.text if isinstance(cell, CellError) else text_of(cell)[:_SHOWN]


def is_not_measured(cell: Cell) -> bool:
    """Return whether the cell says that nothing was measured: empty, a dash, «н/д»."""
    return cell is None or (isinstance(cell, str) and clean_text(cell).casefold() in NOT_MEASURED)


def quantity(cell: Cell) -> tuple[float, bool]:
    """Return the number and whether a per cent sign stands with it.

    Raises
    ------
    Refusal : an error of the sheet, or anything but a number
    """
    if isinstance(cell, CellError):
        raise Refusal(RejectReason.CELL_ERROR, value=cell.text)
    text = clean_text(cell) if isinstance(cell, str) else ""
    number = number_of(text[:-1]) if text.endswith("%") else number_of(cell)
    if number is None:
        raise Refusal(RejectReason.NOT_A_NUMBER, value=shown(cell))
    return number, text.endswith("%")


def scale_of(cells: Iterable[Cell]) -> ScaleVerdict:
    """Return how the numbers of a column are meant.

    They are fractions only if none is above 1, none carries a per cent sign and one lies strictly between 0 and 1.
    Doubtful are columns of ones and zeros, and those that hold both numbers between 0 and 1 and numbers above 1.
    """
    numbers, has_sign = [], False
    for cell in cells:
        if is_not_measured(cell):
            continue
        try:
            number, signed = quantity(cell)
        except Refusal:
            continue
        has_sign = has_sign or signed
        if number >= 0:
            numbers.append(number)
    between = any(0 < number < 1 for number in numbers)
    above = any(number > 1 for number in numbers)
    if between and not above and not has_sign:
        return ScaleVerdict(Scale.FRACTION, is_proven=True)
    is_proven = above or has_sign
    ones_only = not is_proven and any(number == 1 for number in numbers)
    return ScaleVerdict(Scale.PERCENT, is_proven, is_doubtful=not has_sign and (ones_only or (between and above)))


def percent_of(cell: Cell, scale: Scale, maximum: float | None = None) -> float:
    """Return the value in per cent, 0..100.

    Raises
    ------
    Refusal : no number, negative, above 100 or above the maximum
    """
    number, signed = quantity(cell)
    if number < 0:
        raise Refusal(RejectReason.NEGATIVE, value=shown(cell))
    if maximum is not None and not signed:
        if number > maximum:
            raise Refusal(RejectReason.SCORE_ABOVE_MAX, value=shown(cell), max=text_of(maximum))
        return 100 * number / maximum
    percent = 100 * number if scale is Scale.FRACTION and not signed else number
    if percent > 100:
        raise Refusal(RejectReason.ABOVE_100, value=shown(cell))
    return percent


def percent_of_score(score: Cell, maximum: Cell) -> float:
    """Return points out of a maximum in per cent.

    Raises
    ------
    Refusal : the maximum is absent or not above zero, the points are no number, negative or above the maximum
    """
    if is_not_measured(maximum):
        raise Refusal(RejectReason.NO_MAX, value=shown(score))
    try:
        most, _ = quantity(maximum)
    except Refusal as refused:
        raise Refusal(RejectReason.BAD_MAX, value=shown(maximum)) from refused
    if most <= 0:
        raise Refusal(RejectReason.BAD_MAX, value=shown(maximum))
    return percent_of(score, Scale.SCORE, most)


def check_agreement(percent: float, from_score: float) -> None:
    """Raise Refusal if the given per cent and the one that follows from points differ by more than rounding."""
    if abs(percent - from_score) > _AGREEMENT:
        raise Refusal(RejectReason.CONTRADICTION, value=f"{percent:.1f}", expected=f"{from_score:.1f}")


def tasks_of(cell: Cell) -> int | None:
    """Return the number of tasks behind a result, None if the file is silent; raise Refusal if it is impossible."""
    if is_not_measured(cell):
        return None
    number = number_of(cell)
    if number is None or not number.is_integer() or not 1 <= number <= MOST_TASKS:
        raise Refusal(RejectReason.BAD_TASKS, value=shown(cell))
    return int(number)


def day_of(cell: Cell, today: date) -> date | None:
    """Return the day of a measurement, None if the file is silent; raise Refusal if it is unreadable or ahead."""
    if is_not_measured(cell):
        return None
    day = date_of(cell)
    if day is None or day.year < OLDEST_YEAR:
        raise Refusal(RejectReason.BAD_DATE, value=shown(cell))
    if day > today:
        raise Refusal(RejectReason.FUTURE_DATE, value=shown(cell))
    return day


def source_of(cell: Cell, default: ScoreSource) -> ScoreSource:
    """Return where a result comes from; raise Refusal for a word nobody knows."""
    if is_not_measured(cell):
        return default
    source = _SOURCES.get(heading_key(text_of(cell))) if not isinstance(cell, CellError) else None
    if source is None:
        raise Refusal(RejectReason.UNKNOWN_SOURCE, value=shown(cell))
    return source
