"""Changes of the organisation tree and of a region's settings; each is journalled with what was before."""

import hashlib
import json
from dataclasses import asdict, dataclass
from typing import Any

from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from iom import policy
from iom.core import audit
from iom.core.actor import Actor
from iom.core.errors import Conflict, Refused
from iom.organizations import tree_queries
from iom.organizations.kinds import ApprovalChain
from iom.organizations.models import Municipality, Region, School
from iom.organizations.tree_reasons import TreeRefusal
from iom.policy import Action


@dataclass(frozen=True, slots=True)
class MunicipalityFacts:
    """What can be changed in a municipality."""

    code: str
    name: str


@dataclass(frozen=True, slots=True)
class SchoolFacts:
    """What can be changed in a school; the municipality too, which moves it."""

    municipality_id: int
    code: str
    name: str
    short_name: str
    is_rural: bool


@dataclass(frozen=True, slots=True)
class RegionFacts:
    """The settings of a region."""

    name: str
    timezone: str
    approval_chain: ApprovalChain
    min_group_size: int
    tutor_days: int
    head_days: int


Facts = MunicipalityFacts | SchoolFacts | RegionFacts
Row = Municipality | School | Region
SHAPES: dict[type[Row], type[Facts]] = {Municipality: MunicipalityFacts, School: SchoolFacts, Region: RegionFacts}


def facts_of(row: Row) -> Facts:
    """Return what can be changed in a row, as it is now."""
    shape = SHAPES[type(row)]
    return shape(**{name: getattr(row, name) for name in shape.__dataclass_fields__})


def seen(facts: Facts) -> str:
    """Return a mark of the facts that a form carries, so that a change made meanwhile is noticed."""
    return hashlib.sha256(json.dumps(asdict(facts), sort_keys=True).encode()).hexdigest()[:16]


def add_municipality(session: Session, actor: Actor, facts: MunicipalityFacts) -> Municipality:
    """Add a municipality to the region.

    Raises
    ------
    Refused : the code is taken
    """
    policy.require_role(actor, Action.ORGANIZATION_EDIT)
    row = Municipality(region_id=actor.region_id, **asdict(facts))
    _keep(session, row)
    _record(session, actor, row, "added")
    return row


def add_school(session: Session, actor: Actor, facts: SchoolFacts) -> School:
    """Add a school to a municipality of the region.

    Raises
    ------
    Refused : the code is taken
    """
    policy.require_role(actor, Action.ORGANIZATION_EDIT)
    tree_queries.get_municipality(session, actor, facts.municipality_id)
    row = School(region_id=actor.region_id, **asdict(facts))
    _keep(session, row)
    _record(session, actor, row, "added")
    return row


def change(session: Session, actor: Actor, row: Row, facts: Facts, seen_mark: str) -> None:
    """Change a row that the actor's own queries gave.

    Raises
    ------
    Conflict : somebody changed it since the form was shown
    Refused : the code is taken
    """
    policy.require_role(actor, Action.ORGANIZATION_EDIT)
    before = facts_of(row)
    if seen(before) != seen_mark:
        raise Conflict(kind="organization", before=before)
    if isinstance(facts, SchoolFacts):  # a school moves only to a municipality of the same region
        tree_queries.get_municipality(session, actor, facts.municipality_id)
    _keep(session, row, asdict(facts))
    _record(session, actor, row, _difference(before, facts))


def close_school(session: Session, actor: Actor, school_id: int) -> School:
    """Close a school; it keeps its history and takes no new people.

    Raises
    ------
    Refused : people still hold posts in it
    """
    policy.require_role(actor, Action.ORGANIZATION_EDIT)
    row = tree_queries.get_school(session, actor, school_id)
    if staff := tree_queries.count_staff(session, school_id):
        raise Refused(reason=TreeRefusal.SCHOOL_HAS_STAFF, staff=staff)
    row.is_active = False
    _record(session, actor, row, "closed")
    return row


def open_school(session: Session, actor: Actor, school_id: int) -> School:
    """Open a closed school again."""
    policy.require_role(actor, Action.ORGANIZATION_EDIT)
    row = tree_queries.get_school(session, actor, school_id)
    row.is_active = True
    _record(session, actor, row, "opened")
    return row


def _keep(session: Session, row: Row, values: dict[str, Any] | None = None) -> None:
    try:
        with session.begin_nested():
            # Inside the savepoint: what is changed before it is written before it too, and would spoil the whole transaction.
            for name, value in (values or {}).items():
                setattr(row, name, value)
            session.add(row)
            session.flush()  # the code may be taken
    except IntegrityError as error:
        raise Refused(reason=TreeRefusal.CODE_TAKEN) from error


def _difference(before: Facts, after: Facts) -> str:
    old, new = asdict(before), asdict(after)
    return "; ".join(f"{name}: {old[name]} -> {new[name]}" for name in new if old[name] != new[name])


def _record(session: Session, actor: Actor, row: Row, reason: str) -> None:
    audit.record(session, actor, Action.ORGANIZATION_EDIT, object_type=row.__tablename__, object_id=row.id, reason=reason)
