"""Evidence of carried-out items: handed in by the owner, accepted or returned by the tutor or the methodist."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from sqlalchemy.orm import Session

from iom import policy
from iom.core import audit, clock
from iom.core.actor import Actor
from iom.core.errors import Conflict, InvalidMove, NotFound, Refused
from iom.integrations.file_store import StoredFile as KeptFile
from iom.policy import Action
from iom.routes import evidence_queries as queries
from iom.routes import queries as route_queries
from iom.routes.evidence_models import Certificate, Evidence, StoredFile
from iom.routes.kinds import EvidenceKind
from iom.routes.models import RouteItem
from iom.routes.moving import move_item
from iom.routes.workflow import RUNNING, EvidenceStatus, ItemStatus, RouteStatus, check_evidence_move, check_item_move

FILES_PER_ITEM = 20
PIECES_PER_ITEM = 100  # withdrawn ones too: their trace stays
BYTES_PER_FILE = 10_000_000
BYTES_PER_PERSON = 300 * 2**20


class EvidenceRefusal(StrEnum):
    ROUTE_NOT_RUNNING = "evidence_route_not_running"
    ROUTE_CLOSED = "evidence_route_closed"
    TOO_MANY_FILES = "evidence_too_many_files"
    QUOTA = "evidence_quota"
    DATE_IN_FUTURE = "evidence_date_in_future"
    NO_REASON = "evidence_return_without_reason"


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
    """Accept or return all that waits at an item.

    `seen` are the pieces that the reviewer had before their eyes. With `document_missing` the work is accepted and the item waits for
    its document on qualification.
    """

    item_id: int
    seen: frozenset[int]
    accept: bool
    comment: str
    document_missing: bool = False


def check_may_submit(session: Session, actor: Actor, item_id: int, *, incoming: int = 0) -> RouteItem:
    """Return the item when the actor may hand in evidence for it; asked before a file is stored.

    Raises
    ------
    NotFound, Forbidden : not the actor's own item
    Refused : the route is not being carried out, too much is there already, no space left
    InvalidMove : the item takes no evidence: done, moved, to be replaced
    """
    item = route_queries.get_item(session, actor, item_id, lock=True)
    policy.require(actor, Action.EVIDENCE_SUBMIT, policy.target_of(session, item.route.employee_id))
    if item.route.status not in RUNNING:
        raise Refused(reason=EvidenceRefusal.ROUTE_NOT_RUNNING)
    if item.status not in {ItemStatus.SUBMITTED, ItemStatus.DONE_UNCONFIRMED}:
        check_item_move(item.status, ItemStatus.SUBMITTED)
    _check_room(session, actor, item_id, incoming)
    return item


def _check_room(session: Session, actor: Actor, item_id: int, incoming: int) -> None:
    pieces = queries.list_of_item(session, item_id)
    files = sum(1 for piece in pieces if piece.file_id is not None and piece.status is not EvidenceStatus.WITHDRAWN)
    if len(pieces) >= PIECES_PER_ITEM or (incoming and files >= FILES_PER_ITEM):
        raise Refused(reason=EvidenceRefusal.TOO_MANY_FILES)
    if incoming and queries.bytes_of_person(session, actor.person_id) + incoming > BYTES_PER_PERSON:
        raise Refused(reason=EvidenceRefusal.QUOTA)


def submit(session: Session, actor: Actor, cmd: SubmitEvidence) -> Evidence:
    """Record the evidence and put the item before the tutor.

    Raises
    ------
    NotFound, Forbidden, Refused, InvalidMove : as for `check_may_submit`
    Refused : a certificate dated in the future
    """
    item = check_may_submit(session, actor, cmd.item_id, incoming=cmd.file.kept.size if cmd.file else 0)
    if cmd.certificate and cmd.certificate.issued_on > _today(session, item):
        raise Refused(reason=EvidenceRefusal.DATE_IN_FUTURE)
    evidence = Evidence(
        item_id=item.id, kind=cmd.kind, text=cmd.text, url=cmd.url, submitted_by_id=actor.person_id, submitted_at=clock.now()
    )
    if cmd.file:
        evidence.file = _file_row(actor, item.route.region_id, cmd.file)
    if cmd.certificate:
        evidence.certificate = _certificate_row(cmd.certificate)
    session.add(evidence)
    if item.status not in {ItemStatus.SUBMITTED, ItemStatus.DONE_UNCONFIRMED}:
        move_item(session, item, ItemStatus.SUBMITTED, actor)
    session.flush()  # the journal names the evidence
    audit.record(session, actor, Action.EVIDENCE_SUBMIT, object_type="evidence", object_id=evidence.id, subject_id=actor.person_id)
    return evidence


def _today(session: Session, item: RouteItem) -> date:
    return clock.today(route_queries.region_of(session, item.route.region_id).timezone)


def _file_row(actor: Actor, region_id: int, facts: FileFacts) -> StoredFile:
    return StoredFile(
        region_id=region_id,
        key=facts.kept.key,
        label=facts.label,
        mime=facts.mime,
        size=facts.kept.size,
        sha256=facts.kept.sha256,
        owner_id=actor.person_id,
        created_at=clock.now(),
    )


def _certificate_row(facts: CertificateFacts) -> Certificate:
    return Certificate(series=facts.series, number=facts.number, issued_on=facts.issued_on, hours=facts.hours, issuer=facts.issuer)


def review(session: Session, actor: Actor, cmd: ReviewEvidence) -> RouteItem:
    """Accept or return; what is accepted finishes the item, what is returned gives it back.

    Raises
    ------
    NotFound, Forbidden : not the actor's to decide
    InvalidMove : nothing waits here any more
    Conflict : something was added or withdrawn since the reviewer looked
    Refused : the route is closed, a return without a reason
    """
    item = route_queries.get_item(session, actor, cmd.item_id, lock=True)
    target = policy.target_of(session, item.route.employee_id)
    policy.require(actor, Action.EVIDENCE_REVIEW, target)
    if item.route.status is RouteStatus.CLOSED:
        raise Refused(reason=EvidenceRefusal.ROUTE_CLOSED)
    waiting = [piece for piece in queries.list_of_item(session, item.id, fresh=True) if piece.status is EvidenceStatus.SUBMITTED]
    after = EvidenceStatus.ACCEPTED if cmd.accept else EvidenceStatus.RETURNED
    if not waiting:
        raise InvalidMove(kind="evidence", current=item.status, to=after)
    if {piece.id for piece in waiting} != cmd.seen:
        raise Conflict(kind="evidence", id=item.id)
    if not cmd.accept and not cmd.comment.strip():
        raise Refused(reason=EvidenceRefusal.NO_REASON)
    _decide_item(session, actor, item, cmd)
    _decide_pieces(session, actor, waiting, after, cmd.comment, target.person_id)
    return item


def _decide_item(session: Session, actor: Actor, item: RouteItem, cmd: ReviewEvidence) -> None:
    if cmd.accept:
        after = ItemStatus.DONE_UNCONFIRMED if cmd.document_missing else ItemStatus.DONE
        if item.status is not after:
            move_item(session, item, after, actor, cmd.comment)
        item.done_on = item.done_on or _today(session, item)
    elif item.status is ItemStatus.SUBMITTED:  # a returned document leaves the work that was accepted before it as it is
        move_item(session, item, ItemStatus.RETURNED, actor, cmd.comment)


def _decide_pieces(
    session: Session, actor: Actor, waiting: Sequence[Evidence], after: EvidenceStatus, comment: str, person_id: int
) -> None:
    for piece in waiting:
        check_evidence_move(piece.status, after)
        piece.status = after
        piece.reviewed_by_id, piece.reviewed_at, piece.review_comment = actor.person_id, clock.now(), comment
        audit.record(session, actor, Action.EVIDENCE_REVIEW, object_type="evidence", object_id=piece.id, subject_id=person_id, reason=after)


def withdraw(session: Session, actor: Actor, evidence_id: int) -> Evidence:
    """Take back own evidence; the trace stays, the file is no longer shown to others.

    Raises
    ------
    NotFound, Forbidden : not the actor's own
    InvalidMove : already withdrawn
    """
    item_id = queries.get_evidence(session, actor, evidence_id).item_id
    item = route_queries.get_item(session, actor, item_id, lock=True)
    policy.require(actor, Action.EVIDENCE_WITHDRAW, policy.target_of(session, item.route.employee_id))
    pieces = queries.list_of_item(session, item.id, fresh=True)
    evidence = next(piece for piece in pieces if piece.id == evidence_id)
    check_evidence_move(evidence.status, EvidenceStatus.WITHDRAWN)
    evidence.status = EvidenceStatus.WITHDRAWN
    left = {piece.status for piece in pieces}
    if item.status is ItemStatus.SUBMITTED and EvidenceStatus.SUBMITTED not in left and item.route.status in RUNNING:
        move_item(session, item, ItemStatus.RETURNED if EvidenceStatus.RETURNED in left else ItemStatus.IN_PROGRESS, actor)
    audit.record(session, actor, Action.EVIDENCE_WITHDRAW, object_type="evidence", object_id=evidence.id, subject_id=actor.person_id)
    return evidence


def get_file(session: Session, actor: Actor, file_id: int) -> tuple[StoredFile, int]:
    """Return the facts of a file that the actor may open, and the person whose it is.

    Raises
    ------
    NotFound : none that the actor may open
    """
    found = queries.find_of_file(session, actor, file_id)
    if found is None or found[0].file is None:
        raise NotFound(kind="file", id=file_id)
    return found[0].file, found[1]
