"""What people do with a profile: insist on a competency, add or set aside a need, say in own words what they ask for."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from iom import policy
from iom.core import audit
from iom.core.actor import Actor
from iom.core.errors import NotFound, Refused
from iom.policy import Action, Target
from iom.profiles import evidence_queries, queries
from iom.profiles.kinds import DeficitKind, DeficitOrigin, DeficitStatus, Depth
from iom.profiles.models import Deficit, PersonalRequest
from iom.profiles.priority import Need
from iom.profiles.reasons import ProfileRefusal

SEVERITY_OF_DEPTH = {Depth.SMALL: 0.05, Depth.MEDIUM: 0.175, Depth.DEEP: 0.35}
"""Severity of a need that a person names by its depth: the middle of the depth's range, for deep as far above its bound (methods, 1)."""

WISH_SEVERITY = SEVERITY_OF_DEPTH[Depth.MEDIUM]  # assumption: what a person asks for without a measured gap counts as a medium one


@dataclass(frozen=True, slots=True)
class MarkCompetency:
    """«This matters to me», or no longer."""

    employee_id: int
    competency_code: str
    is_marked: bool


@dataclass(frozen=True, slots=True)
class AddDeficit:
    """A tutor or methodist has seen a need that no diagnostic found."""

    employee_id: int
    competency_code: str
    depth: Depth
    reason: str


@dataclass(frozen=True, slots=True)
class DropDeficit:
    """A need is set aside with a reason; older evidence does not bring it back."""

    employee_id: int
    deficit_id: int
    reason: str


@dataclass(frozen=True, slots=True)
class WriteRequest:
    """What the person asks for in own words; an empty text takes the request back."""

    text: str


def may_decide(actor: Actor, target: Target) -> bool:
    """Tell whether the actor may add and set aside measured needs of this person: sees the profile, edits the route, is somebody else."""
    rights = policy.allows(actor, Action.PROFILE_VIEW, target) and policy.allows(actor, Action.ROUTE_EDIT, target)
    return rights and actor.person_id != target.person_id


def _require_edit(session: Session, actor: Actor, employee_id: int) -> Target:
    target = policy.target_of(session, employee_id)
    policy.require(actor, Action.PROFILE_VIEW, target)
    policy.require(actor, Action.ROUTE_EDIT, target)
    evidence_queries.lock_employee(session, employee_id)
    return target


def mark(session: Session, actor: Actor, cmd: MarkCompetency, now: datetime) -> None:
    """Keep whether somebody insists on a competency; the owner's mark on one without a need opens a wish for it.

    Raises
    ------
    NotFound, Forbidden : the person is out of the actor's reach
    Refused : an unknown competency, or a mark of another person where there is no need
    """
    target = _require_edit(session, actor, cmd.employee_id)
    node = _node(session, cmd.competency_code)
    need = queries.find_open(session, cmd.employee_id, node.id)
    if need is None:
        if not cmd.is_marked:
            return
        if actor.person_id != target.person_id:
            raise Refused(reason=ProfileRefusal.NOT_OPEN)
        need = _open(session, target, node, DeficitKind.CLAIM, DeficitOrigin.PERSONAL_REQUEST, WISH_SEVERITY, now)
    elif not cmd.is_marked and need.origin is DeficitOrigin.PERSONAL_REQUEST:
        _set_aside(need, actor, "", now)
    need.is_marked = cmd.is_marked
    need.priority = _priority(need, node)
    _record(session, actor, target, need, "marked" if cmd.is_marked else "unmarked")


def add_deficit(session: Session, actor: Actor, cmd: AddDeficit, now: datetime) -> Deficit:
    """Return the need that a tutor or methodist adds; a claim of the person's own becomes a deficit by it.

    Raises
    ------
    NotFound, Forbidden : the person is out of the actor's reach, or is the actor
    Refused : an unknown competency, or a deficit that is open already
    """
    target = _require_decision(session, actor, cmd.employee_id)
    node = _node(session, cmd.competency_code)
    need = queries.find_open(session, cmd.employee_id, node.id)
    if need is not None and need.kind is DeficitKind.DEFICIT:
        raise Refused(reason=ProfileRefusal.ALREADY_OPEN)
    severity = SEVERITY_OF_DEPTH[cmd.depth]
    if need is None:
        need = _open(session, target, node, DeficitKind.DEFICIT, DeficitOrigin.TUTOR, severity, now)
    need.kind, need.origin, need.severity, need.opened_at = DeficitKind.DEFICIT, DeficitOrigin.TUTOR, severity, now
    need.reason, need.decided_by_id = cmd.reason, actor.person_id
    need.priority = _priority(need, node)
    _record(session, actor, target, need, "added")
    return need


def drop_deficit(session: Session, actor: Actor, cmd: DropDeficit, now: datetime) -> None:
    """Set a need aside with a reason. Owners set aside what they named themselves; a deficit is for the tutor or methodist to judge.

    Raises
    ------
    NotFound, Forbidden : the person is out of the actor's reach, or the need is not theirs
    Refused : the need is not open any more, or is the actor's own deficit
    """
    target = _require_edit(session, actor, cmd.employee_id)
    need = queries.find_deficit(session, cmd.employee_id, cmd.deficit_id)
    if need is None:
        raise NotFound(kind="deficit", id=cmd.deficit_id)
    if need.status is not DeficitStatus.OPEN:
        raise Refused(reason=ProfileRefusal.NOT_OPEN)
    if need.kind is DeficitKind.DEFICIT and not may_decide(actor, target):
        raise Refused(reason=ProfileRefusal.NOT_YOURS_TO_DROP)
    _set_aside(need, actor, cmd.reason, now)
    _record(session, actor, target, need, "dropped")


def write_request(session: Session, actor: Actor, cmd: WriteRequest, now: datetime) -> None:
    """Keep what the person asks for; earlier wordings stay readable.

    Raises
    ------
    NotFound : the person is no employee
    """
    if actor.employee_id is None:
        raise NotFound(kind="employee", id=None)
    current = queries.current_request(session, actor.employee_id)
    if (current.text if current else "") == cmd.text:
        return
    request = PersonalRequest(region_id=actor.region_id, employee_id=actor.employee_id, text=cmd.text, created_at=now)
    session.add(request)
    session.flush()  # the journal names the row
    audit.record(session, actor, Action.DIAGNOSTIC_TAKE, object_type="request", object_id=request.id, subject_id=actor.person_id)


def _require_decision(session: Session, actor: Actor, employee_id: int) -> Target:
    target = _require_edit(session, actor, employee_id)
    if not may_decide(actor, target):
        raise Refused(reason=ProfileRefusal.NOT_YOURS_TO_DROP)
    return target


def _node(session: Session, code: str) -> evidence_queries.Node:
    node = evidence_queries.nodes_by_code(session, [code]).get(code)
    if node is None or not node.is_competency:
        raise Refused(reason=ProfileRefusal.UNKNOWN_COMPETENCY)
    return node


def _open(
    session: Session, target: Target, node: evidence_queries.Node, kind: DeficitKind, origin: DeficitOrigin, severity: float, now: datetime
) -> Deficit:
    need = Deficit(
        region_id=target.region_id,
        employee_id=target.employee_id,
        competency_id=node.id,
        kind=kind,
        origin=origin,
        severity=severity,
        priority=0.0,
        is_marked=False,
        status=DeficitStatus.OPEN,
        opened_at=now,
    )
    session.add(need)
    session.flush()  # the journal names the row
    return need


def _priority(need: Deficit, node: evidence_queries.Node) -> float:
    return Need(node.code, need.kind, need.severity, node.weight, need.is_marked).priority


def _set_aside(need: Deficit, actor: Actor, reason: str, now: datetime) -> None:
    need.status, need.closed_at, need.reason, need.decided_by_id = DeficitStatus.DROPPED, now, reason, actor.person_id


def _record(session: Session, actor: Actor, target: Target, need: Deficit, what: str) -> None:
    audit.record(
        session, actor, Action.ROUTE_EDIT, object_type="deficit", object_id=need.id, subject_id=target.person_id, reason=f"deficit {what}"
    )
