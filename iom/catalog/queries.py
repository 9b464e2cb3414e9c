"""Reads the catalog and the competency map."""

from collections.abc import Sequence
from datetime import datetime
from functools import cache

from sqlalchemy import ColumnElement, Select, bindparam, case, exists, func, or_, select, true
from sqlalchemy.orm import Session, joinedload, selectinload

from iom.catalog.kinds import CompetencyLevel, LinkState
from iom.catalog.models import Competency, CompetencyFramework, Offering, OfferingCompetency, OfferingRun
from iom.catalog.search import Light
from iom.core.errors import NotFound
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


def _sight(region_id: int) -> ColumnElement[bool]:
    """Return the condition of what a region sees: the public catalog and its own entries."""
    return or_(Offering.region_id.is_(None), Offering.region_id == region_id)


@cache
def _state() -> Select[int, datetime | None, int, datetime | None]:
    offerings = select(func.count(Offering.id), func.max(Offering.updated_at)).subquery()
    confirmed = func.sum(case((OfferingCompetency.state == LinkState.CONFIRMED, 1), else_=0))
    links = select(confirmed, func.max(OfferingCompetency.decided_at)).subquery()
    return select(*offerings.c, *links.c).select_from(offerings.join(links, true()))


def state(session: Session) -> tuple[int, datetime | None, int, datetime | None]:
    """Return what changes when an offering or a decision about a link does: how many there are, and the latest moment of each."""
    offerings, edited, confirmed, decided = session.execute(_state()).one()
    return offerings, edited, confirmed, decided


def list_light(session: Session, region_id: int, *, with_closed: bool = False) -> list[Light]:
    """Return what the search needs of every offering in sight."""
    dated = exists().where(OfferingRun.offering_id == Offering.id)
    statement = select(
        Offering.id,
        Offering.code,
        Offering.title,
        Offering.kind,
        Offering.delivery_form,
        Offering.planning_hours,
        Offering.registry_kind,
        dated,
    ).where(_sight(region_id))
    if not with_closed:
        statement = statement.where(Offering.is_active)
    links: dict[int, set[str]] = {}
    confirmed = (
        select(OfferingCompetency.offering_id, Competency.code)
        .join(Competency, Competency.id == OfferingCompetency.competency_id)
        .where(OfferingCompetency.state == LinkState.CONFIRMED)
    )
    for offering_id, code in session.execute(confirmed):
        links.setdefault(offering_id, set()).add(".".join(code.split(".")[:2]))
    return [Light(*row, frozenset(links.get(row[0], ()))) for row in session.execute(statement).all()]


def list_offerings(session: Session, ids: Sequence[int]) -> list[Offering]:
    """Return offerings with provider and runs in the order of the keys."""
    rows = session.scalars(_offerings(), {"ids": list(ids)})
    place = {key: number for number, key in enumerate(ids)}
    return sorted(rows, key=lambda row: place[row.id])


@cache
def _offerings() -> Select[Offering]:
    wanted = Offering.id.in_(bindparam("ids", expanding=True))
    return select(Offering).where(wanted).options(joinedload(Offering.provider), selectinload(Offering.runs))


def list_links(session: Session, offering_ids: Sequence[int], *, rejected: bool = False) -> list[OfferingCompetency]:
    """Return the links of offerings with their competencies: confirmed ones first, then by score."""
    return list(session.scalars(_links(rejected), {"ids": list(offering_ids)}))


@cache
def _links(rejected: bool) -> Select[OfferingCompetency]:
    statement = (
        select(OfferingCompetency)
        .where(OfferingCompetency.offering_id.in_(bindparam("ids", expanding=True)))
        .options(joinedload(OfferingCompetency.competency))
        .order_by(OfferingCompetency.state, OfferingCompetency.strength, OfferingCompetency.score.desc(), OfferingCompetency.id)
    )
    return statement if rejected else statement.where(OfferingCompetency.state != LinkState.REJECTED)


def get_offering(session: Session, region_id: int, offering_id: int, *, lock: bool = False) -> Offering:
    """Return an offering in the region's sight with everything that its page shows.

    Raises
    ------
    NotFound : none there
    """
    statement = (
        select(Offering)
        .where(Offering.id == offering_id, _sight(region_id))
        .options(joinedload(Offering.provider), selectinload(Offering.runs), selectinload(Offering.hours_variants))
    )
    if lock:
        statement = statement.with_for_update(of=Offering).execution_options(populate_existing=True)
    found = session.scalar(statement)
    if found is None:
        raise NotFound(kind="offering", id=offering_id)
    return found


def find_link(session: Session, offering_id: int, competency_id: int) -> OfferingCompetency | None:
    """Return the link of an offering with a competency, decided or proposed."""
    return session.scalar(
        select(OfferingCompetency).where(OfferingCompetency.offering_id == offering_id, OfferingCompetency.competency_id == competency_id)
    )


def list_linkable(session: Session) -> list[Competency]:
    """Return competencies and components of the framework in use, in the order of the map."""
    return list(session.scalars(_linkable()))


@cache
def _linkable() -> Select[Competency]:
    newest = select(func.max(CompetencyFramework.id)).where(CompetencyFramework.is_active).scalar_subquery()
    return select(Competency).where(Competency.framework_id == newest, Competency.parent_id.is_not(None)).order_by(Competency.position)


def list_competencies(session: Session) -> dict[str, str]:
    """Return the titles of the competencies of the framework in use by their codes, in the order of the map."""
    return {row.code: row.title for row in session.execute(_titles())}


@cache
def _titles() -> Select[str, str]:
    newest = select(func.max(CompetencyFramework.id)).where(CompetencyFramework.is_active).scalar_subquery()
    return (
        select(Competency.code, Competency.title)
        .where(Competency.framework_id == newest, Competency.level == CompetencyLevel.COMPETENCY)
        .order_by(Competency.position)
    )


def find_provider(session: Session, name: str) -> Provider | None:
    """Return the provider with this name."""
    return session.scalar(select(Provider).where(Provider.name == name))


def count_own(session: Session, region_id: int) -> int:
    """Return how many entries of its own a region has."""
    return session.scalar(select(func.count()).where(Offering.region_id == region_id)) or 0
