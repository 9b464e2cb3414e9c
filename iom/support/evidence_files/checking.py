"""The door for evidence: extension, leading bytes and a real reading must tell the same kind."""

from iom.support.evidence_files.errors import CheckedFile, EvidenceFileCode, EvidenceFileError, EvidenceLimits
from iom.support.evidence_files.images import JPEG_START, PNG_START, clean_jpeg, clean_png
from iom.support.evidence_files.labels import clean_label, extension_of
from iom.support.evidence_files.pdf import PDF_START, check_pdf

_MIMES = {"pdf": "application/pdf", "jpg": "image/jpeg", "png": "image/png"}
_STARTS = {"pdf": PDF_START, "jpg": JPEG_START, "png": PNG_START}
_EXTENSIONS = {"pdf": "pdf", "jpg": "jpg", "jpeg": "jpg", "png": "png"}


def check_evidence(content: bytes, filename: str, limits: EvidenceLimits | None = None) -> CheckedFile:
    """Return the file as it may be stored, or raise EvidenceFileError.

    For files that come over the network use `check_evidence_guarded`, which does the same in a process of its own.
    """
    limits = limits or EvidenceLimits()
    if not content:
        raise EvidenceFileError(EvidenceFileCode.EMPTY)
    if len(content) > limits.file_bytes:
        raise EvidenceFileError(EvidenceFileCode.TOO_LARGE, limit=limits.file_bytes, actual=len(content))
    label = clean_label(filename)
    extension = _EXTENSIONS.get(extension_of(label))
    if extension is None:
        raise EvidenceFileError(EvidenceFileCode.UNSUPPORTED, extension=extension_of(label)[:20])
    if not content.startswith(_STARTS[extension]):
        is_other = content.startswith(tuple(_STARTS.values()))
        raise EvidenceFileError(EvidenceFileCode.MISMATCH if is_other else EvidenceFileCode.BROKEN, extension=extension)
    return CheckedFile(_MIMES[extension], extension, label, _checked(content, extension, limits))


def _checked(content: bytes, extension: str, limits: EvidenceLimits) -> bytes:
    if extension == "pdf":
        check_pdf(content, limits)
        return content
    return clean_jpeg(content, limits) if extension == "jpg" else clean_png(content, limits)
