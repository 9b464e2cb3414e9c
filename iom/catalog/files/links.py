"""The file of decided links: which offering serves which competency, as people who read both decided."""

from collections.abc import Container, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType

from iom.catalog.files.errors import FileFault
from iom.catalog.files.records import CompetencyRecord
from iom.catalog.files.rows import Row, read_rows
from iom.catalog.kinds import CompetencyLevel, LinkState, LinkStrength

FILE = "links.csv"
COLUMNS = ("offering_code", "competency_code", "strength")

# A rejected link keeps the strength that a proposal has: the column may not be empty, and nobody reads it.
DECISIONS: Mapping[str, tuple[LinkState, LinkStrength]] = MappingProxyType(
    {
        "main": (LinkState.CONFIRMED, LinkStrength.MAIN),
        "partial": (LinkState.CONFIRMED, LinkStrength.PARTIAL),
        "rejected": (LinkState.REJECTED, LinkStrength.PARTIAL),
    }
)


@dataclass(frozen=True, slots=True)
class LinkRecord:
    """One decision about a pair of an offering and a competency or component."""

    offering_code: str
    competency_code: str
    strength: LinkStrength
    state: LinkState  # confirmed or rejected, never proposed


def linkable_codes(framework: Iterable[CompetencyRecord]) -> frozenset[str]:
    """Codes of the nodes that may be linked: competencies and components; a block is too wide."""
    return frozenset(node.code for node in framework if node.level is not CompetencyLevel.BLOCK)


def read_links(folder: Path, offering_codes: Container[str], competency_codes: Container[str]) -> list[LinkRecord]:
    """The decisions in the order of their file; empty when the folder has no such file.

    Parameters
    ----------
    folder : of the catalog
    offering_codes : offerings that exist
    competency_codes : nodes that may be linked, from `linkable_codes`

    Raises
    ------
    CatalogFileError : a cell is wrong, a pair stands twice, an offering or a node does not exist
    """
    path = folder / FILE
    if not path.exists():
        return []
    seen: set[tuple[str, str]] = set()
    links = []
    for row in read_rows(path, COLUMNS):
        link = _link(row, offering_codes, competency_codes)
        pair = (link.offering_code, link.competency_code)
        if pair in seen:
            raise row.fault("competency_code", FileFault.DUPLICATE)
        seen.add(pair)
        links.append(link)
    return links


def _link(row: Row, offering_codes: Container[str], competency_codes: Container[str]) -> LinkRecord:
    state, strength = row.choice("strength", DECISIONS)
    return LinkRecord(_known(row, "offering_code", offering_codes), _known(row, "competency_code", competency_codes), strength, state)


def _known(row: Row, column: str, codes: Container[str]) -> str:
    code = row.required(column)
    if code not in codes:
        raise row.fault(column, FileFault.UNKNOWN_REFERENCE)
    return code
