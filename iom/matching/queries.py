"""Reads the catalog as the matcher wants it: records, and the links decided so far."""

from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from iom.catalog import queries as catalog_queries
from iom.catalog.files.records import CompetencyRecord, OfferingRecord, RunRecord
from iom.catalog.kinds import LinkState
from iom.catalog.models import Competency, Offering, OfferingCompetency


def offering_records(session: Session) -> list[OfferingRecord]:
    """Return all active offerings as records."""
    return [_record(row) for row in catalog_queries.offerings_by_code(session).values() if row.is_active]


def _record(row: Offering) -> OfferingRecord:
    return OfferingRecord(
        code=row.code,
        kind=row.kind,
        title=row.title,
        program_type=row.program_type,
        annotation=row.annotation,
        audience=row.audience,
        subject=row.subject_text,
        provider=row.provider.name if row.provider else "",
        region=row.region_name,
        municipality=row.place,
        hours=tuple(variant.hours for variant in row.hours_variants) or ((row.hours,) if row.hours else ()),
        hours_basis=row.hours_basis,
        delivery_form=row.delivery_form,
        funding=row.funding,
        price=row.price,
        registry=row.registry_kind,
        registry_number=row.registry_number,
        runs=tuple(RunRecord(run.starts_on, run.ends_on, run.seats) for run in row.runs),
        date_text=row.date_text,
        result_document=row.result_document,
        source_url=row.source_url,
        source_year=row.source_year,
    )


def competency_records(session: Session, framework_id: int) -> list[CompetencyRecord]:
    """Return the nodes of a framework as records, in the order of the map."""
    rows = catalog_queries.competencies_by_code(session, framework_id)
    codes = {row.id: code for code, row in rows.items()}
    return [_competency(row, codes) for row in rows.values()]


def _competency(row: Competency, codes: dict[int, str]) -> CompetencyRecord:
    return CompetencyRecord(
        code=row.code,
        parent_code=codes[row.parent_id] if row.parent_id else None,
        level=row.level,
        title=row.title,
        description=row.description,
        applies_to=row.applies_to,
        subject=row.subject.title if row.subject else "",
        source=row.source,
        position=row.position,
    )


def catalog_state(session: Session) -> tuple[int, datetime | None]:
    """Return what changes when the catalog does: the number of active offerings and the latest edit."""
    count, latest = session.execute(select(func.count(), func.max(Offering.updated_at)).where(Offering.is_active)).one()
    return count, latest


def links_by_pair(session: Session) -> dict[tuple[int, int], OfferingCompetency]:
    """Return all links by (offering, competency)."""
    return {(row.offering_id, row.competency_id): row for row in session.scalars(select(OfferingCompetency))}


def links_state(session: Session) -> tuple[int, datetime | None]:
    """Return what changes when links do: how many are not rejected, and the latest decision."""
    count, latest = session.execute(
        select(func.count(), func.max(OfferingCompetency.decided_at)).where(OfferingCompetency.state != LinkState.REJECTED)
    ).one()
    return count, latest
