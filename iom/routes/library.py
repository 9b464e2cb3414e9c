"""Keeps the catalog made ready for people; built anew only when the catalog or its links have changed."""

import threading
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from sqlalchemy.orm import Session

from iom.catalog import queries as catalog_queries
from iom.catalog.files import read_rules, read_subjects
from iom.catalog.kinds import LinkState
from iom.catalog.models import Offering
from iom.matching import queries as matching_queries
from iom.matching import service as matching
from iom.matching.coverage import trust
from iom.matching.index import NOTHING_BELOW
from iom.routes.offers import Choice, Library, make_library

REQUEST_OFFERS = 20  # offerings looked at for a request in own words


@dataclass(frozen=True)
class Shelf:
    """The library with the database keys behind its codes."""

    library: Library
    offering_ids: dict[str, int]
    run_ids: dict[tuple[str, date], int]  # by offering code and first day
    regions: dict[str, int]  # offerings that the centre of one region entered for itself

    def run_id(self, choice: Choice) -> int | None:
        """Return the key of the run that a choice stands for."""
        return self.run_ids.get((choice.offering_code, choice.run.starts_on)) if choice.run else None

    def closed_to(self, region_id: int) -> frozenset[str]:
        """Return the codes of offerings that other regions keep to themselves."""
        return frozenset(code for code, owner in self.regions.items() if owner != region_id)


_LOCK = threading.Lock()
_kept: tuple[tuple[object, ...], Shelf] | None = None


def current_shelf(session: Session, catalog_dir: Path) -> Shelf:
    """Return the library of the present catalog and links."""
    global _kept  # one library serves all threads of the process
    state = (str(session.get_bind().engine.url), *matching_queries.catalog_state(session), *matching_queries.links_state(session))
    with _LOCK:
        if _kept is None or _kept[0] != state:
            _kept = (state, _build(session, catalog_dir))
        return _kept[1]


def _build(session: Session, catalog_dir: Path) -> Shelf:
    framework = catalog_queries.active_framework(session)
    competencies = matching_queries.competency_records(session, framework.id)
    rows = {code: row for code, row in catalog_queries.offerings_by_code(session).items() if row.is_active}
    codes = {row.id: code for code, row in rows.items()}
    nodes = {row.id: code for code, row in catalog_queries.competencies_by_code(session, framework.id).items()}
    trusted = {
        (codes[link.offering_id], nodes[link.competency_id]): trust(link.state, link.strength, link.probability)
        for link in matching_queries.links_by_pair(session).values()
        if link.state is not LinkState.REJECTED and link.offering_id in codes and link.competency_id in nodes
    }
    library = make_library(
        matching_queries.offering_records(session),
        trusted,
        competencies,
        read_subjects(catalog_dir),
        read_rules(catalog_dir),
        {provider.name: provider.ownership for provider in catalog_queries.providers_by_name(session).values()},
    )
    regions = {code: row.region_id for code, row in rows.items() if row.region_id is not None}
    return Shelf(library, {code: row.id for code, row in rows.items()}, _run_ids(rows.values()), regions)


def _run_ids(rows: Iterable[Offering]) -> dict[tuple[str, date], int]:
    return {(row.code, run.starts_on): run.id for row in rows for run in row.runs}


def offers_for_request(session: Session, catalog_dir: Path, words: str) -> list[str]:
    """Return the codes of offerings that answer a request in own words; none when nothing is suitable."""
    if not words.strip():
        return []
    matches = matching.current_index(session, catalog_dir).match(words, top=REQUEST_OFFERS)
    return [match.code for match in matches if match.lemma_cosine >= NOTHING_BELOW]
