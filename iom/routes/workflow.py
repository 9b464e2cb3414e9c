"""The states of a route, of its items and of the evidence, and every move between them. The diagram in docs is printed from here."""

from enum import StrEnum

from iom.core.errors import InvalidMove


class RouteStatus(StrEnum):
    DRAFT = "draft"
    ON_REVIEW = "on_review"
    RETURNED = "returned"
    AGREED = "agreed"
    APPROVED = "approved"
    IN_PROGRESS = "in_progress"
    SUSPENDED = "suspended"
    COMPLETED = "completed"
    CLOSED = "closed"


R = RouteStatus
NEXT_ROUTE: dict[RouteStatus, frozenset[RouteStatus]] = {
    R.DRAFT: frozenset({R.ON_REVIEW, R.CLOSED}),
    R.ON_REVIEW: frozenset({R.AGREED, R.APPROVED, R.RETURNED, R.DRAFT, R.CLOSED}),
    R.RETURNED: frozenset({R.ON_REVIEW, R.CLOSED}),
    R.AGREED: frozenset({R.APPROVED, R.RETURNED, R.CLOSED}),
    R.APPROVED: frozenset({R.IN_PROGRESS, R.SUSPENDED, R.CLOSED}),
    R.IN_PROGRESS: frozenset({R.SUSPENDED, R.COMPLETED, R.CLOSED}),
    R.SUSPENDED: frozenset({R.APPROVED, R.IN_PROGRESS, R.CLOSED}),
    R.COMPLETED: frozenset({R.CLOSED}),
    R.CLOSED: frozenset(),
}

EDITABLE = frozenset({R.DRAFT, R.RETURNED})
"""The teacher may still change the items without a revision."""

APPROVED_OR_LATER = frozenset({R.APPROVED, R.IN_PROGRESS, R.SUSPENDED, R.COMPLETED, R.CLOSED})
RUNNING = frozenset({R.APPROVED, R.IN_PROGRESS})
LIVE = frozenset(set(R) - {R.CLOSED})


class ItemStatus(StrEnum):
    PLANNED = "planned"
    REQUESTED = "requested"
    ENROLLED = "enrolled"
    IN_PROGRESS = "in_progress"
    SUBMITTED = "submitted"
    RETURNED = "returned"
    DONE = "done"
    DONE_UNCONFIRMED = "done_unconfirmed"
    NEEDS_REPLACEMENT = "needs_replacement"
    MOVED = "moved"


I = ItemStatus  # noqa: E741
NEXT_ITEM: dict[ItemStatus, frozenset[ItemStatus]] = {
    I.PLANNED: frozenset({I.REQUESTED, I.ENROLLED, I.IN_PROGRESS, I.SUBMITTED, I.NEEDS_REPLACEMENT, I.MOVED}),
    I.REQUESTED: frozenset({I.ENROLLED, I.PLANNED, I.IN_PROGRESS, I.SUBMITTED, I.NEEDS_REPLACEMENT, I.MOVED}),
    I.ENROLLED: frozenset({I.IN_PROGRESS, I.SUBMITTED, I.NEEDS_REPLACEMENT, I.MOVED}),
    I.IN_PROGRESS: frozenset({I.PLANNED, I.SUBMITTED, I.NEEDS_REPLACEMENT, I.MOVED}),
    I.SUBMITTED: frozenset({I.DONE, I.DONE_UNCONFIRMED, I.RETURNED, I.IN_PROGRESS}),
    I.RETURNED: frozenset({I.SUBMITTED, I.NEEDS_REPLACEMENT, I.MOVED}),
    I.DONE: frozenset(),
    I.DONE_UNCONFIRMED: frozenset({I.DONE, I.RETURNED}),
    I.NEEDS_REPLACEMENT: frozenset({I.PLANNED, I.MOVED}),
    I.MOVED: frozenset(),
}

FINISHED_ITEMS = frozenset({I.DONE, I.DONE_UNCONFIRMED, I.MOVED})


class EvidenceStatus(StrEnum):
    SUBMITTED = "submitted"
    ACCEPTED = "accepted"
    RETURNED = "returned"
    WITHDRAWN = "withdrawn"


E = EvidenceStatus
NEXT_EVIDENCE: dict[EvidenceStatus, frozenset[EvidenceStatus]] = {
    E.SUBMITTED: frozenset({E.ACCEPTED, E.RETURNED, E.WITHDRAWN}),
    E.ACCEPTED: frozenset({E.WITHDRAWN}),
    E.RETURNED: frozenset({E.WITHDRAWN}),
    E.WITHDRAWN: frozenset(),
}


def check_route_move(current: RouteStatus, to: RouteStatus) -> None:
    """Raise InvalidMove unless the route may go from `current` to `to`."""
    if to not in NEXT_ROUTE[current]:
        raise InvalidMove(kind="route", current=current, to=to)


def check_item_move(current: ItemStatus, to: ItemStatus) -> None:
    """Raise InvalidMove unless the item may go from `current` to `to`."""
    if to not in NEXT_ITEM[current]:
        raise InvalidMove(kind="route_item", current=current, to=to)


def check_evidence_move(current: EvidenceStatus, to: EvidenceStatus) -> None:
    """Raise InvalidMove unless the evidence may go from `current` to `to`."""
    if to not in NEXT_EVIDENCE[current]:
        raise InvalidMove(kind="evidence", current=current, to=to)
