"""The same door for files from the network: the checking happens in another process, under caps."""

from dataclasses import asdict
from typing import cast

from iom.core.sandbox import Caps, SandboxError, SandboxFailure, run_guarded
from iom.support.evidence_files.errors import CheckedFile, EvidenceFileCode, EvidenceFileError, EvidenceLimits
from iom.support.evidence_files.wire import join, split


def check_evidence_guarded(content: bytes, filename: str, limits: EvidenceLimits | None = None) -> CheckedFile:
    """Return what `check_evidence` returns, or raise what it raises, without risk to this process."""
    limits = limits or EvidenceLimits()
    if len(content) > limits.file_bytes:
        raise EvidenceFileError(EvidenceFileCode.TOO_LARGE, limit=limits.file_bytes, actual=len(content))
    caps = Caps(limits.worker_memory_bytes, limits.worker_cpu_seconds, limits.worker_wall_seconds)
    request = join({"filename": filename, "limits": asdict(limits)}, content)
    try:
        heading, checked = split(run_guarded("iom.support.evidence_files.worker", request, caps))
    except SandboxError as error:
        is_crash = error.failure is SandboxFailure.CRASH
        raise EvidenceFileError(EvidenceFileCode.BROKEN if is_crash else EvidenceFileCode.TOO_HEAVY) from error
    if "error" in heading:
        raise EvidenceFileError(EvidenceFileCode(str(heading["error"])), **cast("dict[str, str | int]", heading["facts"]))
    return CheckedFile(str(heading["mime"]), str(heading["extension"]), str(heading["label"]), checked)
