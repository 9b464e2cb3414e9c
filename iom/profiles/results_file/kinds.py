"""What a results file says: whose results, on which competencies, from which rows, and what was not taken and why."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Protocol

from iom.core.errors import DomainError
from iom.organizations.kinds import EmployeeCategory


class FrameworkNode(Protocol):
    """A node of the competency framework, as records of the catalog and rows of the database both are."""

    @property
    def code(self) -> str: ...
    @property
    def title(self) -> str: ...
    @property
    def parent_code(self) -> str | None: ...
    @property
    def level(self) -> str: ...


class Layout(StrEnum):
    LONG = "long"  # a row is one result
    WIDE = "wide"  # a row is a person, a column a competency


class ScoreSource(StrEnum):
    SELF = "self"
    OTHER = "other"
    MEASURED = "measured"


class ColumnKind(StrEnum):
    """What became of a column; `texts.COLUMN_VERDICT` has the words."""

    MATCHED = "matched"
    FIELD = "field"
    SERVICE = "service"
    AMBIGUOUS = "ambiguous"
    UNKNOWN = "unknown"
    REPEATED = "repeated"
    BLOCK = "block"
    BLANK = "blank"


class Likeness(StrEnum):
    """How a heading or a cell was recognised as a competency; `close` is worth a look by a person."""

    CODE = "code"
    TITLE = "title"
    CLOSE = "close"


class Scale(StrEnum):
    """How the numbers of a column are meant."""

    PERCENT = "percent"  # 45 is 45 %
    FRACTION = "fraction"  # 0,45 is 45 %
    SCORE = "score"  # points out of the maximum that the heading names


class RejectReason(StrEnum):
    """Why a row or a cell is refused; `texts.REASON` has the words."""

    NO_PERSON = "no_person"
    NO_CODE = "no_code"
    NAME_CONFLICT = "name_conflict"
    EXTRA_CELLS = "extra_cells"
    NO_COMPETENCY = "no_competency"
    UNKNOWN_COMPETENCY = "unknown_competency"
    AMBIGUOUS_COMPETENCY = "ambiguous_competency"
    BLOCK_LEVEL = "block_level"
    CELL_ERROR = "cell_error"
    NOT_A_NUMBER = "not_a_number"
    NEGATIVE = "negative"
    ABOVE_100 = "above_100"
    NO_MAX = "no_max"
    BAD_MAX = "bad_max"
    SCORE_ABOVE_MAX = "score_above_max"
    CONTRADICTION = "contradiction"
    BAD_TASKS = "bad_tasks"
    UNKNOWN_SOURCE = "unknown_source"
    BAD_DATE = "bad_date"
    FUTURE_DATE = "future_date"
    DUPLICATE = "duplicate"
    CONFLICT = "conflict"


class ResultsFileProblem(StrEnum):
    """Why a whole table is no results file; `texts.FILE_REASON` has the words."""

    NO_PERSON_COLUMN = "no_person_column"
    NO_COMPETENCY_COLUMN = "no_competency_column"
    NO_VALUE_COLUMN = "no_value_column"


class ResultsFileError(DomainError):
    """The table cannot be read as results; `problem` says why, `columns` what became of each column."""

    def __init__(self, problem: ResultsFileProblem, columns: "tuple[ColumnVerdict, ...]" = ()) -> None:
        super().__init__()
        self.problem = problem
        self.columns = columns


@dataclass(frozen=True, slots=True)
class ColumnVerdict:
    """One column: its place from zero, its heading, and what it was taken for.

    `code` is the competency, `field` the name of a read column, `candidates` the codes between which the heading does
    not decide. `is_doubtful` marks a scale that the numbers of the column alone do not prove.
    """

    index: int
    heading: str
    kind: ColumnKind
    code: str | None = None
    field: str | None = None
    candidates: tuple[str, ...] = ()
    likeness: Likeness | None = None
    scale: Scale | None = None
    is_doubtful: bool = False


@dataclass(frozen=True, slots=True)
class ResultRow:
    """One measured result in per cent, 0..100, and the row it stands in."""

    competency_code: str
    percent: float
    n_tasks: int | None
    source: ScoreSource
    measured_on: date | None
    row: int


@dataclass(frozen=True, slots=True)
class PersonResults:
    """All results of one person; `results` is empty if the file names the person but measured nothing."""

    code: str | None
    name: str
    school: str
    position: str
    subjects: tuple[str, ...]
    category: EmployeeCategory
    results: tuple[ResultRow, ...]
    rows: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Rejected:
    """A row, or one cell of an otherwise taken row, that is not used; `column` is the heading of the cell at fault."""

    row: int
    reason: RejectReason
    column: str | None = None
    facts: tuple[tuple[str, str | int], ...] = ()


@dataclass(frozen=True, slots=True)
class LostPerson:
    """A person who stands in the file and of whom nothing could be taken."""

    code: str | None
    name: str
    rows: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class ResultsFile:
    """What was read: every non-empty row below the headings is either counted in `accepted_rows` or stands in `rejected`.

    `rejected_cells` belong to accepted rows of the wide layout: the other cells of their rows are used.
    """

    layout: Layout
    people: tuple[PersonResults, ...]
    columns: tuple[ColumnVerdict, ...]
    rejected: tuple[Rejected, ...]
    rejected_cells: tuple[Rejected, ...]
    lost_people: tuple[LostPerson, ...]
    accepted_rows: int

    @property
    def total_rows(self) -> int:
        return self.accepted_rows + len(self.rejected)

    @property
    def has_rejections(self) -> bool:
        return bool(self.rejected or self.rejected_cells)
