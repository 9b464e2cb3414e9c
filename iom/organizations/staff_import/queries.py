"""Reads what an import is compared with: schools and people in the importer's reach, codes and logins that are taken."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from typing import TypeVar

from sqlalchemy import Select, select
from sqlalchemy.orm import Session, defer, joinedload, selectinload

from iom import policy
from iom.accounts.models import Account, Person, RoleGrant
from iom.core.actor import Actor, Role
from iom.core.errors import NotFound
from iom.core.models import ImportBatch
from iom.organizations.models import Employee, EmployeeSubject, Employment, School, Subject
from iom.organizations.staff_file import StaffRow
from iom.organizations.staff_import.directory import Directory, RowRefused, own_code
from iom.organizations.staff_import.kinds import KnownPerson, KnownPost, SchoolRef
from iom.policy import Action

Key = TypeVar("Key", int, str)

CHUNK = 500  # keys of one statement
REGIONAL = frozenset({Role.ADMIN, Role.CNPPM_OFFICER})


def directory_for(session: Session, actor: Actor, rows: Sequence[StaffRow]) -> Directory:
    """Return the schools in the actor's reach with the people that these rows may mean."""
    schools = list_schools(session, actor)
    own = next((school for school in schools if school.id == actor.school_id), None)
    found = Directory(own, actor.role in REGIONAL, actor.employee_id)
    found.add_schools(schools)
    found.add_subjects(_subject_names(session))
    found.add_people(_people(session, actor, _meant(session, actor, found, rows)))
    return found


def list_schools(session: Session, actor: Actor) -> list[SchoolRef]:
    """Return the open schools whose lists the actor keeps."""
    statement = select(School.id, School.code, School.name, School.short_name).where(School.region_id == actor.region_id, School.is_active)
    if actor.school_id is not None:
        statement = statement.where(School.id == actor.school_id)
    elif actor.municipality_id is not None:
        statement = statement.where(School.municipality_id == actor.municipality_id)
    elif actor.role not in REGIONAL:
        return []
    return [SchoolRef(*row) for row in session.execute(statement.order_by(School.short_name, School.id))]


def _subject_names(session: Session) -> dict[str, int]:
    names: dict[str, int] = {}
    for subject in session.scalars(select(Subject)):
        for name in (subject.code, subject.title, *filter(None, subject.aliases.split("|"))):
            names[name] = subject.id
    return names


def _meant(session: Session, actor: Actor, directory: Directory, rows: Sequence[StaffRow]) -> set[int]:
    """Return the employees in reach that carry a code of the file or work in a school of the file."""
    codes: set[str] = set()
    school_ids: set[int] = set()
    for row in rows:
        try:
            school = directory.school_of(row)
        except RowRefused:
            continue  # refused later, with its reason
        school_ids.add(school.id)
        if row.teacher_code:
            for code in (row.teacher_code, own_code(row.teacher_code, school)):
                codes |= {code, code.upper(), code.lower()}
    reach = select(Employee.id).where(policy.visible_employees(actor, Action.STAFF_IMPORT))
    found: set[int] = set()
    for part in _chunks(codes):
        found |= set(session.scalars(reach.where(Employee.code.in_(part))))
    for keys in _chunks(school_ids):
        at = select(Employment.employee_id).where(Employment.school_id.in_(keys), Employment.ends_on.is_(None))
        found |= set(session.scalars(reach.where(Employee.id.in_(at))))
    return found


def _people(session: Session, actor: Actor, employee_ids: Collection[int]) -> Iterator[KnownPerson]:
    for keys in _chunks(employee_ids):
        posts: dict[int, list[KnownPost]] = defaultdict(list)
        for post in session.execute(_open_posts(keys)):
            posts[post.employee_id].append(KnownPost(post.id, post.school_id, post.position, post.is_main))
        subjects: dict[int, set[int]] = defaultdict(set)
        linked = select(EmployeeSubject.employee_id, EmployeeSubject.subject_id).where(EmployeeSubject.employee_id.in_(keys))
        for employee_id, subject_id in session.execute(linked):
            subjects[employee_id].add(subject_id)
        for row in session.execute(_facts(keys)):
            yield KnownPerson(
                employee_id=row.id,
                person_id=row.person_id,
                code=row.code,
                last_name=row.last_name,
                first_name=row.first_name,
                middle_name=row.middle_name,
                birth_year=row.birth_year,
                email=row.email,
                has_entered=row.password_hash is not None,
                category=row.category,
                qualification_category=row.qualification_category,
                category_assigned_on=row.category_assigned_on,
                experience_start_date=row.experience_start_date,
                subject_ids=frozenset(subjects[row.id]),
                posts=tuple(posts[row.id]),
            )


def _open_posts(keys: Sequence[int]) -> Select[int, int, int, str, bool]:
    return (
        select(Employment.id, Employment.employee_id, Employment.school_id, Employment.position, Employment.is_main)
        .where(Employment.employee_id.in_(keys), Employment.ends_on.is_(None))
        .order_by(Employment.is_main.desc(), Employment.id)
    )


def _facts(keys: Sequence[int]) -> "Select[*tuple[object, ...]]":
    return (
        select(
            Employee.id,
            Employee.person_id,
            Employee.code,
            Employee.category,
            Employee.qualification_category,
            Employee.category_assigned_on,
            Employee.experience_start_date,
            Person.last_name,
            Person.first_name,
            Person.middle_name,
            Person.birth_year,
            Person.email,
            Account.password_hash,
        )
        .join(Person, Person.id == Employee.person_id)
        .outerjoin(Account, Account.person_id == Person.id)
        .where(Employee.id.in_(keys))
        .order_by(Employee.id)
    )


def _chunks(keys: Iterable[Key]) -> Iterator[list[Key]]:
    ordered = sorted(keys, key=str)
    for start in range(0, len(ordered), CHUNK):
        yield ordered[start : start + CHUNK]


def taken_codes(session: Session, region_id: int, wanted: Collection[str], prefixes: Collection[str]) -> set[str]:
    """Return the codes in use, in small letters: those of the wanted ones, and all that begin with a school's code."""
    taken: set[str] = set()
    for part in _chunks({form for code in wanted for form in (code, code.upper(), code.lower())}):
        found = session.scalars(select(Employee.code).where(Employee.region_id == region_id, Employee.code.in_(part)))
        taken |= {code.casefold() for code in found}
    for prefix in prefixes:
        found = session.scalars(
            select(Employee.code).where(Employee.region_id == region_id, Employee.code.startswith(f"{prefix}-", autoescape=True))
        )
        taken |= {code.casefold() for code in found}
    return taken


def taken_logins(session: Session, wanted: Collection[str]) -> set[str]:
    """Return which of the logins somebody has."""
    taken: set[str] = set()
    for part in _chunks(wanted):
        taken |= set(session.scalars(select(Account.login).where(Account.login.in_(part))))
    return taken


def get_batch(session: Session, actor: Actor, batch_id: int, kind: str, *, lock: bool = False) -> ImportBatch:
    """Return a batch of the actor's own; an administrator sees those of the region.

    Raises
    ------
    NotFound : no such batch, or somebody else's
    """
    statement = select(ImportBatch).where(ImportBatch.id == batch_id, ImportBatch.kind == kind, ImportBatch.region_id == actor.region_id)
    if actor.role is not Role.ADMIN:
        statement = statement.where(ImportBatch.author_id == actor.person_id, ImportBatch.school_id.is_not_distinct_from(actor.school_id))
    if lock:
        statement = statement.with_for_update().execution_options(populate_existing=True)
    found = session.scalar(statement)
    if found is None:
        raise NotFound(kind="import_batch", id=batch_id)
    return found


def list_batches(session: Session, actor: Actor, kind: str, limit: int = 10) -> Sequence[ImportBatch]:
    """Return the newest batches of the actor, without their rows."""
    return session.scalars(
        select(ImportBatch)
        .options(defer(ImportBatch.verdicts))
        .where(
            ImportBatch.kind == kind,
            ImportBatch.region_id == actor.region_id,
            ImportBatch.author_id == actor.person_id,
            ImportBatch.school_id.is_not_distinct_from(actor.school_id),
        )
        .order_by(ImportBatch.id.desc())
        .limit(limit)
    ).all()


def list_subjects(session: Session) -> Sequence[Subject]:
    """Return all subjects."""
    return session.scalars(select(Subject)).all()


def employees_by_id(session: Session, keys: Collection[int]) -> dict[int, Employee]:
    """Return employees with persons and subjects, by key."""
    found: dict[int, Employee] = {}
    for part in _chunks(set(keys)):
        statement = select(Employee).where(Employee.id.in_(part)).options(joinedload(Employee.person), selectinload(Employee.subjects))
        found |= {row.id: row for row in session.scalars(statement)}
    return found


def posts_by_id(session: Session, keys: Collection[int]) -> dict[int, Employment]:
    """Return posts by key."""
    found: dict[int, Employment] = {}
    for part in _chunks(set(keys)):
        found |= {row.id: row for row in session.scalars(select(Employment).where(Employment.id.in_(part)))}
    return found


def accounts_by_person(session: Session, person_ids: Collection[int]) -> dict[int, Account]:
    """Return the accounts of these people."""
    found: dict[int, Account] = {}
    for part in _chunks(set(person_ids)):
        found |= {row.person_id: row for row in session.scalars(select(Account).where(Account.person_id.in_(part)))}
    return found


def grants_by_person(session: Session, person_ids: Collection[int]) -> dict[int, list[RoleGrant]]:
    """Return all roles of these people, revoked ones included."""
    found: dict[int, list[RoleGrant]] = defaultdict(list)
    for part in _chunks(set(person_ids)):
        for row in session.scalars(select(RoleGrant).where(RoleGrant.person_id.in_(part)).order_by(RoleGrant.id)):
            found[row.person_id].append(row)
    return found
