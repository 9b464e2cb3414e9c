"""The process that checks one evidence file: `python -m iom.support.evidence_files.worker MEMORY CPU`."""

import logging
import sys
from typing import cast

from iom.core.sandbox import enter_caps, leave_out_of_memory
from iom.support.evidence_files.checking import check_evidence
from iom.support.evidence_files.errors import EvidenceFileError, EvidenceLimits
from iom.support.evidence_files.wire import join, split


def answer(request: bytes) -> bytes:
    """Return the checked file or the refusal for a request of name, limits and bytes."""
    heading, content = split(request)
    limits = EvidenceLimits(**cast("dict[str, int]", heading["limits"]))
    try:
        checked = check_evidence(content, cast("str", heading["filename"]), limits)
    except EvidenceFileError as error:
        return join({"error": error.code.value, "facts": error.facts}, b"")
    return join({"mime": checked.mime, "extension": checked.extension, "label": checked.label}, checked.content)


def main() -> None:
    logging.disable()  # libraries complain about odd files at length; the answer says it in one code
    enter_caps(sys.argv[1:])
    try:
        sys.stdout.buffer.write(answer(sys.stdin.buffer.read()))
        sys.stdout.buffer.flush()
    except MemoryError:
        leave_out_of_memory()


if __name__ == "__main__":
    main()
