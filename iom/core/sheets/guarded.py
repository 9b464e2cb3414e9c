"""The same door for files from the network: the reading happens in another process, under caps."""

import json
from dataclasses import asdict

from iom.core.sandbox import Caps, SandboxError, SandboxFailure, run_guarded
from iom.core.sheets.errors import SheetError, SheetErrorCode
from iom.core.sheets.limits import SheetLimits
from iom.core.sheets.table import Table
from iom.core.sheets.wire import LENGTH, load_table

_CODES = {
    SandboxFailure.MEMORY: SheetErrorCode.WORKER_MEMORY,
    SandboxFailure.TIME: SheetErrorCode.WORKER_TIME,
    SandboxFailure.CRASH: SheetErrorCode.WORKER_FAILED,
}


def read_table_guarded(content: bytes, filename: str, limits: SheetLimits | None = None, sheet: str | None = None) -> Table:
    """Return what `read_table` returns, or raise what it raises, without risk to this process."""
    limits = limits or SheetLimits()
    if len(content) > limits.file_bytes:
        raise SheetError(SheetErrorCode.FILE_TOO_LARGE, limit=limits.file_bytes, actual=len(content))
    heading = json.dumps({"filename": filename, "sheet": sheet, "limits": asdict(limits)}).encode()
    caps = Caps(limits.worker_memory_bytes, limits.worker_cpu_seconds, limits.worker_wall_seconds)
    try:
        return load_table(run_guarded("iom.core.sheets.worker", LENGTH.pack(len(heading)) + heading + content, caps))
    except SandboxError as error:
        raise SheetError(_CODES[error.failure]) from error
