"""Results before they are compared with each other: read row by row in either layout."""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date

from iom.core.sheets import Cell, Row, Table, text_of
from iom.profiles.results_file.columns import Columns
from iom.profiles.results_file.competencies import CompetencyNames
from iom.profiles.results_file.kinds import ColumnVerdict, Rejected, RejectReason, ResultRow, Scale, ScoreSource
from iom.profiles.results_file.people import People
from iom.profiles.results_file.values import (
    Refusal,
    ScaleVerdict,
    check_agreement,
    day_of,
    is_not_measured,
    percent_of,
    percent_of_score,
    scale_of,
    source_of,
    tasks_of,
)

PersonKey = tuple[str, ...]


@dataclass(slots=True)
class ReadRow:
    """One row: its person, its results with the heading each stands under, and what in it is refused."""

    number: int
    person: PersonKey | None = None
    results: list[tuple[ResultRow, str | None]] = field(default_factory=list)
    refused: list[Rejected] = field(default_factory=list)

    def refuse(self, refusal: Refusal, column: str | None) -> None:
        self.refused.append(Rejected(self.number, refusal.reason, column, refusal.facts))


class _FieldRefusal(Exception):
    def __init__(self, refusal: Refusal, name: str) -> None:
        super().__init__(name)
        self.refusal = refusal
        self.name = name


@dataclass(frozen=True, slots=True)
class Reader:
    """What both layouts need to read a row."""

    table: Table
    columns: Columns
    names: CompetencyNames
    people: People
    today: date
    default_source: ScoreSource

    def read_long(self) -> Iterator[ReadRow]:
        """Yield rows of the layout in which a row is one result."""
        place = self.columns.fields.get("percent")
        scale = scale_of(_column(self.table, place)).scale if place is not None else Scale.PERCENT
        for row in self.table.rows:
            read = ReadRow(row.number)
            if self._begin(row, read):
                try:
                    self._read_result(row, read, scale)
                except _FieldRefusal as refused:
                    read.refuse(refused.refusal, self._heading(refused.name))
            yield read

    def read_wide(self, scales: dict[int, ScaleVerdict]) -> Iterator[ReadRow]:
        """Yield rows of the layout in which a row is a person and a column a competency."""
        for row in self.table.rows:
            read = ReadRow(row.number)
            if self._begin(row, read):
                try:
                    common = self._common(row)
                    self._read_cells(row, read, common, scales)
                except _FieldRefusal as refused:
                    read.refuse(refused.refusal, self._heading(refused.name))
            yield read

    def _begin(self, row: Row, read: ReadRow) -> bool:
        try:
            read.person = self.people.add(row)
            if any(cell is not None for cell in row.cells[self.table.width :]):
                raise Refusal(RejectReason.EXTRA_CELLS)
        except Refusal as refusal:
            read.refuse(refusal, None)
            return False
        return True

    def _read_result(self, row: Row, read: ReadRow, scale: Scale) -> None:
        common = self._common(row)
        code = self._competency(row)
        percent = self._percent(row, scale)
        if percent is not None:
            read.results.append((replace(common, competency_code=code, percent=percent), self._heading("competency_code")))

    def _read_cells(self, row: Row, read: ReadRow, common: ResultRow, scales: dict[int, ScaleVerdict]) -> None:
        for place, code in self.columns.competencies.items():
            cell = row.cells[place] if place < len(row.cells) else None
            if is_not_measured(cell):
                continue
            heading = self.columns.heading(place)
            try:
                percent = percent_of(cell, scales[place].scale, self.columns.maxima.get(place))
            except Refusal as refusal:
                read.refuse(refusal, heading)
            else:
                read.results.append((replace(common, competency_code=code, percent=percent), heading))

    def _common(self, row: Row) -> ResultRow:
        """Return a result with what the row says of all its results: tasks, source, day."""
        cells = {name: self._cell(row, name) for name in ("n_tasks", "source", "date")}
        name = "n_tasks"
        try:
            tasks = tasks_of(cells[name])
            name = "source"
            source = source_of(cells[name], self.default_source)
            name = "date"
            day = day_of(cells[name], self.today)
        except Refusal as refusal:
            raise _FieldRefusal(refusal, name) from refusal
        return ResultRow("", 0.0, tasks, source, day, row.number)

    def _competency(self, row: Row) -> str:
        text = text_of(self._cell(row, "competency_code"))
        meaning = self.names.find(text)
        if not text:
            refusal = Refusal(RejectReason.NO_COMPETENCY)
        elif not meaning.codes:
            refusal = Refusal(RejectReason.UNKNOWN_COMPETENCY, value=text[:60])
        elif meaning.code is None:
            refusal = Refusal(RejectReason.AMBIGUOUS_COMPETENCY, value=text[:60], candidates=", ".join(meaning.codes))
        elif self.names.is_block(meaning.code):
            refusal = Refusal(RejectReason.BLOCK_LEVEL, value=text[:60])
        else:
            return meaning.code
        raise _FieldRefusal(refusal, "competency_code")

    def _percent(self, row: Row, scale: Scale) -> float | None:
        percent, score, maximum = (self._cell(row, name) for name in ("percent", "score", "max"))
        if is_not_measured(percent) and is_not_measured(score):
            return None
        name = "percent"
        try:
            given = None if is_not_measured(percent) else percent_of(percent, scale)
            name = "score"
            if is_not_measured(score) or (given is not None and is_not_measured(maximum)):
                return given
            from_score = percent_of_score(score, maximum)
            if given is not None:
                check_agreement(given, from_score)
        except Refusal as refusal:
            at_fault = "max" if refusal.reason is RejectReason.BAD_MAX else name
            raise _FieldRefusal(refusal, at_fault) from refusal
        return from_score

    def _cell(self, row: Row, name: str) -> Cell:
        place = self.columns.fields.get(name)
        return row.cells[place] if place is not None and place < len(row.cells) else None

    def _heading(self, name: str) -> str | None:
        place = self.columns.fields.get(name)
        return None if place is None else self.columns.heading(place)


def column_scales(table: Table, columns: Columns) -> dict[int, ScaleVerdict]:
    """Return the scale of each competency column.

    A column of ones and zeros proves nothing by itself. If the other columns hold fractions, it does too.
    """
    scales = {
        place: ScaleVerdict(Scale.SCORE, is_proven=True) if place in columns.maxima else scale_of(_column(table, place))
        for place in columns.competencies
    }
    proven = {verdict.scale for verdict in scales.values() if verdict.is_proven}
    if Scale.FRACTION not in proven:
        return scales
    if Scale.PERCENT in proven:
        # Each column is read by its own numbers, and a person should look at the fractions beside the per cent.
        return {
            place: replace(verdict, is_doubtful=verdict.is_doubtful or verdict.scale is Scale.FRACTION) for place, verdict in scales.items()
        }
    return {place: verdict if verdict.is_proven else ScaleVerdict(Scale.FRACTION) for place, verdict in scales.items()}


def with_scales(columns: Columns, scales: dict[int, ScaleVerdict]) -> tuple[ColumnVerdict, ...]:
    """Return the verdicts with the scales of their columns."""
    return tuple(
        replace(verdict, scale=scales[verdict.index].scale, is_doubtful=scales[verdict.index].is_doubtful)
        if verdict.index in scales
        else verdict
        for verdict in columns.verdicts
    )


def _column(table: Table, place: int) -> list[Cell]:
    return [row.cells[place] for row in table.rows if place < len(row.cells)]
