"""Compares a staff file with what is known: new, changed, the same or refused, row by row; writes nothing."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from iom.core.sheets import heading_key
from iom.organizations.kinds import QualificationCategory
from iom.organizations.staff_file import StaffFile, StaffRow, employee_category
from iom.organizations.staff_file.names import name_key
from iom.organizations.staff_import.directory import Directory, RowRefused
from iom.organizations.staff_import.kinds import Change, ImportReason, KnownPerson, KnownPost, SchoolRef, Verdict, VerdictKind

SCHOOL_YEAR_STARTS = (9, 1)


def judge(file: StaffFile, directory: Directory, today: date) -> list[Verdict]:
    """Return one verdict for each row of the file, in the order of the file."""
    verdicts = [Verdict(row.row, VerdictKind.REFUSED, str(row.reason), row.column or "", dict(row.facts)) for row in file.rejected]
    groups: dict[str, list[tuple[StaffRow, SchoolRef, KnownPerson | None]]] = defaultdict(list)
    for row in file.rows:
        try:
            school = directory.school_of(row)
            person = directory.person_of(row, school)
            directory.subject_keys(row)
        except RowRefused as refused:
            verdicts.append(_refused(row, refused))
            continue
        groups[_key(row, school, person)].append((row, school, person))
    for key, members in groups.items():
        person = members[0][2]
        rows = [(row, school) for row, school, _ in members]
        verdicts += _judge_known(person, rows, directory, today) if person else _judge_new(key, rows, directory, today)
    return sorted(verdicts, key=lambda verdict: verdict.row)


def _key(row: StaffRow, school: SchoolRef, person: KnownPerson | None) -> str:
    if person:
        return f"known:{person.employee_id}"
    if row.teacher_code:
        return f"code:{row.teacher_code.casefold()}"
    return f"name:{school.id}:{name_key(f'{row.last_name} {row.first_name} {row.middle_name}')}:{row.birth_year or ''}"


def _refused(row: StaffRow, why: RowRefused) -> Verdict:
    return Verdict(row.row, VerdictKind.REFUSED, str(why.reason), why.field, dict(why.facts))


def _judge_new(key: str, rows: Sequence[tuple[StaffRow, SchoolRef]], directory: Directory, today: date) -> list[Verdict]:
    """The first row makes the person with the main post, further rows add posts."""
    verdicts: list[Verdict] = []
    first, _ = rows[0]
    problem = _new_problem(first)
    for row, school in rows:
        if not row.active:
            verdicts.append(Verdict(row.row, VerdictKind.SAME))  # somebody unknown who does not work: nothing to do
        elif row is first and problem:
            verdicts.append(_refused(row, problem))
        elif problem or not first.active:
            verdicts.append(_refused(row, RowRefused(ImportReason.FIRST_ROW_REFUSED, first_row=first.row)))
        elif not row.post:
            verdicts.append(_refused(row, RowRefused(ImportReason.NO_POST, "post")))
        else:
            changes = _new_facts(row, directory, today) if row is first else ()
            post = Change("post_added", None, {"school_id": school.id, "position": row.post, "is_main": row is first})
            verdicts.append(Verdict(row.row, VerdictKind.NEW, person_key=key, school_id=school.id, changes=(*changes, post)))
    return verdicts


def _new_problem(row: StaffRow) -> RowRefused | None:
    if not row.active:
        return None
    if len(row.first_name.strip(".")) < 2:
        return RowRefused(ImportReason.INITIALS_ONLY, "first_name")
    return None if row.post else RowRefused(ImportReason.NO_POST, "post")


def _new_facts(row: StaffRow, directory: Directory, today: date) -> tuple[Change, ...]:
    facts: dict[str, Any] = {
        "category": str(row.employee_category),
        "subjects": list(directory.subject_keys(row)),
        "qualification_category": str(row.category or QualificationCategory.NONE),
        "category_assigned_on": _iso(row.category_assigned_on),
        "experience_start_date": _iso(_experience(row, today)),
        "birth_year": row.birth_year,
        "email": row.email,
    }
    return tuple(Change(name, None, value) for name, value in facts.items())


def _experience(row: StaffRow, today: date) -> date | None:
    if row.experience_start_date or row.service_years is None:
        return row.experience_start_date
    return date(today.year - row.service_years, *SCHOOL_YEAR_STARTS) if row.service_years else None


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _judge_known(person: KnownPerson, rows: Sequence[tuple[StaffRow, SchoolRef]], directory: Directory, today: date) -> list[Verdict]:
    """The facts of the person are compared once, with the first row; posts row by row."""
    free = list(person.posts)
    matched = [_exact(free, row, school) for row, school in rows]
    verdicts: list[Verdict] = []
    for number, (row, school) in enumerate(rows):
        try:
            changes = list(_post_changes(person, row, school, matched[number], _staying(person, rows, matched), free))
        except RowRefused as refused:
            verdicts.append(_refused(row, refused))
            continue
        email_kept = False
        if number == 0 and row.active:
            facts, email_kept = _fact_changes(person, row, directory, today)
            changes += facts
        if changes and person.employee_id == directory.own_employee_id:
            verdicts.append(_refused(row, RowRefused(ImportReason.OWN_ROW)))
            continue
        kind = VerdictKind.CHANGED if changes else VerdictKind.SAME
        verdicts.append(
            Verdict(row.row, kind, employee_id=person.employee_id, school_id=school.id, changes=tuple(changes), email_kept=email_kept)
        )
    return verdicts


def _exact(free: list[KnownPost], row: StaffRow, school: SchoolRef) -> KnownPost | None:
    """Take the post that the row names out of the free ones; a row without a post means the only one at the school."""
    here = [post for post in free if post.school_id == school.id]
    wanted = heading_key(row.post or "")
    found = (
        next((post for post in here if heading_key(post.position) == wanted), None) if row.post else (here[0] if len(here) == 1 else None)
    )
    if found:
        free.remove(found)
    return found


@dataclass(frozen=True, slots=True)
class _Staying:
    """What the file leaves of a person's posts."""

    posts: tuple[KnownPost, ...]  # open posts that no row closes
    is_main_named: bool  # a row of the file is about the main post, so that others are further ones

    @property
    def has_main(self) -> bool:
        return any(post.is_main for post in self.posts)


def _staying(person: KnownPerson, rows: Sequence[tuple[StaffRow, SchoolRef]], matched: Sequence[KnownPost | None]) -> _Staying:
    closed = {post.id for (row, _), post in zip(rows, matched, strict=True) if post and not row.active}
    return _Staying(
        tuple(post for post in person.posts if post.id not in closed), any(post is not None and post.is_main for post in matched)
    )


def _post_changes(
    person: KnownPerson, row: StaffRow, school: SchoolRef, post: KnownPost | None, staying: _Staying, free: list[KnownPost]
) -> Sequence[Change]:
    if post is not None:
        return () if row.active else (Change(f"post_closed:{post.id}", None, True),)
    if not row.active:
        return ()  # a post that is not held
    if not row.post:
        raise RowRefused(ImportReason.NO_POST, "post")
    here = [other for other in free if other.school_id == school.id]
    if len(here) == 1:
        free.remove(here[0])
        return (Change(f"position:{here[0].id}", here[0].position, row.post), *_category_change(person, here[0], row))
    works_here = any(other.school_id == school.id for other in person.posts)
    if staying.has_main and not staying.is_main_named and not works_here:
        raise RowRefused(ImportReason.WORKS_ELSEWHERE, "org_code" if row.org_code else "school")
    return (Change("post_added", None, {"school_id": school.id, "position": row.post, "is_main": not staying.has_main}),)


def _category_change(person: KnownPerson, post: KnownPost, row: StaffRow) -> Sequence[Change]:
    """A new main post may make a manager of a teacher; a category set by hand stays while the post's kind does."""
    if not post.is_main or employee_category(post.position) is row.employee_category or person.category is row.employee_category:
        return ()
    return (Change("category", str(person.category), str(row.employee_category)),)


def _fact_changes(person: KnownPerson, row: StaffRow, directory: Directory, today: date) -> tuple[list[Change], bool]:
    """Return what the row changes in the person; an absent column or an empty cell leaves a value alone."""
    wanted: dict[str, tuple[Any, Any]] = {
        "subjects": (sorted(person.subject_ids), sorted(directory.subject_keys(row)) or None),
        "qualification_category": (str(person.qualification_category), str(row.category) if row.category else None),
        "category_assigned_on": (_iso(person.category_assigned_on), _iso(row.category_assigned_on)),
        "birth_year": (person.birth_year, row.birth_year),
    }
    if row.experience_start_date or person.experience_start_date is None:
        wanted["experience_start_date"] = (_iso(person.experience_start_date), _iso(_experience(row, today)))
    email_differs = row.email is not None and row.email != (person.email or "").lower()
    if email_differs and not person.has_entered:
        wanted["email"] = (person.email, row.email)
    changes = [Change(name, old, new) for name, (old, new) in wanted.items() if new is not None and new != old]
    return changes, email_differs and person.has_entered
