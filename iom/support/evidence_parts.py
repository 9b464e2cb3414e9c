"""Evidence in words, for its owner and for those who decide about it; no queries."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from iom.core.format import file_size
from iom.routes.evidence_models import Evidence
from iom.routes.kinds import EvidenceKind
from iom.routes.pages.texts import EVIDENCE_STATUS
from iom.routes.workflow import EvidenceStatus
from iom.support import evidence_texts


@dataclass(frozen=True, slots=True)
class EvidencePart:
    """One piece of evidence ready for a template."""

    id: int
    title: str
    text: str
    url: str  # of a link that was handed in
    file_id: int | None
    file_kind: str  # pdf, image: which picture stands before the name
    size: str
    fields: tuple[tuple[str, str], ...]  # of a document
    status: str
    tone: str
    icon: str
    sent_at: datetime
    comment: str
    waits: bool
    is_withdrawn: bool


def part_of(evidence: Evidence) -> EvidencePart:
    """Return one piece in words; its file and certificate must be loaded."""
    status, tone, icon = EVIDENCE_STATUS[evidence.status]
    file = evidence.file
    return EvidencePart(
        id=evidence.id,
        title=file.label if file else evidence_texts.KIND[evidence.kind],
        text=evidence.text,
        url=evidence.url if evidence.kind is EvidenceKind.LINK else "",
        file_id=file.id if file else None,
        file_kind="pdf" if file and file.mime == "application/pdf" else "image",
        size=file_size(file.size) if file else "",
        fields=evidence_texts.certificate_fields(evidence.certificate) if evidence.certificate else (),
        status=status,
        tone=tone,
        icon=icon,
        sent_at=evidence.submitted_at,
        comment=evidence.review_comment,
        waits=evidence.status is EvidenceStatus.SUBMITTED,
        is_withdrawn=evidence.status is EvidenceStatus.WITHDRAWN,
    )


def parts_by_item(pieces: Iterable[Evidence]) -> dict[int, list[EvidencePart]]:
    """Return the pieces of each item, oldest first."""
    found: dict[int, list[EvidencePart]] = {}
    for piece in pieces:
        found.setdefault(piece.item_id, []).append(part_of(piece))
    return found
