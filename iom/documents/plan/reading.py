"""Reads the files of `iom plan`: results, and the staff list that adds posts, schools and subjects."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from iom.catalog.files import read_framework
from iom.core.errors import DomainError
from iom.core.format import tie
from iom.core.sheets import SheetError, read_table
from iom.documents.plan import texts
from iom.documents.plan.people import Measured, PersonInput, catalog_folder
from iom.documents.plan.posts import NO_POSTS, Post, gather_posts
from iom.organizations.kinds import EmployeeCategory
from iom.organizations.staff_file import StaffFile, StaffFileError, read_staff
from iom.organizations.staff_file.kinds import RejectedRow
from iom.organizations.staff_file.texts import REASON as STAFF_REASON
from iom.profiles.results_file import ColumnVerdict, Layout, PersonResults, Rejected, ResultsFile, ResultsFileError, read_results
from iom.profiles.results_file.texts import REASON as RESULT_REASON

NOTHING_MEASURED = "nothing_measured"
"""Code of a row that is in order and gives no result: it is named, so that every row of a file is either used or named."""


class UnreadableFile(DomainError):
    """A file cannot be read as what it should be; `file` is its name, `error` says why."""

    def __init__(self, file: str, error: DomainError | OSError) -> None:
        super().__init__(file=file)
        self.file = file
        self.error = error


@dataclass(frozen=True, slots=True)
class RejectedLine:
    """A row, or a cell of it, that is not used: where it stands, the code of the reason and the reason in words."""

    file: str
    row: int
    column: str
    code: str
    reason: str


@dataclass(frozen=True, slots=True)
class PersonLeftOut:
    """A person who stands in the file and of whom nothing could be used, with the rows; `code` may be empty."""

    code: str
    name: str
    rows: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Input:
    """Who is to be planned for, what became of each column, and who and what was not taken."""

    layout: Layout
    columns: tuple[ColumnVerdict, ...]
    people: tuple[PersonInput, ...]
    left_out: tuple[PersonLeftOut, ...]
    rejected: tuple[RejectedLine, ...]
    with_post: int | None = None  # people found in the staff list; None without a list
    staff_columns: tuple[str, ...] = ()  # headings of the staff list that nobody knows


def read_input(results: Path, staff: Path | None, catalog_dir: Path, today: date) -> Input:
    """Return the people of a results file, with what a staff list says of them.

    Raises
    ------
    UnreadableFile : a file cannot be read as what it should be
    CatalogFileError : the framework of the catalog has a fault
    """
    with _naming(catalog_dir.name):
        framework = read_framework(catalog_folder(catalog_dir, "framework.csv"))
    with _naming(results.name):
        found = read_results(read_table(results, results.name), framework, today)
    listed = _staff(staff, today) if staff else None
    posts = gather_posts(listed.rows) if listed else NO_POSTS
    measured = [person for person in found.people if person.results]
    matched = [posts.find(person.code, person.name) for person in measured]
    people = [_person(number, person, post) for number, (person, post) in enumerate(zip(measured, matched, strict=True), start=1)]
    refused = [_line(staff.name, line, STAFF_REASON) for line in listed.rejected] if listed and staff else []
    return Input(
        layout=found.layout,
        columns=found.columns,
        people=tuple(people),
        left_out=_left_out(found),
        rejected=(*_result_lines(found, results.name), *refused),
        with_post=sum(post is not None for post in matched) if listed else None,
        staff_columns=listed.unknown_columns if listed else (),
    )


def _staff(path: Path, today: date) -> StaffFile:
    with _naming(path.name):
        return read_staff(read_table(path, path.name), today)


@contextmanager
def _naming(file: str) -> Iterator[None]:
    try:
        yield
    except (SheetError, ResultsFileError, StaffFileError, OSError) as error:
        raise UnreadableFile(file, error) from error


def _person(number: int, person: PersonResults, found: Post | None) -> PersonInput:
    """Return a person; what the results file says itself stands over the staff list."""
    post = found or Post()
    results = [
        Measured(result.competency_code, result.percent, result.n_tasks, result.measured_on, result.source) for result in person.results
    ]
    return PersonInput(
        code=person.code or str(number),
        name=person.name or post.name,
        school=person.school or post.school,
        position=person.position or post.position,
        subjects=person.subjects or post.subjects,
        category=_category(person, post),
        # Sums of logarithms depend on their order in the last digit, and the order of rows must not change a route.
        results=tuple(sorted(results, key=lambda one: (one.competency_code, one.source, str(one.measured_on), one.percent))),
    )


def _category(person: PersonResults, post: Post) -> EmployeeCategory:
    is_told = bool(person.position) or person.category is not EmployeeCategory.TEACHER
    return person.category if is_told or post.category is None else post.category


def _left_out(found: ResultsFile) -> tuple[PersonLeftOut, ...]:
    silent = [PersonLeftOut(person.code or "", person.name, person.rows) for person in found.people if not person.results]
    lost = [PersonLeftOut(person.code or "", person.name, person.rows) for person in found.lost_people]
    return tuple(sorted(silent + lost, key=lambda person: person.rows))


def _result_lines(found: ResultsFile, file: str) -> list[RejectedLine]:
    refused = [_line(file, line, RESULT_REASON) for line in (*found.rejected, *found.rejected_cells)]
    named = {line.row for line in refused}
    used = {result.row for person in found.people for result in person.results}
    silent = sorted({row for person in found.people for row in person.rows} - named - used)
    lines = [*refused, *(RejectedLine(file, row, "", NOTHING_MEASURED, texts.NOTHING_MEASURED) for row in silent)]
    return sorted(lines, key=lambda line: line.row)


def _line(file: str, line: Rejected | RejectedRow, words: dict[str, str]) -> RejectedLine:
    sentence = tie(words[line.reason].format_map(dict(line.facts)))
    return RejectedLine(file, line.row, line.column or "", str(line.reason), sentence)
