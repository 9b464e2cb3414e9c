"""Links that people decided outside the product: their trust for planning, and their way into the database."""

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy.orm import Session

from iom.catalog import queries as catalog_queries
from iom.catalog.files.links import LinkRecord
from iom.catalog.kinds import LinkOrigin
from iom.catalog.loader import Loaded
from iom.catalog.models import OfferingCompetency
from iom.matching import queries
from iom.matching.coverage import trust


def trusted_pairs(records: Iterable[LinkRecord]) -> dict[tuple[str, str], float]:
    """How far each decided link is believed, by (offering code, node code): main 1, partial 0.6, rejected 0."""
    return {(record.offering_code, record.competency_code): trust(record.state, record.strength) for record in records}


def load_links(session: Session, records: Iterable[LinkRecord], now: datetime) -> Loaded:
    """Bring decided links up to date in the active framework; what a person decided in the product stays as it is.

    Raises
    ------
    KeyError : an offering or a node of a record is not in the database
    """
    framework = catalog_queries.active_framework(session)
    competencies = catalog_queries.competencies_by_code(session, framework.id)
    offerings = catalog_queries.offerings_by_code(session)
    known = queries.links_by_pair(session)
    total = Loaded()
    for record in records:
        pair = (offerings[record.offering_code].id, competencies[record.competency_code].id)
        total += _decide(session, known.get(pair), pair, record, now)
    session.flush()
    return total


def _decide(session: Session, row: OfferingCompetency | None, pair: tuple[int, int], record: LinkRecord, now: datetime) -> Loaded:
    if row is None:
        session.add(_fill(OfferingCompetency(offering_id=pair[0], competency_id=pair[1]), record, now))
        return Loaded(new=1)
    is_same = row.origin is LinkOrigin.EXPERT and row.state is record.state and row.strength is record.strength
    if is_same or row.decided_by_id is not None:
        return Loaded(same=1)
    _fill(row, record, now)
    return Loaded(changed=1)


def _fill(row: OfferingCompetency, record: LinkRecord, now: datetime) -> OfferingCompetency:
    row.origin, row.state, row.strength, row.decided_at = LinkOrigin.EXPERT, record.state, record.strength, now
    return row
