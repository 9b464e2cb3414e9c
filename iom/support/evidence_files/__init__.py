"""Files that people hand in as evidence: PDF, JPEG and PNG, checked and made harmless before they are stored."""

from iom.support.evidence_files.checking import check_evidence
from iom.support.evidence_files.errors import CheckedFile, EvidenceFileCode, EvidenceFileError, EvidenceLimits
from iom.support.evidence_files.guarded import check_evidence_guarded
from iom.support.evidence_files.labels import clean_label

__all__ = [
    "CheckedFile",
    "EvidenceFileCode",
    "EvidenceFileError",
    "EvidenceLimits",
    "check_evidence",
    "check_evidence_guarded",
    "clean_label",
]
