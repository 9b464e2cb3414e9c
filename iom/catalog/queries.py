"""Reads the catalog and the competency map."""

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload, selectinload

from iom.catalog.models import Competency, CompetencyFramework, Offering
from iom.organizations.models import Provider, Subject


def subjects_by_code(session: Session) -> dict[str, Subject]:
    """Return all subjects."""
    return {row.code: row for row in session.scalars(select(Subject))}


def find_framework(session: Session, code: str, version: str) -> CompetencyFramework | None:
    """Return one version of a framework."""
    return session.scalar(select(CompetencyFramework).where(CompetencyFramework.code == code, CompetencyFramework.version == version))


def active_framework(session: Session) -> CompetencyFramework:
    """Return the newest framework in use; there is always one after `iom load framework`."""
    return session.scalars(
        select(CompetencyFramework).where(CompetencyFramework.is_active).order_by(CompetencyFramework.id.desc())
    ).first() or (_no_framework())


def _no_framework() -> CompetencyFramework:
    raise LookupError("no competency framework is loaded: run `iom load framework`")


def competencies_by_code(session: Session, framework_id: int) -> dict[str, Competency]:
    """Return the nodes of a framework version by their codes, in the order of the map."""
    rows = session.scalars(select(Competency).where(Competency.framework_id == framework_id).order_by(Competency.position))
    return {row.code: row for row in rows}


def offerings_by_code(session: Session) -> dict[str, Offering]:
    """Return all offerings with provider, hours and runs: for loading and for building the index, not for a page."""
    rows = session.scalars(
        select(Offering).options(joinedload(Offering.provider), selectinload(Offering.hours_variants), selectinload(Offering.runs))
    )
    return {row.code: row for row in rows}


def providers_by_name(session: Session) -> dict[str, Provider]:
    """Return all providers."""
    return {row.name: row for row in session.scalars(select(Provider))}
