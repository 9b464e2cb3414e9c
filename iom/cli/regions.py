"""Whose data a command is about: the region, and the actor that stands for the installation's operator."""

import click
from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from iom.cli import centre_texts, context, texts
from iom.core import migrate
from iom.core.actor import Actor, Role
from iom.organizations.models import Municipality, Region, School

NOBODY = 0  # the operator is no person of the database; the journal calls such lines the system's


def ready_engine() -> Engine:
    """Return the engine of a database at the newest schema, or leave with a sentence."""
    engine = context.engine()
    click.get_current_context().call_on_close(engine.dispose)
    if migrate.current(engine) != migrate.head():
        context.fail(texts.DATABASE_BEHIND)
    return engine


def pick_region(session: Session, code: str | None) -> Region:
    """Return the region of this code, or the only one.

    Raises
    ------
    UsageError : no such region, or several and none named
    """
    regions = session.scalars(select(Region).order_by(Region.id)).all()
    if code is not None:
        found = next((region for region in regions if region.code == code), None)
        if found is None:
            raise click.UsageError(centre_texts.UNKNOWN_REGION.format(code=code))
        return found
    if not regions:
        context.fail(centre_texts.NO_REGION)
    if len(regions) > 1:
        raise click.UsageError(centre_texts.MANY_REGIONS)
    return regions[0]


def find_unit(session: Session, code: str) -> tuple[Region, Municipality | None, School | None]:
    """Return the region, municipality or school of this code, with its region.

    Raises
    ------
    UsageError : no such organisation
    """
    region = session.scalar(select(Region).where(Region.code == code))
    if region is not None:
        return region, None, None
    municipality = session.scalar(select(Municipality).where(Municipality.code == code).order_by(Municipality.id).limit(1))
    if municipality is not None:
        return session.get_one(Region, municipality.region_id), municipality, None
    school = session.scalar(select(School).where(School.code == code).order_by(School.id).limit(1))
    if school is None:
        raise click.UsageError(centre_texts.UNKNOWN_ORG.format(code=code))
    return session.get_one(Region, school.region_id), session.get_one(Municipality, school.municipality_id), school


def operator(region: Region, role: Role) -> Actor:
    """Return the actor of a command: the whole region in a role."""
    return Actor(person_id=NOBODY, region_id=region.id, role=role)
