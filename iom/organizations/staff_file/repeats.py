"""Rows of one staff file against each other: the same post twice, one code or address for two people."""

from dataclasses import dataclass, field

from iom.organizations.staff_file.kinds import StaffReason, StaffRow
from iom.organizations.staff_file.names import name_key


@dataclass(frozen=True, slots=True)
class Repeat:
    """What a row repeats wrongly, and in which field."""

    reason: StaffReason
    field: str | None
    facts: tuple[tuple[str, str | int], ...]


@dataclass(slots=True)
class RepeatCheck:
    """The accepted rows so far, by what must belong to one person or one post."""

    _by_code: dict[str, StaffRow] = field(default_factory=dict)
    _by_email: dict[str, StaffRow] = field(default_factory=dict)
    _posts: dict[tuple[str, ...], int] = field(default_factory=dict)

    def find(self, row: StaffRow) -> Repeat | None:
        """Return what is wrong with the row beside the earlier ones; remember the row if nothing is."""
        person = name_key(f"{row.last_name} {row.first_name} {row.middle_name}")
        if row.teacher_code and (first := self._by_code.get(row.teacher_code.casefold())) and _person(first) != person:
            return Repeat(StaffReason.CODE_CONFLICT, "teacher_code", (("value", row.teacher_code), ("first_row", first.row)))
        if row.email and (first := self._by_email.get(row.email)) and not _is_one(first, row):
            return Repeat(StaffReason.EMAIL_CONFLICT, "email", (("value", row.email), ("first_row", first.row)))
        post = _post(row, person)
        if post in self._posts:
            return Repeat(StaffReason.DUPLICATE, None, (("first_row", self._posts[post]),))
        self._posts[post] = row.row
        if row.teacher_code:
            self._by_code.setdefault(row.teacher_code.casefold(), row)
        if row.email:
            self._by_email.setdefault(row.email, row)
        return None


def _person(row: StaffRow) -> str:
    return name_key(f"{row.last_name} {row.first_name} {row.middle_name}")


def _is_one(first: StaffRow, row: StaffRow) -> bool:
    if first.teacher_code and row.teacher_code:
        return first.teacher_code.casefold() == row.teacher_code.casefold()
    return _person(first) == _person(row)


def _post(row: StaffRow, person: str) -> tuple[str, ...]:
    """Return what makes a post of a person: without a code, namesakes in one post of one school are taken for one."""
    who = row.teacher_code.casefold() if row.teacher_code else person
    return (who, (row.org_code or row.school or "").casefold(), (row.post or "").casefold(), *sorted(s.casefold() for s in row.subjects))
