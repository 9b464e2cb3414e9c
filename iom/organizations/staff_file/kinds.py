"""What a staff file says: one row a post of one person, and why a row is refused."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from iom.core.errors import DomainError
from iom.organizations.kinds import EmployeeCategory, QualificationCategory


class StaffReason(StrEnum):
    """Why a row is refused; `texts.REASON` has the words."""

    MISSING_NAME = "missing_name"
    BAD_NAME = "bad_name"
    UNKNOWN_CATEGORY = "unknown_category"
    BAD_DATE = "bad_date"
    FUTURE_DATE = "future_date"
    BAD_BIRTH_YEAR = "bad_birth_year"
    BAD_SERVICE_YEARS = "bad_service_years"
    BAD_EMAIL = "bad_email"
    BAD_FLAG = "bad_flag"
    CELL_ERROR = "cell_error"
    TOO_LONG = "too_long"
    EXTRA_CELLS = "extra_cells"
    DUPLICATE = "duplicate"
    CODE_CONFLICT = "code_conflict"
    EMAIL_CONFLICT = "email_conflict"


class StaffFileProblem(StrEnum):
    """Why a whole file is no staff file; `texts.FILE_REASON` has the words."""

    NO_NAME_COLUMN = "no_name_column"
    REPEATED_COLUMN = "repeated_column"


class StaffFileError(DomainError):
    """The table cannot be read as a staff file; `problem` says why."""

    def __init__(self, problem: StaffFileProblem, **facts: str) -> None:
        super().__init__(**facts)
        self.problem = problem


@dataclass(frozen=True, slots=True)
class StaffRow:
    """One post of one person as the file has it; None where the cell is empty or the column absent.

    `org_code` and `school` come unchecked: which schools there are, the database knows. Several posts of one person
    are several rows with one code.
    """

    row: int
    teacher_code: str | None
    last_name: str
    first_name: str
    middle_name: str
    org_code: str | None
    school: str | None
    post: str | None
    employee_category: EmployeeCategory  # told by the post
    subjects: tuple[str, ...]
    stage: str | None
    category: QualificationCategory | None
    category_assigned_on: date | None
    experience_start_date: date | None
    service_years: int | None
    birth_year: int | None
    first_years: bool | None
    email: str | None  # lower case
    active: bool


@dataclass(frozen=True, slots=True)
class RejectedRow:
    """A row that is not taken: its number, the heading of the cell at fault if one is, the reason and its facts."""

    row: int
    reason: StaffReason
    column: str | None = None
    facts: tuple[tuple[str, str | int], ...] = ()


@dataclass(frozen=True, slots=True)
class StaffFile:
    """All rows of the file, taken or refused.

    `fields` are the columns that are there: an absent column leaves a value alone, an empty cell may erase it.
    """

    rows: tuple[StaffRow, ...]
    rejected: tuple[RejectedRow, ...]
    fields: frozenset[str]
    unknown_columns: tuple[str, ...]

    @property
    def accepted_rows(self) -> int:
        return len(self.rows)

    @property
    def total_rows(self) -> int:
        return len(self.rows) + len(self.rejected)
