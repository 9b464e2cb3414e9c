"""Reads the files of `iom plan`: results, and the staff list that adds posts, schools and subjects."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from iom.catalog.files import read_framework
from iom.core.sheets import read_table
from iom.documents.plan.people import Measured, PersonInput
from iom.organizations.staff_file import StaffRow, read_staff
from iom.organizations.staff_file import rejection as staff_rejection
from iom.profiles.results_file import PersonResults, ResultsFile, ScoreSource, read_results
from iom.profiles.results_file import rejection as result_rejection


@dataclass(frozen=True, slots=True)
class Input:
    """Who is to be planned for, and what was not taken, each with its row and reason."""

    people: tuple[PersonInput, ...]
    rejected: tuple[dict[str, Any], ...]


def read_input(results: Path, staff: Path | None, catalog_dir: Path, today: date) -> Input:
    """Return the people of a results file, with what a staff list says of them.

    Raises
    ------
    SheetError, ResultsFileError, StaffFileError, CatalogFileError : a file cannot be read as what it should be
    """
    framework = read_framework(catalog_dir)
    found = read_results(read_table(results, results.name), framework, today)
    posts, staff_rejected = _posts(staff, today)
    people = [_person(person, posts) for person in found.people if person.results]
    return Input(tuple(people), (*_rejected(found, results.name), *staff_rejected))


def _posts(staff: Path | None, today: date) -> tuple[Mapping[str, StaffRow], list[dict[str, Any]]]:
    if staff is None:
        return {}, []
    read = read_staff(read_table(staff, staff.name), today)
    posts: dict[str, StaffRow] = {}
    for row in read.rows:
        if row.teacher_code and row.active:
            posts.setdefault(row.teacher_code, row)  # the first post of a person decides
    rejected = [_line(staff.name, row.row, str(row.reason), "", staff_rejection(row)) for row in read.rejected]
    return posts, rejected


def _person(person: PersonResults, posts: Mapping[str, StaffRow]) -> PersonInput:
    post = posts.get(person.code or "")
    return PersonInput(
        code=person.code or "",
        name=person.name or (" ".join(filter(None, (post.last_name, post.first_name, post.middle_name))) if post else ""),
        school=person.school or (post.school or post.org_code or "" if post else ""),
        position=person.position or (post.post or "" if post else ""),
        subjects=person.subjects or (post.subjects if post else ()),
        category=post.employee_category if post and not person.position else person.category,
        results=tuple(
            Measured(result.competency_code, result.percent, result.n_tasks, result.measured_on, result.source is ScoreSource.SELF)
            for result in person.results
        ),
    )


def _rejected(found: ResultsFile, name: str) -> Sequence[dict[str, Any]]:
    lines = [*found.rejected, *found.rejected_cells]
    return [
        _line(name, line.row, str(line.reason), line.column or "", result_rejection(line))
        for line in sorted(lines, key=lambda one: one.row)
    ]


def _line(file: str, row: int, reason: str, column: str, sentence: str) -> dict[str, Any]:
    return {"file": file, "row": row, "column": column, "reason": reason, "text": sentence}
