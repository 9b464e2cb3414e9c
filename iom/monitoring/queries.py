"""Reads figures and the rows behind them; reads only."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from iom import policy
from iom.accounts.models import Person, RoleGrant
from iom.core.actor import Actor, Role
from iom.monitoring import figures, statements
from iom.monitoring.figures import Figure, IndicatorRow
from iom.monitoring.kinds import IndicatorCode, Slice
from iom.monitoring.models import Indicator, IndicatorTarget
from iom.monitoring.statements import Scope
from iom.organizations.models import Employee, Municipality, School
from iom.policy import Action
from iom.routes.models import Route
from iom.routes.workflow import LIVE
from iom.support.models import MethodistAssignment


@dataclass(frozen=True, slots=True)
class PartRow:
    """A figure for one municipality or school."""

    id: int
    name: str
    figure: Figure


@dataclass(frozen=True, slots=True)
class LoadRow:
    """How many people one methodist supports."""

    person_id: int
    name: str
    people: int


@dataclass(frozen=True, slots=True)
class CompletionRow:
    """People of one part and how far their routes are."""

    id: int
    name: str
    people: int
    by_status: dict[str, int]  # route status, and "" for people without a live route


def indicators_by_code(session: Session) -> dict[str, Indicator]:
    """Return the words of all indicators."""
    return {row.code: row for row in session.scalars(select(Indicator).order_by(Indicator.id))}


def targets(session: Session, region_id: int, as_of: date) -> dict[int, IndicatorTarget]:
    """Return the next target of each indicator of a region: the nearest date not before the report, else the last one."""
    found: dict[int, IndicatorTarget] = {}
    for row in session.scalars(
        select(IndicatorTarget).where(IndicatorTarget.region_id == region_id).order_by(IndicatorTarget.target_date.desc())
    ):
        if row.indicator_id not in found or row.target_date >= as_of:
            found[row.indicator_id] = row
    return found


def share_figure(session: Session, actor: Actor, code: IndicatorCode, scope: Scope) -> Figure:
    """Return a share counted by the database over the same statement that gives the rows."""
    rows = statements.rows(code, actor, scope).subquery()
    numerator, denominator = session.execute(select(func.count(rows.c.fact_at), func.count())).one()
    return figures.share(numerator, denominator)


def share_by_part(session: Session, actor: Actor, code: IndicatorCode, scope: Scope, cut: Slice) -> list[PartRow]:
    """Return the share of each municipality or school, in alphabetical order: parts are not ranked."""
    rows = statements.rows(code, actor, scope).subquery()
    key, name = (rows.c.school_id, rows.c.school) if cut is Slice.SCHOOL else (rows.c.municipality_id, rows.c.municipality)
    found = session.execute(select(key, name, func.count(rows.c.fact_at), func.count()).group_by(key, name).order_by(name, key)).all()
    return [PartRow(part, title, figures.share(numerator, denominator)) for part, title, numerator, denominator in found]


def list_rows(
    session: Session,
    actor: Actor,
    code: IndicatorCode,
    scope: Scope,
    *,
    counted: bool | None = None,
    limit: int | None = None,
    offset: int = 0,
) -> list[IndicatorRow]:
    """Return the people behind a share: all, the numerator's, or those outside it; by municipality, school and name."""
    statement = statements.rows(code, actor, scope)
    inner = statement.subquery()
    query = select(inner).order_by(inner.c.municipality, inner.c.school, inner.c.last_name, inner.c.first_name, inner.c.employee_id)
    if counted is not None:
        query = query.where(inner.c.fact_at.is_not(None) if counted else inner.c.fact_at.is_(None))
    if limit is not None:
        query = query.limit(limit).offset(offset)
    named = _named(session, actor)
    return [_row(found, named) for found in session.execute(query).mappings()]


def _named(session: Session, actor: Actor) -> bool:
    """Whether the actor's role may export names; those who may not get codes."""
    return policy.may_for_others(actor, Action.EXPORT_NAMED)


def _row(found: "object", named: bool) -> IndicatorRow:
    values = dict(found)  # type: ignore[call-overload]
    name = " ".join(filter(None, (values["last_name"], values["first_name"], values["middle_name"]))) if named else ""
    return IndicatorRow(values["employee_id"], values["code"], name, values["school"], values["municipality"], _day(values["fact_at"]))


def _day(moment: datetime | date | None) -> date | None:
    return moment.date() if isinstance(moment, datetime) else moment


def methodist_loads(session: Session, actor: Actor, scope: Scope) -> list[LoadRow]:
    """Return every active regional methodist of the region with the people supported on the day, by name."""
    day = scope.as_of
    held = (
        select(MethodistAssignment.methodist_id, func.count().label("people"))
        .where(
            MethodistAssignment.region_id == actor.region_id,
            MethodistAssignment.starts_on <= day,
            (MethodistAssignment.ends_on.is_(None)) | (MethodistAssignment.ends_on >= day),
        )
        .group_by(MethodistAssignment.methodist_id)
        .subquery()
    )
    methodists = (
        select(RoleGrant.person_id)
        .where(RoleGrant.region_id == actor.region_id, RoleGrant.role == Role.REGIONAL_METHODIST, RoleGrant.revoked_at.is_(None))
        .distinct()
    )
    rows = session.execute(
        select(Person.id, Person.last_name, Person.first_name, Person.middle_name, func.coalesce(held.c.people, 0))
        .outerjoin(held, held.c.methodist_id == Person.id)
        .where(Person.id.in_(methodists))
        .order_by(Person.last_name, Person.first_name, Person.id)
    ).all()
    return [LoadRow(person_id, " ".join(filter(None, (last, first, middle))), people) for person_id, last, first, middle, people in rows]


def load_figure(rows: Sequence[LoadRow]) -> Figure:
    """Return people for each regional methodist."""
    return figures.load(sum(row.people for row in rows), len(rows))


def list_load_rows(session: Session, actor: Actor, scope: Scope, methodist_id: int | None = None) -> list[IndicatorRow]:
    """Return the people assigned to regional methodists on the day; the fact is the day of the assignment."""
    day = scope.as_of
    people = (
        statements.population(actor, scope, None)
        .add_columns(MethodistAssignment.starts_on.label("fact_at"))
        .join(
            MethodistAssignment,
            (MethodistAssignment.employee_id == Employee.id)
            & (MethodistAssignment.starts_on <= day)
            & ((MethodistAssignment.ends_on.is_(None)) | (MethodistAssignment.ends_on >= day)),
        )
    )
    if methodist_id is not None:
        people = people.where(MethodistAssignment.methodist_id == methodist_id)
    named = _named(session, actor)
    return [_row(found, named) for found in session.execute(people.order_by(Person.last_name, Person.first_name, Employee.id)).mappings()]


def completion(session: Session, actor: Actor, scope: Scope, cut: Slice) -> list[CompletionRow]:
    """Return people and the states of their live routes by municipality or school, in alphabetical order."""
    people = statements.population(actor, scope, None).subquery()
    key, name = (people.c.school_id, people.c.school) if cut is Slice.SCHOOL else (people.c.municipality_id, people.c.municipality)
    status = func.coalesce(Route.status, "")
    found = session.execute(
        select(key, name, status, func.count())
        .select_from(people)
        .outerjoin(Route, (Route.employee_id == people.c.employee_id) & Route.status.in_(LIVE))
        .group_by(key, name, status)
        .order_by(name, key)
    ).all()
    rows: dict[int, CompletionRow] = {}
    for part, title, state, count in found:
        row = rows.get(part) or CompletionRow(part, title, 0, {})
        rows[part] = CompletionRow(part, title, row.people + count, row.by_status | {str(state or ""): count})
    return list(rows.values())


def list_municipalities(session: Session, region_id: int) -> Sequence[Municipality]:
    """Return the municipalities of a region by name."""
    return session.scalars(select(Municipality).where(Municipality.region_id == region_id).order_by(Municipality.name)).all()


def list_schools(session: Session, region_id: int, municipality_id: int | None) -> Sequence[School]:
    """Return the schools of a region or of one municipality by name."""
    statement = select(School).where(School.region_id == region_id, School.is_active).order_by(School.short_name)
    if municipality_id is not None:
        statement = statement.where(School.municipality_id == municipality_id)
    return session.scalars(statement).all()
