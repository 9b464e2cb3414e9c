"""A results table read into people with their results; every row is taken or refused by name."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date

from iom.core.sheets import Table, choose_headings
from iom.profiles.results_file.candidates import PersonKey, Reader, ReadRow, column_scales, with_scales
from iom.profiles.results_file.columns import Columns, heading_meaning, judge_columns, without_values
from iom.profiles.results_file.competencies import CompetencyNames
from iom.profiles.results_file.kinds import (
    FrameworkNode,
    Layout,
    LostPerson,
    PersonResults,
    Rejected,
    RejectReason,
    ResultRow,
    ResultsFile,
    ResultsFileError,
    ResultsFileProblem,
    ScoreSource,
)
from iom.profiles.results_file.people import People

_EQUAL = 0.05  # percentage points; closer results are one result written twice
_PERSON_FIELDS = frozenset({"teacher_code", "full_name", "last_name"})


def read_results(
    table: Table, framework: Sequence[FrameworkNode], today: date, default_source: ScoreSource = ScoreSource.MEASURED
) -> ResultsFile:
    """Return the results in the table, in the long or the wide layout, whichever its headings show.

    Parameters
    ----------
    framework : nodes of the competency framework that codes and titles are looked up in
    today : results of later days are refused
    default_source : what a result is when the file does not say

    Raises
    ------
    ResultsFileError : no column tells whose results these are, on what, or how large
    """
    names = CompetencyNames(framework)
    found = choose_headings(table, heading_meaning(names))
    columns = judge_columns(found, names)
    people = People(columns.fields)
    reader = Reader(found, columns, names, people, today, default_source)
    layout = _layout(columns)
    if layout is Layout.LONG:
        verdicts, rows = columns.verdicts, list(reader.read_long())
    else:
        scales = column_scales(found, columns)
        verdicts, rows = without_values(with_scales(columns, scales)), list(reader.read_wide(scales))
    _refuse_conflicting_names(rows, people)
    _refuse_repeats(rows)
    rejected, rejected_cells = _sort_out(rows)
    accepted = [row for row in rows if row.number not in {refused.row for refused in rejected}]
    return ResultsFile(
        layout=layout,
        people=_people(people, accepted),
        columns=verdicts,
        rejected=rejected,
        rejected_cells=rejected_cells,
        lost_people=_lost(people, accepted),
        accepted_rows=len(accepted),
    )


def _layout(columns: Columns) -> Layout:
    if not columns.fields.keys() & _PERSON_FIELDS:
        raise ResultsFileError(ResultsFileProblem.NO_PERSON_COLUMN, columns.verdicts)
    if "competency_code" in columns.fields:
        if "percent" not in columns.fields and not {"score", "max"} <= columns.fields.keys():
            raise ResultsFileError(ResultsFileProblem.NO_VALUE_COLUMN, columns.verdicts)
        return Layout.LONG
    if not columns.competencies:
        raise ResultsFileError(ResultsFileProblem.NO_COMPETENCY_COLUMN, columns.verdicts)
    return Layout.WIDE


def _refuse_conflicting_names(rows: Iterable[ReadRow], people: People) -> None:
    """Refuse all rows of a code under which different people stand: nobody knows whose results they are."""
    for row in rows:
        person = people.by_key[row.person] if row.person else None
        if person is not None and person.has_name_conflict:
            row.results.clear()
            row.refused = [Rejected(row.number, RejectReason.NAME_CONFLICT, None, (("value", person.code or person.name),))]


def _refuse_repeats(rows: Iterable[ReadRow]) -> None:
    """Refuse what repeats an earlier result, and all of those that contradict each other.

    Of equal results the first stays. Of different ones for one person, competency, source and day none does: which
    is right, the file does not say, and the order of its rows must not decide.
    """
    groups: dict[tuple[PersonKey, str, ScoreSource, date | None], list[tuple[ReadRow, ResultRow, str | None]]] = defaultdict(list)
    for row in rows:
        for result, heading in row.results:
            if row.person is not None:
                groups[row.person, result.competency_code, result.source, result.measured_on].append((row, result, heading))
    for group in groups.values():
        if len(group) > 1:
            _refuse_group(group)


def _refuse_group(group: list[tuple[ReadRow, ResultRow, str | None]]) -> None:
    first = group[0][1]
    is_same = all(abs(result.percent - first.percent) <= _EQUAL for _, result, _ in group)
    numbers = ", ".join(str(result.row) for _, result, _ in group[:10])
    for row, result, heading in group[1:] if is_same else group:
        row.results.remove((result, heading))
        if is_same:
            row.refused.append(Rejected(row.number, RejectReason.DUPLICATE, heading, (("first_row", first.row),)))
        else:
            row.refused.append(Rejected(row.number, RejectReason.CONFLICT, heading, (("rows", numbers),)))


def _sort_out(rows: Iterable[ReadRow]) -> tuple[tuple[Rejected, ...], tuple[Rejected, ...]]:
    """Return refused rows, each with its first reason, and refused cells of rows that gave something."""
    whole: list[Rejected] = []
    cells: list[Rejected] = []
    for row in rows:
        if row.refused and not row.results:
            whole.append(row.refused[0])
        else:
            cells.extend(row.refused)
    return tuple(whole), tuple(cells)


def _people(people: People, accepted: Iterable[ReadRow]) -> tuple[PersonResults, ...]:
    results: dict[PersonKey, list[ResultRow]] = defaultdict(list)
    for row in accepted:
        if row.person is not None:
            results[row.person] += [result for result, _ in row.results]
    return tuple(
        PersonResults(
            code=person.code,
            name=person.name,
            school=person.school,
            position=person.position,
            subjects=tuple(person.subjects),
            category=people.category_of(person),
            results=tuple(results[key]),
            rows=tuple(person.rows),
        )
        for key, person in people.by_key.items()
        if key in results
    )


def _lost(people: People, accepted: Iterable[ReadRow]) -> tuple[LostPerson, ...]:
    kept = {row.person for row in accepted}
    return tuple(LostPerson(person.code, person.name, tuple(person.rows)) for key, person in people.by_key.items() if key not in kept)
