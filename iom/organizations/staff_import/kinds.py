"""What an import of a staff list knows and says: schools and people in the importer's reach, one verdict a row."""

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Any

from iom.organizations.kinds import EmployeeCategory, QualificationCategory


class VerdictKind(StrEnum):
    NEW = "new"
    CHANGED = "changed"
    SAME = "same"
    REFUSED = "refused"


class ImportReason(StrEnum):
    """Why the database refuses a row that the file itself allows; `texts.REASON` has the words."""

    NO_SCHOOL = "no_school"
    OTHER_SCHOOL = "other_school"  # out of reach or not there at all: one wording
    AMBIGUOUS_SCHOOL = "ambiguous_school"
    NO_POST = "no_post"
    NAME_DIFFERS = "name_differs"
    SEVERAL_PEOPLE = "several_people"
    KNOWN_UNDER_CODE = "known_under_code"
    INITIALS_ONLY = "initials_only"
    WORKS_ELSEWHERE = "works_elsewhere"
    UNKNOWN_SUBJECT = "unknown_subject"
    OWN_ROW = "own_row"
    FIRST_ROW_REFUSED = "first_row_refused"


@dataclass(frozen=True, slots=True)
class SchoolRef:
    """A school that the importer may load people into."""

    id: int
    code: str
    name: str
    short_name: str


@dataclass(frozen=True, slots=True)
class KnownPost:
    """An open post of a known person."""

    id: int
    school_id: int
    position: str
    is_main: bool


@dataclass(frozen=True, slots=True)
class KnownPerson:
    """An employee in the importer's reach, as the database has it now."""

    employee_id: int
    person_id: int
    code: str
    last_name: str
    first_name: str
    middle_name: str
    birth_year: int | None
    email: str | None
    has_entered: bool  # the account has a password: its address is the person's own
    category: EmployeeCategory
    qualification_category: QualificationCategory
    category_assigned_on: date | None
    experience_start_date: date | None
    subject_ids: frozenset[int]
    posts: tuple[KnownPost, ...]

    @property
    def name(self) -> str:
        return " ".join(filter(None, (self.last_name, self.first_name, self.middle_name)))


@dataclass(frozen=True, slots=True)
class Change:
    """One value that a row changes; values are plain, as JSON keeps them.

    `field` is a column of the employee or person, or `position:<post>`, `post_added`, `post_closed:<post>`.
    """

    field: str
    old: Any
    new: Any


@dataclass(frozen=True, slots=True)
class Verdict:
    """What would become of one row."""

    row: int
    kind: VerdictKind
    reason: str = ""
    column: str = ""
    facts: dict[str, Any] = field(default_factory=dict)
    employee_id: int | None = None
    person_key: str = ""  # rows of one new person share it
    school_id: int | None = None
    changes: tuple[Change, ...] = ()
    email_kept: bool = False  # the file has another address, and it is not the file's to change
