"""What a staff list says of the people of a results file, found by code or, where the results have no codes, by name."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from iom.organizations.kinds import EmployeeCategory
from iom.organizations.staff_file import StaffRow
from iom.organizations.staff_file.names import name_key


@dataclass(frozen=True, slots=True)
class Post:
    """A person's first post that goes on; empty where the list is silent."""

    name: str = ""
    school: str = ""
    position: str = ""
    subjects: tuple[str, ...] = ()
    category: EmployeeCategory | None = None


@dataclass(frozen=True, slots=True)
class Posts:
    """Posts by code and by name; a name that several people bear finds nobody."""

    by_code: Mapping[str, Post]
    by_name: Mapping[str, Post]

    def find(self, code: str | None, name: str) -> Post | None:
        return self.by_code.get(code.casefold()) if code else self.by_name.get(name_key(name))


NO_POSTS = Posts({}, {})


def gather_posts(rows: Iterable[StaffRow]) -> Posts:
    """Return the posts of a staff list; of several posts of one person the first one decides."""
    by_code: dict[str, Post] = {}
    owners: dict[str, set[str]] = {}
    by_name: dict[str, Post] = {}
    for row in rows:
        if not row.active:
            continue
        post = _post(row)
        key = name_key(post.name)
        if row.teacher_code:
            by_code.setdefault(row.teacher_code.casefold(), post)
        owners.setdefault(key, set()).add((row.teacher_code or "").casefold())
        by_name.setdefault(key, post)
    return Posts(by_code, {name: post for name, post in by_name.items() if len(owners[name]) == 1})


def _post(row: StaffRow) -> Post:
    return Post(
        name=" ".join(filter(None, (row.last_name, row.first_name, row.middle_name))),
        school=row.school or row.org_code or "",
        position=row.post or "",
        subjects=row.subjects,
        category=row.employee_category,
    )
