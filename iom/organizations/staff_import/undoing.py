"""Takes a confirmed batch back: people untouched since get their previous values, the others are listed and left."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any

from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from iom.core.actor import Role
from iom.organizations.models import Employee, Employment
from iom.organizations.staff_import import queries
from iom.organizations.staff_import.applying import plain, post_keys, typed
from iom.organizations.staff_import.kinds import Change, Verdict, VerdictKind

PARTS = 10  # into how many groups those are split among whom somebody cannot be taken back

Rows = Sequence[Verdict]
"""The rows of one person: they stand or fall together."""


class Undoer:
    """Takes the rows of one batch back."""

    def __init__(self, session: Session, verdicts: Sequence[Verdict], done: Mapping[int, Mapping[str, Any]], written_on: date) -> None:
        self.session = session
        self.verdicts = verdicts
        self.done = done
        self.written_on = written_on  # posts that the batch closed ended on this day
        self.subjects = {row.id: row for row in queries.list_subjects(session)}
        self.employees = queries.employees_by_id(session, [record["employee_id"] for record in done.values()])
        changed = [key for verdict in verdicts for key in post_keys(verdict.changes)]
        self.posts = queries.posts_by_id(session, [*changed, *(key for record in done.values() for key in record["posts"])])
        made = [verdict.row for verdict in verdicts if verdict.kind is VerdictKind.NEW]
        person_ids = [self.employees[key].person_id for row in made if (key := done[row]["employee_id"]) in self.employees]
        self.accounts = queries.accounts_by_person(session, person_ids)
        self.grants = queries.grants_by_person(session, person_ids)

    def undo(self) -> list[int]:
        """Take back what can be; return the rows that somebody has touched since, or on which something rests."""
        known: dict[int, list[Verdict]] = {}
        new: dict[str, list[Verdict]] = {}
        for verdict in self.verdicts:
            if verdict.kind is VerdictKind.CHANGED:
                known.setdefault(verdict.employee_id or 0, []).append(verdict)
            elif verdict.kind is VerdictKind.NEW:
                new.setdefault(verdict.person_key, []).append(verdict)
        left = self._take_back(list(known.values()), self._is_untouched, self._restore)
        left += self._take_back(list(new.values()), self._is_as_made, self._remove)
        return sorted(verdict.row for members in left for verdict in members)

    def _take_back(self, people: Sequence[Rows], is_fine: Callable[[Rows], bool], act: Callable[[Sequence[Rows]], None]) -> list[Rows]:
        """Return the people left as they are."""
        left: list[Rows] = []
        fine: list[Rows] = []
        for members in people:
            (fine if is_fine(members) else left).append(members)
        return left + self._stubborn(act, fine)

    def _stubborn(self, act: Callable[[Sequence[Rows]], None], people: Sequence[Rows]) -> list[Rows]:
        """Do it for all at once, which is quick; when somebody resists, for ever smaller groups, and return those who do."""
        if not people or self._tries(act, people):
            return []
        if len(people) == 1:
            return [people[0]]
        size = max(1, len(people) // PARTS)
        return [members for start in range(0, len(people), size) for members in self._stubborn(act, people[start : start + size])]

    def _tries(self, act: Callable[[Sequence[Rows]], None], people: Sequence[Rows]) -> bool:
        try:
            with self.session.begin_nested():
                act(people)
                self.session.flush()  # a row that something rests on cannot be taken away
        except IntegrityError:
            self.session.expire_all()
            return False
        return True

    def _is_untouched(self, members: Rows) -> bool:
        """Tell whether every value is still the one that the rows wrote."""
        employee = self.employees.get(self.done[members[0].row]["employee_id"])
        return employee is not None and all(
            self._is_as_written(employee, verdict, change) for verdict in members for change in verdict.changes
        )

    def _is_as_written(self, employee: Employee, verdict: Verdict, change: Change) -> bool:
        name, _, key = change.field.partition(":")
        if name == "post_added":
            added = [self.posts.get(post) for post in self.done[verdict.row]["posts"]]
            return all(post is not None and post.ends_on is None and post.position == change.new["position"] for post in added)
        if name == "position":
            post = self.posts.get(int(key))
            return post is not None and post.ends_on is None and post.position == change.new
        if name == "post_closed":
            post = self.posts.get(int(key))
            return post is not None and post.ends_on == max(post.starts_on, self.written_on)
        return bool(plain(name, employee) == change.new)

    def _is_as_made(self, members: Rows) -> bool:
        """Tell whether a new person is as the batch made them: never entered, no further role."""
        if not self._is_untouched(members):
            return False
        person_id = self._employee(members).person_id
        account = self.accounts.get(person_id)
        roles = [grant.role for grant in self.grants.get(person_id, ())]
        return account is not None and account.password_hash is None and roles == [Role.EMPLOYEE]

    def _restore(self, people: Sequence[Rows]) -> None:
        for members in people:
            for post in self._added(members):
                self.session.delete(post)
        self.session.flush()  # an added main post goes before the closed one opens again
        for members in people:
            for change in (change for verdict in members for change in verdict.changes):
                self._put_back(self._employee(members), change)

    def _put_back(self, employee: Employee, change: Change) -> None:
        name, _, key = change.field.partition(":")
        if name == "position":
            self.posts[int(key)].position = change.old
        elif name == "post_closed":
            self.posts[int(key)].ends_on = None
        elif name == "subjects":
            employee.subjects = [self.subjects[subject] for subject in change.old]
        elif name in {"email", "birth_year"}:
            setattr(employee.person, name, change.old)
        elif name != "post_added":
            setattr(employee, name, typed(name, change.old))

    def _remove(self, people: Sequence[Rows]) -> None:
        """Take new people away with everything that the batch made for them; whatever came later holds them."""
        employees = [self._employee(members) for members in people]
        for members, employee in zip(people, employees, strict=True):
            employee.subjects = []
            account, grants = self.accounts[employee.person_id], self.grants[employee.person_id]
            for row in (*self._added(members), *grants, account):
                self.session.delete(row)
        self.session.flush()  # the employee goes after all that names them, the person after the employee
        persons = [employee.person for employee in employees]
        for employee in employees:
            self.session.delete(employee)
        self.session.flush()
        for person in persons:
            self.session.delete(person)

    def _employee(self, members: Rows) -> Employee:
        return self.employees[self.done[members[0].row]["employee_id"]]

    def _added(self, members: Rows) -> list[Employment]:
        return [self.posts[key] for verdict in members for key in self.done[verdict.row]["posts"]]
