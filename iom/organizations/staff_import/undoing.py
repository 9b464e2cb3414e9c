"""Takes a confirmed batch back: rows untouched since get their previous values, the others are listed and left."""

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


class _Touched(Exception):
    """Somebody has changed what the row wrote, or something rests on it."""


class Undoer:
    """Takes the rows of one batch back, each by itself."""

    def __init__(self, session: Session, verdicts: Sequence[Verdict], done: Mapping[int, Mapping[str, Any]], written_on: date) -> None:
        self.session = session
        self.done = done
        self.written_on = written_on  # posts that the batch closed ended on this day
        self.subjects = {row.id: row for row in queries.list_subjects(session)}
        keys = [record["employee_id"] for record in done.values()]
        self.employees = queries.employees_by_id(session, keys)
        changed = [key for verdict in verdicts for key in post_keys(verdict.changes)]
        self.posts = queries.posts_by_id(session, [*changed, *(key for record in done.values() for key in record["posts"])])
        self.verdicts = verdicts

    def undo(self) -> list[int]:
        """Take back what can be; return the rows that somebody has touched since. Rows of one person stand or fall together."""
        known: dict[int, list[Verdict]] = {}
        new: dict[str, list[Verdict]] = {}
        for verdict in self.verdicts:
            if verdict.kind is VerdictKind.CHANGED:
                known.setdefault(verdict.employee_id or 0, []).append(verdict)
            elif verdict.kind is VerdictKind.NEW:
                new.setdefault(verdict.person_key, []).append(verdict)
        left = [members for members in known.values() if not self._tries(self._restore, members)]
        left += [members for members in new.values() if not self._tries(self._remove, members)]
        return sorted(verdict.row for members in left for verdict in members)

    def _tries(self, act: Callable[[Sequence[Verdict]], None], members: Sequence[Verdict]) -> bool:
        try:
            with self.session.begin_nested():
                act(members)
                self.session.flush()  # a row that something rests on cannot be taken away
        except (_Touched, IntegrityError):
            self.session.expire_all()
            return False
        return True

    def _restore(self, members: Sequence[Verdict]) -> None:
        employee = self._employee(members[0].row)
        for verdict in members:
            for change in verdict.changes:
                self._check(employee, verdict, change)
        for verdict in members:
            for key in self.done[verdict.row]["posts"]:
                self.session.delete(self._post(key))
        self.session.flush()  # an added main post goes before the closed one opens again
        for verdict in members:
            for change in verdict.changes:
                self._put_back(employee, change)

    def _check(self, employee: Employee, verdict: Verdict, change: Change) -> None:
        """Raise when the value is no longer the one that the row wrote."""
        name, _, key = change.field.partition(":")
        if name == "post_added":
            added = [self._post(post) for post in self.done[verdict.row]["posts"]]
            fine = all(post.ends_on is None and post.position == change.new["position"] for post in added)
        elif name == "position":
            post = self._post(int(key))
            fine = post.ends_on is None and post.position == change.new
        elif name == "post_closed":
            post = self._post(int(key))
            fine = post.ends_on == max(post.starts_on, self.written_on)
        else:
            fine = plain(name, employee) == change.new
        if not fine:
            raise _Touched

    def _put_back(self, employee: Employee, change: Change) -> None:
        name, _, key = change.field.partition(":")
        if name == "position":
            self._post(int(key)).position = change.old
        elif name == "post_closed":
            self._post(int(key)).ends_on = None
        elif name == "subjects":
            employee.subjects = [self.subjects[subject] for subject in change.old]
        elif name in {"email", "birth_year"}:
            setattr(employee.person, name, change.old)
        elif name != "post_added":
            setattr(employee, name, typed(name, change.old))

    def _remove(self, members: Sequence[Verdict]) -> None:
        """Take a new person away with everything that the batch made for them; whatever came later holds them."""
        employee = self._employee(members[0].row)
        for verdict in members:
            for change in verdict.changes:
                self._check(employee, verdict, change)
        person = employee.person
        account = queries.account_of(self.session, person.id)
        grants = queries.grants_of(self.session, person.id)
        if account is None or account.password_hash is not None or [grant.role for grant in grants] != [Role.EMPLOYEE]:
            raise _Touched
        employee.subjects = []
        for row in (*(self._post(key) for verdict in members for key in self.done[verdict.row]["posts"]), *grants, account):
            self.session.delete(row)
        self.session.flush()  # the person goes after all that names them
        self.session.delete(employee)
        self.session.flush()
        self.session.delete(person)

    def _employee(self, row: int) -> Employee:
        found = self.employees.get(self.done[row]["employee_id"])
        if found is None:
            raise _Touched
        return found

    def _post(self, key: int) -> Employment:
        found = self.posts.get(key)
        if found is None:
            raise _Touched
        return found
