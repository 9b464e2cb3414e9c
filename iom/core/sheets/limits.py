"""How large a spreadsheet may be."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class SheetLimits:
    """Limits of one import file; the defaults are those of the security bar's table."""

    file_bytes: int = 10_000_000
    rows: int = 50_000  # below the headings
    columns: int = 100
    cell_characters: int = 32_767  # what Excel itself allows
    members: int = 1_000  # files inside a workbook
    unpacked_bytes: int = 200_000_000
    ratio: int = 100  # unpacked to packed, of one member
    worker_memory_bytes: int = 512_000_000
    worker_cpu_seconds: int = 60
    worker_wall_seconds: int = 120


# A member that unpacks to less than this cannot harm, whatever its ratio: short repetitive parts pack very well.
RATIO_FLOOR_BYTES = 100_000
MAX_XML_DEPTH = 200
MAX_ERROR_CELLS = 100_000
MIN_VALUES = 10_000  # cells or shared strings that any workbook may have, whatever the limit of rows
