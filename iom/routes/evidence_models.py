"""What proves that an item of a route was carried out."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from iom.core.database import Base, Keyed, Regional, enum_text
from iom.routes.kinds import EvidenceKind, FrdoStatus
from iom.routes.models import RouteItem
from iom.routes.workflow import EvidenceStatus


class StoredFile(Regional, Base):
    """An uploaded file; its bytes lie in the file store under a random key."""

    __tablename__ = "stored_files"
    __table_args__ = (CheckConstraint("size > 0", name="size_positive"),)

    key: Mapped[str] = mapped_column(String(64), unique=True)
    label: Mapped[str] = mapped_column(String(200))  # the person's name for it, cleaned
    mime: Mapped[str] = mapped_column(String(40))
    size: Mapped[int]  # bytes
    sha256: Mapped[str] = mapped_column(String(64))
    owner_id: Mapped[int] = mapped_column(ForeignKey("people.id"), index=True)
    created_at: Mapped[datetime]


class Evidence(Keyed, Base):
    """Something that a person hands in for an item: a file, a link, words, the fields of a certificate."""

    __tablename__ = "evidence"
    __table_args__ = (CheckConstraint("(kind = 'file') = (file_id IS NOT NULL)", name="files_have_file"),)

    item_id: Mapped[int] = mapped_column(ForeignKey("route_items.id"), index=True)
    kind: Mapped[EvidenceKind] = mapped_column(enum_text(EvidenceKind))
    status: Mapped[EvidenceStatus] = mapped_column(enum_text(EvidenceStatus), default=EvidenceStatus.SUBMITTED)
    text: Mapped[str] = mapped_column(String(2000), default="")
    url: Mapped[str] = mapped_column(String(1000), default="")
    file_id: Mapped[int | None] = mapped_column(ForeignKey("stored_files.id"), unique=True)
    submitted_by_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    submitted_at: Mapped[datetime]
    reviewed_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    reviewed_at: Mapped[datetime | None]
    review_comment: Mapped[str] = mapped_column(Text, default="")

    item: Mapped[RouteItem] = relationship()
    file: Mapped[StoredFile | None] = relationship()
    certificate: Mapped["Certificate | None"] = relationship(back_populates="evidence")


class Certificate(Keyed, Base):
    """The fields of a document on qualification."""

    __tablename__ = "certificates"
    __table_args__ = (CheckConstraint("hours IS NULL OR hours > 0", name="hours_positive"),)

    evidence_id: Mapped[int] = mapped_column(ForeignKey("evidence.id"), unique=True)
    series: Mapped[str] = mapped_column(String(20), default="")
    number: Mapped[str] = mapped_column(String(40))
    issued_on: Mapped[date]
    hours: Mapped[int | None]
    issuer: Mapped[str] = mapped_column(String(300))
    frdo_status: Mapped[FrdoStatus] = mapped_column(enum_text(FrdoStatus), default=FrdoStatus.UNKNOWN)

    evidence: Mapped[Evidence] = relationship(back_populates="certificate")
