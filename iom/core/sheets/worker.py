"""The process that reads one spreadsheet: `python -m iom.core.sheets.worker MEMORY CPU`, started by `guarded`."""

import json
import sys

from iom.core.sandbox import enter_caps, leave_out_of_memory
from iom.core.sheets.errors import SheetError
from iom.core.sheets.limits import SheetLimits
from iom.core.sheets.reading import read_table
from iom.core.sheets.wire import LENGTH, dump_error, dump_table


def answer(request: bytes) -> bytes:
    """Return the table or the refusal for a request: length of the heading, the heading as JSON, the file's bytes."""
    (length,) = LENGTH.unpack_from(request)
    heading = json.loads(request[LENGTH.size : LENGTH.size + length])
    try:
        table = read_table(request[LENGTH.size + length :], heading["filename"], SheetLimits(**heading["limits"]), heading["sheet"])
    except SheetError as error:
        return dump_error(error)
    return dump_table(table)


def main() -> None:
    enter_caps(sys.argv[1:])
    try:
        sys.stdout.buffer.write(answer(sys.stdin.buffer.read()))
        sys.stdout.buffer.flush()
    except MemoryError:
        leave_out_of_memory()


if __name__ == "__main__":
    main()
