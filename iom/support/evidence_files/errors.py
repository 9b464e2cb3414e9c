"""Why an evidence file is refused, what a checked one is, and how large it may be."""

from dataclasses import dataclass
from enum import StrEnum

from iom.core.errors import DomainError


class EvidenceFileCode(StrEnum):
    """The one reason of a refusal; `texts.REFUSAL` has a sentence for each."""

    EMPTY = "empty"
    TOO_LARGE = "too_large"
    UNSUPPORTED = "unsupported"
    MISMATCH = "mismatch"
    BROKEN = "broken"
    FOREIGN_DATA = "foreign_data"
    ENCRYPTED = "encrypted"
    ACTIVE_CONTENT = "active_content"
    ATTACHMENT = "attachment"
    TOO_MANY_PAGES = "too_many_pages"
    TOO_MANY_PIXELS = "too_many_pixels"
    TOO_HEAVY = "too_heavy"


class EvidenceFileError(DomainError):
    """The file is not taken as evidence; `code` says why, `facts` hold numbers and names."""

    def __init__(self, code: EvidenceFileCode, **facts: str | int) -> None:
        super().__init__(**facts)
        self.code = code
        self.facts: dict[str, str | int] = facts

    def __str__(self) -> str:
        return f"{self.code}: {super().__str__()}"


@dataclass(frozen=True, slots=True)
class EvidenceLimits:
    """Limits of one evidence file; the defaults are those of the security bar's table."""

    file_bytes: int = 10_000_000
    pixels: int = 40_000_000
    pages: int = 2_000
    pdf_objects: int = 200_000
    worker_memory_bytes: int = 768_000_000  # a picture of 40 megapixels is 160 MB in memory, twice while it is turned
    worker_cpu_seconds: int = 60
    worker_wall_seconds: int = 120


@dataclass(frozen=True, slots=True)
class CheckedFile:
    """A file that may be stored: its true type, a harmless name to show, and the bytes to keep.

    The bytes of a picture are newly encoded and hold nothing but the picture; those of a PDF are as they came.
    """

    mime: str
    extension: str
    label: str
    content: bytes
