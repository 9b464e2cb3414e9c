"""Whose row it is: people told apart by code, or without codes by name and school."""

import re
from dataclasses import dataclass, field

from iom.core.sheets import CellError, Row, clean_text, heading_key, text_of
from iom.organizations.kinds import EmployeeCategory
from iom.organizations.staff_file import employee_category
from iom.organizations.staff_file.names import name_key, same_name
from iom.profiles.results_file.kinds import RejectReason
from iom.profiles.results_file.texts import EMPLOYEE_CATEGORIES
from iom.profiles.results_file.values import Refusal

_CATEGORIES = {heading_key(alias): EmployeeCategory(name) for name, aliases in EMPLOYEE_CATEGORIES.items() for alias in (name, *aliases)}
_SUBJECTS_APART = re.compile(r"[;,/\n]+")
_NAME_PARTS = ("last_name", "first_name", "middle_name")


@dataclass(slots=True)
class Person:
    """One person of the file while its rows are gathered."""

    code: str | None
    name: str = ""
    school: str = ""
    position: str = ""
    subjects: list[str] = field(default_factory=list)
    category: EmployeeCategory | None = None
    rows: list[int] = field(default_factory=list)
    names: list[str] = field(default_factory=list)

    @property
    def has_name_conflict(self) -> bool:
        return any(not same_name(self.names[0], name) for name in self.names[1:])


class People:
    """The people of a file in the order in which they appear."""

    def __init__(self, fields: dict[str, int]) -> None:
        self._fields = fields
        self.by_key: dict[tuple[str, ...], Person] = {}

    def add(self, row: Row) -> tuple[str, ...]:
        """Return the key of the row's person, whose facts the row completes.

        Raises
        ------
        Refusal : neither code nor name, or an empty code where the file has a column of codes
        """
        code, name, school = self._text(row, "teacher_code"), self._name(row), self._school(row)
        if not code and "teacher_code" in self._fields:
            # The name alone would make a second person out of one whose code stands in another row.
            raise Refusal(RejectReason.NO_CODE)
        if not code and not name:
            raise Refusal(RejectReason.NO_PERSON)
        key = ("code", code.casefold()) if code else ("name", name_key(name), heading_key(school))
        person = self.by_key.setdefault(key, Person(code or None))
        person.rows.append(row.number)
        if name:
            person.names.append(name)
        person.name = max(person.name, name, key=len)
        person.school = person.school or school
        person.position = person.position or self._text(row, "post")
        person.subjects += [subject for subject in self._subjects(row) if subject not in person.subjects]
        person.category = person.category or _CATEGORIES.get(heading_key(self._text(row, "employee_category")))
        return key

    def category_of(self, person: Person) -> EmployeeCategory:
        return person.category or employee_category(person.position)

    def _text(self, row: Row, name: str) -> str:
        place = self._fields.get(name)
        cell = row.cells[place] if place is not None and place < len(row.cells) else None
        if isinstance(cell, CellError):
            raise Refusal(RejectReason.CELL_ERROR, value=cell.text)
        return text_of(cell)

    def _name(self, row: Row) -> str:
        parts = clean_text(" ".join(self._text(row, part) for part in _NAME_PARTS))
        return self._text(row, "full_name") or parts

    def _school(self, row: Row) -> str:
        return self._text(row, "school") or self._text(row, "org_code")

    def _subjects(self, row: Row) -> list[str]:
        return [subject for part in _SUBJECTS_APART.split(self._text(row, "subject_code")) if (subject := clean_text(part))]
