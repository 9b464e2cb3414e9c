"""Reads the tree of organisations: the region, its municipalities, their schools."""

from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session, joinedload

from iom.core.actor import Actor, UnitKind
from iom.core.errors import NotFound
from iom.organizations.models import Employment, Municipality, Provider, Region, School

PAGE = 50


@dataclass(frozen=True, slots=True)
class MunicipalityRow:
    """A municipality with how much is in it."""

    id: int
    code: str
    name: str
    schools: int  # open ones
    closed: int


@dataclass(frozen=True, slots=True)
class SchoolRow:
    """A school with how many people hold a post in it."""

    id: int
    code: str
    name: str
    short_name: str
    is_rural: bool
    is_active: bool
    staff: int


def get_region(session: Session, region_id: int) -> Region:
    """Return the region."""
    return session.get_one(Region, region_id)


def list_municipalities(session: Session, actor: Actor) -> list[MunicipalityRow]:
    """Return the municipalities of the region, by name."""
    is_open = func.count(School.id).filter(School.is_active)
    is_closed = func.count(School.id).filter(School.is_active.is_(False))
    rows = session.execute(
        select(Municipality.id, Municipality.code, Municipality.name, is_open, is_closed)
        .outerjoin(School, School.municipality_id == Municipality.id)
        .where(Municipality.region_id == actor.region_id)
        .group_by(Municipality.id, Municipality.code, Municipality.name)
        .order_by(Municipality.name, Municipality.id)
    )
    return [MunicipalityRow(*row) for row in rows]


def get_municipality(session: Session, actor: Actor, municipality_id: int) -> Municipality:
    """Return the municipality; raise NotFound also when it is another region's."""
    row = session.scalar(select(Municipality).where(Municipality.id == municipality_id, Municipality.region_id == actor.region_id))
    if row is None:
        raise NotFound(kind="municipality", id=municipality_id)
    return row


def get_school(session: Session, actor: Actor, school_id: int) -> School:
    """Return the school with its municipality; raise NotFound also when it is another region's."""
    statement = select(School).where(School.id == school_id, School.region_id == actor.region_id).options(joinedload(School.municipality))
    row = session.scalar(statement)
    if row is None:
        raise NotFound(kind="school", id=school_id)
    return row


def count_schools(session: Session, municipality_id: int) -> int:
    """Return how many schools a municipality has, closed ones included."""
    return session.scalar(select(func.count()).where(School.municipality_id == municipality_id)) or 0


def list_schools(session: Session, municipality_id: int, page: int) -> list[SchoolRow]:
    """Return one page of a municipality's schools, the open ones first, by name."""
    staff = (
        select(func.count(func.distinct(Employment.employee_id)))
        .where(Employment.school_id == School.id, Employment.ends_on.is_(None))
        .scalar_subquery()
    )
    rows = session.execute(
        select(School.id, School.code, School.name, School.short_name, School.is_rural, School.is_active, staff)
        .where(School.municipality_id == municipality_id)
        .order_by(School.is_active.desc(), School.short_name, School.id)
        .limit(PAGE)
        .offset((page - 1) * PAGE)
    )
    return [SchoolRow(*row) for row in rows]


def count_staff(session: Session, school_id: int) -> int:
    """Return how many people hold a post in the school now."""
    statement = select(func.count(func.distinct(Employment.employee_id)))
    return session.scalar(statement.where(Employment.school_id == school_id, Employment.ends_on.is_(None))) or 0


def find_region(session: Session, code: str) -> Region | None:
    """Return the region with this code."""
    return session.scalar(select(Region).where(Region.code == code))


def find_unit_id(session: Session, region_id: int, kind: UnitKind, code: str) -> int | None:
    """Return the key of a school or municipality by its code within the region, of a provider by its name."""
    if kind is UnitKind.PROVIDER:
        return session.scalar(select(Provider.id).where(Provider.name == code))
    model = School if kind is UnitKind.SCHOOL else Municipality
    return session.scalar(select(model.id).where(model.region_id == region_id, model.code == code))
