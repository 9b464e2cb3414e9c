"""The selects behind the indicators: the population and the day of the fact that counts; one statement serves counts and rows."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from typing import Any

from sqlalchemy import Date, Select, Subquery, and_, cast, func, or_, select
from sqlalchemy.sql.elements import ColumnElement

from iom import policy
from iom.accounts.models import Person
from iom.core.actor import Actor
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

CUMULATIVE_SINCE = date(2021, 1, 1)  # «нарастающим итогом с 2021», order of the Ivanovo region of 11.08.2023 № 952-о


@dataclass(frozen=True, slots=True)
class Scope:
    """The day of the report and the part of the actor's sight that it is about."""

    as_of: date
    municipality_id: int | None = None
    school_id: int | None = None

    @property
    def year_start(self) -> datetime:
        return datetime(self.as_of.year, 1, 1, tzinfo=UTC)

    @property
    def end(self) -> datetime:
        return datetime.combine(self.as_of, time.max, UTC)


def employed_on(day: date) -> ColumnElement[bool]:
    """Return the condition that a post is held on the day."""
    return and_(Employment.starts_on <= day, or_(Employment.ends_on.is_(None), Employment.ends_on >= day))


def population(actor: Actor, scope: Scope, category: EmployeeCategory | None) -> Select[*tuple[Any, ...]]:
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
        .join(Employment, and_(Employment.employee_id == Employee.id, Employment.is_main, employed_on(scope.as_of)))
        .join(School, School.id == Employment.school_id)
        .join(Municipality, Municipality.id == School.municipality_id)
        .where(policy.visible_employees(actor, Action.AGGREGATES_VIEW, scope.as_of))
    )
    if category is not None:
        statement = statement.where(Employee.category == category)
    if scope.municipality_id is not None:
        statement = statement.where(Municipality.id == scope.municipality_id)
    if scope.school_id is not None:
        statement = statement.where(School.id == scope.school_id)
    return statement


def assessed(scope: Scope) -> Subquery:
    """Return people with a scored attempt in the year of the report, any method and stage, with the first day of it."""
    return (
        select(DiagnosticAttempt.employee_id, func.min(DiagnosticAttempt.scored_at).label("fact_at"))
        .where(
            DiagnosticAttempt.status == AttemptStatus.SCORED,
            DiagnosticAttempt.scored_at >= scope.year_start,
            DiagnosticAttempt.scored_at <= scope.end,
        )
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
            Deficit.kind == DeficitKind.DEFICIT,
            RouteEvent.at <= scope.end,
            DiagnosticAttempt.scored_at >= scope.year_start,
            DiagnosticAttempt.scored_at <= scope.end,
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
        .where(
            RouteItem.kind == ItemKind.PROGRAM,
            RouteItem.registry_kind == "federal",
            RouteItem.status == ItemStatus.DONE,
            RouteItem.done_on >= CUMULATIVE_SINCE,
            RouteItem.done_on <= scope.as_of,
            Deficit.kind == DeficitKind.DEFICIT,
            func.date(Deficit.opened_at) <= cast(started, Date),
        )
        .group_by(Route.employee_id)
        .subquery("trained")
    )


def rows(code: IndicatorCode, actor: Actor, scope: Scope) -> Select[*tuple[Any, ...]]:
    """Return the people of an indicator's denominator; `fact_at` is empty for those outside the numerator.

    Raises
    ------
    ValueError : the indicator is no share of people
    """
    if code is IndicatorCode.ASSESSED:
        people, fact = population(actor, scope, EmployeeCategory.TEACHER), assessed(scope)
    elif code is IndicatorCode.TRAINED:
        people, fact = population(actor, scope, EmployeeCategory.TEACHER), trained(scope)
    elif code is IndicatorCode.ROUTED:
        passed = assessed(scope)
        people = population(actor, scope, None).join(passed, passed.c.employee_id == Employee.id)
        fact = routed(scope)
    else:
        raise ValueError(code)
    return people.add_columns(fact.c.fact_at).outerjoin(fact, fact.c.employee_id == Employee.id)
