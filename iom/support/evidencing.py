"""Evidence of carried-out items: handed in by the owner, accepted or returned by the tutor."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from sqlalchemy.orm import Session

from iom import policy
from iom.core import audit, clock
from iom.core.actor import Actor
from iom.core.errors import NotFound, Refused
from iom.integrations.file_store import StoredFile as KeptFile
from iom.policy import Action
from iom.routes import queries as route_queries
from iom.routes.evidence_models import Certificate, Evidence, StoredFile
from iom.routes.kinds import EvidenceKind
from iom.routes.models import RouteItem
from iom.routes.moving import move_item
from iom.routes.workflow import RUNNING, EvidenceStatus, ItemStatus, check_evidence_move
from iom.support import queries

FILES_PER_ITEM = 20
BYTES_PER_PERSON = 300_000_000


class EvidenceRefusal(StrEnum):
    ROUTE_NOT_RUNNING = "evidence_route_not_running"
    TOO_MANY_FILES = "evidence_too_many_files"
    QUOTA = "evidence_quota"
    DATE_IN_FUTURE = "evidence_date_in_future"


@dataclass(frozen=True, slots=True)
class FileFacts:
    """A checked file that already lies in the store."""

    kept: KeptFile
    label: str
    mime: str


@dataclass(frozen=True, slots=True)
class CertificateFacts:
    """The fields of a document on qualification."""

    series: str
    number: str
    issued_on: date
    hours: int | None
    issuer: str


@dataclass(frozen=True, slots=True)
class SubmitEvidence:
    """Hand in one proof of an item; exactly the part that `kind` names is filled."""

    item_id: int
    kind: EvidenceKind
    text: str = ""
    url: str = ""
    file: FileFacts | None = None
    certificate: CertificateFacts | None = None


@dataclass(frozen=True, slots=True)
class ReviewEvidence:
    """Accept or return what was handed in for an item."""

    evidence_id: int
    accept: bool
    comment: str


def check_may_submit(session: Session, actor: Actor, item_id: int, *, incoming: int = 0) -> RouteItem:
    """Return the item when the actor may hand in evidence for it; asked before a file is stored.

    Raises
    ------
    NotFound, Forbidden : not the actor's own item
    Refused : the route is not being carried out, too many files, no space left
    """
    item = route_queries.get_item(session, actor, item_id, lock=True)
    policy.require(actor, Action.EVIDENCE_SUBMIT, policy.target_of(session, item.route.employee_id))
    if item.route.status not in RUNNING:
        raise Refused(reason=EvidenceRefusal.ROUTE_NOT_RUNNING)
    if incoming:
        if queries.count_files(session, item_id) >= FILES_PER_ITEM:
            raise Refused(reason=EvidenceRefusal.TOO_MANY_FILES)
        if queries.bytes_of_person(session, actor.person_id) + incoming > BYTES_PER_PERSON:
            raise Refused(reason=EvidenceRefusal.QUOTA)
    return item


def submit(session: Session, actor: Actor, cmd: SubmitEvidence) -> Evidence:
    """Record the evidence and put the item before the tutor.

    Raises
    ------
    NotFound, Forbidden, Refused : as for `check_may_submit`; a certificate dated in the future
    InvalidMove : the item is already accepted
    """
    item = check_may_submit(session, actor, cmd.item_id, incoming=cmd.file.kept.size if cmd.file else 0)
    if cmd.certificate and cmd.certificate.issued_on > clock.today():
        raise Refused(reason=EvidenceRefusal.DATE_IN_FUTURE)
    now = clock.now()
    evidence = Evidence(item_id=item.id, kind=cmd.kind, text=cmd.text, url=cmd.url, submitted_by_id=actor.person_id, submitted_at=now)
    if cmd.file:
        evidence.file = StoredFile(
            region_id=item.route.region_id,
            key=cmd.file.kept.key,
            label=cmd.file.label,
            mime=cmd.file.mime,
            size=cmd.file.kept.size,
            sha256=cmd.file.kept.sha256,
            owner_id=actor.person_id,
            created_at=now,
        )
    if cmd.certificate:
        facts = cmd.certificate
        evidence.certificate = Certificate(
            series=facts.series, number=facts.number, issued_on=facts.issued_on, hours=facts.hours, issuer=facts.issuer
        )
    session.add(evidence)
    if item.status is not ItemStatus.SUBMITTED:
        move_item(session, item, ItemStatus.SUBMITTED, actor)
    session.flush()  # the journal names the evidence
    audit.record(session, actor, Action.EVIDENCE_SUBMIT, object_type="evidence", object_id=evidence.id, subject_id=actor.person_id)
    return evidence


def review(session: Session, actor: Actor, cmd: ReviewEvidence) -> Evidence:
    """Accept or return; an accepted one finishes the item, a returned one gives it back.

    Raises
    ------
    NotFound, Forbidden : not the actor's to decide
    InvalidMove : already decided
    """
    evidence = queries.get_evidence(session, cmd.evidence_id)
    item = route_queries.get_item(session, actor, evidence.item_id, lock=True)
    target = policy.target_of(session, item.route.employee_id)
    policy.require(actor, Action.EVIDENCE_REVIEW, target)
    after = EvidenceStatus.ACCEPTED if cmd.accept else EvidenceStatus.RETURNED
    check_evidence_move(evidence.status, after)
    evidence.status = after
    evidence.reviewed_by_id, evidence.reviewed_at, evidence.review_comment = actor.person_id, clock.now(), cmd.comment
    if cmd.accept:
        move_item(session, item, ItemStatus.DONE, actor, cmd.comment)
        item.done_on = clock.today()
    else:
        move_item(session, item, ItemStatus.RETURNED, actor, cmd.comment)
    audit.record(
        session, actor, Action.EVIDENCE_REVIEW, object_type="evidence", object_id=evidence.id, subject_id=target.person_id, reason=after
    )
    return evidence


def withdraw(session: Session, actor: Actor, evidence_id: int) -> Evidence:
    """Take back own evidence; the trace stays, the file is no longer shown to others.

    Raises
    ------
    NotFound, Forbidden : not the actor's own
    InvalidMove : already withdrawn
    """
    evidence = queries.get_evidence(session, evidence_id)
    item = route_queries.get_item(session, actor, evidence.item_id, lock=True)
    policy.require(actor, Action.EVIDENCE_WITHDRAW, policy.target_of(session, item.route.employee_id))
    check_evidence_move(evidence.status, EvidenceStatus.WITHDRAWN)
    waiting = evidence.status is EvidenceStatus.SUBMITTED
    evidence.status = EvidenceStatus.WITHDRAWN
    if waiting and item.status is ItemStatus.SUBMITTED and queries.count_waiting(session, item.id, but=evidence.id) == 0:
        move_item(session, item, ItemStatus.RETURNED, actor)
    audit.record(session, actor, Action.EVIDENCE_WITHDRAW, object_type="evidence", object_id=evidence.id, subject_id=actor.person_id)
    return evidence


def get_file(session: Session, actor: Actor, file_id: int) -> StoredFile:
    """Return the facts of a file that the actor may open.

    Raises
    ------
    NotFound, Forbidden : none that the actor may open
    """
    evidence = queries.find_evidence_of_file(session, file_id)
    if evidence is None or evidence.file is None:
        raise NotFound(kind="file", id=file_id)
    target = policy.target_of(session, queries.employee_of_item(session, evidence.item_id))
    policy.require(actor, Action.EVIDENCE_OPEN, target)
    if evidence.status is EvidenceStatus.WITHDRAWN and target.person_id != actor.person_id:
        raise NotFound(kind="file", id=file_id)
    return evidence.file
