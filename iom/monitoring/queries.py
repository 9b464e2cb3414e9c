"""Reads figures and the rows behind them; reads only."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Select, Subquery, func, select
from sqlalchemy.orm import Session

from iom import policy
from iom.accounts.models import Person
from iom.core.actor import Actor, Role
from iom.core.errors import NotFound
from iom.core.sheets import heading_key
from iom.monitoring import figures, statements
from iom.monitoring.figures import Figure, IndicatorRow
from iom.monitoring.kinds import IndicatorCode, Slice
from iom.monitoring.models import Indicator, IndicatorTarget, IndicatorValue
from iom.monitoring.statements import Scope
from iom.organizations.models import Municipality, Region, School
from iom.policy import Action


@dataclass(frozen=True, slots=True)
class PartRow:
    """A figure for one municipality or school."""

    id: int
    name: str
    figure: Figure


@dataclass(frozen=True, slots=True)
class LoadRow:
    """How many teachers one methodist supports."""

    person_id: int
    name: str
    people: int


@dataclass(frozen=True, slots=True)
class Fact:
    """A row reduced to what a fingerprint needs."""

    employee_id: int
    municipality_id: int
    on: date | None


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


def targets_by_code(session: Session, region_id: int, as_of: date) -> dict[str, IndicatorTarget]:
    """Return the next target of each indicator of a region by the indicator's code."""
    found: dict[str, IndicatorTarget] = {}
    rows = session.execute(
        select(IndicatorTarget, Indicator.code)
        .join(Indicator, Indicator.id == IndicatorTarget.indicator_id)
        .where(IndicatorTarget.region_id == region_id)
        .order_by(IndicatorTarget.target_date.desc())
    )
    for target, code in rows:
        if code not in found or target.target_date >= as_of:
            found[code] = target
    return found


def get_region(session: Session, region_id: int) -> Region:
    """Return the region with its clock and its smallest group."""
    return session.scalars(select(Region).where(Region.id == region_id)).one()


def share_figure(session: Session, actor: Actor, code: IndicatorCode, scope: Scope) -> Figure:
    """Return a share counted by the database over the same statement that gives the rows."""
    rows = statements.rows(code, actor, scope).subquery()
    numerator, denominator = session.execute(select(func.count(rows.c.fact_at), func.count())).one()
    return figures.share(numerator, denominator)


def share_by_part(session: Session, actor: Actor, code: IndicatorCode, scope: Scope, cut: Slice) -> list[PartRow]:
    """Return the share of each municipality or school, in alphabetical order: parts are not ranked."""
    rows = statements.rows(code, actor, scope).subquery()
    key, name = part_of(rows, cut)
    found = session.execute(select(key, name, func.count(rows.c.fact_at), func.count()).group_by(key, name)).all()
    parts = [PartRow(part, title, figures.share(numerator, denominator)) for part, title, numerator, denominator in found]
    return sorted(parts, key=lambda part: (heading_key(part.name), part.id))


def part_of(rows: Subquery, cut: Slice) -> tuple[Any, Any]:
    """Return the key and the name of the part that a population's row belongs to."""
    return (rows.c.school_id, rows.c.school) if cut is Slice.SCHOOL else (rows.c.municipality_id, rows.c.municipality)


def list_rows(
    session: Session,
    actor: Actor,
    code: IndicatorCode,
    scope: Scope,
    *,
    counted: bool | None = None,
    methodist_id: int | None = None,
    limit: int | None = None,
    offset: int = 0,
) -> list[IndicatorRow]:
    """Return the people behind an indicator: all, the numerator's, or those outside it; by municipality, school and name."""
    inner = statements.rows(code, actor, scope).subquery()
    query = select(inner).order_by(inner.c.municipality, inner.c.school, inner.c.last_name, inner.c.first_name, inner.c.employee_id)
    if counted is not None:
        query = query.where(inner.c.fact_at.is_not(None) if counted else inner.c.fact_at.is_(None))
    if methodist_id is not None:
        query = query.where(inner.c.methodist_id == methodist_id)
    if limit is not None:
        query = query.limit(limit).offset(offset)
    named = may_see_names(actor)
    return [_row(found, named, scope) for found in session.execute(query).mappings()]


def count_rows(
    session: Session, actor: Actor, code: IndicatorCode, scope: Scope, *, counted: bool | None = None, methodist_id: int | None = None
) -> int:
    """Return how many rows `list_rows` would give."""
    inner = statements.rows(code, actor, scope).subquery()
    query: Select[int] = select(func.count()).select_from(inner)
    if counted is not None:
        query = query.where(inner.c.fact_at.is_not(None) if counted else inner.c.fact_at.is_(None))
    if methodist_id is not None:
        query = query.where(inner.c.methodist_id == methodist_id)
    return session.scalar(query) or 0


def list_facts(session: Session, actor: Actor, code: IndicatorCode, scope: Scope) -> list[Fact]:
    """Return who is behind an indicator and since when, without names."""
    inner = statements.rows(code, actor, scope).subquery()
    found = session.execute(select(inner.c.employee_id, inner.c.municipality_id, inner.c.fact_at))
    return [Fact(employee_id, municipality_id, scope.local_day(at) if at else None) for employee_id, municipality_id, at in found]


def may_see_names(actor: Actor) -> bool:
    """Whether the actor's role may have lists with names; those who may not see groups only."""
    return policy.may_for_others(actor, Action.EXPORT_NAMED)


def _row(found: Any, named: bool, scope: Scope) -> IndicatorRow:
    name = " ".join(filter(None, (found["last_name"], found["first_name"], found["middle_name"]))) if named else ""
    fact = found["fact_at"]
    return IndicatorRow(
        found["employee_id"], found["code"], name, found["school"], found["municipality"], scope.local_day(fact) if fact else None
    )


def methodist_loads(session: Session, actor: Actor, scope: Scope) -> list[LoadRow]:
    """Return the regional methodists with the teachers they support in the scope, by name.

    Over all that a regional role sees, those who support nobody are listed too; over a part, only those who support somebody there.
    """
    inner = statements.supported(actor, scope).subquery()
    held = select(inner.c.methodist_id, func.count().label("people")).group_by(inner.c.methodist_id).subquery()
    query = (
        select(Person.id, Person.last_name, Person.first_name, Person.middle_name, func.coalesce(held.c.people, 0))
        .outerjoin(held, held.c.methodist_id == Person.id)
        .where(Person.id.in_(statements.active_methodists(actor, scope)))
        .order_by(Person.last_name, Person.first_name, Person.id)
    )
    if not is_about_region(actor, scope):
        query = query.where(held.c.people.is_not(None))
    return [
        LoadRow(person_id, " ".join(filter(None, (last, first, middle))), people)
        for person_id, last, first, middle, people in session.execute(query)
    ]


def is_about_region(actor: Actor, scope: Scope) -> bool:
    """Whether a report covers the whole region: no filter, and a role that is not held in a part of it."""
    return scope.is_whole and actor.role is not Role.TUTOR and not statements.territory(actor)


def load_figure(rows: Sequence[LoadRow]) -> Figure:
    """Return teachers for each regional methodist."""
    return figures.load(sum(row.people for row in rows), len(rows))


def list_municipalities(session: Session, actor: Actor) -> Sequence[Municipality]:
    """Return the municipalities that the actor's role reports about, by name."""
    statement = select(Municipality).where(Municipality.region_id == actor.region_id)
    if actor.school_id is not None:
        statement = statement.where(Municipality.id.in_(select(School.municipality_id).where(School.id == actor.school_id)))
    elif actor.municipality_id is not None:
        statement = statement.where(Municipality.id == actor.municipality_id)
    # The two databases put capital and small letters in different orders, and neither as a person would.
    return sorted(session.scalars(statement), key=lambda row: (heading_key(row.name), row.id))


def list_schools(session: Session, actor: Actor, municipality_id: int | None = None) -> Sequence[School]:
    """Return the schools that the actor's role reports about, of one municipality or of all, by name."""
    statement = (
        select(School)
        .join(Municipality, Municipality.id == School.municipality_id)
        .where(School.region_id == actor.region_id, School.is_active, *statements.territory(actor))
    )
    if municipality_id is not None:
        statement = statement.where(School.municipality_id == municipality_id)
    return sorted(session.scalars(statement), key=lambda row: (heading_key(row.short_name), row.id))


def get_school(session: Session, actor: Actor, school_id: int) -> School:
    """Return a school that the actor's role reports about.

    Raises
    ------
    NotFound : no such school, or one outside the role's part
    """
    statement = select(School).join(Municipality, Municipality.id == School.municipality_id)
    found = session.scalar(statement.where(School.id == school_id, School.region_id == actor.region_id, *statements.territory(actor)))
    if found is None:
        raise NotFound(kind="school", id=school_id)
    return found


@dataclass(frozen=True, slots=True)
class Frozen:
    """A frozen value with the code of its indicator and who froze it."""

    value: IndicatorValue
    code: str
    who: str


def frozen_values(session: Session, region_id: int, since: date, until: date) -> list[Frozen]:
    """Return the frozen values of the whole region between two days, the newest first."""
    found = session.execute(
        select(IndicatorValue, Indicator.code, Person.last_name, Person.first_name)
        .join(Indicator, Indicator.id == IndicatorValue.indicator_id)
        .outerjoin(Person, Person.id == IndicatorValue.frozen_by_id)
        .where(
            IndicatorValue.region_id == region_id,
            IndicatorValue.municipality_id.is_(None),
            IndicatorValue.as_of >= since,
            IndicatorValue.as_of <= until,
        )
        .order_by(IndicatorValue.as_of.desc(), IndicatorValue.indicator_id)
    )
    return [Frozen(value, code, " ".join(filter(None, (first, last)))) for value, code, last, first in found]


def find_frozen(session: Session, region_id: int, indicator_id: int, as_of: date) -> IndicatorValue | None:
    """Return the frozen value of an indicator for the whole region on a day."""
    return session.scalar(
        select(IndicatorValue).where(
            IndicatorValue.region_id == region_id,
            IndicatorValue.indicator_id == indicator_id,
            IndicatorValue.as_of == as_of,
            IndicatorValue.municipality_id.is_(None),
        )
    )
