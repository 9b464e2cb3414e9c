"""One step of the route as its owner sees it: what is asked here, what was handed in, what the tutor said."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from iom.core.actor import Actor
from iom.routes import evidence_queries, finishing, queries
from iom.routes.models import Route, RouteItem
from iom.routes.pages import parts
from iom.routes.pages.parts import ItemPart
from iom.routes.review_texts import KIND_WITH_DOCUMENT
from iom.routes.workflow import NEXT_ITEM, RUNNING, EvidenceStatus, ItemStatus
from iom.support import evidence_texts
from iom.support.evidence_parts import EvidencePart, part_of
from iom.support.evidencing import BYTES_PER_PERSON, FILES_PER_ITEM
from iom.support.review_page import Line, message_line

NO_MORE = frozenset({ItemStatus.DONE, ItemStatus.MOVED, ItemStatus.NEEDS_REPLACEMENT})


@dataclass(frozen=True, slots=True)
class ItemPage:
    """Everything the page shows."""

    part: ItemPart
    pieces: list[EvidencePart]
    returned_words: str
    may_mark: bool
    marks: list[tuple[str, str]]
    may_submit: bool
    document_first: bool
    space: str
    files_left: str
    talk: list[Line]


def build(session: Session, actor: Actor, route: Route, item: RouteItem, today: date) -> ItemPage:
    """Return the page of one's own item."""
    pieces = evidence_queries.list_of_item(session, item.id)
    runs = route.status in RUNNING
    may_submit = runs and item.status not in NO_MORE
    files = sum(1 for piece in pieces if piece.file_id is not None and piece.status is not EvidenceStatus.WITHDRAWN)
    returned = [piece.review_comment for piece in pieces if piece.status is EvidenceStatus.RETURNED]
    comments = queries.list_comments(session, route.id)
    return ItemPage(
        part=parts.item_part(item, parts.titles_of(route), today),
        pieces=[part_of(piece) for piece in pieces],
        returned_words=returned[-1] if returned and item.status is ItemStatus.RETURNED else "",
        may_mark=runs and item.status in finishing.BY_OWNER,
        marks=_marks(item),
        may_submit=may_submit,
        document_first=item.kind in KIND_WITH_DOCUMENT,
        space=evidence_texts.space_left(evidence_queries.bytes_of_person(session, actor.person_id), BYTES_PER_PERSON) if may_submit else "",
        files_left=evidence_texts.files_left(files, FILES_PER_ITEM),
        talk=[message_line(actor, route, one) for one in comments if one.item_id == item.id],
    )


def _marks(item: RouteItem) -> list[tuple[str, str]]:
    """Return the states that the owner may choose now, the present one among them."""
    possible: Sequence[ItemStatus] = [status for status in evidence_texts.MARK if status is item.status or status in NEXT_ITEM[item.status]]
    return [(str(status), evidence_texts.MARK[status]) for status in possible]
