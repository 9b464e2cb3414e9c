"""Keeps what the catalog's search reads of every offering; read anew only when the catalog or its links have changed.

A page of twenty offerings needs facts of all of them for its counts: reading them at every visit would cost more than the page.
"""

import threading
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy.orm import Session

from iom.catalog import queries
from iom.catalog.search import Found, Light, Wanted, find

State = tuple[str, int, int, datetime | None, int, datetime | None]
MOST_REGIONS = 100
MOST_SEARCHES = 200  # combinations of ticks whose result is kept for each region


@dataclass(frozen=True, slots=True)
class KeptCatalog:
    """The offerings that one region sees, as they were at `state`."""

    state: State
    rows: Sequence[Light]
    _found: dict[Wanted, Found] = field(default_factory=dict)

    def find(self, wanted: Wanted, order: Sequence[str] | None = None) -> Found:
        """Return what `search.find` returns; a search without words is carried out once."""
        if order is not None:
            return find(self.rows, wanted, order)
        found = self._found.get(wanted)
        if found is None:
            found = find(self.rows, wanted)
            if len(self._found) < MOST_SEARCHES:
                self._found[wanted] = found
        return found


_LOCK = threading.Lock()
_kept: dict[int, KeptCatalog] = {}


def current_catalog(session: Session, region_id: int) -> KeptCatalog:
    """Return the open offerings in a region's sight as they are now."""
    state = (str(session.get_bind().engine.url), region_id, *queries.state(session))
    with _LOCK:
        kept = _kept.get(region_id)
        if kept is None or kept.state != state:
            if len(_kept) >= MOST_REGIONS:
                _kept.clear()
            kept = _kept[region_id] = KeptCatalog(state, queries.list_light(session, region_id))
        return kept
