"""Finds the school and the person that a row of a staff file means, within the importer's reach."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from iom.core.sheets import heading_key
from iom.organizations.staff_file import StaffRow
from iom.organizations.staff_file.names import name_key, same_name
from iom.organizations.staff_import.kinds import ImportReason, KnownPerson, SchoolRef


class RowRefused(Exception):
    """One row cannot be taken: why, and the field at fault."""

    def __init__(self, reason: ImportReason, field: str = "", **facts: str | int) -> None:
        super().__init__(reason)
        self.reason = reason
        self.field = field
        self.facts = facts


@dataclass(slots=True)
class Directory:
    """Schools, people and subjects in the importer's reach, looked up as files write them."""

    own_school: SchoolRef | None  # of an importer who works in one school: rows need not name it
    is_regional: bool
    own_employee_id: int | None = None  # nobody corrects their own row
    schools: dict[int, SchoolRef] = field(default_factory=dict)
    subjects: dict[str, int] = field(default_factory=dict)  # title, code or alias → key
    _school_keys: dict[str, set[int]] = field(default_factory=lambda: defaultdict(set))
    _by_code: dict[str, KnownPerson] = field(default_factory=dict)
    _by_school: dict[int, list[KnownPerson]] = field(default_factory=lambda: defaultdict(list))

    def add_schools(self, schools: Iterable[SchoolRef]) -> None:
        for school in schools:
            self.schools[school.id] = school
            for text in (school.name, school.short_name):
                self._school_keys[heading_key(text)].add(school.id)

    def add_people(self, people: Iterable[KnownPerson]) -> None:
        for person in people:
            self._by_code[person.code.casefold()] = person
            for school_id in {post.school_id for post in person.posts}:
                self._by_school[school_id].append(person)

    def add_subjects(self, names: Mapping[str, int]) -> None:
        self.subjects |= {heading_key(name): key for name, key in names.items()}

    def school_of(self, row: StaffRow) -> SchoolRef:
        """Return the school that a row is about.

        Raises
        ------
        RowRefused : none is named, or none in reach is meant; whether it exists elsewhere is not told
        """
        if row.org_code:
            wanted = row.org_code.casefold()
            found = [school for school in self.schools.values() if school.code.casefold() == wanted]
            named = "org_code"
        elif row.school:
            found = [self.schools[key] for key in self._school_keys.get(heading_key(row.school), ())]
            named = "school"
        elif self.own_school:
            return self.own_school
        else:
            raise RowRefused(ImportReason.NO_SCHOOL)
        if not found:
            raise RowRefused(ImportReason.OTHER_SCHOOL, named, value=row.org_code or row.school or "")
        if len(found) > 1:
            raise RowRefused(ImportReason.AMBIGUOUS_SCHOOL, named, value=row.school or "")
        return found[0]

    def person_of(self, row: StaffRow, school: SchoolRef) -> KnownPerson | None:
        """Return the known person that a row means; None when it is somebody new.

        Raises
        ------
        RowRefused : the code is somebody else's, several people fit, or the person is known under another code
        """
        if row.teacher_code:
            found = self._with_code(row.teacher_code, school)
            if found is not None:
                if not same_name(found.name, _name(row)):
                    raise RowRefused(ImportReason.NAME_DIFFERS, "teacher_code", value=row.teacher_code, known=found.name)
                return found
        people = [person for person in self._by_school[school.id] if same_name(person.name, _name(row)) and _same_year(person, row)]
        if row.teacher_code:
            if people:
                raise RowRefused(ImportReason.KNOWN_UNDER_CODE, "teacher_code", known=people[0].code)
            return None
        if len(people) > 1:
            people = [person for person in people if name_key(person.name) == name_key(_name(row))]
        if len(people) > 1:
            raise RowRefused(ImportReason.SEVERAL_PEOPLE, count=len(people))
        return people[0] if people else None

    def subject_keys(self, row: StaffRow) -> tuple[int, ...]:
        """Return the keys of a row's subjects.

        Raises
        ------
        RowRefused : a subject that the directory does not know
        """
        for name in row.subjects:
            if heading_key(name) not in self.subjects:
                raise RowRefused(ImportReason.UNKNOWN_SUBJECT, "subject_code", value=name[:60])
        return tuple(sorted({self.subjects[heading_key(name)] for name in row.subjects}))

    def _with_code(self, code: str, school: SchoolRef) -> KnownPerson | None:
        return self._by_code.get(code.casefold()) or self._by_code.get(own_code(code, school).casefold())


def own_code(code: str, school: SchoolRef) -> str:
    """Return the code under which a school's own number is kept in the region.

    Schools number their people alike. The school's code goes before a number always, not only when the number is taken: else the
    stored code would tell that somebody elsewhere has it.
    """
    return code if code.casefold().startswith(school.code.casefold()) else f"{school.code}-{code}"[:40]


def _name(row: StaffRow) -> str:
    return " ".join(filter(None, (row.last_name, row.first_name, row.middle_name)))


def _same_year(person: KnownPerson, row: StaffRow) -> bool:
    """Namesakes are told apart by the year of birth where both sides know it."""
    return person.birth_year is None or row.birth_year is None or person.birth_year == row.birth_year
