"""Tables and refusals as JSON, between the process that reads a file and the one that asked for it."""

import json
import struct
from datetime import date, datetime

from iom.core.sheets.errors import Fact, SheetError, SheetErrorCode
from iom.core.sheets.table import Cell, CellError, MergedRange, Row, Table

LENGTH = struct.Struct(">I")
"""Length of the heading at the start of a request, before the heading and the bytes of the file."""

Json = None | bool | int | float | str | list["Json"] | dict[str, "Json"]


def dump_table(table: Table) -> bytes:
    return _dump(
        {
            "sheet": table.sheet,
            "header": list(table.header),
            "header_row": table.header_row,
            "rows": [[row.number, [_pack(cell) for cell in row.cells]] for row in table.rows],
            "encoding": table.encoding,
            "delimiter": table.delimiter,
            "merged": [[block.first_row, block.first_column, block.last_row, block.last_column] for block in table.merged],
        }
    )


def dump_error(error: SheetError) -> bytes:
    return _dump({"error": error.code.value, "facts": dict(error.facts)})


def load_table(answer: bytes) -> Table:
    """Return the table of an answer, or raise the SheetError that it holds."""
    found = json.loads(answer)
    if "error" in found:
        facts: dict[str, Fact] = found["facts"]
        raise SheetError(SheetErrorCode(found["error"]), **facts)
    return Table(
        sheet=found["sheet"],
        header=tuple(found["header"]),
        header_row=found["header_row"],
        rows=tuple(Row(number, tuple(_unpack(cell) for cell in cells)) for number, cells in found["rows"]),
        encoding=found["encoding"],
        delimiter=found["delimiter"],
        merged=tuple(MergedRange(*block) for block in found["merged"]),
    )


def _dump(value: Json) -> bytes:
    return json.dumps(value, ensure_ascii=False).encode("utf-8", "surrogatepass")


def _pack(cell: Cell) -> Json:
    """Return plain values as they are and the rest as an object of one key that names the type."""
    if isinstance(cell, datetime):
        return {"datetime": cell.isoformat()}
    if isinstance(cell, date):
        return {"date": cell.isoformat()}
    if isinstance(cell, CellError):
        return {"error": cell.text}
    return cell


def _unpack(value: Json) -> Cell:
    if isinstance(value, dict):
        ((kind, text),) = value.items()
        assert isinstance(text, str)
        if kind == "error":
            return CellError(text)
        return datetime.fromisoformat(text) if kind == "datetime" else date.fromisoformat(text)
    assert not isinstance(value, list)
    return value
