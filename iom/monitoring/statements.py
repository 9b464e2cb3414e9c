"""The selects behind the indicators: the population and the day of the fact that counts; one statement serves counts and rows."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import Date, Select, Subquery, and_, func, literal, or_, select
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.orm import aliased
from sqlalchemy.sql.elements import ColumnElement
from sqlalchemy.sql.functions import FunctionElement

from iom import policy
from iom.accounts.kinds import ConsentKind, ConsentState
from iom.accounts.models import Consent, Person, RoleGrant
from iom.core.actor import Actor, Role
from iom.diagnostics.kinds import AttemptStatus
from iom.diagnostics.models import DiagnosticAttempt
from iom.monitoring.kinds import IndicatorCode
from iom.organizations.kinds import EmployeeCategory
from iom.organizations.models import Employee, Employment, Municipality, School
from iom.policy import Action
from iom.profiles.kinds import DeficitKind
from iom.profiles.models import Deficit
from iom.routes.kinds import ItemKind
from iom.routes.models import Route, RouteEvent, RouteGoal, RouteItem, RouteItemCover
from iom.routes.workflow import ItemStatus, RouteStatus
from iom.support.models import MethodistAssignment

CUMULATIVE_SINCE = date(2021, 1, 1)  # «нарастающим итогом с 2021», order of the Ivanovo region of 11.08.2023 № 952-о


@dataclass(frozen=True, slots=True)
class Scope:
    """The day of the report by the region's calendar, and the part of the actor's sight that it is about."""

    as_of: date
    municipality_id: int | None = None
    school_id: int | None = None
    timezone: str = "Europe/Moscow"
    is_current: bool = True  # the day is today: the states of routes are read as they are, not from their history

    @property
    def is_whole(self) -> bool:
        """Whether the report is about all that the actor sees."""
        return self.municipality_id is None and self.school_id is None

    @property
    def year_start(self) -> datetime:
        """The first moment of the report's year."""
        return self._midnight(date(self.as_of.year, 1, 1))

    @property
    def end(self) -> datetime:
        """The first moment after the day of the report."""
        return self._midnight(self.as_of + timedelta(days=1))

    @property
    def clock_shift(self) -> str:
        """How far the region's clock is from UTC, as both databases read it: `+180 minutes`."""
        offset = ZoneInfo(self.timezone).utcoffset(datetime.combine(self.as_of, time(12)))
        return f"{int((offset or timedelta()).total_seconds()) // 60:+d} minutes"

    def local_day(self, moment: datetime | date) -> date:
        """Return the calendar day of a moment in the region."""
        return moment.astimezone(ZoneInfo(self.timezone)).date() if isinstance(moment, datetime) else moment

    def _midnight(self, day: date) -> datetime:
        return datetime.combine(day, time(), ZoneInfo(self.timezone))


class ShiftedDay(FunctionElement[date]):
    """The calendar day of a moment kept in UTC, after moving it by the region's clock shift."""

    type = Date()
    inherit_cache = True


@compiles(ShiftedDay, "sqlite")
def _shifted_day_sqlite(element: ShiftedDay, compiler: Any, **kw: Any) -> str:
    moment, shift = (compiler.process(clause, **kw) for clause in element.clauses)
    return f"date({moment}, {shift})"


@compiles(ShiftedDay)
def _shifted_day(element: ShiftedDay, compiler: Any, **kw: Any) -> str:
    moment, shift = (compiler.process(clause, **kw) for clause in element.clauses)
    return f"CAST({moment} + CAST({shift} AS INTERVAL) AS DATE)"


def held_on(table: Any, day: date) -> ColumnElement[bool]:
    """Return the condition that a row with `starts_on` and `ends_on` (the last day, or none) covers the day."""
    return and_(table.starts_on <= day, or_(table.ends_on.is_(None), table.ends_on >= day))


def is_last_held(table: type[Any], day: date) -> ColumnElement[bool]:
    """Return the condition that of a person's rows covering the day the newest is meant: a move on that day leaves two of them."""
    later = aliased(table)
    newer = or_(later.starts_on > table.starts_on, and_(later.starts_on == table.starts_on, later.id > table.id))
    rival = select(later.id).where(later.employee_id == table.employee_id, held_on(later, day), newer)
    if table is Employment:
        rival = rival.where(later.is_main)
    return ~rival.exists()


def territory(actor: Actor) -> list[ColumnElement[bool]]:
    """Return the part of the tree that a role at a school or a municipality reports about."""
    if actor.school_id is not None:
        return [School.id == actor.school_id]
    return [Municipality.id == actor.municipality_id] if actor.municipality_id is not None else []


def population(
    actor: Actor, scope: Scope, category: EmployeeCategory | None, action: Action = Action.AGGREGATES_VIEW
) -> Select[*tuple[Any, ...]]:
    """Return people whose main post is held on the day, within the actor's sight: one row each."""
    statement = (
        select(
            Employee.id.label("employee_id"),
            Employee.code.label("code"),
            Person.last_name.label("last_name"),
            Person.first_name.label("first_name"),
            Person.middle_name.label("middle_name"),
            School.id.label("school_id"),
            School.short_name.label("school"),
            Municipality.id.label("municipality_id"),
            Municipality.name.label("municipality"),
        )
        .join(Person, Person.id == Employee.person_id)
        .join(Employment, and_(Employment.employee_id == Employee.id, Employment.is_main, held_on(Employment, scope.as_of)))
        .join(School, School.id == Employment.school_id)
        .join(Municipality, Municipality.id == School.municipality_id)
        .where(policy.visible_employees(actor, action), is_last_held(Employment, scope.as_of))
    )
    if action is Action.AGGREGATES_VIEW:
        statement = statement.where(*territory(actor))
    if category is not None:
        statement = statement.where(Employee.category == category)
    if scope.municipality_id is not None:
        statement = statement.where(Municipality.id == scope.municipality_id)
    if scope.school_id is not None:
        statement = statement.where(School.id == scope.school_id)
    return statement


def withdrawn() -> Select[int]:
    """Return people whose latest word on diagnostics is a withdrawal: no aggregate touches their results (S-63)."""
    later = aliased(Consent)
    newer = select(later.id).where(later.person_id == Consent.person_id, later.kind == Consent.kind, later.id > Consent.id).exists()
    return select(Consent.person_id).where(Consent.kind == ConsentKind.DIAGNOSTICS, Consent.state == ConsentState.WITHDRAWN, ~newer)


def _counted_attempts() -> list[ColumnElement[bool]]:
    """An annulled attempt proves nothing, and a withdrawn consent takes its results out."""
    people = select(Employee.id).where(Employee.person_id.in_(withdrawn()))
    return [DiagnosticAttempt.status == AttemptStatus.SCORED, DiagnosticAttempt.employee_id.not_in(people)]


def assessed(scope: Scope) -> Subquery:
    """Return people with a scored attempt in the year of the report, any method and stage, with the first moment of it."""
    return (
        select(DiagnosticAttempt.employee_id, func.min(DiagnosticAttempt.scored_at).label("fact_at"))
        .where(*_counted_attempts(), DiagnosticAttempt.scored_at >= scope.year_start, DiagnosticAttempt.scored_at < scope.end)
        .group_by(DiagnosticAttempt.employee_id)
        .subquery("assessed")
    )


def routed(scope: Scope) -> Subquery:
    """Return people with a route that was approved and answers a deficit found by an attempt of the year."""
    return (
        select(Route.employee_id, func.min(RouteEvent.at).label("fact_at"))
        .join(RouteEvent, and_(RouteEvent.route_id == Route.id, RouteEvent.item_id.is_(None), RouteEvent.to_status == RouteStatus.APPROVED))
        .join(RouteGoal, RouteGoal.route_id == Route.id)
        .join(Deficit, Deficit.id == RouteGoal.deficit_id)
        .join(DiagnosticAttempt, DiagnosticAttempt.id == Deficit.attempt_id)
        .where(
            *_counted_attempts(),
            Deficit.kind == DeficitKind.DEFICIT,
            RouteEvent.at < scope.end,
            DiagnosticAttempt.scored_at >= scope.year_start,
            DiagnosticAttempt.scored_at < scope.end,
        )
        .group_by(Route.employee_id)
        .subquery("routed")
    )


def trained(scope: Scope) -> Subquery:
    """Return people who finished a programme of the federal register that their route took for a deficit found before its start."""
    started = func.coalesce(RouteItem.starts_on, RouteItem.done_on)
    return (
        select(Route.employee_id, func.min(RouteItem.done_on).label("fact_at"))
        .join(RouteItem, RouteItem.route_id == Route.id)
        .join(RouteItemCover, RouteItemCover.item_id == RouteItem.id)
        .join(RouteGoal, RouteGoal.id == RouteItemCover.goal_id)
        .join(Deficit, Deficit.id == RouteGoal.deficit_id)
        .join(DiagnosticAttempt, DiagnosticAttempt.id == Deficit.attempt_id)
        .where(
            *_counted_attempts(),
            RouteItem.kind == ItemKind.PROGRAM,
            RouteItem.registry_kind == "federal",
            RouteItem.status == ItemStatus.DONE,
            RouteItem.done_on >= CUMULATIVE_SINCE,
            RouteItem.done_on <= scope.as_of,
            Deficit.kind == DeficitKind.DEFICIT,
            ShiftedDay(Deficit.opened_at, literal(scope.clock_shift)) <= started,
        )
        .group_by(Route.employee_id)
        .subquery("trained")
    )


def active_methodists(actor: Actor, scope: Scope) -> Select[int]:
    """Return the people who are regional methodists of the region at the end of the day."""
    return (
        select(RoleGrant.person_id)
        .where(
            RoleGrant.region_id == actor.region_id,
            RoleGrant.role == Role.REGIONAL_METHODIST,
            RoleGrant.effective_at < scope.end,
            or_(RoleGrant.revoked_at.is_(None), RoleGrant.revoked_at >= scope.end),
        )
        .distinct()
    )


def supported(actor: Actor, scope: Scope) -> Select[*tuple[Any, ...]]:
    """Return teachers assigned on the day to a regional methodist; the fact is the day of the assignment."""
    return (
        population(actor, scope, EmployeeCategory.TEACHER)
        .add_columns(MethodistAssignment.starts_on.label("fact_at"), MethodistAssignment.methodist_id.label("methodist_id"))
        .join(MethodistAssignment, and_(MethodistAssignment.employee_id == Employee.id, held_on(MethodistAssignment, scope.as_of)))
        .where(is_last_held(MethodistAssignment, scope.as_of), MethodistAssignment.methodist_id.in_(active_methodists(actor, scope)))
    )


def rows(code: IndicatorCode, actor: Actor, scope: Scope) -> Select[*tuple[Any, ...]]:
    """Return the people of an indicator; `fact_at` is empty for those outside the numerator.

    Of a share they are its denominator; of the methodists' load, the teachers they support, all of whom count.
    """
    if code is IndicatorCode.METHODIST_LOAD:
        return supported(actor, scope)
    if code is IndicatorCode.ROUTED:
        passed = assessed(scope)
        people, fact = population(actor, scope, None).join(passed, passed.c.employee_id == Employee.id), routed(scope)
    else:
        people = population(actor, scope, EmployeeCategory.TEACHER)
        fact = assessed(scope) if code is IndicatorCode.ASSESSED else trained(scope)
    return people.add_columns(fact.c.fact_at).outerjoin(fact, fact.c.employee_id == Employee.id)
