"""Writes the verdicts of a confirmed batch: new people with an account that waits for its code, changed values, posts."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy.orm import Session

from iom.accounts.models import Account, Person, RoleGrant
from iom.core.actor import UNIT_OF_ROLE, Role
from iom.organizations.kinds import EmployeeCategory, QualificationCategory
from iom.organizations.models import Employee, Employment, Region
from iom.organizations.staff_file import StaffRow
from iom.organizations.staff_import import queries
from iom.organizations.staff_import.directory import Directory, own_code
from iom.organizations.staff_import.kinds import Change, Verdict, VerdictKind

CODE_LENGTH = 40
PEOPLE_AT_ONCE = 500


@dataclass(frozen=True, slots=True)
class Line:
    """A verdict with its row."""

    verdict: Verdict
    row: StaffRow


@dataclass(frozen=True, slots=True)
class Moment:
    """When a batch is written."""

    now: datetime
    today: date


class Writer:
    """Writes one batch; what an undo needs to know is gathered in `done`, by row."""

    def __init__(self, session: Session, region: Region, directory: Directory, moment: Moment, author_id: int | None) -> None:
        self.session = session
        self.region = region
        self.directory = directory
        self.moment = moment
        self.author_id = author_id
        self.done: dict[int, dict[str, Any]] = {}

    def write(self, lines: Sequence[Line]) -> None:
        """Write all lines; nothing is committed here."""
        new = [line for line in lines if line.verdict.kind is VerdictKind.NEW]
        changed = [line for line in lines if line.verdict.kind is VerdictKind.CHANGED]
        self.subjects = {row.id: row for row in queries.list_subjects(self.session)}
        self._make_people(new)
        self._change_people(changed)

    def _make_people(self, lines: Sequence[Line]) -> None:
        groups: dict[str, list[Line]] = defaultdict(list)
        for line in lines:
            groups[line.verdict.person_key].append(line)
        codes = self._codes([members[0] for members in groups.values()])
        logins = queries.taken_logins(self.session, {code.lower() for code in codes.values()})
        people = list(groups.values())
        for start in range(0, len(people), PEOPLE_AT_ONCE):
            self._make_some(people[start : start + PEOPLE_AT_ONCE], codes, logins)

    def _make_some(self, people: Sequence[Sequence[Line]], codes: Mapping[int, str], logins: set[str]) -> None:
        """Write some people and let go of their rows: a whole region at once would fill the memory."""
        made: list[tuple[int, Employment, Employee]] = []
        for members in people:
            employee = self._person(members[0], codes[members[0].verdict.row], logins)
            for line in members:
                added = next(change.new for change in line.verdict.changes if change.field == "post_added")
                made.append((line.verdict.row, self._post(employee, added), employee))
        rows = list(self.session.new)
        self.session.flush()  # an undo needs the keys
        for row, post, employee in made:
            self.done[row] = {"employee_id": employee.id, "posts": [post.id]}
        for written in rows:
            self.session.expunge(written)

    def _codes(self, firsts: Sequence[Line]) -> dict[int, str]:
        """Return a free code for each new person: the file's, the school's own number, or the next number of the school."""
        wanted = {line.verdict.row: self._wanted(line) for line in firsts}
        prefixes = {self._school(line).code for line in firsts}
        taken = queries.taken_codes(self.session, self.region.id, {code for code in wanted.values() if code}, prefixes)
        codes: dict[int, str] = {}
        counters: dict[str, int] = defaultdict(int)
        for line in firsts:
            school = self._school(line)
            code = wanted[line.verdict.row]
            while not code or code.casefold() in taken:
                counters[school.code] += 1
                code = f"{school.code}-{counters[school.code]:03d}"[:CODE_LENGTH]
            taken.add(code.casefold())
            codes[line.verdict.row] = code
        return codes

    def _wanted(self, line: Line) -> str:
        code = line.row.teacher_code
        if not code:
            return ""
        return code if self.directory.is_regional else own_code(code, self.directory.schools[self._school(line).id])

    def _school(self, line: Line) -> Any:
        return self.directory.schools[line.verdict.school_id or 0]

    def _person(self, line: Line, code: str, logins: set[str]) -> Employee:
        row, facts = line.row, {change.field: change.new for change in line.verdict.changes}
        person = Person(
            region_id=self.region.id,
            last_name=row.last_name,
            first_name=row.first_name,
            middle_name=row.middle_name,
            birth_year=facts["birth_year"],
            email=facts["email"],
            created_at=self.moment.now,
        )
        employee = Employee(region_id=self.region.id, person=person, code=code, category=EmployeeCategory(facts["category"]))
        for name in ("subjects", "qualification_category", "category_assigned_on", "experience_start_date"):
            self._set(employee, name, facts[name])
        login = code.lower()
        if login in logins:
            login = f"{self.region.code}-{code}".lower()
        logins.add(login)
        account = Account(person=person, login=login, created_at=self.moment.now)
        grant = RoleGrant(
            region_id=self.region.id,
            person=person,
            role=Role.EMPLOYEE,
            unit_kind=UNIT_OF_ROLE[Role.EMPLOYEE],
            granted_by_id=self.author_id,
            granted_at=self.moment.now,
            effective_at=self.moment.now,
        )
        self.session.add_all([person, employee, account, grant])
        return employee

    def _post(self, employee: Employee, added: dict[str, Any]) -> Employment:
        post = Employment(
            region_id=self.region.id,
            employee=employee,
            school_id=added["school_id"],
            position=added["position"],
            is_main=added["is_main"],
            starts_on=self.moment.today,
            recorded_at=self.moment.now,
        )
        self.session.add(post)
        return post

    def _change_people(self, lines: Sequence[Line]) -> None:
        known = queries.employees_by_id(self.session, [line.verdict.employee_id or 0 for line in lines])
        posts = queries.posts_by_id(self.session, [key for line in lines for key in post_keys(line.verdict.changes)])
        for line in lines:
            for change in line.verdict.changes:
                if change.field != "post_added":
                    self._apply(known[line.verdict.employee_id or 0], posts, change)
        self.session.flush()  # one main post may be open: the old one is closed before the new one opens
        for line in lines:
            employee = known[line.verdict.employee_id or 0]
            added = [self._post(employee, change.new) for change in line.verdict.changes if change.field == "post_added"]
            if added:
                self.session.flush()  # an undo needs the keys
            self.done[line.verdict.row] = {"employee_id": employee.id, "posts": [post.id for post in added]}

    def _apply(self, employee: Employee, posts: dict[int, Employment], change: Change) -> None:
        name, _, key = change.field.partition(":")
        if name == "position":
            posts[int(key)].position = change.new
        elif name == "post_closed":
            post = posts[int(key)]
            post.ends_on = max(post.starts_on, self.moment.today)
        elif name in {"email", "birth_year"}:
            setattr(employee.person, name, change.new)
        else:
            self._set(employee, name, change.new)

    def _set(self, employee: Employee, name: str, value: Any) -> None:
        if name == "subjects":
            employee.subjects = [self.subjects[key] for key in value]
        else:
            setattr(employee, name, typed(name, value))


def typed(name: str, value: Any) -> Any:
    """Return a plain value as the employee's column holds it."""
    if name == "category":
        return EmployeeCategory(value)
    if name == "qualification_category":
        return QualificationCategory(value)
    if name in {"category_assigned_on", "experience_start_date"}:
        return date.fromisoformat(value) if value else None
    return value


def plain(name: str, employee: Employee) -> Any:
    """Return a column of the employee or person as a change writes it."""
    if name == "subjects":
        return sorted(subject.id for subject in employee.subjects)
    if name in {"email", "birth_year"}:
        return getattr(employee.person, name)
    value = getattr(employee, name)
    return value.isoformat() if isinstance(value, date) else str(value) if value is not None else None


def post_keys(changes: Iterable[Change]) -> list[int]:
    """Return the posts that changes name."""
    return [int(key) for change in changes if (key := change.field.partition(":")[2])]
