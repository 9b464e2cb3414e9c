"""Keeps the index of the present catalog and the links that its text proposes."""

import threading
from datetime import datetime
from pathlib import Path

from sqlalchemy.orm import Session

from iom.catalog import queries as catalog_queries
from iom.catalog.files import linkable_codes, read_links, read_thesaurus
from iom.catalog.kinds import LinkOrigin, LinkState, LinkStrength
from iom.catalog.loader import Loaded
from iom.catalog.models import OfferingCompetency
from iom.core import clock
from iom.matching import decided, queries
from iom.matching.index import MatchIndex, build_index
from iom.matching.links import propose_links

_LOCK = threading.Lock()
_kept: tuple[tuple[str, int, datetime | None], MatchIndex] | None = None


def current_index(session: Session, catalog_dir: Path) -> MatchIndex:
    """Return the index of the catalog as it is now; built anew only when the catalog has changed."""
    global _kept  # one index serves all threads of the process
    state = (str(session.get_bind().engine.url), *queries.catalog_state(session))
    with _LOCK:
        if _kept is None or _kept[0] != state:
            framework = catalog_queries.active_framework(session)
            index = build_index(
                queries.offering_records(session), queries.competency_records(session, framework.id), read_thesaurus(catalog_dir)
            )
            _kept = (state, index)
        return _kept[1]


def propose_all(session: Session, catalog_dir: Path) -> int:
    """Bring proposed links up to date with the catalog's text; decided links are left alone. Return how many are proposed."""
    framework = catalog_queries.active_framework(session)
    competencies = queries.competency_records(session, framework.id)
    offerings = queries.offering_records(session)
    index = current_index(session, catalog_dir)
    competency_ids = {code: row.id for code, row in catalog_queries.competencies_by_code(session, framework.id).items()}
    offering_ids = {code: row.id for code, row in catalog_queries.offerings_by_code(session).items()}
    known = queries.links_by_pair(session)
    proposed = set()
    for link in propose_links(index, competencies, offerings):
        pair = (offering_ids[link.offering_code], competency_ids[link.competency_code])
        proposed.add(pair)
        row = known.get(pair)
        if row is None:
            row = OfferingCompetency(
                offering_id=pair[0], competency_id=pair[1], strength=LinkStrength.PARTIAL, origin=LinkOrigin.TEXT, state=LinkState.PROPOSED
            )
            session.add(row)
        if row.state is LinkState.PROPOSED:
            row.score, row.matched_words = link.score, ", ".join(link.matched_words)[:500]
    for pair, row in known.items():
        if row.state is LinkState.PROPOSED and pair not in proposed:
            session.delete(row)
    session.flush()
    return len(proposed)


def load_decided(session: Session, catalog_dir: Path) -> Loaded:
    """Bring the links that the catalog's file decides up to date; those decided by a person in the product stay.

    Called after `propose_all`, so that a decided proposal keeps its score and its matched words.

    Raises
    ------
    CatalogFileError : the file cannot be read, or names what is not in the database
    """
    framework = catalog_queries.active_framework(session)
    records = read_links(
        catalog_dir,
        catalog_queries.offerings_by_code(session).keys(),
        linkable_codes(queries.competency_records(session, framework.id)),
    )
    return decided.load_links(session, records, clock.now())
