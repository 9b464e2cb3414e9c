"""Reads the orders of a school, and who signs there."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import ColumnElement, and_, func, select
from sqlalchemy.orm import Session, joinedload

from iom.accounts.models import Account, Person, RoleGrant
from iom.core.actor import Actor, Role
from iom.core.errors import NotFound
from iom.core.format import full_name, name_with_initials
from iom.organizations.models import Employee, Employment, School
from iom.routes.models import Order, OrderCorrection, OrderRoute, Route, RouteVersion
from iom.routes.waiting_queries import last_agreements


@dataclass(frozen=True, slots=True)
class Signer:
    """Who signs at a school: the name as orders write it, and the post."""

    name: str
    position: str


def find_school(session: Session, actor: Actor) -> School | None:
    """Return the school that the actor acts for."""
    return session.scalar(select(School).where(School.id == actor.school_id, School.region_id == actor.region_id))


def find_signer(session: Session, school_id: int, now: datetime, *, person_id: int | None = None) -> Signer | None:
    """Return the head of a school, with the post held there: the person named, or the first who holds the role."""
    condition: ColumnElement[bool] = Person.id == person_id if person_id is not None else _heads(school_id, now)
    row = session.execute(
        select(Person.first_name, Person.last_name, Person.middle_name, Employment.position)
        .outerjoin(Employee, Employee.person_id == Person.id)
        .outerjoin(Employment, and_(Employment.employee_id == Employee.id, Employment.school_id == school_id, Employment.ends_on.is_(None)))
        .where(condition)
        .order_by(Person.id)
        .limit(1)
    ).first()
    return Signer(name_with_initials(row.first_name, row.last_name, row.middle_name), row.position or "") if row else None


def _heads(school_id: int, now: datetime) -> ColumnElement[bool]:
    grants = (
        select(RoleGrant.person_id)
        .join(Account, Account.person_id == RoleGrant.person_id)
        .where(
            RoleGrant.role == Role.SCHOOL_HEAD,
            RoleGrant.school_id == school_id,
            RoleGrant.revoked_at.is_(None),
            RoleGrant.effective_at <= now,
            Account.is_active,
        )
    )
    return Person.id.in_(grants)


@dataclass(frozen=True, slots=True)
class OrderRow:
    """An issued order in the list."""

    id: int
    number: str
    issued_on: date
    routes: int
    corrections: int


def list_orders(session: Session, actor: Actor, *, page: int = 1, size: int = 25) -> tuple[list[OrderRow], int]:
    """Return one page of the orders of the actor's school, the newest first, and how many there are."""
    routes = select(func.count()).where(OrderRoute.order_id == Order.id).correlate(Order).scalar_subquery()
    mended = select(func.count()).where(OrderCorrection.order_id == Order.id).correlate(Order).scalar_subquery()
    mine = Order.school_id == actor.school_id
    rows = session.execute(
        select(Order.id, Order.number, Order.issued_on, routes.label("routes"), mended.label("corrections"), func.count().over())
        .where(mine)
        .order_by(Order.issued_on.desc(), Order.id.desc())
        .limit(size)
        .offset((page - 1) * size)
    ).all()
    return [OrderRow(row.id, row.number, row.issued_on, row.routes, row.corrections) for row in rows], rows[0][5] if rows else _count(
        session, mine
    )


def _count(session: Session, mine: ColumnElement[bool]) -> int:
    """Return how many orders there are when the page asked for lies behind the last one."""
    return session.scalar(select(func.count()).select_from(Order).where(mine)) or 0


def get_order(session: Session, actor: Actor, order_id: int, *, lock: bool = False) -> Order:
    """Return an order of the actor's school.

    Raises
    ------
    NotFound : no such order there
    """
    statement = (
        select(Order)
        .where(Order.id == order_id, Order.school_id == actor.school_id)
        .options(joinedload(Order.school), joinedload(Order.issued_by))
    )
    if lock:
        statement = statement.with_for_update(of=Order).execution_options(populate_existing=True)
    order = session.scalar(statement)
    if order is None:
        raise NotFound(kind="order", id=order_id)
    return order


@dataclass(frozen=True, slots=True)
class AnnexRow:
    """One line of an issued order's annex, as the approved edition has it."""

    route_id: int
    full_name: str
    position: str
    starts_on: date
    ends_on: date
    hours: int
    tutor: str


def list_annex(session: Session, order: Order) -> list[AnnexRow]:
    """Return the lines of an order that the actor has got, by surname; posts are those held at that school."""
    post = (
        select(Employment.position)
        .where(Employment.employee_id == Route.employee_id, Employment.school_id == order.school_id)
        .order_by(Employment.is_main.desc(), Employment.id.desc())
        .limit(1)
        .correlate(Route)
        .scalar_subquery()
    )
    rows = session.execute(
        select(
            Route.id,
            Person.first_name,
            Person.last_name,
            Person.middle_name,
            post.label("position"),
            RouteVersion.content,
        )
        .join(OrderRoute, OrderRoute.route_id == Route.id)
        .join(RouteVersion, RouteVersion.id == OrderRoute.version_id)
        .join(Employee, Employee.id == Route.employee_id)
        .join(Person, Person.id == Employee.person_id)
        .where(OrderRoute.order_id == order.id)
        .order_by(Person.last_name, Person.first_name, Route.id)
    ).all()
    tutors = last_agreements(session, [row.id for row in rows])
    return [
        AnnexRow(
            route_id=row.id,
            full_name=full_name(row.first_name, row.last_name, row.middle_name),
            position=row.position or "",
            starts_on=date.fromisoformat(row.content["starts_on"]),
            ends_on=date.fromisoformat(row.content["ends_on"]),
            hours=sum(item["hours"] for item in row.content["items"]),
            tutor=tutors[row.id][0] if row.id in tutors else "",
        )
        for row in rows
    ]


def list_corrections(session: Session, order_id: int) -> Sequence[OrderCorrection]:
    """Return the earlier numbers and dates of an order, oldest first."""
    return session.scalars(select(OrderCorrection).where(OrderCorrection.order_id == order_id).order_by(OrderCorrection.id)).all()
