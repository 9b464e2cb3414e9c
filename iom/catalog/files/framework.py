"""The competency framework file: blocks, competencies, components, each below an existing parent."""

from collections.abc import Mapping
from pathlib import Path

from iom.catalog.files import texts
from iom.catalog.files.errors import FileFault
from iom.catalog.files.records import CompetencyRecord
from iom.catalog.files.rows import Row, check_unique, read_rows
from iom.catalog.kinds import CompetencyLevel

FILE = "framework.csv"
COLUMNS = ("code", "parent_code", "title_ru", "description_ru", "applies_to", "subject", "source")
LEVELS = tuple(CompetencyLevel)  # by depth: block, competency, component


def read_framework(folder: Path) -> list[CompetencyRecord]:
    """The framework in the order of its file.

    Raises
    ------
    CatalogFileError : a cell is wrong, a code stands twice, a parent does not exist, a node lies below a component
    """
    rows = read_rows(folder / FILE, COLUMNS)
    check_unique(rows, "code")
    by_code = {row.text("code"): row for row in rows}
    return [_competency(row, by_code, position) for position, row in enumerate(rows, start=1)]


def _competency(row: Row, by_code: Mapping[str, Row], position: int) -> CompetencyRecord:
    return CompetencyRecord(
        code=row.required("code"),
        parent_code=row.text("parent_code") or None,
        level=_level(row, by_code),
        title=row.required("title_ru"),
        description=row.text("description_ru"),
        applies_to=row.choice("applies_to", texts.APPLIES_TO),
        subject=row.text("subject"),
        source=row.text("source"),
        position=position,
    )


def _level(row: Row, by_code: Mapping[str, Row]) -> CompetencyLevel:
    depth, parent = 0, row.text("parent_code")
    while parent:
        depth += 1
        if parent not in by_code:
            raise row.fault("parent_code", FileFault.UNKNOWN_REFERENCE)
        if depth >= len(LEVELS):
            raise row.fault("parent_code", FileFault.TOO_DEEP)
        parent = by_code[parent].text("parent_code")
    return LEVELS[depth]
