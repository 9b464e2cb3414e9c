"""Reads people as an administrator and a school see them: who, where, which roles, whether they can sign in. Never results."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import TypeVarTuple

from sqlalchemy import ColumnElement, Select, and_, func, or_, select
from sqlalchemy.orm import Session

from iom import policy
from iom.accounts.kinds import AccountState
from iom.accounts.models import Account, OneTimeCode, Person, RoleGrant
from iom.core.actor import Actor, Role
from iom.core.errors import NotFound
from iom.organizations.models import Employee, Employment, Municipality, Provider, School
from iom.policy import Action

PAGE = 25
Columns = TypeVarTuple("Columns")


@dataclass(frozen=True, slots=True)
class PeopleFilter:
    """What the list is narrowed to; empty means everybody."""

    words: tuple[str, ...] = ()
    role: Role | None = None
    school_id: int | None = None
    state: AccountState | None = None


@dataclass(frozen=True, slots=True)
class PersonRow:
    """One line of the list."""

    person_id: int
    last_name: str
    first_name: str
    middle_name: str
    login: str
    code: str
    school: str
    state: AccountState
    last_sign_in_at: datetime | None
    roles: tuple[Role, ...]


@dataclass(frozen=True, slots=True)
class PeoplePage:
    rows: tuple[PersonRow, ...]
    total: int


def list_people(session: Session, actor: Actor, chosen: PeopleFilter, page: int) -> PeoplePage:
    """Return one page of the people of the actor's region, by surname."""
    policy.require_role(actor, Action.ROLE_GRANT)
    conditions = _conditions(actor, chosen)
    total = session.scalar(_people(select(func.count(Person.id))).where(*conditions)) or 0
    found = session.execute(
        _people(
            select(
                Person.id,
                Person.last_name,
                Person.first_name,
                Person.middle_name,
                Account.login,
                Employee.code,
                School.short_name,
                Account.is_active,
                Account.password_hash.is_not(None),
                Account.last_sign_in_at,
            )
        )
        .where(*conditions)
        .order_by(Person.last_name, Person.first_name, Person.id)
        .limit(PAGE)
        .offset((page - 1) * PAGE)
    ).all()
    roles = _roles(session, [row[0] for row in found])
    rows = [
        PersonRow(
            person_id, last, first, middle, login or "", code or "", school or "", _state(is_active, has_password), seen, roles[person_id]
        )
        for person_id, last, first, middle, login, code, school, is_active, has_password, seen in found
    ]
    return PeoplePage(tuple(rows), total)


def _people(statement: Select[*Columns]) -> Select[*Columns]:
    main = and_(Employment.employee_id == Employee.id, Employment.ends_on.is_(None), Employment.is_main)
    return (
        statement.select_from(Person)
        .outerjoin(Account, Account.person_id == Person.id)
        .outerjoin(Employee, Employee.person_id == Person.id)
        .outerjoin(Employment, main)
        .outerjoin(School, School.id == Employment.school_id)
    )


def _state(is_active: bool | None, has_password: bool) -> AccountState:
    if is_active is None:
        return AccountState.NO_ACCOUNT
    if not is_active:
        return AccountState.CLOSED
    return AccountState.ACTIVE if has_password else AccountState.NO_ENTRY


def _conditions(actor: Actor, chosen: PeopleFilter) -> list[ColumnElement[bool]]:
    conditions: list[ColumnElement[bool]] = [Person.region_id == actor.region_id]
    conditions += [_begins_with(word) for word in chosen.words]
    if chosen.role is not None:
        holders = select(RoleGrant.person_id).where(RoleGrant.role == chosen.role, RoleGrant.revoked_at.is_(None))
        conditions.append(Person.id.in_(holders))
    if chosen.school_id is not None:
        conditions.append(Employment.school_id == chosen.school_id)
    if chosen.state is not None:
        conditions.append(STATE[chosen.state])
    return conditions


STATE: dict[AccountState, ColumnElement[bool]] = {
    AccountState.ACTIVE: and_(Account.is_active, Account.password_hash.is_not(None)),
    AccountState.NO_ENTRY: and_(Account.is_active, Account.password_hash.is_(None)),
    AccountState.CLOSED: Account.is_active.is_(False),
    AccountState.NO_ACCOUNT: Account.id.is_(None),
}


def name_begins_with(word: str) -> ColumnElement[bool]:
    """Return the condition that one of a person's names begins with the word.

    SQLite knows no case of Russian letters, so names are asked for as they are written: with a capital.
    """
    name = "-".join(part[:1].upper() + part[1:].lower() for part in word.split("-"))
    return or_(*(column.startswith(name, autoescape=True) for column in (Person.last_name, Person.first_name, Person.middle_name)))


def _begins_with(word: str) -> ColumnElement[bool]:
    """Return the condition that a name, the login or the teacher code begins with the word."""
    return or_(
        name_begins_with(word),
        Account.login.startswith(word.lower(), autoescape=True),
        Employee.code.startswith(word, autoescape=True),
        Employee.code.startswith(word.upper(), autoescape=True),
    )


def _roles(session: Session, person_ids: list[int]) -> dict[int, tuple[Role, ...]]:
    held: dict[int, list[Role]] = {person_id: [] for person_id in person_ids}
    rows = session.execute(
        select(RoleGrant.person_id, RoleGrant.role)
        .where(RoleGrant.person_id.in_(person_ids), RoleGrant.revoked_at.is_(None))
        .order_by(RoleGrant.id)
    )
    for person_id, role in rows:
        held[person_id].append(role)
    return {person_id: tuple(dict.fromkeys(roles)) for person_id, roles in held.items()}


@dataclass(frozen=True, slots=True)
class PersonCard:
    """One person as the administrator sees them."""

    person: Person
    account: Account | None
    code: str
    state: AccountState
    live_codes: int


def get_card(session: Session, actor: Actor, person_id: int, now: datetime) -> PersonCard:
    """Return the person; raise NotFound also for a person of another region."""
    found = session.execute(
        select(Person, Account, Employee.code)
        .outerjoin(Account, Account.person_id == Person.id)
        .outerjoin(Employee, Employee.person_id == Person.id)
        .where(Person.id == person_id, Person.region_id == actor.region_id)
    ).one_or_none()
    if found is None:
        raise NotFound(kind="person", id=person_id)
    person, account, code = found
    state = _state(account.is_active if account else None, bool(account and account.password_hash))
    return PersonCard(person, account, code or "", state, _count_live(session, account, now))


def _count_live(session: Session, account: Account | None, now: datetime) -> int:
    if account is None:
        return 0
    live = (OneTimeCode.account_id == account.id, OneTimeCode.used_at.is_(None), OneTimeCode.expires_at > now)
    return session.scalar(select(func.count()).where(*live)) or 0


@dataclass(frozen=True, slots=True)
class WithoutEntry:
    """A member of staff who has not signed in yet."""

    person_id: int
    last_name: str
    first_name: str
    middle_name: str
    login: str
    position: str
    code_expires_at: datetime | None


def list_without_entry(session: Session, actor: Actor, school_id: int, now: datetime) -> list[WithoutEntry]:
    """Return the staff of a school whom the actor may give codes and who have no password yet, by surname."""
    live = (
        select(func.max(OneTimeCode.expires_at))
        .where(OneTimeCode.account_id == Account.id, OneTimeCode.used_at.is_(None), OneTimeCode.expires_at > now)
        .scalar_subquery()
    )
    wider = select(RoleGrant.id).where(RoleGrant.person_id == Person.id, RoleGrant.revoked_at.is_(None), RoleGrant.role != Role.EMPLOYEE)
    statement = (
        select(Person.id, Person.last_name, Person.first_name, Person.middle_name, Account.login, Employment.position, live)
        .join(Employee, Employee.person_id == Person.id)
        .join(Employment, Employment.employee_id == Employee.id)
        .join(Account, Account.person_id == Person.id)
        .where(
            policy.visible_employees(actor, Action.CODE_ISSUE),
            Employment.school_id == school_id,
            Employment.ends_on.is_(None),
            Account.is_active,
            Account.password_hash.is_(None),
        )
        .order_by(Person.last_name, Person.first_name, Person.id)
    )
    if actor.role is not Role.ADMIN:
        statement = statement.where(~wider.exists())
    seen: dict[int, WithoutEntry] = {}
    for row in session.execute(statement):
        seen.setdefault(row[0], WithoutEntry(*row))
    return list(seen.values())


def list_schools(session: Session, actor: Actor) -> list[tuple[int, str]]:
    """Return the schools of the region that are open, for a list to choose from."""
    rows = session.execute(
        select(School.id, School.short_name).where(School.region_id == actor.region_id, School.is_active).order_by(School.short_name)
    )
    return [(school_id, name) for school_id, name in rows]


@dataclass(frozen=True, slots=True)
class Units:
    """Where a role can be held in a region: pairs of key and name."""

    municipalities: tuple[tuple[int, str], ...]
    schools: tuple[tuple[int, str], ...]
    providers: tuple[tuple[int, str], ...]


def list_units(session: Session, actor: Actor) -> Units:
    """Return the units of the actor's region and the providers, which stand beside the tree, by name."""
    municipalities = session.execute(
        select(Municipality.id, Municipality.name).where(Municipality.region_id == actor.region_id).order_by(Municipality.name)
    )
    providers = session.execute(select(Provider.id, Provider.name).order_by(Provider.name))
    return Units(
        tuple((key, name) for key, name in municipalities),
        tuple(list_schools(session, actor)),
        tuple((key, name) for key, name in providers),
    )


def names_of(session: Session, person_ids: Iterable[int | None]) -> dict[int, tuple[str, str]]:
    """Return given name and surname by key."""
    keys = [key for key in person_ids if key is not None]
    rows = session.execute(select(Person.id, Person.first_name, Person.last_name).where(Person.id.in_(keys)))
    return {key: (first, last) for key, first, last in rows}
